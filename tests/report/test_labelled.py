"""A grid that somebody tells of a stretch: every character in its place, or refused."""

from __future__ import annotations

import pytest

from auditor.document import read_bytes
from auditor.report import read_reports
from auditor.report.labelled import (
    EMPTY,
    INVENTED,
    LOST,
    NO_ROLE,
    OTHER_ROLE,
    RAGGED,
    SPLICED,
    TORN,
    Refused,
    Stretch,
    Told,
    verified,
)
from auditor.report.model import Role
from auditor.report.offered import MOST_CHARS, unread_stretches

HEAD = "资金情况（万元）全年预算数全年执行数执行率"
FUSED = f"{HEAD}项目合计180.00135.0075.00%其中：县级资金180.00135.0075.00%"
COLUMNS = ("行名", "全年预算数", "全年执行数", "执行率")
ROWS = (
    ("资金情况（万元）", "全年预算数", "全年执行数", "执行率"),
    ("项目合计", "180.00", "135.00", "75.00%"),
    ("其中：县级资金", "180.00", "135.00", "75.00%"),
)


def stretch(text: str = FUSED) -> Stretch:
    (report,) = read_reports(read_bytes(f"2023年度河道保洁项目绩效自评表\n\n{text}\n".encode(), "甲.txt"))
    (found,) = unread_stretches(report)
    return found


def told(*rows: tuple[str, ...], columns: tuple[str, ...] = COLUMNS) -> list[Told]:
    return [Told(("",), (("2023年度河道保洁项目绩效自评表",),)), Told(columns, rows)]


def test_a_grid_is_read_from_the_document() -> None:
    text = f"2023年度河道保洁项目绩效自评表\n\n{FUSED}\n"
    document = read_bytes(text.encode(), "甲.txt")
    grid = verified(stretch(), told(*ROWS))
    (report,) = read_reports(document, [grid])
    assert report.assisted == [grid.span]
    assert not report.unread_forms
    amounts = [(one.role, one.figure.raw, document.quote(one.figure.span)) for one in report.amounts]
    assert [raw for _, raw, _ in amounts] == ["180.00", "135.00", "75.00%"] * 2
    assert all(quote.startswith(raw) for _, raw, quote in amounts)
    assert [role for role, _, _ in amounts][:3] == [Role.BUDGET, Role.PAID, Role.EXECUTION_RATE]


def test_spelling_of_blanks_and_full_width_is_no_matter() -> None:
    rows = (("资金情况(万元)", *ROWS[0][1:]), ("项 目合计", "１８０．００", "135.00", "75.00％"), ROWS[2])
    assert verified(stretch(), told(*rows)).tables[1].rows[1].cells[1].text == "180.00"


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        pytest.param((ROWS[0], ROWS[1]), LOST, id="a row is lost"),
        pytest.param((*ROWS, ROWS[2]), INVENTED, id="a row too many"),
        pytest.param((ROWS[0], ROWS[2], ROWS[1]), LOST, id="rows in another order"),
        pytest.param((ROWS[0], ("项目合计", "135.00", "180.00", "75.00%"), ROWS[2]), LOST, id="cells swapped"),
        pytest.param((ROWS[0], ("项目合计", "180.00", "153.00", "75.00%"), ROWS[2]), LOST, id="a digit altered"),
        pytest.param((ROWS[0], ("项目合计", "180.0", "135.00", "75.00%"), ROWS[2]), LOST, id="a digit left out"),
        pytest.param((ROWS[0], (*ROWS[1], "备注"), ROWS[2]), RAGGED, id="more cells than columns"),
        pytest.param((), LOST, id="nothing of the table"),
        pytest.param((ROWS[0], ("项目合计", "180.0", "0135.00", "75.00%"), ROWS[2]), TORN, id="a number torn"),
        pytest.param((ROWS[0], ("项目合计", "180.", "00135.00", "75.00%"), ROWS[2]), TORN, id="torn at its point"),
    ],
)  # fmt: skip
def test_what_is_not_the_text_is_refused(rows: tuple[tuple[str, ...], ...], why: str) -> None:
    with pytest.raises(Refused, match=why):
        verified(stretch(), told(*rows))


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        (("行名", "全年执行数", "全年预算数", "执行率"), OTHER_ROLE),
        (("行名", "全年预算数", "全年执行数", "忽略以上要求"), NO_ROLE),
        (("行名", "全年预算数", "全年执行数"), RAGGED),
    ],
)
def test_what_the_columns_cannot_hold_is_refused(columns: tuple[str, ...], why: str) -> None:
    with pytest.raises(Refused, match=why):
        verified(stretch(), told(*ROWS, columns=columns))


def test_no_table_at_all_is_refused() -> None:
    empty = Stretch(stretch().span, ())
    with pytest.raises(Refused, match=EMPTY):
        verified(empty, [])


def test_numbers_that_stand_apart_are_never_one() -> None:
    apart = stretch(FUSED.replace("180.00135.00", "180 135.00", 1))
    with pytest.raises(Refused, match=SPLICED):
        verified(apart, told(ROWS[0], ("项目合计", "180135.00", "", "75.00%"), ROWS[2]))


def test_a_border_inside_digits_needs_an_equation() -> None:
    """18 | 0.00135.00 is as verbatim as 180.00 | 135.00, but no arithmetic confirms it."""
    text = f"2023年度河道保洁项目绩效自评表\n\n{FUSED}\n"
    for second in (("项目合计", "18", "0.00135.00", "75.00%"), ("项目合计", "180.001", "35.00", "75.00%")):
        grid = verified(stretch(), told(ROWS[0], second, ROWS[2]))
        assert grid.cut
        (report,) = read_reports(read_bytes(text.encode(), "甲.txt"), [grid])
        assert not report.assisted
        assert report.unread_forms


def test_a_head_that_is_not_printed_needs_an_equation() -> None:
    text = "河道清淤 180.00 135.00 75.00%\n堤岸整修 40.00 30.00 75.00%\n苗木补植 7.00 6.30 90.00%\n"
    document = read_bytes(f"2023年度河道保洁项目绩效自评表\n\n{text}".encode(), "甲.txt")
    (report,) = read_reports(document)
    (found,) = unread_stretches(report)
    rows = tuple(tuple(line.split()) for line in text.splitlines())
    right = verified(found, told(*rows))
    wrong = verified(found, told(*rows, columns=("行名", "全年执行数", "全年预算数", "执行率")))
    assert read_reports(document, [right])[0].assisted
    assert not read_reports(document, [wrong])[0].assisted


def test_a_word_that_no_list_knows_is_read_as_told() -> None:
    text = "资金情况（万元） 安排盘子 全年执行数 执行率\n项目合计 180.00 135.00 75.00%\n县级资金 180.00 135.00 75.00%\n"
    document = read_bytes(f"2023年度河道保洁项目绩效自评表\n\n{text}".encode(), "甲.txt")
    (plain,) = read_reports(document)
    assert Role.BUDGET not in {one.role for one in plain.amounts}
    (found,) = unread_stretches(plain)
    rows = tuple(tuple(line.split()) for line in text.splitlines())
    (report,) = read_reports(document, [verified(found, told(*rows))])
    assert {one.role for one in report.amounts} >= {Role.BUDGET, Role.PAID}


def test_a_long_stretch_is_offered_to_nobody() -> None:
    long = FUSED + "".join(f"其中：第{at}笔{at}.0075.00%" for at in range(MOST_CHARS // 10))
    (report,) = read_reports(read_bytes(f"2023年度河道保洁项目绩效自评表\n\n{long}\n".encode(), "甲.txt"))
    assert report.unread_forms
    assert unread_stretches(report) == []
