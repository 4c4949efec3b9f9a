"""Text in, blocks out: every cell and paragraph keeps its place."""

import pytest

from auditor.document import Document, Paragraph, Table, read_bytes


def document(text: str, encoding: str = "utf-8") -> Document:
    return read_bytes(text.encode(encoding), "test.txt")


def shape(text: str) -> list[object]:
    """Paragraph texts and, for tables, rows of (column, text)."""
    return [
        block.text
        if isinstance(block, Paragraph)
        else [[(cell.col, cell.text) for cell in row.cells] for row in block.rows]
        for block in document(text).blocks
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("项目名称\t甲\n合计\t\t5", [[[(0, "项目名称"), (1, "甲")], [(0, "合计"), (2, "5")]]]),
        ("| 甲 | 乙 |\n|---|---|\n| 1 | |", [[[(0, "甲"), (1, "乙")], [(0, "1")]]]),
        ("甲 | 乙 | 丙 | 丁", [[[(0, "甲"), (1, "乙"), (2, "丙"), (3, "丁")]]]),
        ("说明\t<p>第一段。</p> <p>第二段。</p>", [[[(0, "说明"), (1, "第一段。\n第二段。")]]]),
        ("# 一、基本情况\n\n**重点**工作", ["一、基本情况", "重点工作"]),
        ("全 县 共 2023 年 办 结 45 件", ["全县共2023年办结45件"]),
        ("全年共受理各类群众来信来访事项一千余件，其中矛\n\n盾纠纷312件。", ["全年共受理各类群众来信来访事项一千余件，其中矛盾纠纷312件。"]),
        ("一、项目概况\n本项目于当年实施。", ["一、项目概况", "本项目于当年实施。"]),
        ("填报日期：2023年3月\n项目名称：甲项目", ["填报日期:2023年3月", "项目名称:甲项目"]),
        ("投诉率<5%，好评率>90%", ["投诉率<5%，好评率>90%"]),
        (
            "项目,预算,支出\n甲,10,9\n\"乙,丙\",5,\n合计,15,9",
            [[
                [(0, "项目"), (1, "预算"), (2, "支出")], [(0, "甲"), (1, "10"), (2, "9")],
                [(0, "乙,丙"), (1, "5")], [(0, "合计"), (1, "15"), (2, "9")],
            ]],
        ),
        ("甲,10,9\n乙,5,4", ["甲,10,9", "乙,5,4"]),
        (
            "甲\t1,280,000.00\n乙\t1,152,000.00\n丙\t2,432,000.00",
            [[[(0, name), (1, value)] for name, value in (
                ("甲", "1,280,000.00"), ("乙", "1,152,000.00"), ("丙", "2,432,000.00"),
            )]],
        ),
        (
            "甲村清淤2处,投入3万元,受益9户。\n乙村清淤5处,投入8万元,受益7户。\n丙村清淤4处,投入6万元,受益5户。",
            ["甲村清淤2处,投入3万元,受益9户。", "乙村清淤5处,投入8万元,受益7户。", "丙村清淤4处,投入6万元,受益5户。"],
        ),
    ],
)  # fmt: skip
def test_shape(text: str, expected: list[object]) -> None:
    assert shape(text) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_give_the_same_cells(encoding: str, newline: str) -> None:
    text = f"某县项目支出绩效自评报告{newline}项目资金（万元）\t108\t76.38{newline}"
    found = document(text, encoding)
    table = next(found.tables())
    assert [cell.text for cell in table.rows[0].cells] == ["项目资金(万元)", "108", "76.38"]
    assert [found.quote(cell.span) for cell in table.rows[0].cells] == ["项目资金（万元）", "108", "76.38"]


def test_cells_are_located_by_line_table_row_and_column() -> None:
    found = document("标题\n\n甲\t乙\n丙\t丁\n")
    cell = next(found.tables()).rows[1].cells[1]
    where = found.locate(cell.span)
    assert (where.line, where.table, where.row, where.col) == (4, 1, 2, 2)


def test_a_table_goes_on_over_blank_lines_and_ends_at_prose() -> None:
    blocks = document("甲\t1\n\n乙\t2\n说明文字。\n丙\t3").blocks
    assert [type(block) for block in blocks] == [Table, Paragraph, Table]
    assert [row.after_break for row in blocks[0].rows] == [False, True]  # type: ignore[union-attr]


def test_circled_digits_and_superscripts_are_not_numbers() -> None:
    assert shape("①平整土地100m²") == ["①平整土地100m²"]


def test_cells_a_line_each_without_blank_lines() -> None:
    """Saved as text by an office program: a long cell does not swallow the label after it."""
    cells = [f"指标{number}" for number in range(40)]
    reason = "部分设备到货较晚增加工期十八天，今后提前备货"
    goal = "完成全部改造任务，" * 12
    document = read_bytes("\n".join([*cells, goal, goal, reason, "满意度指标(10分)"]).encode(), "表.txt")
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)][-2:] == [
        reason, "满意度指标(10分)",
    ]  # fmt: skip


@pytest.mark.parametrize("gap", ["  ", "    ", "  　 "])
@pytest.mark.parametrize("label", ["项目名称", "实施单位(盖章)", "填报人"])
def test_a_label_and_its_value_head_a_table_typed_with_spaces(label: str, gap: str) -> None:
    cells = [("一级指标", "目标值", "完成值", "得分"), ("数量指标", "8个", "9个", "10")]
    rows = [gap.join(row) for row in cells]
    head, titled = f"{label}{gap}古井修缮", f"附件{gap}古井修缮绩效自评表"
    wanted = [[*enumerate(row)] for row in ((label, "古井修缮"), *cells)]
    assert shape("\n".join((head, *rows))) == [wanted]
    assert shape(head) == [f"{label}古井修缮"]
    assert shape("\n".join((titled, *rows))) == ["附件古井修缮绩效自评表", wanted[1:]]
