"""A budget told as steps: 年初预算960万元，上年结转120万元，全年预算1080万元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from auditor.figures import Figure, Interval, Kind
from auditor.report.model import Passage

_BEGUN = re.compile(r"年初(?:[\u4e00-\u9fff]{0,6}预算|安排|下达)|初始预算")
_MORE = re.compile(r"追加|调增|增加|上年(?:度)?(?:结转|结余)|年初结转")
_LESS = re.compile(r"调减|核减|压减|减少|收回")
_RESULT = re.compile(
    r"^(?:全年|年度|调整[后为]|变更后|总)[\u4e00-\u9fff]{0,4}(?:预算|可用|资金|为|至)"
    r"|^(?:预算)?(?:调整[为至]|合计|总额)"
)
_CLAUSE = re.compile(r"[，,；;。:：]")
_MOST_STEPS = 5


@dataclass(frozen=True)
class Steps:
    """The budget at the beginning of the year, what changed it (with its sign), and what it became."""

    begun: Figure
    changes: tuple[tuple[int, Figure], ...]
    result: Figure

    @property
    def figures(self) -> tuple[Figure, ...]:
        return (self.begun, *(figure for _, figure in self.changes), self.result)

    @property
    def value(self) -> Decimal:
        """The budget that the steps lead to, in base units."""
        return self.begun.amount + sum(sign * figure.amount for sign, figure in self.changes)

    @property
    def interval(self) -> Interval:
        """The same with the decimals as printed."""
        found = self.begun.base
        for sign, figure in self.changes:
            found = found + figure.base if sign > 0 else found - figure.base
        return found


def budget_steps(passage: Passage) -> Iterator[Steps]:
    """Budgets told step by step, each amount in the clause that follows the one before."""
    if "年初" not in passage.text and "初始" not in passage.text:
        return
    money = [figure for figure in passage.figures if figure.kind is Kind.MONEY]
    for at, begun in enumerate(money):
        if not _BEGUN.search(_clause(passage, money, at)) or begun.is_vague:
            continue
        changes: list[tuple[int, Figure]] = []
        for step in range(at + 1, min(at + 2 + _MOST_STEPS, len(money))):
            words = _clause(passage, money, step)
            if money[step].is_vague or "。" in passage.text[begun.end : money[step].start]:
                break
            if _LESS.search(words) or _MORE.search(words):
                changes.append((-1 if _LESS.search(words) else 1, money[step]))
                continue
            if changes and _RESULT.search(words):
                yield Steps(begun, tuple(changes), money[step])
            break


def _clause(passage: Passage, money: list[Figure], at: int) -> str:
    """The words of the clause before the amount; "" where the clause before it tells something else."""
    start = money[at - 1].end if at else 0
    pieces = [piece for piece in _CLAUSE.split(passage.text[start : money[at].start]) if piece]
    own = pieces[-1] if pieces else ""
    return own if at == 0 or len(pieces) <= 1 or _BEGUN.search(own) else ""
