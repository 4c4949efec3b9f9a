"""One invented report: what it says, before anybody lays it out. Exact, seeded, free of slips."""

from __future__ import annotations

import itertools
import tomllib
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

_HERE = Path(__file__).parent
SCALES = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
_SCHEMES: tuple[tuple[Decimal | None, tuple[int, ...]], ...] = (
    (Decimal(10), (50, 30, 10)),
    (Decimal(10), (50, 30, 10)),
    (Decimal(20), (40, 30, 10)),
    (Decimal(10), (60, 20, 10)),
    (Decimal(6), (54, 30, 10)),
    (None, (60, 30, 10)),
    (None, (50, 40, 10)),
)
"""Points of the execution of the budget, then of output, benefit and satisfaction."""
GRADES = ((90, "优"), (80, "良"), (60, "中"), (0, "差"))


@cache
def stock() -> dict[str, Any]:
    return tomllib.loads((_HERE / "stock.toml").read_text(encoding="utf-8"))


@cache
def headers() -> dict[str, dict[str, Any]]:
    return tomllib.loads((_HERE / "headers.toml").read_text(encoding="utf-8"))


@dataclass
class Money:
    """One line of money in the printed unit. `rate` in percent; points only on the total."""

    name: str
    initial: Decimal
    adjust: Decimal
    budget: Decimal
    received: Decimal
    paid: Decimal
    balance: Decimal
    rate: Decimal | None
    weight: Decimal | None = None
    score: Decimal | None = None


@dataclass
class Goal:
    """One indicator. `sign` "" with words or a date as target."""

    group: str
    sub: str
    name: str
    sign: str
    target: str
    actual: str
    unit: str
    weight: Decimal
    score: Decimal
    reason: str = ""


@dataclass
class Detail:
    name: str
    budget: Decimal
    paid: Decimal


@dataclass
class Model:
    """`unit` counts the amounts; `decimals` are printed of amounts, `rate_decimals` of rates."""

    project: str
    department: str
    body: str
    year: int
    unit: str
    decimals: int
    rate_decimals: int
    total: Money
    sources: list[Money]
    details: list[Detail]
    goals: list[Goal]
    weight: Decimal
    score: Decimal
    grade: str
    texts: dict[str, str] = field(default_factory=dict)


def rounded(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def make(rng: Random, sources: list[str]) -> Model:
    """A report in which every relation holds. `sources` names the lines of its money."""
    words = stock()
    place = rng.choice(words["places"])
    unit = rng.choices(("万元", "元", "亿元"), (12, 4, 1))[0]
    decimals = {"万元": rng.choice((0, 2, 2, 2, 4, 6)), "元": rng.choice((0, 2, 2)), "亿元": 4}[unit]
    rate_decimals = rng.choice((2, 2, 2, 1, 0))
    execution, points = rng.choice(_SCHEMES)
    lines = _lines(rng, sources, unit, decimals, rate_decimals)
    total = _sum(lines, rate_decimals)
    if execution is not None:
        total.weight, total.score = execution, execution_score(total, execution)
    year = rng.randint(2019, 2024)
    goals = _goals(rng, points, year)
    weight = sum((goal.weight for goal in goals), execution or Decimal(0))
    score = sum((goal.score for goal in goals), total.score or Decimal(0))
    return Model(
        rng.choice(words["projects"]) + rng.choice(("", "", "项目", "经费")), place + rng.choice(words["departments"]),
        place + rng.choice(words["units"]), year, unit, decimals, rate_decimals, total, lines,
        _details(rng, total, decimals), goals, weight, score, grade_of(score),
        {key: rng.choice(words[key]) for key in ("expected", "reached", "problems", "measures")},
    )  # fmt: skip


def execution_score(total: Money, weight: Decimal) -> Decimal:
    """Paid ÷ budget × weight, at most the weight, printed with two decimals."""
    return min(rounded(total.paid / total.budget * weight, 2), weight)


def grade_of(score: Decimal) -> str:
    return next(word for low, word in GRADES if score >= low)


def _lines(rng: Random, names: list[str], unit: str, decimals: int, rate_decimals: int) -> list[Money]:
    """The first source always has money; others may be nil."""
    last = Decimal(1).scaleb(-decimals)
    size = {"万元": 900, "元": 4_000_000, "亿元": 9}[unit]
    lines = []
    for number, name in enumerate(names):
        whole = number == 0 or rng.random() < 0.6
        initial = _amount(rng, size, last) if whole else Decimal(0) * last
        adjust = rng.choice((0, 0, 1, -1)) * rounded(initial * rng.randint(3, 20) / 100, decimals)
        budget = initial + adjust
        share = rng.choice((Decimal(1), Decimal(rng.randint(860, 999)) / 1000))
        lines.append(
            _line(
                name, initial, adjust, budget, min(rounded(budget * share, decimals), budget), rate_decimals
            )
        )
    return lines


def _amount(rng: Random, size: int, last: Decimal) -> Decimal:
    """Round amounts are as usual in budgets as odd ones."""
    raw = Decimal(rng.randint(size // 10 + 1, size))
    if rng.random() < 0.5 or last == 1:
        return raw.quantize(last)
    return (raw + last * rng.randint(0, int(1 / last) - 1)).quantize(last)


def _line(
    name: str, initial: Decimal, adjust: Decimal, budget: Decimal, paid: Decimal, decimals: int
) -> Money:
    rate = rounded(paid / budget * 100, decimals) if budget else None
    return Money(name, initial, adjust, budget, budget, paid, budget - paid, rate)


def _sum(lines: list[Money], decimals: int) -> Money:
    def added(name: str) -> Decimal:
        return sum((getattr(line, name) for line in lines), Decimal(0))

    return _line("", added("initial"), added("adjust"), added("budget"), added("paid"), decimals)


def _details(rng: Random, total: Money, decimals: int) -> list[Detail]:
    names = rng.sample(stock()["details"], rng.randint(2, 5))
    budgets, paid = _split(rng, total.budget, len(names), decimals), []
    left = total.paid
    for place, budget in enumerate(budgets):
        rest = sum(budgets[place + 1 :], Decimal(0))
        own = max(left - rest, min(budget, rounded(budget * rng.randint(90, 100) / 100, decimals), left))
        paid.append(own)
        left -= own
    return [Detail(*row) for row in zip(names, budgets, paid, strict=True)]


def _split(rng: Random, whole: Decimal, parts: int, decimals: int) -> list[Decimal]:
    found = [rounded(whole * rng.randint(10, 80) / (100 * parts), decimals) for _ in range(parts - 1)]
    return [*found, whole - sum(found, Decimal(0))]


def _goals(rng: Random, points: tuple[int, ...], year: int) -> list[Goal]:
    groups = ("产出指标", "效益指标", "满意度指标")
    goals: list[Goal] = []
    for group, whole in zip(groups, points, strict=True):
        subs = [entry for entry in stock()["indicators"] if entry["group"] == group]
        kept = sorted(rng.sample(range(len(subs)), rng.randint(1, len(subs))))
        rows = [
            (subs[at]["sub"], row)
            for at in kept
            for row in rng.sample(subs[at]["rows"], rng.randint(1, min(3, len(subs[at]["rows"]))))
        ][: whole // 5]
        for (sub, row), weight in zip(rows, _weights(rng, whole, len(rows)), strict=True):
            goals.append(_goal(rng, group, sub, row, weight, year))
    return goals


def _weights(rng: Random, whole: int, count: int) -> list[Decimal]:
    """Whole points that add up, in steps of five where they do."""
    step = 5 if whole % 5 == 0 and count <= whole // 5 and rng.random() < 0.7 else 1
    cuts = sorted(rng.sample(range(1, whole // step), count - 1))
    edges = [0, *cuts, whole // step]
    found = [Decimal((b - a) * step) for a, b in itertools.pairwise(edges)]
    if count > 1 and step == 1 and rng.random() < 0.2:
        found[0], found[1] = found[0] + Decimal("0.5"), found[1] - Decimal("0.5")
    return found


def _goal(rng: Random, group: str, sub: str, row: list[Any], weight: Decimal, year: int) -> Goal:
    name, sign, unit, low, high = row
    if sign == "date":
        month = rng.randint(6, 12)
        target, actual = (
            f"{year}年{month}月底前",
            f"{year}年{month - rng.randint(0, 2)}月{rng.randint(1, 28)}日",
        )
        return Goal(group, sub, name, "", target, actual, "", weight, weight)
    if sign == "words":
        target = rng.choice(("有所提高", "明显改善", "逐步健全", "较好"))
        return Goal(group, sub, name, "", target, rng.choice((target, "达成预期指标")), "", weight, weight)
    value = rng.randint(low, high)
    if sign == "≤":
        return Goal(
            group, sub, name, sign, str(value), str(value - rng.randint(0, value // 8)), unit, weight, weight
        )
    missed = sign == "≥" and value >= 20 and weight > 1 and rng.random() < 0.15
    if missed:
        actual_value = value - rng.randint(value // 20, value // 10)  # the loss shows in two decimals
        score = rounded(weight * actual_value / value, 2)
        return Goal(
            group, sub, name, sign, str(value), str(actual_value), unit, weight, score, rng.choice(stock()["reasons"])
        )  # fmt: skip
    over = 0 if sign == "=" else rng.randint(0, max(0, value // 9))
    reached = min(value + over, 100) if unit == "%" else value + over
    return Goal(group, sub, name, sign, str(value), str(reached), unit, weight, weight)
