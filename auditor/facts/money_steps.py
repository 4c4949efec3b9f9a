"""What was due, what was paid and the rate between them, told one after the other: 应拨960万元，实拨672万元，拨付率70%."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.compiled import compiled
from auditor.figures import Figure, Kind
from auditor.language import word
from auditor.report.model import Passage
from auditor.values import frozen

_CLAUSE = compiled(r"[，,；;。:：]")


@frozen
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
        if (
            vague
            or len(_CLAUSE.split(middle.strip("，,"))) != 1
            or not word("paid_rate").match(last.strip("，,"))
        ):
            continue
        if word("money_due").search(first) and word("money_really").search(middle):
            yield PaidRate(due, paid, rate)


def _last_clause(words: str) -> str:
    return _CLAUSE.split(words)[-1]
