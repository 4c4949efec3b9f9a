"""A sum in figures beside the same sum written out: "103543元（大写：壹拾万零叁仟伍佰肆拾叁元整）"."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from auditor.compiled import compiled
from auditor.document import View
from auditor.figures import Figure, Kind
from auditor.figures.chinese import CAPITAL, parse_capital
from auditor.language import word
from auditor.report.model import Passage
from auditor.values import frozen

_CAPITAL = compiled(CAPITAL)
_NEAR = 24  # characters between the two ways of writing


@frozen
class WrittenOut:
    """`view` holds the words, `amount` what they say in 元; `figure` is the sum in figures beside them."""

    view: View
    amount: Decimal
    figure: Figure

    @property
    def holds(self) -> bool:
        return self.figure.base.contains(self.amount)


def written_out(passage: Passage) -> Iterator[WrittenOut]:
    """Every sum of a passage that stands there in both ways, with nothing but idle words in between."""
    for match in _CAPITAL.finditer(passage.text):
        amount = parse_capital(match.group())
        beside = [
            (gap, money)
            for figure in passage.figures
            if (money := _as_money(passage, figure)) is not None
            and (gap := _between(passage.text, match.start(), match.end(), money)) is not None
        ]
        if amount is not None and beside:
            yield WrittenOut(passage.view.part(*match.span()), amount, min(beside, key=lambda one: one[0])[1])


def _between(text: str, start: int, end: int, figure: Figure) -> int | None:
    gap = text[end : figure.start] if figure.start >= end else text[figure.end : start]
    return len(gap) if len(gap) <= _NEAR and word("written_out_gap").fullmatch(gap) else None


def _as_money(passage: Passage, figure: Figure) -> Figure | None:
    """Money, or a bare number behind ¥ or 小写."""
    if figure.kind is Kind.MONEY:
        return figure
    before = passage.text[max(0, figure.start - 4) : figure.start]
    if figure.kind is Kind.PLAIN and word("yuan_sign").search(before):
        return figure.in_unit(Kind.MONEY, "元", Decimal(1))
    return None
