"""Which part of the money each line of a money table speaks of."""

from __future__ import annotations

from dataclasses import dataclass, replace

from auditor.document import Cell
from auditor.report.labels import clean, line_of
from auditor.report.model import Line, LineKind, MoneyTable


@dataclass
class Lines:
    """The lines of a table as they come. An unknown name on the first one heads the sources under it
    ("本年度可用资金"), unless a line further down calls itself the total."""

    table: MoneyTable
    details: bool
    _assumed_total: str | None = None
    _named_sources: bool = False
    _unnamed_sources: bool = False

    def total_comes_late(self, label: str) -> bool:
        """Whether this line is the total, and the first one was taken for it: that is a source then."""
        if self._assumed_total is None or line_of(label) is not LineKind.TOTAL:
            return False
        self.table.amounts[:] = [
            replace(amount, line=replace(amount.line, kind=LineKind.SOURCE))
            if amount.line.name == self._assumed_total
            else amount
            for amount in self.table.amounts
        ]
        self._assumed_total = None
        return True

    def of(self, label: Cell | None, of_which: bool, rows_read: int) -> Line:
        """The line of a row under `rows_read` others."""
        if label is None:
            return Line(LineKind.TOTAL, "合计")
        kind = line_of(label.text)
        if kind is None and not self.details:
            kind = LineKind.SOURCE if rows_read else LineKind.TOTAL
            if not rows_read:
                self._assumed_total = clean(label.text)
            else:
                self._unnamed_sources = True
        elif kind is LineKind.SOURCE or of_which:
            self._named_sources = True
        kind = kind or LineKind.DETAIL
        return Line(kind, clean(label.text), rows_read + 1, of_which, label.view)

    @property
    def has_total(self) -> bool:
        """Whether a line that calls itself the total has been read."""
        return any(
            amount.line.kind is LineKind.TOTAL and amount.line.name != self._assumed_total
            for amount in self.table.amounts
        )

    @property
    def assumed(self) -> bool:
        """Whether the first line is the total of sources by nothing but its place."""
        return self._assumed_total is not None and self._unnamed_sources and not self._named_sources
