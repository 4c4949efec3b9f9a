"""What may be a name though nothing says so: for somebody to look at before anything is sent."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.compiled import compiled
from auditor.judge.personal import shapes
from auditor.judge.personal.dictionary import dictionary
from auditor.judge.personal.labels import EXPLICIT, SEPARATOR, whole_value
from auditor.judge.personal.shapes import PLACE, TOKEN, H, Name, is_han, tagged
from auditor.judge.personal.titles import BEFORE_NAME, COMRADE, LED, after_title
from auditor.judge.personal.words import BLANK, names

_PLACE_AFTER = compiled("[省市区县镇乡村路街道桥河湖山社庄屯]")
_ALONE = compiled(rf"(?<![{H}\d%])(?<![)](?=[班组级队户]))[{H}]{{2,4}}(?![{H}])")
_COMRADES = compiled(rf"(?=([{H}]{{3}})(?:{'|'.join(COMRADE)}))")
_PAID = compiled(rf"{BLANK}?([{H}]{{2,3}}?)(?={BLANK}{{0,2}}(?:\d|工资|补助|补贴|劳务|租金|报酬|奖金))")
_SOUNDS = compiled(f"[{''.join(sorted(names().sounds))}]{{4,12}}")
_RUN = compiled(rf"[{H}]{{2,200}}")
_ENDS = compiled(rf"{BLANK}{{0,2}}(?:[、,，;；:)]|\d|等|一家|家|房|户|$)|{BLANK}{{1,2}}")
_LEADS = frozenset("由和与及为向对给让请被把如经找送、户组班中给")


def find(text: str) -> Iterator[Name]:
    """The same place may come twice."""
    for start, end, tag in tagged(text):
        known = tag.startswith("nr") and 2 <= len(text[start:end]) <= 4
        if known and (_fits(text, start, end) or _in_dictionary(text, start, end)):
            yield Name(start, end, False)
    for lead in LED.finditer(text):
        yield from after_title(text, lead.end())
    for match in _ALONE.finditer(text):
        if _fits(text, *match.span()) or shapes.foreign(match[0]) or _given(match[0]):
            yield Name(*match.span(), False)
    yield from _doubtful(text)
    for run in _RUN.finditer(text):
        yield from _unknown(text, *run.span())


def _doubtful(text: str) -> Iterator[Name]:
    """Words of the language where a name may stand: behind a class or a group, behind labels that hold other things
    as well, beside what only people do."""
    for match in BEFORE_NAME.finditer(text):
        value = TOKEN.match(text, match.end())
        if value and shapes.written(value[0]):
            yield Name(*value.span(), False)
    for match in names().label.finditer(text):
        separator = SEPARATOR.match(text, match.end())
        deed = names().deed.search(shapes.bare(match[0]))
        if separator and deed is None and EXPLICIT.search(separator[0]):
            yield from whole_value(text, separator.end())
    for pattern in (names().title, names().person):
        for match in pattern.finditer(text):
            for length in (3, 2):
                start, end = match.end(), match.end() + length
                word = text[start:end]
                acts = names().acts.match(text, end)
                if acts and shapes.surnamed(word) and not shapes.form_word(word):
                    yield Name(start, end, False)
                    break
    for match in names().paid.finditer(text):
        value = _PAID.match(text, match.end())
        if value is not None and shapes.written(value[1]) and value[1][-1] not in "费款金":
            yield Name(*value.span(1), False)
    for match in _COMRADES.finditer(text):
        if shapes.surnamed(match[1]) and shapes.plainly(match[1]):
            yield Name(*match.span(1), False)


def _fits(text: str, start: int, end: int) -> bool:
    word = text[start:end]
    if PLACE.search(word) or _PLACE_AFTER.match(text, end):
        return False
    return shapes.surnamed(word, strong=True) and shapes.plainly(word) and not _done(word)


def _done(word: str) -> bool:
    """周例会, 季研判: a period, a unit or a thing and what is done."""
    told = dictionary().tag(word)
    if len(told) == 1 and told[0][1].startswith("nr"):
        return False
    rest = dictionary().tag(word[1:], False)
    return len(rest) == 1 and rest[0][1].startswith("v")


def _in_dictionary(text: str, start: int, end: int) -> bool:
    """单田芳: a dictionary has it as somebody's name, whatever its characters."""
    word = text[start:end]
    if len(word) < 3 or not shapes.surnamed(word) or _PLACE_AFTER.match(text, end):
        return False
    if not dictionary().has_word(word) or shapes.form_word(word) or PLACE.search(word):
        return False
    return bool(dictionary().tag(word, False)[0][1].startswith("nr"))


def _given(word: str) -> bool:
    return any(given in word for given in names().given) and shapes.named(word)


def _unknown(text: str, first: int, last: int) -> Iterator[Name]:
    """Where a dictionary knows no words: a surname and one or two characters that it cuts one by one, or a surname
    and a word, with something before and behind that borders on names; and what is spelled out by sound."""
    for match in _SOUNDS.finditer(text, first, last):
        if shapes.foreign(match[0]):
            yield Name(*match.span(), False)
    pieces = []
    at = first
    for word in dictionary().cut(text[first:last], False):
        pieces.append((at, at + len(word)))
        at += len(word)
    for number, (start, end) in enumerate(pieces):
        if end - start != 1 or not _begins(text, start):
            continue
        for behind in pieces[number + 1 : number + 3]:
            length = behind[1] - start
            if length > 3:
                break
            if _fits(text, start, behind[1]) and (behind[1] == last or _ENDS.match(text, behind[1])):
                yield Name(start, behind[1], False)
                break


def _begins(text: str, at: int) -> bool:
    before = text[at - 1 : at]
    return before in _LEADS or not (is_han(before) or before.isdigit() or before == "%")
