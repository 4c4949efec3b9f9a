"""What a slip is: a change to a report, and what must be said of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from random import Random

from auditor.bench.edit import Edit
from auditor.document import Document
from auditor.report import Report
from auditor.values import frozen


class Family(StrEnum):
    """What a slip breaks."""

    ARITHMETIC = "arithmetic"
    WORDS = "words"


@frozen
class Slip:
    """One place where a slip can be planted. `rules` narrow those of its kind; `companion` is
    audited in the same run."""

    edits: tuple[Edit, ...]
    rules: tuple[str, ...] = ()
    companion: Document | None = None


Plant = Callable[[Report, Random], Iterator[Slip]]


@frozen
class Kind:
    """A kind of slip: every place of a report where `plant` finds room for it, in any order.

    rules     one of them must speak of it, with one of the `verdicts`
    """

    code: str
    title: str
    family: Family
    rules: tuple[str, ...]
    plant: Plant
    verdicts: tuple[str, ...] = ("inconsistent", "query")
