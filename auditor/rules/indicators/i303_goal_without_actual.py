"""I303 量化目标没有报告结果 (indicator.goal-without-actual)

查什么  绩效目标中写明数量或比率的（“完整率达到80%以上”），报告其他地方有没有同一事项的实际数。没有的逐条列出。
为什么  设了目标不报结果，等于没有完成情况；这一项不能算完成。
反例
    城区公厕改造项目支出绩效自评报告
    一、项目基本情况
    （一）项目概况
    对城区公厕进行改造，由城管局组织实施。
    （二）项目绩效目标
    1.设备完好率达到95%以上，群众投诉办结率达98%以上。
    二、绩效目标完成情况
    全年投诉办结率99.2%，改造工作有序推进，存在问题已整改。
    → 存疑
正例
    城区公厕改造项目支出绩效自评报告
    一、项目基本情况
    （一）项目概况
    对城区公厕进行改造，由城管局组织实施。
    （二）项目绩效目标
    1.设备完好率达到95%以上，群众投诉办结率达98%以上。
    二、绩效目标完成情况
    全年设备完好率96.4%，投诉办结率99.2%，存在问题已整改。
    → 无
依据    财预〔2020〕10号：自评应当说明各项绩效目标的完成情况
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.facts.goal_results import MOST_AIMS, quantified_goals, unanswered
from auditor.report.model import Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="I303",
    name="indicator.goal-without-actual",
    title="量化目标没有报告实际结果",
    severity=Severity.MEDIUM,
    basis=("财预〔2020〕10号",),
)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    if report.form.look_alike:
        return
    aims = quantified_goals(report)
    if not aims:
        return
    aims, more = aims[:MOST_AIMS], len(aims) - MOST_AIMS
    if more > 0:
        yield RULE.not_assessable(
            f"绩效目标中量化目标多于{MOST_AIMS}处，其余{more}处没有核对是否报告了结果。",
            [aims[-1].view],
            key=("too many",),
        )
    missing = unanswered(report, aims)
    if not missing:
        yield RULE.consistent(
            f"绩效目标中 {len(aims)} 处量化目标都报告了实际结果。",
            [aim.view for aim in aims],
            key=tuple(aim.view.text for aim in aims),
        )
        return
    told = "；".join(
        f"“{aim.view.text}”"
        + (f"（其中{'、'.join(names)}）" if names and len(names) < len(aim.names) else "")
        for aim, names in missing
    )
    yield RULE.query(
        f"绩效目标中有 {len(missing)} 处量化目标，报告没有写实际完成数：{told}。",
        [aim.view for aim, _ in missing],
        impact="这些目标是否完成无法判断。",
        suggestion="补报各项目标的实际完成数和依据。",
        key=tuple(aim.view.text for aim, _ in missing),
    )
