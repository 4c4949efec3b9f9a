"""Work that is not accepted yet, and money paid before it was done."""

from __future__ import annotations

from decimal import Decimal

from auditor.compiled import compiled
from auditor.document import View
from auditor.facts.quantity import as_money
from auditor.figures import Figure
from auditor.language import word
from auditor.report.model import LineKind, Report, Role


def pending_work(report: Report) -> list[View]:
    """Sentences that say the work is not accepted or not delivered yet."""
    found = []
    for passage in report.passages:
        if len(passage.text) < 6 or passage.filled_by_system or "目标" in passage.label:
            continue
        if not word("not_accepted_yet").search(passage.text):
            continue
        for sentence in passage.sentences:
            match = word("not_accepted_yet").search(sentence.text)
            rest = sentence.text[match.end() :] if match is not None else ""
            if match is None or word("took_place_after").match(rest) or word("on_condition").match(rest):
                continue
            clause = compiled(r"[，,]").split(sentence.text[: match.end()])[-1]
            if not word("acceptance_no_fact").search(clause):
                found.append(sentence)
    return found


def prepayments(report: Report) -> list[Figure]:
    """Amounts booked as prepayment: paid detail lines, and prose that names the amount."""
    found: dict[Decimal, Figure] = {}
    for table in report.money_tables:
        for amount in table.of(Role.PAID, LineKind.DETAIL):
            if word("prepaid").search(amount.line.name) and amount.figure.value > 0:
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
    before = compiled(r"[，,。；;、(]").split(text[max(0, figure.start - 40) : figure.start])[-1]
    after = compiled(r"[，,。；;、)]").split(text[figure.end : figure.end + 30])[0]
    return bool(word("prepaid").search(before) or compiled(r"[^\d]{0,8}预付").match(after))


def clause_of(view: View) -> str:
    """The clauses around the words, not a whole paragraph."""
    match = word("not_accepted_yet").search(view.text)
    assert match is not None
    start = max(view.text.rfind(char, 0, match.start()) for char in "，,:") + 1
    return view.text[start : min(len(view.text), match.end() + 12)].split("，")[0].strip("。；; ")
