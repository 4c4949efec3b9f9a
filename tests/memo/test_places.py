"""Where quotes stand, in words; and whom a finding asks."""

from __future__ import annotations

import time
from pathlib import Path

from auditor.api import audit
from auditor.batch.order import Order
from auditor.batch.worker import audited
from auditor.document import Span
from auditor.document.open import read_bytes
from auditor.memo.finding_places import Finder, Place
from auditor.memo.letter import by_unit
from auditor.memo.problems import problems
from auditor.memo.sentences import shortened
from auditor.report import read_reports

DETAILS = """某项目绩效自评报告
项目名称：渠道清淤
支出明细内容\t\t\t项目预算支出\t项目资金实际支出
合计\t\t\t300\t280
1\t材料费\t120\t110
2\t人工费\t180\t170
"""
SHEET = """项目支出绩效自评复核表
被评价单位\t青石县水利服务中心\t评价单位\t正衡咨询有限公司
项目名称\t小型水库维修养护\t\t
指标名称\t分值\t自评得分\t复核得分\t扣分\t扣分依据
维修座数\t60\t60\t56\t4\t
受益农户\t40\t40\t40\t0\t
合计\t100\t100\t96\t4\t
"""


def found(text: str, words: str) -> Place:
    document = read_bytes(text.encode(), "甲.txt")
    start = text.index(words)
    return Finder(document, read_reports(document)).find(Span(start, start + len(words)))


def test_a_dropped_cell_moves_no_head() -> None:
    assert found(DETAILS, "110") == Place("“材料费”行", "“项目资金实际支出”")
    assert found(DETAILS, "280") == Place("“合计”行", "“项目资金实际支出”")


def test_running_text_is_told_by_its_sentence() -> None:
    text = "某项目绩效自评报告\n一、完成情况\n全年清淤渠道九公里。巡查三百次，整改隐患20处。\n"
    assert found(text, "20处") == Place("正文", "", "巡查三百次，整改隐患20处")


def test_a_sentence_is_cut_between_clauses_and_keeps_its_quotes() -> None:
    text = "全年组织村组干部和管护人员开展渠道巡查，共计三百余次，发现各类隐患二十五处，当年整改20处，其余列入下年计划"
    assert (
        shortened(text, ["整改20处"])
        == "“……共计三百余次，发现各类隐患二十五处，当年整改20处，其余列入下年计划”"
    )
    assert shortened("短句。", ["短句"]) == "“短句”"


def test_an_evaluators_table_asks_the_evaluator(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text(SHEET, "utf-8")
    report = audit(tmp_path / "甲.txt").documents[0].reports[0]
    assert report.unit == "青石县水利服务中心"
    assert {one.asks for one in report.every() if one.flagged} == {"复核人"}


def test_a_fault_of_the_form_goes_into_no_letter(tmp_path: Path) -> None:
    text = (Path(__file__).parent.parent / "cases" / "T601").glob("bad_*.txt")
    for path in text:
        memo = audit(path)
        asked = {one.first.asks for one in problems(memo.documents[0].reports[0])}
        sent = [one for unit in by_unit(memo) for report in unit for one in report.found]
        assert all(any(each.asks == "单位" for each in one.results) for one in sent)
        assert asked <= {"单位", "制表单位"}


def test_the_same_report_in_two_formats_is_asked_once(tmp_path: Path) -> None:
    example = (Path(__file__).parents[2] / "examples" / "01-national.txt").read_text("utf-8")
    for name, content in (("甲.txt", example), ("乙.txt", f"\n{example}")):
        (tmp_path / name).write_text(content, "utf-8")
    memo = audit(tmp_path / "甲.txt", tmp_path / "乙.txt")
    assert [len(unit) for unit in by_unit(memo)] == [1]


def test_places_in_one_long_sentence_take_linear_time() -> None:
    """A file may be one sentence with a finding in every clause: each is told by what stands around it."""

    def seconds(count: int) -> float:
        text = "某饮水项目支出绩效自评报告\n" + "2021年3月4日至2020年5月6日，" * count
        began = time.process_time()
        assert next(audited("甲.txt", text.encode(), Order(), True)).told is not None
        return time.process_time() - began

    seconds(10)
    assert seconds(4000) <= 8 * seconds(1000) + 0.5
