"""A run that is stopped loses nothing: the same command goes on, and comes to the same end."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from auditor.batch import Order
from auditor.batch.stream import Stream
from auditor.interrupts import check, remembered
from auditor.isolation import Pool
from tests.conftest import Cli
from tests.samples import ROOT

COUNT = 200
KILLS = 10


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports of several projects, some of which share their wording."""
    place = tmp_path_factory.mktemp("many")
    cases = sorted((ROOT / "tests" / "cases").glob("*/*.txt"))
    for number in range(COUNT):
        content = cases[number % len(cases)].read_bytes() + f"\n第{number}号\n".encode()
        (place / f"{number:03}.txt").write_bytes(content)
    return place


def started(folder: Path, out: str, *more: str) -> subprocess.Popen[bytes]:
    files = [f"{number:03}.txt" for number in range(COUNT)]
    return subprocess.Popen(
        [sys.executable, "-m", "auditor.cli", "audit", *files, "--llm", "off", "--out", out, *more],
        cwd=folder, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def ended(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    assert process.stderr is not None
    told = process.stderr.read().decode()
    return process.wait(), told


def written(out: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in out.iterdir()} if out.exists() else {}


def count(out: Path) -> int:
    return len(list(out.glob("*.md"))) if out.exists() else 0


@pytest.fixture(scope="module")
def whole(folder: Path) -> dict[str, bytes]:
    """What an uninterrupted run writes."""
    assert ended(started(folder, "whole"))[0] == 1
    return written(folder / "whole")


def stopped(folder: Path, out: str, more: int, by: int) -> tuple[int, str]:
    """Starts the run, and ends it when it has written so many files more."""
    before = count(folder / out)
    process = started(folder, out)
    while process.poll() is None and count(folder / out) < before + more:
        time.sleep(0.002)
    process.send_signal(by)
    return ended(process)


def test_killed_ten_times_it_comes_to_the_same_end(folder: Path, whole: dict[str, bytes]) -> None:
    dice = random.Random(20261120)
    for _ in range(KILLS):
        stopped(folder, "killed", dice.randint(1, COUNT // KILLS - 4), signal.SIGKILL)
    status, told = ended(started(folder, "killed"))
    assert status == 1
    assert "接着上次做" in told
    assert written(folder / "killed") == whole


@pytest.mark.skipif(os.name == "nt", reason="no interrupts of that kind")
def test_ctrl_c_says_how_to_go_on(folder: Path, whole: dict[str, bytes]) -> None:
    status, told = stopped(folder, "stopped", 30, signal.SIGINT)
    assert (status, told.count("\n")) == (130, 1)
    assert "再运行同一条命令" in told
    assert "Traceback" not in told
    assert ended(started(folder, "stopped"))[0] == 1
    assert written(folder / "stopped") == whole


def test_what_has_changed_is_audited_again(folder: Path, whole: dict[str, bytes]) -> None:
    stopped(folder, "changed", 60, signal.SIGKILL)
    memo = folder / "changed" / "003.md"
    memo.write_bytes(b"spoilt")
    _, told = ended(started(folder, "changed"))
    assert "接着上次做" in told
    assert written(folder / "changed") == whole


def test_fresh_starts_over(folder: Path, whole: dict[str, bytes]) -> None:
    stopped(folder, "fresh", 60, signal.SIGKILL)
    _, told = ended(started(folder, "fresh", "--fresh"))
    assert "接着上次做" not in told
    assert written(folder / "fresh") == whole


def test_records_are_data(folder: Path, tmp_path: Path, cli: Cli) -> None:
    """A forged record file runs nothing and stops nothing."""
    import pickle

    class Evil:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.system, (f"touch {tmp_path / 'forged'}",)

    forged = pickle.dumps(Evil())
    (tmp_path / "甲.txt").write_bytes((folder / "000.txt").read_bytes())
    (tmp_path / "出").mkdir()
    (tmp_path / "出" / ".auditor-unfinished").write_bytes(len(forged).to_bytes(8) + forged)
    assert cli("audit", "甲.txt", "--out", "出").status in (0, 1)
    assert not (tmp_path / "forged").exists()
    assert sorted(written(tmp_path / "出")) == ["汇总.md", "甲.md"]


class TestLedger:
    """What somebody has typed into a ledger is not written over."""

    def typed(self, path: Path, column: str, value: str) -> None:
        import openpyxl

        book = openpyxl.load_workbook(path)
        head = [cell.value for cell in book["台账"][1]]
        book["台账"].cell(2, head.index(column) + 1, value)
        book.save(path)

    @pytest.mark.parametrize("column", ["处理", "整改情况", "销号", "时限"])
    def test_refused_with_a_hint(self, cli: Cli, tmp_path: Path, column: str) -> None:
        (tmp_path / "甲.txt").write_bytes((ROOT / "examples" / "01-national.txt").read_bytes())
        assert cli("audit", "甲.txt", "--format", "xlsx", "-o", "台账.xlsx").status == 1
        assert cli("audit", "甲.txt", "--format", "xlsx", "-o", "台账.xlsx").status == 1
        self.typed(tmp_path / "台账.xlsx", column, "确认")
        before = (tmp_path / "台账.xlsx").read_bytes()
        answer = cli("audit", "甲.txt", "--format", "xlsx", "-o", "台账.xlsx")
        assert answer.status == 2
        assert "已填写的 1 处" in answer.err
        assert (tmp_path / "台账.xlsx").read_bytes() == before

    def test_in_a_folder_too(self, cli: Cli, tmp_path: Path) -> None:
        (tmp_path / "甲.txt").write_bytes((ROOT / "examples" / "01-national.txt").read_bytes())
        cli("audit", "甲.txt", "--format", "xlsx", "--out", "出")
        self.typed(tmp_path / "出" / "甲.xlsx", "销号", "是")
        answer = cli("audit", "甲.txt", "--format", "xlsx", "--out", "出")
        assert answer.status == 2
        assert "未覆盖" in answer.err

    def test_taken_in_by_decide_it_may_go(self, cli: Cli, tmp_path: Path) -> None:
        (tmp_path / "甲.txt").write_bytes((ROOT / "examples" / "01-national.txt").read_bytes())
        cli("audit", "甲.txt", "--format", "xlsx", "-o", "台账.xlsx")
        self.typed(tmp_path / "台账.xlsx", "处理", "确认")
        assert cli("decide", "台账.xlsx").status == 0
        assert "处理人" not in cli("audit", "甲.txt", "--format", "xlsx", "-o", "台账.xlsx").err

    def test_nor_by_another_command_or_format(self, cli: Cli, tmp_path: Path) -> None:
        (tmp_path / "甲.txt").write_bytes((ROOT / "examples" / "01-national.txt").read_bytes())
        cli("audit", "甲.txt", "-o", "台账.xlsx")
        self.typed(tmp_path / "台账.xlsx", "整改情况", "已改")
        before = (tmp_path / "台账.xlsx").read_bytes()
        for command in (
            ("audit", "甲.txt", "--format", "md", "-o", "台账.xlsx"),
            ("recheck", "甲.txt", "甲.txt", "-o", "台账.xlsx"),
        ):
            assert cli(*command).status == 2
        assert (tmp_path / "台账.xlsx").read_bytes() == before

    def test_wherever_it_was_typed(self, cli: Cli, tmp_path: Path) -> None:
        """Below a title that somebody has put above the heads, in a column, a sheet or a comment of their own."""
        import openpyxl
        from openpyxl.comments import Comment

        (tmp_path / "甲.txt").write_bytes((ROOT / "examples" / "01-national.txt").read_bytes())
        path = tmp_path / "台账.xlsx"

        def titled(book: openpyxl.Workbook) -> None:
            book["台账"].insert_rows(1)
            book["台账"]["A1"] = "二〇二六年度审核台账"
            heads = [cell.value for cell in book["台账"][2]]
            book["台账"].cell(3, heads.index("销号") + 1, "是")

        def column(book: openpyxl.Workbook) -> None:
            sheet = book["台账"]
            at = sheet.max_column + 1
            sheet.cell(1, at, "领导批示")
            sheet.cell(2, at, "请核实")

        def other(book: openpyxl.Workbook) -> None:
            book.create_sheet("分工")["A1"] = "张三看第一项"

        def comment(book: openpyxl.Workbook) -> None:
            book["台账"]["C2"].comment = Comment("已电话核实", "张三")

        for change in (titled, column, other, comment):
            path.unlink(missing_ok=True)
            assert cli("audit", "甲.txt", "-o", "台账.xlsx").status == 1
            book = openpyxl.load_workbook(path)
            change(book)
            book.save(path)
            answer = cli("audit", "甲.txt", "-o", "台账.xlsx")
            assert (answer.status, "为免丢失" in answer.err) == (2, True), change.__name__

    def test_what_nobody_can_look_into_is_kept(self, cli: Cli, tmp_path: Path) -> None:
        (tmp_path / "甲.txt").write_bytes((ROOT / "examples" / "01-national.txt").read_bytes())
        cli("audit", "甲.txt", "-o", "台账.xlsx")
        cut = (tmp_path / "台账.xlsx").read_bytes()[:-3000]
        (tmp_path / "台账.xlsx").write_bytes(cut)
        answer = cli("audit", "甲.txt", "-o", "台账.xlsx")
        assert (answer.status, "不知道里面有没有填写的内容" in answer.err) == (2, True)
        assert (tmp_path / "台账.xlsx").read_bytes() == cut

    def test_an_answered_letter_is_kept(self, cli: Cli, tmp_path: Path) -> None:
        from docx import Document

        (tmp_path / "甲.txt").write_bytes((ROOT / "examples" / "01-national.txt").read_bytes())
        wanted = ("audit", "甲.txt", "--format", "letter", "-o", "函.docx")
        assert cli(*wanted).status == 1
        assert cli(*wanted).status == 1
        letter = Document(str(tmp_path / "函.docx"))
        cell = next(
            row.cells[-1] for table in letter.tables for row in table.rows if row.cells[0].text == "单位答复"
        )
        cell.text = "已改正"
        letter.save(str(tmp_path / "函.docx"))
        answer = cli(*wanted)
        assert (answer.status, "已填写的 1 处" in answer.err) == (2, True)


class _Presses:
    """Presses Ctrl-C while it is taken away: whatever is raised there is printed and forgotten."""

    def __del__(self) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.01)


@pytest.mark.skipif(os.name == "nt", reason="no interrupts of that kind")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("when", ["审核", "比对"])
def test_ctrl_c_that_is_swallowed_stops_the_run_all_the_same(folder: Path, when: str) -> None:
    def progress(stage: str, done: int, total: int) -> None:
        if stage == when and done == 1:
            _Presses()

    files = [str(folder / f"{number:03}.txt") for number in range(60)]
    with Pool() as pool, remembered():
        stream = Stream(files, Order(), pool, progress)
        with pytest.raises(KeyboardInterrupt):
            for _ in (*stream.first(), *stream.amended()):
                pass
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_ctrl_c_of_an_earlier_run_stops_no_later_one() -> None:
    with remembered(), pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
    with remembered():
        check()
