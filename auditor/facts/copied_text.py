"""What a narrative of results copies from goals, from the outline, from other narratives.

目标：改造老旧管网十二公里，… · 社会效益。改造老旧管网十二公里，…      a copy of the goal
完好率：… · 达标率：… with the same words behind the name             a copy of another indicator
What the two tell of the same thing is no copy; nor is a fact told again with its number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from auditor.compiled import compiled
from auditor.document import View
from auditor.facts.narratives import Narrative, Topic, narratives
from auditor.figures import Kind, scan
from auditor.language import word
from auditor.language.shared_text import Run, covered, nameless, plain, shared_runs
from auditor.report.model import Report
from auditor.values import frozen

_SHORTEST_NARRATIVE = 8
_SHORTEST_EXPLANATION = 12
_RETOLD = 40  # a fact with its number takes no more words than that
_DATA = (Kind.MONEY, Kind.RATE, Kind.COUNT, Kind.POINTS, Kind.PLAIN)


@dataclass
class Copy:
    """`copy` holds text of `source`: pairs (start in the copy, start in the source, length)."""

    copy: int
    source: int
    pieces: list[tuple[int, int, int]] = field(default_factory=list)

    @property
    def length(self) -> int:
        return covered([(at, at + length) for at, _, length in self.pieces])

    @property
    def taken(self) -> int:
        """How much of the source went into the copy."""
        return covered([(at, at + length) for _, at, length in self.pieces])

    @property
    def longest(self) -> tuple[int, int, int]:
        return max(self.pieces, key=lambda piece: piece[2])


@frozen
class Repeated:
    """One text printed twice in the same stretch: goal and result of a form flattened into one line."""

    view: View  # from the first label on
    text: View  # as printed the second time
    length: int


@frozen
class Compared:
    """Narratives compared character by character; `groups` are copies of the same piece of one source."""

    items: list[Narrative]
    groups: list[list[Copy]]
    repeated: list[Repeated]

    @property
    def judged(self) -> list[Narrative]:
        return [item for item in self.items if _judged(item)]


def compared(report: Report, shortest: int) -> Compared:
    """Every narrative against every other text; `shortest`: so many equal characters count."""
    items = narratives(report)
    names = [name for name in (report.project, report.unit, report.title) if len(name) >= 4]
    texts = [plain(item.text) for item in items]
    masked = [nameless(text, names) for text in texts]
    runs = list(shared_runs(texts, shortest))
    chosen = _chosen(items, _pairs(items, texts, masked, runs, shortest))
    return Compared(items, _groups(chosen), list(_repeated(items, runs, shortest)))


def _repeated(items: list[Narrative], runs: list[Run], shortest: int) -> Iterator[Repeated]:
    for run in runs:
        first_end = run.first_at + run.length
        near = run.first == run.second and run.second_at - first_end <= 20
        if not near or run.length < 2 * shortest:
            continue
        view = items[run.first].view
        start, end = max(0, run.first_at - 20), run.second_at + run.length
        labels = view.text[start : run.first_at] + view.text[first_end : run.second_at]
        if "目标" in labels and compiled(r"完成|实现").search(labels):
            yield Repeated(view.part(start, end), view.part(run.second_at, end), run.length)


def _judged(item: Narrative) -> bool:
    return item.topic in (Topic.INDICATOR, Topic.RESULT) and not item.filled_by_system


def _pairs(
    items: list[Narrative], texts: list[str], masked: list[str], runs: list[Run], shortest: int
) -> list[Copy]:
    """What each judged narrative has in common with each text it may not copy."""
    found: dict[tuple[int, int], Copy] = {}

    def add(copy: int, copy_at: int, source: int, source_at: int, length: int) -> None:
        repeats_later = items[copy].topic is items[source].topic is Topic.RESULT and source > copy
        if _judged(items[copy]) and not repeats_later and not _may_agree(items[copy], items[source]):
            pair = found.setdefault((copy, source), Copy(copy, source))
            pair.pieces.append((copy_at, source_at, length))

    for run in _runs(items, texts, runs, shortest):
        own = run.length - masked[run.first].count("\0", run.first_at, run.first_at + run.length)
        if own < min(run.length, shortest):
            continue
        add(run.first, run.first_at, run.second, run.second_at, run.length)
        add(run.second, run.second_at, run.first, run.first_at, run.length)
    return list(found.values())


def _runs(items: list[Narrative], texts: list[str], runs: list[Run], shortest: int) -> Iterator[Run]:
    """Long common runs, then short indicator narratives that are equal as a whole."""
    for run in runs:
        first, second = items[run.first].view, items[run.second].view
        if run.first != run.second and first.place(run.first_at) != second.place(run.second_at):
            yield run
    yield from _same_explanations(items, texts)
    first_of: dict[str, int] = {}
    for at, (item, text) in enumerate(zip(items, texts, strict=True)):
        bare = text.rstrip("。；.!")
        if item.topic is Topic.INDICATOR and _SHORTEST_NARRATIVE <= len(bare) < shortest:
            earlier = first_of.setdefault(bare, at)
            if earlier != at:
                yield Run(earlier, 0, at, 0, len(bare))


def _same_explanations(items: list[Narrative], texts: list[str]) -> Iterator[Run]:
    """ "完好率：…" and "达标率：…" with the same words behind the name of the indicator."""
    first_of: dict[str, tuple[int, int]] = {}
    for at, (item, text) in enumerate(zip(items, texts, strict=True)):
        if item.topic is Topic.RESULT and (start := _explains(item)):
            words = text[start:].rstrip("。；.!")
            if len(words) >= _SHORTEST_EXPLANATION:
                earlier, place = first_of.setdefault(words, (at, start))
                if earlier != at:
                    yield Run(earlier, place, at, start, len(words))


def _explains(item: Narrative) -> int:
    """Where the explanation begins of a text that an indicator's name opens; 0 for other texts."""
    lead = word("indicator_lead").match(item.text)
    return lead.end() if lead else 0


def _may_agree(copy: Narrative, source: Narrative) -> bool:
    """Whether the two tell of the same thing, so that equal words are no copying."""
    if source.topic is Topic.PROBLEM or copy.label == source.label:
        return True
    if copy.indicator and source.indicator:
        return copy.indicator is source.indicator or copy.indicator.name == source.indicator.name
    if source.topic.planned or copy.in_cell == source.in_cell:
        return False
    classes, others = _classes(copy), _classes(source)
    return not (classes and others) or bool(classes & others)


def _classes(item: Narrative) -> set[str]:
    return set(word("names_class").findall(item.indicator.place if item.indicator else item.label))


def _chosen(items: list[Narrative], pairs: list[Copy]) -> list[Copy]:
    """For each copied narrative the source it shares most with; each pair in one direction only."""
    of: dict[int, list[Copy]] = defaultdict(list)
    for pair in pairs:
        of[pair.copy].append(pair)
    chosen: dict[int, Copy] = {}
    for copy, candidates in of.items():
        union = _Shared(
            items[copy], [(at, at + length) for pair in candidates for at, _, length in pair.pieces]
        )
        copied = [pair for pair in candidates if _copied(items, pair, union)]
        if copied:
            chosen[copy] = max(
                copied, key=lambda pair: (pair.length, -items[pair.source].topic.value, -pair.source)
            )
    for copy, pair in list(chosen.items()):
        back = chosen.get(pair.source)
        if back is not None and back.source == copy and copy in chosen:
            ours, theirs = pair.length * len(items[pair.source].text), back.length * len(items[copy].text)
            del chosen[copy if (ours, copy) < (theirs, pair.source) else pair.source]
    return [chosen[copy] for copy in sorted(chosen)]


class _Shared:
    """What a narrative has in common with any other: pairs (start, end)."""

    def __init__(self, item: Narrative, spans: list[tuple[int, int]]) -> None:
        self._item, self._spans = item, spans

    @cached_property
    def chars(self) -> int:
        return covered(self._spans)

    @cached_property
    def has_data_beside(self) -> bool:
        return any(
            figure.kind in _DATA
            and not any(start < figure.end and figure.start < end for start, end in self._spans)
            for figure in scan(self._item.view)
        )

    @cached_property
    def tells_facts(self) -> bool:
        """Whether what is shared states a number that is no goal."""
        return any(
            figure.kind in _DATA
            and any(start <= figure.start and figure.end <= end for start, end in self._spans)
            and not word("plan").search(self._item.text[max(0, figure.start - 20) : figure.start])
            for figure in scan(self._item.view)
        )


def _copied(items: list[Narrative], best: Copy, union: _Shared) -> bool:
    """Whether what is shared makes a copy of the whole narrative, not a phrase they have in common."""
    item, source = items[best.copy], items[best.source]
    size = len(item.text)
    if best.longest[2] + _explains(item) + 1 >= size and _explains(source):
        return True
    if item.topic is Topic.RESULT and source.topic is Topic.RESULT and best.longest[2] < 30:
        return False
    if source.topic is Topic.DESCRIPTION and best.longest[2] < _RETOLD and union.tells_facts:
        return False  # what was done, told again in the next chapter
    if union.chars * 5 >= size * 4:
        return True
    if source.topic is Topic.GOAL and best.length >= 40 and best.taken * 3 >= len(source.text) * 2:
        return True
    return union.chars * 2 >= size and not union.has_data_beside


def _groups(chosen: list[Copy]) -> list[list[Copy]]:
    """Copies of the same piece of one source belong together, also when copied from a copy."""
    by_copy = {pair.copy: pair for pair in chosen}
    groups: list[_Group] = []
    by_source: dict[int, list[_Group]] = defaultdict(list)
    for pair in chosen:
        _, at, length = pair.longest
        source = pair.source
        while source in by_copy and source > by_copy[source].source:
            copy_at, source_at, copied = by_copy[source].longest
            if at + length <= copy_at or copy_at + copied <= at:
                break
            at, source = max(at, copy_at) - copy_at + source_at, by_copy[source].source
        group = next((own for own in by_source[source] if own.touches(at, length)), None)
        if group is None:
            group = _Group(at)
            groups.append(group)
            by_source[source].append(group)
        group.add(pair)
    return [group.pairs for group in groups]


@dataclass
class _Group:
    """Copies of one piece of a source, which begins `at` there and is `reach` long at most."""

    at: int
    reach: int = 0
    pairs: list[Copy] = field(default_factory=list)

    def touches(self, at: int, length: int) -> bool:
        return at < self.at + self.reach and self.at < at + length

    def add(self, pair: Copy) -> None:
        self.pairs.append(pair)
        self.reach = max(self.reach, pair.longest[2])
