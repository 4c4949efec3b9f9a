"""Forms, or parts of them, that no reader took: an unread table must never look like a pass.

The page is walked once more after everything has been read, knowing nothing of how tables are read:
lines that look like those of a form (labels in circulation, short cells with figures) make a region,
and every figure in it must have been placed by somebody. Where two or more were not, the form counts
as unread; a single one is told by itself.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from auditor.document import Block, Span, View
from auditor.report.model import Report, UnreadForm
from auditor.report.unread.foreign_columns import under_foreign_headers
from auditor.report.unread.kept import Places, Shared, Words, taken, worded
from auditor.report.unread.page_lines import BIT, PageLine, figures_in, regions

_NO_HEADER = "没有对上认得的表头"
_ALONE = "像是表格里的数，没有对上认得的表头"
_COUNTED = 5
"""So many numbers that count on from 1 are numbers of rows."""


def read_unread_forms(report: Report, blocks: Sequence[Block]) -> None:
    """Fills `report.unread_forms`, and `report.unread` with single figures that nobody took.

    `blocks` are those the readers saw: what they laid back under headers that hold nothing of ours
    (完成率, 序号) has its place.
    """
    figures_kept, words_kept = list(taken(report)), set(worded(report))
    placed = Places([*figures_kept, *under_foreign_headers(blocks, Places([*figures_kept, *words_kept]))])
    words, shared = Words(words_kept), Shared(report)
    for region in regions(report):
        _with_lone(region)
        _with_dates(region, placed)
        lost = [one for line in region for one in line.values if not placed.touch(one.span())]
        lost = [one for one in words.without(lost) if not shared.repeats(one)]
        lost = _without_counters(_without_marks(region, lost))
        figures = tuple(figure for one in lost for figure in figures_in(one))
        if not figures:
            continue
        if len(figures) == 1 and not any(line.together for line in region):
            known = any(figures[0].span.overlaps(span) for span, _ in report.unread)
            report.unread.extend([] if known else [(figures[0].span, _ALONE)])
            continue
        at = Places([one.span() for one in lost])
        found = [place for place, line in enumerate(region) if at.touch(line.span)]
        lines = tuple(region[place].span for place in found)
        around = tuple(_around(region, place) for place in found)
        report.unread_forms.append(UnreadForm(around, lines, figures, _reason(report, lines)))
    _told_once(report)


def _with_lone(region: Sequence[PageLine]) -> None:
    """The one figure of a line counts where the lines around it hold figures: a row that was broken there. The bits
    that a break left ("其中：中" before "央资金") are passed over."""
    around = [bool(line.values) for line in region]
    near = [at for at, line in enumerate(region) if around[at] or line.span.end - line.span.start > BIT]
    for at, line in enumerate(region):
        before, behind = bisect_left(near, at), bisect_right(near, at)
        sides = (*near[max(0, before - 1) : before], *near[behind : behind + 1])
        if line.lone is not None and all(around[side] for side in sides):
            line.values = [line.lone]


def _with_dates(region: Sequence[PageLine], placed: Places) -> None:
    """A target and an actual that are dates count where the line above or below was read: theirs was lost."""
    for at, line in enumerate(region):
        sides = (*region[max(0, at - 1) : at], *region[at + 1 : at + 2])
        if len(line.dates) > 1 and any(placed.touch(side.span) for side in sides):
            line.values.extend(line.dates)


def _without_marks(region: Sequence[PageLine], values: list[View]) -> list[View]:
    """The values without list marks: "3." by itself, "3" where it counts on or where the count begins."""
    marks, before = set(), 0
    for line in region:
        if line.mark is None:
            continue
        number = line.mark.text.rstrip(".、．)）")
        if number != line.mark.text or int(number) in (1, before + 1):
            marks.add(id(line.mark))
        before = int(number)
    return [one for one in values if id(one) not in marks]


def _without_counters(values: list[View]) -> list[View]:
    """The values without the row numbers of a system's export, which count on from 1."""
    expected, counters = 1, set()
    for value in values:
        if value.text == str(expected):
            counters.add(id(value))
            expected += 1
    return [one for one in values if expected <= _COUNTED or id(one) not in counters]


def _around(region: Sequence[PageLine], place: int) -> Span:
    near = region[max(place - 1, 0) : place + 2]
    return near[0].span.cover(near[-1].span)


def _reason(report: Report, lines: Sequence[Span]) -> str:
    found = [why for span, why in report.unread if any(span.overlaps(line) for line in lines)]
    return "、".join(dict.fromkeys(found)) or _NO_HEADER


def _told_once(report: Report) -> None:
    """What belongs to an unread form is told with it."""
    forms = Places([line for form in report.unread_forms for line in form.lines])
    report.unread = [(span, why) for span, why in report.unread if not forms.touch(span)]
