"""One bad cell never refuses a workbook: it is shown as the file has it, and the others are read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

from openpyxl.reader import excel
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.worksheet._reader import VALUE_TAG, WorkSheetParser, WorksheetReader

_SPOILT = (ValueError, IndexError, KeyError, TypeError, OverflowError)
_LOCK = Lock()
_LONGEST = 1000
"""Characters of a value that is no value."""


@contextmanager
def tolerant() -> Iterator[None]:
    """Within the block openpyxl reads over bad cells. It has no other way in than the name of its reader."""
    with _LOCK:
        excel.WorksheetReader = _Reader
        try:
            yield
        finally:
            excel.WorksheetReader = WorksheetReader


class _Reader(WorksheetReader):  # type: ignore[misc]
    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.parser.__class__ = _Parser
        self.parser.styles = len(self.ws.parent._cell_styles)


class _Parser(WorkSheetParser):  # type: ignore[misc]
    styles: int

    def parse_cell(self, element: Any) -> dict[str, Any]:
        before: int = self.col_counter  # type: ignore[has-type]
        try:
            cell: dict[str, Any] = super().parse_cell(element)
        except _SPOILT:
            self.col_counter = before
            cell = self._as_text(element)
        style = cell["style_id"]
        if not isinstance(style, int) or not 0 <= style < self.styles:
            cell["style_id"] = 0
        return cell

    def _as_text(self, element: Any) -> dict[str, Any]:
        try:
            row, column = coordinate_to_tuple(element.get("r", ""))
            self.col_counter = column
        except _SPOILT:
            self.col_counter += 1
            row, column = self.row_counter, self.col_counter
        written = "" if element.get("t") == "s" else element.findtext(VALUE_TAG, None) or ""
        value = written[:_LONGEST] or None  # the number of a shared text that is not there says nothing
        return {"row": row, "column": column, "value": value, "data_type": "s", "style_id": 0}
