"""Marks of a report's tables: sums of them, what a formula should give, and how they are told."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from decimal import Decimal

from auditor.document import Span
from auditor.figures import Equation, Figure, Interval, Term, added, finest, mark, printed, show
from auditor.report.model import Indicator, Report


def computed(figure: Figure, unit: Decimal) -> Interval:
    """A single score that a formula should give. Where other scores have decimals ("9.56"), a
    whole one ("10") means 10.00; where none has, it may have been rounded to a whole mark."""
    return Interval.printed(figure.value, figure.last_place if figure.decimals else unit)


def unread_within(report: Report, rows: list[Indicator], end: Span) -> list[Span]:
    """Places between the first of `rows` and a closing total that could not be read; a row whose weight and
    score were read lacks neither, whatever else it holds."""
    first = min((row.span.start for row in rows), default=end.start)
    whole = sorted(row.span for row in rows if row.weight is not None and row.score is not None)
    found = []
    for span, _ in report.unread:
        at = bisect_right(whole, span.start, key=lambda row: row.start)
        if first <= span.start < end.end and not any(
            row.overlaps(span) for row in whole[max(0, at - 1) : at + 1]
        ):
            found.append(span)
    return found


def as_printed(figure: Figure) -> str:
    """A mark as printed, closing zeros included ("9.60"), for messages."""
    return f"{figure.value:f}"


def plain_sum(figures: Iterable[Figure]) -> Decimal:
    """Sum of the values as printed, for messages."""
    return sum((figure.value for figure in figures), Decimal(0))


def sum_of(figures: Iterable[Figure], stated: Figure, *, holds: bool) -> Equation:
    """Scores or weights of one table against their total, "8 + 6 + 9.62 = 23.62"."""
    terms = list(figures)
    unit = finest(terms)
    parts = added(Term.plain(figure, among=mark(figure, unit)) for figure in terms)
    return Equation(parts, Term.plain(stated, among=printed(stated)), holds=holds)


def assigned(figure: Figure) -> Term:
    """A weight, or a score compared with it: a person gave it, it stands for itself."""
    return Term.plain(figure, among=Interval.exact(figure.value))


def rounds_to(value: Decimal, figure: Figure) -> bool:
    """Whether `value` printed with the decimals of `figure`, rounded or cut, is `figure`."""
    return printed(figure).contains(value)


def rounding(figures: list[Figure], stated: Figure) -> str:
    """The remark on a sum that holds, but for what rounding makes of it; "" where it is the very total."""
    found = plain_sum(figures)
    if found == stated.value:
        return ""
    return f"（相加为 {show(found)}，相差 {show(abs(found - stated.value))}，在四舍五入范围内）"


def differs_beyond_doubt(figures: list[Figure], stated: Figure) -> bool:
    """Whether marks printed to 0.1 or coarser add up to another number than the total as printed.
    Nobody computes marks to 0.1: such a difference asks, though rounding would allow it."""
    return not rounds_to(plain_sum(figures), stated) and finest(figures) >= Decimal("0.1")
