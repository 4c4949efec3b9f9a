"""Which recorded question comes nearest to one that has no answer, and what differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from auditor.judge.call import Call
from auditor.judge.sheet import FENCE
from auditor.values import frozen

_SHOWN = 24
# Of so few lines the one that differs is worth showing, though it is most of them.
_FEW = 8


@frozen
class Recorded:
    """A question on file. `key` names the file."""

    key: str
    call: Call

    @cached_property
    def lines(self) -> Counter[str]:
        return _lines(self.call)

    @cached_property
    def told(self) -> Counter[str]:
        return _told(self.call)


def nearest(call: Call, recorded: Iterable[Recorded]) -> Recorded | None:
    """The question that shares most lines; among equals the first."""
    wanted = _lines(call)
    return max(recorded, key=lambda one: _likeness(wanted, one), default=None)


def _likeness(wanted: Counter[str], one: Recorded) -> tuple[int, int]:
    shared = sum((wanted & one.lines).values())
    return shared, shared - one.lines.total()


def another_report(call: Call, recorded: Recorded) -> bool:
    """Whether the question on file is about another text than the call, of which nothing is masked yet.

    What its placeholders stand for is not known, so that their lines may be any: this never tells two
    questions apart that masking would make the same."""
    asked, kept = _told(call), recorded.told
    masked = sum("⟦" in line for line in kept.elements())
    longest = max(asked.total(), kept.total())
    return _mostly(longest - (asked & kept).total() - masked, longest)


def _told(call: Call) -> Counter[str]:
    """The lines of what is asked about the report, without the instructions."""
    said = (message["content"] for message in call.messages if message["role"] != "system")
    return Counter(line for text in said for line in FENCE.sub("", text).split("\n"))


def _mostly(changed: int, lines: int) -> bool:
    """Whether so many of the lines differ that it is another report."""
    return 2 * changed > lines > _FEW


def _lines(call: Call) -> Counter[str]:
    return Counter(line for message in call.messages for line in message["content"].split("\n"))


def difference(old: Call, new: Call) -> str:
    """What differs, in a few Chinese words: everything but the messages first, then where they part."""
    parts = []
    if old.model != new.model:
        parts.append(f"模型不同（录的是 {old.model}，现在是 {new.model}）")
    if old.parameters != new.parameters:
        names = sorted(
            name
            for name in {*old.parameters, *new.parameters}
            if old.parameters.get(name) != new.parameters.get(name)
        )
        parts.append(f"参数不同（{'、'.join(names)}）")
    if old.schema != new.schema:
        parts.append("回答格式不同")
    if old.repeat != new.repeat:
        parts.append(f"重问次数不同（录的是 {old.repeat}，现在是 {new.repeat}）")
    if old.prompt and new.prompt and old.prompt != new.prompt:
        parts.append(f"提示词版本不同（{old.prompt}，{new.prompt}）")
    return "；".join([*parts, *_messages(old, new)]) or "内容相同"


def _messages(old: Call, new: Call) -> list[str]:
    for at, (before, after) in enumerate(zip(old.messages, new.messages, strict=False), 1):
        if before == after:
            continue
        if before["role"] != after["role"]:
            return [f"第{at}条消息的角色不同"]
        # The fence comes from the text: it differs wherever anything does, and says nothing.
        left, right = (FENCE.sub("", text["content"]).split("\n") for text in (before, after))
        row = next((row for row, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), None)
        longest = max(len(left), len(right))
        changed = longest - sum((Counter(left) & Counter(right)).values())
        if _mostly(changed, longest):
            return [f"第{at}条消息{longest}行中有{changed}行不同，多半是另一份报告"]
        if row is None:
            return [f"第{at}条消息的行数不同（{len(left)}、{len(right)}）"]
        return [f"第{at}条消息第{row + 1}行起不同（{changed}行）：录的是{_parting(left[row], right[row])}"]
    if len(old.messages) != len(new.messages):
        return [f"消息条数不同（{len(old.messages)}、{len(new.messages)}）"]
    return []


def _parting(left: str, right: str) -> str:
    """Both lines from shortly before the first character that differs."""
    at = next((at for at, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), None)
    start = max(0, (min(len(left), len(right)) if at is None else at) - 6)
    return f"“{_cut(left, start)}”，现在是“{_cut(right, start)}”"


def _cut(line: str, start: int) -> str:
    tail = line[start : start + _SHOWN]
    return ("…" if start else "") + tail + ("…" if len(line) > start + _SHOWN else "")
