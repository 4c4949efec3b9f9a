"""From the store to the working paper: draw, decide, evaluate, by the commands themselves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from auditor.cli import app

Do = Callable[..., str]

_REPORT = """{unit}项目支出绩效自评报告
项目名称：{project}
主管部门：{unit}
实施单位：{unit}
评价年度：2025年
全年预算数{budget}万元，全年执行数{paid}万元，预算执行率{rate}%。
"""


@pytest.fixture
def do(tmp_path: Path) -> Do:
    """A season of 30 reports, audited; returns a command's output and checks its exit status."""
    folder = tmp_path / "season"
    runner = CliRunner()

    def command(*words: str, status: int = 0) -> str:
        result = runner.invoke(app, ["season", *words, "--at", str(folder)])
        assert result.exit_code == status, result.output
        return result.output

    reports = tmp_path / "reports"
    reports.mkdir()
    for at in range(30):
        budget = 10 + at * at
        text = _REPORT.format(
            unit=f"{'甲乙丙'[at % 3]}镇水利站", project=f"渠道清淤第{at + 1}标段", budget=budget, paid=budget,
            rate=100 if at % 5 else 80,
        )  # fmt: skip
        (reports / f"{at:02d}.txt").write_text(text, encoding="utf-8")
    assert runner.invoke(app, ["season", "init", str(folder)]).exit_code == 0
    command("add", str(reports))
    command("run", "-j", "1")
    return command


def test_draw_decide_evaluate(do: Do, tmp_path: Path) -> None:
    drawn = do("sample", "--size", "6", "--seed", "种子", "-o", str(tmp_path / "底稿.xlsx"))
    numbers = [line.split("  ")[1].removesuffix("号") for line in drawn.splitlines() if "号  " in line]
    assert len(numbers) == 6
    assert "还有" in do("evaluate")
    for number in numbers:
        do("decide", number, "有误" if number == numbers[0] else "无误")
    told = do("evaluate", "-o", str(tmp_path / "评价.docx"))
    assert "30份里查了6份，1份有差错；推算全部的差错率约16.67%。" in told
    assert (tmp_path / "评价.docx").exists()
    sheet = openpyxl.load_workbook(tmp_path / "底稿.xlsx")["样本清单"]
    assert sheet.max_row == 7
    assert "抽样" in do("verify") or "完好" in do("verify")


def test_drawing_more_goes_on(do: Do) -> None:
    first = do(
        "sample", "--size", "6", "--method", "stratified", "--by", "unit", "--seed", "种子", "--name", "一"
    )
    second = do("sample", "--more", "3", "--name", "一")
    assert numbers(first) <= numbers(second)
    assert len(numbers(second)) == 9
    assert "已有名为“一”的抽样" in do("sample", "--size", "6", "--name", "一", status=2)


def test_money_and_risk(do: Do) -> None:
    told = do("sample", "--method", "mus", "--size", "12", "--name", "金额")
    assert "大额必查" in told
    first = do("sample", "--method", "risk", "--size", "4", "--name", "风险")
    assert first.count("高风险必查") == 3  # two reports, and the summary
    assert "金额" in do("risk", "-n", "1")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("sample", "--tolerable", "一成"), "--tolerable 应是一个数"),
        (("sample", "--by", "县"), "不能按“县”分层"),
        (("sample", "--tolerable", "1", "--expected", "2"), "预计差错应小于可容忍的差错"),
        (("evaluate", "--name", "没有"), "没有名为“没有”的抽样"),
    ],
)
def test_what_cannot_be_done(do: Do, words: tuple[str, ...], says: str) -> None:
    assert says in do(*words, status=2)


def numbers(told: str) -> set[str]:
    return {line.split("  ")[1].removesuffix("号") for line in told.splitlines() if "号  " in line}
