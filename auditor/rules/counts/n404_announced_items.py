"""N404 说几项与列几项 (number.announced-items)

查什么  “五个部门”“四大系统”“三项机制”这类说法，与紧接着或前面列出的项目个数是否相同（含一是、二是，（一）（二），顿号并列）；
        “共对 4 个项目开展自评”与编了序号的项目清单是否相同；表格上方说的“8个乡镇”与表中“乡镇”一栏的行数是否相同；编号从几号到几号，与所说份数是否相同。
为什么  说的项数与列的项数不同，多半是照搬旧稿后增删了内容，或漏写一项。
反例
    二、完成情况
    项目建立四项机制：一是联席会商机制，二是定期通报机制，三是督查考核机制。
    → 不一致
反例
    一、项目概况
    平台包括受理登记、分办转办、跟踪督办等四个模块。
    → 存疑
反例
    一、自评开展情况
    本年度共对4个项目开展自评。
    序号 | 项目名称 | 预算数 | 自评得分
    1 | 农机购置补贴 | 200 | 96
    2 | 动物防疫 | 100 | 95
    3 | 农产品质量检测 | 60 | 97
    → 存疑
反例
    一、项目概况
    项目覆盖松岭村、河湾村、石桥村等2个村。
    → 存疑
反例
    二、完成情况
    全年出具检测报告，编号自第014号至第049号，共35份。
    → 存疑
正例
    二、完成情况
    建成受理登记、分办转办、跟踪督办和统计分析四大模块，联合公安、民政等五个部门推广使用。
    → 无
正例
    四、主要问题
    存在以下两个问题：
    1.系统运行不稳定。
    2.人员流动大。
    → 无
依据    表内关系：所说项数＝所列项数
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.document import View
from auditor.facts.announced_items import Announced, announced
from auditor.facts.announced_projects import Projects, projects
from auditor.facts.claim import Strength
from auditor.facts.number_runs import number_runs
from auditor.facts.rows_announced import (
    IndicatorsAnnounced,
    RowsAnnounced,
    indicators_announced,
    rows_announced,
)
from auditor.report.model import Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="N404",
    name="number.announced-items",
    title="所说项数与所列项数不符",
    severity=Severity.MEDIUM,
    basis=("表内关系",),
)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    told: dict[tuple[str, str], list[View]] = {}
    unlisted: list[View] = []
    for claim in announced(report):
        if isinstance(claim, View):
            unlisted.append(claim)
        elif claim.fits:
            told.setdefault(_fits(claim), []).append(claim.words)
        elif claim.strength is not Strength.NONE:
            yield _differs(claim)
    for (message, calculation), places in told.items():
        yield RULE.consistent(message, places, calculation=calculation, key=(calculation,))
    if (listed := projects(report)) is not None:
        yield _projects(listed)
    yield from map(_rows, rows_announced(report))
    yield from map(_indicators, indicators_announced(report))
    yield from _runs(report)
    if unlisted:
        words = "、".join(dict.fromkeys(f"“{view.text}”" for view in unlisted))
        yield RULE.not_assessable(f"{words}只有说法，没有列出内容，无法核对项数。", unlisted)


def _runs(report: Report) -> Iterator[Result]:
    """Runs of numbers, the first and the last of which count, against how many they are said to be."""
    for passage in report.prose:
        for run in number_runs(passage):
            key, equation = (run.view.text,), f"首尾都算，应为 {run.counted}"
            if run.told == run.counted:
                yield RULE.consistent(f"“{run.view.text}”，{equation}，相符。", [run.view], key=key)
                continue
            yield RULE.query(
                f"“{run.view.text}”，{equation}，文中写 {run.told}。",
                [run.view],
                calculation=f"{equation} ≠ {run.told}",
                suggestion="核对起止编号和份数；有空号、跳号的，写明。",
                key=key,
            )


def _rows(found: RowsAnnounced) -> Result:
    """The number of things that the text above a table tells against the rows that name each of them."""
    head, count = found.listing.head, len(found.listing.names)
    key = ("行", str(found.number), str(count))
    if found.number == count:
        return RULE.consistent(f"说“{found.words.text}”，下表列了 {count} 行。", [found.words, head], key=key)
    return RULE.query(
        f"说“{found.words.text}”，下表“{head.text}”一栏只列了 {count} 个。"
        if count < found.number
        else f"说“{found.words.text}”，下表“{head.text}”一栏列了 {count} 个。",
        [found.words, head, found.listing.names[-1]],
        suggestion="核对个数和表中各行，更正有误的一处；表中没有列全的，补全或注明。",
        key=key,
    )


def _indicators(found: IndicatorsAnnounced) -> Result:
    """The number of indicators that the text tells against the rows of the table."""
    count, evidence = len(found.rows), [found.words, found.rows[0], found.rows[-1]]
    key = ("指标", str(found.number), str(count))
    if found.fits:
        return RULE.consistent(f"说“{found.words.text}”，表中列了 {count} 个。", evidence, key=key)
    return RULE.query(
        f"说“{found.words.text}”，表中却列了 {count} 个，从“{found.rows[0].text}”到“{found.rows[-1].text}”。",
        evidence,
        suggestion="核对指标个数和指标表，更正有误的一处；表中没有列全的，补全。",
        key=key,
    )


def _projects(listed: Projects) -> Result:
    """The number of projects in all against the rows, or the headings, that each name one."""
    count, head = len(listed.names), listed.head
    key = ("标题" if head is None else "清单", str(listed.number), str(count))
    if head is None:
        return _under_headings(listed, count, key)
    if count == listed.number:
        return RULE.consistent(
            f"说 {count} 个项目，“{head.text}”一栏列了 {count} 个。", [*listed.words, head], key=key
        )
    return RULE.query(
        f"“{listed.words[0].text}”，“{head.text}”一栏列了 {count} 个。",
        [*listed.words, head, listed.names[-1]],
        suggestion="核对项目个数和清单，更正有误的一处；清单没有列全的，补全或注明。",
        key=key,
    )


def _under_headings(listed: Projects, count: int, key: tuple[str, ...]) -> Result:
    evidence = [*listed.words, *listed.names]
    if count == listed.number:
        return RULE.consistent(f"说 {count} 个项目，后面分 {count} 个项目说明。", evidence, key=key)
    only = "只" if count < listed.number else ""
    return RULE.query(
        f"“{listed.words[0].text}”，后面{only}分了 {count} 个项目说明，到“{listed.names[-1].text}”为止。",
        evidence,
        suggestion="核对项目个数和分项说明，更正有误的一处；没有说明的项目，补写。",
        key=key,
    )


def _words(claim: Announced) -> str:
    told = claim.words.text.rstrip(":，,。(")
    return told if told[:1] in '“"' else f"“{told}”"


def _listed(claim: Announced) -> str:
    return f"所列 {claim.items.least} 项：{claim.items.told()}"


def _fits(claim: Announced) -> tuple[str, str]:
    listed = _listed(claim) if not claim.missing else _listed(claim).replace("：", "（末项并列两个）：", 1)
    return f"{_words(claim)}与所列项数相符。", f"{listed}，与所说 {claim.number} 项相符"


def _differs(claim: Announced) -> Result:
    told, number, least = _words(claim), claim.number, claim.items.least
    return RULE.by(claim.strength)(
        f"{told}说的是 {number} 项，{'实际只列出' if claim.missing > 0 else '却列出'} {least} 项。",
        [claim.words, *claim.items.views],
        calculation=f"{_listed(claim)}；{least} ≠ {number}",
        suggestion="核对所说项数与所列内容，补上漏列的一项或更正项数。",
        culprits=(claim.words.span(),),
        key=(told, str(number), str(least)),
    )
