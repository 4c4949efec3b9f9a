"""Relations that a model proposed, that hold or were asked about, and that no rule made: candidates for the
words and examples of the program."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.memo.model import Memo

_RELATIONS = "L807"


def candidates(memo: Memo) -> Iterator[str]:
    """A line each: whether it held, the equation, and the words it was read from."""
    for document in memo.documents:
        for report in document.reports:
            for result in report.results:
                if result.origin == "model" and result.rule == _RELATIONS:
                    held = "不成立" if result.flagged else "成立"
                    quotes = "”“".join(one.quote for one in result.evidence)
                    yield f"{document.path} 第{report.index}份 {held}：{result.calculation}（“{quotes}”）"
