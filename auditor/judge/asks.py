"""What a unit is asked to do about a finding of the model: by the question and the kind of indicator.

"重新说明实际效果" is wrong for 实施程序. The words are data, in `requests.toml`.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from auditor.judge.prompt import Question
from auditor.report.model import Indicator
from auditor.values import frozen

_BY_KIND = ("L801", "L802", "L803")
"""Questions whose remedy is to say what was done: what that is depends on the indicator."""


@frozen
class Kind:
    """A kind of indicator: words of its name, and what a unit writes of it."""

    name: str
    names: tuple[str, ...]
    ask: str


@cache
def kinds() -> tuple[Kind, ...]:
    """Those of the data file, in its order."""
    data = tomllib.loads(Path(__file__).with_name("requests.toml").read_text("utf-8"))
    return tuple(Kind(one["name"], tuple(one["names"]), one["ask"]) for one in data["kind"])


def kind_of(name: str, *above: str) -> Kind | None:
    """The kind that the row's own name tells, else the nearest level above that tells one."""
    for words in (name, *above):
        if found := next((kind for kind in kinds() if any(one in words for one in kind.names)), None):
            return found
    return None


def request(question: Question, row: Indicator | None, about: str) -> str:
    """What the unit is asked to do, in one sentence. `about` is what the model says the item is about, where
    it stands in no row that was read."""
    if question.rule.code in _BY_KIND:
        levels = [level.name for level in reversed(row.path)] if row is not None else []
        kind = kind_of(row.name, *levels) if row is not None else kind_of(about)
        if kind is not None:
            return kind.ask
    return question.ask
