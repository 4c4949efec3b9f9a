"""No report makes reading it or a rule's work grow faster than the report: each rule's own examples, repeated.

An example is repeated some times and four times as often, in lines, in one line without an end of a
sentence, in one row, and in one column; its numbers differ from time to time. What is linear takes four
times as long, what is quadratic sixteen times. Processor time, the shortest of several runs where the
growth looks wrong: a machine that is busy for a while fails nothing.
"""

from __future__ import annotations

import gc
import random
import re
import time
from collections.abc import Callable, Iterator

import pytest

from auditor.document.open import read_bytes
from auditor.report import read_reports
from auditor.rules import Settings
from auditor.rules.catalogue import catalogue
from auditor.rules.manual import manual

_SHORT, _TIMES = 2_000, 4
_SUSPICIOUS = 0.08  # seconds over the long text: less is fast enough, whatever its growth
_WORST = _TIMES**1.4
_PATIENCE = (0.0, 0.0, 0.5, 2.0)  # seconds between the rounds that must all look wrong
_END = re.compile(r"[。；！？;!?]")
_BREAK = re.compile(r"\s*\n\s*")
_WORD = re.compile(r"[^\s，。；、：:,;|]+")
_NUMBER = re.compile(r"(?<![\d.])[1-9]\d*(?!\d*[年月日〕])")


def other_numbers(text: str, seed: int) -> str:
    """The text with other numbers of as many digits."""
    dice = random.Random(seed)
    return _NUMBER.sub(
        lambda found: str(dice.randrange(10 ** (len(found[0]) - 1), 10 ** len(found[0]))), text
    )


def in_lines(text: str, times: int) -> str:
    return "\n".join(other_numbers(text, at) for at in range(times))


def in_one_line(text: str, times: int) -> str:
    flat = _END.sub("，", _BREAK.sub("", text))
    return "".join(other_numbers(flat, at) for at in range(times))


def in_one_row(text: str, times: int) -> str:
    row = "\t".join(_WORD.findall(text))
    return ("\t".join(other_numbers(row, at) for at in range(times)) + "\n") * 2


def in_one_column(text: str, times: int) -> str:
    return "\n".join("\n".join(_WORD.findall(other_numbers(text, at))) for at in range(times))


SHAPES = (in_lines, in_one_line, in_one_row, in_one_column)


Costs = dict[str, float]
"""Processor seconds of reading a text, and of each rule on what was read."""


def costs(text: str) -> Costs:
    document = read_bytes(text.encode(), "例.txt")
    told = {}
    began = time.process_time()
    reports = read_reports(document)
    told["reading"] = time.process_time() - began
    for entry in catalogue():
        began = time.process_time()
        for _ in entry.check(reports, Settings()):
            pass
        told[entry.rule.code] = time.process_time() - began
    return told


def growth(measure: Callable[[int], Costs], times: int) -> dict[str, str]:
    """What grows too fast from `times` repetitions to four times as many, and from how long to how long. What
    looks so must go on at four times the size: where a bound of so many totals or aims is reached, it does not."""
    slow = _slower(measure, times)
    return _slower(measure, times * _TIMES) if slow else slow


def _slower(measure: Callable[[int], Costs], times: int) -> dict[str, str]:
    short: Costs = {}
    long: Costs = {}
    slow: set[str] = set()
    for pause in _PATIENCE:
        time.sleep(pause)
        for kept, found in ((short, measure(times)), (long, measure(times * _TIMES))):
            kept.update({name: min(seconds, kept.get(name, seconds)) for name, seconds in found.items()})
        slow = {
            name
            for name, seconds in long.items()
            if seconds >= _SUSPICIOUS and seconds > _WORST * max(short[name], 1e-4)
        }
        if not slow:
            break
    return {name: f"{short[name]:.3f} s to {long[name]:.3f} s" for name in sorted(slow)}


def examples() -> list[tuple[str, str, Callable[[str, int], str]]]:
    """What each rule fires on, in lines and in one line; the first of each in one row and one column too."""
    found: list[tuple[str, str, Callable[[str, int], str]]] = []
    for entry in catalogue():
        told = manual(entry.manual)
        own = told.examples("反例") or told.examples("正例")
        for at, example in enumerate(own):
            shapes = SHAPES if at == 0 else SHAPES[:2]
            found += [(f"{entry.rule.code}-{at}-{shape.__name__}", example.text, shape) for shape in shapes]
    return found


@pytest.fixture(autouse=True)
def no_collection() -> Iterator[None]:
    """As in a run: what is built is kept, so that a collection between costs what others have built."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.parametrize(
    ("text", "shape"), [one[1:] for one in examples()], ids=[one[0] for one in examples()]
)
def test_grows_as_the_report_does(text: str, shape: Callable[[str, int], str]) -> None:
    times = max(2, _SHORT // (len(text) + 1))
    assert growth(lambda repeated: costs(shape(text, repeated)), times) == {}


def test_what_grows_too_fast_is_noticed() -> None:
    def pairs(times: int) -> Costs:
        began = time.process_time()
        sum(one == other for one in range(times) for other in range(times))
        return {"pairs": time.process_time() - began}

    assert "pairs" in growth(pairs, 500)
