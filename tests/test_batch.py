"""Many files into a folder: names, the summary, and what happens when a memo cannot be written."""

from __future__ import annotations

import json
import os
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import openpyxl
import pytest

from auditor.memo.summary import Summary
from tests.conftest import Cli, shell
from tests.samples import ROOT

BROKEN = (ROOT / "examples" / "01-national.txt").read_bytes()
CLEAN = (ROOT / "examples" / "03-clean.txt").read_bytes()


def put(folder: Path, **files: bytes) -> None:
    """Files by name, in which __ stands for a slash."""
    for name, content in files.items():
        path = folder / (name.replace("__", "/") + ".txt")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_memo_for_each_file_and_a_summary(cli: Cli, tmp_path: Path) -> None:
    put(tmp_path, 甲=BROKEN, 乙=CLEAN)
    answer = cli("audit", "甲.txt", "没有.txt", "乙.txt", "--out", "下/备忘录")
    assert (answer.status, answer.out) == (2, "")
    failed, done = answer.err.splitlines()
    assert failed == "没有.txt：找不到这个文件"
    assert done.startswith("已写出 下/备忘录：备忘录 2 份和 汇总.md，审核 2 个文件、2 份报告，一致 ")
    assert "不一致 4 项，存疑 4 项，模型提问 5 项（须人工复核），无法核验 0 项" in done
    folder = tmp_path / "下" / "备忘录"
    assert names(folder) == ["乙.md", "汇总.md", "甲.md"]
    alone = cli("audit", "甲.txt")
    assert (folder / "甲.md").read_text(encoding="utf-8") == alone.out
    told = (folder / "汇总.md").read_text(encoding="utf-8")
    for piece in (
        "审核文件 2 个，报告 2 份，未能审核的文件 1 个",
        "| 1 | [农村饮水安全巩固提升项目](%E7%94%B2.md) | 4 | 4 | 0 | 0 | 5 | 4 | 2 | 2 | 99.55 | 98.24 |",
        "| 禾川县农村供水服务中心 | 2023 | 1150万元 | 983.25万元 | 甲.txt |",
        "| 没有.txt | 找不到这个文件 |",
    ):
        assert piece in told


@pytest.mark.parametrize(("content", "status"), [(CLEAN, 0), (BROKEN, 1)])
def test_exit_status_is_that_of_the_audit(cli: Cli, tmp_path: Path, content: bytes, status: int) -> None:
    put(tmp_path, 甲=content)
    assert cli("audit", "甲.txt", "--out", "备忘录").status == status


@pytest.mark.parametrize(
    ("format", "summary"), [("json", "汇总.json"), ("sarif", "汇总.json"), ("html", "汇总.md")]
)
def test_every_format(cli: Cli, tmp_path: Path, format: str, summary: str) -> None:
    put(tmp_path, 甲=BROKEN, 乙=CLEAN)
    cli("audit", "甲.txt", "乙.txt", "--format", format, "--out", "备忘录")
    beside = ["汇总.html"] if format == "html" else []
    assert names(tmp_path / "备忘录") == [f"乙.{format}", *beside, summary, f"甲.{format}"]
    if summary.endswith("json"):
        told = Summary.model_validate_json((tmp_path / "备忘录" / summary).read_bytes())
        assert [(one.path, one.memo) for one in told.files] == [
            ("甲.txt", f"甲.{format}"),
            ("乙.txt", f"乙.{format}"),
        ]
        assert told.files[0].reports[0].counts.inconsistent == 4


@pytest.mark.parametrize("format", ["html", "xlsx"])
def test_the_summary_is_a_page_or_a_workbook_too(cli: Cli, tmp_path: Path, format: str) -> None:
    """The gravest first, with links to the memos."""
    put(tmp_path, 甲=CLEAN, 乙=BROKEN)
    cli("audit", "甲.txt", "乙.txt", "--format", format, "--out", "备忘录")
    target = tmp_path / "备忘录" / f"汇总.{format}"
    if format == "html":
        told = target.read_text("utf-8")
        assert 0 < told.index('href="%E4%B9%99.html"') < told.index('href="%E7%94%B2.html"')
        assert "按单位" in told
    else:
        book = openpyxl.load_workbook(target)
        assert book.sheetnames == ["报告", "按问题", "按单位"]
        heads = {cell.value: cell.column for cell in book["报告"][1]}
        memos = [book["报告"].cell(row, heads["项目"]) for row in (2, 3)]
        assert [(one.value, one.hyperlink.target) for one in memos] == [
            ("农村饮水安全巩固提升项目", "%E4%B9%99.xlsx"),
            ("中小学校舍安全改造项目", "%E7%94%B2.xlsx"),
        ]
    assert cli("audit", "备忘录").status == 2  # its own papers are no reports


class TestNames:
    def test_clashes_are_numbered(self, cli: Cli, tmp_path: Path) -> None:
        put(tmp_path, 甲=CLEAN, 下__甲=CLEAN, 下__下__甲=CLEAN)
        put(tmp_path, **{"甲-2": CLEAN, "A": CLEAN, "下__a": CLEAN, "汇总": CLEAN})
        files = ["甲", "下/甲", "下/下/甲", "甲-2", "A", "下/a", "汇总"]
        assert (
            cli("audit", *(f"{name}.txt" for name in files), "--out", "备忘录", "--format", "json").status
            == 0
        )
        folder = tmp_path / "备忘录"
        told = json.loads((folder / "汇总.json").read_text(encoding="utf-8"))
        written = [one["memo"] for one in told["files"]]
        assert written == [
            "甲.json", "甲-2.json", "甲-3.json", "甲-2-2.json", "A.json", "a-2.json", "汇总-2.json",
        ]  # fmt: skip
        assert names(folder) == sorted([*written, "汇总.json"])
        for one in told["files"]:
            memo = json.loads((folder / one["memo"]).read_text(encoding="utf-8"))
            assert [document["path"] for document in memo["documents"]] == [one["path"]]

    def test_standard_input(self, cli: Cli, tmp_path: Path) -> None:
        cli("audit", "-", "--out", "备忘录", stdin=CLEAN)
        assert names(tmp_path / "备忘录") == ["标准输入.md", "汇总.md"]

    def test_an_input_is_never_overwritten(self, cli: Cli, tmp_path: Path) -> None:
        for name in ("甲.md", "汇总.md"):
            (tmp_path / name).write_bytes(CLEAN)
        assert cli("audit", "甲.md", "汇总.md", "--out", ".").status == 0
        assert names(tmp_path) == ["汇总-2.md", "汇总-3.md", "汇总.md", "甲-2.md", "甲.md"]
        assert all((tmp_path / name).read_bytes() == CLEAN for name in ("甲.md", "汇总.md"))

    def test_a_memo_of_an_earlier_run_is_replaced(self, cli: Cli, tmp_path: Path) -> None:
        put(tmp_path, 甲=BROKEN)
        cli("audit", "甲.txt", "--out", "备忘录")
        put(tmp_path, 甲=CLEAN)
        cli("audit", "甲.txt", "--out", "备忘录")
        assert names(tmp_path / "备忘录") == ["汇总.md", "甲.md"]
        assert "中小学校舍" in (tmp_path / "备忘录" / "甲.md").read_text(encoding="utf-8")

    def test_names_as_long_as_they_may_be(self, cli: Cli, tmp_path: Path) -> None:
        put(tmp_path, **{"长" * 83: CLEAN, "下__" + "长" * 83: CLEAN})
        cli("audit", f"{'长' * 83}.txt", f"下/{'长' * 83}.txt", "--format", "sarif", "--out", "备忘录")
        assert names(tmp_path / "备忘录") == sorted(
            ["长" * 82 + "-2.sarif", "长" * 83 + ".sarif", "汇总.json"]
        )


class TestTrouble:
    def test_a_full_disk_loses_nothing_else(self, cli: Cli, tmp_path: Path) -> None:
        if not Path("/dev/full").exists():
            _skip("NO /dev/full: A FULL DISK IS NOT CHECKED")
        put(tmp_path, 甲=BROKEN, 乙=CLEAN)
        folder = tmp_path / "备忘录"
        folder.mkdir()
        (folder / "甲.md").symlink_to("/dev/full")
        answer = cli("audit", "甲.txt", "乙.txt", "--out", "备忘录")
        assert answer.status == 2
        assert answer.err.splitlines()[0].startswith("已写出 备忘录：备忘录 1 份和 汇总.md")
        assert answer.err.splitlines()[1:] == ["写不了 备忘录/甲.md：磁盘空间不足"]
        assert names(folder) == ["乙.md", "汇总.md", "甲.md"]
        told = (folder / "汇总.md").read_text(encoding="utf-8")
        assert "](%E7%94%B2.md)" not in told  # a memo that is not there is no link
        assert "| 甲.md | 磁盘空间不足 |" in told

    def test_a_read_only_folder_keeps_what_is_there(self, cli: Cli) -> None:
        if os.name == "nt":
            _skip("FILE MODES ARE ANOTHER MATTER THERE: A READ-ONLY FOLDER IS NOT CHECKED")
        with tempfile.TemporaryDirectory() as place, _nobody(Path(place)) as somebody:
            put(Path(place), 甲=BROKEN, 乙=CLEAN)
            folder = Path(place) / "备忘录"
            folder.mkdir()
            (folder / "甲.md").write_text("旧的", encoding="utf-8")
            files = [Path(place) / "甲.txt", Path(place) / "乙.txt"]
            cli("audit", *files, "--out", Path(place) / "先前")  # what is imported late is imported now
            folder.chmod(0o555)
            with somebody():
                answer = cli("audit", *files, "--out", folder)
            folder.chmod(0o755)
            assert answer.status == 2
            assert f"写不了 {folder}/乙.md：没有写入权限" in answer.err
            assert names(folder) == ["甲.md"]
            assert (folder / "甲.md").read_text(encoding="utf-8") == "旧的"

    def test_every_memo_that_cannot_be_written_is_named(self, cli: Cli, tmp_path: Path) -> None:
        put(tmp_path, 甲=BROKEN, 乙=CLEAN)
        for name in ("甲.md", "乙.md", "汇总.md"):
            (tmp_path / "备忘录" / name).mkdir(parents=True)
        answer = cli("audit", "甲.txt", "乙.txt", "--out", "备忘录")
        assert answer.status == 2
        assert answer.err.splitlines() == [
            f"写不了 备忘录/{name}：这是文件夹" for name in ("甲.md", "乙.md", "汇总.md")
        ]

    def test_an_old_memo_stays_when_the_new_one_fails(
        self, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put(tmp_path, 甲=CLEAN)
        cli("audit", "甲.txt", "--out", "备忘录")
        before = (tmp_path / "备忘录" / "甲.md").read_bytes()

        def fail(self: Path, data: bytes) -> int:
            with self.open("wb") as file:
                file.write(data[:100])
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(Path, "write_bytes", fail)
        answer = cli("audit", "甲.txt", "--out", "备忘录")
        assert answer.err.count("磁盘空间不足") == 2
        assert (tmp_path / "备忘录" / "甲.md").read_bytes() == before
        assert names(tmp_path / "备忘录") == ["汇总.md", "甲.md"]

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("--out", "甲.txt"), "甲.txt 不是文件夹"),
            (("--out", "甲.txt/下"), "建不了文件夹 甲.txt/下：上级不是文件夹"),
            (("--out", "备忘录", "-o", "一份.md"), "-o 和 --out 只能用一个"),
        ],
    )
    def test_bad_usage(self, cli: Cli, tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
        put(tmp_path, 甲=CLEAN)
        answer = cli("audit", "甲.txt", *arguments)
        assert (answer.status, answer.out) == (2, "")
        assert said in answer.err
        assert names(tmp_path) == ["甲.txt"]


class TestProgress:
    def test_is_silent_where_nobody_watches(self, tmp_path: Path) -> None:
        put(tmp_path, 甲=CLEAN)
        done = shell("audit", tmp_path / "甲.txt", "--out", tmp_path / "备忘录")
        assert (done.returncode, done.stdout) == (0, b"")
        (line,) = done.stderr.decode().splitlines()
        assert line.startswith("已写出 ")

    def test_is_told_in_lines_where_it_is_wanted(self, tmp_path: Path) -> None:
        put(tmp_path, 甲=CLEAN)
        done = shell("audit", tmp_path / "甲.txt", "--out", tmp_path / "备忘录", "--progress")
        told = done.stderr.decode().splitlines()
        assert told[0] == "审核 1/1"
        assert len(told) == 2


@contextmanager
def _nobody(place: Path) -> Iterator[Callable[[], AbstractContextManager[None]]]:
    """Somebody without rights over the files in `place`: root may write everywhere."""
    place.chmod(0o755)

    @contextmanager
    def somebody() -> Iterator[None]:
        root = os.geteuid() == 0
        if root:
            os.seteuid(65534)
        try:
            yield
        finally:
            if root:
                os.seteuid(0)

    yield somebody


def _skip(told: str) -> None:
    warnings.warn(told, stacklevel=2)
    pytest.skip(told)
