"""Amounts with the same digits in units of one name or another: off by ten thousand, or converted as they should be.

中央资金180.36万元 · 中央资金180.36元        one money, off by the unit
中央资金180.36万元 · 中央资金1803600元       the same amount in another unit
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from auditor.facts.claim import Strength
from auditor.facts.money_mentions import Mention, mentions_of, same_money
from auditor.report.model import Report
from auditor.values import frozen

_FACTORS = ((Decimal(10) ** 4, "一万"), (Decimal(10) ** 8, "一亿"))
_SHOWN = 20  # mentions of one amount that are compared and shown
# Figures with at least so many written digits hardly agree by chance.
_TELLING_DIGITS = 4
_SOME_DIGITS = 3  # so many do where the smaller is told in 元: no project's money is


@frozen
class UnitSlip:
    """Two mentions of the same digits, one by `factor` the larger; `named`: their words say that they are one money.

    others  further mentions of either amount · odd  those of the rarer amount, none where neither is rarer
    """

    first: Mention
    second: Mention
    factor: str
    named: bool
    others: list[Mention]
    odd: list[Mention]
    strength: Strength


@frozen
class Converted:
    """One amount told in two units, as it should be."""

    first: Mention
    other: Mention


def unit_slips(report: Report) -> Iterator[UnitSlip | Converted]:
    by_digits: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions_of(report):
        by_digits[mention.digits].append(mention)
    for mentions in by_digits.values():
        if len(mentions) > 1:
            yield from _compare(mentions)


def _compare(mentions: list[Mention]) -> Iterator[UnitSlip | Converted]:
    groups: dict[Decimal, list[Mention]] = defaultdict(list)
    for mention in mentions:
        groups[mention.figure.amount].append(mention)
    amounts = sorted(groups)
    for small in amounts:
        for factor, word in _FACTORS:
            if small * factor in groups:
                yield from _slip(groups[small][:_SHOWN], groups[small * factor][:_SHOWN], word)
    for amount in amounts:
        yield from _converted(groups[amount][:_SHOWN])


def _slip(small: list[Mention], large: list[Mention], factor: str) -> Iterator[UnitSlip]:
    named = [(a, b) for a in small for b in large if same_money(a, b)]
    digits = len(small[0].digits)
    telling = digits >= _TELLING_DIGITS or (digits >= _SOME_DIGITS and small[0].figure.unit == "元")
    if not named and not telling:
        return
    first, second = named[0] if named else (small[0], large[0])
    odd = small if len(small) < len(large) else large
    others = [mention for mention in (*small, *large) if mention not in (first, second)]
    sure = not (first.assumed or second.assumed)
    sure = sure and bool(named) and (telling or first.role is not None or first.names == second.names)
    strength = Strength.PROOF if sure else Strength.ASK
    yield UnitSlip(
        first, second, factor, bool(named), others, odd if len(small) != len(large) else [], strength
    )


def _converted(mentions: list[Mention]) -> Iterator[Converted]:
    """A tick for an amount that was converted between units as it should be."""
    first = mentions[0]
    for other in mentions[1:]:
        telling = len(first.digits) >= _TELLING_DIGITS
        if other.figure.unit != first.figure.unit and (telling or same_money(first, other)):
            yield Converted(first, other)
            return
