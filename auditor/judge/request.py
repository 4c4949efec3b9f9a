"""Calls about one report: the instructions, the same for every report; what the rules know; the sheet.

Budget: a request holds at most 1,200 tokens of instructions, all requests about a report together at
most 1.3 times the report's own tokens and 1,200 for each request (as `auditor.judge.tokens` counts).
What the rules know is cut when it grows beyond its share.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Protocol

from auditor.document import Span
from auditor.figures import show
from auditor.judge.call import Call
from auditor.judge.endpoint import ModelSettings
from auditor.judge.prompt import PromptFile, Prompts
from auditor.judge.sheet import Line, fence, lines, placed, sheets
from auditor.judge.tokens import tokens
from auditor.report import Report
from auditor.rules import Result
from auditor.rules.catalogue import catalogue

_FACTS_FIXED = 30
_FACTS_SHARE = 16
"""What the rules know may take 30 tokens and one for every 16 of the sheet."""
_MANY_LINES = 4
SHEET_TOKENS = 12_000
"""A longer report is asked about in several requests."""


class Mask(Protocol):
    """Hides what must not leave and brings it back: `auditor.judge.mask.Masker`."""

    def mask(self, text: str, places: Sequence[int] | None = None) -> str: ...

    def unmask(self, text: str) -> str: ...


class Unmasked:
    """Hides nothing: for calls that are never sent."""

    def mask(self, text: str, places: Sequence[int] | None = None) -> str:
        return text

    def unmask(self, text: str) -> str:
        return text


@dataclass
class Inquiry:
    """Everything that is asked about one report, and what is needed to understand the answers."""

    report: Report
    lines: dict[int, Line]
    calls: list[Call]
    mask: Mask
    facts: str = ""


def inquiry(
    report: Report,
    results: Iterable[Result],
    settings: ModelSettings,
    prompts: Prompts,
    mask: Mask,
    sheet_tokens: int = SHEET_TOKENS,
) -> Inquiry:
    """The calls about one report; `results` are what the rules found in it."""
    every = lines(report)
    known = list(results)
    calls = [_call(report, sheet, known, settings, prompts, mask) for sheet in sheets(every, sheet_tokens)]
    scores = " ".join(
        show(figure.value)
        for indicator in report.indicators
        for figure in (indicator.weight, indicator.score)
        if figure is not None
    )
    return Inquiry(report, {line.number: line for line in every}, calls, mask, scores)


def again(call: Call, reason: str, prompts: Prompts) -> Call:
    """The same question once more, with one line about what was wrong; the bad answer is not sent back."""
    note = prompts.repair.fill("again", reason=prompts.repair.parts[reason])
    messages = (*call.messages, {"role": "user", "content": note})
    return Call(call.model, messages, call.schema, call.parameters, call.repeat + 1, call.prompt)


def _call(
    report: Report,
    sheet: list[Line],
    results: list[Result],
    settings: ModelSettings,
    prompts: Prompts,
    mask: Mask,
) -> Call:
    frame = prompts.frame
    standing = _apart(sheet, frame)
    unit = mask.mask(*placed(standing))
    body = mask.mask(*placed(sheet[len(standing) :]))
    room = _FACTS_FIXED + tokens(unit + body) // _FACTS_SHARE
    places = _Places(sheet)
    facts = mask.mask(
        frame.fill(
            "facts",
            findings=_listed(frame, _findings(frame, results, places), room),
        )
    )
    mark = fence(body + facts)
    content = [facts, frame.fill("report", fence=mark, lines=body), frame.fill("task", fence=mark)]
    if unit:
        content.insert(0, frame.fill("unit", fence=fence(unit), lines=unit))
    return Call(
        model=settings.name,
        messages=(
            {"role": "system", "content": prompts.instructions},
            {"role": "user", "content": "\n\n".join(content)},
        ),
        schema=prompts.schema,
        parameters={"temperature": _number(settings.temperature), "max_tokens": settings.max_output},
        prompt=prompts.identity,
    )


def _apart(sheet: list[Line], frame: PromptFile) -> list[Line]:
    """The lines that begin every request about a unit, where they are worth the words around them."""
    standing = [line for line in sheet if line.standing]
    words = tokens(frame.fill("unit", fence=fence(""), lines="")) if "unit" in frame.parts else SHEET_TOKENS
    return standing if sum(tokens(str(line)) for line in standing) > words else []


def _number(value: Decimal) -> int | float:
    """As JSON knows numbers; this one measures nothing."""
    return int(value) if value == value.to_integral_value() else float(value)


def _findings(frame: PromptFile, results: list[Result], sheet: _Places) -> list[str]:
    """One line for each finding with evidence on this sheet, in the order of the lines. What rests on
    other reports is left out: a request must not depend on which files are audited together."""
    rules = _of_one_report()
    told = {
        (tuple(_numbers(result.evidence, sheet)), result.title or result.rule.title)
        for result in results
        if result.flagged and result.rule.code in rules
    }
    return [
        frame.fill("finding", lines=_some(numbers), title=title) for numbers, title in sorted(told) if numbers
    ]


@cache
def _of_one_report() -> frozenset[str]:
    return frozenset(entry.rule.code for entry in catalogue() if not entry.compares_reports)


def _some(numbers: tuple[int, ...]) -> str:
    return ",".join(map(str, numbers[:_MANY_LINES])) + ("…" if len(numbers) > _MANY_LINES else "")


def _numbers(spans: Iterable[Span], sheet: _Places) -> list[int]:
    """Numbers of the lines that hold a part of one of the spans, in order."""
    return sorted({number for span in spans for number in sheet.of(span)})


class _Places:
    """Which numbered lines stand where in the document: found without looking at each."""

    def __init__(self, sheet: Sequence[Line]) -> None:
        self._held = sorted((view.span(), line.number) for line in sheet for view in line.views)
        self._starts = [span.start for span, _ in self._held]
        self._longest = max((span.end - span.start for span, _ in self._held), default=0)

    def of(self, span: Span) -> Iterator[int]:
        at = bisect_left(self._starts, span.start - self._longest)
        stop = bisect_left(self._starts, span.end)
        return (number for held, number in self._held[at:stop] if held.overlaps(span))


def _listed(frame: PromptFile, told: list[str], room: int) -> str:
    """As many lines as there is room for."""
    if not told:
        return frame.parts["none"]
    shown: list[str] = []
    for line in told:
        room -= tokens(line) + 1
        if room < 0:
            return "\n".join([*shown, frame.fill("more", count=len(told) - len(shown))])
        shown.append(line)
    return "\n".join(shown)
