"""What one cell of an indicator table says: points, weight and score in one, a name with its weight, a note."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from auditor.compiled import compiled
from auditor.document import Cell, View
from auditor.figures import Figure, Kind, scan
from auditor.report.align import FIGURES, CellType, cell_type
from auditor.report.cell_figures import points_figure

LABEL_WEIGHT = compiled(
    r"[(（](?:共|满分|权重|分值)?:?(?P<n>\d{1,3}(?:\.\d+)?)(?:分|%)?(?:[，,；;](?:自评)?得分?:?(?P<score>\d{1,3}(?:\.\d+)?)分?)?[)）]$"
)
PAIR = compiled(r"(\d+(?:\.\d+)?)分?/(\d+(?:\.\d+)?)分?")


def pair_of(by_kind: Mapping[object, Cell]) -> dict[object, Figure]:
    """Weight and score of a cell that holds both: "20/18.5", or "18.5/20" under "得分/分值"."""
    back = "pair back" in by_kind
    cell = by_kind.get("pair back" if back else "pair")
    match = PAIR.fullmatch(cell.text) if cell else None
    if cell is None or match is None:
        return {}
    names = ("score", "weight") if back else ("weight", "score")
    return {
        name: points_figure(scan(cell.view.part(*match.span(part)))[0]) for part, name in enumerate(names, 1)
    }


def told(cell: Cell | None) -> View | None:
    """Words in a column that usually holds numbers ("偏差")."""
    return cell.view if cell is not None and cell_type(cell.text) is CellType.TEXT else None


def points_of(cell: Cell | None) -> Figure | None:
    """A weight or score cell as points; "10%" of a weight column counts as 10 points."""
    if cell is None or cell_type(cell.text) not in FIGURES:
        return None
    figure = next(iter(scan(cell.view)), None)
    return None if figure is None else points_figure(figure)


def weight_of(view: View, part: str = "n") -> Figure | None:
    """The weight a label carries ("产出指标（50分）"), or its score ("产出指标（50分，得分48分）")."""
    match = LABEL_WEIGHT.search(view.text)
    if match is None or match[part] is None:
        return None
    decimals = len(match[part].partition(".")[2])
    return Figure(view, *match.span(part), Kind.SCORE, Decimal(match[part]), "分", Decimal(1), decimals)


def name_of(view: View) -> str:
    return LABEL_WEIGHT.sub("", view.text).strip(":；;。 \n")


def view_of(cell: Cell | None) -> View | None:
    return None if cell is None else cell.view


def note_of(cell: Cell | None) -> View | None:
    """A reason, target or actual; a dash or "无" says nothing."""
    if cell is None or cell_type(cell.text) is CellType.BLANK:
        return None
    return cell.view


def target_of(by_kind: Mapping[object, Cell]) -> View | None:
    """The target of a row, as it was adjusted where that is told."""
    adjusted = note_of(by_kind.get("adjusted"))
    return note_of(by_kind.get("target")) if adjusted is None else adjusted
