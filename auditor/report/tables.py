"""Walks the tables of a report and hands every row to the header it stands under."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

from auditor.compiled import compiled
from auditor.document import Cell, Row, Table, View
from auditor.figures import scan
from auditor.figures.units import MONEY_SCALES
from auditor.report.align import CellType, cell_type
from auditor.report.cell_figures import points_figure
from auditor.report.grades import BOXES, grade_in
from auditor.report.headers import composed
from auditor.report.indicators.header import indicator_header
from auditor.report.indicators.rows import IndicatorHeader
from auditor.report.labels import (
    GOAL_LABEL,
    GRADE_LABEL,
    MEASURE_HEAD,
    PROBLEM_HEAD,
    RESULT_LABEL,
    TOTAL_ROW,
    clean,
    role_of,
    unit_in,
)
from auditor.report.model import Goal, Report, ScoreTotal
from auditor.report.money.header import money_header
from auditor.report.money.rows import MoneyHeader
from auditor.report.pairs import PairReader
from auditor.report.votes import LOOKED_AT

_SCORED = compiled(r"(?P<label>[^:]+):(?P<score>\d{1,3}(?:\.\d+)?)分?")
_PROBLEM = compiled(r".{0,8}存在(?:的)?(?:主要)?问题.{0,10}|.{0,10}原因分析")
_ADVICE = compiled(r".*建议")

UNIT_LABEL = compiled(r"(?:货币|金额|资金|计量|计价)?单位")
SCORE_LABEL = compiled(r"分|自评")
FULL_SCORE = 120
"""No total score is higher: 100 and the extra points of the forms that give some."""


@dataclass
class TableReading:
    """What the tables of one report yielded, before it is laid into the `Report`."""

    report: Report
    fields: dict[str, View] = field(default_factory=dict)
    labels: dict[int, str] = field(default_factory=dict)
    indicator: IndicatorHeader | None = None
    money: MoneyHeader | None = None
    pairs: PairReader | None = None
    problems: dict[int, str] | None = None
    goal_columns: dict[int, str] | None = None
    unit: str | None = None
    cut_short: bool = False
    indicator_tables: int = 0
    problem_cells: list[tuple[str, View]] = field(default_factory=list)

    def heading(self) -> None:
        """A heading stands between two tables: the next one does not go on with the last."""
        self.close()

    def close(self) -> None:
        self._close_pairs()
        self._close_money()
        self._close_indicator()
        self.problems = None

    def read(self, table: Table) -> None:
        rows = list(composed(_without_row_numbers(table.rows)))
        for at, row in enumerate(rows, 1):
            if row.cells:
                self.unit = _declared_unit(row) or self.unit
                self._row(row, rows[at : at + LOOKED_AT])

    def _row(self, row: Row, below: Sequence[Row]) -> None:
        if self.indicator is not None and _repeats(self.indicator.row, row):
            self.indicator.broken = True
            return
        if self.money is not None and _repeats(self.money.row, row) and self.money.goes_on(below):
            return
        header = indicator_header(row, self.indicator_tables + 1, below)
        if header is not None:
            self.close()
            self.indicator_tables += 1
            self.indicator = header
            return
        money = money_header(row, len(self.report.money_tables), self.unit, below)
        if money is not None and self.money is not None and self.money.extend(money):
            return
        if money is not None:
            self.close()
            self.money = money
            money.index = len(self.report.money_tables)
            self.report.money_tables.append(money.table)
            return
        self._fields(row)
        if self.money is not None:
            if self.money.read(row):
                return
            self._close_money()
        if self.problems is not None and self._problem_row(row):
            return
        if self.indicator is not None:
            if self.indicator.read(row):
                self.indicator.broken = False
                return
            self._close_indicator()
        self._other(row, below)

    def _close_money(self) -> None:
        if self.money is None:
            return
        self.money.finish()
        self.report.formulas.extend(self.money.formulas)
        self.report.doubtful.extend(self.money.doubtful)
        for indicator in self.money.execution:
            indicator.table = self.indicator_tables + 1
            self.report.indicators.append(indicator)
        self.report.unread.extend((figure.span, reason) for figure, reason in self.money.table.unread)
        self.money = None

    def _close_indicator(self) -> None:
        if self.indicator is None:
            return
        rows = self.report.indicators
        self.indicator.finish([row for row in rows if row.is_execution and row.table == self.indicator.index])
        self.report.indicators.extend(self.indicator.indicators)
        self.report.totals.extend(self.indicator.totals)
        if self.indicator.square:
            self.report.square.add(self.indicator.index)
        self.report.unread.extend((row.span, reason) for row, reason in self.indicator.unread)
        self.report.doubtful.extend(self.indicator.doubtful)
        self.labels.update(self.indicator.labels)
        self.cut_short = not self.indicator.complete
        self.indicator = None

    def _fields(self, row: Row) -> None:
        """Label and value side by side, anywhere in a row: grade, project, unit, dates."""
        for at, (cell, following) in enumerate(itertools.pairwise(row.cells), 1):
            label = clean(cell.text)
            grade = grade_in(_boxes(row.cells[at:])) if GRADE_LABEL.fullmatch(label) else None
            if grade is not None:
                self.report.grade = self.report.grade or grade
            elif 2 <= len(label) <= 20 and cell_type(cell.text) is CellType.TEXT:
                self.fields.setdefault(label, following.view)

    def _other(self, row: Row, below: Sequence[Row]) -> None:
        """A row under no header: goals, problem headers, amounts as label and value."""
        texts = [clean(cell.text) for cell in row.cells]
        problem = next((i for i, text in enumerate(texts) if PROBLEM_HEAD.fullmatch(text)), None)
        measure = next((i for i, text in enumerate(texts) if MEASURE_HEAD.fullmatch(text)), None)
        if problem is not None and measure is not None and problem != measure:
            self.problems = {row.cells[problem].col: "problem", row.cells[measure].col: "measure"}
            return
        if self.goal_columns is not None:
            columns, self.goal_columns = self.goal_columns, None
            if self._goal_values(row, columns):
                return
        self._goals(row, texts)
        read = self._amounts(row, below)
        numbers = sum(cell_type(cell.text) in (CellType.NUMBER, CellType.INDEX) for cell in row.cells)
        named = role_of(row.cells[0].text) is not None
        if not read and numbers >= (2 if self.cut_short or named else 3):
            self.report.unread.append((row.span, "不在任何认得的表头之下"))
        self._stated_total(row)
        self._problem_field(row, texts)

    def _goals(self, row: Row, texts: list[str]) -> None:
        heads = {
            cell.col: text
            for cell, text in zip(row.cells, texts, strict=True)
            if len(text) <= 20 and (GOAL_LABEL.fullmatch(text) or RESULT_LABEL.fullmatch(text))
        }
        if len(heads) >= 2 and len(heads) == len(row.cells):
            self.goal_columns = dict(heads.items())
            if len(heads) == 3:
                # 年度总体目标 | 预期目标 | 实际完成情况: the first is the merged row label.
                self.goal_columns.pop(min(heads))
            return
        for _cell, text, following in zip(row.cells, texts, row.cells[1:], strict=False):
            if GOAL_LABEL.fullmatch(text) and len(following.text) >= 8:
                self._goal(text, following.view)
            elif RESULT_LABEL.fullmatch(text) and len(following.text) >= 8:
                self.labels[following.span.start] = text

    def _goal_values(self, row: Row, columns: dict[int, str]) -> bool:
        """Texts under 预期目标 | 实际完成情况, by order where they are shifted."""
        texts = [cell for cell in row.cells if len(cell.text) >= 6]
        names = [columns[col] for col in sorted(columns)]
        if not texts or len(texts) > len(names) + 1:
            return False
        for cell, name in zip(texts[-len(names) :], names, strict=False):
            if RESULT_LABEL.fullmatch(name):
                self.labels[cell.span.start] = name
            else:
                self._goal(name, cell.view)
        return True

    def _goal(self, label: str, view: View) -> None:
        self.labels[view.span().start] = label
        self.report.goals.append(Goal(label, view))

    def _amounts(self, row: Row, below: Sequence[Row]) -> bool:
        """Amounts, rates and the execution score as labels with figures beside them."""
        if self.pairs is None:
            self.pairs = PairReader(len(self.report.money_tables), self.unit or "")
        read = self.pairs.read(row, below)
        if not read:
            self._close_pairs()
        return read

    def _close_pairs(self) -> None:
        if self.pairs is None:
            return
        table, execution = self.pairs.finish()
        if table is not None:
            self.report.money_tables.append(table)
        if execution is not None:
            self.report.indicators.append(execution)
        self.pairs = None

    def _stated_total(self, row: Row) -> None:
        """A total score as label and value outside the indicator table: "自评总分 | 98.00"."""
        for at, cell in enumerate(row.cells):
            match = _SCORED.fullmatch(cell.text)
            following = row.cells[at + 1] if at + 1 < len(row.cells) else None
            if match and TOTAL_ROW.fullmatch(match["label"]):
                view = cell.view.part(match.start("score"), match.end("score"))
            elif TOTAL_ROW.fullmatch(clean(cell.text)) and following is not None and _is_number(following):
                # "总分 | 100 | 97.91": the full score, then the score.
                behind = itertools.takewhile(_is_number, row.cells[at + 1 :])
                view = [number.view for number in behind][-1]
            else:
                continue
            figure = points_figure(scan(view)[0])
            # A bare 合计 closes a list of amounts as often as one of scores.
            if not SCORE_LABEL.search(cell.text.split(":")[0]) or not 0 < figure.value <= FULL_SCORE:
                continue
            self.report.totals.append(ScoreTotal(clean(cell.text.split(":")[0]), row.span, figure))

    def _problem_row(self, row: Row) -> bool:
        """One numbered line of the table of problems and measures."""
        assert self.problems is not None
        first = cell_type(row.cells[0].text)
        texts = [
            cell for cell in row.cells if cell_type(cell.text) is CellType.TEXT and cell.text.strip(".… ")
        ]
        if first is not CellType.INDEX and not (texts and row.cells[0].col in self.problems):
            self.problems = None
            return False
        for kind, cell in zip(("problem", "measure"), texts, strict=False):
            self._problem(kind, cell)
        return True

    def _problem(self, kind: str, cell: Cell) -> None:
        self.labels[cell.span.start] = "存在问题" if kind == "problem" else "改进措施"
        self.problem_cells.append((kind, cell.view))

    def _problem_field(self, row: Row, texts: list[str]) -> None:
        """ "存在问题 | …" and "改进措施 | …" as label and value."""
        for cell, text, following in zip(row.cells, texts, row.cells[1:], strict=False):
            if _PROBLEM.fullmatch(text):
                self._problem("problem", following)
            elif MEASURE_HEAD.fullmatch(text) or _ADVICE.fullmatch(text):
                self._problem("measure", following)
            if cell is row.cells[0] and len(row.cells) == 2:
                break


def _is_number(cell: Cell) -> bool:
    return cell_type(cell.text) in (CellType.NUMBER, CellType.INDEX)


def _repeats(header: Row, row: Row) -> bool:
    """Whether `row` is the header printed again after a page break. A merged cell may be written into each of the
    columns that it covers, and a label of the first may have been joined to the one above it."""
    words, again = _words(header), _words(row)
    return len(words) == len(again) and all(map(str.endswith, words, again))


def _words(row: Row) -> list[str]:
    return [text for text, _ in itertools.groupby(cell.text for cell in row.cells)]


def _without_row_numbers(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows without a first column that merely counts them (system exports)."""
    leads = [row.cells[0] for row in rows if row.cells]
    counting = sum(1 for a, b in itertools.pairwise(leads) if _follows(a, b))
    if len(leads) < 6 or counting * 2 < len(leads):
        return rows
    at = next(a.col for a, b in itertools.pairwise(leads) if _follows(a, b))
    return tuple(
        Row(row.cells[1:], row.width, row.number, row.after_break)
        if row.cells and cell_type(row.cells[0].text) is CellType.INDEX and row.cells[0].col == at
        else row
        for row in rows
    )


def _follows(above: Cell, below: Cell) -> bool:
    if above.col != below.col or not (above.text.isdigit() and below.text.isdigit()):
        return False
    return int(below.text) == int(above.text) + 1


def _declared_unit(row: Row) -> str | None:
    """ "单位：万元" in a cell, or "货币单位 | 元" in two."""
    noted = (_unit_note(cell.text) for cell in row.cells)
    paired = (
        value.text
        for cell, value in itertools.pairwise(row.cells)
        if value.text in MONEY_SCALES and UNIT_LABEL.fullmatch(clean(cell.text))
    )
    return next((found for found in itertools.chain(noted, paired) if found), None)


def _unit_note(text: str) -> str | None:
    return unit_in(text) if "单位" in text and len(text) <= 30 else None


def _boxes(cells: Sequence[Cell]) -> View:
    """The first cell, with all boxes of one choice where each has a cell of its own ("□优 | ☑良 | □中")."""
    view = cells[0].view
    for one in itertools.takewhile(
        lambda cell: cell.text[0] in BOXES, cells[1:] if view.text[0] in BOXES else ()
    ):
        view = view.join(one.view)
    return view
