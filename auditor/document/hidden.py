"""What a file holds and does not show: it is read, marked, told once, and takes no part in what is compared.

A reader hands such text on between two marks (`concealed`); the composer takes the marks out again and
keeps the spans. The marks are noncharacters of Unicode: no text in circulation has them, and one that
has is told as hidden, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from auditor.document.model import Block, Cell, Document, Paragraph, Row, Span, View

UNSEEN = "打开时看不见，已读入，不参与核对"
"""How every reader tells of hidden content: one policy for all formats."""

_HIDE, _SHOW = "\ufdd0", "\ufdd1"


def concealed(text: str) -> str:
    """The text, every line of it marked as hidden."""
    bare = text.replace(_HIDE, "").replace(_SHOW, "")
    return "\n".join(f"{_HIDE}{line}{_SHOW}" if line.strip() else line for line in bare.split("\n"))


def is_concealed(text: str) -> bool:
    """Whether all of it is hidden."""
    return bool(text.strip()) and not any(part.strip() for part, hidden in _parts(text) if not hidden)


def unmarked(text: str, start: int) -> tuple[str, list[Span]]:
    """The text without marks, and where its hidden stretches stand if it begins at `start`."""
    if _HIDE not in text and _SHOW not in text:
        return text, []
    written, spans = "", []
    for part, hidden in _parts(text):
        if hidden and part:
            spans.append(Span(start + len(written), start + len(written) + len(part)))
        written += part
    return written, spans


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    for at, part in enumerate(text.split(_HIDE)):
        inner, _, rest = part.partition(_SHOW)
        if at:
            yield inner, True
            yield rest.replace(_SHOW, ""), False
        else:
            yield part.replace(_SHOW, ""), False


def shown_blocks(document: Document) -> tuple[Block, ...]:
    """The blocks without what is hidden in them; those that are empty then are left out."""
    if not document.hidden:
        return document.blocks
    kept = (_shown_block(block, document.hidden) for block in document.blocks)
    return tuple(block for block in kept if block is not None)


def revealed(document: Document) -> Document:
    """The document as if everything in it could be seen."""
    return replace(document, hidden=())


def _shown_block(block: Block, hidden: Sequence[Span]) -> Block | None:
    within = [span for span in hidden if span.overlaps(block.span)]
    if not within:
        return block
    if isinstance(block, Paragraph):
        view = _without(block.view, within)
        return replace(block, view=view) if view.text.strip() else None
    rows = [_shown_row(row, within) for row in block.rows]
    kept = tuple(row for row in rows if row.cells)
    return replace(block, rows=kept) if kept else None


def _shown_row(row: Row, hidden: Sequence[Span]) -> Row:
    cells: list[Cell] = []
    for cell in row.cells:
        view = _without(cell.view, hidden)
        if view.text.strip():
            cells.append(cell if view is cell.view else replace(cell, view=view))
    return replace(row, cells=tuple(cells))


def _without(view: View, hidden: Sequence[Span]) -> View:
    """The view without the characters that stand in the spans."""
    if not any(span.overlaps(view.span()) for span in hidden):
        return view
    kept = [
        at
        for at in range(len(view.text))
        if not any(span.start <= view.place(at) < span.end for span in hidden)
    ]
    found = View("", ())
    start = 0
    while start < len(kept):
        end = start + 1
        while end < len(kept) and kept[end] == kept[end - 1] + 1:
            end += 1
        found = found.join(view.part(kept[start], kept[end - 1] + 1))
        start = end
    return found
