"""An actual value that only repeats the target reaches nothing: it is asked about and never ticked."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.api import audit

HEAD = "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分\n"
REST = "效益指标 | 社会效益指标 | 受益居民户数 | ≥320户 | 331户 | 50 | 50\n总分 | | | | | 100 | 100\n"


@pytest.mark.parametrize(
    ("name", "target", "actual", "ticked"),
    [
        ("管网漏损率", "≤12%", "≤12%", False),
        ("管网漏损率", "12%及以下", "≤12%", False),
        ("管网漏损率", "≤12%", "11.4%", True),
        ("管材设计使用年限", "≥30年", "≥30年", True),  # cannot be measured within the year
    ],
)
def test_tick(tmp_path: Path, name: str, target: str, actual: str, ticked: bool) -> None:
    path = tmp_path / "r.txt"
    path.write_text(f"{HEAD}产出指标 | 质量指标 | {name} | {target} | {actual} | 50 | 50\n{REST}", "utf-8")
    (report,) = audit(path).documents[0].reports
    about = [one for one in report.every() if name in one.message]
    assert ("S205", "consistent") in {(one.rule, one.verdict) for one in about} or not ticked
    assert ("I302", "query") in {(one.rule, one.verdict) for one in about} or ticked
    assert ticked or not [one for one in about if one.verdict == "consistent"]
