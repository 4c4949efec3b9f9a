"""Names of people in a report, where a field, a title or a table head says that there is one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.judge import mask_words as words

_H = "\u4e00-\u9fff"
_SEP = words.SEPARATOR
_NAME = rf"(?:[{_H}]{{2,8}}·[{_H}]{{2,8}}|[{_H}]{{2,4}}|[{_H}][ \u3000]{{1,2}}[{_H}])"
_LIST = rf"{_NAME}(?:[、,，/ ]{{1,2}}{_NAME}){{0,30}}"
_NOTE = r"(?:[(（][^()（）\n]{1,8}[)）])?"
_LABELLED = re.compile(
    rf"(?:(?:{words.NAME_LABELS}){_NOTE}(?:{_SEP}|为|是|分别为|由)|(?:{words.SIGNED})[)）]?[:：]\s{{0,4}})"
    rf"({_LIST})(?![{_H}]{{0,4}}[:：])"
)
_FUSED = re.compile(rf"(?:{words.NAME_LABELS})[:：]?([{_H}]{{2,4}}?)(?={words.NAME_FOLLOWS})")
_TITLED = re.compile(rf"(?:{words.TITLES})([{_H}]{{2,3}}?)(?={words.AFTER_NAME})")
_BEFORE_TITLE = re.compile(
    rf"(?<![{_H}])([{_H}]{{2,3}})[ \t]{{0,2}}[(（][^()（）\n]{{0,8}}(?:{words.TITLES}|成员)[)）]"
)
_LINE_BEFORE_TITLE = re.compile(
    rf"^[ \t]{{0,8}}([{_H}]{{2,3}})[ \t]{{0,8}}\n{{1,3}}[ \t]{{0,8}}副?(?:{words.TITLES})[ \t]{{0,8}}$", re.M
)
_COMRADE = re.compile(rf"(?<![{_H}])([{_H}]{{2,3}})(?:同志|先生|女士)")
_SPLIT = re.compile(r"[、,，/]|(?<=[\u4e00-\u9fff]{2}) | (?=[\u4e00-\u9fff]{2})")
_HEAD = re.compile(rf"(?:{words.NAME_LABELS}|人员名单|参评人员)(?:名单)?")


def plausible(text: str) -> bool:
    """Whether the text can be a person's name: a surname, a short rest, no word of the form."""
    if "·" in text:
        return True
    name = "".join(text.split())
    if not 2 <= len(name) <= 4 or name in words.NOT_NAMES or name[:2] in words.NOT_NAMES:
        return False
    if name.startswith(words.DOUBLE_SURNAMES) and len(name) >= 3:
        rest = name[2:]
    elif name[0] in words.SURNAMES and len(name) <= 3:
        rest = name[1:]
    else:
        return False
    return not words.NOT_IN_NAMES & set(rest)


def names_in(text: str) -> Iterator[str]:
    """Every name that something says is one, as written; the same name may come twice."""
    for match in _LABELLED.finditer(text):
        yield from _listed(match[1])
    for pattern in (_FUSED, _TITLED, _BEFORE_TITLE, _LINE_BEFORE_TITLE, _COMRADE):
        for match in pattern.finditer(text):
            if plausible(match[1]):
                yield match[1]
    yield from _under_heads(text)


def _listed(text: str) -> Iterator[str]:
    """The names at the head of a list. One whose surname is rare counts among others."""
    items: list[str] = []
    for item in map(str.strip, _SPLIT.split(text)):
        shaped = 2 <= len(item) <= 3 and not words.NOT_IN_NAMES & set(item) and item not in words.NOT_NAMES
        if not (plausible(item) or (items and shaped)):
            break
        items.append(item)
    yield from items


def _under_heads(text: str) -> Iterator[str]:
    """Cells under a column head that says 姓名, 联系人 …, until the table ends."""
    columns: list[int] = []
    for line in text.splitlines():
        cells = [cell.strip() for cell in re.split(r"[\t|｜]", line)]
        if len(cells) < 2:
            columns = []
            continue
        heads = [at for at, cell in enumerate(cells) if _HEAD.fullmatch(cell)]
        if heads and not any(plausible(cell) for cell in cells):
            columns = heads
            continue
        for at in columns:
            if at < len(cells) and plausible(cells[at]):
                yield cells[at]
