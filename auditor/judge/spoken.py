"""Whether anything but a model's word speaks for a relation that does not hold.

Numbers that a model puts together by chance do not agree either. So before a unit is asked, one of two things must
speak for the relation: its size, where one slip of the pen explains the difference (`slip`), or the report's words:

相等  both are told in a common word, and not beside each other: what one sentence tells twice are two numbers
合计  the last is told as a sum, before the others, or as the largest and no part; they do not add up otherwise with others beside them
余额  the last is told as what is left, or as more or less, and something is left
结转  the last is told as what there is at the end
比率  the last is a share and no rise or fall, or one number is told for each
乘积  one number is told for each

and no number may stand apart: each shares a sentence, the next one, a row, a column or a word with another.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain, combinations

from auditor.facts.naming import pairs_of, words_of
from auditor.facts.quantity import quantities_of
from auditor.facts.slip import ENOUGH, likelihood, likelihood_of_pair
from auditor.facts.stated import facts_of
from auditor.figures import Kind, Relation
from auditor.judge.belong import passage_of, quantity, told_as_mean
from auditor.judge.operands import Operand
from auditor.judge.tieout import measure
from auditor.language import word
from auditor.report import Report

_SHARES = (Kind.RATE, Kind.POINTS, Kind.PLAIN, Kind.SCORE)
_SAID = 40  # characters that lead to a number
_FEW = 4  # numbers beside the parts of a sum that may have been left out


def by_size(kind: str, relation: Relation) -> bool:
    """Whether one slip of the pen explains the difference better than chance."""
    if kind == "相等":
        return likelihood_of_pair(*relation.figures) >= ENOUGH
    return likelihood(relation) >= 1


def in_words(kind: str, places: Sequence[Operand], relation: Relation, report: Report) -> bool:
    """Whether the words of the numbers speak for the relation."""
    if kind == "相等":
        one, other = places
        own = _words(one, report) & _words(other, report)
        return one.line is not other.line and (bool(own) or _alone_in_unit(places, report))
    tied = _sums_up_others(places[-1]) or _alone_in_unit(places, report)
    if not tied and any(not _among(one, places, report) for one in places):
        return False
    if kind == "合计":
        return _is_sum(places, report) and not _add_up_otherwise(places, relation, report)
    if kind == "余额" and relation.value < 0:
        return False
    return _TOLD[kind](places) if kind in _TOLD else True


def _sums_up_others(place: Operand) -> bool:
    """Whether it is told as the sum of what stands before: 以上三项共计, or in a row of totals."""
    cells = place.line.views
    if len(cells) > 1:
        return any(word("row_of_total").fullmatch("".join(cell.text.split())) for cell in cells)
    return any(word(name).search(place.lead()) for name in ("sums_announced", "sums_closed"))


def _among(one: Operand, places: Sequence[Operand], report: Report) -> bool:
    """Whether a number has anything to do with one of the others."""
    return any(
        _beside(one, other, report) or _said(one, report) & _said(other, report)
        for other in places
        if other is not one
    )


def _beside(one: Operand, other: Operand, report: Report) -> bool:
    """In one sentence or row, in one column, or in a sentence and the next of its paragraph."""
    if one.line is other.line:
        return True
    if (column := one.from_the_end) or other.from_the_end:
        return column == other.from_the_end
    near = abs(one.line.number - other.line.number) == 1
    return near and passage_of(one.view.span().start, report) is passage_of(other.view.span().start, report)


def _alone_in_unit(places: Sequence[Operand], report: Report) -> bool:
    """Whether nothing else in the report is counted in the unit of the numbers, and no money is."""
    spans = {figure.span for one in places for figure in one.figures}
    unit = measure(places[-1].figures[0])
    if places[-1].figures[0].kind is not Kind.COUNT or any(measure(one.figures[0]) != unit for one in places):
        return False
    return all(one.unit != unit or one.figure.span in spans for one in facts_of(report).quantities)


def _words(place: Operand, report: Report) -> frozenset[str]:
    """What names a number: the words on both sides of it; of a cell all that its row says."""
    if len(place.line.views) > 1:
        return pairs_of(place.line.text)
    told = quantity(place.figures[0], report)
    return words_of(told) if told is not None else frozenset()


def _said(place: Operand, report: Report) -> frozenset[str]:
    """Its words with those of its sentence that lead to it."""
    told = quantity(place.figures[0], report)
    leads = pairs_of(told.sentence_before[-_SAID:]) if told is not None else frozenset()
    return leads | _words(place, report)


def _is_sum(places: Sequence[Operand], report: Report) -> bool:
    """Whether the last number is told as a sum, or is more than any other and not told as a part of one."""
    *parts, whole = places
    if (
        len(whole.line.views) > 1
        or word("sums_up").search(whole.lead())
        or word("told_total").search(whole.lead())
    ):
        return True
    if all(whole.view.span().start < part.view.span().start for part in parts):
        return True
    told = quantity(whole.figures[0], report)
    of_which = told is not None and word("of_which").search(told.sentence_before)
    return not of_which and all(part.figures[0].amount < whole.figures[0].amount for part in parts)


def _add_up_otherwise(places: Sequence[Operand], relation: Relation, report: Report) -> bool:
    """Whether the numbers are a sum with some that stand beside them, whichever is the whole: then the model has
    missed these."""
    own = {figure.span: figure for figure in relation.figures}
    passages = {
        passage.span: passage for one in places if (passage := passage_of(one.view.span().start, report))
    }
    beside = [
        one.figure
        for passage in passages.values()
        for one in quantities_of(passage)
        if one.figure.span not in own and measure(one.figure) == measure(relation.claimed)
    ][:_FEW]
    groups = chain.from_iterable(combinations(beside, size) for size in range(1, len(beside) + 1))
    return any(
        Relation(whole, tuple(one for one in (*own.values(), *more) if one is not whole)).holds
        for more in groups
        for whole in (*own.values(), *more)
    )


def _is_share(places: Sequence[Operand]) -> bool:
    (claimed,) = places[-1].figures
    if claimed.kind in _SHARES:
        return claimed.is_bound or word("speaks_of_change").search(places[-1].lead()) is None
    return _for_each(places)


def _for_each(places: Sequence[Operand]) -> bool:
    return any(told_as_mean(one) or word("price_of_one").search(one.lead()) for one in places)


def _is_left(places: Sequence[Operand]) -> bool:
    last = places[-1]
    told = word("left_over").search(last.lead()) or word("speaks_of_change").search(last.around(_SAID))
    return len(last.line.views) > 1 or told is not None


def _at_the_end(places: Sequence[Operand]) -> bool:
    return len(places[-1].line.views) > 1 or word("stock_end").search(places[-1].lead()) is not None


_TOLD: dict[str, Callable[[Sequence[Operand]], bool]] = {
    "余额": _is_left, "结转": _at_the_end, "比率": _is_share, "乘积": _for_each,
}  # fmt: skip
