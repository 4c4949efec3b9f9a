"""How many items the words announce, with the list that goes with it.

建立四项机制：一是…，二是…，三是…          the list behind, its items numbered
受理登记、分办转办、跟踪督办等四个模块      the list before; "等" leaves it open
内设3个科室办公室、规划科、财务科           no mark between the noun and the first item
一是…；二是…。以上三个方面                  summed up behind the list
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from auditor.compiled import compiled
from auditor.document import View
from auditor.facts.claim import Strength
from auditor.facts.item_lists import (
    Items,
    back_to_boundary,
    closing_of,
    end_of_list,
    items_above,
    items_before,
    numbered_items,
    opening_of,
    split_items,
)
from auditor.figures.chinese import parse
from auditor.language import word
from auditor.report.model import Report, TextKind
from auditor.values import frozen

# Classifiers of listed things; 家, 所, 名 rather count how many of each kind there are.
_OF_ITEMS = ("个", "项", "大", "类", "种", "级", "层", "层次", "方面", "部分", "环节")
_SUMMED = 3  # characters of what sums up a list
_NOUN = 12  # characters behind a count that hold its noun
_COUNTED = compiled(r"\d")
_LONGEST = 40  # characters of an item
_PUNCTUATION = compiled(r"[,，。;；:、()\n“”\"]")


@frozen
class Announced:
    """An announced number and the list that goes with it.

    sure    both ends of the list are marked, so that a difference is beyond doubt
    open    "等" allows for more items than are listed
    asked   the number may well be that of the items · named  every item bears the counted noun's name
    """

    words: View
    number: int
    items: Items
    sure: bool
    open: bool = False
    asked: bool = True
    named: bool = False

    @property
    def fits(self) -> bool:
        return self.items.least <= self.number <= self.items.most

    @property
    def missing(self) -> int:
        """How many items are told and not listed; below nil, how many are listed and not told."""
        return self.number - self.items.least

    @property
    def strength(self) -> Strength:
        """What it is worth where the list is longer or shorter."""
        if (
            self.open
            and self.missing > 0
            and not (self.asked and self.missing == 1 and self.items.least >= 3)
        ):
            return Strength.NONE
        more = self.missing < 0 and self.named
        if not self.sure and not more and (self.missing < 0 or not self.asked or self.missing > 2):
            return Strength.NONE
        doubtful = (self.open and self.missing > 0) or self.number <= self.items.widest
        return Strength.PROOF if self.sure and not doubtful else Strength.ASK


def number_in(digits: str) -> int | None:
    """A number in Arabic or Chinese digits."""
    return int(digits) if digits.isascii() else parse(digits)


def announced(report: Report) -> Iterator[Announced | View]:
    """Every announced number with its list; of one in quotation marks that no list goes with, the words."""
    for index, passage in enumerate(report.passages):
        text = passage.text
        if len(text) < 8 or (passage.kind is TextKind.CELL and len(text) < 12):
            continue
        for match in word("items_announced").finditer(text):
            if word("set_phrase").match(text, match.start()):
                continue
            if (claim := _announced(report, index, match)) is not None:
                yield claim
            elif quoted := word("quoted_phrase").match(text, max(match.start() - 1, 0)):
                yield passage.view.part(*quoted.span("words"))


def _announced(report: Report, index: int, match: re.Match[str]) -> Announced | None:
    number = number_in(match["n"])
    if number is None or not 2 <= number <= 20:
        return None
    view = report.passages[index].view
    return (
        _listed_behind(report, index, match, number)
        or _summed_up(report, index, match, number)
        or _listed_before(view, match, number)
    )


def _summed_up(report: Report, index: int, match: re.Match[str], number: int) -> Announced | None:
    """ "一是…；二是…。以上三个方面": the count behind the list it sums up, in its passage or right above it."""
    view = report.passages[index].view
    text = view.text
    if not word("items_so_far").search(text, max(0, match.start() - _NOUN), match.start()):
        return None
    found = items_before(view, match.start())
    if not found and word("listed_of_any_kind").match(text[match.end() : match.end() + _NOUN]):
        found = items_above(report.passages, index)
    if len(found) < 2:
        return None
    words = view.part(match.start(), _stop(text, match.end()))
    return Announced(words, number, Items(tuple(found), len(found), len(found)), sure=False, named=True)


def _listed_behind(report: Report, index: int, match: re.Match[str], number: int) -> Announced | None:
    view = report.passages[index].view
    text = view.text
    ordinals = word("ordinals_follow").match(text, match.end())
    if ordinals:
        return _numbered(report, index, view, match, number, ordinals.end())
    link = word("announces_by").match(text, match.end())
    if link is None:
        return _listed_at_once(view, match, number)
    words = view.part(_quote_start(text, match.start()), link.end("noun"))
    if link["link"] == "(":
        close = closing_of(text, link.end() - 1)
        items = split_items(view, link.end(), max(close, link.end()))
        if not _is_list(items) or word("kinds_of_items").fullmatch(items.views[0].text):
            return None
        named = _bear(items, link["noun"][-2:]) or _shares_last(items, link["noun"])
        return Announced(words, number, items, sure=False, open=_is_open(items), named=named)
    if link.end() == len(text):
        return _numbered(report, index, view, match, number, link.end())
    if link["link"] == "为":
        return None
    sentence = compiled("[。\n]").split(text[link.end() :], maxsplit=1)[0]
    if len(compiled("[；;]").findall(sentence)) >= 1:
        return _clauses(view, words, number, link.end(), link.end() + len(sentence))
    end = end_of_list(text, link.end())
    items = split_items(view, link.end(), end)
    plainly = _is_list(items)
    # Of "17个项目涉及6个产业" the list is of the latter.
    counted = not plainly and not word("items_announced").search(link["noun"]) and _are_counted_alike(items)
    if not (plainly or (counted and not _goes_on(text, end))) or compiled(r"[,，]").search(
        text[link.end() : end]
    ):
        return None
    plain = bool(compiled(r":|即|分别|具体").search(link["link"])) and (
        text[end : end + 1] not in (",", "，") or "即" in link["link"]
    )
    plain = plain and items.least < number and not word("more_items").match(text, end)
    return Announced(words, number, items, sure=plain and not counted, open=_is_open(items))


def _listed_at_once(view: View, match: re.Match[str], number: int) -> Announced | None:
    """ "内设3个科室办公室、规划科、财务科": no mark between the noun and the first item."""
    text = view.text
    noun = word("general_noun").match(text, match.end())
    if noun is None or not word("has_so_many").search(text[max(0, match.start() - 6) : match.start()]):
        return None
    items = split_items(view, noun.end(), end_of_list(text, noun.end()))
    if items.least < 3 or not _is_list(items):
        return None
    return Announced(view.part(match.start(), noun.end()), number, items, sure=False, open=_is_open(items))


def _clauses(view: View, words: View, number: int, start: int, end: int) -> Announced | None:
    """ "三个标段：一标段位于…，…；二标段…；三标段…": an item a clause. Other clauses may stand among them."""
    parts = [
        view.part(start + m.start(), start + m.end())
        for m in compiled("[^；;]+").finditer(view.text[start:end])
    ]
    items = Items(tuple(parts), len(parts), len(parts))
    return Announced(words, number, items, sure=False) if len(parts) == number else None


def _is_open(items: Items) -> bool:
    return bool(compiled(r"等[^、]{0,8}$").search(items.views[-1].text))


def _is_list(items: Items) -> bool:
    if items.least < 2 or any(len(view.text) > _LONGEST for view in items.views):
        return False
    return not any(_COUNTED.search(view.text) for view in items.views)


def _goes_on(text: str, end: int) -> bool:
    """Whether another counted item, no total, follows behind the comma that ends a list."""
    more = word("item_counted").match(text, end + 1) if text[end : end + 1] in (",", "，") else None
    return more is not None and not word("told_whole").search(_COUNTED.split(more.group())[0])


def _are_counted_alike(items: Items) -> bool:
    """Whether each is told with one number of one unit: "甲村5个、乙村4个"."""
    if any(word("others_named").search(view.text) for view in items.views):
        return False  # "其他两个公园共56万人次" are two
    told = [word("item_counted").fullmatch(view.text) for view in items.views]
    return len(told) > 1 and all(told) and len({one["unit"] for one in told if one}) == 1


def _numbered(
    report: Report, index: int, view: View, match: re.Match[str], number: int, start: int
) -> Announced | None:
    found = numbered_items(report.passages, index, start)
    if len(found) < 2:
        return None
    end = min(start, len(view.text))
    words = view.part(_quote_start(view.text, match.start()), end)
    return Announced(words, number, Items(tuple(found), len(found), len(found)), sure=True)


def _listed_before(view: View, match: re.Match[str], number: int) -> Announced | None:
    """ "甲、乙、丙三个模块", "“甲、乙”两大任务", "甲、乙等两个部门"."""
    text = view.text
    end = match.start()
    if end and text[end - 1] in '“"《':
        end -= 1
    if end == 0 or text[end - 1] in "、和及与,，。;；:":
        return None
    words = view.part(end, _stop(text, match.end()))
    if text[end - 1] in '”")' and end == match.start():
        start = opening_of(text, end - 1)
        inside = split_items(view, start + 1, end - 1)
        if start >= 0 and inside.least >= 2:
            return Announced(words, number, inside, sure=True, open="等" in inside.views[-1].text[-2:])
    opened = text[end - 1] == "等"
    summed = word("sums_up_list").search(text, max(0, end - _SUMMED), end)
    end = summed.start() if summed else end - opened
    items = split_items(view, back_to_boundary(text, end), end)
    if items.least < 2 or word("other_items").search(items.views[-1].text):
        return None
    complete = word("complete_list").search(items.views[0].text)
    if complete and complete.end() < len(items.views[0].text):
        items = split_items(view, back_to_boundary(text, end) + complete.end(), end)
    lead = word("announced_lead").match(items.views[0].text)
    if lead and lead.end() < len(items.views[0].text):
        first = items.views[0].part(lead.end(), len(items.views[0].text))
        items = replace(items, views=(first, *items.views[1:]))
    if not _is_list(items):
        return None
    counted = match["n"].isascii() and match.end() == _stop(text, match.end())
    asked = not counted and abs(number - items.least) <= 2 and match["c"] in _OF_ITEMS
    if not opened and not counted and number == items.most + 1 > items.least + 1:
        # "甲、乙和丙四类": 和 closes the list, one is missing.
        closed = _apart(items)
        return Announced(words, number, closed, sure=False, named=False) if match["c"] in _OF_ITEMS else None
    noun = text[match.end() : _stop(text, match.end())]
    alike = (bool(items.alike) or (items.even and number == items.least + 1)) and not opened
    asked = asked and (bool(complete or summed) or match["c"] in ("大", "级") or alike)
    named = bool(noun) and match["c"] in _OF_ITEMS and _bear(items, noun[:1])
    return Announced(
        words, number, items, bool(complete) and asked and not opened, opened, asked, named=named
    )


def _apart(items: Items) -> Items:
    """The list with its last item, "乙和丙", as two."""
    last = items.views[-1]
    joint = word("conjunction").search(last.text)
    if joint is None:
        return items
    views = (*items.views[:-1], last.part(0, joint.start()), last.part(joint.end(), len(last.text)))
    return Items(views, len(views), len(views))


def _bear(items: Items, noun: str) -> bool:
    """Whether every item ends with the noun that the number counts: "大坪村、小河村等3个村"."""
    return bool(noun) and all(view.text.endswith(noun) for view in items.views)


def _shares_last(items: Items, noun: str) -> bool:
    """ "三大平台(受理、调度、监控平台)": the last item says the noun for all."""
    return len(noun) >= 2 and items.views[-1].text.endswith(noun[-2:])


def _quote_start(text: str, start: int) -> int:
    return start - (start > 0 and text[start - 1] in '“"')


def _stop(text: str, start: int) -> int:
    found = _PUNCTUATION.search(text, start, start + 12)
    return found.start() if found else min(start + 12, len(text))
