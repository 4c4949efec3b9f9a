"""The random order: SHA-256 of seed and identity. Any language, and `sha256sum`, gives the same.

Sorting by a keyed hash is drawing without replacement (every order is as likely as another for a seed that
was not chosen with the frame in sight), and drawing more goes on in the same order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from fractions import Fraction

from auditor.season.sampling.frame import Item

_WHOLE = 1 << 256


def key(seed: str, what: str) -> str:
    """64 hex digits: SHA-256 of "seed|what" in UTF-8."""
    return hashlib.sha256(f"{seed}|{what}".encode()).hexdigest()


def shuffled(seed: str, items: Iterable[Item]) -> list[Item]:
    """By `key`, equal keys by identity."""
    return sorted(items, key=lambda item: (key(seed, item.id), item.id.encode()))


def share(seed: str, what: str) -> Fraction:
    """An exact number in [0, 1): `key` read as a whole number, divided by 2^256."""
    return Fraction(int(key(seed, what), 16), _WHOLE)
