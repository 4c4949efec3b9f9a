"""The sheet that lies on top of many memos: one line per report, and what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple
from urllib.parse import quote

from auditor.lazy_models import BaseModel, Field
from auditor.memo import wording
from auditor.memo.escape import inline
from auditor.memo.model import Counts, Document, Report, Tool, Unreadable
from auditor.memo.problems import problems

TITLE = "绩效自评报告审核汇总"


class Line(BaseModel):
    """One report of one file. `severities` counts the problems that the rules found by high, medium and low,
    `rules` by code; `titles` says what the codes are called. `repeats` is the file
    that has brought the same report before: what was handed in twice counts once, a `letter` not at all. `unproved`: no finding in it means
    nothing; smaller `risk` comes first. `budget` and `paid` are as the memo has them."""

    project: str
    unit: str
    self_score: str | None
    recomputed_score: str | None
    counts: Counts
    unread_tables: int = Field(default=0, ge=0)
    figures_unplaced: int = Field(default=0, ge=0)
    fiscal_year: int | None = None
    budget: str = ""
    paid: str = ""
    severities: dict[str, int] = {}
    rules: dict[str, int] = {}
    titles: dict[str, str] = {}
    repeats: str = ""
    letter: bool = False
    unproved: bool = False
    risk: list[int] = []

    @property
    def counts_as_report(self) -> bool:
        return not (self.repeats or self.letter)


class File(BaseModel):
    """One file that was audited. `memo` is the name of its memo in the folder, "" where none was called
    for; `problem` says why there is none."""

    path: str
    memo: str
    problem: str = ""
    reports: list[Line]


class Summary(BaseModel):
    """One run into a folder; `repeated` says in a sentence each what was handed in twice."""

    schema_version: Literal["1"] = "1"
    tool: Tool
    files: list[File]
    unreadable: list[Unreadable]
    repeated: list[str] = []

    def told(self) -> str:
        """One line on everything that was audited."""
        lines = [line for one in self.files for line in one.reports]
        again = sum(1 for line in lines if line.repeats)
        own = [line.counts for line in lines if line.counts_as_report]
        return wording.summed(len(self.files), own, len(lines) - len(own) - again, again)


def file(document: Document, name: str, problem: str) -> File:
    """The entry of a file whose memo goes by that name."""
    return File(path=document.path, memo=name, problem=problem, reports=[_line(r) for r in document.reports])


def _line(report: Report) -> Line:
    found = [one.first for one in problems(report) if one.kind != "model"]
    return Line(
        fiscal_year=report.fiscal_year,
        budget=report.money.budget or "",
        paid=report.money.paid or "",
        severities=dict(Counter(one.severity for one in found)),
        rules=dict(Counter(one.rule for one in found)),
        titles={one.rule: one.title for one in found},
        project=wording.name(report),
        unit=report.unit,
        self_score=report.self_score,
        recomputed_score=report.recomputed_score,
        counts=report.counts,
        unread_tables=report.coverage.unread_tables,
        figures_unplaced=report.coverage.figures_unplaced,
        letter=wording.is_letter(report),
        unproved=wording.unproved(report),
        risk=list(wording.risk(report)),
    )


class Link(NamedTuple):
    """A cell that leads to a file beside the summary."""

    text: str
    target: str


Cell = str | int | Link


class Table(NamedTuple):
    """One chapter of the summary, the same in every format."""

    title: str
    heads: tuple[str, ...]
    rows: list[tuple[Cell, ...]]


def lead(summary: Summary) -> list[str]:
    """What stands above the tables; all lines but the first are warnings."""
    every = [line for one in summary.files for line in one.reports]
    lines = [line for line in every if line.counts_as_report]
    again = sum(1 for line in every if line.repeats)
    beside = wording.besides(len(every) - len(lines) - again, again)
    told = [
        f"审核文件 {len(summary.files)} 个，报告 {len(lines)} 份{beside}，未能审核的文件 {len(summary.unreadable)} 个。"
        f"审核工具 {summary.tool.name} {summary.tool.version}。"
    ]
    if lost := sum(1 for line in lines if line.unread_tables):
        told.append(
            f"有 {lost} 份报告的表格没有读懂或没有全部读懂（排在最前），其结论只针对读懂的部分，请先人工核对这些表格。"
        )
    if dumb := sum(line.unproved for line in lines):
        told.append(f"有 {dumb} 份报告一个数也没有核对到（排在最前），不能据此认为没有问题，请先人工核对。")
    return told


def notes() -> str:
    """What stands below them."""
    return (
        "说明：先列没有读懂、没有核对到的，再按重要、不一致的项数从多到少。核算为“—”的，总分未能重新核算。"
        f"{wording.UNVERIFIED.removeprefix('本')}"
    )


def tables(summary: Summary) -> Iterator[Table]:
    """The reports by risk; how often each rule found something; the units; what is missing."""
    every = [(one, line) for one in summary.files for line in one.reports]
    reports = sorted((pair for pair in every if pair[1].counts_as_report), key=lambda pair: pair[1].risk)
    if reports:
        yield Table("报告", _REPORT, [_row(at, one, line) for at, (one, line) in enumerate(reports, 1)])
    lines = [line for _, line in reports]
    if len(lines) > 1:
        yield from _by_rule(lines)
        yield Table("按单位", _UNIT, list(_by_unit(lines)))
    if again := [(one, line) for one, line in every if line.repeats]:
        heads = ("项目", "文件", "与它相同的文件", "备忘录")
        yield Table(
            "重复送审", heads, [(line.project, one.path, line.repeats, _memo(one)) for one, line in again]
        )
    if letters := [(one, line) for one, line in every if line.letter and not line.repeats]:
        heads = ("名称", "单位", "文件", "备忘录")
        yield Table(
            "公函和填报说明（没有可以核对的内容）", heads,
            [(line.project, line.unit or _NO_UNIT, one.path, _memo(one)) for one, line in letters],
        )  # fmt: skip
    lost: list[tuple[Cell, ...]] = [(one.path, one.reason) for one in summary.unreadable]
    unwritten: list[tuple[Cell, ...]] = [(one.memo, one.problem) for one in summary.files if one.problem]
    for title, rows in (("未能审核的文件", lost), ("未能写出的备忘录", unwritten)):
        if rows:
            yield Table(title, ("文件", "原因"), rows)


_REPORT = (
    "序号", "项目", "不一致", "存疑", "无法核验", "未读懂的表", "模型提问", "重要", "一般", "轻微", "自评", "核算",
    "单位", "年度", "预算", "支出", "文件",
)  # fmt: skip
_NO_UNIT = "未读到单位"
_UNIT = ("单位", "报告", "不一致", "存疑", "重要", "未读懂的表")


def _row(number: int, one: File, line: Line) -> tuple[Cell, ...]:
    counts = line.counts
    return (
        number, Link(line.project, one.memo) if one.memo and not one.problem else line.project,
        counts.inconsistent, counts.query, counts.not_assessable, line.unread_tables, counts.model,
        *(line.severities.get(word, 0) for word in wording.SEVERITIES),
        line.self_score or "—", line.recomputed_score or "—",
        line.unit or _NO_UNIT, line.fiscal_year or "—", line.budget or "—", line.paid or "—", _place(one, line),
    )  # fmt: skip


def _place(one: File, line: Line) -> str:
    """Its file, and where that holds several its number there, under which its own memo tells it."""
    if len(one.reports) == 1:
        return one.path
    return f"{one.path} 第 {next(at for at, each in enumerate(one.reports, 1) if each is line)} 份"


def _memo(one: File) -> Cell:
    return "未能写出" if one.problem else Link(one.memo, one.memo) if one.memo else "—"


def _by_rule(lines: Sequence[Line]) -> Iterator[Table]:
    found: Counter[str] = Counter()
    reports: Counter[str] = Counter()
    titles: dict[str, str] = {}
    for line in lines:
        found.update(line.rules)
        reports.update(line.rules.keys())
        titles = {**line.titles, **titles}
    rows: list[tuple[Cell, ...]] = [
        (titles.get(code, code), code, count, reports[code])
        for code, count in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    if rows:
        yield Table("按问题", ("问题", "规则", "项数", "涉及报告"), rows)


def _by_unit(lines: Sequence[Line]) -> Iterator[tuple[Cell, ...]]:
    units: dict[str, list[Line]] = {}
    for line in lines:
        units.setdefault(line.unit or _NO_UNIT, []).append(line)
    for unit, own in units.items():
        total = wording.total(line.counts for line in own)
        high = sum(line.severities.get("high", 0) for line in own)
        unread = sum(line.unread_tables for line in own)
        yield unit, len(own), total.inconsistent, total.query, high, unread


def markdown(summary: Summary) -> str:
    """The summary for people."""
    return "\n".join(_markdown(summary)) + "\n"


def _markdown(summary: Summary) -> Iterator[str]:
    yield f"# {TITLE}"
    for at, line in enumerate(lead(summary)):
        yield ""
        yield f"**{line}**" if at else line
    for number, table in enumerate(tables(summary)):
        yield ""
        if number:
            yield f"## {table.title}"
            yield ""
        yield f"| {' | '.join(table.heads)} |"
        yield "|" + "---|" * len(table.heads)
        for row in table.rows:
            yield f"| {' | '.join(map(_cell, row))} |"
    yield ""
    yield notes()


def _cell(cell: Cell) -> str:
    if isinstance(cell, Link):
        return f"[{inline(cell.text)}]({quote(cell.target)})"
    return inline(str(cell))
