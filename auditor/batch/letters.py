"""Letters into a folder: one to each unit on all its reports, whichever files they stand in, and a summary."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.batch.folder import Delivered, Names, make_folder, write_summary
from auditor.batch.stream import Source
from auditor.batch.together import together
from auditor.console import save
from auditor.memo import Material
from auditor.memo.build import assembled
from auditor.memo.confined import guarded
from auditor.memo.decisions import Records, put_beside
from auditor.memo.summary import File, file

if TYPE_CHECKING:
    from auditor.memo.letter import Sent

_STEM = "退回修改函"


def deliver_letters(
    source: Source, folder: Path, kept: Iterable[str], records: Records, say: Callable[[str], None]
) -> Delivered:
    """A letter to each unit that is asked something; the others are only counted.

    Raises `NoFolder`, `MissingExtra`, `DecisionsError`.
    """
    from auditor.memo.letter import each

    make_folder(folder)
    names = Names(folder, kept)
    summary = names.take("汇总", ".md")
    found = together(source)
    outcome = Delivered(unreadable=found.unreadable, flagged=found.flagged)
    told = [(one.path, one.told) for one in found.done if one.told is not None]
    if not told:
        return outcome
    memo = assembled([document for _, document in told], found.unreadable, source.order.mode, "")
    put_beside(memo, [path for path, _ in told], records)
    letters: dict[int, str] = {}
    written = clean = 0
    shown = [one.document for one in found.done if one.told is not None and one.document is not None]
    for letter in each(Material(memo, shown, source.order.template, say)):
        if not letter.asks:
            clean += 1
            continue
        target = names.take(f"{_STEM}-{_safe(_addressee(letter, told[letter.files[0]][0]))}", ".docx")
        if problem := guarded(target, letter.content, source.order.limits) or save(target, letter.content):
            outcome.problems.append(f"写不了 {target}：{problem}")
            continue
        written += 1
        sent = {memo.documents[at].sha256 for at in letter.files}
        for at, document in enumerate(memo.documents):
            if document.sha256 in sent:
                letters.setdefault(at, target.name)
    files = [file(document, letters.get(at, ""), "") for at, document in enumerate(memo.documents)]
    outcome.repeated.extend(found.twins())
    _close(
        outcome,
        summary,
        files,
        f"函 {written} 份" + (f"（{clean} 个单位没有要问的，没有出函）" if clean else ""),
    )
    return outcome


def _close(outcome: Delivered, summary: Path, files: list[File], what: str) -> None:
    told, stands = write_summary(outcome, summary, files)
    if stands:
        outcome.written = f"已写出 {summary.parent}：{what}和 {summary.name}，{told.told()}"


def _addressee(letter: Sent, path: str) -> str:
    """Whom it is for; the file where no unit was read."""
    return letter.unit or Path(path).stem


def _safe(name: str) -> str:
    """Fit for a file name on any disk."""
    return "".join("_" if char in '\\/:*?"<>|' or ord(char) < 32 else char for char in name).strip(" .")[:60]
