"""Headers in a sequence of cells: runs of labels that name columns of money or of indicators."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby

from auditor.document import Cell, Row
from auditor.language.lexicon import word
from auditor.report.align import CellType, Column, ColumnType
from auditor.report.indicator_columns import indicator_columns
from auditor.report.labels import (
    LEVEL_WORD,
    TOP_LEVEL,
    clean,
    column_of,
    heads_details,
    line_of,
    role_of,
    roles_together,
    unit_in,
)
from auditor.report.model import LineKind, Role
from auditor.report.money.header import money_header
from auditor.report.tokens import Token
from auditor.values import frozen, lazy

_LABEL = 40
_TITLE = 24
_COUNTS = ("序号", "行次", "行号", "编号", "栏次")
_LEAST_COLUMNS = 4
_THREE = frozenset(("name", "target", "actual"))
"""The columns that make a header by themselves."""
_NOTES = ("reason", "narrative")
_TITLES = 4
"""Labels of a header, at most, that stand before its first amount."""
_WIDEST = 60
"""Columns of a header, at most: a run of more labels is none, and is not looked at from each of its cells."""
_BLOCK = word("ind_block")
_UNKNOWN = 2
"""Words of a header that no list knows, at most, and never two in a row."""


@frozen
class HeaderRun:
    """A header: its cells are `tokens[start:end]`; `row` is what the table readers make their columns from.

    `paired`: a line's label and its figure stand under each amount ("计划 | 到位" over "合计 | 230 | 合计 | 221").
    """

    start: int
    end: int
    row: Row
    columns: tuple[Column, ...]
    money: bool
    paired: bool = False

    @property
    def names_amounts(self) -> bool:
        """Whether it names two amounts, or one with its unit: "预算执行 | 预算执行率" may be a level and an indicator."""
        roles = {role for text in self.texts if (role := role_of(text)) is not None and role.is_money}
        return len(roles) >= 2 or any(unit_in(text) for text in self.texts)

    @lazy
    def texts(self) -> tuple[str, ...]:
        return tuple([cell.view.text for cell in self.row.cells])

    @lazy
    def words(self) -> tuple[str, ...]:
        """The texts, each once where it stands several times side by side (a merged cell, undone)."""
        return tuple(text for text, _ in groupby(self.texts))


class Headers:
    """The headers in a sequence of cells. Looks at each place once, however often it is asked."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._found: dict[int, HeaderRun | None] = {}
        self._next: dict[int, int] = {}  # place without a header → a later one, none between
        self._others: dict[tuple[int, tuple[str, ...], bool], HeaderRun | None] = {}

    def at_or_behind(self, begin: int) -> HeaderRun | None:
        """The first header at or behind `begin`."""
        near = min(begin + _TITLES + 1, len(self._tokens))
        for at in range(begin, near):  # what stands before `begin` is no title of it
            if (found := _header_at(self._tokens, at, begin)) is not None:
                return found
        passed, at = [], near
        while at < len(self._tokens) and self._at(at) is None:
            passed.append(at)
            at = self._next.get(at, at + 1)
        self._next.update(dict.fromkeys(passed, at))
        return self._at(at) if at < len(self._tokens) else None

    def _at(self, at: int) -> HeaderRun | None:
        if at not in self._found:
            self._found[at] = _header_at(self._tokens, at, 0)
        return self._found[at]

    def other_than(self, header: HeaderRun) -> HeaderRun | None:
        """The next header that is not this one printed again on the next page, nor labels of one of its rows."""
        passed = []
        begin, following = header.end, None
        while (key := (begin, header.texts, header.money)) not in self._others:
            passed.append(key)
            following = self.at_or_behind(begin)
            if following is None or not (
                following.texts == header.texts
                or (following.money and not header.money and not following.names_amounts)
            ):
                break
            begin = following.end
        else:
            following = self._others[key]
        self._others.update(dict.fromkeys(passed, following))
        return following


def _header_at(tokens: Sequence[Token], at: int, floor: int) -> HeaderRun | None:
    if tokens[at].kind is not CellType.TEXT or len(tokens[at].text) > _LABEL:
        return None
    return _indicators_at(tokens, at) or _money_at(tokens, at, floor)


def _indicators_at(tokens: Sequence[Token], at: int) -> HeaderRun | None:
    if column_of(tokens[at].text) not in ("level", "name", "other", "completion", "weight"):
        return None
    end = _run(tokens, at, lambda text: column_of(text) is not None)
    kinds = [column_of(token.text) for token in tokens[at:end]]
    if end < len(tokens) and kinds[-1:] and LEVEL_WORD.fullmatch(tokens[end].text):
        # The label of the whole block ("绩效指标", "指标完成情况") at the beginning of the first row.
        end -= kinds[-1] == "name" or (
            kinds[-1] in kinds[:-1] and _BLOCK.fullmatch(tokens[end - 1].text) is not None
        )
    if end - at < _LEAST_COLUMNS and not {column_of(token.text) for token in tokens[at:end]} >= _THREE:
        return None
    row = _row(_with_lower(tokens[at:end], column_of), 0)
    found = indicator_columns(row)
    if found is None:
        return None
    columns, group = found
    if group is not None:  # "绩效指标" before "一级指标": the label of the whole block fills no row
        columns = tuple(column for column in columns if column.at != group.col)
    return HeaderRun(at, end, row, columns, money=False)


def _money_at(tokens: Sequence[Token], at: int, floor: int) -> HeaderRun | None:
    both = {token.text for token in tokens[at : at + 2]}
    if len(both) < 2 or roles_together(*(token.text for token in tokens[at : at + 2])) is None:
        both = set()
    if (role_of(tokens[at].text) is None and not both) or TOP_LEVEL.fullmatch(tokens[at].text):
        return _sources_at(tokens, at, floor)
    end = _run(
        tokens, at, lambda text: text in both or role_of(text) is not None or column_of(text) in _NOTES
    )
    if end - at < 2:
        return None
    start = _title(tokens, at, floor)
    if clean(tokens[at].text).endswith("情况") and end - at > 2:
        at += 1  # "预算执行情况" heads the labels of the rows, though it names an amount
    paired = _is_paired(tokens, end, end - at)
    extra = not paired and start == at and _lacks_column(tokens, at, end, floor)
    start -= extra
    unnamed = _is_unnamed(tokens, end, end - start) or (not extra and _is_unnamed(tokens, end, end - at))
    if unnamed and not _is_unnamed(tokens, end, end - start):
        start = at
    own = tokens[start:end] if paired else _with_lower(tokens[start:end], role_of)
    row = _row(own, 0 if unnamed else max(2 - (at - start), 0), 2 if paired else 1, len(own) - (at - start))
    below = [_row(tokens[end : end + len(own)], 0)] if unnamed else []
    header = money_header(row, 0, None, below)
    if header is None:
        return None
    columns = header.columns
    if extra:
        first = row.cells[0].col
        columns = tuple(
            replace(column, type=ColumnType.MONEY) if column.at == first else column for column in columns
        )
    return HeaderRun(start, end, row, columns, money=True, paired=paired)


def _lacks_column(tokens: Sequence[Token], at: int, end: int, floor: int) -> bool:
    """Whether the first row has one figure more than the header has amounts, and a word of no list stands before
    them: it heads the first column."""
    if at <= floor or tokens[at - 1].kind is not CellType.TEXT or len(tokens[at - 1].text) > _TITLE:
        return False
    values = list(
        itertools.takewhile(lambda token: token.kind is not CellType.TEXT, tokens[end + 1 : end + 16])
    )
    named = end < len(tokens) and tokens[end].kind is CellType.TEXT
    return (named and len(values) == end - at + 1) or _is_unnamed(tokens, end, end - at + 1)


def _is_unnamed(tokens: Sequence[Token], at: int, count: int) -> bool:
    """Whether exactly `count` figures stand at `at`: the one row of the amounts, which has no name."""
    values = list(
        itertools.takewhile(lambda token: token.kind is not CellType.TEXT, tokens[at : at + count + 1])
    )
    return len(values) == count >= 2 and values[0].kind is not CellType.BLANK


def _is_paired(tokens: Sequence[Token], at: int, count: int) -> bool:
    """Whether a label and a figure for each of `count` amounts stand at `at`, all labels of one line."""
    labels, figures = tokens[at : at + 2 * count : 2], tokens[at + 1 : at + 2 * count : 2]
    if len(figures) < count or count < 2:
        return False
    named = {clean(token.text) for token in labels}
    return (
        len(named) == 1
        and line_of(labels[0].text) is not None
        and all(token.kind is not CellType.TEXT for token in figures)
    )


def _sources_at(tokens: Sequence[Token], at: int, floor: int) -> HeaderRun | None:
    """Sources as columns ("合计 | 中央 | 省 | 本级"), roles as rows under them."""
    if line_of(tokens[at].text) is None:
        return None
    if at + 1 < len(tokens) and line_of(tokens[at + 1].text) is LineKind.TOTAL:
        at += 1  # "项目资金（万元）" before "合计" heads the labels of the rows
    end = _run(tokens, at, lambda text: line_of(text) is not None and role_of(text) is None)
    behind = tokens[end : end + 2]
    if end - at < 2 or len(behind) < 2 or role_of(behind[0].text) is None or behind[1].kind is CellType.TEXT:
        return None
    if not any(line_of(token.text) is LineKind.TOTAL for token in tokens[at:end]):
        return None
    start = _title(tokens, at, floor)
    row = _row(tokens[start:end], max(1 - (at - start), 0))
    header = money_header(row, 0, None)
    return None if header is None else HeaderRun(start, end, row, header.columns, money=True)


def _run(tokens: Sequence[Token], at: int, named: object) -> int:
    """The end of the run of labels that begins at `at`: named ones, and single unknown ones between them."""
    assert callable(named)
    end = known = at
    unknown = 0
    while end < len(tokens):
        if end - at > _WIDEST:
            return at
        token = tokens[end]
        if token.kind is not CellType.TEXT or len(token.text) > _LABEL:
            break
        if named(token.text):
            known = end + 1
        elif end > known or unknown == _UNKNOWN or len(token.text) > 10 or LEVEL_WORD.fullmatch(token.text):
            break
        else:
            unknown += 1
        end += 1
    return known


def _title(tokens: Sequence[Token], at: int, floor: int) -> int:
    """Where the labels of the header begin that stand before its first amount: "项目资金（万元）", "资金来源",
    "序号 | 项目名称"."""
    start = at
    while start > floor and at - start < _TITLES:
        before = tokens[start - 1]
        text = before.text
        if before.kind is not CellType.TEXT or len(text) > _TITLE:
            break
        names_rows = start - 1 > floor and tokens[start - 2].text in _COUNTS  # "序号 | 经办机构 | …"
        if not (
            unit_in(text)
            or heads_details(text)
            or text in _COUNTS
            or text.startswith(("项目资金", "资金"))
            or names_rows
        ):
            break
        start -= 1
    return start


_Reads = Callable[[str], object]
_COVERS: tuple[tuple[frozenset[object], frozenset[object]], ...] = (
    (frozenset((Role.BUDGET, Role.INITIAL)), frozenset((Role.INITIAL, Role.BUDGET, Role.ADJUSTMENT))),
    (frozenset(("target",)), frozenset(("sign", "target", "unit"))),
    (frozenset(("weight", "score")), frozenset(("weight", "score"))),
)
"""A label of the upper row of a header, and the labels of the lower row it may cover."""


def _with_lower(run: Sequence[Token], read: _Reads) -> list[Token]:
    """The labels of a header; of one in two rows the lower labels, told behind the upper row, in place of the
    one that covers them ("预算数 | 支出数" over "年初预算数 | 调整后预算数")."""
    kinds = [read(token.text) for token in run]
    for above, below in _COVERS:
        split = len(run)
        while split > 1 and kinds[split - 1] in below:
            split -= 1
        places = [at for at, kind in enumerate(kinds[:split]) if kind in above]
        if len(places) == 2 and places[0] == 0:
            del places[0]  # "预算资金（万元）" heads the labels of the rows
        if len(run) - split >= 2 and len(places) == 1 and split - places[0] >= 2:
            return [*run[: places[0]], *run[split:], *run[places[0] + 1 : split]]
    return list(run)


def _row(own: Sequence[Token], col: int, step: int = 1, stepped: int | None = None) -> Row:
    """The header row; its last `stepped` cells stand `step` columns apart."""
    titles = len(own) - (len(own) if stepped is None else stepped)
    cells = tuple(
        Cell(token.view, 0, col + at if at < titles else col + titles + (at - titles) * step)
        for at, token in enumerate(own)
    )
    return Row(cells, cells[-1].col + step, 0)
