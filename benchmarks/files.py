"""Files of each format to time their readers with: the project's own form, as long as wanted."""

from __future__ import annotations

import io
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FORM = ROOT / "tests" / "layouts" / "01_national_clean.txt"
_FORMS_A_PAGE = 0.5
"""The form takes two pages in print."""


def made(kind: str, pages: int) -> bytes:
    """A docx, xlsx, html or pdf of about that many printed pages."""
    if kind == "pdf":
        return _pdf(pages)
    sys.path.insert(0, str(ROOT))
    from tests.formats import write
    from tests.formats.form import form

    parts = form(FORM) * max(round(pages * _FORMS_A_PAGE), 1)
    return {"docx": write.as_docx, "xlsx": write.as_xlsx, "html": write.as_html}[kind](parts)


def _pdf(pages: int) -> bytes:
    """The printed form of tests/files, its pages over and over."""
    import pypdfium2

    source = pypdfium2.PdfDocument(ROOT / "tests" / "files" / "form.pdf")
    target = pypdfium2.PdfDocument.new()
    for number in range(pages):
        target.import_pages(source, [number % len(source)])
    stream = io.BytesIO()
    target.save(stream)
    return stream.getvalue()
