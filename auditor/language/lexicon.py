"""The words of the field as data: `lexicon/*.toml`.

An entry is a regular expression with examples that run as tests:

    [rest]
    about = "what is left of an amount"
    pattern = "结余|剩余|未{spend}"
    yes = ["年末结余", "未支出"]
    no = ["支出"]

`{name}` stands for another entry's pattern, so that long patterns are composed of short ones with a name of
their own. `words = [...]` is a plain list of words, longest first. `[name.map]` holds a table (synonyms).
Nothing is compiled before it is asked for, and nothing twice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from auditor.compiled import compiled
from auditor.tables import Tables, tables_in
from auditor.values import frozen

_FOLDER = Path(__file__).parent / "lexicon"
_REFERENCE = compiled(r"\{(?P<name>[a-z][a-z_]*)\}")


@frozen
class Word:
    """One entry as it stands in its file. `source` is the expression with its references still in it."""

    name: str
    source: str
    yes: tuple[str, ...]
    no: tuple[str, ...]
    about: str = ""


@cache
def _read() -> Tables:
    return tables_in(_FOLDER)


@cache
def words() -> Mapping[str, Word]:
    """Every entry of every file by its name. Raises `ValueError` for a name given twice."""
    found: dict[str, Word] = {}
    for file, entries in _read().items():
        for name, entry in entries.items():
            if "map" in entry:
                continue
            if name in found:
                raise ValueError(f"{file}: {name} stands in another file too")
            listed = "|".join(map(re.escape, sorted(entry.get("words", ()), key=len, reverse=True)))
            source = "|".join(part for part in (entry.get("pattern", ""), listed) if part)
            found[name] = Word(name, source, tuple(entry["yes"]), tuple(entry["no"]), entry.get("about", ""))
    return found


@cache
def tables() -> Mapping[str, Mapping[str, str]]:
    """Every table (`[name.map]`) by its name."""
    return {
        name: dict(entry["map"])
        for entries in _read().values()
        for name, entry in entries.items()
        if "map" in entry
    }


@lru_cache(maxsize=1 << 12)
def same_unit(unit: str, *, visits: bool = False) -> str:
    """A unit of counting under its usual name: 人 and 位 count what 名 counts. With `visits` so does 人次,
    which a report may well write for persons."""
    unit = table("same_unit").get(unit, unit)
    return table("visits").get(unit, unit) if visits else unit


def table(name: str) -> Mapping[str, str]:
    """The table of that name. Raises `KeyError` where there is none."""
    return tables()[name]


def source(name: str, _inside: tuple[str, ...] = ()) -> str:
    """The expression of an entry, its references filled in. Raises `KeyError` for a name that no file has
    and `ValueError` where entries refer to one another in a circle."""
    if name in _inside:
        raise ValueError(f"{' → '.join((*_inside, name))}: a circle")
    return _REFERENCE.sub(
        lambda match: f"(?:{source(match['name'], (*_inside, name))})", words()[name].source
    )


@cache
def any_of(*names: str) -> re.Pattern[str]:
    """The entries as one expression: what it does not find or match none of them does, at the price of one."""
    return compiled("|".join(f"(?:{source(name)})" for name in names))


@cache
def word(name: str) -> re.Pattern[str]:
    """The compiled expression of an entry, compiled when it is first asked for."""
    return compiled(source(name))
