"""The report as a reader meets it: headings, paragraphs and cells in order, under their sections."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from auditor.compiled import compiled
from auditor.document import Block, Paragraph, Row, View
from auditor.language import word
from auditor.report.heading_parts import parts_over
from auditor.report.model import Passage, Section, TextKind

_DEPTHS = (
    (1, compiled(r"第?(?P<n>[一二三四五六七八九十]{1,3})(?:[、.．]|部分|章)")),
    (2, compiled(r"[(（](?P<n>[一二三四五六七八九十]{1,3})[)）][、.]?")),
    (3, compiled(r"(?P<n>\d{1,2})[、.．](?!\d)")),
    (4, compiled(r"[(（](?P<n>\d{1,2})[)）]")),
)
_FILLED = compiled(
    r"(?P<labels>[^()（）:：。]{2,80}?)(?:由|系)(?:软件|系统|平台)(?:自动)?[^。]{0,20}(?:生成|导入|带入|提取|生 成)"
)
_VALUE = compiled(r"[\d.,%=≥≤><()（）÷×+/—–-]+分?$")
_BY_SYSTEM = compiled(r"[由系](?:软件|系统|平台)")
_MAX_HEADING = 40
_TELLS = compiled(r"\d(?:[万亿]?元|[%‰]|[\u4e00-\u9fff])[^\d]*[。；;]$")
# "差旅费12400,会议费8600", "以上合计21000。": numbers whose unit is declared above.
_LISTED = compiled(r"\d[,，、；;][\u4e00-\u9fff]|(?:计|共|额|费|款|金)\d+(?:\.\d+)?[。；;]$")
# A number with its unit: "2023年工作情况。" names a year and tells nothing.
_MEASURED = compiled(r"\d(?:[万亿]?元|[%‰]|(?![年月日号])[\u4e00-\u9fff])")
_COMMAS = frozenset("，,")
_COLUMN_WORDS = compiled(
    r"[一二三]级指标|年度指标值|目标值|实际完成值|完成值|年初预算数|全年预算数|全年执行数|自评得分"
)


@lru_cache(maxsize=4096)
def numbering(text: str) -> tuple[int, str, int] | None:
    """(depth, number as written, length of the mark) of a numbered line, else `None`."""
    for depth, pattern in _DEPTHS:
        match = pattern.match(text)
        if match:
            return depth, match["n"], match.end()
    return None


def is_page_mark(line: str) -> bool:
    """Whether a line holds nothing but the number of its page: "- 3 -", "（共2页，第1页）"."""
    return len(line) <= _MAX_HEADING and word("page_mark").fullmatch("".join(line.split())) is not None


def read_passages(blocks: Sequence[Block], title: str = "") -> tuple[list[Passage], list[Section]]:
    """All passages with the section each stands in, and the sections; `title` is that of the report."""
    drafts: list[tuple[View, TextKind, str, int, str]] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            depth, number = _heading(block)
            # "（一）项目概况。为确保…" opens a section and is running text at the same time.
            kind = TextKind.HEADING if depth and not _runs_on(block.text) else TextKind.PROSE
            if _is_flat_table(block.text):
                kind = TextKind.FLAT
            drafts.append((block.view, kind, "", depth, number))
        else:
            for row in block.rows:
                drafts.extend((*cell, 0, "") for cell in _cells(row))
    filled = _filled_labels([view.text for view, *_ in drafts])
    lines = [
        (depth, "" if kind is TextKind.CELL else _title(view.text)) for view, kind, _, depth, _ in drafts
    ]
    parts = parts_over(lines, title)
    passages: list[Passage] = []
    open_sections: list[tuple[int, View, str, int]] = []
    closed: list[tuple[int, View, str, int, int]] = []
    section = declared = chapter = ""
    for (view, kind, label, depth, number), over in zip(drafts, parts, strict=True):
        if depth:
            while open_sections and open_sections[-1][3] >= depth:
                closed.append((*open_sections.pop(), len(passages)))
            open_sections.append((len(passages), view, number, depth))
            section = _title(view.text)
            chapter = _title(open_sections[0][1].text) if len(open_sections) > 1 else ""
        passages.append(Passage(view, kind, label, section, _matches(label, filled), over, declared, chapter))
        declared = _declared(view.text, kind, depth, declared)
    closed.extend((*item, len(passages)) for item in open_sections)
    sections = [
        Section(_title(view.text), view, number, depth, tuple(passages[start:end]))
        for start, view, number, depth, end in sorted(closed, key=lambda item: item[0])
    ]
    return passages, sections


def _declared(text: str, kind: TextKind, depth: int, above: str) -> str:
    """The unit of bare numbers below a passage: one that it declares, a line or heading of its own, or the one from
    above as far as the chapter and its running text go."""
    if kind is TextKind.CELL:
        return ""
    found = word("declared_unit").search(text) if len(text) <= _MAX_HEADING and "单位:" in text else None
    if found is not None and not compiled(r"[\d。；;]").search(text, found.end()):
        return found["unit"]
    return "" if depth == 1 else above


def _heading(paragraph: Paragraph) -> tuple[int, str]:
    """(depth, number) if the paragraph is a heading, else (0, "").

    A numbered line is a heading when it is short, or when its title ends before the text runs on
    ("（一）项目概况。为确保…"); a short sentence that tells a number is none ("（一）批复预算120万元，未调整。").
    """
    text = paragraph.text
    mark = numbering(text)
    if mark is None:
        return (paragraph.level, "") if paragraph.level and len(text) <= _MAX_HEADING * 2 else (0, "")
    depth, number, length = mark
    rest = text[length:]
    titled = compiled(r"[^，。；;]{2,20}[。:]").match(rest)
    runs_on = titled is not None and titled.end() < len(rest)
    if depth <= 2 and (runs_on or (len(rest) <= _MAX_HEADING and not _is_sentence(rest))):
        return depth, number
    if depth > 2 and len(rest) <= 20 and rest[-1:] not in "。；;" and not compiled(r"\d").search(rest):
        return depth, number
    return 0, ""


def _is_sentence(rest: str) -> bool:
    """Whether a short line tells a number: a comma or the end of a sentence comes after it."""
    number = _MEASURED.search(rest)
    if _LISTED.search(rest):
        return True
    return number is not None and (rest[-1] in "。；;:：" or not _COMMAS.isdisjoint(rest[number.end() :]))


def _is_flat_table(text: str) -> bool:
    """Whether a paragraph is a table run together: its column labels stand in a row."""
    if len(text) < 80:
        return False
    return len(set(_COLUMN_WORDS.findall(text))) >= 4


def _runs_on(text: str) -> bool:
    """Whether text follows the title in the same paragraph; a short one that tells a number is text too."""
    rest = compiled(r"[。:](?P<rest>.+)").search(text)
    if rest is None:
        return False
    told = rest["rest"]
    return len(text) > _MAX_HEADING or any(tells.search(told) for tells in (_TELLS, _LISTED))


def _title(text: str) -> str:
    """The title of a heading without its number and without the text that runs on behind it."""
    mark = numbering(text)
    rest = text[mark[2] :] if mark else text
    if len(rest) > 20:
        rest = compiled(r"[。:：]").split(rest, maxsplit=1)[0]
    return rest.strip("。.:：")


def _cells(row: Row) -> list[tuple[View, TextKind, str]]:
    """Cells with the label that names each: the nearest short text to its left in the row."""
    found = []
    label = ""
    for cell in row.cells:
        text = cell.text
        found.append((cell.view, TextKind.CELL, label))
        if len(text) <= 30 and not _VALUE.match(text):
            label = text
    return found


def _filled_labels(texts: list[str]) -> set[str]:
    """Labels of the texts that the form says were carried over by the system."""
    labels: set[str] = set()
    for text in texts:
        if not _BY_SYSTEM.search(text):
            continue
        for match in _FILLED.finditer(text):
            labels.update(part.strip('“”"《》 ') for part in compiled(r"[、,，和及]").split(match["labels"]))
    return {label for label in labels if len(label) >= 2}


def _matches(label: str, filled: set[str]) -> bool:
    return bool(label) and label in filled
