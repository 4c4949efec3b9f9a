"""The commands: across, its grouping and correction, copies."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from auditor.cli import app
from tests.season.test_across import DECLARATION, DEFAULTS, FORM
from tests.season.test_copies_across import OWN, SHARED

Do = Callable[..., str]


def season(folder: Path, papers: dict[str, str]) -> Do:
    runner = CliRunner()

    def command(*words: str, status: int = 0) -> str:
        result = runner.invoke(app, ["season", *words, "--at", str(folder)])
        assert result.exit_code == status, result.output
        return result.output

    reports = folder.parent / f"{folder.name}-reports"
    reports.mkdir()
    for name, text in papers.items():
        (reports / name).write_text(text, encoding="utf-8")
    assert runner.invoke(app, ["season", "init", str(folder)]).exit_code == 0
    command("add", str(reports))
    command("run", "-j", "1")
    return command


def form(**changes: object) -> str:
    return FORM.format(**DEFAULTS | changes)


@pytest.fixture
def do(tmp_path: Path) -> Do:
    return season(
        tmp_path / "now",
        {
            "1.txt": form(), "2.txt": form(paid="301.55"), "3.txt": DECLARATION.format(budget="350.00", length="≥36公里"),
            "4.txt": form(project="泵站检修"),
        },
    )  # fmt: skip


def test_across_tells_quotes_and_places(do: Do, tmp_path: Path) -> None:
    told = do("across", status=1)
    for words in (
        "同一项目两份材料数字不同",
        "目标降低",
        "申报预算与自评预算不一致",
        "“≥36公里”",
        "归并出 1 个",
    ):
        assert words in told
    output = tmp_path / "out.jsonl"
    do("across", "-o", str(output), status=1)
    for line in output.read_text("utf-8").splitlines():
        one = json.loads(line)
        assert one["result"]["origin"] == "corpus"
        assert len(one["papers"]) == len(one["result"]["evidence"])
        for paper, evidence in zip(one["papers"], one["result"]["evidence"], strict=True):
            text = Path(paper["path"]).read_text("utf-8")
            assert text[evidence["start"] : evidence["end"]] == evidence["quote"]


def test_the_grouping_can_be_corrected(do: Do, tmp_path: Path) -> None:
    shown = tmp_path / "归并.csv"
    do("across", "--groups", str(shown))
    rows = list(csv.DictReader(shown.read_text("utf-8-sig").splitlines()))
    assert [row["依据"] for row in rows] == ["名称和单位"] * 3 + [""]
    for row in rows:
        row["归并到"] = "" if row["项目"] == "东干渠清淤" else row["归并到"]
    with shown.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    assert "疑点 0 条" in do("across", "--corrected", str(shown))
    assert "归并出 0 个" in do("across")
    assert "归并" in do("export", "--trail", "-o", str(tmp_path / "t.jsonl")) or "归并" in (
        tmp_path / "t.jsonl"
    ).read_text("utf-8")


@pytest.mark.parametrize("text", ["没有列名\n1\n", "编号,归并到\n99,甲\n"])
def test_a_correction_that_cannot_be_used(do: Do, tmp_path: Path, text: str) -> None:
    (tmp_path / "坏.csv").write_text(text, encoding="utf-8")
    do("across", "--corrected", str(tmp_path / "坏.csv"), status=2)


def test_last_year(tmp_path: Path) -> None:
    same = {"initial": "318.62", "budget": "318.62", "paid": "301.55"}
    season(tmp_path / "before", {"1.txt": form(**same).replace("2025", "2024")})
    do = season(tmp_path / "now", {"1.txt": form(**same)})
    told = do("across", "--previous", str(tmp_path / "before"), status=1)
    assert "沿用上年数字" in told
    assert "上年1号" in told


def test_last_year_retold(tmp_path: Path) -> None:
    text = "项目支出绩效自评报告\n（2025年度）\n项目名称：东干渠清淤\n实施单位：乙县灌区站\n二、项目绩效完成情况\n{}\n"
    done = "全年清淤渠道46.2公里，疏通分水口118处，受益农户2360户，春灌比计划提前七天结束。"
    season(tmp_path / "before", {"1.txt": text.format(done).replace("2025", "2024")})
    do = season(tmp_path / "now", {"1.txt": text.format(done)})
    assert "1段说明连同数字与2024年度的报告一字不差" in do(
        "across", "--previous", str(tmp_path / "before"), status=1
    )
    changed = season(tmp_path / "other", {"1.txt": text.format(done.replace("118", "97"))})
    assert "疑点 0 条" in changed("across", "--previous", str(tmp_path / "before"))


def test_copies(tmp_path: Path) -> None:
    papers = {
        f"{at}.txt": f"项目支出绩效自评报告\n项目名称：{name}\n实施单位：{unit}\n二、项目绩效完成情况\n{OWN[at]}\n{SHARED}\n"
        for at, (name, unit) in enumerate((("东干渠清淤", "甲站"), ("西干渠清淤", "乙站")))
    }
    do = season(tmp_path / "now", papers)
    told = do("copies", status=1)
    assert "不同项目的说明雷同" in told
    assert told.count(SHARED[:20]) == 3
    blank = tmp_path / "空白表.txt"
    blank.write_text(SHARED, encoding="utf-8")
    assert "文字照抄 3（1处）" in do("risk")
    assert "疑点 0 条" in do("copies", "--template", str(blank))
    assert "文字照抄" not in do("risk")
