"""What a report says: project, money, indicators, scores, goals, narratives, declared rules.

Everything keeps the `View` or `Figure` it was read from, hence its exact place in the document.
Nothing here judges; nothing above this floor looks at a table again.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from auditor.compiled import compiled
from auditor.document import NOWHERE, Concern, Document, Remark, Span, View
from auditor.figures import Figure, scan
from auditor.language import Structure, cut
from auditor.values import frozen, lazy

_STOP = compiled(r"[。；;！!？?\n]")


class Role(StrEnum):
    """What an amount of money (or a rate between amounts) is. Values are the field's own words."""

    INITIAL = "年初预算"
    ADJUSTMENT = "预算调整"
    BUDGET = "预算"  # 全年预算数, adjusted: the denominator of the execution rate
    APPROVED = "批准金额"  # sums approved or arranged by a decision or a document
    INVESTED = "投入"
    ALLOCATED = "财政拨款"
    RECEIVED = "到位"
    PAID = "支出"
    BALANCE = "结余"
    CARRIED = "结转"
    RECLAIMED = "收回"
    CONTRACT = "合同金额"
    EXECUTION_RATE = "执行率"  # paid / budget
    ARRIVAL_RATE = "到位率"  # received / budget (or the form's own formula)
    SPENDING_RATE = "支出率"  # paid / received
    SAVING_RATE = "节约率"  # 1 - paid / budget
    WEIGHT = "分值"
    SCORE = "得分"
    REVIEW = "审核得分"

    @property
    def is_rate(self) -> bool:
        return self.value.endswith("率")

    @property
    def is_money(self) -> bool:
        return not self.is_rate and self not in (Role.WEIGHT, Role.SCORE, Role.REVIEW)


class LineKind(StrEnum):
    TOTAL = "total"  # 合计, 年度资金总额
    SOURCE = "source"  # 上级/本级/其他, 中央/省/市/县, 当年财政拨款/上年结转
    DETAIL = "detail"  # economic item, sub-project
    SUBTOTAL = "subtotal"  # 小计 of lines beside it, in a table that has a total


@frozen
class Line:
    """One line (or column) of a money table: which part of the money it speaks of.

    `of_which` marks lines introduced by 其中 that may list only a part of the total.
    `place` orders the lines as printed.
    """

    kind: LineKind
    name: str
    place: int = 0
    of_which: bool = False
    view: View | None = None


@frozen
class Amount:
    """One amount (or printed rate, weight, score) of money cell or of prose.

    role    what it is · line  which part of the money · figure  the number, in its unit
    label   the words that name it, as written · table  index into `Report.money_tables`, None in prose
    whole   the clause, or the table, speaks of the whole project, not of a part of it or of contracts
    row, col  position in the printed grid, 1-based (None in prose)
    """

    role: Role
    line: Line
    figure: Figure
    label: str
    table: int | None = None
    whole: bool = True
    row: int | None = None
    col: int | None = None
    year: int | None = None

    @property
    def span(self) -> Span:
        return self.figure.span


@frozen
class PlainColumn:
    """A column of a table that no form knows: the figures of its rows, and the one of its 合计 row."""

    label: str
    parts: tuple[Figure, ...]
    total: Figure
    view: View


@frozen
class GridRow:
    """The numbers of one row of a table by grid column, what it is called, and the text it begins with."""

    name: str
    values: dict[int, Figure]
    lead: str


@frozen
class Way:
    """One way in which a form was tried to be read.

    name    in words ("照原样的行列") · placed  figures with a meaning · unread  rows without a place
    held, checked   relations of the form that hold, and that could be tested · failed  the others, in words
    vetoes  what no form can say, in words · guessed  the rows and columns are not those of the file
    """

    name: str
    placed: int
    held: int
    checked: int
    failed: tuple[str, ...] = ()
    vetoes: tuple[str, ...] = ()
    unread: int = 0
    guessed: bool = False


@frozen
class FormRead:
    """How a form-like stretch of the document was read, and the next best way, if another was tried."""

    span: Span
    taken: Way
    runner_up: Way | None = None


@frozen
class Grid:
    """A table as plain numbers: `labels` of its columns by grid column, and the rows under them."""

    labels: dict[int, str]
    rows: tuple[GridRow, ...]


@frozen
class Listing:
    """The numbered rows of a table, each one project: the head of their column, and their names."""

    head: View
    names: tuple[View, ...]


@frozen
class FormulaTerm:
    """A term of a printed formula: a row reference "(3)" or a name ("财政拨款数")."""

    text: str
    reference: str | None = None


@frozen
class Formula:
    """A formula that the form prints: `left` = terms joined by `operators` (+ - × ÷), left to right.

    `table` names the money table it belongs to; None when it stands in a note.
    `view` holds the formula's own words.
    """

    left: FormulaTerm
    terms: tuple[FormulaTerm, ...]
    operators: tuple[str, ...]
    view: View
    table: int | None = None


@dataclass
class MoneyTable:
    """A grid of amounts: sources or detail lines against roles.

    `references` maps the printed row numbers "(3)" to the role or line they stand for, as a
    key into `amounts` via `Amount.row`.
    `headers` are the labels of its columns, also of those that name no role.
    `loose` are numbers under headers that name no role, with the place of their line; `aside` stand those under a
    header that names another sum (总投资), and parts of a line of detail.
    `unread` are figures of the grid that could not be placed, each with the reason.
    """

    title: str
    amounts: list[Amount] = field(default_factory=list)
    unit: str = ""
    references: dict[str, int] = field(default_factory=dict)
    unread: list[tuple[Figure, str]] = field(default_factory=list)
    span: Span = NOWHERE
    headers: tuple[str, ...] = ()
    loose: list[tuple[int, Figure]] = field(default_factory=list)
    aside: list[Span] = field(default_factory=list)

    @property
    def unit_assumed(self) -> bool:
        """Whether no unit could be read: its bare amounts count in the form's usual unit, unproved."""
        return not self.unit

    def of(self, role: Role, kind: LineKind | None = None) -> list[Amount]:
        """Amounts of that role, in printed order; only lines of `kind` if given."""
        return [
            amount
            for amount in self.amounts
            if amount.role is role and (kind is None or amount.line.kind is kind)
        ]

    def of_kind(self, kind: LineKind) -> list[Amount]:
        """Amounts on lines of that kind, in printed order."""
        return [amount for amount in self.amounts if amount.line.kind is kind]

    def line(self, line: Line) -> list[Amount]:
        """Amounts of that line, in printed order; two lines may have one name."""
        return self._lines.get((line.place, line.name), [])

    @lazy
    def _lines(self) -> dict[tuple[int, str], list[Amount]]:
        found: dict[tuple[int, str], list[Amount]] = {}
        for amount in self.amounts:
            found.setdefault((amount.line.place, amount.line.name), []).append(amount)
        return found

    @property
    def roles(self) -> list[Role]:
        """Roles present, in order of first appearance."""
        return list(dict.fromkeys(amount.role for amount in self.amounts))


@frozen
class Level:
    """A level-1, -2 or -3 label with the weight printed in it ("绩效目标 (20分)")."""

    name: str
    view: View
    weight: Figure | None = None


@frozen
class IndicatorPart:
    """A row under an indicator that details it ("其中：东坪村 | 12亩 | 12亩") and carries no points."""

    name: str
    view: View
    target: View | None = None
    actual: View | None = None


@dataclass
class Indicator:
    """One row of an indicator table.

    path       enclosing levels, outermost first, merged cells inherited; without the row itself
    name       the row's own label without its weight
    target, actual, narrative, reason   the cells as written (None: no such column, or empty)
    weight, score, review_score, deduction   figures in points; exact decimals as printed
    sign, unit   operator and unit where the form prints them in cells of their own (四川, 重庆)
    completion  the share of the target that the form prints as reached, score_rate that of the weight as earned
    aside      cells of known columns that nothing is compared with (偏离度, the target before its adjustment)
    is_execution  the row is the budget execution row of the form
    is_bonus     an extra-points row (加分项), outside the 100
    shares_score  the printed score or weight cell is merged over this row and its neighbours
    has_target_column / has_reason_column  whether the table has such a column at all
    parts      rows that detail it, in order
    table      number of the indicator table in the report, row its 1-based row in the document table
    year       the report's fiscal year, in which a deadline without a year falls
    """

    name: str
    name_view: View
    path: tuple[Level, ...] = ()
    target: View | None = None
    actual: View | None = None
    narrative: View | None = None
    reason: View | None = None
    weight: Figure | None = None
    score: Figure | None = None
    review_score: Figure | None = None
    deduction: Figure | None = None
    sign: View | None = None
    unit: View | None = None
    completion: View | None = None
    score_rate: View | None = None
    aside: tuple[View, ...] = ()
    is_execution: bool = False
    is_bonus: bool = False
    has_target_column: bool = False
    has_actual_column: bool = False
    has_reason_column: bool = False
    shares_score: bool = False
    parts: list[IndicatorPart] = field(default_factory=list)
    table: int = 0
    span: Span = NOWHERE
    year: int | None = None

    @property
    def lost(self) -> Decimal | None:
        """Points lost, as printed; None where weight or score is unknown."""
        if self.weight is None or self.score is None:
            return None
        return self.weight.value - self.score.value

    @property
    def full_marks(self) -> bool:
        return self.lost is not None and self.lost <= 0 and self.weight is not None and self.weight.value > 0

    @property
    def place(self) -> str:
        """ "一级/二级/三级" for messages."""
        names = [level.name for level in self.path] + [self.name]
        return "/".join(dict.fromkeys(name for name in names if name))


@frozen
class ScoreTotal:
    """A printed total or subtotal row of an indicator table, or a total stated in prose.

    scope    names the level it sums ("产出指标"), None for the whole table
    score, weight   as printed, either may be missing
    table    indicator table it closes; None in prose
    """

    label: str
    span: Span
    score: Figure | None = None
    weight: Figure | None = None
    scope: str | None = None
    table: int | None = None
    review_score: Figure | None = None
    deduction: Figure | None = None


@frozen
class Grade:
    """The grade the unit gave itself, as written ("优秀")."""

    word: str
    view: View


@frozen
class RowGrade:
    """A row's own grade beside its score; `weight`: what the score is of, None where it is of a hundred."""

    name: str
    score: Figure
    weight: Figure | None
    grade: Grade
    span: Span


@frozen
class Band:
    """One step of a printed grading scale: scores from `low` (to `high`, None: no upper end) are `word`."""

    word: str
    low: Decimal
    high: Decimal | None
    view: View


@frozen
class RatingBand:
    """A qualitative rating word and the share of the weight it earns: 好 → [1, 1], 达成预期指标 → [0.8, 1]."""

    word: str
    low: Decimal
    high: Decimal
    view: View


class ScoringSubject(StrEnum):
    """What a declared scoring rule speaks of."""

    INDICATORS = "indicators"  # those with a quantity for a target
    EXECUTION = "execution"
    QUALITATIVE = "qualitative"


class ScoringFormula(StrEnum):
    """How weight, target and actual make a score."""

    PROPORTION = "proportion"  # weight × actual ÷ target
    RATIO = "ratio"  # weight × target ÷ actual, where less is better
    EXCESS = "excess"  # weight × (1 − (actual − target) ÷ target), where less is better


@frozen
class ScoringStep:
    """One band of a declared scale: a rate (as a share of 1) from `low` to `high` (None: no end) earns
    `share` of the weight, or `points`: that many marks, or so many less than the weight if negative."""

    low: Decimal | None
    high: Decimal | None
    share: Decimal | None = None
    points: Decimal | None = None


@frozen
class ScoringRule:
    """A declared rule for scores.

    classes    level names it applies to ("产出", "时效"); empty: all of `subject`
    per_point  share of the weight lost per percentage point short of the target (0.05), or None
    points_off marks lost instead; `step` percentage points count as one (5: "每低5个百分点")
    over_from, over_per_point   completion above `over_from` (1.30) loses this share per point
    floor      completion below it earns nothing (0.6)
    formula, steps   the formula, or the bands, it lays down
    only       the one indicator row it stands in; None: it holds for the form
    exceptions  the rule's own words allow exceptions that are not in the document
    """

    view: View
    classes: tuple[str, ...] = ()
    per_point: Decimal | None = None
    over_from: Decimal | None = None
    over_per_point: Decimal | None = None
    exceptions: bool = False
    subject: ScoringSubject = ScoringSubject.INDICATORS
    points_off: Decimal | None = None
    step: Decimal = Decimal(1)
    floor: Decimal | None = None
    formula: ScoringFormula | None = None
    steps: tuple[ScoringStep, ...] = ()
    only: Span | None = None


@frozen
class RateBase:
    """What the form counts its execution rate on: `top` over the sum of `base`; `whole`: in whole per cent."""

    view: View
    top: Role
    base: tuple[Role, ...]
    whole: bool = False


@frozen
class WordLimit:
    """A limit on the length of a text: characters at least / at most, and what it governs.

    scope  the column or section label that carries it; `applies` are the texts under it
    """

    view: View
    scope: str
    minimum: int | None
    maximum: int | None
    applies: tuple[tuple[str, View], ...] = ()

    @property
    def contradicts_itself(self) -> bool:
        """ "不低于500字以内" cannot be met or broken."""
        return self.minimum is not None and self.maximum is not None and self.minimum >= self.maximum


class TextKind(StrEnum):
    HEADING = "heading"
    PROSE = "prose"
    CELL = "cell"
    FLAT = "flat"  # a table run together that could not be laid back into rows: read by no rule


@frozen
class Passage:
    """A paragraph or a table cell as a reader meets it, in document order.

    label    what names the text: the row label of a cell, "" for prose
    section  title of the section it stands in
    chapter  title of the outermost section over that one; "" where there is none
    parts    what the headings over it set it apart by: a stretch of the year, a batch, a lot, a place
    filled_by_system  the form itself says the text was carried over from the application
    declared  the unit of bare numbers that a line or heading above declares ("单位:元"), or ""
    """

    view: View
    kind: TextKind
    label: str = ""
    section: str = ""
    filled_by_system: bool = False
    parts: tuple[str, ...] = ()
    declared: str = ""
    chapter: str = ""
    text: str = field(init=False, repr=False, compare=False)
    span: Span = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Rules ask for both all the time.
        object.__setattr__(self, "text", self.view.text)
        object.__setattr__(self, "span", self.view.span())

    @lazy
    def figures(self) -> list[Figure]:
        return scan(self.view)

    @lazy
    def structure(self) -> Structure:
        """Its sentences, clauses and brackets."""
        return cut(self.text)

    @lazy
    def sentences(self) -> Sequence[View]:
        """The passage cut after 。；！？ and at paragraph borders; never empty."""
        start, text = 0, self.view.text
        found = []
        for match in _STOP.finditer(text):
            at = match.start()
            if at > start:
                found.append(self.view.part(start, at + (text[at] != "\n")))
            start = at + 1
        if start < len(text):
            found.append(self.view.part(start, len(text)))
        return found


@frozen
class Section:
    """A titled part of the report. `number` as written ("三", "（二）"); `depth` 1 for 一、, 2 for （一）…"""

    title: str
    view: View
    number: str
    depth: int
    passages: tuple[Passage, ...]

    @property
    def text(self) -> str:
        return "\n".join(passage.text for passage in self.passages)


@frozen
class Goal:
    """A goal as stated. `label` is what introduces it ("目标3", "年度总体目标", "1.")."""

    label: str
    view: View
    filled_by_system: bool = False


class FormKind(StrEnum):
    """What kind of paper this is, as far as it matters to the rules."""

    SELF_EVALUATION = "项目支出绩效自评"
    DEPARTMENT = "部门整体支出绩效自评"
    TRANSFER = "转移支付区域绩效自评"
    EVALUATION = "绩效评价报告"  # by the department or a third party: a look-alike
    APPLICATION = "绩效目标申报表"
    MONITOR = "绩效运行监控表"  # of the middle of the year: its payments are those of some months
    RECTIFICATION = "整改报告"
    ACCOUNTS = "部门决算公开"
    NOTICE = "资金通知"
    LETTER = "公函或说明"  # what comes with reports and states nothing of its own
    REVIEW = "自评复核表"  # the evaluator's own table: what was taken off, and why

    @property
    def look_alike(self) -> bool:
        return self in (
            FormKind.EVALUATION,
            FormKind.APPLICATION,
            FormKind.MONITOR,
            FormKind.RECTIFICATION,
            FormKind.ACCOUNTS,
            FormKind.NOTICE,
            FormKind.LETTER,
            FormKind.REVIEW,
        )


@frozen
class UnreadForm:
    """A form, or a part of one, that no reader took: `lines` with the `figures` that have no place, and
    why (Chinese). `around` are those lines with their neighbours: a sum that reaches into them may lack
    a row."""

    around: tuple[Span, ...]
    lines: tuple[Span, ...]
    figures: tuple[Figure, ...]
    reason: str


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
