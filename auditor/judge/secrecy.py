"""Secrecy markings: a marked report does not go to an endpoint that is not declared local.

How they are written stands in `secrecy.toml`.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from html import unescape
from importlib.resources import files
from itertools import zip_longest
from typing import Any

from auditor.compiled import compiled
from auditor.document import Document
from auditor.judge.endpoint import Endpoint
from auditor.judge.personal.plain import plain, visible

# A number that somebody set before the line ("[12] ", "3|", "S4：") is not part of it.
_NUMBERED = compiled(r"^[\s>#*\-]{0,8}(?:[\[【(]?[A-Za-z]{0,2}\d{1,5}[\]】)|:.、]\s{0,4})?")
_OPENS, _CLOSES = r"[\[【(<《「『〔]", r"[\]】)>》」』〕]"
_STAR = r"[^\w\s,，、。.:：;；!?()\[\]【】<>《》%/|-]"
"""A mark of any shape between a grade and its term: ★, ▲, ◎."""
_ORNAMENT = compiled(r"[^\w\u4e00-\u9fff]|_")
_FEW = 4
"""Characters of a line that may be a piece of a marking set upright or broken."""
_LONGEST = 40
"""Characters of a line that is nothing but a marking."""
_TURNED = compiled("[\u202e\u2067]([^\u202c\u2069\n]{1,200})")
_TOP, _BOTTOM = 6, 4
"""Lines with text where a paper bears its marking."""


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
    warning, urgent = _any("composed", "warnings"), _any("composed", "urgent")
    star = _STAR
    core = rf"{grade}|{inner}|{_any('composed', 'strong')}"
    word = rf"(?:{_any('composed', 'degrees')})?({_any('composed')})(?:{_any('composed', 'nouns')})?"
    more = word.replace("(" + _any("composed"), "(?:" + _any("composed"))
    several = rf"(?:{_any('composed', 'verbs')})?(?!(?:{_any('named')}|{_any('composed', 'edge')})$){word}(?:{more}){{0,2}}(?:{term})?"
    several += rf"|(?:{_any('composed', 'by')}){word}(?:{_any('composed', 'after')})"
    marked = rf"{star}?({core})(?:{star}{term}?|{term})?(?:[,，;；、]?(?:{warning}))?"
    label, foreign = _any("label"), _any("foreign")
    english = rf"(?:(?:{foreign}|{_any('foreign', 'with')})[^A-Za-z]*)"
    return {
        "alone": compiled(rf"{_OPENS}?{marked}{_CLOSES}?"),
        "composed": compiled(
            rf"(?:{urgent})?(?:(?:{several})(?:{warning}){{0,3}}|({warning}){{1,3}})(?:{urgent})?"
        ),
        "own": compiled(rf"(?:{_any('composed', 'subjects')})(?:{_any('composed', 'are')})?{word}"),
        "kept": compiled(rf"({_any('composed', 'terms')})[^\w]{{0,3}}{term}"),
        "edge": compiled(f"({_any('composed', 'edge')})"),
        "pinyin": compiled(rf"({_any('pinyin')})(?:{term})?"),
        "both": compiled(rf"({grade})(?i:{foreign})|(?i:{foreign})({grade})"),
        "starred": compiled(
            rf"({core})(?:{star}{term}|[^\w\u4e00-\u9fff]{{1,3}}{term}(?![\u4e00-\u9fff]))|({core}){star}$|{star}({grade})(?![\u4e00-\u9fff])"
        ),
        "field": compiled(rf"(?:{label})[^\w(]{{0,4}}(?:为|是)?({core}|保密)(?![\u4e00-\u9fff])"),
        "value": compiled(rf"[\u4e00-\u9fff]{{1,8}}[:|]({grade})(?:{star}{term}?)?"),
        "label": compiled(rf"(?:{label})[:|]*"),
        "title": compiled(rf"^{_OPENS}{marked}{_CLOSES}|{_OPENS}{marked}{_CLOSES}$"),
        "bracket": compiled(rf"{_OPENS}({_any('composed', 'edge')}){_CLOSES}$"),
        "said": compiled(f"({_any('inner', 'said')})"),
        "foreign": compiled(rf"(?i:(?=[^|]*?(?:{foreign}))({english}+))"),
        "named": compiled(_any("named")),
    }


def marking(text: str, beside: Iterable[str] = ()) -> str | None:
    """The secrecy marking a document bears: 绝密, 机密, 秘密, 内部, 涉密, 商密 or 工作秘密; `None` without one.

    A marking stands alone on its line or in its cell, in brackets at either end of a title, bears a
    star, or is the value of 密级; it may be broken over short lines. `beside` are words outside the text
    (watermarks, page heads of a workbook). The same words inside a sentence ("保守国家秘密",
    "内部控制") are no marking; of those that are common words alone on a line as well (保密) only what
    stands at either end of the paper, or beside it, is one.
    """
    around = [*_lines("\n".join(beside)), *_reversed(text)]
    lines = _lines(text)
    for line in [*around, *lines]:
        if found := _in_line(line):
            return found
    for line in [*around, *lines[:_TOP], *lines[-_BOTTOM:]]:
        if found := _at_edge(line):
            return found
    return next((found for pieces in (lines, around, *_tables(lines)) for found in _broken(pieces)), None)


def _reversed(text: str) -> list[str]:
    """What an override of the direction of writing shows from its end to its beginning."""
    return [line for match in _TURNED.finditer(text) for line in _lines(match[1][::-1])]


def _tables(lines: list[str]) -> Iterator[list[str]]:
    """The rows and the columns of what stands in cells: a piece of a marking may have a cell of its own."""
    rows = [
        [_packed(cell) for cell in re.split(r"[\t|]", line)] for line in lines if "\t" in line or "|" in line
    ]
    for row in rows:
        yield [cell for cell in row if cell]
    for column in zip_longest(*rows, fillvalue=""):
        yield list(column)


def _lines(text: str) -> list[str]:
    written = visible(unescape(plain(text).text))
    return [line for line in written.splitlines() if line.strip()]


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
    letters = _ORNAMENT.sub("", bare)
    if not _CUES.intersection(packed):
        return _in_latin(line, bare)
    for pattern, written in (
        ("field", packed), ("starred", packed), ("said", compiled(r"[,，;；、。]").sub("", packed)), ("title", bare), ("both", bare),
    ):  # fmt: skip
        if found := patterns[pattern].search(written):
            return _named(found)
    whole = [("alone", bare), ("value", bare)]
    if not bare.endswith(":") and len(letters) <= _LONGEST:
        whole += [("both", letters), ("composed", _COUNTED.sub("", letters))]
        whole += [("alone", letters)] if "密" in bare else []
    for pattern, written in whole:
        if found := patterns[pattern].fullmatch(written):
            return _named(found)
    for clause in re.split(r"[,，;；。]", packed):
        if found := patterns["own"].fullmatch(clause) or patterns["kept"].fullmatch(clause):
            return _named(found)
    for cell in compiled(r"[\t|]").split(line):
        # A cell that says 内部 may be an answer to "内部还是外部".
        found = patterns["alone"].fullmatch(_packed(cell))
        if found and ("密" in _word(found) or "仅" in _word(found)):
            return _named(found)
    return None


def _in_latin(line: str, bare: str) -> str | None:
    """CONFIDENTIAL, or a Chinese marking by its sounds, alone on the line."""
    if found := _patterns()["foreign"].fullmatch(_LATIN_ENDS.sub("", bare)):
        return _named(found, line)
    spelled = _LATIN_ENDS.sub("", _ORNAMENT.sub("", _unaccented(bare))).lower()
    if len(spelled) <= _LONGEST and (found := _patterns()["pinyin"].fullmatch(spelled)):
        sounds = str(table()["pinyin"]["words"]).split()
        return str(table()["pinyin"]["names"]).split()[sounds.index(found[1])]
    return None


def _unaccented(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


def _at_edge(line: str) -> str | None:
    """保密 alone, or in brackets behind a title, where a paper bears its marking."""
    bare = _packed(_NUMBERED.sub("", line, count=1))
    patterns = _patterns()
    found = patterns["edge"].fullmatch(_ORNAMENT.sub("", bare)) or patterns["bracket"].search(bare)
    return _named(found) if found else None


def _broken(lines: list[str]) -> Iterator[str]:
    """A marking whose pieces stand on short lines one below the other, or below its label."""
    packed = [_packed(line) for line in lines]
    for at, line in enumerate(packed):
        if not 0 < len(line) <= _FEW + 4:
            continue
        joined = line
        for more in packed[at + 1 : at + 6]:
            if len(more) > _FEW + 2:
                break
            joined += more
            if not _CUES.intersection(joined):
                continue
            label = _patterns()["label"].fullmatch(line)
            found = (
                _patterns()["field"].fullmatch(joined) if label else _patterns()["alone"].fullmatch(joined)
            )
            if found and (label or len(line) < len(found[1]) or "密" in found[1] or "资料" in found[1]):
                yield _named(found)


def _packed(line: str) -> str:
    return "".join(line.split())


def _word(found: re.Match[str]) -> str:
    return next(group for group in found.groups() if group)


def _named(found: re.Match[str], line: str = "") -> str:
    """What the marking is called; `line` is shown where it is in Latin letters."""
    word = _word(found)
    if line:
        return " ".join(line.split()).strip("[]()<>").upper()
    for called, signs in _CALLED.items():
        if any(sign in word for sign in signs):
            return called
    return word.removesuffix("级") if "密" in word or word == "敏感" else "内部"


_CUES = frozenset("密内秘外敏请阅件仅")
_COUNTED = compiled(r"^[一二三四五六七八九十]{1,2}(?=[绝机秘涉商])")
_LATIN_ENDS = compiled(r"^[\W_]+|[\W_]+$")
_CALLED = {
    "商业机密": ("商业机密",),
    "工作秘密": ("工作秘密",),
    "涉密": ("涉密",),
    "绝密": ("绝密",),
    "机密": ("机密",),
    "秘密": ("保密", "秘密", "解密"),
    "内部": (
        "内部",
        "外传",
        "阅",
        "扩散",
        "对外",
        "保存",
        "转发",
        "上网",
        "复制",
        "公开",
        "外泄",
        "保管",
        "内参",
    ),
}
