"""The command line speaks Chinese, also where typer and click have words of their own, and takes a
report for what it is: `auditor 报告.docx` means `auditor audit 报告.docx`."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Container, Iterable, Sequence
from enum import StrEnum
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup

_DEFAULT = "audit"
_WrongCall: Any = next(one for one in typer.BadParameter.__mro__ if one.__name__ == "ClickException")
"""What typer's parser raises: newer versions have a click of their own and name it nowhere else."""


@cache
def _words(kind: str) -> list[tuple[re.Pattern[str], str]]:
    import tomllib
    from importlib.resources import files

    data = tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))
    return [(re.compile(one["find"]), one["put"]) for one in data[kind]]


def told(error: Any) -> str:
    """What was wrong with the call, in one line."""
    message = " ".join(error.format_message().split())
    for pattern, put in _words("errors"):
        if match := pattern.search(message):
            return match.expand(put).replace("'", "").replace(" / ", "、")
    return message


def helped(page: str) -> str:
    """A help page in Chinese."""
    for pattern, put in _words("help"):
        page = pattern.sub(put, page)
    return page


class Command(TyperCommand):
    """A command whose help page is Chinese."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        _take_plainly(self.get_params(ctx))
        return super().parse_args(ctx, args)

    def get_help(self, ctx: Any) -> str:
        return helped(super().get_help(ctx))


class Group(TyperGroup):
    """The same for a group of commands; the outermost one answers for all errors."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        _take_plainly(self.get_params(ctx))
        return super().parse_args(ctx, args)

    def get_help(self, ctx: Any) -> str:
        return helped(super().get_help(ctx))

    def main(self, *args: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        if not standalone_mode:
            return super().main(*args, **{**extra, "standalone_mode": False})
        try:
            status = super().main(*args, **{**extra, "standalone_mode": False})
        except _WrongCall as error:
            from auditor.console import say, write_error

            context: typer.Context | None = getattr(error, "ctx", None)
            if type(error).__name__ == "NoArgsIsHelpError" and context is not None:
                write_error(context.get_help() + "\n")
            else:
                command = context.command_path if context else "auditor"
                say(f"错误：{told(error)}（用法见 {command} --help）")
            sys.exit(2)
        except typer.Abort:
            raise KeyboardInterrupt from None
        sys.exit(status if isinstance(status, int) else 0)


class Auditor(Group):
    """The outermost group."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args and args[0] not in self.commands and _is_report(args[0]):
            args = [_DEFAULT, *args]
        return super().resolve_command(ctx, args)


def _take_plainly(params: Iterable[Any]) -> None:
    """Newer versions of typer have pydantic take every word of a call to the type of its parameter, a fifth of what a
    start costs: let it have those words only that are no plain matter."""
    for param in params:
        if hasattr(param, "get_runtime_param"):
            param.get_runtime_param = partial(_Taken, param.get_runtime_param)


class _Taken(NamedTuple):
    """How the word of a call becomes the value of a parameter; `otherwise` is typer's own way."""

    otherwise: Callable[[], Any]

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        several = param.multiple or param.nargs == -1
        kind = param.type_descriptor.annotation
        if value is None:
            return () if several else None
        if several and kind == list[str]:
            return list(value)
        if isinstance(kind, type) and isinstance(value, kind):
            return value
        if kind is Path and isinstance(value, str):
            return Path(value)
        if isinstance(kind, type) and issubclass(kind, StrEnum) and value in list(kind):
            return kind(value)
        return self.otherwise().coerce(value, param=param, ctx=ctx)


def meant(args: Sequence[str], commands: Container[str]) -> str:
    """The command that a call begins with or, naming a report, means; "" where that is not plain."""
    first = args[0] if args else ""
    if first in commands:
        return first
    option = first.startswith("-") and first != "-"
    return _DEFAULT if first and not option and _is_report(first) else ""


def _is_report(word: str) -> bool:
    """Whether it can only be meant as a file: it is there, or it is written like one."""
    try:
        return word == "-" or Path(word).exists() or bool(Path(word).suffix) or "/" in word or "\\" in word
    except (OSError, ValueError):
        return True
