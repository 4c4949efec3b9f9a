"""A number of the text told with another verb for the deed that the indicator names."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.api import audit

HEAD = "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分\n"
REST = "效益指标 | 社会效益指标 | 受益居民户数 | ≥320户 | 331户 | 50 | 50\n总分 | | | | | 100 | 100\n"


@pytest.mark.parametrize(
    ("name", "actual", "told", "asked"),
    [
        ("新建乡镇卫生院", "13所", "年内建成乡镇卫生院18所，均已启用。", True),
        ("购置巡护无人机", "26架", "全年采购巡护无人机21架。", True),
        ("开展非遗进校园", "34场", "共举办非遗进校园39场，反响良好。", True),
        ("新建乡镇卫生院", "13所", "年内建成乡镇卫生院13所，均已启用。", False),
        ("新建乡镇卫生院", "13所", "另改造乡镇卫生院18所。", False),  # another deed
        ("改造乡镇卫生院", "13所", "年内建成乡镇卫生院18所。", False),
        ("新建泵站", "13座", "建成泵站18座。", False),  # too short a name
    ],
)
def test_asked(tmp_path: Path, name: str, actual: str, told: str, asked: bool) -> None:
    path = tmp_path / "r.txt"
    row = f"产出指标 | 数量指标 | {name} | ≥10{actual[2:]} | {actual} | 50 | 50\n"
    path.write_text(f"{HEAD}{row}{REST}\n评价结论：{told}\n", "utf-8")
    (report,) = audit(path).documents[0].reports
    found = [one for one in report.every() if one.rule == "N403" and one.verdict == "query"]
    assert bool(found) is asked
