"""A sheet as a table of typed cells. Text of a report is always text: never a formula, an error or mark-up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from math import ceil
from typing import Any, NamedTuple
from unicodedata import east_asian_width

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook

from auditor.compiled import compiled
from auditor.memo.escape import one_line

_LONGEST = 32_767
_CUT = "……（太长，已截断，全文见报告）"
_UNUSABLE = compiled("[\ufffe\uffff]|[\U0001fffe\U0001ffff]")
_ESCAPE = compiled(r"_(?=x[0-9A-Fa-f]{4}_)")
_LEADS = ("=", "+", "-", "@", "'", "＝", "＋", "－", "＠")

FONT = "宋体"
_HEAD = PatternFill("solid", fgColor="D9E2EC")
_LINE = Border(*(Side(style="thin", color="B8C2CC") for _ in range(4)))
_MOST_DIGITS = 15
_LINE_HEIGHT = 14.0
_TALLEST = 405.0
_PADDING = 1.5
_TELLING = 1_500
"""Characters that fill the tallest row."""


class Number(NamedTuple):
    """A number with its number format."""

    value: Decimal
    form: str = "General"


class Live(NamedTuple):
    """A formula of our own, without the equals sign, and what it gives as far as it is known here."""

    formula: str
    form: str = "General"
    value: Decimal | str | None = None


class Time(NamedTuple):
    """A day, or a day and time."""

    value: datetime

    @property
    def form(self) -> str:
        return "yyyy-mm-dd hh:mm" if self.value.hour or self.value.minute else "yyyy-mm-dd"


Value = str | int | Number | Live | Time | None


class Column(NamedTuple):
    """`head` is also what a ledger that was filled in by hand is read by; `faint` columns are for the program;
    those and `folded` ones are put out of sight until somebody opens their group."""

    head: str
    width: float
    faint: bool = False
    centred: bool = False
    folded: bool = False


def _style(book: Workbook, column: Column, numeric: bool) -> str:
    """The name of a cell style: looked up by name, which is far quicker than styling each cell."""
    kind = "灰色" if column.faint else "居中" if column.centred else "数字" if numeric else "文字"
    name = f"台账{kind}"
    if name not in book.named_styles:
        style = NamedStyle(name)
        style.font = Font(name=FONT, size=8, color="8A94A0") if column.faint else Font(name=FONT, size=10)
        style.border = _LINE
        style.alignment = Alignment(
            horizontal={"居中": "center", "数字": "right"}.get(kind, "left"),
            vertical="top",
            indent=int(kind == "数字"),
            wrap_text=kind in ("文字", "居中"),
        )
        book.add_named_style(style)
    return name


@dataclass
class Sheet:
    """One sheet: a header row, then rows."""

    book: Workbook
    title: str
    columns: Sequence[Column]
    frozen: int = 0
    paper: int = 9

    def __post_init__(self) -> None:
        self.grid: Any = self.book.create_sheet(self.title)
        self.rows = 1
        for number, column in enumerate(self.columns, 1):
            cell = self.grid.cell(1, number, column.head)
            cell.font = Font(name=FONT, size=10, bold=True)
            cell.fill, cell.border = _HEAD, _LINE
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            dimension = self.grid.column_dimensions[get_column_letter(number)]
            dimension.width = column.width
            if column.faint or column.folded:
                dimension.outlineLevel, dimension.hidden = 1, True
        self.grid.row_dimensions[1].height = 28

    def add(self, *values: Value) -> int:
        """Adds a row; returns its number in the sheet."""
        self.rows += 1
        for number, (column, value) in enumerate(zip(self.columns, values, strict=True), 1):
            cell = self.grid.cell(self.rows, number)
            cell.style = _style(self.book, column, isinstance(value, Number | Live))
            put(cell, value)
        self.grid.row_dimensions[self.rows].height = self._height(values)
        return self.rows

    def _height(self, values: Sequence[Value]) -> float:
        """Points for the tallest text: not every program fits rows to wrapped text by itself."""
        lines = 1
        for column, value in zip(self.columns, values, strict=True):
            if isinstance(value, str) and not column.faint:
                lines = max(lines, ceil(_columns(value[:_TELLING]) / (column.width - _PADDING)))
        return min(_TALLEST, lines * _LINE_HEIGHT + 4)

    def letter(self, head: str) -> str:
        """The letter of the column with that head."""
        return str(get_column_letter(1 + [column.head for column in self.columns].index(head)))

    def note(self, text: str) -> None:
        """A line below the table, outside its filter."""
        cell = self.grid.cell(self.rows + 2, 1)
        put(cell, text)
        cell.font = Font(name=FONT, size=9, color="5A6672")

    def finish(self) -> None:
        """Filter, frozen head, and print setup: landscape, fitted to the width, the head on every page."""
        grid = self.grid
        last = get_column_letter(len(self.columns))
        grid.auto_filter.ref = f"A1:{last}{self.rows}"
        grid.freeze_panes = f"{get_column_letter(self.frozen + 1)}2"
        grid.print_title_rows = "1:1"
        printed = sum(not column.faint for column in self.columns)
        grid.print_area = f"A1:{get_column_letter(printed)}{self.rows}"
        grid.page_setup.orientation = "landscape"
        grid.page_setup.paperSize = self.paper
        grid.page_setup.fitToWidth, grid.page_setup.fitToHeight = 1, 0
        grid.sheet_properties.pageSetUpPr.fitToPage = True
        grid.page_margins.left = grid.page_margins.right = 0.4
        grid.oddHeader.center.text = self.title
        grid.oddFooter.center.text = "第 &P 页，共 &N 页"


def _columns(text: str) -> int:
    """Its length in column-width units: a Chinese character takes two."""
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in text)


def put(cell: Any, value: Value) -> None:
    """The value with its type; a text stays a text whatever it begins with."""
    match value:
        case None | "":
            pass
        case Number(number, form):
            cell.value, cell.number_format = number, form
        case Live(formula, form, given):
            cell.value, cell.number_format = f"={formula}", form
            if given is not None:
                known = cell.parent.__dict__.setdefault("cached_values", {})
                known[cell.coordinate] = given
        case Time():
            cell.value, cell.number_format = value.value, value.form
        case int():
            cell.value = value
        case _:
            text = clean(value)
            cell.value, cell.data_type = text, "s"
            if text.startswith(_LEADS):
                cell.quotePrefix = True


def clean(text: str) -> str:
    """`text` as a spreadsheet can hold it, in one line: nothing in it is an escape or out of XML."""
    text = _ESCAPE.sub("_x005F_", _UNUSABLE.sub("\ufffd", one_line(text)))
    return text if len(text) <= _LONGEST else text[: _LONGEST - len(_CUT)] + _CUT


def number(written: str | None) -> Value:
    """A decimal string as a number that shows the printed decimals; other text as text."""
    if not written or not compiled(r"-?\d+(?:\.\d+)?%?").fullmatch(written):
        return written
    percent = written.endswith("%")
    return shown(Decimal(written.rstrip("%")), len(written.rstrip("%").partition(".")[2]), percent)


def decimals(printed: str) -> int:
    """How many decimals a printed number shows."""
    return len(printed.partition(".")[2])


def shown(value: Decimal, decimals: int, percent: bool = False) -> Value:
    """A number with so many decimals; text where a spreadsheet would lose digits."""
    form = pattern(decimals, percent)
    if len(value.as_tuple().digits) > _MOST_DIGITS:
        return f"{value:f}" + "%" * percent
    return Number(value / 100 if percent else value, form)


def pattern(decimals: int, percent: bool = False) -> str:
    """The number format."""
    return ("0" if percent else "#,##0") + ("." + "0" * decimals if decimals else "") + "%" * percent
