"""Work that is not accepted yet, and money paid before it was done."""

from __future__ import annotations

import re
from decimal import Decimal

from auditor.compiled import compiled
from auditor.document import View
from auditor.facts.quantity import as_money
from auditor.figures import Figure
from auditor.report.model import LineKind, Report, Role

_PREPAID = compiled(r"预付(?:账款|款项?|资金|费用|工程款|设备款|货款)?")
_PENDING = compiled(
    r"等待(?:竣工|最终|终|初步|综合|组织)?验收|(?<![已经])待(?:竣工|最终|终|综合|组织)?验收|(?:未|尚未|没有|还没有?)(?:组织|通过|进行|完成|开展|办理)?(?:竣工|最终|终|初步|到货)?验收|"
    r"(?:处于|进入|正在|目前|尚在|仍在|还在)试[运营]行|试[运营]行[中期]|试运营[中期]|试运营阶段|试运行阶段|(?:尚未|未|还没有?)(?:到货|交付|完工|竣工|投入使用)"
)
_NOT_A_FACT = compiled(
    r"如|若|对.{0,6}未|不得|严禁|的[，,]?(?:不予|一律|扣)|无未|没有未|避免|防止|杜绝|目标|上年|问题整改"
)
_TOOK_PLACE = compiled(r"^[^，,。；;]{0,8}(?:后|结束|期满)[^，,。；;]{0,10}(?:通过|验收)")


def pending_work(report: Report) -> list[View]:
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


def prepayments(report: Report) -> list[Figure]:
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


def clause_of(view: View) -> str:
    """The clauses around the words, not a whole paragraph."""
    match = _PENDING.search(view.text)
    assert match is not None
    start = max(view.text.rfind(char, 0, match.start()) for char in "，,:") + 1
    return view.text[start : min(len(view.text), match.end() + 12)].split("，")[0].strip("。；; ")
