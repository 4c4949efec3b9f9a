"""Every amount of a report with the names it goes by."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.compiled import compiled
from auditor.figures import Figure, Kind, show
from auditor.language import word
from auditor.report.model import Amount, LineKind, Report, Role
from auditor.values import frozen

_CLAUSES, _NUMBERS = compiled(r"[，,。；;、:()\n]"), compiled(r"[\d%元]")
_REACH = 40
_WHOLE_NAME = 4  # characters of a name that more words before or behind it leave the same


@frozen
class Mention:
    """One amount as written. `names` are the words it goes by; `role` where it is the whole project's;
    `assumed` where nothing says what it is counted in."""

    figure: Figure
    names: tuple[str, ...]
    role: Role | None
    label: str = ""
    assumed: bool = False

    @property
    def digits(self) -> str:
        return show(self.figure.value).replace(".", "").strip("0")

    def told(self) -> str:
        figure = self.figure
        unit = "" if figure.raw.endswith(figure.unit) else figure.unit
        return f"“{self.label}{figure.raw}{unit}”"


def mentions_of(report: Report) -> Iterator[Mention]:
    seen = set()
    for amount in report.amounts:
        figure = amount.figure
        if not amount.role.is_money or figure.kind is not Kind.MONEY or not figure.value or figure.is_vague:
            continue
        if figure.span in seen:
            continue
        seen.add(figure.span)
        whole = amount.whole and amount.line.kind is LineKind.TOTAL
        names = (
            [word("money_filler").sub("", amount.line.name)] if amount.table is not None and not whole else []
        )
        if amount.table is None:
            names.append(_name(figure))
        yield Mention(
            figure, tuple(name for name in names if name), amount.role if whole else None, _label(amount),
            report.unit_assumed(amount),
        )  # fmt: skip
    for passage in report.passages:
        if passage.filled_by_system:
            continue
        for figure in passage.figures:
            if figure.kind is Kind.MONEY and figure.value and not figure.is_vague and figure.span not in seen:
                before = figure.view.text[max(0, figure.start - 10) : figure.start]
                if word("price_or_bound").search(before) or figure.view.text[figure.end : figure.end + 1] in (
                    "/",
                    "每",
                ):
                    continue
                name = _name(figure)
                yield Mention(figure, (name,) if name else (), None, _clause(figure))


def _label(amount: Amount) -> str:
    """How a reader knows the amount: line and column of a table, or the words before it."""
    if amount.table is None:
        return _clause(amount.figure)
    return amount.role.value if amount.line.name in ("", "合计") else f"{amount.line.name}{amount.role.value}"


def _clause(figure: Figure) -> str:
    clause = _CLAUSES.split(figure.view.text[max(0, figure.start - _REACH) : figure.start])[-1]
    return _NUMBERS.split(clause)[-1][-16:]


def _name(figure: Figure) -> str:
    """The words that name an amount in its clause, without fillers."""
    return word("money_filler").sub("", word("money_filler").sub("", _clause(figure)))


def same_money(a: Mention, b: Mention) -> bool:
    """Whether the two go by one name, or are the same amount of the whole project."""
    if a.role is not None and a.role is b.role:
        return True
    return any(_ends_alike(one, other) for one in a.names for other in b.names)


def _ends_alike(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    whole = len(short) >= _WHOLE_NAME and (long.endswith(short) or long.startswith(short))
    return whole or (len(short) >= 2 and short == long)
