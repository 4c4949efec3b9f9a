"""Money tables: a grid of amounts under a header of roles or of sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

from auditor.compiled import compiled
from auditor.document import Cell, Row, Span, View
from auditor.figures import Figure, Kind, scan
from auditor.language.lexicon import word
from auditor.report.adjustments import Roles, in_turn, sources_in, told_apart
from auditor.report.align import Aligner, CellType, Column, ColumnType, cell_type
from auditor.report.cell_figures import money_figure, points_figure, rate_figure
from auditor.report.formulas import row_formula
from auditor.report.labels import (
    GRADE_LABEL,
    TOTAL_ROW,
    clean,
    column_of,
    details_above,
    heads_details,
    line_of,
    role_of,
    roles_together,
    score_of_others,
    unit_in,
)
from auditor.report.line_kinds import scored_lines, settle
from auditor.report.model import Amount, Formula, Indicator, Line, LineKind, MoneyTable, Role
from auditor.report.pairs import pairs_under
from auditor.report.votes import body, inferred, voted
from auditor.values import frozen

_REFERENCE_HEAD = compiled(r"行次|行号|序号|栏次")
_HEADER_NOTE = compiled(r"[(（][^()（）]{1,10}[)）]|万元|元|[A-Z](?:[=/][A-Z].{0,8})?")
_OTHER_PERIOD = compiled(r"累计|上年|历年|以前年度")
_RAISED = compiled(r"调[整减增]|收回|全年|最终|可用|追加")
_PLAIN = compiled(r"(?:项目)?预算(?:数|金额|安排)?|批复数")
_SPENDING = compiled(r"支出|费用|用途|使用")
_POINTS = (Role.WEIGHT, Role.SCORE, Role.REVIEW)
_WEIGHT_NOTE = compiled(r"[(（](\d{1,3}(?:\.\d+)?)分")


@frozen
class PartOf:
    """A column with a part of the amount left of it: "其中：财政资金" behind "预算数", again behind "执行数"."""

    role: Role
    name: str
    view: View


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
    _assumed_total: str | None = None
    _named_sources: bool = False
    _unnamed_sources: bool = False
    _points: dict[Role, tuple[Figure, Cell]] = field(default_factory=dict)
    _parts: list[Amount] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.aligner = Aligner(self.columns)

    def read(self, row: Row) -> bool:
        """Reads one row; false when the row no longer belongs to this table."""
        kinds = [cell_type(cell.text) for cell in row.cells]
        if not self.rows_read and all(_HEADER_NOTE.fullmatch(cell.text) for cell in row.cells):
            return True  # a second header line: "(万元)", "(A) | (B) | (B/A)"
        if kinds == [CellType.INDEX]:
            return True  # a numbered line left blank
        if row.cells and not self.by_source and _tells_result(row.cells[0].text):
            return False
        valued = any(kind not in (CellType.TEXT, CellType.REFERENCE) for kind in kinds)
        if not valued:
            return bool(row.cells) and line_of(row.cells[0].text) is not None
        if self._paired_row(row):
            return True
        if self._is_field(row, kinds) or (not self.by_source and _tells_pairs(row)):
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

    def _is_field(self, row: Row, kinds: Sequence[CellType]) -> bool:
        """Whether the row tells one amount by its own name ("执行率 | 95.3%"), which no header over several says."""
        money = sum(isinstance(column.holds, Role) and column.holds.is_money for column in self.columns)
        if self.by_source or money < 2 or len(row.cells) != 2 or kinds[0] is not CellType.TEXT:
            return False
        label = row.cells[0].text
        return role_of(label) is not None and line_of(label) is None and not details_above(label)

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
        label: Cell | None = None
        reference: Cell | None = None
        values: list[tuple[Column, Cell]] = []
        loose: list[Cell] = []
        of_which = named = False
        for cell, index in zip(row.cells, placed, strict=True):
            if index < 0:
                continue
            column = self.columns[index]
            if column.type is ColumnType.LABEL:
                if cell_type(cell.text) is CellType.TEXT:
                    of_which = of_which or details_above(cell.text)
                    # Of several labels the one under "项目名称" names the line, else the last.
                    if label is None or not named:
                        label = cell
                    named = named or _names_lines(self.labels.get(column.at, ""))
            elif column.type is ColumnType.REFERENCE:
                reference = cell
            elif column.holds is not None:
                values.append((column, cell))
            elif cell_type(cell.text) is CellType.NUMBER:
                loose.append(cell)
                if line_of(self.labels.get(column.at, "")) in (LineKind.TOTAL, LineKind.SUBTOTAL):
                    self.table.aside.append(cell.span)
        if label is not None and len(label.text) > 60:
            return False
        if not any(cell_type(cell.text) is not CellType.BLANK for _, cell in values):
            return label is not None
        if self.by_source:
            return self._source_row(label, reference, values)
        if label is None and (self.details or self.rows_read):
            self._unread(row, "这一行没有名称")
            return True
        self._role_row(label, values, of_which, row)
        place = self.rows_read + 1 if label is not None else 0
        self.table.loose.extend((place, figure) for cell in loose for figure in scan(cell.view)[:1])
        return True

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
        line = self._line(label, of_which)
        points: dict[Role, Figure] = {}
        for column, cell in values:
            role = column.holds
            header = self.labels[column.at]
            if isinstance(role, PartOf):
                self._part(role, line, cell, row)
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
            self._execution(label, points, row)

    def _part(self, part: PartOf, line: Line, cell: Cell, row: Row) -> None:
        """A part of the whole is one of its sources; that of a line of detail stands there for itself."""
        figure = self._figure(cell, rate=False, header=part.view.text)
        if figure is None:
            return
        if line.kind is not LineKind.TOTAL:
            self.table.aside.append(figure.span)
            return
        places = {one.line.name: one.line.place for one in self._parts}
        place = places.get(part.name, self.rows_read + 2 + len(places))
        source = Line(LineKind.SOURCE, part.name, place, view=part.view)
        self._parts.append(
            Amount(part.role, source, figure, part.name, self.index, row=row.number + 1, col=cell.col + 1)
        )

    def _settle_parts(self) -> None:
        """The sources that columns tell are lines of the table where its rows tell none."""
        if self._parts and not self.table.of_kind(LineKind.SOURCE):
            self.table.amounts += self._parts
        else:
            self.table.loose.extend((one.line.place, one.figure) for one in self._parts)

    def _line(self, label: Cell | None, of_which: bool) -> Line:
        if label is None:
            return Line(LineKind.TOTAL, "合计")
        kind = line_of(label.text)
        if kind is LineKind.TOTAL and self._assumed_total is not None:
            self._demote_assumed()
        if kind is None and not self.details:
            # An unknown name on the first line heads the sources under it ("本年度可用资金"), unless
            # a line further down calls itself the total.
            kind = LineKind.SOURCE if self.rows_read else LineKind.TOTAL
            if not self.rows_read:
                self._assumed_total = clean(label.text)
            else:
                self._unnamed_sources = True
        elif kind is LineKind.SOURCE or of_which:
            self._named_sources = True
        kind = kind or LineKind.DETAIL
        return Line(kind, clean(label.text), self.rows_read + 1, of_which, label.view)

    def _demote_assumed(self) -> None:
        self.table.amounts[:] = [
            replace(amount, line=replace(amount.line, kind=LineKind.SOURCE))
            if amount.line.name == self._assumed_total
            else amount
            for amount in self.table.amounts
        ]
        self._assumed_total = None
        self.execution.clear()  # one line's score was taken for that of the total

    @property
    def has_total(self) -> bool:
        """Whether a line that calls itself the total has been read."""
        return any(
            amount.line.kind is LineKind.TOTAL and amount.line.name != self._assumed_total
            for amount in self.table.amounts
        )

    def goes_on(self, below: Sequence[Row]) -> bool:
        """Whether this table goes on under its header printed again: its total is still to come, or came first
        and the row `below` is no total, as that of another project's table would be."""
        if not self.has_total:
            return True
        first = self.table.amounts[0].line.kind is LineKind.TOTAL
        label = next((cell.text for row in below[:1] for cell in row.cells), "")
        return first and line_of(label) not in (None, LineKind.TOTAL)

    def finish(self) -> None:
        """Settles what the lines of the closed table are."""
        self._settle_parts()
        if Role.SCORE in self._points and not self.execution:
            # "分值" and "得分" as rows of the fund block, under the column of the total.
            score, label = self._points[Role.SCORE]
            points = {role: figure for role, (figure, _) in self._points.items()}
            self.execution.append(self._execution_row(label, points, score.span))
        if scored_lines(self.table) >= 2:
            self.execution.clear()  # a list of projects with the score of each
        assumed = self._assumed_total is not None and self._unnamed_sources and not self._named_sources
        settle(self.table, details=self.details, assumed=assumed)

    def _execution(self, label: Cell | None, points: dict[Role, Figure], row: Row) -> None:
        """The budget execution row of the form counts as an indicator of the total."""
        self.execution.append(self._execution_row(label, points, row.span))

    def _execution_row(self, label: Cell | None, points: dict[Role, Figure], span: Span) -> Indicator:
        score = points[Role.SCORE]
        return Indicator(
            "预算执行率", label.view if label else score.view,
            weight=points.get(Role.WEIGHT) or self._weight_in_header(), score=score,
            review_score=points.get(Role.REVIEW), is_execution=True, span=span,
        )  # fmt: skip

    def _weight_in_header(self) -> Figure | None:
        """ "预算执行情况（20分）" or "得分（20分*执行率）" in the header names the weight."""
        for cell in self.row.cells:
            if _WEIGHT_NOTE.search(cell.text):
                return next((f for f in scan(cell.view) if f.kind is Kind.SCORE), None)
        return None

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


def _tells_pairs(row: Row) -> bool:
    """Whether the row is nothing but amounts behind their own labels: "预算数 | 68 | 执行数 | 66.12 | 执行率 | 97.24%"."""
    labels, values = row.cells[::2], row.cells[1::2]
    if len(labels) < 2 or len(labels) != len(values):
        return False
    valued = (CellType.NUMBER, CellType.INDEX, CellType.PERCENT)
    roles = {role_of(cell.text) for cell in labels}
    return None not in roles and len(roles) > 1 and all(cell_type(cell.text) in valued for cell in values)


def _names_lines(head: str) -> bool:
    """Whether the column under `head` holds the names of what the lines are."""
    return heads_details(head) or word("project_column").fullmatch(clean(head)) is not None


def _tells_result(text: str) -> bool:
    """Whether a row tells the score or the grade of the whole form, right under its money: "自评得分 | 94.5 | 自评等级"."""
    label = clean(text)
    closing = TOTAL_ROW.fullmatch(label) is not None and "分" in label
    return closing or GRADE_LABEL.fullmatch(label) is not None


_WIDEST = 200
"""Cells of a header, at most: what is wider is no table of money."""


def money_header(row: Row, index: int, unit: str | None, below: Sequence[Row] = ()) -> MoneyHeader | None:
    """The header this row is, or `None`.

    `unit` is the one declared nearest above the row; a unit in the row itself goes before. The rows
    `below` tell what a column holds that no word of the header names.
    """
    if not 2 <= len(row.cells) <= _WIDEST or any(
        cell_type(cell.text) in (CellType.NUMBER, CellType.PERCENT, CellType.INDEX) for cell in row.cells
    ):
        return None
    own_rows = body(below)
    by_column = in_turn(row, told_apart(row, _roles(row), own_rows), own_rows)
    cells = [(cell, by_column[cell.col], line_of(cell.text)) for cell in row.cells]
    roles = [role for _, role, _ in cells if role is not None]
    money = sum(1 for role in roles if role.is_money)
    lines = [line for _, role, line in cells if line is not None and role is None]
    details = any(heads_details(cell.text) for cell in row.cells)
    # The first cell may head the rows in words of money: "资金执行情况 | 合计 | 中央 | 省".
    heads_rows = money == 1 and cells[0][1] is not None and cells[0][1].is_money
    by_source = (
        (money == 0 or heads_rows)
        and len(lines) >= 2
        and bool({LineKind.TOTAL, LineKind.SUBTOTAL} & set(lines))
    )
    by_source = by_source or _lists_parts(row)
    several = len({role for role in roles if role.is_money}) >= 2 or any(line is not None for line in lines)
    by_role = (money >= 2 and several) or (money == 1 and (details or any(role.is_rate for role in roles)))
    if not by_source and not by_role:
        return None
    unnamed = bool(below) and _is_unnamed(row, below[0])
    summed = sources_in(row, own_rows) if by_source else frozenset()
    columns, labels = _columns(row, by_column, by_source, unnamed, summed)
    columns = voted(columns, labels, own_rows)
    if unnamed:
        columns = tuple(_granted(column, labels.get(column.at, "")) for column in columns)
    if by_role:
        columns = inferred(columns, labels, own_rows)
    own = next((found for cell in row.cells if (found := unit_in(cell.text))), None)
    title = row.cells[0].text
    headers = tuple(cell.text for cell in row.cells)
    table = MoneyTable(title, unit=own or unit or "", span=row.span, headers=headers)
    return MoneyHeader(row, columns, by_source, details, table, index, labels)


def _roles(row: Row) -> Roles:
    """What the words of the header say of each grid column."""
    spent = _spent_column(row)
    parts = _named_with_source(row)
    together: dict[int, Role] = {}
    for left, right in pairwise(row.cells):
        if (both := roles_together(left.text, right.text)) is not None:
            together |= dict(zip((left.col, right.col), both, strict=True))
    scores = [cell for cell in row.cells if role_of(cell.text) is Role.SCORE]
    place = score_of_others([cell.text for cell in scores])
    return {
        cell.col: Role.REVIEW
        if place is not None and cell is scores[place]
        else Role.PAID
        if cell is spent
        else parts[cell.col].role
        if cell.col in parts
        else together.get(cell.col) or role_of(cell.text)
        for cell in row.cells
    }


def _spent_column(row: Row) -> Cell | None:
    """The plain "金额" behind a label of expenditure, where no column names an amount ("支出内容 | 金额（万元）")."""
    first, *others = row.cells
    if (
        not _SPENDING.search(first.text)
        or not heads_details(first.text)
        or any(role_of(c.text) for c in others)
    ):
        return None
    plain = [cell for cell in others if word("col_sum_column").fullmatch(clean(cell.text))]
    return plain[0] if len(plain) == 1 else None


def _heads_rows(row: Row, by_source: bool) -> bool:
    """Whether the first cell heads the labels of the rows, though its words name an amount or a total:
    "资金执行情况 | 预算数 | 支出数", "项目资金（万元） | 合计 | 中央 | 省"."""
    first, *others = row.cells
    if by_source:
        return any(line_of(cell.text) is LineKind.TOTAL for cell in others)
    known = sum(role_of(cell.text) is not None for cell in others)
    return clean(first.text).endswith("情况") and known >= 2


def _begins_the_year(valued: list[Column], labels: dict[int, str]) -> bool:
    """Whether the first of several budgets is the plain one, before it was raised."""
    label = labels[valued[0].at]
    return (
        valued[0].holds is Role.BUDGET and not _RAISED.search(label) and bool(_PLAIN.fullmatch(clean(label)))
    )


def _lists_parts(row: Row) -> bool:
    """Whether the columns are parts of the money and their total: "项目 | 路面 | 排水 | 设计 | 合计"."""
    first, *others = row.cells
    if len(others) < 3 or any(role_of(cell.text) or column_of(cell.text) for cell in others):
        return False
    named = clean(first.text) in ("项目", "内容", "类别", "资金", "指标", "分类") and first.colspan == 1
    closing = line_of(others[-1].text) is LineKind.TOTAL or line_of(others[0].text) is LineKind.TOTAL
    return named and closing and all(len(cell.text) <= 16 for cell in others)


def _parts_of(row: Row) -> dict[int, PartOf]:
    """The header cells, by grid column, that name a part of an amount. It stands left of them: they say so (其中), stand
    under it, go on with one that does, or stand behind several amounts under the same name. Or they name it
    themselves, each with its own source ("财政资金预算数 | 其他资金预算数")."""
    counts = Counter(clean(cell.text) for cell in row.cells if line_of(cell.text) is LineKind.SOURCE)
    found = _named_with_source(row)
    amount: tuple[Role, Cell] | None = None
    for before, cell in zip([None, *row.cells], row.cells, strict=False):
        role, source = role_of(cell.text), line_of(cell.text) is LineKind.SOURCE
        named = details_above(cell.text) and (source or role in (None, Role.ALLOCATED))
        again = counts[clean(cell.text)] > 1 or (before is not None and before.col in found)
        if cell.col in found:
            continue
        under = amount is not None and cell.col < amount[1].col + amount[1].colspan
        if amount is not None and (named or under or (source and again)):
            found[cell.col] = PartOf(amount[0], clean(cell.text), cell.view)
        elif role is not None and role.is_money:
            amount = role, cell
    return found


def _named_with_source(row: Row) -> dict[int, PartOf]:
    """Those that name source and amount in one, where the amount has two sources."""
    found: dict[int, PartOf] = {}
    for cell in row.cells:
        if (told := _source_and_role(cell.view.text)) is not None:
            found[cell.col] = PartOf(told[1], told[0], cell.view)
    sources: dict[Role, set[str]] = {}
    for part in found.values():
        sources.setdefault(part.role, set()).add(part.name)
    return {col: part for col, part in found.items() if len(sources[part.role]) > 1}


@lru_cache(maxsize=4096)
def _source_and_role(text: str) -> tuple[str, Role] | None:
    """What a header cell names both of, "财政资金预算数": the source and the amount."""
    label = clean(text)
    for at in range(len(label) - 2, 1, -1):
        role = role_of(label[at:])
        if role is not None and role.is_money and line_of(label[:at]) is LineKind.SOURCE:
            return label[:at], role
    return None


def _is_unnamed(header: Row, row: Row) -> bool:
    """Whether the row has figures under all headers and so no name: the one row of a block."""
    kinds = [cell_type(cell.text) for cell in row.cells]
    alike = [cell.col for cell in row.cells] == [cell.col for cell in header.cells]
    return alike and all(kind not in (CellType.TEXT, CellType.REFERENCE) for kind in kinds)


def _granted(column: Column, label: str) -> Column:
    """ "财政拨款" over a figure, beside "实际使用": the money granted, no source among others."""
    if column.holds is None and line_of(label) is LineKind.SOURCE and "财政" in label:
        return replace(column, type=ColumnType.MONEY, holds=Role.ALLOCATED, core=True)
    return column


def _columns(
    row: Row, roles: Roles, by_source: bool, unnamed: bool, summed: frozenset[int]
) -> tuple[tuple[Column, ...], dict[int, str]]:
    columns: list[Column] = []
    labels: dict[int, str] = {}
    first: int | None = None
    parts = by_source and _lists_parts(row)
    heads = _heads_rows(row, by_source)
    parts_of = {} if by_source else _parts_of(row)
    one_of_two = sum(roles[cell.col] is Role.PAID for cell in row.cells[heads:]) > 1
    lines = [line_of(cell.text) if by_source else None for cell in row.cells]
    named = [place for place, line in enumerate(lines) if line is not None and place >= heads]
    for place, cell in enumerate(row.cells):
        role, line = roles[cell.col], lines[place]
        between = named and named[0] < place < named[-1] and column_of(cell.text) is None
        if line is None and (between or cell.col in summed):
            line = LineKind.SOURCE  # "合计 | 中央预算内投资 | 自治区配套": one among the sources is one
        column: Column
        if _REFERENCE_HEAD.fullmatch(clean(cell.text)):
            column = Column(cell.col, ColumnType.REFERENCE, None)
        elif heads and not place:
            column = Column(cell.col, ColumnType.LABEL, None)
        elif by_source and role is None and (line is not None or (parts and place)):
            name = Line(line or LineKind.DETAIL, clean(cell.text), place, view=cell.view)
            column = Column(cell.col, ColumnType.RATE, name)
        elif cell.col in parts_of:
            column = Column(cell.col, ColumnType.MONEY, parts_of[cell.col])
        elif not by_source and role is Role.PAID and _OTHER_PERIOD.search(cell.text) and one_of_two:
            column = Column(cell.col, ColumnType.ANY, None)
        elif not by_source and role is not None and (role.is_money or first is not None):
            kind = (
                ColumnType.MONEY if role.is_money else ColumnType.RATE if role.is_rate else ColumnType.POINTS
            )
            column = Column(cell.col, kind, role, core=kind is ColumnType.MONEY)
        else:
            column = Column(cell.col, ColumnType.LABEL if first is None else ColumnType.ANY, None)
        if column.holds is not None and first is None:
            first = cell.col
        labels[cell.col] = cell.text
        columns.append(column)
    valued = [column for column in columns if column.holds is not None]
    while len(valued) > 1 and any(column.holds == valued[0].holds for column in valued[1:]):
        if (unnamed or columns.index(valued[0]) > 0) and _begins_the_year(valued, labels):
            # "预算数 | 调整数 | 调整后预算数": the plain one is the budget of the year's beginning.
            at = columns.index(valued[0])
            columns[at] = replace(columns[at], holds=Role.INITIAL)
            break
        # "年度预算数 | 年初预算 | 调整后预算数": the first of two equal roles heads the row labels, with
        # whatever stands between it and the first amount ("资金执行情况 | 资金类别 | 全年预算 | …").
        first = valued[1].at
        columns = [
            Column(column.at, ColumnType.LABEL, None)
            if column.at < first and column.type is not ColumnType.REFERENCE
            else column
            for column in columns
        ]
        valued = valued[1:]
    taken = {column.at for column in columns}
    gaps = [Column(at, ColumnType.LABEL, None) for at in range(first or 0) if at not in taken]
    return tuple(sorted(columns + gaps, key=lambda column: column.at)), labels
