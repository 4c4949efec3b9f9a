"""What a report states that another can contradict, small and with places: amounts, targets, vouchers, score.

Taken from the report while it is open (in the worker), kept as JSON; places are offsets in the document's text,
`raw` is what stands there, character by character.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from auditor.document import Span
from auditor.facts.scoring.directions import wanted
from auditor.facts.scoring.targets import NO_UNIT, SIGNS, figures_of, in_unit
from auditor.figures import Figure, Interval, Modifier, show
from auditor.language import same_unit, word
from auditor.report.model import Indicator, LineKind, Report, Role
from auditor.season.across.declaration import declared
from auditor.season.across.payments import Payment, payments
from auditor.values import frozen

PAYMENT = "payment"
"""The kind of a line that names who was paid; other kinds are those of `auditor.report.model`."""


@frozen(slots=True)
class Amount:
    """An amount of money in 元. `role`, `kind` as `auditor.report.model` names them, `name` is that of its line;
    `whole`: it speaks of the whole project in the report's year; `plain`: nothing about it is vague."""

    role: str
    kind: str
    name: str
    base: Interval
    value: Decimal
    whole: bool
    plain: bool
    start: int
    end: int
    raw: str

    @property
    def digits(self) -> int:
        """Significant digits: how much it says when another is the same."""
        return len(str(abs(int(self.value.scaleb(6)))).strip("0"))


@frozen(slots=True)
class Target:
    """A target of an indicator, in its cell. `low`, `high` bound its number (None: no number, or several);
    `reverse`: the less the better; None where nobody can tell; `unit` with synonyms folded."""

    path: str
    name: str
    value: Decimal | None
    reverse: bool | None
    unit: str
    start: int
    end: int
    raw: str


@frozen(slots=True)
class Mark:
    """A voucher number, or the self-score: its characters without blanks and punctuation. `amount`: what was paid on
    the voucher, in 元, "" where that is not told beside it."""

    text: str
    start: int
    end: int
    raw: str
    amount: str = ""


@frozen
class Stated:
    amounts: tuple[Amount, ...] = ()
    targets: tuple[Target, ...] = ()
    vouchers: tuple[Mark, ...] = ()
    score: Mark | None = None

    def whole(self, role: str) -> list[Amount]:
        """Every plain statement of the whole project's amount of that role."""
        return [one for one in self.amounts if one.role == role and one.whole and one.plain]

    def details(self) -> list[Amount]:
        """What single things were spent on, and who was paid."""
        return [one for one in self.amounts if one.kind in ("detail", PAYMENT) and one.plain]

    def written(self) -> str:
        """As JSON."""
        return json.dumps(
            {
                "amounts": [
                    [one.role, one.kind, one.name, _interval(one.base), str(one.value), one.whole, one.plain,
                     one.start, one.end, one.raw]
                    for one in self.amounts
                ],
                "targets": [
                    [one.path, one.name, None if one.value is None else str(one.value), one.reverse, one.unit,
                     one.start, one.end, one.raw]
                    for one in self.targets
                ],
                "vouchers": [[one.text, one.start, one.end, one.raw, one.amount] for one in self.vouchers],
                "score": None if self.score is None else [self.score.text, self.score.start, self.score.end, self.score.raw],
            },
            ensure_ascii=False,
        )  # fmt: skip

    @classmethod
    def read(cls, text: str) -> Stated:
        """What `written` has written."""
        told: dict[str, Any] = json.loads(text)
        return cls(
            tuple(
                Amount(role, kind, name, _bounds(base), Decimal(value), *rest)
                for role, kind, name, base, value, *rest in told["amounts"]
            ),
            tuple(
                Target(path, name, None if value is None else Decimal(value), *rest)
                for path, name, value, *rest in told["targets"]
            ),
            tuple(Mark(*one) for one in told["vouchers"]),
            None if told["score"] is None else Mark(*told["score"]),
        )


def stated(report: Report) -> Stated:
    """What is taken of a report."""
    score, paid = report.total_score, list(payments(report))
    return Stated(
        (*_amounts(report), *_payments(report, paid)),
        tuple(_target(report, one) for one in report.indicators if one.target and not one.is_execution),
        tuple(_vouchers(report, paid)),
        None if score is None else _mark(report, format(score.value, "f"), score.span),
    )


def _amounts(report: Report) -> Iterator[Amount]:
    whole = {id(one) for role in {each.role for each in report.amounts} for one in report.stated(role)}
    for one in report.amounts:
        figure = one.figure
        if not one.role.is_money:
            continue
        yield Amount(
            one.role.value, one.line.kind.value, one.line.name, figure.base, figure.amount, id(one) in whole,
            not (figure.is_vague or report.unit_assumed(one) or _doubted(report, figure.span)),
            figure.span.start, figure.span.end, report.quote(figure.span),
        )  # fmt: skip

    told = {one.figure.span for one in report.amounts}
    for figure, sure in declared(report):
        if figure.span not in told:
            yield Amount(
                Role.BUDGET.value, LineKind.TOTAL.value, "", figure.base, figure.amount, True,
                sure and not figure.is_vague, figure.span.start, figure.span.end, report.quote(figure.span),
            )  # fmt: skip


def _doubted(report: Report, span: Span) -> bool:
    return any(one.overlaps(span) for one in report.doubtful)


def _target(report: Report, indicator: Indicator) -> Target:
    assert indicator.target is not None  # asked only of rows that have one
    span = indicator.target.span()
    figures = figures_of(indicator.target)
    path = "/".join(level.name for level in indicator.path)
    unit = indicator.unit.text.strip() if indicator.unit else ""
    value, reverse = None, None
    if len(figures) == 1 and not figures[0].doubtful:
        figure = in_unit(figures[0], unit)  # "98" under the unit "%" is what another form prints as "98%"
        value = figure.amount
        unit = figure.unit or ("" if unit in NO_UNIT else unit)
        reverse = _reverse(figure, indicator)
    return Target(
        path, indicator.name, value, reverse, same_unit(unit), span.start, span.end,
        report.quote(span),
    )  # fmt: skip


def _reverse(figure: Figure, indicator: Indicator) -> bool | None:
    """Whether less is better, as far as the form's own sign says so."""
    sign = figure.modifier
    if sign is Modifier.NONE and indicator.sign is not None:
        sign = SIGNS.get(indicator.sign.text.strip(), Modifier.NONE)
    if sign in (Modifier.AT_LEAST, Modifier.OVER):
        return False
    if sign in (Modifier.AT_MOST, Modifier.UNDER):
        return True
    values, reverse, _ = wanted(figure, f"{indicator.name}")
    return None if values is None else reverse


def _payments(report: Report, paid: Sequence[Payment]) -> Iterator[Amount]:
    for one in paid:
        if one.payee and one.amount is not None:
            figure = one.amount
            yield Amount(
                Role.PAID.value, PAYMENT, one.payee, figure.base, figure.amount, False,
                not (figure.is_vague or _doubted(report, figure.span)), figure.span.start, figure.span.end,
                report.quote(figure.span),
            )  # fmt: skip


def _vouchers(report: Report, paid: Sequence[Payment]) -> Iterator[Mark]:
    for one in paid:
        if one.voucher is not None:
            amount = "" if one.amount is None else show(one.amount.amount)
            text = "".join(char for char in one.voucher.text if char.isalnum())
            span = one.voucher.span
            yield Mark(text, span.start, span.end, report.quote(span), amount)
    for passage in report.passages:
        if any(char.isdigit() for char in passage.text):
            for match in word("voucher").finditer(passage.text):
                span = passage.view.span(*match.span("voucher"))
                yield _mark(report, "".join(char for char in match["voucher"] if char.isalnum()), span)


def _mark(report: Report, text: str, span: Span) -> Mark:
    return Mark(text, span.start, span.end, report.quote(span))


def _interval(base: Interval) -> list[object]:
    return [str(base.low), str(base.high), base.low_open, base.high_open]


def _bounds(told: list[Any]) -> Interval:
    return Interval(Decimal(told[0]), Decimal(told[1]), told[2], told[3])
