"""I305 满意度没有调查依据 (indicator.satisfaction-without-survey)

查什么  文字里写明满意度达到多少的，全文有没有写怎样得来：问卷、回访、访谈、测评、抽样等。
        只查据以得分的、专门写满意度的一段；顺带一提的、目标值、只在指标表里填的不查；有一处写到调查的不提。
为什么  满意度只能问服务对象得来；没有调查的百分数是自己估的，不能作为得分依据。
反例
    河道保洁项目支出绩效自评报告
    一、绩效完成情况
    沿河居民满意度达到97%，得满分10分。
    → 存疑
反例
    渠道维修项目支出绩效自评报告
    一、效益
    满意度情况：灌溉有了保障，受益农户满意率98.5%。
    → 存疑
反例
    河道保洁项目支出绩效自评报告
    一、绩效完成情况
    服务对象满意度实际完成98%，得10分。因时间仓促，本年没有组织问卷调查，按日常了解估计。
    → 存疑
正例
    河道保洁项目支出绩效自评报告
    一、绩效完成情况
    向沿河居民发放问卷150份，收回142份，满意度达到97%。
    → 无
正例
    河道保洁项目支出绩效自评报告
    一、绩效目标
    沿河居民满意度达到95%以上。
    → 无
依据    财预〔2020〕10号：自评应当说明各项指标的完成情况和依据
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.facts.satisfaction import denied_surveys, satisfaction_claimed
from auditor.language import word
from auditor.report.model import Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="I305",
    name="indicator.satisfaction-without-survey",
    title="满意度没有调查依据",
    severity=Severity.LOW,
    basis=("财预〔2020〕10号",),
)

_ASKED = "补充调查方式、对象和份数；没有调查的，不能据以得分。"


def check(report: Report, settings: Settings) -> Iterator[Result]:
    if report.form.look_alike:
        return
    if (told := next(denied_surveys(report), None)) is not None:
        rate, denied = told
        yield RULE.query(
            f"满意度写有“{rate.in_words()}”，又写“{denied.text}”，这个数没有依据。",
            [rate.figure, denied],
            suggestion=_ASKED,
            culprits=(rate.figure.span,),
            key=(rate.figure.raw,),
        )
        return
    claimed = list(satisfaction_claimed(report))
    if not claimed:
        return
    survey = next((one for one in report.passages if word("survey").search(one.text)), None)
    names = "、".join(dict.fromkeys(f"“{one.in_words()}”" for one in claimed[:3]))
    if survey is None:
        yield RULE.query(
            f"写有{names}，全文没有说明满意度是怎样调查得来的。",
            [one.figure for one in claimed],
            suggestion=_ASKED,
            culprits=(claimed[0].figure.span,),
            key=tuple(one.figure.raw for one in claimed),
        )
