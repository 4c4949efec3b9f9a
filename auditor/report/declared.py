"""What a form declares for itself beside its scoring rules: scale of grades, word limits, formulas."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from auditor.compiled import compiled
from auditor.document import View
from auditor.report.formulas import named_formulas
from auditor.report.model import Band, Passage, Report, Section, TextKind, WordLimit

_WORDS = r"优秀?|良好?|中等?|及格|合格|不及格|不合格|较好|好(?=[、，,；;。”\")（(]|$)|一般|较差|差"
_ANY_WORD = compiled(_WORDS)
_DIGIT = compiled(r"[\d①-⑨²³]")
_N = r"\d{1,3}(?:\.\d+)?"
_IN = r"(?:\(?含\)?(?:本数)?)?"
_BANDS = (
    compiled(rf"(?P<a>{_N})分?{_IN}?分?(?:-|~|—|至|到)(?P<b>{_N})分?(?:\(不?含\))?分?[:为的是]{{0,2}}[“\"]?(?P<w>{_WORDS})(?![点项\d])"),
    compiled(rf"(?P<a>{_N})分?{_IN}分?及?\(?(?:含\))?以上(?:[，,、]?(?:且|但|并)?(?:不足|不满|未满|低于|不到|小于|至|到)?(?P<b>{_N})分?{_IN}(?:以下)?)?(?:的)?[:为是]{{0,2}}[“\"]?(?P<w>{_WORDS})"),
    compiled(rf"(?P<b>{_N})分?(?:及)?以下(?:的)?[:为是]{{0,2}}[“\"]?(?P<w>{_WORDS})"),
    compiled(rf"(?:得分|总分|评分|分值|分数|S|F)?(?:≥|>=)(?P<a>{_N})分?[^。；]{{0,10}}?(?:评[分定级]|等[级次]|为|评价)[为是:]{{0,2}}[“\"]?(?P<w>{_WORDS})"),
    compiled(rf"[“\"]?(?P<w>优秀|良好|中等|较好|一般|较差|优|良|中|差|(?<![良较])好)[”\"]?[:(](?P<a>{_N})分?(?:\(含\))?(?:-|~|至|及?以上)(?P<b>{_N})?"),
)  # fmt: skip
_LIMIT = compiled(
    r"(?P<low>不低于|不少于|不得少于|至少)?(?P<up>不超过|不多于|不得超过|控制在|限)?(?:\d{1,3}条)?[,，]?(?P<n>\d{2,5})(?:-(?P<m>\d{2,5}))?(?:个)?(?:汉)?字(?:符)?(?P<tail>以内|之内|以下|以上|左右)?"
)


MOST_LIMITS = 40
"""Of so many limits of length the texts are looked for; no form lays down more."""
_Texts = tuple[tuple[str, View], ...]


def read_declared(report: Report) -> None:
    """Fills the declared rules of `report`; needs its indicators and problems."""
    limits = _Limits(report)
    for passage in report.passages:
        text = passage.text
        if "=" not in text and not _DIGIT.search(text):
            continue
        if _ANY_WORD.search(text) and len(report.scale) < 3:
            _scale(passage, report)
        if "字" in text:
            limits.read(passage)
        if "=" in text and passage.kind is not TextKind.CELL:
            report.formulas.extend(named_formulas(passage.view))


def _scale(passage: Passage, report: Report) -> None:
    text = passage.text
    if passage.kind is TextKind.CELL and len(text) < 12:
        return
    found: dict[str, Band] = {}
    for pattern in _BANDS:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            low, high = groups.get("a"), groups.get("b")
            word = match["w"]
            if word in found:
                continue
            view = passage.view.part(*match.span())
            top = Decimal(high) if high else None
            if low is None:
                found[word] = Band(word, Decimal(0), top, view)
            else:
                found[word] = Band(
                    word,
                    min(Decimal(low), top or Decimal(low)),
                    max(top, Decimal(low)) if top else None,
                    view,
                )
    excellent = any(word.startswith("优") or word == "好" for word in found)
    if excellent and (len(found) >= 2 or not report.scale):
        report.scale = sorted(found.values(), key=lambda band: -band.low)


class _Governed(NamedTuple):
    """What a limit speaks of: the same under the same key."""

    key: str
    texts: Callable[[], _Texts]


class _Limits:
    """Reads limits of length and what they govern; what several govern is looked for once."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._seen: set[tuple[str, str]] = set()

    def read(self, passage: Passage) -> None:
        """Adds the limits that the passage lays down to the report."""
        if len(passage.text) > 80:
            return
        for match in _LIMIT.finditer(passage.text):
            low, up, tail = match["low"], match["up"], match["tail"]
            number = int(match["n"])
            minimum = number if low or tail == "以上" or match["m"] else None
            maximum = (
                int(match["m"]) if match["m"] else number if up or tail in ("以内", "之内", "以下") else None
            )
            if minimum is None and maximum is None:
                continue
            scope = compiled(r"[(（]").split(passage.text)[0]
            governed = self._governed(passage)
            if (scope, governed.key) in self._seen:
                continue  # the header printed again after a page break
            self._seen.add((scope, governed.key))
            few = len(self._report.word_limits) < MOST_LIMITS
            applies = governed.texts() if few else ()
            self._report.word_limits.append(
                WordLimit(passage.view.part(*match.span()), scope, minimum, maximum, applies)
            )

    def _governed(self, passage: Passage) -> _Governed:
        """The texts a limit speaks of: the column under it, the problems, or the texts that follow."""
        if ("指标" in passage.text or "说明" in passage.text) and self._narratives:
            return _Governed("narratives", lambda: self._narratives)
        if "问题" in passage.text:
            return _Governed("problems", lambda: self._problems)
        if compiled(r"改进|整改|建议").search(passage.text):
            return _Governed("measures", lambda: self._measures)
        if passage.kind is TextKind.CELL:
            stop = self._stop(passage)
            return _Governed(f"cells to {stop}", lambda: self._cells_below(passage, stop))
        return _Governed(f"section at {passage.span.start}", lambda: self._section(passage))

    def _section(self, passage: Passage) -> _Texts:
        section = self._sections.get(id(passage.view))
        if section is None or not section.passages[1:]:
            return ()
        return ((section.title, _joined([each.view for each in section.passages[1:]])),)

    @cached_property
    def _narratives(self) -> _Texts:
        return tuple((each.name, each.narrative) for each in self._report.indicators if each.narrative)

    @cached_property
    def _problems(self) -> _Texts:
        return tuple((f"问题{n}", each.view) for n, each in enumerate(self._report.problems, 1))

    @cached_property
    def _measures(self) -> _Texts:
        return tuple((f"措施{n}", each.view) for n, each in enumerate(self._report.measures, 1))

    @cached_property
    def _sections(self) -> dict[int, Section]:
        return {id(each.view): each for each in reversed(self._report.sections)}

    @cached_property
    def _cells(self) -> list[Passage]:
        long = (one for one in self._report.passages if one.kind is TextKind.CELL and len(one.text) >= 30)
        return sorted(long, key=lambda one: one.span.start)

    @cached_property
    def _tables(self) -> list[int]:
        starts = [table.span.start for table in self._report.money_tables]
        return sorted([*starts, *(each.span.start for each in self._report.indicators[:1])])

    def _stop(self, passage: Passage) -> int:
        """Where the cells under a cell end: with the next table."""
        at = bisect_right(self._tables, passage.span.start)
        return self._tables[at] if at < len(self._tables) else self._report.span.end

    def _cells_below(self, passage: Passage, stop: int) -> _Texts:
        first, last = (
            bisect_left(self._cells, place, key=lambda one: one.span.start)
            for place in (passage.span.end, stop)
        )
        return tuple((each.label, each.view) for each in self._cells[first:last])


def _joined(views: list[View]) -> View:
    runs: list[tuple[int, int]] = []
    length = 0
    for view in views:
        runs.extend((offset + length, place) for offset, place in view.runs)
        length += len(view.text)
    return View("".join(view.text for view in views), tuple(runs))
