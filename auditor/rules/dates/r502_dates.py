"""R502 日期与年份 (reference.dates)

查什么  日期是否存在；工期、历时与起止两个日期是否相符；起止、开工与完工、各批次等先后是否颠倒；同一步骤在两处写的日期是否只差一处；数据采集截止日、“截至”的日子和“为做好某年度工作”的年份
        是否早于评价年度；填报日期、文号年份与评价年度是否冲突，落款是否早于文中的截止日或全年数算得出的时候。
为什么  日期错说明材料抄自旧稿或没有核对；采集截止日早于评价年度，数据就不是本年度的。
反例
    2022年度道路整修项目支出绩效自评报告
    二、实施情况
    工程于2022年2月30日开工，2022年9月1日完工。
    → 不一致
反例
    2022年度道路整修项目支出绩效自评报告
    二、实施情况
    2022年8月12日签订施工合同，2022年5月6日进场施工，2022年7月3日完工。
    → 存疑
反例
    2022年度道路整修项目支出绩效自评报告
    二、实施情况
    计划2022年7月31日前完工，实际2022年9月8日完工，按期完工率100%。
    → 存疑
反例
    2022年度道路整修项目支出绩效自评报告
    填表说明：各项数据采集的时间节点均为2021年12月31日。
    → 存疑
反例
    2022年度道路整修项目支出绩效自评报告
    为做好2019年度道路整修工作，县财政安排资金80万元。
    → 存疑
正例
    2022年度道路整修项目支出绩效自评报告
    2022年4月1日签订施工合同，2022年4月20日进场，2022年9月30日完工，2022年10月12日通过验收。
    填报日期：2023年3月2日
    → 无
依据    表内关系：日期应真实存在，先后有序，与评价年度相符
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from auditor.document import View
from auditor.facts.chronology import (
    Step,
    batches,
    cutoffs,
    heading_years,
    impossible,
    later_numbers,
    later_than,
    later_than_filing,
    reversed_ranges,
    staged,
    staged_apart,
    told,
    whole_year,
)
from auditor.facts.deadlines import Missed, done_in_another_year, missed_deadlines
from auditor.facts.durations import Lasted, lasted, lasted_elsewhere
from auditor.facts.events import disordered, far_disordered, retold
from auditor.facts.money_days import came_too_late, passed_on_before
from auditor.facts.stale import (
    amounts_of_other_years,
    cutoffs_of_the_year,
    only_year,
    stale_cutoffs,
    stale_purposes,
)
from auditor.facts.within_year import Outside, outside_the_year
from auditor.figures import Figure, Kind
from auditor.report.model import FormKind, Passage, Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="R502",
    name="reference.dates",
    title="日期或年份有误",
    severity=Severity.MEDIUM,
    basis=("表内关系",),
)

# Papers that are filed before the year they speak of.
_AHEAD = (FormKind.APPLICATION, FormKind.NOTICE)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    dates = [figure for figure in report.figures if figure.kind is Kind.DATE]
    bad = [(figure, reason) for figure in dates if (reason := impossible(figure))]
    for figure, reason in bad:
        yield RULE.inconsistent(
            f"“{figure.raw}”这个日期不存在：{reason}。",
            [figure],
            calculation=reason,
            suggestion="按原始材料更正日期。",
            culprits=(figure.span,),
            key=("不存在", figure.raw),
        )
    full = [figure for figure in dates if figure.month]
    if full and not bad:
        yield RULE.consistent(f"{len(full)} 个日期都是真实日期。", full[:3], key=("真实日期", str(len(full))))
    dated = [one for one in report.prose if [each for each in one.figures if each.kind is Kind.DATE]]
    yield from _order(report, dated)
    yield from _years(report, dated)


def _order(report: Report, dated: Sequence[Passage]) -> Iterator[Result]:
    """`dated` are the passages that tell a day, a month or a year."""
    for passage in dated:
        for first, last in reversed_ranges(passage):
            yield _turned(first, last)
        for steps in staged(passage):
            yield _steps(steps)
        if steps := staged_apart(passage):
            yield _steps(steps, proof=False)
        yield from _batches(batches(passage))
        for came, passed in passed_on_before(passage):
            yield _passed_on(came, passed)
        for time in lasted(passage):
            yield _duration(time)
        for early, late in disordered(passage):
            told_years = early.figure.value and late.figure.value
            yield _steps([early, late], proof=False) if told_years else _back(early, late)
    yield from map(_outside, outside_the_year(report))
    for time in lasted_elsewhere(report.prose):
        yield _duration(time)
    for pair in far_disordered(dated, report.fiscal_year or 0, report.title):
        yield _steps(list(pair), proof=False)
    for missed in missed_deadlines(report):
        yield _late(missed)
    for before, again in retold(dated):
        yield _retold(before, again)


def _outside(one: Outside) -> Result:
    return RULE.query(
        f"文中写“{one.said}”，其中 {told(one.day)} 却不在 {one.year} 年。",
        [one.day],
        calculation=f"{one.day.value} ≠ {one.year}",
        suggestion="核对这个日期的年份；确不在该年度的，更正说法。",
        culprits=(one.day.span,),
        key=("不在该年", told(one.day), str(one.year)),
    )


def _passed_on(came: Figure, passed: Figure) -> Result:
    return RULE.query(
        f"资金 {told(came)} 才到，却写在更早的 {told(passed)} 全部拨付。",
        [came, passed],
        calculation=f"{told(came)} 晚于 {told(passed)}",
        suggestion="核对两个日期；确由别的资金先行垫付的，写明。",
        culprits=(passed.span,),
        key=("资金到达", told(came), told(passed)),
    )


def _duration(time: Lasted) -> Result:
    first, last, said = told(time.first), told(time.last), time.said
    key = ("历时", first, last, said)
    evidence = [time.first, time.last, time.told.figure]
    if time.holds:
        return RULE.consistent(f"{first}到{last}，“{said}”，相符。", evidence, key=key)
    return RULE.query(
        f"{first}到{last}只能是 {time.allowed}，文中写“{said}”。",
        evidence,
        calculation=f"{first}到{last}为 {time.allowed} ≠ {time.told.figure.raw}{said[len(time.told.told()) :]}",
        suggestion="核对起止日期和时长；中间停工或按合同计算的，写明。",
        culprits=(time.told.figure.span,),
        key=key,
    )


def _back(early: Step, late: Step) -> Result:
    first, last = told(early.figure), told(late.figure)
    return RULE.query(
        f"{early.name}写在 {first}，{late.name}却写在 {last}：若是同一年，先后颠倒。",
        [early.figure, late.figure],
        calculation=f"{first} 晚于 {last}（同年）",
        suggestion="核对两个日期；跨年的，写明年份。",
        culprits=(late.figure.span,),
        key=(early.name, first, late.name, last),
    )


def _retold(first: Step, again: Step) -> Result:
    dates = told(first.figure), told(again.figure)
    return RULE.query(
        f"{first.name}的日期前后不一：一处写 {dates[0]}，另一处写 {dates[1]}。",
        [first.figure, again.figure],
        calculation=f"{dates[0]} ≠ {dates[1]}",
        suggestion="核对两处日期，更正写错的一处；说的不是同一项工程的，请写明。",
        key=("前后", first.name, *dates),
    )


def _late(missed: Missed) -> Result:
    planned, actual = missed.planned.raw, missed.actual.raw
    said, compared = "晚于计划，却写按时完成", f"{actual} 晚于 {planned}"
    if missed.days is not None:
        side = "提前" if missed.days >= 0 else "晚"
        said, compared = (
            f"{side} {abs(missed.days)} 天，文中写“{missed.told}”",
            f"{planned} - {actual} = {missed.days} 天",
        )
    return RULE.query(
        f"计划 {planned}，实际 {actual}，{said}。",
        [missed.planned, missed.actual],
        calculation=compared,
        suggestion="核对日期；确已超期的，更正按时完成的说法并说明原因。",
        culprits=(missed.actual.span,),
        key=("超期", planned, actual),
    )


def _turned(first: Figure, last: Figure) -> Result:
    return RULE.inconsistent(
        f"起止日期颠倒：从 {told(first)} 到 {told(last)}。",
        [first, last],
        calculation=f"{told(first)} 晚于 {told(last)}",
        suggestion="核对起止日期。",
        culprits=(first.span,),
        key=("起止", told(first), told(last)),
    )


def _batches(told_batches: list[tuple[str, Figure]]) -> Iterator[Result]:
    """ "第一批于2023年6月下达，第二批于2023年4月下达": the numbers say another order than the days."""
    for (first, early), (second, late) in pairwise(told_batches):
        if later_than(early, late):
            yield RULE.query(
                f"“{first}”写在 {told(early)}，“{second}”却写在更早的 {told(late)}。",
                [early, late],
                calculation=f"{told(early)} 晚于 {told(late)}",
                suggestion="核对各批次的日期。",
                culprits=(late.span,),
                key=("批次", first, told(early), second, told(late)),
            )


def _steps(steps: list[Step], *, proof: bool = True) -> Result:
    """The steps of a work in the order a project takes them; `proof`: one sentence tells them."""
    line = "，".join(f"{step.name} {told(step.figure)}" for step in steps)
    key = (line,)
    wrong = next(
        ((a, b) for at, a in enumerate(steps) for b in steps[at + 1 :] if later_than(a.figure, b.figure)),
        None,
    )
    evidence = [step.figure for step in steps]
    if wrong is None:
        return RULE.consistent(f"日期先后有序：{line}。", evidence, key=key)
    early, late = wrong
    verdict = RULE.inconsistent if proof and early.name == "开工" and late.name == "完工" else RULE.query
    return verdict(
        f"日期先后颠倒：{early.name}在 {told(early.figure)}，却晚于{late.name}的 {told(late.figure)}（{line}）。",
        evidence,
        calculation=f"{told(early.figure)} 晚于 {told(late.figure)}",
        suggestion="按原始材料核对各环节日期；先施工后签合同等情况属实的，说明原因。",
        culprits=(early.figure.span,),
        key=key,
    )


def _years(report: Report, dated: Sequence[Passage]) -> Iterator[Result]:
    year = report.fiscal_year
    if year is None and (other := only_year(report)) is not None:
        yield from _left_over(
            stale_cutoffs(report, other), f"文中写明的其他日期都在 {other} 年，情况却截至", other
        )
    if year is not None:
        yield from _cutoffs(report, year)
        yield from _of_other_years(report, dated, year)
        yield from _stale(report, year)
        yield from _filing(report, year)
        yield from _amounts(report, year)
        yield from _numbers(report, year)
    headings = heading_years(report)
    if len({figure.value for figure in headings}) > 1:
        years = "、".join(dict.fromkeys(f"{figure.value}年度" for figure in headings))
        yield RULE.query(
            f"报告题头的年度不一：{years}。",
            headings,
            calculation=" ≠ ".join(dict.fromkeys(str(figure.value) for figure in headings)),
            suggestion="核对评价年度，统一题头。",
            key=("题头", years),
        )


def _of_other_years(report: Report, dated: Sequence[Passage], year: int) -> Iterator[Result]:
    """Money that came when the year was over, and work of the year that was done years before."""
    if report.form in _AHEAD:
        return
    view = [report.fiscal_year_view] if report.fiscal_year_view else []
    late = [
        (figure, "资金却在以后的 {} 下达") for passage in dated for figure in came_too_late(passage, year)
    ]
    early = [(figure, "目标定在当年，完成却写在 {}") for figure in done_in_another_year(report, year)]
    for figure, said in (*late, *early):
        yield RULE.query(
            f"评价年度是 {year} 年，{said.format(told(figure))}。",
            [figure, *view],
            calculation=f"{int(figure.value)} ≠ {year}",
            suggestion="核对这个日期的年份；属实的，说明与本年度的关系。",
            culprits=(figure.span,),
            key=("别的年份", told(figure), str(year)),
        )


def _cutoffs(report: Report, year: int) -> Iterator[Result]:
    for figure in cutoffs(report):
        view = [report.fiscal_year_view] if report.fiscal_year_view else []
        key = ("采集截止", told(figure), str(year))
        if figure.value < year:
            yield RULE.query(
                f"评价年度是 {year} 年，数据采集截止日却是 {told(figure)}，早于该年度。",
                [figure, *view],
                calculation=f"{told(figure)} 早于 {year}年1月1日",
                suggestion="更正采集截止日；确用上年数据的，重新采集本年度数据。",
                culprits=(figure.span,),
                key=key,
            )
        else:
            yield RULE.consistent(
                f"数据采集截止日 {told(figure)} 不早于评价年度 {year} 年。", [figure, *view], key=key
            )


def _stale(report: Report, year: int) -> Iterator[Result]:
    """Years that look left over from an earlier report: one question for days, one for purposes."""
    if report.form in _AHEAD:
        return
    view = [report.fiscal_year_view] if report.fiscal_year_view else []
    collected = {figure.span for figure in cutoffs(report)}
    days = [figure for figure in stale_cutoffs(report, year) if figure.span not in collected]
    for figures, what in ((days, "情况却截至"), (stale_purposes(report, year), "文中却写为了或按照")):
        yield from _left_over(figures, f"评价年度是 {year} 年，{what}", year, view)


def _left_over(
    figures: Sequence[Figure], said: str, year: int, view: Sequence[View] = ()
) -> Iterator[Result]:
    if figures:
        names = "、".join(dict.fromkeys(told(figure) for figure in figures))
        yield RULE.query(
            f"{said} {names}。",
            [*figures, *view],
            calculation=f"{int(figures[0].value)} < {year}",
            suggestion="核对年份，确系沿用旧稿的改为本年度；确属以前年度的，说明与本年度的关系。",
            culprits=tuple(figure.span for figure in figures),
            key=("旧年份", names, str(year)),
        )


def _filing(report: Report, year: int) -> Iterator[Result]:
    filed = report.filing_date
    if filed is None or not filed.value or report.form in _AHEAD:
        return
    key = ("填报", told(filed), str(year))
    view = [report.fiscal_year_view] if report.fiscal_year_view else []
    later = next((day for day in cutoffs_of_the_year(report, year) if later_than(day, filed)), None)
    if filed.value == year and later is not None:
        yield RULE.query(
            f"落款（填报）日期是 {told(filed)}，文中的数却截至 {told(later)}，当时还没有到。",
            [filed, later],
            calculation=f"{told(later)} 晚于 {told(filed)}",
            suggestion="核对落款日期和截止日期。",
            culprits=(filed.span,),
            key=("填报早于截止", told(filed), told(later)),
        )
    elif filed.value == year and (whole := whole_year(report, filed)) is not None:
        yield RULE.query(
            f"填报日期是 {told(filed)}，表中却已填 {year} 年全年的数（{whole.label} {whole.figure.raw}）。",
            [filed, whole.figure, *view],
            calculation=f"{told(filed)} 早于 {year}年12月",
            suggestion="核对填报日期和评价年度；确在年中填报的，说明全年数的依据。",
            culprits=(filed.span,),
            key=key,
        )
    elif filed.value < year:
        yield RULE.query(
            f"填报日期 {told(filed)} 早于评价年度 {year} 年。",
            [filed, *view],
            calculation=f"{filed.value} < {year}",
            suggestion="核对填报日期和评价年度。",
            culprits=(filed.span,),
            key=key,
        )
    else:
        yield RULE.consistent(f"填报日期 {told(filed)} 不早于评价年度 {year} 年。", [filed, *view], key=key)
    late = later_than_filing(report, filed)
    if late:
        names = "、".join(dict.fromkeys(figure.raw for figure in late))
        yield RULE.query(
            f"填报日期是 {told(filed)}，报告却写到之后的 {names}。",
            [filed, *late],
            calculation=f"{late[0].raw} 晚于 {told(filed)}",
            suggestion="核对填报日期和所引日期、文号。",
            key=("晚于填报", told(filed), names),
        )


def _numbers(report: Report, year: int) -> Iterator[Result]:
    """Document numbers later than the report; with a filing date, that is what they are held against."""
    late = later_numbers(report, year) if report.filing_date is None and report.form not in _AHEAD else []
    if late:
        names = "、".join(dict.fromkeys(figure.raw for figure in late))
        yield RULE.query(
            f"评价年度是 {year} 年，所引文号的年份却是之后几年的：{names}。",
            late,
            calculation=f"{late[0].value} > {year + 1}",
            suggestion="核对文号的年份和评价年度。",
            key=("文号年份", names, str(year)),
        )


def _amounts(report: Report, year: int) -> Iterator[Result]:
    """This year's budget or spending told word for word under another year."""
    for amount, mine in amounts_of_other_years(report, year):
        yield RULE.query(
            f"评价年度是 {year} 年，文中把同样的{amount.role.value} {amount.figure.raw} 写成 {amount.year} 年的。",
            [amount.figure, mine.figure],
            calculation=f"{amount.year} ≠ {year}",
            suggestion="核对年份；确属两年金额相同的，请说明。",
            severity=Severity.LOW,
            key=(amount.role.value, amount.figure.raw, str(amount.year)),
        )
