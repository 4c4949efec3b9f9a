"""Counts where the two numbers stand that a rate, a mean or a rest is told of: `auditor/facts/context/meant.toml`.

    python -m scripts.meant [FOLDER …]

Counted on sound reports, by default the clean narratives of the benchmarks, with nothing marked by hand: the pair that
gives a number is probably meant, the more so the likelier its traits are among pairs that give one. The weights are
those under which the numbers of all reports are likeliest (a choice among the pairs of each and none of them), found
by climbing; each is pulled towards nil, so that what was hardly ever met adds nothing.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from auditor.document import read
from auditor.facts.context.meant import Told, claimed_of, pairs_for, values
from auditor.facts.context.number import numbers_of
from auditor.facts.stated import facts_of
from auditor.report import read_reports

_ROOT = Path(__file__).resolve().parent.parent
_OUT = _ROOT / "auditor" / "facts" / "context" / "meant.toml"
_STEPS, _SLOW = 60, 40
_RATE, _PULL = 0.5, 1.0
_SEEN = 5  # traits of fewer pairs are left out


@dataclass(frozen=True)
class Choice:
    """The pairs of one number as rows of traits, which of them give it, and how likely chance writes it."""

    told: Told
    traits: NDArray[np.int64]
    gives: NDArray[np.bool_]
    chance: float


@dataclass(frozen=True)
class Counts:
    """How often a number is told of none, by what it is, and the weight of each trait."""

    none: dict[Told, int]
    weights: dict[str, dict[str, int]]


def choices(paths: Sequence[Path], places: dict[tuple[str, str], int]) -> Iterator[Choice]:
    """Of all numbers of some reports; new traits get the next place."""
    for path in paths:
        for report in read_reports(read(path)):
            told = numbers_of(facts_of(report))
            for claimed in filter(None, map(claimed_of, told.all)):
                pairs = list(pairs_for(claimed, told))
                rows = [
                    [
                        places.setdefault((f"{claimed.told}-{pair.operation}", trait), len(places))
                        for trait in pair.traits
                    ]
                    for pair in pairs
                ]
                if rows:
                    gives = np.array([pair.relation.may_give for pair in pairs])
                    yield Choice(claimed.told, np.array(rows), gives, float(1 / values(claimed)))


def climbed(found: Sequence[Choice], traits: int) -> tuple[dict[Told, float], NDArray[np.float64]]:
    """Under what all numbers are likeliest."""
    weights, speed, none = np.zeros(traits), np.zeros(traits), dict.fromkeys(Told, 0.2)
    for step in range(_STEPS):
        slope, of_none = -_PULL * weights, {told: [0.0, 0] for told in Told}
        for one in found:
            sums = weights[one.traits].sum(axis=1)
            top = max(0.0, sums.max())
            likely, left = np.exp(sums - top), np.exp(-top)
            together = likely.sum() + left
            likely, left, apart = likely / together, left / together, none[one.told]
            given = (1 - apart) * likely * one.gives
            whole = given.sum() + ((1 - apart) * left + apart) * one.chance
            of_none[one.told][0] += apart * one.chance / whole
            of_none[one.told][1] += 1
            # What is told of none says nothing of where pairs stand.
            chosen = 1 - apart * one.chance / whole
            np.add.at(slope, one.traits, (given / whole - chosen * likely)[:, None])
        none = {told: total / max(1, number) for told, (total, number) in of_none.items()}
        speed = slope**2 if step == 0 else 0.9 * speed + 0.1 * slope**2
        weights += (_RATE if step < _SLOW else _RATE / 3) * slope / np.sqrt(speed + 1e-6)
    return none, weights


def counted(paths: Sequence[Path]) -> Counts:
    """What the reports tell."""
    places: dict[tuple[str, str], int] = {}
    found = list(choices(paths, places))
    seen = np.bincount(np.concatenate([one.traits.ravel() for one in found]), minlength=len(places))
    none, climbed_to = climbed(found, len(places))
    weights: dict[str, dict[str, int]] = {}
    for (kind, trait), at in sorted(places.items()):
        if seen[at] >= _SEEN and (weight := round(100 * float(climbed_to[at]))):
            weights.setdefault(kind, {})[trait] = weight
    return Counts({told: max(1, round(100 * share)) for told, share in none.items()}, weights)


def written(counts: Counts) -> str:
    """The file."""
    lines = [
        "# Written by scripts/meant.py.",
        "",
        "# Of a hundred numbers, those told of no two around them.",
        "[none]",
    ]
    lines += [f"{told} = {share}" for told, share in counts.none.items()]
    for kind, weights in counts.weights.items():
        lines += ["", "# Hundredths of natural logarithms.", f"[{kind}]"]
        lines += [f"{json.dumps(trait, ensure_ascii=False)} = {weight}" for trait, weight in weights.items()]
    return "\n".join([*lines, ""])


def main(folders: Sequence[Path]) -> str:
    """What the reports of some folders tell, as the file."""
    return written(counted(sorted(path for folder in folders for path in folder.rglob("*.txt"))))


if __name__ == "__main__":
    given = [Path(folder) for folder in sys.argv[1:]] or [_ROOT / "benchmarks" / "narratives"]
    _OUT.write_text(main(given), encoding="utf-8")
