"""How many to draw so that the answer will be good enough.

Sources: AICPA Audit Guide "Audit Sampling", tables of sample sizes for tests of controls (binomial) and for
monetary unit sampling (Poisson); both are recomputed here, not looked up. No legal ratio is built in: how sure
and how exact it has to be is the bureau's own setting.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from math import ceil

from auditor.season.sampling.exact import binomial_tail, factor
from auditor.season.sampling.frame import FrameError

_MOST = 1_000_000


def for_rate(confidence: Decimal, tolerable: Decimal, expected: Decimal, population: int) -> tuple[int, int]:
    """(sample size, errors expected in it): the fewest for which the Clopper–Pearson upper limit stays within
    `tolerable` when the share `expected` of them (rounded up) is wrong; all of `population` where it takes more.

    Raises `FrameError` where the settings contradict each other.
    """
    _check(confidence, tolerable, expected)
    risk = 1 - confidence
    size = 1

    def smallest(wrong: int) -> int:
        nonlocal size  # it never falls with the number of errors
        size = max(size, wrong + 1)
        step = 1
        while binomial_tail(size + step, wrong, tolerable) > risk:
            size, step = size + step, step * 2
        low, high = size, size + step
        while low < high:
            middle = (low + high) // 2
            if binomial_tail(middle, wrong, tolerable) <= risk:
                high = middle
            else:
                low = middle + 1
        size = low
        return low

    return _planned(smallest, expected, population)


def for_money(confidence: Decimal, tolerable: Decimal, expected: Decimal) -> tuple[int, int]:
    """(monetary units to draw, errors expected among them), shares being of the money: R(k) ÷ n ≤ `tolerable`."""
    _check(confidence, tolerable, expected)
    return _planned(
        lambda wrong: ceil(Fraction(factor(wrong, confidence)) / Fraction(tolerable)), expected, _MOST
    )


def _planned(smallest: Callable[[int], int], expected: Decimal, population: int) -> tuple[int, int]:
    """The first number of errors for which the sample that it needs is expected to hold no more of them."""
    wrong = 0
    while True:
        size = smallest(wrong)
        if size >= population:
            return population, ceil(Fraction(expected) * population)
        if ceil(Fraction(expected) * size) <= wrong:
            return size, wrong
        wrong += 1


def _check(confidence: Decimal, tolerable: Decimal, expected: Decimal) -> None:
    if not Decimal("0.5") <= confidence <= Decimal("0.9999"):
        raise FrameError("把握程度应在 50% 到 99.99% 之间")
    if not 0 < tolerable < 1:
        raise FrameError("可容忍的差错应在 0 和 100% 之间")
    if not 0 <= expected < tolerable:
        raise FrameError("预计差错应小于可容忍的差错；预计就这么多差错，抽样不解决问题，应全部核查")
