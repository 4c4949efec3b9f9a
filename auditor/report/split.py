"""One file, several reports: where each begins.

A title starts a new report when it repeats the first title word for word, or when the project
named after it differs from the project named before. Without a title, a form begins where a table
names another project than the form before it. A form that follows the narrative of the
same project belongs to that narrative: the two have to agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from auditor.compiled import compiled
from auditor.document import Block, Cell, Paragraph, Row, Table, View
from auditor.language.lexicon import source, word
from auditor.report.align import CellType, cell_type
from auditor.report.indicator_columns import indicator_columns
from auditor.report.labels import TOTAL_ROW, column_of, line_of, role_of
from auditor.report.money.header import money_header
from auditor.report.plain_tables import names_listed

TITLE = compiled(
    r"(?:自评报告|自我评价报告|自评价报告|自评(?:情况|结果)?(?:统计|汇总)?表|绩效评价报告|绩效报告|目标申报表|目标表|(?:绩效|目标|运行|执行)[^，。]{0,6}监控(?:情况)?(?:表|报告)|整改报告|整改情况报告|整改情况的报告|"
    r"自评情况|自评结果|自评摘要|自评及审核表|自评总结|评价自评报告|决算公开|决算|情况总结表|总结表|(?:自评|绩效)[^，。]{0,10}(?:汇总表|一览表)|(?:下达|拨付|分配)[^，。]{0,40}的通知)(?:[(（][^()（）]{0,40}[)）])?$"
)
_CHAPTER = compiled(
    r"(?:[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]).{0,12}(?:情况|结果|摘要|总结)"
)
_ATTACHED = compiled(r"附[件表]?[:：][1一][.、．]")  # a list of what comes with a letter
_LIST = compiled(r"汇总表|一览表")  # of several projects: no part of the report of one
_SENTENCE = compiled(r"[，。；;！？《]|根据|按照|为了")
_A_REPORT = 200  # characters between two equal titles that make the second one a new report
_A_WHOLE_FORM = 400  # … where the project is the same: a title printed again on the next page is not
_LONGEST_HEAD = 60
_PROJECT = compiled(rf"^(?:{source('label_of_project')}):?(?P<name>.*)")


@dataclass
class Part:
    """The blocks of one report and the title they stand under; `tail`: the end of a form that was cut off before."""

    blocks: list[Block] = field(default_factory=list)
    title: View | None = None
    tail: list[Block] = field(default_factory=list)


def is_title(text: str) -> bool:
    """Whether a short line names a report ("某县2023年项目支出绩效自评报告")."""
    if (
        not 4 <= len(text) <= 70
        or _SENTENCE.search(text)
        or _CHAPTER.fullmatch(text)
        or _ATTACHED.match(text)
    ):
        return False
    return TITLE.search(text) is not None or word("review_title").search(text) is not None


def split(blocks: Sequence[Block]) -> list[Part]:
    """The reports of a file in order; a file without any title is one report."""
    blocks = list(_cut_at_projects(_cut_at_titles(list(_broken_titles(blocks)))))
    known = next((title.text for block in blocks if (title := title_of(block)) is not None), None)
    if known is not None:
        blocks = list(_cut_glued(blocks, known))
    parts: list[Part] = []
    current = Part()
    project = form = ""
    heads = _heads_of_listed(blocks)
    for at, block in enumerate(blocks):
        if at in heads and any(map(_is_form, current.blocks)):
            parts.append(current)
            current, project, form = Part([block], heads[at]), _plain(heads[at].text), ""
            continue
        title = title_of(block)
        named = _project_of(block)
        if title is None and named and form and named != form and any(map(_is_form, current.blocks)):
            parts.append(current)
            current, project = Part(title=current.title), named
        form = named or form
        if title is not None:
            ahead, before, form = _project_after(blocks, at), form, ""
            other = bool(before and ahead and before != ahead) and any(map(_is_form, current.blocks))
            if current.title is None and not parts and _is_tail(current.blocks):
                current, project = Part(title=title, tail=current.blocks), ahead
            elif current.title is None and not other:
                current.title, project = title, ahead
            elif current.title is None or _new_report(current, title, project, ahead):
                parts.append(current)
                current, project = Part(title=title), ahead
            else:
                project = project or ahead
        current.blocks.append(block)
    parts.append(current)
    return parts


def _heads_of_listed(blocks: Sequence[Block]) -> dict[int, View]:
    """The heads, by place, of the forms of projects that a summary before them lists: the name alone, or a title that
    begins with it. One such head alone may be a chapter's."""
    listed: dict[str, None] = {}
    found: dict[int, View] = {}
    for at, block in enumerate(blocks):
        head = block.view if isinstance(block, Paragraph) else title_of(block)
        name = _listed_in(head.text, listed) if head is not None and listed else ""
        if name and head is not None:
            behind = next((one for one in blocks[at + 1 : at + 4] if isinstance(one, Table)), None)
            if behind is not None and _is_form(behind):
                found[at] = head
                del listed[name]
        elif isinstance(block, Table):
            names = dict.fromkeys(_plain(view.text) for view in names_listed(block))
            listed.update(names if len(names) > 1 else {})
    return found if len(found) > 1 else {}


def _listed_in(text: str, listed: Iterable[str]) -> str:
    """The listed name that a head is, or that it begins with where it is a title."""
    plain = _plain(text)
    if len(plain) > _LONGEST_HEAD:
        return ""
    return next((name for name in listed if plain == name or (plain.startswith(name) and is_title(text))), "")


def _broken_titles(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, a title that was broken inside its last words put together again."""
    held: Paragraph | None = None
    for block in blocks:
        if held is not None:
            ends = isinstance(block, Paragraph) and len(block.text) <= 12 and not is_title(block.text)
            if ends and isinstance(block, Paragraph) and is_title(held.text + block.text):
                yield Paragraph(held.view.join(block.view), held.level)
                held = None
                continue
            yield held
            held = None
        if isinstance(block, Paragraph) and 6 <= len(block.text) <= 60 and not is_title(block.text):
            held = block
        else:
            yield block
    if held is not None:
        yield held


def title_of(block: Block) -> View | None:
    """The title that a block consists of, or `None`."""
    if isinstance(block, Paragraph):
        return block.view if is_title(block.text) else None
    cells = block.rows[0].cells
    return cells[0].view if len(cells) == 1 and is_title(cells[0].text) else None


def _project_of(block: Block) -> str:
    """The project that the head of a form names, "" for other blocks."""
    if isinstance(block, Paragraph):
        match = _PROJECT.match(block.text) if len(block.text) <= 60 and ":" in block.text else None
        return _plain(match["name"]) if match else ""
    return next((named for row in block.rows[:6] if (named := _named_in(row))), "")


def _named_in(row: Row) -> str:
    """The project a row of a form's head names ("项目名称 | 渠道整治"), no header of a list of projects."""
    for cell, following in pairwise(row.cells):
        if word("label_of_project").fullmatch(cell.text.rstrip(":")):
            plain = _plain(following.text)
            header = any(read(following.text) for read in (role_of, column_of, line_of)) or len(row.cells) > 6
            return "" if header or word("label_of_project").fullmatch(plain) else plain
    return ""


def _is_form(block: Block) -> bool:
    """Whether a table holds rows of amounts or of indicators, so that a form has been filled in."""
    return isinstance(block, Table) and any(
        money_header(row, 0, None) is not None or indicator_columns(row) is not None for row in block.rows
    )


def _is_tail(blocks: Sequence[Block]) -> bool:
    """Whether the blocks are the last rows of a form: one that tells a total, under no header and no project."""
    rows = [row for block in blocks if isinstance(block, Table) for row in block.rows]
    if any(map(_is_form, blocks)) or any(map(_project_of, blocks)):
        return False
    return any(_closes(row) for row in rows)


def _closes(row: Row) -> bool:
    """Whether the row is the total of a form: its label, then nothing but numbers."""
    first, *others = [cell.text for cell in row.cells if cell_type(cell.text) is not CellType.BLANK] or [""]
    return (
        TOTAL_ROW.fullmatch(first) is not None
        and bool(others)
        and all(cell_type(text) in (CellType.NUMBER, CellType.INDEX) for text in others)
    )


def _cut_at_projects(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, tables cut where a row names another project than the one named before."""
    last = ""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
            continue
        rows: list[Row] = []
        for row in block.rows:
            named = _named_in(row)
            if rows and last and named and named != last:
                yield Table(tuple(rows), block.number)
                rows = []
            last = named or last
            rows.append(row)
        yield Table(tuple(rows), block.number)


def _new_report(current: Part, title: View, project: str, ahead: str) -> bool:
    assert current.title is not None
    if _LIST.search(title.text) or _LIST.search(current.title.text):
        return True
    other = ("整体" in title.text) is not ("整体" in current.title.text)
    if other and any(map(_is_form, current.blocks)):
        return True  # the form of the whole department beside that of a project
    body = sum(_length(block) for block in current.blocks)
    if project and ahead:
        return project != ahead or (title.text == current.title.text and body > _A_WHOLE_FORM)
    return title.text == current.title.text and body > _A_REPORT


def _length(block: Block) -> int:
    if isinstance(block, Paragraph):
        return len(block.text)
    return sum(len(cell.text) for row in block.rows for cell in row.cells)


def _project_after(blocks: list[Block], at: int) -> str:
    """The project named in the blocks that follow `at`, before the next title."""
    for index, block in enumerate(blocks[at : at + 25]):
        if index and title_of(block) is not None and _length(block) and index > 3:
            return ""
        if isinstance(block, Paragraph):
            match = _PROJECT.match(block.text)
            if match and match["name"]:
                return _plain(match["name"])
            continue
        for row in block.rows[:6]:
            for cell, following in zip(row.cells, row.cells[1:], strict=False):
                if word("label_of_project").fullmatch(cell.text.rstrip(":")):
                    return _plain(following.text)
    return ""


def _plain(name: str) -> str:
    return compiled(r"[^\w]").sub("", name)


def _cut_glued(blocks: list[Block], title: str) -> Iterator[Block]:
    """The blocks, cut where the first title stands again at the end of a cell or a line."""
    for block in blocks:
        if isinstance(block, Paragraph):
            if block.text.endswith(title) and block.text != title and len(block.text) < 3 * len(title):
                cut = len(block.text) - len(title)
                yield Paragraph(block.view.part(0, cut), block.level)
                yield Paragraph(block.view.part(cut, len(block.text)))
            else:
                yield block
            continue
        rows: list[Row] = []
        for row in block.rows:
            last = row.cells[-1] if row.cells else None
            if last is None or not last.text.endswith(title) or len(row.cells) == 1:
                rows.append(row)
                continue
            cut = len(last.text) - len(title)
            kept = (Cell(last.view.part(0, cut), last.row, last.col),) if cut else ()
            rows.append(Row((*row.cells[:-1], *kept), row.width, row.number, row.after_break))
            yield Table(tuple(rows), block.number)
            yield Paragraph(last.view.part(cut, len(last.text)))
            rows = []
        if rows:
            yield Table(tuple(rows), block.number)


def _cut_at_titles(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, tables cut where a row is nothing but a title."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
            continue
        rows: list[Row] = []
        for row in block.rows:
            if len(row.cells) == 1 and is_title(row.cells[0].text) and rows:
                yield Table(tuple(rows), block.number)
                rows = []
            rows.append(row)
        if rows:
            yield Table(tuple(rows), block.number)
