"""Web pages: what is the report and what is the page around it."""

from __future__ import annotations

from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from auditor.document import Concern, Paragraph, Table, read_bytes, shown_blocks


def texts(body: str) -> list[str]:
    document = read_bytes(f"<!DOCTYPE html><html><body>{body}</body></html>".encode(), "页.html")
    return [
        block.text if isinstance(block, Paragraph) else f"表{len(block.rows)}" for block in document.blocks
    ]


@pytest.mark.parametrize(
    ("body", "read"),
    [
        ("<p>甲</p><script>var a = 1;</script><style>p{}</style>", ["甲"]),
        ("<nav>首页</nav><p>甲</p><footer>版权</footer>", ["甲"]),
        ("<div class='nav-bar menu'>首页</div><p>甲</p><div id='footer'>版权</div>", ["甲"]),
        ("<ul><li><a>首页</a></li><li><a>公开</a></li><li><a>办事</a></li></ul><p>甲</p>", ["甲"]),
        ("<p>甲<br>乙</p>丙", ["甲", "乙", "丙"]),
        ("<p>甲&nbsp;&amp;&lt;5%</p>", ["甲&<5%"]),
        ("<div>甲<table><tr><td>一</td><td>2</td></tr></table>乙</div>", ["甲", "表1", "乙"]),
        ("<table><tr><td><table><tr><td>一</td><td>2</td></tr></table></td></tr></table>", ["表1"]),
        ("<table><tr><td>一<td>2<tr><td>三<td>4</table>", ["表2"]),
        ("<p>甲<p>乙", ["甲", "乙"]),
        (
            "<table><tr><td>您的位置：首页 > 公开</td></tr><tr><td><p>甲</p><p>乙</p><p>丙</p></td></tr></table>",
            ["甲", "乙", "丙"],
        ),
        ("<table><tr><td>甲</td></tr><tr><td>乙</td></tr></table>", ["表2"]),
        (
            "<table><tr><td>首页</td><td>字号</td></tr><tr><td colspan=2><h3>题</h3><p>甲</p><p>乙</p></td></tr></table>",
            ["表1", "题", "甲", "乙"],
        ),
        (
            "<table><tr><td>导航</td><td><h2>题</h2><div>甲</div><div>乙</div><div>丙</div></td></tr></table>",
            ["导航", "题", "甲", "乙", "丙"],
        ),
        ("<table><tr><th><h4>名称</h4></th><th>数</th></tr><tr><td>甲</td><td>2</td></tr></table>", ["表2"]),
    ],
)
def test_blocks(body: str, read: list[str]) -> None:
    assert texts(body) == read


def test_spans_push_cells_to_their_column() -> None:
    body = (
        "<table><tr><td rowspan=2>层</td><td colspan='2'>目标</td><td>分</td></tr>"
        "<tr><td>a</td><td>b</td><td>10</td></tr></table>"
    )
    document = read_bytes(f"<html>{body}</html>".encode(), "页.html")
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    assert [[(cell.text, cell.col) for cell in row.cells] for row in table.rows] == [
        [("层", 0), ("目标", 1), ("分", 3)], [("a", 1), ("b", 2), ("10", 3)],
    ]  # fmt: skip


def test_the_encoding_a_page_declares() -> None:
    page = "<html><head><meta charset='gb2312'></head><body>绩效自评</body></html>".encode("gb18030")
    assert read_bytes(page, "页").text == "绩效自评\n"


def test_a_report_with_a_fragment_in_a_cell_stays_text() -> None:
    assert read_bytes("<p>目标</p>\t100\n甲\t5\n".encode(), "a.txt").media_type in ("text/html", "text/plain")
    assert read_bytes("项目\t<p>目标</p>\n甲\t5\n".encode(), "a.txt").media_type == "text/plain"


FORM = "<table><tr><td>预算</td><td>支出</td></tr><tr><td>100</td><td>95</td></tr></table>"
READ = [["预算", "支出"], ["100", "95"]]


def grid(data: bytes) -> list[list[str]]:
    (table,) = (block for block in shown_blocks(read_bytes(data, "下载")) if isinstance(block, Table))
    return [[cell.text for cell in row.cells] for row in table.rows]


def mhtml(encoding: str) -> bytes:
    part = MIMEText(f"<html><body>{FORM}</body></html>", "html", encoding)
    message = MIMEMultipart("related")
    message.attach(part)
    return message.as_bytes()


@pytest.mark.parametrize(
    "data",
    [
        f"<html>{FORM}".encode("utf-16"),
        f"<meta charset='utf-8'><style>td{{}}</style>{FORM}".encode(),
        f"<font>{FORM}</font>".encode(),
        mhtml("utf-8"),
        mhtml("gb2312"),
        f"<html>{FORM.replace('<td>95', '<td style=display:none>模板</td><td>95')}".encode(),
        f"<html>{FORM.replace('<tr><td>100', '<tr hidden><td>0</td><td>0</td></tr><tr><td>100')}".encode(),
        f"<html>{FORM.replace('95', '<input value=95><input type=hidden value=7>')}".encode(),
        f"<html>{FORM.replace('95', '<select><option>0<option selected>95</select>')}".encode(),
    ],
)
def test_pages_as_programs_save_them(data: bytes) -> None:
    assert grid(data) == READ


def test_ticks_of_a_form() -> None:
    page = "<table><tr><td>优<input type=checkbox checked></td><td>良<input type=checkbox></td></tr></table>"
    assert grid(page.encode()) == [["优☑", "良□"]]


def test_hidden_rows_are_said() -> None:
    page = read_bytes(f"<html>{FORM.replace('<tr>', '<tr style=display:none>', 1)}".encode(), "页")
    assert [remark.concern for remark in page.remarks] == [Concern.HIDDEN]


def test_text_between_rows_is_not_lost() -> None:
    assert texts("<table><p>单位：万元</p><tr><td>一</td><td>2</td></tr></table>") == ["单位:万元", "表1"]
