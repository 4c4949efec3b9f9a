"""Money rows whose digits ran together: "年度资金总额:202010100.00%10" is 20 | 20 | 10 | 100.00% | 10.

A run is split only if exactly one split satisfies the form's own arithmetic: the printed rate is
paid ÷ budget, the score is not above its weight and is the rate's share of it. Otherwise the run
counts as not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from auditor.compiled import compiled
from auditor.document import View
from auditor.figures import Figure, Interval, scan
from auditor.report.cell_figures import money_figure, points_figure, rate_figure
from auditor.report.labels import role_of, unit_in
from auditor.report.model import Amount, Indicator, Line, LineKind, MoneyTable, Role
from auditor.values import frozen

_RUN = compiled(
    r"(?P<label>(?:年度|项目)?资金总额):?(?P<digits>\d[\d.]{5,48})%(?P<rest>\d{0,3}(?:\.\d{1,2})?)"
)
_HEADS = compiled(r"年初预算数?|全年预算数?|调整后预算数?|全年执行数?|预算执行数?|分值|权重|执行率|得分")
_NUMBER = compiled(r"(?:0|[1-9]\d{0,8})(?:\.\d{1,4})?")
_ROLES = {Role.INITIAL, Role.BUDGET, Role.PAID, Role.WEIGHT, Role.EXECUTION_RATE, Role.SCORE}


@frozen
class _Split:
    """Ends of the numbers of a run, in the order of the header's roles."""

    cuts: tuple[int, ...]


def read_fused(
    view: View, index: int, unit: str
) -> Iterator[tuple[MoneyTable | None, Indicator | None, View]]:
    """For each fused row of `view`: its table and execution row (`None` if not exactly one split
    fits), and the run itself."""
    for match in _RUN.finditer(view.text):
        heads = list(_HEADS.finditer(view.text, max(0, match.start() - 160), match.start()))
        roles = [role for head in heads if (role := role_of(head.group())) in _ROLES]
        run = view.part(match.start("digits"), match.end())
        splits = _splits(run.text, roles)
        if len(splits) != 1:
            yield None, None, run
            continue
        unit = unit_in(view.text) or unit
        yield (*_table(run, roles, splits[0], index, unit), run)


def _splits(run: str, roles: list[Role]) -> list[_Split]:
    if len(set(roles)) != len(roles) or not {Role.BUDGET, Role.PAID, Role.EXECUTION_RATE} <= set(roles):
        return []
    rate_at = roles.index(Role.EXECUTION_RATE)
    percent = run.index("%")
    return [
        _Split(cuts)
        for cuts in _cuts(run[:percent], rate_at + 1, 0)
        for cuts in _tails(run, cuts, len(roles) - rate_at - 1)
        if _holds(run, roles, cuts)
    ]


def _cuts(digits: str, count: int, start: int) -> Iterator[tuple[int, ...]]:
    """Ways to read `digits[start:]` as `count` numbers, as their ends."""
    if count == 1:
        if _NUMBER.fullmatch(digits, start):
            yield (len(digits),)
        return
    for end in range(start + 1, len(digits)):
        if _NUMBER.fullmatch(digits, start, end):
            for rest in _cuts(digits, count - 1, end):
                yield (end, *rest)


def _tails(run: str, cuts: tuple[int, ...], count: int) -> Iterator[tuple[int, ...]]:
    """`cuts` continued behind the per cent sign."""
    start = run.index("%") + 1
    if count == 0:
        if start == len(run):
            yield cuts
    elif start < len(run):
        for tail in _cuts(run, count, start):
            yield (*cuts, *tail)


def _pieces(run: str, roles: list[Role], cuts: tuple[int, ...]) -> dict[Role, tuple[int, int]]:
    places = {}
    start = 0
    for role, end in zip(roles, cuts, strict=True):
        places[role] = (start, end)
        start = end + (run[end : end + 1] == "%")
    return places


def _holds(run: str, roles: list[Role], cuts: tuple[int, ...]) -> bool:
    texts = {role: run[start:end] for role, (start, end) in _pieces(run, roles, cuts).items()}
    values = {role: _printed(text) for role, text in texts.items()}
    if values[Role.BUDGET].low <= 0:
        return False
    rate = values[Role.PAID] / values[Role.BUDGET] * Interval.exact(100)
    if not rate.meets(values[Role.EXECUTION_RATE]):
        return False
    if Role.WEIGHT not in texts or Role.SCORE not in texts:
        return True
    weight = Decimal(texts[Role.WEIGHT])
    if not 0 < weight <= 100 or Decimal(texts[Role.SCORE]) > weight:
        return False
    share = rate.capped(Decimal(100)) * Interval.exact(weight / 100)
    return share.meets(values[Role.SCORE])


def _printed(text: str) -> Interval:
    decimals = len(text.partition(".")[2])
    return Interval.printed(Decimal(text), Decimal(1).scaleb(-decimals))


def _table(
    run: View, roles: list[Role], split: _Split, index: int, unit: str
) -> tuple[MoneyTable, Indicator | None]:
    table = MoneyTable("", unit=unit, span=run.span())
    points: dict[Role, Figure] = {}
    for role, (start, end) in _pieces(run.text, roles, split.cuts).items():
        figure = scan(run.part(start, end))[0]
        if role in (Role.WEIGHT, Role.SCORE):
            figure = points_figure(figure)
            points[role] = figure
        elif role.is_rate:
            figure = rate_figure(figure)
        else:
            figure = money_figure(figure, unit)
        table.amounts.append(Amount(role, Line(LineKind.TOTAL, "合计"), figure, role.value, index))
    if Role.SCORE not in points:
        return table, None
    execution = Indicator(
        "预算执行率", points[Role.SCORE].view, weight=points.get(Role.WEIGHT),
        score=points[Role.SCORE], is_execution=True, span=run.span(),
    )  # fmt: skip
    return table, execution
