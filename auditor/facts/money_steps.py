"""Amounts told one after the other in running text, each of which follows from those before.

年初预算960万元，上年结转120万元，全年预算1080万元      a budget and what changed it
全年可用610万元，实际执行597.8万元，结余12.2万元        a whole, what was taken from it, what is left
应拨补助960万元，实际拨付672万元，拨付率70%             what was due, what was paid, their rate
"""

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
_WHOLE = re.compile(r"预算|可用|投资|合同|资金|安排|补助|应[拨付]")
_TAKEN = re.compile(r"支出|支付|执行|使用|安排|拨付|列支")
_LEFT = re.compile(r"^(?:年末|尚有|目前|按合同价?)*(?:结余|剩余|其余|余额|未支[出付]|未执行|留存|预留|扣留)")
_MOVED = re.compile(r"收回|结转|上缴|调减|核减|追加|另")
_DUE = re.compile(r"应[拨付支]|计划|预算|安排|下达")
_REALLY = re.compile(r"实际|已经?[拨支付]|累计")
_PAID_RATE = re.compile(r"^(?:资金)?(?:拨付|支付|支出|执行|到位|兑付)率(?:为|达到?)?$")


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


@dataclass(frozen=True)
class Rest:
    """A whole, the part of it that was spent or assigned, and what is left."""

    whole: Figure
    taken: Figure
    left: Figure

    @property
    def holds(self) -> bool:
        return (self.taken.base + self.left.base).meets(self.whole.base)


def rests(passage: Passage) -> Iterator[Rest]:
    """Three amounts in neighbouring clauses of one sentence: the whole, the part, the rest."""
    money = [figure for figure in passage.figures if figure.kind is Kind.MONEY]
    for whole, taken, left in zip(money, money[1:], money[2:], strict=False):
        told = passage.text[whole.end : left.start]
        if any(figure.is_vague for figure in (whole, taken, left)) or re.search("[。；;]", told):
            continue
        first = _last_clause(passage.text[max(0, whole.start - 30) : whole.start])
        middle, last = passage.text[whole.end : taken.start], passage.text[taken.end : left.start]
        plain = all(len(_CLAUSE.split(words.strip("，,"))) == 1 for words in (middle, last))
        if not (plain and _WHOLE.search(first) and _TAKEN.search(middle) and _LEFT.search(last.strip("，,"))):
            continue
        if not _MOVED.search(first + told):
            yield Rest(whole, taken, left)


@dataclass(frozen=True)
class PaidRate:
    """An amount that was due, the one that was paid, and their printed rate."""

    due: Figure
    paid: Figure
    rate: Figure

    @property
    def holds(self) -> bool:
        try:
            return (self.paid.base / self.due.base).meets(self.rate.base)
        except ZeroDivisionError:
            return True


def paid_rates(passage: Passage) -> Iterator[PaidRate]:
    """Due, paid and rate in neighbouring clauses of one sentence."""
    if "率" not in passage.text:
        return
    for due, paid, rate in zip(passage.figures, passage.figures[1:], passage.figures[2:], strict=False):
        if (due.kind, paid.kind, rate.kind) != (Kind.MONEY, Kind.MONEY, Kind.RATE):
            continue
        first = _last_clause(passage.text[max(0, due.start - 20) : due.start])
        middle, last = passage.text[due.end : paid.start], passage.text[paid.end : rate.start]
        vague = any(figure.is_vague for figure in (due, paid, rate))
        if vague or len(_CLAUSE.split(middle.strip("，,"))) != 1 or not _PAID_RATE.match(last.strip("，,")):
            continue
        if _DUE.search(first) and _REALLY.search(middle):
            yield PaidRate(due, paid, rate)


def _last_clause(words: str) -> str:
    return _CLAUSE.split(words)[-1]


def _clause(passage: Passage, money: list[Figure], at: int) -> str:
    """The words of the clause before the amount; "" where the clause before it tells something else."""
    start = money[at - 1].end if at else 0
    pieces = [piece for piece in _CLAUSE.split(passage.text[start : money[at].start]) if piece]
    own = pieces[-1] if pieces else ""
    return own if at == 0 or len(pieces) <= 1 or _BEGUN.search(own) else ""
