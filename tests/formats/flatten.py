"""A form as text, the way units and web sites pass it on: every damage a table takes on the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random

from tests.formats.sheet import Page, Placed, Sheet, Truth

Line = list[Placed | None]
"""One row as it is written: `None` is an empty cell."""

STYLES = ("tabs", "pipes", "pipes bare", "cell lines", "row lines", "one line", "fused")
MERGES = ("blank", "repeat", "drop")
DAMAGES = (
    "shifted tabs", "empties dropped", "blank lines", "trailing pipe", "broken words", "first cell alone", "wrapped rows",
    "page break", "page break with header", "hard breaks", "lost signs", "wide digits", "portal lines", "title in one line",
)  # fmt: skip
_FITS: dict[str, tuple[str, ...]] = {
    "shifted tabs": ("tabs",),
    "empties dropped": ("tabs", "pipes", "pipes bare"),
    "blank lines": ("cell lines", "row lines"),
    "trailing pipe": ("cell lines",),
    "broken words": ("cell lines", "tabs", "pipes bare"),
    "first cell alone": ("pipes bare", "tabs", "row lines"),
    "wrapped rows": ("pipes", "pipes bare", "row lines"),
    "page break": STYLES[:5],
    "page break with header": STYLES[:5],
    "hard breaks": ("cell lines", "row lines"),
    "lost signs": STYLES[:6],
    "wide digits": STYLES[:6],
    "portal lines": STYLES,
    "title in one line": STYLES,
}
"""Which ways of writing a damage goes with."""
_BREAKS = re.compile(r"(?<=年度)|(?<=年初)|(?<=全年)|(?<=实际)|(?<=偏差原因)|(?<=自评)|(?<=完成)|(?<=预算)")


@dataclass
class Flat:
    """`lost` are truths that nobody could read any more, `kinds` the damages done, `rows` what stands in the text,
    in its order, as the grid had it: what somebody who sees through every damage copies out."""

    text: str
    kinds: tuple[str, ...]
    lost: set[Truth] = field(default_factory=set)
    rows: list[list[str]] = field(default_factory=list)


def choose(rng: Random, wanted: str = "") -> tuple[str, str, tuple[str, ...]]:
    """Way of writing, way of merges, damages: half of the texts take none beyond these."""
    styles = [style for style in STYLES if style == wanted or wanted not in STYLES]
    if wanted in DAMAGES:
        styles = list(_FITS[wanted])
    style = rng.choices(styles, [1 if one == "fused" else 3 for one in styles])[0]
    merges = rng.choice(MERGES if style in ("tabs", "pipes", "pipes bare") else ("drop",))
    if wanted in MERGES:
        merges = wanted
    fitting = [damage for damage in DAMAGES if style in _FITS[damage]]
    count = rng.choices((0, 1, 2, 3), (5, 4, 2, 1))[0]
    damages = set(rng.sample(fitting, min(count, len(fitting)))) | ({wanted} & set(DAMAGES))
    if {"page break", "page break with header"} <= damages:
        damages.discard("page break")
    return style, merges, tuple(damage for damage in DAMAGES if damage in damages)


def flatten(page: Page, rng: Random, style: str, merges: str, damages: tuple[str, ...]) -> Flat:
    """The page as text."""
    writer = _Writer(rng, style, merges, damages)
    lines: list[str] = []
    for part in page:
        if isinstance(part, str):
            lines.append(part)
            writer.rows.append([part])
        else:
            lines.extend(writer.sheet(part))
    if "title in one line" in damages:
        lines[:2] = ["".join(lines[:2])]
    kinds = (style, f"merges {merges}", *damages)
    if style in ("one line", "fused"):
        text = (" " if style == "one line" else "").join(line for line in lines if line)
    else:
        text = ("\n\n" if "blank lines" in damages else "\n").join(lines)
    if "portal lines" in damages:
        before, behind = "您当前的位置：首页 > 政务公开 > 预决算公开", "【打印】【关闭】"
        text = f"{before}\n{text}\n{behind}"
        writer.rows = [[before], *writer.rows, [behind]]
    return Flat(text + "\n", kinds, writer.lost, writer.rows)


@dataclass
class _Writer:
    rng: Random
    style: str
    merges: str
    damages: tuple[str, ...]
    lost: set[Truth] = field(default_factory=set)
    rows: list[list[str]] = field(default_factory=list)

    def sheet(self, sheet: Sheet) -> list[str]:
        rows = [self._row(sheet, number) for number in range(sheet.rows)]
        rows = [[one for one in row if one is not None] for row in rows] if self._drops else rows
        lines = self._broken(sheet, rows)
        return [line for cells in lines for line in self._written(cells)]

    @property
    def _drops(self) -> bool:
        return "empties dropped" in self.damages or self.style not in ("tabs", "pipes", "pipes bare")

    def _row(self, sheet: Sheet, number: int) -> Line:
        """The cells of a row, with what merged cells leave in the places they cover."""
        row: Line = [None] * sheet.columns
        for one in sheet.cells:
            if not one.row <= number < one.row + one.cell.down:
                continue
            for col in range(one.col, one.col + one.cell.right):
                home = one.row == number and col == one.col
                row[col] = one if one.cell.text and (home or self.merges == "repeat") else None
        if self.merges == "drop":
            covered = {
                one.col + right
                for one in sheet.cells
                if one.row <= number < one.row + one.cell.down
                for right in range(one.cell.right)
                if (one.row, 0) != (number, right)
            }
            row = [cell for col, cell in enumerate(row) if cell is not None or col not in covered]
        return row

    # --- damages to rows ---

    def _broken(self, sheet: Sheet, rows: list[Line]) -> Iterator[list[str]]:
        texts = [[self._cell(one) for one in row] for row in rows]
        whole = [_spread(row, own, sheet.columns) for row, own in zip(rows, texts, strict=True)]
        heads = {
            at
            for at, row in enumerate(rows)
            if sum(one is not None and one.cell.kind == "header" for one in row) >= 3
        }
        if "shifted tabs" in self.damages:
            texts = [self._shifted(row, at in heads) for at, row in enumerate(texts)]
        if "wrapped rows" in self.damages:
            texts = self._wrapped(texts, heads)
        pause = self._pause(heads, len(texts))
        last: list[str] = []
        for at, row in enumerate(texts):
            if at in heads:
                last = row
                if "first cell alone" in self.damages and len(row) > 2:
                    yield row[:1]
                    row = row[1:]
            if at == pause:
                yield ["\0" + self.rng.choice(("", "— 2 —", "第 2 页 共 3 页", "- 2 -"))]
                if "page break with header" in self.damages:
                    self.rows.append(whole[max(place for place in heads if place < at)])
                    yield last
            self.rows.append(whole[at])
            yield row

    def _pause(self, heads: set[int], rows: int) -> int:
        """A page ends somewhere under the last header row."""
        if not {"page break", "page break with header"} & set(self.damages) or not heads:
            return -1
        first = max(heads) + 2
        return self.rng.randrange(first, rows) if first < rows else -1

    def _shifted(self, row: list[str], head: bool) -> list[str]:
        """An empty cell too many, or too few, before some cell."""
        if head or self.rng.random() < 0.6:
            return row
        blanks = [at for at, text in enumerate(row) if not text]
        if blanks and self.rng.random() < 0.5:
            row = row[:]
            del row[self.rng.choice(blanks)]
            return row
        at = self.rng.randrange(len(row) + 1)
        return [*row[:at], "", *row[at:]]

    def _wrapped(self, rows: list[list[str]], heads: set[int]) -> list[list[str]]:
        """Under each header every row's label stands at the end of the row above it."""
        rows = [row[:] for row in rows]
        for head in sorted(heads):
            end = next((at for at in sorted(heads) if at > head), len(rows))
            for at in range(head + 1, end):
                if len(rows[at]) < 3:
                    break
                lead = next((place for place, text in enumerate(rows[at]) if text), 0)
                rows[at - 1] += rows[at][lead : lead + 1]
                rows[at] = rows[at][lead + 1 :]
        return rows

    # --- damages to cells ---

    def _cell(self, one: Placed | None) -> str:
        if one is None:
            return ""
        text = one.cell.text
        if "broken words" not in self.damages or self.style == "cell lines":
            text = text.replace("\n", "")
        if "broken words" in self.damages and one.cell.kind == "header":
            text = self._split_word(text)
        if "hard breaks" in self.damages and one.cell.kind in ("words", "label") and len(text) > 6:
            at = self.rng.randrange(3, len(text) - 1)
            if self.rng.random() < 0.5 and "\n" not in text:
                text = text[:at] + "\n" + text[at:]
        if one.cell.truth is not None and self._loses_sign(text):
            self.lost.add(one.cell.truth)
            text = self.rng.choice(("", "》", "?")) + text[1:]
        if "wide digits" in self.damages and self.rng.random() < 0.3:
            text = text.translate(_WIDE)
        return text

    def _loses_sign(self, text: str) -> bool:
        return "lost signs" in self.damages and text[:1] in "≥≤" and self.rng.random() < 0.5

    def _split_word(self, text: str) -> str:
        if "\n" in text or self.rng.random() < 0.5:
            return text
        at = next((found.start() for found in _BREAKS.finditer(text) if 0 < found.start() < len(text)), 0)
        return text[:at] + "\n" + text[at:] if at else text

    # --- writing ---

    def _written(self, cells: list[str]) -> list[str]:
        if cells and cells[0].startswith("\0"):
            return ["", cells[0][1:]] if cells[0][1:] else [""]
        write: dict[str, Callable[[list[str]], list[str]]] = {
            "tabs": lambda row: ["\t".join(row)],
            "pipes": lambda row: ["| " + " | ".join(row) + " |"],
            "pipes bare": lambda row: [" | ".join(row)],
            "cell lines": lambda row: [
                text + (" |" if "trailing pipe" in self.damages else "") for text in row
            ],
            "row lines": lambda row: [" ".join(row)],
            "one line": lambda row: row,
            "fused": lambda row: row,
        }
        return write[self.style](cells)


def _spread(row: Line, texts: list[str], columns: int) -> list[str]:
    """The texts of a row at the grid columns of their cells."""
    whole = [""] * columns
    for one, text in zip(row, texts, strict=True):
        if one is not None:
            at = next((col for col in range(one.col, one.col + one.cell.right) if not whole[col]), one.col)
            whole[at] = text
    return whole


_WIDE = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
