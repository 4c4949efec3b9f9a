"""`auditor season across` and `copies`: what only several reports together show. No logic."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditor.commands.answers import refuse
from auditor.commands.season import At, Who, season

if TYPE_CHECKING:
    from auditor.season.comparing import Compared

_Out = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="PATH", help="写成 jsonl，供别的程序用。")
]


def across(
    previous: Annotated[
        Path | None, typer.Option("--previous", metavar="DIR", help="上一年的工作区，查沿用上年数字的。")
    ] = None,
    groups: Annotated[
        Path | None,
        typer.Option("--groups", metavar="CSV", help="把同一项目的材料怎样归并写成清单，不作比对。"),
    ] = None,
    corrected: Annotated[
        Path | None, typer.Option("--corrected", metavar="CSV", help="收下改好的归并清单，再比对。")
    ] = None,
    output: _Out = None,
    at: At = None,
    who: Who = "",
) -> None:
    """各份材料互相核对：同一项目两份数字、申报与自评、沿用上年、一笔支出两处列、部门整体与项目合计。有疑点返回 1。"""
    from auditor.console import say

    with season(at, who) as workspace:
        from auditor.season import comparing, exporting
        from auditor.season import workspace as folders

        if groups is not None:
            count = exporting.saved(groups, exporting.cells(comparing.rows(workspace)), worked_on=True)
            say(f"已写出 {groups}：{count - 1} 份；改“归并到”一列，再用 --corrected 收回来")
            return
        if corrected is not None:
            say(f"收下归并更正 {comparing.correct(workspace, corrected)} 份")
        earlier = None if previous is None else folders.earlier(workspace, previous)
        try:
            found = comparing.across(workspace, earlier)
        finally:
            if earlier is not None:
                earlier.store.close()
    say(f"归并出 {len(found.groups)} 个有几份材料的项目")
    _answer(found, output)


def copies(
    template: Annotated[
        Path | None, typer.Option("--template", metavar="FILE", help="空白表：表上印好的文字不算雷同。")
    ] = None,
    output: _Out = None,
    at: At = None,
) -> None:
    """各报告的说明互相比对：雷同的逐字核对后并排列出。有雷同返回 1。"""
    from auditor.api import text_of
    from auditor.document import UnreadableFile

    with season(at) as workspace:
        from auditor.season import comparing

        try:
            blank = "" if template is None else text_of(template)
        except UnreadableFile as error:
            refuse(str(error))
        try:
            found = comparing.copied(workspace, blank)
        except ModuleNotFoundError as error:
            from auditor.extras import how_to_get

            refuse(f"缺少组件 {error.name}，{how_to_get('season')}")
    _answer(found, output)


def _answer(found: Compared, output: Path | None) -> None:
    from auditor.console import say, write
    from auditor.season.across import pages
    from auditor.season.exporting import Foreign, saved

    if output is not None:
        try:
            say(f"已写出 {output}：{saved(output, pages.documents(found.told))} 条")
        except Foreign as error:
            refuse(str(error))
    else:
        for line in pages.lines(found.told):
            write(line + "\n")
    if found.blind:
        say(f"{found.blind} 份报告是旧版程序审核的，没有比对，请运行 season run --fresh")
    if found.dropped:
        say(f"{found.dropped} 条的引文与原文对不上，没有列出")
    say(f"疑点 {len(found.told)} 条，都要请单位说明，不是结论")
    raise typer.Exit(1 if found.told else 0)
