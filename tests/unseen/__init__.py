"""Reports by writers who never saw the program, and what must be said of them; but for `whole` each has at most one slip.

    forms   70 forms, pasted or native, one layout each
    prose   70 narratives
    held    70 narratives by a second writer; of the half of odd numbers only what was missed was read, and late
    near    60 narratives by a third writer, far 60 by a fourth, whose slips stand clauses or chapters apart; of both
            the half of odd numbers was read, of the others what was missed, and late
    layouts 50 forms, native and pasted, by a fifth writer
    grouped 80 narratives by a sixth writer, who parts digits in threes; all read after the first run
    mixed   60 forms, native and pasted, by a seventh writer; all read after the first run
    turns   60 narratives by an eighth writer, no two slips of one kind; all read after the first run
    clerks  48 narratives by a ninth writer, no two slips of one kind; of the half of odd numbers only what was missed, and late
    sheets  60 forms, native and pasted, by a tenth writer; read by nobody
    kinds   110 narratives and forms by an eleventh writer, of the kinds that failed once; all that was missed was read
    again   100 narratives and forms by a twelfth writer, of the same kinds; of the narratives half of what was missed was
            read
    chapters     60 reports of several chapters by a thirteenth writer; of what was missed the sentences were read
    circulating  64 forms, native and pasted, by a fourteenth writer; all that was missed was read
    provinces    60 narratives, half of them of several chapters, by a fifteenth writer; most of what was missed was read
    village   70 narratives by a sixteenth writer, of the kinds that failed once; all read after the first run
    pasted    70 pasted forms by a seventeenth writer, of the same kinds; all read after the first run
    native    60 forms and reports in docx, xlsx, html and markdown by an eighteenth writer; all read after the first run
    sound     90 documents without a slip by a nineteenth writer, forms and narratives; all that was said was read
    bureau    60 narratives by a twentieth writer, of the kinds that failed once; what was missed was read
    handed    60 forms, native and pasted, by a twenty-first writer; of what was missed one line each was read
    filings   64 forms, native and pasted, by a twenty-third writer; all that was missed was read
    offices   64 narratives by a twenty-second writer, of the same kinds; all that was missed was read
    whole     26 whole reports in docx, xlsx, html and pdf by a twenty-fourth writer, 18 of them with two or three slips, a
              case each; of what was missed the sentences were read
    agencies  50 narratives by a twenty-fifth writer, of the same kinds; of what was missed the texts were read
    counties  56 forms, native and pasted, by a twenty-sixth writer; all that was missed was read
    districts 60 narratives by a twenty-seventh writer, of kinds of the writer's own; all that was missed was read
    clinics   50 narratives by a twenty-eighth writer, of the kinds that failed once; of what was missed the sentences were
              read, late
    towns     60 forms, native and pasted, by a twenty-ninth writer, measured at the very end of a session; of what was
              missed two forms were read
    wards     60 narratives of forty kinds of slip by a thirtieth writer; nothing was mended on it

`cases.jsonl` holds a case a line: {"id", "file", "about", "kind", "must", "must_not", "read"}; `must` and `must_not`
are lists of {"keys", "verdicts"}: one result holds all keys. Without keys, any result.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from auditor.document import read_bytes
from auditor.pipeline import AuditedReport, run
from auditor.rules.base import Result
from auditor.rules.catalogue import catalogue

FOLDER = Path(__file__).parent
SETS = (
    "forms",
    "prose",
    "held",
    "near",
    "far",
    "layouts",
    "grouped",
    "mixed",
    "turns",
    "clerks",
    "sheets",
    "kinds",
    "again",
    "chapters",
    "circulating",
    "provinces",
    "village",
    "pasted",
    "native",
    "sound",
    "bureau",
    "handed",
    "filings",
    "offices",
    "whole",
    "agencies",
    "counties",
    "districts",
    "clinics",
    "towns",
    "wards",
)
_FLAGGED = ("inconsistent", "query")


@dataclass(frozen=True)
class Want:
    """A result that must, or must not, be there."""

    keys: tuple[str, ...]
    verdicts: tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """One report. Clean where nothing must be found."""

    name: str
    path: Path
    must: tuple[Want, ...]
    must_not: tuple[Want, ...]

    @property
    def clean(self) -> bool:
        return not self.must


@dataclass(frozen=True)
class Judged:
    """`found`: everything that must be said is; `false` what must not be said and is."""

    case: Case
    found: bool
    false: tuple[str, ...]


def cases(name: str) -> Iterator[Case]:
    """The cases of a set, in order."""
    for line in (FOLDER / name / "cases.jsonl").read_text("utf-8").splitlines():
        one = json.loads(line)
        yield Case(
            one["id"], FOLDER / name / one["file"],
            _wants(one.get("must", ()), _FLAGGED), _wants(one.get("must_not", ()), ("inconsistent",)),
        )  # fmt: skip


def _wants(told: Sequence[dict[str, list[str]]], verdicts: tuple[str, ...]) -> tuple[Want, ...]:
    return tuple(Want(tuple(one.get("keys", ())), tuple(one.get("verdicts", verdicts))) for one in told)


@cache
def judged(name: str) -> tuple[Judged, ...]:
    """Every case of a set, audited."""
    return tuple(_judge(case) for case in cases(name))


def _judge(case: Case) -> Judged:
    outcome = run([read_bytes(case.path.read_bytes(), case.path.name)], catalogue())
    assert not outcome.breakages, (case.path, outcome.breakages)
    audited = [report for document in outcome.documents for report in document.reports]
    said = [
        (result.verdict.value, _told(result, report)) for report in audited for result in _results(report)
    ]
    found = all(any(_is(want, *one) for one in said) for want in case.must)
    false = tuple(text for want in case.must_not for verdict, text in said if _is(want, verdict, text))
    return Judged(case, found, false)


def _results(audited: AuditedReport) -> Iterator[Result]:
    for item in audited.items:
        yield item.result


def _is(want: Want, verdict: str, text: str) -> bool:
    return verdict in want.verdicts and all(_plain(key) in text for key in want.keys)


def _told(result: Result, audited: AuditedReport) -> str:
    """Everything a memo says of a result, its quotes included."""
    quotes = (audited.report.document.text[span.start : span.end] for span in result.evidence)
    told = (result.rule.code, result.message, result.calculation, result.impact, result.suggestion, *quotes)
    return _plain("\n".join(str(one) for one in told))


def _plain(text: str) -> str:
    """Without white space, thousands separators and closing zeros: what is compared."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    return re.sub(r"(\d+\.\d*?)0+(?!\d)", lambda match: match.group(1).rstrip("."), text)
