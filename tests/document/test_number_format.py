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
        (123456789012, "General", "123456789012"),
        (5, 'General"万元"', "5万元"),
        (5, 'G/通用格式"万元"', "5万元"),
        (1234, "[DBNum1][$-804]General", "1234"),
        (12345678, "0!.0,", "1234.6"),
        (12345678, "0\\.0000", "1234.5678"),
        (-12345678, '0!.0000"万元"', "-1234.5678万元"),
        (12345678, '[>=10000]0!.0,"万";0', "1234.6万"),
        (999, '[>=10000]0!.0,"万";0', "999"),
        (20230315, "0000-00-00", "2023-03-15"),
        (7, "000", "007"),
        (0, "0;-0;;@", ""),
        (0.5, ".00", "0.50"),
        (95, '"≥"0"%"', "≥95%"),
        (1e100, "0.00", f"1{'0' * 100}.00"),
        (1.5, f"0.{'0' * 40}", f"1.5{'0' * 29}"),
        (1.5, f"0.{'0' * 300}", "1.5"),
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
        (dt.datetime(2023, 3, 15), 'e"年"m"月"', "2023年3月"),
        (dt.datetime(2023, 3, 15), "mmm-yy", "2023-03"),
        (dt.datetime(2023, 3, 15), "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "2023-03-15"),
        (dt.time(9, 30), "h:mm", "09:30"),
    ],
)
def test_dates(value: dt.datetime | dt.time, form: str, text: str) -> None:
    assert shown_date(value, form) == text
