"""What was read, held against what is true of a generated document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from auditor.document import Span
from auditor.document.fold import fold
from auditor.figures import Figure
from auditor.pipeline import AuditedReport
from auditor.report import Report
from auditor.report.labels import clean
from auditor.report.model import Amount, Indicator, LineKind
from tests.formats.generate import Outcome
from tests.formats.sheet import Truth

_ALIKE = {"预算": ("预算", "年初预算", "投入"), "到位": ("到位", "财政拨款"), "结余": ("结余", "结转")}
"""Roles that a form's plain word may stand for as well: without an adjusted budget, 预算数 is both."""


@dataclass
class Compared:
    """`right` cells of `wanted`; `silent` are figures that were neither placed nor announced."""

    wanted: list[Truth] = field(default_factory=list)
    right: list[Truth] = field(default_factory=list)
    silent: list[Truth] = field(default_factory=list)

    @property
    def wrong(self) -> list[Truth]:
        right = set(self.right)
        return [truth for truth in self.wanted if truth not in right]


def compare(outcome: Outcome, audited: list[AuditedReport]) -> Compared:
    """Cells of one document. Reports are matched in order; one that is missing has nothing right."""
    found = Compared(list(outcome.truths))
    reports = [one.report for one in audited]
    for truth in outcome.truths:
        if truth.form < len(reports) and _holds(reports[truth.form], truth):
            found.right.append(truth)
    found.silent = _silent(found, audited)
    return found


def _holds(report: Report, truth: Truth) -> bool:
    match truth.kind:
        case "amount":
            return any(_is(amount, truth) for amount in report.amounts if amount.table is not None)
        case "indicator":
            return any(_field(row, truth) for row in report.indicators if bare(row.name) == bare(truth.of))
        case "total":
            return any(
                _points(getattr(total, truth.field), truth) for total in report.totals if total.scope is None
            )
    return _head(report, truth)


def _is(amount: Amount, truth: Truth) -> bool:
    if amount.role.value not in _ALIKE.get(truth.field, (truth.field,)):
        return False
    named = bare(clean(amount.line.name)).removeprefix("-")
    mine = named == bare(truth.of) if truth.of else amount.line.kind is LineKind.TOTAL
    scale = 1 if truth.field in ("执行率", "分值", "得分") else amount.figure.scale
    return mine and amount.figure.value * scale == truth.value


def _field(row: Indicator, truth: Truth) -> bool:
    if truth.field in ("weight", "score", "review"):
        return _points(getattr(row, "review_score" if truth.field == "review" else truth.field), truth)
    view = getattr(row, truth.field)
    if view is not None and bare(view.text) == bare(truth.text):
        return True
    # Sign, value and unit of a target may be read as one: "≥" "92" "%" is "≥92%".
    whole = bare(row.target.text) if row.target is not None else ""
    match truth.field:
        case "sign":
            return whole.startswith(bare(truth.text))
        case "unit":
            return whole.endswith(bare(truth.text))
        case "target" if truth.text.isdigit():
            return re.fullmatch(rf"\D*{truth.text}\D*", whole) is not None
    return False


def _points(figure: Figure | None, truth: Truth) -> bool:
    return figure is not None and bare(figure.raw).removesuffix("分") == bare(truth.text).removesuffix("分")


def _head(report: Report, truth: Truth) -> bool:
    if truth.field == "grade":
        return report.grade is not None and report.grade.word == truth.text
    return bare(str(getattr(report, truth.field) or "")) == bare(truth.text)


def bare(text: str) -> str:
    """As a cell reads: folded, without white space."""
    return "".join(fold(text).split())


def _silent(found: Compared, audited: list[AuditedReport]) -> list[Truth]:
    """Figures of the form whose digits stand in nothing that was placed, in a document that neither says
    that a table was not read nor names as many unread figures as it lost. A figure placed wrongly is no
    silent one: it is a wrong cell."""
    told = any(one.coverage.unread_tables for one in audited)
    if told or not any(truth.is_figure for truth in found.wrong):
        return []
    placed = {text for one in audited for text in _placed(one.report)}
    lost = [truth for truth in found.wrong if truth.is_figure and bare(truth.text) not in placed]
    return lost if len(lost) > sum(map(_announced, audited)) else []


def _placed(report: Report) -> Iterator[str]:
    for table in report.money_tables:
        yield from (bare(amount.figure.raw) for amount in table.amounts)
        yield from (bare(figure.raw) for _, figure in table.loose)
    for row in report.indicators:
        views = (row.target, row.actual, row.reason, row.narrative, row.sign, row.unit, row.name_view)
        yield from (bare(view.text) for view in views if view is not None)
        # Sign, value and unit of a target may be read as one.
        yield from re.findall(r"\d[\d.,]*", bare(row.target.text) if row.target is not None else "")
        yield from (bare(one.raw) for one in (row.weight, row.score, row.review_score) if one is not None)
    for total in report.totals:
        yield from (
            bare(one.raw) for one in (total.weight, total.score, total.review_score) if one is not None
        )
    for column in report.plain_columns:
        yield from (bare(figure.raw) for figure in (*column.parts, column.total))
    yield from (bare(one) for one in (report.project, report.unit, str(report.fiscal_year)))


def _announced(audited: AuditedReport) -> int:
    """How many figures of the report are said not to have been read."""
    spans = [
        span for item in audited.items if item.result.rule.code == "Z001" for span in item.result.evidence
    ]
    return max(audited.coverage.figures_unplaced, len(_inside(audited.report.figures, spans)))


def _inside(figures: Iterable[Figure], spans: list[Span]) -> list[Figure]:
    return [figure for figure in figures if any(figure.span.overlaps(span) for span in spans)]
