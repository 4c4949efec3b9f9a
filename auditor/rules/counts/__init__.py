"""N: 文字里的数量."""

from auditor.rules.family import About, Family

FAMILY = Family("N", "文字里的数量", About.FIGURES, order=4, money=True)
