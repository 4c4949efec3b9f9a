"""Grades that rows of a table carry: each project of a list, each indicator, with a score of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.document import Block, Cell, Row, Table
from auditor.figures import Figure, scan
from auditor.report.align import CellType, cell_type
from auditor.report.cell_figures import points_figure
from auditor.report.labels import GRADE_LABEL, GRADE_WORD, TOTAL_ROW, clean, column_of
from auditor.report.model import Grade, Report, RowGrade

_NUMBER = (CellType.NUMBER, CellType.INDEX)


def read_row_grades(report: Report, blocks: Sequence[Block]) -> None:
    """Fills `report.row_grades`; the grade of the row that closes the table is that of the report."""
    words = {band.word for band in report.scale}
    for block in blocks:
        header: _Header | None = None
        for row in block.rows if isinstance(block, Table) else ():
            header = _Header.of(row) or header
            found = header.graded(row, words) if header is not None else None
            if found is None:
                continue
            if any(TOTAL_ROW.fullmatch(cell.text) for cell in row.cells[:2]):
                report.grade = report.grade or found.grade
            else:
                report.row_grades.append(found)


class _Header:
    """Where a header has its column of grades, and how far left of it score and weight stand."""

    def __init__(self, grade: int, score: int, weight: int | None) -> None:
        self.grade, self.score, self.weight = grade, score, weight

    @classmethod
    def of(cls, row: Row) -> _Header | None:
        """The header this row is; `None` without a column of grades or with several of scores."""
        if len(row.cells) < 3 or any(cell_type(cell.text) is not CellType.TEXT for cell in row.cells):
            return None
        grades = [cell.col for cell in row.cells if GRADE_LABEL.fullmatch(clean(cell.text))]
        scores = [cell.col for cell in row.cells if column_of(cell.text) == "score"]
        weights = [cell.col for cell in row.cells if column_of(cell.text) == "weight"]
        if len(grades) != 1 or len(scores) != 1 or len(weights) > 1:
            return None
        return cls(grades[0], scores[0], weights[0] if weights else None)

    def graded(self, row: Row, words: set[str]) -> RowGrade | None:
        """The grade of the row and its score, as far left of it as in the header: a row may have slipped."""
        cells = {cell.col: cell for cell in row.cells}
        grades = [cell for cell in row.cells if cell.text in words or GRADE_WORD.fullmatch(cell.text)]
        if len(grades) != 1:
            return None
        shift = grades[0].col - self.grade
        score = _points(cells.get(self.score + shift))
        weight = _points(cells.get(self.weight + shift)) if self.weight is not None else None
        if score is None or (self.weight is not None and weight is None):
            return None
        names = list(_names(row, self.score + shift))
        name = names[-1] if names else ""
        return RowGrade(name, score, weight, Grade(grades[0].text, grades[0].view), row.span)


def _names(row: Row, before: int) -> Iterator[str]:
    """The texts before the score, without targets and results."""
    for cell in row.cells:
        text = cell_type(cell.text) is CellType.TEXT and not any(char.isdigit() for char in cell.text)
        if cell.col < before and text and len(cell.text) <= 40:
            yield cell.text


def _points(cell: Cell | None) -> Figure | None:
    if cell is None or cell_type(cell.text) not in _NUMBER:
        return None
    figure = next(iter(scan(cell.view)), None)
    return None if figure is None else points_figure(figure)
