"""Rows under shifted headers: what is laid where, and what is left alone."""

import pytest

from auditor.report.align import Aligner, Column, ColumnType

_KINDS = {
    "L": ColumnType.LABEL,
    "M": ColumnType.MONEY,
    "R": ColumnType.RATE,
    "P": ColumnType.POINTS,
    "A": ColumnType.ANY,
    "N": ColumnType.NOTE,
}
MONEY = "L L M! M! M! P R P"  # 项目资金 | (name) | 年初 | 全年 | 执行 | 分值 | 执行率 | 得分
INDICATORS = "L L L! A! A! P! P! N"  # 一级 | 二级 | 三级 | 指标值 | 完成值 | 分值 | 得分 | 原因


def aligner(header: str) -> Aligner:
    return Aligner(
        tuple(Column(at, _KINDS[kind[0]], at, kind.endswith("!")) for at, kind in enumerate(header.split()))
    )


@pytest.mark.parametrize(
    ("header", "row", "columns"),
    [
        (MONEY, "|年度资金总额|300|412.5|396.84|10|96.2%|9.62", "1 2 3 4 5 6 7"),
        (MONEY, "年度资金总额|300|412.5|396.84|10|96.2%|9.62", "1 2 3 4 5 6 7"),
        (MONEY, "|其中：财政拨款|300|350|334.34|—|95.5%|—", "1 2 3 4 5 6 7"),
        (MONEY, "|其中：财政拨款|300|350¹|334.34|—|95.5%²|—", "1 2 3 4 5 6 7"),
        (INDICATORS, "产出|数量|里程|≥48公里|50.6公里|8|8", "0 1 2 3 4 5 6"),
        (INDICATORS, "||泵站|=3座|3座|6|6", "2 3 4 5 6"),
        (INDICATORS, "数量|里程|≥48公里|50.6公里|8|8", "1 2 3 4 5 6"),
        (INDICATORS, "里程|≥48公里|50.6公里|8|8|天气原因", "2 3 4 5 6 7"),
        (INDICATORS, "|数量|里程|10|10|10|10", "1 2 3 4 5 6"),
        ("L L L! P! N A! N A! P!", "||受益人数||≥|24939|人|25100人", "2 4 5 6 7"),
    ],
)
def test_one_reading(header: str, row: str, columns: str) -> None:
    cells = [(at, text) for at, text in enumerate(row.split("|")) if text]
    assert aligner(header).assign(cells) == tuple(int(column) for column in columns.split())


def test_a_guess_is_not_certain() -> None:
    under = aligner(INDICATORS)
    under.assign([(2, "泵站"), (4, "3座"), (5, "3座"), (6, "6"), (7, "6")])
    assert not under.certain
