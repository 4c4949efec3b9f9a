"""X: 写给评审人的话."""

from auditor.rules.family import About, Family

FAMILY = Family("X", "写给评审人的话", About.WORDS, order=8)
