"""Money as the report states it: amounts, their lines and roles, and the tables and formulas they stand in."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from auditor.document import NOWHERE, Span, View
from auditor.figures import Figure
from auditor.values import frozen, lazy


class Role(StrEnum):
    """What an amount of money (or a rate between amounts) is. Values are the field's own words."""

    INITIAL = "年初预算"
    ADJUSTMENT = "预算调整"
    BUDGET = "预算"  # 全年预算数, adjusted: the denominator of the execution rate
    APPROVED = "批准金额"  # sums approved or arranged by a decision or a document
    INVESTED = "投入"
    ALLOCATED = "财政拨款"
    RECEIVED = "到位"
    PAID = "支出"
    BALANCE = "结余"
    CARRIED = "结转"
    RECLAIMED = "收回"
    CONTRACT = "合同金额"
    EXECUTION_RATE = "执行率"  # paid / budget
    ARRIVAL_RATE = "到位率"  # received / budget (or the form's own formula)
    SPENDING_RATE = "支出率"  # paid / received
    SAVING_RATE = "节约率"  # 1 - paid / budget
    WEIGHT = "分值"
    SCORE = "得分"
    REVIEW = "审核得分"

    @property
    def is_rate(self) -> bool:
        return self.value.endswith("率")

    @property
    def is_money(self) -> bool:
        return not self.is_rate and self not in (Role.WEIGHT, Role.SCORE, Role.REVIEW)


class LineKind(StrEnum):
    TOTAL = "total"  # 合计, 年度资金总额
    SOURCE = "source"  # 上级/本级/其他, 中央/省/市/县, 当年财政拨款/上年结转
    DETAIL = "detail"  # economic item, sub-project
    SUBTOTAL = "subtotal"  # 小计 of lines beside it, in a table that has a total


@frozen
class Line:
    """One line (or column) of a money table: which part of the money it speaks of.

    `of_which` marks lines introduced by 其中 that may list only a part of the total.
    `place` orders the lines as printed.
    """

    kind: LineKind
    name: str
    place: int = 0
    of_which: bool = False
    view: View | None = None


@frozen
class Amount:
    """One amount (or printed rate, weight, score) of money cell or of prose.

    role    what it is · line  which part of the money · figure  the number, in its unit
    label   the words that name it, as written · table  index into `Report.money_tables`, None in prose
    whole   the clause, or the table, speaks of the whole project, not of a part of it or of contracts
    row, col  position in the printed grid, 1-based (None in prose)
    """

    role: Role
    line: Line
    figure: Figure
    label: str
    table: int | None = None
    whole: bool = True
    row: int | None = None
    col: int | None = None
    year: int | None = None

    @property
    def span(self) -> Span:
        return self.figure.span


@frozen
class FormulaTerm:
    """A term of a printed formula: a row reference "(3)" or a name ("财政拨款数")."""

    text: str
    reference: str | None = None


@frozen
class Formula:
    """A formula that the form prints: `left` = terms joined by `operators` (+ - × ÷), left to right.

    `table` names the money table it belongs to; None when it stands in a note.
    `view` holds the formula's own words.
    """

    left: FormulaTerm
    terms: tuple[FormulaTerm, ...]
    operators: tuple[str, ...]
    view: View
    table: int | None = None


@dataclass
class MoneyTable:
    """A grid of amounts: sources or detail lines against roles.

    `references` maps the printed row numbers "(3)" to the role or line they stand for, as a
    key into `amounts` via `Amount.row`.
    `headers` are the labels of its columns, also of those that name no role.
    `loose` are numbers under headers that name no role, with the place of their line; `aside` stand those under a
    header that names another sum (总投资), and parts of a line of detail, which `within` tells: by row and role.
    `unread` are figures of the grid that could not be placed, each with the reason.
    """

    title: str
    amounts: list[Amount] = field(default_factory=list)
    unit: str = ""
    references: dict[str, int] = field(default_factory=dict)
    unread: list[tuple[Figure, str]] = field(default_factory=list)
    span: Span = NOWHERE
    headers: tuple[str, ...] = ()
    loose: list[tuple[int, Figure]] = field(default_factory=list)
    aside: list[Span] = field(default_factory=list)
    within: list[Amount] = field(default_factory=list)

    @property
    def unit_assumed(self) -> bool:
        """Whether no unit could be read: its bare amounts count in the form's usual unit, unproved."""
        return not self.unit

    def of(self, role: Role, kind: LineKind | None = None) -> list[Amount]:
        """Amounts of that role, in printed order; only lines of `kind` if given."""
        return [
            amount
            for amount in self.amounts
            if amount.role is role and (kind is None or amount.line.kind is kind)
        ]

    def of_kind(self, kind: LineKind) -> list[Amount]:
        """Amounts on lines of that kind, in printed order."""
        return [amount for amount in self.amounts if amount.line.kind is kind]

    def line(self, line: Line) -> list[Amount]:
        """Amounts of that line, in printed order; two lines may have one name."""
        return self._lines.get((line.place, line.name), [])

    @lazy
    def _lines(self) -> dict[tuple[int, str], list[Amount]]:
        found: dict[tuple[int, str], list[Amount]] = {}
        for amount in self.amounts:
            found.setdefault((amount.line.place, amount.line.name), []).append(amount)
        return found

    @property
    def roles(self) -> list[Role]:
        """Roles present, in order of first appearance."""
        return list(dict.fromkeys(amount.role for amount in self.amounts))
