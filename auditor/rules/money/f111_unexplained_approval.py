"""F111 批准数与预算数不同、没有写明支出 (funds.unexplained-approval)

查什么  会议、批复安排的金额与预算数不同的，同一句或下一句有没有说明；全文有没有写明实际支出多少。
为什么  批准多少、预算多少、花了多少，是评价资金的三个起点，缺一个或者对不上就无法核算。
反例
    2022年度灌渠整修项目绩效自评报告

    项目经县政府常务会议批准，统筹安排资金560.00万元。全年预算260.00万元，实际支出255.00万元。
    → 存疑
反例
    2022年度灌渠整修项目绩效自评报告

    全年预算260.00万元，资金及时足额到位。
    → 存疑
正例
    2022年度灌渠整修项目绩效自评报告

    项目经县政府常务会议批准，统筹安排资金560.00万元，其中本年安排260.00万元。
    全年预算260.00万元，实际支出255.00万元。
    → 无
依据    财预〔2020〕10号：自评应反映预算安排和执行情况
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.compiled import compiled
from auditor.document import Span
from auditor.facts.quantity import as_money
from auditor.facts.scoring.execution import is_row as is_execution_row
from auditor.facts.stated_money import Stated
from auditor.figures import Equation, Figure, Kind, Term, show
from auditor.language import word
from auditor.report.labels import role_of
from auditor.report.model import Amount, FormKind, LineKind, Passage, Report, Role
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="F111",
    name="funds.unexplained-approval",
    title="批准数与预算数不同或没有写明支出",
    severity=Severity.MEDIUM,
    basis=("财预〔2020〕10号",),
)

_STATED = tuple(role for role in Role if role.is_money and role is not Role.APPROVED)
_FORMS = (FormKind.SELF_EVALUATION, FormKind.DEPARTMENT, FormKind.TRANSFER)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    if report.form.look_alike and report.form is not FormKind.EVALUATION:
        return
    yield from _approvals(report)
    if report.form in _FORMS and report.title:
        yield from _never_spent(report)


def _approvals(report: Report) -> Iterator[Result]:
    budget = _budget(report)
    if budget is None:
        return
    seen = set()
    known = Stated(report)
    for amount in report.amounts:
        if amount.role is not Role.APPROVED or amount.figure.is_vague or amount.figure.amount in seen:
            continue
        if amount.table is not None and amount.line.kind is not LineKind.TOTAL:
            continue
        seen.add(amount.figure.amount)
        result = _compare(report, known, amount, budget)
        if result is not None:
            yield result


def _budget(report: Report) -> Amount | None:
    for role in (Role.BUDGET, Role.INITIAL):
        amounts = [amount for amount in report.stated(role) if amount.figure.value > 0]
        if amounts:
            return amounts[0]
    return None


def _compare(report: Report, known: Stated, approved: Amount, budget: Amount) -> Result | None:
    """None where the approved sum is another stated amount, a part, or explained elsewhere."""
    figure, line = approved.figure, budget.figure
    evidence = [figure, line]
    key = (show(figure.amount), show(line.amount))
    told = f"批准安排 {show(figure.value)}{figure.unit}，预算 {show(line.value)}{line.unit}"
    if figure.base.meets(line.base):
        return RULE.consistent(
            f"{told}，一致。",
            evidence,
            relations=(Equation(Term.plain(figure), Term.plain(line, figure.scale)),),
            key=key,
        )
    if any(other.value > 0 and other.base.meets(figure.base) for _, other in known.of(*_STATED)):
        return None
    if report.unit_assumed(approved) != report.unit_assumed(budget):
        return None
    difference = figure.amount - line.amount
    if difference < 0 and not approved.whole:
        return None
    if abs(difference) in known.values or _explained(report, figure, line):
        return None
    gap = show(abs(difference) / figure.scale)
    more = "多" if difference > 0 else "少"
    return RULE.query(
        f"{told}，批准数比预算数{more} {gap}{figure.unit}，前后没有说明。", evidence,
        relations=(Equation(Term.plain(figure) - Term.plain(line, figure.scale)),),
        suggestion="说明差额的去向（分年安排、其他项目或调减），并附批复文件。", key=key,
    )  # fmt: skip


def _explained(report: Report, figure: Figure, line: Figure) -> bool:
    """Whether the same or the next sentence says why the sums differ, or tells the year's share of it."""
    passage = next((item for item in report.passages if item.view == figure.view), None)
    if passage is None:
        return False
    text = passage.text
    following = compiled(r"(?<=[。\n])").split(text[figure.end : figure.end + 400], maxsplit=2)
    behind = [one for one in passage.figures if figure.end < one.start < figure.end + 120]
    if "。" not in text[figure.end : behind[-1].start if behind else figure.end] and any(
        one.kind is Kind.MONEY and one.base.meets(line.base) for one in behind
    ):
        return True
    before = text[max(0, figure.start - 40) : figure.start]
    if word("of_several_years").search(before + text[figure.end : figure.end + 12]):
        return True
    if word("whole_undertaking").search(before) and word("built_over_years").search(text):
        return True
    # Of the words before the amount only its own clause can explain it.
    return (
        word("amount_explained").search(compiled(r"[，,；;。\n]").split(before)[-1] + "".join(following[:2]))
        is not None
    )


def _never_spent(report: Report) -> Iterator[Result]:
    if any(amount.role in (Role.PAID, Role.EXECUTION_RATE, Role.SPENDING_RATE) for amount in report.amounts):
        return
    if report.unread_forms or any(_may_tell(report, span) for span, _ in report.unread):
        return
    figures = []
    for passage in report.passages:
        if word("all_spent").search(passage.text):
            return
        for figure in passage.figures:
            if _tells_spending(passage, figure):
                return
            if figure.kind is Kind.MONEY and passage.label.find("目标") < 0:
                figures.append(figure)
        if word("spent_label").search(passage.text) and len(passage.text) <= 20:
            return
    if any(is_execution_row(row) and row.actual for row in report.indicators):
        return
    known = [
        a
        for a in report.prose_amounts
        if a.role in (Role.BUDGET, Role.INITIAL, Role.INVESTED, Role.ALLOCATED)
    ]
    known += [a for table in report.money_tables for a in table.of(Role.BUDGET, LineKind.TOTAL)]
    evidence = [amount.figure for amount in known[:2]] or figures[:1]
    if not evidence:
        return
    stated = "、".join(f"{amount.role.value} {amount.figure.raw}" for amount in known[:2])
    yield RULE.query(
        f"全文没有写明实际支出多少{f'，只写了{stated}' if stated else ''}，也没有执行率，资金执行情况无法核算。",
        evidence, suggestion="补充实际支出数、执行率和结余情况，并附支付明细。", key=("never spent",),
        title="没有写明实际支出",
    )  # fmt: skip


def _may_tell(report: Report, span: Span) -> bool:
    """Whether the line of a figure that has no place names what was spent, or a rate of it."""
    text = report.document.text
    end = text.find("\n", span.end)
    line = text[text.rfind("\n", 0, span.start) + 1 : end if end >= 0 else len(text)]
    labels = compiled(r"[\s|]+").split(line)
    rates = (Role.EXECUTION_RATE, Role.SPENDING_RATE)
    return word("spent_label").search(line) is not None or any(role_of(label) in rates for label in labels)


def _tells_spending(passage: Passage, figure: Figure) -> bool:
    """Whether the number is a sum spent or an execution rate."""
    if figure.kind is Kind.RATE:
        return (
            word("money_rate_before").search(passage.text[max(0, figure.start - 16) : figure.start])
            is not None
        )
    if as_money(figure) is None and not (figure.kind is Kind.PLAIN and figure.decimals >= 2):
        return False
    before = compiled(r"[，,。；;]").split(passage.text[max(0, figure.start - 40) : figure.start])[-1]
    behind = passage.text[figure.end : passage.structure.clause_span(figure.start, figure.end)[1]]
    told = word("transfer").sub("", f"{passage.label} {before} {behind[:20]}")
    if "预算" in before[-6:]:
        return False
    return (word("spend").search(told) or word("spent_otherwise").search(before)) is not None
