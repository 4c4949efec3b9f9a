"""A folder in which somebody put what is no file, under names that the program looks for."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.samples import ROOT

REPORT = (ROOT / "examples" / "01-national.txt").read_bytes()
pytestmark = pytest.mark.skipif(os.name == "nt", reason="no pipes with names")


def audited(folder: Path, *files: str) -> tuple[int, str]:
    ended = subprocess.run(
        [sys.executable, "-m", "auditor.cli", "audit", *files, "--llm", "off"], cwd=folder, timeout=90,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False,
    )  # fmt: skip
    return ended.returncode, ended.stderr.decode()


def test_pipes_devices_sockets_and_loops_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_bytes(REPORT)
    os.mkfifo(tmp_path / "管道")
    os.mkfifo(tmp_path / "管道.docx")
    (tmp_path / "零").symlink_to("/dev/zero")
    (tmp_path / "环").symlink_to("环")
    (tmp_path / "自己").symlink_to(".")
    with socket.socket(socket.AF_UNIX) as end:
        end.bind(str(tmp_path / "套接字"))
        status, told = audited(tmp_path, ".")
    assert status == 2
    assert told.count("这是管道、设备或套接字") == 4
    assert "Traceback" not in told


@pytest.mark.parametrize("name", ["甲.txt.decisions.json", "auditor.toml", "pyproject.toml"])
def test_a_pipe_under_a_name_that_is_looked_for(tmp_path: Path, name: str) -> None:
    (tmp_path / "甲.txt").write_bytes(REPORT)
    os.mkfifo(tmp_path / name)
    assert "Traceback" not in audited(tmp_path, "甲.txt")[1]


def test_names_steer_no_terminal_that_shows_the_log(tmp_path: Path) -> None:
    for name in ("甲.txt", "乙\x1b[2J\x9b.txt", "丙\u202etxt.exe"):
        (tmp_path / name).write_bytes(REPORT)
    told = audited(tmp_path, ".", "-o", "备忘录.md")[1]
    assert "重复送审" in told
    assert not {"\x1b", "\x9b", "\u202e"} & set(told)


def test_names_in_an_archive_steer_no_terminal_that_lists_the_memos(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "甲.zip", "w") as packed:
        packed.writestr("乙\x1b[2J.txt", REPORT)
    assert "Traceback" not in audited(tmp_path, "甲.zip", "--out", "备忘录")[1]
    assert sorted(one.name for one in (tmp_path / "备忘录").glob("乙*")) == ["乙〔U+001B〕[2J.md"]


def test_settings_nested_without_end(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_bytes(REPORT)
    (tmp_path / "auditor.toml").write_text("a=" + "[" * 50_000, encoding="utf-8")
    status, told = audited(tmp_path, "甲.txt")
    assert (status, told.count("\n")) == (2, 1)
    assert "不是正确的 TOML" in told
