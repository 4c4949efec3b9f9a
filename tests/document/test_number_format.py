"""Numbers as a cell shows them."""

from __future__ import annotations

import datetime as dt

import pytest

from auditor.document.number_format import shown, shown_date, stored

ACCOUNTING = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (0.86183, "0.00%", "86.18%"),
        (0.5, "0%", "50%"),
        (8.62, "0", "9"),
        (2.5, "0", "3"),
        (1234567.5, "#,##0.00", "1,234,567.50"),
        (95, "#,##0.0#", "95.0"),
        (12.5, '0.00"万元"', "12.50万元"),
        (412.5, ACCOUNTING, "412.50"),
        (0, ACCOUNTING, "-"),
        (-3.2, "#,##0.00_);(#,##0.00)", "(3.20)"),
        (12345678, '#,##0.00,"千"', "12,345.68千"),
        (5, "[红色]0.0;[blue]-0.0", "5.0"),
        (3, "General", "3"),
        (100, "@", "100"),
        (1e15, "General", "1000000000000000"),
        (0.1 + 0.2, "General", "0.3"),
        (2973.9446000000003, "General", "2973.9446"),
        (1 / 3, "General", "0.33333333333"),
    ],
)
def test_shown(value: float, form: str, text: str) -> None:
    assert shown(value, form) == text


@pytest.mark.parametrize(("value", "text"), [(2973.9446000000003, "2973.9446"), (0.1 + 0.2, "0.3"), (7, "7")])
def test_stored_has_no_binary_noise(value: float, text: str) -> None:
    assert str(stored(value)) == text


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (dt.datetime(2023, 3, 15), 'yyyy"年"m"月"d"日";@', "2023年3月15日"),
        (dt.datetime(2023, 3, 15), "yyyy/m/d", "2023/3/15"),
        (dt.datetime(2023, 3, 15), "yyyy-mm-dd h:mm", "2023-03-15"),
        (dt.datetime(2023, 3, 15), "mm-dd-yy", "03-15-2023"),
        (dt.datetime(2023, 3, 15), 'm"月"d"日"', "3月15日"),
        (dt.time(9, 30), "h:mm", "09:30"),
    ],
)
def test_dates(value: dt.datetime | dt.time, form: str, text: str) -> None:
    assert shown_date(value, form) == text
