"""From a document to its reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from auditor.document import Block, Document, Paragraph, Span, Table
from auditor.document.fold import folded_text, view
from auditor.figures import scan
from auditor.report.cover_letter import settle_letter
from auditor.report.cut import where_cut
from auditor.report.declared import read_declared
from auditor.report.fused import read_fused
from auditor.report.goals import read_goals
from auditor.report.head import read_head
from auditor.report.labelled import Labelled
from auditor.report.labels import unit_in
from auditor.report.model import Report, TextKind, UnreadForm
from auditor.report.monitoring import settle_monitoring
from auditor.report.own_forms import settle_own_forms
from auditor.report.passages import numbering, read_passages
from auditor.report.plain_tables import read_plain
from auditor.report.prose.read import read_prose
from auditor.report.restore import Restored, restore
from auditor.report.review_sheet import settle_review
from auditor.report.row_grades import read_row_grades
from auditor.report.scoring_rules import read_scoring_rules
from auditor.report.split import Part, split
from auditor.report.tables import TableReading
from auditor.report.told_rows import read_told_rows
from auditor.report.units import settle_units
from auditor.report.unread.forms import read_unread_forms
from auditor.report.vetoes import withdraw
from auditor.report.wholes import settle_only, settle_wholes


def read_reports(document: Document, labelled: Sequence[Labelled] = ()) -> list[Report]:
    """Every report of the document, in order; at least one. `labelled` are grids told of stretches that
    nobody could read (`auditor.report.labelled`)."""
    restored = restore(document, labelled)
    parts = split(restored.blocks)
    reports = [_read(document, part, index, restored) for index, part in enumerate(parts, 1)]
    settle_own_forms(reports)
    reports[-1].cut_off = where_cut(reports[-1], parts[-1].blocks)
    starts = [0, *(report.span.start for report in reports[1:]), len(document.text)]
    folded = folded_text(document) if document.hidden else ""
    for report, start, end in zip(reports, starts, starts[1:], strict=False):
        report.reach = Span(start, end)
        report.hidden = [view(folded, *span) for span in document.hidden if span.overlaps(report.reach)]
    return reports


def _read(document: Document, part: Part, index: int, restored: Restored) -> Report:
    report = Report(document, index, _span(part.blocks))
    report.doubtful.extend(span for span in restored.doubtful if span.overlaps(report.span))
    report.assisted.extend(span for span in restored.assisted if span.overlaps(report.span))
    report.forms_read.extend(one.told() for one in restored.choices if one.span.overlaps(report.span))
    if part.title is not None:
        report.title, report.title_view = part.title.text, part.title
    reading = _read_tables(report, part.blocks)
    report.passages, report.sections = read_passages(part.blocks, report.title)
    report.passages = [
        replace(passage, label=label)
        if passage.text and (label := reading.labels.get(passage.span.start)) is not None
        else passage
        for passage in report.passages
    ]
    _read_fused(report, reading)
    withdraw(report)
    read_plain(report, part.blocks)
    read_head(report, reading.fields)
    settle_review(report)
    read_goals(report, reading)
    read_prose(report)
    settle_only(report)
    read_told_rows(report)
    for indicator in (*report.indicators, *report.told_rows):
        indicator.year = report.fiscal_year
    settle_units(report)
    settle_wholes(report)
    read_declared(report)
    read_row_grades(report, part.blocks)
    read_scoring_rules(report)
    read_unread_forms(report, part.blocks)
    settle_monitoring(report)  # the last two ask what was read
    settle_letter(report)
    if part.tail:
        report.unread_forms.insert(0, _cut_before(part.tail))
    return report


def _cut_before(tail: list[Block]) -> UnreadForm:
    """The end of a form whose head was cut off: nobody can tell what its figures are."""
    views = [
        cell.view for block in tail if isinstance(block, Table) for row in block.rows for cell in row.cells
    ]
    figures = tuple(figure for view in views for figure in scan(view))
    return UnreadForm((), tuple(block.span for block in tail), figures, "前面一张表只剩下结尾，没有表头")


def _read_tables(report: Report, blocks: list[Block]) -> TableReading:
    reading = TableReading(report)
    for block in blocks:
        if isinstance(block, Paragraph):
            if "单位" in block.text and len(block.text) <= 80:
                reading.unit = unit_in(block.text) or reading.unit
            if numbering(block.text) is not None or block.level:
                reading.heading()
        else:
            reading.read(block)
    reading.close()
    return reading


def _read_fused(report: Report, reading: TableReading) -> None:
    """Money rows run together in a paragraph; such a paragraph is no prose."""
    for at, passage in enumerate(report.passages):
        if "资金总额" not in passage.text or passage.kind is TextKind.CELL:
            continue
        for table, execution, run in read_fused(passage.view, len(report.money_tables), reading.unit or ""):
            report.passages[at] = replace(passage, kind=TextKind.FLAT)
            if table is None:
                report.unread.append((run.span(), "粘连的数字不能唯一拆开"))
                continue
            report.money_tables.append(table)
            if execution is not None:
                report.indicators.append(execution)


def _span(blocks: list[Block]) -> Span:
    spans = [span for block in blocks if (span := block.span).end > span.start]
    return spans[0].cover(spans[-1]) if spans else Span(0, 0)
