"""Whether more or less of an indicator is better, and whether that is beyond doubt.

A sign in the target settles it. Without one only names of a closed list, and targets of 100%, are
surely "the more the better"; words of the other list say that less is better, but never prove it.
"""

from __future__ import annotations

from decimal import Decimal

from auditor.compiled import compiled
from auditor.figures import INFINITY, Figure, Interval, Kind, Modifier

# Indicators of which less is better even where the target carries no sign.
_LESS_IS_BETTER = compiled(
    r"成本|造价|单价|费用|支出|投入|经费|价格|事故|投诉|信访|上访|案件|漏|超期|超时|超限|流失|辍学|发病|死亡|伤亡|"
    r"工期|时长|用时|时限|审限|响应时间|等待|耗时|能耗|水耗|排放|浓度|差错|误差|延误|返工|超支|发生率|再犯|犯罪|违法|复发|失业|空置|逾期|"
    r"超标|误报|缺勤|破损|拖欠|欠费|淘汰|违规|违纪|缺陷|故障|负债|亏损|损失|积压|闲置|不满|重复|退(?![役休耕捕牧])|贫困|隐患|滞留|缺口|率差|"
    r"污染|不良|不合格|不达标|未(?!成年|来)"
)
_COST = compiled(r"成本|造价|单价|费用|支出|投入|经费|价格|标准")
_OF_RATE = compiled(r"(?:率|进度|比例|程度)$")
_CONTROLLED = compiled(r"成本|控制|节约|超|价")  # 资金支出率 is no cost, 成本控制率 may be
_COST_END = compiled(r"(?:成本|造价|单价|费用?|价格|标准)$")
# What is done about a bad thing is good again: 投诉办结, 隐患整改, 贫困学生资助.
_MORE_IS_BETTER = compiled(
    r"处置|处理|办结|化解|整改|控制率|回应|解决|覆盖|(?<!不)合格|完成|排查|节约|节省|减少|降低|下降|增加|增收|带动|拉动|提高|及时|"
    r"资助|补助|救助|慰问|帮扶|脱贫|消除|清理|治理|整治|修复|处罚|查处"
)
# Work done and good achieved: nobody sets such a target as an upper limit.
_DONE = compiled(
    r"(?<!不)(?:满意度|合格率|达标)|完成率|覆盖|及时率|按时|成活|完好|准确率|到位率|办结|化解|整改|排查|处置|清理|治理|修复|参与率|参保|知晓率|普及率|入住率|"
    r"就业|受益|惠及|服务(?:人|对象|群众|企业|户)|带动|增收|新增|新建|改建|扩建|建设(?!周期|成本|期)|建成|修建|修缮|改造|整治|"
    r"安装|购置|采购|配备|发放|资助|补助(?!标准)|培训|举办|开展|组织|栽植|种植|绿化|造林|检测|巡查|检查|抽检|监测|宣传|"
    r"演出|放映|出版|编制|印发|制作|采集|录入|清运|疏浚|铺设|开设|创建|验收|招聘|引进|接种|筛查|体检|签约|巡逻|走访|普查|"
    r"更换|更新|产量|产值"
)
# Without a sign nobody can tell whether three days instead of five is good ("办理", "开放").
_TIME = frozenset(("天", "日", "小时", "分钟", "工作日", "个工作日", "月", "个月", "年", "秒"))


def wanted(target: Figure, label: str) -> tuple[Interval | None, bool, bool]:
    """Values (in base units) that meet the target (None: no telling); whether less is better;
    whether that is sure."""
    value = target.amount
    name = label.rsplit("/", 1)[-1]
    more = bool(_MORE_IS_BETTER.search(name))
    rate = target.kind is Kind.RATE and _OF_RATE.search(name) is not None and not _CONTROLLED.search(name)
    spent = not rate and ("成本" in label or bool(_COST.search(name)))
    cost = spent and (not more or bool(_COST_END.search(name)))
    bad = bool(_LESS_IS_BETTER.search(name)) and not more and not (rate and _COST.search(name))
    whole = target.kind is Kind.RATE and value == 1
    match target.modifier:
        case Modifier.AT_MOST:
            return Interval(-INFINITY, value), True, True
        case Modifier.UNDER:
            return Interval(-INFINITY, value, high_open=True), True, True
        case Modifier.AT_LEAST:
            return Interval(value, INFINITY), False, not cost
        case Modifier.OVER:
            return Interval(value, INFINITY, low_open=True), False, not cost
    if value == 0 and target.modifier in (Modifier.NONE, Modifier.EQUAL):
        return Interval(-INFINITY, value), True, True
    if not whole and (cost or bad):
        return Interval(-INFINITY, target.base.high), True, False
    if target.unit in _TIME:
        return None, False, False
    low = target.base.low if target.is_vague else value
    done = bool(_DONE.search(name))
    sure = (done or (whole and not spent)) and not bad and target.kind is not Kind.MONEY
    sure = sure and not (target.kind is Kind.RATE and value < Decimal("0.5"))
    return Interval(low, INFINITY), False, sure
