"""One report of the season: its memo on demand, with what was decided on it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy import select

from auditor.document import Document, UnreadableFile
from auditor.document.confined import read_confined
from auditor.isolation import Limits, Pool
from auditor.memo import WRITERS, Material, Memo, model
from auditor.memo.build import NarrativeMode, assembled
from auditor.season.reading import StoredReports
from auditor.season.store import Store, StoreError
from auditor.season.store.tables import content, decision, job, place, recipe, report

_SHOWING = ("html", "sarif", "docx", "letter")
"""Formats that show the document itself, which is read again."""


_FEW = 500
"""Numbers in one question to the store."""
_MODES: tuple[NarrativeMode, ...] = ("live", "replay", "off")
"""The way a memo on several reports names: a model was asked, or answers were replayed."""


def memo(store: Store, numbers: Sequence[int]) -> Memo:
    """The memo on the documents of these reports, each under its number in the season. Raises `StoreError` for a number that is none."""
    stored, told, seen = StoredReports(store), list[model.Document](), set[int]()
    for number in numbers:
        if number in seen:
            continue
        document, own = stored.document(number)
        seen.update(own)
        for report_number, told_report in zip(own, document.reports, strict=True):
            told_report.number = report_number
        _put_decisions(store, document, own)
        told.append(document)
    modes = _modes(store, sorted(seen))
    return assembled(told, [], next((mode for mode in _MODES if mode in modes), "off"))


def shown(
    store: Store, numbers: Sequence[int], format: str, limits: Limits, template: Path | None = None,
    say: Callable[[str], None] = lambda line: None,
) -> str | bytes:  # fmt: skip
    """The memo in one of the formats of `auditor audit`. Raises `StoreError`, `MissingExtra`, `BadTemplate`."""
    writer = WRITERS[format]
    writer.prepare(template)
    told = memo(store, numbers)
    documents = []
    if format in _SHOWING:
        with Pool(limits) as pool:
            documents = [_read(store, number, pool) for number in _one_each(store, numbers)]
    return writer(Material(told, documents, template, say))


def _modes(store: Store, numbers: Sequence[int]) -> set[str]:
    """With what model step the reports were audited."""
    with store.reading() as connection:
        wanted = (
            select(recipe.c.settings)
            .join(job, job.c.recipe == recipe.c.id)
            .join(report, report.c.job == job.c.id)
            .distinct()
        )
        found = set[str]()
        for first in range(0, len(numbers), _FEW):
            few = numbers[first : first + _FEW]
            rows = connection.execute(wanted.where(report.c.id.in_(few))).scalars()
            found.update(json.loads(settings)["mode"] for settings in rows)
        return found


def _put_decisions(store: Store, document: model.Document, numbers: Sequence[int]) -> None:
    with store.reading() as connection:
        rows = connection.execute(
            select(report.c.id, decision)
            .join(decision, decision.c.key == report.c.key)
            .where(report.c.id.in_(numbers), decision.c.fingerprint != "")
        ).all()
    words = {(row.id, row.fingerprint): row for row in rows}
    for number, one in zip(numbers, document.reports, strict=True):
        for result in one.every():
            if row := words.get((number, result.fingerprint)):
                result.decision = model.Decision(
                    decision=row.decision, remark=row.remark, who=row.who, when=row.at
                )


def _one_each(store: Store, numbers: Sequence[int]) -> list[int]:
    """One report of each document, in the order of `memo`."""
    kept, seen = [], set[int]()
    for number in numbers:
        if number not in seen:
            kept.append(number)
            seen.update(StoredReports(store).document(number)[1])
    return kept


def _read(store: Store, number: int, pool: Pool) -> Document:
    """The document once more, as it was when it was audited."""
    with store.reading() as connection:
        rows = connection.execute(
            select(place.c.path, content.c.member, content.c.sha256)
            .join(job, job.c.document == place.c.document)
            .join(report, report.c.job == job.c.id)
            .join(content, content.c.id == report.c.content)
            .where(report.c.id == number)
            .order_by(place.c.id)
        ).all()
    for row in rows:
        wanted = f"{row.path}/{row.member}" if row.member else row.path
        for one in read_confined([row.path], pool):
            if not isinstance(one, UnreadableFile) and one.path == wanted and one.sha256 == row.sha256:
                return one
    raise StoreError("原文件已移走或改动，这种格式要用到原文；可用 md、json 或 xlsx")
