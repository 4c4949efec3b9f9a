"""What two models, or two runs, ask of the same reports: what both ask comes first.

Two questions agree when they have the same code and touch the same words of the same report.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.memo.model import Memo, Result
from auditor.values import frozen


@frozen
class Asked:
    """A model's question, and where it stands."""

    report: tuple[str, int]
    result: Result

    @property
    def told(self) -> str:
        quote = self.result.evidence[0].quote if self.result.evidence else ""
        return f"{self.report[0]} 第{self.report[1]}份 {self.result.rule} {self.result.message}（“{quote[:40]}”）"

    def agrees(self, other: Asked) -> bool:
        same = self.report == other.report and self.result.rule == other.result.rule
        return same and any(
            one.start < two.end and two.start < one.end
            for one in self.result.evidence
            for two in other.result.evidence
        )


@frozen
class Agreement:
    both: list[Asked]
    first_only: list[Asked]
    second_only: list[Asked]

    def lines(self) -> Iterator[str]:
        for title, found in (("两次都问", self.both), ("只有第一次问", self.first_only), ("只有第二次问", self.second_only)):  # fmt: skip
            yield f"{title}：{len(found)} 条"
            yield from (f"  {one.told}" for one in found)


def agreement(first: Memo, second: Memo) -> Agreement:
    """Reports are matched by the text of their file and their number in it."""
    one, two = list(_asked(first)), list(_asked(second))
    return Agreement(
        [a for a in one if any(a.agrees(b) for b in two)],
        [a for a in one if not any(a.agrees(b) for b in two)],
        [b for b in two if not any(a.agrees(b) for a in one)],
    )


def _asked(memo: Memo) -> Iterator[Asked]:
    for document in memo.documents:
        for report in document.reports:
            for result in report.results:
                if result.origin == "model" and result.flagged:
                    yield Asked((document.path, report.index), result)
