"""docs/sampling.md: every figure and every sentence of its examples is what the program says."""

from __future__ import annotations

from decimal import Decimal

import pytest

from auditor.season.sampling.by_money import draw_money
from auditor.season.sampling.by_report import draw_reports
from auditor.season.sampling.draw import Draw, Method, Plan
from auditor.season.sampling.evaluate import Examined
from auditor.season.sampling.exact import factor
from auditor.season.sampling.frame import Frame, Item
from auditor.season.sampling.order import key
from auditor.season.sampling.paper import Paper
from auditor.season.sampling.size import for_money, for_rate
from tests.samples import ROOT

PAGE = (ROOT / "docs" / "sampling.md").read_text(encoding="utf-8")
SURE = Decimal("0.95")
SEED = "20260401"


def reports(count: int) -> Frame:
    """Three units of unlike size, amounts that rise."""
    names = ["甲局"] * 6 + ["乙局"] * 3 + ["丙局"]
    return Frame.of(
        Item(f"P{at:04d}", names[at % 10], Decimal(5000 + 250 * at)) for at in range(1, count + 1)
    )


def paper(draw: Draw, wrong: int, kept: str = "") -> Paper:
    """The first `wrong` of the random part are wrong; they ought to state so much of what they state."""
    random = [one.item for one in draw.drawn if not one.certain]
    bad = {one.id for one in random[:wrong]}
    examined = {
        one.item.id: Examined(
            one.item.id in bad,
            (one.item.amount or 0) * Decimal(kept) if kept and one.item.id in bad else None,
        )
        for one in draw.drawn
    }
    return Paper(draw, {}, SURE, Decimal("0.05"), Decimal("0.01"), examined=examined)


SIMPLE = paper(draw_reports(reports(1200), Plan(Method.SIMPLE, SEED, 93)), 1)
STRATA = paper(draw_reports(reports(1200), Plan(Method.STRATIFIED, SEED, 93)), 2)
MONEY = paper(draw_money(reports(1200), Plan(Method.MUS, SEED, 95)), 2, "0.6")


@pytest.mark.parametrize("example", [SIMPLE, STRATA, MONEY], ids=["simple", "stratified", "money"])
def test_the_examples(example: Paper) -> None:
    missing = [line for line in (*example.conclusion(), *example.arithmetic()) if f"> {line}\n" not in PAGE]
    assert missing == []


def test_the_first_of_the_order() -> None:
    for one in SIMPLE.draw.drawn[:3]:
        assert f"{key(SEED, one.item.id)}  {one.item.id}\n" in PAGE
    assert f"printf '%s' '{SEED}|{SIMPLE.draw.drawn[0].item.id}' | sha256sum" in PAGE


def test_the_table_of_sizes() -> None:
    for tolerable in ("0.03", "0.05", "0.10"):
        row = [
            str(for_rate(SURE, Decimal(tolerable), Decimal(expected), 10**6)[0])
            for expected in ("0", "0.01", "0.02")
        ]
        money = str(for_money(SURE, Decimal(tolerable), Decimal(0))[0])
        assert f"| {Decimal(tolerable) * 100:.0f}% | {' | '.join(row)} | {money} |\n" in PAGE


def test_the_table_of_factors() -> None:
    for confidence in ("0.90", "0.95", "0.99"):
        row = " | ".join(f"{factor(at, Decimal(confidence)):.4f}" for at in range(5))
        assert f"| {Decimal(confidence) * 100:.0f}% | {row} |\n" in PAGE
