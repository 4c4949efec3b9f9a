"""Slips planted in a report: one relation broken, and the rules that may say so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from tests.formats.layout import Layout
from tests.formats.model import GRADES, Model, grade_of, rounded


@dataclass(frozen=True)
class Slip:
    """`rules` are those that may tell it; the first is its own."""

    kind: str
    rules: tuple[str, ...]


Plant = Callable[[Model, Random], bool]
"""Changes the report; false where it offers no place."""


def _rate(model: Model, rng: Random) -> bool:
    if model.total.rate is None:
        return False
    model.total.rate = model.total.rate - rng.choice((3, 5, 7))
    return True


def _source(model: Model, rng: Random) -> bool:
    lines = [line for line in model.sources if line.budget]
    line = rng.choice(lines)
    line.budget = line.budget + max(
        rounded(line.budget / 4, model.decimals), Decimal(1).scaleb(-model.decimals) * 7
    )
    return len(model.sources) > 1


def _score_sum(model: Model, rng: Random) -> bool:
    model.score -= rng.choice((1, 2, Decimal("1.5")))
    return True


def _weight_sum(model: Model, rng: Random) -> bool:
    goal = rng.choice([goal for goal in model.goals if not goal.reason])
    goal.weight += 2
    goal.score += 2
    model.score += 2
    return True


def _above_weight(model: Model, rng: Random) -> bool:
    goal = rng.choice([goal for goal in model.goals if not goal.reason])
    goal.score = goal.weight + 2
    model.score += 2
    return True


def _grade(model: Model, rng: Random) -> bool:
    fits = {model.grade, grade_of(model.score)}  # of 90 points, 89.7 is 良 by one measure and 优 by the other
    model.grade = rng.choice([word for _, word in GRADES if word not in fits])
    return True


def _missed(model: Model, rng: Random) -> bool:
    goals = [goal for goal in model.goals if goal.sign == "≥" and not goal.reason and int(goal.target) >= 20]
    if not goals:
        return False
    goal = rng.choice(goals)
    goal.actual = str(int(goal.target) * rng.choice((6, 7, 8)) // 10)
    return True


def _execution(model: Model, rng: Random) -> bool:
    total = model.total
    if total.weight is None or total.score is None or total.paid * 100 >= total.budget * 97:
        return False
    if total.weight * total.paid / total.budget >= total.weight - Decimal("0.5"):
        return False  # full marks are what it rounds to where whole points are given
    model.score += total.weight - total.score
    total.score = total.weight
    return True


def _details(model: Model, rng: Random) -> bool:
    line = rng.choice(model.details)
    line.paid += max(rounded(line.paid / 5, model.decimals), Decimal(1).scaleb(-model.decimals) * 7)
    return True


SLIPS: dict[str, tuple[tuple[str, ...], Callable[[Layout], bool], Plant]] = {
    "执行率": (("F106", "S206"), lambda layout: _shows(layout, "rate"), _rate),
    "来源之和": (("F103", "F101", "F105", "F106", "F104"), lambda layout: layout.shape != "none", _source),
    "得分合计": (("S201", "S204"), lambda layout: layout.has("total row"), _score_sum),
    "分值合计": (("S203",), lambda layout: layout.has("total row"), _weight_sum),
    "得分超分值": (("S202",), lambda layout: True, _above_weight),
    "等次": (("S204",), lambda layout: layout.has("total row") and layout.has("grade"), _grade),
    "未达目标满分": (("I301", "S205"), lambda layout: True, _missed),
    "执行得分": (("S206", "F107"), lambda layout: _shows(layout, "score") and _shows(layout, "weight"), _execution),
    "明细之和": (("F101", "F105", "F103", "F102"), lambda layout: layout.has("details"), _details),
}  # fmt: skip
"""Kind: rules, whether the layout shows the relation, and how it is broken."""


def _shows(layout: Layout, column: str) -> bool:
    return layout.shape == "rows" and column in layout.money_columns


def plant(model: Model, layout: Layout, rng: Random) -> Slip | None:
    """One slip that can be seen in this layout."""
    kinds = [kind for kind, (_, shown, _) in SLIPS.items() if shown(layout)]
    rng.shuffle(kinds)
    for kind in kinds:
        rules, _, break_it = SLIPS[kind]
        if break_it(model, rng):
            return Slip(kind, rules)
    return None
