"""I306 实际完成值空着却有得分 (indicator.blank-cells)

查什么  指标有分值、有得分，实际完成值（或者连同年度指标值）却空着，而同一张表的其他指标大多填了。加分项、执行率一行、几项合用一个得分的，以及写了说明或原因的，不列。
为什么  没有完成情况，得分没有依据；多半是漏填。
反例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    产出指标 | 数量指标 | 加固堤防长度 | ≥12公里 | 12.4公里 | 40 | 40
    产出指标 | 质量指标 | 工程验收合格率 |  |  | 20 | 20
    效益指标 | 社会效益指标 | 保护人口 | ≥3000人 | 3150人 | 40 | 40
    总分 | | | | | 100 | 100
    → 存疑
反例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    产出指标 | 数量指标 | 加固堤防长度 | ≥12公里 | 12.4公里 | 40 | 40
    产出指标 | 质量指标 | 工程验收合格率 | 100% |  | 20 | 20
    效益指标 | 社会效益指标 | 保护人口 | ≥3000人 | 3150人 | 40 | 40
    总分 | | | | | 100 | 100
    → 存疑
正例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    产出指标 | 数量指标 | 加固堤防长度 | ≥12公里 | 12.4公里 | 40 | 40
    产出指标 | 质量指标 | 工程验收合格率 | 100% | 100% | 20 | 20
    效益指标 | 社会效益指标 | 保护人口 | ≥3000人 | 3150人 | 40 | 40
    总分 | | | | | 100 | 100
    → 无
依据    财预〔2020〕10号：自评须填写各项指标的目标值和实际完成值
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby

from auditor.compiled import compiled
from auditor.document import View
from auditor.facts.scoring.execution import is_row as is_execution_row
from auditor.facts.scoring.score_rows import counted
from auditor.figures import Equation, Figure, Term, added, show
from auditor.language import word
from auditor.report.model import Indicator, Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="I306",
    name="indicator.blank-cells",
    title="实际完成值空着却有得分",
    severity=Severity.MEDIUM,
    basis=("财预〔2020〕10号",),
)

# A name may hold the target itself: "设备完好率≥95%".
_DIGIT = compiled(r"\d")
_WORD = compiled(r"\w")


def check(report: Report, settings: Settings) -> Iterator[Result]:
    if report.form.look_alike:
        return
    rows = sorted(counted(report), key=lambda row: row.table)
    texts = sorted((one.span.start, one.text) for one in report.passages)
    found = [one for _, table in groupby(rows, lambda row: row.table) for one in _blank(texts, list(table))]
    if not found:
        return
    told = "、".join(f"“{row.name}”{show(score.value)}/{show(weight.value)}" for row, weight, score in found)
    evidence: list[View | Figure] = []
    for row, weight, score in found:
        evidence += [row.name_view, weight, score]
    points = [score for *_, score in found]
    total = added(Term.of(score) for score in points)
    yield RULE.query(
        f"{len(found)} 项指标没有填写{_what(row for row, *_ in found)}，却有得分：{told}。",
        evidence,
        relations=(Equation(total),),
        impact=f"涉及得分 {show(sum((score.value for score in points), Decimal(0)))} 分没有依据。",
        suggestion="补填空着的目标值和实际完成值，并附依据；不考核的指标，不应计分。",
        key=tuple(row.place for row, *_ in found),
    )


def _what(rows: Iterable[Indicator]) -> str:
    """What the rows leave empty, in the words of the form."""
    without_aim = {row.target is None for row in rows}
    if len(without_aim) > 1:
        return "实际完成值（有的连目标值也没有）"
    return "目标值和实际完成值" if without_aim.pop() else "实际完成值"


_Texts = list[tuple[int, str]]
"""The cells and paragraphs of a report, each with the place where it begins."""


def _blank(texts: _Texts, rows: list[Indicator]) -> Iterator[tuple[Indicator, Figure, Figure]]:
    """Rows of one table that leave the actual value empty, where most of its rows fill both cells."""
    rows = [row for row in rows if not is_execution_row(row)]
    filled = sum(row.target is not None and row.actual is not None for row in rows)
    if filled * 2 < len(rows) or filled < 2:
        return
    for row in rows:
        weight, score = row.weight, row.score
        if weight is not None and score is not None and score.value > 0 and _says_nothing(texts, row):
            yield row, weight, score


def _says_nothing(texts: _Texts, row: Indicator) -> bool:
    """Whether the row has points, a name and at most a target: an answer may stand in any other of its cells, and
    "无" is one (事故 | 无 | 无); a dash is none."""
    if not (row.has_target_column and row.has_actual_column) or row.actual:
        return False
    if row.is_bonus or row.shares_score or row.parts:
        return False
    named = row.target is None and _DIGIT.search(row.name) is not None
    if word("measured_class").search(row.place) is None or named:
        return False
    points = (row.weight, row.score, row.review_score)
    own = {row.name_view.text, *(level.view.text for level in row.path)}
    own |= {figure.view.text for figure in points if figure is not None}
    own |= {row.target.text} if row.target is not None else set()
    first, last = (bisect_left(texts, (at, "")) for at in (row.span.start, row.span.end))
    return all(text in own or _WORD.search(text) is None for _, text in texts[first:last])
