"""The rows of a money table, read under its header."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from auditor.document import Cell, Row, Span
from auditor.figures import Figure, scan
from auditor.report.align import Aligner, CellType, Column, ColumnType, cell_type
from auditor.report.cell_figures import money_figure, points_figure, rate_figure
from auditor.report.formulas import row_formula
from auditor.report.labels import clean, details_above, line_of, role_of, unit_in
from auditor.report.line_kinds import scored_lines, settle
from auditor.report.model import Amount, Formula, Indicator, Line, LineKind, MoneyTable, Role
from auditor.report.money.execution import execution_row
from auditor.report.money.lines import Lines
from auditor.report.money.parts import PartOf, Parts
from auditor.report.money.row_kinds import is_field, is_header_note, names_lines, tells_pairs, tells_result
from auditor.report.pairs import pairs_under

_POINTS = (Role.WEIGHT, Role.SCORE, Role.REVIEW)


@dataclass
class _Told:
    """A row's cells: what names its line, the number it has, the cells of columns that hold something, and numbers
    of columns that hold nothing. `of_which`: some label says that it details the line above."""

    label: Cell | None = None
    reference: Cell | None = None
    values: list[tuple[Column, Cell]] = field(default_factory=list)
    loose: list[Cell] = field(default_factory=list)
    of_which: bool = False


@dataclass
class MoneyHeader:
    """A header row of a money table and the rows read under it.

    `by_source`: the columns are sources (合计/上级/本级) and the rows roles; otherwise the reverse.
    """

    row: Row
    columns: tuple[Column, ...]
    by_source: bool
    details: bool
    table: MoneyTable
    index: int
    labels: dict[int, str] = field(default_factory=dict)
    formulas: list[Formula] = field(default_factory=list)
    execution: list[Indicator] = field(default_factory=list)
    doubtful: list[Span] = field(default_factory=list)
    aligner: Aligner = field(init=False)
    rows_read: int = 0
    _points: dict[Role, tuple[Figure, Cell]] = field(default_factory=dict)
    _parts: Parts = field(init=False)
    _lines: Lines = field(init=False)

    def __post_init__(self) -> None:
        self.aligner = Aligner(self.columns)
        self._parts = Parts(self.table)
        self._lines = Lines(self.table, self.details)

    def read(self, row: Row) -> bool:
        """Reads one row; false when the row no longer belongs to this table."""
        kinds = [cell_type(cell.text) for cell in row.cells]
        if not self.rows_read and is_header_note(row):
            return True  # a second header line: "(万元)", "(A) | (B) | (B/A)"
        if kinds == [CellType.INDEX]:
            return True  # a numbered line left blank
        if row.cells and not self.by_source and tells_result(row.cells[0].text):
            return False
        valued = any(kind not in (CellType.TEXT, CellType.REFERENCE) for kind in kinds)
        if not valued:
            return bool(row.cells) and line_of(row.cells[0].text) is not None
        if self._paired_row(row):
            return True
        if not self.by_source and (is_field(row, self.columns) or tells_pairs(row)):
            return False
        if not self.rows_read:
            self._demote(row)
        placed = self.aligner.assign([(self._place_of(cell), cell.text) for cell in row.cells])
        if placed is None:
            self._unread(row, "各列无法唯一对应表头")
            return True
        if not self._take(row, placed):
            return False
        if not self.aligner.certain:
            self.doubtful.append(row.span)
        self.rows_read += 1
        return True

    def _place_of(self, cell: Cell) -> int:
        """Where a cell stands: one that reaches over the line numbers ("合计" under "序号 | 项目名称") under the name."""
        if cell.colspan == 1 or cell_type(cell.text) is not CellType.TEXT:
            return cell.col
        under = [one for one in self.columns if cell.col <= one.at < cell.col + cell.colspan]
        names = [one.at for one in under if one.type is ColumnType.LABEL]
        numbered = bool(under) and under[0].type is ColumnType.REFERENCE
        return names[0] if numbered and names else cell.col

    def _paired_row(self, row: Row) -> bool:
        """A row of label and figure under each header: "合计 | 230 | 合计 | 221" under "计划 | | 支出"."""
        roles = {column.at: column for column in self.columns if isinstance(column.holds, Role)}
        found = pairs_under(list(roles), row)
        if self.by_source or len(found) < 2:
            return False
        if cell_type(row.cells[0].text) in (CellType.NUMBER, CellType.INDEX):
            self.doubtful.append(row.span)  # the label of its first figure stands elsewhere
        place = self.rows_read + 1
        for at, label, value in found:
            role = roles[at].holds
            assert isinstance(role, Role)
            kind, name = line_of(label.text), clean(label.text)
            line = Line(kind or LineKind.DETAIL, name, place, details_above(label.text), label)
            cell = Cell(value, row.number, at + 1)
            figure = self._figure(cell, rate=role.is_rate, header=self.labels[at], points=role in _POINTS)
            if figure is not None:
                made = Amount(
                    role, line, figure, clean(self.labels[at]), self.index, row=row.number + 1, col=at + 2
                )
                self.table.amounts.append(made)
        self.rows_read += 1
        return True

    def extend(self, lower: MoneyHeader) -> bool:
        """Takes over the second row of a two-row header ("其中:" over "结转数 | 财政收回数").

        False when figures have been read already, or when the row names a column anew.
        """
        mine = {column.at: column for column in self.columns}
        added = [column for column in lower.columns if column.holds is not None]
        if self.rows_read or self.by_source != lower.by_source:
            return False
        if any(mine.get(column.at) is not None and mine[column.at].holds is not None for column in added):
            return False
        mine.update({column.at: column for column in added})
        self.labels.update(lower.labels)
        self.columns = tuple(sorted(mine.values(), key=lambda column: column.at))
        self.aligner = Aligner(self.columns)
        return True

    def _demote(self, row: Row) -> None:
        """A header cell over text is a label column, whatever its words ("年度预算数" over "总额")."""
        texts = {
            cell.col
            for cell in row.cells
            if cell_type(cell.text) is CellType.TEXT and not cell.text[:1].isdigit()
        }
        columns = tuple(
            replace(column, type=ColumnType.LABEL, holds=None, core=False)
            if column.type is ColumnType.MONEY and column.at in texts
            else column
            for column in self.columns
        )
        if columns != self.columns:
            self.columns = columns
            self.aligner = Aligner(columns)

    def _take(self, row: Row, placed: tuple[int, ...]) -> bool:
        told = self._told(row, placed)
        label, values = told.label, told.values
        if label is not None and len(label.text) > 60:
            return False
        if not any(cell_type(cell.text) is not CellType.BLANK for _, cell in values):
            return label is not None
        if self.by_source:
            return self._source_row(label, told.reference, values)
        if label is None and (self.details or self.rows_read):
            self._unread(row, "这一行没有名称")
            return True
        self._role_row(label, values, told.of_which, row)
        place = self.rows_read + 1 if label is not None else 0
        self.table.loose.extend((place, figure) for cell in told.loose for figure in scan(cell.view)[:1])
        return True

    def _told(self, row: Row, placed: tuple[int, ...]) -> _Told:
        """The cells of a row by what their columns hold."""
        told = _Told()
        named = False
        for cell, index in zip(row.cells, placed, strict=True):
            if index < 0:
                continue
            column = self.columns[index]
            head = self.labels.get(column.at, "")
            if column.type is ColumnType.LABEL:
                if cell_type(cell.text) is CellType.TEXT:
                    told.of_which = told.of_which or details_above(cell.text)
                    # Of several labels the one under "项目名称" names the line, else the last.
                    if told.label is None or not named:
                        told.label = cell
                    named = named or names_lines(head)
            elif column.type is ColumnType.REFERENCE:
                told.reference = cell
            elif column.holds is not None:
                told.values.append((column, cell))
            elif cell_type(cell.text) is CellType.NUMBER:
                told.loose.append(cell)
                if line_of(head) in (LineKind.TOTAL, LineKind.SUBTOTAL):
                    self.table.aside.append(cell.span)
        return told

    def _source_row(
        self, label: Cell | None, reference: Cell | None, values: list[tuple[Column, Cell]]
    ) -> bool:
        role = role_of(label.text) if label else None
        if label is None:
            return False
        if role is None:
            # A part of the row above ("其中：上年结转"), or a numbered row of unknown name: the table goes on.
            if reference is None and not details_above(label.text):
                return False
            self.table.loose.extend((0, figure) for _, cell in values for figure in scan(cell.view)[:1])
            return True
        place = len(self.table.references) + len(self.table.roles) + 1
        if reference is not None:
            self._reference(reference, place)
        for column, cell in values:
            line = column.holds
            assert isinstance(line, Line)
            figure = self._figure(cell, rate=role.is_rate, header=label.text, points=role in _POINTS)
            if figure is not None and role in _POINTS and line.kind is LineKind.TOTAL:
                self._points[role] = (figure, label)
            if figure is not None:
                self.table.amounts.append(
                    Amount(role, line, figure, clean(label.text), self.index, row=place, col=cell.col + 1)
                )
        return True

    def _reference(self, cell: Cell, place: int) -> None:
        number, formula = row_formula(cell.view, self.index)
        self.table.references[number] = place
        if formula is not None:
            self.formulas.append(formula)

    def _role_row(
        self, label: Cell | None, values: list[tuple[Column, Cell]], of_which: bool, row: Row
    ) -> None:
        if label is not None and self._lines.total_comes_late(label.text):
            self.execution.clear()  # one line's score was taken for that of the total
        line = self._lines.of(label, of_which, self.rows_read)
        points: dict[Role, Figure] = {}
        for column, cell in values:
            role = column.holds
            header = self.labels[column.at]
            if isinstance(role, PartOf):
                figure = self._figure(cell, rate=False, header=role.view.text)
                if figure is not None:
                    self._parts.add(role, line, figure, self.index, (row, cell), self.rows_read)
                continue
            assert isinstance(role, Role)
            figure = self._figure(cell, rate=role.is_rate, header=header, points=role in _POINTS)
            if figure is None:
                continue
            if role in _POINTS:
                points[role] = figure
            self.table.amounts.append(
                Amount(role, line, figure, clean(header), self.index, row=row.number + 1, col=cell.col + 1)
            )
        scored = Role.SCORE in points and (line.kind is LineKind.TOTAL or Role.WEIGHT in points)
        if scored and not self.execution:
            self.execution.append(execution_row(label, points, row.span, self.row))

    def goes_on(self, below: Sequence[Row]) -> bool:
        """Whether this table goes on under its header printed again: its total is still to come, or came first
        and the row `below` is no total, as that of another project's table would be."""
        if not self._lines.has_total:
            return True
        first = self.table.amounts[0].line.kind is LineKind.TOTAL
        label = next((cell.text for row in below[:1] for cell in row.cells), "")
        return first and line_of(label) not in (None, LineKind.TOTAL)

    def finish(self) -> None:
        """Settles what the lines of the closed table are."""
        self._parts.settle()
        if Role.SCORE in self._points and not self.execution:
            # "分值" and "得分" as rows of the fund block, under the column of the total.
            score, label = self._points[Role.SCORE]
            points = {role: figure for role, (figure, _) in self._points.items()}
            self.execution.append(execution_row(label, points, score.span, self.row))
        if scored_lines(self.table) >= 2:
            self.execution.clear()  # a list of projects with the score of each
        settle(self.table, details=self.details, assumed=self._lines.assumed)

    def _figure(self, cell: Cell, rate: bool, header: str, points: bool = False) -> Figure | None:
        if cell_type(cell.text) in (CellType.BLANK, CellType.TEXT, CellType.REFERENCE):
            return None
        figure = next(iter(scan(cell.view)), None)
        if figure is None:
            return None
        if points:
            return points_figure(figure)
        if rate:
            return rate_figure(figure)
        return money_figure(figure, unit_in(header) or self.table.unit)

    def _unread(self, row: Row, reason: str) -> None:
        for cell in row.cells:
            if cell_type(cell.text) in (CellType.NUMBER, CellType.PERCENT):
                for figure in scan(cell.view)[:1]:
                    self.table.unread.append((figure, reason))
