"""The total score stated in running text."""

from __future__ import annotations

import re
from decimal import Decimal

from auditor.compiled import compiled
from auditor.figures import Figure, Kind
from auditor.report.cell_figures import points_figure
from auditor.report.model import Passage, Report, ScoreTotal, TextKind
from auditor.report.prose.mentions import REACH, YEAR

_SCORE = compiled(
    r"(?P<label>(?:自评|综合|总体|评价|评定|最终|绩效|项目|自我|指标|体系|结果){0,8}(?:总得分|总评分|总分值?|得分|评分|评定|自评|总评))(?:结果)?(?:得满分|得分|总?分|得)?(?:为|是|达|:|共|合计|共计){0,8}$"
)
_BARE_SCORE = compiled(r"自评(?:总)?得分(?:为|:)?$")
_SUM_OF_SCORES = compiled(r"(?P<label>合计|共计|总计|总共)(?:得|为)?$")
_EARNED = compiled(r"(?<!满分)(?<=[^\d.])\d+(?:\.\d+)?分")
_EARLIER = compiled(r"上一?年|去年|前年|以前年度|往年|上期")
_REVIEWED = compiled(
    r"复核|复评|重点评价|部门评价|部门评审|再评价|抽查|审核|评审|核定|财政(?:局|厅|部门)?(?:绩效)?(?:评价|评分|打分|得分|评定)|第三方|专家"
)
_CLASS = compiled(r"执行|产出|效益|满意度|过程|决策|测评|考核")
_CLASS_LAST = compiled(
    r"(?:执行|产出|效益|效果|满意度?|过程|决策|成本|测评|考核)(?:率|类|方面|部分|情况)?(?:指标)?$"
)
_FULL_BEHIND = compiled(r"\([^()]*\)$")
_ITEM = compiled(r"(?:执行|完成|到位|及时|合格|覆盖)率|(?:产出|效益|满意度?|质量|数量|时效|成本)指标")
_PART_TITLE = compiled(r"产出|效益|效果|过程|决策|投入|满意|质量|数量|时效|成本|影响")


def _of_others(clause: str, fiscal_year: int | None) -> bool:
    """Whether a score is another year's, or given by someone else."""
    years = YEAR.findall(clause)
    if _EARLIER.search(clause) or (years and fiscal_year is not None and int(years[-1]) != fiscal_year):
        return True
    return "自评" not in clause and _REVIEWED.search(clause) is not None


def _of_an_item(text: str, at: int, label: str) -> bool:
    """Whether a score is an average, or that of the item its sentence names: "执行率98%，得分9.8分"."""
    reach = max(0, at - REACH)
    said = text[max(reach, *(text.rfind(mark, reach, at) + 1 for mark in "。；;\n")) : at]
    clause = compiled("[，,]").split(said)[-1]
    if "平均" in clause or ("自评" not in clause and _CLASS.search(clause) and "总" not in clause):
        return True
    whole = compiled("总|综合|最终").search(label) or "总" in clause
    return not whole and _ITEM.search(said.removesuffix(clause)) is not None


def _of_a_class(before: str) -> bool:
    """Whether the words right before the name of a score are those of a class, perhaps with its full points in brackets:
    "预算执行率自评得分9.5分", "产出（50分）自评46分"."""
    return _CLASS_LAST.search(_FULL_BEHIND.sub("", before)) is not None


def _added_up(text: str, at: int, before: str) -> re.Match[str] | None:
    """The 合计 before a score that closes a list of scores: "产出得43分，效益26分，合计86.5分"."""
    closes = _SUM_OF_SCORES.search(before)
    return closes if closes and len(_EARNED.findall(text, max(0, at - REACH), at)) > 1 else None


def read_scores(passage: Passage, report: Report) -> None:
    """The total scores of a passage, or the full marks it lays down; those of a part with its title as their scope."""
    for figure in passage.figures:
        match = _label(passage, figure, report)
        if match is None:
            continue
        before = match.string
        span = passage.view.span(figure.start - len(before) + match.start(), figure.end)
        defines = (
            figure.value in (Decimal(100), Decimal(120))
            and "自评" not in match["label"]
            and ("体系" in before or "总分" in match["label"])
        )
        title = passage.section
        whole = compiled(r"结论|综合|自评|评价工作|目标完成|分析").search(title)
        scope = title if _PART_TITLE.search(title) and not whole else None
        scored = points_figure(figure)
        if defines:
            report.totals.append(ScoreTotal(match["label"], span, weight=scored, scope=scope))
        else:
            report.totals.append(ScoreTotal(match["label"], span, score=scored, scope=scope))


def _label(passage: Passage, figure: Figure, report: Report) -> re.Match[str] | None:
    """What calls a figure the score of the whole report, in the words before it; none where it is another's score."""
    text = passage.text
    before = text[max(0, figure.start - 24) : figure.start]
    bare = figure.kind is Kind.PLAIN and _BARE_SCORE.search(before)
    if figure.kind is not Kind.SCORE and not bare:
        return None
    match = _SCORE.search(before) or _added_up(text, figure.start, before)
    # "总分90分(含)以上为优" is the scale, not a score.
    bound = compiled(r"\(?含?\)?(?:及?以[上下]|至|-|~)|\(不?含").match(text[figure.end : figure.end + 5])
    if match is None or "满分" in before[-6:].replace("得满分", "") or figure.is_vague or bound:
        return None
    if _of_an_item(text, figure.start, match["label"]) or _of_a_class(before[: match.start()]):
        return None
    if passage.kind is TextKind.CELL and not compiled("总|自评|综合|最终").search(match["label"]):
        return None  # "过程（20分，得分19分）" in a table
    others = _of_others(compiled(r"[，,。；;\n]").split(before)[-1], report.fiscal_year)
    return None if others else match
