"""Names of people, where a label, a title, a table head or a payment says that there is one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import takewhile

from auditor.compiled import compiled
from auditor.judge.personal import labels, shapes, titles
from auditor.judge.personal.labels import dotted_end
from auditor.judge.personal.shapes import DOT, DOTTED, H, Name, bare
from auditor.judge.personal.titles import NEXT_VALUE, ONE
from auditor.judge.personal.words import BLANK, names

_VALUE = compiled(rf"[{H}A-Za-z)\]】][:;>→]{BLANK}{{0,4}}{ONE}")
_OF_SEX = compiled(rf"(?<![{H}])([{H}]{{2,3}})[,，、 \t|]{{1,2}}[男女](?=[,，、 \t|\d(]|$)")
_LINE = compiled(r"[^\n]+")
_NAME_BEFORE = compiled(rf"(?<![{H}])([{H}]{{2,3}})(?:{BLANK}{{1,4}}|{BLANK}?[(:]{BLANK}?|\t)$")
_NAME_AFTER = compiled(rf"(?:{BLANK}{{1,4}}|{BLANK}?[(]|\t)([{H}]{{2,3}})(?![{H}])")
_MOST_LISTED = 60


def find(text: str) -> Iterator[Name]:
    """Every name that something says is one; the same place may come twice."""
    yield from labels.find(text)
    yield from titles.find(text)
    yield from _columns(text)
    yield from _valued(text)
    yield from _dotted(text)


def _valued(text: str) -> Iterator[Name]:
    """A field whose whole value is a full name, whatever the field is called: A角：贺敬山; or one with 男 or 女 behind."""
    for match in _VALUE.finditer(text):
        value: re.Match[str] | None = match
        listed = False
        while value is not None and (
            shapes.clear(value["value"]) or (listed and shapes.written(value["value"]))
        ):
            yield Name(*value.span("value"), shapes.clear(value["value"]))
            listed = True
            value = NEXT_VALUE.match(text, value.end())
    for match in _OF_SEX.finditer(text):
        if shapes.surnamed(match[1]) and shapes.named(match[1]):
            yield Name(*match.span(1), shapes.sure(match[1]))


def _columns(text: str) -> Iterator[Name]:
    """Lines of one name each under a line that calls them people."""
    lines = [(match.start(), match[0].rstrip()) for match in _LINE.finditer(text)]
    for number, (_, line) in enumerate(lines):
        head = line.strip(" \u3000:")
        if not is_head(head):
            continue
        people = names().signed.search(bare(head)) is not None
        own = list(takewhile(partial(_is_name_line, people), lines[number + 1 : number + 1 + _MOST_LISTED]))
        if len(own) >= 2 and (people or not all(shapes.is_word(bare(one)) for _, one in own)):
            for at, one in own:
                start = at + len(one) - len(one.lstrip())
                yield Name(start, at + len(one), shapes.sure(bare(one)))


def is_head(text: str) -> bool:
    """Whether a cell or line calls what stands under it people: 学员名单, 负责人, 教师姓名."""
    named = names().roster.fullmatch(text) or names().label.fullmatch(text)
    return named is not None or (len(text) <= 8 and bare(text).endswith("姓名"))


def _is_name_line(people: bool, line: tuple[int, str]) -> bool:
    name = bare(line[1])
    if people and shapes.written(name):
        return True
    return 2 <= len(name) <= 4 and shapes.surnamed(name) and shapes.named(name)


def beside(text: str, start: int, end: int) -> Iterator[Name]:
    """The name before or behind a number that identifies: 李月娥 13812345678, 陈有才（13812345678）."""
    before = _NAME_BEFORE.search(text, max(0, start - 12), start)
    if before is not None and shapes.stands(text, *before.span(1)):
        yield Name(*before.span(1), True)
    after = _NAME_AFTER.match(text, end)
    if after is not None and shapes.stands(text, *after.span(1)):
        yield Name(*after.span(1), True)


def _dotted(text: str) -> Iterator[Name]:
    """阿依古丽·买买提 is a name wherever it stands, if both parts are no words of the form."""
    for match in DOTTED.finditer(text):
        end = dotted_end(text, *match.span())
        parts = re.split(DOT, bare(text[match.start() : end]))
        if all(2 <= len(part) <= 6 for part in parts) and not all(map(shapes.all_words, parts)):
            yield Name(_past_titles(text, match.start()), end, True)


def _past_titles(text: str, at: int) -> int:
    while (title := names().title.match(text, at)) is not None:
        at = title.end()
    return at
