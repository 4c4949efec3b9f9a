"""`auditor decide` and `auditor recheck`: what a bureau decided, and what a unit mended."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from auditor.commands.answers import by_suffix, emit, refuse, same


class ReplyFormat(StrEnum):
    md = "md"
    json = "json"
    html = "html"
    docx = "docx"
    xlsx = "xlsx"


def decide(
    ledger: Annotated[
        Path,
        typer.Argument(metavar="LEDGER.xlsx|LETTER.docx", help="填好的台账，或者单位答复后的退回修改函。"),
    ],
    decisions: Annotated[
        Path | None,
        typer.Option("--decisions", metavar="FILE", help="写入这个处理意见文件；不写则写在各份报告旁边。"),
    ] = None,
) -> None:
    """把台账里填的处理意见（确认、驳回、存疑）、函里填的单位答复收下，以后审核时列在各条之下。有没收下的返回 2。"""
    from datetime import datetime

    from auditor.config import ConfigError, load
    from auditor.console import say, write
    from auditor.memo import MissingExtra
    from auditor.memo.deciding import decide as take
    from auditor.memo.decisions import DecisionsError

    try:
        outcome = take(ledger, decisions, datetime.now(), load().limits)
    except (ConfigError, DecisionsError, MissingExtra) as error:
        refuse(str(error))
    for line in outcome.told:
        write(line + "\n")
    for line in (*outcome.remarks, *outcome.problems):
        say(line)
    raise typer.Exit(2 if outcome.problems else 0)


def recheck(
    old: Annotated[str, typer.Argument(metavar="OLD", help="整改前的报告文件或文件夹。")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="整改后的报告文件或文件夹，按项目与整改前对应。")],
    format: Annotated[
        ReplyFormat | None, typer.Option("--format", help="输出格式；不写则看 -o 的后缀，没有 -o 的是 md。")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="PATH", help="写入文件，不写到标准输出。")
    ] = None,
    config: Annotated[Path | None, typer.Option("--config", metavar="PATH", help="配置文件。")] = None,
    decisions: Annotated[
        Path | None, typer.Option("--decisions", metavar="FILE", help="处理意见文件。")
    ] = None,
) -> None:
    """比对整改前后两稿，逐条说明已改、未改、改出新错、改了结论没改数。都已整改返回 0，还有待整改的返回 1，有文件读不了返回 2，其余照样比对。"""
    from auditor.api import recheck as compared
    from auditor.config import ConfigError, load
    from auditor.console import say
    from auditor.document import UnreadableFile
    from auditor.memo import MissingExtra
    from auditor.memo.decisions import DecisionsError
    from auditor.recheck.render import render

    chosen_format = format or ReplyFormat(by_suffix(output, list(ReplyFormat)))
    if output is None and chosen_format in (ReplyFormat.docx, ReplyFormat.xlsx):
        refuse(f"{chosen_format} 不能写到标准输出，请用 -o 指定文件")
    if output is not None and any(same(output, file) for file in (old, new)):
        refuse(f"-o {output} 就是要比对的文件，为免覆盖原件，未写入")
    try:
        chosen = load(config)
        found = compared(
            _side(old), _side(new), chosen.settings, chosen.select, chosen.ignore, decisions, chosen.limits
        )
    except (ConfigError, DecisionsError, UnreadableFile) as error:
        refuse(str(error))
    except ValueError as error:
        refuse(f"没有代码以“{error}”开头的规则，用 auditor rules 查看全部规则")
    try:
        content = render(found, chosen_format.value)
    except MissingExtra as error:
        refuse(str(error))
    emit(content, output, is_json=chosen_format is ReplyFormat.json)
    if output is not None:
        say(f"已写出 {output}：{found.told()}")
    for one in found.unreadable:
        say(f"{one.path}：{one.reason}")
    raise typer.Exit(2 if found.unreadable else int(found.open))


def _side(name: str) -> list[str]:
    """The files of one version: those of a folder, or the one file."""
    from auditor.commands.folders import gathered

    found = gathered([name])
    if not found.files:
        refuse(next(found.told()))
    return found.files
