"""Lines that are the rows of a table which no reader knows: a line of labels, and lines of as many cells that look alike.

物资名称 单位 数量 单价（元） 金额（万元）
棉被 床 1260 380 47.88
…
合计 127.58                     the last may leave cells empty: its figures stand where the columns add up to them
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations, islice

from auditor.document import Table
from auditor.figures import scan
from auditor.language import word
from auditor.report.align import FIGURES, CellType
from auditor.report.indicator_columns import indicator_columns
from auditor.report.labels import TOTAL_ROW, clean, line_of
from auditor.report.model import LineKind
from auditor.report.stream import row_of
from auditor.report.tokens import Token

_FEWEST_CELLS, _FEWEST_ROWS = 3, 3
_MOST_CELLS = 14
_LABEL = 20
_EMPTY = (CellType.BLANK,)
_COUNTED = (*FIGURES, CellType.PERCENT)


def listed(cells: Sequence[Token], at: int) -> tuple[int, Table] | None:
    """The table whose line of labels begins at a place, and the place behind its last row."""
    head = _line(cells, at)
    end = at + len(head)
    if (
        head
        and word("ind_counter").fullmatch(clean(head[0].text))
        and len(_line(cells, end)) == len(head) - 1
    ):
        head = head[1:]  # numbers that count on from 1 were taken away
    if not _FEWEST_CELLS <= len(head) <= _MOST_CELLS or not all(map(_is_label, head)):
        return None
    rows: list[Sequence[Token]] = []
    kinds: list[set[bool]] = [set() for _ in head]
    while (row := _line(cells, end)) and len(row) == len(head) and not _closes(row):
        own = [token.kind in _COUNTED for token in row]
        if any(
            token.kind not in _EMPTY and kind and counted not in kind
            for token, counted, kind in zip(row, own, kinds, strict=True)
        ):
            break
        for token, counted, kind in zip(row, own, kinds, strict=True):
            if token.kind not in _EMPTY:
                kind.add(counted)
        rows.append(row)
        end += len(row)
    figures = [at for at, kind in enumerate(kinds) if kind == {True}]
    if len(rows) < _FEWEST_ROWS or len(figures) < 2 or {False} not in kinds:
        return None
    header = row_of(0, [(col, token.view) for col, token in enumerate(head)], len(head))
    if indicator_columns(header) is not None:
        return None
    laid = [
        row_of(number, [(col, one.view) for col, one in enumerate(row)], len(head))
        for number, row in enumerate(rows, 1)
    ]
    if _closes(row) and (places := _places(row, head, rows, figures)) is not None:
        told = [(col, token.view) for col, token in zip(places, row, strict=True)]
        laid.append(row_of(len(laid) + 1, told, len(head)))
        end += len(row)
    return end, Table((header, *laid), 1)


def _line(cells: Sequence[Token], at: int) -> Sequence[Token]:
    """The cells of the line that begins at a place; none where a line goes on there."""
    if at >= len(cells) or (at and cells[at - 1].line == cells[at].line):
        return ()
    own = islice(cells, at, at + _MOST_CELLS + 1)
    return [token for token in own if token.line == cells[at].line]


def _is_label(token: Token) -> bool:
    return (
        token.kind is CellType.TEXT
        and len(token.text) <= _LABEL
        and not token.text.endswith(("。", "；", ";"))
    )


def _closes(row: Sequence[Token]) -> bool:
    if not row:
        return False
    return TOTAL_ROW.fullmatch(clean(row[0].text)) is not None or line_of(row[0].text) is LineKind.TOTAL


def _places(
    row: Sequence[Token], head: Sequence[Token], rows: Sequence[Sequence[Token]], figures: Sequence[int]
) -> list[int] | None:
    """The columns of a closing row: as many as there are, else those of their kind in order, of several ways the one
    in which most columns add up, then in which most are of amounts; `None` where two do alike."""
    if len(row) == len(head):
        return list(range(len(head)))
    if any(token.kind not in _COUNTED for token in row[1:]) or len(row) - 1 > len(figures):
        return None
    rates = {col for col in figures if any(one[col].kind is CellType.PERCENT for one in rows)}
    sums = {col: sum((_value(one[col]) for one in rows), Decimal(0)) for col in figures}
    summed = word("col_sum_column")
    amounts = {col for col in figures if summed.fullmatch(clean(head[col].text))}
    ways = [
        (
            (
                sum(sums[col] == _value(token) for col, token in zip(way, row[1:], strict=True)),
                len(amounts.intersection(way)),
            ),
            way,
        )
        for way in combinations(figures, len(row) - 1)
        if all(
            (col in rates) is (token.kind is CellType.PERCENT)
            for col, token in zip(way, row[1:], strict=True)
        )
    ]
    most = max((held for held, _ in ways), default=(0, 0))
    best = [way for held, way in ways if held == most]
    return [0, *best[0]] if len(best) == 1 else None


def _value(token: Token) -> Decimal:
    figure = next(iter(scan(token.view)), None)
    return figure.value if figure is not None else Decimal(0)
