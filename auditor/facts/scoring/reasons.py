"""Words that explain a shortfall, that admit a problem, or that say there is none."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.compiled import compiled
from auditor.document import View
from auditor.report.model import Indicator, Passage, Report, TextKind

# What a text must hold to count as the reason of a lost mark.
EXPLAINS = compiled(
    r"原因|由于|因[^此而为素地]|受[^益理]|未|尚|没有|没能|不足|不够|不高|不强|不到位|不及|不完善|不健全|不规范|滞后|延期|延迟|"
    r"推迟|顺延|等待|暂缓|偏低|偏大|较低|较少|较慢|下降|困难|影响|欠缺|缺少|缺乏|有待|仍需|还需|超出|超支|漏|故障|取消|调整|核减|扣"
)
OVER = compiled(r"超额|超过|多完成|提前|高于|超出|增加|追加|偏低|节约|多")
NOTHING = compiled(
    r"(?:无|暂无|没有|/|-|—|－|无偏差|无问题|不存在问题|没有问题|暂未发现问题|未发现(?:明显)?问题|不存在|无明显问题|空)?[。.;；\s]*"
)
# Admissions strong enough to be taken from running prose, outside a section on problems.
_ADMITS = compiled(
    r"未得到(?:有效|切实|很好)?(?:的)?(?:执行|落实|发挥)|有待(?:进一步)?(?:提高|提升|加强|完善|改进)|(?:故障|投诉|问题)较多|"
    r"(?:项目|工程|工期|进度|建设)(?:延期|滞后|拖延|逾期)|现在[^。]{0,6}延期|未能?(?:按期|按时|如期)|有所(?:松懈|放松|欠缺|滞后)|存在(?:较大)?差距|(?:不够|不)(?:规范|健全|到位)"
)
_NEGATED = compiled(r"(?:无|没有|未发现|不存在|避免|防止|杜绝|解决)[^,，。;]{0,8}$")
# Sentences that set a rule ("对于落实不到位的单位…问责") or a goal admit nothing.
_RULE = compiled(
    r"对于|对[^,，。;]{0,20}的(?:单位|个人|乡镇|部门)|问责|追究|考核|应当|必须|如[果有]|若|确保|力争"
)


# "存在问题：…" in a line of its own.
_INLINE = compiled(
    r"(?:\d{1,2}[.、]|[(（][一二三四五六七八九十]+[)）])?(?:存在(?:的)?(?:主要)?问题|主要问题)(?:及原因(?:分析)?)?[:：]"
)
# The problem says itself what it cost.
_DEDUCTED = compiled(r"扣(?:了|减|除)?\d")
_AHEAD = compiled(r"(?:比|较)[^,，。]{0,10}提前")
_SIGNATURE = compiled(r"联系人|联系电话|填[报表]人|填[报表]日期|填报时间|审核人|负责人:")


def is_empty(view: View | None) -> bool:
    """Whether a reason cell says nothing."""
    return view is None or NOTHING.fullmatch(view.text) is not None


def admissions(report: Report) -> Iterator[View]:
    """Problems listed in the section on problems, and clear admissions in other prose."""
    apart = {passage.span for passage in report.problems + report.measures}
    goals = [goal.view.span() for goal in report.goals]
    for passage in report.problems:
        text = passage.text
        if passage.kind is TextKind.HEADING or NOTHING.fullmatch(text) or len(text) < 5:
            continue
        if _DEDUCTED.search(text) or _SIGNATURE.search(text):
            continue
        yield from _problems(passage)
    for passage in report.passages:
        if "问题" not in passage.text[:12] or passage.kind is TextKind.HEADING:
            continue
        lead = _INLINE.match(passage.text)
        if lead and passage.span not in apart and not NOTHING.fullmatch(passage.text[lead.end() :]):
            apart.add(passage.span)
            yield passage.view.part(lead.end(), len(passage.text))
    for passage in report.prose:
        if not _ADMITS.search(passage.text):
            continue
        if passage.span in apart or any(passage.span.overlaps(goal) for goal in goals):
            continue
        for sentence in passage.sentences():
            match = _ADMITS.search(sentence.text)
            if not match or _DEDUCTED.search(sentence.text) or _RULE.search(sentence.text):
                continue
            if not _NEGATED.search(sentence.text[: match.start()]):
                yield _clause(sentence, match.start(), match.end())


def _problems(passage: Passage) -> Iterator[View]:
    """A short problem as it stands; of a long one the sentences that admit something."""
    if _AHEAD.search(passage.text):
        return
    if len(passage.text) <= 40:
        yield passage.view
        return
    for words in (_ADMITS, EXPLAINS):
        clauses = [
            _clause(sentence, *match.span())
            for sentence in passage.sentences()
            if (match := words.search(sentence.text)) and not _NEGATED.search(sentence.text[: match.start()])
        ]
        if clauses:
            yield from clauses
            return
    yield passage.view


def _clause(sentence: View, start: int, end: int) -> View:
    """The clause of a sentence around an admission."""
    text = sentence.text
    left = max(text.rfind(mark, 0, start) for mark in "，,；;。") + 1
    rights = [at for at in (text.find(mark, end) for mark in "，,；;。") if at != -1]
    return sentence.part(left, min(rights, default=len(text)))


def explained(indicator: Indicator) -> bool:
    """Whether the reason cell, or the narrative, gives a reason for a shortfall. Beside an actual
    value any remark will do; a narrative that reports the work itself must speak of a shortfall."""
    if not is_empty(indicator.reason):
        return True
    narrative = indicator.narrative
    if narrative is None or is_empty(narrative):
        return False
    return indicator.has_actual_column or EXPLAINS.search(narrative.text) is not None
