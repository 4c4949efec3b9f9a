"""R: 文号和日期."""

from auditor.rules.family import About, Family

FAMILY = Family("R", "文号和日期", About.DATES, order=5)
