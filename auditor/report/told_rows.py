"""Indicators told in running text, one in a sentence, the columns as words before their numbers.

举办群众文化活动，目标值≥120场，实际完成值108场，分值15分，得分15分
贴息企业户数：年度目标45户，实际41户，得15分（满分15分）

Only where the report has no indicator table: a table is told again in its text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from auditor.compiled import compiled
from auditor.document import Span, View
from auditor.figures import Figure, Kind, scan
from auditor.language import word
from auditor.report.cell_figures import points_figure
from auditor.report.model import Indicator, Passage, Report, TextKind

_COLUMNS = ("weight", "score", "target", "actual")
_POINTS = ("weight", "score")
_WHOLE = Decimal(100)
_CLAUSE = compiled(r"[，,；;。:：]")
_ENDS = compiled(r"[，,；;。()（）\n]")
_NUMBERING = compiled(r"^\s*(?:\d{1,2}[.、．]|[(（]?[一二三四五六七八九十\d]{1,3}[)）、])\s*")
_NAME = compiled(r"[^，,：:。；;—]+$")
_LONGEST_NAME = 30


@dataclass
class _Record:
    """What one sentence says of one indicator: each column with the place of its value."""

    name: View
    found: dict[str, tuple[View, Figure]] = field(default_factory=dict)

    @property
    def scored(self) -> bool:
        return all(column in self.found for column in _POINTS)

    def row(self, table: int) -> Indicator:
        points = {column: points_figure(self.found[column][1]) for column in _POINTS if column in self.found}
        cells = {column: self.found[column][0] for column in ("target", "actual") if column in self.found}
        return Indicator(
            self.name.text, self.name, target=cells.get("target"), actual=cells.get("actual"),
            weight=points.get("weight"), score=points.get("score"), has_target_column=True,
            has_actual_column=True, table=table, span=self.name.span().cover(self._last()),
        )  # fmt: skip

    def _last(self) -> Span:
        return max(view.span() for view, _ in self.found.values())


def read_told_rows(report: Report) -> None:
    """Adds the indicators told in the text of a report without an indicator table.

    Rows that make up the whole evaluation (their weights are 100 together) are the report's indicators;
    fewer are only looked at one by one (`Report.told_rows`): nobody knows what else there was.
    """
    if any(row.weight or row.score for row in report.indicators):
        return
    records = [
        record
        for passage in report.passages
        if passage.kind is TextKind.PROSE
        for record in _records(passage)
        if record.scored
    ]
    table = max((row.table for row in report.indicators), default=0) + 1
    rows = [record.row(table) for record in records]
    if sum((row.weight.value for row in rows if row.weight), Decimal(0)) == _WHOLE:
        report.indicators.extend(rows)
    else:
        report.told_rows = [row for row in rows if row.target and row.actual]
    # "得分30分" of an indicator is no score of the report.
    report.totals = [
        total
        for total in report.totals
        if total.table is not None or not any(total.span.overlaps(row.span) for row in rows)
    ]


def _records(passage: Passage) -> Iterator[_Record]:
    for sentence in passage.sentences:
        if "分" in sentence.text and (record := _record(sentence)) is not None:
            yield record


def _record(sentence: View) -> _Record | None:
    """The sentence as a record; None where a column stands twice: two indicators in one sentence."""
    text = sentence.text
    record: _Record | None = None
    before = 0
    for figure in scan(sentence):
        head = text[before : figure.start]
        before = figure.end
        column = _column(head, figure)
        if column is None:
            continue
        if record is None:
            name = _named(sentence, head, figure.start - len(head), column)
            if name is None:
                return None
            record = _Record(name)
        if column in record.found:
            return None
        record.found[column] = (_cell(sentence, figure), figure)
    return record


def _column(head: str, figure: Figure) -> str | None:
    """The column that the words right before a number name; points are weights and scores, nothing else is."""
    clause = _CLAUSE.split(head.rstrip("：: "))[-1] if head.strip() else ""
    clause = clause.rstrip("≥≤><=＝≧≦ (（")
    for column in _COLUMNS:
        points, told = column in _POINTS, word(f"told_{column}")
        if points is (figure.kind is Kind.SCORE) and told.search(clause):
            return column
        bare = points and figure.kind is Kind.PLAIN and len(clause) > 1  # "分值25": nothing else is told so
        if bare and told.fullmatch(clause):
            return column
    return None


def _named(sentence: View, head: str, start: int, column: str) -> View | None:
    """The words before the first column, without numbering, classes and the column's own word."""
    bare = head.rstrip("≥≤><=＝≧≦ (（：:")
    label = word(f"told_{column}").search(bare)
    end = start + (label.start() if label is not None else len(bare))
    words = sentence.text[:end].rstrip("，,：:（(；; 　")
    begin = _NUMBERING.match(words)
    left = begin.end() if begin else 0
    found = _NAME.search(words, left)
    if found is None or len(found.group()) > _LONGEST_NAME:
        return None
    return sentence.part(*found.span())


def _cell(sentence: View, figure: Figure) -> View:
    """The value with its sign and unit, to the end of its clause."""
    start = figure.start
    while start and sentence.text[start - 1] in "≥≤><=＝≧≦ ":
        start -= 1
    end = _ENDS.search(sentence.text, figure.end)
    return sentence.part(start, end.start() if end else len(sentence.text))
