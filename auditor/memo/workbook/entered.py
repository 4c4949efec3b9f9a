"""What people have typed into a ledger: never overwritten."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

_TYPED = ("处理", "备注", "处理人", "处理时间", "时限", "单位答复", "整改情况", "销号")
_KEYS = ("报告标识", "标识")
_LARGEST = 200 * 1024 * 1024

Entry = tuple[str, str, str, str]
"""Report, fingerprint, column, what stands there."""


def lost(target: Path, content: bytes) -> int:
    """How many entries of the ledger at `target` would be gone with the new `content` in its place.

    A file that is no ledger holds none.
    """
    try:
        if not target.is_file() or target.stat().st_size > _LARGEST:
            return 0
        old = target.read_bytes()
    except (OSError, ValueError):
        return 0
    typed = _entries(old)
    return len(typed - _entries(content)) if typed else 0


def _entries(data: bytes) -> set[Entry]:
    try:
        book = load_workbook(io.BytesIO(data), data_only=True)
        return {entry for sheet in book.worksheets for entry in _of(sheet)}
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        OSError,
    ):
        return set()


def _of(sheet: Any) -> Iterator[Entry]:
    rows = sheet.iter_rows(values_only=True)
    head = [str(one or "").strip() for one in next(rows, ())]
    if not set(_KEYS) <= set(head):
        return
    columns = [(name, head.index(name)) for name in _TYPED if name in head]
    report, mark = (head.index(name) for name in _KEYS)
    for row in rows:
        for name, at in columns:
            if row[at] not in (None, ""):
                yield str(row[report] or ""), str(row[mark] or ""), name, str(row[at])
