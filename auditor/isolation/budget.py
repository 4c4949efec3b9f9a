"""Processor time that several steps share: what one takes, the others go without."""

from __future__ import annotations

import time
from collections.abc import Callable
from fractions import Fraction
from typing import TypeVar

from auditor.isolation.time_limit import within

T = TypeVar("T")


class Budget:
    """So many processor seconds, of which each step takes what it needs; `whole` goes without that as well."""

    def __init__(self, seconds: float, whole: Budget | None = None) -> None:
        self.left = seconds
        self._whole = whole

    def part(self, most: float, share: Fraction) -> Budget:
        """A budget inside this one: `share` of what is left, no more than `most`."""
        return Budget(min(most, self.left * float(share)), self)

    def within(self, most: float, work: Callable[[], T]) -> T:
        """What `work` returns. Raises `OutOfTime` when it takes more than `most`, or more than is left."""
        began = time.process_time()
        try:
            return within(min(most, self._free()), work)
        finally:
            self._spend(time.process_time() - began)

    def _free(self) -> float:
        return self.left if self._whole is None else min(self.left, self._whole._free())

    def _spend(self, seconds: float) -> None:
        self.left -= seconds
        if self._whole is not None:
            self._whole._spend(seconds)
