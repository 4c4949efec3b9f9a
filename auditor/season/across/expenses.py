"""A804: one expense in two projects: the same amount to the same payee, or on the same voucher.

An amount counts with four significant digits or more, under one name (a payee or a purpose written alike), within
one unit. A voucher counts within one unit; an invoice of eight digits or more everywhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TypeVar

from auditor.figures import show
from auditor.report.model import FormKind, Role
from auditor.season.across.grouping import plain
from auditor.season.across.matter import Kind, Matter, Side
from auditor.season.across.stated import Amount, Mark
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
    for one in records:
        if not one.current or one.form != FormKind.SELF_EVALUATION.value or not plain(one.unit):
            continue
        told = read(one, False)
        for amount in told.details():
            if amount.role == Role.PAID.value and amount.digits >= _TELLING and plain(amount.name):
                amounts[plain(one.unit), plain(amount.name), show(amount.value)].append((one, amount))
        for mark in told.vouchers:
            if len(mark.text) >= _SHORTEST:
                where = "" if sum(map(str.isdigit, mark.text)) >= _EVERYWHERE else plain(one.unit)
                vouchers[where, mark.text].append((one, mark))
    for (_, _, value), found in amounts.items():
        if apart := _two_projects(found):
            names = "、".join(f"“{record.project}”" for record, _ in apart)
            yield Matter(
                TWICE,
                f"{names}都列了“{apart[0][1].name}”支出{value}元，金额和对象相同。",
                tuple(Side.of(record, amount) for record, amount in apart),
                f"{apart[0][1].raw} = {apart[1][1].raw}",
            )
    for (_, text), marks in vouchers.items():
        if numbers := _two_projects(marks):
            names = "、".join(f"“{record.project}”" for record, _ in numbers)
            yield Matter(
                TWICE,
                f"{names}引用同一个凭证号“{text}”。",
                tuple(Side.of(record, mark) for record, mark in numbers),
            )


def _two_projects(found: Sequence[tuple[Record, T]]) -> list[tuple[Record, T]]:
    """One of each project where there are two or more."""
    first: dict[str, tuple[Record, T]] = {}
    for record, told in found:
        first.setdefault(record.code or plain(record.project) or str(record.id), (record, told))
    return list(first.values()) if len(first) > 1 else []
