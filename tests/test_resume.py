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
