"""One Quantity for money, counts, rates, scores and dates: a number and everything its place says of it.

The figure holds the exact interval and the unit; the quantity adds the words around it, what is counted,
its role, whether it is planned or done, period, scope and holder, and where it stands. Quantities of a
passage are read once and kept with it; what is costly to tell is worked out when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import StrEnum

from auditor.figures import Figure, Interval, Kind
from auditor.figures.units import MONEY_SCALES
from auditor.language import Structure, any_of, same_unit, word
from auditor.report.model import Passage, Role, TextKind
from auditor.values import frozen, lazy, through

_KEPT, _KEPT_BY_AMOUNT = "_facts_quantities", "_facts_quantities_by_amount"
_REACH = 80  # no clause is read further than this from its number: a page without punctuation stays cheap
_BESIDE = 12  # numbers before one that are looked at for where its words begin
_SENTENCE = 400  # characters of a sentence that are looked back over
_MARKS = ".．、)）—–-• "  # what is left of a line's number or dash before its words
_SHOWN = 30  # characters of a clause that messages show
_MAGNITUDES = {"万": "万元", "亿": "亿元", "千万": "千万元", "百万": "百万元"}
_NOT_QUANTITIES = (Kind.CODE, Kind.DOCNO, Kind.ORDINAL)
# The word nearest to the number decides; of two that end together the first one here.
_ROLES: tuple[tuple[str, Role], ...] = (
    ("rest", Role.BALANCE),
    ("contract", Role.CONTRACT),
    ("budget", Role.BUDGET),
    ("spend", Role.PAID),
    ("receive", Role.RECEIVED),
)


def role_told(words: str) -> Role | None:
    """What words say that an amount of money is."""
    plain = word("transfer").sub("", words)
    ends = [
        (max(match.end() for match in found), role)
        for name, role in _ROLES
        if (found := list(word(name).finditer(plain)))
    ]
    return max(ends, key=lambda end: end[0])[1] if ends else None


class Modality(StrEnum):
    """Whether a number is a fact or a goal."""

    ACTUAL = "实际"
    PLAN = "计划"


@frozen(eq=False)
class Quantity:
    """A figure in a passage (a paragraph, or a table cell that holds running text).

    head, tail  the words of its clause before and behind it, up to the next figure
    clause      the whole clause
    sentence    number of the sentence in the passage
    depth       in how many brackets it stands
    bracket     offset of the bracket it stands in, -1 outside
    place       number among the quantities of the passage: its list position
    """

    figure: Figure
    passage: Passage
    head: str
    tail: str
    clause: str
    sentence: int
    depth: int
    bracket: int = -1
    place: int = 0

    start = through("figure.start", int)
    end = through("figure.end", int)
    base = through("figure.base", Interval)
    """Every value it can stand for, in base units."""
    kind = through("figure.kind", Kind)

    @lazy
    def unit(self) -> str:
        """Unit with synonyms folded: 人 and 位 count what 名 counts, all sums of money count 元."""
        if self.figure.kind is Kind.MONEY:
            return "元"
        return same_unit(self.figure.unit)

    @lazy
    def dimension(self) -> str | None:
        """What may be added to one another: amounts of money, things of one unit, points; None for the rest."""
        if self.kind is Kind.MONEY or as_money(self.figure) is not None:
            return "元"
        if self.kind is Kind.COUNT and not self.spelled and self.unit not in ("岁", "月", "日", "季度"):
            return self.unit
        return "分" if self.kind is Kind.SCORE else None

    @lazy
    def spelled(self) -> bool:
        """Written in Chinese numerals."""
        return not self.figure.raw[0].isdigit()

    @property
    def is_plain(self) -> bool:
        """One value above nil, in digits: no limit, no range, no 约, nothing read with doubt."""
        return not (self.figure.is_vague or self.spelled) and self.figure.amount > 0

    @lazy
    def label(self) -> str:
        """The naming words before the number, without fillers ("其中", "共", "为")."""
        return word("filler_start").sub("", word("filler_end").sub("", self.head))

    @property
    def name(self) -> str:
        """What the number counts: the words before it, or behind it, or its clause."""
        return self.label or self.tail or self.clause.partition(self.figure.raw)[0]

    @lazy
    def thing(self) -> str:
        """The noun it counts, without unit: the words behind a count ("8个项目"), else those before it."""
        return (self.tail if self.figure.kind is Kind.COUNT else "") or self.label

    @lazy
    def money(self) -> Figure:
        """The figure as money where it is money without its 元 ("3000万" among amounts), else as written."""
        return as_money(self.figure) or self.figure

    @lazy
    def is_average(self) -> bool:
        """Told per day, per head, each: never a total."""
        return bool(word("average").search(self.head)) or self.is_per_piece

    @lazy
    def is_per_piece(self) -> bool:
        """Told for one of something by what stands behind it: 4000元/亩."""
        text = self.passage.text
        return text.startswith("/", self.end) and word("per_behind").match(text, self.end) is not None

    @lazy
    def role(self) -> Role | None:
        """What an amount of money is, by the words before it and, where those say nothing, behind it."""
        if self.figure.kind is not Kind.MONEY:
            return None
        return role_told(self.head) or role_told(self.tail)

    @lazy
    def modality(self) -> Modality:
        """A goal or plan, by its own clause or by what names its passage; else a fact. "效益目标" in the chapter
        "绩效目标完成情况" names what came of it."""
        passage = self.passage
        for words, over in ((passage.label, ""), (passage.section, passage.chapter)):
            if words and word("plan").search(words) and not any_of("done", "label_done").search(words + over):
                return Modality.PLAN
        if word("plan").search(self.clause) and not word("done").search(self.clause):
            return Modality.PLAN
        return Modality.ACTUAL

    @lazy
    def structure(self) -> Structure:
        return self.passage.structure

    @property
    def sentence_before(self) -> str:
        """Its sentence up to the number; of one that never ends, the last of it."""
        start = max(self.structure.sentence_span(self.start)[0], self.start - _SENTENCE)
        return self.passage.text[start : self.start]

    @lazy
    def parts(self) -> tuple[str, ...]:
        """What the headings over it set it apart by, unless its sentence speaks of all: 春季学期, 一标段, 柳河镇."""
        parts = self.passage.parts
        return () if parts and word("of_all_parts").search(self.sentence_before) else parts

    @lazy
    def period(self) -> frozenset[str]:
        """Years and stretches of the year that its sentence has told up to it, else the stretches that headings over
        it name; empty: the report's year."""
        told = self.sentence_before
        if self.parts and not word("part_of_year").search(told):
            told = f"{'。'.join(self.parts)}。{told}"
        return frozenset(
            match.group()
            for name in ("year", "part_of_year", "other_year", "summed_years")
            for match in word(name).finditer(told)
        )

    @lazy
    def lot(self) -> frozenset[str]:
        """The batches, lots and places among the parts that headings over it name."""
        told = (part for part in self.parts if not word("part_of_year").search(part))
        return frozenset(
            name
            for part in told
            for name in [match.group() for match in word("part_of_all").finditer(part)] or [part]
        )

    @lazy
    def scope(self) -> str:
        """The whole it speaks of ("全县"), or ""."""
        found = word("scope").search(self.head)
        return found.group() if found else ""

    @lazy
    def holder(self) -> str:
        """The office, town or company that its words begin with, or ""."""
        found = word("holder").match(self.label)
        return found.group() if found else ""

    def told(self) -> str:
        """Words and number as written, for messages; the words behind it where none stand before."""
        head, tail = word("filler_start").sub("", self.head.lstrip(_MARKS)), self.tail.strip("和及与")
        if not head and not tail:
            head = word("filler_start").sub("", self.clause.partition(self.figure.raw)[0])
        return f"{_shown(head)}{self.figure.raw}{'' if head else _shown(tail, end=True)}"

    def in_words(self) -> str:
        """Words, number and the words behind it, for messages."""
        return f"{_shown(self.head)}{self.figure.raw}{_shown(self.tail, end=True)}"


def of_one_measure(one: Quantity, other: Quantity) -> bool:
    """Whether the one may be part of the other: both money, or things counted alike; visits are by persons."""
    if one.kind is not other.kind:
        return False
    return same_unit(one.unit, visits=True) == same_unit(other.unit, visits=True)


def quantities_of(passage: Passage) -> tuple[Quantity, ...]:
    """Every quantity of a passage in order: money, counts, rates, points, scores, dates, plain numbers."""
    kept: tuple[Quantity, ...] | None = passage.__dict__.get(_KEPT)
    if kept is None:
        kept = passage.__dict__[_KEPT] = tuple(_read(passage))
    return kept


def told_as(passage: Passage, unit: str, amount: Decimal) -> Sequence[Quantity]:
    """The plain quantities of a passage that state an amount, in base units of a unit."""
    kept: dict[tuple[str, Decimal], list[Quantity]] | None = passage.__dict__.get(_KEPT_BY_AMOUNT)
    if kept is None:
        kept = passage.__dict__[_KEPT_BY_AMOUNT] = {}
        for one in quantities_of(passage):
            if one.is_plain:
                kept.setdefault((one.unit, one.money.amount), []).append(one)
    return kept.get((unit, amount), ())


def _read(passage: Passage) -> Iterator[Quantity]:
    figures = [figure for figure in passage.figures if figure.kind is not Kind.CODE and figure.unit != "号"]
    if not figures:
        return
    text, structure = passage.text, passage.structure
    if "单位:" in text and (declared := word("declared_unit").search(text)):
        figures = [_in_declared(figure, declared.end(), declared["unit"]) for figure in figures]
    elif passage.declared and passage.kind is TextKind.PROSE:
        figures = [_in_declared(figure, 0, passage.declared) for figure in figures]
    place = 0
    for at, figure in enumerate(figures):
        if figure.kind in _NOT_QUANTITIES:
            continue
        left, right = structure.clause_start(figure.start), structure.clause_span(figure.start, figure.end)[1]
        left, right = max(left, figure.start - _REACH), min(right, figure.end + _REACH)
        depth = structure.depth(figure.start)
        beside = [one for one in figures[max(0, at - _BESIDE) : at] if structure.depth(one.start) <= depth]
        head_from = max(left, _words_from([*beside, figure], len(beside), left))
        tail_to = min(right, figures[at + 1].start) if at + 1 < len(figures) else right
        yield Quantity(
            figure, passage, structure.outside(head_from, figure.start), text[figure.end : max(tail_to, figure.end)],
            structure.outside(left, right), structure.sentence(figure.start), depth,
            structure.bracket(figure.start), place,
        )  # fmt: skip
        place += 1


def _in_declared(figure: Figure, behind: int, unit: str) -> Figure:
    """A bare number behind "(单位:万元)" counts in that unit."""
    if figure.kind is Kind.PLAIN and not figure.unit and figure.start >= behind:
        return figure.in_unit(Kind.MONEY, unit, MONEY_SCALES[unit])
    return figure


def _words_from(figures: Sequence[Figure], at: int, left: int) -> int:
    """Where the words before a figure begin: behind the one before it, unless that is part of its name."""
    while at and figures[at - 1].end > left:
        before = figures[at - 1]
        spelled = not before.raw[0].isdigit()
        if (
            not (before.unit and word("naming_unit").fullmatch(before.unit) and spelled)
            and before.unit != "岁"
        ):
            return before.end
        at -= 1
    return left


def as_money(figure: Figure) -> Figure | None:
    """`figure` as money: 元 written, or a bare 万 / 亿 among amounts."""
    if figure.kind is Kind.MONEY:
        return figure
    if figure.kind is Kind.PLAIN and figure.unit in _MAGNITUDES:
        return figure.in_unit(Kind.MONEY, _MAGNITUDES[figure.unit], figure.scale)
    return None


def _shown(words: str, *, end: bool = False) -> str:
    """Words for a message, whole; very long ones are cut where it shows."""
    if len(words) <= _SHOWN:
        return words
    return f"{words[:_SHOWN]}…" if end else f"…{words[-_SHOWN:]}"
