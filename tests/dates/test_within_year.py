"""Days told in turn, and the year in which all of them are said to lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.api import audit

HEAD = "道路照明项目支出绩效自评报告\n（2022年度）\n\n"


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        ("进度款20万元（2022年5月6日）、尾款9万元（2023年11月8日），均在2022年度支付。", ["2023年11月8日"]),
        ("一标段于2022年6月3日完工，二标段于2021年9月2日完工，均在2022年完工。", ["2021年9月2日"]),
        ("进度款（2022年5月6日）、尾款（2021年11月8日）都于当年支付。", ["2021年11月8日"]),
        ("进度款20万元（2022年5月6日）、尾款9万元（2022年11月8日），均在2022年度支付。", []),
        ("合同于2021年12月3日签订，首款于2022年3月5日支付，尾款于2022年8月6日支付，均在2022年度支付。", []),
        ("进度款（2022年5月6日）、尾款（2023年1月8日）均在2023年6月底前支付。", []),
        ("进度款（2022年5月6日）、尾款（2021年11月8日）均在2023年前支付。", []),
        ("尾款于2023年1月8日支付。其余均在2022年度支付。", []),
    ],
)
def test_outside(tmp_path: Path, text: str, odd: list[str]) -> None:
    path = tmp_path / "r.txt"
    path.write_text(f"{HEAD}一、资金支付情况\n{text}\n", "utf-8")
    (report,) = audit(path).documents[0].reports
    found = [one.message for one in report.every() if one.rule == "R502" and "却不在" in one.message]
    assert len(found) == len(odd)
    assert all(day in message for day, message in zip(odd, found, strict=True))
