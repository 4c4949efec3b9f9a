"""What a merge leaves behind when it is undone, columns of unknown name, tables side by side: read from true cells."""

from __future__ import annotations

import pytest

from auditor.document import read_bytes
from auditor.pipeline import run
from auditor.report import Report, read_reports
from auditor.report.model import Role
from auditor.rules.base import Verdict
from auditor.rules.catalogue import catalogue

INDICATORS = "一级指标|二级指标|三级指标|指标值|完成值|分值|得分"


def grid(*rows: str) -> str:
    """A page with one table; cells apart by pipes, an empty one is empty."""
    cells = ("".join(f"<td>{cell}</td>" for cell in row.split("|")) for row in rows)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


def read(*tables: str) -> Report:
    page = f"<html><body><p>项目支出绩效自评表</p><p>（2022年度）</p>{''.join(tables)}</body></html>"
    (report,) = read_reports(read_bytes(page.encode(), "form.html"))
    return report


def points(report: Report) -> list[tuple[str | None, str | None]]:
    return [
        (row.weight.raw if row.weight else None, row.score.raw if row.score else None)
        for row in report.indicators
    ]


REPEATED = [
    "产出指标|数量指标|植树株数|≥300株|310株|40|39",
    "产出指标|数量指标|补植亩数|≥20亩|19亩|40|39",
    "产出指标|质量指标|成活率|≥85%|88%|20|20",
    "效益指标|生态效益|绿化村数|≥6个|6个|40|40",
    "总分|总分|总分|总分|总分|100|99",
]


def test_points_of_a_merged_cell_count_once() -> None:
    report = read(grid(INDICATORS, *REPEATED))
    assert points(report) == [("40", "39"), (None, None), ("20", "20"), ("40", "40")]
    assert [row.shares_score for row in report.indicators] == [True, True, False, False]
    assert report.doubtful == []
    assert report.unread_forms == []


OPEN = {
    "a total that does not come out either way": ("|100|99", "|100|80"),
    "no total of the weights": ("总分|总分|总分|总分|总分|100|99", "总分|总分|总分|总分|总分||99"),
}


@pytest.mark.parametrize("change", OPEN.values(), ids=OPEN)
def test_points_that_may_be_one_cell_prove_nothing(change: tuple[str, str]) -> None:
    report = read(grid(INDICATORS, *(row.replace(*change) for row in REPEATED)))
    assert len(report.doubtful) >= 2


def test_equal_neighbours_stay_where_the_total_says_so() -> None:
    rows = [
        "产出指标|数量指标|植树株数|≥300株|310株|30|30",
        "产出指标|数量指标|补植亩数|≥20亩|21亩|30|30",
        "效益指标|生态效益|绿化村数|≥6个|6个|40|40",
        "总分|总分|总分|总分|总分|100|98",
    ]
    report = read(grid(INDICATORS, *rows))
    assert points(report) == [("30", "30"), ("30", "30"), ("40", "40")]
    assert report.doubtful == []


def test_a_score_over_two_weights_is_theirs_together() -> None:
    rows = [
        "产出指标|数量指标|植树株数|≥300株|310株|30|58",
        "||补植亩数|≥20亩|21亩|30|",
        "效益指标|生态效益|绿化村数|≥6个|6个|40|40",
        "总分|||||100|98",
    ]
    report = read(grid(INDICATORS, *rows))
    assert [row.shares_score for row in report.indicators] == [True, True, False]


ROWS = [
    "产出指标|数量指标|植树株数|≥300株|310株|30|30",
    "产出指标|数量指标|补植亩数|≥20亩|19亩|30|28.5",
    "效益指标|生态效益|绿化村数|≥6个|6个|40|40",
    "总分|||||100|98.5",
]
UNKNOWN = {
    "score": ("得分", "挣了几分", [("30", "30"), ("30", "28.5"), ("40", "40")]),
    "weight": ("分值", "摊到几分", [("30", "30"), ("30", "28.5"), ("40", "40")]),
}


@pytest.mark.parametrize(("word", "other", "expected"), UNKNOWN.values(), ids=UNKNOWN)
def test_points_of_unknown_name(word: str, other: str, expected: list[tuple[str, str]]) -> None:
    header = INDICATORS.replace(word, other)
    assert points(read(grid(header, *ROWS))) == expected


@pytest.mark.parametrize("other", ["做下来", "办成了多少"])
def test_an_actual_value_of_unknown_name_is_likely(other: str) -> None:
    report = read(grid(INDICATORS.replace("完成值", other), *ROWS))
    assert [row.actual.text for row in report.indicators if row.actual] == ["310株", "19亩", "6个"]
    assert len(report.doubtful) == 3


@pytest.mark.parametrize("other", ["上年数", "行业平均水平", "现状"])
def test_what_a_target_is_compared_with_is_no_actual_value(other: str) -> None:
    report = read(grid(INDICATORS.replace("完成值", other), *ROWS))
    assert [row.actual for row in report.indicators] == [None, None, None]
    assert sum(len(form.figures) for form in report.unread_forms) == 3


MONEY = [
    "项目资金（万元）||年初预算数|全年预算数|全年执行数|执行率||拨款批次|拨款金额",
    "|年度资金总额|60.00|64.00|60.80|95.00%||第一批|40.00",
    "|其中：财政拨款|50.00|54.00|51.30|95.00%||第二批|20.80",
    "|其他资金|10.00|10.00|9.50|95.00%||合计|60.80",
]


def test_a_list_beside_the_money_is_a_table_of_its_own() -> None:
    report = read(grid(*MONEY), grid(INDICATORS, *ROWS))
    (table,) = report.money_tables
    assert {amount.line.name for amount in table.amounts} == {"年度资金总额", "财政拨款", "其他资金"}
    (column,) = report.plain_columns
    assert [figure.raw for figure in (*column.parts, column.total)] == ["40.00", "20.80", "60.80"]
    assert report.unread_forms == []


LOST = {
    "foreign words over every column": "头一层|次一层|末一层|要做到|做成了|占几分|打几分",
    "no header": "年度总体目标|预期目标|完成植树和补植任务，绿化六个村，群众反映良好，资料齐全。",
}


@pytest.mark.parametrize("header", LOST.values(), ids=LOST)
def test_a_native_table_without_known_header_is_announced(header: str) -> None:
    report = read(grid(header, *ROWS))
    assert report.indicators == []
    assert sum(len(form.figures) for form in report.unread_forms) >= 12


def test_a_total_above_its_rows() -> None:
    page = f"<html><body><p>项目支出绩效自评表</p>{grid(INDICATORS, ROWS[-1], *ROWS[:-1])}</body></html>"
    (report,) = run([read_bytes(page.encode(), "form.html")], catalogue()).documents[0].reports
    sums = [item.result.verdict for item in report.items if item.result.rule.code == "S201"]
    assert sums == [Verdict.CONSISTENT]


MONEY_OF_UNKNOWN_NAME = {
    "rate": ("执行率", "花掉几成", Role.EXECUTION_RATE, "95%"),
    "paid": ("全年执行数", "花了", Role.PAID, "60.80"),
    "budget": ("全年预算数", "能花", Role.BUDGET, "64.00"),
    "weight": ("分值", "摊到几分", Role.WEIGHT, "10"),
    "score": ("得分", "挣了几分", Role.SCORE, "9.5"),
}


@pytest.mark.parametrize(
    ("word", "other", "role", "text"), MONEY_OF_UNKNOWN_NAME.values(), ids=MONEY_OF_UNKNOWN_NAME
)
def test_money_of_unknown_name(word: str, other: str, role: Role, text: str) -> None:
    rows = [
        "项目资金（万元）||年初预算数|全年预算数|全年执行数|分值|执行率|得分",
        "|年度资金总额|60.00|64.00|60.80|10|95%|9.5",
        "|其中：财政拨款|50.00|54.00|51.30|—|95%|—",
    ]
    report = read(grid(rows[0].replace(word, other), *rows[1:]))
    (total,) = (one for one in report.amounts if one.role is role and one.line.name == "年度资金总额")
    assert total.figure.raw == text


def test_a_form_with_an_unknown_column_is_one_table() -> None:
    rows = [
        "项目资金（万元）||年初预算数|全年预算数|全年执行数|摊到几分|得分|执行率",
        "|年度资金总额|60.00|64.00|60.80|10|9.5|95%",
        "|其中：财政拨款|50.00|54.00|51.30|/|/|95%",
        "一级指标|二级指标|三级指标||指标值|完成值|分值|得分",
        "产出指标|数量指标|植树株数||≥300株|310株|90|90",
    ]
    assert len(read(grid(*rows)).amounts) == 10


def test_names_without_a_header_are_no_amounts() -> None:
    """Rates further down, in the targets of another table, say nothing of the column of names above them."""
    rows = [
        "资金情况（万元）||||年初预算|全年预算数|执行数",
        "|||年度资金总额|60.00|60.00|60.00",
        "|||其中：财政拨款|60.00|60.00|60.00",
        "一级指标||三级指标|指标值|完成值|分值|得分",
        "产出指标||合格率|100%|100%|60|60",
        "效益指标||覆盖率|100%|100%|40|40",
    ]
    (table,) = read(grid(*rows)).money_tables
    assert table.roles == [Role.INITIAL, Role.BUDGET, Role.PAID]


def test_the_name_of_a_block_is_no_column_of_names() -> None:
    header = "绩效指标|二级指标|看点|分值|得分|指标值|完成值"
    rows = ["|数量指标|植树株数|60|60|≥300株|310株", "|生态效益|绿化村数|40|40|≥6个|6个"]
    assert [row.name for row in read(grid(header, *rows)).indicators] == ["植树株数", "绿化村数"]


LEVELS = [
    "产出指标（50分）|数量指标|印制教材|≥900册|912册|{0}|{0}",
    "产出指标（50分）|数量指标|培训教师|≥60人|66人|{0}|{0}",
    "产出指标（50分）|质量指标|教材合格率|≥98%|99%|{1}|{1}",
    "效益指标（40分）|社会效益|受益学生|≥2100人|2130人|40|40",
]


@pytest.mark.parametrize(
    ("first", "third", "kept"),
    [
        ("30", "20", [("30", "30"), (None, None), ("20", "20"), ("40", "40")]),  # one cell over two rows
        ("15", "20", [("15", "15"), ("15", "15"), ("20", "20"), ("40", "40")]),  # two rows of their own
        ("35", "20", [("35", "35"), ("35", "35"), ("20", "20"), ("40", "40")]),  # a slip: neither way fits
    ],
)
def test_the_weight_of_a_level_tells_which_points_are_one_cell(
    first: str, third: str, kept: list[tuple[str | None, str | None]]
) -> None:
    report = read(grid(INDICATORS, *(row.format(first, third) for row in LEVELS)))
    assert points(report) == kept


@pytest.mark.parametrize(
    ("closing", "weight", "score"),
    [
        ("合计||||||{}", None, "{}"),
        ("合计|||||{}|", None, "{}"),  # one cell over both, its text left in the first
        ("合计|||||{0}|{0}", None, "{}"),  # and written into both
        ("合计|||||100|{}", "100", "{}"),
    ],
)
def test_a_total_of_one_cell_is_the_score(closing: str, weight: str | None, score: str) -> None:
    rows = ["产出指标|数量指标|修剪行道树|≥900株|880株|60|58.5", "效益指标|社会效益|受益街道|≥6条|6条|40|40"]
    report = read(grid(INDICATORS, *rows, closing.format("98.5")))
    (total,) = report.totals
    assert (total.weight and total.weight.raw, total.score and total.score.raw) == (
        weight,
        score.format("98.5"),
    )


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        ("群众满意度|不低于|86%|92%|10|10", None),
        ("群众满意度|不低于|86%|92%|20|10", Verdict.INCONSISTENT),
        ("群众满意度||不低于|86%|92|10", Verdict.QUERY),  # slid by a cell: an operator as the target
        ("86%|不低于|92%|10|20|10", Verdict.QUERY),  # the name is lost: a figure stands in its place
    ],
)
def test_a_row_that_slid_proves_no_sum(row: str, verdict: Verdict | None) -> None:
    header = "三级指标|指标方向|指标值|完成值|分值|得分"
    rows = [
        "修剪行道树|不少于|900株|912株|60|60",
        "受益街道|不少于|6条|6条|30|30",
        row,
        "合计||||100|100",
    ]
    page = f"<html><body><p>项目支出绩效自评表</p>{grid(header, *rows)}</body></html>"
    done = run([read_bytes(page.encode(), "form.html")], catalogue())
    told = {
        item.result.verdict
        for document in done.documents
        for report in document.reports
        for item in report.items
        if item.result.rule.code == "S203"
    }
    assert told - {Verdict.CONSISTENT} == ({verdict} if verdict else set())


DEEP = [
    "<tr><td colspan=3>绩效指标</td><td>目标值</td><td>完成值</td><td>分值</td><td>得分</td></tr>",
    "<tr><td rowspan=2>产出</td><td>数量</td><td>开设夜校</td><td>≥24期</td><td>25期</td><td>40</td><td>40</td></tr>",
    "<tr><td>质量</td><td>结业率</td><td>≥90%</td><td>93%</td><td>20</td><td>20</td></tr>",
    "<tr><td>效益</td><td>社会效益</td><td>受训人次</td><td>≥900人次</td><td>948人次</td><td>40</td><td>40</td></tr>",
    "<tr><td colspan=3>总分</td><td></td><td></td><td>100</td><td>100</td></tr>",
]


def test_one_label_over_class_level_and_name() -> None:
    report = read(f"<table>{''.join(DEEP)}</table>")
    assert [row.place for row in report.indicators] == [
        "产出/数量/开设夜校", "产出/质量/结业率", "效益/社会效益/受训人次",
    ]  # fmt: skip
    assert report.unread == []


def test_one_label_over_columns_that_the_rows_merge_too() -> None:
    merged = [row.replace("<td>数量</td><td>", "<td colspan=2>").replace("<td>质量</td><td>", "<td colspan=2>")
              .replace("<td>社会效益</td><td>", "<td colspan=2>") for row in DEEP]  # fmt: skip
    report = read(f"<table>{''.join(merged)}</table>")
    assert [row.place for row in report.indicators] == ["产出/开设夜校", "产出/结业率", "效益/受训人次"]
