"""Relations between written numbers."""

from __future__ import annotations

import pytest

from auditor.document import View
from auditor.figures import Operation, Relation, scan


def relation(text: str, signs: tuple[int, ...] = (), operation: Operation = Operation.SUM) -> Relation:
    claimed, *terms = scan(View(text, ((0, 0),)))
    return Relation(claimed, tuple(terms), signs, operation)


@pytest.mark.parametrize(
    ("text", "signs", "meets", "holds", "told"),
    [
        ("80万元、30万元、40万元", (), False, False, "30 + 40 = 70 ≠ 80 (差 10)"),
        ("70万元、30万元、40万元", (), True, True, "30 + 40 = 70"),
        ("24万元、1386万元、1372万元", (1, -1), False, False, "1386 − 1372 = 14 ≠ 24 (差 10)"),
        ("61.0万元、44万元、17.005万元", (), True, True, "44 + 17.005 = 61.005 ≈ 61"),
        ("62万元、44万元、17.005万元", (), True, False, "44 + 17.005 = 61.005 ≠ 62 (差 0.995)"),
        ("1.5万元、8000元、7000元", (), True, True, "0.8 + 0.7 = 1.5"),
    ],
)
def test_sums(text: str, signs: tuple[int, ...], meets: bool, holds: bool, told: str) -> None:
    found = relation(text, signs)
    assert (found.meets, found.holds, found.told()) == (meets, holds, told)


def test_ratio_and_product() -> None:
    rate = relation("87.5%、35户、40户", operation=Operation.RATIO)
    assert rate.holds
    assert rate.told() == "35 ÷ 40 = 87.5%"
    assert not relation("90%、35户、40户", operation=Operation.RATIO).holds
    rise = relation("10.5%、390户、356户", operation=Operation.CHANGE)
    assert not rise.holds
    assert rise.told() == "(390 − 356) ÷ 356 = 9.55% ≠ 10.5%"
    assert (
        relation("9.55%、356户、390户", operation=Operation.CHANGE).told()
        == "(390 − 356) ÷ 390 = 8.72% ≠ 9.55%"
    )
    product = relation("60万元、30户、2万元", operation=Operation.PRODUCT)
    assert product.holds
    assert product.told() == "30 × 2 = 60"
