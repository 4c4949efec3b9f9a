"""What people have written into a ledger or a letter: never overwritten."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from auditor.document import UnreadableFile, file_bytes
from auditor.document.archive import office_container
from auditor.document.sniff import FileKind, kind
from auditor.memo import answered
from auditor.memo.decisions import DecisionsError
from auditor.memo.workbook import ledger, narrative, overview, scores, tieout, unverified
from auditor.memo.workbook.reading import TYPED, Head, headed, text

_TITLES = {one.TITLE for one in (ledger, narrative, overview, scores, tieout, unverified)}
"""A sheet of another name is somebody's own."""
_OURS = {*ledger.HEADS, *narrative.HEADS}
"""A column of another head is too."""

Written = tuple[str, ...]
"""Where something stands, by marks that outlast a new version, and what it says."""


def lost(target: Path, content: bytes) -> int:
    """How much of what somebody wrote into the file at `target` would be gone with `content` in its place.

    A file that is neither a ledger nor a letter holds nothing of the kind. Raises `DecisionsError` for one
    of which nobody can tell.
    """
    try:
        old = file_bytes(target)
        written = _written(old, str(target))
    except UnreadableFile as error:
        raise DecisionsError(str(error)) from None
    except Exception as error:  # what a damaged workbook raises is not foreseeable
        raise DecisionsError(f"{target}：打不开（{type(error).__name__}）") from None
    return len(written - _written(content, "")) if written else 0


def _written(data: bytes, path: str) -> set[Written]:
    found = kind(data)
    if found is FileKind.LOCKED:
        raise UnreadableFile(path, "文件有密码")
    if found in (FileKind.XLSX, FileKind.DOCX, FileKind.ZIP):  # the last may be what is left of a workbook
        with office_container(data, path):
            pass
    if found not in (FileKind.XLSX, FileKind.DOCX):
        return set()
    if found is FileKind.DOCX:
        return set(answered.written(data))
    # Comments are kept only where the workbook is read as a whole.
    book = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    heads = {
        sheet.title: head
        for sheet in book.worksheets
        if (head := headed(enumerate(sheet.iter_rows(values_only=True), 1))) is not None
    }
    return (
        {one for sheet in book.worksheets for one in _of(sheet, heads.get(sheet.title))} if heads else set()
    )


def _of(sheet: Any, head: Head | None) -> Iterator[Written]:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment is not None:
                yield sheet.title, "批注", cell.comment.text
            elif sheet.title not in _TITLES and (said := text(cell.value)):
                yield sheet.title, "工作表", said
    if head is None:
        return
    typed = [head.columns[name] for name in TYPED if name in head.columns]
    typed += [at for at, name in enumerate(head.heads) if name and name not in _OURS]
    for row in sheet.iter_rows(min_row=head.row + 1, values_only=True):
        report, mark = (text(row[head.columns[name]]) for name in ("report", "fingerprint"))
        for at in typed:
            if said := text(row[at]):
                yield report, mark, head.heads[at], said
