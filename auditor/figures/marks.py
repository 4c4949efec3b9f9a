"""How far a printed mark can be trusted.

Whole and half marks are assigned by a person and stand for themselves; finer ones ("9.62") were
computed and then rounded or cut, so they are intervals. A computed mark may have lost its closing
zeros ("9.6" among "9.62"), hence the finest decimals of the table decide the width. A printed
total is an interval of its own decimals: rows that add up to exactly 97 cannot give 98, [97.5, 99).
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from auditor.figures.figure import Figure
from auditor.figures.interval import Interval, total


def is_assigned(value: Decimal) -> bool:
    """Whether `value` is a whole or a half mark."""
    return value * 2 == (value * 2).to_integral_value()


def finest(figures: Iterable[Figure]) -> Decimal:
    """One unit of the finest decimal printed in a table; 1 for none."""
    return min((figure.last_place for figure in figures), default=Decimal(1))


def mark(figure: Figure, unit: Decimal) -> Interval:
    """A score or weight as a term of a sum; `unit` is the finest printed decimal of its table."""
    return Interval.exact(figure.value) if is_assigned(figure.value) else Interval.printed(figure.value, unit)


def marks(figures: Iterable[Figure]) -> Interval:
    """Sum of the scores or weights of one table."""
    terms = list(figures)
    unit = finest(terms)
    return total(mark(figure, unit) for figure in terms)


def printed(figure: Figure) -> Interval:
    """A total that was computed: rounded or cut to its own decimals."""
    return Interval.printed(figure.value, figure.last_place)
