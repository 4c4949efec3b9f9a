"""What a report claims of its own numbers: a relation, how far its words force it, and why not further.

PROOF   the document's own words force the relation and nothing stands against it
ASK     a careful reader would ask
NONE    the words do not carry it: told by nobody

A guard is a reason that weakens a claim; its value is what a memo prints.
"""

from __future__ import annotations

from enum import StrEnum

from auditor.facts.quantity import Quantity
from auditor.figures import Figure, Relation
from auditor.values import frozen


class Strength(StrEnum):
    """What a relation that does not hold is worth."""

    PROOF = "proof"
    ASK = "ask"
    NONE = "none"

    def weaker(self, other: Strength) -> Strength:
        """The weaker of the two."""
        order = list(Strength)
        return order[max(order.index(self), order.index(other))]


class Guard(StrEnum):
    """Why a relation is only asked about, or told by nobody."""

    OPEN = "末尾写“等”或其余没有写数，可能没有列全"
    OF_WHICH = "“其中”可以只列一部分"
    OVERLAP = "各项可能有重叠"
    TWO_SIDES = "两项可能不是按同一口径分的"
    RIVAL = "前面还有别的总数"
    BEHIND_STOP = "总数和各项不在同一句"
    NOT_SAID = "文中没有写明各项合起来就是总数"
    VAGUE = "其中有约数"
    ENDS_SOMEWHERE = "列到哪一项为止不能确定"
    MOVED = "其间另有结转、调剂或收回"
    OTHER_UNITS = "总数里还有别的计量单位的项"
    ROUNDED = "可能是四舍五入造成的"
    APART = "几个数不在同一句"
    SEVERAL = "同句还有别的数可以相除"
    OTHER_BASE = "分母可能是别处的数"
    PARALLEL = "与并列的比率算法不同"
    OTHER_WORDS = "两处说法不完全相同"
    BY_ONE_SLIP = "相差的数可由一处笔误解释"


class Shape(StrEnum):
    """What kind of relation it is. Values name it in messages."""

    PARTS = "分项与总数"
    REST = "余额"
    NOTHING_LEFT = "没有结余"
    STOCK = "期初、增减与期末"
    RATE = "比率"
    SHARE = "占比"
    CHANGE = "升降幅度"
    STEP = "相差的数"
    EXCESS = "超过计划的比例"
    TWICE = "同一数量两处"


@frozen
class Claim:
    """`relation` as the words of the document claim it.

    whole   the quantity that the others make up (or what is left, at the end of the year)
    parts   the others, in the order of the relation's terms
    strength, reasons   what it is worth where it does not hold, and the guards that weakened it
    full    the words say that nothing is left out
    forced  they, or others told in the same way, name each part: that another number would give it excuses nothing
    """

    shape: Shape
    relation: Relation
    whole: Quantity
    parts: tuple[Quantity, ...]
    strength: Strength
    reasons: tuple[Guard, ...] = ()
    names: tuple[str, ...] = ()
    full: bool = False
    forced: bool = False

    @property
    def holds(self) -> bool:
        return self.relation.holds

    @property
    def figures(self) -> tuple[Figure, ...]:
        return self.relation.figures
