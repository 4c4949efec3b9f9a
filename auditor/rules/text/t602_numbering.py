"""T602 编号不连续 (text.numbering)

查什么  章节、条目和单元格内各条的编号是否连续：缺号、重号、倒号，以及中途换了写法的（（一）之后是（2））。
        换到新的上级标题下重新编号、接着上一节继续编号，都是正常的。明细表的行号、序号不算编号。
为什么  编号跳过一个，往往是删掉或漏掉了一条内容；要确认漏的是编号还是内容。
反例
    一、项目概况
    新建文化广场三处。
    二、资金使用情况
    资金已按合同支付。
    四、存在问题
    后期管护力量不足。
    → 存疑
反例
    三、绩效情况
    （一）产出情况。三处广场均已建成。
    （2）效益情况。居民晚间有了去处。
    → 存疑
正例
    一、项目概况
    （一）主要内容。新建文化广场三处。
    （二）资金安排。由县财政安排。
    二、项目绩效
    （一）产出情况。1.广场按期建成；2.照明同步启用。
    （二）效益情况。1.居民晚间有了去处；2.周边商户客流增加。
    → 无
依据    GB/T 9704-2012《党政机关公文格式》结构层次序数
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.document import View
from auditor.facts.numbered_lists import numbered_lists
from auditor.language.numbering import Fault, Listed, Mark, in_chinese
from auditor.language.sentence import clause_end
from auditor.report.model import Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="T602",
    name="text.numbering",
    title="编号不连续",
    severity=Severity.LOW,
    basis=("GB/T 9704-2012",),
)

_QUOTED = 30


def check(report: Report, settings: Settings) -> Iterator[Result]:
    faults, lists = numbered_lists(report)
    for fault in faults:
        yield _result(fault)
    kept = [item for item in lists if item.count > 1]
    if kept and not faults:
        yield _kept(kept)


def _result(fault: Fault) -> Result:
    mark, before = fault.mark, fault.before
    previous, shown = _show(before), _show(mark)
    told = {
        "缺号": f"编号不连续：“{previous}”之后是“{shown}”，缺“{_missing(before, mark)}”。",
        "重号": f"编号重复：“{shown}”出现两次。",
        "倒号": f"编号颠倒：“{previous}”之后是“{shown}”。",
        "换写法": f"编号写法前后不一：“{previous}”之后是“{shown}”，同一层编号应当用同一种写法。",
    }[fault.kind]
    return RULE.query(
        told,
        [_line(before), _line(mark)],
        suggestion="核对是否漏了内容；没有漏的，把编号改为连续。"
        if fault.kind == "缺号"
        else "核对各条内容，把编号改为连续一致。",
        key=(fault.kind, previous, shown, before.title, mark.title),
    )


def _line(mark: Mark) -> View:
    end = mark.start + len(mark.written)
    return mark.view.part(mark.start, clause_end(mark.view.text, end, _QUOTED))


def _show(mark: Mark) -> str:
    return mark.written.replace("(", "（").replace(")", "）").rstrip("、.:")


def _missing(before: Mark, mark: Mark) -> str:
    digits = any(char.isdigit() for char in mark.written)
    shown = [str(value) if digits else in_chinese(value) for value in range(before.value + 1, mark.value)]
    text = "、".join(shown[:5]) + ("等" if len(shown) > 5 else "")
    return f"（{text}）" if mark.style in ("bcn", "bnum") else text


def _kept(lists: list[Listed]) -> Result:
    shown = [f"{_show(item.first)}至{_show(item.last)}" for item in lists]
    total = sum(item.count for item in lists)
    return RULE.consistent(
        f"{len(lists)}组编号共{total}个，均连续：{'，'.join(shown[:6])}{'等' if len(shown) > 6 else ''}。",
        [_line(item.first) for item in lists[:6]],
        key=("kept",),
    )
