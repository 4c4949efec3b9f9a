"""Whether a file is one of our own: a memo, a ledger, a summary, decisions. Those are no reports."""

from __future__ import annotations

import zipfile
from pathlib import Path

from auditor.compiled import compiled
from auditor.memo.wording import TITLE

_READ = 4096
_SUFFIXES = (".decisions.json", ".sarif")
_HEADS = (
    f"# {TITLE}",
    "# 绩效自评报告审核汇总",
    "# 绩效自评报告整改复核",
    '{"$schema": "https://docs.oasis-open.org/sarif',
)
_JSON = '"schema_version"'
_PAGE = "审核备忘录</title>"
PROPERTY = "auditor"
"""What the properties of our own Office files say: the category of a document, the creator of a workbook."""
_OURS = compiled(rf"<(?:\w+:)?(?:category|creator)\b[^>]*>{PROPERTY}\b")


def is_own(path: Path) -> bool:
    """Raises nothing: what cannot be opened, or is a pipe or a device, is left to those who want to read it."""
    if path.name.endswith(_SUFFIXES):
        return True
    try:
        if not path.is_file():
            return False
        with path.open("rb") as stream:
            head = stream.read(_READ)
        return _in_package(path) if head.startswith(b"PK\x03\x04") else _in_text(head)
    except (OSError, ValueError, zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError):
        return False


def _in_text(head: bytes) -> bool:
    text = head.decode("utf-8", "ignore").lstrip("\ufeff \r\n\t")
    return (
        text.startswith(_HEADS)
        or (text.startswith("{") and _JSON in text[:200])
        or (text.startswith("<!doctype html>") and _PAGE in text)
    )


def _in_package(path: Path) -> bool:
    with zipfile.ZipFile(path) as package, package.open("docProps/core.xml") as part:
        properties = part.read(_READ).decode("utf-8", "ignore")
    return _OURS.search(properties) is not None
