"""One cause is one finding: results that blame the same cell stand under the worst of them."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from auditor.document import Span
from auditor.figures import Figure
from auditor.pipeline.stake import worth
from auditor.rules import Result, Severity, Verdict

_VERDICTS = (Verdict.INCONSISTENT, Verdict.QUERY, Verdict.NOT_ASSESSABLE, Verdict.CONSISTENT)
_SEVERITIES = (Severity.HIGH, Severity.MEDIUM, Severity.LOW)


Stake = Callable[[Result], Figure | None]


@dataclass
class Item:
    """One result with its fingerprint, and the fingerprints of those that share its cause. `leads` says
    that the others stand under it; `stake` is the largest amount that it speaks of."""

    result: Result
    fingerprint: str
    related: tuple[str, ...] = ()
    leads: bool = True
    stake: Figure | None = None


def items(results: Iterable[Result], stake: Stake = lambda result: None) -> list[Item]:
    """Results in the order a memo prints them: findings by severity, then by money at stake, those of
    one cause side by side behind the worst of them; then what could not be checked; tick marks."""
    ordered = sorted(results, key=_printed)
    marks = fingerprints(ordered)
    found = [Item(one, mark, stake=stake(one)) for one, mark in zip(ordered, marks, strict=True)]
    causes = [[found[at] for at in sorted(members)] for members in _causes(ordered)]
    for cause in causes:
        for item in cause:
            item.related = tuple(other.fingerprint for other in cause if other is not item)
            item.leads = item is cause[0]
    return [item for cause in sorted(causes, key=_weight) for item in cause]


def _weight(cause: list[Item]) -> tuple[int, int, Decimal]:
    """What orders the causes; the sort keeps those of equal weight as `_printed` has them."""
    first = cause[0].result
    if not first.flagged:
        return _VERDICTS.index(first.verdict), 0, Decimal(0)
    return 0, _SEVERITIES.index(first.level), -max(worth(item.stake) for item in cause)


def _printed(result: Result) -> tuple[int, int, int, str]:
    """Within a cause, and among equals: the verdict, then findings by severity and place, tick marks by
    rule and place."""
    place = result.evidence[0].start if result.evidence else 0
    verdict = _VERDICTS.index(result.verdict)
    if not result.flagged:
        return verdict, 0, 0, f"{result.rule.code} {place:012d}"
    return verdict, _SEVERITIES.index(result.level), place, result.rule.code


def fingerprints(results: Iterable[Result]) -> list[str]:
    """16 hex digits each: rule and normalised key, never a place. The second result with the same
    rule and key is hashed with "#2", and so on, so that they are unique within a report."""
    seen: Counter[str] = Counter()
    marks = []
    for result in results:
        parts = [result.rule.code, *map(_normal, result.key or (result.message,))]
        identity = json.dumps(parts, ensure_ascii=False)
        seen[identity] += 1
        if seen[identity] > 1:
            identity += f"#{seen[identity]}"
        marks.append(hashlib.sha256(identity.encode("utf-8", "backslashreplace")).hexdigest()[:16])
    return marks


@lru_cache(maxsize=4096)
def _normal(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _causes(results: list[Result]) -> list[list[int]]:
    """Indices of results, those with overlapping culprits together; only findings are joined."""
    leader = list(range(len(results)))

    def lead(at: int) -> int:
        while leader[at] != at:
            leader[at] = leader[leader[at]]
            at = leader[at]
        return at

    blamed = sorted(
        (span, at) for at, result in enumerate(results) if result.flagged for span in result.culprits
    )
    reach: tuple[Span, int] | None = None
    for span, at in blamed:
        if reach is not None and reach[0].overlaps(span):
            first, second = sorted((lead(reach[1]), lead(at)))
            leader[second] = first
            reach = (reach[0].cover(span), at)
        else:
            reach = (span, at)
    causes: dict[int, list[int]] = {}
    for at in range(len(results)):
        causes.setdefault(lead(at), []).append(at)
    return list(causes.values())
