"""Floor 6: results to what people and programs read."""

from auditor.memo.build import build
from auditor.memo.model import Memo
from auditor.memo.render import WRITERS, Material, MissingExtra, render

__all__ = ["WRITERS", "Material", "Memo", "MissingExtra", "build", "render"]
