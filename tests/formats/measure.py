"""How well every layout is read in every format: cells, planted slips, false alarms.

The forms are those of tests/layouts that stand there as tab text; each is written in each format,
read back, audited, and held against the list of what a careful reviewer finds in it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from auditor.document import Document, Table, read_bytes
from auditor.document.fold import fold
from auditor.memo import build
from auditor.memo.model import Report
from auditor.pipeline import run
from auditor.rules.catalogue import catalogue
from tests.expectations import Expectation, expectations, matches
from tests.formats import write
from tests.formats.form import FormGrid, Part, form
from tests.samples import ROOT

LAYOUTS = ROOT / "tests" / "layouts"
_FLAT = re.compile(r"02_|03_|31_")
"""Flattened text: there is no table left to lay out."""
DIRECT: dict[str, Callable[[list[Part]], bytes]] = {
    "docx": write.as_docx,
    "xlsx": write.as_xlsx,
    "html": write.as_html,
    "pipes": write.as_pipes,
    "lines": write.as_lines,
}
EXACT = ("docx", "xlsx", "html", "pipes")
"""Formats that keep every cell where it is: nothing may be missed in them."""
PRINTED = ("pdf", "ofd", "pdf unruled", "scan")
"""Formats that LibreOffice's print of the docx is turned into."""


@dataclass
class Tally:
    """Counts of one layout in one format. `figures` are the cells with a digit."""

    layout: str
    format: str
    cells: int = 0
    cells_read: int = 0
    figures: int = 0
    figures_read: int = 0
    slips: int = 0
    slips_found: int = 0
    slips_asked: int = 0
    alarms: int = 0

    def __add__(self, other: Tally) -> Tally:
        mine, theirs = vars(self).items(), vars(other)
        summed = {name: value + theirs[name] for name, value in mine if isinstance(value, int)}
        return Tally(self.layout, self.format, **summed)


@cache
def forms() -> dict[Path, list[Part]]:
    return {path: form(path) for path in sorted(LAYOUTS.glob("*.txt")) if not _FLAT.match(path.name)}


@cache
def expected() -> dict[Path, list[Expectation]]:
    found: dict[Path, list[Expectation]] = {}
    for listing in sorted(LAYOUTS.glob("*.jsonl")):
        for one in expectations(listing, LAYOUTS):
            found.setdefault(one.file, []).append(one)
    return found


def printed(paths: Iterable[Path], ruled: bool = True) -> dict[Path, bytes]:
    """The forms as LibreOffice prints them to PDF, in one call."""
    files = {f"{path.stem}.docx": write.as_docx(forms()[path], ruled) for path in paths}
    made = write.converted(files, "pdf")
    return {path: made[f"{path.stem}.docx"] for path in paths}


def written(format: str, paths: list[Path]) -> Iterator[tuple[Path, bytes]]:
    """The forms in that format."""
    if format in DIRECT:
        yield from ((path, DIRECT[format](forms()[path])) for path in paths)
        return
    turn: Callable[[bytes], bytes] = {"ofd": write.as_ofd, "scan": write.as_scan}.get(format, bytes)
    yield from ((path, turn(pdf)) for path, pdf in printed(paths, format != "pdf unruled").items())


def measure(path: Path, data: bytes, format: str, folder: Path) -> Tally:
    """The tally of one form in one format; `folder` takes the file."""
    file = folder / f"{path.stem}.{format.replace(' ', '_')}"
    file.write_bytes(data)
    tally = Tally(path.stem.rpartition("_")[0], format)
    _count_cells(tally, forms()[path], read_bytes(data, file.name))
    outcome = run([file], catalogue())
    reports = build(outcome).documents[0].reports
    for one in expected().get(path, ()):
        _count(tally, one, reports)
    return tally


def _count_cells(tally: Tally, parts: list[Part], document: Document) -> None:
    wanted = Counter(_bare(cell.text) for part in parts if isinstance(part, FormGrid) for cell in part.cells)
    got: Counter[str] = Counter()
    for block in document.blocks:
        if isinstance(block, Table):
            got.update(_bare(cell.text) for row in block.rows for cell in row.cells)
        else:
            got[_bare(block.text)] += 1
    read = wanted & got
    tally.cells, tally.cells_read = wanted.total(), read.total()
    tally.figures = sum(count for text, count in wanted.items() if re.search(r"\d", text))
    tally.figures_read = sum(count for text, count in read.items() if re.search(r"\d", text))


def _bare(text: str) -> str:
    """As a cell reads: folded, without white space and the mark-up that a form carries in its cells."""
    return "".join(re.sub(r"</?(?:p|h2|br)/?>", "", fold(text)).split())


def _count(tally: Tally, one: Expectation, reports: list[Report]) -> None:
    results = [result for report in reports if report.index == one.report for result in report.results]
    if one.kind == "finding":
        tally.slips += 1
        met = {result.verdict for result in results if matches(one, result)}
        tally.slips_found += bool(met & set(one.verdicts))
        tally.slips_asked += bool(met & {*one.verdicts, "query"})
    elif one.kind == "near_miss":
        tally.alarms += any(result.verdict == "inconsistent" and matches(one, result) for result in results)
    else:
        tally.alarms += sum(
            result.verdict == "inconsistent" for report in reports for result in report.results
        )
