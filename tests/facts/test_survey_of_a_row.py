"""The rate of the row of satisfaction against the one survey that the text tells without a rate."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.api import audit

HEAD = "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因\n"
REST = "产出指标 | 数量指标 | 铺设步道 | ≥32公里 | 33公里 | 80 | 80 |\n"
TOLD = "问卷调查：发放240份，收回有效问卷225份，其中满意207份、一般12份、不满意6份。"


@pytest.mark.parametrize(
    ("actual", "remark", "text", "verdict"),
    [
        ("92%", "", TOLD, "consistent"),
        ("97.33%", "", TOLD, "consistent"),  # all who are not dissatisfied
        ("95.60%", "", TOLD, "query"),
        ("94.10%", "电话访问150户，满意138户", "", "query"),
        ("92%", "电话访问150户，满意138户", "", "consistent"),
        ("≥95%", "", TOLD, None),  # a bound is no rate of a survey
        ("95.60%", "", TOLD + "另对商户发放问卷60份，收回55份，满意51份。", None),  # two surveys
        ("95.60%", "", "上年发放问卷240份，收回225份，满意207份。", None),
    ],
)
def test_verdict(tmp_path: Path, actual: str, remark: str, text: str, verdict: str | None) -> None:
    path = tmp_path / "r.txt"
    row = f"满意度指标 | 服务对象满意度指标 | 居民满意度 | ≥90% | {actual} | 20 | 20 | {remark}\n"
    path.write_text(f"{HEAD}{REST}{row}总分 | | | | | 100 | 100 |\n\n{text}\n", "utf-8")
    (report,) = audit(path).documents[0].reports
    found = [one.verdict for one in report.every() if one.rule == "N401"]
    assert found == ([verdict] if verdict else [])
