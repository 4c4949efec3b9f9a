"""Counts where the two numbers stand that a rate, a mean or a rest is told of: `auditor/facts/context/meant.toml`.

    python -m scripts.meant [FOLDER …]

Counted on sound reports, by default the clean narratives of the benchmarks, with nothing marked by hand: the pair that
gives a number is probably meant, the more so the likelier its traits are among pairs that give one. The weights are
those under which the numbers of all reports are likeliest (a choice among the pairs of each), found
by climbing; each is pulled towards nil, so that what was hardly ever met adds nothing.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from auditor.document import read
from auditor.facts.context.meant import KINDS, as_round, claimed_of, pairs_for
from auditor.facts.context.number import numbers_of
from auditor.facts.stated import facts_of
from auditor.report import read_reports

_ROOT = Path(__file__).resolve().parent.parent
_OUT = _ROOT / "auditor" / "facts" / "context" / "meant.toml"
_STEPS, _SLOW = 60, 40
_RATE, _PULL = 0.5, 1.0
_NONE, _FEW = 0.2, 5  # of numbers that are told of none: so many of the first few
_SEEN = 5  # traits of fewer pairs are left out


@dataclass(frozen=True)
class Choice:
    """The pairs of one number as rows of traits, which of them give it, and how round it is among how many."""

    told: str
    traits: NDArray[np.int64]
    gives: NDArray[np.bool_]
    round: str
    others: float


@dataclass(frozen=True)
class Counts:
    """How often a number is told of none, and how often it is how round, by what it is, and the weight of each trait."""

    none: dict[str, int]
    round: dict[str, int]
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
                    nils, others = as_round(claimed)
                    yield Choice(claimed.kind, np.array(rows), gives, nils, float(others))


def rounded(found: Sequence[Choice]) -> dict[str, float]:
    """Of the numbers of each kind, the part that is so round."""
    kinds, nils = Counter(one.round.partition(",")[0] for one in found), Counter(one.round for one in found)
    return {nil: number / kinds[nil.partition(",")[0]] for nil, number in sorted(nils.items())}


def climbed(
    found: Sequence[Choice], parts: Mapping[str, float], traits: int
) -> tuple[dict[str, float], NDArray[np.float64]]:
    """Under what all numbers are likeliest."""
    weights, speed = np.zeros(traits), np.zeros(traits)
    none = dict.fromkeys(sorted(KINDS), _NONE)
    for step in range(_STEPS):
        slope, of_none = -_PULL * weights, {told: [_NONE * _FEW, _FEW] for told in none}
        for one in found:
            chance = parts[one.round] / one.others
            sums = weights[one.traits].sum(axis=1)
            likely = np.exp(sums - sums.max())
            likely, apart = likely / likely.sum(), none[one.told]
            given = (1 - apart) * likely * one.gives
            whole = given.sum() + apart * chance
            of_none[one.told][0] += apart * chance / whole
            of_none[one.told][1] += 1
            # What is told of none says nothing of where pairs stand.
            chosen = 1 - apart * chance / whole
            np.add.at(slope, one.traits, (given / whole - chosen * likely)[:, None])
        none = {told: total / number for told, (total, number) in of_none.items()}
        speed = slope**2 if step == 0 else 0.9 * speed + 0.1 * slope**2
        weights += (_RATE if step < _SLOW else _RATE / 3) * slope / np.sqrt(speed + 1e-6)
    return none, weights


def counted(paths: Sequence[Path]) -> Counts:
    """What the reports tell."""
    places: dict[tuple[str, str], int] = {}
    found = list(choices(paths, places))
    seen = np.bincount(np.concatenate([one.traits.ravel() for one in found]), minlength=len(places))
    parts = rounded(found)
    none, climbed_to = climbed(found, parts, len(places))
    weights: dict[str, dict[str, int]] = {}
    for (kind, trait), at in sorted(places.items()):
        if seen[at] >= _SEEN and (weight := round(100 * float(climbed_to[at]))):
            weights.setdefault(kind, {})[trait] = weight
    return Counts(_in_hundred(none), _in_hundred(parts), weights)


def _in_hundred(parts: Mapping[str, float]) -> dict[str, int]:
    return {kind: max(1, round(100 * part)) for kind, part in parts.items()}


def written(counts: Counts) -> str:
    """The file."""
    lines = [
        "# Written by scripts/meant.py.",
        "",
        "# Of a hundred numbers, those told of no two around them.",
        "[none]",
    ]
    lines += [f'"{told}" = {share}' for told, share in counts.none.items()]
    lines += ["", "# Of a hundred numbers, those with so many nils at the end.", "[round]"]
    lines += [f'"{nils}" = {share}' for nils, share in counts.round.items()]
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
