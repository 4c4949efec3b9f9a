"""A stored number as its cell shows it: "86.19%" for 0.86183 under the format 0.00%.

Covers what forms use: General, decimals, thousands, per cent, dates, text around the number.
Spreadsheets store binary fractions of 15 significant digits; what lies beyond is noise.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Context, Decimal

from auditor.compiled import compiled

_QUOTED = compiled(r'"([^"]{0,255})"|[\\!](.)|_.|\*.|\[\$([^\]-]{0,31}+)[^\]]{0,63}\]|\[[^\]]{0,63}\]')
_CONDITION = compiled(r"\[(<=|>=|<>|<|>|=)\s{0,9}(-?\d{1,20}(?:\.\d{1,20})?)\]")
_LITERAL = "\ue000"
"""Stands for a literal taken out of a format: "元", an escaped point, or a mark of layout."""
_GENERAL = compiled(r"(?:g/)?通用格式|general", re.IGNORECASE)
_NUMBER = compiled(rf"(?=[?.,]{{0,255}}[#0])[#0?.](?:[#0?,.{_LITERAL}-]{{0,255}}[#0?])?\.?,{{0,63}}")
_DATE_MARK = compiled(r"yyyy|yy|e{1,4}|mmmm|mmm|mm|m|dd|d|hh|h|ss|s|aaaa|aaa", re.IGNORECASE)
_LONGEST = 255
"""Characters of a format: Excel writes no longer one."""
_MOST_DECIMALS = 30
"""Excel shows no more."""
_GENERAL_DIGITS = Context(prec=11, rounding=ROUND_HALF_UP)
_STORED_DIGITS = Context(prec=15, rounding=ROUND_HALF_UP)


def stored(value: float | int) -> Decimal:
    """The number a spreadsheet means: 15 significant digits, no binary noise."""
    return Decimal(_plain(_STORED_DIGITS.create_decimal(repr(value))))


def shown(value: float | int, form: str) -> str:
    """The text of a numeric cell under the number format `form`; "" where it shows nothing for zero."""
    number = stored(value)
    section, number = _section(form if 0 < len(form or "") <= _LONGEST else "General", number)
    if section.strip() in ("", "@"):
        return "" if number == 0 and ";" in form else _general(number)
    literals: list[str] = []

    def keep(match: re.Match[str]) -> str:
        literals.append(match[1] or match[2] or match[3] or "")
        return _LITERAL

    bare = _QUOTED.sub(keep, section)
    general = _GENERAL.search(bare)
    pattern = general or _NUMBER.search(bare)
    if general is None and ("E+" in bare.upper() or "/" in bare):
        return _general(number)
    if pattern is None:
        return _general(number) if re.search(r"[A-Za-z]", bare) else _with(bare, literals)
    before, after = bare[: pattern.start()], bare[pattern.end() :]
    at, end = (bare.count(_LITERAL, 0, place) for place in pattern.span())
    text = (
        _general(number) if general else _digits(number, pattern.group(), bare.count("%"), literals[at:end])
    )
    return (_with(before, literals[:at]) + text + _with(after, literals[end:])).strip()


def _general(number: Decimal) -> str:
    """Eleven digits, as a wide cell shows them; a whole number, say a code, is never cut."""
    return _plain(number if number == number.to_integral_value() else _GENERAL_DIGITS.plus(number))


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
    if not re.search(r"[ye]", bare, re.IGNORECASE):
        return f"{value.month}月{value.day}日" if "月" in bare else value.strftime("%Y-%m-%d")

    def part(match: re.Match[str]) -> str:
        mark = match.group().lower()
        number = {"y": value.year, "e": value.year, "m": value.month, "d": value.day}.get(mark[0])
        if number is None:
            return ""
        return f"{number:02d}" if mark in ("mm", "dd") else str(number)

    if re.search(r"mmm|ddd", bare, re.IGNORECASE):  # names of months and week days: the date says it plainer
        return value.strftime("%Y-%m-%d" if re.search(r"d", bare, re.IGNORECASE) else "%Y-%m")
    day = re.split(r"\s*[hH]", bare, maxsplit=1)[0]
    return _DATE_MARK.sub(part, day).strip(" ;@") or value.strftime("%Y-%m-%d")


def _section(form: str, number: Decimal) -> tuple[str, Decimal]:
    """The part of `a;b;c` for this number; the second takes care of the sign itself."""
    sections = form.split(";")
    if any(map(_CONDITION.search, sections)):
        return next((one for one in sections if _meets(number, one)), sections[-1]), number
    if number < 0 and len(sections) > 1:
        return sections[1], -number
    if number == 0 and len(sections) > 2:
        return sections[2], number
    return sections[0], number


def _meets(number: Decimal, section: str) -> bool:
    """Whether `section` is for this number: "[>=10000]0!.0,"; one without a condition takes the rest."""
    condition = _CONDITION.search(section)
    if condition is None:
        return True
    bound = Decimal(condition[2])
    return {
        "<": number < bound, "<=": number <= bound, ">": number > bound, ">=": number >= bound,
        "=": number == bound, "<>": number != bound,
    }[condition[1]]  # fmt: skip


def _digits(number: Decimal, pattern: str, percent: int, literals: list[str]) -> str:
    """The number under placeholders; `literals` stand among them, as the point in "0!.0,"."""
    scale = len(pattern) - len(pattern.rstrip(","))
    whole, _, fraction = pattern.rstrip(",").partition(".")
    number = number.scaleb(2 * percent - 3 * scale)
    fraction = re.sub(r"[^#0?]", "", fraction)[:_MOST_DECIMALS]
    room = Context(prec=max(number.adjusted(), 0) + len(fraction) + 2)
    number = number.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP, room)
    if _LITERAL in whole or "-" in whole:
        return _laid(f"{number:f}", whole, literals)
    text = f"{number:,f}" if "," in whole else _padded(f"{number:f}", whole.count("0"))
    for mark in reversed(fraction):
        if mark == "0" or not text.endswith("0"):
            break
        text = text[:-1]
    if fraction and text.endswith("."):
        text = text[:-1]
    return text


def _padded(text: str, least: int) -> str:
    """A code of a fixed length keeps its leading zeros."""
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, point, fraction = digits.partition(".")
    return sign + whole.zfill(least) + point + fraction


def _laid(text: str, places: str, literals: list[str]) -> str:
    """The digits under their places from the right, literals between them: 0!.0000 shows 12345678
    as 1234.5678, 0000-00-00 shows 20230315 as 2023-03-15."""
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, point, fraction = digits.partition(".")
    left, marks = list(whole), list(literals)
    made = ""
    for place in reversed(places):
        if place in "#0?":
            made = (left.pop() if left else "0" if place == "0" else "") + made
        elif place == _LITERAL:
            made = marks.pop() + made
        elif place != ",":
            made = place + made
    return sign + "".join(left) + made + point + fraction


def _with(text: str, literals: list[str]) -> str:
    """`text` with its literals put back; marks of layout shown as nothing."""
    left = iter(literals)
    return "".join(
        next(left, "") if char == _LITERAL else char for char in text.replace("@", "").replace("?", "")
    )


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text
