"""The working paper: what it says is what was drawn, and its frame can be drawn from again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO

import docx
import openpyxl
import pytest

from auditor.season.sampling import paper_book, paper_word
from auditor.season.sampling.by_money import draw_money
from auditor.season.sampling.by_report import draw_reports
from auditor.season.sampling.draw import Method, Plan
from auditor.season.sampling.evaluate import Examined
from auditor.season.sampling.frame import Frame, Item
from auditor.season.sampling.paper import Named, Paper

ITEMS = [Item(f"P{at:03d}", f"{'甲乙丙'[at % 3]}局", Decimal(f"{at * at % 37}500.25")) for at in range(200)]


def paper(method: Method, decided: bool = True, wrong: int = 1, pending: int = 0) -> Paper:
    plan = Plan(method, "种子", 60, riskiest=5 * (method is Method.RISK), why="可容忍5%、预计没有差错")
    draw = (draw_money if method.monetary else draw_reports)(Frame.of(ITEMS), plan)
    examined = {
        one.item.id: Examined(at < wrong, (one.item.amount or Decimal(0)) / 2 if at < wrong else None)
        for at, one in enumerate(reversed(draw.drawn[pending:]))
    }
    names = {item.id: Named(f"项目{item.id}", item.stratum) for item in ITEMS}
    return Paper(
        draw, names, Decimal("0.95"), Decimal("0.05"), Decimal(0), "2025年度", examined if decided else None
    )


@pytest.mark.parametrize("method", list(Method))
def test_word_and_workbook_tell_the_same(method: Method) -> None:
    told = paper(method)
    words = docx.Document(BytesIO(paper_word.write(told, None, pytest.fail)))
    text = "\n".join(one.text for one in words.paragraphs)
    cells = [cell.text for table in words.tables for row in table.rows for cell in row.cells]
    book = openpyxl.load_workbook(BytesIO(paper_book.write(told)))
    plan = [str(row[1].value) for row in book["抽样方案"].iter_rows()]
    for line in (*told.algorithm(), *told.conclusion(), *told.arithmetic()):
        assert line in text
        assert line in plan
    for one in told.draw.drawn:
        assert one.item.id in cells
    assert [row[1].value for row in book["样本清单"].iter_rows(min_row=2)] == [
        one.item.id for one in told.draw.drawn
    ]
    assert {"抽样人", "复核人", "负责人"} <= set(cells)


def test_the_frame_in_the_workbook_has_the_printed_checksum() -> None:
    told = paper(Method.SIMPLE)
    sheet = openpyxl.load_workbook(BytesIO(paper_book.write(told)))["抽样框"]
    lines = [
        "\t".join("" if cell is None else str(cell) for cell in row)
        for row in sheet.iter_rows(min_row=2, values_only=True)
    ]
    sums = hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()
    assert f"SHA-256 是 {sums}" in told.algorithm()[0]


Says = Callable[[Paper], list[str]]


@pytest.mark.parametrize(
    ("told", "says"),
    [
        (paper(Method.SIMPLE, wrong=0), "没有超过可容忍的5%，可以接受。"),
        (paper(Method.SIMPLE, wrong=1), "推算数没有超过可容忍的5%，上限超过了：现有样本还不足以接受，可以加抽，或者全部核查。"),
        (paper(Method.SIMPLE, wrong=6), "推算数已经超过可容忍的5%，不能接受，应扩大核查范围并要求整改。"),
        (paper(Method.SIMPLE, wrong=0, pending=3), "还有3份没有作出决定，以上按最不利的情形（有差错）计算；全部决定以后结论才算数。"),
        (paper(Method.SIMPLE, decided=False), "样本尚未核查完毕。逐份核查、作出结论以后，再据以推算全部。"),
    ],
)  # fmt: skip
def test_conclusions(told: Paper, says: str) -> None:
    assert says in told.conclusion()
    assert bool(told.arithmetic()) == (told.examined is not None)


def test_what_nobody_has_decided_is_not_told_as_found() -> None:
    first = paper(Method.SIMPLE, wrong=0, pending=3).conclusion()[0]
    assert "3份有差错（其中3份还没有决定，按有差错计）" in first


def test_no_share_of_reports_is_told_from_a_draw_by_money() -> None:
    told = paper(Method.MUS)
    assert told.rate() is None
    assert told.results() == []
    assert not any("差错率" in line for line in told.conclusion())
