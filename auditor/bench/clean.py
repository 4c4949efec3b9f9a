"""Reports to plant slips in: those that audit clean."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from auditor.document import Document, UnreadableFile, read, read_bytes
from auditor.pipeline import AuditedDocument, run
from auditor.report import Report
from auditor.rules import Result
from auditor.rules.catalogue import catalogue
from auditor.values import frozen

ROOT = Path(__file__).resolve().parent.parent.parent
_BUNDLED = ("examples/*.txt", "tests/layouts/*_clean.txt")
_BROKEN = "tests/layouts/*_broken.txt"


@frozen
class Base:
    """A document to change, with its reports; how many figures they hold, and how many were recomputed."""

    name: str
    text: str
    reports: tuple[Report, ...]
    figures: int
    checked: int


def bundled() -> list[Path]:
    """The sample reports of a checkout; none where the program is installed without them."""
    return sorted(path for pattern in _BUNDLED for path in ROOT.glob(pattern))


def files_in(folder: Path) -> list[Path]:
    """The text files of a folder, in order."""
    return sorted(path for path in folder.rglob("*") if path.suffix in (".txt", ".md"))


def gather(paths: Iterable[Path]) -> tuple[list[Base], list[str]]:
    """The clean reports among the files, and the names of the others with the reason."""
    bases: list[Base] = []
    left: list[str] = []
    for path in paths:
        try:
            document = read(path)
        except UnreadableFile as error:
            left.append(str(error))
            continue
        # Read again from what `auditor text` prints, so that edits fit the text that is audited.
        audited = audit(document.text, path.name)
        told = flagged(audited)
        if told:
            left.append(f"{path.name}：有 {len(told)} 项问题，不是干净的报告")
        else:
            bases.append(_base(audited))
    return bases, left


def broken() -> list[Base]:
    """The sample reports of a checkout that are known to hold slips."""
    texts = ((path.name, read(path).text) for path in sorted(ROOT.glob(_BROKEN)))
    return [_base(audit(text, name)) for name, text in texts]


def _base(audited: AuditedDocument) -> Base:
    reports = tuple(one.report for one in audited.reports)
    counted = [one.coverage for one in audited.reports]
    return Base(
        audited.document.path, audited.document.text, reports,
        sum(one.figures for one in counted), sum(one.checked for one in counted),
    )  # fmt: skip


def audit(text: str, name: str, *companions: Document) -> AuditedDocument:
    """The text audited by every rule, in one run with other documents if there are any.

    Raises `RuntimeError` when a rule or a reader breaks: the bench then measures nothing.
    """
    outcome = run([read_bytes(text.encode(), name), *companions], catalogue())
    if outcome.breakages or outcome.unreadable:
        raise RuntimeError("；".join([*outcome.breakages, *(one.reason for one in outcome.unreadable)]))
    return outcome.documents[0]


def flagged(audited: AuditedDocument) -> list[Result]:
    """Everything that is called inconsistent or asked about."""
    return [item.result for report in audited.reports for item in report.items if item.result.flagged]
