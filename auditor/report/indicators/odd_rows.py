"""Rows of an indicator table whose cells may stand under their neighbours' headers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Sequence

from auditor.compiled import compiled
from auditor.document import Span
from auditor.language.lexicon import word
from auditor.report.labels import LEVEL_WORD
from auditor.report.model import Indicator, ScoreTotal

_NOTES = {"narrative", "reason"}
OPTIONAL = {*_NOTES, "sign", "unit", "deviation", "deduction"}
"""Columns that a sound row may leave empty: a qualitative target has no unit."""
_QUANTITY = compiled(r"[≥≤><=]{0,2}\d[\d,]*(?:\.\d+)?(?:%|[\u4e00-\u9fff]{1,2})?")
_SIGN = word("col_sign")


def odd_rows(
    filled: Sequence[tuple[frozenset[object], Span]],
    indicators: Sequence[Indicator],
    totals: Sequence[ScoreTotal],
    kinds: Container[object],
) -> Iterator[Span]:
    """A row that leaves a column empty which nearly all rows fill may have slipped sideways: `filled` are the columns
    of each. With a row that slid for sure, no sum proves anything: which points it lost is open."""
    counts = Counter(kind for own, _ in filled for kind in own)
    usual = {kind for kind, count in counts.items() if count * 5 >= len(filled) * 4 and kind not in OPTIONAL}
    for own, span in filled:
        if usual - own and {"weight", "score"} <= own:
            yield span
    slid = [row.span for row in indicators if _slid(row, "sign" in kinds)]
    percents = [row.span for row in indicators if _points_in_percent(row)]
    if len(percents) * 2 < len(indicators):  # a rate under the points, which the others write plainly
        slid += percents
    if slid:
        levels = (level.view.span() for row in indicators for level in row.path)
        yield from dict.fromkeys((*slid, *(total.span for total in totals), *levels))


def _slid(row: Indicator, signed: bool) -> bool:
    """Whether a row holds what no sound row does: a name that is a figure with its unit, has no letter in it or is
    the label of a level below one that is printed twice, a target that is nothing but an operator where operators
    have a column (`signed`). Its cells stand under their neighbours' headers."""
    target = row.target.text if row.target is not None and signed else ""
    levels = [level.name for level in row.path]
    nameless = (
        _QUANTITY.fullmatch(row.name) is not None
        or not any(map(str.isalpha, row.name))
        or (len(set(levels)) < len(levels) and LEVEL_WORD.fullmatch(row.name) is not None)
    )
    return nameless or _SIGN.fullmatch(target) is not None


def _points_in_percent(row: Indicator) -> bool:
    return any("%" in figure.raw for figure in (row.weight, row.score) if figure is not None)
