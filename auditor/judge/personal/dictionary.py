"""The dictionary and its tagger: loading it takes longer than auditing a small file, so it waits for a text
that is really masked."""

from __future__ import annotations

from functools import cache
from types import ModuleType


@cache
def dictionary() -> ModuleType:
    """`rjieba`, loaded when it is first asked."""
    import rjieba

    return rjieba
