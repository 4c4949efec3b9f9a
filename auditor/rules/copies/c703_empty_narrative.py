"""C703 空泛说明得高分 (text.empty)

查什么  得分达到分值八成以上（near_full）的指标，说明文字是否没有数据、没有事实、几乎没有内容（不超过12个汉字，
        如“满意。”“可发挥作用”）。完成值栏只写一句空泛的话、又不是评定等级用语的，同样列出。
        另查“指标分析”中只把指标名称罗列一遍、没有任何分析的段落。
为什么  自评得分要有依据；没有数据和事实的说明，复核时无从核对，满意度没有调查数据的尤其如此。
反例
    三级指标 | 分值 | 得分 | 自评情况说明
    服务对象满意度 | 6 | 5 | 满意。
    可持续影响 | 6 | 6 | 可发挥作用
    数量 | 5 | 5 | 安装路灯86盏，全部点亮。
    合计 | 17 | 16 |
    → 存疑
反例
    一、评分表
    | 三级指标 | 分值 | 得分 |
    | 目标合理性 | 5 | 5 |
    | 编制科学性 | 5 | 5 |
    | 分配合理性 | 5 | 5 |
    | 合计 | 15 | 15 |
    二、指标分析
    项目经集体研究后实施，目标合理性，编制科学性，分配合理性
    → 存疑
正例
    三级指标 | 分值 | 得分 | 自评情况说明
    服务对象满意度 | 6 | 5 | 发放问卷200份，满意184份，满意度92%。
    数量 | 5 | 5 | 安装路灯86盏。
    合计 | 11 | 10 |
    → 无
依据    财预〔2020〕10号：自评结果应当有数据和事实支撑
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from auditor.document import View
from auditor.figures import Kind, scan, show
from auditor.report.model import Indicator, Passage, Report, TextKind
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="C703",
    name="text.empty",
    title="高分指标说明空泛",
    severity=Severity.LOW,
    basis=("财预〔2020〕10号",),
)

_BRIEF = 12  # Chinese characters: "该系统可持续发挥积极作用" still says nothing
_HAN = re.compile(r"[\u4e00-\u9fff]")
_FACT = re.compile(
    r"《|〔|\[\d{4}\]|[A-Za-z]{2}|文件|通知|验收|问卷|调查|审计|合同|批复|印发|制[定订]|出台|成立|负责|签订|招标|公示"
)
_NUMERAL = re.compile(r"[\d一二三四五六七八九十两百千万]")
_NO_DATA = (Kind.ORDINAL, Kind.CODE)
# Rating words and plain statements of completion: an answer to a qualitative target, not a narrative.
_RATING = re.compile(
    r"(?:已?(?:基本|全部|部分|按期|按时|如期)?(?:完成|达成|达到|实现|达标|合格)(?:预期)?(?:年度)?(?:指标|目标|值)?(?:并具有一定效果)?|未达成.*|好|较好|一般|较差|差|优|优秀?|良好?|中|是|有|无)[。.]?"
)
_EMPTY = re.compile(
    r"发挥.{0,4}作用|满意|效果.{0,3}(?:好|明显|显著)|(?:影响|反响|反映|评价).{0,2}好|及时|高效|规范|合理|正常|到位|顺利|良好"
)
_LISTING = re.compile(r"包括|包含|分为|分别为|设置|设有|设定|由|从|围绕|涉及|如下|[:：]")


def check(report: Report, settings: Settings) -> Iterator[Result]:
    scored = [indicator for indicator in report.indicators if _near_full(indicator, settings)]
    empty = [(indicator, view) for indicator in scored if (view := _empty(report, indicator)) is not None]
    if empty:
        yield _result(empty, settings)
    yield from _listed_names(report)
    told = [indicator for indicator in scored if indicator.narrative]
    if told and not empty:
        yield RULE.consistent(
            f"{len(told)}项高分指标的说明均有具体内容。",
            [indicator.narrative for indicator in told[:3] if indicator.narrative],
            key=("told",),
        )


def _near_full(indicator: Indicator, settings: Settings) -> bool:
    weight, score = indicator.weight, indicator.score
    if (
        weight is None
        or score is None
        or weight.value <= 0
        or indicator.is_execution
        or indicator.shares_score
    ):
        return False
    return score.value >= weight.value * settings.near_full


def _empty(report: Report, indicator: Indicator) -> View | None:
    """The text that should bear out the score and says nothing."""
    narrative, actual = indicator.narrative, indicator.actual
    if narrative:
        if actual and (_says_something(actual) or not _EMPTY.search(narrative.text)):
            return None  # the narrative is a remark beside the value achieved
        return None if _says_something(narrative) else narrative
    if not actual or _says_something(actual) or _RATING.fullmatch(actual.text):
        return None
    if indicator.target and _core(indicator.target.text) in (_core(actual.text), ""):
        return None  # the target repeated: a question of its own
    if any(band.word == actual.text for band in report.rating_bands):
        return None
    quantified = indicator.target is not None and any(
        figure.kind not in _NO_DATA for figure in scan(indicator.target)
    )
    return actual if not quantified and len(actual.text) >= 5 and _EMPTY.search(actual.text) else None


def _core(text: str) -> str:
    return text.strip("。.≥≤=><定性: ")


def _says_something(view: View) -> bool:
    if len(_HAN.findall(view.text)) > _BRIEF or _FACT.search(view.text):
        return True
    return bool(_NUMERAL.search(view.text)) and any(figure.kind not in _NO_DATA for figure in scan(view))


def _result(empty: list[tuple[Indicator, View]], settings: Settings) -> Result:
    told = "、".join(
        f"“{indicator.name}”{show(indicator.score.value)}/{show(indicator.weight.value)}分“{view.text}”"
        for indicator, view in empty
        if indicator.score and indicator.weight
    )
    points = sum((indicator.score.value for indicator, _ in empty if indicator.score), Decimal(0))
    satisfied = any("满意" in indicator.place for indicator, _ in empty)
    evidence = [
        part for indicator, view in empty for part in (indicator.name_view, view, indicator.score) if part
    ]
    return RULE.query(
        f"{len(empty)}项指标得分在分值的{show(settings.near_full * 100)}%以上，说明没有数据和事实：{told}。",
        evidence,
        severity=Severity.MEDIUM if satisfied else Severity.LOW,
        impact=f"涉及得分{show(points)}分。",
        suggestion="补充能够核对的数据和事实"
        + ("；满意度须附调查的对象、份数和结果。" if satisfied else "。"),
        key=tuple(indicator.name for indicator, _ in empty),
    )


def _listed_names(report: Report) -> Iterator[Result]:
    """ "…，立项依据充分性，立项程序规范性，绩效目标合理性": names instead of an analysis."""
    names = {indicator.name for indicator in report.indicators if len(indicator.name) >= 4}
    if len(names) < 3:
        return
    places = [found for passage in report.passages if (found := _names_only(passage, names)) is not None]
    if places:
        yield RULE.query(
            f"指标分析只罗列指标名称，没有分析，共{len(places)}处："
            + "；".join(f"{count}个指标名“{_short(view.text)}”" for view, count in places)
            + "。",
            [view for view, _ in places],
            severity=Severity.MEDIUM,
            suggestion="逐项说明各指标完成了什么、依据是什么。",
            key=("names", *(view.text for view, _ in places)),
        )


def _names_only(passage: Passage, names: set[str]) -> tuple[View, int] | None:
    """The tail of the passage that consists of at least three indicator names and nothing else."""
    if passage.kind is TextKind.CELL:
        return None
    text = passage.text.rstrip("。；;、，, ")
    if not text.endswith(tuple(names)):
        return None
    end, start, count = len(text), len(text), 0
    while start > 0:
        cut = max(text.rfind(char, 0, start) for char in "，,、；;。和及\n")
        if text[cut + 1 : start] not in names:
            break
        count, start = count + 1, max(cut, 0)
    if count < 3:
        return None
    sentence = text[max(text.rfind(char, 0, start) for char in "。；;\n") + 1 : start]
    if _LISTING.search(sentence.rpartition("，")[2] or sentence):
        return None
    return passage.view.part(start + (text[start] in "，,、；;。和及\n"), end), count


def _short(text: str) -> str:
    return text if len(text) <= 50 else text[:48] + "……"
