"""What is drawn: the plan, the strata, and each report with the reason why it is in the sample."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from auditor.season.sampling.frame import Frame, Item
from auditor.values import frozen


class Method(StrEnum):
    """How reports are drawn; the values are what the command line calls them."""

    SIMPLE = "simple"
    STRATIFIED = "stratified"
    RISK = "risk"
    MUS = "mus"  # fixed interval
    CELL = "mus-cell"

    @property
    def monetary(self) -> bool:
        return self in (Method.MUS, Method.CELL)


@frozen
class Plan:
    """What was decided before the draw.

    size       reports to draw at random (MUS: monetary units), beside those that are in for certain
    certain_from  reports of at least so much money (元) are all in the sample; None: no such line.
               MUS finds this line itself
    riskiest   by risk: so many of `size` are those of the highest risk; the rest is drawn at random
    doublings  MUS: how often the sample was doubled since the first draw
    why        the reason for method and size, in the words of who planned it
    """

    method: Method
    seed: str
    size: int
    certain_from: Decimal | None = None
    riskiest: int = 0
    doublings: int = 0
    why: str = ""


@frozen
class Stratum:
    """Reports that are judged together. `certain`: all of them are in the sample, none was drawn.

    interval  monetary units that one hit stands for (MUS; 元)
    """

    name: str
    population: int
    amount: Decimal
    drawn: int
    certain: bool = False
    interval: Fraction | None = None


@frozen
class Drawn:
    """One report of the sample: `number` counts in the order of the draw, `hits` is how often it was hit
    (it is drawn once), `key` what placed it in the order ("" where it is in for certain)."""

    number: int
    item: Item
    stratum: str
    key: str = ""
    hits: int = 1
    certain: bool = False


@frozen
class Draw:
    """The sample: its frame, its plan, its strata in order of their names, and what was drawn."""

    frame: Frame
    plan: Plan
    strata: tuple[Stratum, ...]
    drawn: tuple[Drawn, ...]
    left_out: tuple[Item, ...] = ()
    """What the method cannot draw (MUS: no amount, or none above zero)."""
