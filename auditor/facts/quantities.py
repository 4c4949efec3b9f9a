"""Counted things in running text: a number with the words that name it.

What the N rules share: they compare quantities of one kind, so the kind (unit), the words around
the number and the sentence have to be known once and in one way.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from auditor.compiled import compiled
from auditor.document import Span
from auditor.facts.quantity import Quantity, quantities_of
from auditor.figures import Equation, Expression, Figure, Interval, Kind, Term, added, show, total
from auditor.language import word
from auditor.report.model import Passage, Report

_BEHIND = compiled(r"[^,，。;；:\n]{0,20}")
_REACH = 80
_KEPT = "_quantities"


def quantities(passage: Passage) -> tuple[Quantity, ...]:
    """Counts and rates of a passage in order; figures of other kinds only limit their words."""
    kept: tuple[Quantity, ...] | None = passage.__dict__.get(_KEPT)
    if kept is None:
        counted = (Kind.COUNT, Kind.RATE, Kind.POINTS)
        kept = passage.__dict__[_KEPT] = tuple(q for q in quantities_of(passage) if q.kind in counted)
    return kept


def sentence_before(quantity: Quantity) -> str:
    """The quantity's sentence up to a few words behind it."""
    text = quantity.passage.text
    return text[sentence_start(text, quantity.start) : quantity.end + 12]


def sentence_start(text: str, at: int) -> int:
    """Where the sentence (or the part between semicolons) that holds `at` begins."""
    reach = max(at - 4 * _REACH, 0)
    return max(reach, *(text.rfind(mark, reach, at) + 1 for mark in "。;；\n"))


def counts(passage: Passage) -> list[Quantity]:
    """Counts that state a value: no bounds, no ranges, no durations without a number."""
    return [
        quantity
        for quantity in quantities(passage)
        if quantity.figure.kind is Kind.COUNT
        and not quantity.figure.is_bound
        and quantity.figure.upper is None
    ]


def sentences(found: Iterable[Quantity]) -> Iterator[list[Quantity]]:
    """Quantities of each sentence."""
    for _, group in groupby(found, key=lambda quantity: quantity.sentence):
        yield list(group)


def between(left: Quantity, right: Quantity) -> str:
    """The text from one quantity to a later one of the same passage."""
    return left.passage.text[left.end : right.start]


def plan_spans(report: Report) -> list[Span]:
    """Where the report states goals: in order, those that overlap as one."""
    merged: list[Span] = []
    for span in sorted(goal.view.span() for goal in report.goals if goal.view):
        if merged and span.start < merged[-1].end:
            merged[-1] = merged[-1].cover(span)
        else:
            merged.append(span)
    return merged


def is_plan(quantity: Quantity, goals: Sequence[Span]) -> bool:
    """Whether the quantity stands in a goal, a plan or a target."""
    passage = quantity.passage
    for name, over in ((passage.label, ""), (passage.section, passage.chapter)):
        if word("label_planned").search(name) and not word("label_done").search(f"{name}{over}"):
            return True
    if word("plan").search(quantity.clause):
        return True
    before, of_which, _ = sentence_before(quantity).rpartition("其中")
    if of_which and word("plan").search(compiled(r"[，,]").split(before.rstrip("，,"))[-1]):
        return True
    if not goals:
        return False
    span = quantity.figure.span
    return touches(span, goals)


def touches(span: Span, others: Sequence[Span]) -> bool:
    """Whether `span` overlaps one of `others`, which are in order and apart."""
    at = bisect_left(others, (span.end,))
    return at > 0 and others[at - 1].overlaps(span)


def sum_of(parts: Iterable[Quantity]) -> Interval:
    return total(part.base for part in parts)


def plain_sum(parts: Sequence[Quantity]) -> Decimal:
    """Sum of the written values, in the unit of the first part."""
    return sum((part.figure.amount for part in parts), Decimal(0)) / parts[0].figure.scale


def summed(parts: Sequence[Quantity]) -> Expression:
    """ "857 + 972 + 45" in the unit of the first part; other units are shown converted."""
    return added(_term(parts[0].figure, part.figure) for part in parts)


def addition(parts: Sequence[Quantity], whole: Quantity, *, holds: bool) -> Equation:
    """Parts against their total, in the unit of the first part."""
    first = parts[0].figure
    claimed = _term(first, whole.figure, whole.figure.raw if holds else "")
    return Equation(summed(parts), claimed, unit=unit_of_sum(parts, whole), named="与 {} 相符", holds=holds)


def unit_of_sum(parts: Sequence[Quantity], whole: Quantity) -> str:
    """The unit of a sum, said only where the figures are written in different ones."""
    first = parts[0].figure
    mixed = any(quantity.figure.scale != first.scale for quantity in (*parts, whole))
    return magnitude(first) if mixed or first.scale != 1 else ""


def _term(first: Figure, figure: Figure, text: str = "") -> Term:
    return Term.of(figure, first.scale, text or in_unit_of(first, figure))


def rate_of(terms: Expression, rate: Figure, *, holds: bool, **told: Any) -> Equation:
    """What counts give as a rate, told in the unit of the printed one."""
    percent = rate.unit == "%"
    return Equation(
        terms, Term.of(rate, None if percent else rate.scale, rate.raw), percent=percent,
        per=Decimal(1) if percent else rate.scale, unit="" if percent else rate.unit, decimals=2,
        named="与 {} 相符", gap="", holds=holds, **told,
    )  # fmt: skip


def magnitude(figure: Figure) -> str:
    """ "万吨": the unit with the 万 or 亿 that the scanner keeps as a scale."""
    scale = {Decimal(10) ** 4: "万", Decimal(10) ** 8: "亿"}.get(figure.scale, "")
    return scale + figure.unit if figure.kind is Kind.COUNT else figure.unit


def in_unit_of(first: Figure, figure: Figure) -> str:
    """The value in the unit of `first`; where that is not the written one, both: "0.05(500吨)"."""
    value = show(figure.amount / first.scale)
    return value if figure.scale == first.scale else f"{value}({figure.raw})"


def behind(quantity: Quantity, limit: int = 10) -> str:
    """The text right behind a quantity, to the end of its clause."""
    match = _BEHIND.match(quantity.passage.text, quantity.end)
    return match.group()[:limit] if match else ""


def common_suffix(words: Sequence[str]) -> str:
    """The longest ending that all words share."""
    shortest = min(words, key=len)
    size = 0
    while size < len(shortest) and len({word[-1 - size] for word in words}) == 1:
        size += 1
    return shortest[len(shortest) - size :]


def shared_nouns(parts: Sequence[Quantity]) -> list[str]:
    """The endings of two characters or more that the names of all parts share, longest first: 片岗亭, 岗亭.
    None where one is named by nothing else."""
    labels = [part.label for part in parts]
    suffix = common_suffix(labels)
    if any(label == suffix for label in labels):
        return []
    return [suffix[at:] for at in range(len(suffix) - 1)]
