"""The output formats by name."""

from __future__ import annotations

from collections.abc import Callable

from auditor.memo.markdown import markdown
from auditor.memo.model import Memo


def _json(memo: Memo) -> str:
    return memo.model_dump_json(indent=1) + "\n"


_FORMATS: dict[str, Callable[[Memo], str]] = {"md": markdown, "json": _json}


def render(memo: Memo, name: str) -> str:
    """The memo in the format of that name. Raises `KeyError` for an unknown one."""
    return _FORMATS[name](memo)
