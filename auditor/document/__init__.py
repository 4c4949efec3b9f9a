"""Floor 1: what the page shows. One reader per file format, one model for all."""

from auditor.document.errors import UnreadableFile
from auditor.document.model import NOWHERE, Block, Cell, Document, Locator, Paragraph, Row, Span, Table, View
from auditor.document.open import read, read_bytes

__all__ = [
    "NOWHERE", "Block", "Cell", "Document", "Locator", "Paragraph", "Row", "Span", "Table",
    "UnreadableFile", "View", "read", "read_bytes",
]  # fmt: skip
