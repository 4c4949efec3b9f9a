"""Targets in words that a number can still break: "零事故", "全省前3名", "每季度1次", "Ⅲ类水质"."""

from __future__ import annotations

from auditor.compiled import compiled
from auditor.document import View
from auditor.figures import Kind, scan
from auditor.language import word

_NO_HARM = r"(?:重大|较大|安全|责任|质量|群体性?|网络|食品|生产|有效|违规|违纪|违法|负面){0,4}(?:投诉|事故|事件|信访|上访|违规|违纪|差错|拖欠|逾期|举报|舆情|案件|问题)"
_CLASSES = {"Ⅰ": 1, "Ⅱ": 2, "Ⅲ": 3, "Ⅳ": 4, "Ⅴ": 5, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5}
_PERIODS = {"季": 4, "季度": 4, "月": 12, "半年": 2, "周": 52, "年": 1}


def word_outcome(target: View, actual: View) -> tuple[bool, bool] | None:
    """Whether the actual value meets the target, and whether that is beyond doubt; None where the
    target is none of these."""
    wanted, given = target.text.rstrip("。"), actual.text.rstrip("。")
    if word("target_none").fullmatch(wanted):
        return _none(given, actual)
    if match := word("target_rank").fullmatch(wanted):
        rank = word("rank_reached").fullmatch(given)
        if rank is None or (match["of"] == "%") != (rank["of"] == "%"):
            return None
        return int(rank["n"]) <= int(match["n"]), True
    if match := word("target_class").fullmatch(wanted):
        reached = word("target_class").fullmatch(given)
        if reached is None or reached["of"] != match["of"]:
            return None
        return _CLASSES[reached["n"]] <= _CLASSES[match["n"]], False
    if match := word("target_each").fullmatch(wanted):
        done = word("times_in_all").fullmatch(given)
        if done is None or done["unit"] != match["unit"]:
            return None
        return int(done["n"]) >= int(match["n"]) * _PERIODS[match["of"]], False
    return None


def _none(given: str, actual: View) -> tuple[bool, bool] | None:
    if word("nothing_happened").fullmatch(given) or word("target_none").fullmatch(given):
        return True, True
    counted = [figure for figure in scan(actual) if figure.kind in (Kind.COUNT, Kind.PLAIN)]
    if len(counted) != 1 or counted[0].is_bound or compiled("[,，;；]").search(given):
        return None
    return not counted[0].value, True
