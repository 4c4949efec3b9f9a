"""Where the quotes of a result stand, in words that a person can follow."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from auditor.compiled import compiled
from auditor.memo.escape import one_line, quoted
from auditor.memo.model import Evidence
from auditor.memo.sentences import shortened

_FIGURE = compiled(r"[≥≤><=＝±-]?\s*\d[\d,.]*\s*[%％]?")
_TITLED = compiled(r"(?:第\d+页)?(?:工作表“[^”]*”)?《[^》]*》")
_SHOWN = 3
_SHOWN_WITH_WORDS = 4
_BRIEF_SPOTS = 2
_HEADS = 2
_CLAUSE = 16


class Spot(NamedTuple):
    """A row, or a sentence: where it is, and what is quoted from it, left to right, the same words once. `times` says
    how often a row or a sentence that reads the same stands in the report with the same words."""

    where: str
    quotes: list[Evidence]
    times: int = 1

    @property
    def in_text(self) -> bool:
        return bool(self.quotes[0].locator.sentence)

    @property
    def sentence(self) -> str:
        """That of running text, with the quotes in it."""
        told = shortened(self.quotes[0].locator.sentence, [one.quote for one in self.quotes])
        return told + (f"（{self.times} 处）" if self.times > 1 else "")


def spots(evidence: Iterable[Evidence]) -> list[Spot]:
    """The places in the order of the evidence."""
    found: dict[tuple[str, str], dict[tuple[str, str], list[Evidence]]] = {}
    for one in evidence:
        where = one.locator.place or (f"第{one.locator.line}行" if one.locator.line else "")
        inside = found.setdefault((where, one.locator.sentence), {})
        inside.setdefault((one.locator.head, one.quote), []).append(one)
    return [
        Spot(
            where,
            sorted((same[0] for same in quotes.values()), key=lambda one: one.start),
            max(len({one.start for one in same}) for same in quotes.values()),
        )
        for (where, _), quotes in found.items()
    ]


def told(evidence: Iterable[Evidence], most: int = _SHOWN) -> str:
    """第2页“年度资金总额”行的“全年预算数”“执行率”；…: the places alone, at most so many."""
    found = spots(evidence)
    return _listed([_heads(spot) for spot in found[:most]], len(found), most)


def brief(evidence: Iterable[Evidence], most: int = _BRIEF_SPOTS) -> str:
    """The same for a narrow column: the first places, of each the first columns or the clause of the first quote."""
    found = spots(evidence)
    shown = []
    for spot in found[:most]:
        if spot.in_text:
            first = spot.quotes[0]
            shown.append(f"{spot.where}{shortened(first.locator.sentence, [first.quote], _CLAUSE)}")
            continue
        heads = [head for head in dict.fromkeys(one.locator.head for one in spot.quotes) if head]
        told = "".join(heads[:_HEADS]) + ("等" if len(heads) > _HEADS else "")
        shown.append(f"{spot.where}的{told}" if told else spot.where)
    return _listed(shown, len(found), most)


def with_words(evidence: Iterable[Evidence], most: int = _SHOWN_WITH_WORDS) -> str:
    """“年度资金总额”行：“全年预算数”1,150.00、“执行率”95.50%；…, for somebody who is to look there. The same words
    in several places once."""
    found = spots(evidence)
    places: dict[str, list[str]] = {}
    for spot in found[:most]:
        words = (
            "" if spot.in_text else "、".join(filter(None, (said(one, spot.where) for one in spot.quotes)))
        )
        place = f"{spot.where}{spot.sentence}" if spot.in_text else spot.where
        places.setdefault(words or place, []).append(place)
    shown = [
        "、".join(_once(where)) + (f"：{words}" if words != where[0] else "")
        for words, where in places.items()
    ]
    return _listed(shown, len(found), most)


def said(one: Evidence, where: str = "") -> str:
    """“全年预算数”1,150.00; nothing where the place itself has said the words."""
    words = one_line(one.quote).strip()
    bare = _FIGURE.fullmatch(words) is not None
    if not words or (not bare and "".join(words.split()) in "".join(where.split())):
        return ""
    return one.locator.head + (words if bare and one.locator.head else shortened(words, [words]))


def quotes(evidence: Iterable[Evidence]) -> str:
    """The words alone, the same ones once; figures without marks, which a narrow column parts from them."""
    words = dict.fromkeys(one_line(one.quote).strip() for one in evidence)
    return "；".join(text if _FIGURE.fullmatch(text) else quoted(text) for text in words if text)


def _heads(spot: Spot) -> str:
    if spot.in_text:
        return f"{spot.where}{spot.sentence}"
    heads = dict.fromkeys(one.locator.head for one in spot.quotes if said(one, spot.where))
    inside = "".join(filter(None, heads))
    return f"{spot.where}的{inside}" if inside else spot.where


def _listed(shown: list[str], count: int, most: int) -> str:
    return "；".join(dict.fromkeys(_once(shown))) + (f"等 {count} 处" if count > most else "")


def _once(places: Iterable[str]) -> list[str]:
    """The title of a table, its page and its sheet only where the place before does not have the same."""
    told, before = [], ""
    for place in places:
        title = found.group() if (found := _TITLED.match(place)) else ""
        told.append(place.removeprefix(title) if title and title == before else place)
        before = title or before
    return told
