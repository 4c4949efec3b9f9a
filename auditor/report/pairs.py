"""Amounts beside their labels: "年初预算 | 108 | 实际支出 | 76.38 | 执行率 | 70.72%".

As cells of a row, as rows under each other, or as records inside one cell ("年初预算数: 320.00 执行率:
97.00%"). A label that names a source ("其中：中央 | 610") tells a part of the amount named before it, or of
the one above it in the same column.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from auditor.compiled import compiled
from auditor.document import Row, Span, View
from auditor.figures import Figure, scan
from auditor.language.lexicon import word
from auditor.report.adjustments import IN_TURN, told_in_turn
from auditor.report.align import FIGURES, CellType, cell_type
from auditor.report.cell_figures import money_figure, points_figure, rate_figure
from auditor.report.labels import TOTAL_ROW, clean, details_above, line_of, role_of, unit_in
from auditor.report.model import Amount, Indicator, Line, LineKind, MoneyTable, Role

_RECORD = compiled(
    r"(?P<label>[\u4e00-\u9fff()]{2,16}):(?P<value>-?\d[\d,]*(?:\.\d+)?(?:%|分|万元|亿元|元)?|[/—-])"
)
_WEIGHT = compiled(r"\((?P<n>\d{1,3}(?:\.\d+)?)分\)")
_POINTS = (Role.WEIGHT, Role.SCORE)
_LEAD = 20


class _Pair(NamedTuple):
    """A label and its figure; `apart`: a record that begins a cell or stands behind a semicolon."""

    label: View
    figure: View
    row: int
    col: int
    apart: bool = False


@dataclass
class PairReader:
    """Collects the pairs of one block into a money table; `index` is that of the table in the report."""

    index: int
    unit: str
    table: MoneyTable | None = None
    points: dict[Role, Figure] = field(default_factory=dict)
    _by_col: dict[int, Role] = field(default_factory=dict)
    _in_order: list[Role] = field(default_factory=list)
    _parted: bool = False
    _role: Role | None = None
    _places: dict[str, int] = field(default_factory=dict)
    _lost: set[int] = field(default_factory=set)
    _source: str | None = None
    _lead: View | None = None
    _rated: bool = False
    _span: Span | None = None
    _told: dict[int, Role] = field(default_factory=dict)

    def read(self, row: Row, below: Sequence[Row] = ()) -> bool:
        """Reads the pairs of a row; false when it holds none that belong here."""
        self._told = _by_rest(row, below)
        records = [
            pair for cell in row.cells for pair in _of_money(_records(cell.view, row.number + 1, cell.col))
        ]
        pairs = [*_beside(row), *(records if len(records) >= 2 else ())]
        unit = next((found for cell in row.cells if (found := unit_in(cell.text))), None)
        self.unit = unit or self.unit
        self._rated = self._rated and len(row.cells) == 2  # one pair a line: "执行率 | 95%" over "得分 | 9.5"
        self._lead = _lead(row, pairs)
        self._lost.clear()
        read = []
        for _, group in itertools.groupby(pairs, lambda pair: pair.label.text):
            alike = list(group)
            self._follow_order(alike)
            read += [
                pair.col not in self._lost and self._take(pair, record=pair in records) for pair in alike
            ]
        for cell in row.cells if any(read) else ():
            if records or "执行" in cell.text:
                self._noted_weight(cell.view)
        if any(read):
            self._span = row.span if self._span is None else self._span.cover(row.span)
        return any(read)

    def _follow_order(self, alike: Sequence[_Pair]) -> None:
        """Parts of one source for each amount told before: they come in the order of the amounts, wherever the
        cells stand ("预算数 | 312 | 执行数 | 300" over "其中：省级 | 200 | 其中：省级 | 190")."""
        if len(alike) < 2 or _meaning(alike[0].label.text)[0] is not None:
            return
        if len(alike) == len(self._in_order):
            self._by_col.update({pair.col: role for pair, role in zip(alike, self._in_order, strict=True)})
            self._parted = True
        else:
            self._lost.update(pair.col for pair in alike)  # nobody can tell which part is of which amount

    def finish(self) -> tuple[MoneyTable | None, Indicator | None]:
        """The table, and the execution row it prints; `None` where there is none."""
        table = self.table
        if table is not None and not any(amount.role.is_money for amount in table.amounts):
            table = None
        if table is not None and self._span is not None:
            table.span = self._span
        execution = None
        if Role.SCORE in self.points and self._span is not None:
            score = self.points[Role.SCORE]
            execution = Indicator(
                "预算执行率", score.view, weight=self.points.get(Role.WEIGHT), score=score,
                is_execution=True, span=self._span,
            )  # fmt: skip
        return table, execution

    def _take(self, pair: _Pair, record: bool) -> bool:
        if pair.apart or not record:
            self._source = None
        role, source = _meaning(pair.label.text)
        role = self._told.get(pair.col, role) if source is None else role
        if role is None and (source is None or (record and not details_above(pair.label.text))):
            return False
        self._source = source = source or (self._source if record else None)
        figure = next(iter(scan(pair.figure)), None)
        if figure is None:
            return False
        if role in _POINTS:
            if record or "执行" in pair.label.text or (self._rated and not self._of_the_form(pair, figure)):
                self.points.setdefault(role, points_figure(figure))
                return True
            return False
        if role is None:
            role = self._by_col.get(pair.col) or self._role
            if role is None or source is None:
                return False
        elif source is None and self._of_lead(role):
            source = clean(self._lead.text) if self._lead is not None else None
        elif source is None:
            self._by_col[pair.col] = role
            if self._parted:  # the parts of the amounts before have been told
                self._in_order, self._parted = [], False
            self._in_order.extend([role] if role.is_money else [])
            self._role = None if role.is_rate else role
        self._rated = self._rated or role.is_rate or role is Role.PAID
        if role.is_rate:
            figure = rate_figure(figure)
        elif cell_type(pair.figure.text) is CellType.PERCENT:
            return False
        else:
            figure = money_figure(figure, unit_in(pair.label.text) or self.unit)
        self._add(pair, role, source, figure)
        return True

    def _of_the_form(self, pair: _Pair, figure: Figure) -> bool:
        """Whether a score beside the money is that of the whole form ("自评得分 | 94.5")."""
        weight = self.points.get(Role.WEIGHT)
        whole = TOTAL_ROW.fullmatch(clean(pair.label.text)) is not None
        return whole and (weight is None or figure.value > weight.value)

    def _of_lead(self, role: Role) -> bool:
        """Whether the amount belongs to the part that the row's first label names: a source, or whatever it is
        called where the whole has its amount of this role already."""
        if self._lead is None:
            return False
        known = [amount.role for amount in self.table.amounts] if self.table is not None else []
        return line_of(self._lead.text) is LineKind.SOURCE or role in known

    def _add(self, pair: _Pair, role: Role, source: str | None, figure: Figure) -> None:
        if self.table is None:
            self.table = MoneyTable(pair.label.text, unit=unit_in(pair.label.text) or self.unit)
        self.table.unit = self.table.unit or unit_in(pair.label.text) or self.unit
        if source is None or line_of(source) is LineKind.TOTAL:
            line = Line(LineKind.TOTAL, "合计")
        else:
            place = self._places.setdefault(source, len(self._places) + 1)
            led = self._lead is not None and clean(self._lead.text) == source
            named = self._lead if self._lead is not None and led else pair.label
            kind = LineKind.DETAIL if led and line_of(source) is None else LineKind.SOURCE
            line = Line(kind, source, place, details_above(named.text), named)
        label = pair.label.text.removeprefix(source or "") or pair.label.text
        self.table.amounts.append(
            Amount(role, line, figure, clean(label), self.index, row=pair.row, col=pair.col + 2)
        )

    def _noted_weight(self, view: View) -> None:
        """ "预算执行率（20分）" among the records names the weight of the execution row."""
        match = _WEIGHT.search(view.text)
        if match is not None and Role.WEIGHT not in self.points and self.points:
            self.points[Role.WEIGHT] = points_figure(scan(view.part(*match.span("n")))[0])


def _beside(row: Row) -> Iterator[_Pair]:
    """Labels with one figure right of them; two figures side by side are a row of some table."""
    for at, cell in enumerate(row.cells[:-1]):
        value = row.cells[at + 1]
        if cell_type(cell.text) is not CellType.TEXT or cell_type(value.text) not in FIGURES:
            continue
        behind = row.cells[at + 2 : at + 3]
        again = behind and behind[0].text == value.text  # a merged cell, written again
        if (
            behind
            and not again
            and cell_type(value.text) is not CellType.PERCENT
            and _goes_on(behind[0].text)
        ):
            continue
        yield _Pair(cell.view, value.view, row.number + 1, cell.col)


def _by_rest(row: Row, below: Sequence[Row]) -> dict[int, Role]:
    """What four labels in turn name, by grid column, where the figures beside them and beside the sources under them
    tell it."""
    pairs = [pair for one in (row, *below) for pair in _beside(one)]
    size = len(IN_TURN)
    if len(pairs) < size or any(pair.row != row.number + 1 for pair in pairs[:size]):
        return {}
    meant = [_meaning(pair.label.text) for pair in pairs[:size]]
    lines = [pairs[at : at + size] for at in range(0, len(pairs) - size + 1, size)]
    lines = lines[:1] + list(itertools.takewhile(_alike, lines[1:]))
    figures = [[figure for pair in line for figure in scan(pair.figure)[:1]] for line in lines]
    whole = [own for own in figures if len(own) == size]
    told = (
        ()
        if any(source is not None for _, source in meant)
        else told_in_turn([role for role, _ in meant], whole)
    )
    return {pair.col: role for pair, role in zip(pairs, told, strict=False)}


def _alike(line: Sequence[_Pair]) -> bool:
    return len({clean(pair.label.text) for pair in line}) == 1


def _lead(row: Row, pairs: Sequence[_Pair]) -> View | None:
    """The part of the money that the row's first label names, before the amounts with labels of their own
    ("其中：财政拨款 | 预算数 | 460 | 执行数 | 404"); `None` for the total and for labels of no money."""
    labels = [pair for pair in pairs if not pair.apart and pair.row == row.number + 1]
    if len(labels) < 2 or len({role_of(pair.label.text) for pair in labels}) < 2:
        return None
    before = [
        cell for cell in row.cells if cell.col < labels[0].col and cell_type(cell.text) is CellType.TEXT
    ]
    lead = before[-1].view if before else None
    if lead is None or role_of(lead.text) is not None or line_of(lead.text) is LineKind.TOTAL:
        return None
    return lead if len(lead.text) <= _LEAD else None


def _goes_on(text: str) -> bool:
    return cell_type(text) in (CellType.NUMBER, CellType.INDEX)


def _of_money(records: Iterable[_Pair]) -> list[_Pair]:
    """The records of one cell; points that no amount, no rate and no word of execution stands with are those of an
    indicator, and are left out."""
    told = list(records)
    roles = [role_of(pair.label.text) for pair in told]
    money = any(role is not None and role not in _POINTS for role in roles)
    return [
        pair
        for pair, role in zip(told, roles, strict=True)
        if money or role not in _POINTS or "执行" in pair.label.text
    ]


def _records(view: View, row: int, col: int) -> Iterator[_Pair]:
    """ "label: value" records inside one cell."""
    last = 0
    for match in _RECORD.finditer(view.text):
        apart = not last or any(mark in view.text[last : match.start()] for mark in "；;")
        last = match.end()
        if match["value"] not in "/—-":
            yield _Pair(view.part(*match.span("label")), view.part(*match.span("value")), row, col, apart)


_LONGEST = 80
"""Characters of the label of an amount."""


def _meaning(label: str) -> tuple[Role | None, str | None]:
    """What a label names: an amount, a source, or both ("上级补助预算" is the budget of 上级补助)."""
    if len(label) > _LONGEST:
        return None, None
    line, text = line_of(label), clean(label)
    if word("spending_class").fullmatch(text):
        return None, text  # "项目支出" is a part of a budget as well as of what was spent
    if line is not None and details_above(label):
        return None, text  # "财政拨款" is a role and a source: behind 其中 it is a part
    role = role_of(label)
    if role is not None:
        return role, None
    if line is LineKind.TOTAL and text.startswith(("资金", "项目资金")):
        return Role.BUDGET, None
    if line is LineKind.SOURCE and word("earlier_money").match(text):
        return None, text  # "上年结转结余资金" is money of an earlier year, no balance of this one
    for cut in range(2, len(label) - 1):
        if line_of(label[:cut]) is LineKind.SOURCE and role_of(label[cut:]) is not None:
            return role_of(label[cut:]), label[:cut]
    return None, text if line is not None else None


def pairs_under(columns: Sequence[int], row: Row) -> list[tuple[int, View, View]]:
    """(header column, label, figure) of a row in which a line's label stands under each header and its figure
    beside it: "合计 | 230 | 合计 | 221" under "计划 | | 支出". One pair for each header, all of one line, are taken
    in order where the cells between were dropped."""
    beside = [
        (label, value)
        for label, value in itertools.pairwise(row.cells)
        if cell_type(label.text) is CellType.TEXT
        and line_of(label.text) is not None
        and cell_type(value.text) in FIGURES
    ]
    if len(beside) == len(columns) >= 2 and len({clean(label.text) for label, _ in beside}) == 1:
        return [(at, label.view, value.view) for at, (label, value) in zip(columns, beside, strict=True)]
    places = {label.col: (label.view, value.view) for label, value in beside if value.col == label.col + 1}
    return [(column, *places[column]) for column in columns if column in places]
