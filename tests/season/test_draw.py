"""Draws: repeatable by hand, extended without loss, every hit counted."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import pytest

from auditor.season.sampling.by_money import draw_money
from auditor.season.sampling.by_report import draw_reports, shares
from auditor.season.sampling.draw import Draw, Method, Plan
from auditor.season.sampling.frame import Frame, FrameError, Item, bands
from auditor.season.sampling.order import key

SEED = "2026-07"


def frame(count: int = 40, groups: Sequence[str] = ("甲局", "乙局", "丙局", "丙局")) -> Frame:
    return Frame.of(
        Item(f"P{at:03d}", groups[at % len(groups)], Decimal(1000 * (at * at % 37 + 1)), Decimal(at * 7 % 11))
        for at in range(count)
    )


def ids(draw: Draw) -> list[str]:
    return [one.item.id for one in draw.drawn]


def test_the_frame_is_sorted_and_has_the_checksum_of_its_text() -> None:
    told = Frame.of([Item("乙", "一", Decimal("12.50")), Item("B"), Item("a", risk=Decimal(3))])
    assert told.text == "B\t全部\t\t0\na\t全部\t\t3\n乙\t一\t12.5\t0\n"
    assert told.sha256 == hashlib.sha256(told.text.encode()).hexdigest()


@pytest.mark.parametrize("items", [["A", "A"], [""], ["A\tB"], ["A\nB"]])
def test_identities_that_make_no_frame(items: list[str]) -> None:
    with pytest.raises(FrameError):
        Frame.of(map(Item, items))


def test_the_order_is_that_of_sha256sum() -> None:
    if shutil.which("sha256sum") is None:
        pytest.skip("no sha256sum on this machine")
    told = {
        item.id: subprocess.run(
            ["sha256sum"], input=f"{SEED}|{item.id}".encode(), stdout=subprocess.PIPE, check=True
        ).stdout.decode()[:64]
        for item in frame(8).items
    }
    assert told == {item.id: key(SEED, item.id) for item in frame(8).items}
    drawn = draw_reports(frame(8), Plan(Method.SIMPLE, SEED, 5))
    assert ids(drawn) == sorted(told, key=lambda one: told[one])[:5]


def test_another_seed_draws_another_sample() -> None:
    assert ids(draw_reports(frame(), Plan(Method.SIMPLE, "一", 9))) != ids(
        draw_reports(frame(), Plan(Method.SIMPLE, "二", 9))
    )


@pytest.mark.parametrize("method", [Method.SIMPLE, Method.STRATIFIED, Method.RISK])
def test_drawing_more_keeps_what_was_drawn(method: Method) -> None:
    before: set[str] = set()
    for size in range(3, 41):  # a report at least of each of three strata
        drawn = draw_reports(frame(), Plan(method, SEED, size, riskiest=size // 2))
        assert before <= set(ids(drawn))
        assert len(drawn.drawn) == size
        assert [one.number for one in drawn.drawn] == list(range(1, size + 1))
        before = set(ids(drawn))


@pytest.mark.parametrize(
    ("method", "size", "riskiest", "says"),
    [(Method.STRATIFIED, 2, 0, "分了 3 层"), (Method.RISK, 5, 5, "至少要随机抽 1 份")],
)
def test_a_stratum_without_a_report_is_refused(method: Method, size: int, riskiest: int, says: str) -> None:
    with pytest.raises(FrameError, match=says):
        draw_reports(frame(), Plan(method, SEED, size, riskiest=riskiest))


def test_the_riskiest_may_be_all_there_are() -> None:
    drawn = draw_reports(frame(4), Plan(Method.RISK, SEED, 4, riskiest=4))
    assert [(one.certain, one.drawn) for one in drawn.strata] == [(True, 4)]


def test_large_amounts_are_in_for_certain_and_beside_the_size() -> None:
    drawn = draw_reports(frame(), Plan(Method.SIMPLE, SEED, 5, certain_from=Decimal(34_000)))
    certain = [one for one in drawn.drawn if one.certain]
    assert {one.item.amount for one in certain} == {Decimal(34_000), Decimal(35_000), Decimal(37_000)} & {
        item.amount for item in frame().items
    }
    assert len(drawn.drawn) == len(certain) + 5
    assert sum(one.population for one in drawn.strata) == 40


@pytest.mark.parametrize(
    ("populations", "size", "dealt"),
    [
        ({"甲": 60, "乙": 30, "丙": 10}, 10, {"甲": 6, "乙": 3, "丙": 1}),
        ({"甲": 60, "乙": 30, "丙": 10}, 2, {"甲": 1, "乙": 1, "丙": 0}),
        ({"甲": 98, "乙": 1, "丙": 1}, 5, {"甲": 3, "乙": 1, "丙": 1}),
        ({"甲": 2, "乙": 2}, 9, {"甲": 2, "乙": 2}),
    ],
)
def test_shares_of_the_strata(populations: dict[str, int], size: int, dealt: dict[str, int]) -> None:
    assert shares(populations, size) == dealt


def test_the_riskiest_come_first_and_the_rest_is_drawn() -> None:
    drawn = draw_reports(frame(), Plan(Method.RISK, SEED, 10, riskiest=4))
    top = [one.item.risk for one in drawn.drawn if one.certain]
    assert top == sorted((item.risk for item in frame().items), reverse=True)[:4]
    assert [(one.certain, one.drawn) for one in drawn.strata] == [(True, 4), (False, 6)]


@pytest.mark.parametrize("method", [Method.MUS, Method.CELL])
def test_every_point_hits_one_report_and_large_ones_are_certain(method: Method) -> None:
    drawn = draw_money(frame(), Plan(method, SEED, 12))
    line = [one for one in drawn.drawn if not one.certain]
    (stratum,) = [one for one in drawn.strata if not one.certain]
    certain = len(drawn.drawn) - len(line)
    assert stratum.interval is not None
    assert sum(one.hits for one in line) == 12 - certain
    assert stratum.interval * (12 - certain) == Fraction(stratum.amount)
    assert all(Fraction(one.item.amount or 0) < stratum.interval for one in line)
    assert all(Fraction(one.item.amount or 0) >= stratum.interval for one in drawn.drawn if one.certain)
    assert len(set(ids(drawn))) == len(drawn.drawn)


def test_a_report_hit_twice_is_drawn_once() -> None:
    two_cells = [
        max(one.hits for one in draw_money(frame(), Plan(Method.CELL, str(seed), 20)).drawn)
        for seed in range(20)
    ]
    assert max(two_cells) == 2  # what is shorter than a cell can reach into two of them


@pytest.mark.parametrize("method", [Method.MUS, Method.CELL])
@pytest.mark.parametrize("seed", ["一", "二", "三", "四"])
def test_doubling_keeps_what_was_drawn(method: Method, seed: str) -> None:
    drawn = [set(ids(draw_money(frame(), Plan(method, seed, 6, doublings=more)))) for more in range(4)]
    assert drawn[0] <= drawn[1] <= drawn[2] <= drawn[3]
    assert len(drawn[0]) < len(drawn[3])


def test_what_states_no_money_is_left_out_and_said() -> None:
    items = [
        Item("A", amount=Decimal(50)),
        Item("B"),
        Item("C", amount=Decimal(0)),
        Item("D", amount=Decimal(9)),
    ]
    drawn = draw_money(Frame.of(items), Plan(Method.MUS, SEED, 3))
    assert [item.id for item in drawn.left_out] == ["B", "C"]


def test_equal_amounts_that_fill_the_sample_are_a_census() -> None:
    drawn = draw_money(
        Frame.of(Item(str(at), amount=Decimal(7)) for at in range(3)), Plan(Method.MUS, SEED, 3)
    )
    assert [(one.certain, one.population, one.drawn) for one in drawn.strata] == [(True, 3, 3)]


@pytest.mark.parametrize(
    ("amount", "band"),
    [
        (None, "没有金额"), ("0", "50万元以下"), ("500000", "50万元至200万元以下"),
        ("1999999.99", "50万元至200万元以下"), ("2000000", "200万元以上"),
    ],
)  # fmt: skip
def test_amount_bands(amount: str | None, band: str) -> None:
    limits = [Decimal(500_000), Decimal(2_000_000)]
    assert bands(limits, None if amount is None else Decimal(amount)) == band
