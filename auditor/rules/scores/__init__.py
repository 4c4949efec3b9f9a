"""S: 评分."""

from auditor.rules.family import About, Family

FAMILY = Family("S", "评分", About.FIGURES, order=2)
