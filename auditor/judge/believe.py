"""From what a model wrote to what is believed: each item becomes a query, or is dropped with a reason."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from auditor.document import Span, View
from auditor.figures import Figure
from auditor.judge import quotes, tieout
from auditor.judge.answer import Item
from auditor.judge.outcome import Dropped, Finding
from auditor.judge.prompt import Prompts
from auditor.judge.request import Inquiry
from auditor.judge.sheet import Line
from auditor.rules import Result, Verdict
from auditor.rules.family import About, is_about

NO_OTHER = "缺少第二处引文"
SAME_PLACE = "两处引文是同一处"
NO_EQUATION = "没有写出算式"
REPEATED = "重复提出"
CONFLICTING = "与另一条互相矛盾"
RESTATED = "程序已有结论"
NOT_A_QUESTION = "自称没有问题"
INVENTED = "提问里有引文以外的数字"
TOO_LONG = "提问过长"

_LONGEST = 300
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_NOTHING = re.compile(
    r"^(?:没有|未发现|无|不存在)(?:明显|任何)?(?:问题|矛盾|异常|不一致)|(?:表述|前后|数据)(?:完全)?一致[，。]?(?:无需|不需)"
)
_NEEDS_OTHER = ("L804", "L807")

_SAME_MATTER: dict[str, tuple[str, ...]] = {
    "L801": ("C701", "C702", "C703"),
    "L803": ("C703",),
    "L804": ("S210", "I301", "N403", "F107", "S206"),
    "L806": ("S208",),
}
"""Rules that ask the same thing of the same words."""
_OF_FIGURES = "L807"
"""Any rule about figures may have asked that."""


class _Drop(Exception):
    """The item is not believed; the message says why."""


@dataclass(frozen=True)
class _Believed:
    item: Item
    quoted: tuple[tuple[View, Line], ...]
    tied: tieout.TieOut | None

    @property
    def spans(self) -> tuple[Span, ...]:
        return tuple(view.span() for view, _ in self.quoted)


@dataclass(frozen=True)
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
    results: Iterable[Result]
    dropped: list[Dropped] = field(default_factory=list)
    _kept: list[tuple[_Believed, Source]] = field(default_factory=list)

    def take(self, item: Item, source: Source) -> None:
        item = _unmasked(item, self.inquiry)
        try:
            believed = self._believed(item)
            self._not_again(believed)
        except (_Drop, quotes.Misquote, tieout.NoTieOut) as error:
            self._drop(item, str(error))
            return
        self._kept.append((believed, source))

    def findings(self) -> list[Finding]:
        """What passed, in the order of the report."""
        ordered = sorted(self._kept, key=lambda pair: (pair[0].spans[0], pair[0].item.code))
        return [_finding(believed, source, self.prompts) for believed, source in ordered]

    def _drop(self, item: Item, reason: str) -> None:
        self.dropped.append(Dropped(item.code, item.sentence, item.quote[:60], reason))

    def _believed(self, item: Item) -> _Believed:
        quoted = [self._quoted(item.quote, item.sentence)]
        if item.other_quote is not None and item.other_sentence is not None:
            quoted.append(self._quoted(item.other_quote, item.other_sentence))
        elif item.code in _NEEDS_OTHER or (item.other_quote is None) != (item.other_sentence is None):
            raise _Drop(NO_OTHER)
        if len(quoted) > 1 and quoted[0][0].span().overlaps(quoted[1][0].span()):
            raise _Drop(SAME_PLACE)
        _sound(item, [line for _, line in quoted])
        tied = self._tied(item, quoted) if item.code == "L807" else None
        believed = _Believed(item, tuple(quoted), tied)
        if any(_restates(believed, result) for result in self.results):
            raise _Drop(RESTATED)
        return believed

    def _quoted(self, quote: str, number: int) -> tuple[View, Line]:
        return quotes.find(quote, number, self.inquiry.lines), self.inquiry.lines[number]

    def _tied(self, item: Item, quoted: list[tuple[View, Line]]) -> tieout.TieOut:
        if not item.equation:
            raise _Drop(NO_EQUATION)
        known = {amount.span: amount.figure for amount in self.inquiry.report.amounts}
        return tieout.prove(item.equation, _figures(quoted), known)

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


def _unmasked(item: Item, inquiry: Inquiry) -> Item:
    texts = ("quote", "other_quote", "about", "question", "equation")
    return item.model_copy(
        update={
            name: inquiry.mask.unmask(value) for name in texts if (value := getattr(item, name)) is not None
        }
    )


def _figures(quoted: Iterable[tuple[View, Line]]) -> list[Figure]:
    found = {figure.span: figure for view, line in quoted for figure in quotes.figures(view, line)}
    return list(found.values())


def _sound(item: Item, lines: list[Line]) -> None:
    """The question must ask something, briefly, and bring no figure of its own."""
    words = f"{item.about} {item.question}"
    if len(words) > _LONGEST:
        raise _Drop(TOO_LONG)
    if _NOTHING.search(item.question):
        raise _Drop(NOT_A_QUESTION)
    there = {number for line in lines for number in _numbers(line.text)}
    if not _numbers(words) <= there:
        raise _Drop(INVENTED)


def _numbers(text: str) -> set[str]:
    plain, _ = quotes.folded(text)
    return {match.group().replace(",", "") for match in _NUMBER.finditer(plain)}


def _same_places(one: _Believed, other: _Believed) -> bool:
    """Whether every quote of either overlaps a quote of the other."""
    return all(any(a.overlaps(b) for b in other.spans) for a in one.spans) and all(
        any(a.overlaps(b) for b in one.spans) for a in other.spans
    )


def _conflict(one: tieout.TieOut, other: tieout.TieOut) -> bool:
    """Two different equations over the same figures cannot both be what the report means."""
    same = {figure.span for figure in one.figures} == {figure.span for figure in other.figures}
    return same and one.calculation != other.calculation


def _restates(believed: _Believed, result: Result) -> bool:
    """Whether a rule has already asked this of all the places the item speaks of."""
    code = result.rule.code
    same = code in _SAME_MATTER.get(believed.item.code, ())
    if believed.item.code == _OF_FIGURES:
        same = is_about(code, About.FIGURES)
    if not result.flagged or not same:
        return False
    if believed.tied is not None:
        return all(
            any(span.overlaps(figure.span) for span in result.evidence) for figure in believed.tied.figures
        )
    return all(
        any(view.span().overlaps(span) for view in line.views for span in result.evidence)
        for _, line in believed.quoted
    )


def _finding(believed: _Believed, source: Source, prompts: Prompts) -> Finding:
    item = believed.item
    question = prompts.questions[item.code]
    about = " ".join(item.about.split()).strip('“”"「」：:')
    return Finding(
        rule=question.rule,
        verdict=Verdict.QUERY,
        message=(f"“{about}”：" if about else "") + " ".join(item.question.split()),
        evidence=believed.spans,
        relations=(believed.tied.relation,) if believed.tied else (),
        suggestion=question.ask,
        key=tuple(view.text for view, _ in believed.quoted),
        origin="model",
        model=source.model,
        prompt=source.prompt,
        answer=source.answer,
    )
