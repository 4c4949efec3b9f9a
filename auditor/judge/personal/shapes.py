"""What has the shape of a name: surnames, words of a form, what a dictionary says."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from auditor.compiled import compiled
from auditor.judge.personal.dictionary import dictionary
from auditor.judge.personal.words import BLANK, names

H = "\u4e00-\u9fff\u3400-\u4dbf\U00020000-\U0003134f"
DOTS = "·•‧・∙●⋅᛫˙･.．"
DOT = f"[{DOTS[:-2]}]"
DOTTED = compiled(rf"[{H}]{{1,8}}(?:{BLANK}?{DOT}{BLANK}?[{H}]{{1,8}}){{1,4}}")
POINTED = compiled(rf"[{H}]{{2,8}}(?:[.．][{H}]{{2,8}}){{1,3}}")
TOKEN = compiled(rf"[{H}]+")
_HAN = compiled(f"[{H}]")
_ALSO_IN_NAMES = frozenset("和为与如应同共本由见对")
_MIDDLE = frozenset("少多")
_GIVEN = frozenset("在于到多少")
_LONGEST = 6
_LAND = compiled("[坑塘湾沟坪坝洞寨屯圩坡岗冲垌围坳峒滩港站厂场店馆亭寺庙渠堤坎垭]$")
PLACE = compiled("[镇乡区村县市路街道河湖桥楼段费册所感]$")


class Name(NamedTuple):
    """`sure`: so much a name that it is masked wherever it stands; otherwise only where it was found."""

    start: int
    end: int
    sure: bool


def bare(text: str) -> str:
    return "".join(text.split())


def cell(text: str) -> bool:
    """Whether a cell under the head 姓名 holds a name."""
    name = bare(text)
    return bool(DOTTED.fullmatch(name) or POINTED.fullmatch(name)) or named(name)


def sure(text: str) -> bool:
    """Whether the name is masked wherever it stands, not only where it was found."""
    name = bare(text)
    return surnamed(name) or any(given in name for given in names().given) or not is_word(name)


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


def surnamed(name: str, strong: bool = False) -> bool:
    """Whether the text is a surname and one or two characters more."""
    words = names()
    if name.startswith(words.double):
        return 3 <= len(name) <= 4 or (len(name) == 2 and not strong)
    if not 2 <= len(name) <= 3 or name[0] not in words.single:
        return False
    return not (strong and name[0] in words.weak)


@lru_cache(maxsize=4096)
def form_word(name: str) -> bool:
    """Whether the text is a word of a form, an office or a group."""
    words = names()
    if name in words.never or words.field.fullmatch(name) or words.title.fullmatch(name):
        return True
    if any(name.startswith(word) for word in _starts() if len(word) < len(name)):
        return True
    ends = words.ends.search(name)
    if ends is None or (len(ends[0]) == 1 and any(given in name for given in words.given)):
        return False
    return len(ends[0]) > 1 or not surnamed(name, strong=True) or is_word(name)


@lru_cache(maxsize=1)
def _starts() -> tuple[str, ...]:
    return tuple(word for word in names().never if len(word) == 2 and word not in ("党员", "群众"))


@lru_cache(maxsize=4096)
def is_word(text: str) -> bool:
    """Whether a dictionary has it, and not as somebody's name."""
    tagged = dictionary().tag(text, False)
    return len(tagged) == 1 and dictionary().has_word(text) and not tagged[0][1].startswith("nr")


@lru_cache(maxsize=4096)
def all_words(text: str) -> bool:
    """Whether it falls into dictionary words that are no names."""
    return all(
        (len(word) > 1 or word in names().function) and not tag.startswith("nr")
        for word, tag in dictionary().tag(text, False)
    )


@lru_cache(maxsize=8192)
def named(name: str) -> bool:
    """Whether the text, standing where a name is expected, is one."""
    words = names()
    if not 2 <= len(name) <= _LONGEST or not TOKEN.fullmatch(name) or form_word(name):
        return False
    if any(given in name for given in words.given):
        return True
    if surnamed(name):
        return len(name) != 3 or name.startswith(words.double) or not is_word(name)
    held = words.function & set(name)
    return not (held - _ALSO_IN_NAMES - _GIVEN if len(name) <= 3 else held) and not all_words(name)


def glued(name: str) -> bool:
    """Whether it holds a word that joins other words: 占在编."""
    words = names()
    held = words.function - _ALSO_IN_NAMES - (_MIDDLE if len(name) == 3 else frozenset())
    return bool(held & set(name[1:])) and not any(map(name.__contains__, words.given))


def plainly(name: str) -> bool:
    """Whether it is a name and no word besides: no label says which it is."""
    words = names()
    if not named(name) or is_word(name) or name in words.seldom or glued(name):
        return False
    return not (len(name) == 3 and name[2] in "地得着过了的" and dictionary().has_word(name[:2]))


@lru_cache(maxsize=4096)
def leading(text: str) -> int:
    """How many characters at the beginning of a longer text are a name, by the tagger; 0 if none."""
    word, tag = dictionary().tag(text)[0]
    fits = tag.startswith("nr") and surnamed(word, strong=True) and plainly(word)
    return len(word) if fits else 0


@lru_cache(maxsize=4096)
def written(name: str) -> bool:
    """Whether a whole value behind a person's label is a name, though it is a word too: all that has the length of
    one but what a form says where nobody is named."""
    words = names()
    if not 2 <= len(name) <= 4 or not TOKEN.fullmatch(name) or words.nobody.fullmatch(name):
        return False
    if any(pattern.fullmatch(name) for pattern in (words.field, words.title, words.person)):
        return False
    ends = words.ends.search(name)
    if ends is not None and (len(ends[0]) > 1 or (len(name) > 2 and not surnamed(name, strong=True))):
        return _unheard(name)
    if len(name) == 2 or named(name):
        return True
    return (len(name) == 3 and (surnamed(name) or dictionary().has_word(name))) or _unheard(name)


def _unheard(name: str) -> bool:
    """Whether a dictionary cuts it into single characters, a pair of them at most."""
    return sum(len(word) == 1 for word in dictionary().cut(name, False)) >= 2


@lru_cache(maxsize=4096)
def foreign(name: str) -> bool:
    """Whether it is written with the characters that spell out names of peoples without surnames, and no words."""
    if len(name) < 4 or not names().sounds.issuperset(name) or form_word(name):
        return False
    return sum(len(word) == 1 for word in dictionary().cut(name, False)) >= 2


def lone(word: str) -> bool:
    """Whether a whole value is a name and no word, nor made of words."""
    return named(word) and not is_word(word) and not all_words(word) and not is_place(word)


def plain_surnamed(name: str) -> bool:
    return surnamed(name, strong=True) and plainly(name)


def clear(word: str) -> bool:
    """Whether it is a name and no word besides where no more than its place says so."""
    if foreign(word) or names().only_given.fullmatch(word):
        return True
    if any(given in word for given in names().given):
        return 3 <= len(word) <= _LONGEST and plainly(word)
    if not plain_surnamed(word) or is_place(word):
        return False
    return len(word) > 2 or str(dictionary().tag(word, False)[0][1]) == "nr"


def is_place(word: str) -> bool:
    return PLACE.search(word) is not None or _LAND.search(word) is not None


def stands(text: str, start: int, end: int) -> bool:
    return plain_surnamed(text[start:end])


def tagged(text: str) -> Iterator[tuple[int, int, str]]:
    at = 0
    for word, tag in dictionary().tag(text):
        yield at, at + len(word), tag
        at += len(word)
