"""Every kind of slip."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.bench import figures, foreign, scores, targets, words
from auditor.bench.clean import Base
from auditor.bench.slip import Kind


def kinds(bases: Sequence[Base]) -> list[Kind]:
    """The kinds of slip, in the order in which they are shown."""
    return [*figures.KINDS, *scores.KINDS, *targets.KINDS, *words.KINDS, foreign.kind(bases)]
