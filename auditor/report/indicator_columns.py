"""Which columns a header row of an indicator table announces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from auditor.document import Cell, Row
from auditor.language.lexicon import word
from auditor.report.align import CellType, Column, ColumnType, cell_type
from auditor.report.labels import WEIGHTED_SCORE, clean, column_of, role_of, score_of_others
from auditor.report.model import Role

LEVEL_WEIGHT = "level weight"
"""A weight column that stands right of a level and left of a deeper one: the level's own weight."""
LEVEL_SCORE = "level score"
RAW_SCORE = "score per hundred"
SECOND_WEIGHT = "second weight"
"""A full score printed once more, behind the weight and the score of the row: "指标权重 | 指标得分 | 满分"."""

_TYPES = {
    "level": ColumnType.LABEL,
    "name": ColumnType.LABEL,
    "weight": ColumnType.POINTS,
    "score": ColumnType.POINTS,
    "review": ColumnType.POINTS,
    LEVEL_WEIGHT: ColumnType.POINTS,
    LEVEL_SCORE: ColumnType.POINTS,
    RAW_SCORE: ColumnType.POINTS,
    SECOND_WEIGHT: ColumnType.POINTS,
    "score rate": ColumnType.RATE,
    "narrative": ColumnType.NOTE,
    "reason": ColumnType.NOTE,
    "sign": ColumnType.NOTE,
    "unit": ColumnType.NOTE,
}
_PLANNED = word("ind_planned")
_POINTS = {"weight", "score", "review", "pair", "pair back"}
_VALUED = {"target", "actual", *_POINTS}
_CORE = {"target", "actual", "score", "weight", "name", "review"}


def indicator_columns(row: Row) -> tuple[tuple[Column, ...], Cell | None] | None:
    """Columns of the header this row is, and the cell that labels the whole block ("绩效指标(90分)"
    before "一级指标") if there is one; `None` when the row is no header."""
    if len(row.cells) < 3 or any(cell_type(cell.text) is not CellType.TEXT for cell in row.cells):
        return None
    kinds = _planned(_counted([column_of(cell.text) for cell in row.cells], row.cells), row.cells)
    kinds = _scored(kinds, row.cells)
    if not _is_header(kinds):
        return None
    first = next(i for i, kind in enumerate(kinds) if kind in ("level", "name"))
    last = max(i for i, kind in enumerate(kinds) if kind in ("level", "name"))
    group: Cell | None = None
    columns: list[Column] = []
    for place, (cell, found) in enumerate(zip(row.cells, kinds, strict=True)):
        kind = _kind(found, place, kinds, first, last)
        if kind == "group":
            group = group or cell
            kind = "level"
        if kind == "target" and any(column.holds == "target" for column in columns):
            kind = "adjusted"
        type_ = _TYPES.get(kind, ColumnType.ANY)
        columns.append(Column(cell.col, type_, kind, kind in _CORE, "%" in cell.text))
    return _reviewed(_named(columns), row), group


def _reviewed(columns: tuple[Column, ...], row: Row) -> tuple[Column, ...]:
    """The columns; of two scores that which is no score of the unit's as one of a reviewer."""
    labels = {cell.col: cell.text for cell in row.cells}
    scores = [column for column in columns if column.holds == "score"]
    place = score_of_others([labels[column.at] for column in scores])
    if place is None or any(column.holds == "review" for column in columns):
        return columns
    return tuple(replace(column, holds="review") if column is scores[place] else column for column in columns)


def _is_header(kinds: list[str | None]) -> bool:
    if kinds.count("name") >= 2 and kinds.count("actual") >= 2:
        return False  # two indicators side by side: not read rather than read as one
    known = set(kinds)
    valued = known & _VALUED
    enough = (
        len(valued) >= 2
        or not {"pair", "pair back"}.isdisjoint(valued)
        or ("narrative" in known and valued)
        or (len(valued) == 1 and kinds.count("level") >= 1 and "name" in known)
    )
    return bool(known & {"level", "name"}) and bool(enough)


def _planned(kinds: list[str | None], cells: Sequence[Cell]) -> list[str | None]:
    """The kinds, 计划 beside 实际 a target: alone it may be a plan of money."""
    named = [
        kind is None and _PLANNED.fullmatch(clean(cell.text)) for kind, cell in zip(kinds, cells, strict=True)
    ]
    if "target" in kinds or sum(map(bool, named)) != 1:
        return kinds
    behind = kinds[list(map(bool, named)).index(True) + 1 :][:1]
    if "actual" not in kinds and behind != [None]:  # its values may tell what stands behind it
        return kinds
    return ["target" if own else kind for own, kind in zip(named, kinds, strict=True)]


def _scored(kinds: list[str | None], cells: Sequence[Cell]) -> list[str | None]:
    """The kinds, whatever stands before weights and scores a name ("项目 | 分值 | 得分"), but for money that is scored."""
    if kinds[0] is not None or {"level", "name"} & set(kinds) or not {"weight", "score"} <= set(kinds):
        return kinds
    if any(role_of(cell.text) not in (None, Role.WEIGHT, Role.SCORE) for cell in cells):
        return kinds
    return ["name", *kinds[1:]]


def _counted(kinds: list[str | None], cells: Sequence[Cell]) -> list[str | None]:
    """A score per hundred ("评分 | 加权得分", "评分（百分制）") counts nothing towards the total."""
    weighted = [WEIGHTED_SCORE.fullmatch(clean(cell.text)) is not None for cell in cells]
    return [
        RAW_SCORE if kind == "score" and ("百分制" in cell.text or (any(weighted) and not own)) else kind
        for kind, own, cell in zip(kinds, weighted, cells, strict=True)
    ]


def _kind(found: str | None, place: int, kinds: list[str | None], first: int, last: int) -> str:
    """The kind of one header cell, by its words and by where it stands."""
    if found == "weight" and kinds[max(0, place - 2) : place] == ["weight", "score"]:
        return SECOND_WEIGHT
    if found in _POINTS and first < place < last and found in kinds[place + 1 :]:
        return LEVEL_WEIGHT if found == "weight" else LEVEL_SCORE if found == "score" else "other"
    if found in _POINTS or (
        found in ("other", "completion", "score rate", "deviation rate") and place < first
    ):
        return found
    if place < first or (found == "name" and "name" in kinds[place + 1 :]):
        return "group"
    started = any(kind in (*_VALUED, "narrative", "adjusted") for kind in kinds[first:place])
    if found is None:
        # "绩效指标" may head the whole block: what follows a level is one of the labels still.
        named = "name" in kinds[:place] and kinds[place - 1] != "level"
        return "other" if started or named else "level"
    return found


def _named(columns: list[Column]) -> tuple[Column, ...]:
    """The columns in order: the last label column is the indicator's name, and grid columns left of
    the header belong to merged levels."""
    labels = [i for i, column in enumerate(columns) if column.type is ColumnType.LABEL]
    for i in labels:
        own = i == labels[-1]
        columns[i] = Column(columns[i].at, ColumnType.LABEL, "name" if own else "level", own)
    taken = {column.at for column in columns}
    columns += [Column(at, ColumnType.LABEL, "level") for at in range(columns[0].at) if at not in taken]
    return tuple(sorted(columns, key=lambda column: column.at))
