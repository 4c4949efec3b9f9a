"""One count, one number: every output says the same of the same report."""

from __future__ import annotations

import json
import re
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.table import Table
from docx.text.paragraph import Paragraph

from auditor.api import plan
from auditor.memo import Memo, build
from auditor.memo.entries import entries, telling
from auditor.memo.letter import by_unit
from auditor.memo.model import Decision, Report
from auditor.memo.problems import problems
from auditor.memo.render import WRITERS, Material
from auditor.memo.summary import Summary, file, tables
from auditor.memo.wording import VERDICTS, is_letter, unproved
from auditor.pipeline import run
from tests.samples import ROOT, SEEDS, samples

KINDS = ("inconsistent", "query", "model", "not_assessable", "consistent")
Told = dict[int, str]
"""The number of a problem and its title."""

FILES = [*samples(), *sorted(SEEDS.glob("*.txt"))]
BATCH = 40
BATCHES = [FILES[at : at + BATCH] for at in range(0, len(FILES), BATCH)]
"""Many reports in one memo: an opinion of forty reports is made much faster than forty opinions."""


def audited(*paths: Path) -> Material:
    outcome = run(paths, plan().rules, reviewer=plan(llm="replay").reviewer)
    return Material(build(outcome, "replay"), [one.document for one in outcome.documents])


def content(name: str, material: Material) -> bytes:
    written = WRITERS[name](material)
    return written if isinstance(written, bytes) else written.encode()


def counts_of(report: Report) -> dict[str, int]:
    """Counted again from the results themselves, as a reader of the JSON would."""
    found = Counter("model" if one.origin == "model" else one.verdict for one in report.results)
    return {kind: found[kind] for kind in KINDS}


def in_json(material: Material) -> list[Told]:
    data = json.loads(content("json", material))
    found: dict[int, Told] = {}
    for document in data["documents"]:
        for report in document["reports"]:
            assert report["counts"] == {
                **dict.fromkeys(report["counts"], 0),
                **Counter(
                    "model" if one["origin"] == "model" else one["verdict"] for one in report["results"]
                ),
            }
            told = {one["number"]: one["title"] for one in report["results"] if one["number"]}
            found[report["number"]] = told
    return [found[report.number] for report in reports(material.memo) if report.number]


def in_markdown(material: Material) -> list[Told]:
    sections = content("md", material).decode().split("\n## ")[1:]
    for section, report in zip(sections, reports(material.memo), strict=True):
        counts = counts_of(report)
        for kind, word in (*VERDICTS.items(), ("model", "模型提问")):
            told = re.search(rf"复算、比对结果：.*?{word} (\d+) 项", section)
            assert int(told[1] if told else 0) == counts[kind], word
    return [
        {int(at): title.replace("\\", "") for at, title in re.findall(r"(?m)^(\d+)\. \*\*(.*?)\*\*（", one)}
        for one in sections
    ]


def in_page(material: Material) -> list[Told]:
    page = content("html", material).decode()
    every = Counter[str]()
    for report in reports(material.memo):
        every.update(counts_of(report))
    for kind in KINDS:
        told = re.search(rf'value="{kind}" checked>\S+ (\d+)<', page)
        assert int(told[1] if told else 0) == every[kind], kind
    sections = page.split('<section class="report"')[1:]
    cards = r'<span class="no">(?:\d+·)?(\d+)</span><b>(.*?)</b>'
    return [{int(at): title for at, title in re.findall(cards, one)} for one in sections]


def in_ledger(material: Material) -> list[Told]:
    book = openpyxl.load_workbook(BytesIO(content("xlsx", material)))
    found: dict[int, Told] = {report.number or 0: {} for report in reports(material.memo)}
    verdicts = {number: Counter[str]() for number in found}
    for sheet in ("台账", "叙述审查"):
        heads, *rows = list(book[sheet].iter_rows(values_only=True))
        for row in rows:
            cells = dict(zip(heads, row, strict=True))
            if cells["标识"] is None:
                continue
            number = int(str(cells["序号"]).rpartition("·")[2])
            assert str(cells["序号"]) in (f"{cells['报告']}·{number}", f"{number}" if len(found) == 1 else "")
            found[cells["报告"]][number] = str(cells["问题类别"])
            verdicts[cells["报告"]][str(cells.get("结论", "模型提问"))] += 1
    for told, report in zip(verdicts.values(), reports(material.memo), strict=True):
        counts = counts_of(report)
        assert [told[word] for word in ("不一致", "存疑", "模型提问")] == [counts[kind] for kind in KINDS[:3]]
    return list(found.values())


def in_opinion(material: Material) -> list[Told]:
    """What goes out: the serious ones under headings of their own, the others in tables. What shows nothing has no
    opinion of its own among several: the overview says so, and counts what the opinions ask."""
    found: list[Told] = []
    kinds: list[Counter[str]] = []
    lines: list[list[str]] = []
    first_pages: list[list[int]] = []
    for block in docx.Document(BytesIO(content("docx", material))).iter_inner_content():
        if isinstance(block, Table):
            if block.cell(0, 1).text == "问题和事实":
                for row in block.rows[1:]:
                    number, told = row.cells[0].text, row.cells[1].text
                    title, kind = re.split("（(不一致|存疑)，", told)[:2]
                    found[-1][int(number)] = title
                    kinds[-1][kind] += 1
            elif block.cell(0, 1).text == "单位":
                lines = [[cell.text for cell in row.cells] for row in block.rows[1:]]
        elif block.style is not None and block.style.name == "公文标题":
            found.append({})
            kinds.append(Counter())
        elif at := re.fullmatch(r"(\d+)\.(.*)（(不一致|存疑|经确认)）", block.text):
            found[-1][int(at[1])] = at[2]
            kinds[-1][at[3]] += 1
        elif block.text.startswith("经审核，"):
            first_pages.append(
                [
                    sum(map(int, re.findall(rf"{word} (\d+) 项", block.text)))
                    for word in ("差错", "说明的事项")
                ]
            )
    assert first_pages == [[one["不一致"], one["存疑"] + one["经确认"]] for one in kinds]
    listed = reports(material.memo)
    own = iter(zip(found, kinds, strict=True))
    told_of: list[Told] = []
    for report in listed:
        silent = len(listed) > 1 and (unproved(report) or is_letter(report)) and not report.counts.problems
        said, kind = ({}, Counter[str]()) if silent else next(own)
        told_of.append(said)
        if lines and not is_letter(report):
            line = next(one for one in lines if one[0] == str(report.number))
            assert line[6:8] == [str(kind["不一致"]), str(kind["存疑"] + kind["经确认"])], line
    assert not list(own)
    assert bool(lines) == (len(listed) > 1)
    return told_of


def in_letter(material: Material) -> list[Told]:
    """A letter to each unit that is asked something; where it has several reports, a number is 2·3."""
    document = docx.Document(BytesIO(content("letter", material)))
    found: dict[int, Told] = {report.number or 0: {} for report in reports(material.memo)}
    units = by_unit(material.memo)
    letters = iter([unit for unit in units if any(one.found for one in unit)] or units)
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            if block.style is not None and block.style.name == "公文标题":
                unit = next(letters)
        elif isinstance(block, Table) and (
            at := re.fullmatch(r"问题(?:(\d+)·)?(\d+)", block.cell(0, 0).text)
        ):
            assert bool(at[1]) == (len(unit) > 1)
            number = int(at[1]) if at[1] else unit[0].entry.number
            assert number in {one.entry.number for one in unit}
            found[number][int(at[2])] = block.cell(0, 1).text
    return list(found.values())


def in_sarif(material: Material) -> list[Told]:
    """In the order of the files; what has no problem is not there."""
    (log,) = json.loads(content("sarif", material))["runs"]
    every = [report for document in material.memo.documents for report in document.reports]
    titles = iter((report.number, one.title) for report in every for one in report.results)
    found: dict[int | None, Told] = {}
    for result, (report, title) in zip(log["results"], titles, strict=True):
        if number := result["properties"]["number"]:
            found.setdefault(report, {})[number] = title
    return [found[report.number] for report in reports(material.memo) if report.number in found]


OUTPUTS = {
    "json": in_json, "md": in_markdown, "html": in_page, "xlsx": in_ledger, "docx": in_opinion,
    "letter": in_letter, "sarif": in_sarif,
}  # fmt: skip


def reports(memo: Memo) -> list[Report]:
    """In the order that every paper has; what was handed in twice only once."""
    return [entry.report for entry in telling(memo)]


@pytest.mark.parametrize("paths", [*BATCHES, FILES[:1]], ids=lambda paths: f"{len(paths)}-{paths[0].stem}")
def test_every_output_counts_and_numbers_alike(paths: list[Path]) -> None:
    material = audited(*paths)
    expected = [
        {one.number: one.title for one in report.results if one.number is not None}
        for report in reports(material.memo)
    ]
    for report, told in zip(reports(material.memo), expected, strict=True):
        assert list(told) == list(range(1, report.counts.problems + 1))
        assert counts_of(report) == report.counts.model_dump()
    asked = [
        {one.number: one.first.title for one in problems(report) if one.goes_out}
        for report in reports(material.memo)
    ]
    to_unit = [
        {one.number: one.first.title for one in problems(report) if one.goes_to_unit}
        for report in reports(material.memo)
    ]
    for name, read in OUTPUTS.items():
        found = read(material)
        wanted = to_unit if name == "letter" else asked if name == "docx" else expected
        wanted = [one for one in wanted if one] if name == "sarif" else wanted
        assert found == wanted, name
    assert _summed(material.memo) == [counts_of(report) for report in reports(material.memo)]


def test_decisions_count_alike() -> None:
    """Of the rules and of a model: in the memo, in the ledger as it stands, in what goes out."""
    material = audited(*sorted((ROOT / "examples").glob("*.txt")))
    words: tuple[Any, ...] = ("确认", "驳回", "存疑", "")
    for report in reports(material.memo):
        for at, one in enumerate(problems(report)):
            if words[at % 4]:
                one.first.decision = Decision(decision=words[at % 4])
    in_opinion(material)
    sections = content("md", material).decode().split("\n## ")[1:]
    heads, *rows = openpyxl.load_workbook(BytesIO(content("xlsx", material)), data_only=True)["汇总"].values
    for section, report, row in zip(sections, reports(material.memo), rows, strict=False):
        numbers = range(len(problems(report)))
        counts = [sum(words[at % 4] == word for at in numbers) for word in words]
        told = dict(zip(("确认", "驳回", "存疑", "未处理"), counts, strict=True))
        cells = dict(zip(heads, row, strict=True))
        assert [cells[head] for head in ("已确认", "已驳回", "未处理")] == [counts[at] for at in (0, 1, 3)]
        if counts[0]:
            line = "，".join(f"{word} {count} 项" for word, count in told.items())
            assert f"处理意见：{line}" in section


def _summed(memo: Memo) -> list[dict[str, int]]:
    """As the summary of many reports shows them, under the same numbers; what was handed in twice is told apart."""
    files = [file(document, "甲.md", "") for document in memo.documents]
    lines = {
        id(report): line
        for document, one in zip(memo.documents, files, strict=True)
        for report, line in zip(document.reports, one.reports, strict=True)
    }
    for entry in entries(memo):
        lines[id(entry.report)].repeats = entry.repeats
    table = next(tables(Summary(tool=memo.tool, files=files, unreadable=[])))
    listed = [one for one in entries(memo) if not one.repeats and not is_letter(one.report)]
    for entry, row in zip(listed, table.rows, strict=True):
        line, counts = lines[id(entry.report)], entry.report.counts
        shown = (counts.inconsistent, counts.query, counts.not_assessable, line.unread_tables, counts.model)
        assert (row[0], row[2:7]) == (entry.number, shown)
    return [lines[id(report)].counts.model_dump() for report in reports(memo)]
