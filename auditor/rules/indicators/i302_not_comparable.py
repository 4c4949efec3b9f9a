"""I302 目标与实际无法比较 (indicator.not-comparable)

查什么  目标是数量、实际却只写“完成”“达标”或用了另一类单位；把目标连同符号原样抄作实际完成值（目标“≤15%”、实际“≤15%”）；表内规定了等级用语，实际完成值却照抄目标。
为什么  实际完成值必须是可以核对的数；照抄目标等于没有填报。
反例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    产出指标 | 数量指标 | 开展技能培训 | ≥30场 | 已完成 | 50 | 50
    效益指标 | 社会效益指标 | 新增就业人数 | ≥200人 | 214人 | 50 | 50
    总分 | | | | | 100 | 100
    → 存疑
正例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    产出指标 | 数量指标 | 开展技能培训 | ≥30场 | 31场 | 50 | 50
    效益指标 | 社会效益指标 | 新增就业人数 | ≥200人 | 214人 | 50 | 50
    总分 | | | | | 100 | 100
    → 无
依据    财预〔2020〕10号：绩效指标应当细化量化、可衡量，自评须填写实际完成值
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.document import Span, View
from auditor.facts.scoring.execution import is_row as is_execution_row
from auditor.facts.scoring.ratings import rating
from auditor.facts.scoring.repeated import repeats_target
from auditor.facts.scoring.shown import actual_text, cells, target_text
from auditor.facts.scoring.targets import OTHER_KIND, Comparison, compare
from auditor.figures import show
from auditor.language import word
from auditor.report.model import Indicator, Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="I302",
    name="indicator.not-comparable",
    title="目标与实际完成值无法比较",
    severity=Severity.MEDIUM,
    basis=("财预〔2020〕10号",),
)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    words: list[Indicator] = []
    kinds: list[Indicator] = []
    repeated: list[Indicator] = []
    places: list[Span] = []
    copied: list[Indicator] = []
    for row in report.indicators:
        outcome = None if is_execution_row(row) else compare(row)
        if outcome is None:
            continue
        if repeats_target(row, outcome):
            repeated.append(row)
            places += [outcome.actual.span] if outcome.actual else []
        elif outcome.met is None:
            _sort(report, row, outcome, words, kinds, copied)
    yield from _words(words)
    yield from _kinds(kinds)
    yield from _repeated(repeated, places)
    yield from _copied(report, copied)


def _sort(
    report: Report,
    row: Indicator,
    outcome: Comparison,
    words: list[Indicator],
    kinds: list[Indicator],
    copied: list[Indicator],
) -> None:
    assert row.target is not None
    assert row.actual is not None
    if outcome.target is not None and outcome.actual is None:
        if not outcome.is_date and _is_quantity(outcome) and word("target_done").fullmatch(row.actual.text):
            words.append(row)
    elif outcome.reason == OTHER_KIND:
        kinds.append(row)
    elif (
        outcome.target is None
        and row.target.text == row.actual.text
        and report.rating_bands
        and rating(report, row) is None
        and not word("told_as_task").search(row.actual.text)
    ):
        copied.append(row)


def _is_quantity(outcome: Comparison) -> bool:
    return outcome.target is not None and outcome.target.kind.value not in ("date", "ordinal")


def _words(rows: list[Indicator]) -> Iterator[Result]:
    if rows:
        yield RULE.query(
            f"{len(rows)} 项指标的目标是数量，实际完成值没有数，无法比较：{_list(rows)}。",
            _places(rows),
            impact=_at_stake(rows),
            suggestion="补填实际完成的数量，并附依据。",
            key=tuple(row.place for row in rows),
        )


def _kinds(rows: list[Indicator]) -> Iterator[Result]:
    if rows:
        yield RULE.query(
            f"{len(rows)} 项指标的目标与实际完成值计量单位不同，无法比较：{_list(rows)}。",
            _places(rows),
            impact=_at_stake(rows),
            suggestion="按目标的计量单位填写实际完成值。",
            severity=Severity.LOW,
            key=tuple(row.place for row in rows),
        )


def _repeated(rows: list[Indicator], actuals: list[Span]) -> Iterator[Result]:
    if rows:
        yield RULE.query(
            f"{len(rows)} 项指标的实际完成值照抄目标，没有实际数：{_list(rows)}。",
            _places(rows),
            impact=_at_stake(rows),
            suggestion="填写实际完成的数值，不要照抄目标的符号和数。",
            severity=Severity.LOW,
            culprits=tuple(actuals) if len(rows) == 1 else (),
            key=tuple(row.place for row in rows),
        )


def _copied(report: Report, rows: list[Indicator]) -> Iterator[Result]:
    if rows:
        bands = report.rating_bands
        told = "、".join(dict.fromkeys(band.word for band in bands))
        yield RULE.query(
            f"表内规定定性指标按{told}填写，{len(rows)} 项的实际完成值照抄目标：{_list(rows)}。",
            [*_places(rows), *(band.view for band in bands)],
            impact=_at_stake(rows),
            suggestion="按表内规定的等级用语填写。",
            severity=Severity.LOW,
            key=tuple(row.place for row in rows),
        )


def _list(rows: list[Indicator]) -> str:
    return "；".join(
        f"“{row.name}”目标 {target_text(row)}、实际 {actual_text(row)}"
        + (f"、得分 {show(row.score.value)}" if row.score else "")
        for row in rows
    )


def _places(rows: list[Indicator]) -> list[View]:
    return [view for row in rows for view in cells(row)]


def _at_stake(rows: list[Indicator]) -> str:
    scores = [row.score.value for row in rows if row.score is not None]
    return f"涉及得分 {show(sum(scores[1:], scores[0]))} 分没有依据。" if scores else ""
