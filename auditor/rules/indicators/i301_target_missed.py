"""I301 未达目标却得满分 (indicator.target-missed)

查什么  目标和实际完成值可比时，是否真正达到（“>10%”不含 10%；“≤”的低于目标是达标；“＝0”只有 0 才达标；日期按截止日），未达到却得满分的列出；没有得分栏的表，未达到而报告称全部完成的也列出；文字里完成数不到前面或别处所写的目标、却写完成目标的，请单位核对。
为什么  未完成的指标应当按比例扣分，满分与填报的实际值矛盾。
反例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    产出指标 | 数量指标 | 栽植行道树 | ≥600株 | 570株 | 50 | 50
    效益指标 | 生态效益指标 | 树木成活率 | ≥90% | 94% | 50 | 50
    总分 | | | | | 100 | 100
    → 不一致
反例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    产出指标 | 质量指标 | 抽查覆盖比例提高 | ＞5% | ＝5% | 100 | 100
    总分 | | | | | 100 | 100
    → 不一致
正例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    产出指标 | 成本指标 | 每株栽植成本 | ≤85元 | 79.6元 | 50 | 50
    效益指标 | 生态效益指标 | 树木成活率 | ≥90% | 94% | 50 | 50
    总分 | | | | | 100 | 100
    → 无
依据    财预〔2020〕10号：未完成指标值的，按完成值与指标值的比例记分
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from auditor.document import Span, View
from auditor.facts.boasts import Boast, boasts
from auditor.facts.bounds import broken_by_all, out_of_bounds
from auditor.facts.scoring import impact
from auditor.facts.scoring.detail_rows import adding_up, detail_sums, missed_parts
from auditor.facts.scoring.earning import Declared, Earned, declared, earned, relations, rule_for, words
from auditor.facts.scoring.execution import is_row as is_execution_row
from auditor.facts.scoring.marks import as_printed, assigned, computed
from auditor.facts.scoring.repeated import repeats_target
from auditor.facts.scoring.shown import actual_text, cells, target_text, written
from auditor.facts.scoring.targets import SEVERAL, Comparison, compare
from auditor.facts.unmet import unmet
from auditor.figures import Equation, Figure, Kind, Modifier, Term, show
from auditor.language import word
from auditor.report.model import Indicator, Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="I301",
    name="indicator.target-missed",
    title="未达目标却得满分或称已完成",
    severity=Severity.HIGH,
    basis=("财预〔2020〕10号", "表内指标值"),
)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    leave = next(
        (
            p.view.part(*m.span())
            for p in report.prose
            if "满分" in p.text or "视" in p.text
            if (m := word("target_leeway").search(p.text))
        ),
        None,
    )
    own = declared(report)
    reached: list[Indicator] = []
    unscored: list[Indicator] = []
    unread: list[tuple[Indicator, str]] = []
    for row in (*report.indicators, *report.told_rows):
        outcome = None if is_execution_row(row) else compare(row)
        if outcome is None:
            continue
        if outcome.met is None:
            done = (
                outcome.actual is None
                and row.actual is not None
                and word("target_done").fullmatch(row.actual.text)
            )
            if (outcome.target is not None and not done) or outcome.unsafe or outcome.reason == SEVERAL:
                unread.append((row, outcome.reason))
        elif outcome.met:
            if not repeats_target(row, outcome):  # nothing was reported that could reach it: I302
                reached.append(row)
        elif row.score is None:
            unscored.append(row)
        elif row.full_marks and not row.shares_score:
            yield _missed(report, settings, row, outcome, own, leave)
    yield from _details(report)
    yield from _claimed(report, unscored)
    yield from map(_boast, boasts(report))
    yield from _told(report)
    if unread:
        told = "；".join(f"“{row.name}”{reason}" for row, reason in unread)
        yield RULE.not_assessable(
            f"{len(unread)} 项指标是否达到目标无法核对：{told}。",
            [view for row, _ in unread for view in cells(row)],
            key=tuple(row.place for row, _ in unread),
        )
    if reached:
        yield RULE.consistent(
            f"{len(reached)} 项指标的实际完成值达到目标。",
            [view for row in reached for view in (row.target, row.actual) if view],
            key=(str(len(reached)),),
        )


def _details(report: Report) -> Iterator[Result]:
    """Detail rows below their own targets under full marks, and rows that are not the sum of them."""
    said = adding_up(report)
    for row in report.indicators:
        for part, outcome in missed_parts(row) if row.full_marks else ():
            if outcome.quantities is None or part.target is None or part.actual is None:
                continue
            target, actual = part.target.text, part.actual.text
            yield RULE.query(
                f"“{row.name}”得满分，其中“{part.name}”目标 {target}，实际 {actual}，没有达到。",
                [part.view, part.target, part.actual],
                suggestion="核对这一行的目标和完成值；确未达到的，说明得满分的依据。",
                severity=Severity.MEDIUM,
                key=(row.place, part.name, target, actual),
            )
        for relation in detail_sums(row, told=said is not None):
            yield RULE.query(
                f"“{row.name}”填 {relation.claimed.raw}，其中各行相加为"
                f" {show(relation.value / relation.claimed.scale)}{relation.claimed.unit}。"
                + (f"表内写明“{said.text}”。" if said else ""),
                [*relation.figures, *([said] if said else [])],
                relations=(relation.equation(),),
                suggestion="核对这一项和其中各行的数。",
                severity=Severity.MEDIUM,
                culprits=(relation.claimed.span,),
                key=(row.place, *(figure.raw for figure in relation.figures)),
            )


def _told(report: Report) -> Iterator[Result]:
    """Aims and actual numbers that do not reach them, told beside each other or far apart."""
    told: set[Span] = set()
    near = (
        one
        for passage in report.prose
        if not passage.filled_by_system
        for one in (*out_of_bounds(passage), *broken_by_all(passage))
    )
    for one in chain(near, unmet(report)):
        aim, actual = one.aim.figure, one.actual.figure
        if actual.span in told:
            continue
        told.add(actual.span)
        relation = Equation(
            Term.of(actual, text=actual.raw),
            Term.of(aim, actual.scale, aim.raw),
            sign="≤" if one.lower else "≥",
            gap="",
            holds=False,
        )
        said = f"却写“{one.claim.text}”" if one.claim else "没有说明"
        yield RULE.query(
            f"“{one.aim.told()}”，“{one.actual.told()}”，没有达到，{said}。",
            [aim, actual, *([one.claim] if one.claim else [])],
            relations=(relation,),
            suggestion="核对目标和完成数；确未达到的，更正完成目标的说法并说明原因。",
            severity=Severity.MEDIUM,
            culprits=(actual.span,),
            key=(aim.raw, actual.raw, one.claim.text if one.claim else ""),
        )


def _missed(
    report: Report, settings: Settings, row: Indicator, outcome: Comparison, own: Declared, leave: View | None
) -> Result:
    weight, score = row.weight, row.score
    assert weight is not None
    assert score is not None
    options = [o for o in earned(weight, outcome, own, rule_for(report, row)) if o.value < weight.value]
    target, actual = target_text(row), actual_text(row)
    due = ""
    effect = f"本项 {show(score.value)} 分须重新认定。"
    if options:
        due = "，按" + "；或按".join(f"{option.rule}应为 {show(option.value, 2)}" for option in options)
        effect = impact.of_score(report, settings.scale, score.value, options[0].value)
    if report.score_step is not None and (rounded := _rounded(report, options, score)):
        return RULE.consistent(
            f"“{row.name}”目标 {target}，实际 {actual}，得分 {as_printed(score)} 是取整后的满分。",
            [*cells(row), weight, score, report.score_step[1]],
            relations=relations([rounded], Term.plain(score, among=computed(score, report.score_unit))),
            key=(row.place, target, actual, show(score.value)),
        )
    message = (
        f"“{row.name}”目标 {target}，实际 {actual}，{_why(outcome)}，"
        f"却得满分 {as_printed(score)}（分值 {as_printed(weight)}）{due}。"
    )
    calculation = words(options) if options else f"{actual} 未达到 {target}"
    against = relations(options, assigned(score))
    evidence: list[View | Figure] = [*cells(row), weight, score]
    evidence += [leave] if leave else []
    key = (row.place, target, actual, show(score.value))
    if not outcome.formal or leave is not None:
        why = f"报告另有规定“{leave.text}”" if leave else "目标的方向或写法不够明确"
        return RULE.query(
            message, evidence, calculation=calculation, relations=against, impact=effect, key=key, culprits=(score.span,),
            severity=Severity.MEDIUM, suggestion=f"说明得满分的依据：{why}。",
        )  # fmt: skip
    certain = {show(option.value, 2) for option in options}
    return RULE.inconsistent(
        message, evidence, calculation=calculation, relations=against, impact=effect, key=key, culprits=(score.span,),
        score_delta=impact.delta(score.value, options[0].value) if len(certain) == 1 else "",
        suggestion="按实际完成值重算本项得分，并说明未完成的原因。",
    )  # fmt: skip


def _rounded(report: Report, options: list[Earned], score: Figure) -> Earned | None:
    """What is the full score once rounded as the form says its scores are."""
    printed = computed(score, report.score_unit)
    return next((one for one in options if one.points.meets(printed)), None)


def _why(outcome: Comparison) -> str:
    if outcome.is_date:
        return "晚于截止日期"
    pair = outcome.quantities
    if pair is None:
        return "没有达到目标"
    target, actual = pair
    if actual.amount == target.amount and target.modifier in (Modifier.OVER, Modifier.UNDER):
        return f"“{target.modifier.value}”不含等于，没有达到目标"
    gap = abs(actual.amount - target.amount)
    if target.kind is Kind.RATE:
        told = f"{show(gap * 100)} 个百分点"
    else:
        unit = min(target, actual, key=lambda figure: figure.scale)
        told = written(replace(unit, value=gap / unit.scale))
    return f"{'超出' if outcome.reverse else '差'} {told}，没有达到目标"


def _boast(one: Boast) -> Result:
    """A value called met beside the target that it misses."""
    actual, target, rate = one.actual, one.target, one.actual.kind is Kind.RATE
    relation = Equation(
        Term.of(actual, text=actual.raw), Term.of(target, None if rate else actual.scale, target.raw), "≥",
        percent=rate, gap="",
    )  # fmt: skip
    return RULE.inconsistent(
        f"文中写“{one.words}{actual.raw}”“{one.verb}{target.raw}的目标”，实际没有达到。",
        [actual, target], relations=(relation,),
        suggestion="更正完成数或结论，说明未完成的原因。", severity=Severity.MEDIUM,
        culprits=(actual.span,), key=(actual.raw, target.raw),
    )  # fmt: skip


def _claimed(report: Report, unscored: list[Indicator]) -> Iterator[Result]:
    if not unscored:
        return
    for passage in report.prose:
        match = word("all_done").search(passage.text)
        if match is None:
            continue
        claim = passage.view.part(*match.span())
        told = "；".join(f"“{row.name}”目标 {target_text(row)}，实际 {actual_text(row)}" for row in unscored)
        places = [view for row in unscored for view in cells(row)]
        yield RULE.query(
            f"报告称“{claim.text}”，但{told}，没有达到目标。",
            [claim, *places],
            suggestion="更正结论，说明未完成的原因和改进措施。",
            severity=Severity.MEDIUM,
            key=tuple(row.place for row in unscored),
        )
        return
