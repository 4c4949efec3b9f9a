"""The command line. No logic: heavy imports wait inside the commands, so that `--version` is instant."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from auditor.commands import (
    about,
    audit,
    bench,
    chinese,
    judge,
    reading,
    reply,
    season,
    season_across,
    season_papers,
    season_samples,
)
from auditor.version import __version__

_COMMANDS = {
    command.__name__: command
    for command in (
        audit.audit, reply.decide, reply.recheck, reading.read, reading.text,
        about.rules, about.explain, about.schema, about.template, bench.bench,
    )
}  # fmt: skip
for command in (
    season_papers.show, season_papers.report, season_papers.export,
    season_samples.risk, season_samples.sample, season_samples.evaluate, season_across.across, season_across.copies,
):  # fmt: skip
    season.app.command(cls=chinese.Command)(command)
_GROUPS = {"judge": judge.app, "season": season.app}


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"auditor {__version__}")
        raise typer.Exit


def auditor(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本号。")
    ] = False,
) -> None:
    """审核财政支出绩效自评报告：能复算的全部复算，每条结论都有原文为证。"""


def program(only: str = "") -> typer.Typer:
    """The whole command line, or what a call needs that names one command: typer takes every parameter of every
    command apart before it looks at the call."""
    app = typer.Typer(
        add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None, no_args_is_help=True,
        cls=chinese.Auditor,
    )  # fmt: skip
    app.callback()(auditor)
    for name, command in _COMMANDS.items():
        if only in ("", name):
            app.command(cls=chinese.Command)(command)
    for name, group in _GROUPS.items():
        if only in ("", name):
            app.add_typer(group, name=name)
    return app


app = program()


def main() -> None:
    """Whatever happens, one line and an exit status: 2 where something could not be done or written."""
    from auditor.console import CannotWrite, reason, say, settle
    from auditor.interrupts import remembered

    settle()
    try:
        with remembered():
            program(chinese.meant(sys.argv[1:], {*_COMMANDS, *_GROUPS}))(prog_name="auditor")
    except CannotWrite as error:
        say(f"错误：{error}")
        sys.exit(2)
    except OSError as error:
        say(f"错误：{f'{error.filename}：' if error.filename else ''}{reason(error)}")
        sys.exit(2)
    except KeyboardInterrupt:
        say("已中断")
        sys.exit(130)
    except Exception as error:
        say(f"错误：程序内部出错（{type(error).__name__}：{error}），未能完成；请把这一行报告给维护者")
        sys.exit(2)


if __name__ == "__main__":
    main()
