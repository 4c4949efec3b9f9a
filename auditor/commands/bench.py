"""`auditor bench`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from auditor.commands.answers import TextFormat, emit, refuse


def bench(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="[PATH…]", help="报告文件或文件夹；不给就用自带的样例。")
    ] = None,
    format: Annotated[TextFormat, typer.Option("--format", help="输出格式。")] = TextFormat.md,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="PATH", help="写入文件，不写到标准输出。")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="随机种子。")] = 1,
    most: Annotated[
        int, typer.Option("--most", metavar="N", min=1, help="每份报告每种差错最多植入几处。")
    ] = 4,
    compare: Annotated[
        Path | None, typer.Option("--compare", metavar="OLD.json", help="与以前的 JSON 结果相比。")
    ] = None,
) -> None:
    """在没有问题的报告里逐个植入差错，看查出多少、误报多少。"""
    from auditor.bench.page import as_json, as_markdown, compared
    from auditor.bench.run import NothingToMeasure
    from auditor.bench.run import bench as measured
    from auditor.console import say

    try:
        old = compare.read_text(encoding="utf-8") if compare else None
        tally = measured(paths or (), seed, most)
        text = compared(old, tally) if old is not None else ""
    except NothingToMeasure as error:
        refuse(str(error))
    except (OSError, ValueError) as error:
        refuse(f"读不了 {compare}：{error}")
    say(f"植入 {sum(family.planted for family in tally.families)} 处，随机种子 {seed}")
    text = as_json(tally) if format is TextFormat.json else as_markdown(tally) + text
    emit(text, output, is_json=format is TextFormat.json)
