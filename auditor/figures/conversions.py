"""Units of one measure that convert without rounding, and those of which one is taken for a round number of the other."""

from __future__ import annotations

from decimal import Decimal

_MEASURES: tuple[dict[str, int], ...] = (
    {"公里": 1000, "千米": 1000, "km": 1000, "米": 1, "m": 1},
    {"吨": 1000, "t": 1000, "公斤": 1, "千克": 1, "kg": 1},
    {"小时": 60, "分钟": 1},
    {"平方公里": 1_000_000, "公顷": 10_000, "平方米": 1, "㎡": 1, "m2": 1},
    {"平方公里": 1500, "公顷": 15, "亩": 1},
)

_SQUARE_METRES = ("平方米", "㎡", "m2", "m²", "平米")
_MU = (Decimal(666), Decimal(667))
"""The 平方米 of one 亩: 666⅔, which is written as either."""

CONVERTED = frozenset(unit for measure in _MEASURES for unit in measure)


def factors(left: str, right: str) -> tuple[Decimal, Decimal] | None:
    """What one `left` and one `right` are in a unit that both share; None where there is none."""
    for measure in _MEASURES:
        if left in measure and right in measure:
            return Decimal(measure[left]), Decimal(measure[right])
    return None


def roughly(left: str, right: str) -> tuple[tuple[Decimal, Decimal], ...]:
    """The pairs of factors by which two units of one measure are converted that have no exact ones."""
    if left == "亩" and right in _SQUARE_METRES:
        return tuple((metres, Decimal(1)) for metres in _MU)
    return tuple((metres, one) for one, metres in roughly(right, left)) if right == "亩" != left else ()
