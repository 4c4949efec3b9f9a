"""Floor 1: what the page shows. One reader per file format, one model for all."""

from auditor.document.errors import UnreadableFile
from auditor.document.hidden import revealed, shown_blocks
from auditor.document.model import (
    NOWHERE,
    Block,
    Cell,
    Concern,
    Document,
    Locator,
    Paragraph,
    Remark,
    Row,
    Span,
    Table,
    View,
)
from auditor.document.open import file_bytes, read, read_all, read_bytes

__all__ = [
    "NOWHERE", "Block", "Cell", "Concern", "Document", "Locator", "Paragraph", "Remark", "Row", "Span", "Table",
    "UnreadableFile", "View", "file_bytes", "read", "read_all", "read_bytes", "revealed", "shown_blocks",
]  # fmt: skip
