"""The reports of the season in one paper: by unit, category, money, rule, severity and year; the slips that many
units share; what changed. Chapters are plain data, three writers show them."""

from auditor.season.overview.chapters import Changes, Overview, overview
from auditor.season.overview.model import Chapter, Head, Link

__all__ = ["Changes", "Chapter", "Head", "Link", "Overview", "overview"]
