"""Folders are audited with what lies in them; what is written says what was written."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests.conftest import Cli
from tests.samples import ROOT

BROKEN = (ROOT / "examples" / "01-national.txt").read_bytes()
CLEAN = (ROOT / "examples" / "03-clean.txt").read_bytes()
LITTER = ("~$甲.docx", ".DS_Store", "Thumbs.db", "desktop.ini", "甲.txt.decisions.json", "二 局/.甲.swp")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "送审"
    (root / "二 局" / "下级").mkdir(parents=True)
    (root / "甲.txt").write_bytes(BROKEN)
    (root / "二 局" / "乙 稿.txt").write_bytes(CLEAN)
    (root / "二 局" / "下级" / "甲.txt").write_bytes(BROKEN)
    for name in LITTER:
        (root / name).write_bytes(b'{"decisions": []}')
    return root


def tree(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_sub_folders_without_litter(cli: Cli, folder: Path) -> None:
    answer = cli("audit", "送审", "--format", "json")
    paths = [Path(one["path"]).as_posix() for one in json.loads(answer.out)["documents"]]
    assert paths == ["送审/甲.txt", "送审/二 局/乙 稿.txt", "送审/二 局/下级/甲.txt"]
    assert answer.err.splitlines() == [
        f"跳过 {len(LITTER)} 个文件：临时文件、系统文件和本程序写出的文件",
        f"重复送审：{Path('送审/二 局/下级/甲.txt')} 与 {Path('送审/甲.txt')} 内容完全相同",
    ]


def test_a_folder_needs_no_command(cli: Cli, folder: Path) -> None:
    assert cli("送审", "--llm", "off").out == cli("audit", "送审", "--llm", "off").out


def test_the_tree_is_kept(cli: Cli, folder: Path, tmp_path: Path) -> None:
    answer = cli("audit", "送审", "--out", "备忘录")
    assert tree(tmp_path / "备忘录") == ["二 局/下级/甲.md", "二 局/乙 稿.md", "汇总.md", "甲.md"]
    assert answer.err.splitlines()[-1].startswith(
        "已写出 备忘录：备忘录 3 份和 汇总.md，审核 3 个文件、2 份报告（另有重复送审 1 份，不计入）"
    )


@pytest.mark.parametrize("name", ["备忘录.md", "甲.docx", "甲.xlsx", "甲.html", "甲.json", "甲.sarif"])
def test_own_outputs_are_known_again(cli: Cli, folder: Path, name: str) -> None:
    first = cli("audit", "送审", "-o", f"送审/{name}")
    assert f"已写出 送审/{name}" in first.err
    assert "：审核 3 个文件、2 份报告（另有重复送审 1 份，不计入），一致 " in first.err
    assert (folder / name).read_bytes()[:2] == (b"PK" if name.endswith(("docx", "xlsx")) else first_of(name))
    again = cli("audit", "送审", "--format", "json")
    assert len(json.loads(again.out)["documents"]) == 3
    own = 2 if name.endswith("docx") else 1  # the working paper beside the opinion
    assert f"跳过 {len(LITTER) + own} 个文件" in again.err


def first_of(name: str) -> bytes:
    return {"md": b"# ", "html": b"<!", "json": b"{\n", "sarif": b'{"'}[name.rpartition(".")[2]]


def test_a_folder_with_nothing_in_it(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    answer = cli("audit", "空")
    assert (answer.status, answer.out, answer.err) == (2, "", "空：文件夹里没有可以审核的文件\n")


def test_the_same_figures_in_another_file(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_bytes(CLEAN)
    (tmp_path / "乙.txt").write_bytes("再次报送\n\n".encode() + CLEAN)
    (tmp_path / "丙.txt").write_bytes(CLEAN.replace(b"98.49", b"97.49"))
    told = [line for line in cli("audit", "甲.txt", "乙.txt", "丙.txt").err.splitlines() if "重复" in line]
    assert told == ["重复送审：乙.txt 与 甲.txt 是同一个项目、同样的数字（中小学校舍安全改造项目）"]


def test_what_was_packed_keeps_its_place(cli: Cli, folder: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(folder / "二 局" / "打包.zip", "w") as packed:
        packed.writestr("丙 处/丁.txt", CLEAN)
    cli("audit", "送审", "--out", "备忘录")
    assert "二 局/打包/丙 处/丁.md" in tree(tmp_path / "备忘录")


def test_the_summary_says_what_was_handed_in_twice(cli: Cli, folder: Path, tmp_path: Path) -> None:
    cli("audit", "送审", "--out", "备忘录")
    summary = (tmp_path / "备忘录" / "汇总.md").read_text("utf-8")
    (twice,) = re.findall(r"## 重复送审\n\n\|.*\n\|[-|]+\n(.*)\n", summary)
    assert f"| {Path('送审/二 局/下级/甲.txt')} | {Path('送审/甲.txt')} | " in twice
    assert "报告 2 份（另有重复送审 1 份，不计入）" in summary
    assert (
        summary.count("农村饮水安全巩固提升项目") == 2
    )  # in the table of reports, and among what came twice
    assert re.search(r"\n\| 禾川县农村供水服务中心 \| 1 \|", summary)


def test_letters_are_no_reports(cli: Cli, folder: Path, tmp_path: Path) -> None:
    """They have a memo, and a table of their own on the summary and no line in that of the units."""
    letter = "禾川县水务局\n关于报送2023年度项目支出绩效自评材料的函\n县财政局：\n现将自评材料随函报送，请予审核。\n禾川县水务局\n2024年3月1日\n"
    (folder / "报送函.txt").write_text(letter, "utf-8")
    answer = cli("audit", "送审", "--out", "备忘录")
    told = "2 份报告（另有公函和填报说明 1 份、重复送审 1 份，不计入）"
    assert told in answer.err
    summary = (tmp_path / "备忘录" / "汇总.md").read_text("utf-8")
    assert "报告 2 份（另有公函和填报说明 1 份、重复送审 1 份，不计入）" in summary
    reports, letters = summary.split("## 公函和填报说明（没有可以核对的内容）")
    assert "报送函" not in reports
    assert "(%E6%8A%A5%E9%80%81%E5%87%BD.md)" in letters
    assert told.removeprefix("2 份报告") in cli("audit", "送审", "-o", "台账.xlsx").err


def test_a_memo_of_its_own_numbers_reports_as_its_file_does(cli: Cli, folder: Path, tmp_path: Path) -> None:
    """The summary names them so; a file with one report needs no number."""
    clean = CLEAN.decode("utf-8")
    (folder / "几份.txt").write_text(f"{clean}\n\n{BROKEN.decode('utf-8')}", "utf-8")
    cli("audit", "送审", "--out", "备忘录")
    memo = (tmp_path / "备忘录" / "几份.md").read_text("utf-8")
    assert re.findall(r"(?m)^## (.*)$", memo) == [
        "2　农村饮水安全巩固提升项目",
        "1　中小学校舍安全改造项目",
    ]
    summary = (tmp_path / "备忘录" / "汇总.md").read_text("utf-8")
    assert f"{Path('送审/几份.txt')} 第 2 份" in summary
    assert "\n## 农村饮水安全巩固提升项目\n" in (tmp_path / "备忘录" / "甲.md").read_text("utf-8")


def test_a_broken_file_is_called_by_its_kind(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "甲.pdf").write_bytes(bytes(range(128, 256)) * 20)
    assert cli("audit", "甲.pdf").err == "甲.pdf：内容不是 pdf 文件，可能没有传完或已损坏，请重新取得\n"


def test_what_is_no_report_does_not_look_clean(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "通知.txt").write_text("关于召开会议的通知\n请准时参加。\n", "utf-8")
    told = cli("audit", "通知.txt", "--llm", "off").out
    assert "不能据此认为没有问题" in told
    assert "没有需要单位说明的事项" not in told


def test_an_opinion_has_its_working_paper_beside_it(cli: Cli, folder: Path, tmp_path: Path) -> None:
    cli("audit", "送审", "--out", "意见", "--format", "docx")
    assert tree(tmp_path / "意见") == [
        "二 局/下级/甲-工作底稿.docx",
        "二 局/下级/甲.docx",
        "二 局/乙 稿-工作底稿.docx",
        "二 局/乙 稿.docx",
        "汇总.md",
        "甲-工作底稿.docx",
        "甲.docx",
    ]
    cli("audit", "送审", "--out", "合订", "--format", "docx", "--with-working-paper")
    assert tree(tmp_path / "合订") == ["二 局/下级/甲.docx", "二 局/乙 稿.docx", "汇总.md", "甲.docx"]


def test_a_report_that_shows_nothing_comes_first(cli: Cli, folder: Path, tmp_path: Path) -> None:
    """Zeros in every column must not look like a pass."""
    (folder / "说明.txt").write_text("关于报送材料的说明\n\n现将材料报上，请查收。\n", "utf-8")
    cli("audit", "送审", "--out", "备忘录")
    summary = (tmp_path / "备忘录" / "汇总.md").read_text("utf-8")
    assert "**有 1 份报告一个数也没有核对到（排在最前），不能据此认为没有问题，请先人工核对。**" in summary
    first = next(line for line in summary.splitlines() if line.startswith("| 1 |"))
    assert first.endswith(f"| {Path('送审/说明.txt')} |")


@pytest.mark.parametrize("name", ["一.md", "一.html", "一.json", "一.sarif", "一.xlsx"])
def test_every_output_marks_what_was_handed_in_twice(
    cli: Cli, folder: Path, tmp_path: Path, name: str
) -> None:
    again, first = str(Path("送审/二 局/下级/甲.txt")), str(Path("送审/甲.txt"))
    cli("audit", "送审", "-o", name)
    path = tmp_path / name
    if name.endswith("json"):
        reports = {one["path"]: one["reports"][0] for one in json.loads(path.read_bytes())["documents"]}
        assert {one: report["repeats"] for one, report in reports.items() if report["repeats"]} == {
            again: first
        }
    elif name.endswith("sarif"):
        results = json.loads(path.read_bytes())["runs"][0]["results"]
        marks = {
            (
                one["locations"][0]["physicalLocation"]["artifactLocation"]["index"],
                one["properties"]["repeats"],
            )
            for one in results
        }
        assert marks == {(0, ""), (1, ""), (2, first)}
    else:
        told = path.read_text("utf-8") if not name.endswith("xlsx") else _cells(path)
        assert f"重复送审，不计入：{again} 与 {first} 是同一份报告。" in told


def _cells(path: Path) -> str:
    book = openpyxl.load_workbook(path)
    return "\n".join(str(cell) for row in book["汇总"].values for cell in row)


def test_a_memo_of_its_own_says_that_it_came_twice(cli: Cli, folder: Path, tmp_path: Path) -> None:
    cli("audit", "送审", "--out", "备忘录")
    memos = {one: (tmp_path / "备忘录" / one).read_text("utf-8") for one in tree(tmp_path / "备忘录")}
    told = {one for one, memo in memos.items() if "重复送审，不计入：" in memo}
    assert told == {"二 局/下级/甲.md"}


def test_what_is_named_twice_is_one_file(cli: Cli, folder: Path, tmp_path: Path) -> None:
    whole = cli("audit", "送审", "--out", "一")
    for at, more in enumerate((["送审/甲.txt"], ["送审"], ["./送审/甲.txt", "送审/二 局"])):
        answer = cli("audit", "送审", *more, "--out", f"再{at}")
        assert f"有 {3 if at == 2 else 1} 个文件或文件夹列了不止一次，只算一次" in answer.err
        assert answer.err.splitlines()[-1].partition("，")[2] == whole.err.splitlines()[-1].partition("，")[2]
    assert tree(tmp_path / "再1") == tree(tmp_path / "一")


def test_our_own_output_is_no_report_though_it_is_named(cli: Cli, folder: Path) -> None:
    cli("audit", "送审/甲.txt", "-o", "甲.json")
    alone = cli("audit", "甲.json")
    assert (alone.status, alone.out) == (2, "")
    assert alone.err == "甲.json：是本程序写出的文件，不是报告，没有审核\n"
    beside = cli("audit", "甲.json", "送审/二 局/乙 稿.txt")
    assert beside.status == 2
    assert "# 绩效自评报告审核备忘录" in beside.out
