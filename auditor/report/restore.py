"""Which way to read a form whose grid may be lost: candidates, weighed by the form's own arithmetic.

Of a table that a file format declares (docx, xlsx, html, ruled PDF) nothing but that table is looked at at a
time; in text, every stretch that may be a form is. It is read as printed; unless that reading is sound, the other candidates are
read as well, and the one in which most figures have a meaning and most relations hold is taken. Where
the two best say different things and hold alike, what they differ in is doubtful.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from auditor.compiled import compiled
from auditor.document import NOWHERE, Block, Document, Paragraph, Span, Table, shown_blocks
from auditor.document.fold import folded_text
from auditor.report.align import FIGURES, CellType, cell_type
from auditor.report.candidates import Candidate, candidates
from auditor.report.copied_cells import plain
from auditor.report.labelled import Labelled
from auditor.report.labels import column_of, role_of
from auditor.report.model import FormRead, Report, Way
from auditor.report.passages import numbering
from auditor.report.plain_tables import read_plain
from auditor.report.record_lines import recorded, unboxed
from auditor.report.side_by_side import taken_apart
from auditor.report.soundness import POOR, Soundness, soundness
from auditor.report.tables import TableReading
from auditor.values import frozen

_PROSE = 60
_HEAD_START = 50  # one part in so many of its score is what the reading as printed has in advance
_MEAN = 20  # characters of a piece of running text, at least, on average
_LABEL = 40
_WORDS = 3
_IN_A_ROW = 2  # bare figures that no heading has
_BORDER = compiled(r"[\s|]+")
ASSISTED = "行列经模型标注"


@frozen
class Weighed:
    """One candidate and what was found in it."""

    candidate: Candidate
    soundness: Soundness
    unread: int


@frozen
class Choice:
    """How a stretch of the document was read: the winner, the runner-up if another reading was tried."""

    span: Span
    winner: Weighed
    runner_up: Weighed | None = None

    def told(self) -> FormRead:
        """The choice as the reader of `auditor read` sees it."""
        return FormRead(
            self.span, _way(self.winner), _way(self.runner_up) if self.runner_up is not None else None
        )


@dataclass
class Restored:
    """The blocks with their tables laid back, the choices made, rows that may be laid otherwise, and what is read
    as somebody else labelled it."""

    blocks: list[Block] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    doubtful: list[Span] = field(default_factory=list)
    assisted: list[Span] = field(default_factory=list)


def _way(one: Weighed) -> Way:
    found = one.soundness
    failed = tuple(f"“{relation.of}”{relation.words}" for relation in found.failed)
    guessed = one.candidate.guessed
    return Way(
        one.candidate.name, found.placed, found.held, found.checked, failed, found.vetoes, one.unread, guessed
    )


def restore(document: Document, labelled: Sequence[Labelled] = ()) -> Restored:
    """The blocks of the document, forms that lost their grid laid back into tables; `labelled` are grids
    that were told of some stretches, one way to read each among the others."""
    result = Restored()
    told = {one.span: one for one in labelled}
    for stretch in stretches(document):
        grid = told.get(span_of(stretch))
        if grid is None and not _may_be_form(stretch, document):
            result.blocks.extend(stretch)
            continue
        choice = _choose(stretch, document, grid)
        if choice.winner.candidate.name == ASSISTED:
            result.assisted.append(choice.span)
        result.blocks.extend(choice.winner.candidate.blocks)
        result.choices.append(choice)
        result.doubtful.extend(choice.winner.candidate.doubtful)
        result.doubtful.extend(_doubts(choice))
    return result


def stretches(document: Document) -> Iterator[list[Block]]:
    """The stretches that are looked at one at a time, without what only copying did to their blocks."""
    for printed in _stretches(document, document.has_grids):
        blocks = [part for block in printed for part in unboxed(plain(block, document), document)]
        yield list(recorded([part for block in blocks for part in taken_apart(block)]))


def _stretches(document: Document, native: bool) -> Iterator[list[Block]]:
    """The blocks in stretches between running text; a table of the format's own stands alone."""
    stretch: list[Block] = []
    for block in shown_blocks(document):
        alone = native and isinstance(block, Table)
        if alone or _is_prose(block, document):
            if stretch:
                yield stretch
            yield [block]
            stretch = []
        else:
            stretch.append(block)
    if stretch:
        yield stretch


def _is_prose(block: Block, document: Document) -> bool:
    """Running text, or a chapter's heading: no form goes on over it. A row may be numbered as a chapter is:
    "一、基本支出　1702.40　1702.40"."""
    if isinstance(block, Table):
        return False
    text = block.text
    if len(text) >= _PROSE and any(mark in text for mark in "。；"):
        pieces = _pieces(block, document)
        if len(text) >= _MEAN * len(pieces) and sum(map(_telling, pieces)) < _WORDS:
            return True
    mark = numbering(text)
    if mark is None or mark[0] != 1 or len(text) > _PROSE:
        return False
    return sum(cell_type(piece) in FIGURES for piece in _pieces(block, document)) < _IN_A_ROW


def _pieces(block: Block, document: Document) -> list[str]:
    """The block's cells; those of a paragraph, which may hold several lines, end at spaces and pipes."""
    if isinstance(block, Table):
        return [cell.text for row in block.rows for cell in row.cells]
    span = block.span
    return [piece for piece in _BORDER.split(folded_text(document)[span.start : span.end]) if piece]


def _may_be_form(stretch: Sequence[Block], document: Document) -> bool:
    """The cheap sign: words of headers."""
    words = 0
    for block in stretch:
        words += sum(map(_telling, _pieces(block, document)))
        if words >= _WORDS:
            return True
    return False


def _telling(text: str) -> bool:
    """Whether a piece of text is a word of headers."""
    if len(text) > _LABEL:
        return False
    return (
        role_of(text) is not None or column_of(text) is not None or text in ("年初", "全年", "年度", "实际")
    )


def _choose(stretch: Sequence[Block], document: Document, labelled: Labelled | None) -> Choice:
    ways = candidates(stretch, document)
    first = _weighed(next(ways), document)
    if (
        first.soundness.sound
        and not first.unread
        and first.soundness.checked
        and not _left_over(stretch, document)
    ):
        return Choice(span_of(stretch), first)
    others = (_weighed(way, document) for way in ways)
    weighed = [first, *(one for one in others if one.soundness.placed)]
    if labelled is not None:
        blocks = tuple(
            table if _confirmed(table, labelled, document) else Paragraph(text)
            for table, text in zip(labelled.tables, labelled.texts, strict=True)
        )
        weighed.append(_weighed(Candidate(ASSISTED, blocks), document))
    ranked = sorted(weighed, key=_rank, reverse=True)
    return Choice(span_of(stretch), ranked[0], ranked[1] if len(ranked) > 1 else None)


def _confirmed(table: Table, labelled: Labelled, document: Document) -> bool:
    """Whether nothing speaks against a table as it was told; whether every number that a border cuts off another
    stands in an equation that holds; and where its head is not printed, whether one holds and none fails."""
    found = _weighed(Candidate(ASSISTED, (table,)), document).soundness
    cut = [cell.span for row in table.rows for cell in row.cells if cell.span in labelled.cut]
    if found.vetoes or not all(_within(cell, found.proved) for cell in cut):
        return False
    return table.number not in labelled.unprinted or bool(found.sound and found.proved)


def _within(cell: Span, places: Iterable[Span]) -> bool:
    return any(place.overlaps(cell) for place in places)


def _rank(one: Weighed) -> tuple[bool, int, int]:
    """Sound before vetoed, then by what was placed and holds. A guess has to be better than what is printed by more
    than a figure or two: those it may win by chance."""
    found = one.soundness
    printed = 0 if one.candidate.guessed else found.score // _HEAD_START + 2
    return not found.vetoes, found.score - one.unread + printed, -len(one.candidate.doubtful)


def _left_over(stretch: Sequence[Block], document: Document) -> bool:
    """Whether cells with words of headers or with bare figures stand outside the tables of the stretch."""
    loose = [block for block in stretch if isinstance(block, Paragraph)]
    return any(
        (len(block.text) <= _LABEL and cell_type(block.text) is CellType.NUMBER)
        or sum(map(_telling, _pieces(block, document))) >= (1 if len(block.text) <= _LABEL else _WORDS)
        for block in loose
    )


def _weighed(candidate: Candidate, document: Document) -> Weighed:
    report = Report(document, 0, NOWHERE)
    reading = TableReading(report)
    for block in candidate.blocks:
        if isinstance(block, Table):
            reading.read(block)
    reading.close()
    read_plain(report, candidate.blocks)
    return Weighed(candidate, soundness(report), len(report.unread))


def _doubts(choice: Choice) -> Iterator[Span]:
    """The figures that this reading proves nothing about: all of them where a veto stands against the winner or
    too little holds in a guess, else those the two best give different meanings where nothing tells which is right.
    """
    found = choice.winner.soundness
    guessed = choice.winner.candidate.guessed
    if found.vetoes or (guessed and (found.checked - found.held) * POOR > found.checked):
        yield from dict.fromkeys(span for span, _ in found.assigned)
    elif guessed:
        yield from found.poor
    other = choice.runner_up
    if other is not None and _rank(other)[:2] == _rank(choice.winner)[:2]:
        differing = found.assigned ^ other.soundness.assigned
        yield from dict.fromkeys(span for span, _ in differing)


def span_of(stretch: Sequence[Block]) -> Span:
    """From the first block to the last."""
    spans = [span for block in stretch if (span := block.span).end > span.start]
    return spans[0].cover(spans[-1]) if spans else NOWHERE
