"""No figure that has a cell to itself is lost without a word: kept as a figure, or told as unplaced."""

from __future__ import annotations

import pytest

from auditor.document import read_bytes
from auditor.report import Report, read_reports

HEAD = "项目支出绩效自评表\n（2022年度）\n项目名称\t湿地巡护\n"
COLUMNS = "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因\n"


def read(text: str) -> Report:
    (report,) = read_reports(read_bytes(text.encode(), "form.txt"))
    return report


def told(report: Report) -> set[str]:
    figures = {figure.raw for form in report.unread_forms for figure in form.figures}
    return figures | {report.quote(span) for span, _ in report.unread}


BROKEN = (
    "项目绩效自评表\n(2022年度)\n项目名称 湿地巡护\n主管部门 清河县林业局 实施单位 清河县湿地站\n"
    "绩效指标 一级指标 二级 具体指标 目标值 自评完成值 权重（分） 单位自评得分 偏差原因及改进措施\n"
    "产出指标 数量指标 巡护河段 57公里 57公里 17 16.73\n开展巡护 ≥151次 143次 汛期封航，未能到场\n\n- 2 -\n"
    "绩效指标 一级指标 二级 具体指标 目标值 自评完成值 权重（分） 单位自评得分 偏差原因及改进措施\n"
    "监测鸟类 ≥38种 39种 13 13\n质量指标 设备完好率 ≥97% 99% 28 28\n效益指标 社会效益指标 受益村 ≥6个 6个 32 32\n"
)
"""A row whose points are merged into the row above, at the end of a page."""


def test_a_row_without_points_is_a_row() -> None:
    rows = {row.name: row for row in read(BROKEN).indicators}
    assert rows["巡护河段"].reason is None
    row = rows["开展巡护"]
    assert (row.target and row.target.text, row.actual and row.actual.text) == ("≥151次", "143次")


SWALLOWED = BROKEN.replace("≥151次 143次 汛期封航，未能到场", "计划 ≥151次 因故 143次")


def test_a_row_taken_for_the_rest_of_a_reason_is_told() -> None:
    report = read(SWALLOWED)
    kept = {view.text for row in report.indicators for view in (row.target, row.actual) if view is not None}
    assert "143次" not in kept
    assert all(value in kept or value.lstrip("≥") in told(report) for value in ("≥151次", "143次"))


ROWS = {
    # the first cell is a number that counts nothing
    "产出指标\t数量指标\t巡护里程\t≥90公里\t95公里\t40\t40\t\n效益指标\t社会效益\t受益村\t≥6个\t6个\t60\t60\t\n47\t\t\t\t\t\t\t\n": {"47"},
}  # fmt: skip


@pytest.mark.parametrize(("rows", "wanted"), ROWS.items(), ids=range(len(ROWS)))
def test_what_is_kept_as_words_is_no_figure(rows: str, wanted: set[str]) -> None:
    assert wanted <= told(read(f"{HEAD}{COLUMNS}{rows}"))


def test_a_count_of_rows_is_no_figure() -> None:
    rows = "".join(
        f"{at}\t产出指标\t数量指标\t巡护{name}\t≥9次\t9次\t20\t20\n"
        for at, name in enumerate("甲乙丙丁戊", 1)
    )
    report = read(f"{HEAD}序号\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n{rows}")
    assert told(report) == set()


def test_a_figure_inside_a_reason_stays_with_it() -> None:
    rows = "产出指标\t数量指标\t巡护里程\t≥90公里\t85公里\t40\t38\t汛期停工 12天 ，余下河段次年完成\n"
    assert told(read(f"{HEAD}{COLUMNS}{rows}")) == set()
