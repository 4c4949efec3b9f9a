"""F110 预付款计入支出与验收前付清 (funds.paid-before-acceptance)

查什么  支出里有没有预付账款、预付款，而全文又写明工程或货物还没有验收、还在试运行、尚未交付；
        没有验收而资金已经全部付清的，同样提问。预付的比例达到三成（设置 prepayment）的，请附合同条款。
为什么  预付的钱还不是完成的工作量，计入支出会抬高执行率；验收前的质量、时效满分也缺少依据。
反例
    2022年度监控设备更新项目绩效自评报告

    全年预算80万元，实际支出80万元，其中预付账款60万元、咨询费20万元。
    设备已安装，等待验收。
    → 存疑
正例
    2022年度监控设备更新项目绩效自评报告

    全年预算80万元，实际支出80万元。
    设备于10月安装完毕，11月通过验收后付款。
    → 无
依据    合同付款条款；按进度和验收结果付款
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from auditor.document import View
from auditor.facts.money_lists import as_money
from auditor.figures import Equation, Figure, Term, added, show
from auditor.report.model import LineKind, Report, Role
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="F110",
    name="funds.paid-before-acceptance",
    title="验收前付款或预付款计入支出",
    severity=Severity.MEDIUM,
    basis=("合同付款条款", "按进度和验收结果付款"),
)

_PREPAID = re.compile(r"预付(?:账款|款项?|资金|费用|工程款|设备款|货款)?")
_PENDING = re.compile(
    r"等待(?:竣工|最终|终|初步|综合|组织)?验收|(?<![已经])待(?:竣工|最终|终|综合|组织)?验收|(?:未|尚未|没有|还没有?)(?:组织|通过|进行|完成|开展|办理)?(?:竣工|最终|终|初步|到货)?验收|"
    r"(?:处于|进入|正在|目前|尚在|仍在|还在)试[运营]行|试[运营]行[中期]|试运营[中期]|试运营阶段|试运行阶段|(?:尚未|未|还没有?)(?:到货|交付|完工|竣工|投入使用)"
)
_NOT_A_FACT = re.compile(
    r"如|若|对.{0,6}未|不得|严禁|的[，,]?(?:不予|一律|扣)|无未|没有未|避免|防止|杜绝|目标|上年|问题整改"
)
_TOOK_PLACE = re.compile(r"^[^，,。；;]{0,8}(?:后|结束|期满)[^，,。；;]{0,10}(?:通过|验收)")
_QUALITY = re.compile(r"质量|验收|合格")


def check(report: Report, settings: Settings) -> Iterator[Result]:
    if report.form.look_alike:
        return
    pending = _pending(report)
    prepaid = _prepaid(report)
    paid = _paid(report)
    if prepaid:
        yield from _prepayment(report, settings, prepaid, paid, pending)
    elif pending:
        yield from _paid_up(report, paid, pending)


def _pending(report: Report) -> list[View]:
    """Sentences that say the work is not accepted or not delivered yet."""
    found = []
    for passage in report.passages:
        if len(passage.text) < 6 or passage.filled_by_system or "目标" in passage.label:
            continue
        if not _PENDING.search(passage.text):
            continue
        for sentence in passage.sentences():
            match = _PENDING.search(sentence.text)
            if match is None or _TOOK_PLACE.match(sentence.text[match.end() :]):
                continue
            clause = re.split(r"[，,]", sentence.text[: match.end()])[-1]
            if not _NOT_A_FACT.search(clause):
                found.append(sentence)
    return found


def _prepaid(report: Report) -> list[Figure]:
    """Amounts booked as prepayment: paid detail lines, and prose that names the amount."""
    found: dict[Decimal, Figure] = {}
    for table in report.money_tables:
        for amount in table.of(Role.PAID, LineKind.DETAIL):
            if _PREPAID.search(amount.line.name) and amount.figure.value > 0:
                found.setdefault(amount.figure.amount, amount.figure)
    for passage in report.passages:
        if "预付" not in passage.text or passage.filled_by_system:
            continue
        for figure in passage.figures:
            money = as_money(figure)
            if money is not None and _names_prepayment(passage.text, money):
                found.setdefault(money.amount, money)
    return list(found.values())


def _names_prepayment(text: str, figure: Figure) -> bool:
    """Whether 预付 stands in the clause of the amount: "预付设备款40万元", "设备款40万元已预付"."""
    before = re.split(r"[，,。；;、(]", text[max(0, figure.start - 40) : figure.start])[-1]
    after = re.split(r"[，,。；;、)]", text[figure.end : figure.end + 30])[0]
    return bool(_PREPAID.search(before) or re.match(r"[^\d]{0,8}预付", after))


def _paid(report: Report) -> Figure | None:
    amounts = report.stated(Role.PAID)
    return amounts[0].figure if amounts else None


def _prepayment(
    report: Report, settings: Settings, prepaid: list[Figure], paid: Figure | None, pending: list[View]
) -> Iterator[Result]:
    told = "、".join(f"{show(figure.value)}{figure.unit}" for figure in prepaid)
    amount = sum((figure.amount for figure in prepaid), Decimal(0))
    evidence: list[Figure | View] = [*prepaid, *pending[:3]]
    share = None
    relations: tuple[Equation, ...] = ()
    if paid is not None and paid.amount > 0:
        share = amount / paid.amount
        sums = added(Term.plain(figure, paid.scale) for figure in prepaid)
        relations = (Equation(sums / Term.plain(paid), percent=True),)
        evidence.append(paid)
    high = share is not None and share >= settings.prepayment
    if not pending and not high:
        yield RULE.consistent(
            f"预付款 {told}，没有写明尚未验收。", evidence, relations=relations, key=(told,)
        )
        return
    message = f"支出中有预付款 {told}"
    if share is not None and paid is not None:
        message += f"，占实际支出 {show(paid.value)}{paid.unit}的 {show(share * 100, 2)}%"
    if pending:
        message += f"，而文中写“{_quoted(pending[0])}”"
    yield RULE.query(
        f"{message}。{_full_marks(report, evidence) if pending else ''}", evidence, relations=relations,
        impact="预付款如不应计入支出，执行率会相应降低。",
        suggestion="请说明预付款计入支出的依据" + ("，附合同付款条款" if high else "") + "，并补充验收情况。",
        severity=None if pending else Severity.LOW, key=(told,),
    )  # fmt: skip


def _paid_up(report: Report, paid: Figure | None, pending: list[View]) -> Iterator[Result]:
    """Everything paid although the work is not accepted yet."""
    budgets = report.stated(Role.BUDGET)
    if paid is None or not budgets or paid.amount <= 0 or paid.is_vague:
        return
    budget = budgets[0].figure
    evidence: list[Figure | View] = [paid, budget, *pending[:3]]
    if paid.amount != budget.amount:
        return
    yield RULE.query(
        f"预算 {show(budget.value)}{budget.unit}已全部支付（{show(paid.value)}{paid.unit}），"
        f"而文中写“{_quoted(pending[0])}”。{_full_marks(report, evidence)}", evidence,
        relations=(Equation(Term.plain(paid) / Term.plain(budget, paid.scale), percent=True),),
        suggestion="请说明验收前付清的合同依据，并补充验收情况。", key=(show(paid.amount),),
    )  # fmt: skip


def _full_marks(report: Report, evidence: list[Figure | View]) -> str:
    """Quality indicators with full marks before acceptance."""
    rows = [row for row in report.indicators if row.full_marks and _QUALITY.search(row.place)]
    if not rows:
        return ""
    evidence.extend(row.score for row in rows[:3] if row.score is not None)
    names = "、".join(f"“{row.name}”" for row in rows[:3])
    return f"验收前质量类指标{names}已得满分，请一并说明依据。"


def _quoted(view: View) -> str:
    """The clauses around the words, not a whole paragraph."""
    match = _PENDING.search(view.text)
    assert match is not None
    start = max(view.text.rfind(char, 0, match.start()) for char in "，,:") + 1
    return view.text[start : min(len(view.text), match.end() + 12)].split("，")[0].strip("。；; ")
