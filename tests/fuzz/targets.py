"""What is fuzzed: the figure scanner, the table reader, the splitter. Whatever the text, they answer
with places that lie inside it."""

from __future__ import annotations

from contextlib import suppress

from auditor.document import Document, UnreadableFile, read_bytes
from auditor.figures import scan
from auditor.report import read_reports
from tests.fuzz.inside import forms


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


def containers(data: bytes) -> None:
    """A form of some format, changed inside its container as `data` says: read, or refused with a reason."""
    if len(data) < 4:
        return
    suffix, form, changed, read = forms()[data[0] % len(forms())]
    with suppress(UnreadableFile):
        read(changed(form, data[1:]), f"例.{suffix}")


def _read(text: str) -> Document | None:
    try:
        return read_bytes(text.encode("utf-8", "replace"), "例.txt")
    except UnreadableFile:
        return None


def _inside(document: Document | None, span: tuple[int, int]) -> None:
    assert document is not None
    assert 0 <= span[0] <= span[1] <= len(document.text)
