"""Weights and scores of indicator classes that are told in prose, not in a table."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from auditor.compiled import compiled
from auditor.document import View
from auditor.facts.quantity import Quantity, quantities_of
from auditor.facts.stated import facts_of
from auditor.figures import Figure, Kind
from auditor.language import any_of, word
from auditor.report.model import Passage, Report, TextKind
from auditor.values import frozen

# Names of classes as written, and the class they stand for.
CLASSES: dict[str, str] = {
    "产出": "产出", "效益": "效益", "效果": "效益", "满意度": "满意度", "预算执行率": "预算执行", "预算执行": "预算执行",
    "资金执行": "预算执行", "成本": "成本", "决策": "决策", "过程": "过程", "投入": "投入", "结果": "结果", "影响力": "影响力",
    "管理": "管理", "加分": "加分",
}  # fmt: skip
_NAMES = "|".join(sorted(CLASSES, key=len, reverse=True))
_HUNDRED = 100  # points of all classes
_SEVERAL = 3  # classes
_OWN = "".join(f"(?<!{name})" for name in CLASSES)  # "决策满分15分" is the full score of one class


@frozen
class Part:
    """A class of indicators with its points; `view` is the clause that says so."""

    name: str
    figure: Figure
    view: View


@frozen
class Statement:
    """A full score stated in prose ("总分为100分") with the parts named after it.

    `closed`  no other points are named between: the parts are meant to be all
    `earned`  the sum of points that the passage says was scored ("综合评定99分"), if any
    """

    total: Figure
    total_view: View
    parts: tuple[Part, ...]
    closed: bool
    earned: Figure | None

    @property
    def tells_scores(self) -> bool:
        """Whether the parts are what was earned, not what each class is worth: "总分100分，自评96分：产出48分…"."""
        if self.earned is None or self.earned.value == self.total.value:
            return False
        return sum(part.figure.value for part in self.parts) == self.earned.value


def statements(report: Report) -> list[Statement]:
    """Full scores that prose breaks down into at least two classes."""
    found = []
    overall = (one.score for one in report.totals if one.scope is None and one.score is not None)
    earned = next(overall, None)
    for passages in _stretches(report):
        statement = _statement(passages)
        if statement is not None:
            found.append(replace(statement, earned=statement.earned or earned))
    return found


def class_weights(report: Report) -> list[Part]:
    return [part for statement in statements(report) for part in statement.parts]


def class_scores(report: Report) -> list[Part]:
    """Scores told in the section of a class: heading "（三）项目产出" … "自评得分100"."""
    found = []
    for section, following in zip_longest(report.sections, report.sections[1:]):
        names = {CLASSES[name] for name in CLASSES if name in section.title}
        divided = following is not None and following.depth > section.depth
        if len(names) != 1 or divided:
            continue
        for passage in section.passages:
            if passage.kind is TextKind.CELL:
                continue
            for match in word("score_told").finditer(passage.text):
                figure = _figure(passage, match.start("points"))
                if figure is not None:
                    found.append(Part(names.copy().pop(), figure, passage.view.part(*match.span())))
    return found


@frozen
class Scored:
    """A score stated in prose with the scores of its classes behind it ("自评95分，其中产出48分…") or before it; `apart`
    where they stand in sentences of their own."""

    total: Figure
    view: View
    parts: tuple[Part, ...]
    closed: bool
    apart: bool = False


def scored(report: Report) -> list[Scored]:
    """Total scores that one sentence breaks down into at least two classes."""
    found = []
    for passage in report.prose:
        for match in word("score_and_parts").finditer(passage.text):
            total = _figure(passage, match.start("points"))
            stop = compiled(r"[。\n]").search(passage.text[match.end() :])
            end = match.end() + stop.start() if stop else len(passage.text)
            parts = _parts(passage, match.end(), end)
            if total is not None and len(parts) >= 2:
                named = [f for f in passage.figures if f.kind is Kind.SCORE and match.end() <= f.start < end]
                whole = [
                    f
                    for f in named
                    if not word("full_score").search(passage.text[max(0, f.start - 4) : f.start])
                ]
                view = passage.view.part(match.start(), end)
                found.append(Scored(total, view, parts, len(whole) == len(parts)))
    return found


def scored_last(report: Report) -> list[Scored]:
    """The same the other way round: "预算执行8.9分，产出46.5分，…，合计96.4分", "产出40分得39分，…。合计96.4分"."""
    found = []
    for passage in report.prose:
        text = passage.text
        for match in word("score_total_last").finditer(text) if "分" in text else ():
            own = passage.structure.sentence_span(match.start())[0]
            start = (
                own
                if word("score_earned").search(text, own, match.start())
                else _first_of_scores(passage, own)
            )
            total = _figure(passage, match.start("points"))
            parts: dict[str, Part] = {}
            for part in word("score_earned").finditer(text, start, match.start()):
                figure = _figure(passage, part.start("points"))
                if figure is not None:
                    view = passage.view.part(*part.span())
                    parts.setdefault(CLASSES[part["name"]], Part(CLASSES[part["name"]], figure, view))
            told = [f for f in passage.figures if f.kind is Kind.SCORE and start <= f.start < match.start()]
            full = len(list(word("score_earned").finditer(text, start, match.start())))
            double = sum(
                part["full"] is not None for part in word("score_earned").finditer(text, start, match.start())
            )
            if total is not None and len(parts) >= 3:
                closed = full == len(parts) and len(told) == full + double
                view = passage.view.part(start, match.end())
                found.append(Scored(total, view, tuple(parts.values()), closed, start < own))
    return found


def scored_elsewhere(report: Report) -> list[Scored]:
    """The one score that a report gives itself, where another passage tells of all classes what they earned: their
    full scores are a hundred."""
    overall = [
        (figure, passage)
        for passage in report.prose
        if (figure := _overall(passage)) is not None and _is_own(passage, figure)
    ]
    if len({figure.value for figure, _ in overall}) != 1:
        return []
    total, home = overall[0]
    found = []
    for passage in report.prose:
        told = list(word("score_out_of").finditer(passage.text)) if "分" in passage.text else []
        full = [_figure(passage, match.start("full")) for match in told]
        if passage is home or sum(figure.value for figure in full if figure is not None) != _HUNDRED:
            continue
        parts = [
            Part(CLASSES[match["name"]], figure, passage.view.part(*match.span()))
            for match in told
            if (figure := _figure(passage, match.start("points"))) is not None
        ]
        once = len({part.name for part in parts}) == len(told) >= _SEVERAL
        if once and not word("score_total_last").search(passage.text):
            view = passage.view.part(told[0].start(), told[-1].end())
            found.append(Scored(total, view, tuple(parts), closed=True, apart=True))
    return found


def scored_in_turn(report: Report) -> Iterator[Scored]:
    """Scores of one sentence in whatever words, closed by the total: "执行（10分）自评9.5分，…，四部分合计95.5分". Points
    in brackets, or called full, are what may be earned: then each score has its own."""
    for passage in facts_of(report).passages:
        if "分" not in passage.text:
            continue
        points = [one for one in quantities_of(passage) if one.kind is Kind.SCORE]
        for at, total in enumerate(points):
            closes = at >= _SEVERAL and not total.depth and word("score_sum").search(total.head)
            if earned := _earned_before(total, points[:at]) if closes else []:
                parts = (
                    Part(one.label, one.figure, passage.view.part(one.figure.start, one.figure.end))
                    for one in earned
                )
                view = passage.view.part(earned[0].figure.start, total.figure.end)
                yield Scored(total.figure, view, tuple(parts), closed=True, apart=True)


def _earned_before(total: Quantity, before: Sequence[Quantity]) -> list[Quantity]:
    """The scores of the sentence that a total closes; empty where other points stand among them or they are not all of
    one evaluation."""
    own = [one for one in before if one.sentence == total.sentence]
    full = [one for one in own if one.depth or word("full_score").search(one.head)]
    earned = [one for one in own if one not in full]
    others = any(one.is_average or any_of("score_sum", "points_moved").search(one.head) for one in earned)
    if others or len(earned) < _SEVERAL or len(full) not in (0, len(earned)):
        return []
    if sum(one.figure.value for one in earned) > _HUNDRED or word("other_year").search(total.sentence_before):
        return []
    return earned


def _is_own(passage: Passage, figure: Figure) -> bool:
    """Whether a score is told as that of the report itself and of this year."""
    said = passage.text[passage.structure.sentence_span(figure.start)[0] : figure.start]
    return bool(word("own_evaluation").search(said)) and not word("other_year").search(said)


def _first_of_scores(passage: Passage, end: int) -> int:
    """Where the sentences right before a place begin that each tell what a class of this year's earned."""
    start = end
    while start > 1:
        before = passage.structure.sentence_span(start - 2)[0]  # before its closing mark
        told = passage.text[before:start]
        if not word("score_earned").search(told) or word("other_year").search(told):
            break
        start = before
    return start


def _parts(passage: Passage, start: int, end: int) -> tuple[Part, ...]:
    parts: dict[str, Part] = {}
    for match in word("score_part").finditer(passage.text, start, end):
        figure = _figure(passage, match.start("points"))
        if figure is not None:
            part = Part(CLASSES[match["name"]], figure, passage.view.part(*match.span()))
            parts.setdefault(part.name, part)
    return tuple(parts.values())


def parts_in_prose(report: Report) -> dict[str, Figure]:
    """Classes with points of their own anywhere in prose."""
    found: dict[str, Figure] = {}
    for passage in report.passages:
        if passage.kind is TextKind.CELL or "分" not in passage.text:
            continue
        for match in word("score_part").finditer(passage.text):
            figure = _figure(passage, match.start("points"))
            if figure is not None:
                found.setdefault(CLASSES[match["name"]], figure)
    return found


def _stretches(report: Report) -> list[list[Passage]]:
    """Running text between headings."""
    stretches: list[list[Passage]] = [[]]
    for passage in report.passages:
        if passage.kind is TextKind.HEADING:
            stretches.append([])
        if passage.kind is not TextKind.CELL and "分" in passage.text:
            stretches[-1].append(passage)
    return [stretch for stretch in stretches if stretch]


def _statement(passages: list[Passage]) -> Statement | None:
    total: Figure | None = None
    total_view: View | None = None
    parts: dict[str, Part] = {}
    points = 0
    earned: Figure | None = None
    for passage in passages:
        text = passage.text
        start = 0
        if total is None:
            match = word("score_whole").search(text)
            if match is None:
                continue
            total = _figure(passage, match.start("points"))
            if total is None:
                return None
            total_view, start = passage.view.part(*match.span()), match.end()
        for match in word("score_part").finditer(text, start):
            figure = _figure(passage, match.start("points"))
            if figure is not None:
                part = Part(CLASSES[match["name"]], figure, passage.view.part(*match.span()))
                parts.setdefault(part.name, part)
        points += sum(1 for f in passage.figures if f.kind is Kind.SCORE and f.start >= start)
        earned = _overall(passage) or earned
    if total is None or total_view is None or len(parts) < 2:
        return None
    first = min(part.figure.start for part in parts.values())
    # "98.25分（含预算执行9.5分、加分1分）" names some of it.
    some = compiled("含|加分").search(total.view.text[total.end : max(first, total.end)]) or "加分" in parts
    if some and sum(part.figure.value for part in parts.values()) < total.value:
        return None
    return Statement(total, total_view, tuple(parts.values()), points == len(parts) and not some, earned)


def _overall(passage: Passage) -> Figure | None:
    match = word("score_overall").search(passage.text)
    return _figure(passage, match.start("points")) if match else None


def _figure(passage: Passage, start: int) -> Figure | None:
    at = bisect_left(passage.figures, start, key=lambda figure: figure.start)
    found = passage.figures[at : at + 1]
    return found[0] if found and found[0].start == start else None
