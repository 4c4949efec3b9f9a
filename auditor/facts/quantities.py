"""Counted things in running text: a number with the words that name it.

What the N rules share: they compare quantities of one kind, so the kind (unit), the words around
the number and the sentence have to be known once and in one way.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import groupby

from auditor.document import Span
from auditor.figures import Figure, Interval, Kind, show, total
from auditor.report.model import Passage, Report

_SEPARATOR = re.compile(r"[,，。;；:、()\n!?！？“”\"]")
_PERIOD = re.compile(r"[。!?！？\n]")
_BEHIND = re.compile(r"[^,，。;；:\n]{0,20}")
# No clause is read further than this from its number: a page without punctuation stays cheap.
_REACH = 80
# A figure that is part of a name: "高二年级934人", "45岁以下174人".
_NAMING = frozenset(("年", "级", "类", "期", "部", "层", "大", "批", "届", "章"))
_SHOWN = 30  # characters of a clause that messages show
_AVERAGE = re.compile(r"平均|日均|月均|年均|人均|户均|均$|每|各(?:抽|选|取|配|设)|分别(?:抽|选|取)")
_KEPT = "_quantities"
_PARENTHESES = re.compile(r"\([^()\n]*\)")

# Classifiers that count the same kind of thing.
_SAME = {"人": "名", "位": "名", "人员": "名", "起": "件", "宗": "件", "例": "件", "场次": "场", "批次": "批"}

# Words between a label and its number that name nothing.
_FILLER_END = re.compile(
    r"(?:总共|共计|合计|总计|一共|共有|共|总数|总量|数量|已达到?|达到?|约为?|近|超过?|为|有|是|计|至|到|仅|已|=){1,8}$"
)
_FILLER_START = re.compile(
    r"^(?:其中|今年以来|今年|本年度?|年内|全年|全年共|当年|截至目前|目前|现|现有|并且?|同时|以及|及|和|与|还|共|累计|先后|已|包括|包含|含)+"
)

# A goal or a plan is not a statement of fact.
_PLAN = re.compile(r"目标|计划|拟|预计|预期|力争|确保|要求|应当|不得|规划|任务书|申报")
_PLAN_LABEL = re.compile(r"目标|计划|指标值|预期|年初设定|打算|下一步|建议|改进")
_DONE_LABEL = re.compile(r"完成|实际|实现|达成")


@dataclass(frozen=True)
class Quantity:
    """A figure in a passage.

    head, tail  the words of its clause before and behind it, up to the next figure
    clause      the whole clause
    sentence    number of the sentence in the passage
    depth       1 inside parentheses
    """

    figure: Figure
    passage: Passage
    head: str
    tail: str
    clause: str
    sentence: int
    depth: int

    @property
    def start(self) -> int:
        return self.figure.start

    @property
    def end(self) -> int:
        return self.figure.end

    @cached_property
    def unit(self) -> str:
        """Unit with synonyms folded: 人 and 位 count what 名 counts."""
        return _SAME.get(self.figure.unit, self.figure.unit)

    @property
    def spelled(self) -> bool:
        """Written in Chinese numerals."""
        return not self.figure.raw[0].isdigit()

    @cached_property
    def label(self) -> str:
        """The naming words before the number, without fillers ("其中", "共", "为")."""
        return _FILLER_START.sub("", _FILLER_END.sub("", self.head))

    @property
    def base(self) -> Interval:
        return self.figure.base

    def told(self) -> str:
        """Words and number as written, for messages; the words behind it where none stand before."""
        head, tail = _FILLER_START.sub("", self.head), self.tail.strip("和及与")
        if not head and not tail:
            head = _FILLER_START.sub("", self.clause.partition(self.figure.raw)[0])
        return f"{_shown(head)}{self.figure.raw}{'' if head else _shown(tail, end=True)}"

    def in_words(self) -> str:
        """Words, number and the words behind it, for messages."""
        return f"{_shown(self.head)}{self.figure.raw}{_shown(self.tail, end=True)}"

    @property
    def name(self) -> str:
        """What the number counts: the words before it, or behind it, or its clause."""
        return self.label or self.tail or self.clause.partition(self.figure.raw)[0]

    @property
    def is_average(self) -> bool:
        """Told per day, per head, each: never a total."""
        return bool(_AVERAGE.search(self.head))


def quantities(passage: Passage) -> tuple[Quantity, ...]:
    """Counts and rates of a passage in order; figures of other kinds only limit their words.

    They are kept with the passage, as its figures are: three rules ask for them.
    """
    kept: tuple[Quantity, ...] | None = passage.__dict__.get(_KEPT)
    if kept is None:
        kept = passage.__dict__[_KEPT] = tuple(_read(passage))
    return kept


def _read(passage: Passage) -> Iterator[Quantity]:
    figures = [figure for figure in passage.figures if figure.kind is not Kind.CODE and figure.unit != "号"]
    if not any(figure.kind in (Kind.COUNT, Kind.RATE, Kind.POINTS) for figure in figures):
        return
    text = passage.text
    separators = [match.start() for match in _SEPARATOR.finditer(text)]
    periods = [match.start() for match in _PERIOD.finditer(text)]
    inside = [at for match in _PARENTHESES.finditer(text) for at in match.span()] if "(" in text else []
    for at, figure in enumerate(figures):
        if figure.kind not in (Kind.COUNT, Kind.RATE, Kind.POINTS):
            continue
        before = bisect_left(separators, figure.start) - 1
        left = max(separators[before] + 1 if before >= 0 else 0, figure.start - _REACH)
        after = bisect_left(separators, figure.end)
        right = min(separators[after] if after < len(separators) else len(text), figure.end + _REACH)
        head_from = max(left, _last_count(figures, at, left))
        tail_to = min(right, figures[at + 1].start) if at + 1 < len(figures) else right
        yield Quantity(
            figure,
            passage,
            text[head_from : figure.start],
            text[figure.end : max(tail_to, figure.end)],
            text[left:right],
            bisect_right(periods, figure.start),
            bisect_right(inside, figure.start) % 2,
        )


def _last_count(figures: Sequence[Figure], at: int, left: int) -> int:
    """Where the words before a figure begin: behind the one before it, unless that is part of its name."""
    while at and figures[at - 1].end > left:
        before = figures[at - 1]
        spelled = not before.raw[0].isdigit()
        if not (before.unit in _NAMING and spelled) and before.unit != "岁":
            return before.end
        at -= 1
    return left


def sentence_before(quantity: Quantity) -> str:
    """The quantity's sentence up to a few words behind it."""
    text = quantity.passage.text
    return text[sentence_start(text, quantity.start) : quantity.end + 12]


def sentence_start(text: str, at: int) -> int:
    """Where the sentence (or the part between semicolons) that holds `at` begins."""
    reach = max(at - 4 * _REACH, 0)
    return max(reach, *(text.rfind(mark, reach, at) + 1 for mark in "。;；\n"))


def counts(passage: Passage) -> list[Quantity]:
    """Counts that state a value: no bounds, no ranges, no durations without a number."""
    return [
        quantity
        for quantity in quantities(passage)
        if quantity.figure.kind is Kind.COUNT
        and not quantity.figure.is_bound
        and quantity.figure.upper is None
    ]


def sentences(found: Iterable[Quantity]) -> Iterator[list[Quantity]]:
    """Quantities of each sentence."""
    for _, group in groupby(found, key=lambda quantity: quantity.sentence):
        yield list(group)


def between(left: Quantity, right: Quantity) -> str:
    """The text from one quantity to a later one of the same passage."""
    return left.passage.text[left.end : right.start]


def plan_spans(report: Report) -> list[Span]:
    """Where the report states goals: in order, those that overlap as one."""
    merged: list[Span] = []
    for span in sorted(goal.view.span() for goal in report.goals if goal.view):
        if merged and span.start < merged[-1].end:
            merged[-1] = merged[-1].cover(span)
        else:
            merged.append(span)
    return merged


def is_plan(quantity: Quantity, goals: Sequence[Span]) -> bool:
    """Whether the quantity stands in a goal, a plan or a target."""
    passage = quantity.passage
    for name in (passage.label, passage.section):
        if _PLAN_LABEL.search(name) and not _DONE_LABEL.search(name):
            return True
    if _PLAN.search(quantity.clause):
        return True
    before, of_which, _ = sentence_before(quantity).rpartition("其中")
    if of_which and _PLAN.search(re.split(r"[，,]", before.rstrip("，,"))[-1]):
        return True
    if not goals:
        return False
    span = quantity.figure.span
    return touches(span, goals)


def touches(span: Span, others: Sequence[Span]) -> bool:
    """Whether `span` overlaps one of `others`, which are in order and apart."""
    at = bisect_left(others, (span.end,))
    return at > 0 and others[at - 1].overlaps(span)


def sum_of(parts: Iterable[Quantity]) -> Interval:
    return total(part.base for part in parts)


def plain_sum(parts: Sequence[Quantity]) -> Decimal:
    """Sum of the written values, in the unit of the first part."""
    return sum((part.figure.amount for part in parts), Decimal(0)) / parts[0].figure.scale


def addition(parts: Sequence[Quantity]) -> str:
    """ "857 + 972 + 45 = 1874" in the unit of the first part; other units are shown converted."""
    first = parts[0].figure
    terms = " + ".join(in_unit_of(first, part.figure) for part in parts)
    mixed = any(part.figure.scale != first.scale for part in parts)
    return f"{terms} = {show(plain_sum(parts))}{magnitude(first) if mixed else ''}"


def magnitude(figure: Figure) -> str:
    """ "万吨": the unit with the 万 or 亿 that the scanner keeps as a scale."""
    scale = {Decimal(10) ** 4: "万", Decimal(10) ** 8: "亿"}.get(figure.scale, "")
    return scale + figure.unit if figure.kind is Kind.COUNT else figure.unit


def in_unit_of(first: Figure, figure: Figure) -> str:
    """The value in the unit of `first`; where that is not the written one, both: "0.05(500吨)"."""
    value = show(figure.amount / first.scale)
    return value if figure.scale == first.scale else f"{value}({figure.raw})"


def _shown(words: str, *, end: bool = False) -> str:
    """Words for a message, whole; very long ones are cut where it shows."""
    if len(words) <= _SHOWN:
        return words
    return f"{words[:_SHOWN]}…" if end else f"…{words[-_SHOWN:]}"


def behind(quantity: Quantity, limit: int = 10) -> str:
    """The text right behind a quantity, to the end of its clause."""
    match = _BEHIND.match(quantity.passage.text, quantity.end)
    return match.group()[:limit] if match else ""


def common_suffix(words: Sequence[str]) -> str:
    """The longest ending that all words share."""
    shortest = min(words, key=len)
    size = 0
    while size < len(shortest) and len({word[-1 - size] for word in words}) == 1:
        size += 1
    return shortest[len(shortest) - size :]
