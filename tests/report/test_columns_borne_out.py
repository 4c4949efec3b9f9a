"""What nobody reads under a header counts as unread, unless a relation between the columns gives it its place."""

from __future__ import annotations

import pytest

from auditor.document.open import read_bytes
from auditor.facts.unread import unread_forms
from auditor.report import read_reports

_FORM = """2023年度运转经费绩效自评报告
支出情况（万元）
项目\t年初预算\t决算数\t{label}
一、基本支出\t1460.60\t1440.28\t{rates[0]}
其中：人员经费\t1286.40\t1271.95\t{rates[1]}
公用经费\t174.20\t168.33\t{rates[2]}
二、项目支出\t460.60\t446.43\t{rates[3]}
支出总计\t1921.20\t1886.71\t{rates[4]}
"""
_RATES = ("98.61%", "98.88%", "96.63%", "96.93%", "98.20%")


def left(label: str, rates: tuple[str, ...]) -> list[str]:
    document = read_bytes(_FORM.format(label=label, rates=rates).encode(), "例.txt")
    (report,) = read_reports(document)
    return [figure.raw for form in unread_forms(report) for figure in form.figures]


@pytest.mark.parametrize("label", ["完成率", "进度比例", "某某指数"])
def test_a_column_that_the_others_give_is_read(label: str) -> None:
    assert left(label, _RATES) == []


@pytest.mark.parametrize("label", ["完成率", "某某指数"])
def test_a_column_that_nothing_gives_is_not(label: str) -> None:
    odd = ("71.61%", "48.88%", "26.63%", "66.92%", "18.20%")
    assert left(label, odd) == list(odd)
