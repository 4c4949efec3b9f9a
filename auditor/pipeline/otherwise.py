"""What is said of a number that others around it make, read in another way, is let go of or only asked.

Which findings rest on such numbers their rules say (`ByOthers`); how rare it is by chance that the text makes the
number otherwise the facts do (`facts/context/explained.py`).
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from auditor.facts.context.explained import prices, rarity
from auditor.facts.stated import facts_of
from auditor.report import Report
from auditor.rules import ByOthers, Result, Severity, Verdict

_OTHERWISE = "（这个数也可由上下文别的数算出，可能不是按这里的口径算的。）"
_NOT_ASKED = Decimal(3)
_NOT_PROVED = Decimal(20)
_ASKED = Decimal(1)
"""So many times rarer than by chance a number is what others make it where nothing is asked of it, where nothing is
said of what was proved or is a sum, and where what was proved is only asked about."""
_FAR = 4


def let_go(result: Result, report: Report) -> Result | None:
    """The result itself; a query in place of an `inconsistent`, or None, where the text makes the number otherwise."""
    open_to_it = result.flagged and result.relations and not result.forced
    rarer = _rarity(result, report) if open_to_it else Decimal(0)
    summed = result.rule.by_others is ByOthers.SUM and not any(each.percent for each in result.relations)
    if rarer < _ASKED or (summed and _comes_near(result)):
        return result
    proved = result.verdict is Verdict.INCONSISTENT
    # That the whole of a sum is right by others excuses none of its parts.
    if rarer >= (_NOT_PROVED if proved or summed else _NOT_ASKED) and not (proved and summed):
        return None
    if not proved:
        return result
    return replace(
        result, verdict=Verdict.QUERY, message=result.message + _OTHERWISE, severity=Severity.LOW, impact=""
    )


def _rarity(result: Result, report: Report) -> Decimal:
    """How much rarer than by chance the number that is found fault with is what others in the text make it."""
    rests = result.rule.by_others
    if rests is None or (rests is ByOthers.ASKED and result.verdict is not Verdict.QUERY):
        return Decimal(0)
    facts, told_with = facts_of(report), set(result.evidence)
    claimed = [result.culprits[0] if len(result.culprits) == 1 else result.evidence[0]]
    if rests is ByOthers.PRICE:
        # That a total is also the sum of others excuses no price that nearly makes it.
        claimed = prices(facts, result.evidence) + ([] if _comes_near(result) else claimed)
    return max((rarity(facts, each, told_with) for each in claimed), default=Decimal(0))


def _comes_near(result: Result) -> bool:
    """Whether a sum misses its whole by less than a quarter of it. One far off is no sum of these parts."""
    told = result.relations[0]
    return told.claimed is not None and _FAR * abs(told.result - told.claimed.number) < told.claimed.number
