"""Stages of one work, batches and money whose days go against their order, sentences and chapters apart."""

from __future__ import annotations

import pytest

from tests.facts.asked import asked

_ASKED = [
    # contract, then an acceptance in another chapter of what the title names
    ("县综合调度系统升级项目", "一、概况\n县大数据中心与中标的远帆科技公司于2023年8月14日签订合同。\n"
     "二、成效\n调度系统于2023年6月30日通过终验。"),
    ("河道驿站工程", "一、实施\n经抢工，11月2日全部单体完工，未申请延期。10月8日，县水利局组织五方责任主体进行了竣工验收。"),
    ("中学食堂改建项目", "一、实施\n2023年5月9日取得施工许可证并于当日正式开工。\n"
     "二、质量\n县住建局于2023年4月21日对主体及安装工程进行竣工联合验收，结论合格；财务决算预计年底完成。"),
    ("幼儿园屋面维修项目", "一、实施\n2022年12月列入计划。\n4月2日进场，8月30日全部完工。\n"
     "二、质量\n2023年8月12日，县教育局对全部工程组织竣工验收，一次合格。"),
    # no lot comes before the contract
    ("雷达站设备更新项目", "一、实施\n2023年3月20日签订合同，首批设备于2022年4月18日运抵现场，第二批于5月6日到货。"),
    # what was approved is paid after the approval
    ("农房加固项目", "一、对象\n县政府于2023年10月16日批复同意（云政复〔2023〕12号）。\n"
     "二、兑付\n补助依据上述批复，于2023年7月20日全部发放到户。"),
    # batches and courses by number
    ("护林员培训项目", "一、产出\n第一期于2023年5月开班，第二期于2023年8月开班，最后一期于2022年9月开班。"),
    ("图书配送项目", "一、产出\n首批于2023年6月送达，第二批于2023年4月送达。"),
    # money that is passed on before it comes, or comes when the year is over
    ("村级道路项目", "一、资金\n2023年，补助资金于7月3日下达到县，县财政局在5月11日一次性全部拨付至各乡镇。"),
    ("山洪沟治理项目", "一、资金\n省级资金300万元于2024年6月4日下达到县，2023年12月前全部用完。"),
]  # fmt: skip
_SILENT = [
    ("县综合调度系统升级项目", "一、概况\n与远帆科技公司于2023年3月14日签订合同。\n二、成效\n系统于2023年6月30日通过终验。"),
    # another thing than the title's
    ("县综合调度系统升级项目", "一、概况\n与远帆科技公司于2023年8月14日签订合同。\n二、成效\n配套机房于2023年6月30日通过验收。"),
    ("河道驿站工程", "一、实施\n11月2日全部完工，已批准延期。10月8日，县水利局进行了主体验收。"),
    # samples and first inspections may come before
    ("雷达站设备更新项目", "一、实施\n2023年3月20日签订合同，样品于2023年2月18日运抵现场。"),
    # the end of one course, the beginning of the next
    ("护林员培训项目", "一、产出\n第一期于2023年9月结束，第二期于2023年8月开班。"),
    # phases of a building site
    ("产业园项目", "一、产出\n第一期工程于2023年9月开工，第二期工程于2023年8月开工。"),
    ("村级道路项目", "一、资金\n2023年，补助资金于7月3日下达到县，此前由乡镇先行垫付，5月11日全部支付。"),
    ("山洪沟治理项目", "一、资金\n省级资金300万元于2023年6月4日下达到县，2024年1月发文收回结余。"),
]  # fmt: skip


def _asked(title: str, text: str) -> list[str]:
    return asked("R502", text, title)


@pytest.mark.parametrize(("title", "text"), _ASKED)
def test_asked(title: str, text: str) -> None:
    assert len(_asked(title, text)) == 1, _asked(title, text)


@pytest.mark.parametrize(("title", "text"), _SILENT)
def test_not_asked(title: str, text: str) -> None:
    assert not _asked(title, text)


def test_a_row_that_was_done_a_year_before_it_was_due() -> None:
    rows = (
        "产出指标 | 时效指标 | 完工时间 | 2023年10月底前 | {} | 10 | 10\n"
        "产出指标 | 数量指标 | 硬化道路 | 8公里 | 8公里 | 10 | 10\n"
    )
    head = "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分\n"
    assert len(_asked("道路项目", head + rows.format("2022年10月8日"))) == 1
    assert not _asked("道路项目", head + rows.format("2023年10月8日"))
