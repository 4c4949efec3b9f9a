"""Writes tests/files/: one form with planted slips in every file format. Needs LibreOffice.

`python -m tests.formats.make_files`
"""

from __future__ import annotations

from tests.formats import write
from tests.formats.form import form
from tests.samples import ROOT

SOURCE = ROOT / "tests" / "layouts" / "01_national_broken.txt"
FILES = ROOT / "tests" / "files"


def files() -> dict[str, bytes]:
    """Every file by its name."""
    parts = form(SOURCE)
    docx, xlsx = write.as_docx(parts), write.as_xlsx(parts)
    pdf = write.converted({"form.docx": docx}, "pdf")["form.docx"]
    bare = write.converted({"form.docx": write.as_docx(parts, ruled=False)}, "pdf")["form.docx"]
    doc = write.converted({"form.docx": docx}, "doc")["form.docx"]
    odt = write.converted({"form.docx": docx}, "odt")["form.docx"]
    xls = write.converted({"form.xlsx": xlsx}, "xls")["form.xlsx"]
    page = write.as_html(parts)
    return {
        "form.docx": docx, "form.xlsx": xlsx, "form.pdf": pdf, "unruled.pdf": bare, "form.doc": doc, "form.wps": doc,
        "form.odt": odt, "form.xls": xls, "form.et": xls, "form.html": page, "download": page, "form.ofd": write.as_ofd(pdf),
        "scan.pdf": write.as_scan(pdf, dpi=150), "page.png": write.as_picture(pdf),
        "forms.zip": write.as_zip({"一批/甲.docx": docx, "一批/乙.xlsx": xlsx, "一批/说明.jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF"}),
    }  # fmt: skip


if __name__ == "__main__":
    FILES.mkdir(exist_ok=True)
    for name, data in files().items():
        (FILES / name).write_bytes(data)
