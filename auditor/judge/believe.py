"""From what a model wrote to what is believed: each item becomes a query, or is dropped with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from auditor.document import Span, View
from auditor.figures import Figure
from auditor.judge import propose, quotes, tieout
from auditor.judge.answer import Item
from auditor.judge.asks import request
from auditor.judge.matters import restates, row_of, ticked
from auditor.judge.operands import NotProposed
from auditor.judge.outcome import Attached, Dropped, Finding
from auditor.judge.prompt import Prompts
from auditor.judge.request import Inquiry
from auditor.judge.sheet import Line
from auditor.judge.sound import Unsound, near, sound
from auditor.report.model import Indicator
from auditor.rules import Result, Verdict
from auditor.values import frozen

NO_OTHER = "缺少第二处引文"
SAME_PLACE = "两处引文是同一处"
NO_EQUATION = "没有写出算式"
REPEATED = "重复提出"
CONFLICTING = "与另一条互相矛盾"
UNSPOKEN = "除模型外，没有什么说明这些数有这种关系"
_NEEDS_OTHER = ("L804", "L807")

_SLIPS = "L808"
"""Slips of the pen are asked about together, as one finding."""


class _Drop(Exception):
    """The item is not believed; the message says why."""


@frozen
class _Believed:
    item: Item
    quoted: tuple[tuple[View, Line], ...]
    tied: tieout.TieOut | None = None
    proposal: propose.Proposal | None = None

    @property
    def spans(self) -> tuple[Span, ...]:
        if self.proposal is not None:
            return self.proposal.spans
        return tuple(view.span() for view, _ in self.quoted)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The numbers that an equation is about."""
        return self.tied.figures if self.tied else self.proposal.figures if self.proposal else ()


@frozen
class Source:
    """Where the items come from."""

    model: str
    prompt: str
    answer: str


@dataclass
class Verifier:
    """Takes the items of one report's answers, in order."""

    inquiry: Inquiry
    prompts: Prompts
    results: Sequence[Result]
    dropped: list[Dropped] = field(default_factory=list)
    attached: list[Attached] = field(default_factory=list)
    merged: int = 0
    _attached: list[tuple[Result, str, frozenset[Span]]] = field(default_factory=list)
    _kept: list[tuple[_Believed, Source]] = field(default_factory=list)

    def take(self, item: Item, source: Source) -> None:
        item = _unmasked(item, self.inquiry)
        try:
            believed = self._proposed(item) if item.operands else self._believed(item)
            if self._known(believed):
                return
            if believed.proposal is not None and not propose.speaks(
                believed.proposal, self.inquiry.report, self.results
            ):
                raise _Drop(UNSPOKEN)
            self._not_again(believed)
        except (_Drop, Unsound, quotes.Misquote, tieout.NoTieOut, NotProposed) as error:
            self._drop(item, str(error))
            return
        self._kept.append((believed, source))

    def findings(self) -> list[Finding]:
        """What passed and is asked, in the order of the report; slips of the pen in one. What stands under
        one indicator has one cause."""
        asked = [pair for pair in self._kept if pair[0].proposal is None or not pair[0].proposal.holds]
        asked.sort(key=lambda pair: (pair[0].spans[0], pair[0].item.code))
        slips = [self._told(*pair) for pair in asked if pair[0].item.code == _SLIPS]
        return [self._told(*pair) for pair in asked if pair[0].item.code != _SLIPS] + _together(slips)

    def ticks(self) -> list[Finding]:
        """Relations that the model proposed and that hold, in the order of the report."""
        held = [pair for pair in self._kept if pair[0].proposal is not None and pair[0].proposal.holds]
        return [self._told(*pair) for pair in sorted(held, key=lambda pair: pair[0].spans[0])]

    def _told(self, believed: _Believed, source: Source) -> Finding:
        row = row_of(self.inquiry.report, believed.spans)
        return _finding(believed, source, self.prompts, row)

    def _drop(self, item: Item, reason: str) -> None:
        quote = item.quote or "；".join(item.operands or ())
        self.dropped.append(Dropped(item.code, item.sentence, quote[:60], reason))

    def _proposed(self, item: Item) -> _Believed:
        """A relation between numbers, evaluated. Its question is code's own where the model wrote none."""
        known = {amount.span: amount.figure for amount in self.inquiry.report.amounts}
        proposal = propose.weigh(
            item.relation or "", item.operands or (), self.inquiry.lines, known, self.inquiry.report
        )
        try:
            sound(item.question, item.question, [proposal.told], self.inquiry.facts)
        except Unsound:
            item = item.model_copy(update={"question": ""})
        return _Believed(item, (), proposal=proposal)

    def _believed(self, item: Item) -> _Believed:
        quoted = [self._quoted(item.quote, item.sentence)]
        if item.other_quote is not None and item.other_sentence is not None:
            quoted.append(self._quoted(item.other_quote, item.other_sentence))
        elif item.code in _NEEDS_OTHER or (item.other_quote is None) != (item.other_sentence is None):
            raise _Drop(NO_OTHER)
        if len(quoted) > 1 and quoted[0][0].span().overlaps(quoted[1][0].span()):
            raise _Drop(SAME_PLACE)
        told = near([line for _, line in quoted], self.inquiry.lines, self.inquiry.report)
        sound(f"{item.about} {item.question}", item.question, list(told), self.inquiry.facts)
        return _Believed(item, tuple(quoted), self._tied(item, quoted) if item.code == "L807" else None)

    def _quoted(self, quote: str, number: int) -> tuple[View, Line]:
        return quotes.place(quote, number, self.inquiry.lines)

    def _tied(self, item: Item, quoted: list[tuple[View, Line]]) -> tieout.TieOut:
        if not item.equation:
            raise _Drop(NO_EQUATION)
        known = {amount.span: amount.figure for amount in self.inquiry.report.amounts}
        return tieout.prove(item.equation, _figures(quoted), known)

    def _known(self, believed: _Believed) -> bool:
        """Whether a rule has judged the same already: then the question stands under its finding, and a
        proposal is merged with its tick mark."""
        flagged = [result for result in self.results if result.flagged]
        places = [(view.span(), line) for view, line in believed.quoted]
        code, figures, report = believed.item.code, believed.figures, self.inquiry.report
        if found := next((one for one in flagged if restates(code, places, figures, one, report)), None):
            again = (found, code, frozenset(believed.spans))
            if again not in self._attached:
                self._attached.append(again)
                self.attached.append(Attached(found, code, believed.item.quote, _question(believed)))
            return True
        held = believed.proposal is not None and believed.proposal.holds
        if held and ticked(self.results, believed.figures):
            self.merged += 1
            return True
        return False

    def _not_again(self, new: _Believed) -> None:
        """Refuses what was said before; what contradicts an earlier item takes that with it."""
        for at, (old, _) in enumerate(self._kept):
            if new.item.code != old.item.code or not _same_places(new, old):
                continue
            if new.tied and old.tied and _conflict(new.tied, old.tied):
                del self._kept[at]
                self._drop(old.item, CONFLICTING)
                raise _Drop(CONFLICTING)
            raise _Drop(REPEATED)


def _question(believed: _Believed) -> str:
    """The question in its own words, or what the equation says."""
    asked = " ".join(believed.item.question.split())
    return asked or (
        f"按“{believed.proposal.kind}”核对：{believed.proposal.told}，请说明。" if believed.proposal else ""
    )


def _unmasked(item: Item, inquiry: Inquiry) -> Item:
    texts = ("quote", "other_quote", "about", "question", "equation")
    update: dict[str, object] = {
        name: inquiry.mask.unmask(value) for name in texts if (value := getattr(item, name)) is not None
    }
    if item.operands is not None:
        update["operands"] = [inquiry.mask.unmask(part) for part in item.operands]
    return item.model_copy(update=update)


def _figures(quoted: Iterable[tuple[View, Line]]) -> list[Figure]:
    found = {figure.span: figure for view, line in quoted for figure in quotes.figures(view, line)}
    return list(found.values())


def _same_places(one: _Believed, other: _Believed) -> bool:
    """Whether every quote of either overlaps a quote of the other."""
    return all(any(a.overlaps(b) for b in other.spans) for a in one.spans) and all(
        any(a.overlaps(b) for b in one.spans) for a in other.spans
    )


def _conflict(one: tieout.TieOut, other: tieout.TieOut) -> bool:
    """Two different equations over the same figures cannot both be what the report means."""
    same = {figure.span for figure in one.figures} == {figure.span for figure in other.figures}
    return same and one.calculation != other.calculation


def _finding(believed: _Believed, source: Source, prompts: Prompts, row: Indicator | None) -> Finding:
    item, proposal = believed.item, believed.proposal
    question = prompts.questions[item.code]
    about = " ".join(item.about.split()).strip('“”"「」：:')
    holds = proposal is not None and proposal.holds
    asked = (
        f"{proposal.told}（配对由模型提出）" if proposal and holds else _question(believed) or question.ask
    )
    return Finding(
        rule=question.rule,
        verdict=Verdict.CONSISTENT if holds else Verdict.QUERY,
        message=(f"“{about}”：" if about else "") + asked,
        evidence=believed.spans,
        relations=(believed.tied.relation,) if believed.tied else (),
        calculation=proposal.told if proposal else "",
        suggestion="" if holds else request(question, row, about),
        culprits=(row.name_view.span(),) if row is not None and proposal is None else (),
        key=tuple(view.text for view, _ in believed.quoted) or tuple(one.raw for one in believed.figures),
        origin="model",
        model=source.model,
        prompt=source.prompt,
        answer=source.answer,
    )


def _together(slips: list[Finding]) -> list[Finding]:
    """All slips of the pen as one finding, in the order of the report."""
    if len(slips) < 2:
        return slips
    first, words = slips[0], [one.message.rstrip("。；") for one in slips]
    return [
        replace(
            first,
            message="；".join(words) + "。",
            evidence=tuple(span for one in slips for span in one.evidence),
            key=tuple(part for one in slips for part in one.key),
            culprits=(),
        )
    ]
