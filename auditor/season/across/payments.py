"""Payments as ledgers and sentences tell them: to whom, how much, on which voucher.

The readers of money look for budgets beside payments; a list of payees, or "支付某公司工程款35.6万元", has none. What is
read here only serves to know one payment again in the papers of another project.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.figures import Figure, Kind
from auditor.figures.units import MONEY_SCALES
from auditor.language import word
from auditor.report.model import Passage, Report, TextKind
from auditor.values import frozen

_FAR = 20
"""Characters between a payee and the amount that it was paid."""


@frozen(slots=True)
class Payment:
    """One payment; `amount` None where its unit or itself is not told, `voucher` the cell of its number."""

    payee: str
    amount: Figure | None
    voucher: Passage | None = None


def payments(report: Report) -> Iterator[Payment]:
    """Every payment with a payee or a voucher, in order of the document."""
    unit = ""
    rows: dict[tuple[int | None, int | None], list[Passage]] = {}
    units: dict[tuple[int | None, int | None], str] = {}
    for passage in report.passages:
        if found := word("bracketed_unit").search(passage.text):
            unit = found["unit"]
        if passage.kind is TextKind.CELL:
            place = report.document.locate(passage.span)
            rows.setdefault((place.table, place.row), []).append(passage)
            units.setdefault((place.table, place.row), unit)
        elif passage.kind is TextKind.PROSE:
            yield from _told(passage)
    yield from _listed(report, rows, units)


def _told(passage: Passage) -> Iterator[Payment]:
    """ "支付某公司工程款356280元": the first amount of money behind the payee, in one clause."""
    for match in word("paid_to").finditer(passage.text):
        behind = [one for one in passage.figures if match.end() <= one.start <= match.end() + _FAR]
        if behind and behind[0].kind is Kind.MONEY:
            between = passage.text[match.end() : behind[0].start]
            if not any(char in "，,。；;、" for char in between):
                yield Payment(match["payee"], behind[0])


def _listed(
    report: Report,
    rows: dict[tuple[int | None, int | None], list[Passage]],
    units: dict[tuple[int | None, int | None], str],
) -> Iterator[Payment]:
    """The rows of a ledger: behind a header with a column of amounts and one of payees or vouchers."""
    columns: dict[int | None, str] = {}
    known_unit, table = "", None
    for (number, row), cells in rows.items():
        heads = {report.document.locate(cell.span).col: _head(cell.text) for cell in cells}
        kinds = set(heads.values())
        if "amount" in kinds and kinds & {"payee", "voucher"}:
            columns = {at: kind for at, kind in heads.items() if kind}
            known_unit, table = units[number, row], number
            continue
        if columns and number == table:
            yield from _row(report, cells, columns, known_unit)


def _head(text: str) -> str:
    for kind in ("payee", "voucher", "amount"):
        if word(f"{kind}_header").match(text):
            return kind
    return ""


def _row(
    report: Report, cells: Sequence[Passage], columns: dict[int | None, str], unit: str
) -> Iterator[Payment]:
    own = {columns.get(report.document.locate(cell.span).col): cell for cell in cells}
    payee, voucher, paid = own.get("payee"), own.get("voucher"), own.get("amount")
    if paid is None or len(paid.figures) != 1 or (payee is None and voucher is None):
        return
    (figure,) = paid.figures
    amount: Figure | None = None
    if figure.kind is Kind.MONEY:
        amount = figure
    elif figure.kind is Kind.PLAIN and unit:
        amount = figure.in_unit(Kind.MONEY, unit, MONEY_SCALES[unit])
    numbered = voucher if voucher is not None and any(map(str.isdigit, voucher.text)) else None
    yield Payment(payee.text if payee else "", amount, numbered)
