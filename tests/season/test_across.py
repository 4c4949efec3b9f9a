"""Relations between papers: each with a case that fires and those that must not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from auditor.document import read
from auditor.report import Report, read_reports
from auditor.season.across import declared, expenses, submissions, units
from auditor.season.across.grouping import Group, groups
from auditor.season.across.matter import Matter, Side, told
from auditor.season.across.stated import Stated, stated
from auditor.season.records import Record

FORM = """项目支出绩效自评表
（2025年度）
项目名称 | {project} |  |  |  |  |  |
主管部门 | 乙县水务局 |  | 实施单位 | {unit} |  |  |
项目资金（万元） | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
年度资金总额 | {initial} | {budget} | {paid} | 10 | 100% | 10 |
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
产出指标 | 数量指标 | 清淤渠道长度 | {length} | 30公里 | 50 | {score} |
效益指标 | 社会效益指标 | 灌溉保证率 | ≥90% | 95% | 40 | 40 |
总分 |  |  |  |  | 100 | {total} |
"""
DECLARATION = """项目支出绩效目标申报表
（2025年度）
项目名称 | 东干渠清淤 |  |  |
主管部门 | 乙县水务局 | 实施单位 | 乙县灌区站 |
项目资金（万元） | 年度资金总额 | {budget} |  |
年度目标 | 完成东干渠清淤，保证春灌用水 |  |  |
一级指标 | 二级指标 | 三级指标 | 指标值 |
产出指标 | 数量指标 | 清淤渠道长度 | {length} |
效益指标 | 社会效益指标 | 灌溉保证率 | ≥90% |
满意度指标 | 服务对象满意度指标 | 用水户满意度 | ≥85% |
"""
DETAIL = """项目支出绩效自评报告
项目名称：{project}
实施单位：乙县灌区站
（2025年度）
支出明细表（单位：元）
支出内容 | 预算数 | 支出数
{payee} | {amount} | {amount}
测量费 | 12000 | 12000
合计 | {total} | {total}
付款凭证号：{voucher}
"""
DEFAULTS: dict[str, Any] = {
    "project": "东干渠清淤", "unit": "乙县灌区站", "initial": "318.62", "budget": "318.62", "paid": "318.62",
    "length": "≥30公里", "score": 50, "total": 100,
}  # fmt: skip


class Desk:
    """Papers read from files, as the store would give them back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.reports: dict[int, Report] = {}
        self.records: list[Record] = []

    def paper(self, text: str, **more: Any) -> Record:
        number = len(self.records) + 1
        file = self.folder / f"{number}.txt"
        file.write_text(text, encoding="utf-8")
        (report,) = read_reports(read(file))
        self.reports[number] = report
        score = report.total_score
        record = Record(
            id=number, key=f"{number:016d}", path=str(file), member="", index=1, sha256=report.document.sha256,
            title=report.title, project=report.project, code="", unit=report.unit, category="",
            form=report.form.value, year=report.fiscal_year, budget=None, paid=None,
            self_score=score.value if score else None, recomputed_score=None, grade="", added=f"2026-03-{number:02d}",
        )  # fmt: skip
        self.records.append(replace(record, **more))
        return self.records[-1]

    def form(self, changes: dict[str, Any] | None = None, **more: Any) -> Record:
        return self.paper(FORM.format(**DEFAULTS | (changes or {})), **more)

    def read(self, record: Record, earlier: bool) -> Stated:
        return Stated.read(stated(self.reports[record.id]).written())

    def group(self) -> Group:
        (group,) = groups(self.records)
        return group

    def quotes(self, matters: Iterator[Matter]) -> list[list[str]]:
        """The quotes of each matter, checked against the texts."""
        kept, dropped = told(matters, lambda side: self.reports[side.record.id].document.text)
        assert dropped == 0
        assert all(one.result.origin == "corpus" and one.result.verdict == "query" for one in kept)
        return [[evidence.quote for evidence in one.result.evidence] for one in kept]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.mark.parametrize(
    ("change", "quotes"),
    [
        ({}, []),
        ({"budget": "318.6", "initial": "318.6", "paid": "318.6"}, []),
        ({"paid": "301.55"}, [["318.62", "301.55"]]),
        ({"score": 48, "total": 98}, [["100", "98"]]),
        ({"initial": "320", "budget": "320"}, [["318.62", "320", "318.62", "320"]]),
    ],
)
def test_two_submissions(desk: Desk, change: dict[str, Any], quotes: list[list[str]]) -> None:
    desk.form()
    desk.form(change)
    assert desk.quotes(submissions.different(desk.group(), desk.read)) == quotes


def test_one_question_for_all_corrected_versions(desk: Desk) -> None:
    """The last version counts, and is held against the latest that says otherwise."""
    for paid in ("318.62", "310.00", "301.55", "301.55"):
        desk.form({"paid": paid})
    assert desk.quotes(submissions.different(desk.group(), desk.read)) == [["310.00", "301.55"]]


@pytest.mark.parametrize(
    ("before", "now", "year", "quotes"),
    [
        (("318.62", "301.55"), ("318.62", "301.55"), 2024, [["318.62"] * 4 + ["301.55"] * 2]),
        (("318.62", "301.55"), ("318.62", "301.55"), 2025, []),
        (("318.62", "301.55"), ("318.62", "299.10"), 2024, []),
        (("318.62", "318.62"), ("318.62", "318.62"), 2024, []),  # one amount, however often it is told
        (("300", "280"), ("300", "280"), 2024, []),
    ],
)
def test_two_amounts_of_last_year(
    desk: Desk, before: tuple[str, str], now: tuple[str, str], year: int, quotes: list[list[str]]
) -> None:
    old, new = (
        desk.form({"initial": budget, "budget": budget, "paid": paid}, year=year)
        for (budget, paid), year in ((before, year), (now, 2025))
    )
    assert desk.quotes(submissions.stale(new, old, desk.read)) == quotes


@pytest.mark.parametrize(
    ("budget", "length", "says"),
    [
        ("318.62", "≥30公里", ["里有1个指标，自评表没有：“用水户满意度”"]),
        ("318.62", "≥36公里", ["目标降低", "里有1个指标"]),
        ("318.62", "≥28公里", ["里有1个指标"]),
        ("318.62", "≥40处", ["换了计量单位", "里有1个指标"]),
        ("318.62", "≥30000米", ["里有1个指标"]),  # another unit of the same target
        ("318.62", "≥36000米", ["目标降低", "里有1个指标"]),
        ("350.00", "≥30公里", ["里有1个指标", "申报表预算“350.00”，自评表年初预算“318.62”"]),
    ],
)
def test_declared(desk: Desk, budget: str, length: str, says: list[str]) -> None:
    desk.paper(DECLARATION.format(budget=budget, length=length), year=2025)
    desk.form(year=2025)
    matters = list(declared.changed(desk.group(), desk.read))
    assert [part for part, matter in zip(says, matters, strict=True) if part not in matter.message] == []
    desk.quotes(iter(matters))


SPLIT = """项目支出绩效目标表（2025年度）
项目名称 | 东干渠清淤 |  |  |  |
预算单位 | 乙县灌区站 |  |  |  |
年度资金总额（万元） | 318.62 |  |  |  |
一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位
产出指标 | 数量指标 | 清淤渠道长度 | ≥ | 30 | 公里
效益指标 | 社会效益指标 | 灌溉保证率 | ≥ | {rate} | %
"""


@pytest.mark.parametrize(("rate", "count"), [("90", 0), ("95", 1), ("85", 0)])
def test_a_number_under_its_unit_is_the_number_with_its_unit(desk: Desk, rate: str, count: int) -> None:
    desk.paper(SPLIT.format(rate=rate), year=2025)
    desk.form(year=2025)
    assert len(desk.quotes(declared.changed(desk.group(), desk.read))) == count


MONITOR = """项目支出绩效运行监控表
（2025年度）
项目名称 | 东干渠清淤 |  |  |  |
主管部门 | 乙县水务局 | 实施单位 | 乙县灌区站 |  |
项目资金（万元） | 年初预算数 | 1—7月执行数 | 1—7月执行率 | 全年预计执行数 |
年度资金总额 | 318.62 | 120.00 | 37.66% | 318.62 |
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 1—7月执行情况 | 全年预计完成情况
产出指标 | 数量指标 | 清淤渠道长度 | {length} | 12公里 | 预计完成
效益指标 | 社会效益指标 | 灌溉保证率 | ≥90% | 92% | 预计完成
"""


@pytest.mark.parametrize(("length", "count"), [("≥30公里", 0), ("≥36公里", 1)])
def test_monitored(desk: Desk, length: str, count: int) -> None:
    desk.paper(MONITOR.format(length=length), year=2025)
    desk.form({"paid": "301.55"}, year=2025)
    assert len(desk.quotes(declared.changed(desk.group(), desk.read))) == count
    assert desk.quotes(submissions.different(desk.group(), desk.read)) == []


def test_full_marks_everywhere(desk: Desk) -> None:
    for name in ("东干渠清淤", "西干渠清淤", "泵站检修"):
        desk.form({"project": name})
    (own,) = units.by_unit(desk.records).values()
    assert desk.quotes(units.full_marks(own, desk.read)) == [["100"] * 3]
    assert desk.quotes(units.full_marks(own[:2], desk.read)) == []
    assert desk.quotes(units.full_marks([*own, replace(own[0], self_score=Decimal(99))], desk.read)) == []


@pytest.mark.parametrize(
    ("amounts", "quotes"),
    [(("200.00", "150.00"), 1), (("100.00", "150.00"), 0), (("168.62", "150.00"), 0)],
)
def test_projects_above_the_whole(desk: Desk, amounts: tuple[str, str], quotes: int) -> None:
    whole = desk.form({"project": "部门整体"}, form="部门整体支出绩效自评")
    for number, amount in enumerate(amounts):
        desk.form({"project": f"第{number}灌片", "initial": amount, "budget": amount, "paid": "1.00"})
    (own,) = units.by_unit(desk.records).values()
    assert whole in own
    assert len(desk.quotes(units.above_whole(own, desk.read))) == quotes


@pytest.mark.parametrize(
    ("payee", "amount", "voucher", "quotes"),
    [
        ("宏远清淤公司", 356280, "记-20250318", 2),
        ("宏远清淤公司", 356280, "记-20250499", 1),
        ("顺达清淤公司", 356280, "记-20250499", 0),
        ("宏远清淤公司", 412900, "记-20250499", 0),
    ],
)
def test_one_expense_in_two_projects(desk: Desk, payee: str, amount: int, voucher: str, quotes: int) -> None:
    first = {"payee": "宏远清淤公司", "amount": 356280, "voucher": "记-20250318", "total": 368280}
    desk.paper(DETAIL.format(project="东干渠清淤", **first))
    desk.paper(
        DETAIL.format(project="西干渠清淤", payee=payee, amount=amount, voucher=voucher, total=amount + 12000)
    )
    assert len(desk.quotes(expenses.twice(desk.records, desk.read))) == quotes


LEDGER = """乙县灌区站2025年{project}绩效自评报告
一、资金使用
{told}
支出明细表（单位：元）
序号 | 支出内容 | 收款单位 | 金额（元） | 凭证号
1 | 工程款 | {payee} | {amount} | {voucher}
2 | 复印费 | 县城图文社 | 365 | 记-{small}
"""


@pytest.mark.parametrize(
    ("payee", "amount", "voucher", "told", "quotes"),
    [
        ("宏远清淤公司", 356280, "记-0231", "", [["356280", "356280"], ["记-0231", "记-0231"]]),
        ("宏远清淤公司", 356280, "记-0499", "", [["356280", "356280"]]),
        ("宏远清淤公司", 412900, "记-0231", "", []),  # number 231 of another month
        ("顺达清淤公司", 356280, "记-0499", "", []),  # the same purpose and amount, but another payee
        ("顺达清淤公司", 412900, "记-0499", "", []),
        ("顺达清淤公司", 412900, "记-0499", "另支付宏远清淤公司工程款356280元。", [["356280", "356280元"]]),
        ("顺达清淤公司", 412900, "记-0499", "合同约定支付宏远清淤公司工程款，其中356280元尚未支付。", []),
    ],
)
def test_one_payment_in_two_ledgers(
    desk: Desk, payee: str, amount: int, voucher: str, told: str, quotes: list[list[str]]
) -> None:
    first = {"payee": "宏远清淤公司", "amount": 356280, "voucher": "记-0231", "told": "", "small": "0012"}
    desk.paper(LEDGER.format(project="东干渠清淤", **first))
    desk.paper(
        LEDGER.format(
            project="西干渠清淤", payee=payee, amount=amount, voucher=voucher, told=told, small="0047"
        )
    )
    assert desk.quotes(expenses.twice(desk.records, desk.read)) == quotes


def test_grouping_by_code_and_by_name(desk: Desk) -> None:
    one = desk.form(code="2025-118")
    other = desk.form({"project": "2025年东干渠 清淤"})  # no code, but the name of one that has
    third = desk.form({"project": "东干渠清淤工程"})
    fourth = desk.form({"project": "改名以后", "unit": "另一单位"}, code="2025-118")
    (group,) = groups(desk.records)
    assert (group.by, [record.id for record in group.records]) == ("项目编码", [one.id, other.id, fourth.id])
    (group,) = groups(desk.records, {third.id: "2025-118", fourth.id: ""})
    assert (group.by, [record.id for record in group.records]) == ("人工指定", [one.id, other.id, third.id])


def test_a_quote_that_is_not_in_its_document_is_dropped_and_counted(desk: Desk) -> None:
    record = desk.form()
    matter = Matter(submissions.DIFFERENT, "…", (Side(record, 0, 2, "没有"),))
    assert told([matter], lambda side: "别的文字") == ([], 1)
