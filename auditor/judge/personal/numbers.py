"""Numbers that identify: by their label, whatever they look like; without one, by their form.

Figures of money, dates and document numbers must stay as they are. Where a form alone is too weak,
the check digit decides (python-stdnum).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from stdnum import luhn
from stdnum.cn import uscc

from auditor.compiled import compiled
from auditor.judge.personal.words import any_of, listed, table

_CN = "零〇○Ｏ一二三四五六七八九幺两"
_D = rf"[\d{_CN}]"
_S = r"[ .\-—–_/·]"
_MONEY = r"(?!\d|\.\d|,\d{3}|%|元|万元|亿元|万(?![\u4e00-\u9fff])|平方|立方|公里|千瓦)"
_DATE = (
    r"(?:(?:18|19|20)\d{2}[年./-][ ]?\d{1,2}(?:[月./-][ ]?(?:\d{1,2}[日号]?)?)?|(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-3]\d)?(?!\d)"
    rf"|[一二][{_CN}]{{3}}年[{_CN}十]{{1,2}}月(?:[{_CN}十]{{1,3}}[日号])?)"
)
_DEGREES = r"[EWNSewns]?[ ]?\d{1,3}(?:\.\d{1,12})?[ ]?(?:[°度º][ ]?(?:\d{1,2}(?:\.\d+)?[ ]?[′'’分][ ]?(?:\d{1,2}(?:\.\d+)?[ ]?[″\"”秒]{1,2})?)?)?[ ]?[EWNSewns]?"
_BETWEEN = r"(?:[\s:.|｜*_()\[\]【】=\"“”#]|号码|号|为|是|系|:){0,12}(?:\d{1,4}[|｜])?"

_AND = (
    r"[ ]{0,2}(?:\([^()\d\n]{1,8}\))?[ ]{0,2}(?:[、,，;；/]|和|及|或)[ ]{0,2}"
    r"(?:(?:夜间|白天|值班|备用|办公室?|住宅|宅电|家庭|手机|传真|总机|另)[ ]?:?[ ]?)?"
)
_VALUES = {
    "identity": rf"({_D}(?:{_S}{{0,2}}[\d*xX×{_CN}]){{13,18}}[xX]?)(?![\dA-Za-z])",
    "paper": r"((?:[A-Za-z]{1,3}|[\u4e00-\u9fff]字第?)?[ ]?[A-Za-z]?\d(?:[ \-]?[\dA-Za-z]){4,24}[)）]?号?)(?![\dA-Za-z])",
    "phone": rf"(\(?\+?{_D}(?:[ .\-—–_·()转]{{0,3}}{_D}){{6,20}}){_MONEY}",
    "account": rf"((?:[A-Za-z]{{0,3}}){_D}(?:[ \-]{{0,2}}[\d{_CN}A-Za-z*]){{7,30}})(?!\d|\.\d)",
    "chat": r"([A-Za-z][-_A-Za-z0-9]{4,24}|\d{5,12})(?![A-Za-z0-9_-])(?!元|万|人|条|次|个)",
    "short": r"(\d{3,7})(?![\d.]|[台部个万元次户人])",
    "code": r"([0-9A-Za-z](?:[ \-]{0,2}[0-9A-Za-z]){7,20})(?![0-9A-Za-z])",
    "birth": rf"({_DATE})",
    "coordinates": rf"({_DEGREES}(?:[ ]?[,，、;；/ ][ ]?{_DEGREES})?)(?![\d元万人个户亩])",
    "vehicle": r"([A-Za-z0-9](?:[ -]?[A-Za-z0-9]){5,19})(?![A-Za-z0-9])",
    "deed": r"((?:[\u4e00-\u9fff]{0,8}\(\d{4}\))?[\u4e00-\u9fff]{0,12}第?[ ]?\d{4,12}[ ]?号)",
    "net": r"(\d{1,3}(?:\.\d{1,3}){3})(?![\d.])",
    "plate": r"([\u4e00-\u9fff][A-Za-z][ ·•.\-]?[A-Za-z0-9]{4,6}[挂学警港澳]?)",
}
_PROVINCES = [
    "11",
    "12",
    "13",
    "14",
    "15",
    "21",
    "22",
    "23",
    "31",
    "32",
    "33",
    "34",
    "35",
    "36",
    "37",
    "41",
    "42",
    "43",
    "44",
    "45",
    "46",
    "50",
    "51",
    "52",
    "53",
    "54",
    "61",
    "62",
    "63",
    "64",
    "65",
    "71",
    "81",
    "82",
    "83",
]
_MONTH_DAY = compiled(r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_AREA = r"0(?:10|2\d|[3-9]\d{2})"
_PLATE_HEAD = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"


def _identity(value: str) -> bool:
    """18 or 15 digits with a province and a day in them."""
    digits = compiled(r"[^\dXx]").sub("", value)
    day = digits[10:14] if len(digits) == 18 else digits[8:12]
    if len(digits) == 18 and digits[6:8] not in ("18", "19", "20"):
        return False
    return digits[:2] in _PROVINCES and _MONTH_DAY.fullmatch(day) is not None


def _card(value: str) -> bool:
    digits = compiled(r"\D").sub("", value)
    return 15 <= len(digits) <= 19 and digits[0] in "3456" and luhn.is_valid(digits)


def _credit(value: str) -> bool:
    """A unified social credit code: checked, or with letters where a mere number has none."""
    digits = value.upper()
    return uscc.is_valid(digits) or any(char.isalpha() for char in digits[2:17])


def _spelled_mobile(value: str) -> bool:
    """Not a year or an enumeration: eleven digits that begin as a mobile number does."""
    plain = re.sub(rf"[^{_CN}]", "", value)
    return len(plain) == 11 and plain[0] in "一幺" and plain[1] in "三四五六七八九"


def _always(value: str) -> bool:
    return True


class _Form(NamedTuple):
    """`more` is what the second of several values looks like."""

    kind: str
    pattern: re.Pattern[str]
    fits: Callable[[str], bool] = _always
    more: re.Pattern[str] | None = None


def _form(kind: str, pattern: str, fits: Callable[[str], bool] = _always) -> _Form:
    return _Form(kind, compiled(pattern), fits)


_FORMS = (
    _form("原文", "[⟦⟧]"),
    _form("证件", rf"(?<![\dA-Za-z.])[1-8](?:{_S}{{0,2}}\d){{16}}{_S}{{0,2}}[\dXx](?![\dA-Za-z]|\.\d)", _identity),
    _form("证件", rf"(?<![\dA-Za-z.,])[1-8](?:[ \-]?\d){{14}}{_MONEY}(?![\dA-Za-z])", _identity),
    _form("证件", r"(?<![A-Za-z0-9])(?:[EGDSPegdsp]\d{8}|[Ee][A-HJ-NP-Za-hj-np-z]\d{7}|[HMhm]\d{8}(?:\d{2})?|[CW]\d{8})(?![A-Za-z0-9])"),
    _form("电话", rf"(?<![\d.])(?:\(?\+?86\)?[- ]?)?1[3-9]\d{{9}}{_MONEY}"),
    _form("电话", rf"(?<![\d.])(?:\(?\+?86\)?[- ]?)?1[3-9]\d{_S}{{1,3}}\d{{4}}{_S}{{0,3}}\d{{4}}{_MONEY}"),
    _form("电话", rf"(?<![\d.])(?:\+?86[- ]?)?1[3-9]\d{{1,3}}{_S}{{0,3}}\d{{3,4}}{_S}{{1,3}}\d{{3,5}}{_MONEY}", lambda value: len(compiled(r"\D").sub("", value.removeprefix("+86"))) == 11),
    _form("电话", rf"(?<![\d.])\(1[3-9]\d\)[ ]?\d{{4}}{_S}?\d{{4}}{_MONEY}"),
    _form("电话", r"(?<![\d.]) ?(?<!\d )1([ .\-])[3-9](?:\1\d){9}(?!\1?\d|\.\d)"),
    _form("电话", r"(?<![\d.,])1[3-9]\d,\d{4},\d{4}(?![\d,])"),
    _form("地址", r"(?<![0-9A-Fa-f-])(?<![0-9A-Fa-f]:)[0-9A-Fa-f]{2}(?:([:-])[0-9A-Fa-f]{2})(?:\1[0-9A-Fa-f]{2}){4}(?![0-9A-Fa-f:-])"),
    _form("电话", rf"(?<![\d.])1[3-9]\d{{5}}{_S}\d{{4}}{_MONEY}"),
    _form("电话", rf"(?<![{_CN}十百千万])[一幺][ -]?[三四五六七八九](?:[ -]?[{_CN}]){{9}}(?![{_CN}十百千万])", _spelled_mobile),
    _form("电话", rf"(?<![\d.])(?:\({_AREA}\)|{_AREA})[-—–‐ ./]{{0,3}}\d{{7,8}}(?:[-—–转]{{1,2}}\d{{1,5}})?{_MONEY}"),
    _form("电话", r"(?<![\d.])[48]00[- ]\d{3,4}[- ]\d{3,4}(?!\d)"),
    _form("电话", rf"(?<![\d.])(?:\({_AREA}\)|{_AREA})[- ]\d{{3,4}}[ -]\d{{4}}{_MONEY}"),
    _form("邮箱", r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}[ ]+(?:AT|at)[ ]+[A-Za-z0-9-]{1,63}(?:[ ]+(?:DOT|dot)[ ]+[A-Za-z0-9-]{1,63}){1,4}"),
    _form("邮箱", r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,8}@[\u4e00-\u9fffA-Za-z0-9-]{1,40}(?:\.[\u4e00-\u9fffA-Za-z0-9-]{1,20}){1,4}"),
    _form("账户", r"(?<![\d.,])\d(?:[ \-]?\d){14,18}(?![\d.]|[ ]?\d)", _card),
    _form("账户", r"(?<![A-Za-z0-9_])wxid_[A-Za-z0-9_-]{5,30}"),
    _form("邮箱", r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}[ ]{0,2}(?:@|\(at\)|\[at\])[ ]{0,2}[A-Za-z0-9-]{1,63}(?:[ ]?\.[ ]?[A-Za-z0-9-]{1,63}){1,4}"),
    _form("代码", r"(?<![0-9A-Za-z])[1-9A-NYa-ny][1-59]\d{6}[0-9A-HJ-NP-RT-UW-Ya-hj-np-rt-uw-y]{10}(?![0-9A-Za-z])", _credit),
    _form("车牌", rf"[{_PLATE_HEAD}][A-HJ-NP-Z][ ·•./]?(?=[A-Z0-9]{{0,4}}\d)[A-HJ-NP-Z0-9]{{4,6}}[挂学警港澳]?(?![A-Za-z0-9])"),
    _form("出生", rf"{_DATE}[ ]?(?:日|月)?(?:出生|生于|生)(?![率产活人缺效育态长命成源])"),
    _form("出生", rf"(?<=[男女])[,，、 \t]{{1,3}}{_DATE}(?=[ ]?(?:[,，、;；)\t\n]|生|出生|$))"),
    _form("出生", r"(?<!\d)(?:18|19|20)\d{2}年出?生(?=[,，、;；)）\s。]|$)"),
    _form("坐标", r"[EN]?\d{1,3}°[ ]?\d{1,2}(?:\.\d+)?[ ]?[′'’](?:[ ]?\d{1,2}(?:\.\d+)?[ ]?(?:[″\"”]|''))?[ ]?[EWNS]?"),
    _form("坐标", r"(?<![\dA-Za-z.])[EWNS]\d{1,3}\.\d{3,12}°?"),
    _form("坐标", r"(?<![\d.])(?:7[3-9]|[89]\d|1[0-3]\d)\.\d{5,12}[ ]?[,，、][ ]?(?:[1-5]?\d)\.\d{5,12}(?!\d)"),
    _form("坐标", r"(?<![\d.])(?:[1-5]?\d)\.\d{5,12}[ ]?[,，、][ ]?(?:7[3-9]|[89]\d|1[0-3]\d)\.\d{5,12}(?!\d)"),
    _form("密钥", r"\b(?:sk|gsk|hf)[-_][A-Za-z0-9_-]{16,200}"),
)  # fmt: skip


@cache
def _labelled() -> tuple[_Form, ...]:
    return tuple(
        _Form(
            entry["kind"],
            compiled(rf"(?:{any_of(listed(entry), spaced=True)}){_BETWEEN}{_VALUES[entry['value']]}"),
            more=compiled(rf"{_AND}{_VALUES[entry['value']]}"),
        )
        for entry in table("numbers")["label"]
    )


def _listed(text: str, at: int, form: _Form) -> Iterator[tuple[int, int, str, bool]]:
    """The other values of a list: 电话：5631234、5631235."""
    while form.more is not None and (match := form.more.match(text, at)) is not None:
        yield *match.span(1), form.kind, True
        at = match.end(1)


def find(text: str) -> Iterator[tuple[int, int, str, bool]]:
    """Start, end, kind, and whether a label says so: such a value is known wherever it stands."""
    for form in _labelled():
        for match in form.pattern.finditer(text):
            yield *match.span(1), form.kind, True
            yield from _listed(text, match.end(1), form)
    for form in _FORMS:
        for match in form.pattern.finditer(text):
            if form.fits(match[0]):
                start = match.start() + len(match[0]) - len(match[0].lstrip(" ,，、\t"))
                yield start, match.end(), form.kind, False
