"""The section on layouts and formats of docs/accuracy.md: generated forms in every format, measured on fresh seeds."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from auditor.version import __version__
from tests.formats import forget, write
from tests.formats.generate import PRINTED
from tests.formats.measure import Board, Tally, measured

_COUNTS = {
    "text": 600,
    "docx": 200,
    "xlsx": 200,
    "html": 200,
    "pdf": 120,
    "ofd": 60,
    "pdf unruled": 60,
    "scan": 6,
}
"""Documents a format: recognising a scanned page takes some ten seconds."""
_NAMES = {"text": "文本", "pdf": "PDF 画线", "ofd": "OFD", "pdf unruled": "PDF 不画线", "scan": "扫描件"}
_HEAD = """## 各种版式、各种文件格式

每份表由一份编的报告随机排出（`tests/formats`）：表头用词、列的取舍和次序、分值方案、合并单元格、数字写法、附加的行和块都由随机数定，
再写成各种格式；文本还要经受复制粘贴时表格会受的种种损坏。种子取自版本号，每个版本都换一批，没有一份是调试时固定下来的。
一半没有差错，一半植入一处差错。

- **格子**：金额、指标各栏、合计、名称，归到应有的位置而且一字不差的/全部。粘成一串的文本没有唯一读法，不计。
- **差错**：由应当报的规则报出的（不一致或存疑）/全部。
- **误报**：报出了不该有的“不一致”的份数/份数。
- **静默**：既没有归位、也没有说明没读懂的数。
- `held-out header`：有一列的表头用了谁也没教过程序的说法，看它能不能靠列里的数和左右的列归位。
"""
_FORGOTTEN = {"docx": 100, "text": 80}
_LEFT_OUT = """每份表让程序忘掉一个表头用词（轮流是每一栏的每一种说法），再读一遍：这一栏要么靠列里的数归位，要么说明没有读懂。
`python -m tests.formats.forget` 可以重量。
"""
_COLUMNS = {
    "indicators level1": "一级指标", "indicators level2": "二级指标", "indicators name": "指标名称",
    "indicators target": "目标值", "indicators actual": "完成值", "indicators weight": "分值", "indicators score": "得分",
    "indicators review": "审核得分", "indicators reason": "原因", "indicators remark": "备注",
    "money initial": "年初预算", "money adjust": "调整数", "money budget": "全年预算", "money paid": "执行数",
    "money balance": "结余", "money rate": "执行率", "money weight": "资金分值", "money score": "资金得分", "money reason": "资金原因",
}  # fmt: skip


def section() -> str:
    """Measures everything; scanned pages take most of the time."""
    lines = [_HEAD, "| 格式 | 份数 | 格子 | 差错 | 误报 | 静默 |", "| --- | --- | --- | --- | --- | --- |"]
    boards = dict(_boards())
    lines += [f"| {_NAMES.get(name, name)} |{_row(board.whole)}" for name, board in boards.items()]
    for title, formats in (("文本", ["text"]), ("docx、xlsx、html", ["docx", "xlsx", "html"])):
        lines += ["", f"{title}按损坏的种类和资金表的样子（shape）：", ""]
        lines += ["| 种类 | 份数 | 格子 | 差错 | 误报 | 静默 |", "| --- | --- | --- | --- | --- | --- |"]
        lines += [f"| {name} |{_row(tally)}" for name, tally in sorted(_kinds(boards, formats).items())]
    for format in _FORGOTTEN:
        lines += [
            "",
            f"### 忘掉一个表头用词（{_NAMES.get(format, format)}）",
            "",
            _LEFT_OUT,
            *_left_out(format),
        ]
    return "\n".join(lines) + "\n"


def _left_out(format: str) -> Iterator[str]:
    board = Board()
    for name, one in forget.measured(f"accuracy {__version__}", _FORGOTTEN[format], format):
        board.add(one, name)
    yield "| 忘掉的栏 | 份数 | 格子 | 差错 | 误报 | 静默 |"
    yield "| --- | --- | --- | --- | --- | --- |"
    yield f"| 合计 |{_row(board.whole)}"
    yield from (
        f"| {title} |{_row(board.kinds[name])}" for name, title in _COLUMNS.items() if name in board.kinds
    )


def _boards() -> Iterator[tuple[str, Board]]:
    for format, count in _COUNTS.items():
        if format in PRINTED and write.SOFFICE is None:
            raise SystemExit("LibreOffice is not installed: the printed formats cannot be measured")
        print(format, file=sys.stderr, flush=True)
        board = Board()
        for one in measured(f"accuracy {__version__}", count, format):
            board.add(one)
        yield format, board


def _kinds(boards: dict[str, Board], formats: list[str]) -> dict[str, Tally]:
    """Tallies by kind over several formats."""
    found: dict[str, Tally] = {}
    for format in formats:
        for name, tally in boards[format].kinds.items():
            found.setdefault(name, Tally()).join(tally)
    return found


def _row(one: Tally) -> str:
    cells = f"{one.right}/{one.cells}（{one.share:.1f}%）" if one.cells else "—"
    return f" {one.documents} | {cells} | {one.found}/{one.slips} | {one.alarms}/{one.documents} | {one.silent} |"
