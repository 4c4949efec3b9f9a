"""LibreOffice as the spreadsheet program of the tests."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice")


def resaved(book: Path, folder: Path) -> Path:
    """The workbook as LibreOffice saves it again, all formulas computed. Skips where there is none."""
    if SOFFICE is None:
        pytest.skip(
            "LIBREOFFICE IS MISSING: WHETHER THE WORKBOOK OPENS AND ITS FORMULAS COMPUTE IS NOT CHECKED"
        )
    target = folder / "resaved"
    subprocess.run(
        [
            SOFFICE, "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--convert-to", "xlsx", "--outdir", str(target), str(book),
        ],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return target / book.name
