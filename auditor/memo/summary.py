"""The sheet that lies on top of many memos: one line per report, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import BaseModel, Field

from auditor.memo import wording
from auditor.memo.escape import inline
from auditor.memo.model import Counts, Document, Report, Tool, Unreadable


class Line(BaseModel):
    """One report of one file."""

    project: str
    unit: str
    self_score: str | None
    recomputed_score: str | None
    counts: Counts
    unread_tables: int = Field(default=0, ge=0)
    figures_unplaced: int = Field(default=0, ge=0)


class File(BaseModel):
    """One file that was audited. `memo` is the name of its memo in the folder; `problem` says why
    there is none."""

    path: str
    memo: str
    problem: str = ""
    reports: list[Line]


class Summary(BaseModel):
    """One run into a folder."""

    schema_version: Literal["1"] = "1"
    tool: Tool
    files: list[File]
    unreadable: list[Unreadable]

    def told(self) -> str:
        """One line on everything that was audited."""
        lines = [line for one in self.files for line in one.reports]
        return wording.summed(len(self.files), [line.counts for line in lines])


def file(document: Document, name: str, problem: str) -> File:
    """The entry of a file whose memo goes by that name."""
    return File(path=document.path, memo=name, problem=problem, reports=[_line(r) for r in document.reports])


def _line(report: Report) -> Line:
    return Line(
        project=wording.name(report),
        unit=report.unit,
        self_score=report.self_score,
        recomputed_score=report.recomputed_score,
        counts=report.counts,
        unread_tables=report.coverage.unread_tables,
        figures_unplaced=report.coverage.figures_unplaced,
    )


def markdown(summary: Summary) -> str:
    """The summary for people."""
    return "\n".join(_markdown(summary)) + "\n"


def _markdown(summary: Summary) -> Iterator[str]:
    reports = [(one, line) for one in summary.files for line in one.reports]
    yield "# 绩效自评报告审核汇总"
    yield ""
    yield (
        f"审核文件 {len(summary.files)} 个，报告 {len(reports)} 份，未能审核的文件 {len(summary.unreadable)} 个。"
        f"审核工具 {summary.tool.name} {summary.tool.version}。"
    )
    if lost := [number for number, (_, line) in enumerate(reports, 1) if line.unread_tables]:
        yield ""
        yield (
            f"**有 {len(lost)} 份报告的表格没有读懂或没有全部读懂（序号 {'、'.join(map(str, lost))}），"
            "其结论只针对读懂的部分，请先人工核对这些表格。**"
        )
    if reports:
        yield ""
        yield "| 序号 | 项目 | 单位 | 自评 | 核算 | 不一致 | 存疑 | 无法核验 | 未读懂的表 | 模型提问 | 文件 | 备忘录 |"
        yield "|---|---|---|---|---|---|---|---|---|---|---|---|"
    for number, (one, line) in enumerate(reports, 1):
        counts = line.counts
        cells = [
            str(number), line.project, line.unit or "未读到", line.self_score or "—", line.recomputed_score or "—",
            *map(str, (counts.inconsistent, counts.query, counts.not_assessable, line.unread_tables, counts.model)),
            one.path, "未能写出" if one.problem else one.memo,
        ]  # fmt: skip
        yield f"| {' | '.join(map(inline, cells))} |"
    yield from _list("未能审核的文件", [(one.path, one.reason) for one in summary.unreadable])
    yield from _list("未能写出的备忘录", [(one.memo, one.problem) for one in summary.files if one.problem])
    yield ""
    yield f"说明：核算为“—”的，总分未能重新核算。{wording.UNVERIFIED.removeprefix('本')}"


def _list(heading: str, lines: list[tuple[str, str]]) -> Iterator[str]:
    if not lines:
        return
    yield ""
    yield f"## {heading}"
    yield ""
    for number, (path, reason) in enumerate(lines, 1):
        yield f"{number}. {inline(path)}：{inline(reason)}"
