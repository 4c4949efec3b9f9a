"""Headers printed in two rows ("预算数" over "年初预算数 | 调整后预算数", beside cells that span both), and headers that lack
the label of a merged cell which their rows begin with, so that all of it stands too far left, or whose labels span several
columns."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from auditor.compiled import compiled
from auditor.document import Cell, Row
from auditor.language.lexicon import word
from auditor.report.align import CellType, Column, ColumnType, cell_type
from auditor.report.indicator_columns import indicator_columns
from auditor.report.labels import FIELD_LABEL, LEVEL_WORD, TOTAL_ROW, clean, column_of, line_of, role_of
from auditor.report.model import LineKind, Role
from auditor.report.votes import LOOKED_AT, body

_OTHER_PERIOD = compiled(r"上年|上一年|去年|历年|累计|以前年度|(?:19|20)\d\d年")

_WHOLE = (LineKind.TOTAL, LineKind.SUBTOTAL)
_COUNTER = word("ind_counter")
_SENTENCE = ("。", "；")
_MOST_LABELS = 2
"""Labels that a header may lack on its left."""
_AMOUNTS_OF_SOURCES = (Role.INITIAL, Role.BUDGET, Role.RECEIVED, Role.PAID, Role.BALANCE)
_LEAST_SOURCES = 2  # labels under each role: a total and a source
_PARTS_OF_TARGET = {"sign", "target", "unit"}
_TELLING = {
    ColumnType.LABEL: (CellType.TEXT,),
    ColumnType.POINTS: (CellType.NUMBER, CellType.INDEX),
    ColumnType.NOTE: (CellType.TEXT, CellType.BLANK),
}


def composed(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows; two that are one header laid into one, where the file itself says that a cell of the upper row spans
    several columns; a header that its rows reach beyond moved above what it names."""
    whole = list(_laid(rows))
    for at, row in enumerate(whole):
        below = whole[at + 1 : at + 1 + LOOKED_AT]
        yield _moved(_parted(row, below), below)


def _parted(row: Row, below: Sequence[Row]) -> Row:
    """The header of indicators; a label over several columns of labels ("绩效指标" over class, level and name) stands
    over each in which the rows below begin a cell, if most begin one in the last."""
    if all(cell.colspan == 1 for cell in row.cells) or indicator_columns(row) is None:
        return row
    own = [one for one in body(below) if one.cells and not TOTAL_ROW.fullmatch(one.cells[0].text)]
    cells: list[Cell] = []
    for cell in row.cells:
        begun = [[one.col for one in _between(line, cell.col, cell.col + cell.colspan)] for line in own]
        places = sorted({cell.col, *chain.from_iterable(begun)})
        deep = sum(places[-1] in starts for starts in begun) * 2 > len(own)
        if column_of(cell.text) in ("level", "name") and len(places) > 1 and deep:
            cells += [replace(cell, col=place, colspan=1) for place in places]
        else:
            cells.append(cell)
    return Row(tuple(cells), row.width, row.number, row.after_break)


def _moved(row: Row, below: Sequence[Row]) -> Row:
    """The header of indicators, moved right by the labels it lacks where more cells of most rows below fit then."""
    found = indicator_columns(row)
    if found is None or LEVEL_WORD.fullmatch(row.cells[-1].text):
        return row  # no header, or one whose line goes on with the first label of the next row
    own = [one for one in body(below) if one.cells and not TOTAL_ROW.fullmatch(one.cells[0].text)]
    for shift in range(1, _MOST_LABELS + 1):
        better = sum(_fitting(found[0], one, shift) > _fitting(found[0], one, 0) for one in own)
        if better * 2 > len(own):
            cells = tuple(replace(cell, col=cell.col + shift) for cell in row.cells)
            return Row(cells, row.width + shift, row.number, row.after_break)
    return row


def _fitting(columns: Sequence[Column], row: Row, shift: int) -> int:
    """How many cells stand under a column of their kind: words under labels, figures under points."""
    kinds = {column.at + shift: _TELLING.get(column.type, ()) for column in columns}
    return sum(cell_type(cell.text) in kinds.get(cell.col, ()) for cell in row.cells)


def _laid(rows: Sequence[Row]) -> Iterator[Row]:
    at = 0
    while at < len(rows):
        row = rows[at]
        while at + 1 < len(rows):
            lower = rows[at + 1]
            joined = _joined(row, lower)
            if joined is None and len(lower.cells) <= len(_PARTS_OF_TARGET):
                joined = _spliced(row, lower, rows[at + 2 : at + 2 + LOOKED_AT])
            elif joined is None:
                joined = _repeated(row, lower)
            if joined is None:
                break
            row, at = joined, at + 1
        yield row
        at += 1


def _spliced(upper: Row, lower: Row, below: Sequence[Row]) -> Row | None:
    """One row of the labels of both where text kept no places: "年度指标值" gives way to the "指标性质 | 指标值 | 度量单位"
    printed under it, if rows below have more cells than the upper row."""
    if len(lower.cells) < 2:
        return None
    kinds = {column_of(cell.text) for cell in lower.cells}
    if not kinds <= _PARTS_OF_TARGET or {"sign", "unit"}.isdisjoint(kinds):
        return None
    if any(cell.colspan > 1 for cell in upper.cells) or indicator_columns(upper) is None:
        return None
    if max((len(row.cells) for row in below), default=0) <= len(upper.cells):
        return None
    whole = [at for at, cell in enumerate(upper.cells) if column_of(cell.text) == "target"]
    if len(whole) != 1 or any(column_of(cell.text) in ("sign", "unit") for cell in upper.cells):
        return None
    cells = [*upper.cells[: whole[0]], *lower.cells, *upper.cells[whole[0] + 1 :]]
    laid = tuple(replace(cell, col=at) for at, cell in enumerate(cells))
    return Row(laid, len(laid), lower.number, upper.after_break)


def _repeated(upper: Row, lower: Row) -> Row | None:
    """One row of the labels of both where text kept no places: sources told once for each role ("预算数 | 执行数" over
    "总额 | 财政拨款 | 总额 | 财政拨款") stand under it."""
    count, begins = len(lower.cells), lower.cells[0].text if lower.cells else ""
    if count < 2 * _LEAST_SOURCES or begins not in (
        lower.cells[count // 2].text,
        lower.cells[count // 3].text,
    ):
        return None
    if any(cell.colspan > 1 for cell in upper.cells):
        return None
    texts = [cell.text for cell in lower.cells]
    roles = [at for at, cell in enumerate(upper.cells) if role_of(cell.text) in _AMOUNTS_OF_SOURCES]
    if len(roles) < 2 or len(texts) % len(roles):
        return None
    each = len(texts) // len(roles)
    if (
        each < _LEAST_SOURCES
        or texts != texts[:each] * len(roles)
        or any(line_of(text) is None for text in texts)
    ):
        return None
    over: list[Cell] = []
    under: list[Cell] = []
    at = 0
    for place, cell in enumerate(upper.cells):
        span = each if place in roles else 1
        over.append(replace(cell, col=at, colspan=span))
        if place in roles:
            own = lower.cells[len(under) : len(under) + each]
            under += [replace(one, col=at + behind) for behind, one in enumerate(own)]
        at += span
    return _joined(
        Row(tuple(over), at, upper.number, upper.after_break),
        Row(tuple(under), at, lower.number, lower.after_break),
    )


def _joined(upper: Row, lower: Row) -> Row | None:
    """One row of the labels of both; `None` where they are no header of two rows."""
    if len(upper.cells) < 2 or not lower.cells or not (_texts(upper) and _texts(lower)):
        return None
    if _is_head_of_form(upper):
        return None
    cells: list[Cell] = []
    alone: list[Cell] = []
    under: set[int] = set()
    parts: set[int] = set()
    for cell in _widened(upper, lower):
        own = _between(lower, cell.col, cell.col + cell.colspan)
        if cell.colspan == 1 or not own:
            cells.append(cell)
            alone.append(cell)
            continue
        if role_of(cell.text) is not None and any(line_of(one.text) is not None for one in own):
            if sum(role_of(other.text) is not None for other in upper.cells) < 2:
                return None  # sources under one role: a table of its own kind
            # "小计 | 其中：财政资金 | 其他" under "预算数"; without the first nobody tells the whole.
            whole = line_of(own[0].text) in _WHOLE
            cells += [replace(cell, colspan=len(own)), *own[1:]] if whole else own
            under.update(one.col for one in own)
            parts.update(one.col for one in own[1:] if whole)
            continue
        if any(one.col + one.colspan > cell.col + cell.colspan for one in own):
            return None  # the cells below do not nest in those above
        under.update(one.col for one in own)
        cells.extend(_named(cell, one, own) for one in own)
    known = sum(_known(cell) or cell.col in parts for cell in cells)
    if len(under) < len(lower.cells) or known * 2 < len(cells):
        return None
    if alone and not any(map(_known, alone)) and all(map(_known, lower.cells)):
        return None  # a header that lacks nothing, under a row of something else
    return Row(tuple(cells), upper.width, lower.number, upper.after_break)


def _widened(upper: Row, lower: Row) -> Sequence[Cell]:
    """The upper cells; where merges were undone and left blanks, a cell reaches over the blanks behind it as far as
    the lower row has labels there, which must be nowhere else."""
    if any(cell.colspan > 1 for cell in upper.cells):
        return upper.cells
    starts = [cell.col for cell in upper.cells]
    ends = [*starts[1:], upper.width]
    wide: list[Cell] = []
    for cell, end in zip(upper.cells, ends, strict=True):
        own = [one.col for one in _between(lower, cell.col, end)]
        if own and (own[0] != cell.col or len(own) < 2 or own != list(range(cell.col, own[-1] + 1))):
            return upper.cells
        wide.append(replace(cell, colspan=len(own)) if own else cell)
    return wide


def _between(row: Row, start: int, end: int) -> Sequence[Cell]:
    """The cells of a row, left to right, that begin in these columns."""
    first, last = (bisect_left(row.cells, at, key=lambda cell: cell.col) for at in (start, end))
    return row.cells[first:last]


def _texts(row: Row) -> bool:
    return all(
        cell_type(cell.text) is CellType.TEXT and len(cell.text) <= 30 and not cell.text.endswith(_SENTENCE)
        for cell in row.cells
    )


def _is_head_of_form(row: Row) -> bool:
    """Whether a row tells fields of the form ("实施单位 | 县水务局"), above a header in one row. That of a list of
    projects has labels alone beside the cells that span others: "项目名称 | 主管部门 | 预算执行情况 | 自评得分"."""
    if not any(_is_field(cell) for cell in row.cells):
        return False
    single = [cell for cell in row.cells if cell.colspan == 1]
    labels = sum(
        _is_field(cell) or _known(cell) or _COUNTER.fullmatch(clean(cell.text)) is not None for cell in single
    )
    return len(single) == len(row.cells) or labels < max(2, len(single))


def _is_field(cell: Cell) -> bool:
    return FIELD_LABEL.fullmatch(clean(cell.text)) is not None


def _named(upper: Cell, lower: Cell, beside: Sequence[Cell]) -> Cell:
    """The lower label; with the upper one where that names another period or the lower one names nothing by itself,
    before it or behind it ("预算安排" over "年初(1)"). Beside a sign and a unit it is the upper one's value: "年度指标值"
    over "符号 | 数值 | 单位"."""
    if _known(lower) and not _OTHER_PERIOD.search(upper.text):
        return lower
    joined = replace(lower, view=upper.view.join(lower.view))
    split = any(column_of(one.text) in ("sign", "unit") for one in beside)
    if not _known(joined) and split and _known(upper):
        return replace(lower, view=upper.view)
    own = clean(lower.text)
    turned = replace(lower, view=lower.view.part(0, len(own)).join(upper.view))
    return turned if not _known(joined) and lower.text.startswith(own) and _known(turned) else joined


def _known(cell: Cell) -> bool:
    return any(read(cell.text) is not None for read in (role_of, column_of, line_of))
