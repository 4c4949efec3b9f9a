"""The one scanner for numbers as written."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from auditor.compiled import compiled
from auditor.document import View
from auditor.figures.chinese import NUMERAL, parse
from auditor.figures.figure import Figure, Kind, Modifier
from auditor.figures.units import (
    CHINESE_CLASSIFIERS,
    CLASSIFIERS,
    MAGNITUDES,
    MONEY_SCALES,
    RATE_SCALES,
)

_NUM = r"(?:\d{1,3}(?:,\d{3})+(?![\d,])|\d+)(?:\.\d+)?"
_CLASS = "|".join(map(re.escape, CLASSIFIERS))
_MAG = "|".join(MAGNITUDES)
_NO_MAG = "|".join(["百分[比点]", *(one for one in CLASSIFIERS if one[0] in "千百")])
"""What begins like 千 or 百 and is a unit of its own: 千克, 千瓦时."""

_TOKEN = compiled(
    rf"""
    (?P<phone>(?<!\d)(?:0\d{{2,3}}-\d{{7,8}}|1[3-9]\d{{9}})(?!\d))
  | (?P<docno>[〔\[【(]\s?(?P<docyear>(?:19|20)\d\d)年?[〕\]】)]\s?第?\s?\d+[A-Z]?(?:-\d+)?号)
  | (?P<docno2>(?<!\d)(?:19|20)\d\d[\u4e00-\u9fff]{{2,8}}?第?\d+号)
  | (?P<date>(?<!\d)(?P<y>(?:19|20)\d\d)(?:年度?\s?(?:(?P<m>\d{{1,2}})月(?:(?P<d>\d{{1,2}})[日号])?)?|[-/.](?P<m2>\d{{1,2}})[-/.](?P<d2>\d{{1,2}})(?!\d)))
  | (?P<monthday>(?<![\d.])(?P<m3>\d{{1,2}})月(?:(?P<d3>\d{{1,2}})日|(?:份|底|初|末|上旬|中旬|下旬)|(?=[-~至]\d{{1,2}}月)))
  | (?P<months>(?<![\d.])(?P<m4>\d{{1,2}})[-~至—]\d{{1,2}}月)
  | (?P<ratio>(?<![\d.:])(?<!目标)(?<!指标)(?<!任务)\d{{1,2}}:\d{{1,2}}(?![\d%.:]))
  | (?P<ordinal>第\s?\d+(?:[-~至]\d+)?)
  | (?P<composite>(?P<big>\d+)(?P<bigmag>亿|万)(?P<small>\d+(?:\.\d+)?)(?P<smallmag>万|千|百)?元)
  | (?P<cnrate>百分之(?P<cnrateval>{NUMERAL}+))
  | (?P<range>(?<![\d.,/-])(?P<r1>{_NUM})(?:%|‰|分|万元|元)?(?:-|~|—|至)(?P<r2>{_NUM})(?![\d-]))
  | (?P<number>(?<![A-Za-z\d])(?:(?<=[^\w)\]%])-|^-)?(?P<n>{_NUM}))
    """,
    re.VERBOSE,
)
# What a token can begin with: everything else is passed over without trying each kind of token.
_FIRST = compiled(r"[-\d〔\[【(第百]")
_TAIL = compiled(
    rf"\s?(?P<more>余|多)?(?P<mag>(?!{_NO_MAG})(?:{_MAG}))?(?P<more2>余|多)?"
    rf"(?P<unit>元|%|‰|百分比|个?百分点|分(?![钟贝别局院公类析级布工散期批户管站队之支配解享为成数])|{_CLASS})?"
    r"(?P<after>余(?!\d)|多(?![\d个次种项年方元维部媒功完建培服救发办收支投出于修改治清栽检开处产])|及?以上|及?以下|以内|之内|左右|上下)?"
)
_BEFORE = compiled(
    r"(?P<mod>≥|>=|⩾|≤|<=|⩽|>|<|=|不低于|不少于|不小于|不得低于|不得少于|大于等于|至少|不超过|不高于|不大于|不多于|"
    r"不得超过|(?:未能?|没有?)(?:超过|超出|突破|高于)|小于等于|控制在|超过|超出|超|高于|大于|多于|突破|不足|不到|少于|低于|小于|(?<![节条合预签公])约为?|大约|(?<![附临邻最])近|将近|接近)"
    r"(?:其中|人民币)?\s?$"
)
_BEFORE_MODIFIER = {
    "≥": Modifier.AT_LEAST, ">=": Modifier.AT_LEAST, "⩾": Modifier.AT_LEAST, "不低于": Modifier.AT_LEAST,
    "不少于": Modifier.AT_LEAST, "不小于": Modifier.AT_LEAST, "至少": Modifier.AT_LEAST,
    "不得低于": Modifier.AT_LEAST, "不得少于": Modifier.AT_LEAST, "大于等于": Modifier.AT_LEAST,
    "≤": Modifier.AT_MOST, "<=": Modifier.AT_MOST, "⩽": Modifier.AT_MOST, "不超过": Modifier.AT_MOST,
    "不高于": Modifier.AT_MOST, "不大于": Modifier.AT_MOST, "不多于": Modifier.AT_MOST,
    "不得超过": Modifier.AT_MOST, "小于等于": Modifier.AT_MOST, "控制在": Modifier.NONE,
    ">": Modifier.OVER, "超过": Modifier.OVER, "超出": Modifier.OVER, "超": Modifier.OVER,
    "高于": Modifier.OVER, "大于": Modifier.OVER, "多于": Modifier.OVER, "突破": Modifier.OVER,
    "<": Modifier.UNDER, "不足": Modifier.UNDER, "不到": Modifier.UNDER, "少于": Modifier.UNDER,
    "低于": Modifier.UNDER, "小于": Modifier.UNDER, "=": Modifier.EQUAL,
    "约": Modifier.ABOUT, "约为": Modifier.ABOUT, "大约": Modifier.ABOUT,
    **{f"{no}{verb}": Modifier.AT_MOST for no in ("未", "没有", "未能", "没") for verb in ("超过", "超出", "突破", "高于")},
    "近": Modifier.NEAR, "将近": Modifier.NEAR, "接近": Modifier.NEAR,
}  # fmt: skip
_AFTER_MODIFIER = {
    "余": Modifier.MORE, "多": Modifier.MORE, "以上": Modifier.AT_LEAST, "及以上": Modifier.AT_LEAST,
    "以下": Modifier.AT_MOST, "及以下": Modifier.AT_MOST, "以内": Modifier.AT_MOST,
    "之内": Modifier.AT_MOST, "左右": Modifier.ABOUT, "上下": Modifier.ABOUT,
}  # fmt: skip
# A whole cell "1，200.00" or "1 200.00"; in a sentence these marks separate numbers.
_GROUP_MARK = compiled(r"[， ]")
_GROUPED = compiled(r"-?\d{1,3}(?:[， ]\d{3})+(?:\.\d+)?")
_HAS_NUMBER = compiled(r"\d|百分之")
_BEFORE_ENDS = {words[-1] for words in _BEFORE_MODIFIER} | set("中币")
_LATIN_UNIT = compiled(r"(?:km|m2|m|kg|t)(?![A-Za-z])")
_LIST_MARK = compiled(r"^[(（]?\d{1,2}(?:[)）、]|[.．](?!\d))|(?<=[。；;\n])\d{1,2}(?:、|[.．](?!\d))")
_SPLIT_DIGITS = compiled(r"(?<![\d.])\d{1,3}(?: \d{3})+(?![\d ])(?:\.\d+)?")
_NUMBERED = compiled(r"(?:标段|指标|项目|方案|工程|附件|[表图包号])$")
_CHINESE = compiled(
    rf"(?<!第)(?<!{NUMERAL})(?P<num>{NUMERAL}{{1,9}})(?P<unit>{'|'.join(CHINESE_CLASSIFIERS)})"
)
_NUMERAL = compiled(NUMERAL)
_CHINESE_YEAR = compiled(r"(?P<y>[〇零○一二三四五六七八九]{4})年")
_NOT_A_COUNT = compiled(r"[一]$")  # 一次采集, 统一, 一般: rarely a figure worth comparing


def scan(view: View) -> list[Figure]:
    """All numbers written in `view`, in order. Linear in its length."""
    return list(_scanned(view))


@lru_cache(maxsize=1 << 14)
def _scanned(view: View) -> tuple[Figure, ...]:
    """Cells are read by the tables first and by the passages again: the second time costs nothing."""
    if _GROUPED.fullmatch(view.text):
        view = View(_GROUP_MARK.sub(",", view.text), view.runs)
    text = view.text
    figures: list[Figure] = []
    if _HAS_NUMBER.search(text):
        marks = {match.start() + (match.group()[0] in "(（") for match in _LIST_MARK.finditer(text)}
        splits = {match.start() for match in _SPLIT_DIGITS.finditer(text)} if " " in text else set()
        at = 0
        while first := _FIRST.search(text, at):
            match = _TOKEN.match(text, first.start())
            if match is None:
                at = first.end()
                continue
            figure = _token(view, match, marks, splits)
            figures.append(figure)
            at = max(figure.end, match.start() + 1)
    return tuple(_with_chinese(view, figures))


def _token(view: View, match: re.Match[str], marks: set[int], splits: set[int]) -> Figure:
    text = view.text
    start, end = match.span()
    written = match.lastgroup
    if written == "number":
        return _number(view, match["n"], start, end, marks, splits)
    if written in ("phone", "ratio"):
        return Figure(view, start, end, Kind.CODE, Decimal(0))
    if written in ("docno", "docno2"):
        year = match["docyear"] or match.group()[:4]
        return Figure(view, start, end, Kind.DOCNO, Decimal(year))
    if written == "date":
        month, day = match["m"] or match["m2"], match["d"] or match["d2"]
        return Figure(
            view, start, end, Kind.DATE, Decimal(match["y"]), unit="年",
            month=int(month) if month else None, day=int(day) if day else None,
        )  # fmt: skip
    if written == "monthday":
        day = match["d3"]
        return Figure(
            view, start, end, Kind.DATE, Decimal(0),
            month=int(match["m3"]), day=int(day) if day else None,
        )  # fmt: skip
    if written == "months":
        return Figure(view, start, end, Kind.DATE, Decimal(0), month=int(match["m4"]))
    if written == "ordinal":
        return Figure(view, start, end, Kind.ORDINAL, Decimal(0))
    if written == "composite":
        value = int(match["big"]) * MAGNITUDES[match["bigmag"]] + Decimal(match["small"]) * (
            MAGNITUDES[match["smallmag"]] if match["smallmag"] else 1
        )
        fraction = match["small"].partition(".")[2]
        decimals = 0 if match["smallmag"] else len(fraction)
        return Figure(view, start, end, Kind.MONEY, value, "元", Decimal(1), decimals, _before(text, start))
    if written == "cnrate":
        rate = parse(match["cnrateval"])
        return Figure(
            view, start, end, Kind.RATE, Decimal(rate or 0), "%", RATE_SCALES["%"], 0,
            _before(text, start), doubtful=rate is None,
        )  # fmt: skip
    kind, unit, scale, tail = _unit(text, end)
    low, high = _decimal(match["r1"]), _decimal(match["r2"])
    return Figure(
        view, start, tail, kind, low, unit, scale, _decimals(match["r1"]), Modifier.RANGE,
        upper=high, doubtful=high < low,
    )  # fmt: skip


def _number(view: View, digits: str, start: int, end: int, marks: set[int], splits: set[int]) -> Figure:
    text = view.text
    number_start = end - len(digits)
    if number_start in marks:
        return Figure(view, start, end, Kind.ORDINAL, _decimal(digits))
    if _is_code(text, start, end):
        return Figure(view, start, end, Kind.CODE, Decimal(0))
    doubtful = False
    if number_start in splits:
        whole = _SPLIT_DIGITS.match(text, number_start)
        assert whole is not None
        digits, end, doubtful = whole.group().replace(" ", ""), whole.end(), True
    value = _decimal(digits)
    if number_start > start:
        value = -value
    kind, unit, scale, tail = _unit(text, end)
    doubtful = doubtful and not _is_grouped(view, start, tail, unit)
    modifier = _before(text, start)
    if modifier in (Modifier.NONE, Modifier.EQUAL):
        modifier = _after(text, end, tail) or modifier
    return Figure(view, start, tail, kind, value, unit, scale, _decimals(digits), modifier, doubtful=doubtful)


def _is_grouped(view: View, start: int, end: int, unit: str) -> bool:
    """Whether digits in groups are one number, as GB/T 15835 lets it be written ("共2 640户"): one blank between the
    groups, none before the first nor before the unit. Cells of a row that lost their borders have them there, and
    what goes by a number ends in one ("标段1 210万元")."""
    if not unit or not start or _NUMBERED.search(view.text, max(0, start - 4), start):
        return False
    return view.place(end - 1) - view.place(start - 1) == end - start


def _is_code(text: str, start: int, end: int) -> bool:
    """Digits that are part of a name: 5G, A3, 1:1, 3.2.1, a run of 12 or more digits."""
    following = text[end : end + 1]
    if following.isascii() and following.isalpha() and not _LATIN_UNIT.match(text, end):
        return True
    if start and text[start - 1] in "+/#":
        return text[start - 1] != "/" or text[start - 2 : start - 1].isdigit()
    return end - start >= 15


def _unit(text: str, end: int) -> tuple[Kind, str, Decimal, int]:
    """Kind, unit, scale and end of the unit that follows a number."""
    match = _TAIL.match(text, end)
    assert match is not None
    mag, unit = match["mag"] or "", match["unit"] or ""
    if unit == "元":
        written = mag + unit
        scale = MONEY_SCALES.get(written) or MAGNITUDES[mag]
        return Kind.MONEY, written, scale, match.end()
    if not mag and unit in RATE_SCALES:
        return Kind.RATE, "%" if unit == "百分比" else unit, RATE_SCALES[unit], match.end()
    if not mag and unit.endswith("百分点"):
        return Kind.POINTS, unit, RATE_SCALES["%"], match.end()
    if not mag and unit == "分":
        return Kind.SCORE, unit, Decimal(1), match.end()
    if mag and not unit:
        # "10万等" is money in a list of money; the report decides. "百" alone is no magnitude.
        if mag in ("百", "千"):
            return Kind.PLAIN, "", Decimal(1), end
        return Kind.PLAIN, mag, MAGNITUDES[mag], match.end()
    if unit:
        return Kind.COUNT, unit, MAGNITUDES[mag] if mag else Decimal(1), match.end()
    return Kind.PLAIN, "", Decimal(1), match.end() if match["after"] else end


def _before(text: str, start: int) -> Modifier:
    last = text[start - 1 : start]
    if last not in _BEFORE_ENDS and not last.isspace():
        return Modifier.NONE
    match = _BEFORE.search(text[max(0, start - 8) : start])
    return _BEFORE_MODIFIER[match["mod"]] if match else Modifier.NONE


def _after(text: str, end: int, tail: int) -> Modifier | None:
    match = _TAIL.match(text, end)
    assert match is not None
    if match.end() != tail and tail == end:
        return None
    word = match["after"] or match["more"] or match["more2"]
    return _AFTER_MODIFIER[word] if word else None


def _decimal(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))


def _decimals(digits: str) -> int:
    return len(digits.partition(".")[2])


def _with_chinese(view: View, figures: list[Figure]) -> list[Figure]:
    """Adds the numbers written in Chinese numerals, keeping the order of the text."""
    text = view.text
    if not _NUMERAL.search(text):
        return figures
    found: list[Figure] = []
    for match in _CHINESE_YEAR.finditer(text) if "年" in text else ():
        year = parse(match["y"])
        if year and 1900 <= year <= 2099:
            found.append(Figure(view, *match.span(), Kind.DATE, Decimal(year), unit="年"))
    for match in _CHINESE.finditer(text):
        value = parse(match["num"])
        if value is None or _NOT_A_COUNT.match(match["num"]):
            continue
        unit = match["unit"]
        scale = MONEY_SCALES.get(unit, Decimal(1))
        kind = Kind.MONEY if unit in MONEY_SCALES else Kind.COUNT
        found.append(
            Figure(view, *match.span(), kind, Decimal(value), unit, scale, 0, _before(text, match.start()))
        )
    if not found:
        return figures
    free = list(_apart(found, figures))
    years = [figure for figure in free if figure.kind is Kind.DATE]
    counts = [figure for figure in free if figure.kind is not Kind.DATE]
    free = years + list(_apart(counts, years))
    return sorted(figures + free, key=lambda figure: figure.start)


def _apart(found: Iterable[Figure], taken: Sequence[Figure]) -> Iterator[Figure]:
    """Figures that touch none of `taken`, which is in order and free of overlaps."""
    starts = [figure.start for figure in taken]
    for figure in found:
        before = bisect_left(starts, figure.end)
        if not before or taken[before - 1].end <= figure.start:
            yield figure
