"""Qualitative rating words and the share of the weight they earn."""

from __future__ import annotations

from decimal import Decimal

from auditor.compiled import compiled
from auditor.document import View
from auditor.language import word
from auditor.report.model import Indicator, RatingBand, Report
from auditor.values import frozen

# Shares under every scheme in use: 财预〔2020〕10号 has 100–80 / 80–60 / 60–0, 湖北 100–80 / 80–50 / 50–0.
_NATIONAL: tuple[tuple[str, str, Decimal, Decimal], ...] = (
    ("rated_partly", "部分达成", Decimal("0.5"), Decimal("0.8")),
    ("rated_missed", "未达成", Decimal(0), Decimal("0.6")),
    ("rated_reached", "达成预期", Decimal("0.8"), Decimal(1)),
)  # fmt: skip
_SHORT = {"优秀": "优", "良好": "良", "中等": "中"}
_GRADES = ("优", "良", "中")
"""Grades whose order and distance no form changes: below them some have 低 and 差, some only 差."""
_BRACKETED = compiled(r"(?P<word>[^()]{1,8})\((?P<note>[^()]{2,30})\)")


@frozen
class Rating:
    """The rating an actual value states, with the shares of the weight it may earn.

    `declared` is the place in the report that says so; None for the national bands.
    """

    word: str
    low: Decimal
    high: Decimal
    declared: View | None


def rating(report: Report, indicator: Indicator) -> Rating | None:
    """The rating word that is the whole actual value of an indicator, or None."""
    if not indicator.actual:
        return None
    text = indicator.actual.text.strip(" 。.;；")
    bracketed = _BRACKETED.fullmatch(text)
    readings = [text, bracketed["word"], bracketed["note"]] if bracketed else [text]
    for reading in readings:
        for band in report.rating_bands:
            if _SHORT.get(reading, reading) == _SHORT.get(band.word, band.word):
                return Rating(reading, band.low, band.high, band.view)
    if report.grade_step is not None and indicator.target:
        lost, view = report.grade_step
        asked, done = (_SHORT.get(word, word) for word in (indicator.target.text.strip("=≥ 。"), text))
        if asked in _GRADES and done in _GRADES:
            steps = max(_GRADES.index(done) - _GRADES.index(asked), 0)
            share = max(1 - steps * lost, Decimal(0))
            return Rating(text, share, share, view)
    for reading in readings:
        for pattern, kind, low, high in _NATIONAL:
            if word(pattern).fullmatch(reading):
                own = _declared(report.rating_bands, kind)
                if own is not None:
                    return Rating(reading, own.low, own.high, own.view)
                return Rating(reading, low, high, None)
    return None


def _declared(bands: list[RatingBand], kind: str) -> RatingBand | None:
    """The printed band for one of the three national kinds."""
    for band in bands:
        for pattern, name, _, _ in _NATIONAL:
            if name == kind and (word(pattern).match(band.word) or band.word.startswith(kind)):
                return band
    return None
