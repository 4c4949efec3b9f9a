"""What the text that an expression matches can begin with, told to the engine of `re`.

A search tries its expression at every place of a text. The engine skips places by itself where the expression
begins with a literal, a set, or a choice of literals; most expressions of the program begin otherwise: with a look
behind, a group that may be absent, a choice of groups. Their first characters can be told all the same, and
`searching` writes them where the engine looks for them: into the head of the code, which decides nothing but where
an attempt is worth while.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

_MOST = 4_000
"""A set that holds more characters skips too few places."""
_ALSO_ASCII = "\u0130\u0131\u017f\u212a"
"""İ ı ſ K: what letters of ASCII stand for where case does not count."""


class _First(NamedTuple):
    """Characters by their numbers, kinds of characters (digits, white space), whether nothing at all may match."""

    chars: frozenset[int] = frozenset()
    kinds: frozenset[Any] = frozenset()
    empty: bool = False


class _AnyCharacter(Exception):
    """The expression may begin with too much, or it is not known with what."""


def searching(compiler: Any, parsed: Any, flags: int) -> list[int]:
    """The code of a parsed expression as `re._compiler._code` writes it, its head with the first characters where
    the engine found none."""
    code: list[int] = compiler._code(parsed, flags)
    flags |= parsed.state.flags
    size, mask, least = code[1:4]
    if mask or not least or flags & re.LOCALE:
        return code
    try:
        chars, kinds, empty = _first(parsed, flags)
    except _AnyCharacter:
        return code
    if empty:
        return code
    known = [
        *((compiler.LITERAL, char) for char in sorted(chars)),
        *((compiler.CATEGORY, kind) for kind in kinds),
    ]
    head = code[: size + 1]
    head[2] = compiler.SRE_INFO_CHARSET
    compiler._compile_charset(compiler._optimize_charset(known)[0], flags & ~re.IGNORECASE, head)
    head[1] = len(head) - 1
    return head + code[size + 1 :]


def _first(items: Iterable[tuple[Any, Any]], flags: int) -> _First:
    """Of expressions one behind the other. Raises `_AnyCharacter`."""
    found = _First()
    for kind, told in items:
        own = _of(str(kind), told, flags)
        found = _First(found.chars | own.chars, found.kinds | own.kinds)
        if not own.empty:
            return found
    return found._replace(empty=True)


def _of(kind: str, told: Any, flags: int) -> _First:
    """Of one part of an expression. Raises `_AnyCharacter` for parts that are not known here."""
    match kind:
        case "LITERAL":
            return _First(_cased(frozenset((told,)), flags))
        case "IN":
            return _set(told, flags)
        case "ASSERT" | "ASSERT_NOT" | "AT":
            return _First(empty=True)
        case "SUBPATTERN":
            _, more, less, inside = told
            return _first(inside, (flags | more) & ~less)
        case "ATOMIC_GROUP":
            return _first(told, flags)
        case "BRANCH":
            return _either([_first(each, flags) for each in told[1]])
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            least, _, inside = told
            found = _first(inside, flags)
            return found if least else found._replace(empty=True)
    raise _AnyCharacter


def _either(each: Sequence[_First]) -> _First:
    return _First(
        frozenset().union(*(one.chars for one in each)),
        frozenset().union(*(one.kinds for one in each)),
        any(one.empty for one in each),
    )


def _set(items: Sequence[tuple[Any, Any]], flags: int) -> _First:
    chars, kinds = set[int](), set[Any]()
    for kind, told in items:
        match str(kind):
            case "LITERAL":
                chars.add(told)
            case "RANGE" if told[1] - told[0] < _MOST:
                chars.update(range(told[0], told[1] + 1))
            case "CATEGORY" if str(told) in ("CATEGORY_DIGIT", "CATEGORY_SPACE"):
                kinds.add(told)
            case _:
                raise _AnyCharacter
    return _First(_cased(frozenset(chars), flags), frozenset(kinds))


def _cased(chars: frozenset[int], flags: int) -> frozenset[int]:
    """With what stands for the same letters where case does not count. Raises `_AnyCharacter` for letters beyond
    ASCII that have a case."""
    if not flags & re.IGNORECASE:
        return chars
    letters = [char for char in map(chr, chars) if char.lower() != char or char.upper() != char]
    if not all(letter.isascii() for letter in letters):
        raise _AnyCharacter
    alike = [*map(str.lower, letters), *map(str.upper, letters), *(_ALSO_ASCII if letters else "")]
    return chars.union(map(ord, alike))
