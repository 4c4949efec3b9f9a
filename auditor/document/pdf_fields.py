"""What somebody filled into a PDF: form fields and text typed over the page, which stand beside its
contents. Laid out as glyphs in their boxes, so that they fall into the cells below them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pdfminer.pdftypes import resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import decode_text
from pdfplumber.page import Page

from auditor.document.marks import Glyph

_HIDDEN = 2
_PUSH_BUTTON = 1 << 16
_LINE = 12.0
"""Points: the height of a line of typed text where the box is higher."""


def filled_in(page: Page) -> Iterator[Glyph]:
    """The glyphs of every visible field and note that shows text on the page."""
    for one in page.annots:
        data = one["data"]
        if _number(data.get("F")) & _HIDDEN:
            continue
        text = _shown(data)
        if text.strip():
            yield from _laid(text, one["x0"], one["top"], one["x1"], one["bottom"])


def _shown(data: dict[str, Any]) -> str:
    kind = _name(data.get("Subtype"))
    if kind == "FreeText":
        return _text(data.get("Contents"))
    if kind != "Widget":
        return ""
    field = _name(_inherited(data, "FT"))
    if field in ("Tx", "Ch"):
        return _text(_inherited(data, "V"))
    if field == "Btn" and not _number(_inherited(data, "Ff")) & _PUSH_BUTTON:
        return "□" if _name(resolve1(data.get("AS"))) in ("", "Off") else "☑"
    return ""


def _inherited(data: dict[str, Any], key: str) -> Any:
    """A value of the field, or of the field it is one of several boxes of."""
    for _ in range(8):
        if (found := resolve1(data.get(key))) is not None:
            return found
        above = resolve1(data.get("Parent"))
        if not isinstance(above, dict):
            return None
        data = above
    return None


def _text(value: Any) -> str:
    value = resolve1(value)
    if isinstance(value, list):
        return " ".join(map(_text, value))
    return decode_text(value) if isinstance(value, bytes) else value if isinstance(value, str) else ""


def _name(value: Any) -> str:
    value = resolve1(value)
    name = value.name if isinstance(value, PSLiteral) else ""
    return name.decode("latin-1") if isinstance(name, bytes) else name


def _number(value: Any) -> int:
    value = resolve1(value)
    return value if isinstance(value, int) else 0


def _laid(text: str, x0: float, top: float, x1: float, bottom: float) -> Iterator[Glyph]:
    """One line of the text below the other; a long one is set closer until it fits the box."""
    lines = [line for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.strip()]
    height = min((bottom - top) / len(lines), _LINE)
    start = top + (bottom - top - height * len(lines)) / 2
    for number, line in enumerate(lines):
        widths = [0.5 if char.isascii() else 1.0 for char in line]
        unit = min(height, (x1 - x0) / sum(widths))
        x, y = x0, start + number * height
        for char, width in zip(line, widths, strict=True):
            yield Glyph(char, x, y, x + width * unit, y + height)
            x += width * unit
