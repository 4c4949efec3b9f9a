"""Word files: the look of an official document, templates, and safe building blocks."""

from auditor.memo.word.fill import Letter, fill
from auditor.memo.word.paper import Column, Paper, Strong
from auditor.memo.word.template import open_template, write_template

__all__ = ["Column", "Letter", "Paper", "Strong", "fill", "open_template", "write_template"]
