"""docs/walkthrough.md, command by command: a folder in, a ledger filled in, letters, a corrected folder, closed."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from tests.conftest import Cli
from tests.samples import ROOT
from tests.test_recheck import COPIED, EXAMPLE, RATE, ROW, SHARE

PAGE = (ROOT / "docs" / "walkthrough.md").read_text(encoding="utf-8")
COMMANDS = [
    line for block in re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()
]


@pytest.fixture
def folders(tmp_path: Path) -> Path:
    """What was handed in, and what came back: a score, a rate and a copied text were mended."""
    text = EXAMPLE.read_text("utf-8")
    for name in ("送审", "整改稿"):
        (tmp_path / name / "二 局").mkdir(parents=True)
        (tmp_path / name / "二 局" / "校舍.txt").write_bytes(
            (ROOT / "examples" / "03-clean.txt").read_bytes()
        )
    (tmp_path / "送审" / "饮水.txt").write_text(text, "utf-8")
    for old, new in (RATE, SHARE, COPIED, ROW):
        assert old in text
        text = text.replace(old, new)
    (tmp_path / "整改稿" / "饮水（改）.txt").write_text(text, "utf-8")
    return tmp_path


def fill(ledger: Path) -> None:
    """Confirms the first problem with a deadline, rejects the one on vague words."""
    book = openpyxl.load_workbook(ledger)
    grid: Any = book["台账"]
    heads = [cell.value for cell in grid[1]]

    def put(row: int, **cells: str) -> None:
        for head, value in cells.items():
            grid.cell(row, 1 + heads.index(head)).value = value

    kind = 1 + heads.index("问题类别")
    vague = next(
        row for row in range(2, grid.max_row + 1) if grid.cell(row, kind).value == "高分指标说明空泛"
    )
    put(3, 处理="确认", 处理人="张三", 时限="12月5日")
    put(vague, 处理="驳回", 备注="制度另见附件")
    book.save(ledger)


def test_every_command(cli: Cli, folders: Path) -> None:
    told = {}
    for command in COMMANDS:
        program, *arguments = shlex.split(command)
        assert program == "auditor"
        answer = cli(*arguments)
        assert answer.status in (0, 1), (command, answer.err)
        told[command] = answer
        if "-o 台账.xlsx" in command:
            fill(folders / "台账.xlsx")
    assert (folders / "备忘录" / "二 局" / "校舍.md").exists()
    assert "| 99.55 | 98.24 |" in (folders / "备忘录" / "汇总.md").read_text("utf-8")
    letter = docx.Document(str(folders / "退回修改函.docx"))
    assert not any(table.cell(0, 1).text == "高分指标说明空泛" for table in letter.tables)
    assert (folders / "审核意见-工作底稿.docx").exists()
    recheck = told[COMMANDS[-2]].out
    assert "已改" in recheck
    assert "制度另见附件" in recheck
    closed = list(openpyxl.load_workbook(folders / "台账-整改稿.xlsx")["台账"].iter_rows(values_only=True))
    heads, *rows = closed
    kinds = [row[heads.index("问题类别")] for row in rows]
    assert "比率与数量不符" not in kinds
    assert "说明文字照抄" not in kinds
    kept = next(row for row in rows if row[heads.index("问题类别")] == "高分指标说明空泛")
    assert (kept[heads.index("处理")], kept[heads.index("备注")]) == ("驳回", "制度另见附件")


@pytest.mark.parametrize("name", ["复核.md", "复核.json", "复核.html", "复核.docx", "复核.xlsx"])
def test_a_recheck_of_folders_in_every_format(cli: Cli, folders: Path, name: str) -> None:
    answer = cli("recheck", "送审", "整改稿", "-o", name)
    assert (answer.status, answer.out) == (1, "")
    assert re.fullmatch(rf"已写出 {name}：2 份报告，已改 \d+ 项，待整改 \d+ 项\n", answer.err)
    assert (folders / name).stat().st_size > 500
