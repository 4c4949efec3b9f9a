"""Whatever word a header lost, every figure of a form is placed or told as unplaced: never gone without a word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import pytest

from auditor.document import Span, read_bytes
from auditor.report import Report, read_reports

INDICATORS = {
    "level": ["一级指标", "二级指标"], "name": ["三级指标", "指标名称", "指标"], "unit": ["计量单位", "单位"],
    "first": ["年初指标值", "年初目标值"], "target": ["目标值", "目标", "年度指标值", "调整指标值"],
    "actual": ["实际完成值", "实际", "完成", "全年完成值"], "rate": ["得分率", "得分系数"],
    "completion": ["完成率"], "deviation": ["偏离度", "偏差率"], "weight": ["分值", "权重"],
    "score": ["得分", "自评得分"], "other": ["备查数", "口径系数", "核对"],
}  # fmt: skip
MONEY = {
    "initial": ["年初预算数", "年初"], "adjustment": ["预算调整数", "调整预算数"], "budget": ["全年预算数", "预算数"],
    "part": ["其中：财政资金", "其他"], "received": ["到位数"], "paid": ["全年执行数", "执行数"],
    "rate": ["执行率", "支出率"], "weight": ["分值"], "score": ["得分"], "other": ["备查数", "口径系数"],
}  # fmt: skip
NAMES = ["山塘清淤", "泵站检修", "渠系管护", "水位监测", "闸门更换", "堤防巡查"]
SOURCES = ["年度资金总额", "其中：财政拨款", "其他资金"]
STRANGE = ["某栏", "甲", "备查", "统计口径数", ""]
SEEDS = range(120)


@dataclass
class Form:
    rows: list[list[str]]
    figures: list[str]


class Stock:
    """Figures that stand nowhere else in the form, so that each is found again by what is printed."""

    def __init__(self, dice: Random) -> None:
        self._left = dice.sample(range(211, 989), 160)
        self.given: list[str] = []

    def figure(self, kind: str) -> str:
        number = self._left.pop()
        printed = {
            "rate": f"{number / 10:.1f}%", "completion": f"{number / 10:.1f}%", "deviation": f"{number / 100:.2f}%",
            "weight": f"{number / 100:.2f}", "score": f"{number / 100:.2f}", "adjustment": f"{number / 100:.2f}",
        }.get(kind, f"{number}.{number % 7 + 1}")  # fmt: skip
        self.given.append(printed)
        return printed


def form_of(seed: int) -> Form:
    """A form of indicators or of money in which one header word is lost, sometimes laid on its side."""
    dice = Random(f"silent {seed}")
    stock = Stock(dice)
    indicators = dice.random() < 0.6
    words, names = (INDICATORS, NAMES) if indicators else (MONEY, SOURCES)
    lead = "name" if indicators else "label"
    needed = ("target", "actual") if indicators else ("budget", "paid")
    chosen = [
        kind for kind in words if kind in needed or (kind not in ("level", "name") and dice.random() < 0.4)
    ]
    levels = ["level"] if indicators and dice.random() < 0.5 else []
    head = [dice.choice(words[kind]) for kind in levels]
    head.append(dice.choice(INDICATORS["name"]) if indicators else "资金来源")
    columns = [dice.choice(words[kind]) for kind in chosen]
    columns[dice.randrange(len(columns))] = dice.choice(STRANGE)
    rows = [[*head, *columns]]
    for name in names:
        figures = ["处" if kind == "unit" else stock.figure(kind) for kind in chosen]
        rows.append([*(["产出指标"] if levels else []), name, *figures])
    if lead == "name" and not levels and dice.random() < 0.2:
        rows = [list(row) for row in zip(*rows, strict=True)]
    return Form(rows, stock.given)


def tabs(form: Form) -> bytes:
    return _text(form, "\t")


def pipes(form: Form) -> bytes:
    return _text(form, " | ")


def spaces(form: Form) -> bytes:
    return _text(form, " ")


def a_cell_a_line(form: Form) -> bytes:
    return _text(form, "\n")


def _text(form: Form, border: str) -> bytes:
    lines = [border.join(cell for cell in row if cell or border not in (" ", "\n")) for row in form.rows]
    return "\n".join(["山塘维护项目绩效自评表", "单位：万元", *lines]).encode()


def page(form: Form) -> bytes:
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in form.rows)
    return f"<html><body><p>山塘维护项目绩效自评表</p><p>单位：万元</p><table>{rows}</table></body></html>".encode()


WRITERS = {tabs: "f.txt", pipes: "f.txt", spaces: "f.txt", a_cell_a_line: "f.txt", page: "f.html"}


def accounted(report: Report) -> Iterator[Span]:
    """Where figures were placed, or told as unplaced."""
    for table in report.money_tables:
        yield from (amount.span for amount in table.amounts)
        yield from table.aside
        yield from (figure.span for figure, _ in table.unread)
    for row in report.indicators:
        views = (row.target, row.actual, row.completion, row.score_rate, row.deviation, *row.aside)
        yield from (view.span() for view in views if view is not None)
        points = (row.weight, row.score, row.review_score, row.deduction)
        yield from (figure.span for figure in points if figure is not None)
    for total in report.totals:
        yield from (figure.span for figure in (total.weight, total.score) if figure is not None)
    yield from (span for span, _ in report.unread)
    yield from (figure.span for form in report.unread_forms for figure in form.figures)


@pytest.mark.parametrize("write", WRITERS, ids=lambda write: write.__name__)
def test_every_figure_is_placed_or_told(write: object) -> None:
    assert callable(write)
    lost: dict[int, list[str]] = {}
    for seed in SEEDS:
        form = form_of(seed)
        document = read_bytes(write(form), WRITERS[write])
        found = "\n".join(
            report.quote(span) for report in read_reports(document) for span in accounted(report)
        )
        gone = [figure for figure in form.figures if figure not in found]
        if gone:
            lost[seed] = gone
    assert lost == {}
