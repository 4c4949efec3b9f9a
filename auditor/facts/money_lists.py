"""Amounts listed in running text: the stated total, its parts, and how the words join them.

    全年支出515万元，其中邮电费17万元，劳务费414万元 …      a part list ("其中"): may leave lines out
    共支出30万元，包括甲10万元、乙20万元                    a full list
    一季度98万元，二季度97万元，合计195万元                 a full list with its total at the end

What the text leaves open (a second 其中 inside, clauses between two items, "等") is marked, so that
the rules can keep silent about it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from auditor.compiled import compiled
from auditor.document import View
from auditor.facts.quantity import as_money
from auditor.figures import Figure, Kind
from auditor.language import word
from auditor.report.model import Passage, Report
from auditor.values import frozen

_OPENERS: tuple[tuple[bool, str], ...] = (
    (False, "opens_mainly"),
    (True, "opens_all_used"),
    (True, "opens_sorted"),
    (True, "opens_detail"),
    (True, "opens_contents"),
    (False, "opens_of_which"),
    (False, "opens_within"),
    (False, "opens_use"),
    (False, "opens_colon"),
)
_NO_SLIP = 3  # a total so many times its parts is something else, not a slip
_TENS = tuple(Decimal(10) ** power for power in range(5))
_TEN_THOUSAND = Decimal(10_000)
_PARENTHESES = compiled(r"\([^()]*\)")


@frozen
class Item:
    """One amount of a list and the words that name it."""

    name: str
    figure: Figure


@frozen
class Listing:
    """A list of amounts in one passage.

    head, close  the total stated before the list, the total printed at its end
    full         the words say that the list is complete
    open_end     closed with 等, or the rest is spoken of
    uncertain    a clause between two items, or a list within the list: where it ends is not sure
    heads        the amounts before the list in its sentences
    """

    passage: Passage
    items: tuple[Item, ...]
    head: Item | None
    close: Item | None
    full: bool
    open_end: bool = False
    uncertain: bool = False
    heads: tuple[Figure, ...] = ()
    label: str = ""

    @property
    def stated(self) -> Item | None:
        return self.close or self.head

    @property
    def start(self) -> int:
        return self.items[0].figure.start

    @property
    def end(self) -> int:
        return self.items[-1].figure.end

    @property
    def view(self) -> View:
        """From the stated total to the last item."""
        ends = [item.figure for item in (*self.items, *((self.stated,) if self.stated else ()))]
        return self.passage.view.part(min(item.start for item in ends), max(item.end for item in ends))


def listings(report: Report) -> list[Listing]:
    """All lists of amounts in running text, in document order."""
    return [
        listing
        for passage in report.passages
        if not passage.filled_by_system and len(passage.text) >= 12
        for listing in _in_passage(passage)
    ]


def _in_passage(passage: Passage) -> Iterator[Listing]:
    figures = [money for figure in passage.figures if (money := as_money(figure)) is not None]
    if len(figures) < 2:
        return
    for start, end in _stretches(passage.text):
        first = bisect_left(figures, start, key=lambda figure: figure.start)
        last = bisect_left(figures, end, key=lambda figure: figure.start)
        inside = list(_outside_parentheses(passage.text, start, figures[first:last]))
        if len(inside) >= 2 and any(figure.kind is Kind.MONEY for figure in inside):
            yield from _in_stretch(passage, start, end, inside)
        yield from _in_brackets(passage, figures[first:last])


def _in_brackets(passage: Passage, figures: list[Figure]) -> Iterator[Listing]:
    """A list in brackets right behind its total: "1200万元（其中：中央800万元、省级300万元）"."""
    text = passage.text
    for at, head in enumerate(figures):
        if text[head.end : head.end + 1] != "(":
            continue
        close = text.find(")", head.end)
        if word("other_in_bracket").search(text[head.end : close]):
            continue
        inside = [figure for figure in figures[at + 1 :] if figure.start < close]
        if len(inside) >= 2 and "(" not in text[head.end + 1 : close]:
            yield from _in_stretch(passage, head.start, close, [head, *inside])


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Sentences; one that goes on listing ("。其中…") belongs to the one before."""
    start = at = 0
    while (at := text.find("。", at)) != -1:
        at += 1
        if not word("money_list_goes_on").match(text, at):
            yield start, at
            start = at
    if start < len(text):
        yield start, len(text)


def _outside_parentheses(text: str, at: int, figures: list[Figure]) -> Iterator[Figure]:
    depth = 0
    for figure in figures:
        depth = max(0, depth + text.count("(", at, figure.start) - text.count(")", at, figure.start))
        at = figure.start
        if not depth:
            yield figure


def _in_stretch(passage: Passage, start: int, end: int, figures: list[Figure]) -> Iterator[Listing]:
    text = passage.text
    at = 0
    while at < len(figures):
        before = _PARENTHESES.sub("", text[figures[at - 1].end if at else start : figures[at].start])
        opener = _opener(before)
        first = at
        if opener is None and at:
            at += 1
            continue
        draft = _collect(text, figures, at, before, opener)
        listed = opener is not None or draft.close is not None
        at = first + (len(draft.items) + (draft.close is not None) if listed else 1)
        listing = replace(draft, passage=passage, heads=tuple(figures[max(0, first - 8) : first]))
        if opener is not None and first:
            listing = replace(listing, head=_head(text, start, figures, first, before, opener))
        if len(listing.items) >= 2 and listed and not _of_standards(listing, text, start):
            yield _finish(listing, text, end)


def _of_standards(listing: Listing, text: str, start: int) -> bool:
    """Whether the amounts are prices or standards, so that what follows is no sum of theirs; or whether
    each stands before its purpose ("500万元用于道路、300万元用于管网"), so that the first was lost."""
    if listing.close is not None:
        figures = [item.figure for item in listing.items]
        added = sum((figure.amount for figure in figures), Decimal(0))
        whole = listing.close.figure.amount
        far = whole > _NO_SLIP * added or added > _NO_SLIP * whole
        if far and not _off_by_tens([figure.amount for figure in figures], whole):
            return True
        if word("price_told").search(text[start : listing.close.figure.start]):
            return True
    gaps = [text[a.figure.end : b.figure.start] for a, b in pairwise(listing.items)]
    return any(gap.startswith("用于") for gap in gaps)


def _off_by_tens(parts: list[Decimal], whole: Decimal) -> bool:
    """Whether a point or a unit put wrong, in the total or in one part, explains how far they are apart."""
    added = sum(parts, Decimal(0))
    totals = [added, *(added - part + part / _TEN_THOUSAND for part in parts)]
    return any(one == whole * ten or whole == one * ten for one in totals for ten in _TENS)


def _opener(before: str) -> tuple[bool, int, int] | None:
    """(full, start, end) of the words that open a list, the last one before its first item."""
    found: tuple[bool, int, int] | None = None
    for full, pattern in _OPENERS:
        for match in word(pattern).finditer(before):
            if found is None or match.start() > found[2] - 1:
                if (
                    found is not None
                    and match.group() in (":", "：", "用于")
                    and match.start() - found[2] < 2
                ):
                    continue
                if found is None or match.group() not in (":", "："):
                    found = (full, match.start(), match.end())
    return found


def _collect(
    text: str, figures: list[Figure], first: int, before: str, opener: tuple[bool, int, int] | None
) -> Listing:
    """Items from `figures[first]` on, as far as the text only names and separates them."""
    name = before[opener[2] :] if opener else compiled(r"[，,；;。]").split(before)[-1]
    items = [Item(_clean(name), figures[first])]
    close: Item | None = None
    uncertain = False
    marks = ""
    label = before[: opener[2]] if opener else ""
    additive = opener is None or "预算" in before
    left_over = compiled(r"结余|剩余|未支出|未使用|未执行|尚有").search(
        text[max(0, figures[first - 1].start - 10) : figures[first].start],
    )
    for at in range(first + 1, len(figures)):
        gap = _PARENTHESES.sub("", text[figures[at - 1].end : figures[at].start])
        gap = word("share_of_total").sub("", gap)
        if "。" in gap:
            break
        if opener is None and _opener(gap):
            break
        marks = gap if not marks.strip("、，,") else marks
        if ";" in gap.replace("；", ";") and ";" not in marks.replace("；", ";"):
            break
        if "其中" in gap:
            uncertain = True
            break
        pieces = compiled(r"[，,；;]").split(word("a_year").sub("", gap))
        name = _clean(pieces[-1])
        if closing := word("money_closing").search(name):
            own = word("idle_closing").sub("", name[: closing.start()])
            named = own and not any(own[-2:] in item.name for item in items)
            if all(len(piece) <= 16 for piece in pieces) and not named:
                close = Item(name, figures[at])
            break
        if any(pieces[1:-1]) or len(name) > 30 or compiled(r"\d").search("".join(pieces)):
            uncertain = True
            break
        other = word("other_than_part").search(name)
        allowed = (
            (additive and word("added_to_budget").search(name))
            or (left_over and word("money_left").search(name))
            or word("source_by_amount").fullmatch(name)
        )
        if (other and not allowed) or word("bare_money_verb").fullmatch(name):
            uncertain = gap.startswith("、")  # "甲20万元、采购结余10万元": perhaps an item after all
            break
        if word("share_of").search(name):
            break  # "占当年下达数620万元的95.78%"
        if not name and not (opener and "分别" in before):
            uncertain = True
            break
        items.append(Item(name, figures[at]))
    return Listing(None, tuple(items), None, close, bool(opener and opener[0]), False, uncertain, (), label)  # type: ignore[arg-type]


def _clean(name: str) -> str:
    return compiled("[:：]").split(name.strip("、，,和及与以并另有:：;； "))[-1]


def _head(
    text: str, start: int, figures: list[Figure], first: int, before: str, opener: tuple[bool, int, int]
) -> Item | None:
    """The amount that the list takes apart: the nearest one, unless something else stands between."""
    pieces = compiled(r"[，,。；;]").split(before[: opener[1]])
    if len(pieces[0]) > 20 or any(not word("idle_between_head").fullmatch(piece) for piece in pieces[1:]):
        return None
    at = first - 1
    while at and word("a_price").search(_own_words(text, start, figures, at)):
        at -= 1  # "总投资6000万元，亩均1500元，其中…"
    figure, name = figures[at], _own_words(text, start, figures, at)
    if (
        before[opener[1] :].startswith("按")
        and compiled("[。；;]").search(before[: opener[1]])
        and not word("names_whole_money").search(name)
    ):
        return None  # "职工200万元，学生155万元。按方式分：…": the last item of another list
    if word("a_price").search(name) or word("compared_amount").search(name) or pieces[0].startswith("/"):
        return None
    return Item(name, figure)


def _own_words(text: str, start: int, figures: list[Figure], at: int) -> str:
    """The words of its clause before a figure."""
    return compiled(r"[，,；;。]").split(text[figures[at - 1].end if at else start : figures[at].start])[-1]


def _finish(listing: Listing, text: str, end: int) -> Listing:
    after = text[listing.items[-1].figure.end : min(end, listing.end + 24)]
    rest = text[listing.end : listing.end + 40]
    told = compiled(r"等").match(after) or compiled(r"其余|剩余|另有|其他资金|余下|余款|差额").search(rest)
    return replace(listing, open_end=bool(told))
