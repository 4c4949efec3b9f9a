"""Slips in weights, scores and grades."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from random import Random

from auditor.bench.edit import Edit, rewritten, written
from auditor.bench.relations import Equation, Shape, relations
from auditor.bench.slip import Family, Kind, Slip
from auditor.document import Span
from auditor.figures import Figure, Interval, scan
from auditor.report import Report
from auditor.report.model import Indicator

_GRADES = ("优秀", "优", "良好", "良", "中等", "中", "差")
_STEPS = {
    "良好": ("优秀", "中等"), "良": ("优", "中"), "中等": ("良好",), "中": ("良",), "差": ("中",),
    "优秀": ("良好",), "优": ("良",),
}  # fmt: skip
"""One step up where there is one, and down."""
_NATIONAL = {
    "优": (90, 101), "优秀": (90, 101), "良": (80, 90), "良好": (80, 90),
    "中": (60, 80), "中等": (60, 80), "差": (0, 60),
}  # fmt: skip


def _sum_with(report: Report, span: Span, rule: str) -> Equation | None:
    """The sum of that rule in which the figure is a part."""
    for one in relations(report):
        if (
            one.shape is Shape.SUM
            and one.rules == (rule,)
            and span in {each.span for each in one.figures[1:]}
        ):
            return one
    return None


def moved(report: Report, figure: Figure, value: Decimal) -> tuple[Edit, ...]:
    """The score changed, and with it every printed statement of the total: the sum still holds."""
    edits = [rewritten(figure, shown(value, figure))]
    sum_ = _sum_with(report, figure.span, "S201")
    if sum_ is None:
        return tuple(edits)
    old = sum_.figures[0].value
    for closing in report.totals:
        if closing.score is not None and closing.scope is None and closing.score.value == old:
            edits.append(rewritten(closing.score, shown(old + value - figure.value, closing.score)))
    return tuple(dict.fromkeys(edits))


def shown(value: Decimal, like: Figure) -> str:
    """The value with as many decimals as it needs, at least those of `like`."""
    exponent = value.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return written(value, like, max(like.decimals, -exponent))


def _above_weight(report: Report, draw: Random) -> Iterator[Slip]:
    for row in report.indicators:
        if row.score and row.weight and not row.shares_score and not row.is_bonus and row.weight.value:
            value = row.weight.value + draw.choice((1, 2))
            yield Slip(moved(report, row.score, value))


def _weight_changed(report: Report, draw: Random) -> Iterator[Slip]:
    for row in report.indicators:
        if row.weight is None or row.shares_score or _sum_with(report, row.weight.span, "S203") is None:
            continue
        yield Slip((rewritten(row.weight, shown(row.weight.value + draw.choice((1, 2, 5)), row.weight)),))


def _total_off(report: Report, draw: Random) -> Iterator[Slip]:
    for one in relations(report):
        if one.rules == ("S201",):
            whole = one.figures[0]
            step = draw.choice((Decimal(1), Decimal("0.5"), Decimal(-2), whole.last_place * 9))
            if not one.holds({whole.span: whole.value + step}):
                yield Slip((rewritten(whole, shown(whole.value + step, whole)),))


def _row_score(report: Report, draw: Random) -> Iterator[Slip]:
    for one in relations(report):
        if one.rules == ("S201",):
            figure = draw.choice(one.figures[1:])
            yield Slip((rewritten(figure, shown(max(figure.value - 1, Decimal("0.5")), figure)),))


def _grade(report: Report, _: Random) -> Iterator[Slip]:
    score, grade = report.total_score, report.grade
    if score is None or grade is None:
        return
    place = grade.view.span()
    quote = report.quote(place)
    old = next((word for word in _GRADES if word in quote), None)
    if old is None:
        return
    start = place.start + quote.index(old)
    for new in _STEPS[old]:
        if not _fits(report, new, score.value):
            yield Slip((Edit(Span(start, start + len(old)), new),))


def _fits(report: Report, word: str, score: Decimal) -> bool:
    """Whether the grade goes with the score: by the scale of the form, else by the national one."""
    for band in report.scale:
        if band.word[0] == word[0]:
            return band.low <= score and (band.high is None or score <= band.high)
    low, high = _NATIONAL[word]
    return low <= score < high


def _numbers(row: Indicator) -> tuple[Figure, Figure] | None:
    """Target and actual, where each is one number in one unit."""
    if row.target is None or row.actual is None:
        return None
    targets, actuals = scan(row.target), scan(row.actual)
    if len(targets) != 1 or len(actuals) != 1 or not targets[0].amount:
        return None
    return targets[0], actuals[0]


def _proportional(report: Report, draw: Random) -> Iterator[Slip]:
    """A missed target marked by its share of the target gets a point more; the total follows."""
    for row in report.indicators:
        both = _numbers(row)
        if both is None or not row.score or not row.weight or row.full_marks or row.shares_score:
            continue
        target, actual = both
        share = actual.amount / target.amount * row.weight.value
        near = abs(share - row.score.value) < row.score.last_place
        more = (row.weight.value + row.score.value) / 2
        if near and share < row.weight.value and more < row.weight.value:
            value = max(more, row.score.value + draw.choice((Decimal("0.1"), Decimal("0.2"))))
            allowed = actual.base / target.base * Interval.exact(row.weight.value)
            if value < row.weight.value and not allowed.contains(value):
                yield Slip(moved(report, row.score, value.quantize(Decimal("0.01"))))


def _execution_score(report: Report, draw: Random) -> Iterator[Slip]:
    for row in report.indicators:
        if row.is_execution and row.score and row.weight and row.score.value < row.weight.value:
            value = min(row.weight.value, row.score.value + draw.choice((Decimal("0.3"), Decimal("0.5"))))
            if value - row.score.value > 2 * row.score.last_place:
                yield Slip(moved(report, row.score, value))


KINDS = (
    Kind("above-weight", "得分超过分值", Family.ARITHMETIC, ("S202",), _above_weight),
    Kind("weight-changed", "分值改了一项", Family.ARITHMETIC, ("S203",), _weight_changed),
    Kind("total-off", "总分加错", Family.ARITHMETIC, ("S201",), _total_off),
    Kind("row-score", "改了一项得分，总分没有跟着改", Family.ARITHMETIC, ("S201",), _row_score),
    Kind("proportional", "未达标的得分算高", Family.ARITHMETIC, ("S205", "S206"), _proportional),
    Kind("execution-score", "预算执行得分算高", Family.ARITHMETIC, ("S206",), _execution_score),
    Kind("grade-step", "等次报错一档", Family.ARITHMETIC, ("S204",), _grade),
)
