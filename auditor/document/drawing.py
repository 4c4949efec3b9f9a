"""Pictures of what was recognised: the cells of every table drawn over the page they were found on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw

from auditor.document import pdf
from auditor.document.errors import UnreadableFile
from auditor.document.marks import Drawn
from auditor.document.sniff import FileKind, kind

_DPI = 110
_CELL = (200, 30, 30)


def draw(data: bytes, path: str) -> Iterator[Image.Image]:
    """One picture a page of a PDF or picture file. Raises `UnreadableFile` for other files."""
    found = kind(data)
    if found is FileKind.PDF:
        _, drawn = pdf.read_drawn(data, path)
        with pypdfium2.PdfDocument(data) as opened:
            for page, cells in zip(opened, drawn, strict=True):
                yield _over(page.render(scale=_DPI / 72).to_pil().convert("RGB"), cells)
    elif found is FileKind.IMAGE:
        from auditor.document import picture

        _, drawn = picture.read_drawn(data, path)
        for pixels, cells in zip(picture.pictures(data, path), drawn, strict=True):
            yield _over(Image.fromarray(np.asarray(picture.straightened(pixels))), cells)
    else:
        raise UnreadableFile(path, "只有 PDF 和图片能画出识别到的表格")


def _over(page: Image.Image, drawn: Drawn) -> Image.Image:
    if drawn.turned:
        page = page.rotate(-drawn.turned, expand=True)
    scale = page.width / drawn.width
    pen = ImageDraw.Draw(page)
    for cell in drawn.cells:
        pen.rectangle([side * scale for side in cell], outline=_CELL, width=2)
    return page


def save(data: bytes, path: str, folder: Path) -> list[Path]:
    """Writes the pictures into `folder`, which is made; raises `OSError`, `UnreadableFile`."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for number, page in enumerate(draw(data, path), 1):
        target = folder / f"{Path(path).stem}-第{number}页.png"
        page.save(target)
        made.append(target)
    return made
