"""V: 评价人自己的复核表."""

from auditor.rules.family import About, Family

FAMILY = Family("V", "评价人的复核表", About.FIGURES, order=8)
