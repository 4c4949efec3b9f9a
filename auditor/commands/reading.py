"""`auditor read` and `auditor text`: what was understood, and what was read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from auditor.commands.answers import TextFormat, emit, refuse

_Config = Annotated[Path | None, typer.Option("--config", metavar="PATH", help="配置文件。")]


def text(
    file: Annotated[str, typer.Argument(metavar="FILE", help="报告文件；- 表示标准输入。")],
    config: _Config = None,
) -> None:
    """输出读到的原文，备忘录里的起止位置按它的字符数计。"""
    from auditor.api import text_of
    from auditor.config import ConfigError, load
    from auditor.console import write_exactly
    from auditor.document import UnreadableFile

    try:
        content = text_of(file, load(config).limits)
    except (UnreadableFile, ConfigError) as error:
        refuse(str(error))
    write_exactly(content)


def read(
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help="报告文件；- 表示标准输入。")],
    format: Annotated[TextFormat, typer.Option("--format", help="输出格式。")] = TextFormat.md,
    draw: Annotated[
        Path | None,
        typer.Option("--draw", metavar="DIR", help="把识别到的表格画在 PDF 或图片的页面上，存入此文件夹。"),
    ] = None,
    config: _Config = None,
) -> None:
    """显示从报告里读懂了什么：项目、资金、指标、目标、规则，以及没有读懂的。"""
    from auditor.api import understood
    from auditor.config import ConfigError, load
    from auditor.console import say

    try:
        limits = load(config).limits
    except ConfigError as error:
        refuse(str(error))
    found = understood(files, draw, limits)
    for problem in found.problems:
        say(problem)
    emit(found.text(format.value), None, is_json=format is TextFormat.json)
    raise typer.Exit(2 if found.problems else 0)
