"""F: 资金."""

from auditor.rules.family import About, Family

FAMILY = Family("F", "资金", About.FIGURES, order=1, money=True)
