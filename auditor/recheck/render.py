"""The recheck in each of its formats."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO

from auditor.memo.page.markup import tag, text
from auditor.memo.render import imported
from auditor.recheck.markdown import HEADINGS, OVERVIEW, markdown, overview
from auditor.recheck.model import Change, Pair, Point, Recheck

TITLE = "绩效自评报告整改复核"
_HEADS = ("问题编号", "项目", "单位", "问题", "结果", "原稿", "整改稿", "说明", "处理", "待整改")
_WIDTHS = (8, 16, 14, 16, 9, 34, 34, 22, 12, 7)
_OVERVIEW_WIDTHS = (6, 40, 30, 13, 13, 9, 8, 9, 11)
_LONG = 20
"""Characters from which a cell is never squeezed into a narrow column."""
_STYLE = (
    "body{font:14px/1.7 sans-serif;margin:1.5em;color:#1f2328}table{border-collapse:collapse;width:100%}"
    "td{min-width:3em;overflow-wrap:anywhere}td.l{min-width:14em}.wide{overflow-x:auto}th{white-space:nowrap}"
    "th,td{border:1px solid #d5dae0;padding:3px 8px;text-align:left;vertical-align:top}th{background:#f3f4f6}"
    "@media screen and (max-width:700px){body{margin:1em}table,tbody,tr,td{display:block}tr.heads{display:none}"
    "tr{border:1px solid #d5dae0;border-radius:6px;margin:0 0 .8em;padding:.3em .6em}td,td.l{border:0;padding:1px 0;min-width:0}"
    "td:empty{display:none}td::before{content:attr(data-head)'　';color:#656d76}}"
    "@media print{@page{size:A4 landscape;margin:14mm}tr{break-inside:avoid}}"
)


def render(recheck: Recheck, form: str) -> str | bytes:
    """md, json, html, docx or xlsx. Raises `MissingExtra`."""
    match form:
        case "json":
            return recheck.model_dump_json(indent=1) + "\n"
        case "html":
            return _page(recheck)
        case "docx":
            return _document(recheck)
        case "xlsx":
            return _workbook(recheck)
    return markdown(recheck)


def rows(recheck: Recheck) -> list[tuple[str, ...]]:
    """One for each finding followed, those of one problem together, and one for each figure that changed unasked."""
    several = len(recheck.reports) > 1
    told = [
        _point(pair, point, "同一处" if again else _number(point, f"{at}·" if several else ""))
        for at, pair in enumerate(recheck.reports, 1)
        for leading in pair.points
        for again, point in enumerate((leading, *leading.related))
    ]
    return told + [_change(pair, change) for pair in recheck.reports for change in pair.silent]


def _number(point: Point, prefix: str) -> str:
    """3, of several reports 2·3: as the memo on the old version has it; of the new one where it stands only there."""
    return f"{prefix if point.old else '整改稿'}{point.number}" if point.number else ""


def _point(pair: Pair, point: Point, number: str) -> tuple[str, ...]:
    decided = point.decision.decision if point.decision else ""
    return (
        number, pair.project, pair.unit, point.title, HEADINGS[point.status], point.old.message if point.old else "—",
        _new(point), point.note, decided, "是" if point.open else "",
    )  # fmt: skip


def _new(point: Point) -> str:
    """What the new version says; that it says the same, where it does."""
    if point.new is None:
        return "—"
    return "同原稿" if point.old and point.old.message == point.new.message else point.new.message


def _change(pair: Pair, change: Change) -> tuple[str, ...]:
    return (
        "—", pair.project, pair.unit, change.label, "没有要求改而改动", change.old or "—", change.new or "—",
        change.new_place or change.old_place, "", "",
    )  # fmt: skip


def _page(recheck: Recheck) -> str:
    inner = tag("h1", TITLE) + tag("p", text(f"{recheck.told()}。{recheck.lost()}"))
    if len(recheck.reports) > 1:
        inner += _table(OVERVIEW, overview(recheck)) + tag("h2", "逐条情况")
    inner += _table(_HEADS, rows(recheck))
    meta = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    page = tag("head", f"{meta}{tag('title', f'{TITLE}　审核备忘录')}<style>{_STYLE}</style>") + tag(
        "body", inner
    )
    return f"<!doctype html>\n{tag('html', page, lang='zh-CN')}\n"


def _table(heads: tuple[str, ...], told: Iterable[tuple[str, ...]]) -> str:
    head = tag("tr", "".join(tag("th", word) for word in heads), class_="heads")
    body = "".join(tag("tr", "".join(map(_cell, heads, row))) for row in told)
    return tag("div", tag("table", head + body), class_="wide")


def _cell(head: str, cell: str) -> str:
    """On a narrow screen a row is a card, and each cell names its column."""
    return tag("td", text(cell), class_="l" if len(cell) > _LONG else None, data_head=head)


def _workbook(recheck: Recheck) -> bytes:
    cells = imported("auditor.memo.workbook.cells", "office")
    book = imported("openpyxl", "office").Workbook()
    book.remove(book.active)
    if len(recheck.reports) > 1:
        widths = zip(OVERVIEW, _OVERVIEW_WIDTHS, strict=True)
        sheet = cells.Sheet(book, "汇总", [cells.Column(*pair) for pair in widths])
        for row in overview(recheck):
            sheet.add(*map(cells.number, row))
        sheet.finish()
    sheet = cells.Sheet(book, "整改复核", [cells.Column(*pair) for pair in zip(_HEADS, _WIDTHS, strict=True)])
    for row in rows(recheck):
        sheet.add(*row)
    sheet.finish()
    book.properties.creator = f"{recheck.tool.name} {recheck.tool.version}"
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _document(recheck: Recheck) -> bytes:
    word = imported("auditor.memo.word", "office")
    look = imported("auditor.memo.word.look", "office")
    template = word.open_template(None)
    paper = word.Paper(template)
    sheets: list[tuple[str, Sequence[str], Sequence[int], Iterable[tuple[str, ...]]]]
    sheets = [("整改情况一览", OVERVIEW, _OVERVIEW_WIDTHS, overview(recheck))] * (len(recheck.reports) > 1)
    sheets += [("整改复核表", _HEADS, _WIDTHS, iter(rows(recheck)))]
    annex = []
    for title, heads, widths, told in sheets:
        scale = 257 / sum(widths)
        columns = [word.Column(head, round(width * scale)) for head, width in zip(heads, widths, strict=True)]
        annex += [paper.paragraph(look.ANNEX, title), paper.table(columns, told, size="small")]
    words = {
        "标题": f"{TITLE}意见",
        "主送": "",
        "文种": "整改复核",
        **dict.fromkeys(("项目", "单位", "年度", "自评分", "核算分"), ""),
    }
    body = [paper.paragraph(look.BODY, f"经复核，{recheck.told()}。{recheck.lost()}逐条情况见附表。")]
    content: bytes = word.fill(
        template, [word.Letter(words, body, annex, landscape=True)], lambda message: None
    )
    return content
