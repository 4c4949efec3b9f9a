"""Targets in words that a number can still break: "零事故", "全省前3名", "每季度1次", "Ⅲ类水质"."""

from __future__ import annotations

import re

from auditor.compiled import compiled
from auditor.document import View
from auditor.figures import Kind, scan

_NO_HARM = r"(?:重大|较大|安全|责任|质量|群体性?|网络|食品|生产|有效|违规|违纪|违法|负面){0,4}(?:投诉|事故|事件|信访|上访|违规|违纪|差错|拖欠|逾期|举报|舆情|案件|问题)"
_NONE = compiled(
    rf"(?:确保|力争|实现)?(?:零(?:发生|{_NO_HARM})|(?:不发生|不出现|无|杜绝|未发生)(?:{_NO_HARM})?|不发生)"
)
_NOTHING = compiled(rf"(?:0|零|无|未发生|没有|不存在)(?:发生|起|次|件|例|{_NO_HARM})?[。.]?")
_RANK = compiled(r"(?:全[国省市州县区]|排名|位列|进入|位居|保持|在){0,4}前(?P<n>\d{1,3})(?P<of>名|位|%)")
_RANKED = compiled(r"(?:全[国省市州县区]|排名|位列|进入|位居|在){0,4}(?:第|前)(?P<n>\d{1,3})(?P<of>名|位|%)?")
_CLASSES = {"Ⅰ": 1, "Ⅱ": 2, "Ⅲ": 3, "Ⅳ": 4, "Ⅴ": 5, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5}
_CLASS = compiled(
    r"(?:达到|优于|符合|稳定|地表水|水质|保持|或){0,5}(?P<n>[ⅠⅡⅢⅣⅤ一二三四五])(?P<of>类|级)(?:水质|标准|及以上|以上|水){0,3}"
)
_EACH = compiled(
    r"每(?P<of>季度?|月|半年|周|年)度?(?:至少|不少于|≥)?(?P<n>\d{1,3})(?P<unit>次|场|期)(?:以上)?"
)
_IN_ALL = compiled(r"(?:全年|共|累计|实际|开展|完成|已){0,4}(?P<n>\d{1,4})(?P<unit>次|场|期)")
_PERIODS = {"季": 4, "季度": 4, "月": 12, "半年": 2, "周": 52, "年": 1}


def word_outcome(target: View, actual: View) -> tuple[bool, bool] | None:
    """Whether the actual value meets the target, and whether that is beyond doubt; None where the
    target is none of these."""
    wanted, given = target.text.rstrip("。"), actual.text.rstrip("。")
    if _NONE.fullmatch(wanted):
        return _none(given, actual)
    if match := _RANK.fullmatch(wanted):
        rank = _RANKED.fullmatch(given)
        if rank is None or (match["of"] == "%") != (rank["of"] == "%"):
            return None
        return int(rank["n"]) <= int(match["n"]), True
    if match := _CLASS.fullmatch(wanted):
        reached = _CLASS.fullmatch(given)
        if reached is None or reached["of"] != match["of"]:
            return None
        return _CLASSES[reached["n"]] <= _CLASSES[match["n"]], False
    if match := _EACH.fullmatch(wanted):
        done = _IN_ALL.fullmatch(given)
        if done is None or done["unit"] != match["unit"]:
            return None
        return int(done["n"]) >= int(match["n"]) * _PERIODS[match["of"]], False
    return None


def _none(given: str, actual: View) -> tuple[bool, bool] | None:
    if _NOTHING.fullmatch(given) or _NONE.fullmatch(given):
        return True, True
    counted = [figure for figure in scan(actual) if figure.kind in (Kind.COUNT, Kind.PLAIN)]
    if len(counted) != 1 or counted[0].is_bound or re.search("[,，;；]", given):
        return None
    return not counted[0].value, True
