"""Which documents speak of one project: by code, else by name and unit. The grouping is shown and can be corrected.

Two documents with one code are of one project whatever else they say; without codes (or where only one has a code)
the names have to be the same, letter for letter, once blanks, punctuation and the year are taken off.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from auditor.compiled import compiled
from auditor.season.records import Record
from auditor.values import frozen

_YEAR = compiled(r"20\d{2}(?:年度|年)")


@frozen
class Group:
    """Documents of one project. `by` says what they were grouped by: 项目编码, 名称和单位, 人工指定."""

    name: str
    by: str
    records: tuple[Record, ...]


def groups(records: Iterable[Record], corrected: Mapping[int, str] | None = None) -> list[Group]:
    """Groups of two or more, in order of their first document. `corrected`: number of a report → the name of
    the group somebody put it into; "" for none."""
    corrected = corrected or {}
    named = _codes(records := list(records))
    found: dict[str, list[Record]] = defaultdict(list)
    grounds: dict[str, str] = {}
    for one in records:
        name, by = corrected.get(one.id, ""), "人工指定"
        if one.id not in corrected:
            name = code = one.code or named.get(_named(one), "")
            by = "项目编码" if code else "名称和单位"
            if not code and one.project and one.unit:
                name = "／".join(_named(one))
        if name:
            found[name].append(one)
            grounds[name] = by if grounds.get(name, by) == by else "人工指定"
    return [Group(name, grounds[name], tuple(group)) for name, group in found.items() if len(group) > 1]


def _codes(records: Sequence[Record]) -> dict[tuple[str, str], str]:
    """The one code that a project has where any of its papers prints it."""
    codes: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in records:
        if one.code and one.project and one.unit:
            codes[_named(one)].add(one.code)
    return {name: code for name, (code, *others) in codes.items() if not others}


def _named(record: Record) -> tuple[str, str]:
    project = plain(record.project)
    return project.removesuffix("项目") or project, plain(record.unit)


def plain(name: str) -> str:
    """A name without what does not tell two projects apart: width, blanks, punctuation, the year."""
    folded = _YEAR.sub("", unicodedata.normalize("NFKC", name))
    return "".join(char for char in folded if char.isalnum())
