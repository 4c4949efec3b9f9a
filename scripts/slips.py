"""Counts how likely each slip pattern is, planted and by chance, and writes `auditor/facts/slips.toml`.

    python -m scripts.slips [FOLDER …]

Counted on the clean narratives of the benchmarks. Planted: every way in which the bench writes a number wrong, each
kind once for every number. By chance: all pairs of different numbers of one unit in one report; a number counts once.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from pathlib import Path

from auditor.bench.edit import digit_dropped, digits_swapped, point_moved, sensible
from auditor.document import read
from auditor.facts.slip import Pattern, between
from auditor.figures import Figure, Kind, show
from auditor.report import read_reports

_ROOT = Path(__file__).resolve().parent.parent
_KINDS = (Kind.MONEY, Kind.COUNT, Kind.RATE)
_MOST_DIGITS = 6


def _numbers(folders: list[Path]) -> Iterator[list[Figure]]:
    """The numbers of each report, each once."""
    for path in sorted(path for folder in folders for path in folder.rglob("*.txt")):
        for report in read_reports(read(path)):
            found = {
                (figure.kind, figure.unit, figure.value): figure
                for figure in report.figures
                if figure.kind in _KINDS and not figure.is_vague and figure.value > 0
            }
            yield list(found.values())


def _wrong(digits: str) -> Iterator[list[str]]:
    """What each kind of writing slip makes of a number."""
    yield list(digits_swapped(digits))
    yield list(digit_dropped(digits))
    yield list(point_moved(digits))
    yield [
        digits[:at] + str((int(char) + step) % 10) + digits[at + 1 :]
        for at, char in enumerate(digits)
        if char.isdigit()
        for step in (1, 2, 3, 5)
    ]
    yield [digits[:at] + char + digits[at:] for at, char in enumerate(digits) if char.isdigit()]
    yield [show(Decimal(digits.replace(",", "")) * 10000)]


def main(folders: list[Path]) -> str:
    planted: dict[Pattern, Fraction] = dict.fromkeys(Pattern, Fraction(0))
    chance: dict[int, Counter[Pattern]] = {digits: Counter() for digits in range(1, _MOST_DIGITS + 1)}
    pairs: Counter[int] = Counter()
    for figures in _numbers(folders):
        for figure in figures:
            plain = show(figure.value)
            for options in _wrong(plain):
                kept = [one for one in options if sensible(one) and Decimal(one) not in (0, figure.value)]
                for number in kept:
                    decimals = max(figure.decimals, len(number.partition(".")[2]))
                    if pattern := between(Decimal(number), figure.value, decimals):
                        planted[pattern] += Fraction(1, len(kept))
        for one, other in combinations(figures, 2):
            if (one.kind, one.unit) != (other.kind, other.unit):
                continue
            digits = max(len(show(figure.value).replace(".", "").strip("0")) for figure in (one, other))
            digits = min(max(digits, 1), _MOST_DIGITS)
            pairs[digits] += 1
            decimals = max(one.decimals, other.decimals)
            pattern = between(one.value, other.value, decimals) or between(other.value, one.value, decimals)
            if pattern is not None:
                chance[digits][pattern] += 1
    lines = [
        "# Written by scripts/slips.py. Shares; a pattern never met by chance counts as met half a time.",
        "",
        "[planted]",
    ]
    total = sum(planted.values(), Fraction(0))
    lines += [f"{pattern.name} = {float(planted[pattern] / total):.4f}" for pattern in Pattern]
    for digits, found in chance.items():
        lines += ["", f"# {pairs[digits]} pairs", f"[digits-{digits}]"]
        lines += [
            f"{pattern.name} = {max(found[pattern], 0.5) / max(pairs[digits], 1):.5f}" for pattern in Pattern
        ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    places = [Path(one) for one in sys.argv[1:]] or [_ROOT / "benchmarks" / "narratives"]
    (_ROOT / "auditor" / "facts" / "slips.toml").write_text(main(places), "utf-8")
