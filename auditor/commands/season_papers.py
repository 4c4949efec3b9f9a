"""`auditor season show`, `export` and `report`: what a season tells, on the screen and in files."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from auditor.commands.answers import by_suffix, emit, refuse
from auditor.commands.season import At, ConfigFile, limits_of, season


class ShowFormat(StrEnum):
    md = "md"
    json = "json"
    html = "html"
    xlsx = "xlsx"
    docx = "docx"
    paper = "paper"
    letter = "letter"


def show(
    numbers: Annotated[
        list[int] | None, typer.Argument(metavar="[编号]…", help="报告编号；不写则列出全部报告。")
    ] = None,
    format: Annotated[
        ShowFormat | None, typer.Option("--format", help="输出格式；不写则看 -o 的后缀，没有 -o 的是 md。")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="PATH", help="写入文件，不写到标准输出。")
    ] = None,
    unit: Annotated[str, typer.Option("--unit", metavar="NAME", help="只列单位名称里有这几个字的。")] = "",
    config: ConfigFile = None,
    at: At = None,
) -> None:
    """列出报告，或输出指定报告的审核备忘录。"""
    from auditor.console import say, write
    from auditor.memo import WRITERS

    wanted = format.value if format else by_suffix(output, list(ShowFormat))
    if output is None and WRITERS[wanted].binary:
        refuse(f"{wanted} 不能写到标准输出，请用 -o 指定文件")
    with season(at) as workspace:
        from auditor.season.listing import lines
        from auditor.season.showing import shown

        if not numbers:
            for line in lines(workspace.store, unit):
                write(line + "\n")
            return
        content = shown(workspace.store, numbers, wanted, limits_of(config, workspace), say=say)
    emit(content, output, is_json=wanted == "json")
    if output is not None:
        say(f"已写出 {output}")


def export(
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="PATH", help="xlsx 台账、csv 清单或 jsonl 全部结果。")
    ],
    unit: Annotated[str, typer.Option("--unit", metavar="NAME", help="只要单位名称里有这几个字的。")] = "",
    trail: Annotated[bool, typer.Option("--trail", help="写出留痕（jsonl）。")] = False,
    config: ConfigFile = None,
    at: At = None,
) -> None:
    """写出这一季的结果：xlsx 台账可以填处理意见再收回来，csv 是报告清单，jsonl 是全部结果或留痕。"""
    from auditor.console import say

    with season(at) as workspace:
        from auditor.season import exporting
        from auditor.season.listing import current

        found = current(workspace.store, unit)
        if trail:
            told = exporting.saved(output, exporting.trail(workspace.store))
        elif output.suffix.lower() == ".csv":
            told = exporting.saved(output, exporting.table(found))
        elif output.suffix.lower() in (".jsonl", ".json"):
            told = exporting.saved(output, exporting.documents(workspace.store, found))
        elif output.suffix.lower() == ".xlsx":
            from auditor.season.showing import shown

            reports = [one.id for one in found if not one.letter]
            content = shown(workspace.store, reports, "xlsx", limits_of(config, workspace))
            emit(content, output)
            told = len(reports)
        else:
            refuse("只能写成 xlsx、csv 或 jsonl")
    if not trail and output.suffix.lower() == ".csv":
        told -= 1  # the head
    say(f"已写出 {output}：{told} {'条' if trail else '份'}")


def report(
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="PATH", help="写入的文件，后缀是 xlsx、html 或 docx。")
    ],
    since: Annotated[
        str, typer.Option("--since", metavar="日期", help="从哪一天起的变化，如 2025-03-01；不写则是近七天。")
    ] = "",
    previous: Annotated[
        Path | None, typer.Option("--previous", metavar="DIR", help="上一年那一季的工作区，用来逐年对比。")
    ] = None,
    memos: Annotated[
        bool, typer.Option("--memos", help="有问题的报告各写一份网页备忘录，汇总里点项目名就能打开。")
    ] = False,
    across: Annotated[
        bool, typer.Option("--across", help="加上报告之间的疑点（season across 和 season copies 查的）。")
    ] = False,
    template: Annotated[
        Path | None, typer.Option("--template", metavar="FILE.docx", help="本单位的 Word 模板。")
    ] = None,
    config: ConfigFile = None,
    at: At = None,
) -> None:
    """写出汇总：按单位、类别、金额、规则、程度和年度，多个单位犯同样的错，近期变化。"""
    from datetime import datetime

    from auditor.console import Progress, say

    with season(at) as workspace:
        from auditor.season.overview import making

        format = output.suffix.lower().removeprefix(".")
        if format not in making.FORMATS:
            refuse(f"只能写成 {'、'.join(making.FORMATS)}")
        before = None
        if previous is not None:
            from auditor.season.workspace import earlier

            before = earlier(workspace, previous)
        try:
            paper, reports = making.made(workspace, since, datetime.now(), before, across)
        except ValueError:
            refuse(f"--since 应是日期，如 2025-03-01，现为“{since}”")
        links: dict[int, str] = {}
        if memos:
            folder = output.with_name(f"{output.stem}-备忘录")
            links, lost = making.with_memos(
                workspace.store, reports, folder, limits_of(config, workspace), Progress()
            )
            for line in lost:
                say(line)
        content = making.written(paper, format, links, template, say)
    emit(content, output)
    say(f"已写出 {output}" + (f"，备忘录 {len(links)} 份" if memos else ""))
