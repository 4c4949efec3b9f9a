"""The recheck in each of its formats."""

from __future__ import annotations

from io import BytesIO

from auditor.memo.page.markup import tag, text
from auditor.memo.render import imported
from auditor.recheck.markdown import HEADINGS, markdown, numbered
from auditor.recheck.model import Change, Pair, Point, Recheck

TITLE = "绩效自评报告整改复核"
_HEADS = ("问题编号", "项目", "单位", "问题", "结果", "原稿", "整改稿", "说明", "处理", "待整改")
_WIDTHS = (8, 16, 14, 16, 9, 34, 34, 22, 12, 7)
_LONG = 20
"""Characters from which a cell is never squeezed into a narrow column."""
_STYLE = (
    "body{font:14px/1.7 sans-serif;margin:1.5em;color:#1f2328}table{border-collapse:collapse;width:100%}"
    "td{min-width:3em;overflow-wrap:anywhere}td.l{min-width:14em}.wide{overflow-x:auto}th{white-space:nowrap}"
    "th,td{border:1px solid #d5dae0;padding:3px 8px;text-align:left;vertical-align:top}th{background:#f3f4f6}"
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
    told = [
        _point(pair, point, again)
        for pair in recheck.reports
        for leading in pair.points
        for again, point in enumerate((leading, *leading.related))
    ]
    return told + [_change(pair, change) for pair in recheck.reports for change in pair.silent]


def _point(pair: Pair, point: Point, again: int) -> tuple[str, ...]:
    decided = point.decision.decision if point.decision else ""
    return (
        "同一处" if again else numbered(point), pair.project, pair.unit, point.title, HEADINGS[point.status], point.old.message if point.old else "—",
        point.new.message if point.new else "—", point.note, decided, "是" if point.open else "",
    )  # fmt: skip


def _change(pair: Pair, change: Change) -> tuple[str, ...]:
    return (
        "—", pair.project, pair.unit, change.label, "没有要求改而改动", change.old or "—", change.new or "—",
        change.new_place or change.old_place, "", "",
    )  # fmt: skip


def _page(recheck: Recheck) -> str:
    head = tag("tr", "".join(tag("th", word) for word in _HEADS))
    body = "".join(
        tag("tr", "".join(tag("td", text(cell), class_="l" if len(cell) > _LONG else None) for cell in row))
        for row in rows(recheck)
    )
    inner = (
        tag("h1", TITLE)
        + tag("p", text(recheck.told() + "。"))
        + tag("div", tag("table", head + body), class_="wide")
    )
    meta = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    page = tag("head", f"{meta}{tag('title', f'{TITLE}　审核备忘录')}<style>{_STYLE}</style>") + tag(
        "body", inner
    )
    return f"<!doctype html>\n{tag('html', page, lang='zh-CN')}\n"


def _workbook(recheck: Recheck) -> bytes:
    cells = imported("auditor.memo.workbook.cells", "office")
    book = imported("openpyxl", "office").Workbook()
    book.remove(book.active)
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
    widths = [round(width * 257 / sum(_WIDTHS)) for width in _WIDTHS]
    columns = [word.Column(head, width) for head, width in zip(_HEADS, widths, strict=True)]
    annex = [paper.paragraph(look.ANNEX, "整改复核表"), paper.table(columns, rows(recheck), size="small")]
    words = {
        "标题": f"{TITLE}意见",
        "主送": "",
        "文种": "整改复核",
        **dict.fromkeys(("项目", "单位", "年度", "自评分", "核算分"), ""),
    }
    body = [paper.paragraph(look.BODY, f"经复核，{recheck.told()}。逐条情况见附表。")]
    content: bytes = word.fill(
        template, [word.Letter(words, body, annex, landscape=True)], lambda message: None
    )
    return content
