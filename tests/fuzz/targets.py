"""What is fuzzed: the figure scanner, the table reader, the splitter. Whatever the text, they answer
with places that lie inside it."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from functools import cache

from auditor.document import Document, UnreadableFile, read_bytes
from auditor.figures import scan
from auditor.report import read_reports
from tests.samples import ROOT

FILES = ROOT / "tests" / "files"
_FORMATS = ("docx", "xlsx", "xls", "html", "pdf", "ofd")


def figures(text: str) -> None:
    """Every number of every paragraph and cell."""
    document = _read(text)
    for report in read_reports(document) if document else ():
        for passage in report.passages:
            for figure in scan(passage.view):
                _inside(document, figure.span)


def tables(text: str) -> None:
    """Tables as read, and what the report makes of them."""
    document = _read(text)
    if document is None:
        return
    for table in document.tables():
        for row in table.rows:
            for cell in row.cells:
                _inside(document, cell.span)
    for report in read_reports(document):
        for money in report.money_tables:
            for amount in money.amounts:
                _inside(document, amount.span)
        for indicator in report.indicators:
            _inside(document, indicator.span)


def splitter(text: str) -> None:
    """The reports of the file: at least one, in order."""
    document = _read(text)
    if document is not None:
        reports = read_reports(document)
        assert [report.index for report in reports] == list(range(1, len(reports) + 1))


TARGETS = (figures, tables, splitter)


@cache
def forms() -> tuple[bytes, ...]:
    """A small file of every format."""
    return tuple((FILES / f"form.{suffix}").read_bytes() for suffix in _FORMATS)


def containers(data: bytes) -> None:
    """A form of some format, changed inside its container as `data` says: read, or refused with a reason."""
    if len(data) < 4:
        return
    form = forms()[data[0] % len(_FORMATS)]
    with suppress(UnreadableFile):
        read_bytes(_changed(form, data[1:]), "例")


def _changed(form: bytes, data: bytes) -> bytes:
    """In a zip one part is changed and packed again, in other files the bytes themselves."""
    if not form.startswith(b"PK"):
        return _spliced(form, data)
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(form)) as opened, zipfile.ZipFile(stream, "w") as made:
        names = opened.namelist()
        chosen = names[data[0] % len(names)]
        for name in names:
            part = opened.read(name)
            made.writestr(name, _spliced(part, data[1:]) if name == chosen else part)
    return stream.getvalue()


def _spliced(whole: bytes, data: bytes) -> bytes:
    """`data` put over a place that its first bytes choose."""
    at = int.from_bytes(data[:2]) * (len(whole) + 1) // 65536
    return whole[:at] + data[2:] + whole[at + len(data) - 2 :]


def _read(text: str) -> Document | None:
    try:
        return read_bytes(text.encode("utf-8", "replace"), "例.txt")
    except UnreadableFile:
        return None


def _inside(document: Document | None, span: tuple[int, int]) -> None:
    assert document is not None
    assert 0 <= span[0] <= span[1] <= len(document.text)
