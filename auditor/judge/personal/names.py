"""Names of people, where a label, a title, a table head or a payment says that there is one.

After an explicit label (something stands between it and its value) whatever has the shape of a name
is one, unless it is plainly a word of the form; elsewhere a usual surname is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from auditor.compiled import compiled
from auditor.judge.personal.dictionary import dictionary
from auditor.judge.personal.words import BLANK, names

_H = "\u4e00-\u9fff\u3400-\u4dbf\U00020000-\U0003134f"
_DOTS = "·•‧・∙●⋅᛫˙･.．"
_DOT = f"[{_DOTS[:-2]}]"
_HAN = compiled(f"[{_H}]")
_DOTTED = compiled(rf"[{_H}]{{1,8}}(?:{BLANK}?{_DOT}{BLANK}?[{_H}]{{1,8}}){{1,4}}")
_POINTED = compiled(rf"[{_H}]{{2,8}}(?:[.．][{_H}]{{2,8}}){{1,3}}")
_RUN = compiled(rf"[{_H}](?:{BLANK}{{0,4}}[{_H}]){{0,40}}")
_TOKEN = compiled(rf"[{_H}]+")
_SEPARATOR = compiled(r"(?:[\s:|｜_*=)\]】\"“”「『<《\[(【/—-]{1,16})(?:\d{1,4}[|｜])?")
_EXPLICIT = compiled(r"[:|｜\t\n_=]")
_LINK = compiled("分别为|分别是|为|是|系|由")
_COMMA = compiled(rf"{BLANK}{{0,3}}(?:[、,，/;；]|和|及|与){BLANK}{{0,3}}\n?{BLANK}{{0,3}}")
_GAP = compiled(rf"{BLANK}{{1,8}}")
_LED = compiled("由|经|请|让|派|找|陪同")
_SKIPPED = compiled(rf"[{_H}]{{1,6}}(?=[、,，/])")
_NOTE = compiled(rf"{BLANK}{{0,3}}\([^()\n]{{0,16}}\)")
_ALSO_IN_NAMES = frozenset("和为与如应同共本由见对")
_OFFICE = compiled(r"(?:[人长者员名]|户主|经理|代表|会计|出纳|领导)(?:签字|签名|签章)?(?:\([^()]{0,8}\))?$")
_MIDDLE = frozenset("少多")
_GIVEN = frozenset("在于到多少")
_TRAILING = "任为兼等"
_LEADS = frozenset("由和与及任是为向对经请长记让给、")
_STANDS_APART = compiled("[\t\n\u3000]|  ")
_ONE = rf"(?P<value>[{_H}]{{2,3}})(?=[\s、,，;；。)(/]|$)"
_VALUE = compiled(rf"[{_H}A-Za-z)\]】][:;>→]{BLANK}{{0,4}}{_ONE}")
_NEXT_VALUE = compiled(rf"、{_ONE}")
_OF_SEX = compiled(rf"(?<![{_H}])([{_H}]{{2,3}})[,，、 \t|]{{1,2}}[男女](?=[,，、 \t|\d(]|$)")
_LAND = compiled("[坑塘湾沟坪坝洞寨屯圩坡岗冲垌围坳峒滩港站厂场店馆亭寺庙渠堤坎垭]$")
_LINE = compiled(r"[^\n]+")
_NAME_BEFORE = compiled(rf"(?<![{_H}])([{_H}]{{2,3}})(?:{BLANK}{{1,4}}|{BLANK}?[(:]{BLANK}?|\t)$")
_NAME_AFTER = compiled(rf"(?:{BLANK}{{1,4}}|{BLANK}?[(]|\t)([{_H}]{{2,3}})(?![{_H}])")
_LATIN = compiled(r"[A-Z][a-z]{1,9}(?:[ -][A-Z][a-z]{1,9}){1,2}(?![A-Za-z])")
_NUMBERED = compiled(rf"\d{{1,3}}[.、)]{BLANK}{{0,2}}(?=[{_H}])")
_GOES_ON = ("数", "次", "员", "均", "群")
"""Directly behind a label they make another word of it."""
_LONGEST, _MOST_LISTED = 6, 60


class Name(NamedTuple):
    """`sure`: so much a name that it is masked wherever it stands; otherwise only where it was found."""

    start: int
    end: int
    sure: bool


def bare(text: str) -> str:
    return "".join(text.split())


def find(text: str) -> Iterator[Name]:
    """Every name that something says is one; the same place may come twice."""
    yield from _labelled(text)
    yield from _titled(text)
    for pattern in (names().paid, _LED):
        for match in pattern.finditer(text):
            yield from _after_title(text, match.end(), names().acts if pattern is _LED else None)
    for match in names().spent.finditer(text):
        yield from _paid_for(text, match.end())
    yield from _columns(text)
    yield from _valued(text)
    yield from _dotted(text)


def possible(text: str) -> Iterator[Name]:
    """What may be a name though nothing says so: what a dictionary's tagger takes for one."""
    for start, end, tag in _tagged(text):
        word = text[start:end]
        if not tag.startswith("nr") or not 2 <= len(word) <= 4:
            continue
        place = _NO_NAME.search(word) or _PLACE_AFTER.match(text, end)
        if _surnamed(word, strong=True) and _plainly(word) and not place:
            yield Name(start, end, False)
    for lead in _LED.finditer(text):
        yield from _after_title(text, lead.end())


_NO_NAME = compiled("[镇乡区村县市路街道河湖桥楼段费册所感]$")
_PLACE_AFTER = compiled("[省市区县镇乡村路街道桥河湖山镇社庄屯]")


def cell(text: str) -> bool:
    """Whether a cell under the head 姓名 holds a name."""
    name = bare(text)
    return bool(_DOTTED.fullmatch(name) or _POINTED.fullmatch(name)) or _named(name)


# ---- shapes ----------------------------------------------------------------------------------------


def sure(text: str) -> bool:
    """Whether the name is masked wherever it stands, not only where it was found."""
    return _sure(bare(text))


def ordinary(name: str) -> bool:
    """Whether a name of two characters is a word of the language as well."""
    return len(name) == 2 and dictionary().has_word(name)


def in_a_word(text: str, start: int, end: int) -> bool:
    """Whether a dictionary cuts the sentence elsewhere: 高峰 in 高峰期 is no name."""
    first, last = start, end
    while first and start - first < 8 and is_han(text[first - 1]):
        first -= 1
    while last < len(text) and last - end < 8 and is_han(text[last]):
        last += 1
    at, borders = first, {first}
    for word in dictionary().cut(text[first:last], False):
        at += len(word)
        borders.add(at)
    return not {start, end} <= borders


def is_han(char: str) -> bool:
    return _HAN.fullmatch(char) is not None


def _surnamed(name: str, strong: bool = False) -> bool:
    """Whether the text is a surname and one or two characters more."""
    words = names()
    if name.startswith(words.double):
        return 3 <= len(name) <= 4 or (len(name) == 2 and not strong)
    if not 2 <= len(name) <= 3 or name[0] not in words.single:
        return False
    return not (strong and name[0] in words.weak)


@lru_cache(maxsize=4096)
def _form_word(name: str) -> bool:
    """Whether the text is a word of a form, an office or a group."""
    words = names()
    if name in words.never or words.field.fullmatch(name) or words.title.fullmatch(name):
        return True
    if any(name.startswith(word) for word in _starts() if len(word) < len(name)):
        return True
    ends = words.ends.search(name)
    if ends is None:
        return False
    return len(ends[0]) > 1 or not _surnamed(name, strong=True) or _is_word(name)


@lru_cache(maxsize=1)
def _starts() -> tuple[str, ...]:
    return tuple(word for word in names().never if len(word) == 2 and word not in ("党员", "群众"))


@lru_cache(maxsize=4096)
def _is_word(text: str) -> bool:
    """Whether a dictionary has it, and not as somebody's name."""
    tagged = dictionary().tag(text, False)
    return len(tagged) == 1 and dictionary().has_word(text) and not tagged[0][1].startswith("nr")


@lru_cache(maxsize=4096)
def _all_words(text: str) -> bool:
    """Whether it falls into dictionary words that are no names."""
    return all(
        (len(word) > 1 or word in names().function) and not tag.startswith("nr")
        for word, tag in dictionary().tag(text, False)
    )


@lru_cache(maxsize=8192)
def _named(name: str) -> bool:
    """Whether the text, standing where a name is expected, is one."""
    words = names()
    if not 2 <= len(name) <= _LONGEST or not _TOKEN.fullmatch(name) or _form_word(name):
        return False
    if any(given in name for given in words.given):
        return True
    if _surnamed(name):
        return len(name) != 3 or name.startswith(words.double) or not _is_word(name)
    held = words.function & set(name)
    return not (held - _ALSO_IN_NAMES - _GIVEN if len(name) <= 3 else held) and not _all_words(name)


def _glued(name: str) -> bool:
    """Whether it holds a word that joins other words: 占在编."""
    words = names()
    held = words.function - _ALSO_IN_NAMES - (_MIDDLE if len(name) == 3 else frozenset())
    return bool(held & set(name[1:])) and not any(map(name.__contains__, words.given))


def _plainly(name: str) -> bool:
    """Whether it is a name and no word besides: no label says which it is."""
    words = names()
    if not _named(name) or _is_word(name) or name in words.seldom or _glued(name):
        return False
    return not (len(name) == 3 and name[2] in "地得着过了的" and dictionary().has_word(name[:2]))


def _sure(name: str) -> bool:
    return _surnamed(name) or any(given in name for given in names().given) or not _is_word(name)


@lru_cache(maxsize=4096)
def _leading(text: str) -> int:
    """How many characters at the beginning of a longer text are a name, by the tagger; 0 if none."""
    word, tag = dictionary().tag(text)[0]
    fits = tag.startswith("nr") and _surnamed(word, strong=True) and _plainly(word)
    return len(word) if fits else 0


# ---- after a label ---------------------------------------------------------------------------------


def _labelled(text: str) -> Iterator[Name]:
    words = names()
    for label in words.label.finditer(text):
        at = label.end()
        agent = words.deed.search(bare(re.sub(r"\(.*", "", label[0]))) is None
        explicit = False
        if (separator := _SEPARATOR.match(text, at)) is not None:
            at = separator.end()
            numbered = _NUMBERED.match(text, at)
            at = numbered.end() if numbered else at
            apart = _EXPLICIT.search(separator[0]) or _STANDS_APART.search(separator[0])
            explicit, agent = agent or apart is not None, True
        elif text[at : at + 1] in _GOES_ON:
            continue  # 受益人数多于户数
        elif (link := _LINK.match(text, at)) is not None:
            at, explicit = link.end(), True
        yield from _listed(text, at, explicit, agent)


def _listed(text: str, at: int, explicit: bool, agent: bool) -> Iterator[Name]:
    """The names of a list that begins at `at`; one item that is none does not end it."""
    missed = 0
    for count in range(_MOST_LISTED):
        found = list(_item(text, at, explicit or count > 0, agent))
        if found:
            yield from found
            at = _past_notes(text, found[-1].end)
        elif count and missed < 2 and (item := _SKIPPED.match(text, at)) is not None:
            missed += 1
            at = item.end()
        else:
            return
        if (comma := _COMMA.match(text, at)) is not None:
            at = comma.end()
        elif found and (gap := _GAP.match(text, at)) is not None:
            at = gap.end()
        else:
            return
        numbered = _NUMBERED.match(text, at)
        at = numbered.end() if numbered else at


def _past_notes(text: str, at: int) -> int:
    while (note := _NOTE.match(text, at) or names().title.match(text, at)) is not None:
        at = note.end()
    return at


def _item(text: str, at: int, explicit: bool, agent: bool) -> Iterator[Name]:
    """The name that stands at `at`, alone or behind an office or a title."""
    if explicit and (latin := _LATIN.match(text, at)) is not None:
        yield Name(*latin.span(), True)
        return
    if dotted := _DOTTED.match(text, at) or (_POINTED.match(text, at) if explicit else None):
        yield Name(at, _dotted_end(text, *dotted.span()), True)
        return
    run = _RUN.match(text, at)
    if run is None:
        return
    words = names()
    stop = words.stop.search(text, at, run.end())
    closed = stop is not None or _label_follows(text, run.end())
    if stop is not None and stop.start() == at:
        # A title or a field: 局长王强 holds a name behind the title, 职务 none.
        title = words.title.match(text, at)
        if title is not None and title.end() < run.end():
            yield from _item(text, title.end(), explicit, agent)
        return
    end = stop.start() if stop else run.end()
    piece = text[at:end]
    while piece and (piece[-1].isspace() or (closed and piece[-1] in _TRAILING and len(bare(piece)) > 2)):
        piece = piece[:-1]
    yield from _pieces(text, piece, at, explicit or closed, explicit, closed, agent)


def _label_follows(text: str, at: int) -> bool:
    """Whether another field of the form begins behind the blanks at `at`."""
    gap = re.compile(r"\s{1,6}").match(text, at)
    return gap is not None and names().field.match(text, gap.end()) is not None


def _dotted_end(text: str, start: int, end: int) -> int:
    """Where a name with a point in it ends: before a label, a title or a verb after its last part."""
    last = max(text.rfind(mark, start, end) for mark in _DOTS)
    stop = names().stop.search(text, last + 2, end) or names().follows.search(text, last + 3, end)
    return stop.start() if stop else end


def _pieces(
    text: str, piece: str, at: int, loose: bool, explicit: bool, closed: bool, agent: bool
) -> Iterator[Name]:
    """The first name in a run of characters and blanks."""
    tokens = _joined([(match.start(), match.end()) for match in _TOKEN.finditer(piece)], piece)
    if not tokens:
        return
    start, end = tokens[0]
    word = bare(piece[start:end])
    if explicit and len(tokens) > 1 and len(word) > 2 and names().ends.search(word) and not _surnamed(word):
        tokens = tokens[1:]  # 社会事业股 佟丽雅
        start, end = tokens[0]
        word = bare(piece[start:end])
    alone = len(tokens) == 1
    in_prose = loose and not explicit and (_glued(word) or in_a_word(text, at + start, at + end))
    if in_prose and _OFFICE.search(text, max(0, at - 14), at) is None:
        return
    if _named(word) and (loose or (agent and _surnamed(word, strong=True) and _plainly(word))):
        if explicit and len(word) >= 4 and (behind := list(_behind_office(word, at + start))):
            yield from behind
            return
        yield Name(at + start, at + end, _sure(word))
        if len(word) >= 4 and not word.startswith(names().double):
            yield from _parts(piece, start, end, at)
        return
    if _form_word(word) and not closed and len(word) <= 3:
        return
    follows = names().follows.search(word, 2)
    if follows is not None and word == piece[start:end]:
        head = word[: follows.start()]
        if _surnamed(head, strong=not explicit) and (_named(head) if explicit else _plainly(head)):
            yield Name(at + start, at + start + len(head), _sure(head))
            return
    if (length := _leading(word)) and (agent or explicit) and word == piece[start:end]:
        yield Name(at + start, at + start + length, True)
        return
    if explicit and alone and word == piece[start:end]:
        yield from _behind_office(word, at + start)


def _parts(piece: str, start: int, end: int, at: int) -> Iterator[Name]:
    """Names of several people written without anything between."""
    where = start
    for word, tag in dictionary().tag(piece[start:end]):
        if tag.startswith("nr") and len(word) > 1:
            yield Name(at + where, at + where + len(word), _sure(word))
        where += len(word)


def _behind_office(word: str, at: int) -> Iterator[Name]:
    """财政局王强: what follows the last office."""
    for length in (4, 3, 2):
        head, tail = word[:-length], word[-length:]
        if len(head) >= 2 and names().ends.search(head) and _surnamed(tail, strong=True) and _named(tail):
            yield Name(at + len(head), at + len(word), True)
            return


def _joined(tokens: list[tuple[int, int]], piece: str) -> list[tuple[int, int]]:
    """Single characters set apart belong together: 王　强, 欧 阳 明 远."""
    joined: list[tuple[int, int]] = []
    for start, end in tokens:
        if joined:
            before = bare(piece[joined[-1][0] : joined[-1][1]])
            single = end - start == 1 or len(before) == 1
            limit = 4 if before.startswith(names().double) or len(before) == 1 else 3
            if single and len(before) + end - start <= limit and (len(before) == 1 or end - start == 1):
                joined[-1] = (joined[-1][0], end)
                continue
        joined.append((start, end))
    return joined


# ---- beside a title --------------------------------------------------------------------------------


def _titled(text: str) -> Iterator[Name]:
    words = names()
    for pattern in (words.title, words.person):
        for title in pattern.finditer(text):
            yield from _after_title(text, title.end())
            if pattern is words.title:
                yield from _before_title(text, title.start())
    tagged = list(_tagged(text))
    for at, (start, end, tag) in enumerate(tagged):
        word = text[start:end]
        if not (tag.startswith("nr") and _surnamed(word, strong=True)) or not _plainly(word):
            continue
        after = text[end : tagged[at + 1][1]] if at + 1 < len(tagged) else ""
        if words.title.match(after.lstrip(" \u3000(")):
            yield Name(start, end, True)


def _after_title(text: str, at: int, verbs: re.Pattern[str] | None = None) -> Iterator[Name]:
    """局长王强任组长: a name with something after it that may follow a name, one of `verbs` if given."""
    gap = re.compile(f"{BLANK}{{0,2}}").match(text, at)
    start = gap.end() if gap else at
    for length in (4, 3, 2):
        end = start + length
        word = text[start:end]
        if len(word) < length or not _TOKEN.fullmatch(word):
            continue
        given = any(map(word.__contains__, names().given))
        if not (given or _surnamed(word, strong=True)):
            continue
        if not _plainly(word) or names().stop.search(word, 1) or (not given and in_a_word(text, start, end)):
            continue
        if verbs.match(text, end) if verbs else _ends_here(text, end):
            yield Name(start, end, True)
            if verbs is None and (comma := _COMMA.match(text, end)) is not None:
                yield from _after_title(text, comma.end())
            return


def _paid_for(text: str, at: int) -> Iterator[Name]:
    """付王小强劳务费: a name between a word for paying and what was paid for."""
    gap = re.compile(f"{BLANK}{{0,2}}").match(text, at)
    start = gap.end() if gap else at
    for length in (3, 2):
        end = start + length
        word = text[start:end]
        if len(word) < length or not _TOKEN.fullmatch(word) or not _surnamed(word, strong=True):
            continue
        if _plainly(word) and not in_a_word(text, start, end) and names().purpose.match(text, end):
            yield Name(start, end, True)
            return


def _ends_here(text: str, at: int) -> bool:
    if at >= len(text) or not _HAN.match(text, at):
        return True
    words = names()
    return bool(words.follows.match(text, at) or words.stop.match(text, at))


def _before_title(text: str, at: int) -> Iterator[Name]:
    """王强局长; 李 娜 财务室主任 at the head of a line; 王强（局长）."""
    back = re.compile(rf"([{_H}]{{2,4}}|[{_H}]{{1,2}}{BLANK}{{1,3}}[{_H}]{{1,2}}){BLANK}{{0,4}}[(]?$")
    line = max(text.rfind("\n", 0, at), text.rfind("\t", 0, at), at - 24) + 1
    head = text[line:at]
    match = re.search(
        rf"^[\d.、\s]{{0,24}}([{_H}]{{2,3}}|[{_H}]{BLANK}{{1,3}}[{_H}])(?:{BLANK}+|{BLANK}*[(])[{_H}]{{0,10}}$",
        head,
    )
    if match and _surnamed(bare(match[1])) and _plainly(bare(match[1])):
        yield Name(line + match.start(1), line + match.end(1), True)
        return
    found = back.search(head)
    if found is None:
        return
    stretch = found[1]
    for length in (4, 3, 2):
        word = bare(stretch)[-length:]
        if len(word) < length or not _surnamed(word, strong=True) or not _plainly(word):
            continue
        if names().ends.search(word):
            continue
        if " " in stretch or "\u3000" in stretch:
            if len(bare(stretch)) == length:
                yield Name(line + found.start(1), line + found.end(1), True)
            continue
        start = line + found.end(1) - length
        before = text[start - 1 : start]
        if not before or not _HAN.match(before) or before in _LEADS:
            yield Name(start, start + length, True)
            return


# ---- under a head, beside a number ----------------------------------------------------------------


def _valued(text: str) -> Iterator[Name]:
    """A field whose whole value is a full name, whatever the field is called: A角：贺敬山; or one with 男 or 女 behind."""
    for match in _VALUE.finditer(text):
        value: re.Match[str] | None = match
        while value is not None and _is_value(value["value"]):
            yield Name(*value.span("value"), True)
            value = _NEXT_VALUE.match(text, value.end())
    for match in _OF_SEX.finditer(text):
        if _surnamed(match[1]) and _named(match[1]):
            yield Name(*match.span(1), _sure(match[1]))


def _is_value(word: str) -> bool:
    fits = _surnamed(word, strong=True) and _plainly(word) and not _is_place(word)
    return fits and (len(word) > 2 or dictionary().tag(word, False)[0][1] == "nr")


def _is_place(word: str) -> bool:
    return _NO_NAME.search(word) is not None or _LAND.search(word) is not None


def _columns(text: str) -> Iterator[Name]:
    """Lines of one name each under a line that calls them people."""
    lines = [(match.start(), match[0].rstrip()) for match in _LINE.finditer(text)]
    for number, (_, line) in enumerate(lines):
        head = line.strip(" \u3000:")
        if not names().roster.fullmatch(head) and not names().label.fullmatch(head):
            continue
        own = list(
            takewhile(lambda one: _is_name_line(one[1]), lines[number + 1 : number + 1 + _MOST_LISTED])
        )
        if len(own) >= 2 and not all(_is_word(bare(one)) for _, one in own):
            for at, one in own:
                start = at + len(one) - len(one.lstrip())
                yield Name(start, at + len(one), _sure(bare(one)))


def _is_name_line(line: str) -> bool:
    name = bare(line)
    return 2 <= len(name) <= 4 and _surnamed(name) and _named(name)


def beside(text: str, start: int, end: int) -> Iterator[Name]:
    """The name before or behind a number that identifies: 李月娥 13812345678, 陈有才（13812345678）."""
    before = _NAME_BEFORE.search(text, max(0, start - 12), start)
    if before is not None and _stands(text, *before.span(1)):
        yield Name(*before.span(1), True)
    after = _NAME_AFTER.match(text, end)
    if after is not None and _stands(text, *after.span(1)):
        yield Name(*after.span(1), True)


def _stands(text: str, start: int, end: int) -> bool:
    return _surnamed(text[start:end], strong=True) and _plainly(text[start:end])


# ---- elsewhere -------------------------------------------------------------------------------------


def _dotted(text: str) -> Iterator[Name]:
    """阿依古丽·买买提 is a name wherever it stands, if both parts are no words of the form."""
    for match in _DOTTED.finditer(text):
        end = _dotted_end(text, *match.span())
        parts = re.split(_DOT, bare(text[match.start() : end]))
        if all(2 <= len(part) <= 6 for part in parts) and not all(map(_all_words, parts)):
            yield Name(_past_titles(text, match.start()), end, True)


def _past_titles(text: str, at: int) -> int:
    while (title := names().title.match(text, at)) is not None:
        at = title.end()
    return at


def _tagged(text: str) -> Iterator[tuple[int, int, str]]:
    at = 0
    for word, tag in dictionary().tag(text):
        yield at, at + len(word), tag
        at += len(word)
