"""From raw characters to a readable `View` that knows where every character came from."""

from __future__ import annotations

import re
import unicodedata

from auditor.compiled import compiled
from auditor.document.model import Document, View
from auditor.document.traditional import SIMPLIFIED, TRADITIONAL


class _Fold(dict[int, str | int]):
    """Character table for `str.translate`, filled on first use.

    Traditional characters become simplified ones; NFKC where it maps one character to one character. Circled digits, superscripts and fractions
    stay as they are: "①" is a list mark, never the number 1, and "m²" is not "m2".
    """

    def __missing__(self, code: int) -> str | int:
        char = chr(code)
        folded: str | int = code
        if code > 0x7F and unicodedata.category(char) != "No":
            normal = unicodedata.normalize("NFKC", char)
            if len(normal) == 1 and not normal.isspace():
                folded = normal
        self[code] = folded
        return folded


# The Chinese comma stays: folded, "111，100，9" would read as the number 111,100.
_TABLE = _Fold({ord("，"): "，", ord("～"): "~", ord("－"): "-", ord("−"): "-", ord("‒"): "-", ord("–"): "-"})
_TABLE.update(zip(map(ord, TRADITIONAL), SIMPLIFIED, strict=True))
# Lines of tables that were drawn with characters.
_TABLE.update(dict.fromkeys(map(ord, "│┃║┆┇┊┋╎╏"), "|"))
_TABLE.update(dict.fromkeys(map(ord, "─━═┄┅┈┉╌╍"), "-"))
_TABLE.update(dict.fromkeys([*range(0x250C, 0x254C), *range(0x2552, 0x2571)], "+"))

# Tags of at most 300 characters: a lone "<" is an operator ("<5%"), not mark-up.
_TAG = r"</?(?:p|br|ol|ul|li|h[1-6]|div|span|b|strong|i|u|em|table|tbody|tr|td|th|font|sup|sub)(?:\s[^<>]{0,300})?/?>"
_BLOCK_TAG = compiled(r"</?(?:p|br|ol|ul|li|h[1-6]|div|tr|table)\b", re.IGNORECASE)
# The mark of a footnote behind a number; "10⁴" is a power.
_FOOTNOTE = r"(?<=[\d%])(?<!\b10)(?:[⁰¹²³⁴-⁹]{1,2}|<sup>[^<>]{1,4}</sup>)"
_NOISE = compiled(
    rf"{_FOOTNOTE}|{_TAG}|&nbsp;|\*\*|[\s\u200b-\u200f\u2060\ufeff\u00ad\x00-\x1f]+", re.IGNORECASE
)
_KEPT = "_folded"
_HARD_BREAK = compiled(r"[\r\n\f]")
_IN_A_SENTENCE = compiled(r"[\u4e00-\u9fff]\d{1,2}$")


def fold(text: str) -> str:
    """Full-width and compatibility forms folded one to one: the length never changes."""
    return text.translate(_TABLE)


def folded_text(document: Document) -> str:
    """The whole text, folded when it is first asked for: a part of it is what `fold` makes of that part."""
    kept: str | None = document.__dict__.get(_KEPT)
    if kept is None:
        kept = document.__dict__[_KEPT] = fold(document.text)
    return kept


def view(folded: str, start: int, end: int) -> View:
    """The readable view of `folded[start:end]`, where `folded` is the whole document, folded.

    White space is dropped except where it separates two Latin words or numbers; a hard line break
    inside a number is healed.
    """
    if _NOISE.search(folded, start, end) is None:
        return View(folded[start:end], ((0, start),))
    pieces: list[str] = []
    runs: list[tuple[int, int]] = []
    length = 0

    def add(piece: str, place: int) -> None:
        nonlocal length
        if piece:
            runs.append((length, place))
            pieces.append(piece)
            length += len(piece)

    at = start
    gap: str = ""
    gap_at = start
    for match in _NOISE.finditer(folded, start, end):
        if match.start() > at:
            add(_glue(pieces, gap, folded[at]), gap_at)
            add(folded[at : match.start()], at)
            gap = ""
        if not gap:
            gap_at = match.start()
        gap += match.group()
        at = match.end()
    if at < end:
        add(_glue(pieces, gap, folded[at]), gap_at)
        add(folded[at:end], at)
    return View("".join(pieces), tuple(runs) or ((0, start),))


def _glue(pieces: list[str], gap: str, following: str) -> str:
    """What stands in the view for the dropped `gap` between two pieces: "", " " or a line feed."""
    if not pieces or not gap:
        return ""
    if "<" in gap and _BLOCK_TAG.search(gap):
        return "\n"
    if not gap.strip("*\u200b\u200c\u200d\ufeff\u00ad"):
        return ""
    before = pieces[-1][-1]
    if not (following.isascii() and following.isalnum()):
        return ""
    if before.isascii() and before.isalnum():
        split_number = before.isdigit() and following.isdigit() and _HARD_BREAK.search(gap)
        return "" if split_number else " "
    if before == "." and following.isdigit():
        # "1. 2021年" is a list mark and a year; "2868. 5739" is one number broken by a space, "支出46.↵74万元" by a line.
        whole = pieces[-1][-4:-1]
        broken = _HARD_BREAK.search(gap) is not None and _IN_A_SENTENCE.search(whole) is not None
        return "" if broken or (len(whole) == 3 and whole.isdecimal()) else " "
    return ""
