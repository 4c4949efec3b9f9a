"""Ways a form may have looked before its grid was lost: each proposes blocks for the same stretch of text.

A candidate knows one kind of damage and has a cheap sign by which it is tried at all. Which one is right
is not decided here (`restore`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.document import Block, Document, Span
from auditor.report.laid_tables import in_order
from auditor.report.on_its_side import upright
from auditor.report.tokens import Token, healed, joined, may_be_grouped, tokens
from auditor.values import frozen

_LINED, _WIDEST = 2, 14  # cells a line, on average, between which lines are taken for rows
_WAYS = (
    (False, False, "单元格依次排列"),
    (True, False, "一行一行、单空格分列"),
    (True, True, "一行一行、单空格分列，数字里也有空格"),
)
"""Single spaces part cells, save those inside numbers; and how that is told."""


@frozen
class Candidate:
    """`name` says in Chinese how the form is read; `doubtful` are rows that could be laid otherwise; `guessed`:
    the rows and columns are not those of the file."""

    name: str
    blocks: tuple[Block, ...]
    doubtful: tuple[Span, ...] = ()
    guessed: bool = True


def candidates(blocks: Sequence[Block], document: Document) -> Iterator[Candidate]:
    """The ways to read a stretch of blocks, as printed first."""
    yield Candidate("照原样的行列", tuple(blocks), guessed=False)
    turned = tuple(map(upright, blocks))
    if turned != tuple(blocks):
        yield Candidate("行列互换", turned, guessed=False)
    seen: list[tuple[str, ...]] = []
    for spaced, grouped, name in _WAYS:
        if grouped and not may_be_grouped(blocks, document):
            continue
        cells = joined(tokens(blocks, document, spaced, grouped))
        for own, how in ((cells, name), (healed(cells), f"{name}，数有折断")):
            texts = tuple(cell.text for cell in own)
            if texts not in seen:
                seen.append(texts)
                yield from _laid(own, blocks, how)


def _laid(cells: Sequence[Token], blocks: Sequence[Block], name: str) -> Iterator[Candidate]:
    """The cells under their headers: lines taken for rows where they may be, then one cell after another."""
    lines = len({cell.line for cell in cells})
    lined = _LINED * lines <= len(cells) <= _WIDEST * lines
    told: Candidate | None = None
    for by_line in (True, False) if lined else (False,):
        found = in_order(cells, blocks, by_line)
        if found is not None and (told is None or found.blocks != told.blocks):
            how = name if by_line or not lined else f"{name}，行有折断"
            told = Candidate(how, found.blocks, found.doubtful)
            yield told
