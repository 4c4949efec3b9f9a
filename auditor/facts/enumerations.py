"""Lists of counted parts in one sentence: "农村3个、城区5个、其他2个"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from auditor.compiled import compiled
from auditor.facts.quantities import between, common_suffix, sentence_start, sentences
from auditor.facts.quantity import Quantity
from auditor.figures import Kind
from auditor.language import word

_GOES_ON = compiled(r"、[^、，,。；;:()\d]{1,12}\d")


@dataclass(frozen=True)
class Enumeration:
    """Parts of one unit that follow one another; `separator` joins the first two ("" for 和)."""

    parts: tuple[Quantity, ...]
    separator: str

    @classmethod
    def of(cls, parts: Sequence[Quantity]) -> Enumeration:
        return cls(tuple(parts), separator(parts[0], parts[1]) if len(parts) > 1 else "")

    @property
    def first(self) -> Quantity:
        return self.parts[0]

    @property
    def last(self) -> Quantity:
        return self.parts[-1]

    @property
    def tight(self) -> tuple[Quantity, ...]:
        """The leading parts that one and the same separator joins."""
        kept = [self.parts[0]]
        for part in self.parts[1:]:
            mark = separator(kept[-1], part)
            if mark not in (self.separator, ""):
                break
            kept.append(part)
        return tuple(kept)

    @property
    def nouns(self) -> list[str]:
        """The endings of two characters or more that all parts share, longest first: 片岗亭, 岗亭."""
        labels = [part.label for part in self.parts]
        suffix = common_suffix(labels)
        if any(label == suffix for label in labels):
            return []
        return [suffix[at:] for at in range(len(suffix) - 1)]

    @property
    def alike(self) -> bool:
        """Whether the parts are named in one way: "甲县…、乙县…"."""
        labels = [part.label for part in self.parts]
        return all(labels) and len(set(labels)) == len(labels) and bool(common_suffix(labels))

    @property
    def open(self) -> bool:
        """Whether more parts exist: "等" says so, or the list goes on with what another unit counts."""
        text, last = self.last.passage.text, self.tight[-1]
        return text[self.last.end : self.last.end + 1] == "等" or bool(_GOES_ON.match(text, last.end))

    @property
    def numbered(self) -> bool:
        text = self.first.passage.text
        start = sentence_start(text, self.first.start)
        return len(word("numbered_thing").findall(text[start : self.last.start])) >= len(self.parts)


def separator(left: Quantity, right: Quantity) -> str:
    """The strongest list mark between two neighbouring parts."""
    gap = between(left, right)
    marks = (mark for mark, written in ((";", ";；"), (",", ",，"), ("、", "、")) if set(written) & set(gap))
    return next(marks, "")


def enumerations(found: Iterable[Quantity]) -> Iterator[Enumeration]:
    """Every maximal list of at least two parts among the counts of a passage."""
    for sentence in sentences(q for q in found if not q.spelled):
        if len(sentence) < 2:
            continue
        units = dict.fromkeys(q.unit for q in sentence)
        for unit in units:
            run: list[Quantity] = []
            for quantity in sentence:
                if quantity.unit != unit:
                    continue
                if run and not joined(run[-1], quantity):
                    yield from _closed(run)
                    run = []
                run.append(quantity)
            yield from _closed(run)


def following(whole: Quantity, sentence: Sequence[Quantity]) -> Enumeration | None:
    """The list that begins right behind `whole`: its first part may stand alone."""
    run: list[Quantity] = []
    for quantity in sentence:
        if quantity.start <= whole.start or quantity.unit != whole.unit or quantity.spelled:
            continue
        if run and (quantity.depth > run[0].depth or not joined(run[-1], quantity)):
            if quantity.depth > run[0].depth:
                continue
            break
        run.append(quantity)
    return Enumeration.of(run) if run else None


def joined(left: Quantity, right: Quantity) -> bool:
    if left.depth != right.depth or word("total_opens").match(right.head):
        return False
    gap = between(left, right)
    return len(gap) <= 60 and not word("enumeration_break").search(gap) and bool(word("joint").search(gap))


def _closed(run: list[Quantity]) -> Iterator[Enumeration]:
    if len(run) >= 2 and all(q.figure.kind is Kind.COUNT for q in run):
        yield Enumeration.of(run)
