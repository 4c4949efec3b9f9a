"""Small charts as plain SVG: budget and payment by line, self-score and recomputed score by indicator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby

from auditor.memo.chart import Bars
from auditor.memo.model import IndicatorRow, MoneyLine, Report
from auditor.memo.page.markup import tag, text
from auditor.values import frozen

_ROWS = 12
_SMALL = 5
_WIDTH, _NAMES, _FIGURES = 600, 170, 90
_TRACK = _WIDTH - _NAMES - _FIGURES
_NAME_LENGTH = 13


@frozen
class _Bar:
    """A bar with its figure: `style` is its class."""

    style: str
    value: Decimal
    shown: str


@frozen
class _Group:
    """The bars of one line or indicator, drawn below each other."""

    name: str
    bars: list[_Bar]


def charts(report: Report) -> Iterator[str]:
    """As many figures as the report has data for: a table of one line says nothing as a picture."""
    for _, table in groupby(report.lines, key=lambda line: line.table):
        lines = [line for line in table if line.budget is not None and line.paid is not None]
        units = {line.unit for line in lines}
        if len(lines) > _SMALL:  # beside their total, many lines would all look like nothing
            lines = [line for line in lines if line.kind != "total"]
        if len(lines) > 1 and len(units) == 1:
            unit = units.pop() or "表内未写明单位"
            yield _figure(f"预算与支出（{unit}）", "预算", "支出", [_money(line) for line in lines])
    changed = [row for row in report.indicators if row.recomputed is not None]
    if changed:
        held = sum(row.holds for row in report.indicators)
        rest = len(report.indicators) - len(changed) - held
        title = f"指标得分（分）：核算与自评不同的 {len(changed)} 项；核算相符 {held} 项，未核算 {rest} 项"
        yield _figure(title, "自评", "核算", [_scores(row) for row in changed])


def figure(title: str, names: tuple[str, str], bars: Iterable[Bars]) -> str:
    """Pairs of bars under a title: `names` are those of the upper and the lower ones."""
    groups = [_Group(one.label, [_bar("first", one.upper), _bar("second", one.lower)]) for one in bars]
    return _figure(title, *names, groups)


def _money(line: MoneyLine) -> _Group:
    assert line.budget is not None
    assert line.paid is not None
    return _Group(line.label, [_bar("first", line.budget), _bar("second", line.paid)])


def _scores(row: IndicatorRow) -> _Group:
    assert row.score is not None
    assert row.recomputed is not None
    return _Group(row.name, [_bar("first", row.score), _bar("second", row.recomputed)])


def _bar(style: str, value: str) -> _Bar:
    return _Bar(style, Decimal(value), value)


def _figure(title: str, first: str, second: str, groups: list[_Group]) -> str:
    left_out = len(groups) - _ROWS
    groups = groups[:_ROWS]
    longest = max((bar.value for group in groups for bar in group.bars), default=Decimal(0))
    drawn: list[str] = []
    for at, group in enumerate(groups):
        drawn += _drawn(group, 6 + at * 30, longest if longest > 0 else Decimal(1))
    height = 6 + len(groups) * 30
    chart = tag(
        "svg", "".join(drawn),
        viewBox=f"0 0 {_WIDTH} {height}", width=_WIDTH, height=height, role="img", aria_label=title,
    )  # fmt: skip
    keys = tag("span", first, class_="key first") + tag("span", second, class_="key second")
    more = f"，另有 {left_out} 行未画" if left_out > 0 else ""
    return tag("figure", tag("figcaption", text(title + more) + keys) + chart)


def _drawn(group: _Group, top: int, longest: Decimal) -> Iterator[str]:
    short = group.name if len(group.name) <= _NAME_LENGTH else f"{group.name[: _NAME_LENGTH - 1]}…"
    name = tag("title", text(group.name)) + text(short)
    yield tag("text", name, x=_NAMES - 8, y=top + 15, text_anchor="end", class_="name")
    for at, bar in enumerate(group.bars):
        y = top + at * 12
        width = int(max(bar.value, Decimal(0)) * _TRACK / longest)
        yield tag("rect", x=_NAMES, y=y, width=max(width, 1), height=10, class_=bar.style)
        yield tag("text", text(bar.shown), x=_NAMES + width + 5, y=y + 9, class_="figure")
