"""The command line. No logic: heavy imports wait inside the commands, so that `--version` is instant."""

from __future__ import annotations

from typing import Annotated

import typer

from auditor.commands import about, audit, bench, chinese, judge, reading, reply
from auditor.version import __version__

app = typer.Typer(
    add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None, no_args_is_help=True,
    cls=chinese.Auditor,
)  # fmt: skip
for command in (
    audit.audit, reply.decide, reply.recheck, reading.read, reading.text,
    about.rules, about.explain, about.schema, about.template, bench.bench,
):  # fmt: skip
    app.command(cls=chinese.Command)(command)
app.add_typer(judge.app, name="judge")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"auditor {__version__}")
        raise typer.Exit


@app.callback()
def auditor(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本号。")
    ] = False,
) -> None:
    """审核财政支出绩效自评报告：能复算的全部复算，每条结论都有原文为证。"""


def main() -> None:
    from auditor.console import settle

    settle()
    app(prog_name="auditor")


if __name__ == "__main__":
    main()
