"""C: 照抄和空话."""

from auditor.rules.family import About, Family

FAMILY = Family("C", "照抄和空话", About.WORDS, order=7)
