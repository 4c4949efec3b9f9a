"""Figures that changed though nobody asked, and though no correction explains them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from auditor.compiled import compiled
from auditor.document import Span
from auditor.figures import Figure, Kind
from auditor.pipeline import Item
from auditor.recheck.align import Alignment, same
from auditor.recheck.model import Change
from auditor.recheck.pages import Line, Page
from auditor.rules import Result, Verdict
from auditor.rules.family import About, is_about
from auditor.values import frozen

_TELLING = 3
"""Digits of a value that stands for itself: the same change of it elsewhere is the same correction."""
_LABEL = 24
_TEXT = 60
_BEFORE = 4


@frozen
class Moved:
    """A figure of the old version and its other value in the new one."""

    old: Figure
    new: Figure

    @property
    def values(self) -> tuple[Decimal, Decimal]:
        return self.old.amount, self.new.amount


def moves(alignment: Alignment) -> dict[Span, Moved]:
    """Every figure that says something else in the new version, by its old place."""
    found = {}
    for line in alignment.old.lines:
        for figure in line.figures:
            counterpart = alignment.figures.get(figure.span)
            if counterpart is not None and not same(figure, counterpart):
                found[figure.span] = Moved(figure, counterpart)
    return found


def silent(
    alignment: Alignment, changed: dict[Span, Moved], old: list[Item], new: list[Item]
) -> list[Change]:
    """In the order of the old version; then lines that only one of the versions has."""
    explained = _asked(alignment.old, changed, old)
    ticks = [item.result for item in new if item.result.verdict is Verdict.CONSISTENT]
    while more := _following(alignment.new, changed, explained, ticks):
        explained |= more
    filing = alignment.old.report.filing_date
    told = [
        change(alignment, moved)
        for span, moved in changed.items()
        if span not in explained and (filing is None or span != filing.span)
    ]
    return [*told, *_loose(alignment, old)]


def _asked(page: Page, changed: dict[Span, Moved], findings: list[Item]) -> set[Span]:
    evidence = [
        span
        for item in findings
        if item.result.flagged and not is_about(item.result.rule.code, About.WORDS)
        for span in item.result.evidence
    ]
    return {span for span in page.figures_at(evidence) if span in changed}


def _following(
    page: Page, changed: dict[Span, Moved], explained: set[Span], ticks: list[Result]
) -> set[Span]:
    """Changes that follow from explained ones: the result of a sum that holds again, the same
    amount told twice, the same change of the same value elsewhere. A term explains no other term."""
    by_new = {moved.new.span: span for span, moved in changed.items()}
    corrections = {changed[span].values for span in explained if _telling(changed[span])}
    more = {span for span, moved in changed.items() if _telling(moved) and moved.values in corrections}
    for tick in ticks:
        figures = page.figures_at(tick.evidence)
        ours = {by_new[span] for span in figures if span in by_new}
        known = ours & explained
        if not known or known == ours:
            continue
        results = {
            value
            for relation in tick.relations
            for value in (Decimal(relation.shown), relation.claimed and relation.claimed.number)
            if value is not None
        }
        amounts = {changed[span].new.amount for span in known} if not results else set()
        more |= {
            span for span in ours if changed[span].new.value in results or changed[span].new.amount in amounts
        }
    return more - explained


def _telling(moved: Moved) -> bool:
    return len(moved.old.value.normalize().as_tuple().digits) >= _TELLING


def change(alignment: Alignment, moved: Moved) -> Change:
    """A figure's change, with the row or the words it stands in."""
    alike = moved.old.raw == moved.new.raw
    return Change(
        label=_label(alignment.old, moved.old),
        old=_written(moved.old, alike),
        new=_written(moved.new, alike),
        old_place=alignment.old.place(moved.old.span),
        new_place=alignment.new.place(moved.new.span),
    )


def _written(figure: Figure, with_words: bool) -> str:
    """The number as written, with the words before it where only these make the difference (不低于)."""
    start = max(figure.start - _BEFORE, 0) if with_words else figure.start
    return figure.view.text[start : figure.end]


def _label(page: Page, figure: Figure) -> str:
    """The indicator or the row it stands in; in running text the words before it."""
    at = next(iter(page.lines_at([figure.span])))
    line = page.lines[at]
    if "\t" in line.text:
        return page.named(line)[:_LABEL]
    clauses = [
        part for part in compiled(r"[，。；、：,;:]").split(figure.view.text[: figure.start]) if part.strip()
    ]
    return clauses[-1].strip()[-_LABEL:] if clauses else ""


def _loose(alignment: Alignment, old: list[Item]) -> Iterator[Change]:
    """Lines with figures that were left out or added, and figures added to lines that stayed."""
    asked = alignment.old.lines_at(
        span for item in old if item.result.flagged for span in item.result.evidence
    )
    stayed = set(alignment.lines.values())
    kept = {figure.span for figure in alignment.figures.values()}
    for at, line in enumerate(alignment.old.lines):
        if at in asked:
            continue
        if at not in alignment.lines:
            if _counts(line.figures):
                yield _one_sided(alignment.old, line, old=True)
        else:
            for figure in _counts(line.figures):
                if figure.span not in alignment.figures:
                    yield _figure(alignment.old, figure, old=True)
    came_from = {to: at for at, to in alignment.lines.items()}
    for at, line in enumerate(alignment.new.lines):
        if at not in stayed:
            if _counts(line.figures):
                yield _one_sided(alignment.new, line, old=False)
        elif came_from[at] not in asked:
            for figure in _counts(line.figures):
                if figure.span not in kept:
                    yield _figure(alignment.new, figure, old=False)


def _counts(figures: Iterable[Figure]) -> list[Figure]:
    return [figure for figure in figures if figure.kind not in (Kind.DATE, Kind.DOCNO)]


def _one_sided(page: Page, line: Line, *, old: bool) -> Change:
    text = " ".join(line.text.split())
    text = text if len(text) <= _TEXT else text[:_TEXT] + "…"
    return _told(page.named(line)[:_LABEL], text, page.place(line.span), old=old)


def _figure(page: Page, figure: Figure, *, old: bool) -> Change:
    return _told(_label(page, figure), figure.raw, page.place(figure.span), old=old)


def _told(label: str, text: str, where: str, *, old: bool) -> Change:
    if old:
        return Change(label=label, old=text, new=None, old_place=where, new_place="")
    return Change(label=label, old=None, new=text, old_place="", new_place=where)
