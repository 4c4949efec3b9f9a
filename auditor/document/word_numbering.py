"""Automatic numbers of Word lists: "一、", "（二）", "1." that stand in no text run.

They are part of what a reader sees, and headings are known by them.
"""

from __future__ import annotations

import re

from docx.document import Document as Docx
from lxml.etree import _Element

from auditor.compiled import compiled
from auditor.values import frozen

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"
_CHINESE = {
    "chineseCounting", "chineseCountingThousand", "chineseLegalSimplified", "ideographTraditional",
    "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand", "koreanCounting",
}  # fmt: skip


@frozen
class _Level:
    start: int
    format: str
    text: str


class Numbering:
    """Counts the paragraphs of each list; one object per document, asked in page order."""

    def __init__(self, docx: Docx) -> None:
        self._lists: dict[str, str] = {}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._by_style: dict[str, tuple[str, int]] = {}
        part = next(
            (
                relation.target_part
                for relation in docx.part.rels.values()
                if not relation.is_external and relation.reltype.endswith("/numbering")
            ),
            None,
        )
        if part is not None:
            self._read(part.element)
        for style in docx.styles.element.iter(f"{_W}style"):
            number = style.find(f"{_W}pPr/{_W}numPr")
            if number is not None:
                self._by_style[style.get(f"{_W}styleId", "")] = (
                    _value(number, "numId"),
                    _int(number, "ilvl"),
                )

    def mark(self, paragraph: _Element) -> str:
        """What Word prints before the paragraph: "" if it is in no list, or in one of bullets."""
        number, level = self._place(paragraph)
        levels = self._levels.get(self._lists.get(number, ""))
        if levels is None or level not in levels:
            return ""
        counts = self._counts.setdefault(self._lists[number], {})
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        if levels[level].format in ("bullet", "none"):
            return ""

        def shown(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            own = levels.get(at)
            return "" if own is None else _written(counts.get(at, own.start), own.format)

        return compiled(r"%([1-9])").sub(shown, levels[level].text)

    def _place(self, paragraph: _Element) -> tuple[str, int]:
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            return "", 0
        style = _value(properties, "pStyle")
        inherited = self._by_style.get(style, ("", 0))
        number = properties.find(f"{_W}numPr")
        if number is None:
            return inherited
        return _value(number, "numId") or inherited[0], _int(number, "ilvl") or inherited[1]

    def _read(self, root: _Element) -> None:
        for abstract in root.iter(f"{_W}abstractNum"):
            self._levels[abstract.get(f"{_W}abstractNumId", "")] = {
                int(level.get(f"{_W}ilvl", "0")): _Level(
                    _int(level, "start", 1), _value(level, "numFmt"), _value(level, "lvlText")
                )
                for level in abstract.iter(f"{_W}lvl")
            }
        for one in root.iter(f"{_W}num"):
            self._lists[one.get(f"{_W}numId", "")] = _value(one, "abstractNumId")


def _value(parent: _Element, name: str) -> str:
    found = parent.find(f"{_W}{name}")
    return found.get(f"{_W}val", "") if found is not None else ""


def _int(parent: _Element, name: str, default: int = 0) -> int:
    value = _value(parent, name)
    return int(value) if value.isdigit() else default


def _written(number: int, form: str) -> str:
    if form in _CHINESE:
        return _chinese(number)
    if form == "decimalEnclosedCircle" and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26)
        return letter if form == "lowerLetter" else letter.upper()
    return str(number)


def _chinese(number: int) -> str:
    if number >= 100:
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return head + (_DIGITS[ones] if ones or not tens else "")
