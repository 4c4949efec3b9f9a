"""I: 指标."""

from auditor.rules.family import About, Family

FAMILY = Family("I", "指标", About.FIGURES, order=3)
