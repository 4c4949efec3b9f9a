"""The workbook: as openpyxl reads it, and as LibreOffice computes it."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from auditor import audit
from auditor.memo import Memo
from auditor.memo.entries import telling
from auditor.memo.problems import problems
from auditor.memo.render import WRITERS, Material
from auditor.memo.workbook.cells import clean
from auditor.memo.workbook.ledger import told
from tests.samples import ROOT
from tests.spreadsheet import resaved

FILES = [
    *sorted((ROOT / "examples").glob("*.txt")),
    *sorted((ROOT / "tests/layouts").glob("*_broken.txt"))[::2],
]
SHEETS = ["汇总", "台账", "勾稽表", "复核底稿", "叙述审查", "无法核验"]

HOSTILE = [
    '=HYPERLINK("http://x.cn","点")', "+cmd|' /C calc'!A0", "-1+1", "@SUM(A1)", "#N/A", "'x", "_x0041_x_x000D_",
    "甲\x0b乙\x00丙\ud800丁\ufffe戊\u202e己", "<b>&amp;</b>\n]]>", "1234567890123456", "TRUE", "2026-11-20", "长" * 40_000,
]  # fmt: skip


def workbook(memo: Memo) -> bytes:
    content = WRITERS["xlsx"](Material(memo))
    assert isinstance(content, bytes)
    return content


def rows(grid: Any) -> list[dict[str, Any]]:
    """Rows by the heads of their columns, down to the first empty one."""
    table = list(grid.iter_rows())
    heads = [cell.value for cell in table[0]]
    found = []
    for row in table[1:]:
        if all(cell.value is None for cell in row):
            break
        found.append(dict(zip(heads, row, strict=True)))
    return found


@pytest.fixture(scope="module")
def memo() -> Memo:
    return audit(*FILES)


@pytest.fixture(scope="module")
def file(memo: Memo, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("workbook") / "台账.xlsx"
    path.write_bytes(workbook(memo))
    return path


@pytest.fixture(scope="module")
def book(file: Path) -> Any:
    return openpyxl.load_workbook(file)


@pytest.fixture(scope="module")
def computed(file: Path) -> Any:
    """The workbook with the values that LibreOffice computes."""
    return openpyxl.load_workbook(resaved(file, file.parent), data_only=True)


class TestSheets:
    def test_are_made_for_a_screen_and_for_paper(self, book: Any) -> None:
        assert book.sheetnames == SHEETS
        for grid in book.worksheets:
            assert grid.freeze_panes.endswith("2")
            assert grid.auto_filter.ref.startswith("A1:")
            assert grid.print_title_rows == "$1:$1"
            assert (grid.page_setup.orientation, grid.page_setup.fitToWidth) == ("landscape", 1)
            assert grid.sheet_properties.pageSetUpPr.fitToPage

    def test_ledger_has_the_columns_that_a_bureau_keeps(self, book: Any) -> None:
        heads = [cell.value for cell in book["台账"][1]]
        assert heads[:15] == [
            "序号", "单位", "项目", "问题类别", "位置", "填报内容", "核算/应有", "差额", "依据", "严重程度",
            "整改要求", "责任单位", "时限", "整改情况", "销号",
        ]  # fmt: skip
        assert {"结论", "处理", "备注", "处理人", "处理时间", "标识"} <= set(heads)
        (choice,) = book["台账"].data_validations.dataValidation
        assert choice.formula1 == '"确认,驳回,存疑"'

    def test_ledger_lists_every_finding_of_the_rules_once(self, book: Any, memo: Memo) -> None:
        listed = [
            (row["报告"].value, row["规则"].value, row["标识"].value, row["填报内容"].value)
            for row in rows(book["台账"])
        ]
        reports = [entry.report for entry in telling(memo)]
        assert listed == [
            (
                number,
                " ".join(one.rule for one in problem.results),
                " ".join(one.fingerprint for one in problem.results),
                clean(told(problem, lambda one: one.message)),
            )
            for number, report in enumerate(reports, 1)
            for problem in problems(report)
        ]

    def test_numbers_are_numbers_and_keep_their_decimals(self, book: Any) -> None:
        (row,) = [
            row
            for row in rows(book["勾稽表"])
            if row["公式（代入数字）"].value == "983.25 ÷ 1150 = 85.5%（万元） ≠ 95.50%"
        ]
        assert row["计算值"].value == "=983.25/1150"
        assert row["计算值"].number_format == "0.0%"
        assert Decimal(str(row["报告值"].value)) == Decimal("0.955")
        assert row["报告值"].number_format == "0.00%"
        assert (row["计算值区间"].value, row["报告值区间"].value) == (
            "(85.4988%, 85.5012%)",
            "[95.495%, 95.51%)",
        )
        overview = rows(book["汇总"])[0]
        assert (overview["预算"].value, overview["支出"].value, overview["金额单位"].value) == (
            1150,
            983.25,
            "万元",
        )

    def test_working_paper_fills_in_only_what_is_proven(self, book: Any, memo: Memo) -> None:
        indicators = [row for entry in telling(memo) for row in entry.report.indicators]
        listed = rows(book["复核底稿"])
        assert len(listed) == len(indicators)
        for cells, indicator in zip(listed, indicators, strict=True):
            proven = indicator.recomputed or (indicator.score if indicator.holds else None)
            value = cells["复核得分"].value
            assert value is None if proven is None else Decimal(str(value)) == Decimal(proven)


class TestRecalculation:
    def test_every_live_formula_gives_the_printed_result(self, book: Any, computed: Any, memo: Memo) -> None:
        words: tuple[None, ...] = (None,)  # a comparison told in words has a row too
        shown_there = iter(
            relation
            for entry in telling(memo)
            for result in entry.report.every()
            if result.verdict != "not_assessable"
            for relation in (result.relations or (words if result.calculation else ()))
        )
        live = 0
        for written, value, relation in zip(
            rows(book["勾稽表"]), rows(computed["勾稽表"]), shown_there, strict=True
        ):
            assert (relation is not None) is (written["计算值"].data_type == "f")
            if relation is None:
                continue
            live += 1
            shown = Decimal(str(value["计算值"].value)) * (100 if relation.percent else 1)
            unit = Decimal(10) ** -len(relation.computed.partition(".")[2])
            assert -unit / 2 <= shown - Decimal(relation.computed) <= unit / 2, relation.text
            if value["差额"].value is not None:
                difference = value["计算值"].value - value["报告值"].value
                assert value["差额"].value == pytest.approx(difference, abs=1e-9)
        assert live > 200

    def test_no_formula_fails(self, computed: Any) -> None:
        failed = [
            (grid.title, cell.coordinate, cell.value)
            for grid in computed.worksheets
            for row in grid.iter_rows()
            for cell in row
            if cell.data_type == "e"
        ]
        assert failed == []

    def test_overview_counts_the_ledger(self, computed: Any, memo: Memo) -> None:
        reports = [entry.report for entry in telling(memo)]
        for row, report in zip(rows(computed["汇总"]), reports, strict=True):
            verdicts = [result.verdict for result in report.results]
            counts = [verdicts.count(one) for one in ("inconsistent", "query", "not_assessable")]
            assert [row[head].value for head in ("不一致", "存疑", "无法核验")] == counts
            assert row["未处理"].value == sum(counts[:2])

    def test_deviation_is_the_difference_of_the_scores(self, computed: Any) -> None:
        for row in rows(computed["复核底稿"]):
            own, review = row["自评得分"].value, row["复核得分"].value
            if isinstance(own, int | float) and isinstance(review, int | float):
                assert row["偏差"].value == pytest.approx(review - own)
            else:
                assert row["偏差"].value in (None, "")


class TestCachedValues:
    """What previews and programs that read the file as data see, before anything has computed it."""

    def test_are_what_libreoffice_computes(self, file: Path, computed: Any) -> None:
        shown, seen = openpyxl.load_workbook(file, data_only=True), 0
        for grid in openpyxl.load_workbook(file).worksheets:
            for row in grid.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        value = shown[grid.title][cell.coordinate].value
                        other = computed[grid.title][cell.coordinate].value
                        if isinstance(other, int | float):
                            seen += 1
                            unit = 10 ** -(cell.number_format.count("0") or 6)
                            assert value == pytest.approx(other, abs=max(unit, 0.005)), cell.coordinate
        assert seen > 300

    def test_decisions_change_the_reviewed_score(self, tmp_path: Path) -> None:
        path = tmp_path / "台账.xlsx"
        path.write_bytes(workbook(_plain()))
        book = openpyxl.load_workbook(path)
        heads = [cell.value for cell in book["台账"][1]]
        for row, word in ((2, "确认"), (3, "驳回")):
            book["台账"].cell(row, 1 + heads.index("处理")).value = word
        book.save(path)
        (row_,) = rows(openpyxl.load_workbook(resaved(path, tmp_path), data_only=True)["汇总"])
        assert row_["复核得分"].value == pytest.approx(97.55)
        assert row_["复核等次"].value == "优秀"
        assert (row_["已确认"].value, row_["已驳回"].value, row_["未处理"].value) == (1, 1, 6)


class TestHostileText:
    @pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
    def test_stays_text(self, text: str) -> None:
        grids = openpyxl.load_workbook(BytesIO(workbook(hostile(text))))
        cells = [cell for grid in grids.worksheets for row in grid.iter_rows(min_row=2) for cell in row]
        formulas = {cell.value for cell in cells if cell.data_type == "f"}
        assert text not in formulas
        assert not any("HYPERLINK" in formula or "cmd" in formula for formula in formulas)
        project = next(row for row in rows(grids["台账"]))["项目"]
        assert project.data_type == "s"
        assert len(project.value) <= 32_767
        assert project.quotePrefix is (text[0] in "=+-@'")

    def test_reads_the_same_in_libreoffice(self, tmp_path: Path) -> None:
        path = tmp_path / "恶意.xlsx"
        memo = hostile(HOSTILE[0])
        report = memo.documents[0].reports[0]
        found = problems(report)
        for problem in found:
            problem.first.related = []
        for result, text in zip((problem.first for problem in found), HOSTILE, strict=False):
            result.message = text
        path.write_bytes(workbook(memo))
        grid = openpyxl.load_workbook(resaved(path, tmp_path), data_only=True)["台账"]
        shown = [row["填报内容"].value for row in rows(grid)]
        expected = [clean(text).replace("_x005F_", "_") for text in HOSTILE[: len(found)]]
        assert [one.replace("_x005F_", "_").lstrip("'") for one in shown] == [
            one.lstrip("'") for one in expected
        ]


def hostile(text: str) -> Memo:
    """A real memo in which everything that a report can say is that text."""
    memo = _plain().model_copy(deep=True)
    document = memo.documents[0]
    document.path = text.encode("utf-8", "replace").decode()
    report = document.reports[0]
    report.project = report.unit = report.title = report.grade = text
    for row in report.indicators:
        row.name = row.target = row.actual = row.score = row.weight = text
        row.path = [text, text]
    for result in report.every():
        result.message = result.calculation = result.suggestion = text
    return memo


@cache
def _plain() -> Memo:
    return audit(ROOT / "examples" / "01-national.txt")
