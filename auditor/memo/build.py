"""From an audited run to the memo model. Copies, decides nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import count
from typing import Literal

from auditor.document import Document, Span
from auditor.figures import Equation, show
from auditor.judge.outcome import Finding, Outcome
from auditor.lazy_models import copied
from auditor.memo import model
from auditor.memo.decisions import Records, put_beside
from auditor.memo.entries import once, put_numbers
from auditor.memo.finding_places import Finder
from auditor.pipeline import AuditedDocument, AuditedReport, Failure, Item, Run
from auditor.pipeline.stake import written
from auditor.report.model import FormKind, Report
from auditor.rules import Addressee, Result
from auditor.version import __version__

NarrativeMode = Literal["off", "replay", "live"]

_OFF = "叙述部分未经模型审读：本次没有启用模型。"
_DONE = "叙述部分由模型提问，引文已逐字核对；模型的提问不改变核算结果。"

_NOT_ASKED = "没有启用模型"
_REASONS_SHOWN = 2


def build(
    outcome: Run, narrative: NarrativeMode = "off", reason: str = "", decisions: Records | None = None
) -> model.Memo:
    """`reason` says why no narrative was read although the mode is not "off"; `decisions` are shown
    at the results they were made on.

    Raises `DecisionsError` where they cannot be read.
    """
    memo = assembled(documents(outcome), outcome.unreadable, narrative, reason)
    if decisions is not None:
        put_beside(memo, [audited.document.path for audited in outcome.documents], decisions)
    return memo


def documents(outcome: Run) -> list[model.Document]:
    """What a memo says of each document."""
    return [_document(document) for document in outcome.documents]


def assembled(
    told: list[model.Document],
    unreadable: Iterable[Failure],
    narrative: NarrativeMode = "off",
    reason: str = "",
) -> model.Memo:
    """The memo on documents that were audited one by one."""
    put_numbers(told)
    return model.Memo(
        tool=model.Tool(version=__version__),
        documents=told,
        unreadable=[model.Unreadable(path=named(one.path), reason=one.reason) for one in unreadable],
        narrative_review=_narrative_review(told, narrative, reason),
    )


def _narrative_review(told: list[model.Document], mode: NarrativeMode, reason: str) -> model.NarrativeReview:
    reports = [entry.report for entry in once(told)]
    narratives = {
        report.number or 0: report.model for report in sorted(reports, key=lambda one: one.number or 0)
    }
    done = bool(reports) and all(one is not None and one.done for one in narratives.values())
    if mode == "off":
        note = _OFF
    elif done:
        note = _DONE
    else:
        note = _unread(narratives)
    why = _why_not(narratives, reason) if mode != "off" and not done else ""
    return model.NarrativeReview(mode=mode, done=done, note=note, reason=why)


def _unread(narratives: dict[int, model.ModelReview | None]) -> str:
    """What a document that leaves the office says: which reports no model has read, and nothing more."""
    missing = [str(number) for number, one in narratives.items() if one is None or not one.done]
    if not any(one is not None and one.answers for one in narratives.values()):
        return "叙述部分未经模型审读。"
    if len(narratives) == 1:
        return "叙述部分未经模型完整审读。"
    shown = "、".join(missing[:20]) + (" 等" if len(missing) > 20 else "")
    return f"叙述部分未经模型完整审读：第 {shown} 份。"


def _why_not(narratives: dict[int, model.ModelReview | None], reason: str) -> str:
    """One line that names the reports whose narratives were not read, by reason."""
    by_reason: dict[str, list[str]] = {}
    for number, one in narratives.items():
        if one is None or not one.done:
            by_reason.setdefault((one.status if one else "") or reason or _NOT_ASKED, []).append(str(number))
    shown = list(by_reason.items())[:_REASONS_SHOWN]
    told = "；".join(
        why if len(numbers) == len(narratives) else f"第{'、'.join(numbers)}份，{why}"
        for why, numbers in shown
    )
    rest = sum(map(len, by_reason.values())) - sum(len(numbers) for _, numbers in shown)
    told += f"；另有 {rest} 份" if rest else ""
    return told or reason or _NOT_ASKED


def _document(audited: AuditedDocument) -> model.Document:
    document = audited.document
    proofs = _Proofs(document, [one.report for one in audited.reports])
    return model.Document(
        path=named(document.path),
        sha256=document.sha256,
        media_type=document.media_type,
        reports=[_report(report, proofs) for report in audited.reports],
    )


def _report(audited: AuditedReport, proofs: _Proofs) -> model.Report:
    report, recomputed = audited.report, audited.rescore
    results = numbered([*audited.items, *audited.asked], proofs)
    for one in (each for result in results for each in (result, *result.related)):
        one.score_between = list(map(show, audited.undetermined.get(one.fingerprint, ())))
    if report.form is FormKind.REVIEW:
        _ask_the_reviewer(results)
    return model.Report(
        index=report.index,
        title=report.title,
        project=report.project,
        unit=report.unit,
        evaluator=report.evaluator,
        fiscal_year=report.fiscal_year,
        form=report.form.value,
        form_note=_form_note(report.form),
        self_score=show(report.total_score.value) if report.total_score else None,
        grade=report.grade.word if report.grade else None,
        recomputed_score=show(recomputed.score) if recomputed else None,
        recomputed_grade=recomputed.grade if recomputed else None,
        review_score=show(audited.reviewed.stated) if audited.reviewed else None,
        review_sum=show(audited.reviewed.computed) if audited.reviewed else None,
        grade_cuts=[
            model.GradeCut(bound=show(one.bound), above=one.above, word=one.word)
            for one in (recomputed.cuts if recomputed else ())
        ],
        money=copied(model.Money, audited.money),
        lines=[copied(model.MoneyLine, line) for line in audited.lines],
        indicators=[copied(model.IndicatorRow, row) for row in audited.indicators],
        coverage=copied(model.Coverage, audited.coverage),
        results=results,
        counts=counted(results),
        model=None if audited.narrative is None else _model_review(audited),
    )


def _form_note(form: FormKind) -> str:
    """What to know of a paper that is no self-evaluation."""
    if form is FormKind.REVIEW:
        return "由评价人填写，按它自己的得分、扣分和依据核对"
    return "不是单位绩效自评报告，审核结果仅供参考" if form.look_alike else ""


def _model_review(audited: AuditedReport) -> model.ModelReview:
    outcome = audited.narrative or Outcome()
    # Read with help, a report has results of its own; the same finding is told with the same places.
    marks = {id(item.result): item.fingerprint for item in audited.items}
    again = {_places(item.result): item.fingerprint for item in audited.items}
    helped = audited.labelling
    return model.ModelReview(
        done=outcome.done,
        status=outcome.status,
        name=outcome.model,
        prompt=outcome.prompt,
        answers=outcome.answers,
        sources=outcome.sources,
        calls=outcome.calls,
        repairs=outcome.repairs,
        asked=outcome.asked,
        passed=outcome.passed,
        dropped=[
            model.Dropped(rule=one.code, sentence=one.sentence, quote=one.quote, reason=one.reason)
            for one in outcome.dropped
        ],
        attached=[
            model.Attached(
                finding=marks.get(id(one.result), again.get(_places(one.result), "")),
                title=one.result.title or one.result.rule.title,
                rule=one.code,
                quote=one.quote,
                question=one.question,
            )
            for one in outcome.attached
        ],
        usage=model.Usage(
            prompt_tokens=outcome.usage.prompt_tokens, completion_tokens=outcome.usage.completion_tokens
        ),
        cost=outcome.cost,
        reading=model.HelpWithReading(
            offered=helped.offered,
            used=helped.used,
            refused=helped.refused,
            prompt=helped.prompt,
            answers=helped.answers,
        )
        if helped is not None and helped.answers
        else None,
    )


def _places(result: Result) -> tuple[str, object]:
    return result.rule.code, result.evidence


def _mark(result: Result) -> model.ModelMark | None:
    if not isinstance(result, Finding):
        return None
    return model.ModelMark(name=result.model, prompt=result.prompt, answer=result.answer)


def numbered(items: Iterable[Item], proofs: _Proofs) -> list[model.Result]:
    """The results as every paper tells them: those of one cause under the worst, problems first and
    numbered from 1, those of the rules before those of a model."""
    told = {item.fingerprint: _result(item, proofs) for item in items}
    leading = []
    for item in items:
        if item.leads:
            result = told[item.fingerprint]
            result.related = [told[mark] for mark in item.related]
            leading.append(result)
    numbers = count(1)
    problems = sorted((one for one in leading if one.flagged), key=lambda one: one.origin == "model")
    for result in problems:
        result.number = next(numbers)
    return problems + [one for one in leading if not one.flagged]


def _ask_the_reviewer(results: Iterable[model.Result]) -> None:
    """What is wrong in an evaluator's own table is asked of the evaluator, whatever rule has found it."""
    for one in (each for result in results for each in (result, *result.related)):
        if one.asks == Addressee.UNIT.value:
            one.asks = Addressee.REVIEWER.value


def counted(results: Iterable[model.Result]) -> model.Counts:
    """The one count that all outputs show."""
    found = Counter("model" if one.origin == "model" and one.flagged else one.verdict for one in results)
    return model.Counts(**{kind: found[kind] for kind in model.Counts.model_fields})


def _result(item: Item, proofs: _Proofs) -> model.Result:
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
        relations=[_relation(relation) for relation in result.relations],
        impact=result.impact,
        suggestion=result.suggestion,
        asks=result.addressee.value,
        basis=[model.Basis(source=source) for source in result.basis or result.rule.basis],
        evidence=[proofs[span] for span in result.evidence],
        model=_mark(result),
        at_stake=written(item.stake),
        score_delta=result.score_delta,
    )


def _relation(relation: Equation) -> model.Relation:
    claimed, ranges = relation.claimed, relation.ranges() or (None, None)
    difference = relation.difference
    return model.Relation(
        text=relation.told(),
        formula=relation.formula,
        sign=relation.sign,  # type: ignore[arg-type]
        computed=relation.shown,
        claimed=None if claimed is None else f"{claimed.number:.{claimed.decimals}f}",
        difference=None if difference is None else show(difference),
        holds=relation.meets,
        unit=relation.unit,
        percent=relation.percent,
        computed_interval=ranges[0],
        claimed_interval=ranges[1],
    )


class _Proofs(dict[Span, model.Evidence]):
    """What a document says at a span, and where. Made once each: one cell proves many results."""

    def __init__(self, document: Document, reports: Iterable[Report]) -> None:
        super().__init__()
        self._document = document
        self._finder = Finder(document, reports)

    def __missing__(self, span: Span) -> model.Evidence:
        at = self._document.locate(span)
        place = self._finder.find(span, at)
        proof = self[span] = model.Evidence(
            quote=self._document.quote(span),
            start=span.start,
            end=span.end,
            locator=model.Locator(
                **at._asdict(), place=place.where, head=place.head, sentence=place.sentence
            ),
        )
        return proof


def named(path: str) -> str:
    """A file name as text: bytes that are no UTF-8 are shown as escapes."""
    return path.encode("utf-8", "backslashreplace").decode("utf-8")
