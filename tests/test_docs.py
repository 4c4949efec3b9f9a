"""What the documentation says is true: generated pages, commands, examples, links, settings."""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from types import ModuleType

import pytest

from auditor.config import load
from auditor.document import read_bytes
from auditor.report import read_reports
from auditor.rules.catalogue import Entry
from auditor.rules.family import Family
from auditor.rules.manual import manual
from auditor.rules.settings import Settings
from auditor.version import __version__
from scripts.pages import stale
from tests.samples import ROOT, copy_checkout

READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *ROOT.glob("*/README.md")])


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(
        rf"^```{language}\n(.*?)^```$", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )


def commands(page: Path) -> list[str]:
    return [line for block in blocks(page, "sh") for line in block.splitlines() if line.strip()]


def is_setup(command: str) -> bool:
    return command.startswith(("python3 -m venv", ".venv/bin/pip"))


def is_make(command: str) -> bool:
    return command.startswith("make ")


SHOWN = dict.fromkeys(command for page in PAGES for command in commands(page))


def shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        name: value for name, value in os.environ.items() if "MAKE" not in name and name != "MFLAGS"
    }
    return subprocess.run(
        command, shell=True, cwd=folder, env=environment, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, encoding="utf-8", timeout=300, check=False,
    )  # fmt: skip


class TestGeneratedPages:
    def test_are_up_to_date(self) -> None:
        assert stale() == [], "run make docs"


class TestCommands:
    def test_both_readmes_show_the_same(self) -> None:
        english, chinese = map(commands, READMES)
        assert english
        assert english == chinese

    @pytest.mark.parametrize("command", [command for command in SHOWN if is_make(command)])
    def test_make_knows_its_targets(self, command: str) -> None:
        if shutil.which("make") is None:
            pytest.skip("make is not installed: its targets are NOT checked")
        answer = shell(f"{command.partition(' #')[0]} --dry-run", ROOT)  # not behind a shell's comment
        assert answer.returncode == 0, answer.stderr

    def test_auditor_does_what_is_shown(self, tmp_path: Path) -> None:
        folder = copy_checkout(tmp_path / "checkout")
        (folder / ".venv").symlink_to(sys.prefix, target_is_directory=True)
        shown = [command for command in SHOWN if ".venv/bin/auditor" in command]
        assert shown
        for command in shown:
            answer = shell(command, folder)
            assert answer.returncode in ((0, 1) if " audit " in command else (0,)), (command, answer.stderr)
            told = answer.stderr.splitlines()  # a success says in one line what was written
            assert [line.partition(" ")[0] for line in told] in ([], ["已写出"]), (command, told)
            assert answer.stdout or " -o " in command or " --out " in command, command
        assert (folder / "memo.md").stat().st_size
        assert (folder / "memo.json").stat().st_size

    def test_setting_up_without_make(self, tmp_path: Path) -> None:
        folder = copy_checkout(tmp_path / "checkout")
        setup = [command for command in SHOWN if is_setup(command)]
        assert setup
        for command in setup:
            answer = shell(command, folder)
            assert answer.returncode == 0, (command, answer.stderr)
        assert shell(".venv/bin/auditor --version", folder).stdout == f"auditor {__version__}\n"

    def test_nothing_else_is_shown(self) -> None:
        rest = [
            command
            for command in SHOWN
            if not (is_make(command) or is_setup(command) or ".venv/bin/auditor" in command)
        ]
        assert rest == []


class TestExamples:
    @pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
    def test_python_prints_what_is_shown(self, page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(ROOT)
        names: dict[str, object] = {}
        for block in blocks(page, "python"):
            if block.startswith(">>>"):
                example = doctest.DocTestParser().get_doctest(block, names, page.name, str(page), 0)
                assert doctest.DocTestRunner().run(example, clear_globs=False).failed == 0
                names = example.globs

    def test_the_rule_in_the_guide_passes_its_own_examples(self, monkeypatch: pytest.MonkeyPatch) -> None:
        family, source = blocks(ROOT / "docs" / "add-a-rule.md", "python")
        names: dict[str, object] = {}
        exec(compile(family, "contracts", "exec"), names)
        assert isinstance(names["FAMILY"], Family)
        module = ModuleType("f199_paid_above_received")
        monkeypatch.setitem(sys.modules, module.__name__, module)
        exec(compile(source, module.__name__, "exec"), module.__dict__)
        entry = Entry(module.RULE, module)
        for part, fires in (("反例", True), ("正例", False)):
            (example,) = manual(entry.manual).examples(part)
            reports = read_reports(read_bytes(example.text.encode(), "例.txt"))
            (result,) = [result for _, result in entry.check(reports, Settings())]
            assert result.flagged is fires
            assert result.verdict == (example.verdict or "consistent")

    @pytest.mark.parametrize("page", READMES, ids=lambda page: page.name)
    def test_settings_can_be_loaded(self, page: Path, tmp_path: Path) -> None:
        (block,) = blocks(page, "toml")
        path = tmp_path / "auditor.toml"
        path.write_text(block, encoding="utf-8")
        assert load(path).ignore == ("T602",)

    def test_every_setting_is_described_with_its_default(self) -> None:
        text = (ROOT / "docs" / "how-it-works.md").read_text(encoding="utf-8")
        table = dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|", text, re.MULTILINE))
        defaults = Settings()
        told = {name: tomllib.loads(f"x = {value}", parse_float=str)["x"] for name, value in table.items()}
        for field in fields(Settings):
            value = getattr(defaults, field.name)
            expected = [str(one) for one in value] if isinstance(value, tuple) else str(value)
            shown = told.pop(field.name)
            assert (list(map(str, shown)) if isinstance(shown, list) else str(shown)) == expected
        assert told == {}


class TestLinks:
    @pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
    def test_lead_somewhere(self, page: Path) -> None:
        for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
            path, _, anchor = target.partition("#")
            if re.match(r"https?:", path):
                continue
            linked = page.parent / path if path else page
            assert linked.exists(), target
            if anchor:
                assert anchor in set(anchors(linked)), target


def anchors(page: Path) -> Iterator[str]:
    for heading in re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE):
        yield re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


class TestPrivacy:
    @pytest.mark.parametrize(
        "page",
        [*PAGES, ROOT / "requirements.lock", ROOT / "Makefile", ROOT / ".ci" / "run"],
        ids=lambda p: p.name,
    )
    def test_no_path_or_host_of_one_machine(self, page: Path) -> None:
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"(?<![\w.])/(?:home|root|work|tmp|opt|usr|var)/(?!bin/env)", text)
        assert not re.search(r"file://|index-url|find-links|localhost|\b\d+\.\d+\.\d+\.\d+:\d+", text)
