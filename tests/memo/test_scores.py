"""What papers say of the score: every proved finding in the bridge, the reviewer's own total, one difference."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest

from auditor.api import audit
from auditor.memo import WRITERS, Material, Memo
from auditor.memo.bridge import bridge
from auditor.memo.gap import gap
from auditor.memo.model import Decision
from auditor.memo.problems import problems
from auditor.memo.working_paper import score_rows

FORM = """项目支出绩效自评表
（2022年度）

项目名称\t乡镇卫生院设备更新\t\t\t主管部门\t云桥县卫生健康局\t\t
实施单位\t云桥县医疗保障中心\t\t\t联系电话\t0700-1234567\t\t
项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分
\t年度资金总额\t80.00\t80.00\t68.00\t10\t85.00%\t8.50
年度总体目标\t预期目标\t\t\t实际完成情况\t\t\t
\t购置设备16台。\t\t\t购置设备16台，执行率79%。\t\t\t
一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施
产出指标\t数量指标\t购置设备\t≥16台\t12台\t20\t20\t
\t时效指标\t到货时间\t2022年9月底前\t2022年11月8日\t20\t20\t
\t成本指标\t单台价格\t≤4万元\t4.5万元\t20\t20\t
效益指标\t社会效益指标\t诊疗人次增长率\t≥5%\t6%\t20\t20\t
满意度指标\t服务对象满意度指标\t患者满意度\t≥90%\t93%\t10\t10\t
总分\t\t\t\t\t100\t98.50\t
"""
REVIEW = """卫生院设备更新绩效复核表
项目名称：乡镇卫生院设备更新\t评价机构：云桥同信会计师事务所
一级指标\t二级指标\t三级指标\t分值\t自评得分\t复核得分\t扣分\t扣分依据
产出指标\t数量指标\t购置设备\t40\t40\t32\t8\t少4台，扣8分
\t质量指标\t验收合格率\t20\t20\t17\t3\t
效益指标\t社会效益指标\t诊疗人次\t30\t30\t30\t0\t
满意度指标\t满意度\t患者满意度\t10\t9\t9\t0\t
合计\t\t\t100\t99\t{total}\t11\t
"""


def memo_on(tmp_path: Path, text: str) -> Memo:
    (tmp_path / "甲.txt").write_text(text, "utf-8")
    return audit(tmp_path / "甲.txt")


def opinion(memo: Memo) -> docx.document.Document:
    content = WRITERS["docx"](Material(memo))
    assert isinstance(content, bytes)
    return docx.Document(BytesIO(content))


def test_what_is_proved_without_a_number_stands_in_the_bridge(tmp_path: Path) -> None:
    memo = memo_on(tmp_path, FORM)
    (report,) = memo.documents[0].reports
    rows = [[cell.text for cell in row.cells] for row in opinion(memo).tables[0].rows]
    by_title = {one.first.message.partition("”")[0]: one.number for one in problems(report)}
    late, dear = (str(by_title[f"“{name}"]) for name in ("到货时间", "单台价格"))
    assert [late, "未达目标却得满分或称已完成", "（最多 −20）", "待重新认定"] in rows
    assert [dear, "未达目标却得满分或称已完成", "（−2.22 至 −2.5）", "待重新认定"] in rows
    told = "\n".join(one.text for one in opinion(memo).paragraphs)
    assert f"问题{late}（最多 −20 分）、问题{dear}（−2.22 至 −2.5 分）的得分待重新认定" in told
    for one in problems(report):
        if str(one.number) in (late, dear):
            one.first.decision = Decision(decision="驳回")
    found = bridge(report)
    assert found is not None
    assert not found.pending
    assert "待重新认定" not in str(
        [[cell.text for cell in row.cells] for row in opinion(memo).tables[0].rows]
    )


def test_the_bridge_follows_from_its_rows(tmp_path: Path) -> None:
    found = bridge(memo_on(tmp_path, FORM).documents[0].reports[0])
    assert found is not None
    assert found.computed == found.start + sum(step.delta for step in found.steps if step.proved)


def test_every_row_names_what_is_wrong_with_it(tmp_path: Path) -> None:
    (report,) = memo_on(tmp_path, FORM).documents[0].reports
    told = {row[0]: row[-1] for row in score_rows(report)[0]}
    assert [name for name, why in told.items() if why] == ["预算执行率", "购置设备", "到货时间", "单台价格"]


@pytest.mark.parametrize(
    ("total", "said"),
    [("92", "复核得分填 92 分，各行相加为 88 分"), ("88", "复核得分 88 分，与各行相加相同")],
)
def test_a_review_is_told_by_its_own_column(tmp_path: Path, total: str, said: str) -> None:
    memo = memo_on(tmp_path, REVIEW.format(total=total))
    (report,) = memo.documents[0].reports
    assert (report.review_score, report.review_sum) == (total, "88")
    markdown = WRITERS["md"](Material(memo))
    assert isinstance(markdown, str)
    assert f"自评 99 分；{said}。" in markdown
    assert "与核算总分一致" not in markdown
    papers = opinion(memo)
    told = "\n".join(one.text for one in papers.paragraphs)
    assert f"自评 99 分，{said}。" in told
    cells = "\n".join(cell.text for table in papers.tables for row in table.rows for cell in row.cells)
    assert "20改为17" in told + cells
    assert "→" not in told + cells


def test_one_difference_in_every_paper(tmp_path: Path) -> None:
    memo = memo_on(tmp_path, FORM)
    (report,) = memo.documents[0].reports
    found = {one.first.title: str(gap(one.first)) for one in problems(report) if gap(one.first)}
    assert found["执行率（到位率）与金额不符"] == "6个百分点"
    paper = WRITERS["paper"](Material(memo))
    assert isinstance(paper, bytes)
    tables = docx.Document(BytesIO(paper)).tables
    ledger = next(table for table in tables if table.cell(0, 1).text == "问题类别")
    in_word = {
        row.cells[0].text: row.cells[5].text for row in ledger.rows[1:] if row.cells[0].text != "同一处"
    }
    book = WRITERS["xlsx"](Material(memo))
    assert isinstance(book, bytes)
    heads, *rows = openpyxl.load_workbook(BytesIO(book))["台账"].iter_rows()
    at = [cell.value for cell in heads].index("差额")
    for one, row in zip(problems(report), rows, strict=True):
        off = gap(one.first)
        assert in_word[str(one.number)] == ("" if off is None else str(off))
        if off is None:
            assert row[at].value is None
        elif off.least != off.most:
            assert row[at].value == str(off)
        else:
            assert row[at].value == pytest.approx(float(off.least))
            assert off.unit in row[at].number_format


def test_an_opinion_tells_no_question_of_a_model_that_nobody_confirmed(tmp_path: Path) -> None:
    example = Path(__file__).parents[2] / "examples" / "01-national.txt"
    memo = audit(example, llm="replay")
    (report,) = memo.documents[0].reports
    assert report.counts.model
    told = "\n".join(one.text for one in opinion(memo).paragraphs)
    assert "模型" not in told.replace("未经模型", "")
