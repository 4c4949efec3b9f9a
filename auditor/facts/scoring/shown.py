"""Targets and actual values as a reader sees them, for messages and evidence."""

from __future__ import annotations

from decimal import Decimal

from auditor.compiled import compiled
from auditor.document import View
from auditor.facts.scoring.targets import NO_UNIT, SIGNS
from auditor.figures import Figure, Kind, show
from auditor.figures.conversions import CONVERTED
from auditor.report.model import Indicator

_BARE = compiled(r"-?[\d,]+(?:\.\d+)?")


def target_text(indicator: Indicator) -> str:
    """The target as a reader sees it, with sign and unit from cells of their own."""
    return _joined(indicator.target, indicator, sign=True)


def actual_text(indicator: Indicator) -> str:
    return _joined(indicator.actual, indicator, sign=False)


def written(figure: Figure) -> str:
    """A figure with its unit, 万 and 亿 included where the scanner keeps them as a scale."""
    magnitude = ""
    if figure.kind is Kind.COUNT:
        magnitude = {Decimal(10) ** 4: "万", Decimal(10) ** 8: "亿"}.get(figure.scale, "")
        if figure.unit in CONVERTED:  # its scale is that of the conversion; 万 and 亿 stand in the text
            magnitude = next((mark for mark in ("万", "亿") if mark in figure.raw), "")
    return f"{show(figure.value)}{magnitude}{figure.unit}"


def cells(indicator: Indicator) -> list[View]:
    """Evidence for a comparison: name, sign, target, unit and actual as far as the form has them."""
    views = (indicator.name_view, indicator.sign, indicator.target, indicator.unit, indicator.actual)
    return [view for view in views if view is not None]


def _joined(view: View | None, indicator: Indicator, *, sign: bool) -> str:
    text = view.text if view else ""
    if not text or not _BARE.fullmatch(text):
        return text
    before = indicator.sign.text if sign and indicator.sign and indicator.sign.text in SIGNS else ""
    unit = indicator.unit.text if indicator.unit and indicator.unit.text not in NO_UNIT else ""
    return before + text + unit
