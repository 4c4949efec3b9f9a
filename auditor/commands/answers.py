"""How a command answers: content to a file or to standard output, or one line and exit status 2."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from auditor.isolation import Limits


class TextFormat(StrEnum):
    md = "md"
    json = "json"


def refuse(message: str) -> NoReturn:
    """Says why nothing was done. Raises `typer.Exit`."""
    from auditor.console import say

    say(f"错误：{message}")
    raise typer.Exit(2)


def emit(
    content: str | bytes, output: Path | None, *, is_json: bool = False, limits: Limits | None = None
) -> None:
    """Writes to `output`, or to standard output, where only text can go. A ledger or a letter in which somebody
    has written is not replaced. Raises `typer.Exit`."""
    from auditor.console import save, write, write_json

    if output is not None:
        from auditor.memo.confined import guarded

        if problem := guarded(output, content, limits):
            refuse(f"{output} {problem}")
        if problem := save(output, content):
            refuse(f"写不了 {output}：{problem}")
        return
    assert isinstance(content, str)
    (write_json if is_json else write)(content)


def by_suffix(output: Path | None, known: Collection[str]) -> str:
    """The format, one of those `known`, that the name of the output asks for. Raises `typer.Exit`."""
    from auditor.memo import WRITERS, named_by

    if output is None or not output.suffix:
        return "md"
    name = named_by(output)
    if name is None or name not in known:
        able = dict.fromkeys(WRITERS[one].suffix.removeprefix(".") for one in known)
        refuse(f"不能写成 {output.suffix} 文件，能写的有 {'、'.join(able)}（或者用 --format 指定）")
    return name


def same(output: Path, file: str) -> bool:
    """Whether both name the same existing file."""
    try:
        return file != "-" and output.samefile(file)
    except (OSError, ValueError):
        return False
