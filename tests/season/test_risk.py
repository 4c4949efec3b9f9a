"""Risk: each term by itself, the sum, and the order."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from auditor.rules.weighing import RiskWeights
from auditor.season.records import Covered, Finding, Record
from auditor.season.risk import by_risk, risk

PLAIN = Record(
    id=1, key="k", path="a.docx", member="", index=1, sha256="0", title="", project="渠道清淤", code="", unit="水利站",
    category="", form="", year=2025, budget=Decimal(100_000), paid=Decimal(90_000), self_score=Decimal(95),
    recomputed_score=None, grade="优", added="2026-03-20T08:00:00+00:00",
)  # fmt: skip
BANDS = [Decimal(500_000), Decimal(2_000_000)]
WEIGHTS = RiskWeights(due="2026-03-31")


def finding(verdict: Any = "inconsistent", severity: Any = "high", **more: Any) -> Finding:
    return Finding("0" * 16, more.pop("rule", "F101"), "合计不符", verdict, severity, "rule", **more)


@pytest.mark.parametrize(
    ("change", "name", "points"),
    [
        ({"budget": Decimal(500_000)}, "金额", "4"),
        ({"paid": Decimal(3_000_000)}, "金额", "8"),
        ({"findings": (finding(), finding(severity="low"))}, "能证明的问题", "16"),
        ({"findings": (finding(),) * 9}, "能证明的问题", "20"),
        ({"findings": (finding("query"), finding("query"))}, "存疑", "2"),
        ({"findings": (finding(stake=Decimal(25_000)),)}, "问题涉及的金额", "2.5"),
        ({"findings": (finding(stake=Decimal(900_000)),)}, "问题涉及的金额", "10"),
        ({"recomputed_score": Decimal("91.5")}, "对得分的影响", "3.5"),
        ({"covered": Covered(unread_tables=1, figures_unplaced=4)}, "没有读懂", "6"),
        ({"covered": Covered(figures=7)}, "没有读懂", "3"),  # no number was held against another
        ({"project": ""}, "没有读懂", "3"),
        ({"covered": Covered(narratives=3, empty=1)}, "说明空洞", "1.67"),
        ({"findings": (finding("query", rule="C703"),)}, "说明空洞", "5"),
        ({"findings": (finding("query", rule="C702"),)}, "文字照抄", "3"),
        ({"version": 3, "versions": 3}, "改稿", "2"),
        ({"added": "2026-04-01T00:00:00+00:00"}, "迟报", "3"),
    ],
)
def test_each_term(change: dict[str, Any], name: str, points: str) -> None:
    told = {term.name: term.points for term in risk(replace(PLAIN, **change), WEIGHTS, BANDS).terms}
    assert told[name] == Decimal(points)


@pytest.mark.parametrize(
    "nothing",
    [
        {}, {"findings": (finding(related=True),)}, {"findings": (finding(decision="驳回"),)},
        {"findings": (finding("not_assessable"),)},
    ],
)  # fmt: skip
def test_what_adds_nothing(nothing: dict[str, Any]) -> None:
    told = risk(replace(PLAIN, **nothing), WEIGHTS, BANDS)
    assert told.terms == ()
    assert told.told() == "风险 0：没有发现需要先看的地方"


def test_the_sum_is_that_of_its_terms_and_every_term_is_told() -> None:
    found = risk(replace(PLAIN, budget=Decimal(500_000), findings=(finding(),)), WEIGHTS, BANDS)
    assert found.points == 16
    assert found.told() == "风险 16：能证明的问题 12（重要1项）；金额 4（50万元）"


def test_a_term_that_is_cut_off_says_so() -> None:
    """Whoever adds it up finds 36 points for three grave findings, and 20 in the sum."""
    found = risk(replace(PLAIN, findings=(finding(),) * 3), WEIGHTS, BANDS)
    assert found.told() == "风险 20：能证明的问题 20（重要3项，最多加20）"


def test_the_riskiest_come_first() -> None:
    reports = [
        replace(PLAIN, id=at, budget=Decimal(amount)) for at, amount in enumerate((1, 700_000, 600_000, 2))
    ]
    told = by_risk((one, risk(one, WEIGHTS, BANDS)) for one in reports)
    assert [one.id for one, _ in told] == [1, 2, 3, 0]
