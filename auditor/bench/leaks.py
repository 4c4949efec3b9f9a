"""How many names and numbers of `privacy_corpus` would leave, kind by kind."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from auditor.bench.privacy_corpus import Case, cases
from auditor.compiled import compiled
from auditor.judge.mask import Masker

_IDLE = compiled(r"[\s\u200b().（）-]+")


@dataclass
class Leaks:
    """By kind: values that ought not to leave, and those that would."""

    lines: int = 0
    values: Counter[str] = field(default_factory=Counter)
    leaked: Counter[str] = field(default_factory=Counter)
    examples: list[Case] = field(default_factory=list)


def measure(seed: int = 1, each: int = 30) -> Leaks:
    """Masks each case as a report of its own; a value leaks if its characters stand in what is sent."""
    told = Leaks()
    for case in cases(seed, each):
        sent = _IDLE.sub("", Masker(case.text).mask(case.text))
        lost = [value for value in case.secrets if _IDLE.sub("", value) in sent]
        told.lines += 1
        told.values[case.kind] += len(case.secrets)
        told.leaked[case.kind] += len(lost)
        if lost:
            told.examples.append(case)
    return told
