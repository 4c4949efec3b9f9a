"""The evaluator's own table in every format: the same rows, the same four findings."""

from __future__ import annotations

from html import escape
from pathlib import Path

import docx
import openpyxl
import pytest

from auditor.api import audit
from tests.conftest import Cli

HEADS = ("一级指标", "二级指标", "三级指标", "分值", "自评得分", "复核得分", "扣分", "扣分依据")
ROWS = (
    ("产出指标", "数量指标", "更换水表", "25", "25", "25", "0", ""),
    ("产出指标", "质量指标", "水表检定合格率", "25", "25", "20", "5", "无佐证"),
    ("产出指标", "时效指标", "按期完工率", "10", "10", "8", "2", ""),
    ("效益指标", "社会效益指标", "漏损下降", "30", "30", "15", "15", "没有监测数据，扣60%"),
    ("满意度指标", "服务对象满意度指标", "用户满意度", "10", "10", "9", "1", "问卷二十份，扣1分"),
    ("合计", "", "", "100", "100", "77", "22", ""),
)
TITLE = "供水管网改造项目绩效自评复核表"


def as_text(path: Path, gap: str) -> None:
    path.write_text("\n".join([TITLE, *(gap.join(row) for row in (HEADS, *ROWS))]), "utf-8")


def as_xlsx(path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([TITLE])
    sheet.merge_cells("A1:H1")
    for row in (HEADS, *ROWS):
        sheet.append([float(cell) if cell.isdigit() else cell or None for cell in row])
    sheet.merge_cells("A3:A5")
    book.save(path)


def as_docx(path: Path) -> None:
    document = docx.Document()
    document.add_paragraph(TITLE)
    table = document.add_table(rows=0, cols=len(HEADS))
    for row in (HEADS, *ROWS):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(str(path))


def as_html(path: Path) -> None:
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in (HEADS, *ROWS)
    )
    path.write_text(f"<html><body><h1>{TITLE}</h1><table>{rows}</table></body></html>", "utf-8")


WRITERS = {
    "pipes.txt": lambda path: as_text(path, " | "),
    "tabs.txt": lambda path: as_text(path, "\t"),
    "复核表.xlsx": as_xlsx,
    "复核表.docx": as_docx,
    "复核表.html": as_html,
}


@pytest.mark.parametrize("name", WRITERS)
def test_the_same_in_every_format(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    WRITERS[name](path)
    (report,) = audit(path).documents[0].reports
    assert report.form == "自评复核表"
    found = {
        one.rule: (one.verdict, one.message)
        for one in report.every()
        if one.verdict in ("inconsistent", "query")
    }
    assert set(found) == {"V101", "V102", "V103", "V104"}
    assert found["V101"] == ("query", "1 项指标扣了分，没有写扣分依据：“按期完工率”10改为8。")
    assert found["V102"][0] == "inconsistent"
    assert "“漏损下降”依据写“扣60%”" in found["V102"][1]
    assert found["V103"][0] == "query"
    assert "“水表检定合格率”写明“无佐证”，仍给了 20" in found["V103"][1]
    assert found["V104"] == ("inconsistent", "各行扣分相加为 23，合计填 22。")


def test_named_by_its_file(cli: Cli, tmp_path: Path) -> None:
    """Without a title and without a column of deductions the name of the file says what it is."""
    lines = [
        "指标名称 | 分值 | 自评得分 | 复核得分 | 备注",
        "更换水表 | 60 | 60 | 55 |",
        "用户满意度 | 40 | 40 | 40 |",
    ]
    (tmp_path / "复核表.txt").write_text("\n".join([*lines, "合计 | 100 | 100 | 95 |"]), "utf-8")
    answer = cli("audit", "复核表.txt", "--llm", "off")
    assert answer.status == 1
    assert "扣分没有写依据" in answer.out
    assert "自评复核表（由评价人填写，按它自己的得分、扣分和依据核对）" in answer.out


def test_a_form_with_a_column_for_the_bureau_is_still_the_unit_s(tmp_path: Path) -> None:
    path = tmp_path / "自评.txt"
    path.write_text(
        "项目支出绩效自评表\n项目资金（万元） | 全年预算数 | 全年执行数 | 执行率\n年度资金总额 | 50 | 50 | 100%\n"
        "三级指标 | 年度指标值 | 实际完成值 | 分值 | 自评得分 | 财政审核评分\n更换水表 | ≥60块 | 62块 | 60 | 60 | 55\n"
        "用户满意度 | ≥90% | 93% | 40 | 40 | 40\n总分 | | | 100 | 100 | 95\n",
        "utf-8",
    )
    (report,) = audit(path).documents[0].reports
    assert report.form == "项目支出绩效自评"
    assert not [one for one in report.every() if one.rule.startswith("V")]
