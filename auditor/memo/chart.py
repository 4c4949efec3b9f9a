"""Small bar charts for the Word memo: money by line, self-score beside recomputed score."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from auditor.memo.escape import one_line
from auditor.memo.model import MoneyLine, Report

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.font_manager import FontProperties

WIDTH = 150
"""Millimetres."""

_FAMILIES = (
    "FangSong", "FangSong_GB2312", "STFangsong", "SimSun", "NSimSun", "STSong", "Songti SC",
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "Noto Serif CJK SC",
    "Noto Serif SC", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "SimHei", "Microsoft YaHei", "PingFang SC",
    "Noto Sans CJK JP", "Noto Serif CJK JP",
)  # fmt: skip
"""Chinese fonts by the name matplotlib knows them by, best first. The Noto collections appear under
the name of their first member (JP), which holds the Chinese signs too."""

_PALE, _DARK, _RED = "#b9c4d0", "#33557a", "#a8322a"
_MOST = 16
_LABEL = 18
_DPI = 160


class NoPicture(Exception):
    """No chart can be drawn here; the message says why, in Chinese."""


class Pictures:
    """Draws what there is to draw; says once why nothing can be drawn."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._possible = True

    def money(self, report: Report) -> bytes | None:
        bars, unit = money_bars(report)
        return self._draw(bars, ("预算数", "支出数"), unit, compare=False)

    def scores(self, report: Report) -> bytes | None:
        return self._draw(score_bars(report), ("自评分", "核算分（红色为有差别）"), "分", compare=True)

    def _draw(self, bars: Sequence[Bars], names: tuple[str, str], unit: str, compare: bool) -> bytes | None:
        if not bars or not self._possible:
            return None
        try:
            return draw(bars, names, unit, compare)
        except NoPicture as reason:
            self._possible = False
            self._say(str(reason))
            return None


class Bars(NamedTuple):
    """A pair of bars: what they are of, and both values as printed ("" for none)."""

    label: str
    upper: str
    lower: str


def money_bars(report: Report) -> tuple[list[Bars], str]:
    """Budget and payment by line with their unit: the first table that splits its money into two lines
    or more, details before sources. Empty where none does."""
    for kind in ("detail", "source"):
        tables: dict[tuple[int, str], list[MoneyLine]] = {}
        for line in report.lines:
            if line.kind == kind and line.budget is not None and line.paid is not None:
                tables.setdefault((line.table, line.unit), []).append(line)
        for (_, unit), lines in tables.items():
            if len(lines) > 1:
                return [Bars(line.label, line.budget or "", line.paid or "") for line in lines], unit
    return [], ""


def score_bars(report: Report) -> list[Bars]:
    """Self-score and recomputed score by indicator; empty where no score is recomputed differently."""
    checked = [row for row in report.indicators if row.score and (row.holds or row.recomputed)]
    bars = [Bars(row.name, row.score or "", row.recomputed or row.score or "") for row in checked]
    changed = [bar for bar in bars if bar.upper != bar.lower]
    return (bars if len(bars) <= _MOST else changed) if changed else []


def draw(bars: Sequence[Bars], names: tuple[str, str], unit: str, compare: bool = False) -> bytes:
    """A PNG. `names` are those of the upper and the lower bar; `compare` marks lower bars that differ.

    Raises `NoPicture` where matplotlib or every Chinese font is missing.
    """
    try:
        from matplotlib.figure import Figure
        from matplotlib.patches import Patch
    except ImportError:
        raise NoPicture("缺少组件 matplotlib（pip install 'auditor[charts]'），没有画图") from None
    font = _font()
    shown = bars[:_MOST]
    figure = Figure(figsize=(WIDTH / 25.4, 0.5 + 0.24 * len(shown)), dpi=_DPI, layout="constrained")
    axes = figure.add_subplot()
    _bars(axes, shown, font, compare)
    legend = axes.legend(
        handles=[Patch(color=_PALE, label=names[0]), Patch(color=_RED if compare else _DARK, label=names[1])],
        prop=font, loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2, frameon=False,
        title=f"单位：{_short(unit)}" if unit else None, title_fontproperties=font,
    )  # fmt: skip
    legend.get_title().set_parse_math(False)
    stream = BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a sign that the font lacks is drawn as a box
        figure.savefig(stream, format="png", metadata={"Software": None})
    return stream.getvalue()


def _bars(axes: Axes, bars: Sequence[Bars], font: FontProperties, compare: bool) -> None:
    """Widths on paper are no figures: only here are decimals turned into floats."""
    for at, bar in enumerate(bars):
        differs = bar.upper != bar.lower
        dark = (_RED if differs else _PALE) if compare else _DARK
        for offset, value, colour in ((-0.2, bar.upper, _PALE), (0.2, bar.lower, dark)):
            axes.barh(at + offset, float(Decimal(value or 0)), height=0.36, color=colour)
            if not compare or differs or offset < 0:
                axes.annotate(
                    value, (max(float(Decimal(value or 0)), 0), at + offset), xytext=(3, 0),
                    textcoords="offset points", va="center", fontproperties=font, parse_math=False,
                )  # fmt: skip
    axes.set_yticks(range(len(bars)))
    axes.set_yticklabels([_short(bar.label) for bar in bars], fontproperties=font, parse_math=False)
    axes.invert_yaxis()
    axes.margins(x=0.12)
    axes.xaxis.set_visible(False)
    axes.tick_params(axis="y", length=0)
    for side in ("top", "right", "bottom"):
        axes.spines[side].set_visible(False)


def _short(label: str) -> str:
    label = one_line(label)
    return label if len(label) <= _LABEL else f"{label[: _LABEL - 1]}…"


def _font() -> FontProperties:
    from matplotlib.font_manager import FontProperties, fontManager

    installed = {entry.name for entry in fontManager.ttflist}
    for family in _FAMILIES:
        if family in installed:
            return FontProperties(family=family, size=7.5)
    raise NoPicture("没有找到中文字体，没有画图")
