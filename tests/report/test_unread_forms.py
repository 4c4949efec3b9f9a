"""What looks like a form and was not read is announced; what was read, and running text, is not."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

import auditor.report.unread.form_words as module
from auditor import audit
from auditor.document import Span, read_bytes
from auditor.memo.markdown import markdown
from auditor.report import Report, read_reports
from auditor.report.unread.forms import read_unread_forms
from tests.conftest import Cli

DATA = tomllib.loads(Path(module.__file__).with_name("form_words.toml").read_text("utf-8"))
TITLE = "项目支出绩效自评表\n\n"


def read(text: str) -> Report:
    (report,) = read_reports(read_bytes(text.encode(), "form.txt"))
    return report


def announced(text: str) -> int:
    """Figures of unread forms."""
    return sum(len(form.figures) for form in read(text).unread_forms)


@pytest.mark.parametrize("example", DATA["form"], ids=lambda example: example["text"][:16])
def test_looks_like_a_form(example: dict[str, object]) -> None:
    """The figures of a form that no reader could take, each by itself without a header it knows."""
    document = read_bytes(str(example["text"]).encode(), "form.txt")
    report = Report(document, 1, Span(0, len(document.text)))
    read_unread_forms(report, document.blocks)
    assert sum(len(form.figures) for form in report.unread_forms) == example["figures"]


@pytest.mark.parametrize("example", DATA["prose"], ids=lambda example: example["text"][:16])
def test_running_text_is_no_form(example: dict[str, str]) -> None:
    assert read(TITLE + example["text"]).unread_forms == []


READ = {
    "tabs": "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n"
    "产出指标\t数量指标\t修枝株数\t≥300株\t312株\t60\t60\n效益指标\t社会效益\t覆盖村数\t≥9个\t9个\t40\t40\n总分\t\t\t\t\t100\t100",
    "pipes": "资金 | 年初预算数 | 全年预算数 | 全年执行数 | 执行率\n合计 | 36.00 | 36.00 | 34.20 | 95.00%",
    "a column nobody keeps": "一级指标\t三级指标\t目标值\t完成值\t完成率\t分值\t得分\n"
    "产出指标\t修枝株数\t300株\t312株\t104%\t60\t60\n效益指标\t覆盖村数\t9个\t9个\t100%\t40\t40\n总分\t\t\t\t\t100\t100",
    "numbered rows": "序号\t指标名称\t目标值\t完成值\t分值\t得分\n1\t修枝株数\t300株\t312株\t60\t60\n2\t覆盖村数\t9个\t9个\t40\t40",
    "a table of another kind": "村名\t户数\t面积\n石桥村\t120\t33.5\n坝上村\t98\t21.7",
    "fields": "项目名称\t古树保护\n服务年限\t3\t覆盖村数\t9\n联系电话\t5618923",
    "text in cells": "年度总体目标\t预期目标\t实际完成情况\n\t完成修枝300株，覆盖9个村。\t修枝312株，覆盖9个村。",
    "page numbers": "第 1 页 共 2 页\n项目名称\t古树保护\n年度资金总额\t60\n第 2 页 共 2 页",
}


@pytest.mark.parametrize("text", READ.values(), ids=READ)
def test_what_was_read_is_not_announced(text: str) -> None:
    assert announced(TITLE + text) == 0


LOST = {
    "run together": "年度资金总额:22022010213.4097.00%9.70其中:当年财政拨款220220213.40一级指标二级指标三级指标指标值完成值分值得分",
    "foreign words over every column": "子项\t甲栏\t乙栏\t得分\n年度资金总额\t220\t213.40\t9.70\n财政拨款\t220\t213.40\t9.70",
    "rows without any header": "产出指标 数量指标 修枝株数 ≥300株 312株 20 20\n质量指标 成活率 ≥95% 97% 15 15",
    "one figure a line": "全年预算数\n220\n全年执行数\n213.4\n得分\n9.7",
    "labels with colons": "预算数：220.00 | 执行数：213.40 |  | 得分：9.7\n财政拨款：220.00 | 结余数：6.60",
    "between long texts": "一、基本情况\n项目由县林业局实施，按计划完成全部修枝任务，验收合格后已移交各村管护，群众反映良好，资料归档齐全，后续管护责任已落实到村。\n"
    "年度资金总额 220 220 213.4 10 97% 9.7\n当年财政拨款 220 220 213.4 10 97% 9.7\n二、问题\n无。",
}


@pytest.mark.parametrize("text", LOST.values(), ids=LOST)
def test_what_was_lost_is_announced(text: str) -> None:
    report = read(TITLE + text)
    taken = sum(len(table.amounts) for table in report.money_tables) + len(report.indicators)
    assert announced(TITLE + text) >= 2 or taken >= 3  # a reader that learns to take it may do so


LOST_FILE = TITLE + LOST["run together"]


def test_every_memo_begins_with_it(tmp_path: Path, cli: Cli) -> None:
    """Exit status, first line of the conclusion, coverage, evidence."""
    path = tmp_path / "lost.txt"
    path.write_text(LOST_FILE, "utf-8")
    memo = audit(path)
    (report,) = memo.documents[0].reports
    assert report.coverage.unread_tables == 1
    assert report.coverage.figures_unplaced >= 2
    (lost,) = [one for one in report.results if one.title == "表格没有读懂"]
    assert (lost.rule, lost.verdict, bool(lost.evidence)) == ("Z001", "not_assessable", True)
    said = markdown(memo).split("**结论**")[1]
    assert said.strip().splitlines()[0].startswith("1. 有 1 处表格没有读懂")
    assert "\n未发现不一致" not in said
    assert cli("audit", path, "--llm", "off").status == 1


def test_other_formats_say_it_too(tmp_path: Path, cli: Cli) -> None:
    path, out = tmp_path / "lost.txt", tmp_path / "out"
    path.write_text(LOST_FILE, "utf-8")
    page = cli("audit", path, "--llm", "off", "--format", "html")
    assert "有 1 处表格没有读懂" in page.out
    cli("audit", path, "--llm", "off", "--out", out)
    summary = next(out.glob("*汇总*.md"), None) or next(out.glob("summary.md"))
    assert "有 1 份报告的表格没有读懂" in summary.read_text("utf-8")
    assert json.loads(cli("audit", path, "--llm", "off", "--format", "json").out)
