"""Proposals about dates, rows and declared scores: paired by the model, judged by the rules' own engine."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from auditor.figures import Kind, scan
from auditor.judge import on_rows, propose
from auditor.judge.operands import placed_in_order
from auditor.judge.outcome import Outcome
from auditor.judge.sheet import Line, lines
from auditor.rules import Verdict
from tests.judge.reports import report, reviewed

FORM = """\
2023年度乡村道路养护项目绩效自评表

一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分
产出指标\t数量指标\t养护里程\t≥40公里\t36公里\t30\t30
产出指标\t数量指标\t新增标牌\t≥50块\t52块\t20\t20
产出指标\t质量指标\t检测合格率\t≥90%\t81%\t30\t27
效益指标\t社会效益指标\t受益群众\t≥800人\t905人\t20\t20

评分办法：定量指标未达到指标值的，按实际完成值与指标值的比例计分。
工程于2023年5月6日开工，2023年9月28日完工，2023年9月12日通过验收。
项目合同于2023年4月签订。
材料于2023年8月21日送达，7月30日经过检验。
东片拨付资金680.5万元。
西片收到拨付资金608.5万元。
全县6.2万人，检查3.1万人次，占50%。
"""


def proposed(relation: str, *operands: str) -> Outcome:
    told = {"relations": [{"relation": relation, "operands": list(operands)}]}
    return reviewed(json.dumps(told, ensure_ascii=False), of=FORM)


def at(words: str) -> int:
    (number,) = [line.number for line in lines(report(FORM)) if words in line.text]
    return number


def test_a_row_against_its_target() -> None:
    row = at("养护里程")
    (asked,) = proposed("目标", f"{row}｜36公里", f"{row}｜≥40公里").results
    assert asked.verdict is Verdict.QUERY
    assert "实际 36公里 未达到目标 ≥40公里" in asked.calculation
    row = at("新增标牌")
    outcome = proposed("目标", f"{row}｜52块", f"{row}｜≥50块")
    assert outcome.results == []
    assert outcome.passed == 1


def test_points_that_were_taken_off_are_no_question() -> None:
    row = at("检测合格率")
    assert proposed("目标", f"{row}｜81%", f"{row}｜≥90%").reasons == {on_rows.TAKEN_OFF: 1}


def test_a_score_under_the_declared_rule() -> None:
    row = at("养护里程")
    operands = (f"{row}｜≥40公里", f"{row}｜36公里", f"{row}｜30", f"{row}｜30")
    (asked,) = proposed("评分", *operands).results  # weight and score are the same digits in two cells
    assert "应为 27 ≠ 得分 30" in asked.calculation
    assert proposed("评分", *operands, operands[-1]).results == []  # one more than the line has
    row = at("检测合格率")
    outcome = proposed("评分", f"{row}｜≥90%", f"{row}｜81%", f"{row}｜30", f"{row}｜27")
    assert outcome.results == []
    assert outcome.passed == 1, outcome.reasons


def test_of_cells_that_say_the_same_that_in_the_column_of_the_others_is_meant() -> None:
    rows = [at(name) for name in ("养护里程", "新增标牌", "检测合格率", "受益群众")]
    written = [f"{row}｜{score}" for row, score in zip(rows, ("30", "20", "27", "20"), strict=True)]
    numbered = {line.number: line for line in lines(report(FORM))}
    found = placed_in_order(written, numbered, {})
    assert [one.view.span() for one in found] == [numbered[row].views[-1].span() for row in rows]
    # Never another line, although 27 stands alone in its own.
    assert [one.line.number for one in placed_in_order([f"{rows[0]}｜30"], numbered, {})] == [rows[0]]


def test_the_same_number_at_two_places_is_the_same_number() -> None:
    text = "2023年度乡村道路养护项目绩效自评报告\n\n一、项目概况\n全年支出871.6万元，其中柳河镇400万元。\n二、产出\n柳河镇务工劳务费132.5万元，占支出871.6万元的15.2%。\n"
    (one, other) = [line.number for line in lines(report(text)) if "871.6" in line.text]
    told = {
        "relations": [{"relation": "相等", "operands": [f"{one}｜支出871.6万元", f"{other}｜支出871.6万元"]}]
    }
    outcome = reviewed(json.dumps(told, ensure_ascii=False), of=text)
    assert outcome.reasons == {}
    assert (outcome.passed, outcome.results) == (1, [])


def test_dates_in_their_order() -> None:
    line = at("通过验收")
    (asked,) = proposed("先后", f"{line}｜2023年9月28日完工", f"{line}｜2023年9月12日").results
    assert "晚于" in asked.calculation
    held = proposed("日期先后", f"{line}｜2023年5月6日", f"{line}｜2023年9月28日")
    assert len(held.ticks) == 1
    assert held.results == []


def test_a_date_without_a_year_is_of_the_year_named_before_it() -> None:
    line = at("经过检验")
    (asked,) = proposed("先后", f"{line}｜2023年8月21日", f"{line}｜7月30日").results
    assert "晚于" in asked.calculation
    assert "2023年7月30日" in asked.calculation


def test_one_slip_says_more_than_two_places() -> None:
    (asked,) = proposed("相等", f"{at('东片')}｜680.5万元", f"{at('西片')}｜608.5万元").results
    assert "680.5 ≠ 608.5" in asked.calculation


def test_a_rate_of_visits_by_people() -> None:
    line = at("人次")
    assert proposed("比率", f"{line}｜3.1万人次", f"{line}｜6.2万人", f"{line}｜50%").passed == 1


SHEET = """\
2023年度乡村道路养护项目绩效自评表

资金（万元）\t预算总额\t193.64\t全年支出\t185.54
其中\t当年财政拨款\t98.78\t90.68\t上年结转资金\t34.39\t34.39
"""


def test_a_cell_without_a_unit_is_printed_in_that_of_the_other_amounts() -> None:
    """98.78 + 34.39 of a total in 万元: one currency for all, and a question, for they do not add up."""
    found = {line.number: line for line in lines(report(SHEET))}
    told = propose.weigh("合计", [_at("98.78", found), _at("34.39", found), _at("193.64", found)], found, {
        figure.span: figure.in_unit(Kind.MONEY, "万元", Decimal(10000)) for line in found.values() for view in line.views
        for figure in scan(view) if figure.raw == "193.64"
    }, report(SHEET))  # fmt: skip
    assert told.told == "98.78 + 34.39 = 133.17 ≠ 193.64 (差 60.47)，单位：万元"


def _at(cell: str, found: dict[int, Line]) -> str:
    number = next(
        line.number for line in found.values() if any(view.text.strip() == cell for view in line.views)
    )
    return f"{number}｜{cell}"


MARKS = """\
2023年度乡村道路养护项目绩效自评表

一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分
产出指标\t数量指标\t养护里程\t≥40公里\t36公里\t30\t27.5
产出指标\t数量指标\t新增标牌\t≥50块\t52块\t20\t20
产出指标\t质量指标\t检测合格率\t≥90%\t91%\t20\t20
效益指标\t社会效益指标\t受益群众\t≥800人\t905人\t30\t30
"""


def test_whole_marks_beside_marks_with_decimals_are_exact() -> None:
    text = MARKS + "自评结论：得分合计96分。\n"
    found = {line.number: line for line in lines(report(text))}
    rows = [
        f"{line.number}｜{line.views[-1].text.strip()}" for line in found.values() if len(line.views) > 5
    ][1:]
    told = propose.weigh(
        "合计",
        [*rows, next(f"{n}｜96" for n, line in found.items() if "96分" in line.text)],
        found,
        {},
        report(text),
    )
    assert told.told.startswith("27.5 + 20 + 20 + 30 = 97.5 ≠ 96")


def test_the_same_quote_written_again_is_another_cell() -> None:
    """Weight and score of two indicators in one line, all the same: the second mention is no number used twice."""
    view = report("2023年度道路养护项目绩效自评表\n标牌 5 5 5 5 里程 5.5\n").passages[-1].view
    fives = [at for at, char in enumerate(view.text) if char == "5"][:4]
    line = Line(1, tuple(view.part(at, at + 1) for at in fives))
    places = placed_in_order(["1｜5", "1｜5"], {1: line}, {})
    assert [one.view.span() for one in places] == [line.views[0].span(), line.views[2].span()]


@pytest.mark.parametrize(
    ("reason", "relation", "quotes"),
    [
        (propose.FEW, "先后", ("2023年5月6日开工，2023年9月28日完工", "2023年9月12日")),
        (on_rows.FEW, "评分", ("2023年5月6日",)),
    ],
)
def test_what_cannot_be_compared_is_dropped(reason: str, relation: str, quotes: tuple[str, ...]) -> None:
    outcome = proposed(relation, *(f"{at('通过验收')}｜{quote}" for quote in quotes))
    assert (outcome.results, outcome.ticks) == ([], [])
    assert outcome.reasons == {reason: 1}


def test_a_proposal_never_proves() -> None:
    line = at("通过验收")
    outcome = proposed("先后", f"{line}｜2023年9月28日完工", f"{line}｜2023年9月12日")
    assert all(one.verdict is not Verdict.INCONSISTENT for one in (*outcome.results, *outcome.ticks))
