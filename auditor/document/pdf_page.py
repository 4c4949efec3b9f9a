"""A page of a PDF as the libraries tell it: characters, lines and pictures where they are seen, the upper left
corner of the visible page at zero."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from auditor.document.borders import Box
from auditor.document.marks import Glyph

_THIN = 3.0
_SLANT = 0.1


class Run(NamedTuple):
    """Characters drawn in one go, each as high as the others. `direction`: degrees by which the page has to be
    turned clockwise to make them level; `None` where they stand askew."""

    glyphs: list[Glyph]
    size: float
    direction: int | None


class Drawing(NamedTuple):
    """A straight line, or an upright rectangle and whether its sides are drawn."""

    box: Box
    is_line: bool
    stroked: bool


@dataclass
class Printed:
    """`pictured`: the share of the page that pictures cover; `unseen`: whether text is written that nobody sees;
    `filled_in`: what stands in fields and typed notes."""

    number: int
    width: float
    height: float
    runs: list[Run]
    edges: list[Box]
    pictured: float = 0.0
    unseen: bool = False
    filled_in: list[Glyph] = field(default_factory=list)


def direction(across: float, up: float) -> int | None:
    """The direction of characters, of which one step right is one of `across` right and `up` upwards."""
    if abs(up) < _SLANT * abs(across):
        return 0 if across > 0 else 180
    if abs(across) < _SLANT * abs(up):
        return 90 if up > 0 else 270
    return None


def turned(box: Sequence[float], width: float, height: float, turn: int) -> Box:
    """Where the box stands when the page, so wide and high, is turned clockwise."""
    x0, y0, x1, y1 = box
    if turn == 90:
        return Box(height - y1, x0, height - y0, x1)
    if turn == 180:
        return Box(width - x1, height - y1, width - x0, height - y0)
    return Box(y0, width - x1, y1, width - x0) if turn == 270 else Box(x0, y0, x1, y1)


def edges_of(drawings: Iterable[Drawing]) -> Iterator[Box]:
    """Lines, the sides of drawn rectangles, and bars so thin that they are lines."""
    for box, is_line, stroked in drawings:
        x0, top, x1, bottom = box
        if is_line:
            if x0 == x1 or top == bottom:
                yield box
        elif x1 - x0 < _THIN or bottom - top < _THIN:
            yield box
        elif stroked:
            yield from (
                Box(x0, top, x1, top), Box(x0, bottom, x1, bottom), Box(x0, top, x0, bottom), Box(x1, top, x1, bottom),
            )  # fmt: skip
