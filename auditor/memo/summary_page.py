"""The summary of many memos as a page and as a workbook: the same tables as in Markdown."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from urllib.parse import quote

from auditor.memo.page.markup import tag, text
from auditor.memo.render import imported
from auditor.memo.summary import TITLE, Cell, Link, Summary, Table, lead, notes, tables

_STYLE = (
    "body{font:14px/1.6 sans-serif;margin:1.5em;color:#1f2328}table{border-collapse:collapse}"
    ".wide{overflow-x:auto;margin:.6em 0 1.4em}th,td{border:1px solid #d5dae0;padding:3px 8px;vertical-align:top}"
    "td{min-width:1.5em;max-width:18em;overflow-wrap:anywhere}"
    "td.s,td.n{white-space:nowrap}td.l{min-width:8em}th{background:#f3f4f6;white-space:nowrap}td.n{text-align:right}p.lost{color:#9a3412;font-weight:bold}"
    "h1{font-size:22px}h2{font-size:17px;margin:.8em 0 .2em}"
    "@media print{@page{size:A4 landscape;margin:12mm}body{font-size:9px;margin:0}.wide{overflow:visible}"
    "th{white-space:normal}tr{break-inside:avoid}}"
)
_SHORT = 12
"""Characters of a cell that stays on one line; a longer one is never squeezed into a column of single characters."""
_WIDTHS = {
    "项目": 26, "单位": 22, "文件": 22, "备忘录": 20, "预算": 13, "支出": 13, "问题": 34, "原因": 50, "说明": 80,
}  # fmt: skip


def page(summary: Summary) -> str:
    """One self-contained page."""
    said = [tag("p", text(line), class_="lost" if at else None) for at, line in enumerate(lead(summary))]
    inner = "".join([tag("h1", TITLE), *said, *map(_table, tables(summary)), tag("p", text(notes()))])
    meta = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    head = tag("head", f"{meta}{tag('title', f'{TITLE}　审核备忘录')}<style>{_STYLE}</style>")
    return f"<!doctype html>\n{tag('html', head + tag('body', inner), lang='zh-CN')}\n"


def _table(table: Table) -> str:
    rows = [tag("tr", "".join(tag("th", text(head)) for head in table.heads))]
    rows += [tag("tr", "".join(map(_cell, row))) for row in table.rows]
    return tag("h2", text(table.title)) + tag("div", tag("table", "".join(rows)), class_="wide")


def _cell(cell: Cell) -> str:
    match cell:
        case Link(words, target):
            return tag("td", tag("a", text(words), href=quote(target)), class_=_class(words))
        case int():
            return tag("td", str(cell), class_="n")
    return tag("td", text(cell), class_=_class(cell))


def _class(words: str) -> str:
    return "s" if len(words) <= _SHORT else "l"


def workbook(summary: Summary) -> bytes:
    """A sheet for each table. Raises `MissingExtra`."""
    cells = imported("auditor.memo.workbook.cells", "office")
    book = imported("openpyxl", "office").Workbook()
    book.remove(book.active)
    for table in tables(summary):
        columns = [cells.Column(head, _WIDTHS.get(head, 8)) for head in table.heads]
        sheet = cells.Sheet(book, table.title, columns, frozen=2 if table.title == "报告" else 0)
        for row in table.rows:
            at = sheet.add(
                *(
                    cell.text
                    if isinstance(cell, Link)
                    else cells.number(cell)
                    if isinstance(cell, str)
                    else cell
                    for cell in row
                )
            )
            for column, cell in enumerate(row, 1):
                if isinstance(cell, Link):
                    sheet.grid.cell(at, column).hyperlink = quote(cell.target)
        for line in (*lead(summary)[1:], notes()) if table.title == "报告" else ():
            sheet.note(line)
            sheet.rows += 1
        sheet.finish()
    if not book.worksheets:
        cells.Sheet(book, "报告", [cells.Column("报告", 20)]).finish()
    book.properties.creator = f"{summary.tool.name} {summary.tool.version}"
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


BESIDE: dict[str, tuple[str, Callable[[Summary], str | bytes]]] = {
    "html": (".html", page),
    "xlsx": (".xlsx", workbook),
}
"""By format of the memos: the summary that is written in that format too."""
