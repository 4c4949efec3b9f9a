"""A804: one expense in two projects: the same amount to the same payee, or on the same voucher.

An amount counts with four significant digits or more, under one name (a payee or a purpose written alike), within
one unit. A voucher counts within one unit; an invoice of eight digits or more everywhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TypeVar

from auditor.figures import show
from auditor.report.model import Role
from auditor.season.across.grouping import plain
from auditor.season.across.kinds import of_project
from auditor.season.across.matter import Kind, Matter, Side
from auditor.season.across.stated import PAYMENT, Amount, Mark
from auditor.season.across.submissions import Read
from auditor.season.records import Record

T = TypeVar("T", Amount, Mark)

TWICE = Kind(
    "A804",
    "across.expense-twice",
    "一笔支出列在两个项目",
    "high",
    "提供两处的记账凭证和发票，说明是否同一笔支出。",
)

_TELLING = 4
_EVERYWHERE = 8
_SHORTEST = 4
"""Characters of a voucher number that is compared at all: 12 is a number of every month."""


def twice(records: Sequence[Record], read: Read) -> Iterator[Matter]:
    """Over all projects that count."""
    amounts: dict[tuple[str, str, str], list[tuple[Record, Amount]]] = defaultdict(list)
    vouchers: dict[tuple[str, str], list[tuple[Record, Mark]]] = defaultdict(list)
    payees: dict[tuple[int, int], str] = {}
    for one in records:
        if not one.current or not of_project(one) or not plain(one.unit):
            continue
        told = read(one, False)
        for amount in told.details():
            if amount.kind == PAYMENT:
                payees[one.id, amount.start] = plain(amount.name)
            if amount.role == Role.PAID.value and amount.digits >= _TELLING and plain(amount.name):
                amounts[plain(one.unit), plain(amount.name), show(amount.value)].append((one, amount))
        for mark in told.vouchers:
            if len(mark.text) >= _SHORTEST:
                where = "" if sum(map(str.isdigit, mark.text)) >= _EVERYWHERE else plain(one.unit)
                vouchers[where, mark.text].append((one, mark))
    told_of: set[tuple[tuple[int, int], ...]] = set()
    for (_, _, value), found in sorted(amounts.items(), key=lambda pair: pair[1][0][1].kind != PAYMENT):
        if apart := _two_projects(_to_one_payee(found, payees)):
            places = tuple((record.id, amount.start) for record, amount in apart)
            if places in told_of:  # a line of a ledger is known by its payee and by its purpose
                continue
            told_of.add(places)
            names = "、".join(f"“{record.name}”" for record, _ in apart)
            yield Matter(
                TWICE,
                f"{names}都列了“{apart[0][1].name}”支出{value}元，金额和对象相同。",
                tuple(Side.of(record, amount) for record, amount in apart),
                f"{apart[0][1].raw} = {apart[1][1].raw}",
            )
    for (_, text), marks in vouchers.items():
        if numbers := _two_projects(_on_one_payment(text, marks)):
            names = "、".join(f"“{record.name}”" for record, _ in numbers)
            yield Matter(
                TWICE,
                f"{names}引用同一个凭证号“{text}”。",
                tuple(Side.of(record, mark) for record, mark in numbers),
            )


def _to_one_payee(
    found: list[tuple[Record, Amount]], payees: dict[tuple[int, int], str]
) -> list[tuple[Record, Amount]]:
    """Without those that were paid to another than the first: 工程款 of one amount may go to two firms."""
    told = [payees.get((record.id, amount.start), "") for record, amount in found]
    first = next(filter(None, told), "")
    return [pair for pair, payee in zip(found, told, strict=True) if payee in ("", first)]


def _on_one_payment(text: str, marks: list[tuple[Record, Mark]]) -> list[tuple[Record, Mark]]:
    """Without those beside which another amount stands than beside the first: short numbers begin anew each month."""
    first = next((mark.amount for _, mark in marks if mark.amount), "")
    if sum(map(str.isdigit, text)) >= _EVERYWHERE:
        return marks
    return [(record, mark) for record, mark in marks if mark.amount in ("", first)]


def _two_projects(found: Sequence[tuple[Record, T]]) -> list[tuple[Record, T]]:
    """One of each project where there are two or more."""
    first: dict[str, tuple[Record, T]] = {}
    for record, told in found:
        first.setdefault(record.code or plain(record.project) or str(record.id), (record, told))
    return list(first.values()) if len(first) > 1 else []
