"""Floor 9: results to what people and programs read."""

from auditor.memo.build import build
from auditor.memo.model import Memo
from auditor.memo.render import (
    WRITERS,
    BadTemplate,
    Material,
    MissingExtra,
    default_template,
    named_by,
    render,
)

__all__ = [
    "WRITERS",
    "BadTemplate",
    "Material",
    "Memo",
    "MissingExtra",
    "build",
    "default_template",
    "named_by",
    "render",
]
