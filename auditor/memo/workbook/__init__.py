"""The memo as a workbook: ledger, tie-out, working paper, narrative review, what could not be checked."""

from __future__ import annotations

from io import BytesIO

from openpyxl import Workbook

from auditor.memo.entries import telling
from auditor.memo.render import Material
from auditor.memo.workbook import ledger, narrative, overview, scores, tieout, unverified
from auditor.memo.workbook.cached import remembered, with_values


def write(material: Material) -> bytes:
    """The workbook as bytes. Formulas are computed again by the program that opens it."""
    memo = material.memo
    found = telling(memo)
    book = Workbook()
    book.remove(book.active)
    asked = ledger.write(book, found)
    tieout.write(book, found)
    scores.write(book, found)
    questions = narrative.write(book, memo, found)
    unverified.write(book, memo, found)
    overview.write(book, memo, found, asked, questions)
    book.move_sheet(overview.TITLE, 1 - len(book.worksheets))
    book.calculation.fullCalcOnLoad = True
    book.properties.creator = f"{memo.tool.name} {memo.tool.version}"
    book.properties.title = "绩效自评报告审核台账"
    stream = BytesIO()
    book.save(stream)
    return with_values(stream.getvalue(), [remembered(grid) for grid in book.worksheets])
