"""Text as a reader meets it: passages, sections, goals, and limits on length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from enum import StrEnum

from auditor.compiled import compiled
from auditor.document import Span, View
from auditor.figures import Figure, scan
from auditor.language import Structure, cut
from auditor.values import frozen, lazy

_STOP = compiled(r"[。；;！!？?\n]")


@frozen
class WordLimit:
    """A limit on the length of a text: characters at least / at most, and what it governs.

    scope  the column or section label that carries it; `applies` are the texts under it
    """

    view: View
    scope: str
    minimum: int | None
    maximum: int | None
    applies: tuple[tuple[str, View], ...] = ()

    @property
    def contradicts_itself(self) -> bool:
        """ "不低于500字以内" cannot be met or broken."""
        return self.minimum is not None and self.maximum is not None and self.minimum >= self.maximum


class TextKind(StrEnum):
    HEADING = "heading"
    PROSE = "prose"
    CELL = "cell"
    FLAT = "flat"  # a table run together that could not be laid back into rows: read by no rule


@frozen
class Passage:
    """A paragraph or a table cell as a reader meets it, in document order.

    label    what names the text: the row label of a cell, "" for prose
    section  title of the section it stands in
    chapter  title of the outermost section over that one; "" where there is none
    parts    what the headings over it set it apart by: a stretch of the year, a batch, a lot, a place
    filled_by_system  the form itself says the text was carried over from the application
    declared  the unit of bare numbers that a line or heading above declares ("单位:元"), or ""
    """

    view: View
    kind: TextKind
    label: str = ""
    section: str = ""
    filled_by_system: bool = False
    parts: tuple[str, ...] = ()
    declared: str = ""
    chapter: str = ""
    text: str = field(init=False, repr=False, compare=False)
    span: Span = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Rules ask for both all the time.
        object.__setattr__(self, "text", self.view.text)
        object.__setattr__(self, "span", self.view.span())

    @lazy
    def figures(self) -> list[Figure]:
        return scan(self.view)

    @lazy
    def structure(self) -> Structure:
        """Its sentences, clauses and brackets."""
        return cut(self.text)

    @lazy
    def sentences(self) -> Sequence[View]:
        """The passage cut after 。；！？ and at paragraph borders; never empty."""
        start, text = 0, self.view.text
        found = []
        for match in _STOP.finditer(text):
            at = match.start()
            if at > start:
                found.append(self.view.part(start, at + (text[at] != "\n")))
            start = at + 1
        if start < len(text):
            found.append(self.view.part(start, len(text)))
        return found


@frozen
class Section:
    """A titled part of the report. `number` as written ("三", "（二）"); `depth` 1 for 一、, 2 for （一）…"""

    title: str
    view: View
    number: str
    depth: int
    passages: tuple[Passage, ...]

    @property
    def text(self) -> str:
        return "\n".join(passage.text for passage in self.passages)


@frozen
class Goal:
    """A goal as stated. `label` is what introduces it ("目标3", "年度总体目标", "1.")."""

    label: str
    view: View
    filled_by_system: bool = False
