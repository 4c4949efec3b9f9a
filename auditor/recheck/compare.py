"""Two audited versions of the same reports, each with the other."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cached_property

from auditor.document import Span
from auditor.memo import model as memo
from auditor.memo.entries import telling
from auditor.memo.model import Decision
from auditor.memo.place import told
from auditor.memo.problems import problems as problems_of
from auditor.memo.wording import is_letter
from auditor.pipeline import AuditedDocument, AuditedReport, Item
from auditor.recheck.align import Alignment, align
from auditor.recheck.follow import Followed, follow
from auditor.recheck.model import Change, Pair, Point, Status, Told, Version
from auditor.recheck.pages import page
from auditor.recheck.problems import problems
from auditor.recheck.silent import Moved, change, moves, silent
from auditor.rules import Result, Verdict
from auditor.rules.family import About, is_about
from auditor.values import frozen

_ALIKE = 0.6
_CHANGES = 8
_PLACES = 2


@frozen
class Side:
    """A report as audited, and as the memo tells it (with what was decided on it)."""

    audited: AuditedReport
    told: memo.Report

    @cached_property
    def _results(self) -> dict[str, memo.Result]:
        return {result.fingerprint: result for result in self.told.every()}

    def result(self, item: Item) -> memo.Result:
        return self._results[item.fingerprint]

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of the problem that each finding belongs to."""
        return {
            one.fingerprint: problem.number for problem in problems_of(self.told) for one in problem.results
        }

    @cached_property
    def findings(self) -> list[Item]:
        return [item for item in self.audited.items if item.result.flagged]


def compare(
    old: list[AuditedDocument], new: list[AuditedDocument], old_memo: memo.Memo, new_memo: memo.Memo
) -> list[Pair]:
    """The reports of two runs, those of one project together. The memos are those on the documents."""
    pairs = _partners(_sides(old, old_memo), _sides(new, new_memo))
    return [_pair(one, other) for one, other in pairs]


def _sides(documents: list[AuditedDocument], told: memo.Memo) -> list[Side]:
    """The reports as every paper lists them: by risk, what was handed in twice once; letters are none."""
    audited = {
        id(report): one
        for document, shown in zip(documents, told.documents, strict=True)
        for one, report in zip(document.reports, shown.reports, strict=True)
    }
    reports = (entry.report for entry in telling(told))
    return [Side(audited[id(report)], report) for report in reports if not is_letter(report)]


def _partners(left: list[Side], right: list[Side]) -> Iterator[tuple[Side | None, Side | None]]:
    """Reports of one project, unit and year; then those alike in name; at last the only ones left,
    unless project and unit both say that they are two reports: one not handed in again, and another one added."""
    partner: dict[int, int] = {}
    free = list(range(len(right)))
    for likeness in (_identical, _same_name, _alike):
        for at, one in enumerate(left):
            fits = (to for to in free if at not in partner and likeness(one.told, right[to].told))
            if (found := next(fits, None)) is not None:
                partner[at] = found
                free.remove(found)
    rest = [at for at in range(len(left)) if at not in partner]
    if len(rest) == len(free) == 1 and not _two(left[rest[0]].told, right[free[0]].told):
        partner[rest[0]] = free.pop()
    yield from ((one, right[partner[at]] if at in partner else None) for at, one in enumerate(left))
    yield from ((None, right[to]) for to in free)


def _identical(one: memo.Report, other: memo.Report) -> bool:
    return _same_name(one, other) and (one.unit, one.fiscal_year) == (other.unit, other.fiscal_year)


def _same_name(one: memo.Report, other: memo.Report) -> bool:
    return bool(_name(one)) and _name(one) == _name(other)


def _alike(one: memo.Report, other: memo.Report) -> bool:
    return _close(_name(one), _name(other))


def _two(one: memo.Report, other: memo.Report) -> bool:
    pairs = ((one.project, other.project), (one.unit, other.unit))
    return all(a and b and not _close(a, b) for a, b in pairs)


def _close(a: str, b: str) -> bool:
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= _ALIKE


def _name(report: memo.Report) -> str:
    return "".join((report.project or report.title).split())


def _pair(old: Side | None, new: Side | None) -> Pair:
    points: list[Point] = []
    quiet: list[Change] = []
    if old is not None and new is not None:
        alignment = align(page(old.audited.report), page(new.audited.report))
        judge = _Judge(alignment, moves(alignment), old, new)
        points = [judge.point(one) for one in follow(alignment, old.audited.items, new.audited.items)]
        quiet = silent(alignment, judge.changed, old.audited.items, new.audited.items)
    elif old is not None:
        points = [
            _point(
                item,
                "not_assessable",
                _told(item, old),
                None,
                [],
                "新稿中没有这份报告",
                old.result(item).decision,
            )
            for item in old.findings
        ]
    elif new is not None:
        points = [
            _point(item, "new", None, _told(item, new), [], "原稿中没有这份报告", new.result(item).decision)
            for item in new.findings
        ]
    points = problems(points)
    named = new or old
    assert named is not None
    return Pair(
        project=named.told.project or named.told.title,
        unit=named.told.unit,
        old=_version(old),
        new=_version(new),
        points=points,
        silent=quiet,
    )


def _version(side: Side | None) -> Version | None:
    return None if side is None else Version.model_validate(side.told, from_attributes=True)


def _told(item: Item, side: Side) -> Told:
    result = side.result(item)
    return Told(
        number=side.numbers.get(result.fingerprint),
        fingerprint=result.fingerprint,
        verdict=result.verdict,
        message=result.message,
        calculation=result.calculation,
        place=told(result.evidence, _PLACES),
    )


def _point(
    item: Item,
    status: Status,
    old: Told | None,
    new: Told | None,
    changes: list[Change],
    note: str,
    decision: Decision | None,
) -> Point:
    """A rejection closes the finding it was made on: the same one, not one with other figures."""
    same = old is None or new is None or new.fingerprint == old.fingerprint
    rejected = decision is not None and decision.decision == "驳回" and same
    return Point(
        status=status,
        open=status != "settled" and not rejected,
        rule=item.result.rule.code,
        title=item.result.title or item.result.rule.title,
        severity=item.result.level.value,
        old=old,
        new=new,
        changes=changes[:_CHANGES],
        note=note,
        decision=decision,
    )


class _Judge:
    """Says what became of a finding of a pair of reports that are both there."""

    def __init__(self, alignment: Alignment, changed: dict[Span, Moved], old: Side, new: Side) -> None:
        self.alignment, self.changed, self.old, self.new = alignment, changed, old, new
        self.came_from = {to: at for at, to in alignment.lines.items()}
        totals = old.audited.report.totals
        self.totals = {total.score.span for total in totals if total.score is not None}

    def point(self, one: Followed) -> Point:
        """The finding with its status, the changes at its place and why."""
        if one.old is None:
            assert one.new is not None
            return self._fresh(one.new)
        old, new = one.old, one.new
        if new is None:
            status, note = self._gone(old, one.answer)
            decision = self.old.result(old).decision
        else:
            status, note = self._stays(old, new)
            decision = self.new.result(new).decision
            if decision is None:
                decision = self.old.result(old).decision
                if decision is not None and new.fingerprint != old.fingerprint:
                    note = "；".join(part for part in (note, "处理意见是对原来的数作出的") if part)
        return _point(
            new or old,
            status,
            _told(old, self.old),
            _told(new, self.new) if new else None,
            [change(self.alignment, self.changed[span]) for span in self._changed(old)],
            note,
            decision,
        )

    def _fresh(self, item: Item) -> Point:
        """A finding of the new version only."""
        figures = self.alignment.new.figures_at(item.result.evidence)
        lines = self.alignment.new.lines_at(item.result.evidence)
        moved = [one for one in self.changed.values() if one.new.span in figures]
        touched = moved or any(
            at not in self.came_from or self.alignment.reworded(self.came_from[at]) for at in lines
        )
        note = "" if touched or not lines else "这一处没有改动，是别处改动后才看出的"
        changes = [change(self.alignment, one) for one in moved]
        decision = self.new.result(item).decision
        return _point(item, "new", None, _told(item, self.new), changes, note, decision)

    def _changed(self, item: Item) -> list[Span]:
        """Figures of its evidence that changed."""
        figures = self.alignment.old.figures_at(item.result.evidence)
        return [span for span in figures if span in self.changed]

    def _stays(self, old: Item, new: Item) -> tuple[Status, str]:
        about_figures = is_about(old.result.rule.code, About.FIGURES)
        reworded = any(self.alignment.reworded(at) for at in self.alignment.old.lines_at(old.result.evidence))
        blamed = self.alignment.old.figures_at(old.result.culprits)
        if [span for span in self._changed(old) if span not in self.totals or span in blamed]:
            return "still_wrong", ""
        if about_figures and blamed and (conclusion := self._conclusion(old)):
            return "only_conclusion", f"{conclusion}，这里的数没有改"
        if reworded:
            return ("only_conclusion", "文字改了，这里的数没有改") if about_figures else ("still_wrong", "")
        if old.fingerprint != new.fingerprint:
            return "open", "这一处没有改动，有关的另一处改了"
        return "open", ""

    def _conclusion(self, item: Item) -> str:
        """How the total or the grade changed, where the finding bears on them."""
        bears = "得分" in item.result.impact or "总分" in item.result.impact
        if not bears and not self.totals.intersection(self._changed(item)):
            return ""
        old, new = self.old.told, self.new.told
        told = []
        if old.self_score != new.self_score:
            told.append(f"总分由 {old.self_score or '空白'} 改为 {new.self_score or '空白'}")
        if old.grade != new.grade:
            told.append(f"等次由 {old.grade or '空白'} 改为 {new.grade or '空白'}")
        return "，".join(told)

    def _gone(self, old: Item, answer: Result | None) -> tuple[Status, str]:
        lines = self.alignment.old.lines_at(old.result.evidence)
        there = [self.alignment.lines[at] for at in lines if at in self.alignment.lines]
        unread = [span for span, _ in self.alignment.new.report.unread]
        if any(span.overlaps(self.alignment.new.lines[at].span) for at in there for span in unread):
            return "not_assessable", "新稿的这一处没有读懂"
        if answer is not None and answer.verdict is Verdict.NOT_ASSESSABLE:
            return "not_assessable", answer.message
        if len(there) < len(lines):
            return "settled", "原来的文字已删去或改写，请看是否应当删改"
        if answer is not None:
            return "settled", f"核对一致：{answer.message}"
        untouched = not self._changed(old) and not any(self.alignment.reworded(at) for at in lines)
        return "settled", "这一处没有改动，因别处改动不再成立" if untouched and lines else ""
