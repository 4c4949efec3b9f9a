"""The report as a whole."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from decimal import Decimal

from auditor.document import NOWHERE, Concern, Document, Remark, Span, View
from auditor.figures import Figure
from auditor.report.model.forms import FormKind, FormRead, UnreadForm
from auditor.report.model.grades import Band, Grade, RatingBand, RowGrade
from auditor.report.model.indicators import Indicator, ScoreTotal
from auditor.report.model.money import Amount, Formula, LineKind, MoneyTable, Role
from auditor.report.model.passages import Goal, Passage, Section, TextKind, WordLimit
from auditor.report.model.plain_tables import Grid, Listing, PlainColumn
from auditor.report.model.scoring_rules import RateBase, ScoringRule
from auditor.values import frozen, lazy


@frozen
class OwnForm:
    """A row of a summary and the form of that project in the same file: amounts of one role, the score, each as the
    row and as the form tells it."""

    name: str
    amounts: tuple[tuple[Amount, Amount], ...]
    score: tuple[Figure, Figure] | None
    form: Report


@dataclass
class Report:
    """One self-evaluation report as read. All lists are in document order.

    `reach` goes from where the report begins to where the next one does, `hidden` is what it does not show.
    `unread` says what could not be placed: (span, reason in Chinese). `unread_forms` are whole tables,
    or parts of them, that were not read. `cut_off` is the last line of a text that ends in the middle:
    what such a text lacks may stand behind it. `unread_rules` are sentences that declare a scoring rule in words
    nobody understood. `grade_step` is the share of the weight that each grade below the target costs, `score_step`
    what the form says its scores are rounded to.
    `doubtful` are rows that were placed by the cheapest guess: nothing that rests on them is proof.
    `square` are the indicator tables whose rows print as many cells as their header.
    `forms_read` says of each form-like stretch which way of reading it was taken, `assisted` are those whose rows
    and columns a model told. `told_rows` are indicators
    told in sentences that are not all of them: each can be looked at, their sums mean nothing.
    """

    document: Document
    index: int
    span: Span
    title: str = ""
    title_view: View | None = None
    project: str = ""
    unit: str = ""
    evaluator: str = ""
    fiscal_year: int | None = None
    fiscal_year_view: View | None = None
    filing_date: Figure | None = None
    form: FormKind = FormKind.SELF_EVALUATION

    passages: list[Passage] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    money_tables: list[MoneyTable] = field(default_factory=list)
    prose_amounts: list[Amount] = field(default_factory=list)
    plain_columns: list[PlainColumn] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    listings: list[Listing] = field(default_factory=list)
    own_forms: list[OwnForm] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    told_rows: list[Indicator] = field(default_factory=list)
    totals: list[ScoreTotal] = field(default_factory=list)
    grade: Grade | None = None
    row_grades: list[RowGrade] = field(default_factory=list)
    scale: list[Band] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    problems: list[Passage] = field(default_factory=list)
    measures: list[Passage] = field(default_factory=list)

    formulas: list[Formula] = field(default_factory=list)
    rating_bands: list[RatingBand] = field(default_factory=list)
    scoring_rules: list[ScoringRule] = field(default_factory=list)
    execution_base: RateBase | None = None
    grade_step: tuple[Decimal, View] | None = None
    score_step: tuple[Decimal, View] | None = None
    unread_rules: list[View] = field(default_factory=list)
    equal_weights_rule: View | None = None
    word_limits: list[WordLimit] = field(default_factory=list)

    reach: Span = NOWHERE
    hidden: list[View] = field(default_factory=list)
    unread: list[tuple[Span, str]] = field(default_factory=list)
    unread_forms: list[UnreadForm] = field(default_factory=list)
    cut_off: Span = NOWHERE
    doubtful: list[Span] = field(default_factory=list)
    square: set[int] = field(default_factory=set)
    forms_read: list[FormRead] = field(default_factory=list)
    assisted: list[Span] = field(default_factory=list)

    def remarks(self, concern: Concern) -> list[Remark]:
        """What is odd about the file and stands in this report; what stands nowhere goes to the first."""
        reach = self.span if self.reach == NOWHERE else self.reach
        return [
            remark
            for remark in self.document.remarks
            if remark.concern is concern
            and (remark.span.overlaps(reach) if remark.span != NOWHERE else self.index == 1)
        ]

    # What is asked of the whole report is worked out once, when the first rule asks.

    @lazy
    def amounts(self) -> list[Amount]:
        """Amounts of the money tables, then those of prose."""
        return [amount for table in self.money_tables for amount in table.amounts] + self.prose_amounts

    @lazy
    def _stated(self) -> dict[Role, list[Amount]]:
        found: dict[Role, list[Amount]] = {}
        whole = [one for one in self.amounts if one.line.kind is LineKind.TOTAL and one.whole]
        year = self.fiscal_year or self._only_year(whole)
        for amount in whole:
            if amount.year is None or amount.year == year:
                found.setdefault(amount.role, []).append(amount)
        return found

    def _only_year(self, amounts: list[Amount]) -> int | None:
        """The year that amounts of running text state, where no year of the report is known: only if it
        is one, and no table states amounts of a year nobody tells."""
        years = {amount.year for amount in amounts if amount.year is not None}
        tabled = any(amount.table is not None for amount in amounts)
        return next(iter(years)) if len(years) == 1 and not tabled else None

    def stated(self, role: Role) -> list[Amount]:
        """Every statement of the whole project's amount of that role in its year, tables first."""
        return list(self._stated.get(role, ()))

    @lazy
    def total_score(self) -> Figure | None:
        """The self-score of the whole report: the closing total of a table, the widest where several
        are printed (合计 of the indicators, then 总分 with the execution row), else the one in prose."""
        closing = [
            total.score
            for total in self.totals
            if total.scope is None and total.table is not None and total.score is not None
        ]
        if closing:
            return max(closing, key=lambda figure: figure.value)
        told = [total for total in self.totals if total.scope is None and total.score is not None]
        # "得分：9.5分" may be that of one line; a total that calls itself one goes before.
        whole = [total for total in told if "总" in total.label or "综合" in total.label]
        return next((total.score for total in (*whole, *told)), None)

    @lazy
    def score_unit(self) -> Decimal:
        """One unit of the finest decimal among the scores, or of what the form rounds them to; 1 where there are
        none."""
        scores = [row.score for row in self.indicators] + [total.score for total in self.totals]
        finest = min((score.last_place for score in scores if score is not None), default=Decimal(1))
        return finest if self.score_step is None else max(finest, self.score_step[0])

    @lazy
    def partly_read(self) -> list[Span]:
        """Form-like stretches of a text of which some figure found no place. Where nothing but the words tells what
        stood where, a figure left over says that another one may stand in its place."""
        if self.document.has_grids:
            return []
        left = [span for span, _ in self.unread]
        left += [line for form in self.unread_forms for line in form.lines]
        return [form.span for form in self.forms_read if any(form.span.overlaps(span) for span in left)]

    def is_in_place(self, row: Indicator) -> bool:
        """Whether the cells of an indicator's table surely stand where the form has them: the format says so, or a
        copy of all cells does, none of them dropped."""
        if self.document.has_grids:
            return True
        guessed = any(form.taken.guessed and form.span.overlaps(row.span) for form in self.forms_read)
        return row.table in self.square and not guessed

    def unit_assumed(self, amount: Amount) -> bool:
        """Whether nothing says what the amount is counted in: it proves nothing against another unit."""
        return (
            amount.table is not None
            and self.money_tables[amount.table].unit_assumed
            and amount.figure.unit not in amount.figure.raw
        )

    @lazy
    def _laid_down(self) -> list[Span]:
        views = (*(rule.view for rule in self.scoring_rules), *self.unread_rules)
        return sorted((view.span() for view in views), key=lambda span: span.start)

    def lays_down(self, span: Span) -> bool:
        """Whether the form says there how scores are worked out: its figures are conditions, nobody's result."""
        at = bisect_right(self._laid_down, span.start, key=lambda one: one.start)
        return any(one.overlaps(span) for one in self._laid_down[max(0, at - 2) : at + 1])

    def quote(self, span: Span) -> str:
        return self.document.quote(span)

    @lazy
    def prose(self) -> list[Passage]:
        """Passages that hold running text: prose, and cells of at least 12 characters."""
        return [
            passage
            for passage in self.passages
            if passage.kind is TextKind.PROSE or (passage.kind is TextKind.CELL and len(passage.text) >= 12)
        ]

    @lazy
    def figures(self) -> list[Figure]:
        """Every number written in the report, in document order."""
        return [figure for passage in self.passages for figure in passage.figures]
