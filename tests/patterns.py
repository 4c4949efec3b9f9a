"""Every regular expression of the package, and text that would make a bad one slow."""

from __future__ import annotations

import importlib
import itertools
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import auditor

_NOT_IMPORTED = ("auditor.commands.judge", "auditor.season.store.migrations.env")
"""Modules that do something when they are imported, or want to be run by another program."""
_MOST_PIECES = 7
_WHOLE = ("match", "fullmatch")
_ONLY_WHOLE = (
    "auditor.report.labels._ROLES",
    "auditor.report.labels._REVIEW",
    "auditor.report.labels.INDICATOR_COLUMNS",
    "auditor.report.tokens._FIELDS",
)
"""Held in tables, whose readers call `fullmatch`."""


def compiled() -> dict[str, re.Pattern[str]]:
    """Every compiled pattern that a module of the package holds, by its place."""
    found: dict[str, re.Pattern[str]] = {}
    places: dict[str, str] = {}
    for info in pkgutil.walk_packages(auditor.__path__, "auditor."):
        if info.name in _NOT_IMPORTED:
            continue
        try:
            module = importlib.import_module(info.name)
        except ModuleNotFoundError as error:
            if (error.name or "").startswith("auditor"):
                raise
            continue  # an optional package is missing
        for name, value in vars(module).items():
            for at, pattern in enumerate(_inside(value, 4)):
                if isinstance(pattern.pattern, str):
                    place = f"{info.name}.{name}[{at}]"
                    if pattern.pattern not in places or used(place) == "finditer":
                        places[pattern.pattern] = place
                        found[pattern.pattern] = pattern
    return {places[text]: pattern for text, pattern in found.items()}


def _inside(value: object, depth: int) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth and isinstance(value, dict):
        for item in (*value.keys(), *value.values()):
            yield from _inside(item, depth - 1)
    elif depth and isinstance(value, (tuple, list, set, frozenset)):
        for item in value:
            yield from _inside(item, depth - 1)


def used(place: str) -> str:
    """The method that is hardest for the pattern among those that the package calls on it."""
    name = place.rpartition(".")[2].partition("[")[0]
    if place.partition("[")[0] in _ONLY_WHOLE:
        return "fullmatch"
    calls = re.compile(rf"\b{name}\.(\w+)\(")
    called = set(calls.findall(_source(place.rpartition(".")[0]))) or set(calls.findall(_source("")))
    if called and called <= set(_WHOLE):
        return "match" if "match" in called else "fullmatch"
    return "finditer"


@cache
def _source(module: str) -> str:
    """The source of one module; of the whole package for ""."""
    root = Path(auditor.__file__).parent
    own = root.parent.joinpath(*module.split(".")).with_suffix(".py") if module else root
    paths = [own] if own.is_file() else sorted(root.rglob("*.py"))
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def attacks(pattern: re.Pattern[str]) -> list[str]:
    """Pieces whose repetition makes the pattern begin, go on for long, and fail.

    Taken from the pattern itself: its literal stretches, a character of each of its classes, what it
    can repeat, and each two of these together.
    """
    tree = parser.parse(pattern.pattern, pattern.flags)
    pieces = list(dict.fromkeys([*_repeated(tree), *_samples(tree)]))
    pieces = [piece for piece in pieces if piece][:_MOST_PIECES]
    pairs = [a + b for a, b in itertools.permutations(pieces[:3], 2)]
    return [*dict.fromkeys([*pieces, *pairs, "中", "1", " "])]


def _samples(tree: Any) -> Iterator[str]:
    """Literal stretches and one character of each class, from anywhere in the pattern."""
    literal = ""
    for operation, argument in tree:
        if operation is code.LITERAL:
            literal += chr(argument)
            continue
        if literal:
            yield literal
            literal = ""
        yield from _branch(operation, argument, _samples)
        if operation in (code.IN, code.NOT_LITERAL, code.ANY):
            yield _one(operation, argument)
    if literal:
        yield literal


def _repeated(tree: Any) -> Iterator[str]:
    """One pass through everything that the pattern repeats."""
    for operation, argument in tree:
        if operation in (code.MAX_REPEAT, code.MIN_REPEAT) and argument[1] > 3:
            yield _shortest(argument[2])
        yield from _branch(operation, argument, _repeated)


def _branch(operation: Any, argument: Any, walk: Any) -> Iterator[str]:
    if operation is code.BRANCH:
        for branch in argument[1]:
            yield from walk(branch)
    elif operation is code.SUBPATTERN:
        yield from walk(argument[3])
    elif operation in (code.MAX_REPEAT, code.MIN_REPEAT):
        yield from walk(argument[2])
    elif operation in (code.ASSERT, code.ASSERT_NOT):
        yield from walk(argument[1])


def _shortest(tree: Any) -> str:
    """One text that the sub-pattern matches."""
    text = ""
    for operation, argument in tree:
        if operation is code.LITERAL:
            text += chr(argument)
        elif operation is code.BRANCH:
            text += _shortest(argument[1][0])
        elif operation is code.SUBPATTERN:
            text += _shortest(argument[3])
        elif operation in (code.MAX_REPEAT, code.MIN_REPEAT):
            text += _shortest(argument[2]) * max(argument[0], 1)
        elif operation in (code.IN, code.NOT_LITERAL, code.ANY):
            text += _one(operation, argument)
    return text


def _one(operation: Any, argument: Any) -> str:
    """A character of the class."""
    if operation is code.ANY:
        return "中"
    if operation is code.NOT_LITERAL:
        return "中" if chr(argument) != "中" else "文"
    negated = argument[0][0] is code.NEGATE
    if negated:
        body = parser.parse("[^" + "".join(_spelled(item) for item in argument[1:]) + "]")
        found = re.compile(body.state.str, 0)
        return (
            next(char for char in "中1a (,。\n" if found.match(char))
            if any(found.match(char) for char in "中1a (,。\n")
            else ""
        )
    for kind, value in argument:
        if kind is code.LITERAL:
            return chr(value)
        if kind is code.RANGE:
            return "中" if value[0] <= 0x4E2D <= value[1] else chr(value[0])
        if kind is code.CATEGORY:
            return {code.CATEGORY_DIGIT: "1", code.CATEGORY_SPACE: " ", code.CATEGORY_WORD: "中"}.get(
                value, "中"
            )
    return ""


def _spelled(item: tuple[Any, Any]) -> str:
    kind, value = item
    if kind is code.LITERAL:
        return re.escape(chr(value))
    if kind is code.RANGE:
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    return {
        code.CATEGORY_DIGIT: r"\d", code.CATEGORY_SPACE: r"\s", code.CATEGORY_WORD: r"\w",
        code.CATEGORY_NOT_DIGIT: r"\D", code.CATEGORY_NOT_SPACE: r"\S", code.CATEGORY_NOT_WORD: r"\W",
    }[value]  # fmt: skip
