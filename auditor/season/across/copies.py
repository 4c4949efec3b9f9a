"""A808 and A809: the same narrative in reports of different projects, across any number of reports, near linear.

1. Sentences of the form itself are subtracted: those of a blank form that is given, and those that stand in the
   reports of very many units (`Template`). What is left of a narrative is compared.
2. Equal texts are found by their hash. Of the distinct ones sketches are made (MinHash of shingles, rensa); those
   that share a band are candidates, unless their sketches as a whole say that they have little in common. Broder
   (1997), On the resemblance and containment of documents.
3. Every candidate is verified exactly, character by character (`shared_runs`): what was not verified is not told.

Exempt: what describes the unit (`auditor.facts.narratives` leaves it out), how the evaluation was done, goals and
descriptions, and within one project everything.
"""

from __future__ import annotations

import hashlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from operator import eq

from auditor.facts.narratives import METHOD
from auditor.language.shared_text import covered, plain, shared_runs
from auditor.season.across.grouping import plain as named
from auditor.season.across.matter import Kind, Matter, Side
from auditor.season.records import REASON, Narrative, Record
from auditor.values import frozen

COPIED = Kind(
    "A808", "across.copied-narrative", "不同项目的说明雷同", "medium", "按各项目的实际情况分别说明。"
)
SAME_EVERYWHERE = Kind(
    "A809", "across.same-explanation", "一个单位各项目用同一段说明", "medium", "按各项目的实际情况分别说明。"
)

_IN_TABLE = ("INDICATOR", REASON)
_TOPICS = (*_IN_TABLE, "RESULT", "PROBLEM")
_SHORTEST = 30
_SHINGLE = 6
_PERMUTATIONS, _ROWS = 128, 4
_SEED = 20261129
_MOST_IN_BAND = 16
"""A band shared by more distinct texts tells of a turn of phrase; each is compared with this many of them (40 found no more)."""
_BATCH = 4096
_LEAST = 32
"""Equal places of two sketches, of 128. Texts of which four fifths agree in runs of 15 characters have at least 0.38 of
their shingles in common: 49 places are expected then, and 32 lie three deviations below."""
_ENDS = "。；;！!？?\n"

Narratives = Callable[[Record], Sequence[Narrative]]


@frozen(slots=True)
class _Place:
    """A narrative: the report, and its number among the narratives of that report."""

    report: int
    number: int


@dataclass
class Template:
    """Sentences of the form. `blank` are those of a blank form; others count as the form's where they stand in
    reports of at least `units` units and of so many in a thousand of all units."""

    blank: frozenset[int] = frozenset()
    units: int = 20
    per_mille: int = 100
    found: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, text: str) -> Template:
        return cls(frozenset(map(_hash, sentences(text))))

    def learn(self, reports: Iterable[tuple[Record, Sequence[Narrative]]]) -> None:
        """Counts in how many units each sentence stands."""
        units: set[str] = set()
        counts: Counter[int] = Counter()
        last: dict[int, str] = {}
        for record, texts in sorted(reports, key=lambda pair: named(pair[0].unit)):
            unit = named(record.unit) or f"#{record.id}"
            units.add(unit)
            for mark in {_hash(one) for text in texts for one in sentences(text.text)}:
                if last.get(mark) != unit:
                    last[mark] = unit
                    counts[mark] += 1
        least = max(self.units, -(-len(units) * self.per_mille // 1000))
        self.found = {mark for mark, count in counts.items() if count >= least}

    def without(self, text: str) -> str:
        """The text without the sentences of the form."""
        return "".join(
            one
            for one in sentences(text)
            if (mark := _hash(one)) not in self.blank and mark not in self.found
        )


def sentences(text: str) -> Iterator[str]:
    """With their ends and without blanks, in one punctuation."""
    start, folded = 0, "".join(plain(text).split(" "))
    for at, char in enumerate(folded):
        if char in _ENDS:
            if at > start:
                yield folded[start : at + 1]
            start = at + 1
    if start < len(folded):
        yield folded[start:]


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest())


@dataclass
class Comparison:
    """The narratives of many reports, each text kept once however often it stands."""

    records: Sequence[Record]
    narratives: Narratives
    template: Template = field(default_factory=Template)
    texts: list[str] = field(default_factory=list)
    places: list[list[_Place]] = field(default_factory=list)

    def matters(self) -> Iterator[Matter]:
        """Each copied text once, the most widely copied first."""
        self._read()
        groups = [group for group in self._groups() if len(self._projects(group)) > 1]
        for group in sorted(groups, key=lambda group: (-len(self._projects(group)), group)):
            yield self._matter(group)

    def _read(self) -> None:
        known: dict[str, int] = {}
        for at, record in enumerate(self.records):
            for number, one in enumerate(self.narratives(record)):
                if one.topic not in _TOPICS or (
                    one.topic not in _IN_TABLE and any(word in one.label for word in METHOD)
                ):
                    continue
                text = self.template.without(one.text).rstrip("。；.! ")
                if len(text) < _SHORTEST:
                    continue
                place = known.setdefault(text, len(self.texts))
                if place == len(self.texts):
                    self.texts.append(text)
                    self.places.append([])
                self.places[place].append(_Place(at, number))

    def _groups(self) -> list[list[int]]:
        """Texts that are equal for the most part, numbers of `texts`: joined where a pair was verified."""
        leader = list(range(len(self.texts)))

        def lead(at: int) -> int:
            while leader[at] != at:
                leader[at] = leader[leader[at]]
                at = leader[at]
            return at

        for first, second in candidates(self.texts):
            one, other = sorted((lead(first), lead(second)))
            if one != other and alike(self.texts[first], self.texts[second]):
                leader[other] = one
        groups: dict[int, list[int]] = defaultdict(list)
        for at in range(len(self.texts)):
            groups[lead(at)].append(at)
        return list(groups.values())

    def _projects(self, group: Sequence[int]) -> dict[str, tuple[int, _Place]]:
        """The first place in each project: (number of the text, place)."""
        first: dict[str, tuple[int, _Place]] = {}
        for at in group:
            for place in self.places[at]:
                record = self.records[place.report]
                name = record.code or named(record.project)
                first.setdefault(f"{named(record.unit)}|{name}" if name else record.sha256, (at, place))
        return first

    def _matter(self, group: Sequence[int]) -> Matter:
        found = list(self._projects(group).values())
        records = [self.records[place.report] for _, place in found]
        units = {named(record.unit) for record in records}
        text = self.texts[found[0][0]]
        shown = text if len(text) <= 60 else f"{text[:40]}……{text[-15:]}"
        many = len(units) > 1
        names = "、".join(f"{record.unit if many else ''}“{record.name}”" for record in records[:6])
        names += f"等{len(records)}个项目" if len(records) > 6 else ""
        least = min((shared(text, self.texts[at]) for at, _ in found[1:]), default=len(text))
        much = f"{len(text)}字完全相同" if least == len(text) else f"{len(text)}字里至少{least}字相同"
        sides = []
        for record, (_, place) in zip(records, found, strict=True):
            one = self.narratives(record)[place.number]
            sides.append(Side(record, one.start, one.end))
        kind = SAME_EVERYWHERE if len(units) == 1 and len(records) > 2 else COPIED
        where = f"同一单位{len(records)}个项目" if len(units) == 1 else f"{len(units)}个单位"
        return Matter(kind, f"{where}的说明雷同，{much}：{names}。相同文字：“{shown}”。", tuple(sides))


def alike(one: str, other: str) -> bool:
    """Whether four fifths of the longer text stand in the other too, in runs of 15 characters or more."""
    return shared(one, other) * 5 >= max(len(one), len(other)) * 4


def shared(one: str, other: str) -> int:
    """How many characters of `one` stand in the other, in runs of 15 characters or more."""
    if one == other:
        return len(one)
    runs = [run for run in shared_runs([one, other], 15) if (run.first, run.second) == (0, 1)]
    return covered([(run.first_at, run.first_at + run.length) for run in runs])


def candidates(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs of texts whose sketches share a band, each pair once. Raises `ModuleNotFoundError` without rensa.

    One band at a time: memory is that of the sketches (512 bytes a text), not of all bands.
    """
    sketches, digests = import_module("rensa").RMinHash, array("I")
    for start in range(0, len(texts), _BATCH):
        batch = [_shingles(text) for text in texts[start : start + _BATCH]]
        for digest in sketches.digests_from_token_sets(batch, _PERMUTATIONS, _SEED):
            digests.extend(digest)
    seen: set[int] = set()
    for first in range(0, _PERMUTATIONS, _ROWS):
        band: dict[bytes, list[int] | int] = {}
        for at in range(len(texts)):
            row = at * _PERMUTATIONS + first
            key = digests[row : row + _ROWS].tobytes()
            known = band.get(key)
            if known is None:
                band[key] = at
                continue
            own = known if isinstance(known, list) else [known]
            for other in own:
                if (pair := other * len(texts) + at) not in seen and _near(digests, other, at):
                    seen.add(pair)
                    yield other, at
            band[key] = [*own, at] if len(own) < _MOST_IN_BAND else own


def _near(digests: array[int], one: int, other: int) -> bool:
    """Whether the sketches of two texts agree in enough places."""
    one, other = one * _PERMUTATIONS, other * _PERMUTATIONS
    ours, theirs = digests[one : one + _PERMUTATIONS], digests[other : other + _PERMUTATIONS]
    equal: int = sum(map(eq, ours, theirs))
    return equal >= _LEAST


def _shingles(text: str) -> list[str]:
    return list({text[at : at + _SHINGLE] for at in range(len(text) - _SHINGLE + 1)})
