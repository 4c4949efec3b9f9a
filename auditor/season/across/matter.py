"""A matter that several reports raise together, with a quote and a place from each.

Quotes are taken from the texts of the documents and compared with what was read there, character by character; a
matter whose quote is not in its document is dropped and counted.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from typing import Literal

from auditor.compiled import compiled
from auditor.memo import model
from auditor.memo.escape import quoted
from auditor.season.across.stated import Amount, Mark, Target
from auditor.season.records import Record
from auditor.values import frozen

_CELLS = compiled(r"[\t|]")


@frozen
class Kind:
    """One relation: its code, its name, what it is called, how grave it is, what the unit is asked to do."""

    code: str
    name: str
    title: str
    severity: Literal["high", "medium", "low"]
    ask: str


@frozen
class Side:
    """A place in the text of one report. `raw` is what was read there ("" where the place alone is known);
    `previous`: the report is one of the season before."""

    record: Record
    start: int
    end: int
    raw: str = ""
    previous: bool = False

    @classmethod
    def of(cls, record: Record, told: Amount | Target | Mark, previous: bool = False) -> Side:
        return cls(record, told.start, told.end, told.raw, previous)


@frozen
class Matter:
    """`message` in Chinese with the figures in it; `calculation` the comparison, where numbers were compared."""

    kind: Kind
    message: str
    sides: tuple[Side, ...]
    calculation: str = ""

    @property
    def records(self) -> list[Record]:
        return list({(side.previous, side.record.id): side.record for side in self.sides}.values())


@frozen
class Told:
    """A matter with its quotes, as a memo tells results: `sides` stand beside the evidence of `result`."""

    result: model.Result
    sides: tuple[Side, ...]


Texts = Callable[[Side], str]
"""The text of the document that a side stands in."""


def told(matters: Iterable[Matter], texts: Texts) -> tuple[list[Told], int]:
    """The matters with their quotes, and how many were dropped because a quote is not in its document."""
    found = [_told(matter, texts) for matter in matters]
    kept = [one for one in found if one is not None]
    return kept, len(found) - len(kept)


def _place(text: str, at: int) -> str:
    """The row of a table by its first words, else running text: the text of a document has a row on each line."""
    line = text[text.rfind("\n", 0, at) + 1 :].partition("\n")[0]
    first = next((cell for part in _CELLS.split(line) if (cell := part.strip())), "")
    return f"{quoted(first)}行" if first != line.strip() else "正文"


def _told(matter: Matter, texts: Texts) -> Told | None:
    evidence = []
    for side in matter.sides:
        text = texts(side)
        quote = text[side.start : side.end]
        if not quote or (side.raw and quote != side.raw):
            return None
        line = text.count("\n", 0, side.start) + 1
        place = model.Locator(
            line=line, page=None, table=None, row=None, col=None, place=_place(text, side.start)
        )
        evidence.append(model.Evidence(quote=quote, start=side.start, end=side.end, locator=place))
    kind = matter.kind
    identity = [
        kind.code,
        *sorted({side.record.key for side in matter.sides}),
        *sorted({one.quote for one in evidence}),
    ]
    mark = hashlib.sha256(
        json.dumps(identity, ensure_ascii=False).encode("utf-8", "backslashreplace")
    ).hexdigest()
    result = model.Result(
        fingerprint=mark[:16], rule=kind.code, name=kind.name, title=kind.title, verdict="query",
        severity=kind.severity, origin="corpus", message=matter.message, calculation=matter.calculation, impact="",
        suggestion=kind.ask, basis=[model.Basis(source="各份材料互相核对")], evidence=evidence,
    )  # fmt: skip
    return Told(result, matter.sides)
