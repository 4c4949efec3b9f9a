"""S203 分值合计 (score.weight-sum)

查什么  各行分值相加是否等于上级指标标注的分值（“产出指标(50分)”）和表内印出的总分值，总分值连同执行率一行与100分只差几分、又没有写明的；文字里列出的各类分值相加是否等于写明的总分；表内规定“该类总分值÷指标个数”的，各行分值是否照此分摊。
为什么  分值是打分的尺子；分值加不到总分，得分和等次就没有可比性。
反例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    产出指标 | 数量指标 | 安装路灯数量 | ≥120盏 | 126盏 | 50 | 50
    效益指标 | 社会效益指标 | 受益村民 | ≥2000人 | 2100人 | 30 | 30
    满意度指标 | 服务对象满意度指标 | 村民满意度 | ≥90% | 93% | 10 | 10
    总分 | | | | | 100 | 90
    → 不一致
反例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    产出指标 | 数量指标 | 安装路灯数量 | ≥120盏 | 126盏 | 62 | 62
    效益指标 | 社会效益指标 | 受益村民 | ≥2000人 | 2100人 | 30 | 30
    满意度指标 | 服务对象满意度指标 | 村民满意度 | ≥90% | 93% | 10 | 10
    总分（100分） | | | | | 102 | 102
    → 不一致
反例
    三、评价指标体系
    本项目指标体系总分为100分，其中产出指标50分，效益指标30分，满意度指标15分。
    → 不一致
反例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    产出指标 | 数量指标 | 安装路灯数量 | ≥120盏 | 126盏 | 48 | 48
    效益指标 | 社会效益指标 | 受益村民 | ≥2000人 | 2100人 | 30 | 30
    满意度指标 | 服务对象满意度指标 | 村民满意度 | ≥90% | 93% | 10 | 10
    预算执行率 | | | 100% | 100% | 10 | 10
    总分 | | | | | 98 | 98
    → 存疑
正例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    产出指标 | 数量指标 | 安装路灯数量 | ≥120盏 | 126盏 | 60 | 60
    效益指标 | 社会效益指标 | 受益村民 | ≥2000人 | 2100人 | 30 | 30
    满意度指标 | 服务对象满意度指标 | 村民满意度 | ≥90% | 93% | 10 | 10
    总分 | | | | | 100 | 100
    → 无
依据    表内合计关系、表内填表说明；财预〔2020〕10号（总分一般为100分；各地分值不同不算错）
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from auditor.document import Span, View
from auditor.facts.scoring.even_weights import Shares, even_weights
from auditor.facts.scoring.marks import as_printed, assigned, plain_sum, rounding, sum_of
from auditor.facts.scoring.prose_scores import Statement, statements
from auditor.facts.scoring.score_rows import (
    FULL,
    MOST_TOTALS,
    Completeness,
    ScoreRows,
    is_bare,
    is_named_class,
)
from auditor.facts.scoring.weight_levels import explained_by, slid_levels, weight_nodes
from auditor.facts.scoring.weight_totals import WeightTotal, weight_totals
from auditor.figures import Equation, Figure, Term, added, finest, mark, marks, show
from auditor.report.model import Report
from auditor.rules.base import Result, Rule, Severity, Verdict
from auditor.rules.settings import Settings

RULE = Rule(
    code="S203",
    name="score.weight-sum",
    title="分值之和与上级分值或总分不符",
    severity=Severity.HIGH,
    basis=("表内合计关系",),
    needs_all_rows=True,
)

Place = Span | Figure | View


def check(report: Report, settings: Settings) -> Iterator[Result]:
    totals = list(_totals(report))
    yield from _levels(report, any(result.verdict is Verdict.INCONSISTENT for result in totals))
    yield from totals
    if (shares := even_weights(report)) is not None:
        yield _shared_out(shares)
    for statement in statements(report):
        if not statement.tells_scores:
            yield _prose(statement)


def _levels(report: Report, totals_fail: bool) -> Iterator[Result]:
    """A row that stands under the wrong label changes what is under two labels, and no total: so where cells may have
    moved, a sum under a label is proof only beside a total that does not come out either."""
    proved = totals_fail or all(map(report.is_in_place, report.indicators))
    if slid := slid_levels(report):
        yield RULE.not_assessable(
            "指标层级有错列，各级标明的分值没有核对。", [level.view for level in slid], key=("slid",)
        )
    read = weight_nodes(report)
    causes = {at: explained_by(at, read) for at, node in read.items() if not node.adds_up}
    explained = {outer for outers in causes.values() for outer in outers}
    for at, node in read.items():
        weight = node.level.weight
        if weight is not None and at not in explained:
            outer = [read[other].level.name for other in causes.get(at, [])]
            found = _against(f"“{node.level.name}”", weight, node.weights, [node.level.view], outer)
            yield found if proved or not found.flagged else _perhaps_elsewhere(found)


def _perhaps_elsewhere(found: Result) -> Result:
    why = "各行分值与总分值没有不符，也可能是某一行归错了级，请核对原表。"
    return replace(
        found, verdict=Verdict.QUERY, message=found.message + why, severity=Severity.MEDIUM, impact=""
    )


def _against(
    name: str, whole: Figure, parts: list[Figure], places: Iterable[Place], outer: Iterable[str] = ()
) -> Result:
    found = plain_sum(parts)
    stated = mark(whole, finest([whole]))
    evidence = [*places, whole, *parts]
    key = (name, show(whole.value), show(found))
    if marks(parts).meets(stated):
        note = rounding(parts, whole)
        return RULE.consistent(
            f"{name}分值 {show(whole.value)}，与下属各项之和相符{note}。",
            evidence,
            relations=(sum_of(parts, whole, holds=True),),
            key=key,
        )
    difference = show(abs(found - whole.value))
    also = "、".join(f"“{each}”" for each in outer)
    hint = f"改为 {show(found)} 后，上级{also}的分值也相符。" if also else ""
    return RULE.inconsistent(
        f"{name}标明分值 {as_printed(whole)}，下属各项分值相加为 {show(found)}，相差 {difference}。{hint}",
        evidence,
        relations=(sum_of(parts, whole, holds=False),),
        impact="分值不齐，总分和等次须按更正后的分值重算。",
        suggestion="核对各行分值，使之与标明的分值一致。",
        culprits=(whole.span,),
        key=key,
    )


def _totals(report: Report) -> Iterator[Result]:
    rows = ScoreRows(report)
    for one in weight_totals(report, rows):
        yield from _total(report, one)
    unclear = [
        one.span
        for one in report.totals
        if one.weight is not None and one.table is not None and rows.unclear(one)
    ]
    if unclear:
        yield RULE.not_assessable(
            f"一张表里合计多于{MOST_TOTALS}处，看不出各合计包括哪些行，其余{len(unclear)}处的分值没有核对。",
            unclear[:1],
            key=("too many",),
        )


def _total(report: Report, one: WeightTotal) -> Iterator[Result]:
    total, stated = one.total, one.stated
    name = f"“{total.label}”"
    if one.gaps:
        yield RULE.not_assessable(
            f"{total.label}的分值 {show(stated.value)} 无法核对：有 {len(one.gaps)} 处分值没有读出。",
            [total.span, *one.gaps],
            key=(total.label, show(stated.value)),
        )
    elif one.holds:
        yield _against(name, stated, one.weights, [total.span])
        if one.lightest is not None:
            yield _no_hundred(one, one.lightest)
        if one.labelled is not None:
            yield _against(name, one.labelled, one.weights, [total.span])
    else:
        yield _short(report, one)


def _no_hundred(one: WeightTotal, lightest: Figure) -> Result:
    stated, gap = one.stated, FULL - one.stated.value
    return RULE.query(
        f"“{one.total.label}”的分值 {as_printed(stated)} 与各行之和相符，但不是 100 分，相差 {show(abs(gap))} 分；"
        f"各行分值都在 {show(lightest.value)} 分以上，不像{'少' if gap > 0 else '多'}了一行。",
        [one.total.span, stated],
        relations=(Equation(added(map(assigned, one.weights)), Term.exact(FULL)),),
        suggestion="核对是哪一行的分值填错；满分确实不是 100 分的，写明依据。",
        title="分值之和不是100分",
        severity=Severity.MEDIUM,
        culprits=(stated.span,),
        key=("full", show(stated.value)),
    )


def _short(report: Report, one: WeightTotal) -> Result:
    """No set of rows gives the total: proof unless a row that was not read would explain it."""
    total, stated, rows, parts = one.total, one.stated, one.rows, one.weights
    proven = _against(f"“{total.label}”", stated, parts, [total.span])
    whole = total.scope is None
    gap = Completeness(report, total, rows)
    if whole and gap.lacks_execution:
        return RULE.not_assessable(
            f"{total.label}的分值 {show(stated.value)} 无法核对：预算执行一行没有读到，"
            f"其余各行分值相加为 {show(plain_sum(parts))}，相差 {show(abs(plain_sum(parts) - stated.value))}。",
            [total.span, *parts], relations=proven.relations, key=proven.key,
        )  # fmt: skip
    if whole and gap.one_row_explains:
        why = "得分也不足，可能有一行没有读到。"
    elif whole and gap.may_lack_execution:
        why = "如果预算执行另占分值，请在表中列明。"
    elif is_bare(total):
        why = "表中没有写明这一小计包括哪些行。"
    elif whole or is_named_class(total, rows):
        return proven
    else:
        why = "没有找到与这一小计同名的指标类别。"
    return replace(
        proven, verdict=Verdict.QUERY, message=proven.message + why, severity=Severity.MEDIUM, impact=""
    )


def _shared_out(shares: Shares) -> Result:
    """The form says that a class's points are shared out evenly."""
    if not shares.uneven:
        return RULE.consistent("各类指标分值按“该类总分值÷指标个数”平均分摊。", [shares.rule], key=("equal",))
    told = tuple(
        f"“{one.level.name}”{show(one.weight.value)} 分、{len(one.rows)} 项，每项应为 {show(one.due, 3)}，"
        f"填报 {'、'.join(show(figure.value) for figure in one.rows)}"
        for one in shares.uneven
    )
    evidence: list[Place] = [shares.rule]
    for one in shares.uneven:
        evidence += [one.level.view, *one.rows]
    return RULE.query(
        f"表内规定各项指标分值按该类总分值除以指标个数分摊，{'；'.join(told)}。",
        evidence,
        relations=tuple(
            Equation(assigned(one.weight) / Term.exact(len(one.rows)), decimals=3) for one in shares.uneven
        ),
        suggestion="说明分值未按表内规定分摊的依据，或按规定更正。",
        title="分值未按表内规定分摊",
        severity=Severity.MEDIUM,
        basis=("表内填表说明",),
        key=told,
    )


def _prose(statement: Statement) -> Result:
    parts = [part.figure for part in statement.parts]
    total = statement.total
    found = plain_sum(parts)
    evidence = [statement.total_view, *(part.view for part in statement.parts)]
    listed = "、".join(f"{part.name} {show(part.figure.value)} 分" for part in statement.parts)
    key = (show(total.value), listed)
    if marks(parts).meets(mark(total, finest([total]))):
        note = rounding(parts, total)
        return RULE.consistent(
            f"文字列出的{listed}，与总分 {show(total.value)} 相符{note}。",
            evidence,
            relations=(sum_of(parts, total, holds=True),),
            key=key,
        )
    difference = show(abs(found - total.value))
    relations = (sum_of(parts, total, holds=False),)
    message = f"文中总分为 {show(total.value)} 分，列出的{listed}，相加为 {show(found)}，相差 {difference}。"
    if statement.closed:
        return RULE.inconsistent(
            message,
            evidence,
            relations=relations,
            impact="分值不齐，总分和等次须按更正后的分值重算。",
            suggestion="核对各类分值，使之与总分一致。",
            culprits=(total.span,),
            key=key,
        )
    return RULE.query(
        message,
        [*evidence, *([statement.earned] if statement.earned else [])],
        relations=relations,
        suggestion="写明各类指标的分值和得分，使分值之和等于总分。",
        severity=Severity.MEDIUM,
        culprits=(total.span,),
        key=key,
    )
