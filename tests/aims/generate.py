"""Reports made of the frames: what is said of the aims in them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from auditor.document import read_bytes
from auditor.pipeline import run
from auditor.rules.base import Verdict
from auditor.rules.catalogue import catalogue

_FRAMES = Path(__file__).with_name("frames.toml")
_HEAD = "云溪县2023年度民生项目支出绩效自评报告\n一、项目概况\n"


@dataclass(frozen=True)
class Made:
    """A report, and the number in it that misses its aim ("" where none does)."""

    text: str
    wrong: str


@cache
def frames() -> dict[str, list[dict[str, Any]]]:
    """Every frame by its table."""
    return tomllib.loads(_FRAMES.read_text("utf-8"))


def made(ending: str, *, held: bool, missed: bool) -> Iterator[Made]:
    """A report for each thing, aim and ending of one half of the frames that go together; the text between them
    changes from one to the next."""
    aims, endings, gaps = (
        [one for one in frames()[table] if one.get("held", False) is held]
        for table in ("aims", ending, "gaps")
    )
    number = 0
    for thing in frames()["things"]:
        for aim in aims:
            for end in endings:
                if not all(_goes(frame, thing) for frame in (aim, end)):
                    continue
                number += 1
                yield _made(thing, aim["text"], gaps[number % len(gaps)]["text"], end["text"], missed=missed)


def _goes(frame: dict[str, Any], thing: dict[str, Any]) -> bool:
    lower = thing.get("lower", False)
    return not ((frame.get("upper", False) and lower) or (frame.get("lower", False) and not lower)) and (
        not frame.get("parts", False) or "parts" in thing
    )


def _made(thing: dict[str, Any], aim: str, gap: str, end: str, *, missed: bool) -> Made:
    actual = thing["bare"].format(thing["missed" if missed else "met"])
    words = {
        "of": thing["of"],
        "bound": thing["bound"].format(thing["aim"]),
        "bare": thing["bare"].format(thing["aim"]),
        "a": actual,
        "parts": "、".join(thing.get("parts" if missed else "parts_met", ())),
    }
    return Made(f"{_HEAD}{aim.format(**words)}\n{gap}{end.format(**words)}\n", actual if missed else "")


def asked(one: Made) -> list[str]:
    """What I301 asks or says of a report."""
    outcome = run([read_bytes(one.text.encode(), "report.txt")], catalogue())
    return [
        item.result.message
        for document in outcome.documents
        for report in document.reports
        for item in report.items
        if item.result.rule.code == "I301" and item.result.verdict in (Verdict.QUERY, Verdict.INCONSISTENT)
    ]
