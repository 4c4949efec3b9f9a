"""What asking a model about reports costs, report by report, before anything is sent.

    python -m benchmarks.judge_tokens FILE…

Counted by one rule (`auditor.judge.tokens`, which errs upward for Chinese): the report's own tokens, the
instructions (the same for every report), all that is sent, its limit of 1.3 times the report and 1,200 for
each request, and how much of it begins as an earlier request did, which an endpoint can keep: the instructions,
and what every report of a unit says of the unit.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from auditor.judge.endpoint import ModelSettings
from auditor.judge.review import inquiries
from auditor.judge.tokens import tokens
from auditor.pipeline import run
from auditor.rules.catalogue import catalogue


@dataclass(frozen=True)
class Cost:
    """Tokens of one report: its own, the instructions of a request, all input, how many requests, and how much of
    them begins as an earlier request did."""

    name: str
    own: int
    instructions: int
    sent: int
    calls: int
    kept: int = 0

    @property
    def limit(self) -> int:
        return self.own * 13 // 10 + 1200 * self.calls

    def row(self) -> str:
        share = 100 * self.instructions * self.calls // self.sent if self.sent else 0
        return f"{self.name:32} {self.own:6} {self.instructions:6} {self.sent:6} {self.limit:6} {self.calls:3} {share:4}% {self.kept:6}"


def costs(paths: Sequence[str | Path]) -> Iterator[Cost]:
    """One for each report that is asked about."""
    earlier: list[list[str]] = []
    for document in run(paths, catalogue()).documents:
        for audited in document.reports:
            report = audited.report
            known = [item.result for item in audited.items]
            for asked in inquiries([report], [known], ModelSettings()):
                told = [[tokens(message["content"]) for message in call.messages] for call in asked.calls]
                kept = sum(
                    _kept("\n".join(one["content"] for one in call.messages), earlier) for call in asked.calls
                )
                yield Cost(
                    f"{Path(document.document.path).name} {report.index}",
                    tokens(report.quote(report.span)),
                    max((own[0] for own in told), default=0),
                    sum(map(sum, told)),
                    len(told),
                    kept,
                )


def _kept(request: str, earlier: list[list[str]]) -> int:
    """Tokens of the longest beginning, in whole lines, that an earlier request had too. Notes the request."""
    own = request.split("\n")
    shared = max((_alike(own, other) for other in earlier), default=0)
    earlier.append(own)
    return tokens("\n".join(own[:shared]))


def _alike(own: list[str], other: list[str]) -> int:
    """How many lines both begin with."""
    return next(
        (at for at, (a, b) in enumerate(zip(own, other, strict=False)) if a != b), min(len(own), len(other))
    )


def main(paths: Sequence[str]) -> int:
    print(f"{'':32} {'报告':>5} {'要求':>5} {'输入':>5} {'上限':>5} 次数 要求占 可缓存")
    found = list(costs(paths))
    for one in found:
        print(one.row())
    whole = [sum(getattr(one, name) for one in found) for name in ("own", "sent", "kept")]
    print(
        f"{len(found)} 份报告：报告 {whole[0]}、输入 {whole[1]} 个词元，其中与前面的提问开头相同、服务端可以缓存的 {whole[2]}；"
        f"超过上限的 {sum(one.sent > one.limit for one in found)} 份"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
