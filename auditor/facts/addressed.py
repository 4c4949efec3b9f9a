"""Words addressed to whoever reviews the report, or to a model."""

from __future__ import annotations

import heapq
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from auditor.compiled import compiled
from auditor.document import View

_PIECE = 24
"""Characters of a piece of a sentence that somebody cut into cells or lines, and of the whole of it."""
_PARTED = compiled(r"(?:[\u4e00-\u9fff][^\w\s，。；;!?、]){4,}[\u4e00-\u9fff]")
_SIGNS = compiled(r"[^\w]")
# A pattern, and words in small letters, one of which stands in whatever it finds: looking for the words first is ten
# times faster.
_CUES = {
    "asks_for_marks": "请 务必 必须 希望 拜托",
    "begs_the_reviewer": "请 望 盼",
    "poses_as_system": "系统 平台 无需 无须 不必 不用",
    "tells_to_ignore": "忽略 无视 不要理会 不予理会",
    "tells_who_you_are": "你 作为 扮演 模型 人工智能 ai 机器",
    "dictates_output": "提示词 系统指令 输出 不要 请勿 无需 判",
    "tells_the_model": "助手 模型 ai 人工智能 专家 评委 机器",
    "asks_a_favour": "请 麻烦 烦 拜托 望 盼 你 您 命令 不要 勿 别",
    "sees_nothing": "跳过 忽略 无视 取消 停用 请 勿 免 不要 不予 不再 不接受 不容 不得 不作 不视 不算 不列 禁止 严禁 无效 一概 一律 均 全部 应当 直接 无需 无须 不必 不用",
    "begs_for_favour": "留情 贵手 一面 包涵 酌情 从宽 请 望 盼 扣",
    "sets_the_verdict": "请 务必 只 直接 你 您 把 将 结 判定 贵组 尊敬的 一律 建议 信 助手 模型 ai 人工智能 机器人 输出 返回 回复 回答 可",
    "tells_how_to_read": "供 写给 面向 发给 优先级 到 请 指令 任务已 从 时 作废 无效 取消 不算 失效 系统 模式 关闭 绕过 禁用 解除 你 您",
    "english_override": "ignore disregard forget override prompt you ai full",
    "english_orders": "please kindly must not don't dear from as you re ignore override forget set mark rate grade treat accept skip approve always never only assistant give assign award bypass model grader auditor evaluator stop flag",
    "orders_by_sound": "hu hū hù qing qǐng gei gěi ji jǐ zhi shu shū pan pàn ping píng da dǎ",
    "chat_markup": "|> ## system assistant user instruction prompt inst sys>",
}
PATTERNS = tuple((tuple(cues.split()), name) for name, cues in _CUES.items())


def clauses_with(view: View, patterns: list[re.Pattern[str]]) -> Iterator[View]:
    """The clauses in which a pattern is found, each once."""
    text = view.text
    spans = sorted({_clause(text, *match.span()) for pattern in patterns for match in pattern.finditer(text)})
    reach = -1
    for start, end in spans:
        if start >= reach:
            yield view.part(start, end)
        reach = max(reach, end)


def in_pieces(views: Sequence[View], patterns: list[re.Pattern[str]]) -> Iterator[list[View]]:
    """Where a pattern is found once signs between single characters are gone (忽-略-以-上), or the pieces in neighbouring
    cells or lines are put together: the pieces."""
    for view in views:
        for run in _PARTED.finditer(view.text):
            bare = _SIGNS.sub("", run[0])
            if any(pattern.search(bare) for pattern in patterns):
                yield [view.part(*run.span())]
    short = [view for view in views if 0 < len(view.text) <= _PIECE]
    joined = "".join(view.text for view in short)
    starts = list(accumulate((len(view.text) for view in short), initial=0))
    seen = -1
    for match in heapq.merge(
        *(pattern.finditer(joined) for pattern in patterns), key=lambda match: match.start()
    ):
        first, last = bisect_right(starts, match.start()) - 1, bisect_left(starts, match.end()) - 1
        if first < last and first > seen and len(match[0]) <= _PIECE:
            seen = last
            yield short[first : last + 1]


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The match with the rest of its sentence, at most 40 characters to either side."""
    first = max(text.rfind(char, max(0, start - 40), start) for char in "。；;\n!") + 1
    stops = [at for char in "。；;\n!" if (at := text.find(char, end, end + 40)) >= 0]
    first = first or max(0, start - 40)
    return first, min(stops) + 1 if stops else min(len(text), end + 40)
