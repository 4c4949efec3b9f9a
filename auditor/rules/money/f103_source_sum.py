"""F103 资金来源合计 (funds.source-sum)

查什么  各来源（上级/本级/其他，中央/省/市/县，当年拨款/上年结转/其他）之和与合计是否一致；
        某行的数是否填到了别的行都不用的一列。
为什么  来源和总额对不上，说明至少有一个数填错；填错列会把本级资金报成上级资金。
        “其中”只列一部分来源是允许的，和小于总额时只有同表其他列证明列全了才判不一致；
        “其中”里面又有“其中”的，哪几行是一层由各列一起判断。
反例
    项目资金 | 年初预算数 | 全年预算数 | 全年执行数
    年度资金总额 | 180.00 | 186.00 | 186.00
    其中：当年财政拨款 | 160.00 | 166.00 | 166.00
    上年结转资金 | 20.00 | 20.00 | 26.00
    其他资金 | 0 | 0 | 0
    → 不一致
正例
    项目资金 | 年初预算数 | 全年预算数 | 全年执行数
    年度资金总额 | 180.00 | 186.00 | 185.99
    其中：当年财政拨款 | 160.00 | 166.00 | 165.99
    上年结转资金 | 20.00 | 20.00 | 20.00
    → 无
依据    表内合计关系
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal

from auditor.facts.funds import lines_of
from auditor.facts.slips import ODD_ROUNDING, likely_slip
from auditor.facts.source_lines import Column, Place, Sources, added, sources
from auditor.figures import Equation, add_up, show
from auditor.language import word
from auditor.report.model import Amount, LineKind, MoneyTable, Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="F103",
    name="funds.source-sum",
    title="资金来源合计不符",
    severity=Severity.HIGH,
    basis=("表内合计关系",),
    needs_all_rows=True,
)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    for table in report.money_tables:
        found = sources(table)
        if found.inner:
            yield from _nested(found)
        else:
            yield from _plain(table, found)
        yield from _wrong_column(table)


def _plain(table: MoneyTable, found: Sources) -> Iterator[Result]:
    """Lines of one level: all of them make the total."""
    flat = found.flat
    complete = any(column.shows(flat) and column.whole.figure.amount for column in found.columns)
    other = None
    if not any(column.shows(flat) for column in found.columns):
        top, fitting = found.best()
        left_out = [name for _, name in flat - top]
        if fitting == len(found.telling) and not all(word("catch_all").search(name) for name in left_out):
            other = top
    for column in found.columns:
        lines = lines_of(table, column.role, LineKind.SOURCE)
        apart = [line for line in lines if not line.line.of_which]
        if column.fits(flat):
            yield _fits(column, list(column.lines))
        elif lines and added(lines).meets(column.whole.figure.base):
            yield _fits(column, lines)
        # "其中" on the first line opens the list that the others go on.
        elif lines and not lines[0].line.of_which and added(apart).meets(column.whole.figure.base):
            yield _fits(column, apart)
        elif (once := _told_twice(column, lines)) and (len(lines) > 2 or _always_twice(table, found)):
            yield _fits(column, once)
        elif other is not None:
            yield _differs(column, lines, RULE.query)
        else:
            yield from _short_or_wrong(column, lines, complete)


def _told_twice(column: Column, lines: list[Amount]) -> list[Amount]:
    """The lines up to where they make the total, if those behind make it once more: by source, then by
    purpose. Empty where they do not."""
    whole = column.whole.figure.base
    for cut in range(1, len(lines)):
        if added(lines[:cut]).meets(whole) and added(lines[cut:]).meets(whole):
            return lines[:cut]
    return []


def _always_twice(table: MoneyTable, found: Sources) -> bool:
    """Whether every column tells its total twice: in one alone, it was typed in a part."""
    columns = ((one, lines_of(table, one.role, LineKind.SOURCE)) for one in found.columns)
    return all(_told_twice(one, lines) for one, lines in columns)


def _nested(found: Sources) -> Iterator[Result]:
    """Lists inside the list: accused is only a column that no nesting explains."""
    top, fitting = found.best()
    for column in found.columns:
        lines = column.chosen(top)
        if column.fits(top):
            yield _fits(column, lines)
        elif fitting < 1:
            lines = column.chosen(found.flat - frozenset(found.inner))
            yield RULE.not_assessable(
                f"“{column.whole.label}”有几层“其中”，看不出哪几行相加等于合计 {column.whole.figure.digits}。",
                [column.whole.figure, *(line.figure for line in column.lines)],
                key=_key(column, lines),
            )
        elif any(column.fits(other) for other in found.tops()):
            yield _differs(column, lines, RULE.query)
        else:
            yield from _short_or_wrong(column, lines, complete=True)
    for parent, parts in found.under(top):
        yield from _parts(found, parent, parts)


def _parts(found: Sources, parent: Place, parts: tuple[Place, ...]) -> Iterator[Result]:
    """The lines under one line, where another column shows that they are all of it."""
    columns = []
    for column in found.columns:
        whole = column.chosen(frozenset((parent,)))
        below = Column(column.role, tuple(column.chosen(frozenset(parts))), whole[0]) if whole else None
        if below is not None and below.lines:
            columns.append(below)
    if not any(column.shows(frozenset(parts)) for column in columns):
        return
    for column in columns:
        if not column.fits(frozenset(parts)):
            yield _differs(column, list(column.lines), RULE.query, of=f"{parent[1]} ")


def _key(column: Column, lines: list[Amount]) -> tuple[str, ...]:
    listed = (f"{line.line.name}{show(line.figure.value)}" for line in lines)
    return (column.role.value, *listed, column.whole.figure.digits)


def _plain_sum(column: Column, lines: list[Amount]) -> Decimal:
    return sum((line.figure.amount for line in lines), Decimal(0)) / column.whole.figure.scale


def _fits(column: Column, lines: list[Amount]) -> Result:
    figures = [line.figure for line in lines]
    rest = "（其余各行是其中数）" if len(lines) < len(column.lines) else ""
    if not add_up(figures, column.whole.figure):
        return _differs(column, lines, RULE.query, odd=True)
    return RULE.consistent(
        f"“{column.whole.label}”各来源之和与合计一致{rest}。",
        [column.whole.figure, *figures],
        relations=(Equation.total(figures, column.whole.figure, named="合计 {}"),),
        key=_key(column, lines),
    )


def _short_or_wrong(column: Column, lines: list[Amount], complete: bool) -> Iterator[Result]:
    partial = any(line.line.of_which for line in lines)
    listed = not partial or any(word("catch_all").search(line.line.name) for line in lines)
    # One source alone is no list: the others may stand where they were not read.
    exhaustive = complete or (listed and len(lines) > 1)
    if added(lines).below(column.whole.figure.base) and not exhaustive:
        unit = column.whole.figure.unit
        yield RULE.not_assessable(
            f"“{column.whole.label}”的“其中”只列了 {show(_plain_sum(column, lines))}{unit}，"
            f"合计 {column.whole.figure.digits}{unit}，不能断定来源列全。",
            [column.whole.figure, *(line.figure for line in lines)],
            key=_key(column, lines),
        )
        return
    yield _differs(column, lines, RULE.inconsistent)


def _differs(
    column: Column, lines: list[Amount], make: Callable[..., Result], of: str = "", odd: bool = False
) -> Result:
    """`odd`: the intervals meet, though only if the figures were printed in different ways."""
    figures, whole = [line.figure for line in lines], column.whole.figure
    summed, unit = _plain_sum(column, lines), whole.unit
    listed = "、".join(f"{line.line.name} {line.figure.digits}" for line in lines)
    difference = show(abs(summed - whole.value))
    hint = ODD_ROUNDING if odd else likely_slip(figures, [line.line.name for line in lines], whole)
    kind, name = ("其中各行", f"{of}一行") if of else ("各来源", "合计")
    return make(
        f"“{column.whole.label}”{kind}（{listed}）相加为 {show(summed)}{unit}，{name}填 {whole.digits}{unit}，"
        f"相差 {difference}{unit}。{hint}",
        [whole, *figures],
        relations=(Equation.total(figures, whole, holds=False),),
        suggestion="核对各来源的到账和支出数，更正来源或合计。",
        culprits=(column.whole.span,),
        severity=Severity.LOW if odd else None,
        key=_key(column, lines),
    )


def _wrong_column(table: MoneyTable) -> Iterator[Result]:
    """A value that equals its row's total but stands under a source no other row uses."""
    rows: dict[int | None, list[Amount]] = {}
    for amount in table.amounts:
        if amount.line.kind is LineKind.SOURCE:
            rows.setdefault(amount.row, []).append(amount)
    names = Counter(tuple(sorted(amount.line.name for amount in row)) for row in rows.values())
    if len(names) < 2:
        return
    (usual, count), *_ = names.most_common(1)
    if len(usual) != 1 or count < 3:
        return
    for row in rows.values():
        if len(row) == 1 and row[0].line.name != usual[0] and names[(row[0].line.name,)] == 1:
            amount = row[0]
            value = show(amount.figure.value)
            yield RULE.query(
                f"“{amount.label}”的 {value} 填在“{amount.line.name}”列，其余各行都填在“{usual[0]}”列，疑填错列。",
                [amount.figure],
                suggestion=f"确认后把 {value} 移到“{usual[0]}”列。",
                severity=Severity.LOW,
                culprits=(amount.span,),
                key=(amount.label, amount.line.name, value),
            )
