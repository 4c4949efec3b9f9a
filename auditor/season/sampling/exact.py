"""Binomial and Poisson limits by bisection, each on the safe side.

Sources
    Clopper, C. J.; Pearson, E. S. (1934): The use of confidence or fiducial limits illustrated in the case
    of the binomial. Biometrika 26: the upper limit p solves P(X ≤ k | n, p) = α, the lower P(X ≥ k | n, p) = α.
    Poisson limit (the "confidence factor" of auditors' tables): λ solves P(X ≤ k | λ) = α.

Precision: sums have positive terms only and are computed with 50 digits; a limit is searched for to
1 in 10^8 (binomial) or 10^9 (Poisson) and told at the end of that step at which it claims less.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Context, Decimal, localcontext
from functools import lru_cache

_DIGITS = 50
_STEPS = 10**8
_FACTOR_STEPS = 10**9


@lru_cache(maxsize=65_536)
def upper_share(drawn: int, wrong: int, confidence: Decimal) -> Decimal:
    """One-sided Clopper–Pearson upper limit of a share, after `wrong` of `drawn`."""
    if wrong >= drawn:
        return Decimal(1)
    risk = 1 - confidence
    found = _first(_STEPS, lambda at: binomial_tail(drawn, wrong, Decimal(at) / _STEPS) <= risk)
    return Decimal(found) / _STEPS


@lru_cache(maxsize=65_536)
def lower_share(drawn: int, wrong: int, confidence: Decimal) -> Decimal:
    """One-sided Clopper–Pearson lower limit: the mirrored upper limit of what was right."""
    return Decimal(0) if wrong <= 0 else 1 - upper_share(drawn, drawn - wrong, confidence)


@lru_cache(maxsize=65_536)
def factor(wrong: int, confidence: Decimal) -> Decimal:
    """Confidence factor R(k): with `confidence` at most so many are expected where `wrong` were found.

    95 %: R(0) = 3.00, R(1) = 4.74, R(2) = 6.30, R(3) = 7.75, R(4) = 9.15 (AICPA Audit Sampling guide).
    """
    risk = 1 - confidence
    high = 4 * (wrong + 4)
    while poisson_tail(wrong, Decimal(high)) > risk:
        high *= 2
    found = _first(high * _FACTOR_STEPS, lambda at: poisson_tail(wrong, Decimal(at) / _FACTOR_STEPS) <= risk)
    return Decimal(found) / _FACTOR_STEPS


def binomial_tail(drawn: int, wrong: int, share: Decimal) -> Decimal:
    """P(X ≤ `wrong`) for `drawn` independent draws that are wrong with probability `share`."""
    if share >= 1:
        return Decimal(wrong >= drawn)
    with localcontext(Context(prec=_DIGITS)):
        odds = share / (1 - share)
        term = total = (1 - share) ** drawn
        for found in range(wrong):
            term = term * odds * (drawn - found) / (found + 1)
            total += term
        return total


def poisson_tail(wrong: int, expected: Decimal) -> Decimal:
    """P(X ≤ `wrong`) where `expected` are expected."""
    with localcontext(Context(prec=_DIGITS)):
        term = total = (-expected).exp()
        for found in range(wrong):
            term = term * expected / (found + 1)
            total += term
        return total


def _first(last: int, holds: Callable[[int], bool]) -> int:
    """The smallest number up to `last` from which on it holds (it does at `last`)."""
    low, high = 0, last
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low
