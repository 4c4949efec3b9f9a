"""A text that breaks off proves nothing about what is missing; one that comes to an end does."""

from __future__ import annotations

import pytest

from auditor.api import plan
from auditor.document import NOWHERE, read_bytes
from auditor.memo import build
from auditor.pipeline import run
from auditor.report import read_reports

HEAD = (
    "项目支出绩效自评表\n（2023年度）\n项目名称\t湿地巡护\n"
    "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因\n"
    "产出指标(60分)\t数量指标\t巡护次数\t≥90次\t95次\t60\t60\t\n"
)
GROUP = "效益指标(40分)\t社会效益指标\t游客人次\t≥8000人次\t8600人次\t25\t25\t\n"
TOTAL = "总分\t\t\t\t\t100\t100\t\n"
STORY = "湿地巡护项目绩效自评报告\n一、基本情况\n县林业局按计划完成全部巡护任务。\n"
CASES = {
    # text: breaks off
    HEAD + GROUP: True,
    HEAD + GROUP + "\n（共3页，第2页）\n": True,
    HEAD + GROUP + "\n- 2 -\n": True,
    HEAD + GROUP + "\t可持续影响\n": True,
    HEAD + GROUP + "\t可持续影响指标\t巡护队伍\n": True,
    HEAD + GROUP + "填报人\t江流\n": False,
    HEAD + GROUP + "存在问题\t无\n": False,
    HEAD + GROUP + TOTAL: False,
    HEAD + GROUP + TOTAL + "\n第 2 页 共 2 页\n": False,
    HEAD + GROUP + "\n二、其他说明\n无。\n": False,
    HEAD.rsplit("产出", 1)[0]: True,
    STORY: False,
    STORY + "二、存在问题\n": True,
    STORY + "二、存在问题\n一是部分路段管护不够及时，二是个别乡镇的巡护记录": True,
    STORY + "二、存在问题\n部分路段管护不够及时。\n清河县林业局\n2024年3月5日\n": False,
    STORY + "二、存在问题\n部分路段管护不够及时，已整改；\n": False,
    STORY + "主要做法有3项：一是加密巡护频次，二是增设监测点，": True,
}


@pytest.mark.parametrize(("text", "cut"), CASES.items(), ids=range(len(CASES)))
def test_breaks_off(text: str, cut: bool) -> None:
    (report,) = read_reports(read_bytes(text.encode(), "form.txt"))
    assert (report.cut_off != NOWHERE) is cut


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (HEAD + GROUP, "not_assessable"),
        (HEAD + GROUP + "\t可持续影响\n", "not_assessable"),
        (HEAD + GROUP + TOTAL, "inconsistent"),
        (HEAD.replace("95次\t60\t60", "95次\t50\t50") + GROUP, "inconsistent"),  # another group is complete
    ],
)
def test_last_group(text: str, verdict: str) -> None:
    memo = build(run([read_bytes(text.encode(), "form.txt")], plan((), ()).rules))
    found = {one.verdict for one in memo.documents[0].reports[0].results if one.rule == "S203"}
    assert verdict in found
