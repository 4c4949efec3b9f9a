"""How well a reading of a form holds together by the form's own arithmetic.

What holds is counted, not what fails: a slip of the unit breaks one relation among many, a wrong reading
breaks nearly all. A few things no form of this kind can say (vetoes) withdraw a reading altogether.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field
from decimal import Decimal
from typing import NamedTuple

from auditor.document import Span
from auditor.figures import Interval, total
from auditor.report.model import Amount, Indicator, LineKind, MoneyTable, Report, Role, ScoreTotal
from auditor.report.vetoes import vetoes
from auditor.values import frozen

_PLACED, _HELD = 1, 4
POOR = 4
"""Where more than one relation in so many fails, a guess proves nothing: a slip breaks one, a wrong reading nearly all."""


class Relation(NamedTuple):
    """What must hold of a line or a column, in words ("执行率＝支出÷预算"), whether it does, and where its figures
    stand."""

    of: str
    words: str
    holds: bool
    places: tuple[Span, ...] = ()


@frozen
class Soundness:
    """placed  figures that have a meaning · held  relations that hold · checked  relations that could be tested
    vetoes  what no form can say, in words · assigned  meaning by place, to compare two readings
    proved  figures of relations that hold and are no mere bound · failed  the relations that do not hold
    poor  figures of money tables that no slip explains: most relations fail, two totals, odd points, a gap"""

    placed: int = 0
    held: int = 0
    checked: int = 0
    vetoes: tuple[str, ...] = ()
    assigned: frozenset[tuple[Span, str]] = field(default=frozenset(), repr=False)
    failed: tuple[Relation, ...] = ()
    proved: frozenset[Span] = field(default=frozenset(), repr=False)
    poor: tuple[Span, ...] = ()

    @property
    def score(self) -> int:
        return self.placed * _PLACED + self.held * _HELD

    @property
    def sound(self) -> bool:
        """Whether nothing speaks against the reading."""
        return not self.vetoes and self.held == self.checked


def soundness(report: Report) -> Soundness:
    """Weighs what `report` (of one form-like region, tables only) has read."""
    by_table = [(table, list(_money(table))) for table in report.money_tables]
    relations = [
        *(relation for _, own in by_table for relation in own),
        *_scores(report.indicators, report.totals),
    ]
    assigned = frozenset(_assigned(report))
    return Soundness(
        len(assigned),
        sum(one.holds for one in relations),
        len(relations),
        tuple(dict.fromkeys(vetoes(report))),
        assigned,
        tuple(one for one in relations if not one.holds),
        frozenset(place for one in relations if one.holds and "＝" in one.words for place in one.places),
        tuple(
            amount.span
            for table, own in by_table
            if _poor(own) or _closed_twice(table) or _part_above_whole(table)
            for amount in table.amounts
        )
        + tuple(span for table in report.money_tables for span in _with_gaps(table)),
    )


def _poor(relations: Sequence[Relation]) -> bool:
    return sum(not one.holds for one in relations) * POOR > len(relations)


def _closed_twice(table: MoneyTable) -> bool:
    """Whether two rows of one table are its total and say different things: one of them is another row."""
    totals: dict[tuple[Role, str], set[Decimal]] = {}
    for amount in table.of_kind(LineKind.TOTAL):
        totals.setdefault((amount.role, amount.line.name), set()).add(amount.figure.amount)
    return any(len(amounts) > 1 for amounts in totals.values())


def _part_above_whole(table: MoneyTable) -> bool:
    """Whether a source weighs more points than the whole: an amount slid under the points."""
    whole = table.of(Role.WEIGHT, LineKind.TOTAL)
    return bool(whole) and any(
        one.figure.value > whole[0].figure.value for one in table.of(Role.WEIGHT, LineKind.SOURCE)
    )


def _with_gaps(table: MoneyTable) -> Iterable[Span]:
    """The amounts of a column that does not come out and lacks a source which other columns have: it may be one of
    those that stand elsewhere."""
    sources = [one for one in table.of_kind(LineKind.SOURCE) if one.role.is_money]
    lines = {(one.line.place, one.line.name) for one in sources}
    for role in dict.fromkeys(one.role for one in sources):
        own = [one for one in sources if one.role is role]
        whole = table.of(role, LineKind.TOTAL)
        missing = len({(one.line.place, one.line.name) for one in own}) < len(lines)
        if missing and whole and not total([one.figure.base for one in own]).meets(whole[0].figure.base):
            yield from (one.span for one in (*own, *whole))


def _assigned(report: Report) -> Iterable[tuple[Span, str]]:
    for table in report.money_tables:
        for amount in table.amounts:
            yield amount.figure.span, f"{amount.role} {amount.line.name}"
    for indicator in report.indicators:
        for name in ("weight", "score", "review_score"):
            figure = getattr(indicator, name)
            if figure is not None:
                yield figure.span, f"{name} {indicator.name}"
        for name in ("target", "actual"):
            view = getattr(indicator, name)
            if view is not None:
                yield view.span(), f"{name} {indicator.name}"
    for closing in report.totals:
        for name in ("weight", "score"):
            figure = getattr(closing, name)
            if figure is not None:
                yield figure.span, f"{name} total {closing.scope}"


def _money(table: MoneyTable) -> Iterable[Relation]:
    lines: dict[tuple[int, str], list[Amount]] = {}
    for amount in table.amounts:
        lines.setdefault((amount.line.place, amount.line.name), []).append(amount)
    for amounts in lines.values():
        yield from _line(amounts)
    for role in table.roles:
        if role.is_money:
            yield from _sums(table, role)


def _line(amounts: Sequence[Amount]) -> Iterable[Relation]:
    """Rate = paid ÷ budget, score = rate × weight at most, paid not above budget."""
    name = amounts[0].line.name
    by_role = {amount.role: amount.figure for amount in amounts}
    paid, budget = by_role.get(Role.PAID), by_role.get(Role.BUDGET)
    rate = by_role.get(Role.EXECUTION_RATE)
    if paid is not None and budget is not None:
        yield Relation(name, "支出不超过预算", paid.base.low <= budget.base.high)
        if rate is not None and budget.base.low > 0:
            holds = (paid.base / budget.base).meets(rate.base)
            yield Relation(name, "执行率＝支出÷预算", holds, (paid.span, budget.span, rate.span))
    weight, score = by_role.get(Role.WEIGHT), by_role.get(Role.SCORE)
    if weight is not None and score is not None:
        yield Relation(name, "得分不超过分值", score.value <= weight.value)
        if rate is not None:
            share = rate.base.capped(Decimal(1)) * Interval.exact(weight.value)
            places = (score.span, rate.span, weight.span)
            yield Relation(name, "得分＝执行率×分值", share.meets(score.interval), places)


def _sums(table: MoneyTable, role: Role) -> Iterable[Relation]:
    totals = table.of(role, LineKind.TOTAL)
    parts = [amount for amount in table.of(role) if amount.line.kind in (LineKind.SOURCE, LineKind.DETAIL)]
    if len(totals) == 1 and parts:
        added = total([part.figure.base for part in parts])
        equal = added.meets(totals[0].figure.base)
        holds = equal or added.high <= totals[0].figure.base.high
        places = tuple(one.figure.span for one in (*parts, *totals)) if equal else ()
        yield Relation(str(role), "各行之和＝合计", holds, places)


def _scores(indicators: Sequence[Indicator], totals: Sequence[ScoreTotal]) -> Iterable[Relation]:
    for indicator in indicators:
        if indicator.weight is not None and indicator.score is not None:
            yield Relation(indicator.name, "得分不超过分值", indicator.score.value <= indicator.weight.value)
    for name, word in (("weight", "分值"), ("score", "得分")):
        figures = [getattr(one, name) for one in indicators]
        parts = [figure for figure in figures if figure is not None]
        if len(parts) < 2:
            continue
        added = total([figure.interval for figure in parts])
        places = tuple(figure.span for figure in parts)
        for closing in totals:
            printed = getattr(closing, name)
            if closing.scope is None and printed is not None:
                holds = added.meets(printed.interval)
                yield Relation(word, "各行之和＝总分", holds, (printed.span, *(places if holds else ())))
                places = () if holds else places  # once: a form may close many times
