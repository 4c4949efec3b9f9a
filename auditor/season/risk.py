"""Which reports to look at first: points of risk, explained term by term.

The points order a desk. They say nothing about a unit and are never shown as a score of one. Weights are the
bureau's own (`auditor.toml`, [risk]); every term is a count or an exact share times its weight, at most `most`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from auditor.figures import show
from auditor.memo.wording import SEVERITIES
from auditor.rules.weighing import RiskWeights
from auditor.season.records import Record
from auditor.values import frozen

_SEVERITY = {"high": 3, "medium": 2, "low": 1}
_COPIES = "C7"
"""Rules of the family that speaks of copied and empty text."""
_EMPTY = "C703"
_CENT = Decimal("0.01")


@frozen
class Term:
    """One reason: its name, what was counted in words, and the points it adds."""

    name: str
    told: str
    points: Decimal


@frozen
class Risk:
    """The terms that add something, the heaviest first."""

    terms: tuple[Term, ...]

    @property
    def points(self) -> Decimal:
        return sum((term.points for term in self.terms), Decimal(0))

    def told(self) -> str:
        """ "风险 14.5：金额 500万元以上 8；…" for one line."""
        terms = "；".join(f"{term.name} {show(term.points)}（{term.told}）" for term in self.terms)
        return f"风险 {show(self.points)}：{terms}" if terms else "风险 0：没有发现需要先看的地方"


def risk(record: Record, weights: RiskWeights, bands: Sequence[Decimal], copies: int = 0) -> Risk:
    """`bands` in 元, rising; `copies` are matters of copied text found between reports."""
    terms = (*_money(record, weights, bands), *_findings(record, weights), *_text(record, weights, copies))
    capped = [_capped(term, weights.most) for term in (*terms, *_handling(record, weights))]
    return Risk(tuple(sorted((term for term in capped if term.points), key=lambda term: -term.points)))


def _capped(term: Term, most: Decimal) -> Term:
    """Whoever adds the terms up by hand has to see why one is smaller than its count says."""
    if term.points > most:
        return Term(term.name, f"{term.told}，最多加{show(most)}", most.quantize(_CENT, ROUND_HALF_UP))
    return Term(term.name, term.told, term.points.quantize(_CENT, ROUND_HALF_UP))


def by_risk(told: Iterable[tuple[Record, Risk]]) -> list[tuple[Record, Risk]]:
    """The riskiest first; the larger amount, then the number, decide among equals."""
    return sorted(told, key=lambda pair: (-pair[1].points, -(pair[0].budget or 0), pair[0].id))


def _money(record: Record, weights: RiskWeights, bands: Sequence[Decimal]) -> Iterator[Term]:
    amount = max(record.budget or Decimal(0), record.paid or Decimal(0))
    reached = sum(amount >= band for band in bands)
    yield Term("金额", f"{show(amount / 10_000)}万元", weights.amount * reached)
    stakes = [one.stake for one in record.problems if one.stake is not None]
    if stakes and amount > 0:
        share = min(max(stakes) / amount, Decimal(1))
        yield Term("问题涉及的金额", f"{show(max(stakes) / 10_000)}万元", weights.at_stake * share)


def _findings(record: Record, weights: RiskWeights) -> Iterator[Term]:
    counted = [one for one in record.problems if not one.rule.startswith(_COPIES)]
    proved = [one for one in counted if one.verdict == "inconsistent"]
    told = "、".join(
        f"{word}{count}项"
        for severity, word in SEVERITIES.items()
        if (count := sum(one.severity == severity for one in proved))
    )
    yield Term("能证明的问题", told, weights.proved * sum(_SEVERITY[one.severity] for one in proved))
    asked = len(counted) - len(proved)
    yield Term("存疑", f"{asked}项", weights.query * asked)
    if record.self_score is not None and record.recomputed_score is not None:
        gap = abs(record.self_score - record.recomputed_score)
        yield Term("对得分的影响", f"{show(gap)}分", weights.score * gap)


def _text(record: Record, weights: RiskWeights, copies: int) -> Iterator[Term]:
    covered = record.covered
    unread = covered.unread_tables + (covered.figures_unplaced > 0) + record.unproved
    told = f"{covered.unread_tables}张表、{covered.figures_unplaced}个数"
    told += "，一个数也没有核对到" if record.unproved else ""
    yield Term("没有读懂", told, weights.unread * unread)
    empty = Decimal(covered.empty) / covered.narratives if covered.narratives else Decimal(0)
    if not empty and any(one.rule == _EMPTY for one in record.problems):
        yield Term("说明空洞", "审核时已提出", weights.empty)
    else:
        yield Term("说明空洞", f"{covered.narratives}段里{covered.empty}段", weights.empty * empty)
    found = [one for one in record.problems if one.rule.startswith(_COPIES) and one.rule != _EMPTY]
    yield Term("文字照抄", f"{len(found) + copies}处", weights.copies * (len(found) + copies))


def _handling(record: Record, weights: RiskWeights) -> Iterator[Term]:
    yield Term("改稿", f"第{record.version}稿", weights.versions * (record.version - 1))
    if weights.due and record.added[:10] > weights.due:
        yield Term("迟报", f"{record.added[:10]}收到", weights.late)
