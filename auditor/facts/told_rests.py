"""Counts that are told with their rest: done and left, sent and back, heads of a team, parts of parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from auditor.facts.quantities import sentence_start
from auditor.facts.quantity import Quantity

_MOST = 12  # counts of a sentence; in a longer one nobody can tell which is the whole
_DONE = re.compile(r"(?:已|共|实际)?(?:完成)?(?:整改|办结|处理|化解|完成|发放|拆除|修复|销号|解决|治理)")
_CARRIED = re.compile(r"上年|结存|结转|不予|撤|重复|含|新增|拆除")
_LEFT = re.compile(r"(?:剩余|尚余|尚有|还有|未(?:整改|办结|处理|化解|完成|发放|拆除|修复|解决|治理))")
_SENT, _BACK = (
    re.compile(r"(?:发放|发出|印发)(?:问卷|调查)"),
    re.compile(r"(?:共|实际)?(?:收回|回收)(?:有效)?(?:问卷|调查表|答卷)?$"),
)
_OFFICE = re.compile(r"(?:组|队|处|科|股|站|局|所)长|主任|书记|负责人|领队|带队|牵头")


def done_and_left(sentence: Sequence[Quantity]) -> Iterator[tuple[Quantity, list[Quantity]]]:
    """ "发现隐患1386处，已整改1372处，剩余14处": the whole, and what was done and what is left of it."""
    for at, left in enumerate(sentence[:_MOST]):
        before = [q for q in sentence[:at] if q.unit == left.unit and not q.spelled and not q.depth]
        if left.depth or not _LEFT.match(left.head.lstrip("，,")) or len(before) != 2:
            continue
        whole, done = before
        text = left.passage.text
        told = text[sentence_start(text, whole.start) : left.end + 12]
        if _CARRIED.search(told) or whole.figure.is_vague or not _DONE.match(done.head.lstrip("，,")):
            continue
        if not _LEFT.match(whole.head) and not whole.base.below(done.base):
            yield whole, [done, left]


def more_back(sentence: Sequence[Quantity]) -> Iterator[tuple[Quantity, Quantity]]:
    """Forms sent out, and more of them that came back."""
    for sent, back in pairwise(sentence):
        told = sent.unit == back.unit and _SENT.search(sent.head) and _BACK.match(back.head.lstrip("，,"))
        if told and sent.base.below(back.base) and not sent.figure.is_vague:
            yield sent, back


def heads_unnumbered(run: list[Quantity], whole: Quantity) -> bool:
    """Whether the list begins with persons told by office, each of them one: "局长任组长，3名副局长…"."""
    short = whole.figure.amount - sum((part.figure.amount for part in run), Decimal(0))
    text = run[0].passage.text
    told = text[sentence_start(text, run[0].start) : run[0].start]
    if whole.unit != "名" or not short > 0 or not _OFFICE.search(told + text[run[0].end : run[-1].end]):
        return False
    return short <= len(
        [piece for piece in re.split("[、，,]", told) if piece and not re.search(r"\d", piece)]
    )


def nested(parts: Sequence[Quantity]) -> bool:
    """Whether one part is told as a share of another: "新能源车218辆…，纯电动186辆，占新能源车的85.3%"."""
    text = parts[0].passage.text
    told = text[parts[0].start : parts[-1].end + 16]
    return any(len(part.label) >= 2 and f"占{part.label}" in told for part in parts)
