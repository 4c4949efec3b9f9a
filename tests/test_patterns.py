"""No regular expression of the package takes more than linear time, whatever a report holds.

Each pattern is run, in the way the package calls it, over text made of its own pieces, short and four
times as long: a linear one takes four times as long, a quadratic one sixteen times. Processor time, the
shortest of many runs taken in turn and, where the growth looks wrong, over several seconds: a machine
that is busy for a while fails nothing, and a pattern that is slow stays slow.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest

from tests.patterns import attacks, compiled, used

_SHORT, _TIMES = 4_000, 4
_SUSPICIOUS = 0.02  # seconds over the long text: less is fast enough, whatever its growth
_WORST = 9.0  # between 4 (linear) and 16 (quadratic)
_HOPELESS = 0.1  # seconds for a few dozen repetitions: exponential
_PATIENCE = (0.0, 0.1, 0.3, 1.0, 2.0)  # seconds between the rounds that must all look wrong

PATTERNS = compiled()


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def growth(pattern: re.Pattern[str], piece: str, method: str) -> float:
    """How many times longer four times the text takes; 0 where that is too fast to matter."""

    def through(text: str) -> Callable[[], object]:
        if method == "finditer":
            return lambda: sum(1 for _ in pattern.finditer(text))
        return lambda: getattr(pattern, method)(text)

    for repeats in range(8, 23, 2):
        if seconds(through(piece * repeats + "\x00")) > _HOPELESS:
            return float("inf")
    small = piece * (_SHORT // len(piece))
    short, long = through(small + "\x00"), through(small * _TIMES + "\x00")
    if seconds(long) < _SUSPICIOUS:
        return 0.0
    least_short = least_long = factor = float("inf")
    for pause in _PATIENCE:
        time.sleep(pause)
        for _ in range(2):
            least_short, least_long = min(least_short, seconds(short)), min(least_long, seconds(long))
        factor = least_long / max(least_short, 1e-6)
        if factor < _WORST:
            break
    return factor


def test_the_patterns_are_found() -> None:
    assert len(PATTERNS) > 300


@pytest.mark.parametrize("place", PATTERNS)
def test_takes_linear_time(place: str) -> None:
    pattern, method = PATTERNS[place], used(place)
    grown = {piece: growth(pattern, piece, method) for piece in attacks(pattern)}
    assert {piece: round(factor, 1) for piece, factor in grown.items() if factor >= _WORST} == {}


@pytest.mark.parametrize(
    ("words", "method"),
    [(r"(?:中|文|中文)*完", "fullmatch"), (r"(?:中|文)*完", "finditer"), (r"中(?:.|文)*完", "finditer")],
)
def test_a_slow_pattern_is_noticed(words: str, method: str) -> None:
    pattern = re.compile(words)
    assert any(growth(pattern, piece, method) >= _WORST for piece in attacks(pattern))
