"""C701 说明文字照抄 (text.copied)

查什么  完成情况、效益分析、指标说明等文字，是否整段照抄绩效目标、项目概况、其他指标的说明或报告的其他段落。
        逐字比对，相同的连续文字达到规定字数（copied_chars，默认15字）才计；相同部分要占该段一半以上
        （其余部分另有数据的，要占八成以上）才提出；一条目标大半被原样重复（40字以上）的也提出。8字以上的指标说明与另一指标
        的说明完全相同的，同样提出。
        整段文字在报告里印了两处的，也提出。
        文件名、项目名称、单位名称、标题、表头、目标值、单位概况和问题建议部分不比对；系统从申报表自动带入的
        文字不算照抄；表内文字与正文对同一指标、同一事项的复述不算照抄。
为什么  照抄目标只说明打算做什么，不能证明做成了什么；一段话用在两个指标上，至少有一个指标没有说明。
反例
    一、项目绩效目标
    目标：改造老旧管网十二公里，让沿线居民用水更稳定、更放心，减少爆管停水带来的不便。
    二、项目绩效情况
    （一）社会效益。改造老旧管网十二公里，让沿线居民用水更稳定、更放心，减少爆管停水带来的不便。
    → 存疑
反例
    三级指标 | 分值 | 得分 | 自评情况说明
    社会效益 | 5 | 5 | 群众办事少跑路，窗口排队明显缩短，邻里和气
    生态效益 | 5 | 5 | 群众办事少跑路，窗口排队明显缩短，邻里和气
    合计 | 10 | 10 |
    → 存疑
正例
    一、项目绩效目标
    目标：改造老旧管网十二公里，让沿线居民用水更稳定、更放心，减少爆管停水带来的不便。
    二、项目绩效情况
    （一）社会效益。全年改造管网12.6公里，沿线3120户居民恢复稳定供水，爆管由31次降到9次。
    → 无
依据    财预〔2020〕10号：自评应当说明各项绩效指标的实际完成情况
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.facts.copied_text import Copy, Repeated, compared
from auditor.facts.narratives import Narrative
from auditor.facts.repeated_paragraphs import repeated_paragraphs
from auditor.report.model import Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="C701",
    name="text.copied",
    title="说明文字照抄",
    severity=Severity.MEDIUM,
    basis=("财预〔2020〕10号",),
)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    found = compared(report, settings.copied_chars)
    results = [_copied(found.items, group) for group in found.groups]
    results.extend(map(_repeated, found.repeated))
    results.extend(_twice(report, results))
    yield from results
    if found.judged and not results:
        yield RULE.consistent(
            f"逐字比对{len(found.judged)}段说明文字与目标、概况和其他说明，没有整段照抄。",
            [item.view for item in sorted(found.judged, key=lambda item: -len(item.text))[:3]],
            key=("none",),
        )


def _copied(items: list[Narrative], group: list[Copy]) -> Result:
    source = items[group[0].source]
    start, at, length = group[0].longest
    quote = _short(items[group[0].copy].text[start : start + length])
    evidence = [source.view.part(at, at + length)]
    labels, parts = [], []
    for pair in group:
        item = items[pair.copy]
        labels.append(f"“{item.label}”")
        origin = "" if pair.source == group[0].source else f"与“{items[pair.source].label}”"
        share = pair.length * 100 // len(item.text)
        parts.append(f"“{item.label}”{origin}相同{pair.length}字，占该段{len(item.text)}字的{share}%")
        evidence.append(item.view.part(pair.longest[0], pair.longest[0] + pair.longest[2]))
    indicators = any(items[pair.copy].indicator for pair in group)
    return RULE.query(
        f"{''.join(dict.fromkeys(labels))}的文字照抄“{source.label}”：{'；'.join(parts)}。相同文字：“{quote}”。",
        evidence,
        severity=Severity.MEDIUM if indicators or source.topic.planned else Severity.LOW,
        impact="该指标没有自己的说明，得分缺少依据。" if indicators else "",
        suggestion="按实际完成情况和取得的效果重新说明，并附数据和佐证材料。",
        key=(*(label.strip("“”") for label in labels), source.label),
    )


def _short(text: str) -> str:
    return text if len(text) <= 50 else f"{text[:30]}……{text[-15:]}"


def _repeated(one: Repeated) -> Result:
    return RULE.query(
        f"“实际完成情况”的文字照抄“预期目标”：相同{one.length}字，占该段{one.length}字的100%。"
        f"相同文字：“{_short(one.text.text)}”。",
        [one.view],
        suggestion="按实际完成情况填写，写明完成的数量和效果。",
        key=("实际完成情况", "预期目标"),
    )


def _twice(report: Report, told: list[Result]) -> list[Result]:
    """One paragraph printed in two places, where no narrative was found to be a copy of the other."""
    quoted = [span for result in told for span in result.evidence]
    return [
        RULE.query(
            f"同一段文字写了两处，共{len(later.text)}字：“{_short(later.text)}”。",
            [first.view, later.view],
            severity=Severity.LOW,
            suggestion="删去重复的一处；应当另有内容的，请补上。",
            key=("重复段落", later.text[:40]),
        )
        for first, later in repeated_paragraphs(report)
        if not any(span.overlaps(later.span) or span.overlaps(first.span) for span in quoted)
    ]
