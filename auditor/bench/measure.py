"""Plants slips one at a time, audits again, and notes what was said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from random import Random

from auditor.bench.clean import Base, audit, flagged
from auditor.bench.edit import apply
from auditor.bench.neutral import NEUTRAL
from auditor.bench.slip import Kind, Slip
from auditor.document import Span
from auditor.rules import Result, Verdict
from auditor.values import frozen


@frozen
class Trial:
    """One slip planted.

    rules   codes of which one had to speak        right   those of them that did
    beside  other rules that quoted the changed place: they saw the consequence
    extra   codes of findings that speak of neither
    """

    kind: str
    base: str
    rules: tuple[str, ...]
    right: tuple[str, ...]
    beside: tuple[str, ...]
    extra: tuple[str, ...]
    change: str = ""

    @property
    def found(self) -> bool:
        return bool(self.right or self.beside)


@frozen
class NeutralTrial:
    """One neutral change of one document. What is said of a clean one is a false alarm; of a broken
    one, findings are kept, lost or added."""

    code: str
    title: str
    lossless: bool
    base: str
    inconsistent: int = 0
    query: int = 0
    kept: int = 0
    lost: int = 0
    added: int = 0


def trials(bases: Sequence[Base], kinds: Iterable[Kind], seed: int, most: int) -> Iterator[Trial]:
    """Up to `most` slips of each kind in each document; the same for the same seed."""
    for kind in kinds:
        for base in bases:
            for slip in slips(base, kind, seed, most):
                yield attempt(base, kind, slip)


def slips(base: Base, kind: Kind, seed: int, most: int) -> list[Slip]:
    """Up to `most` slips of the kind for the document, drawn by the seed."""
    draw = Random(f"{seed} {kind.code} {base.name}")
    found = [slip for report in base.reports for slip in kind.plant(report, draw)]
    return draw.sample(found, min(most, len(found)))


def attempt(base: Base, kind: Kind, slip: Slip) -> Trial:
    """One slip planted and the document audited again."""
    text, places = apply(base.text, slip.edits)
    audited = audit(text, base.name, *([slip.companion] if slip.companion else []))
    rules = slip.rules or kind.rules
    right: list[str] = []
    beside: list[str] = []
    extra: list[str] = []
    for result in flagged(audited):
        code = result.rule.code
        if code in rules and result.verdict.value in kind.verdicts:
            right.append(code)
        elif _touches(result, places):
            beside.append(code)
        else:
            extra.append(code)
    return Trial(kind.code, base.name, rules, tuple(right), tuple(beside), tuple(extra), _told(base, slip))


def neutral_trials(bases: Sequence[Base], broken: Sequence[Base]) -> Iterator[NeutralTrial]:
    """Every neutral change of every clean document, and every lossless one of the broken ones."""
    for bend in NEUTRAL:
        for base in bases:
            text = bend(base)
            if text == base.text:
                continue
            verdicts = Counter(result.verdict for result in flagged(audit(text, base.name)))
            yield NeutralTrial(
                bend.code, bend.title, bend.lossless, base.name,
                verdicts[Verdict.INCONSISTENT], verdicts[Verdict.QUERY],
            )  # fmt: skip
        for base in broken if bend.lossless else ():
            text = bend(base)
            if text == base.text:
                continue
            before = Counter(result.rule.code for result in flagged(audit(base.text, base.name)))
            after = Counter(result.rule.code for result in flagged(audit(text, base.name)))
            yield NeutralTrial(
                bend.code, bend.title, bend.lossless, base.name,
                kept=(before & after).total(), lost=(before - after).total(), added=(after - before).total(),
            )  # fmt: skip


def _touches(result: Result, places: Iterable[Span]) -> bool:
    """Whether the finding quotes a changed place; text taken away is quoted by what surrounds it."""
    return any(
        quoted.start <= place.end and place.start <= quoted.end
        for quoted in result.evidence
        for place in places
    )


def _told(base: Base, slip: Slip) -> str:
    return "；".join(f"{base.text[edit.span.start : edit.span.end]} → {edit.text}" for edit in slip.edits)
