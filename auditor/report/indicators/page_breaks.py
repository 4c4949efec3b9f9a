"""The rest of an indicator's texts that a page break cut, told in a row of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from auditor.compiled import compiled
from auditor.document import Cell, Row
from auditor.report.indicators.cells import LABEL_WEIGHT, name_of, weight_of
from auditor.report.indicators.levels import OpenLevels
from auditor.report.model import Indicator

_FRAGMENT = compiled(r"[(（]\d{1,3}(?:\.\d+)?分?[)）]|[\u4e00-\u9fff]{1,8}(?:[(（]\d{1,3}分?[)）])?")


def join_labels(row: Row, indicators: Sequence[Indicator], levels: OpenLevels) -> bool:
    """Joins the rest of labels to the row above: "产出时效" + "(7分)", "政府采购规" + "范性"."""
    if not indicators or not all(_FRAGMENT.fullmatch(cell.text) for cell in row.cells):
        return False
    for cell in row.cells:
        _append(cell, indicators[-1], levels)
    return True


def _append(cell: Cell, last: Indicator, levels: OpenLevels) -> None:
    """A bare weight completes the level above that has none; words complete the row's own name."""
    if LABEL_WEIGHT.fullmatch(cell.text):
        for index, level in sorted(levels.open.items(), reverse=True):
            if level.weight is None:
                levels.complete(index, cell.view)
                return
    joined = last.name_view.join(cell.view)
    last.name_view, last.name = joined, name_of(joined)
    last.weight = last.weight or weight_of(joined)


def join_texts(by_kind: Mapping[object, Cell], indicators: Sequence[Indicator]) -> bool:
    """Joins the rest of a narrative or reason to the row above."""
    if not indicators or not by_kind:
        return False
    last = indicators[-1]
    for kind, cell in by_kind.items():
        if kind in ("narrative", "reason"):
            before = getattr(last, str(kind))
            setattr(last, str(kind), before.join(cell.view) if before else cell.view)
    return True
