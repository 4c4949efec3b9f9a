"""The code of regular expressions kept from one start to the next: finds what `re.compile` finds, never of a report."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from auditor import compiled as room
from auditor.compiled import compiled
from auditor.language.lexicon import source, words


def kept(path: Path | None) -> room._Kept:
    return room._Kept(path)


TEXT = "\n".join(path.read_text("utf-8") for path in sorted(Path("examples").glob("*.txt")))
EXPRESSIONS: list[tuple[Any, int]] = [
    (r"(?P<n>\d+)(?:万?元)", 0),
    (r"[\u4e00-\u9fff]{2,6}(?<!不)合计(?=\d)", 0),
    ("abc", re.IGNORECASE),
    ("(?i:ß)|k", re.IGNORECASE | re.ASCII),
    (rb"<w:\w+>", 0),
    ("(?x) a  # said", 0),
    *((source(name), 0) for name in sorted(words())[:200]),
]


@pytest.mark.parametrize(("expression", "flags"), EXPRESSIONS)
def test_equals_what_re_compiles(tmp_path: Path, expression: Any, flags: int) -> None:
    path = tmp_path / "patterns"
    first = kept(path)
    fresh = re.compile(expression, flags)
    made = first.pattern(expression, int(flags))
    first.mark = second_mark = kept(path).mark
    sys.dont_write_bytecode, before = False, sys.dont_write_bytecode
    try:
        first.write()
    finally:
        sys.dont_write_bytecode = before
    again = kept(path)
    assert again.mark == second_mark
    found = again.pattern(expression, int(flags))
    assert not again.new, "was compiled again"
    assert found == made, "is not what was kept"
    assert (found.pattern, found.groups, found.groupindex, found.flags) == (
        fresh.pattern, fresh.groups, fresh.groupindex, fresh.flags,
    )  # fmt: skip
    if isinstance(expression, str):
        assert [each.regs for each in found.finditer(TEXT)] == [each.regs for each in fresh.finditer(TEXT)]


@pytest.mark.parametrize("content", [b"", b"\0", b"nonsense", b"i\x01\x00\x00\x00", os.urandom(4096)])
def test_a_file_that_cannot_be_read_is_no_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "patterns"
    path.write_bytes(content)
    assert kept(path).pattern("合计|总计", 0) == re.compile("合计|总计")


def test_code_that_was_damaged_is_made_anew(tmp_path: Path) -> None:
    one = kept(None)
    entry = one._compiled("ab+", 0)
    one._old = {("ab+", 0): (*entry[:1], b"\xff" * len(entry[1]), *entry[2:])}
    assert one.pattern("ab+", 0) == re.compile("ab+")


def test_works_without_the_inner_parts_of_re(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_engine", lambda: None)
    assert kept(None).pattern("ab+", 0) is re.compile("ab+")


def test_a_wrong_expression_is_told_as_by_re() -> None:
    with pytest.raises(re.error):
        compiled("(")


def test_written_only_where_python_writes_byte_code(tmp_path: Path) -> None:
    """A start under `PYTHONDONTWRITEBYTECODE` leaves nothing; one without finds what the last one left."""
    code = "from auditor.compiled import _KEPT, compiled; compiled('合计.{0,3}为'); print(len(_KEPT.new))"

    def start(**more: str) -> str:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(tmp_path), **more}
        if not more:
            environment.pop("PYTHONDONTWRITEBYTECODE", None)
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True)
        return done.stdout.decode().strip()

    assert start(PYTHONDONTWRITEBYTECODE="1") == "1"
    assert not list(tmp_path.rglob("*.patterns*"))
    assert start() == "1"
    assert [path.suffix for path in tmp_path.rglob("*.patterns*")] == [".patterns"]
    assert start() == "0"


def test_nothing_of_a_report_is_kept(tmp_path: Path) -> None:
    """An audit keeps expressions of the program alone: the words of the report stand in none of them."""
    report = tmp_path / "report.txt"
    report.write_text(
        Path("examples/01-national.txt").read_text("utf-8").replace("农村饮水安全", "碧螺湾引水渠"), "utf-8"
    )
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(tmp_path / "cache")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-m", "auditor.cli", "audit", str(report), "--llm", "off"]
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert "碧螺湾引水渠" in done.stdout.decode()
    (file,) = (tmp_path / "cache").rglob("*.patterns")
    assert "碧螺湾".encode() not in file.read_bytes()
