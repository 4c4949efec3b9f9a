"""Rates of money told in running text, against the amounts of their sentence, else of the whole project.

全年预算500万元，支出475万元，执行率95%      its own pair
预算执行率95%                                 the project's budget and payment
监理费支出24万元，执行率96%                   of a part: no claim
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.facts.funds import (
    Budget,
    budgets,
)
from auditor.facts.indicator_rates import one_amount, other_budget
from auditor.facts.printed_rates import Named, Printed, Where, as_written, base_of, held, measured
from auditor.facts.rate_claims import Claim, rate_claims
from auditor.figures import Figure
from auditor.report.model import Amount, Report, Role

_NEAREST = 4
"""Amounts of a sentence, and readings of the budget, that a rate in running text is compared with."""


def told_rates(report: Report) -> Iterator[Printed]:
    """Every rate of the text that some amounts give, or that ought to be given by those it names."""
    stated = budgets(report)[:_NEAREST]
    claims = list(rate_claims(report))
    for claim in claims:
        named = Named(Where.TEXT, claim.name)
        rate = claim.figure
        tops, bases = claim.tops[-_NEAREST:], [base_of(base) for base in claim.bases[-_NEAREST:]]
        pairs = [(top, base) for top in reversed(tops) for base in reversed(bases)]
        whole = report.stated(Role.RECEIVED if claim.arrival else Role.PAID)[:1]
        project = [(amount.figure, base) for amount in whole for base in stated]
        mixed = [(top, base) for top in tops for base in stated]
        mixed += [(amount.figure, base) for amount in whole for base in bases]
        fitting = (pair for pair in (*pairs, *project, *mixed) if as_written(rate, *pair))
        if claim.of_paying:
            fitting = (pair for pair in pairs if as_written(rate, *pair))
        pair = next(fitting, None)
        if pair is not None:
            yield held(rate, named, *pair)
        elif claim.told:
            yield from _against(rate, named, pairs[0], certain=not _is_another(claims, pairs))
        elif claim.paired and claim.plain and claim.neutral:
            yield from _against(rate, named, pairs[0], certain=False)
        elif claim.of_paying:
            continue
        elif claim.plain and claim.neutral and project and not _of_a_part(claim, whole):
            certain = not pairs and _one_unit(report) and one_amount(report)
            certain = certain and not other_budget(report, rate, project[0][0], stated)
            certain = certain and not _is_another(claims, project)
            yield from _against(rate, named, (pairs or project)[0], certain=certain)


def _is_another(claims: Sequence[Claim], pairs: Sequence[tuple[Figure, Budget]]) -> bool:
    """Whether some rate of the text is that of the amounts: then one that is not may be of anything, of a contract,
    of all districts on the mean."""
    return any(as_written(one.figure, *pair) for one in claims for pair in pairs)


def _of_a_part(claim: Claim, whole: list[Amount]) -> bool:
    """Whether the sentence names an amount of its own that is not the project's: "监理费支出24万元，执行率96%"."""
    return any(not top.base.meets(amount.figure.base) for top in claim.tops for amount in whole)


def _one_unit(report: Report) -> bool:
    """Whether the project's amounts are counted in known units, or all in the one that was assumed."""
    first = [amount for role in (Role.BUDGET, Role.INITIAL, Role.PAID) for amount in report.stated(role)[:1]]
    return len({report.unit_assumed(amount) for amount in first}) == 1


def _against(rate: Figure, named: Named, pair: tuple[Figure, Budget], *, certain: bool) -> Iterator[Printed]:
    return measured(rate, named, pair[0], [pair[1]], certain=certain)
