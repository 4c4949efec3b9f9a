"""Lines that are nothing but "label：value" records, laid into rows of labels and values.

"年初预算数：320万元 全年执行数：285万元 执行率：95%" on one line, or each on a line of its own, are amounts beside
their labels. Indicators told record by record ("三级指标：…", "分值：…", again and again) make a table with the
labels as its header; so do lines that each tell one indicator whole ("三级指标：…；年度指标值：…；得分：…", or with its
class as the label of its name: "数量指标：…；目标：…；得分：…"). A card, a table with one cell in every row, is such lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from auditor.compiled import compiled
from auditor.document import Block, Cell, Document, Paragraph, Row, Table, View
from auditor.document.fold import folded_text, view
from auditor.report.align import CellType, cell_type
from auditor.report.indicator_columns import indicator_columns
from auditor.report.labelled import head_at
from auditor.report.labels import LEVEL_WORD, TOTAL_ROW, clean, column_of, line_of, role_of

_LABEL = r"(?P<label>(?:其中[:：\-]?)?[\u4e00-\u9fff][\u4e00-\u9fffA-Za-z()（）/]{1,19})"
_RECORD = compiled(rf"{_LABEL}:(?P<value>-?\d[\d,]*(?:\.\d+)?(?:%|分|万元|亿元|元)?|[/—-])[;；,，、。]?")
_FIELD = compiled(r"(?P<label>[\u4e00-\u9fff]{2,8})\d{0,2}:(?P<value>[^:]{1,60})")
_MARKS = "；;，,、。|/ "  # between the records of a line, where no blank is
_LONGEST_LABEL = 16
_NUMBERED = compiled(r"(?:[(（]?\d{1,2}[)）.、]|(?:指标|目标|序号|第)\d{1,2}项?:|[-*•●])?")
_LEAST_FIELDS = 3
_LEVEL, _NAME = "二级指标", "三级指标"
"""The heads that a card leaves out."""
_LONGEST_NAME = 30
_MONEY, _WHOLE = "项目资金", "年度资金总额"
"""The heads of the amounts that such lines leave out."""
_LEADS, _LEAST_LINES = 2, 2
_TEXT_LINE = compiled(r"[^\n\r\f]+")
_Pair = tuple[View, View]
_Led = tuple[View, list[_Pair]]


def unboxed(block: Block, document: Document) -> list[Block]:
    """The block; of a card whose lines are records the lines."""
    if not isinstance(block, Table) or any(len(row.cells) != 1 for row in block.rows):
        return [block]
    folded = folded_text(document)
    texts = (
        view(folded, *line.span())
        for row in block.rows
        for line in _TEXT_LINE.finditer(folded, *row.cells[0].span)
    )
    lines: list[Block] = [Paragraph(text) for text in texts if text]
    return lines if any(isinstance(one, Table) for one in recorded(lines)) else [block]


def recorded(stretch: Sequence[Block]) -> Iterator[Block]:
    """The blocks, runs of record lines laid into tables where they tell money or indicators."""
    for is_run, group in groupby(stretch, lambda block: isinstance(block, Paragraph) and ":" in block.text):
        blocks = list(group)
        yield from _laid([block for block in blocks if isinstance(block, Paragraph)]) if is_run else blocks


def _laid(lines: Sequence[Paragraph]) -> Iterator[Block]:
    grid, used = _indicators(lines)
    if grid is None:
        grid, used = _told_whole(lines)
    if grid is not None:
        yield from _money(lines[: used[0]])
        closing = _closing(grid, lines[used[1] : used[1] + 1])
        yield Table((*grid.rows, *closing), grid.number)
        yield from _money(lines[used[1] + len(closing) :])
    else:
        yield from _money(lines)


def _closing(grid: Table, lines: Sequence[Paragraph]) -> list[Row]:
    """The row that the line behind the indicators makes where it tells their total: "总分：98"."""
    match = _FIELD.fullmatch(lines[0].text) if lines else None
    header = grid.rows[0]
    score = next((cell.col for cell in header.cells if column_of(cell.text) == "score"), None)
    if match is None or score is None or not TOTAL_ROW.fullmatch(clean(match["label"])):
        return []
    label, value = (lines[0].view.part(*match.span(part)) for part in ("label", "value"))
    if cell_type(value.text) not in (CellType.NUMBER, CellType.INDEX):
        return []
    at = len(grid.rows)
    return [Row((Cell(label, at, 0), Cell(value, at, score)), header.width, at)]


def _money(lines: Sequence[Paragraph]) -> Iterator[Block]:
    """The lines, each run of records that names two amounts as a table of labels and figures; lines that each begin
    with a name ("其中：市级补助：全年预算数：486万元；…") as one with the labels for its header."""
    at = 0
    for start, end, table in _named(lines):
        yield from _unnamed(lines[at:start])
        yield table
        at = end
    yield from _unnamed(lines[at:])


def _named(lines: Sequence[Paragraph]) -> Iterator[tuple[int, int, Table]]:
    """The tables of lines that each begin with what their amounts are of, the first perhaps with the head of all; each
    with the place of its first line and the one behind its last."""
    led = [_led(line.view) for line in lines]
    for tells, group in groupby(range(len(led)), lambda at: led[at] is not None):
        places = list(group)
        own = [one for at in places if (one := led[at]) is not None]
        sources = [line_of(name.text) for name, _ in own]
        if tells and len(own) >= _LEAST_LINES and None not in sources[1:] and any(map(_of_money, own[0][1])):
            yield places[0], places[-1] + 1, _by_source(own, is_headed=sources[0] is None)


def _by_source(own: Sequence[_Led], *, is_headed: bool) -> Table:
    """Lines of sources as rows, their labels as the header; with `is_headed` the first tells of all of them."""
    labels: dict[str, View] = {}
    for _, pairs in own:
        for label, _ in pairs:
            labels.setdefault(clean(label.text), label)
    names = [name for name, _ in own]
    header = [head_at(_MONEY, names[0]), *labels.values()]
    if is_headed:
        names[0] = head_at(_WHOLE, names[0])
    places = {label: col for col, label in enumerate(labels, 1)}
    rows = [Row(tuple(Cell(view, 0, col) for col, view in enumerate(header)), len(header), 0)]
    for number, (name, (_, pairs)) in enumerate(zip(names, own, strict=True), 1):
        values = (Cell(value, number, places[clean(label.text)]) for label, value in pairs)
        rows.append(Row((Cell(name, number, 0), *values), len(header), number))
    return Table(tuple(rows), 1)


def _led(view: View) -> _Led | None:
    """What a line is about and the records behind it; `None` where a line is not so told."""
    colon = -1
    for _ in range(_LEADS):
        colon = view.text.find(":", colon + 1)
        pairs = _records(view.part(colon + 1, len(view.text))) if colon > 0 else []
        if pairs:
            start = view.text.rfind(":", 0, colon) + 1
            return view.part(start, colon), pairs
    return None


def _unnamed(lines: Sequence[Paragraph]) -> Iterator[Block]:
    for tells, group in groupby(lines, lambda line: bool(_records(line.view))):
        own = list(group)
        rows = [_records(line.view) for line in own] if tells else []
        while rows and not any(map(_of_money, rows[0])):
            yield own.pop(0)
            rows.pop(0)
        labels = [label.text for row in rows for label, _ in row]
        roles = {role for label in labels if (role := role_of(label)) is not None and role.is_money}
        if len(roles) < 2:
            yield from own
            continue
        yield Table(tuple(_row(at, row) for at, row in enumerate(rows)), 1)


def _of_money(pair: _Pair) -> bool:
    role = role_of(pair[0].text)
    return role is not None and role.is_money


def _records(view: View) -> list[_Pair]:
    """The records a line consists of; none where anything else stands in it."""
    found: list[_Pair] = []
    at = 0
    while at < len(view.text):
        match = _RECORD.match(view.text, at)
        if match is None:
            return []
        label = match["label"]
        if role_of(label) is None and line_of(label) is None:
            return []
        found.append((view.part(*match.span("label")), view.part(*match.span("value"))))
        at = match.end()
    return found


def _row(number: int, pairs: Sequence[_Pair]) -> Row:
    cells = [view for pair in pairs for view in pair]
    return Row(tuple(Cell(view, number, col) for col, view in enumerate(cells)), len(cells), number)


def _indicators(lines: Sequence[Paragraph]) -> tuple[Table | None, tuple[int, int]]:
    """The table that records of indicators make, and the lines it takes: the labels come again in one order."""
    fields = [_FIELD.fullmatch(line.text) for line in lines]
    labels = [clean(match["label"]) if match else "" for match in fields]
    kinds = [column_of(label) if label else None for label in labels]
    start = next((at for at, kind in enumerate(kinds) if kind in ("level", "name")), None)
    if start is None or labels[start] not in labels[start + 1 :]:
        return None, (0, 0)
    period = labels.index(labels[start], start + 1) - start
    head = labels[start : start + period]
    header = _header(lines[start : start + period], fields[start : start + period])
    if indicator_columns(header) is None:
        return None, (0, 0)
    rows = [header]
    at = start
    while labels[at : at + period] == head:
        values = [
            lines[at + col].view.part(*match.span("value"))
            for col in range(period)
            if (match := fields[at + col]) is not None
        ]
        rows.append(
            Row(tuple(Cell(view, len(rows), col) for col, view in enumerate(values)), period, len(rows))
        )
        at += period
    return Table(tuple(rows), 1), (start, at)


def _told_whole(lines: Sequence[Paragraph]) -> tuple[Table | None, tuple[int, int]]:
    """The table that lines make of which each tells one indicator whole, and the lines it takes."""
    records = [_fields(line.view) for line in lines]
    start = next((at for at, record in enumerate(records) if record), None)
    if start is None:
        return None, (0, 0)
    end = next((at for at in range(start, len(records)) if not records[at]), len(records))
    labels: dict[str, View] = {}
    for record in records[start:end]:
        for label, _ in record:
            labels.setdefault(clean(label.text), label)
    order = (
        sorted(labels, key=lambda label: (label != _LEVEL, label != _NAME)) if _LEVEL in labels else labels
    )
    header = Row(tuple(Cell(labels[label], 0, col) for col, label in enumerate(order)), len(labels), 0)
    if end - start < 2 or indicator_columns(header) is None:
        return None, (0, 0)
    places = {label: col for col, label in enumerate(order)}
    rows = [header]
    for at, record in enumerate(records[start:end], 1):
        cells = {places[clean(label.text)]: value for label, value in record if value}
        rows.append(Row(tuple(Cell(cells[col], at, col) for col in sorted(cells)), len(labels), at))
    return Table(tuple(rows), 1), (start, end)


def _fields(view: View) -> list[_Pair]:
    """The fields of a line, those of an indicator among them; none where a label comes twice."""
    mark = _NUMBERED.match(view.text)
    blanks = {offset for offset, _ in view.runs} | ({mark.end()} if mark else set())
    heads: list[tuple[int, int]] = []
    for colon in (at for at, char in enumerate(view.text) if char == ":"):
        head = _label_before(view, colon, blanks)
        if head is not None:
            heads.append((head, colon))
    if not heads:
        return []
    ends = [start for start, _ in heads[1:]] + [len(view.text)]
    pairs = [
        (view.part(start, colon), _value(view, colon + 1, end))
        for (start, colon), end in zip(heads, ends, strict=True)
    ]
    pairs = [*_lead(view, heads[0][0]), *pairs]
    labels = [clean(label.text) for label, _ in pairs]
    kinds = {column_of(label) for label in labels} - {None}
    whole = len(set(labels)) == len(labels) and len(kinds) >= _LEAST_FIELDS and kinds & {"level", "name"}
    return pairs if whole else []


def _lead(view: View, end: int) -> list[_Pair]:
    """The name of the indicator that stands before the first field, with its class where that is its label."""
    mark = _NUMBERED.match(view.text)
    start = mark.end() if mark else 0
    own = _value(view, start, end)
    before, colon, _ = own.text.partition(":")
    if not own.text or len(own.text) > _LONGEST_NAME or "。" in own.text:
        return []
    if not colon:
        return [(head_at(_NAME, own), own)]
    name = own.part(len(before) + 1, len(own.text))
    if not LEVEL_WORD.fullmatch(before) or ":" in name.text or not name.text:
        return []
    level = own.part(0, len(before))
    return [(head_at(_LEVEL, level), level), (head_at(_NAME, name), name)]


def _label_before(view: View, colon: int, blanks: set[int]) -> int | None:
    """Where the label of a column that ends at a colon begins: behind a mark, a blank or nothing."""
    for start in range(colon - 2, max(colon - _LONGEST_LABEL, 0) - 1, -1):
        begins = not start or start in blanks or view.text[start - 1] in _MARKS
        if begins and column_of(view.text[start:colon]) is not None:
            return start
    return None


def _value(view: View, start: int, end: int) -> View:
    while end > start and view.text[end - 1] in _MARKS:
        end -= 1
    return view.part(start, end)


def _header(lines: Sequence[Paragraph], fields: Sequence[re.Match[str] | None]) -> Row:
    views = [line.view.part(*field.span("label")) for line, field in zip(lines, fields, strict=True) if field]
    return Row(tuple(Cell(view, 0, col) for col, view in enumerate(views)), len(views), 0)
