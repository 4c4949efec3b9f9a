"""The rows of an indicator table, read under its header."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from auditor.compiled import compiled
from auditor.document import Cell, Row, Span, View
from auditor.language.lexicon import word
from auditor.report.align import FIGURES, Aligner, CellType, Column, ColumnType, cell_type
from auditor.report.indicator_columns import LEVEL_SCORE, LEVEL_WEIGHT, RAW_SCORE
from auditor.report.indicators.cells import (
    name_of,
    note_of,
    pair_of,
    points_of,
    target_of,
    told,
    view_of,
    weight_of,
)
from auditor.report.indicators.levels import OpenLevels, weigh_by_label
from auditor.report.indicators.odd_rows import OPTIONAL, odd_rows
from auditor.report.indicators.page_breaks import join_labels, join_texts
from auditor.report.indicators.totals import TotalRows, is_total
from auditor.report.labels import SUBTOTAL_ROW, column_of, details_above
from auditor.report.merged_points import lone, settled, share, undo_repeats
from auditor.report.model import Indicator, IndicatorPart, Level, ScoreTotal

_NO_COLUMN = "合计行的数对不上是哪一列"
_BESIDE = ("other", "target", "deviation", RAW_SCORE)
"""Columns whose cells are kept as they are; a target, because an adjusted one may go before it."""
_BONUS = compiled(r"加分|附加分|奖励分|扣分项|减分项|倒扣|一票否决")


@dataclass
class IndicatorHeader:
    """A header row of an indicator table and the rows read under it."""

    row: Row
    columns: tuple[Column, ...]
    index: int
    indicators: list[Indicator] = field(default_factory=list)
    totals: list[ScoreTotal] = field(default_factory=list)
    unread: list[tuple[Row, str]] = field(default_factory=list)
    doubtful: list[Span] = field(default_factory=list)
    labels: dict[int, str] = field(default_factory=dict)
    root: Level | None = None
    broken: bool = False
    guessed: bool = False
    square: bool = True
    """Whether all rows print as many cells as the header, empty ones too, each under its own: none was dropped."""
    _cut: View | None = None
    _closed: bool = False
    _relabelled: set[Span] = field(default_factory=set)
    _filled: list[tuple[frozenset[object], Span]] = field(default_factory=list)
    _lone: list[tuple[Row, ScoreTotal]] = field(default_factory=list)
    """Total rows with one number that stands under no column and is no sum of the rows read so far."""

    def __post_init__(self) -> None:
        self.aligner = Aligner(self.columns)
        self.kinds = {column.holds for column in self.columns}
        self._levels = OpenLevels(self.indicators, self.index)
        self._sums = TotalRows(self.columns, self.aligner, self.indicators, self.index)
        columns = [column for column in self.columns if column.holds not in OPTIONAL]
        self._width = max((column.at for column in columns), default=self.row.width) + 1
        words = {cell.col: cell.text for cell in self.row.cells}
        self._beside = frozenset(
            i
            for i, column in enumerate(self.columns)
            if column.holds in _BESIDE and column_of(words.get(column.at, "")) is not None
        )
        self.label_columns = [i for i, column in enumerate(self.columns) if column.type is ColumnType.LABEL]

    @property
    def complete(self) -> bool:
        """Whether the closing total row has been read."""
        return self._closed or any(total.scope is None for total in self.totals)

    def read(self, row: Row) -> bool:
        """Reads one row; false when it no longer belongs to this table."""
        if not row.cells:
            return True
        if is_total(row):
            return self._total(row, None)
        if self._closed and not self._goes_on(row):
            return False
        if any(SUBTOTAL_ROW.fullmatch(cell.text) for cell in row.cells[:3]):
            return self._total(row, self._scope(row))
        if all(cell_type(cell.text) is CellType.TEXT for cell in row.cells) and len(row.cells) <= 2:
            if (row.after_break or self.broken) and join_labels(row, self.indicators, self._levels):
                return True
            if len(row.cells) == 1 and len(row.cells[0].text) <= 24 and not weight_of(row.cells[0].view):
                self._cut = row.cells[0].view
                return True
        placed = self.aligner.assign([(cell.col, cell.text) for cell in row.cells])
        if placed is None:
            if not self._looks_like_row(row):
                return False
            self.unread.append((row, "各列无法唯一对应表头"))
            return True
        return self._take(row, placed)

    def _goes_on(self, row: Row) -> bool:
        """Whether a row behind the total still belongs to the table: an extra-points row, or one
        that fills target, weight and score."""
        if any(_BONUS.search(cell.text) for cell in row.cells[:3]):
            return True
        placed = self.aligner.assign([(cell.col, cell.text) for cell in row.cells])
        if placed is None or not self.aligner.certain:
            return False
        held = {self.columns[index].holds for index in placed if index >= 0}
        return {"weight", "score"} <= held and bool({"target", "actual", "name"} & held)

    def _looks_like_row(self, row: Row) -> bool:
        return any(cell_type(cell.text) in FIGURES for cell in row.cells)

    def _scope(self, row: Row) -> str | None:
        label = next(cell.text for cell in row.cells[:3] if SUBTOTAL_ROW.fullmatch(cell.text))
        named = label.removesuffix("小计").strip(":")
        if named:
            return named
        top = self._levels.open.get(self.label_columns[0])
        return None if top is None else top.name

    def _total(self, row: Row, scope: str | None) -> bool:
        """Keeps a total row; those with one number that stands under no column wait until all rows are read."""
        told = self._sums.read(row, scope)
        if told is None:
            self.unread.append((row, _NO_COLUMN))
        elif told.lone:
            self._lone.append((row, told.total))
        else:
            self._closed = scope is None and bool(self.indicators)
            self.totals.append(told.total)
        return True

    def _take(self, row: Row, placed: tuple[int, ...]) -> bool:
        here = all(
            index >= 0 and cell.col == self.columns[index].at
            for cell, index in zip(row.cells, placed, strict=True)
        )
        self.square = self.square and here and row.width >= self._width
        by_kind: dict[object, Cell] = {}
        labels: dict[int, Cell] = {}
        self._levels.row_begins()
        for cell, index in zip(row.cells, placed, strict=True):
            if index < 0:
                continue
            column = self.columns[index]
            if column.type is ColumnType.LABEL:
                labels[index] = cell
            elif column.holds in (LEVEL_WEIGHT, LEVEL_SCORE):
                left = max((i for i in self.label_columns if i < index), default=0)
                self._levels.row_prints(left, column.holds, cell)
            else:
                by_kind[column.holds] = cell
        valued = any(
            kind in by_kind for kind in ("weight", "score", "target", "actual", "review", "pair", "pair back")
        )
        if not valued and not (by_kind and labels):
            return self._label_only(labels)
        own = max(labels, default=None)
        if own is not None and self._is_part(labels, by_kind):
            self._part(labels[own], by_kind)
            return True
        if {"weight", "score"} & self.kinds and not {"weight", "score", "actual", "review"} & by_kind.keys():
            return False
        if not labels and not {"weight", "score"} & by_kind.keys():
            return join_texts(by_kind, self.indicators)
        if not self.aligner.certain or self.guessed:
            self.doubtful.append(row.span)
        self._filled.append((frozenset(by_kind), row.span))
        self._add(row, labels, by_kind, placed)
        return True

    def _is_part(self, labels: Mapping[int, Cell], by_kind: Mapping[object, Cell]) -> bool:
        """Whether the row details the indicator above ("其中：东坪村" and the rows below it): a target or an
        actual of its own, but no points, whether their cells are empty or struck out."""
        points = (by_kind[kind] for kind in ("weight", "score", "pair", "pair back") if kind in by_kind)
        if (
            not self.indicators
            or not {"target", "actual"} & by_kind.keys()
            or any(cell_type(cell.text) is not CellType.BLANK for cell in points)
        ):
            return False
        *outer, own = sorted(labels)
        entered = any(not self._levels.prints_again(index, labels[index].view) for index in outer)
        named = details_above(labels[own].text)
        goes_on = bool(self.indicators[-1].parts) and bool({"weight", "score"} & self.kinds)
        return named or (goes_on and not entered)

    def _part(self, label: Cell, by_kind: Mapping[object, Cell]) -> None:
        name = word("row_of_detail").sub("", name_of(label.view), count=1)
        part = IndicatorPart(name, label.view, note_of(by_kind.get("target")), note_of(by_kind.get("actual")))
        self.indicators[-1].parts.append(part)

    def _label_only(self, labels: dict[int, Cell]) -> bool:
        """A row of labels alone: a level heading, or a name whose rest follows a page break."""
        if len(labels) != 1:
            return False
        index, cell = next(iter(labels.items()))
        if len(cell.text) <= 24 and weight_of(cell.view):
            self._enter(index, cell.view)
            self._cut = None
            return True
        return False

    def _enter(self, index: int, view: View) -> None:
        score = self._levels.enter(index, view)
        if score is not None:
            self.totals.append(score)

    def _aside(self, row: Row, placed: tuple[int, ...]) -> tuple[View, ...]:
        """The cells of known columns that nothing is compared with: 偏离度, the target before it was adjusted."""
        return tuple(
            cell.view
            for cell, index in zip(row.cells, placed, strict=True)
            if index >= 0 and index in self._beside
        )

    def _path(self, row: Row, labels: Mapping[int, Cell], own: int | None) -> tuple[Level, ...]:
        """The levels over a row whose name stands in the column `own`, those of its own labels among them."""
        for index in sorted(labels):
            if index != own:
                if self._levels.prints_again(index, labels[index].view):
                    self._relabelled.add(row.span)
                self._enter(index, labels[index].view)
        # A lone label in the column of an open level ("产出目标" above it) is a name that slipped
        # left, not a new level: it stays under that level.
        slipped = own is not None and len(labels) == 1 and own in self._levels.open
        if own is not None and own != self.label_columns[-1] and own in self._levels.open and not slipped:
            self._enter(own, labels[own].view)
            self._levels.open.pop(own)
        path = tuple(
            level
            for index, level in sorted(self._levels.open.items())
            if own is None or index < own or (slipped and index == own)
        )
        return path if self.root is None else (self.root, *path)

    def _add(
        self, row: Row, labels: dict[int, Cell], by_kind: dict[object, Cell], placed: tuple[int, ...]
    ) -> None:
        own = max(labels, default=None)
        path = self._path(row, labels, own)
        name_view = labels[own].view if own is not None else row.cells[0].view
        if self._cut is not None and row.after_break:
            name_view = self._cut.join(name_view)
        self._cut = None
        pair = pair_of(by_kind)
        indicator = Indicator(
            name_of(name_view),
            name_view,
            path,
            target=target_of(by_kind),
            actual=note_of(by_kind.get("actual")),
            narrative=view_of(by_kind.get("narrative")),
            reason=note_of(by_kind.get("reason")) or told(by_kind.get("deviation")),
            weight=points_of(by_kind.get("weight")) or pair.get("weight") or weight_of(name_view),
            score=points_of(by_kind.get("score")) or pair.get("score"),
            review_score=points_of(by_kind.get("review")),
            deduction=points_of(by_kind.get("deduction")),
            sign=view_of(by_kind.get("sign")),
            unit=view_of(by_kind.get("unit")),
            completion=note_of(by_kind.get("completion")),
            score_rate=note_of(by_kind.get("score rate")),
            deviation=note_of(by_kind.get("deviation rate")),
            aside=self._aside(row, placed),
            has_target_column="target" in self.kinds,
            has_actual_column="actual" in self.kinds,
            has_reason_column=bool({"reason", "deviation"} & self.kinds),
            is_bonus=any(_BONUS.search(cell.text) for cell in labels.values())
            or any(_BONUS.search(level.name) for level in path),
            table=self.index,
            span=row.span,
        )
        for kind, cell in by_kind.items():
            self.labels[cell.span.start] = (
                indicator.name if kind == "narrative" else f"{indicator.name}·{kind}"
            )
        self.indicators.append(indicator)

    def finish(self, execution: Sequence[Indicator] = ()) -> None:
        """Closes the table: scores merged over several indicators are known once all rows are, and
        so is which columns a row usually fills. `execution` rows count towards its total."""
        self.doubtful += odd_rows(self._filled, self.indicators, self.totals, self.kinds)
        self.doubtful += undo_repeats(self.indicators, execution, self.totals, self._relabelled)
        if {"weight", "score"} <= self.kinds:
            share(self.indicators)
            self.totals = settled(self.totals, (*self.indicators, *execution))
            for row, total in self._lone:
                placed = lone(total, (*self.indicators, *execution))
                if placed is None:
                    self.unread.append((row, _NO_COLUMN))
                else:  # which column it belongs to was inferred, so that it proves nothing
                    self.totals.append(placed)
                    self.doubtful.append(row.span)
        if "weight" not in self.kinds:
            weigh_by_label(self.indicators)
        first = min((row.span.start for row in self.indicators), default=0)
        # A total above its rows closes nothing: it is told like one in the text.
        self.totals = [
            replace(total, table=None) if total.scope is None and total.span.end <= first else total
            for total in self.totals
        ]
