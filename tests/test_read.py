"""`auditor read`: what was understood, before any rule."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Cli
from tests.samples import ROOT

FORM = ROOT / "tests" / "layouts" / "01_national_broken.txt"
PDF = ROOT / "tests" / "files" / "form.pdf"


def test_the_page_names_what_a_reviewer_checks(cli: Cli) -> None:
    answer = cli("read", FORM)
    assert (answer.status, answer.err) == (0, "")
    for line in (
        "| 年度资金总额 | 300.00 | 412.50 | 396.84 | 10 | 98.20% | 9.62 |",
        "| 产出指标/质量指标 | 末梢水水质达标率 | ≥95% | 93.1% | 6 | 6 |",
        "|  | 总分 |  |  | 100 | 99.12 |",
        "- 等次：60分以下为差",
    ):
        assert line in answer.out.splitlines()


def test_the_same_as_data(cli: Cli) -> None:
    answer = cli("read", FORM, PDF, "--format", "json")
    text, pdf = json.loads(answer.out)["documents"]
    assert pdf["pages"] == 2
    assert [one["reports"][0]["project"] for one in (text, pdf)] == ["岚溪县农村饮水管网改造工程"] * 2
    wanted = ("path", "name", "target", "actual", "weight", "score", "reason")
    rows = [[[row[key] for key in wanted] for row in one["reports"][0]["indicators"]] for one in (text, pdf)]
    assert rows[0] == rows[1]
    assert ["产出指标", "质量指标"] in [row[0] for row in rows[0]]


def test_what_was_not_understood_is_said(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "表.txt"
    file.write_text("某项目绩效自评表\n甲\t1\t2\t3\t4\n乙\t5\t6\t7\t8\n", encoding="utf-8")
    answer = cli("read", file)
    assert "### 没有读懂的" in answer.out
    assert "不在任何认得的表头之下" in answer.out


def test_every_table_says_how_it_was_read(cli: Cli, tmp_path: Path) -> None:
    """The way taken, what holds and what does not, and the next best way with the same figures."""
    lines = ["项目支出绩效自评表", "项目资金（万元）", "年初预算数", "全年预算数", "全年执行数", "执行率"]
    lines += [
        "年度资金总额",
        "60.00",
        "64.00",
        "60.80",
        "95%",
        "其中：财政拨款",
        "50.00",
        "54.00",
        "51.30",
        "59%",
    ]
    file = tmp_path / "表.txt"
    file.write_text("\n".join(lines), encoding="utf-8")
    answer = cli("read", file)
    (told,) = (line for line in answer.out.splitlines() if "其次：" in line)
    assert told.startswith("- 第1–16行，单元格依次排列：归位 8 个数；表内关系 ")
    assert "不成立：“财政拨款”执行率＝支出÷预算" in told
    (form,) = json.loads(cli("read", file, "--format", "json").out)["documents"][0]["reports"][0]["forms"]
    assert (form["taken"]["placed"], form["runner_up"]["placed"]) == (8, 0)


def test_a_table_that_was_not_read_is_listed(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "表.txt"
    file.write_text(
        "项目支出绩效自评表\n产出指标 数量指标 修枝株数 ≥300株 312株 20 20\n质量指标 成活率 ≥95% 97% 15 15",
        "utf-8",
    )
    assert "修枝株数 ≥300株 312株 20 20（没有对上认得的表头）" in cli("read", file).out


def test_cells_are_drawn_over_the_page(cli: Cli, tmp_path: Path) -> None:
    from PIL import Image

    folder = tmp_path / "图"
    answer = cli("read", PDF, "--draw", folder)
    assert (answer.status, answer.err) == (0, "")
    pages = sorted(folder.iterdir())
    assert [page.name for page in pages] == ["form-第1页.png", "form-第2页.png"]
    with Image.open(pages[0]) as page:
        colours = {colour: count for count, colour in page.getcolors(1 << 24) or []}
    assert colours[(200, 30, 30)] > 1000


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["无.txt"], "找不到"),
        ([str(FORM), "--draw", "图"], "只有 PDF 和图片"),
        ([str(PDF), "--draw", str(FORM)], "写不了图片"),
    ],
)
def test_problems_are_one_line_each(cli: Cli, arguments: list[str], said: str) -> None:
    answer = cli("read", *arguments)
    assert answer.status == 2
    assert said in answer.err
    assert answer.err.count("\n") == 1
