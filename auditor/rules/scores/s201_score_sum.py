"""S201 得分合计 (score.sum)

查什么  各行得分相加是否等于表内印出的每一个小计、合计、总分（整数分和半分按原数相加，更细的小数按四舍五入或截尾都算对）。
为什么  总分是评定等次和安排预算的依据；改了单项忘了改总分、抄错一位都在这里露出来。
反例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    产出指标 | 数量指标 | 修缮水井数量 | ≥20口 | 20口 | 50 | 50
    效益指标 | 社会效益指标 | 受益户数 | ≥300户 | 310户 | 30 | 30
    满意度指标 | 服务对象满意度指标 | 农户满意度 | ≥90% | 95% | 20 | 18
    总分 | | | | | 100 | 99
    → 不一致
正例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    产出指标 | 数量指标 | 修缮水井数量 | ≥20口 | 20口 | 50 | 50
    效益指标 | 社会效益指标 | 受益户数 | ≥300户 | 310户 | 30 | 30
    满意度指标 | 服务对象满意度指标 | 农户满意度 | ≥90% | 95% | 20 | 20
    总分 | | | | | 100 | 100
    → 无
依据    表内合计关系
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from auditor.document import Span, View
from auditor.facts.parts import part_claims
from auditor.facts.scoring import impact
from auditor.facts.scoring.bonus import bonus
from auditor.facts.scoring.marks import (
    as_printed,
    differs_beyond_doubt,
    plain_sum,
    rounding,
    sum_of,
    unread_within,
)
from auditor.facts.scoring.prose_scores import Scored, scored, scored_elsewhere, scored_in_turn, scored_last
from auditor.facts.scoring.review_totals import Fit, ReviewTotal, review_totals
from auditor.facts.scoring.score_rows import (
    MOST_TOTALS,
    Completeness,
    ScoreRows,
    headed,
    is_bare,
    is_named_class,
)
from auditor.facts.stated import facts_of
from auditor.facts.telling import equation, evidence, key, of_parts
from auditor.figures import Equation, Figure, Term, marks, printed, show
from auditor.language import word
from auditor.report.model import Indicator, Report, ScoreTotal
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="S201",
    name="score.sum",
    title="各项得分之和与合计不符",
    severity=Severity.HIGH,
    basis=("表内合计关系",),
    needs_all_rows=True,
)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    named = (*scored(report), *scored_last(report), *scored_elsewhere(report))
    totals = {stated.total.span for stated in named}
    others = (stated for stated in scored_in_turn(report) if stated.total.span not in totals)
    told = [result for stated in (*named, *others) for result in _prose(report, settings, stated)]
    yield from told
    yield from _listed(report, {span for result in told for span in result.evidence})
    yield from _beside_forms(report)
    rows = ScoreRows(report)
    unclear = [one for one in report.totals if rows.unclear(one) and (one.score or one.review_score)]
    if unclear:
        yield RULE.not_assessable(
            f"合计多于{MOST_TOTALS}处，看不出各合计包括哪些行，其余{len(unclear)}处的得分没有核对。",
            [unclear[0].span],
            key=("too many",),
        )
    yield from map(_review, review_totals(report, rows))
    for row, parts in headed(report.indicators):
        if row.score is not None and len(parts) >= 2 and all(part.score is not None for part in parts):
            total = ScoreTotal(row.name, row.span, row.score, row.weight, row.name, row.table)
            yield _compare(report, settings, total, row.score, [parts])
    if not any(indicator.score for indicator in report.indicators):
        return
    seen: set[Decimal] = set()
    for total in report.totals:
        if total.score is None or rows.unclear(total):
            continue
        if total.scope is None:
            if total.score.value in seen:
                continue
            seen.add(total.score.value)
        groups = [group for group in rows.candidates(total) if any(row.score for row in group)]
        if groups:
            yield _compare(report, settings, total, total.score, groups)


def _beside_forms(report: Report) -> Iterator[Result]:
    """The score that a summary tells of a project against the total of that project's own form."""
    for form in report.own_forms:
        if form.score is None:
            continue
        own, total = form.score
        key = ("汇总", form.name, own.digits, total.digits)
        if own.interval.meets(total.interval):
            told = f"“{form.name}”的得分，汇总表与该项目的自评表一致：{own.digits}。"
            yield RULE.consistent(told, [own, total], key=key)
            continue
        yield RULE.query(
            f"“{form.name}”的得分，汇总表填 {own.digits}，该项目的自评表填 {total.digits}，两处不同。",
            [own, total], relations=(Equation(Term.of(own, text=own.digits), Term.of(total, text=total.digits), holds=False),),
            suggestion="核对得分，更正写错的一处。", culprits=(own.span,), key=key,
        )  # fmt: skip


def _listed(report: Report, told: set[Span]) -> Iterator[Result]:
    """Scores of classes told one by one, perhaps in the next sentence, against the score before them."""
    for claim in part_claims(facts_of(report)):
        classes = len(claim.names) >= 3 and all(word("score_class").search(name) for name in claim.names)
        points = claim.whole.unit == "分" and word("score_total").search(claim.whole.head)
        if points and classes and not claim.holds and claim.whole.figure.span not in told:
            yield RULE.query(
                of_parts(claim), evidence(claim), relations=(equation(claim),),
                suggestion="核对总分和各部分得分，更正有误的一处。", key=key(claim),
                culprits=tuple(figure.span for figure in claim.figures),
            )  # fmt: skip


def _prose(report: Report, settings: Settings, stated: Scored) -> Iterator[Result]:
    """Scores of classes in one sentence, or in those before, against the total."""
    scores = [part.figure for part in stated.parts]
    found, total = plain_sum(scores), stated.total
    listed = "、".join(f"{part.name} {show(part.figure.value)}".strip() for part in stated.parts)
    key = ("prose", show(total.value), listed)
    if marks(scores).meets(printed(total)):
        note = rounding(scores, total)
        yield RULE.consistent(
            f"文字列出的分项得分（{listed}）与总得分 {show(total.value)} 相符{note}。", [stated.view],
            relations=(sum_of(scores, total, holds=True),), key=key,
        )  # fmt: skip
    elif stated.closed and total.value - found < min(figure.value for figure in scores):
        # A gap as large as a named part may be a class that the sentence does not name.
        difference = show(abs(found - total.value))
        yield (RULE.query if stated.apart else RULE.inconsistent)(
            f"文中总得分 {as_printed(total)}，列出的分项得分（{listed}）相加为 {show(found)}，相差 {difference}。",
            [total, *(part.view for part in stated.parts)],
            relations=(sum_of(scores, total, holds=False),),
            impact=impact.of_total(report, settings.scale, found), culprits=(total.span,), key=key,
            suggestion="核对分项得分和总得分。",
        )  # fmt: skip


def _review(one: ReviewTotal) -> Result:
    """The reviewer's column (财政审核评分) against its own total."""
    total, stated = one.total, one.stated
    key = ("review", total.label, show(stated.value))
    match one.fit:
        case Fit.HOLDS:
            return RULE.consistent(
                f"审核评分各行之和与{total.label} {show(stated.value)} 相符{rounding(one.scores, stated)}。",
                [stated, *one.scores], relations=(sum_of(one.scores, stated, holds=True),), key=key,
            )  # fmt: skip
        case Fit.ROW_LACKING:
            return RULE.not_assessable(
                f"{total.label}的审核评分 {show(stated.value)} 无法核对：表中各行的分值不足所印的总分值，可能有一行不在这张表里。",
                [stated, *one.scores], key=key,
            )  # fmt: skip
        case Fit.FAILS:
            return RULE.inconsistent(
                f"审核评分各行相加为 {show(one.sum)}，{total.label}填写 {as_printed(stated)}，"
                f"相差 {show(abs(one.sum - stated.value))}。",
                [stated, *one.scores],
                relations=(sum_of(one.scores, stated, holds=False),),
                suggestion="核对审核评分和合计。", severity=Severity.MEDIUM, culprits=(stated.span,), key=key,
            )  # fmt: skip
    names = "、".join(f"“{row.name}”" for row in one.blank[:5])
    if one.fit is Fit.OUT_OF_REACH:
        highest = one.sum + plain_sum(one.open_weights)
        return RULE.query(
            f"审核评分各行相加为 {show(one.sum)}，{total.label}填写 {as_printed(stated)}；{names}没有审核评分，"
            f"按零分到满分算，合计也只能在 {show(one.sum)} 到 {show(highest)} 之间。",
            [stated, *one.scores, *one.open_weights],
            suggestion="核对审核评分和合计，补填没有审核评分的一行。", culprits=(stated.span,), key=key,
        )  # fmt: skip
    return RULE.not_assessable(
        f"{total.label}的审核评分 {show(stated.value)} 无法核对：{names}等 {len(one.blank)} 行没有审核评分。",
        [stated, *(row.name_view for row in one.blank)], key=key,
    )  # fmt: skip


def _compare(
    report: Report, settings: Settings, total: ScoreTotal, stated: Figure, groups: list[list[Indicator]]
) -> Result:
    sums = [_scores(group) for group in groups]
    exact = [scores for scores in sums if plain_sum(scores) == stated.value]
    fitting = exact or [scores for scores in sums if marks(scores).meets(printed(stated))]
    if fitting:
        return _fits(total, stated, fitting[0])
    key = (total.label, show(stated.value))
    gaps = unread_within(report, groups[0], total.span)
    if gaps:
        return RULE.not_assessable(
            f"{total.label} {show(stated.value)} 无法核对：表中有 {len(gaps)} 处没有读出。",
            [total.span, *gaps],
            key=key,
        )
    blank = [
        row for row in groups[0] if row.score is None and row.weight is not None and not row.shares_score
    ]
    if blank:
        names = "、".join(f"“{row.name}”" for row in blank[:5])
        return RULE.not_assessable(
            f"{total.label} {show(stated.value)} 无法核对：{names}等 {len(blank)} 行没有读到得分。",
            [total.span, *(row.name_view for row in blank)],
            key=key,
        )
    if any(row.is_bonus for row in groups[0]) and stated.value < plain_sum(sums[0]):
        return RULE.not_assessable(
            f"{total.label} {show(stated.value)} 小于各行得分之和 {show(plain_sum(sums[0]))}：表中有加分项，"
            "总分可能有上限，未作判断。",
            [total.span, *sums[0]],
            key=key,
        )
    if total.scope is None and (beyond := _with_bonus(report, total, stated, sums)) is not None:
        return beyond
    return _differs(report, settings, total, stated, groups)


def _with_bonus(report: Report, total: ScoreTotal, stated: Figure, sums: list[list[Figure]]) -> Result | None:
    """A total above its rows where the text gives points on top of them."""
    told = bonus(report)
    above = [scores for scores in sums if plain_sum(scores) < stated.value] if told.told else []
    if not above:
        return None
    key = (total.label, show(stated.value))
    for scores in above:
        extra = told.explaining(stated.value - plain_sum(scores))
        if extra:
            return RULE.consistent(
                f"各行得分加上文中写明的加分，与{total.label} {show(stated.value)} 相符。",
                [total.span, *scores, *extra], relations=(sum_of([*scores, *extra], stated, holds=True),),
                score_delta="0" if total.table is not None else "", key=key,
            )  # fmt: skip
    found = plain_sum(above[0])
    message = f"各行得分相加为 {show(found)}，{total.label}填报 {as_printed(stated)}，相差 {show(stated.value - found)}"
    evidence: list[Span | View | Figure] = [total.span, *above[0], *told.told]
    if told.may_be_repeated(stated.value - found):
        return RULE.not_assessable(f"{message}：文中写有加分办法，没有写明加了几次。", evidence, key=key)
    return RULE.query(
        f"{message}：文中写有加分，分数与相差的数不同。", evidence, relations=(sum_of(above[0], stated, holds=False),),
        suggestion="写明加了哪几项、各几分，或更正合计。", culprits=(stated.span,), key=key,
    )  # fmt: skip


def _scores(rows: list[Indicator]) -> list[Figure]:
    return [row.score for row in rows if row.score is not None]


def _fits(total: ScoreTotal, stated: Figure, scores: list[Figure]) -> Result:
    note = rounding(scores, stated)
    key = (total.label, show(stated.value))
    evidence: list[Span | View | Figure] = [total.span, *scores]
    if differs_beyond_doubt(scores, stated):
        found = plain_sum(scores)
        difference = show(abs(found - stated.value))
        return RULE.query(
            f"各行得分相加为 {show(found)}，{total.label}填报 {as_printed(stated)}，相差 {difference}。"
            "如果各行得分经过四舍五入，合计可以相差；否则应当更正。",
            evidence, relations=(sum_of(scores, stated, holds=False),),
            suggestion="核对各行得分和合计，说明是否四舍五入。", severity=Severity.LOW, culprits=(stated.span,), key=key,
        )  # fmt: skip
    whole = total.scope is None and total.table is not None
    return RULE.consistent(
        f"各行得分之和与{total.label} {show(stated.value)} 相符{note}。",
        evidence,
        relations=(sum_of(scores, stated, holds=True),),
        score_delta="0" if whole else "",
        key=key,
    )


def _differs(
    report: Report, settings: Settings, total: ScoreTotal, stated: Figure, groups: list[list[Indicator]]
) -> Result:
    """No set of rows gives the total: proof where a set is known to be complete, else a question."""
    whole = total.scope is None
    closed = (group for group in groups if whole and Completeness(report, total, group).closed)
    rows = next(closed, groups[0])
    gap = Completeness(report, total, rows)
    scores = _scores(rows)
    found = plain_sum(scores)
    difference = show(abs(found - stated.value))
    key = (total.label, show(stated.value))
    evidence: list[Span | View | Figure] = [total.span, *scores]
    relations = (sum_of(scores, stated, holds=False),)
    if whole and gap.lacks_execution:
        return RULE.not_assessable(
            f"{total.label} {show(stated.value)} 无法核对：预算执行一行的得分没有读到，"
            f"其余各行相加为 {show(found)}，相差 {difference}。",
            evidence, relations=relations, key=key,
        )  # fmt: skip
    main = whole and stated == report.total_score
    effect = impact.of_total(report, settings.scale, found) if main or total.table is None else ""
    message = f"各行得分相加为 {show(found)}，{total.label}填报 {as_printed(stated)}，相差 {difference}。"
    suggestion = "逐项核对得分，更正合计或漏改的单项得分。"
    if total.table is None:
        message = (
            f"文中写总得分 {as_printed(stated)}，评分表各行得分相加为 {show(found)}，相差 {difference}。"
        )
        suggestion = "说明文中得分的口径，或更正。"
    elif whole and gap.one_row_explains:
        message += "各行分值也不足，可能有一行没有读到。"
        suggestion = "核对评分表各行是否齐全，更正合计或单项得分。"
    elif is_bare(total):
        message += "表中没有写明这一小计包括哪些行。"
    elif whole or is_named_class(total, rows):
        return RULE.inconsistent(
            message, evidence, relations=relations, impact=effect, suggestion=suggestion,
            score_delta=str(found - stated.value) if main else "",
            severity=Severity.HIGH if whole else Severity.MEDIUM, culprits=(stated.span,), key=key,
        )  # fmt: skip
    return RULE.query(
        message, evidence, relations=relations, impact=effect, suggestion=suggestion,
        severity=Severity.MEDIUM, culprits=(stated.span,), key=key,
    )  # fmt: skip
