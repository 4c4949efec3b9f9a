"""What a summary of several projects tells of each, beside what the form of that project in the same file tells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.report.model import Amount, LineKind, OwnForm, Report, Role

_ROLES = (Role.INITIAL, Role.BUDGET, Role.PAID)
_SHORTEST = 3  # characters of a name


def settle_own_forms(reports: Sequence[Report]) -> None:
    """Fills the lists of forms of the reports that sum up others of the same document."""
    named: dict[str, list[Report]] = {}
    for report in reports:
        for name in {_plain(report.project), _plain(report.title)} - {""}:
            named.setdefault(name, []).append(report)
    for report in reports:
        found = list(_forms(report, named)) if len(reports) > 2 else []
        report.own_forms = found if len(found) > 1 else []


def _forms(report: Report, named: dict[str, list[Report]]) -> Iterator[OwnForm]:
    """The rows of its tables that are named like one other report."""
    for table in report.money_tables:
        lines: dict[tuple[int, str], list[Amount]] = {}
        for one in table.amounts:
            if one.line.kind is not LineKind.TOTAL:
                lines.setdefault((one.line.place, one.line.name), []).append(one)
        for (_, name), amounts in lines.items():
            forms = [one for one in _called(name, named) if one is not report]
            if len(forms) == 1:
                pairs = tuple(_pairs(amounts, forms[0]))
                scores = [one.figure for one in amounts if one.role is Role.SCORE]
                total = forms[0].total_score
                score = (scores[0], total) if len(scores) == 1 and total is not None else None
                yield OwnForm(name, pairs, score, forms[0])


def _called(name: str, named: dict[str, list[Report]]) -> list[Report]:
    """The reports of a project, by its name or by a title that begins with it."""
    plain = _plain(name)
    if len(plain) < _SHORTEST:
        return []
    exact = named.get(plain)
    if exact is not None:
        return exact
    begun = [one for title, reports in named.items() if title.startswith(plain) for one in reports]
    return list({id(one): one for one in begun}.values())


def _pairs(amounts: Sequence[Amount], form: Report) -> Iterator[tuple[Amount, Amount]]:
    """Each amount of the row with that of the form, where either tells one."""
    for role in _ROLES:
        own = [one for one in amounts if one.role is role]
        told = {one.figure.amount: one for one in form.stated(role) if one.table is not None}
        if len(own) == len(told) == 1:
            yield own[0], next(iter(told.values()))


def _plain(name: str) -> str:
    return "".join(char for char in name if char.isalnum())
