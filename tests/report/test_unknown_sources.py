"""A column among the sources of money is one of them, whatever its name."""

from __future__ import annotations

import pytest

from auditor.document.open import read_bytes
from auditor.report import read_reports

_UNKNOWN = ("车辆购置税资金", "预算内投资", "青苗基金", "甲")


def _lines(table: str) -> list[tuple[str, str, str]]:
    """(line, role, figure) of the money table of a form."""
    text = f"2024年度项目支出绩效自评表\n项目名称\t河道清淤\n{table}\n"
    (report,) = read_reports(read_bytes(text.encode(), "例.txt"))
    return sorted((one.line.name, one.role.value, one.figure.raw) for one in report.amounts)


@pytest.mark.parametrize("name", _UNKNOWN)
def test_between_the_total_and_a_known_source(name: str) -> None:
    told = _lines(
        f"项目资金（万元）\t项目\t合计\t{name}\t省级资金\t县级配套\n"
        "\t预算数\t400.00\t270.00\t90.00\t40.00\n\t执行数\t392.00\t270.00\t90.00\t32.00"
    )
    assert (name, "预算", "270.00") in told
    assert (name, "支出", "270.00") in told


@pytest.mark.parametrize("name", ["备注", "说明"])
def test_what_is_no_money_is_none(name: str) -> None:
    told = _lines(
        f"项目资金（万元）\t项目\t合计\t省级资金\t县级配套\t{name}\n"
        "\t预算数\t130.00\t90.00\t40.00\t1\n\t执行数\t122.00\t90.00\t32.00\t2"
    )
    assert all(line != name for line, *_ in told)
