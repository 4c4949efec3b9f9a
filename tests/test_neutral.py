"""What a flattening does to a form must not turn into a finding.

Every clean layout is bent in every way the flattened originals show; no bending may yield an
`inconsistent`. Bendings that lose nothing must leave the findings of the broken layouts as they are.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from auditor import audit
from tests.samples import ROOT

LAYOUTS = ROOT / "tests" / "layouts"
Bend = Callable[[str, random.Random], str]


def by_row(change: Callable[[str, random.Random], str]) -> Bend:
    """A bending of the tab rows alone."""
    return lambda text, chance: "\n".join(
        change(line, chance) if "\t" in line else line for line in text.split("\n")
    )


def _insert_blank(line: str, chance: random.Random) -> str:
    cells = line.split("\t")
    first = next((at for at, cell in enumerate(cells) if re.match(r"[≥≤=\d]", cell)), 0)
    if len(cells) > 4 and first and chance.random() < 0.25:
        cells.insert(first, "")
    return "\t".join(cells)


def _page_break(header_again: bool, between: str) -> Bend:
    def bend(text: str, _: random.Random) -> str:
        lines = text.split("\n")
        head = next((at for at, line in enumerate(lines) if "三级指标" in line and "\t" in line), None)
        if head is None:
            return text
        again = [lines[head]] if header_again else []
        return "\n".join([*lines[: head + 4], "", between, "", *again, *lines[head + 4 :]])

    return bend


def _hard_wrap(text: str, _: random.Random) -> str:
    return "\n".join(
        line if "\t" in line else "\n".join(line[at : at + 37] for at in range(0, max(len(line), 1), 37))
        for line in text.split("\n")
    )


def _cut_by_blank_line(text: str, _: random.Random) -> str:
    return "\n".join(
        line if "\t" in line or len(line) <= 60 else f"{line[: len(line) // 2]}\n\n{line[len(line) // 2 :]}"
        for line in text.split("\n")
    )


def _cell_per_line(text: str, _: random.Random) -> str:
    return "\n".join(
        "\n\n".join(cell for cell in line.split("\t") if cell.strip()) + "\n" for line in text.split("\n")
    )


def _one_line(text: str, _: random.Random) -> str:
    out: list[str] = []
    cells: list[str] = []
    for line in [*text.split("\n"), ""]:
        if "\t" in line:
            cells += [cell.replace(" ", "") for cell in line.split("\t") if cell.strip()]
            continue
        if cells:
            out.append(" ".join(cells))
            cells = []
        out.append(line)
    return "\n".join(out)


def _full_width(text: str, _: random.Random) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if char.isdigit() or char in "%()" else char for char in text)


LOSSLESS: dict[str, Bend] = {
    "crlf": lambda text, _: text.replace("\n", "\r\n"),
    "pipes": by_row(lambda line, _: "| " + " | ".join(line.split("\t")) + " |"),
    "full width": _full_width,
    "html in cells": by_row(
        lambda line, _: "\t".join(f"<p>{c}</p>" if len(c) > 15 else c for c in line.split("\t"))
    ),
    "trailing cells": by_row(lambda line, _: line + "\t\t"),
    "repeated header": _page_break(True, "— 2 —"),
    "page number": _page_break(False, "第 2 页 共 3 页"),
}
LOSSY: dict[str, Bend] = {
    "leading cell": by_row(lambda line, _: "\t" + line),
    "some rows right": by_row(lambda line, chance: "\t" + line if chance.random() < 0.25 else line),
    "some rows left": by_row(lambda line, chance: line.lstrip("\t") if chance.random() < 0.6 else line),
    "blank inserted": by_row(_insert_blank),
    "pipes without empty cells": by_row(
        lambda line, _: "| " + " | ".join(cell for cell in line.split("\t") if cell.strip()) + " |"
    ),
    "spaces round digits": lambda text, _: re.sub(
        r"(?<=[\u4e00-\u9fff])(?=\d)|(?<=\d)(?=[\u4e00-\u9fff%])", " ", text
    ),
    "hard wrap": _hard_wrap,
    "cut by blank line": _cut_by_blank_line,
    "cell per line": _cell_per_line,
    "one line": _one_line,
    "ascii commas": lambda text, _: text.replace("，", ", ").replace("：", ": ").replace("；", "; "),
}


def _flagged(path: Path, verdicts: tuple[str, ...]) -> list[str]:
    return sorted(
        f"{result.rule} {result.message}"
        for document in audit(path).documents
        for report in document.reports
        for result in report.results
        if result.verdict in verdicts
    )


def _bent(path: Path, bend: Bend, folder: Path) -> Path:
    target = folder / path.name
    target.write_text(bend(path.read_text("utf-8"), random.Random(path.name)), "utf-8", newline="")
    return target


def _files(kind: str) -> Iterator[Path]:
    yield from sorted(LAYOUTS.glob(f"*_{kind}.txt"))


@pytest.mark.parametrize("name", [*LOSSLESS, *LOSSY])
def test_a_clean_form_stays_free_of_contradictions(name: str, tmp_path: Path) -> None:
    bend = {**LOSSLESS, **LOSSY}[name]
    alarms = [
        f"{path.name}: {alarm}"
        for path in _files("clean")
        for alarm in _flagged(_bent(path, bend, tmp_path), ("inconsistent",))
    ]
    assert alarms == []


@pytest.mark.parametrize("name", LOSSLESS)
def test_a_broken_form_keeps_its_findings(name: str, tmp_path: Path) -> None:
    for path in _files("broken"):
        before = _flagged(path, ("inconsistent", "query"))
        assert _flagged(_bent(path, LOSSLESS[name], tmp_path), ("inconsistent", "query")) == before, path.name
