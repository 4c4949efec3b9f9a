"""LibreOffice and poppler, as a reader of our files has them; without them the tests skip loudly."""

from __future__ import annotations

import os
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

FONTS = Path(__file__).with_name("fonts.conf")

needs_office = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")),
    reason="NOT CHECKED: that LibreOffice opens the Word files and shows every finding (soffice, pdftotext)",
)


def to_pdf(file: Path) -> Path:
    """What LibreOffice prints of `file`, from a profile of its own."""
    profile = (file.parent / "profile").as_uri()
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation={profile}", "--convert-to", "pdf", "--outdir",
         file.parent, file],
        check=True, capture_output=True, timeout=180, env={**os.environ, "FONTCONFIG_FILE": str(FONTS)},
    )  # fmt: skip
    return file.with_suffix(".pdf")


def pages(pdf: Path) -> list[str]:
    """The words of each page, without white space."""
    told = subprocess.run(
        ["pdftotext", pdf, "-"], check=True, capture_output=True, timeout=60
    ).stdout.decode()
    return ["".join(page.split()) for page in told.split("\f")[:-1]]


def parts(content: bytes, folder: Path) -> dict[str, ElementTree.Element]:
    """Every XML part of an office file, parsed: what XML forbids would not get through."""
    file = folder / "package.zip"
    file.write_bytes(content)
    with zipfile.ZipFile(file) as package:
        assert package.testzip() is None
        return {
            name: ElementTree.fromstring(package.read(name))
            for name in package.namelist()
            if name.endswith((".xml", ".rels"))
        }
