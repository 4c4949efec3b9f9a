"""Lists of what a careful reviewer finds, in the format of the public list for the samples.

A line names a file (and a report in it) and is one of
  finding    some result with one of `verdicts` mentions `all` strings and one of `any`
  near_miss  figures that look wrong and are right: no "inconsistent" result mentions them together
  clean      no finding and no query in the whole file
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from auditor import audit
from auditor.memo.model import Report, Result

_FLAGGED = ("inconsistent", "query")


class Expectation(NamedTuple):
    file: Path
    kind: str
    claim: str
    report: int
    all: tuple[str, ...]
    any: tuple[str, ...]
    verdicts: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.file.stem}-{self.kind}-{self.claim[:24]}"


def expectations(listing: Path, folder: Path) -> Iterator[Expectation]:
    """The lines of `listing`, whose files lie in `folder`."""
    for line in listing.read_text(encoding="utf-8").splitlines():
        if line.strip():
            row: dict[str, Any] = json.loads(line)
            yield Expectation(
                folder / row["file"], row["kind"], row.get("claim", ""), row.get("report", 1),
                tuple(row.get("all", ())), tuple(row.get("any", ())),
                tuple(row.get("verdicts", _FLAGGED)),
            )  # fmt: skip


def check(expected: Expectation) -> None:
    """Raises `AssertionError` with the results that break or should have met the expectation."""
    reports = _reports(expected.file)
    if expected.kind == "clean":
        flagged = [told for report in reports for told in _told(report, _FLAGGED)]
        assert not flagged, "\n".join(flagged)
        return
    results = next((report for report in reports if report.index == expected.report), None)
    assert results is not None, f"{len(reports)} reports were read, none is number {expected.report}"
    if expected.kind == "finding":
        found = [one for one in results.every() if one.verdict in expected.verdicts]
        assert any(matches(expected, one) for one in found), "\n".join(
            ["not found among", *_told(results, ("inconsistent", "query", "not_assessable"))]
        )
    else:
        assert expected.kind == "near_miss", expected.kind
        alarms = [one for one in results.every() if one.verdict == "inconsistent" and matches(expected, one)]
        assert not alarms, "\n".join(f"{one.rule} {one.message}" for one in alarms)


def matches(expected: Expectation, result: Result) -> bool:
    text = _text(result)
    return all(_mentions(text, piece) for piece in expected.all) and (
        not expected.any or any(_mentions(text, piece) for piece in expected.any)
    )


@cache
def _reports(path: Path) -> list[Report]:
    return audit(path).documents[0].reports


def _told(report: Report, verdicts: tuple[str, ...]) -> list[str]:
    return [f"{one.rule} {one.verdict}: {one.message}" for one in report.every() if one.verdict in verdicts]


def _text(result: Result) -> str:
    parts = [result.rule, result.title, result.message, result.calculation, result.impact, result.suggestion]
    return _squash("\n".join([*parts, *(evidence.quote for evidence in result.evidence)]))


def _squash(text: str) -> str:
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    return re.sub(r"(?<=\d),(?=\d{3})", "", text)


def _mentions(text: str, piece: str) -> bool:
    piece = _squash(piece)
    if re.fullmatch(r"[\d.]+", piece):  # a number must stand alone: 97 is not in 1997
        return re.search(rf"(?<![\d.]){re.escape(piece)}(?!\d|\.\d)", text) is not None
    return piece in text
