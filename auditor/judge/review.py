"""Reads the narratives of reports with a model. Whatever goes wrong, there is an outcome for each report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING

from auditor.document import Document
from auditor.judge import prompt
from auditor.judge.answer import Answer, State, parse
from auditor.judge.believe import Source, Verifier
from auditor.judge.call import Asker, Call, NoAnswer, Reply, Usage
from auditor.judge.codes import CODES
from auditor.judge.cost import cost
from auditor.judge.endpoint import ModelSettings
from auditor.judge.outcome import Dropped, Outcome
from auditor.judge.prompt import Prompts
from auditor.judge.request import SHEET_TOKENS, Inquiry, Unmasked, again, inquiry
from auditor.report import Report
from auditor.report.model import FormKind
from auditor.rules import Result

if TYPE_CHECKING:  # loaded when a text is masked: its words take longer to compile than a report to audit
    from auditor.judge.mask import Masker
    from auditor.judge.personal import Knowledge

NOT_CHOSEN = "未选用"
_LOOK_ALIKE = "文种不是单位自评报告"
_ALIKE = (FormKind.EVALUATION,)
"""Papers that are no self-evaluation, with narratives of the same kind."""
_EMPTY = "报告里没有文字"
_MOST_CHARS = 200_000
_TOO_LONG = f"报告超过 {_MOST_CHARS} 字，不向模型提问"


def inquiries(
    reports: Sequence[Report],
    results: Sequence[Sequence[Result]],
    settings: ModelSettings,
    prompts: Prompts | None = None,
) -> list[Inquiry]:
    """What would be asked about each report; look-alikes and endless ones are asked nothing."""
    from auditor.judge.mask import Masker

    prompts = prompts or prompt.chosen(settings.prompts)
    people = knowledge(reports)
    return [
        inquiry(report, known, settings, prompts, Masker(report.document.text, told), SHEET_TOKENS)
        for report, known, told in zip(reports, results, people, strict=True)
        if not unfit(report)
    ]


def knowledge(reports: Sequence[Report]) -> list[Knowledge]:
    """What is known about people, report by report: all that the files of its unit tell."""
    from auditor.judge.personal import Knowledge, study

    by_unit: dict[str, Knowledge] = {}
    found: list[Knowledge] = []
    for report in reports:
        own = study(report.document.text)
        unit = "".join(report.unit.split())
        by_unit[unit] = by_unit.get(unit, Knowledge()) | own
        found.append(own)
    return [
        own | by_unit[unit] if (unit := "".join(report.unit.split())) else own
        for report, own in zip(reports, found, strict=True)
    ]


def review(
    reports: Sequence[Report],
    results: Sequence[Sequence[Result]],
    asker: Asker,
    settings: ModelSettings,
    *,
    codes: Sequence[str] = CODES,
    refuse: Callable[[Document], str | None] | None = None,
    workers: int = 1,
    progress: Callable[[], None] | None = None,
    prompts: Prompts | None = None,
    sheet_tokens: int = SHEET_TOKENS,
    unknown: Callable[[Sequence[Call]], list[str]] | None = None,
    every: Sequence[Sequence[Result]] | None = None,
) -> list[Outcome]:
    """One outcome per report, in order. `results` are what the rules found in each report.

    every   what all rules find, where `results` are of some that were chosen: the request tells of all, so
            that it is the same for any choice

    codes   questions whose findings are wanted; the request is the same for any choice
    refuse  why a text must not be asked about, None if it may (secrecy markings)
    workers  reports under way at the same time; each waits for its own answers
    progress  called when a report is done, from whichever thread did it
    unknown  sends nothing, and says why none of a report's unmasked questions can have an answer, one
             reason for each; none if one may have: only then the report is masked
    """
    prompts = prompts or prompt.chosen(settings.prompts)
    people = cache(lambda: knowledge(reports))
    if unknown is None:
        people()

    def masker(at: int) -> Masker:
        from auditor.judge.mask import Masker

        return Masker(reports[at].document.text, people()[at])

    def one(at: int) -> Outcome:
        try:
            return _review(
                reports[at], results[at], asker, settings, codes, refuse, prompts,
                lambda: masker(at), sheet_tokens, unknown, (every or results)[at],
            )  # fmt: skip
        except NoAnswer as error:
            return Outcome(status=error.reason)
        except Exception as error:
            told = " ".join(f"{type(error).__name__}: {error}".split())[:200]
            return Outcome(status=f"内部错误（{told}）")
        finally:
            if progress is not None:
                progress()

    if workers <= 1 or len(reports) <= 1:
        return [one(at) for at in range(len(reports))]
    with ThreadPoolExecutor(max_workers=workers) as pool:
        return list(pool.map(one, range(len(reports))))


def unfit(report: Report) -> str:
    """Why the report is asked nothing, whatever the asker; "" if it is."""
    if report.form.look_alike and report.form not in _ALIKE:
        return _LOOK_ALIKE
    return _TOO_LONG if report.span.end - report.span.start > _MOST_CHARS else ""


def _review(
    report: Report,
    known: Sequence[Result],
    asker: Asker,
    settings: ModelSettings,
    codes: Sequence[str],
    refuse: Callable[[Document], str | None] | None,
    prompts: Prompts,
    masker: Callable[[], Masker],
    sheet_tokens: int,
    unknown: Callable[[Sequence[Call]], list[str]] | None,
    every: Sequence[Result],
) -> Outcome:
    if why := unfit(report):
        return Outcome(status=why)
    if refuse is not None and (told := refuse(report.document)) is not None:
        return Outcome(status=told)
    if unknown is not None:
        open_calls = inquiry(report, every, settings, prompts, Unmasked(), sheet_tokens).calls
        if reasons := unknown(open_calls):
            status = _status(reasons, len(reasons))
            return Outcome(status=status, prompt=prompts.identity, cost=cost(Usage(), settings))
    asked = inquiry(report, every, settings, prompts, masker(), sheet_tokens)
    if not asked.calls:
        return Outcome(status=_EMPTY)
    outcome = Outcome(prompt=prompts.identity)
    verifier = Verifier(asked, prompts, known, outcome.dropped, outcome.attached)
    failures = [why for call in asked.calls if (why := _ask(call, asker, prompts, outcome, verifier))]
    for finding in verifier.findings():
        if finding.rule.code in codes:
            outcome.results.append(finding)
        else:
            quote = report.quote(finding.evidence[0])
            outcome.dropped.append(Dropped(finding.rule.code, 0, quote[:60], NOT_CHOSEN))
    if "L807" in codes:
        outcome.ticks.extend(verifier.ticks())
    outcome.merged = verifier.merged
    outcome.cost = cost(outcome.usage, settings)
    outcome.done = not failures
    outcome.status = _status(failures, len(asked.calls))
    return outcome


def _status(failures: list[str], calls: int) -> str:
    if not failures:
        return ""
    first = "；".join(dict.fromkeys(failures))
    return first if calls == 1 else f"{calls} 次提问中 {len(failures)} 次没有可用的回答：{first}"


def _ask(call: Call, asker: Asker, prompts: Prompts, outcome: Outcome, verifier: Verifier) -> str:
    """Asks, at most twice; returns why there is no usable answer, "" if there is one."""
    try:
        reply, answer = _answered(call, asker, outcome)
    except NoAnswer as error:
        return error.reason
    if answer.state.repair is not None:
        outcome.repairs += 1
        try:
            second = _answered(again(call, answer.state.repair, prompts), asker, outcome)
        except NoAnswer:
            second = reply, answer  # the first answer is what there is
        reply, answer = second
    source = Source(reply.model, prompts.identity, answer.digest)
    outcome.asked += len(answer.items) + len(answer.broken)
    outcome.dropped.extend(Dropped("", 0, "", reason) for reason in answer.broken)
    for item in answer.items:
        verifier.take(item, source)
    return (
        "" if answer.state is State.READ else answer.state.value
    )  # of one that was cut the whole items count


def _answered(call: Call, asker: Asker, outcome: Outcome) -> tuple[Reply, Answer]:
    reply = asker.ask(call)
    answer = parse(reply)
    outcome.calls += 1
    outcome.model = reply.model
    outcome.answers.append(answer.digest)
    if reply.source not in outcome.sources:
        outcome.sources.append(reply.source)
    outcome.usage = Usage(
        outcome.usage.prompt_tokens + reply.usage.prompt_tokens,
        outcome.usage.completion_tokens + reply.usage.completion_tokens,
    )
    return reply, answer
