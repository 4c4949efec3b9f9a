"""The operands of a proposal: each an exact quote with its line, and the one number it tells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from auditor.compiled import compiled
from auditor.document import Span, View
from auditor.figures import Figure, Kind, scan
from auditor.judge import quotes
from auditor.judge.sheet import Line
from auditor.judge.tieout import COUNTABLE, measure
from auditor.values import frozen

NO_FIGURE = "引文里没有可用的数字"
SEVERAL_FIGURES = "引文里不止一个数字"
UNCERTAIN = "数字读不准"

_NUMBERED = compiled(
    r"^[\s\[【(（第#LlSs行]{0,6}(?:ine)?\s?(?P<line>\d{1,5})[\s行句\]】)）]{0,6}(?:[｜|:：,，、\s]|[.．—–-](?!\d))(?P<quote>.+)$",
    re.DOTALL,
)  # bounded: an answer is as long as a model likes
_NUMBER_BEHIND = compiled(
    r"^(?P<quote>.+?)\s?[(（\[【](?:第|行|L|line)?\s?(?P<line>\d{1,5})\s?[行句]?[)）\]】]$", re.DOTALL
)

_RUN_TOGETHER = compiled(r"^(?P<line>\d{1,5})[.．—–-](?P<quote>\d.*)$", re.DOTALL)
"""As good as a number of its own, "29.16人": read so where the line holds the rest and nothing holds the whole."""
_LONGEST = 400
_LEAD = 20  # characters of a clause before a quote
_CLAUSE = compiled(r"[，,。；;、：:]")


class NotProposed(Exception):
    """The proposal is dropped; the message says why, in Chinese."""


@frozen
class Operand:
    """A quote at its place, and the numbers that lie whole inside it."""

    view: View
    line: Line
    figures: tuple[Figure, ...]

    def around(self, before: int = 12, after: int = 2) -> str:
        """The quote with the words of its clause on either side."""
        start, end = self.view.span()
        for view in self.line.views:
            whole = view.span()
            if whole.start <= start and end <= whole.end:
                at = view.text.find(self.view.text)
                stop = at + len(self.view.text)
                lead, tail = view.text[max(0, at - before) : at], view.text[stop : stop + after]
                return _CLAUSE.split(lead)[-1] + self.view.text + _CLAUSE.split(tail)[0]
        return self.view.text

    def lead(self) -> str:
        """What its clause says before the number."""
        return self.around(_LEAD).partition(self.figures[0].raw)[0] if self.figures else ""

    @property
    def from_the_end(self) -> int:
        """Which cell of its line it is, counted from the last; 0 for a part of a cell."""
        cells = self.line.views
        return next((len(cells) - at for at, view in enumerate(cells) if view == self.view), 0)


def placed_in_order(
    operands: Sequence[str],
    lines: Mapping[int, Line],
    known: Mapping[Span, Figure],
    kinds: Sequence[Kind] = COUNTABLE,
) -> list[Operand]:
    """The operands at their places. Of several cells of a line that say just the same (分值 20, 得分 20) one is
    as good as the other: that in the column of the other operands, with a known unit, is taken, and an operand
    that is written several times means another cell each time. Raises as `placed` does."""
    alike = [_alike(written, lines) for written in operands]
    found = [
        None if len(cells) > 1 else placed(written, lines, known, kinds)
        for written, cells in zip(operands, alike, strict=True)
    ]
    columns = Counter(one.from_the_end for one in found if one is not None)
    times, taken = Counter(operands), Counter[str]()
    for at, (written, cells) in enumerate(zip(operands, alike, strict=True)):
        if len(cells) > 1:
            every = [Operand(view, line, _figures(view, line, known, kinds)) for view, line in cells]
            own = _own_share(every, taken[written], times[written])
            found[at] = max(own, key=lambda one: (_is_known(one, known), columns[one.from_the_end]))
        taken[written] += 1
    return [one for one in found if one is not None]


def _alike(written: str, lines: Mapping[int, Line]) -> list[tuple[View, Line]]:
    """The cells of the line named that say just what the quote says."""
    number, quote = _taken_apart(written)[0]
    line = lines.get(number)
    return [(cell, line) for cell in quotes.cells(quote, line)] if line is not None else []


def _own_share(cells: Sequence[Operand], turn: int, times: int) -> Sequence[Operand]:
    """Of cells that say the same those that an operand can mean which is written `times` times, `turn` before it."""
    each = max(1, len(cells) // times)
    return cells[turn * each : (turn + 1) * each] or cells[-1:]


def _is_known(one: Operand, known: Mapping[Span, Figure]) -> bool:
    return any(figure.span in known for figure in one.figures)


def placed(
    written: str, lines: Mapping[int, Line], known: Mapping[Span, Figure], kinds: Sequence[Kind] = COUNTABLE
) -> Operand:
    """The operand at its place. Raises `Misquote` where it is not there.

    known  figures whose unit is declared away from them, by their place
    """
    view, line = _place(written, lines)
    return Operand(view, line, _figures(view, line, known, kinds))


def _figures(
    view: View, line: Line, known: Mapping[Span, Figure], kinds: Sequence[Kind]
) -> tuple[Figure, ...]:
    """Those that lie whole in the quote. Of one that is quoted without its unit the page tells the unit, of a date
    without its year the year."""
    found = [known.get(one.span, one) for one in quotes.figures(view, line)]
    if not found:
        cut = [one for cell in line.views for one in scan(cell) if one.span.overlaps(view.span())]
        found = [one for one in cut if one.kind is Kind.DATE or view.text.endswith(one.digits)]
    return tuple(one for one in found if one.kind in kinds)


def _place(written: str, lines: Mapping[int, Line]) -> tuple[View, Line]:
    ways = _taken_apart(written)
    for number, quote in ways:
        line = lines.get(number)
        if line is not None and (found := quotes.short(quote, line)):
            return found, line
        if (alone := quotes.only(quote, lines)) is not None:
            return alone
    if (loose := _RUN_TOGETHER.match(ways[-1][1])) and (line := lines.get(int(loose["line"]))) is not None:
        found = quotes.short(loose["quote"], line)
        if found is not None:
            return found, line
    number, quote = ways[0]
    return quotes.place(quote, number, lines)


def _taken_apart(written: str) -> list[tuple[int, str]]:
    """Line and quote in every way that the operand can be read, -1 for no line: "7｜180公里", "L7: 180公里",
    "180公里（第7行）"."""
    written = written.strip(" “”‘’\"'")
    found = [match for form in (_NUMBERED, _NUMBER_BEHIND) if (match := form.match(written[:_LONGEST]))]
    return [*((int(one["line"]), one["quote"].strip()) for one in found), (-1, written)]


def one_each(operands: Sequence[Operand], alike: bool) -> list[Figure]:
    """The number of each operand. Where a quote holds several, that of the others' unit if all are to be
    `alike`, else only one number may stand in it. Raises `NotProposed`."""
    clear = [one for one in operands if len(_distinct(one.figures)) == 1]
    usual = Counter(measure(one.figures[0]) for one in clear).most_common(1)
    wanted = usual[0][0] if alike and usual else None
    return [_one(operand, wanted) for operand in operands]


def _one(operand: Operand, wanted: str | None) -> Figure:
    if not operand.figures:
        raise NotProposed(NO_FIGURE)
    found = operand.figures
    if len(_distinct(found)) > 1 and wanted is not None:
        found = tuple(one for one in found if measure(one) == wanted) or found
    if len(_distinct(found)) > 1:
        raise NotProposed(SEVERAL_FIGURES)
    if found[0].doubtful:
        raise NotProposed(UNCERTAIN)
    return found[0]


def read_together(operands: Sequence[Operand], figures: Sequence[Figure]) -> list[Figure]:
    """Numbers whose cells tell no unit, as what the others are: amounts, where all amounts are printed in one unit;
    and among marks with decimals a whole one means 10.00."""
    money = {(one.unit, one.scale) for one in figures if one.kind is Kind.MONEY}
    if len(money) == 1:
        ((unit, scale),) = money
        return [
            one.in_unit(Kind.MONEY, unit, scale) if _is_bare(one) and len(place.line.views) > 1 else one
            for place, one in zip(operands, figures, strict=True)
        ]
    if figures and all(map(_is_bare, figures)):
        finest = max(one.decimals for one in figures)
        return [one if one.decimals else replace(one, decimals=finest) for one in figures]
    return list(figures)


def _is_bare(figure: Figure) -> bool:
    return figure.kind is Kind.SCORE or (figure.kind is Kind.PLAIN and not figure.unit)


def _distinct(figures: Sequence[Figure]) -> set[object]:
    return {(one.base, measure(one)) for one in figures}


def spread(operands: Sequence[Operand]) -> list[Operand]:
    """Parts that one quote tells together ("东片180户、西片130户") as operands of their own."""
    *parts, whole = operands
    found: list[Operand] = []
    for part in parts:
        units = {measure(one) for one in part.figures}
        if len(part.figures) > 1 and len(units) == 1:
            found.extend(Operand(part.view, part.line, (figure,)) for figure in part.figures)
        else:
            found.append(part)
    return [*found, whole]
