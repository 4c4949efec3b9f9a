"""From an audited run to the memo model. Copies, decides nothing."""

from __future__ import annotations

from typing import Literal

from auditor.document import Document, Span
from auditor.figures import show
from auditor.memo import model
from auditor.pipeline import AuditedDocument, AuditedReport, Item, Run
from auditor.version import __version__

NarrativeMode = Literal["off", "replay", "live"]

_NOT_REVIEWED = "叙述部分未经模型审读：本版没有模型步骤，本备忘录只含按规则复算的结果。"


def build(outcome: Run, narrative: NarrativeMode = "off") -> model.Memo:
    return model.Memo(
        tool=model.Tool(version=__version__),
        documents=[_document(document) for document in outcome.documents],
        unreadable=[model.Unreadable(path=_name(one.path), reason=one.reason) for one in outcome.unreadable],
        narrative_review=model.NarrativeReview(
            mode=narrative, done=False, note="" if narrative == "off" else _NOT_REVIEWED
        ),
    )


def _document(audited: AuditedDocument) -> model.Document:
    document = audited.document
    return model.Document(
        path=_name(document.path),
        sha256=document.sha256,
        media_type=document.media_type,
        reports=[_report(document, report) for report in audited.reports],
    )


def _report(document: Document, audited: AuditedReport) -> model.Report:
    report, recomputed = audited.report, audited.rescore
    return model.Report(
        index=report.index,
        title=report.title,
        project=report.project,
        unit=report.unit,
        fiscal_year=report.fiscal_year,
        form=report.form.value,
        form_note="不是单位绩效自评报告，审核结果仅供参考" if report.form.look_alike else "",
        self_score=show(report.total_score.value) if report.total_score else None,
        grade=report.grade.word if report.grade else None,
        recomputed_score=show(recomputed.score) if recomputed else None,
        recomputed_grade=recomputed.grade if recomputed else None,
        money=model.Money.model_validate(audited.money, from_attributes=True),
        coverage=model.Coverage.model_validate(audited.coverage, from_attributes=True),
        results=[_result(document, item) for item in audited.items],
    )


def _result(document: Document, item: Item) -> model.Result:
    result = item.result
    return model.Result(
        fingerprint=item.fingerprint,
        rule=result.rule.code,
        name=result.rule.name,
        title=result.title or result.rule.title,
        verdict=result.verdict.value,
        severity=result.level.value,
        origin=result.origin,  # type: ignore[arg-type]
        message=result.message,
        calculation=result.calculation,
        impact=result.impact,
        suggestion=result.suggestion,
        basis=[model.Basis(source=source) for source in result.basis or result.rule.basis],
        evidence=[_evidence(document, span) for span in result.evidence],
        related=list(item.related),
    )


def _evidence(document: Document, span: Span) -> model.Evidence:
    place = document.locate(span)
    return model.Evidence(
        quote=document.quote(span),
        start=span.start,
        end=span.end,
        locator=model.Locator(
            line=place.line,
            page=place.page,
            sheet=place.sheet,
            table=place.table,
            row=place.row,
            col=place.col,
        ),
    )


def _name(path: str) -> str:
    """A file name as text: bytes that are no UTF-8 are shown as escapes."""
    return path.encode("utf-8", "backslashreplace").decode("utf-8")
