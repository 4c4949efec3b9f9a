"""Rows below a header of money that are no lines of its table, by their words."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.compiled import compiled
from auditor.document import Row
from auditor.language.lexicon import word
from auditor.report.align import FIGURES, CellType, Column, cell_type
from auditor.report.labels import (
    GRADE_LABEL,
    TOTAL_ROW,
    clean,
    details_above,
    heads_details,
    line_of,
    role_of,
)
from auditor.report.model import Role

_HEADER_NOTE = compiled(r"[(（][^()（）]{1,10}[)）]|万元|元|[A-Z](?:[=/][A-Z].{0,8})?")


def is_header_note(row: Row) -> bool:
    """Whether a row says what the columns above count: "(万元)", "(A) | (B) | (B/A)"."""
    return all(_HEADER_NOTE.fullmatch(cell.text) for cell in row.cells)


def is_field(row: Row, columns: Sequence[Column]) -> bool:
    """Whether the row tells one amount by its own name ("执行率 | 95.3%"), which no header over several says."""
    money = sum(isinstance(column.holds, Role) and column.holds.is_money for column in columns)
    if money < 2 or len(row.cells) != 2 or cell_type(row.cells[0].text) is not CellType.TEXT:
        return False
    label = row.cells[0].text
    return role_of(label) is not None and line_of(label) is None and not details_above(label)


def tells_pairs(row: Row) -> bool:
    """Whether the row is nothing but amounts behind their own labels: "预算数 | 68 | 执行数 | 66.12 | 执行率 | 97.24%"."""
    labels, values = row.cells[::2], row.cells[1::2]
    if len(labels) < 2 or len(labels) != len(values):
        return False
    roles = {role_of(cell.text) for cell in labels}
    return None not in roles and len(roles) > 1 and all(cell_type(cell.text) in FIGURES for cell in values)


def names_lines(head: str) -> bool:
    """Whether the column under `head` holds the names of what the lines are."""
    return heads_details(head) or word("project_column").fullmatch(clean(head)) is not None


def tells_result(text: str) -> bool:
    """Whether a row tells the score or the grade of the whole form, right under its money: "自评得分 | 94.5 | 自评等级"."""
    label = clean(text)
    closing = TOTAL_ROW.fullmatch(label) is not None and "分" in label
    return closing or GRADE_LABEL.fullmatch(label) is not None
