"""Tables that lost their grid: one cell per line, or a whole sheet on one line.

What is left is a sequence of cells. It is laid back into rows by the labels of the form: a run of
column labels is a header; a money row is a label of the total or of a source and the values behind
it; an indicator row ends where its weight and score do. A row that can be laid in more than one
way is left out, and its figures count as not read.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from auditor.document import Block, Cell, Document, Paragraph, Row, Table, View
from auditor.document.fold import fold, view
from auditor.report.align import CellType, cell_type
from auditor.report.labels import GRADE_LABEL, GRADE_WORD, TOTAL_ROW, clean, column_of, line_of, role_of
from auditor.report.lattice import Lattice, lattices
from auditor.report.model import Role

_FIELD = re.compile(r"项目名称|主管部门|实施单位|项目单位|填报单位|预算单位|专项名称|资金名称")
_LEVEL = re.compile(
    r"(?:产出|效益|满意度?|成本|数量|质量|时效|经济(?:效益)?|社会(?:效益)?|生态(?:效益)?|可持续(?:影响)?|服务对象(?:满意度)?|管理|过程|决策|投入|影响力|结果|预算执行)"
    r"(?:目标|指标)?(?:[(（]\d{1,3}分?[)）])?"
)
_TOP = re.compile(
    r"(?:产出|效益|满意度|管理|过程|决策|投入|影响力|结果)(?:目标|指标)?(?:[(（]\d{1,3}分?[)）])?"
)
_RECORD = re.compile(r"([^:;\d]{2,16}):[\d,.]+")
_GOAL_HEADS = ("预期目标", "实际完成情况")
_TABLE_WORDS = re.compile(r"级指标|执行数|指标名称|目标值|指标值|完成值")
_COUNTER_HEADS = ("行次", "序号", "行号")
_NUMBERS = (CellType.NUMBER, CellType.INDEX)


def unflatten(blocks: Sequence[Block], document: Document) -> list[Block]:
    """The blocks, cell sequences replaced by the tables they were."""
    if not any(isinstance(block, Paragraph) and _TABLE_WORDS.search(block.text) for block in blocks):
        return list(blocks)
    result: list[Block] = []
    run: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            tokens = _tokens(block, document)
            if tokens is not None:
                result.extend(_rebuild(run, [p.view for p in run]))
                run = []
                result.extend(_rebuild([block], tokens, one_line=True))
            else:
                run.append(block)
            continue
        result.extend(_rebuild(run, [p.view for p in run]))
        run = []
        result.append(block)
    result.extend(_rebuild(run, [p.view for p in run]))
    return result


def _tokens(block: Paragraph, document: Document) -> list[View] | None:
    """The cells of a sheet written on one line, apart by single spaces; `None` for other text."""
    if len(block.text) < 80 or not _TABLE_WORDS.search(block.text):
        return None
    span = block.span
    raw = document.text[span.start : span.end]
    folded = fold(raw)
    views = []
    for match in re.finditer(r"\S+", folded):
        token = view(folded, match.start(), match.end())
        views.append(View(token.text, tuple((at, place + span.start) for at, place in token.runs)))
    labels = sum(1 for token in views if column_of(token.text) or role_of(token.text))
    return views if labels >= 5 else None


def _rebuild(blocks: Sequence[Paragraph], tokens: list[View], one_line: bool = False) -> list[Block]:
    """Paragraphs before the first field, the table, and what follows its total row."""
    if _first_header(tokens, 0, one_line) is None:
        return list(blocks) if one_line else _with_lattices(list(blocks), tokens)
    tokens = _without_counters(_joined_units(tokens))
    totals = [at for at, token in enumerate(tokens) if TOTAL_ROW.fullmatch(token.text)]
    result: list[Block] = []
    done = 0
    while (header := _first_header(tokens, done, one_line and not done)) is not None:
        fields = (at for at in range(done, header) if _FIELD.fullmatch(tokens[at].text.rstrip(":")))
        start = next(fields, header)
        rows, end = _rows(tokens, start, totals)
        if len(rows) < 3:
            break
        result.extend(_with_lattices([Paragraph(token) for token in tokens[done:start]], tokens[done:start]))
        result.append(Table(tuple(_row(number, cells) for number, cells in enumerate(rows)), 1))
        done = end
    if not result:
        return list(blocks)
    result.extend(_with_lattices([Paragraph(token) for token in tokens[done:]], tokens[done:]))
    return result


def _with_lattices(blocks: Sequence[Block], tokens: Sequence[View]) -> list[Block]:
    """The paragraphs (one a token), tables in place of those that are money tables or label and grade."""
    result: list[Block] = []
    done = 0
    for start, end, rows in sorted([*lattices(tokens), *_graded(tokens), *_recorded(tokens)]):
        if start >= done:
            result.extend(blocks[done:start])
            result.append(Table(tuple(_row(number, cells) for number, cells in enumerate(rows)), 1))
            done = end
    return [*result, *blocks[done:]]


def _graded(tokens: Sequence[View]) -> Iterator[Lattice]:
    """ "自评等级" and "良" on two lines."""
    for at, (label, word) in enumerate(pairwise(tokens)):
        if GRADE_LABEL.fullmatch(clean(label.text)) and GRADE_WORD.fullmatch(word.text):
            yield Lattice(at, at + 2, [[(0, label), (1, word)]])


def _recorded(tokens: Sequence[View]) -> Iterator[Lattice]:
    """A cell of records ("年初预算数:320.00 全年执行数:300.00") under the label that carries its unit."""
    for at, (label, record) in enumerate(pairwise(tokens)):
        if len(label.text) > 20 or "元" not in label.text:
            continue
        roles = [role_of(match[1]) for match in _RECORD.finditer(record.text)]
        if sum(role is not None for role in roles) >= 2:
            yield Lattice(at, at + 2, [[(0, label), (1, record)]])


def _first_header(tokens: list[View], begin: int, one_line: bool) -> int | None:
    """Where the first header from `begin` on stands. Cells on lines of their own need an indicator header to count
    as a table; in a sheet on one line a money header will do."""
    header = _indicator_header_at(tokens, begin)
    if header is None and not one_line:
        return None
    stop = header[0] if header is not None else len(tokens)
    money = next((at for at in range(begin, stop) if _money_header_at(tokens, at)), None)
    return money if money is not None else stop if header is not None else None


def _joined_units(tokens: list[View]) -> list[View]:
    """The tokens with a lone "%" put back behind its number."""
    joined: list[View] = []
    for token in tokens:
        if token.text == "%" and joined and cell_type(joined[-1].text) in _NUMBERS:
            joined[-1] = joined[-1].join(token)
        else:
            joined.append(token)
    return joined


def _without_counters(tokens: list[View]) -> list[View]:
    """The tokens without the row numbers of a system export (1, 2, 3 … under 行次 or 序号)."""
    if not any(token.text in _COUNTER_HEADS for token in tokens):
        return tokens
    kept: list[View] = []
    expected = 1
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        before_text = following is not None and cell_type(following.text) is CellType.TEXT
        if token.text == str(expected) and before_text:
            expected += 1
        elif token.text not in _COUNTER_HEADS:
            kept.append(token)
    return kept


def _row(number: int, cells: list[tuple[int, View]]) -> Row:
    made = tuple(Cell(token, number, col) for col, token in cells)
    return Row(made, max((col for col, _ in cells), default=0) + 1, number)


def _rows(tokens: list[View], start: int, totals: list[int]) -> tuple[list[list[tuple[int, View]]], int]:
    """The rows of one table and where it ends; `totals` are the places of all total labels."""
    rows: list[list[tuple[int, View]]] = []
    loose: list[View] = []
    regular = {lattice.start: lattice for lattice in lattices(tokens)}
    at = start
    while at < len(tokens):
        if at in regular:
            rows.extend(_loose(loose))
            loose = []
            rows.extend(regular[at].rows)
            at = regular[at].end
            continue
        money = _money_header_at(tokens, at)
        if money:
            rows.extend(_loose(loose))
            loose = []
            at = _money_rows(tokens, at, money, rows)
            continue
        header = _indicator_header_at(tokens, at, exact=True)
        if header is not None:
            rows.extend(_loose(loose))
            at = _indicator_rows(tokens, header, rows, totals)
            return rows, at
        loose.append(tokens[at])
        at += 1
    rows.extend(_loose(loose))
    return rows, at


def _loose(tokens: list[View]) -> Iterator[list[tuple[int, View]]]:
    """Fields in pairs, goal texts under their heads."""
    heads = [at for at, token in enumerate(tokens) if token.text in _GOAL_HEADS]
    if len(heads) == 2 and heads[1] == heads[0] + 1:
        yield from _loose(tokens[: max(heads[0] - 1, 0)])
        yield [(1, tokens[heads[0]]), (2, tokens[heads[1]])]
        texts = tokens[heads[1] + 1 : heads[1] + 3]
        if texts:
            yield [(col, token) for col, token in enumerate(texts, 1)]
        yield from _loose(tokens[heads[1] + 3 :])
        return
    if tokens:
        yield list(enumerate(tokens))


def _money_header_at(tokens: list[View], at: int) -> list[Role]:
    """Roles of the run of money labels that begins here; empty if it is no header."""
    roles: list[Role] = []
    for token in tokens[at : at + 10]:
        role = role_of(token.text)
        if role is None:
            break
        roles.append(role)
    if roles[:1] and roles[0] in roles[1:] and _values_behind(tokens, at + len(roles)) == len(roles) - 1:
        return []  # "年度预算数 年初数 调整后预算数 …": the first heads the row labels
    return roles if sum(role.is_money for role in roles) >= 2 and len(roles) >= 3 else []


def _values_behind(tokens: list[View], at: int) -> int:
    """Numbers behind the row label at `at`."""
    kinds = [cell_type(token.text) for token in tokens[at + 1 : at + 12]]
    return len(list(itertools.takewhile(lambda kind: kind is not CellType.TEXT, kinds)))


def _money_rows(tokens: list[View], at: int, roles: list[Role], rows: list[list[tuple[int, View]]]) -> int:
    rows.append([(2 + place, token) for place, token in enumerate(tokens[at : at + len(roles)])])
    if at >= 1 and rows[:-1] and rows[-2]:
        # "项目资金" "(万元)" stand before the header and carry the unit.
        unit = [token for _, token in rows[-2][-2:] if "元" in token.text and len(token.text) <= 12]
        if unit:
            rows[-1].insert(0, (0, unit[-1]))
    at += len(roles)
    if _values_at(tokens, at) == len(roles):
        # Labels and their values, without a row label: 年初预算数 | 财政拨款数 … over 240.00 | 262.68 …
        rows.append([(2 + place, token) for place, token in enumerate(tokens[at : at + len(roles)])])
        return at + len(roles)
    if at + 1 < len(tokens) and column_of(tokens[at].text) and line_of(tokens[at + 1].text) is not None:
        rows[-1].append((2 + len(roles), tokens[at]))  # 原因, after the figures
        at += 1
    while at < len(tokens) and line_of(tokens[at].text) is not None:
        end = at + 1
        while (
            end < len(tokens) and end - at <= len(roles) and cell_type(tokens[end].text) is not CellType.TEXT
        ):
            end += 1
        places = _spread([cell_type(token.text) for token in tokens[at + 1 : end]], roles)
        values = list(zip(places, tokens[at + 1 : end], strict=False)) if places is not None else []
        rows.append([(1, tokens[at]), *((2 + place, token) for place, token in values)])
        if (
            end + 1 < len(tokens)
            and line_of(tokens[end].text) is None
            and line_of(tokens[end + 1].text) is not None
        ):
            rows[-1].append((2 + len(roles), tokens[end]))
            end += 1
        at = end
    return at


def _values_at(tokens: list[View], at: int) -> int:
    end = at
    while end < len(tokens) and cell_type(tokens[end].text) is not CellType.TEXT:
        end += 1
    return end - at


def _spread(kinds: list[CellType], roles: list[Role]) -> tuple[int, ...] | None:
    """The only way to lay values under roles in order; `None` if there is none or more than one."""
    if len(kinds) == len(roles):
        return tuple(range(len(roles)))
    fitting = [
        places
        for places in combinations(range(len(roles)), len(kinds))
        if all(_fits(kind, roles[place]) for kind, place in zip(kinds, places, strict=True))
        and all(place in places for place, role in enumerate(roles) if role.is_money)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _fits(kind: CellType, role: Role) -> bool:
    if kind is CellType.PERCENT:
        return role.is_rate
    return kind is CellType.BLANK or not role.is_rate


def _indicator_header_at(tokens: list[View], start: int, exact: bool = False) -> tuple[int, list[str]] | None:
    """Place and column kinds of the first (or, `exact`, this) run of indicator column labels."""
    for at in range(start, min(start + 1, len(tokens)) if exact else len(tokens)):
        kinds: list[str] = []
        for token in tokens[at : at + 14]:
            kind = column_of(token.text)
            if kind is None:
                break
            kinds.append(kind)
        if len(kinds) >= 5 and kinds[0] in ("level", "name") and {"score", "weight"} & set(kinds):
            return at, kinds
    return None


def _indicator_rows(
    tokens: list[View], header: tuple[int, list[str]], rows: list[list[tuple[int, View]]], totals: list[int]
) -> int:
    at, kinds = header
    rows.append([(col, token) for col, token in enumerate(tokens[at : at + len(kinds)])])
    name = max(col for col, kind in enumerate(kinds) if kind in ("level", "name"))
    last = max(col for col, kind in enumerate(kinds) if kind in ("score", "weight", "review"))
    core = kinds[name + 1 : last + 1]
    note = last + 1 if last + 1 < len(kinds) else None
    at += len(kinds)
    while at < len(tokens):
        if TOTAL_ROW.fullmatch(tokens[at].text) and at + 1 < len(tokens):
            end = at + 1
            while end < len(tokens) and cell_type(tokens[end].text) in _NUMBERS:
                end += 1
            points = [col for col, kind in enumerate(kinds) if kind in ("weight", "score", "review")]
            columns = points if end - at - 1 == len(points) else points[-(end - at - 1) :]
            rows.append([(0, tokens[at]), *zip(columns, tokens[at + 1 : end], strict=False)])
            return end
        found = _core_at(tokens, at + 1, core)
        ahead = bisect_left(totals, at)
        stop = totals[ahead] if ahead < len(totals) else None
        if found is None or (stop is not None and stop < found):
            if stop is None or stop == at:
                return at
            if note is not None:
                rows[-1].append((note, tokens[at]))
            at = stop
            continue
        labels = tokens[at:found]
        reason, levels = _labels(labels, first=len(rows) < 2)
        if reason and note is not None:
            rows[-1].append((note, reason))
        cells = [
            (0 if _TOP.fullmatch(token.text) and not _top_before(levels, token) else min(1, name - 1), token)
            for token in levels
        ]
        cells.append((name, labels[-1]))
        cells.extend(
            (name + 1 + place, token) for place, token in enumerate(tokens[found : found + len(core)])
        )
        rows.append(cells)
        at = found + len(core)
    return at


def _top_before(levels: list[View], token: View) -> bool:
    """Whether a top-level word already stood before `token` ("满意度指标" under "满意度指标")."""
    return any(other is not token and _TOP.fullmatch(other.text) for other in levels[: levels.index(token)])


def _core_at(tokens: list[View], start: int, core: list[str]) -> int | None:
    """The first place where target, actual, weight and score fit and a text follows."""
    if not core:
        return None
    for at in range(start, min(start + 12, len(tokens) - len(core) + 1)):
        kinds = [cell_type(token.text) for token in tokens[at : at + len(core)]]
        fits = all(
            kind in (*_NUMBERS, CellType.BLANK)
            or column in ("target", "actual", "adjusted", "other", "sign", "unit")
            for kind, column in zip(kinds, core, strict=True)
        )
        after = tokens[at + len(core)].text if at + len(core) < len(tokens) else ""
        if fits and cell_type(after) not in _NUMBERS and kinds[-1] in _NUMBERS:
            return at
    return None


def _labels(labels: list[View], first: bool) -> tuple[View | None, list[View]]:
    """(reason of the row above, levels of this row); the last label is the row's own name."""
    levels = [token for token in labels[:-1] if _LEVEL.fullmatch(token.text)]
    rest = [token for token in labels[:-1] if not _LEVEL.fullmatch(token.text)]
    reason = None
    for token in rest:
        reason = token if reason is None else reason.join(token)
    return (None if first else reason), levels
