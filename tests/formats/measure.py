"""How well forms of any layout are read: cells, planted slips, false alarms, silent losses.

    python -m tests.formats.measure --seed 7 --count 200 [--format docx] [--kind "row lines"] [--clean] [--show 3]

Documents come from the generator (generate.py), so no layout is fixed; one seed always gives the same ones.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from auditor.document import read_bytes
from auditor.pipeline import AuditedReport, run
from auditor.rules.base import Verdict
from auditor.rules.catalogue import catalogue
from tests.formats import write
from tests.formats.compare import Compared, compare
from tests.formats.flatten import DAMAGES, MERGES, STYLES
from tests.formats.generate import FORMATS, PRINTED, UNKNOWN, Outcome, outcome
from tests.formats.native import INSIDE

_INSIDE = sorted({kind for kinds in INSIDE.values() for kind in kinds})
_BATCH = 40
"""Documents that LibreOffice prints in one call."""


@dataclass
class Tally:
    """Counts of some documents. Slips and cells count only where a reading exists."""

    documents: int = 0
    cells: int = 0
    right: int = 0
    slips: int = 0
    found: int = 0
    clean: int = 0
    alarms: int = 0
    silent: int = 0

    def add(self, one: Measured) -> None:
        self.documents += 1
        if one.outcome.readable:
            self.cells += len(one.compared.wanted)
            self.right += len(one.compared.right)
            self.slips += one.slip is not None
            self.found += one.slip_found
        if one.slip is None:
            self.clean += 1
        self.alarms += bool(one.alarms)
        self.silent += len(one.compared.silent)

    def join(self, other: Tally) -> None:
        for name, count in vars(other).items():
            setattr(self, name, getattr(self, name) + count)

    @property
    def share(self) -> float:
        """Cells right, in percent."""
        return 100 * self.right / self.cells if self.cells else 100.0


@dataclass
class Measured:
    outcome: Outcome
    audited: list[AuditedReport]
    compared: Compared
    alarms: list[str] = field(default_factory=list)

    @property
    def slip(self) -> str | None:
        return next((slip.kind for slip in self.outcome.slips if slip is not None), None)

    @property
    def slip_found(self) -> bool:
        rules = {rule for slip in self.outcome.slips if slip is not None for rule in slip.rules}
        return any(rule in rules for rule, _, _ in _told(self.audited, Verdict.INCONSISTENT, Verdict.QUERY))


def measure(one: Outcome, data: bytes | None = None) -> Measured:
    """Reads and audits the document. `data` overrides its bytes (a print of it)."""
    document = read_bytes(one.data if data is None else data, f"form.{one.suffix}")
    outcome = run([document], catalogue())
    audited = [report for found in outcome.documents for report in found.reports]
    measured = Measured(one, audited, compare(one, audited))
    rules = {rule for slip in one.slips if slip is not None for rule in slip.rules}
    measured.alarms = [
        f"{rule} {message}" for rule, message, _ in _told(audited, Verdict.INCONSISTENT) if rule not in rules
    ]
    measured.alarms += outcome.breakages
    return measured


def _told(audited: list[AuditedReport], *verdicts: Verdict) -> Iterator[tuple[str, str, Verdict]]:
    for report in audited:
        for item in report.items:
            if item.result.verdict in verdicts:
                yield item.result.rule.code, item.result.message, item.result.verdict


def measured(
    seed: str, count: int, format: str = "text", kind: str = "", clean: bool | None = None
) -> Iterator[Measured]:
    """That many documents of the seed, measured."""
    if format not in PRINTED:
        for number in range(count):
            yield measure(outcome(f"{seed}:{number}", format, kind, clean))
        return
    turn: Callable[[bytes], bytes] = {"ofd": write.as_ofd, "scan": write.as_scan}.get(format, bytes)
    for first in range(0, count, _BATCH):
        numbers = range(first, min(first + _BATCH, count))
        some = [outcome(f"{seed}:{number}", format, "", clean) for number in numbers]
        made = write.converted({f"{at}.docx": one.data for at, one in enumerate(some)}, "pdf")
        for at, one in enumerate(some):
            yield measure(one, turn(made[f"{at}.docx"]))


@dataclass
class Board:
    """Tallies by what was done to the documents, and cells by the header word they stand under."""

    whole: Tally = field(default_factory=Tally)
    kinds: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    words: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    slips: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))

    def add(self, one: Measured, *kinds: str) -> None:
        self.whole.add(one)
        for kind in kinds or one.outcome.kinds:
            self.kinds[kind].add(one)
        if one.slip:
            self.slips[one.slip].add(one)
        if one.outcome.readable:
            right = Counter(truth.header for truth in one.compared.right)
            for word, wanted in Counter(truth.header for truth in one.compared.wanted).items():
                self.words[word].cells += wanted
                self.words[word].right += right[word]

    def told(self) -> Iterator[str]:
        head = f"{'':24} 文件   读对/格     %      差错   误报(净)  静默"
        yield head
        yield _line("合计", self.whole)
        for name, tally in sorted(self.kinds.items(), key=lambda item: item[1].share):
            yield _line(name, tally)
        yield "差错 " + "  ".join(f"{name} {tally.found}/{tally.slips}" for name, tally in self.slips.items())
        poor = sorted(
            (tally.share, word, tally.cells) for word, tally in self.words.items() if tally.share < 99
        )
        yield "表头 " + "  ".join(f"{word} {share:.0f}%({cells})" for share, word, cells in poor[:25])


def _line(name: str, one: Tally) -> str:
    return (
        f"{name:24} {one.documents:4} {one.right:6}/{one.cells:<6} {one.share:6.2f} {one.found:4}/{one.slips:<4}"
        f" {one.alarms:4}/{one.clean:<4} {one.silent:5}"
    )


def shown(one: Measured) -> Iterator[str]:
    """A document that failed: what it looks like, and what went wrong."""
    yield f"=== {one.outcome.seed} {one.outcome.kinds} slip {one.slip} found {one.slip_found}"
    if one.outcome.suffix == "txt":
        yield one.outcome.data.decode()
    for alarm in one.alarms:
        yield f"  ALARM {alarm}"
    for truth in one.compared.wrong:
        yield f"  NOT READ {truth.form} {truth.kind} {truth.of} {truth.field} {truth.text!r} under {truth.header!r}"
    if one.compared.silent:
        yield f"  SILENT {len(one.compared.silent)}"


def main(arguments: Iterable[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--format", choices=FORMATS, default="text")
    parser.add_argument(
        "--kind", default="", choices=("", *STYLES, *MERGES, *DAMAGES, "glued", UNKNOWN, *_INSIDE)
    )
    parser.add_argument("--clean", action="store_true", default=None)
    parser.add_argument("--show", type=int, default=0, help="print so many documents that failed")
    parser.add_argument("--alarms", action="store_true", help="show only documents with a false alarm")
    chosen = parser.parse_args(arguments)
    board, left = Board(), chosen.show
    for one in measured(chosen.seed, chosen.count, chosen.format, chosen.kind, chosen.clean):
        board.add(one)
        failed = one.alarms if chosen.alarms else one.outcome.readable and (one.compared.wrong or one.alarms)
        if left and failed:
            left -= 1
            print(*shown(one), sep="\n")
    print(*board.told(), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
