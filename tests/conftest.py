"""What the tests share: the command line, in this process or in one of its own."""

from __future__ import annotations

import os
import subprocess
import sys
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
        words = [str(argument) for argument in arguments]
        answer = CliRunner().invoke(app, words, input=stdin, prog_name="auditor")
        if answer.exception is not None and not isinstance(answer.exception, SystemExit):
            raise answer.exception
        return Answer(answer.exit_code, answer.stdout, answer.stderr)

    return call


def shell(
    *arguments: str | Path, encoding: str = "utf-8", seconds: float = 60
) -> subprocess.CompletedProcess[bytes]:
    """Calls the command line in a process of its own, on a console of that encoding.

    Raises `subprocess.TimeoutExpired` if it takes longer than that.
    """
    return subprocess.run(
        [sys.executable, "-m", "auditor", *map(str, arguments)],
        capture_output=True, timeout=seconds, check=False,
        env={**os.environ, "PYTHONIOENCODING": encoding},
    )  # fmt: skip
