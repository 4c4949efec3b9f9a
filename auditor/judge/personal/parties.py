"""Addresses, and the firms and people that are paid."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from auditor.compiled import compiled
from auditor.judge.personal import shapes
from auditor.judge.personal.words import any_of, listed, table
from auditor.judge.personal.words import names as words

_H = "\u4e00-\u9fff"
_SEP = r"[\s:|｜*_=]{1,12}(?:\d{1,4}[|｜])?"
_STREET = r"(?:路|街|大街|大道|巷|弄|胡同|里弄)"
_COUNT = r"[\dA-Za-z一二三四五六七八九十]{1,5}"
_UNIT = rf"(?:第?{_COUNT}(?:号楼|栋|幢|单元|楼|层|室|座|号))"
_LEADS = compiled("[于在至到往从由向是为住址]")
_PLACED = compiled(
    rf"[{_H}]{{1,12}}{_STREET}(?:[东西南北中]段)?[ ]?\d{{1,5}}(?:-\d{{1,4}})?[ ]?号(?!线|标|机|文|井|泵|桥){_UNIT}{{0,4}}"
)
_HOME = compiled(
    rf"[{_H}]{{2,12}}(?:小区|花园|新村|家园|公寓|宿舍|村|社区|屯|苑|[\d一二三四五六七八九十]{{1,3}}组){_COUNT}(?:组|队|栋|幢|号楼|座)?(?:{_UNIT}){{1,4}}(?!线|标|机|文|井|泵|桥)"
)
_WITHIN = compiled("[省市县区镇乡村路街道]")
_GOES = r"[^\s|｜,，;；。:：\"'“”\\⟦⟧]"


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = table("parties")
    address, payee = data["address"], data["payee"]
    labels, payees = any_of(listed(address), spaced=True), any_of(listed(payee))
    firms = any_of(listed(payee, "firms"))
    return {
        "address": compiled(rf"(?:{labels}){_SEP}({_GOES}{{2,60}}(?:[ ]{{1,2}}[\d]{_GOES}{{0,30}}){{0,3}})"),
        "fused": compiled(
            rf"(?:{labels})(?:为|是|在|于)?(?!分为|划分|数据)((?=[{_H}]{{2,9}}(?:省|市|县|区|镇|乡|街道|村|路|街))[{_H}\dA-Za-z()\-]{{4,60}})"
        ),
        "live": compiled(
            rf"(?:家住|住在|居住于|居住在|现住|(?<![^\s,，;；。、(])住(?![址所建房院宅宿]))((?=[{_H}]{{2,9}}(?:省|市|县|区|镇|乡|街道|村|路|街|小区|社区|花园|园))[{_H}\dA-Za-z\-]{{3,40}})"
        ),
        "place": compiled(f"[{address['place']}]"),
        "payee": compiled(
            rf"(?:{payees})(?:\([^()\n]{{1,8}}\))?{_SEP}([^\s|｜,，;；。、:：\"'“”\\⟦⟧]{{2,40}})"
        ),
        "paid": compiled(rf"(?:{any_of(listed(payee, 'paid'))})([{_H}()A-Za-z]{{2,30}}?(?:{firms}))(?!的)"),
        "firm": compiled(rf".{{2,36}}(?:{firms})"),
    }


def is_place(text: str) -> bool:
    return len(text) >= 4 and _patterns()["place"].search(text) is not None


def is_firm(text: str) -> bool:
    return _patterns()["firm"].fullmatch(text) is not None


def find(text: str) -> Iterator[tuple[int, int, str, bool]]:
    """Start, end, kind, and whether a label says so."""
    patterns = _patterns()
    for name in ("address", "fused", "live"):
        for match in patterns[name].finditer(text):
            if is_place(match[1]) and (name != "fused" or _precise(match[1])):
                yield match.start(1), match.start(1) + _kept(match[1]), "地址", name != "live"
    for match in patterns["payee"].finditer(text):
        if is_firm(match[1]):
            yield *match.span(1), "收款方", True
        elif shapes.cell(match[1]):
            yield *match.span(1), "姓名", True
    for match in patterns["paid"].finditer(text):
        yield *match.span(1), "收款方", True
    for pattern in (_PLACED, _HOME):
        for match in pattern.finditer(text):
            leads = [lead.end() for lead in _LEADS.finditer(match[0][:10])]
            start = match.start() + max((lead for lead in leads if lead < len(match[0]) - 4), default=0)
            yield start, match.end(), "地址", False


def _precise(value: str) -> bool:
    """Whether the text names a house, or two places one within the other: no sentence about addresses."""
    return any(char.isdigit() for char in value) or len(_WITHIN.findall(value)) > 1


def _kept(value: str) -> int:
    """How much of a value belongs to the address: another field ends it."""
    stop = words().field.search(value, 3)
    return stop.start() if stop else len(value)
