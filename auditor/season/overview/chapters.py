"""The chapters, from plain records: nothing here reads a file or a store."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import PurePath

from auditor.memo.chart import Bars
from auditor.memo.wording import SEVERITIES
from auditor.rules.catalogue import catalogue
from auditor.season.across.matter import Told
from auditor.season.overview.between import between
from auditor.season.overview.counting import WAN, Tally, grouped, tally
from auditor.season.overview.model import Cell, Chapter, Chart, Head, Link
from auditor.season.records import Record
from auditor.season.run import Failed
from auditor.season.sampling.frame import bands
from auditor.values import frozen

BANDS = tuple(Decimal(limit) * WAN for limit in (10, 100, 500, 1000, 5000))
"""Limits of the bands of money where the bureau sets none, in 元."""
_NO_YEAR = "未读到年度"
_NAMES_SHOWN, _BARS = 12, 12
_FIGURES = (
    Head("报告", 7, True), Head("有不一致的报告", 9, True), Head("占比", 8, True), Head("不一致", 8, True), Head("存疑", 7, True),
    Head("无法核验", 8, True), Head("预算合计（万元）", 15, True), Head("确认", 7, True), Head("驳回", 7, True), Head("未处理", 8, True),
)  # fmt: skip


@frozen
class Changes:
    """What happened since a day (ISO): `decided` counts the decisions by word."""

    since: str = ""
    decided: dict[str, int] = field(default_factory=dict)


@frozen
class Overview:
    """`summary` are sentences that stand on top; `day` is the day of the paper."""

    title: str
    day: str
    summary: list[str]
    chapters: list[Chapter]


def overview(
    records: Sequence[Record], failed: Sequence[Failed], changes: Changes, day: str, before: Sequence[Record] = (),
    limits: Sequence[Decimal] = BANDS, title: str = "绩效自评报告审核汇总", matters: Sequence[Told] = (),
) -> Overview:  # fmt: skip
    """The whole paper. `before` are the reports of the season of the year before, `matters` what only several
    reports together show."""
    current = [one for one in records if one.current and not one.letter]
    old = [one for one in before if one.current]
    chapters = [
        _groups("按单位", "单位", current, lambda one: one.owner, chart=True),
        _groups("按类别", "类别", current, lambda one: one.category),
        _money(current, limits),
        _rules(current),
        _severities(current),
        _shared(current),
        between(matters),
        _years([*old, *current]),
        _changed(records, changes),
        _reports(current),
        _lost(failed),
    ]
    return Overview(
        title, day, list(_summary(records, current, failed)), [one for one in chapters if one.rows]
    )


def _summary(records: Sequence[Record], current: Sequence[Record], failed: Sequence[Failed]) -> Iterator[str]:
    all_ = tally(current)
    yield (
        f"共审核报告 {all_.reports} 份，涉及单位 {all_.units} 个，预算合计 {_wan(all_.budget):,} 万元"
        + (f"（另有 {all_.unread_budgets} 份未读到预算）" if all_.unread_budgets else "")
        + "。"
    )
    yield (
        f"有不一致的报告 {all_.touched} 份，占 {all_.share or '0%'}；不一致 {all_.inconsistent} 处，存疑 {all_.query} 处，"
        f"无法核验 {all_.not_assessable} 处。已确认 {all_.confirmed} 处，已驳回 {all_.rejected} 处，未处理 {all_.undecided} 处。"
    )
    older = sum(not one.current and one.same_as is None for one in records)
    same = sum(one.same_as is not None for one in records)
    letters = sum(one.current and one.letter for one in records)
    left = ((older, "旧稿"), (same, "同一报告的其他文件"), (letters, "公函和填报说明"))
    if told := "、".join(f"{word} {count} 份" for count, word in left if count):
        yield f"{told}没有计入。"
    if all_.unread_tables:
        yield f"有 {all_.unread_tables} 份报告的表格没有读懂或没有全部读懂，其结论只针对读懂的部分，请先人工核对。"
    if all_.unproved:
        yield f"有 {all_.unproved} 份报告一个数也没有核对到，不能据此认为没有问题，请先人工核对。"
    if failed:
        yield f"有 {len(failed)} 个文件未能审核，列在最后。"


def _groups(
    title: str, head: str, reports: Sequence[Record], by: Callable[[Record], str], chart: bool = False
) -> Chapter:
    groups = [(name, tally(own)) for name, own in grouped(reports, by)]
    groups.sort(key=lambda pair: (-pair[1].inconsistent, -pair[1].query, pair[0]))
    rows = [(name, *_figures(own)) for name, own in groups]
    bars = [Bars(name, str(own.inconsistent), str(own.query)) for name, own in groups[:_BARS]]
    drawn = None
    if chart and any(own.inconsistent or own.query for _, own in groups):
        more = f"，前 {_BARS} 个" if len(groups) > _BARS else ""
        drawn = Chart(f"不一致和存疑{title}{more}（处）", ("不一致", "存疑"), tuple(bars))
    return Chapter(title, (Head(head, 28), *_FIGURES), rows, chart=drawn)


def _figures(own: Tally) -> tuple[Cell, ...]:
    return (
        own.reports, own.touched, own.share, own.inconsistent, own.query, own.not_assessable,
        None if own.unread_budgets == own.reports else _wan(own.budget), own.confirmed, own.rejected, own.undecided,
    )  # fmt: skip


def _money(reports: Sequence[Record], limits: Sequence[Decimal]) -> Chapter:
    order = [bands(limits, amount) for amount in (Decimal(0), *limits)] + [bands(limits, None)]
    groups = dict(grouped(reports, lambda one: bands(limits, one.budget)))
    rows = [(name, *_figures(tally(groups[name]))) for name in order if name in groups]
    return Chapter("按预算金额", (Head("预算金额", 22), *_FIGURES), rows)


@cache
def _titles() -> dict[str, str]:
    return {entry.rule.code: entry.rule.title for entry in catalogue()}


def _rules(reports: Sequence[Record]) -> Chapter:
    """Every rule that has told something."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    touched: dict[str, set[int]] = defaultdict(set)
    units: dict[str, set[str]] = defaultdict(set)
    for one in reports:
        for each in one.leading:
            if each.flagged:
                counts[each.rule][each.verdict] += 1
                counts[each.rule][each.decision or "未处理"] += 1
                touched[each.rule].add(one.id)
                units[each.rule].add(one.unit)
    order = sorted(counts, key=lambda code: (-counts[code]["inconsistent"], -counts[code]["query"], code))
    rows: list[tuple[Cell, ...]] = [
        (
            code, _titles().get(code, ""), counts[code]["inconsistent"], counts[code]["query"], len(touched[code]),
            len(units[code] - {""}), counts[code]["确认"], counts[code]["驳回"], counts[code]["未处理"],
        )
        for code in order
    ]  # fmt: skip
    heads = (
        Head("规则", 7), Head("名称", 28), Head("不一致", 8, True), Head("存疑", 7, True), Head("报告", 7, True),
        Head("单位", 7, True), Head("确认", 7, True), Head("驳回", 7, True), Head("未处理", 8, True),
    )  # fmt: skip
    return Chapter("按规则", heads, rows)


def _severities(reports: Sequence[Record]) -> Chapter:
    found = [each for one in reports for each in one.leading if each.flagged]
    rows: list[tuple[Cell, ...]] = []
    for severity, word in SEVERITIES.items():
        own = [each for each in found if each.severity == severity]
        rows.append(
            (word, *(sum(each.verdict == kind for each in own) for kind in ("inconsistent", "query")),
             *(sum(each.decision == said for each in own) for said in ("确认", "驳回", "")))
        )  # fmt: skip
    heads = (
        Head("程度", 10), Head("不一致", 8, True), Head("存疑", 7, True), Head("确认", 7, True), Head("驳回", 7, True), Head("未处理", 8, True),
    )  # fmt: skip
    return Chapter("按严重程度", heads, rows if found else ())


def _shared(reports: Sequence[Record]) -> Chapter:
    """The slips of several units: a form that many misunderstood is a matter for training."""
    units: dict[str, dict[str, int]] = defaultdict(dict)
    for one in reports:
        if one.unit:
            for each in one.problems:
                if each.verdict == "inconsistent":
                    units[each.rule].setdefault(one.unit, one.id)
    many = sorted(
        (code for code in units if len(units[code]) > 1), key=lambda code: (-len(units[code]), code)
    )
    everybody = len({one.unit for one in reports if one.unit})
    rows: list[tuple[Cell, ...]] = []
    for code in many:
        names = sorted(units[code])
        shown = "、".join(names[:_NAMES_SHOWN]) + (
            f" 等 {len(names)} 个" if len(names) > _NAMES_SHOWN else ""
        )
        share = f"{Decimal(len(names) * 100) / everybody:.1f}%"
        rows.append((code, _titles().get(code, ""), len(names), share, Link(shown, units[code][names[0]])))
    heads = (
        Head("规则", 7),
        Head("名称", 28),
        Head("单位数", 8, True),
        Head("占全部单位", 9, True),
        Head("单位", 60),
    )
    note = "同一种错误出在许多单位，多半是对填表要求理解有误，可以统一讲解。已驳回的不计。"
    return Chapter("多个单位犯同样的错", heads, rows, note)


def _years(reports: Sequence[Record]) -> Chapter:
    years = grouped(reports, lambda one: str(one.year) if one.year else _NO_YEAR)
    rows = [(name, *_figures(tally(own)), _mean(own)) for name, own in years]
    heads = (Head("年度", 12), *_FIGURES, Head("自评平均分", 10, True))
    return Chapter("逐年", heads, rows if len(rows) > 1 else ())


def _mean(reports: Sequence[Record]) -> Cell:
    scores = [one.self_score for one in reports if one.self_score is not None]
    return f"{sum(scores, Decimal(0)) / len(scores):.2f}" if scores else ""


def _changed(records: Sequence[Record], changes: Changes) -> Chapter:
    """Since a day: what came in, what a new version has mended or broken, what was decided."""
    if not changes.since:
        return Chapter("", (), ())
    rows: list[tuple[Cell, ...]] = []
    fresh = [one for one in records if one.added >= changes.since and one.same_as is None]
    versions: dict[tuple[str, int], Record] = {
        (one.key, one.version): one for one in records if one.same_as is None
    }
    for one in fresh:
        before = versions.get((one.key, one.version - 1))
        if before is None:
            continue
        old, new = (
            {each.fingerprint for each in each_one.leading if each.flagged} for each_one in (before, one)
        )
        rows.append(
            (
                one.owner,
                Link(one.name, one.id),
                f"{one.version}",
                len(old - new),
                len(old & new),
                len(new - old),
            )
        )
    first = sum(one.version == 1 for one in fresh)
    words = "，".join(f"{word} {count} 条" for word, count in sorted(changes.decided.items()))
    lines = (
        f"{changes.since[:10]} 以来新收报告 {first} 份，换新稿 {len(rows)} 份；处理意见：{words or '没有'}。",
    )
    heads = (
        Head("单位", 24), Head("项目", 34), Head("稿次", 6, True), Head("已改", 7, True), Head("未改", 7, True), Head("新出现", 8, True),
    )  # fmt: skip
    return Chapter("近期变化", heads, rows or [("没有换新稿的报告", "", "", None, None, None)], lines=lines)


def _reports(reports: Sequence[Record]) -> Chapter:
    ordered = sorted(
        reports,
        key=lambda one: (
            not (one.covered.unread_tables or one.unproved),
            -sum(each.verdict == "inconsistent" for each in one.problems), -len(one.problems), one.unit, one.id,
        ),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for one in ordered:
        counts = Counter(each.verdict for each in one.leading)
        rows.append(
            (one.id, one.owner, Link(one.name, one.id), one.year, None if one.budget is None else _wan(one.budget),
             one.self_score, one.recomputed_score, counts["inconsistent"], counts["query"], counts["not_assessable"],
             one.covered.unread_tables)
        )  # fmt: skip
    heads = (
        Head("编号", 7, True), Head("单位", 24), Head("项目", 34), Head("年度", 7, True), Head("预算（万元）", 13, True), Head("自评", 7, True),
        Head("核算", 7, True), Head("不一致", 8, True), Head("存疑", 7, True), Head("无法核验", 8, True), Head("未读懂的表", 9, True),
    )  # fmt: skip
    return Chapter("报告清单", heads, rows)


def _lost(failed: Sequence[Failed]) -> Chapter:
    return Chapter(
        "未能审核的文件",
        (Head("文件", 60), Head("原因", 50)),
        [(PurePath(one.path).name, one.reason) for one in failed],
    )


def _wan(amount: Decimal) -> Decimal:
    """In 万元, to the cent of 元: exact for what reports print."""
    return (amount / WAN).quantize(Decimal("0.01"), ROUND_HALF_UP)
