"""Grading scales: which word a score earns under the printed scale, else under the bureau's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from auditor.facts.stated import once
from auditor.figures import show
from auditor.report.model import Report
from auditor.values import frozen

Scale = tuple[Decimal, Decimal, Decimal]
"""The bureau's own cut-offs of 优, 良 and 中, for forms that print none."""

_STEP = 1  # points between the end of a band and the next: 80-89, 90-100
# Words of one rank, best first. 合格 and 及格 pass; where they stand for 中 or below it is local.
RANKS: tuple[tuple[str, ...], ...] = (
    ("优秀", "优"),
    ("良好", "良"),
    ("中等", "中", "一般"),
    ("差", "较差", "不合格", "不及格"),
)


def rank(word: str) -> int | None:
    """0 for 优 … 3 for 差; None for words that are ranked differently from place to place."""
    for at, words in enumerate(RANKS):
        if word in words:
            return at
    return None


def same_rank(one: str, other: str) -> bool:
    """Whether two grade words stand for the same grade: 优 and 优秀, 差 and 较差."""
    return one == other or (rank(one) is not None and rank(one) == rank(other))


@frozen
class Graded:
    """Grade words a score may carry: one, or two where it lies in a gap of the printed scale."""

    words: tuple[str, ...]
    rule: str

    @property
    def best(self) -> str:
        return self.words[0]


@frozen
class Cut:
    """From `bound` on, or only above it, a score earns `word`; "" where no band was read there."""

    bound: Decimal
    above: bool
    word: str


def cuts(report: Report, scale: Scale) -> tuple[Cut, ...]:
    """What `graded` says of every score, from the best grade down: the first cut that a score reaches is its best word."""
    if not report.scale:
        named = zip(scale, (words[0] for words in RANKS), strict=False)
        return (*(Cut(low, False, word) for low, word in named), Cut(Decimal(0), False, RANKS[3][0]))
    found: list[Cut] = []
    better = None
    for band in sorted(report.scale, key=lambda band: band.low, reverse=True):
        if better is not None and band.high is not None and band.low < band.high < better.low:
            found.append(Cut(band.high, True, better.word if better.low - band.high <= _STEP else ""))
        found.append(Cut(band.low, False, band.word))
        better = band
    return tuple(found)


def earned(score: Decimal, cuts: Iterable[Cut]) -> str:
    """The grade that the cuts give a score; "" where none is known."""
    return next((one.word for one in cuts if score > one.bound or (score == one.bound and not one.above)), "")


def full_score(report: Report) -> Decimal | None:
    """The full score as printed: the largest weight among the closing totals; None where it is not.

    A form that closes its indicators ("合计 90") and then everything ("总分 100") prints two."""
    return next(_full_score(report), None)


@once
def _full_score(report: Report) -> Iterator[Decimal]:
    """Asked for by every score that is found wrong."""
    weights = [total.weight.value for total in report.totals if total.scope is None and total.weight]
    if weights:
        yield max(weights)


def graded(report: Report, scale: Scale, score: Decimal) -> Graded | None:
    """The grade of `score` under the printed scale, else the bureau's; None below every band."""
    if report.scale:
        bands = sorted(report.scale, key=lambda band: band.low, reverse=True)
        better = None
        for band in bands:
            if score >= band.low:
                gap = better is not None and band.high is not None and band.low < band.high < score
                if gap and better is not None and band.high is not None and better.low - band.high > _STEP:
                    return None  # a band between the two was not read
                words = (better.word, band.word) if gap and better is not None else (band.word,)
                limit = (
                    f"{show(band.low)}–{show(band.high)}"
                    if band.high is not None
                    else f"{show(band.low)}分以上"
                )
                return Graded(words, f"{limit}为{band.word}")
            better = band
        return None
    for at, low in enumerate(scale):
        if score >= low:
            return Graded(RANKS[at], f"{show(low)}分以上为{RANKS[at][0]}")
    return Graded(RANKS[3], f"{show(scale[2])}分以下为{RANKS[3][0]}")
