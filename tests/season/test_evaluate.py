"""What samples prove: by hand on small ones, by simulation on 2,000 populations."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction

from auditor.season.sampling.by_money import draw_money
from auditor.season.sampling.by_report import draw_reports
from auditor.season.sampling.draw import Draw, Method, Plan
from auditor.season.sampling.evaluate import Examined, money, rate
from auditor.season.sampling.exact import factor, upper_share
from auditor.season.sampling.frame import Frame, Item
from auditor.season.sampling.words import money_arithmetic, rate_arithmetic, yuan

SURE = Decimal("0.95")


def examined(draw: Draw, wrong: set[str], right: dict[str, Decimal] | None = None) -> dict[str, Examined]:
    return {one.item.id: Examined(one.item.id in wrong, (right or {}).get(one.item.id)) for one in draw.drawn}


def plain(count: int, stratum: str = "全部", amount: int = 1000) -> list[Item]:
    return [Item(f"{stratum}{at:04d}", stratum, Decimal(amount)) for at in range(count)]


def test_a_simple_sample() -> None:
    draw = draw_reports(Frame.of(plain(1000)), Plan(Method.SIMPLE, "种子", 60))
    two = {one.item.id for one in draw.drawn[:2]}
    told = rate(draw, examined(draw, two), SURE)
    assert told.share == Fraction(2, 60)
    assert told.pending == 0
    assert told.upper == Fraction(upper_share(60, 2, SURE))
    assert told.low is not None
    assert told.high is not None
    assert told.low < Decimal(2) / 60 < told.upper < told.high


def test_what_is_certain_has_no_sampling_error() -> None:
    items = [*plain(99), Item("大", amount=Decimal(10**9))]
    draw = draw_reports(Frame.of(items), Plan(Method.SIMPLE, "种子", 30, certain_from=Decimal(10**8)))
    told = rate(draw, examined(draw, {"大"}), SURE)
    certain, sampled = told.rows
    assert certain.share == certain.low == certain.upper == 1
    assert told.share == Fraction(1, 100)
    assert told.upper == (1 + 99 * Fraction(sampled.upper)) / 100


def test_everything_examined_is_exact() -> None:
    draw = draw_reports(Frame.of(plain(20)), Plan(Method.SIMPLE, "种子", 20))
    told = rate(draw, examined(draw, {draw.drawn[0].item.id}), SURE)
    assert told.share == told.upper == Fraction(1, 20)


def test_strata_of_one_sampling_share_give_the_poisson_limit() -> None:
    draw = draw_reports(Frame.of(plain(300, "甲") + plain(600, "乙")), Plan(Method.STRATIFIED, "种子", 90))
    wrong = {one.item.id for one in draw.drawn if one.stratum == "甲"}
    told = rate(draw, examined(draw, set(sorted(wrong)[:3])), SURE)
    assert [(row.stratum.name, row.stratum.drawn, row.wrong) for row in told.rows] == [
        ("乙", 60, 0),
        ("甲", 30, 3),
    ]
    assert told.upper == Fraction(factor(3, SURE)) / 90
    assert told.upper > Fraction(upper_share(90, 3, SURE))
    assert told.low is None


def test_what_is_not_decided_counts_as_wrong() -> None:
    draw = draw_reports(Frame.of(plain(100)), Plan(Method.SIMPLE, "种子", 10))
    told = rate(draw, {one.item.id: Examined(False) for one in draw.drawn[2:]}, SURE)
    assert (told.pending, told.rows[0].wrong, told.share) == (2, 2, Fraction(1, 5))


def test_stringer_by_hand() -> None:
    """J = 1000 × 100 ÷ 20 = 5000; taints 1 and 0.4: 5000 × (3.00 + 1.75 × 1 + 1.55 × 0.4)."""
    draw = draw_money(Frame.of(plain(100)), Plan(Method.MUS, "种子", 20))
    first, second = (one.item.id for one in draw.drawn[:2])
    told = money(draw, examined(draw, set(), {first: Decimal(600), second: Decimal(0)}), SURE)
    r0, r1, r2 = (Fraction(factor(at, SURE)) for at in range(3))
    assert told.likely == 5000 * (1 + Fraction(2, 5))
    assert told.upper == 5000 * (r0 + (r1 - r0) + (r2 - r1) * Fraction(2, 5))
    assert [step.what for step in told.steps[1:]] == [second, first]
    assert told.hits == 20


def test_too_little_is_told_apart_and_sets_nothing_off() -> None:
    draw = draw_money(Frame.of(plain(100)), Plan(Method.MUS, "种子", 20))
    under = draw.drawn[0].item.id
    told = money(draw, examined(draw, {under}, {under: Decimal(1500)}), SURE)
    assert told.likely == 0
    assert (len(told.under), len(told.tainted)) == (1, 0)
    assert told.upper == 5000 * Fraction(factor(0, SURE))


def test_what_is_certain_is_added_as_it_is() -> None:
    items = [*plain(100), Item("大", amount=Decimal(90_000))]
    draw = draw_money(Frame.of(items), Plan(Method.MUS, "种子", 11))
    told = money(draw, examined(draw, set(), {"大": Decimal(60_000)}), SURE)
    assert told.certain == 30_000
    assert told.interval == 10_000
    assert told.hits == 10
    assert told.upper == 30_000 + 10_000 * Fraction(factor(0, SURE))


def test_two_hits_count_twice() -> None:
    frame = Frame.of([Item(f"{at}", amount=Decimal(900 + at)) for at in range(30)])
    draws = (draw_money(frame, Plan(Method.CELL, str(seed), 20)) for seed in range(50))
    draw = next(draw for draw in draws if any(one.hits == 2 for one in draw.drawn))
    twice = next(one for one in draw.drawn if one.hits == 2)
    told = money(draw, examined(draw, set(), {twice.item.id: Decimal(0)}), SURE)
    assert told.interval is not None
    assert told.projected == 2 * told.interval
    assert len(told.steps) == 3


def test_a_limit_above_all_there_is_says_that_it_was_cut() -> None:
    """The sum that is printed is the sum of its terms, even where the limit is less."""
    items = [*plain(100), Item("大", amount=Decimal(90_000))]
    draw = draw_money(Frame.of(items), Plan(Method.MUS, "种子", 11))
    told = money(draw, {one.item.id: Examined(True, Decimal(0)) for one in draw.drawn}, SURE)
    lines = list(money_arithmetic(told, {}))
    terms = sum((step.product for step in told.steps), Fraction(0))
    assert told.upper == 190_000
    assert f"合计{yuan(90_000 + terms, 'ROUND_CEILING')}。" in lines[-2]
    assert lines[-1] == "超过了全部金额，按全部金额190,000.00元计。"


def test_strata_that_are_in_for_certain_stand_in_the_sum() -> None:
    items = [*plain(30, "甲"), *plain(30, "乙"), Item("大", amount=Decimal(10**9))]
    draw = draw_reports(Frame.of(items), Plan(Method.STRATIFIED, "种子", 20, certain_from=Decimal(10**8)))
    told = rate(draw, examined(draw, {"大", draw.drawn[1].item.id}), SURE)
    assert any(line.startswith("加全部核查的1份，合计") for line in rate_arithmetic(told))


POPULATIONS = 2000


def test_limits_of_a_rate_cover_as_often_as_they_say() -> None:
    """Shares from none to a fifth wrong, drawn from populations of 120 to 400 with strata of unlike size."""
    chance, covered = random.Random(20261129), 0
    for number in range(POPULATIONS):
        sizes = [chance.randint(20, 60), chance.randint(40, 100), chance.randint(60, 240)]
        shares = [chance.choice((0, 0.01, 0.03, 0.08, 0.2)) for _ in sizes]
        items = [item for name, size in zip("甲乙丙", sizes, strict=True) for item in plain(size, name)]
        at = dict(zip("甲乙丙", shares, strict=True))
        wrong = {item.id for item in items if chance.random() < at[item.stratum]}
        method = (Method.SIMPLE, Method.STRATIFIED)[number % 2]
        draw = draw_reports(Frame.of(items), Plan(method, f"{number}", chance.choice((20, 40, 60))))
        told = rate(draw, examined(draw, wrong), SURE)
        covered += told.upper >= Fraction(len(wrong), len(items))
    assert covered >= 0.95 * POPULATIONS, covered


def test_limits_of_money_cover_as_often_as_they_say() -> None:
    """Skewed amounts; from none to a fifth of the reports state too much, by a little or by all of it."""
    chance, covered = random.Random(11292026), 0
    for number in range(POPULATIONS):
        amounts = [int(10 ** chance.uniform(3, 6)) for _ in range(chance.randint(60, 160))]
        items = [Item(f"P{at:04d}", amount=Decimal(amount)) for at, amount in enumerate(amounts)]
        share, kind = chance.choice((0, 0.02, 0.06, 0.2)), chance.choice(("all", "part", "mixed"))
        right: dict[str, Decimal] = {}
        for item in items:
            if chance.random() < share:
                kept = {"all": 0, "part": 80, "mixed": chance.choice((0, 50, 95))}[kind]
                right[item.id] = (item.amount or Decimal(0)) * kept / 100
        truth = sum(
            ((item.amount or Decimal(0)) - right[item.id] for item in items if item.id in right), Decimal(0)
        )
        method = (Method.MUS, Method.CELL)[number % 2]
        draw = draw_money(Frame.of(items), Plan(method, f"{number}", chance.choice((15, 30))))
        covered += money(draw, examined(draw, set(), right), SURE).upper >= Fraction(truth)
    assert covered >= 0.95 * POPULATIONS, covered
