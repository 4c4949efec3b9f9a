"""The frame: everything that can be drawn, in one order, with a checksum.

What a draw depends on is in the frame and nothing else: identity, stratum, amount and risk of each item,
and the seed. Whoever has the frame (its SHA-256 is printed) draws the same sample.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cached_property

from auditor.figures import show
from auditor.values import frozen

WHOLE = "全部"
"""The stratum of a frame that is not divided."""


@frozen(slots=True)
class Item:
    """One report that can be drawn.

    id       unique and stable (a content hash, a project code): the draw rests on it
    stratum  the group it is drawn in
    amount   money it speaks of, in 元; None where it states none
    risk     points of `auditor.season.risk`, for the draw by risk
    """

    id: str
    stratum: str = WHOLE
    amount: Decimal | None = None
    risk: Decimal = Decimal(0)


class FrameError(ValueError):
    """One line in Chinese: why no sample can be drawn from these items."""


@frozen
class Frame:
    """Items by the UTF-8 bytes of their identity. Build it with `Frame.of`."""

    items: tuple[Item, ...]

    @classmethod
    def of(cls, items: Iterable[Item]) -> Frame:
        """Raises `FrameError` for an identity that stands twice, is empty or breaks a line of the frame."""
        ordered = sorted(items, key=lambda item: item.id.encode())
        for before, item in zip([None, *ordered], ordered, strict=False):
            if before is not None and before.id == item.id:
                raise FrameError(f"编号“{item.id}”出现了两次，抽样框里每份报告只能有一个编号")
            if not item.id or _broken(item.id) or _broken(item.stratum):
                raise FrameError(f"编号“{item.id}”是空的，或者编号、分层名称里有制表符或换行")
        return cls(tuple(ordered))

    @cached_property
    def text(self) -> str:
        """A line for each item: identity, stratum, amount in 元 ("" for none), risk, with tabs between."""
        return "".join(
            f"{item.id}\t{item.stratum}\t{'' if item.amount is None else show(item.amount)}\t{show(item.risk)}\n"
            for item in self.items
        )

    @cached_property
    def sha256(self) -> str:
        """Of `text` in UTF-8."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def amount(self) -> Decimal:
        """Sum of the amounts, in 元."""
        return sum((item.amount for item in self.items if item.amount is not None), Decimal(0))


def _broken(text: str) -> bool:
    return any(char in text for char in "\t\n\r")


def bands(limits: Sequence[Decimal], amount: Decimal | None) -> str:
    """The amount band in words: `limits` in 元, rising; the lower limit belongs to the band."""
    if amount is None:
        return "没有金额"
    below = [limit for limit in limits if limit <= amount]
    above = [limit for limit in limits if limit > amount]
    low = f"{show(below[-1] / 10_000)}万元以上" if below else ""
    high = f"{show(above[0] / 10_000)}万元以下" if above else ""
    return f"{low.removesuffix('以上')}至{high}" if low and high else low or high or "不分档"
