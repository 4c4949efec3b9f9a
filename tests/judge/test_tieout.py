"""Equations over quoted figures: only those that cannot hold survive."""

from __future__ import annotations

import pytest

from auditor.document import View
from auditor.figures import scan
from auditor.judge import tieout
from auditor.judge.tieout import AMBIGUOUS, HOLDS, NOT_QUOTED, UNCOMPUTABLE, UNITS, UNREADABLE


def proved(quote: str, equation: str) -> str:
    return tieout.prove(equation, scan(View(quote, ((0, 0),)))).calculation


@pytest.mark.parametrize(
    ("quote", "equation", "told"),
    [
        ("东片180户、西片130户，全年320户", "180户+130户=320户", "180户 + 130户 = 310户 ≠ 320户"),
        ("东片180户、西片130户，全年320户", "180+130=320", "180 + 130 = 310户 ≠ 320"),
        ("东片180户、西片130户，全年320户", "320户−180户＝130户", "320户 − 180户 = 140户 ≠ 130户"),
        ("收回400份，满意364份，满意度94%", "364份÷400份=94%", "364份 ÷ 400份 = 91% ≠ 94%"),
        ("收回400份，满意364份，满意度94%", "400份×94%=364份", "400份 × 94% = 376份 ≠ 364份"),
        ("208户，每户500元，共11.40万元", "208户×500元=11.40万元", "208户 × 500元 = 10.4万元 ≠ 11.40万元"),
        ("预算1,150万元，执行983.25万元，执行率95.50%", "983.25万元/1,150万元=95.50%", "983.25万元 ÷ 1,150万元 = 85.5% ≠ 95.50%"),
        ("11个所，每所2名，共25名", "11个×2名=25名", "11个 × 2名 = 22名 ≠ 25名"),
        ("甲10人、乙20人、丙5人，占40%", "(10人+20人)÷5人=40%", "(10人 + 20人) ÷ 5人 = 600% ≠ 40%"),
        ("全年培训312名，其中300人合格、10人缺考", "300人+10人=312名", "300人 + 10人 = 310名 ≠ 312名"),  # people
        ("投资1.2亿元，两处合计13,500万元", "1.2亿元=13,500万元", "1.2亿元 ≠ 13,500万元"),
    ],
)  # fmt: skip
def test_survives(quote: str, equation: str, told: str) -> None:
    assert proved(quote, equation) == told


@pytest.mark.parametrize(
    ("quote", "equation", "reason"),
    [
        ("东片180户、西片140户，全年320户", "180户+140户=320户", HOLDS),
        ("48.2万立方米，每立方米1.6元，约77万元", "48.2万立方米×1.6元=77万元", HOLDS),
        ("占33.3%，3个中1个", "1个÷3个=33.3%", HOLDS),
        ("占33.4%，3个中1个", "1个÷3个=33.4%", "survives"),
        ("1.2亿元，即12,000万元", "1.2亿元=12,000万元", HOLDS),
        ("1.2亿元，即12,345万元", "1.2亿元=12,345万元", HOLDS),  # rounded or cut
        ("超过300人，实际320人", "300人=320人", HOLDS),
        ("东片180户、西片130户", "180户+130户=320户", NOT_QUOTED),
        ("东片180户、西片130户", "180户+130户=310户", NOT_QUOTED),
        ("东片180户、西片130户，全年320户", "180户+130户=320人", NOT_QUOTED),
        ("东片180户、西片130户，全年320户", "180户+130户", UNREADABLE),
        ("东片180户、西片130户，全年320户", "180户=130户=320户", UNREADABLE),
        ("东片180户、西片130户，全年320户", "=320户", UNREADABLE),
        ("东片180户、西片130户，全年320户", "180户++130户=320户", UNREADABLE),
        ("东片180户、西片130户，全年320户", "(180户+130户=320户", UNREADABLE),
        ("东片180户、西片130户，全年320户", "__import__('os')=320户", NOT_QUOTED),
        ("东片180户、西片130户，全年320户", "180户*" * 60 + "180户=320户", UNREADABLE),
        ("180户，补贴90万元", "180户=90万元", UNITS),
        ("180户，补贴90万元", "180户+90万元=90万元", UNITS),
        ("2万元，3万元，6万元", "2万元×3万元=6万元", UNITS),
        ("共0户，全年320户，占5%", "320户÷0户=5%", UNCOMPUTABLE),
        ("5个，5%，10个", "5+5=10", AMBIGUOUS),
    ],
)  # fmt: skip
def test_is_dropped(quote: str, equation: str, reason: str) -> None:
    if reason == "survives":
        assert "≠" in proved(quote, equation)
        return
    with pytest.raises(tieout.NoTieOut, match=reason):
        proved(quote, equation)
