"""What became of each finding: matched by fingerprint, else by rule and by where it stands.

A fingerprint holds values, so a finding whose figures were changed but are still wrong has another
one. It is the same finding where its figures, followed into the new version, are those that the
new finding speaks of.
"""

from __future__ import annotations

from collections.abc import Iterable

from auditor.compiled import compiled
from auditor.document import Span
from auditor.pipeline import Item
from auditor.recheck.align import Alignment
from auditor.rules import Result, Verdict
from auditor.values import frozen

_LITTLE = 0.3
"""Share of the places in common that makes two findings of one rule the same though their labels differ."""

_Anchor = tuple[str, int]


@frozen
class Followed:
    """A finding in both versions, or in one. `answer` is what the new version says there instead."""

    old: Item | None
    new: Item | None
    answer: Result | None = None


def follow(alignment: Alignment, old: list[Item], new: list[Item]) -> list[Followed]:
    """Every finding of either version once, in the order of the old memo, then the new ones."""
    before = [item for item in old if item.result.flagged]
    after = [item for item in new if item.result.flagged]
    partner = _by_fingerprint(before, after)
    taken = set(partner.values())
    rest = [at for at in range(len(before)) if at not in partner]
    free = [at for at in range(len(after)) if at not in taken]
    partner.update(_by_place(alignment, before, after, rest, free))
    taken = set(partner.values())
    answers = [item.result for item in new if not item.result.flagged]
    followed = [
        Followed(item, after[partner[at]])
        if at in partner
        else Followed(item, None, _answer(alignment, item.result, answers))
        for at, item in enumerate(before)
    ]
    return followed + [Followed(None, item) for at, item in enumerate(after) if at not in taken]


def _by_fingerprint(before: list[Item], after: list[Item]) -> dict[int, int]:
    marks = {item.fingerprint: at for at, item in enumerate(after)}
    return {at: marks[item.fingerprint] for at, item in enumerate(before) if item.fingerprint in marks}


def _by_place(
    alignment: Alignment, before: list[Item], after: list[Item], rest: list[int], free: list[int]
) -> dict[int, int]:
    there = {at: _places(alignment, after[at].result.evidence) for at in free}
    candidates = []
    for at in rest:
        here = _carried(alignment, before[at].result.evidence)
        for to in free:
            if before[at].result.rule.code != after[to].result.rule.code:
                continue
            likeness = _common(here, there[to])
            labelled = _labels(before[at].result) == _labels(after[to].result)
            if (labelled and (likeness or not here)) or likeness >= _LITTLE:
                candidates.append((labelled, likeness, -at, -to))
    found: dict[int, int] = {}
    for _, _, at, to in sorted(candidates, reverse=True):
        if -at not in found and -to not in found.values():
            found[-at] = -to
    return found


def _answer(alignment: Alignment, result: Result, answers: list[Result]) -> Result | None:
    """The tick mark of the same rule at the same place, or why it could not be checked there."""
    here = _carried(alignment, result.evidence)
    best: tuple[bool, float, int] | None = None
    for at, other in enumerate(answers):
        if other.rule.code != result.rule.code:
            continue
        likeness = _common(here, _places(alignment, other.evidence))
        labelled = bool(result.key) and _labels(result) == _labels(other)
        score = (other.verdict is Verdict.CONSISTENT, likeness + labelled, -at)
        if (likeness or labelled) and (best is None or score > best):
            best = score
    return None if best is None else answers[-best[2]]


def _labels(result: Result) -> tuple[str, ...]:
    """What names the finding, without its numbers."""
    return tuple(compiled(r"[-\d.,%]+").sub("#", part) for part in result.key or (result.message,))


def _common(one: set[_Anchor], other: set[_Anchor]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0


def _places(alignment: Alignment, evidence: Iterable[Span]) -> set[_Anchor]:
    """Figures of the new version that the evidence quotes; its lines where it quotes none."""
    spans = list(evidence)
    figures = alignment.new.figures_at(spans)
    if figures:
        return {("figure", span.start) for span in figures}
    return {("line", at) for at in alignment.new.lines_at(spans)}


def _carried(alignment: Alignment, evidence: Iterable[Span]) -> set[_Anchor]:
    """The same for evidence in the old version, as it stands in the new."""
    spans = list(evidence)
    figures = alignment.old.figures_at(spans)
    if figures:
        return {
            ("figure", alignment.figures[span].span.start) for span in figures if span in alignment.figures
        }
    return {("line", alignment.lines[at]) for at in alignment.old.lines_at(spans) if at in alignment.lines}
