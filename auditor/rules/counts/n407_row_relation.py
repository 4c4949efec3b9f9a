"""N407 各行的数量关系 (number.row-relation)

查什么  一张表里几列之间的关系（相加、相减、相乘、相除得比率，增减比例，占全部的比例），其他各行都成立、只有一行不成立的，是哪一行。
        不看列名，只看数：表是什么表都查。
为什么  同一张表各行是同一种算法；一行不合，多半是这一行填错了一个数。
反例
    镇名 | 应发户数 | 已发户数 | 未发户数
    石塘镇 | 812 | 800 | 12
    白溪乡 | 640 | 633 | 7
    洪口乡 | 1025 | 1004 | 31
    禾岩镇 | 530 | 521 | 9
    → 存疑
正例
    镇名 | 应发户数 | 已发户数 | 未发户数
    石塘镇 | 812 | 800 | 12
    白溪乡 | 640 | 633 | 7
    洪口乡 | 1025 | 1004 | 21
    禾岩镇 | 530 | 521 | 9
    → 无
依据    表内关系
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from auditor.facts.row_relations import RowRelation, Shares, related_columns
from auditor.figures import Equation, Term, added
from auditor.report.model import Grid, Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="N407",
    name="number.row-relation",
    title="一行的数量关系与其他各行不同",
    severity=Severity.MEDIUM,
    basis=("表内关系",),
)

_ASKED = "核对这一行的数，更正填错的一个；算法不同的，请说明。"


def check(report: Report, settings: Settings) -> Iterator[Result]:
    for grid, found in related_columns(report):
        yield _share(grid, found) if isinstance(found, Shares) else _result(grid, found)


def _result(grid: Grid, found: RowRelation) -> Result:
    kind, columns, holding, missed = found.shape, found.columns, found.holding, found.missed
    a, b, c = (grid.labels[col] for col in columns)
    formula = kind.formula.format(a, b, c)
    if not missed:
        evidence = [row.values[col] for row in holding for col in columns]
        return RULE.consistent(
            f"表中 {formula}，{len(holding)} 行都相符。", evidence, key=(formula, str(len(holding)))
        )
    row = missed[0]
    figures = [row.values[col] for col in columns]
    left, right, result = figures
    terms = kind.value(Term.of(left, Decimal(1), left.digits), Term.of(right, Decimal(1), right.digits))
    relation = Equation(
        terms, Term.of(result, result.scale, result.digits), per=result.scale, decimals=4, gap="", holds=False
    )
    return RULE.query(
        f"表中其他 {len(holding)} 行都是 {formula}，“{row.name}”一行是 {left.digits}、{right.digits}、"
        f"{result.digits}，不相符。",
        figures, relations=(relation,), suggestion=_ASKED,
        culprits=tuple(figure.span for figure in figures), key=(formula, row.name, result.digits),
    )  # fmt: skip


def _share(grid: Grid, found: Shares) -> Result:
    """A column of shares against the numbers they are shares of."""
    of, told = (grid.labels[col] for col in found.columns)
    number, share = found.columns
    if not found.missed:
        evidence = [row.values[col] for row in found.holding for col in found.columns]
        return RULE.consistent(
            f"表中“{told}”是“{of}”占全部的比例，{len(found.holding)} 行都相符。", evidence,
            key=("占比", of, told, str(len(found.holding))),
        )  # fmt: skip
    row = found.missed[0]
    part, printed = row.values[number], row.values[share]
    every = added(Term.of(one, part.scale, one.digits) for one in found.whole)
    relation = Equation(
        Term.of(part, part.scale, part.digits) / every, Term.of(printed, text=printed.raw), percent=True,
        named="填报 {}", holds=False,
    )  # fmt: skip
    return RULE.query(
        f"表中其他 {len(found.holding)} 行的“{told}”都是“{of}”占全部的比例，“{row.name}”一行是 {part.digits}，"
        f"应为 {relation.shown}%，填报 {printed.raw}。",
        [part, printed, *found.whole], relations=(relation,),
        suggestion=_ASKED,
        culprits=(printed.span,), key=("占比", row.name, part.digits, printed.digits),
    )  # fmt: skip
