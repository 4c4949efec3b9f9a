"""What one step takes, the others go without."""

from __future__ import annotations

from fractions import Fraction
from math import inf

import pytest

from auditor.isolation import Budget, OutOfTime


def _busy() -> None:
    while True:
        pass


def test_a_part_that_is_used_up_leaves_the_rest() -> None:
    whole = Budget(0.4)
    part = whole.part(10, Fraction(1, 2))
    with pytest.raises(OutOfTime):
        part.within(10, _busy)
    assert part.left < 0.1  # the system counts in ticks
    assert 0.1 < whole.left < 0.3
    with pytest.raises(OutOfTime):
        part.within(10, _busy)
    assert whole.within(10, lambda: "甲") == "甲"


def test_a_step_takes_no_more_than_it_may() -> None:
    whole = Budget(inf)
    with pytest.raises(OutOfTime):
        whole.part(0.1, Fraction(1, 2)).within(10, _busy)
    with pytest.raises(OutOfTime):
        whole.within(0.1, _busy)
    assert whole.left == inf
