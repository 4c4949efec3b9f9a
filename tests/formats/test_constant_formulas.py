"""A target typed as "=100%" is no formula: nothing is to be calculated, and no result is missing."""

from __future__ import annotations

import io

import openpyxl
import pytest

from auditor.document.open import read_bytes


def text_of(value: str) -> str:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["指标", "目标值", "完成值"])
    sheet.append(["开通率", value, "100%"])
    data = io.BytesIO()
    book.save(data)
    return read_bytes(data.getvalue(), "表.xlsx").text


@pytest.mark.parametrize("value", ["=100%", "=6处", "=1,200人次", "=0.5元"])
def test_a_constant_is_read_as_typed(value: str) -> None:
    assert f"开通率\t{value}\t100%" in text_of(value)


@pytest.mark.parametrize("value", ["=B1+1", "=SUM(B2:B3)", "=100/3", "=1*2"])
def test_a_calculation_is_not(value: str) -> None:
    assert value not in text_of(value)
