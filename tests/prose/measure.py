"""Each wording audited as it stands and with a slip planted: found, missed, said for nothing."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from random import Random

from auditor.api import plan
from auditor.document.open import read_bytes
from auditor.pipeline import run
from auditor.rules.base import Result, Verdict
from tests.prose.recipes import RECIPES, Drawn

_PATH = Path(__file__).with_name("structures.toml")
HEAD = ("云岭县2023年度乡村建设项目支出绩效自评报告", "一、基本情况")
_FUNDS = "全年预算873.56万元，支出873.56万元，执行率100%。"
_CHAPTER = re.compile(r"^[二三四五]、")
_NUMBERS = "二三四五六七八九"
_TRIES = 20
# Kinds that speak of the whole project's money, or of the same things: a report has one of each.
MONEY = ("rate-money", "share-money", "parts-money", "rest", "far-rest", "sums", "right")
_THINGS = ("twice", "table-text", "target", "differ")
_ALONE = ("cutoff", "stale", "announced")
_PER_REPORT = 4
FRAME = ("F107", "F111")
"""Ask for what a few sentences leave out (the spending, the reason of a low rate): of the frame, not of the wording."""


@dataclass(frozen=True)
class Wording:
    """One way to say it: paragraphs with slots."""

    kind: str
    text: tuple[str, ...]
    held_out: bool = False

    @property
    def harmless(self) -> bool:
        """Whether there is nothing to slip: figures of different things, or that only look wrong."""
        return self.kind in ("differ", "right")


@dataclass
class Tally:
    """Of one kind. `false` are results that say "inconsistent" of what is right, `asked` questions on it."""

    planted: int = 0
    found: int = 0
    clean: int = 0
    false: int = 0
    asked: int = 0
    missed: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


def wordings() -> list[Wording]:
    entries = tomllib.loads(_PATH.read_text("utf-8"))["structure"]
    return [Wording(one["kind"], tuple(one["text"]), one.get("held_out", False)) for one in entries]


def measure(held_out: bool, times: int, seed: int = 1, kinds: tuple[str, ...] = ()) -> dict[str, Tally]:
    """Tallies by kind, over the wordings that are (not) held out, each drawn `times` times."""
    tallies: dict[str, Tally] = {}
    for number, wording in enumerate(wordings()):
        if wording.held_out is held_out and (not kinds or wording.kind in kinds):
            tally = tallies.setdefault(wording.kind, Tally())
            for time in range(times):
                _one(wording, Random(f"{seed}/{number}/{time}"), tally)
    return tallies


def clean_reports(count: int, held_out: bool, seed: int = 1) -> tuple[int, int, list[str]]:
    """(false findings, questions, their messages) of reports of several wordings, nothing wrong in them."""
    false = asked = 0
    said: list[str] = []
    for number in range(count):
        text = report(_several(Random(f"clean/{seed}/{number}"), held_out))
        for result in _flagged(text):
            false += result.verdict is Verdict.INCONSISTENT
            asked += result.verdict is Verdict.QUERY
            said.append(f"{result.rule.code} {result.message}")
    return false, asked, said


def _several(random: Random, held_out: bool) -> list[str]:
    pool = [one for one in wordings() if one.held_out is held_out]
    other = [one for one in pool if one.kind not in (*MONEY, *_THINGS, *_ALONE)]
    chosen = [
        random.choice([one for one in pool if one.kind in MONEY]),
        random.choice([one for one in pool if one.kind in _THINGS]),
        *_of_each_kind(random, other),
    ]
    return [line for one in chosen for line in _filled(one, RECIPES[one.kind](random))]


def _of_each_kind(random: Random, pool: list[Wording]) -> Iterator[Wording]:
    for kind in random.sample(sorted({one.kind for one in pool}), _PER_REPORT):
        yield random.choice([one for one in pool if one.kind == kind])


def _one(wording: Wording, random: Random, tally: Tally) -> None:
    drawn = RECIPES[wording.kind](random)
    funds = wording.kind not in MONEY
    clean = report(_filled(wording, drawn), funds)
    said = _flagged(clean)
    tally.clean += 1
    tally.false += sum(result.verdict is Verdict.INCONSISTENT for result in said)
    tally.asked += sum(result.verdict is Verdict.QUERY for result in said)
    tally.said += [f"{result.rule.code} {result.verdict} {result.message}" for result in said]
    if wording.harmless:
        return
    text = report(_filled(wording, slipped(drawn, random)), funds)
    known = {(result.rule.code, result.message) for result in said}
    tally.planted += 1
    if any((result.rule.code, result.message) not in known for result in _flagged(text)):
        tally.found += 1
    else:
        tally.missed.append(text.split("\n", 2)[2].replace("\n", " / "))


def report(lines: list[str], funds: bool = False) -> str:
    """The report's text, its chapters numbered one after the other."""
    numbers = iter(_NUMBERS)
    numbered = [_CHAPTER.sub(lambda _: f"{next(numbers)}、", line) for line in lines]
    return "\n".join((*HEAD, *((_FUNDS,) if funds else ()), *numbered)) + "\n"


def _filled(wording: Wording, drawn: Drawn) -> list[str]:
    slots: Mapping[str, str] = drawn.words | drawn.slots
    return [line.format_map(slots) for line in wording.text]


def _flagged(text: str) -> list[Result]:
    """What is asked or found of the wordings; not what the frame around them leaves out."""
    start = sum(len(line) + 1 for line in HEAD)
    outcome = run([read_bytes(text.encode(), "例.txt")], plan().rules)
    return [
        item.result
        for document in outcome.documents
        for report in document.reports
        for item in report.items
        if item.result.flagged and item.result.rule.code not in FRAME
        if any(span.end > start for span in item.result.evidence)
    ]


def slipped(drawn: Drawn, random: Random) -> Drawn:
    """The same with one slot wrong. Raises `ValueError` where no slip breaks the relation."""
    slot = random.choice(drawn.slipped)
    if slot in drawn.wrong:
        return replace(drawn, slots=drawn.slots | {slot: drawn.wrong[slot]})
    values = {name: Decimal(text) for name, text in drawn.slots.items()}
    for _ in range(_TRIES):
        text = _miswritten(drawn.slots[slot], random)
        if text and not drawn.holds(values | {slot: Decimal(text)}):
            return replace(drawn, slots=drawn.slots | {slot: text})
    raise ValueError(f"nothing breaks {drawn.slots}")


def _miswritten(text: str, random: Random) -> str:
    """Two digits swapped, one changed, dropped or doubled: what hands and eyes do."""
    places = [at for at, char in enumerate(text) if char.isdigit()]
    at = random.choice(places)
    way = random.choice(("swap", "swap", "change", "change", "drop", "double"))
    if way == "swap" and at + 1 < len(text) and text[at + 1].isdigit():
        text = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    elif way == "drop" and len(places) > 2:
        text = text[:at] + text[at + 1 :]
    elif way == "double":
        text = text[: at + 1] + text[at:]
    else:
        text = text[:at] + str((int(text[at]) + random.randint(1, 9)) % 10) + text[at + 1 :]
    return "" if (text[:1] in ("0", ".") and not text.startswith("0.")) or text.endswith(".") else text
