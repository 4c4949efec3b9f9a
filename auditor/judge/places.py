"""Where prompts and cassettes lie: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def carried(folder: str) -> Path:
    """The folder of that name that travels with the program."""
    installed = _PACKAGE / "_data" / folder
    return installed if installed.is_dir() else _PACKAGE.parent / folder


def own(cassettes: str) -> Path:
    """The run's own folder of answers and logs. The folder that came with a checkout is never written to:
    what a run leaves would show among the program's files."""
    folder = Path(cassettes)
    if folder.resolve() == carried("cassettes").resolve():
        return Path(".auditor") / "cassettes"
    return folder
