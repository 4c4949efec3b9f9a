"""The word tables of this room, read once and compiled."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from auditor.compiled import compiled
from auditor.values import frozen

HAN = "\u4e00-\u9fff"
BLANK = "[ \u3000\u00a0]"
CLOSING = ")\\]】》〉」』”’"
SIGN = r"(?:[^\w\s。．.!?;；,，、⟦⟧]|_)"
"""Whatever may part a label from its value: no letter, no blank, no end of a sentence or of an item."""


@cache
def table(name: str) -> dict[str, Any]:
    """`name`.toml of this folder."""
    source = files("auditor.judge.personal").joinpath(f"{name}.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


def listed(entry: Mapping[str, Any], key: str = "words") -> tuple[str, ...]:
    """The words of an entry, each once."""
    return tuple(dict.fromkeys(str(entry.get(key, "")).split()))


def any_of(words: Iterable[str], spaced: bool = False) -> str:
    """A pattern for any of the words, the longest that fits first; `spaced` allows up to three blanks
    between two Chinese characters (填 表 人). Common beginnings are written once: linear to search."""
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return _branches(root, f"{BLANK}{{0,3}}" if spaced else "")[0]


def _branches(node: dict[str, Any], gap: str) -> tuple[str, bool]:
    """The pattern of what may follow, and whether a word may end here."""
    parts = []
    for char, rest in node.items():
        if not char:
            continue
        more, ends = _branches(rest, gap)
        joint = gap if more and "\u4e00" <= char <= "\u9fff" else ""
        parts.append(re.escape(char) + (f"(?:{joint}{more})?" if ends and more else joint + more))
    body = parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})" if parts else ""
    return body, "" in node


@frozen
class Names:
    """What `names.toml` holds, compiled."""

    label: re.Pattern[str]
    deed: re.Pattern[str]
    wide: re.Pattern[str]
    signed: re.Pattern[str]
    nobody: re.Pattern[str]
    stop: re.Pattern[str]
    field: re.Pattern[str]
    title: re.Pattern[str]
    office: re.Pattern[str]
    person: re.Pattern[str]
    paid: re.Pattern[str]
    spent: re.Pattern[str]
    roster: re.Pattern[str]
    purpose: re.Pattern[str]
    follows: re.Pattern[str]
    acts: re.Pattern[str]
    alone: re.Pattern[str]
    ends: re.Pattern[str]
    never: frozenset[str]
    seldom: frozenset[str]
    function: frozenset[str]
    single: frozenset[str]
    weak: frozenset[str]
    double: tuple[str, ...]
    given: tuple[str, ...]
    only_given: re.Pattern[str]
    sounds: frozenset[str]


@cache
def names() -> Names:
    data = table("names")
    deeds = [word for entry in data["label"] for word in listed(entry, "deeds")]
    who = [word + ending for word in deeds for ending in "人员"]
    cores = [*(word for entry in data["label"] for word in listed(entry)), *who, *deeds]
    before = any_of(word for entry in data["label"] for word in listed(entry, "before"))
    after = any_of({word for entry in data["label"] for word in listed(entry, "after")}, spaced=True)
    after = rf"{BLANK}{{0,3}}{after}"
    note = r"(?:[(\[【][^()\[\]【】\n]{1,8}[)\]】])?"
    apart = rf"(?:[ \n\u3000]{{1,4}}[(\[【][^()\[\]【】\n]{{1,8}}[)\]】](?={BLANK}{{0,3}}[:=_]))?"
    titles, fields = listed(data["title"]), listed(data["field"])
    office, given = data["office"], listed(data["surname"], "names")
    called = {*listed(office), *titles}
    single = any_of(sorted(word for word in called if len(word) == 1))
    longer = any_of(sorted(word for word in called if len(word) > 1))
    somebody = rf"[{HAN}]{{0,8}}?(?:{longer}|(?<![{office['never']}]){single})"
    label = rf"(?:{before}){{0,2}}{any_of(cores, spaced=True)}(?:{after}){{0,2}}(?:{note}{apart})"
    noted = note.removesuffix("?") + r"(?=[\s;；|]|$)"
    label += rf"|(?P<open>{somebody}(?:{after}){{0,2}}(?:{noted}|{note}(?={BLANK}{{0,3}}(?:(?![(\[【{CLOSING}]){SIGN}|[\t\n])|{BLANK}{{2}}|\u3000)))"
    field = rf"(?:{before}){{0,2}}{any_of(cores, spaced=True)}|{any_of(fields, spaced=True)}"
    return Names(
        label=compiled(label),
        deed=compiled(rf"(?:{any_of(deeds)})$"),
        wide=compiled(rf"(?:{any_of([*deeds, *listed(data['wide'])])})(?:{after})?$"),
        signed=compiled(any_of(listed(data["wide"], "signed"))),
        nobody=compiled(
            rf"{any_of(listed(data['nobody']))}|[{data['nobody']['of']}]{{1,2}}[{data['nobody']['group']}]"
        ),
        stop=compiled(rf"{field}|{any_of(titles)}"),
        field=compiled(field),
        office=compiled(any_of([*titles, *listed(office)])),
        title=compiled(any_of(titles)),
        person=compiled(any_of(listed(data["person"]))),
        paid=compiled(any_of(listed(data["paid"]))),
        roster=compiled(rf"[{HAN}()]{{0,12}}(?:{any_of(listed(data['roster']))})"),
        spent=compiled(any_of(listed(data["paid"], "spent"))),
        purpose=compiled(
            rf"{BLANK}{{0,3}}[{HAN}\d.—至、-]{{0,10}}?(?:{any_of(listed(data['paid'], 'purpose'))})"
        ),
        follows=compiled(any_of(listed(data["follows"]))),
        acts=compiled(any_of(listed(data["follows"], "acts"))),
        alone=compiled(any_of(listed(data["follows"], "alone")) + r"|\([男女]"),
        ends=compiled(f"(?:{any_of(listed(data['grouped'], 'ends'))})$"),
        never=frozenset(listed(data["never"])),
        seldom=frozenset(listed(data["never"], "seldom")),
        function=frozenset(data["grouped"]["function"]),
        single=frozenset("".join(listed(data["surname"], "single"))),
        weak=frozenset(data["surname"]["weak"]),
        double=listed(data["surname"], "double"),
        given=given,
        only_given=compiled(f"(?:{any_of(given)}){{2,3}}"),
        sounds=frozenset(data["surname"]["sounds"]),
    )
