"""Secrecy markings: a marked report does not go to an endpoint that is not declared local.

How they are written stands in `secrecy.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from html import unescape
from importlib.resources import files
from typing import Any

from auditor.compiled import compiled
from auditor.document import Document
from auditor.judge.endpoint import Endpoint
from auditor.judge.personal.plain import plain, visible

# A number that somebody set before the line ("[12] ", "3|", "S4：") is not part of it.
_NUMBERED = compiled(r"^[\s>#*\-]{0,8}(?:[\[【(]?[A-Za-z]{0,2}\d{1,5}[\]】)|:.、]\s{0,4})?")
_OPENS, _CLOSES = r"[\[【(<《「『〔]", r"[\]】)>》」』〕]"
_WARNING = r"(?:[,，;；、]?(?:注意保存|注意保密|(?:不得|严禁|请勿|禁止)(?:外传|扩散|公开|复制|复印|上网)|妥善保管|阅后(?:收回|销毁)))"
_ORNAMENT = compiled(r"[^\w\u4e00-\u9fff]|_")
_FEW = 4
"""Characters of a line that may be a piece of a marking set upright or broken."""


@cache
def table() -> dict[str, Any]:
    """The word tables, as they stand in the file."""
    return tomllib.loads(files("auditor.judge").joinpath("secrecy.toml").read_text(encoding="utf-8"))


def _any(section: str, key: str = "words") -> str:
    words = str(table()[section][key]).split()
    return "|".join(sorted((re.escape(word.replace("_", "")) for word in words), key=len, reverse=True))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    grade, inner, term = _any("grade"), _any("inner"), table()["grade"]["terms"]
    star = f"[{re.escape(table()['grade']['stars'])}]"
    marked = rf"(?:{star})?({grade}|{inner})(?:{star}{term}?|{term})?{_WARNING}?"
    foreign = _any("foreign")
    return {
        "alone": compiled(rf"{_OPENS}?{marked}{_CLOSES}?"),
        "both": compiled(rf"({grade})(?i:{foreign})|(?i:{foreign})({grade})"),
        "starred": compiled(
            rf"({grade})(?:{star}(?:{term}|$)|[^\w\u4e00-\u9fff]{{1,3}}{term}(?![\u4e00-\u9fff]))|{star}({grade})(?![\u4e00-\u9fff])"
        ),
        "field": compiled(rf"(?:{_any('label')})[:|]*(?:为|是)?({grade}|{inner})(?![\u4e00-\u9fff])"),
        "label": compiled(rf"(?:{_any('label')})[:|]*"),
        "title": compiled(rf"^{_OPENS}{marked}{_CLOSES}|{_OPENS}{marked}{_CLOSES}$"),
        "said": compiled(f"({_any('inner', 'said')})"),
        "foreign": compiled(rf"{_OPENS}?(?i:({foreign})(?:[^A-Za-z]+(?:{foreign}|NOFORN))*){_CLOSES}?"),
        "named": compiled(_any("named")),
    }


def marking(text: str, beside: Iterable[str] = ()) -> str | None:
    """The secrecy marking a document bears: 绝密, 机密, 秘密, 内部, 涉密 or 工作秘密; `None` without one.

    A marking stands alone on its line or in its cell, in brackets at either end of a title, bears a
    star, or is the value of 密级; it may be broken over short lines. `beside` are words outside the text
    (watermarks, page heads of a workbook). The same words inside a sentence ("保守国家秘密",
    "内部控制") are no marking.
    """
    written = unescape(plain("\n".join([text, *beside])).text)
    lines = [line for line in visible(written).splitlines() if line.strip()]
    for line in lines:
        if found := _in_line(line):
            return found
    return next(_broken(lines), None)


def notices(text: str) -> list[str]:
    """What a paper says of who may see it that is no secrecy: 依申请公开. Told, never refused."""
    found = (
        match[0]
        for line in visible(text).splitlines()
        for match in _patterns()["named"].finditer(_packed(line))
    )
    return list(dict.fromkeys(found))


def refusal(document: Document | str, where: Endpoint | None) -> str | None:
    """Why a report must not go there, in Chinese; `None` if it may. `where` None: nobody knows where."""
    if where is not None and where.local:
        return None
    told = (document, ()) if isinstance(document, str) else (document.text, document.beside)
    mark = marking(*told)
    if mark is None:
        return None
    target = f"{where.host}（未声明为本地）" if where is not None else "去向不明的地方"
    return f"报告标有“{mark}”，不发往{target}"


def _in_line(line: str) -> str | None:
    patterns = _patterns()
    bare = _packed(_NUMBERED.sub("", line, count=1)).strip("*")
    packed = _packed(line)
    if not ("密" in packed or "内" in packed or "外传" in packed or packed.isascii()):
        return None
    for pattern, written in (
        ("field", packed), ("starred", packed), ("said", re.sub(r"[,，;；、。]", "", packed)), ("title", bare), ("both", bare),
    ):  # fmt: skip
        if found := patterns[pattern].search(written):
            return _named(found)
    if found := patterns["alone"].fullmatch(bare) or patterns["foreign"].fullmatch(bare):
        return _named(found, line)
    if "密" in bare and not bare.endswith(":"):
        letters = _ORNAMENT.sub("", bare)
        if found := patterns["alone"].fullmatch(letters) or patterns["both"].fullmatch(letters):
            return _named(found)
    for cell in re.split(r"[\t|]", line):
        # A cell that says 内部 may be an answer to "内部还是外部".
        found = patterns["alone"].fullmatch(_packed(cell))
        if found and ("密" in found[1] or "仅" in found[1]):
            return _named(found)
    return None


def _broken(lines: list[str]) -> Iterator[str]:
    """A marking whose pieces stand on short lines one below the other, or below its label."""
    packed = [_packed(line) for line in lines]
    for at, line in enumerate(packed):
        if len(line) > _FEW + 4:
            continue
        joined = line
        for more in packed[at + 1 : at + 6]:
            if len(more) > _FEW + 2:
                break
            joined += more
            label = _patterns()["label"].fullmatch(line)
            found = (
                _patterns()["field"].fullmatch(joined) if label else _patterns()["alone"].fullmatch(joined)
            )
            if found and (label or len(line) < len(found[1]) or "密" in found[1] or "资料" in found[1]):
                yield _named(found)


def _packed(line: str) -> str:
    return "".join(line.split())


def _named(found: re.Match[str], line: str = "") -> str:
    word = next(group for group in found.groups() if group)
    if word.isascii():
        return " ".join(line.split()).strip("[]()<>").upper()
    if "内部" in word or "外传" in word:
        return "内部"
    if "涉密" in word:
        return "涉密"
    if "保密" in word or "国家秘密" in word:
        return "秘密"
    if "工作秘密" in word:
        return "工作秘密"
    return word.removesuffix("级")
