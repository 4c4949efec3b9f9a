"""Names beside what somebody is called, does or gets: 局长王强, 村民李丽, 由李丽牵头, 支付给王强劳务费."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.compiled import compiled
from auditor.judge.personal import shapes
from auditor.judge.personal.dictionary import dictionary
from auditor.judge.personal.labels import COMMA, SKIPPED
from auditor.judge.personal.shapes import TOKEN, H, Name, bare, is_han
from auditor.judge.personal.words import BLANK, names

LED = compiled("由|经|请|让|派|找|陪同")
BEFORE_NAME = compiled(
    rf"(?:[\d一二三四五六七八九十]|[\d一二三四五六七八九十]\))(?:班|组|队|等奖){BLANK}{{0,3}}:?{BLANK}{{0,3}}"
)
COMRADE = ("同志", "先生", "女士", "老师", "同学")
_LEADS = frozenset("由和与及任是为向对经请长记让给、")
ONE = rf"(?P<value>[{H}]{{2,6}})(?=[\s、,，;；。)(/]|$)"
NEXT_VALUE = compiled(rf"、{ONE}")


def find(text: str) -> Iterator[Name]:
    """The same place may come twice."""
    yield from _titled(text)
    for pattern in (names().paid, LED):
        for match in pattern.finditer(text):
            yield from after_title(text, match.end(), names().acts if pattern is LED else None)
    for match in names().spent.finditer(text):
        yield from _paid_for(text, match.end())
    for match in BEFORE_NAME.finditer(text):
        yield from _alone(text, match.end())


def _titled(text: str) -> Iterator[Name]:
    words = names()
    for pattern in (words.title, words.person):
        for title in pattern.finditer(text):
            yield from after_title(text, title.end())
            if pattern is words.title:
                yield from _before_title(text, title.start())
    words_of = list(shapes.tagged(text))
    for at, (start, end, tag) in enumerate(words_of):
        word = text[start:end]
        after = text[end : words_of[at + 1][1]] if at + 1 < len(words_of) else ""
        strong = not (len(word) == 3 and after.startswith(COMRADE))
        if not (tag.startswith("nr") and shapes.surnamed(word, strong)) or not shapes.plainly(word):
            continue
        if words.title.match(after.lstrip(" \u3000(")):
            yield Name(start, end, True)


def after_title(text: str, at: int, verbs: re.Pattern[str] | None = None) -> Iterator[Name]:
    """局长王强任组长: a name with something after it that may follow a name, one of `verbs` if given."""
    gap = re.compile(f"{BLANK}{{0,2}}").match(text, at)
    start = gap.end() if gap else at
    if verbs is None and (length := _spelled(text, start)):
        yield Name(start, start + length, True)
        return
    for length in (4, 3, 2):
        end = start + length
        word = text[start:end]
        if len(word) < length or not TOKEN.fullmatch(word):
            continue
        if verbs is None and length < 4 and _acts(text, start, end):
            yield Name(start, end, False)
            return
        given = any(map(word.__contains__, names().given))
        apart = start > at and not is_han(text[end : end + 1])
        if not (given or shapes.surnamed(word, strong=not apart)):
            continue
        if (
            not shapes.plainly(word)
            or names().stop.search(word, 1)
            or (not given and shapes.in_a_word(text, start, end))
        ):
            continue
        if verbs.match(text, end) if verbs else _ends_here(text, end):
            yield Name(start, end, True)
            if verbs is None and (comma := COMMA.match(text, end)) is not None:
                yield from _more(text, comma.end())
            return


def _more(text: str, at: int) -> Iterator[Name]:
    """The rest of a list of names behind a title; one that is a word too is a name between two others."""
    if found := list(after_title(text, at)):
        yield from found
        return
    item = SKIPPED.match(text, at)
    if item is None or not shapes.written(item[0]) or text[at - 1] != "、":
        return
    comma = COMMA.match(text, item.end())
    if comma is None:
        yield Name(*item.span(), False)
    elif found := list(after_title(text, comma.end())):
        yield Name(*item.span(), False)
        yield from found


def _acts(text: str, start: int, end: int) -> bool:
    """副书记卓然出席: a word of the language, but what follows only people do."""
    word = text[start:end]
    if not shapes.surnamed(word) or shapes.form_word(word) or word in names().seldom or shapes.is_place(word):
        return False
    return dictionary().has_word(word) and names().alone.match(text, end) is not None


def _spelled(text: str, at: int) -> int:
    """How long the name is that begins at `at` and is spelled out by sound, or holds a given name of a people without
    surnames: up to a word that is none of its sounds; 0 if there is none."""
    length = 0
    for word in dictionary().cut(text[at : at + 14], False):
        inside = names().sounds.issuperset(word) or any(given in word for given in names().given)
        inside = inside or (len(word) == 1 and length < 2)
        if not inside or not TOKEN.fullmatch(word) or names().stop.match(text, at + length):
            break
        length += len(word)
    name = text[at : at + length]
    if shapes.foreign(name):
        return length
    fits = 2 < length <= 6 and any(given in name for given in names().given) and shapes.plainly(name)
    ends = not is_han(text[at + length : at + length + 1]) or len(_word_at(text, at + length)) > 1
    return length if fits and (ends or _ends_here(text, at + length)) else 0


def _word_at(text: str, at: int) -> str:
    return str(dictionary().cut(text[at : at + 6], False)[0])


def _paid_for(text: str, at: int) -> Iterator[Name]:
    """付王小强劳务费: a name between a word for paying and what was paid for."""
    gap = re.compile(f"{BLANK}{{0,2}}").match(text, at)
    start = gap.end() if gap else at
    for length in (3, 2):
        end = start + length
        word = text[start:end]
        if len(word) < length or not TOKEN.fullmatch(word) or not shapes.surnamed(word, strong=True):
            continue
        if (
            shapes.plainly(word)
            and not shapes.in_a_word(text, start, end)
            and names().purpose.match(text, end)
        ):
            yield Name(start, end, True)
            return


def _alone(text: str, at: int) -> Iterator[Name]:
    """三年级(2)班 王丽: a name that stands alone behind the group it belongs to."""
    value = TOKEN.match(text, at)
    if value is None:
        return
    word = value[0]
    if any(given in word for given in names().given):
        fits = len(word) <= 4 and shapes.named(word)
    else:
        fits = (
            shapes.surnamed(word, strong=len(word) > 2) and shapes.plainly(word) and not shapes.is_place(word)
        )
    if fits or shapes.foreign(word):
        yield Name(*value.span(), True)
        following = NEXT_VALUE.match(text, value.end())
        while following is not None and shapes.written(following["value"]):
            one = following["value"]
            yield Name(*following.span("value"), shapes.named(one) and shapes.sure(one))
            following = NEXT_VALUE.match(text, following.end())


def _ends_here(text: str, at: int) -> bool:
    if at >= len(text) or not is_han(text[at : at + 1]):
        return True
    words = names()
    return bool(words.follows.match(text, at) or words.stop.match(text, at))


def _before_title(text: str, at: int) -> Iterator[Name]:
    """王强局长; 李 娜 财务室主任 at the head of a line; 王强（局长）."""
    back = re.compile(rf"([{H}]{{2,4}}|[{H}]{{1,2}}{BLANK}{{1,3}}[{H}]{{1,2}}){BLANK}{{0,4}}[(]?$")
    line = max(text.rfind("\n", 0, at), text.rfind("\t", 0, at), at - 24) + 1
    head = text[line:at]
    match = re.search(
        rf"^[\d.、\s]{{0,24}}([{H}]{{2,3}}|[{H}]{BLANK}{{1,3}}[{H}])(?:{BLANK}+|{BLANK}*[(])[{H}]{{0,10}}$",
        head,
    )
    if match and shapes.surnamed(bare(match[1])) and shapes.plainly(bare(match[1])):
        yield Name(line + match.start(1), line + match.end(1), True)
        return
    found = back.search(head)
    if found is None:
        return
    stretch = found[1]
    for length in (4, 3, 2):
        word = bare(stretch)[-length:]
        if len(word) < length or not shapes.surnamed(word, strong=True) or not shapes.plainly(word):
            continue
        if names().ends.search(word):
            continue
        if " " in stretch or "\u3000" in stretch:
            if len(bare(stretch)) == length:
                yield Name(line + found.start(1), line + found.end(1), True)
            continue
        start = line + found.end(1) - length
        before = text[start - 1 : start]
        if not before or not is_han(before) or before in _LEADS:
            yield Name(start, start + length, True)
            return
