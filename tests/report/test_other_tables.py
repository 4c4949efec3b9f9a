"""What one table says counts for the rest of the form: an execution rate among the indicators, a delay and its row."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor import audit

TITLE = "石桥县泵站维护项目支出绩效自评表\n单位：万元\n"
MONEY = "项目资金\t年初预算数\t全年预算数\n年度资金总额\t240\t240\n\n"
ROWS = (
    "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n"
    "产出指标\t数量指标\t项目建设数量\t14座\t14座\t30\t30\n产出指标\t质量指标\t竣工验收合格率\t≥98%\t100%\t30\t30\n"
    "产出指标\t时效指标\t按期完工率\t100%\t{reached}\t40\t{score}\n\n三、存在的问题\n项目建设进度滞后，汛期停工两个月。\n"
)


def told(tmp_path: Path, text: str) -> dict[str, str]:
    path = tmp_path / "form.txt"
    path.write_text(TITLE + text, "utf-8")
    (report,) = audit(path).documents[0].reports
    return {one.rule: one.message for one in report.results if one.verdict in ("inconsistent", "query")}


@pytest.mark.parametrize(
    "rest",
    [
        "指标\t目标\t实际\n预算执行率\t100%\t95.3%\n检修水泵\t14台\t14台\n",
        "三级指标\t年度指标值\t实际完成值\t分值\t得分\n预算执行率\t100%\t95.3%\t10\t9.53\n检修水泵\t14台\t14台\t90\t90\n",
        "执行率\t95.3%\n结余\t11.28\n",
    ],
    ids=["in a table of three", "among the indicators", "as a field"],
)
def test_an_execution_rate_in_another_table_is_one(tmp_path: Path, rest: str) -> None:
    assert "F111" not in told(tmp_path, MONEY + rest)


def test_without_one_in_any_table_it_is_missed(tmp_path: Path) -> None:
    assert "F111" in told(
        tmp_path, MONEY + "指标\t目标\t实际\n资金到位率\t100%\t95.3%\n检修水泵\t14台\t14台\n"
    )


def test_a_delay_concerns_the_indicators_of_time(tmp_path: Path) -> None:
    assert "S210" not in told(tmp_path, ROWS.format(reached="95%", score="38"))
    message = told(tmp_path, ROWS.format(reached="100%", score="40"))["S210"]
    assert "按期完工率" in message
    assert "竣工验收合格率" not in message
    assert "项目建设数量" not in message
