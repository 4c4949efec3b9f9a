"""Which slip makes one number of another, and when it is likely enough to ask."""

from __future__ import annotations

from decimal import Decimal

import pytest

from auditor.document import View
from auditor.facts.slip import Pattern, between, explained, hint, likelihood_of_pair, misprints, worth_asking
from auditor.figures import Figure, Relation, scan


def figures(text: str) -> list[Figure]:
    return scan(View(text, ((0, 0),)))


@pytest.mark.parametrize(
    ("written", "meant", "pattern"),
    [
        ("1256", "1265", Pattern.TRANSPOSED),
        ("4.57", "4.75", Pattern.TRANSPOSED),
        ("24.5", "42.5", Pattern.TRANSPOSED),
        ("12.5", "13.6", None),
        ("12.5", "15.2", Pattern.TRANSPOSED),
        ("186", "176", Pattern.CHANGED),
        ("321", "3213", Pattern.DROPPED),
        ("1.35", "12.35", Pattern.DROPPED),
        ("12235", "1235", Pattern.DOUBLED),
        ("12935", "1235", None),
        ("17.35", "1.735", Pattern.MOVED),
        ("20890000", "2089", Pattern.UNIT),
        ("264", "319", None),
        ("5", "5", None),
    ],
)
def test_between(written: str, meant: str, pattern: Pattern | None) -> None:
    decimals = max(len(one.partition(".")[2]) for one in (written, meant))
    assert between(Decimal(written), Decimal(meant), decimals) is pattern


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("37.9%", "39.7"),
        ("37.9%", "32.9"),
        ("37.9%", "379"),
        ("105件", "1205"),
        ("1226件", "126"),
        ("1256.40万元", "1265.40"),
        ("7%", "9"),
    ],
)
def test_misprints(text: str, meant: str) -> None:
    (figure,) = figures(text)
    found = misprints(figure)
    assert Decimal(meant) / figure.last_place in found
    assert figure.value / figure.last_place not in found


@pytest.mark.parametrize(
    ("text", "likely"),
    [
        ("264户、246户", True),
        ("126批、162批", True),
        ("2.36万吨、2.63万吨", True),
        ("12户、15户", False),  # of two digits one differs by chance
        ("264户、391户", False),
    ],
)
def test_pairs(text: str, likely: bool) -> None:
    one, other = figures(text)
    assert (likelihood_of_pair(one, other) >= 10) is likely


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        ("3174万元、1840万元、65万元、75万元、1100万元、9万元、75万元", True),
        ("6.93万元、2.18万元、4.57万元", True),
        ("3174万元、1840万元、65万元", False),
        ("20户、8户、7户", False),
    ],
)
def test_sums(text: str, ask: bool) -> None:
    whole, *parts = figures(text)
    assert worth_asking(Relation(whole, tuple(parts))) is ask


def test_the_hint_names_one_figure_or_none() -> None:
    whole, *parts = figures("6.93万元、2.18万元、4.57万元")
    assert hint(Relation(whole, tuple(parts))) == "“4.57万元”疑为 4.75（相邻数字颠倒）。"
    whole, *parts = figures("186名、48名、37名、91名")
    assert len(explained(Relation(whole, tuple(parts)))) > 1
    assert hint(Relation(whole, tuple(parts))) == ""
