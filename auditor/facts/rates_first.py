"""Rates that stand before the counts they are made of, turned round so that they read as running text does.

合格率96%（抽查250份，合格240份）            抽查250份，合格240份，合格率96%
随访率 | ≥90% | 93.5%（应随访12400人，…）    应随访12400人，…，随访率93.5%: a cell's rate has the name of its row
到位率 | ≥90% | 应巡查480次，…，95%          the same with the counts before

Every character keeps its place in the document, so that what is said of such a text quotes the document.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from auditor.compiled import compiled
from auditor.document import View
from auditor.facts.claim import Claim, Shape, Strength
from auditor.facts.quantity import Quantity, quantities_of
from auditor.facts.slip import worth_asking
from auditor.facts.stated import once
from auditor.figures import Figure, Kind, Relation
from auditor.figures.relation import Operation
from auditor.language import word
from auditor.report.model import Indicator, Passage, Report, TextKind

_BRACKET = compiled(r"[(（](?P<inside>[^()（）]{3,80})[)）]")
_CLAUSE = compiled(r"[^，,。；;：:、()（）\n]{0,24}$")
_NAMED = compiled(r"[\u4e00-\u9fff]{2}[^\d，,。；;]{0,6}$")
_EDGES = " ，,。；;：:、()（）"
_COUNTED = (Kind.COUNT, Kind.MONEY, Kind.PLAIN)
_TWO = 2
_FRACTION = compiled(
    r"(?P<part>\d[\d,]*(?:\.\d+)?)[\u4e00-\u9fff]{0,2}[/÷](?P<whole>\d[\d,]*(?:\.\d+)?)[\u4e00-\u9fff]{0,2}(?=，|$)"
)


@once
def turned(report: Report) -> Iterator[Passage]:
    """The rates of the report whose counts follow in brackets, and those of indicator cells that hold their
    counts: each as a text that tells the counts, then the rate."""
    cells = [
        (row, view) for row in report.indicators for view in (row.target, row.actual) if view is not None
    ]
    for row, view in cells:
        yield from _of_cell(row, view)
    own = {view.span() for _, view in cells}
    for passage in report.prose:
        if passage.span not in own and ("%(" in passage.text or "%（" in passage.text):
            yield from _of_text(passage)


def _of_cell(row: Indicator, view: View) -> Iterator[Passage]:
    if "%" not in view.text:
        return
    passage = Passage(view, TextKind.PROSE, label=row.name)
    rates = _rates(passage)
    if len(rates) != 1 or rates[0].is_bound:
        return
    rate = rates[0]
    before, behind = view.part(0, rate.start), view.part(rate.end, len(view.text))
    words = _clause_before(before)
    name = words if words is not None and _NAMED.search(words.text) else row.name_view
    counts = [_trimmed(one) for one in (before, behind)]
    if name is not row.name_view:
        if not behind.text.startswith(("(", "（")):
            return  # running text as it stands
        counts = counts[1:]
    told = [one for one in counts if one.text]
    if sum(map(_counted, told)) >= _TWO:
        yield replace(passage, view=_told([*told, name.join(view.part(rate.start, rate.end))]))


def _of_text(passage: Passage) -> Iterator[Passage]:
    for rate in _rates(passage):
        bracket = _BRACKET.match(passage.text, rate.end)
        if bracket is None or rate.is_bound:
            continue
        inside = passage.view.part(*bracket.span("inside"))
        words = _CLAUSE.search(passage.text, max(0, rate.start - 24), rate.start)
        if words is None or "%" in inside.text or _counted(inside) < _TWO:
            continue
        yield replace(passage, view=_told([inside, passage.view.part(words.start(), rate.end)]))


def _told(parts: Sequence[View]) -> View:
    """The parts in that order with a comma between, which stands nowhere in the document."""
    whole, *rest = parts
    for part in rest:
        whole = whole.join(View("，", ((0, part.span().start),))).join(part)
    return whole


def _rates(passage: Passage) -> list[Figure]:
    return [figure for figure in passage.figures if figure.kind is Kind.RATE and figure.upper is None]


def _counted(view: View) -> int:
    """How many counts a text tells; a fraction is two."""
    if _FRACTION.fullmatch(view.text):
        return _TWO
    return sum(figure.kind in _COUNTED for figure in Passage(view, TextKind.PROSE).figures)


def _clause_before(view: View) -> View | None:
    match = _CLAUSE.search(view.text)
    return view.part(*match.span()) if match is not None and match.group() else None


def _trimmed(view: View) -> View:
    text = view.text
    start = len(text) - len(text.lstrip(_EDGES))
    return view.part(start, max(start, len(text.rstrip(_EDGES))))


def beside(report: Report) -> Iterator[Claim]:
    """What a cell or a bracket gives beside its rate and nothing else is what the rate is made of: a fraction
    ("96%（480/500）"), or two counts of one unit, asked about where one slip explains the rate."""
    for passage in turned(report):
        found = quantities_of(passage)
        rate = found[-1]
        match = _FRACTION.match(passage.text)
        if match is not None:
            part, whole = (_number(passage, *match.span(at)) for at in ("part", "whole"))
            relation = Relation(rate.figure, (part.figure, whole.figure), operation=Operation.RATIO)
            if whole.figure.value > 0:
                yield Claim(Shape.RATE, relation, rate, (part, whole), Strength.ASK)
            continue
        if len(found) != _TWO + 1 or rate.figure.amount > 1 or rate.figure.is_vague:
            continue
        part, whole = sorted(found[:_TWO], key=lambda one: one.figure.amount)
        sound = part.is_plain and whole.is_plain and part.figure.amount > 0
        if not sound or part.kind is not whole.kind or part.unit != whole.unit:
            continue
        relation = Relation(rate.figure, (part.figure, whole.figure), operation=Operation.RATIO)
        back = any(word("survey_back").search(one.head) for one in (part, whole))
        if relation.meets or (not back and worth_asking(relation, named=True)):
            yield Claim(Shape.RATE, relation, rate, (part, whole), Strength.ASK)


def _number(passage: Passage, start: int, end: int) -> Quantity:
    """A number of a fraction, which reads like a code to the scanner."""
    text = passage.text[start:end]
    decimals = len(text.partition(".")[2])
    value = Decimal(text.replace(",", ""))
    figure = Figure(passage.view, start, end, Kind.PLAIN, value, "", Decimal(1), decimals)
    return Quantity(figure, passage, "", "", text, 0, 0, 0, 0)
