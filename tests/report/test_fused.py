"""Digits that ran together: split only where the form's own arithmetic leaves one way."""

import pytest

from auditor.document import read_bytes
from auditor.report import read_reports

HEAD = "项目资金（万元）年初预算数全年预算数全年执行数分值执行率得分"
SHORT = "项目资金（万元）全年预算数全年执行数分值执行率得分"


@pytest.mark.parametrize(
    ("line", "amounts"),
    [
        (SHORT + "年度资金总额:202010100.00%10", "20 20 10 100.00 10"),
        (HEAD + "年度资金总额300.00412.50396.841096.20%9.62", "300.00 412.50 396.84 10 96.20 9.62"),
        (HEAD + "年度资金总额300.00412.50396.841098.20%9.62", ""),  # the rate is wrong: no split fits
        ("年度资金总额:202010100.00%10", ""),  # no header says what the numbers are
    ],
)
def test_splits(line: str, amounts: str) -> None:
    (report,) = read_reports(read_bytes(f"项目支出绩效自评表\n\n{line}\n".encode(), "fused.txt"))
    assert " ".join(amount.figure.raw for amount in report.amounts) == amounts
    assert any("粘连" in form.reason for form in report.unread_forms) is not bool(amounts)
