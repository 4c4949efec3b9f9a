"""Slips in indicators: what was aimed at, what came of it, and the full marks it got all the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from random import Random

from auditor.bench.edit import Edit, rewritten, swap, written
from auditor.bench.slip import Family, Kind, Slip
from auditor.compiled import compiled
from auditor.document import View
from auditor.figures import Figure, Modifier, scan
from auditor.figures import Kind as Counts
from auditor.report import Report
from auditor.report.model import Indicator

_MORE = {"≥": "≤", ">=": "≤", "≤": "≥", "<=": "≥"}
_SIGN = compiled(r">=|<=|[≥≤>=＝]")
_COUNTED = (Counts.COUNT, Counts.RATE, Counts.MONEY, Counts.PLAIN)


def _plain(view: View | None) -> Figure | None:
    """The one number of a cell, if it holds one and nothing vague."""
    figures = scan(view) if view is not None else []
    if len(figures) != 1 or figures[0].kind not in _COUNTED or figures[0].upper is not None:
        return None
    return figures[0]


def _met(report: Report, sign: str) -> Iterator[tuple[Indicator, Figure, Figure]]:
    """Rows of that sign with full marks whose target and actual are one plain number each."""
    for row in report.indicators:
        target, actual = _plain(row.target), _plain(row.actual)
        if target is None or actual is None or not row.full_marks or row.shares_score:
            continue
        if actual.modifier not in (Modifier.NONE, Modifier.EQUAL):
            continue
        own = (row.sign.text if row.sign else "") or (row.target.text if row.target else "")
        found = _SIGN.search(own)
        if found is not None and {"≥": "≥", ">=": "≥", "≤": "≤", "<=": "≤"}.get(found.group()) == sign:
            yield row, target, actual


def _missed(report: Report, draw: Random) -> Iterator[Slip]:
    """Less than the target, full marks."""
    for _, target, actual in _met(report, "≥"):
        value = target.value * target.scale / actual.scale * Decimal(draw.choice((96, 91, 85))) / 100
        if (number := written(value, actual)) != actual.digits and Decimal(number.replace(",", "")) > 0:
            low = Decimal(number.replace(",", "")) + actual.last_place
            if low * actual.scale < target.amount:
                yield Slip((rewritten(actual, number),))


def _exceeded(report: Report, draw: Random) -> Iterator[Slip]:
    """More than the upper limit, full marks."""
    for _, target, actual in _met(report, "≤"):
        value = target.value * target.scale / actual.scale * Decimal(draw.choice((108, 120, 150))) / 100
        number = written(value, actual)
        if (Decimal(number.replace(",", "")) - actual.last_place) * actual.scale > target.amount:
            yield Slip((rewritten(actual, number),))


def _flipped(report: Report, _: Random) -> Iterator[Slip]:
    """The sign of the target turned round: the actual value no longer meets it."""
    for sign in ("≥", "≤"):
        for row, target, actual in _met(report, sign):
            apart = abs(actual.amount - target.amount) > target.last_place * target.scale
            view = row.sign or row.target
            if view is None or not apart:
                continue
            if (found := _SIGN.search(view.text)) is not None:
                yield Slip((Edit(view.span(*found.span()), _MORE[found.group()]),))


def _zero(report: Report, draw: Random) -> Iterator[Slip]:
    """A target of zero with something that happened, full marks."""
    for row in report.indicators:
        target, actual = _plain(row.target), _plain(row.actual)
        if target is None or actual is None or not row.full_marks or row.shares_score:
            continue
        if not target.value and not actual.value:
            yield Slip((rewritten(actual, str(draw.randrange(1, 4))),))


def _word_for_number(report: Report, draw: Random) -> Iterator[Slip]:
    """A number was promised, a word is reported."""
    for sign in ("≥", "≤"):
        for row, _, _ in _met(report, sign):
            if row.actual is not None:
                yield Slip((Edit(row.actual.span(), draw.choice(("完成", "已完成", "达到预期"))),))


def _late(report: Report, _: Random) -> Iterator[Slip]:
    """Done in the year after the deadline, full marks."""
    for row in report.indicators:
        if row.target is None or row.actual is None or not row.full_marks:
            continue
        dates = [one for one in scan(row.actual) if one.kind is Counts.DATE and one.month is not None]
        deadline = [one for one in scan(row.target) if one.kind is Counts.DATE]
        if len(dates) == 1 and len(deadline) == 1 and (year := re.search(r"\d{4}", dates[0].raw)):
            at = dates[0].start + year.start()
            yield Slip((Edit(dates[0].view.span(at, at + 4), str(int(year.group()) + 1)),))


def _reason_removed(report: Report, _: Random) -> Iterator[Slip]:
    for row in report.indicators:
        if row.lost and row.lost > 0 and row.reason and not row.is_execution:
            yield Slip((Edit(row.reason.span(), ""),))


def _actuals_exchanged(report: Report, _: Random) -> Iterator[Slip]:
    """Two neighbouring rows of different units hold each other's actual value."""
    rows = [row for sign in ("≥", "≤") for row, _, actual in _met(report, sign) if actual.unit]
    for first, second in pairwise(rows):
        one, two = _plain(first.actual), _plain(second.actual)
        if one is None or two is None or first.actual is None or second.actual is None:
            continue
        if one.unit != two.unit and one.kind is not two.kind:
            yield Slip(swap(first.actual, second.actual, report.document.text))


KINDS = (
    Kind("missed", "未达目标仍得满分", Family.ARITHMETIC, ("I301",), _missed),
    Kind("limit-exceeded", "反向指标超出上限仍得满分", Family.ARITHMETIC, ("I301",), _exceeded),
    Kind("sign-flipped", "目标符号写反", Family.ARITHMETIC, ("I301", "I302"), _flipped),
    Kind("zero-target", "目标为零而实际发生", Family.ARITHMETIC, ("I301",), _zero),
    Kind("late", "逾期完成仍得满分", Family.ARITHMETIC, ("I301", "R502"), _late),
    Kind("word-for-number", "定量指标只填“完成”", Family.WORDS, ("I302",), _word_for_number),
    Kind("reason-removed", "失分没有写原因", Family.WORDS, ("S208",), _reason_removed),
    Kind("actuals-exchanged", "两行完成值填串", Family.WORDS, ("I301", "I302"), _actuals_exchanged),
)
