"""Numbers as written: one line, one writing."""

from decimal import Decimal

import pytest

from auditor.document import View
from auditor.document.fold import fold, view
from auditor.figures import Figure, Kind, scan


def figures(text: str) -> list[Figure]:
    return scan(view(fold(text), 0, len(text)))


@pytest.mark.parametrize(
    ("text", "raw", "kind", "value", "unit", "modifier"),
    [
        ("实际支出76.38万元", "76.38万元", Kind.MONEY, "76.38", "万元", ""),
        ("实际支出 3,763,807.50 元", "3,763,807.50元", Kind.MONEY, "3763807.50", "元", ""),
        ("债券４.２０亿元", "4.20亿元", Kind.MONEY, "4.20", "亿元", ""),
        ("邮电费17万50元", "17万50元", Kind.MONEY, "170050", "元", ""),
        ("全年支出372万4900元", "372万4900元", Kind.MONEY, "3724900", "元", ""),
        ("五万元", "五万元", Kind.MONEY, "50000", "元", ""),
        ("约90%的资金", "90%", Kind.RATE, "90", "%", "约"),
        ("满意度≥95%", "95%", Kind.RATE, "95", "%", "≥"),
        ("=90%", "90%", Kind.RATE, "90", "%", "="),
        ("下降5‰", "5‰", Kind.RATE, "5", "‰", ""),
        ("百分之九十五", "百分之九十五", Kind.RATE, "95", "%", ""),
        ("完好率95百分比", "95百分比", Kind.RATE, "95", "%", ""),
        ("低于目标8百分点", "8百分点", Kind.POINTS, "8", "百分点", ""),
        ("低于目标8个百分点", "8个百分点", Kind.POINTS, "8", "个百分点", ""),
        ("自评95.5分", "95.5分", Kind.SCORE, "95.5", "分", ""),
        ("等待8.5分钟", "8.5分钟", Kind.COUNT, "8.5", "分钟", ""),
        ("接入6000余路", "6000余路", Kind.COUNT, "6000", "路", "余"),
        ("配置1000部以上", "1000部以上", Kind.COUNT, "1000", "部", "≥"),
        ("不少于20场", "20场", Kind.COUNT, "20", "场", "≥"),
        ("受益1.2万人", "1.2万人", Kind.COUNT, "1.2", "人", ""),
        ("超过97%", "97%", Kind.RATE, "97", "%", ">"),
        ("五个部门", "五个", Kind.COUNT, "5", "个", ""),
        ("九大模块", "九大", Kind.COUNT, "9", "大", ""),
        ("合格率90-95%", "90-95%", Kind.RATE, "90", "%", "-"),
        ("2868.\n5739", "2868.5739", Kind.PLAIN, "2868.5739", "", ""),
        ("二〇二一年", "二〇二一年", Kind.DATE, "2021", "年", ""),
        ("2023 年度", "2023年度", Kind.DATE, "2023", "年", ""),
        ("粤委办〔2018〕24号", "〔2018〕24号", Kind.DOCNO, "2018", "", ""),
    ],
)
def test_one_number(text: str, raw: str, kind: Kind, value: str, unit: str, modifier: str) -> None:
    found = figures(text)
    assert [figure.raw for figure in found] == [raw]
    figure = found[0]
    assert (figure.kind, figure.value, figure.unit, figure.modifier.value) == (
        kind,
        Decimal(value),
        unit,
        modifier,
    )


@pytest.mark.parametrize(
    "text",
    ["5G云喇叭", "1:1配齐", "电话0762-5618803", "13800000000", "第12次会议", "统一安排", "一般公共预算"],
)
def test_no_amount_is_read(text: str) -> None:
    assert [f for f in figures(text) if f.kind not in (Kind.CODE, Kind.ORDINAL)] == []


def test_a_chinese_comma_never_joins_numbers() -> None:
    assert [figure.raw for figure in figures("分别为111，100，9个")] == ["111", "100", "9个"]


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [
        ("全县网格1 829个", False),
        ("支出12 345.6万元", False),
        ("全县网格 1 829个", True),
        ("全县网格1 829 个", True),
        ("1 829个", True),
        ("投资1 829", True),
        ("标段1 829万元", True),
    ],
)
def test_digits_in_groups_are_one_number_where_nothing_parts_them_from_words(
    text: str, doubtful: bool
) -> None:
    (figure,) = (figure for figure in figures(text) if figure.kind is not Kind.ORDINAL)
    assert (figure.digits.replace(" ", ""), figure.doubtful) == (f"{figure.value}", doubtful)


def test_list_marks_are_not_figures() -> None:
    kinds = [figure.kind for figure in figures("1、疫情影响；2、审批较慢")]
    assert kinds == [Kind.ORDINAL, Kind.ORDINAL]


def test_every_figure_knows_its_place() -> None:
    text = "县财政 年初预算 １０８ 万元，\n实际支出 76.38 万元。"
    for figure in figures(text):
        quoted = text[figure.span.start : figure.span.end]
        assert fold(quoted).replace(" ", "") == figure.raw


def test_more_by_is_not_more_than() -> None:
    found = scan(View("比上年2.9万吨多0.2万吨，余30余吨", ((0, 0),)))
    assert [(one.raw, one.is_vague) for one in found] == [
        ("2.9万吨", False),
        ("0.2万吨", False),
        ("30余吨", True),
    ]
