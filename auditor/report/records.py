"""Amounts inside one cell as "label: value" records (彭水 form): "年初预算数: 320.00 执行率: 97.00%"."""

from __future__ import annotations

import re
from decimal import Decimal

from auditor.document import View
from auditor.figures import Figure, Kind, scan
from auditor.figures.units import MONEY_SCALES
from auditor.report.labels import clean, line_of, role_of
from auditor.report.model import Amount, Indicator, Line, LineKind, MoneyTable, Role
from auditor.report.money import DEFAULT_UNIT, rate_figure

_RECORD = re.compile(
    r"(?P<label>[\u4e00-\u9fff()]{2,16}):(?P<value>-?\d[\d,]*(?:\.\d+)?(?:%|分|万元|亿元|元)?|[/—-])"
)
_WEIGHT = re.compile(r"\((?P<n>\d{1,3}(?:\.\d+)?)分\)")


def read_records(
    views: list[View], index: int, unit: str, row: int
) -> tuple[MoneyTable | None, Indicator | None]:
    """The money table that the cells of a row amount to, and the execution row they print; `None`
    where there is none."""
    span = views[0].span().cover(views[-1].span())
    table = MoneyTable("", unit=unit, span=span)
    points: dict[Role, Figure] = {}
    for view in views:
        _read(view, table, points, index, row)
        weight = _WEIGHT.search(view.text)
        if weight is not None and Role.WEIGHT not in points:
            points[Role.WEIGHT] = scan(view.part(*weight.span("n")))[0].in_unit(Kind.SCORE, "分", Decimal(1))
    if not any(amount.role.is_money for amount in table.amounts):
        return None, None
    execution = None
    if Role.SCORE in points:
        execution = Indicator(
            "预算执行率", points[Role.SCORE].view, weight=points.get(Role.WEIGHT),
            score=points[Role.SCORE], is_execution=True, span=span,
        )  # fmt: skip
    return table, execution


def _read(view: View, table: MoneyTable, points: dict[Role, Figure], index: int, row: int) -> None:
    source: str | None = None
    place = 0
    last = 0
    unit = table.unit
    for match in _RECORD.finditer(view.text):
        if "；" in view.text[last : match.start()] or ";" in view.text[last : match.start()]:
            source = None
        last = match.end()
        role, named = _role_and_source(match["label"])
        source = named or source
        place += named is not None
        if role is None or match["value"] in "/—-":
            continue
        figure = scan(view.part(match.start("value"), match.end("value")))[0]
        if role in (Role.WEIGHT, Role.SCORE):
            points[role] = figure.in_unit(Kind.SCORE, "分", Decimal(1))
            continue
        if role.is_rate:
            figure = rate_figure(figure)
        elif figure.kind is not Kind.MONEY:
            figure = figure.in_unit(Kind.MONEY, unit or DEFAULT_UNIT, MONEY_SCALES[unit or DEFAULT_UNIT])
        line = Line(LineKind.SOURCE, source, place) if source else Line(LineKind.TOTAL, "合计")
        label = match["label"].removeprefix(named or "")
        table.amounts.append(Amount(role, line, figure, clean(label), index, row=row))


def _role_and_source(label: str) -> tuple[Role | None, str | None]:
    """ "上级补助预算" is the role 预算 of the source 上级补助."""
    role = role_of(label)
    if role is not None:
        return role, None
    for cut in range(2, len(label) - 1):
        if line_of(label[:cut]) is LineKind.SOURCE and role_of(label[cut:]) is not None:
            return role_of(label[cut:]), label[:cut]
    return None, None
