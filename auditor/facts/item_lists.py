"""Lists of things in running text: where they begin and end, and how many things they name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from auditor.document import View
from auditor.facts.quantities import common_suffix
from auditor.figures.chinese import parse
from auditor.language import word
from auditor.report.model import Passage, TextKind
from auditor.values import frozen

_OPEN = {"(": ")", "“": "”", "《": "》", "『": "』", "「": "」", "〈": "〉", "[": "]"}
_CLOSE = {close: opening for opening, close in _OPEN.items()}
_BOUNDARY = frozenset(",，。;；:\n!?！？")
_END = frozenset("。;；\n!?！？")

_LONGEST = 1200  # characters of a list that a count behind it sums up
_ABOVE = 20  # passages above one that sums up their list

_MARKS = (
    "item_first_is", "item_ordinal", "item_bracketed_numeral", "item_bracketed", "item_number", "item_circled",
)  # fmt: skip
"""Marks of numbered items, each with the number as `n`."""


@frozen
class Items:
    """The things a list names.

    most    allows for a last item that holds two ("乙和丙") · widest  for any item that may
    """

    views: tuple[View, ...]
    most: int
    widest: int

    @property
    def least(self) -> int:
        return len(self.views)

    @property
    def alike(self) -> str:
        """The ending that all items share: "费" of "师资费、教材费"."""
        return common_suffix([view.text for view in self.views]) if len(self.views) >= 3 else ""

    @property
    def even(self) -> bool:
        """Whether all items are as long as one another, as names of one sort are: "桑树、麻柳、石井"."""
        return len(self.views) >= 3 and len({len(view.text) for view in self.views}) == 1

    def told(self) -> str:
        shown = [view.text if len(view.text) <= 16 else f"{view.text[:15]}…" for view in self.views]
        return "；".join(shown)


def split_items(view: View, start: int, end: int) -> Items:
    """The things in `view.text[start:end]`, parted by 、 outside brackets and quotation marks."""
    text = view.text
    cuts = [start]
    depth = 0
    for at in range(start, end):
        char = text[at]
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(depth - 1, 0)
        elif char == "、" and not depth:
            cuts.append(at + 1)
    bounds = [(a, b - 1) for a, b in zip(cuts, [*cuts[1:], end + 1], strict=True)]
    views = tuple(view.part(a, b) for a, b in bounds if b > a)
    joined = [bool(word("conjunction").search(view.text)) for view in views]
    return Items(views, len(views) + sum(joined[-1:]), len(views) + sum(joined))


def back_to_boundary(text: str, end: int) -> int:
    """Where the clause that ends at `end` begins; brackets and quotations are stepped over."""
    depth = 0
    for at in range(end - 1, max(end - 240, -1), -1):
        char = text[at]
        if char in _CLOSE:
            depth += 1
        elif char in _OPEN:
            if not depth:
                return at + 1
            depth -= 1
        elif char in _BOUNDARY and not depth:
            return at + 1
    return max(end - 240, 0)


def opening_of(text: str, close: int) -> int:
    """Offset of the bracket or quotation mark that `text[close]` closes; -1 if there is none."""
    mark = text[close]
    if mark == '"':
        return text.rfind('"', max(close - 200, 0), close)
    depth = 0
    for at in range(close, max(close - 200, -1), -1):
        if text[at] == mark:
            depth += 1
        elif text[at] == _CLOSE[mark]:
            depth -= 1
            if not depth:
                return at
    return -1


def closing_of(text: str, opening: int) -> int:
    """Offset of the mark that closes `text[opening]`; -1 if there is none."""
    depth = 0
    for at in range(opening, min(opening + 300, len(text))):
        if text[at] == text[opening]:
            depth += 1
        elif text[at] == _OPEN[text[opening]]:
            depth -= 1
            if not depth:
                return at
    return -1


def end_of_list(text: str, start: int) -> int:
    """Where a list that begins at `start` ends: its sentence, or the first comma behind its first 、."""
    depth = 0
    marked = False
    limit = min(len(text), start + 600)
    for at in range(start, limit):
        char = text[at]
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            if not depth:
                return at
            depth -= 1
        elif depth:
            continue
        elif char in _END or (char in ",，" and marked):
            return at
        elif char == "、":
            marked = True
    return limit


def numbered_items(passages: Sequence[Passage], index: int, start: int) -> list[View]:
    """The consecutively numbered items that begin at `start` of a passage, or with the next passage.

    Items may go on in the passages that follow; the first mark of number one that comes again ends them.
    """
    here = passages[index].view
    style = _style(here.text, start)
    if style is None:
        if start < len(here.text) or index + 1 >= len(passages):
            return []
        index, start = index + 1, 0
        style = _style(passages[index].text, 0)
        if style is None:
            return []
    found = _marks_in(passages[index].view, start, style, 1)
    for passage in passages[index + 1 : index + 60]:
        match = style.match(passage.text)
        if match and _number(match) == len(found) + 1:
            found += _marks_in(passage.view, 0, style, len(found) + 1)
        elif match or passage.kind is TextKind.HEADING:
            break
    return found


def items_before(view: View, end: int) -> list[View]:
    """The numbered items of a passage that end before `end`, of the style whose last item stands nearest; none of a
    list that goes on behind it: what stands inside an item sums up something else."""
    best: list[View] = []
    for style in map(word, _MARKS):
        start = max(0, end - _LONGEST)
        first = next((m for m in style.finditer(view.text, start, end) if _number(m) == 1), None)
        if first is not None:
            every = _marks_in(view, first.start(), style, 1)
            found = [one for one in every if one.span().end <= view.place(end)]
            goes_on = len(found) < len(every) and every[-1].span().start > view.place(end)
            best = found if len(found) > len(best) and not goes_on else best
    return best


def items_above(passages: Sequence[Passage], index: int) -> list[View]:
    """The numbered items told in full right above a passage; none where its chapter holds several such lists."""
    start = max(index - _ABOVE, 0)
    above = list(passages[start:index])
    lists: list[list[View]] = []
    for at, passage in enumerate(above):
        for style in map(word, _MARKS):
            first = next((match for match in style.finditer(passage.text) if _number(match) == 1), None)
            found = numbered_items(above, at, first.start()) if first is not None else []
            if len(found) > 1 and _is_closed(found, above):
                lists.append(found)
    return lists[0] if len(lists) == 1 and _is_right_above(lists[0], above) else []


def _is_closed(items: Sequence[View], above: Sequence[Passage]) -> bool:
    """Whether what follows the last item is none of it: it is no heading, or another heading follows."""
    last = items[-1].span()
    behind = [one for one in above if one.span.end > last.start]
    return behind[0].kind is not TextKind.HEADING or any(one.kind is TextKind.HEADING for one in behind[1:])


def _is_right_above(items: Sequence[View], above: Sequence[Passage]) -> bool:
    """Whether only headings and what the last item tells on stand behind it."""
    behind = [one for one in above if one.span.start > items[-1].span().end]
    return all(one.kind is TextKind.HEADING for one in behind)


def _style(text: str, start: int) -> re.Pattern[str] | None:
    for pattern in map(word, _MARKS):
        match = pattern.match(text, start)
        if match and _number(match) == 1:
            return pattern
    return None


def _marks_in(view: View, start: int, style: re.Pattern[str], number: int) -> list[View]:
    """Items of one passage, from `number` on, as long as the numbers follow one another."""
    text = view.text
    marks: list[int] = []
    for match in style.finditer(text, start):
        value = _number(match)
        if value == number + len(marks) and (
            not match.start() or text[match.start() - 1] in "，,。;；、:\n”)"
        ):
            marks.append(match.start())
        elif marks and value == 1 and number == 1:
            break
    found = []
    for at, limit in pairwise([*marks, len(text)]):
        end = min(limit, end_of_list(text, at + 3))
        found.append(view.part(at, at + len(text[at:end].rstrip("，,;；、"))))
    return found


def _number(match: re.Match[str]) -> int | None:
    digits = match["n"]
    if digits.isascii():
        return int(digits)
    if "①" <= digits <= "⑳":
        return ord(digits) - ord("①") + 1
    return parse(digits)
