"""Layouts of pasted forms: read whole without a false word, and a planted slip is told."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.document import read_bytes
from auditor.pipeline import AuditedReport, run
from auditor.rules.base import Verdict
from auditor.rules.catalogue import catalogue

LAYOUTS = tomllib.loads(Path(__file__).with_name("text_layouts.toml").read_text("utf-8"))["layout"]


def audited(text: str) -> list[AuditedReport]:
    done = run([read_bytes(text.encode(), "form.txt")], catalogue())
    assert not done.breakages
    return [report for document in done.documents for report in document.reports]


def told(reports: list[AuditedReport], *verdicts: Verdict) -> Iterator[str]:
    for report in reports:
        yield from (item.result.rule.code for item in report.items if item.result.verdict in verdicts)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout["name"])
def test_a_right_form_is_read_whole(layout: dict[str, str]) -> None:
    reports = audited(layout["text"])
    assert list(told(reports, Verdict.INCONSISTENT)) == []
    assert [(one.coverage.unread_tables, one.coverage.figures_unplaced) for one in reports] == [(0, 0)]


@pytest.mark.parametrize(
    "layout", [one for one in LAYOUTS if one.get("quiet")], ids=lambda layout: layout["name"]
)
def test_nothing_is_asked_about_a_right_form(layout: dict[str, str]) -> None:
    assert list(told(audited(layout["text"]), Verdict.QUERY)) == []


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout["name"])
def test_a_slip_is_told(layout: dict[str, str]) -> None:
    assert layout["text"].count(layout["old"]) == 1
    wrong = audited(layout["text"].replace(layout["old"], layout["new"]))
    assert layout["rule"] in set(told(wrong, Verdict.INCONSISTENT, Verdict.QUERY))


TAIL = "质量指标 | 培训合格率 | ≥95% | 92% | 20 | 18 | 有人缺考\n合计 | 100 | 84.50\n"


def test_the_tail_of_a_form_before_a_whole_one_is_announced_and_no_part_of_it() -> None:
    whole = next(layout["text"] for layout in LAYOUTS if layout["name"] == "pairs with parts below")
    (alone,), (behind,) = audited(whole), audited(TAIL + whole)
    assert behind.coverage.unread_tables == 1
    assert behind.report.total_score is not None
    assert alone.report.total_score is not None
    assert behind.report.total_score.raw == alone.report.total_score.raw
    assert behind.report.fiscal_year == alone.report.fiscal_year
