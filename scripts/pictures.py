"""The pictures in docs/memo.md and docs/season.md anew: every paper on the first example, and the report on the season
of `make season-demo`, as LibreOffice and Chromium show them, with the free fonts of the tests. Says how many pages each
paper has. Needs both programs, poppler and Chinese fonts.

    python -m scripts.pictures [FOLDER]
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = "examples/01-national.txt"
_FONTS = ROOT / "tests" / "memo" / "fonts.conf"
_GAP = 6
_PAPERS = {
    # picture: (file, pages, pages in a row, dots per inch)
    "memo-docx": ("意见.docx", (1, 2, 3, 4), 4, 50),
    "memo-letter": ("函.docx", (1, 2, 4, 0), 4, 50),
    "memo-paper": ("意见-工作底稿.docx", (1, 2, 3, 5), 2, 70),
    "memo-xlsx": ("台账.xlsx", (1, 2, 3, 5), 2, 70),
    "memo-print": ("memo.html", (1, 2, 3), 3, 50),
}
"""Page 0 is the last one."""


def main() -> None:
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures"
    with tempfile.TemporaryDirectory(prefix="auditor-pictures-") as place:
        here = Path(place)
        for name in ("意见.docx", "台账.xlsx", "memo.html"):
            _auditor("-o", here / name)
        _auditor("--format", "letter", "-o", here / "函.docx")
        for picture, (name, wanted, across, dots) in _PAPERS.items():
            pages = _pages(_pdf(here / name), dots)
            _sheet([pages[number - 1] for number in wanted if number <= len(pages)], across).save(
                out / f"{picture}.png", optimize=True
            )
            print(f"{name}: {len(pages)} pages")
        size = "--window-size=1360,820"
        _chromium(here, size, f"--screenshot={out / 'memo-html.png'}", (here / "memo.html").as_uri())
        season = here / "season"
        _quietly("-m", "scripts.season_demo", season)
        picture, shown = f"--screenshot={out / 'season-report.png'}", (season / "汇总.html").as_uri()
        _chromium(here, "--window-size=1200,900", picture, shown)


def _auditor(*arguments: object) -> None:
    _quietly("-m", "auditor", "audit", EXAMPLE, *arguments)


def _quietly(*arguments: object) -> None:
    """Runs Python; an audit that finds something ends with 1."""
    ended = subprocess.run([sys.executable, *map(str, arguments)], check=False, cwd=ROOT, capture_output=True)
    if ended.returncode > 1:
        sys.exit(ended.stderr.decode())


def _pdf(path: Path) -> Path:
    made = path.with_suffix(".pdf")
    if path.suffix == ".html":
        _chromium(path.parent, "--no-pdf-header-footer", f"--print-to-pdf={made}", path.as_uri())
    else:
        profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
        command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", path.parent, path]
        environment = {**os.environ, "FONTCONFIG_FILE": str(_FONTS)}
        subprocess.run(list(map(str, command)), check=True, capture_output=True, env=environment)
    return made


def _chromium(folder: Path, *arguments: str) -> None:
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
    profile = f"--user-data-dir={folder / 'chromium'}"
    subprocess.run([*command, profile, *arguments], check=True, capture_output=True)


def _pages(pdf: Path, dots: int) -> list[Image.Image]:
    subprocess.run(["pdftoppm", "-r", str(dots), "-png", pdf, pdf.with_suffix("")], check=True)
    return [
        Image.open(path)
        for path in sorted(pdf.parent.glob(f"{pdf.stem}-*.png"))
        if path.stem[len(pdf.stem) + 1 :].isdigit()
    ]


def _sheet(pages: list[Image.Image], across: int) -> Image.Image:
    wide, high = max(page.width for page in pages), max(page.height for page in pages)
    rows = -(-len(pages) // across)
    sheet = Image.new("RGB", (across * (wide + _GAP) - _GAP, rows * (high + _GAP) - _GAP), "#c5cacf")
    for at, page in enumerate(pages):
        sheet.paste(page, (at % across * (wide + _GAP), at // across * (high + _GAP)))
    return sheet.quantize(64)


if __name__ == "__main__":
    main()
