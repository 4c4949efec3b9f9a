"""What people decided on findings: kept in a small file, put beside the results of every later run.

A decision belongs to a report (its project, unit and year) and a fingerprint. It survives a
corrected version of the report as long as the finding itself stays the same; equal fingerprints in
different reports do not mix. It changes no verdict, no count and no exit status.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePath
from typing import Literal

from auditor.isolation import locked
from auditor.lazy_models import BaseModel, ConfigDict, Field
from auditor.memo.model import Decision, Document, Memo, Report
from auditor.memo.wording import decided
from auditor.os_errors import unopened, unwritten
from auditor.regular import regular

_SUFFIX = ".decisions.json"
_LARGEST = 50_000_000

Key = tuple[str, str]
"""Report and fingerprint."""


class DecisionsError(Exception):
    """A file of decisions that cannot be read or written; the message says which and why."""


class Entry(Decision):
    """One decision on file. Project, unit, year, rule and message say to a person what it was about."""

    model_config = ConfigDict(extra="allow")

    report: str = Field(pattern=r"^[0-9a-f]{16}$")
    fingerprint: str = Field(pattern=r"^[0-9a-f]{16}$")
    project: str = ""
    unit: str = ""
    fiscal_year: int | None = None
    rule: str = ""
    message: str = ""

    @property
    def key(self) -> Key:
        return self.report, self.fingerprint


class _File(BaseModel):
    model_config = ConfigDict(extra="allow")

    schema_version: Literal["1"] = "1"
    decisions: list[Entry]


def identities(document: Document) -> list[str]:
    """16 hex digits for each report of the document: the same for every version of a report."""
    seen: Counter[str] = Counter()
    marks = []
    for report in document.reports:
        name = json.dumps(_named(report, document), ensure_ascii=False)
        seen[name] += 1
        if seen[name] > 1:
            name += f"#{seen[name]}"
        marks.append(hashlib.sha256(name.encode("utf-8", "backslashreplace")).hexdigest()[:16])
    return marks


def _named(report: Report, document: Document) -> list[str]:
    names = [report.project or report.title, report.unit]
    if not any(names):
        names = [PurePath(document.path).stem]
    return ["".join(unicodedata.normalize("NFKC", name).split()) for name in names] + [
        str(report.fiscal_year or "")
    ]


def beside(report: str | Path) -> Path:
    """The file that keeps the decisions on a report file: the same name with `.decisions.json`."""
    return Path(f"{report}{_SUFFIX}")


def load(path: Path) -> dict[Key, Entry]:
    """The decisions on file. Raises `DecisionsError`, also where there is no such file."""
    from pydantic import ValidationError

    try:
        if regular(path).stat().st_size > _LARGEST:
            raise DecisionsError(f"{path}：处理意见文件太大")
        entries = _File.model_validate_json(path.read_bytes()).decisions
    except FileNotFoundError:
        raise DecisionsError(f"{path}：找不到处理意见文件") from None
    except OSError as error:
        raise DecisionsError(f"{path}：读不了处理意见文件（{unopened(error)}）") from None
    except ValidationError as error:
        place = ".".join(map(str, error.errors()[0]["loc"]))
        broken = f"“{place}”一项不合格式" if place else "不是完整的 JSON"
        raise DecisionsError(
            f"{path}：不是完好的处理意见文件（{broken}），请先修好或移走，未作改动"
        ) from None
    return {entry.key: entry for entry in entries}


def save(path: Path, entries: Iterable[Entry]) -> None:
    """Writes the whole file or leaves the old one as it was. Raises `DecisionsError`."""
    ordered = sorted(entries, key=lambda one: (one.project, one.unit, one.report, one.rule, one.fingerprint))
    content = _File(decisions=ordered).model_dump_json(indent=1) + "\n"
    try:
        _replace(path.resolve(), content.encode("utf-8"))
    except OSError as error:
        raise DecisionsError(f"{path}：写不了处理意见文件（{unwritten(error)}）") from None


def _replace(target: Path, content: bytes) -> None:
    draft = target.with_name(f".auditor-{os.getpid()}.tmp")
    stream = draft.open("xb")
    try:
        with stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            shutil.copymode(target, draft)
        os.replace(draft, target)
    except BaseException:
        with suppress(OSError):
            draft.unlink()
        raise


@dataclass
class Records:
    """The decisions on each report file: all in `common`, or each beside its report."""

    common: Path | None = None
    _loaded: dict[Path, dict[Key, Entry]] = field(default_factory=dict)

    def preload(self, reports: Iterable[str | Path]) -> None:
        """Reads every file that will be wanted, so that a broken one is told before the work.

        Raises `DecisionsError`.
        """
        for report in reports:
            self.of(report)

    def path(self, report: str | Path) -> Path:
        """The file that keeps the decisions on a report file, whether it is there or not."""
        return self.common or beside(report)

    def of(self, report: str | Path) -> dict[Key, Entry]:
        """Raises `DecisionsError`; a report beside which no file lies has no decisions."""
        path = self.path(report)
        if path not in self._loaded:
            missing = self.common is None and (str(report) == "-" or not _is_there(path))
            self._loaded[path] = {} if missing else load(path)
        return self._loaded[path]


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name too long to have a file beside it
        return False


def put_beside(memo: Memo, paths: Sequence[str], records: Records) -> None:
    """Shows every decision at its result. `paths` are the files of the memo's documents.

    Raises `DecisionsError`.
    """
    for document, path in zip(memo.documents, paths, strict=True):
        entries = records.of(path)
        if not entries:
            continue
        for report, mark in zip(document.reports, identities(document), strict=True):
            for result in report.every():
                if (entry := entries.get((mark, result.fingerprint))) is not None:
                    result.decision = Decision.model_validate(
                        entry.model_dump(include=set(Decision.model_fields))
                    )


@dataclass
class Taken:
    """What became of decisions brought in. `kept` are those now on file because of this ledger;
    `conflicts` are sentences about those on file that said something else."""

    new: int = 0
    changed: int = 0
    same: int = 0
    older: int = 0
    kept: list[Entry] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)


def merge_into(path: Path, incoming: Iterable[tuple[str, tuple[Entry, ...]]], now: datetime) -> Taken:
    """Brings decisions into the file at `path`, read anew: another process may have written to it.

    Raises `DecisionsError`.
    """
    try:
        with locked(path.resolve()):
            entries = load(path) if path.exists() else {}
            taken = merge(entries, incoming, now)
            if taken.kept:
                save(path, entries.values())
            return taken
    except OSError as error:
        raise DecisionsError(f"{path}：写不了处理意见文件（{unwritten(error)}）") from None


def merge(
    entries: dict[Key, Entry], incoming: Iterable[tuple[str, tuple[Entry, ...]]], now: datetime
) -> Taken:
    """Brings decisions into `entries`; each comes with its place in the ledger, for messages, and holds
    of all findings of a problem: counted once, by the leading one.

    The ledger is the hand's word: it wins unless the one on file was made later. A decision without
    a time gets the time it was taken in.
    """
    taken = Taken()
    for place, (entry, *others) in incoming:
        known = entries.get(entry.key)
        if known is not None and not entry.decision:
            entry, *others = (_beside(known, one) for one in (entry, *others))
        if known is not None and _same(known, entry):
            taken.same += 1
            for other in others:
                entries.setdefault(other.key, other.model_copy(update={"when": known.when}))
            continue
        if known is not None and _later(known.when, entry.when):
            taken.older += 1
            taken.conflicts.append(f"{place}：台账“{decided(entry)}”早于已有的“{decided(known)}”，保留已有的")
            continue
        if known is None:
            taken.new += 1
        else:
            taken.changed += 1
            if known.decision and known.decision != entry.decision:
                taken.conflicts.append(f"{place}：已有“{decided(known)}”，改为台账的“{decided(entry)}”")
        when = entry.when or now.isoformat(timespec="seconds")
        for one in (entry, *others):
            entries[one.key] = one.model_copy(update={"when": when})
        taken.kept.append(entries[entry.key])
    return taken


def _beside(known: Entry, entry: Entry) -> Entry:
    """What a row without a decision says, beside the decision on file: a blank takes nothing back."""
    said = {name: getattr(known, name) for name in ("decision", "who", "when")}
    blank = (
        "remark",
        "due",
        "measures",
        "closed",
        "reply",
        "project",
        "unit",
        "fiscal_year",
        "rule",
        "message",
    )
    said |= {name: getattr(known, name) for name in blank if not getattr(entry, name)}
    return entry.model_copy(update=said)


def _same(known: Entry, entry: Entry) -> bool:
    kept = ("decision", "remark", "who", "due", "measures", "closed", "reply")
    return all(getattr(known, name) == getattr(entry, name) for name in kept) and (
        not entry.when or entry.when == known.when
    )


def _later(known: str, other: str) -> bool:
    """Whether one time is certainly later: by the day where either has no time of day."""
    if not known or not other:
        return False
    if "T" not in known or "T" not in other:
        known, other = known[:10], other[:10]
    return known > other
