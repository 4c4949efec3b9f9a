"""A new family of rules is a new folder: everything that knows families finds it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import auditor.rules
from auditor.pipeline import run
from auditor.pipeline.stake import Stakes
from auditor.rules.catalogue import catalogue, selected
from auditor.rules.family import About, families, family_of, is_about
from scripts.pages import rules

FAMILY = """
from auditor.rules.family import About, Family

FAMILY = Family("W", "合同", About.FIGURES, order=4, money=True)
"""
RULE = '''
"""W101 合同金额 (contract.amount)

查什么  合同金额。
为什么  示范。
反例
    合同金额100万元。
    → 存疑
正例
    没有合同。
    → 无
依据    示范
"""
from auditor.rules.base import Rule, Severity

RULE = Rule(code="W101", name="contract.amount", title="合同金额", severity=Severity.LOW, basis=("示范",))


def check(report, settings):
    for figure in report.figures:
        yield RULE.query("请核对合同金额。", [figure], key=(figure.raw,))
'''


@pytest.fixture
def contracts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The folder of a family that nobody has heard of."""
    folder = tmp_path / "contracts"
    folder.mkdir()
    (folder / "__init__.py").write_text(FAMILY, encoding="utf-8")
    (folder / "w101_amount.py").write_text(RULE, encoding="utf-8")
    monkeypatch.setattr(auditor.rules, "__path__", [*auditor.rules.__path__, str(tmp_path)])
    for kept in (families, catalogue):
        kept.cache_clear()
    yield
    for name in [name for name in sys.modules if name.startswith("auditor.rules.contracts")]:
        del sys.modules[name]
    for kept in (families, catalogue):
        kept.cache_clear()


def test_families_are_told_apart() -> None:
    assert "".join(family.letter for family in families()) == "FSINRTCVXZ"
    assert family_of("L801") is None
    assert is_about("F101", About.FIGURES)
    assert not is_about("T602", About.FIGURES)


@pytest.mark.usefixtures("contracts")
class TestNewFamily:
    def test_is_found_with_its_rules(self) -> None:
        assert "".join(family.letter for family in families()) == "FSINWRTCVXZ"
        assert [entry.rule.code for entry in selected(["W"])] == ["W101"]

    def test_has_its_heading_in_the_rule_table(self) -> None:
        page = rules(catalogue())
        assert page.index("## N　") < page.index("## W　合同") < page.index("## R　")
        assert "### W101 合同金额 (contract.amount)" in page

    def test_is_run_counted_and_weighed(self, tmp_path: Path) -> None:
        path = tmp_path / "报告.txt"
        path.write_text("沙河镇道路维修项目绩效自评报告\n\n合同金额100万元。\n", encoding="utf-8")
        (document,) = run([path], catalogue()).documents
        (audited,) = document.reports
        (result,) = [item.result for item in audited.items if item.result.rule.code == "W101"]
        assert audited.coverage.checked == 1
        stake = Stakes(audited.report).of(result)
        assert stake is not None
        assert stake.raw == "100万元"


def test_two_families_of_one_letter_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("again", "once"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(FAMILY, encoding="utf-8")
    monkeypatch.setattr(auditor.rules, "__path__", [str(tmp_path)])
    families.cache_clear()
    with pytest.raises(ValueError, match="'W', 'W'"):
        families()
    monkeypatch.undo()
    families.cache_clear()
    for name in ("again", "once"):
        sys.modules.pop(f"auditor.rules.{name}")
