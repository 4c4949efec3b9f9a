"""V104 扣分加不起来 (review.deduction-sum)

查什么  复核表里，每一行的分值（或自评得分）减扣分是不是复核得分；各行扣分相加是不是合计；合计的分值（或自评得分）减合计扣分是不是合计得分。
        扣分写成负数的按扣的数算。
为什么  扣分、得分、合计三处写的是同一件事，有一处不同就有一处错。
反例
    某项目绩效自评复核表
    指标名称 | 分值 | 自评得分 | 复核得分 | 扣分 | 扣分依据
    栽植苗木 | 40 | 40 | 36 | 4 | 少栽一百四十株
    苗木成活率 | 30 | 30 | 27 | 2 | 抽查三个地块，成活率低于合同约定
    受益村组 | 30 | 30 | 30 | 0 |
    合计 | 100 | 100 | 93 | 7 |
    → 不一致
正例
    某项目绩效自评复核表
    指标名称 | 分值 | 自评得分 | 复核得分 | 扣分 | 扣分依据
    栽植苗木 | 40 | 40 | 36 | 4 | 少栽一百四十株
    苗木成活率 | 30 | 30 | 27 | 3 | 抽查三个地块，成活率低于合同约定
    受益村组 | 30 | 30 | 30 | 0 |
    合计 | 100 | 100 | 93 | 7 |
    → 无
依据    表内合计关系
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.facts.scoring.marks import as_printed
from auditor.facts.scoring.review_sheet import Reviewed, reviewed
from auditor.figures import Equation, Figure, Term, added, mark, printed, show
from auditor.report.model import Report, ScoreTotal
from auditor.rules.base import Addressee, Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="V104",
    name="review.deduction-sum",
    title="扣分与得分或合计不符",
    severity=Severity.HIGH,
    basis=("表内合计关系",),
    asks=Addressee.REVIEWER,
    needs_all_rows=True,
)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    rows = [one for one in reviewed(report) if one.row.deduction is not None]
    held = 0
    for one in rows:
        assert one.row.deduction is not None
        found = _left(one.before, one.row.deduction, one.given, report)
        if any(relation.meets for relation in found):
            held += 1
        else:
            yield _row(one, one.row.deduction, found)
    if held:
        yield RULE.consistent(
            f"{held} 行分值（或自评得分）减扣分与复核得分相符。",
            [one.given for one in rows],
            key=(str(held),),
        )
    for total in report.totals:
        if rows and total.scope is None and total.deduction is not None:
            yield _total(report, rows, total, total.deduction)


def _left(before: tuple[Figure, ...], deduction: Figure, given: Figure, report: Report) -> list[Equation]:
    """What is left of each of `before`, against what was given."""
    off = Term.exact(abs(deduction.value))
    given_term = Term.plain(given, among=mark(given, report.score_unit))
    return [
        Equation(Term.plain(base, among=mark(base, report.score_unit)) - off, given_term) for base in before
    ]


def _row(one: Reviewed, deduction: Figure, relations: list[Equation]) -> Result:
    return RULE.inconsistent(
        f"“{one.row.name}”分值 {as_printed(one.before[-1])}"
        + (f"、自评 {as_printed(one.before[0])}" if len(one.before) > 1 else "")
        + f"，扣分填 {as_printed(deduction)}，应得 {relations[-1].shown}，复核得分填 {as_printed(one.given)}。",
        [one.row.name_view, *one.before, deduction, one.given],
        relations=tuple({relation.told(): relation for relation in relations}.values()),
        culprits=(one.given.span,),
        suggestion="核对扣分和得分，改正有误的一处。",
        key=(one.row.place, as_printed(deduction), as_printed(one.given)),
    )


def _total(report: Report, rows: list[Reviewed], total: ScoreTotal, stated: Figure) -> Result:
    """The deductions of the rows against their total."""
    parts = [one.row.deduction for one in rows if one.row.deduction is not None]
    terms = [Term.exact(abs(figure.value)) for figure in parts]
    relation = Equation(added(terms), Term.exact(abs(stated.value)))
    if abs(stated.value) == sum(abs(figure.value) for figure in parts):
        return RULE.consistent(
            f"各行扣分之和与{total.label} {show(abs(stated.value))} 相符。", [stated, *parts],
            relations=(relation,), key=("total", show(stated.value)),
        )  # fmt: skip
    fine = not printed(stated).meets(relation.intervals[0])
    make = RULE.inconsistent if fine else RULE.query
    return make(
        f"各行扣分相加为 {relation.shown}，{total.label}填 {as_printed(stated)}。",
        [stated, *parts],
        relations=(relation,),
        culprits=(stated.span,),
        suggestion="核对各行扣分和合计。",
        key=("total", total.label, as_printed(stated)),
    )
