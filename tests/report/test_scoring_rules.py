"""Every wording of a declared scoring rule, read into the typed language; and those that are none."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from auditor.document import read_bytes
from auditor.report import Report, read_reports
from auditor.report.model import ScoringStep
from auditor.report.scoring_rules import data

DATA: dict[str, Any] = dict(data())
KINDS = {name: entry for name, entry in DATA.items() if isinstance(entry, dict) and "examples" in entry}
EXAMPLES = [(kind, example) for kind, entry in KINDS.items() for example in entry["examples"]]
FORM = (
    "项目支出绩效自评表\n\n项目名称\t河湖巡护\n"
    "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t巡护里程\t≥90公里\t95公里\t90\t90\n\n"
)


def read(note: str) -> Report:
    (report,) = read_reports(read_bytes(f"{FORM}{note}\n".encode(), "form.txt"))
    return report


def band(step: ScoringStep) -> str:
    ends = "-".join("" if end is None else f"{(end * 100).normalize():f}" for end in (step.low, step.high))
    return f"{ends}:{step.share.normalize():f}" if step.share is not None else f"{ends}={step.points}"


@pytest.mark.parametrize(
    ("kind", "example"), EXAMPLES, ids=lambda value: value if isinstance(value, str) else value["text"]
)
def test_wording(kind: str, example: dict[str, object]) -> None:
    text = str(example["text"])
    report = read(f"说明：{text}")
    assert report.unread_rules == []
    if kind in ("reached", "no_effect"):
        assert report.scoring_rules == []
        return
    if kind in ("execution_rate", "execution_base"):
        base = report.execution_base
        assert base is not None
        assert (base.top, list(base.base), base.whole) == (
            example["top"],
            example["base"],
            example.get("whole", False),
        )
        return
    if kind == "grade_step":
        assert report.grade_step is not None
        assert report.grade_step[0] == Decimal(str(example["grade_step"]))
        return
    if kind == "rounding":
        assert report.score_step is not None
        assert report.score_step[0] == Decimal(str(example["unit"]))
        return
    if kind == "equal_weights":
        assert report.equal_weights_rule is not None
        return
    if kind == "same_as":
        assert [list(rule.classes) for rule in report.scoring_rules] == [example["classes"]]
        return
    if kind == "achieved":
        assert [
            f"{one.word}:{one.low.normalize():f}-{one.high.normalize():f}" for one in report.rating_bands
        ] == example["ranges"]
        return
    if kind in ("grade_share", "grade_list"):
        assert [f"{one.word}:{one.low.normalize():f}" for one in report.rating_bands] == example["shares"]
        return
    rules = report.scoring_rules
    if kind == "band":
        (rule,) = [one for one in rules if one.steps]
        assert [band(step) for step in rule.steps] == example["bands"]
    else:
        names = {
            "per_point": "per_point",
            "points": "points_off",
            "step": "step",
            "floor": "floor",
            "formula": "formula",
        }
        wanted = {names[key]: value for key, value in example.items() if key in names}
        rule = next(one for one in rules if all(getattr(one, name) is not None for name in wanted))
        for name, value in wanted.items():
            assert (
                str(
                    getattr(rule, name).normalize()
                    if isinstance(getattr(rule, name), Decimal)
                    else getattr(rule, name)
                )
                == value
            )
    assert rule.subject == example.get("subject", "qualitative" if "定性" in text else "indicators")
    assert list(rule.classes) == example.get("classes", [])


@pytest.mark.parametrize("example", DATA["nothing"], ids=lambda one: one["text"])
def test_no_rule(example: dict[str, str]) -> None:
    report = read(example["text"])
    assert (report.scoring_rules, report.unread_rules, report.execution_base) == ([], [], None)


@pytest.mark.parametrize("example", DATA["unknown"], ids=lambda one: one["text"])
def test_a_rule_not_understood_is_kept(example: dict[str, str]) -> None:
    assert read(example["text"]).unread_rules


def test_enough_wordings() -> None:
    assert len(EXAMPLES) >= 40
