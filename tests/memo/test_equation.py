"""Written calculations read back into numbers: all or nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from auditor import audit
from auditor.memo.bounds import bounds
from auditor.memo.equation import Equation, Value, equations, evaluate
from tests.samples import ROOT


def formula(equation: Equation) -> str:
    return "".join(
        f"{token.number:f}{'%' * token.percent}" if isinstance(token, Value) else token
        for token in equation.terms
    )


@pytest.mark.parametrize(
    ("written", "formulas", "claimed"),
    [
        ("105.37 + 2868.57 = 2973.94 ≠ 2868.57 (差 105.37)", ["105.37+2868.57"], "2868.57"),
        ("900.00 + 250.00 = 1150，合计 1,150.00", ["900.00+250.00"], "1150.00"),
        ("983.25 ÷ 1150 = 85.5%（万元） ≠ 95.50%", ["983.25/1150"], "95.50"),
        ("254.38 ÷ (240 + 36.5) = 92%（万元） ≠ 97%", ["254.38/(240+36.5)"], "97"),
        ("98.35 = 98.35 ≈ 98.4", ["98.35"], "98.4"),
        ("640.00万元 − 582.40万元 = 57.6万元 ≠ 67.60万元 (差 10万元)", ["640.00-582.40"], "67.60"),
        ("118.16万元 ≠ 118.76万元 (差 0.6万元)", ["118.16"], "118.76"),
        ("857 + 972 + 45 = 1874 ≠ 1829（差 45）", ["857+972+45"], "1829"),
        ("18600 + 31400 = 50000 ≠ 51000(5.10万平方米)（差 1000平方米）", ["18600+31400"], "51000"),
        ("85.5% × 10 = 8.55；95.5% × 10 = 9.55；填报 9.55", ["85.5%*10", "95.5%*10"], "9.55"),
        ("983.25 ÷ 1150 = 85.5%，1150 − 983.25 = 166.75", ["983.25/1150", "1150-983.25"], None),
        ("[1 − (9% − 5%) ÷ 5%] × 5 = 1；5 × 5% ÷ 9% = 2.78", ["(1-(9%-5%)/5%)*5", "5*5%/9%"], None),
        ("6 × (1 − 2 × 5%) → 5.4", ["6*(1-2*5%)"], None),
        ("3200 + 9200 = 12400，与 1.24万亩 相符", ["3200+9200"], None),  # another unit: no plain pair
        # What does not give the printed result, or is no arithmetic, stays a sentence.
        ("6 × (1 − 32 × 5%) → 0", [""], None),
        ("1 − 118.16 ÷ (175 + 0) = 67.52%（万元），未支出 32.48%", [""], None),
        ("386.00万元 − 372万4900元 = 13.51万元", [""], None),
        ("7,945,320.00元 ≠ 749.53万元 (差 450020元)", [""], None),
        ("96.8 → 优 ≠ 良", [""], None),
        ("得分 ≤ 分值", [""], None),
        ("1 + 1 = 3", [""], None),
        ("1 ÷ 0 = 0", [""], None),
        ("所列 2 项：甲；乙 = 3，与所说 2 项相符", [""], None),
        ("(" * 50 + "1" + ")" * 50 + " = 1", [""], None),
    ],
)  # fmt: skip
def test_read_back(written: str, formulas: list[str], claimed: str | None) -> None:
    found = equations(written)
    assert [formula(one) for one in found] == formulas
    stated = found[0].claimed
    assert (stated and stated.number) == (claimed and Decimal(claimed))


def test_nothing_is_nothing() -> None:
    assert equations(" ") == []
    assert evaluate([]) is None


@pytest.mark.parametrize(
    "path", sorted((ROOT / "tests/layouts").glob("*_broken.txt"))[::4], ids=lambda p: p.stem
)
def test_intervals_tell_what_the_verdict_tells(path: object) -> None:
    """Both intervals are shown for nearly all that is compared, and never against the verdict."""
    shown = told = 0
    for report in audit(str(path)).documents[0].reports:
        for result in report.results:
            if result.verdict in ("consistent", "inconsistent"):
                pairs = [one for one in equations(result.calculation) if one.terms and one.claimed]
                told += len(pairs)
                shown += sum(bounds(one, result) is not None for one in pairs)
    assert shown >= told - 1
