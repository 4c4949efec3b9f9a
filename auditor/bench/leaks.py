"""How many names and numbers of a corpus would leave, kind by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from auditor.bench.privacy_corpus import Case
from auditor.compiled import compiled
from auditor.judge.mask import Masker
from auditor.judge.personal import perhaps_names, study

_IDLE = compiled(r"[\s\u200b().（）-]+")


@dataclass
class Leaks:
    """By kind: values that ought not to leave, those that would, and those that would and nobody is shown before."""

    lines: int = 0
    values: Counter[str] = field(default_factory=Counter)
    leaked: Counter[str] = field(default_factory=Counter)
    silent: Counter[str] = field(default_factory=Counter)
    examples: list[Case] = field(default_factory=list)


def measure(corpus: Iterable[Case]) -> Leaks:
    """Masks each case as a report of its own; a value leaks if its characters stand in what is sent."""
    told = Leaks()
    for case in corpus:
        sent = _IDLE.sub("", Masker(case.text).mask(case.text))
        lost = [value for value in case.secrets if _IDLE.sub("", value) in sent]
        told.lines += 1
        told.values[case.kind] += len(case.secrets)
        told.leaked[case.kind] += len(lost)
        if lost:
            shown = perhaps_names(case.text, study(case.text))
            told.silent[case.kind] += sum(value not in shown for value in lost)
            told.examples.append(case)
    return told
