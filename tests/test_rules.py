"""Every rule proves its own manual and its cases: a slip that only it sees, and traps it leaves alone."""

from __future__ import annotations

import re
import sys
from functools import cache
from pathlib import Path

import pytest

from auditor.document.open import read_bytes
from auditor.report import read_reports
from auditor.rules import Result, Settings
from auditor.rules.catalogue import Entry, catalogue, selected
from auditor.rules.family import About, family_of, is_about
from auditor.rules.manual import PARTS, VERDICTS, Example, manual
from tests.samples import ROOT

CASES = ROOT / "tests" / "cases"
RULES = catalogue()
# What rules about the file itself report cannot be written down as text.
IN_TEXT = [entry for entry in RULES if not is_about(entry.rule.code, About.FILE)]


def by_code(entry: Entry) -> str:
    return entry.rule.code


def results_of(entry: Entry, text: str) -> list[Result]:
    reports = read_reports(read_bytes(text.encode(), "例.txt"))
    return [result for _, result in entry.check(reports, Settings())]


@cache
def flagged(path: Path) -> dict[str, list[str]]:
    """Code of each rule that flags something in the file, with its messages."""
    reports = read_reports(read_bytes(path.read_bytes(), path.name))
    found: dict[str, list[str]] = {}
    told: list[list[Result]] = [[] for _ in reports]
    for entry in sorted(RULES, key=lambda entry: entry.looks_last):
        for at, result in list(entry.check(reports, Settings(), told)):
            told[at].append(result)
            if result.flagged:
                found.setdefault(entry.rule.code, []).append(f"{result.verdict}: {result.message}")
    return found


def examples(part: str) -> list[tuple[Entry, Example]]:
    return [(entry, example) for entry in RULES for example in manual(entry.manual).examples(part)]


def label(value: object) -> str:
    return value.rule.code if isinstance(value, Entry) else ""


class TestManual:
    @pytest.mark.parametrize("entry", RULES, ids=by_code)
    def test_shape(self, entry: Entry) -> None:
        read = manual(entry.manual)
        rule = entry.rule
        wanted = [part for part in PARTS if part != "反例" or entry in IN_TEXT]
        assert [part for part in PARTS if part in read.parts] == wanted == list(read.parts)
        assert all(read.parts.values())
        assert re.fullmatch(rf"{rule.code} \S+ \({re.escape(rule.name)}\)", read.heading)
        assert entry.module.__name__.rpartition(".")[2].startswith(f"{rule.code.lower()}_")
        for part in ("反例", "正例"):
            if part in read.parts:
                assert read.parts[part].rstrip().splitlines()[-1].lstrip().startswith("→")
                assert read.examples(part)

    @pytest.mark.parametrize("entry", RULES, ids=by_code)
    def test_stands_in_the_folder_of_its_family(self, entry: Entry) -> None:
        assert sys.modules[entry.module.__name__.rpartition(".")[0]].FAMILY is family_of(entry.rule.code)

    def test_nothing_stands_beside_the_rules(self) -> None:
        folders = {entry.module.__name__.rpartition(".")[0] for entry in RULES}
        files = [path for name in folders for path in Path(sys.modules[name].__path__[0]).glob("*.py")]
        assert len(files) == len(RULES) + len(folders)  # each folder has its __init__

    def test_names_are_unique_and_dotted(self) -> None:
        names = [entry.rule.name for entry in RULES]
        assert len(set(names)) == len(names)
        assert len({entry.rule.code for entry in RULES}) == len(names)
        assert all(re.fullmatch(r"[a-z]+\.[a-z0-9-]+", name) for name in names)

    @pytest.mark.parametrize("entry", RULES, ids=by_code)
    def test_has_a_basis(self, entry: Entry) -> None:
        assert entry.rule.basis
        assert entry.rule.title

    @pytest.mark.parametrize(("entry", "example"), examples("反例"), ids=label)
    def test_a_counter_example_fires_with_its_verdict(self, entry: Entry, example: Example) -> None:
        told = [(result.verdict.value, result.message) for result in results_of(entry, example.text)]
        assert example.verdict in [verdict for verdict, _ in told], told

    @pytest.mark.parametrize(("entry", "example"), examples("正例"), ids=label)
    def test_a_good_example_does_not_fire(self, entry: Entry, example: Example) -> None:
        assert example.verdict == VERDICTS["无"]
        assert [result.message for result in results_of(entry, example.text) if result.flagged] == []


class TestCases:
    @pytest.mark.parametrize("entry", IN_TEXT, ids=by_code)
    def test_every_rule_has_cases(self, entry: Entry) -> None:
        folder = CASES / entry.rule.code
        assert len(list(folder.glob("bad_*.txt"))) >= 2
        assert len(list(folder.glob("good_*.txt"))) >= 2

    def test_every_folder_belongs_to_a_rule(self) -> None:
        known = {entry.rule.code for entry in RULES}
        assert {folder.name for folder in CASES.iterdir()} <= known
        assert all(re.match(r"(bad|good)_.+\.txt$", path.name) for path in CASES.glob("*/*"))

    @pytest.mark.parametrize(
        "path", sorted(CASES.glob("*/bad_*.txt")), ids=lambda p: f"{p.parent.name}-{p.stem}"
    )
    def test_only_that_rule_fires(self, path: Path) -> None:
        found = flagged(path)
        assert set(found) == {path.parent.name}, found

    @pytest.mark.parametrize(
        "path", sorted(CASES.glob("*/good_*.txt")), ids=lambda p: f"{p.parent.name}-{p.stem}"
    )
    def test_no_rule_fires(self, path: Path) -> None:
        assert flagged(path) == {}


def test_select_and_ignore() -> None:
    codes = [entry.rule.code for entry in RULES]
    assert codes == sorted(codes)
    assert [e.rule.code for e in selected(["s"], ["S201"])] == [
        code for code in codes if code[0] == "S" and code != "S201"
    ]
    with pytest.raises(ValueError, match=r"^Q1$"):
        selected(["F", "Q1"])
