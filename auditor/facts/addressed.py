"""Words addressed to whoever reviews the report, or to a model."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.document import View

_FORBIDS = r"(?<!不可)(?<!不能)(?<!不得)(?<!不应)(?<!切勿)(?<!不容)(?<!没有)(?<!未)"
# Words in small letters, one of which stands in whatever the pattern beside them finds, and the pattern:
# looking for the words first is ten times faster.
_VERDICTS = r"(?:满分|高分|最高分|无问题|没有问题|未发现问题|不存在问题|合格|通过|优秀)"
PATTERNS: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        ("请", "务必", "必须", "希望", "拜托"),
        "asks_for_marks",
    ),
    (
        ("请", "望", "盼"),
        "begs_the_reviewer",
    ),
    (
        ("系统", "平台", "无需", "无须", "不必", "不用"),
        "poses_as_system",
    ),
    (
        ("忽略", "无视", "不要理会", "不予理会"),
        "tells_to_ignore",
    ),
    (
        ("你", "作为", "扮演", "模型", "人工智能", "ai", "机器"),
        "tells_who_you_are",
    ),
    (
        ("提示词", "系统指令", "输出", "不要", "请勿", "无需", "判"),
        "dictates_output",
    ),
    (
        ("助手", "模型", "ai", "人工智能", "专家", "评委", "机器"),
        "tells_the_model",
    ),
    (
        ("ignore", "disregard", "forget", "override", "prompt", "you", "ai", "full"),
        "english_override",
    ),
    (
        ("|>", "system", "assistant", "user", "instruction", "prompt", "inst", "sys>"),
        "chat_markup",
    ),
)


def clauses_with(view: View, patterns: list[re.Pattern[str]]) -> Iterator[View]:
    """The clauses in which a pattern is found, each once."""
    text = view.text
    spans = sorted({_clause(text, *match.span()) for pattern in patterns for match in pattern.finditer(text)})
    reach = -1
    for start, end in spans:
        if start >= reach:
            yield view.part(start, end)
        reach = max(reach, end)


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The match with the rest of its sentence, at most 40 characters to either side."""
    first = max(text.rfind(char, max(0, start - 40), start) for char in "。；;\n!") + 1
    stops = [at for char in "。；;\n!" if (at := text.find(char, end, end + 40)) >= 0]
    first = first or max(0, start - 40)
    return first, min(stops) + 1 if stops else min(len(text), end + 40)
