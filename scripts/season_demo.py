"""A season of invented reports from the files to the conclusion: `make season-demo`.

Every command is shown as a bureau would type it; the decisions on the sample are made from what the
generator planted, and what comes out is compared with that.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from auditor.cli import app
from auditor.console import say, write
from auditor.figures import show
from auditor.season.across.matter import Told
from auditor.season.comparing import copied
from auditor.season.deciding import WHOLE, Decided, decide
from auditor.season.drawing import paper
from auditor.season.reading import records
from auditor.season.records import Record
from auditor.season.workspace import found
from tests.season.plan import Kinds, Planned, season

COUNT = 60
KINDS = Kinds(duplicates=5, formats=4, versions=8, copies=8, slips=35)
SAMPLE = "演示抽样"


def main(folder: Path = Path("out/season")) -> int:
    """Raises nothing; 1 where something is not as it was planned."""
    began = time.monotonic()
    shutil.rmtree(folder, ignore_errors=True)
    plan = season(COUNT, "演示", kinds=KINDS)
    hand_in(plan, folder / "收件")
    write(f"收到 {len(plan)} 个文件：{COUNT} 份报告，其余是重复、另存和修改稿。\n")
    work = folder / "工作区"
    at = ("--at", str(work))
    call("init", str(work))
    call("add", str(folder / "收件"), *at)
    call("run", *at)
    call("status", *at)
    call("risk", "-n", "5", *at)
    call("copies", *at)
    call("sample", "--method", "stratified", "--by", "band", "--size", "20", "--seed", "20250301", "--name", SAMPLE,
         "-o", str(folder / "抽样底稿.docx"), *at)  # fmt: skip
    write(f"（按生成时埋下的差错，对样本逐份作出决定：有误 {decided(plan, work)} 份）\n\n")
    call("evaluate", "--name", SAMPLE, "-o", str(folder / "评价底稿.docx"), *at)
    for suffix in ("html", "xlsx", "docx"):
        call("report", "--across", "-o", str(folder / f"汇总.{suffix}"), *at)
    call("verify", *at)
    lost = as_planned(plan, work)
    for line in lost:
        say(line)
    write(f"用时 {time.monotonic() - began:.0f} 秒。汇总在 {folder / '汇总.html'}\n")
    return int(bool(lost))


def call(*words: str) -> None:
    """Shows a command and runs it."""
    write(f"$ auditor season {' '.join(words)}\n")
    try:
        app(["season", *words], prog_name="auditor", standalone_mode=False)
    except SystemExit as ended:
        if ended.code not in (None, 0):
            raise
    write("\n")


def hand_in(plan: list[Planned], folder: Path) -> None:
    for one in plan:
        file = folder / one.name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(one.data)


def decided(plan: list[Planned], work: Path) -> int:
    """Decides on every report of the sample as the plan has it; how many are wrong."""
    workspace = found(work, "演示员")
    wrong = {one.project for one in plan if one.slip is not None} - {
        one.project for one in plan if one.kind == "version"
    }
    drawn = {one.item.id for one in paper(workspace.store, SAMPLE).draw.drawn}
    words = [
        Decided(one.key, WHOLE, "有误" if one.project in wrong else "无误")
        for one in records(workspace.store)
        if one.current and one.key in drawn
    ]
    decide(workspace, words)
    return sum(one.word == "有误" for one in words)


def as_planned(plan: list[Planned], work: Path) -> list[str]:
    """What is not as the generator made it, a line each."""
    told = records(found(work).store)
    current = [one for one in told if one.current]
    versions = {one.report for one in plan if one.kind == "version"}
    budgets = sum((one.budget for one in plan if one.kind == "report"), Decimal(0))
    slips = sum(one.slip is not None for one in plan if one.kind == "report" and one.report not in versions)
    proved = [one for one in current if any(each.flagged and not each.related for each in one.findings)]
    by_project = {one.project: one for one in proved}
    missed = sum(
        one.slip is not None and not _told(one, by_project)
        for one in plan
        if one.kind == "report" and one.report not in versions
    )
    figures: dict[str, tuple[int | Decimal, int | Decimal]] = {
        "报告份数": (len(current), sum(one.kind == "report" for one in plan)),
        "旧稿": (sum(not one.current and one.same_as is None for one in told), len(versions)),
        "另存的同一报告": (
            sum(one.same_as is not None for one in told),
            sum(one.kind == "format" for one in plan),
        ),
        "预算合计": (sum((one.budget or Decimal(0) for one in current), Decimal(0)), budgets),
        "查出的差错": (slips - missed, slips),
        "说明雷同": (groups(copied(found(work)).told), _copied(plan)),
    }
    for name, (got, planned) in figures.items():
        write(f"{name}：{show(Decimal(got))}，生成时是 {show(Decimal(planned))}\n")
    return [
        f"{name}对不上：{got}，应为 {planned}" for name, (got, planned) in figures.items() if got != planned
    ]


def groups(matters: Iterable[Told]) -> int:
    """Groups of reports that are bound by what they share: two passages of one pair are two matters, one group."""
    bound: dict[int, set[int]] = {}
    for one in matters:
        together = {side.record.id for side in one.sides}
        for other in list(together):
            together |= bound.get(other, set())
        bound |= dict.fromkeys(together, together)
    return len({id(one) for one in bound.values()})


def _copied(plan: list[Planned]) -> int:
    """Groups of reports that tell the same: whoever copied a copy is of the group of the first."""
    source = {one.report: one.copied for one in plan if one.copied is not None}
    firsts = set()
    for number in source:
        while (before := source.get(number)) is not None:
            number = before
        firsts.add(number)
    return len(firsts)


def _told(one: Planned, proved: dict[str, Record]) -> bool:
    record = proved.get(one.project)
    assert one.slip is not None
    return record is not None and bool({each.rule for each in record.findings} & set(one.slip.rules))


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
