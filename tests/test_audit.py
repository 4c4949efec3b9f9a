"""The auditor as a Python function."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

import auditor
from auditor import audit
from auditor.document import UnreadableFile
from auditor.memo import Memo, render
from auditor.rules import Settings
from tests.conftest import Cli
from tests.samples import ROOT


def test_the_documented_example(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    found = doctest.testmod(auditor)
    assert (found.failed, found.attempted > 3) == (0, True)


def test_is_what_the_json_memo_is_printed_from(cli: Cli) -> None:
    path = ROOT / "examples" / "01-national.txt"
    memo = audit(path)
    assert isinstance(memo, Memo)
    assert render(memo, "json") == cli("audit", path, "--format", "json", "--llm", "off").out
    assert Memo.model_validate_json(render(memo, "json")) == memo


def test_several_files_selection_and_settings() -> None:
    files = sorted((ROOT / "examples").glob("*.txt"))
    memo = audit(*files, settings=Settings(), select=["S"], ignore=["S201"])
    assert [document.path for document in memo.documents] == [str(file) for file in files]
    codes = {one.rule for d in memo.documents for r in d.reports for one in r.every()}
    assert codes
    assert all(code.startswith("S") and code != "S201" for code in codes)


def test_what_cannot_be_read_raises(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="找不到这个文件"):
        audit(tmp_path / "没有.txt")
    with pytest.raises(ValueError, match=r"^Q1$"):
        audit(select=["Q1"])


def test_the_name_stays_a_function() -> None:
    import auditor.api
    import auditor.memo
    import auditor.pipeline

    assert callable(auditor.audit)
    with pytest.raises(AttributeError):
        auditor.nonsense  # noqa: B018
