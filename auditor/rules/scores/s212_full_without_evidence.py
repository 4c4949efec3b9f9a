"""S212 写明没有依据仍得满分 (score.full-without-evidence)

查什么  报告自己写明尚未验收、没有做满意度调查或没有佐证材料，有关指标仍得满分：尚未验收的，看验收、合格一类的指标；没有做调查的，
        看满意度指标；没有佐证的，看写在这句话所在的一行。只有部分没有的，不提；已付清或有预付款的，验收归 F110。
为什么  没有验收、没有调查、没有佐证，完成值无从核对，满分没有依据。
反例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    产出指标 | 质量指标 | 工程验收合格率 | 100% | 100% | 60 | 60
    满意度指标 | 服务对象满意度指标 | 灌区农户满意度 | ≥90% | 93% | 40 | 40
    总分 | | | | | 100 | 100
    三、其他说明
    渠道衬砌于十二月完成，工程尚未组织竣工验收。
    → 存疑
反例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    产出指标 | 质量指标 | 渠道完好率 | ≥95% | 96% | 60 | 60
    满意度指标 | 服务对象满意度指标 | 灌区农户满意度 | ≥90% | 93% | 40 | 40
    总分 | | | | | 100 | 100
    三、其他说明
    因人手紧张，本年度没有开展满意度调查。
    → 存疑
正例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    产出指标 | 质量指标 | 渠道完好率 | ≥95% | 96% | 60 | 60
    满意度指标 | 服务对象满意度指标 | 灌区农户满意度 | ≥90% | 93% | 40 | 40
    总分 | | | | | 100 | 100
    三、其他说明
    向农户发放问卷一百二十份，满意度调查结果已存档。
    → 无
依据    财预〔2020〕10号：自评结果应当有依据
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.document import View
from auditor.facts.acceptance import clause_of, pending_work, prepayments
from auditor.facts.scoring.execution import is_row as is_execution_row
from auditor.facts.scoring.problems import marks_of
from auditor.facts.scoring.score_rows import counted
from auditor.figures import Figure
from auditor.language import word
from auditor.language.sentence import clause_end
from auditor.report.model import FormKind, Indicator, Report, Role
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="S212",
    name="score.full-without-evidence",
    title="写明没有依据仍得满分",
    severity=Severity.MEDIUM,
    basis=("财预〔2020〕10号",),
)

_SHOWN = 40
_NAME = 4
"""Characters that a name has at least to be known again in running text."""


def check(report: Report, settings: Settings) -> Iterator[Result]:
    if report.form.look_alike and report.form is not FormKind.EVALUATION:
        return
    rows = [row for row in counted(report) if row.full_marks and not is_execution_row(row)]
    if not rows:
        return
    yield from _acceptance(report, rows)
    yield from _survey(report, rows)
    yield from _own_words(rows)
    yield from _told_of(report, rows)


def _acceptance(report: Report, rows: list[Indicator]) -> Iterator[Result]:
    concerned = [row for row in rows if word("accepted").search(row.name)]
    if not concerned or _asked_with_money(report):
        return
    request = "补充验收情况；没有验收的，不能按合格计分。"
    if pending := pending_work(report):
        yield _told(clause_of(pending[0]), pending[0], concerned, request)
        return
    for passage in report.prose:
        match = word("acceptance_unproven").search(passage.text)
        if match is not None and not passage.filled_by_system and not _is_rule(passage.text, match.end()):
            words = passage.view.part(match.start(), clause_end(passage.text, match.start(), _SHOWN))
            yield _told(words.text, words, concerned, request)
            return


def _is_rule(text: str, end: int) -> bool:
    """Whether the words go on as a rule: 未取得验收报告的不得付款."""
    return word("on_condition").match(text[end:]) is not None


def _asked_with_money(report: Report) -> bool:
    """Whether F110 speaks of the acceptance already: money paid before it."""
    budgets, paid = report.stated(Role.BUDGET), report.stated(Role.PAID)
    spent = bool(budgets and paid) and budgets[0].figure.amount == paid[0].figure.amount
    return spent or bool(prepayments(report))


def _survey(report: Report, rows: list[Indicator]) -> Iterator[Result]:
    concerned = [row for row in rows if word("satisfaction").search(row.place)]
    for passage in report.passages if concerned else ():
        match = word("survey_missing").search(passage.text)
        made_good = match is not None and word("survey_made_good").match(passage.text[match.end() :])
        if match is not None and not made_good and not passage.filled_by_system:
            words = passage.view.part(match.start(), clause_end(passage.text, match.start(), _SHOWN))
            yield _told(words.text, words, concerned, "补做调查，附对象、份数和结果；没有调查的，不能计分。")
            return


def _own_words(rows: list[Indicator]) -> Iterator[Result]:
    """A row that says itself that nothing proves it."""
    for row in rows:
        for view in (row.narrative, row.reason, row.actual):
            match = word("evidence_missing").search(view.text) if view is not None else None
            if view is not None and match is not None and not word("partly").search(view.text):
                words = view.part(match.start(), clause_end(view.text, match.start(), _SHOWN))
                yield _told(words.text, words, [row], "补充佐证材料；没有的，不能计分。")
                break


def _told_of(report: Report, rows: list[Indicator]) -> Iterator[Result]:
    """Running text that says of an indicator, by its name or its class, that nothing proves it."""
    for passage in report.prose:
        for sentence in passage.sentences():
            match = word("evidence_missing").search(sentence.text)
            if match is None or passage.filled_by_system or word("partly").search(sentence.text):
                continue
            concerned = [row for row in rows if _named(row, sentence.text)]
            if concerned and not _is_rule(sentence.text, match.end()):
                words = sentence.part(match.start(), clause_end(sentence.text, match.start(), _SHOWN))
                yield _told(words.text, words, concerned, "补充佐证材料；没有的，不能计分。")
                return


def _named(row: Indicator, text: str) -> bool:
    names = (row.name, *(level.name for level in row.path))
    return any(len(name) >= _NAME and name in text for name in names) or (
        "满意度指标" in text and word("satisfaction").search(row.place) is not None
    )


def _told(said: str, where: View, rows: list[Indicator], request: str) -> Result:
    named = "、".join(f"“{row.name}”{marks_of(row)}" for row in rows)
    points: list[Figure] = [row.score for row in rows if row.score is not None]
    return RULE.query(
        f"报告写明“{said}”，而{named}，得满分。",
        [where, *(row.name_view for row in rows), *points],
        impact="有关得分没有依据。",
        suggestion=request,
        culprits=tuple(figure.span for figure in points[:1]),
        key=(said, *(row.place for row in rows)),
    )
