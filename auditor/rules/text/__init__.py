"""T: 格式和文字."""

from auditor.rules.family import About, Family

FAMILY = Family("T", "格式和文字", About.WORDS, order=6)
