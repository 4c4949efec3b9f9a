"""A stored number as its cell shows it: "86.19%" for 0.86183 under the format 0.00%.

Covers what forms use: General, decimals, thousands, per cent, dates, text around the number.
Spreadsheets store binary fractions of 15 significant digits; what lies beyond is noise.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Context, Decimal

_QUOTED = re.compile(r'"([^"]{0,255})"|\\(.)|_.|\*.|\[\$([^\]-]{0,31}+)[^\]]{0,63}\]|\[[^\]]{0,63}\]')
_NUMBER = re.compile(r"\??[#0][#0?,]*(?:\.[#0?]*)?,*|\.[#0?]+")
_DATE_MARK = re.compile(r"yyyy|yy|mmmm|mmm|mm|m|dd|d|hh|h|ss|s|aaaa|aaa", re.IGNORECASE)
_GENERAL_DIGITS = Context(prec=11, rounding=ROUND_HALF_UP)
_STORED_DIGITS = Context(prec=15, rounding=ROUND_HALF_UP)


def stored(value: float | int) -> Decimal:
    """The number a spreadsheet means: 15 significant digits, no binary noise."""
    return Decimal(_plain(_STORED_DIGITS.create_decimal(repr(value))))


def shown(value: float | int, form: str) -> str:
    """The text of a numeric cell under the number format `form`."""
    number = stored(value)
    section, number = _section(form or "General", number)
    if section.strip().lower() in ("general", "", "@", "g/通用格式"):
        return _plain(_GENERAL_DIGITS.plus(number))
    literals: list[str] = []

    def keep(match: re.Match[str]) -> str:
        literals.append(match[1] or match[2] or match[3] or "")
        return "\ue000"

    bare = _QUOTED.sub(keep, section)
    if "E+" in bare.upper() or "/" in bare:
        return _plain(_GENERAL_DIGITS.plus(number))
    pattern = _NUMBER.search(bare)
    if pattern is None:
        return _with(bare, literals)
    text = _digits(number, pattern.group(), percent=bare.count("%"))
    before, after = bare[: pattern.start()], _NUMBER.sub("", bare[pattern.end() :])
    taken = before.count("\ue000")
    return (_with(before, literals[:taken]) + text + _with(after, literals[taken:])).strip()


def is_date(form: str) -> bool:
    """Whether a number under `form` is a date or a time."""
    bare = _QUOTED.sub("", form.split(";", 1)[0])
    return not _NUMBER.search(bare) and bool(re.search(r"[ymdhs]", bare, re.IGNORECASE)) and bare != "General"


def shown_date(value: dt.date | dt.datetime | dt.time, form: str) -> str:
    """A date as its cell shows it; 2023-03-15 where the format says nothing plainer."""
    section = form.split(";", 1)[0]
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    bare = _QUOTED.sub(lambda match: match[1] or match[2] or "", section)
    if not re.search(r"y", bare, re.IGNORECASE):
        return f"{value.month}月{value.day}日" if "月" in bare else value.strftime("%Y-%m-%d")

    def part(match: re.Match[str]) -> str:
        mark = match.group().lower()
        number = {"y": value.year, "m": value.month, "d": value.day}.get(mark[0])
        if number is None:
            return ""
        return f"{number:02d}" if mark in ("mm", "dd") else str(number)

    day = re.split(r"\s*[hH]", bare, maxsplit=1)[0]
    return _DATE_MARK.sub(part, day).strip(" ;@") or value.strftime("%Y-%m-%d")


def _section(form: str, number: Decimal) -> tuple[str, Decimal]:
    """The part of `a;b;c` for this number; the second takes care of the sign itself."""
    sections = form.split(";")
    if number < 0 and len(sections) > 1:
        return sections[1], -number
    if number == 0 and len(sections) > 2:
        return sections[2], number
    return sections[0], number


def _digits(number: Decimal, pattern: str, percent: int) -> str:
    scale = len(pattern) - len(pattern.rstrip(","))
    whole, _, fraction = pattern.rstrip(",").partition(".")
    number = number.scaleb(2 * percent - 3 * scale)
    number = number.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP, Context(prec=60))
    text = f"{number:,f}" if "," in whole else f"{number:f}"
    for mark in reversed(fraction):
        if mark == "0" or not text.endswith("0"):
            break
        text = text[:-1]
    if fraction and text.endswith("."):
        text = text[:-1]
    return text


def _with(text: str, literals: list[str]) -> str:
    """`text` with its literals put back; marks of layout shown as nothing."""
    left = iter(literals)
    return "".join(
        next(left, "") if char == "\ue000" else char for char in text.replace("@", "").replace("?", "")
    )


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text
