"""The families of rules: each is a folder whose `__init__` declares its `FAMILY`.

Whoever needs to know what kind of thing a rule speaks of asks here; no letter of a code stands anywhere
else. A new family is a new folder.
"""

from __future__ import annotations

import importlib
import pkgutil
from enum import Enum
from functools import cache

import auditor.rules
from auditor.values import frozen


class About(Enum):
    """What the findings of a family speak of."""

    FIGURES = "figures"  # numbers of the report: correcting one changes others
    DATES = "dates"  # years, days, document numbers
    WORDS = "words"  # how something is written: a finding asks for none of the figures in its paragraph
    FILE = "file"  # the file itself, and what could not be read


@frozen
class Family:
    """A family of rules.

    letter   first letter of its codes, never changed once released
    name     Chinese, as a heading of the rule table
    order    place in the rule table; families of one order stand by letter
    money    its findings may put money in doubt; the others quote amounts in passing
    """

    letter: str
    name: str
    about: About
    order: int = 99
    money: bool = False


@cache
def families() -> tuple[Family, ...]:
    """Every family, in the order of the rule table.

    Raises `ValueError` where two folders claim one letter, `AttributeError` for a folder without FAMILY.
    """
    folders = [info.name for info in pkgutil.iter_modules(auditor.rules.__path__) if info.ispkg]
    found = [importlib.import_module(f"auditor.rules.{folder}").FAMILY for folder in folders]
    if len({family.letter for family in found}) < len(found):
        raise ValueError(f"two families of one letter: {sorted(family.letter for family in found)}")
    return tuple(sorted(found, key=lambda family: (family.order, family.letter)))


def family_of(code: str) -> Family | None:
    """The family of a rule by its code; None for what is no rule (questions of the model)."""
    return next((family for family in families() if code.startswith(family.letter)), None)


def is_about(code: str, about: About) -> bool:
    """Whether the rule with that code speaks of such things."""
    family = family_of(code)
    return family is not None and family.about is about
