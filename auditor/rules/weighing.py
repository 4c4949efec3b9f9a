"""What a bureau weighs when it chooses which reports to look at: `auditor.toml`, [risk] and [sample].

None of these says anything about a unit, and none is a rule of law: they order the desk.
"""

from __future__ import annotations

from decimal import Decimal

from auditor.values import frozen


@frozen
class RiskWeights:
    """Points of risk.

    amount      for each amount band that the budget reaches (`SampleSettings.bands`)
    proved      for each problem proved, times 3, 2 or 1 by severity · query  for each question
    at_stake    for the whole budget being at stake in a problem; a part of it counts as that share
    score       for each point of the score that is proved wrong
    unread      for each table or form that was not read; figures without a place count as one more
    empty       for all narratives saying nothing; a part of them counts as that share
    copies      for each finding that speaks of copied text
    versions    for each version after the first · late  for a report that came after `due`
    most        what one term can add at most
    due         last day, ISO (2026-03-31); "" where there is none
    """

    amount: Decimal = Decimal(4)
    proved: Decimal = Decimal(4)
    query: Decimal = Decimal(1)
    at_stake: Decimal = Decimal(10)
    score: Decimal = Decimal(1)
    unread: Decimal = Decimal(3)
    empty: Decimal = Decimal(5)
    copies: Decimal = Decimal(3)
    versions: Decimal = Decimal(1)
    late: Decimal = Decimal(3)
    most: Decimal = Decimal(20)
    due: str = ""


@frozen
class SampleSettings:
    """Shares are of 1. `bands` are the limits of the amount bands, in 元, rising; `certain_from` the amount
    from which every report is in the sample (0: no such line)."""

    confidence: Decimal = Decimal("0.95")
    tolerable: Decimal = Decimal("0.05")
    expected: Decimal = Decimal("0.01")
    bands: tuple[Decimal, ...] = (Decimal(500_000), Decimal(2_000_000), Decimal(10_000_000))
    certain_from: Decimal = Decimal(0)
