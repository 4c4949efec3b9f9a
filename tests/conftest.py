"""What the tests share: the command line in one call."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from typer.testing import CliRunner


class Answer(NamedTuple):
    status: int
    out: str
    err: str


Cli = Callable[..., Answer]


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Cli:
    """Calls the command line in this process, from an empty folder."""
    from auditor.cli import app

    monkeypatch.chdir(tmp_path)

    def call(*arguments: str | Path, stdin: bytes | None = None) -> Answer:
        answer = CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)
        if answer.exception is not None and not isinstance(answer.exception, SystemExit):
            raise answer.exception
        return Answer(answer.exit_code, answer.stdout, answer.stderr)

    return call
