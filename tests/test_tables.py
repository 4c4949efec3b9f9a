"""Tables of words are read once for a machine, and again whenever one of them was changed."""

from __future__ import annotations

import os
import sys
import tomllib
from pathlib import Path

import pytest

from auditor.tables import _place, tables_in


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "kept"))
    own = tmp_path / "words"
    own.mkdir()
    (own / "b.toml").write_text('[rest]\npattern = "结余"\n', "utf-8")
    (own / "a.toml").write_text('[unit.map]\n"人" = "名"\n', "utf-8")
    return own


def place(folder: Path) -> Path:
    found = _place(folder)
    assert found is not None
    return found


def test_what_is_kept_is_what_was_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = tables_in(folder)
    assert read == {"a.toml": {"unit": {"map": {"人": "名"}}}, "b.toml": {"rest": {"pattern": "结余"}}}
    assert list(read) == ["a.toml", "b.toml"]
    monkeypatch.setattr(tomllib, "loads", lambda text: pytest.fail("was read again"))
    assert tables_in(folder) == read


def test_a_changed_file_is_read_again(folder: Path) -> None:
    tables_in(folder)
    (folder / "b.toml").write_text('[rest]\npattern = "剩余"\n', "utf-8")
    os.utime(folder / "b.toml", ns=(1, 1))
    assert tables_in(folder)["b.toml"] == {"rest": {"pattern": "剩余"}}
    (folder / "c.toml").write_text("[more]\n", "utf-8")
    assert "c.toml" in tables_in(folder)


@pytest.mark.parametrize("content", [b"", b"\0", b"nonsense", b"i\x01\x00\x00\x00", os.urandom(512)])
def test_a_kept_file_that_cannot_be_read_is_no_file(folder: Path, content: bytes) -> None:
    read = tables_in(folder)
    place(folder).write_bytes(content)
    assert tables_in(folder) == read


def test_nothing_is_written_where_python_writes_no_byte_code(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    tables_in(folder)
    assert not place(folder).exists()


def test_what_cannot_be_kept_is_read_each_time(folder: Path) -> None:
    (folder / "b.toml").write_text("day = 2024-05-06\n", "utf-8")
    assert str(tables_in(folder)["b.toml"]["day"]) == "2024-05-06"
    assert not place(folder).exists()
    assert [one.name for one in place(folder).parent.glob("*")] == []
