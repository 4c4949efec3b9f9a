"""Indicator tables: levels inherited through merged cells, targets, actuals, weights, scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from auditor.compiled import compiled
from auditor.document import Cell, Row, Span, View
from auditor.figures import Figure, Kind, scan
from auditor.language.lexicon import word
from auditor.report.align import Aligner, CellType, Column, ColumnType, cell_type
from auditor.report.cell_figures import points_figure
from auditor.report.indicator_columns import LEVEL_SCORE, LEVEL_WEIGHT, RAW_SCORE, indicator_columns
from auditor.report.inferred_columns import GUESSED, inferred
from auditor.report.labels import LEVEL_WORD, SUBTOTAL_ROW, TOTAL_ROW, column_of, details_above
from auditor.report.merged_points import lone, settled, share, undo_repeats
from auditor.report.model import Indicator, IndicatorPart, Level, ScoreTotal

_LABEL_WEIGHT = compiled(
    r"[(（](?:共|满分|权重|分值)?:?(?P<n>\d{1,3}(?:\.\d+)?)(?:分|%)?(?:[，,；;](?:自评)?得分?:?(?P<score>\d{1,3}(?:\.\d+)?)分?)?[)）]$"
)
_FRAGMENT = compiled(r"[(（]\d{1,3}(?:\.\d+)?分?[)）]|[\u4e00-\u9fff]{1,8}(?:[(（]\d{1,3}分?[)）])?")
_NO_COLUMN = "合计行的数对不上是哪一列"
_NOTES = {"narrative", "reason"}
_OPTIONAL = {*_NOTES, "sign", "unit", "deviation", "deduction"}
"""Columns that a sound row may leave empty: a qualitative target has no unit."""
_BESIDE = ("other", "target", "deviation", RAW_SCORE)
"""Columns whose cells are kept as they are; a target, because an adjusted one may go before it."""
_SUMMED = ("weight", "score", "review")
"""Columns of points whose sum a total row can print; the points of levels are no row's own."""
_PAIR = compiled(r"(\d+(?:\.\d+)?)分?/(\d+(?:\.\d+)?)分?")
_QUANTITY = compiled(r"[≥≤><=]{0,2}\d[\d,]*(?:\.\d+)?(?:%|[\u4e00-\u9fff]{1,2})?")
_SIGN = word("col_sign")
_BONUS = compiled(r"加分|附加分|奖励分|扣分项|减分项|倒扣|一票否决")


@dataclass
class IndicatorHeader:
    """A header row of an indicator table and the rows read under it."""

    row: Row
    columns: tuple[Column, ...]
    index: int
    indicators: list[Indicator] = field(default_factory=list)
    totals: list[ScoreTotal] = field(default_factory=list)
    unread: list[tuple[Row, str]] = field(default_factory=list)
    doubtful: list[Span] = field(default_factory=list)
    labels: dict[int, str] = field(default_factory=dict)
    root: Level | None = None
    _open: dict[int, Level] = field(default_factory=dict)
    broken: bool = False
    guessed: bool = False
    square: bool = True
    """Whether all rows print as many cells as the header, empty ones too, each under its own: none was dropped."""
    _cut: View | None = None
    _level_points: dict[tuple[int, object], Figure | None] = field(default_factory=dict)
    _closed: bool = False
    _relabelled: set[Span] = field(default_factory=set)
    _filled: list[tuple[frozenset[object], Span]] = field(default_factory=list)
    _lone: list[tuple[Row, ScoreTotal]] = field(default_factory=list)
    """Total rows with one number that stands under no column and is no sum of the rows read so far."""

    def __post_init__(self) -> None:
        self.aligner = Aligner(self.columns)
        self.kinds = {column.holds for column in self.columns}
        columns = [column for column in self.columns if column.holds not in _OPTIONAL]
        self._width = max((column.at for column in columns), default=self.row.width) + 1
        words = {cell.col: cell.text for cell in self.row.cells}
        self._beside = frozenset(
            i
            for i, column in enumerate(self.columns)
            if column.holds in _BESIDE and column_of(words.get(column.at, "")) is not None
        )
        self.label_columns = [i for i, column in enumerate(self.columns) if column.type is ColumnType.LABEL]

    @property
    def complete(self) -> bool:
        """Whether the closing total row has been read."""
        return self._closed or any(total.scope is None for total in self.totals)

    def read(self, row: Row) -> bool:
        """Reads one row; false when it no longer belongs to this table."""
        if not row.cells:
            return True
        if self._is_total(row):
            return self._total(row, None)
        if self._closed and not self._goes_on(row):
            return False
        if any(SUBTOTAL_ROW.fullmatch(cell.text) for cell in row.cells[:3]):
            return self._total(row, self._scope(row))
        if all(cell_type(cell.text) is CellType.TEXT for cell in row.cells) and len(row.cells) <= 2:
            if self._fragment(row):
                return True
            if len(row.cells) == 1 and len(row.cells[0].text) <= 24 and not _weight_of(row.cells[0].view):
                self._cut = row.cells[0].view
                return True
        placed = self.aligner.assign([(cell.col, cell.text) for cell in row.cells])
        if placed is None:
            if not self._looks_like_row(row):
                return False
            self.unread.append((row, "各列无法唯一对应表头"))
            return True
        return self._take(row, placed)

    def _is_total(self, row: Row) -> bool:
        """A total label and nothing but numbers behind it; an indicator called 总计 has a target."""
        at = next((i for i, cell in enumerate(row.cells[:3]) if TOTAL_ROW.fullmatch(cell.text)), None)
        if at is None or ":" in row.cells[at].text:
            return False
        label = row.cells[at].text  # once more in each place that a merged cell covered
        behind = [
            cell
            for cell in row.cells[at + 1 :]
            if cell_type(cell.text) is CellType.TEXT and cell.text != label
        ]
        return len(behind) < 2 or any("等" in cell.text for cell in behind)

    def _goes_on(self, row: Row) -> bool:
        """Whether a row behind the total still belongs to the table: an extra-points row, or one
        that fills target, weight and score."""
        if any(_BONUS.search(cell.text) for cell in row.cells[:3]):
            return True
        placed = self.aligner.assign([(cell.col, cell.text) for cell in row.cells])
        if placed is None or not self.aligner.certain:
            return False
        held = {self.columns[index].holds for index in placed if index >= 0}
        return {"weight", "score"} <= held and bool({"target", "actual", "name"} & held)

    def _looks_like_row(self, row: Row) -> bool:
        return any(
            cell_type(cell.text) in (CellType.NUMBER, CellType.PERCENT, CellType.INDEX) for cell in row.cells
        )

    def _scope(self, row: Row) -> str | None:
        label = next(cell.text for cell in row.cells[:3] if SUBTOTAL_ROW.fullmatch(cell.text))
        named = label.removesuffix("小计").strip(":")
        if named:
            return named
        return self._open[self.label_columns[0]].name if self._open.get(self.label_columns[0]) else None

    def _total(self, row: Row, scope: str | None) -> bool:
        start = next(
            i
            for i, cell in enumerate(row.cells)
            if TOTAL_ROW.fullmatch(cell.text) or SUBTOTAL_ROW.fullmatch(cell.text)
        )
        cells = list(row.cells[start:])
        grade = next(
            (i for i, cell in enumerate(cells) if i and "等" in cell.text and len(cell.text) <= 8), None
        )
        cells = cells[:grade]
        numeric = (CellType.NUMBER, CellType.INDEX, CellType.PERCENT)
        numbers = [cell for cell in cells[1:] if cell_type(cell.text) in numeric]
        pair = next((cell for cell in cells[1:] if _PAIR.fullmatch(cell.text)), None)
        kind = "pair back" if "pair back" in self.kinds else "pair"
        both = {} if pair is None else _pair({kind: pair})
        full = self._full_score(numbers)
        numbers = [cell for cell in numbers if cell is not full]
        found = both or self._over_both(numbers) or self._place_total(numbers)
        if full is not None and (weight := _points(full)) is not None:
            found = {"weight": weight, **found}
        if numbers and not found:
            lone = _points(numbers[0]) if len(numbers) == 1 and scope is None else None
            if lone is not None and {"weight", "score"} <= self.kinds:
                self._lone.append((row, ScoreTotal(cells[0].text, row.span, None, lone, None, self.index)))
            else:
                self.unread.append((row, _NO_COLUMN))
            return True
        self._closed = scope is None and bool(self.indicators)
        self.totals.append(
            ScoreTotal(
                cells[0].text, row.span, found.get("score"), found.get("weight"), scope, self.index,
                review_score=found.get("review"), deduction=self._under("deduction", numbers),
            )
        )  # fmt: skip
        return True

    def _under(self, kind: str, numbers: list[Cell]) -> Figure | None:
        """The number of a total row that stands under the column of that kind."""
        at = next((column.at for column in self.columns if column.holds == kind), None)
        cell = next((cell for cell in numbers if cell.col == at), None)
        return None if cell is None else _points(cell)

    def _full_score(self, numbers: list[Cell]) -> Cell | None:
        """The number of a total row under the names, where these carry the weights ("指标（分值）"): their sum."""
        names = {self.columns[index].at for index in self.label_columns}
        own = [cell for cell in numbers if cell.col in names]
        weighted = any(row.weight is not None for row in self.indicators)
        told = "weight" in self.kinds or not weighted or len(own) != 1 or len(numbers) < 2
        return None if told else own[0]

    def _over_both(self, numbers: list[Cell]) -> dict[object, Figure]:
        """The one number of a total row whose cell is merged over weight and score, or that counts "分" as
        no weight does: the score."""
        if len(numbers) != 1 or "score" not in self.kinds:
            return {}
        cell = numbers[0]
        covered = {column.holds for column in self.columns if cell.col <= column.at < cell.col + cell.colspan}
        figure = _points(cell)
        if figure is None or not ({"weight", "score"} <= covered or cell.text.endswith("分")):
            return {}
        return {"score": figure}

    def _place_total(self, numbers: list[Cell]) -> dict[object, Figure]:
        """Which columns the numbers of a total row belong to: by count, by place, by arithmetic."""
        columns = [column for column in self.columns if column.type is ColumnType.POINTS]
        if not columns:
            return {}
        whole = [figure for cell in numbers if (figure := _points(cell)) is not None]
        if len(whole) != len(columns) or not self._is_sum(columns[0].holds, whole[0]):
            numbers = self._without_copies(numbers)
        figures = [(cell, figure) for cell in numbers if (figure := _points(cell)) is not None]
        if len(figures) == len(columns):
            return {column.holds: figure for column, (_, figure) in zip(columns, figures, strict=True)}
        # The sum of a column that holds no points ("偏差 | -2.31") is nobody's score.
        others = {
            column.at
            for column in self.columns
            if column.holds in ("other", "completion", "score rate", "deviation", "deduction")
        }
        ways = []
        for shift in (self.aligner.shift, 0):
            places = {column.at - shift: column.holds for column in columns}
            own = [(cell, figure) for cell, figure in figures if cell.col in places or cell.col not in others]
            if own and all(cell.col in places for cell, _ in own):
                ways.append({places[cell.col]: figure for cell, figure in own})
        if ways:  # rows slide, their total need not: the one that the sums of the rows speak for
            return max(ways, key=lambda way: sum(self._is_sum(*placed) for placed in way.items()))
        figures = [(cell, figure) for cell, figure in figures if cell.col not in others]
        if len(figures) == 1:
            figure = figures[0][1]
            fitting = [column.holds for column in columns if self._is_sum(column.holds, figure)]
            if len(fitting) == 1:
                return {fitting[0]: figure}
        return {}

    def _without_copies(self, numbers: list[Cell]) -> list[Cell]:
        """The numbers without those that stand under no points and repeat the one before: a merged cell, undone."""
        points = {column.at for column in self.columns if column.type is ColumnType.POINTS}
        return [
            cell
            for before, cell in zip([None, *numbers], numbers, strict=False)
            if before is None or cell.col in points or cell.text != before.text
        ]

    def _is_sum(self, kind: object, figure: Figure) -> bool:
        """Whether the points of that kind of the rows above add up to the figure."""
        if kind not in _SUMMED:
            return False
        name = "review_score" if kind == "review" else str(kind)
        own = [getattr(indicator, name) for indicator in self.indicators]
        return sum((one.value for one in own if one is not None), Decimal(0)) == figure.value

    def _take(self, row: Row, placed: tuple[int, ...]) -> bool:
        here = all(
            index >= 0 and cell.col == self.columns[index].at
            for cell, index in zip(row.cells, placed, strict=True)
        )
        self.square = self.square and here and row.width >= self._width
        by_kind: dict[object, Cell] = {}
        labels: dict[int, Cell] = {}
        self._level_points = {}
        for cell, index in zip(row.cells, placed, strict=True):
            if index < 0:
                continue
            column = self.columns[index]
            if column.type is ColumnType.LABEL:
                labels[index] = cell
            elif column.holds in (LEVEL_WEIGHT, LEVEL_SCORE):
                left = max((i for i in self.label_columns if i < index), default=0)
                self._level_points[left, column.holds] = _points(cell)
            else:
                by_kind[column.holds] = cell
        valued = any(
            kind in by_kind for kind in ("weight", "score", "target", "actual", "review", "pair", "pair back")
        )
        if not valued and not (by_kind and labels):
            return self._label_only(labels)
        own = max(labels, default=None)
        if own is not None and self._is_part(labels, by_kind):
            self._part(labels[own], by_kind)
            return True
        if {"weight", "score"} & self.kinds and not {"weight", "score", "actual", "review"} & by_kind.keys():
            return False
        if not labels and not {"weight", "score"} & by_kind.keys():
            return self._continuation(by_kind)
        if not self.aligner.certain or self.guessed:
            self.doubtful.append(row.span)
        self._filled.append((frozenset(by_kind), row.span))
        self._add(row, labels, by_kind, placed)
        return True

    def _is_part(self, labels: Mapping[int, Cell], by_kind: Mapping[object, Cell]) -> bool:
        """Whether the row details the indicator above ("其中：东坪村" and the rows below it): a target or an
        actual of its own, but no points, whether their cells are empty or struck out."""
        points = (by_kind[kind] for kind in ("weight", "score", "pair", "pair back") if kind in by_kind)
        if (
            not self.indicators
            or not {"target", "actual"} & by_kind.keys()
            or any(cell_type(cell.text) is not CellType.BLANK for cell in points)
        ):
            return False
        *outer, own = sorted(labels)
        entered = any(not self._prints_again(index, labels[index].view) for index in outer)
        named = details_above(labels[own].text)
        goes_on = bool(self.indicators[-1].parts) and bool({"weight", "score"} & self.kinds)
        return named or (goes_on and not entered)

    def _part(self, label: Cell, by_kind: Mapping[object, Cell]) -> None:
        name = word("row_of_detail").sub("", _name(label.view), count=1)
        part = IndicatorPart(name, label.view, _note(by_kind.get("target")), _note(by_kind.get("actual")))
        self.indicators[-1].parts.append(part)

    def _fragment(self, row: Row) -> bool:
        """The rest of labels that a page break cut: "产出时效" + "(7分)", "政府采购规" + "范性"."""
        if not (row.after_break or self.broken) or not self.indicators:
            return False
        if not all(_FRAGMENT.fullmatch(cell.text) for cell in row.cells):
            return False
        for cell in row.cells:
            self._append_fragment(cell)
        return True

    def _append_fragment(self, cell: Cell) -> None:
        """Joins a fragment to the label of the row above that it completes.

        A bare weight completes the level above that has none; words complete the row's own name.
        """
        last = self.indicators[-1]
        if _LABEL_WEIGHT.fullmatch(cell.text):
            for index, level in sorted(self._open.items(), reverse=True):
                if level.weight is None:
                    self._complete(index, cell.view)
                    return
        joined = last.name_view.join(cell.view)
        last.name_view, last.name = joined, _name(joined)
        last.weight = last.weight or _weight_of(joined)

    def _complete(self, index: int, view: View) -> None:
        level = self._open[index]
        joined = level.view.join(view)
        merged = Level(_name(joined), joined, _weight_of(joined))
        self._open[index] = merged
        for indicator in self.indicators:
            indicator.path = tuple(merged if each is level else each for each in indicator.path)

    def _label_only(self, labels: dict[int, Cell]) -> bool:
        """A row of labels alone: a level heading, or a name whose rest follows a page break."""
        if len(labels) != 1:
            return False
        index, cell = next(iter(labels.items()))
        if len(cell.text) <= 24 and _weight_of(cell.view):
            self._enter(index, cell.view)
            self._cut = None
            return True
        return False

    def _continuation(self, by_kind: dict[object, Cell]) -> bool:
        """The rest of a narrative or reason that a page break cut."""
        if not self.indicators or not by_kind:
            return False
        last = self.indicators[-1]
        for kind, cell in by_kind.items():
            if kind in ("narrative", "reason"):
                before = getattr(last, str(kind))
                setattr(last, str(kind), before.join(cell.view) if before else cell.view)
        return True

    def _enter(self, index: int, view: View) -> None:
        if index in self._open and not _name(view) and self._open[index].weight is None:
            self._complete(index, view)  # "(50分)" alone: a page break cut it off its label
            return
        if self._prints_again(index, view):
            return  # the label of a merged cell, written again in each of the rows it spans
        for deeper in [i for i in self._open if i >= index]:
            del self._open[deeper]
        weight = self._level_points.get((index, LEVEL_WEIGHT)) or _weight_of(view)
        self._open[index] = Level(_name(view) or view.text, view, weight)
        score = self._level_points.get((index, LEVEL_SCORE)) or _weight_of(view, "score")
        if score is not None:
            self.totals.append(
                ScoreTotal(_name(view), view.span().cover(score.span), score, None, _name(view), self.index)
            )

    def _prints_again(self, index: int, view: View) -> bool:
        """Whether the label of an open level is written once more."""
        return index in self._open and self._open[index].view.text == view.text

    def _aside(self, row: Row, placed: tuple[int, ...]) -> tuple[View, ...]:
        """The cells of known columns that nothing is compared with: 偏离度, the target before it was adjusted."""
        return tuple(
            cell.view
            for cell, index in zip(row.cells, placed, strict=True)
            if index >= 0 and index in self._beside
        )

    def _add(
        self, row: Row, labels: dict[int, Cell], by_kind: dict[object, Cell], placed: tuple[int, ...]
    ) -> None:
        own = max(labels, default=None)
        for index in sorted(labels):
            if index != own:
                if self._prints_again(index, labels[index].view):
                    self._relabelled.add(row.span)
                self._enter(index, labels[index].view)
        # A lone label in the column of an open level ("产出目标" above it) is a name that slipped
        # left, not a new level: it stays under that level.
        slipped = own is not None and len(labels) == 1 and own in self._open
        if own is not None and own != self.label_columns[-1] and own in self._open and not slipped:
            self._enter(own, labels[own].view)
            self._open.pop(own)
        name_view = labels[own].view if own is not None else row.cells[0].view
        if self._cut is not None and row.after_break:
            name_view = self._cut.join(name_view)
        self._cut = None
        path = tuple(
            level
            for index, level in sorted(self._open.items())
            if own is None or index < own or (slipped and index == own)
        )
        if self.root is not None:
            path = (self.root, *path)
        score = self._figure(by_kind.get("score"))
        pair = _pair(by_kind)
        indicator = Indicator(
            _name(name_view),
            name_view,
            path,
            target=self._target(by_kind),
            actual=_note(by_kind.get("actual")),
            narrative=_view(by_kind.get("narrative")),
            reason=_note(by_kind.get("reason")) or _told(by_kind.get("deviation")),
            weight=self._figure(by_kind.get("weight")) or pair.get("weight") or _weight_of(name_view),
            score=score or pair.get("score"),
            review_score=self._figure(by_kind.get("review")),
            deduction=self._figure(by_kind.get("deduction")),
            sign=_view(by_kind.get("sign")),
            unit=_view(by_kind.get("unit")),
            completion=_note(by_kind.get("completion")),
            score_rate=_note(by_kind.get("score rate")),
            aside=self._aside(row, placed),
            has_target_column="target" in self.kinds,
            has_actual_column="actual" in self.kinds,
            has_reason_column=bool({"reason", "deviation"} & self.kinds),
            is_bonus=any(_BONUS.search(cell.text) for cell in labels.values())
            or any(_BONUS.search(level.name) for level in path),
            table=self.index,
            span=row.span,
        )
        for kind, cell in by_kind.items():
            self.labels[cell.span.start] = (
                indicator.name if kind == "narrative" else f"{indicator.name}·{kind}"
            )
        self.indicators.append(indicator)

    def _target(self, by_kind: dict[object, Cell]) -> View | None:
        adjusted = by_kind.get("adjusted")
        if adjusted is not None and cell_type(adjusted.text) is not CellType.BLANK:
            return adjusted.view
        return _note(by_kind.get("target"))

    def _figure(self, cell: Cell | None) -> Figure | None:
        return None if cell is None else _points(cell)

    def finish(self, execution: Sequence[Indicator] = ()) -> None:
        """Closes the table: scores merged over several indicators are known once all rows are, and
        so is which columns a row usually fills. `execution` rows count towards its total."""
        self._mark_odd_rows()
        self.doubtful += undo_repeats(self.indicators, execution, self.totals, self._relabelled)
        if {"weight", "score"} <= self.kinds:
            share(self.indicators)
            self.totals = settled(self.totals, (*self.indicators, *execution))
            for row, total in self._lone:
                placed = lone(total, (*self.indicators, *execution))
                if placed is None:
                    self.unread.append((row, _NO_COLUMN))
                else:  # which column it belongs to was inferred, so that it proves nothing
                    self.totals.append(placed)
                    self.doubtful.append(row.span)
        if "weight" not in self.kinds:
            self._weigh_by_label()
        first = min((row.span.start for row in self.indicators), default=0)
        # A total above its rows closes nothing: it is told like one in the text.
        self.totals = [
            replace(total, table=None) if total.scope is None and total.span.end <= first else total
            for total in self.totals
        ]

    def _weigh_by_label(self) -> None:
        """Where the labels print the points ("成本指标（15分）") and no column does, those of a label are the
        points of the only row under it."""
        under: dict[Span, tuple[Level, list[Indicator]]] = {}
        for row in self.indicators:
            level = next((one for one in reversed(row.path) if one.weight is not None), None)
            if level is not None:
                under.setdefault(level.view.span(), (level, []))[1].append(row)
        for level, rows in under.values():
            if len(rows) == 1 and rows[0].weight is None and not rows[0].is_bonus:
                rows[0].weight = level.weight

    def _mark_odd_rows(self) -> None:
        """A row that leaves a column empty which nearly all rows fill may have slipped sideways."""
        rows = len(self._filled)
        counts = Counter(kind for kinds, _ in self._filled for kind in kinds)
        usual = {kind for kind, count in counts.items() if count * 5 >= rows * 4 and kind not in _OPTIONAL}
        for kinds, span in self._filled:
            if usual - kinds and {"weight", "score"} <= kinds:
                self.doubtful.append(span)
        slid = [row.span for row in self.indicators if _slid(row, "sign" in self.kinds)]
        percents = [row.span for row in self.indicators if _points_in_percent(row)]
        if len(percents) * 2 < len(
            self.indicators
        ):  # a rate under the points, which the others write plainly
            slid += percents
        if slid:  # which points such a row lost is open, so that no sum over the rows proves anything
            levels = (level.view.span() for row in self.indicators for level in row.path)
            self.doubtful += dict.fromkeys((*slid, *(total.span for total in self.totals), *levels))


def indicator_header(row: Row, index: int, below: Sequence[Row] = ()) -> IndicatorHeader | None:
    """The header this row is, or `None`. The rows `below` tell what a column holds that no word names."""
    found = indicator_columns(row)
    if found is None:
        return None
    named, group = found
    columns = inferred(named, row, below)
    header = IndicatorHeader(row, columns, index)
    header.guessed = any(column.holds in GUESSED and column not in named for column in columns)
    if group is not None and _weight_of(group.view) is not None:
        header.root = Level(_name(group.view), group.view, _weight_of(group.view))
    return header


def _slid(row: Indicator, signed: bool) -> bool:
    """Whether a row holds what no sound row does: a name that is a figure with its unit, has no letter in it or is
    the label of a level below one that is printed twice, a target that is nothing but an operator where operators
    have a column (`signed`). Its cells stand under their neighbours' headers."""
    target = row.target.text if row.target is not None and signed else ""
    levels = [level.name for level in row.path]
    nameless = (
        _QUANTITY.fullmatch(row.name) is not None
        or not any(map(str.isalpha, row.name))
        or (len(set(levels)) < len(levels) and LEVEL_WORD.fullmatch(row.name) is not None)
    )
    return nameless or _SIGN.fullmatch(target) is not None


def _points_in_percent(row: Indicator) -> bool:
    return any("%" in figure.raw for figure in (row.weight, row.score) if figure is not None)


def _pair(by_kind: Mapping[object, Cell]) -> dict[object, Figure]:
    """Weight and score of a cell that holds both: "20/18.5", or "18.5/20" under "得分/分值"."""
    back = "pair back" in by_kind
    cell = by_kind.get("pair back" if back else "pair")
    match = _PAIR.fullmatch(cell.text) if cell else None
    if cell is None or match is None:
        return {}
    names = ("score", "weight") if back else ("weight", "score")
    return {
        name: points_figure(scan(cell.view.part(*match.span(part)))[0]) for part, name in enumerate(names, 1)
    }


def _told(cell: Cell | None) -> View | None:
    """Words in a column that usually holds numbers ("偏差")."""
    return cell.view if cell is not None and cell_type(cell.text) is CellType.TEXT else None


def _points(cell: Cell) -> Figure | None:
    """A weight or score cell as points; "10%" of a weight column counts as 10 points."""
    if cell_type(cell.text) not in (CellType.NUMBER, CellType.INDEX, CellType.PERCENT):
        return None
    figure = next(iter(scan(cell.view)), None)
    return None if figure is None else points_figure(figure)


def _weight_of(view: View, part: str = "n") -> Figure | None:
    """The weight a label carries ("产出指标（50分）"), or its score ("产出指标（50分，得分48分）")."""
    match = _LABEL_WEIGHT.search(view.text)
    if match is None or match[part] is None:
        return None
    decimals = len(match[part].partition(".")[2])
    return Figure(view, *match.span(part), Kind.SCORE, Decimal(match[part]), "分", Decimal(1), decimals)


def _name(view: View) -> str:
    return _LABEL_WEIGHT.sub("", view.text).strip(":；;。 \n")


def _view(cell: Cell | None) -> View | None:
    return None if cell is None else cell.view


def _note(cell: Cell | None) -> View | None:
    """A reason, target or actual; a dash or "无" says nothing."""
    if cell is None or cell_type(cell.text) is CellType.BLANK:
        return None
    return cell.view
