"""Words that stand on an office file's pages and in no text of it: watermarks, WordArt, page heads of a
workbook, text on its drawings. Nobody audits them; whether a paper is marked secret is seen there too."""

from __future__ import annotations

import html
import re
import zipfile

from auditor.compiled import compiled
from auditor.document import archive

_PARTS = compiled(
    r"word/(?:header|footer|document)\d*\.xml|xl/(?:worksheets/sheet|drawings/(?:drawing|vmlDrawing))\d*\.(?:xml|vml)|xl/worksheets/[^/]+\.xml"
)
_WRITTEN = compiled(
    rb"<v:textpath\b[^<>]{0,2000}?\bstring\s*=\s*(?:\"([^\"<>]{1,200})\"|'([^'<>]{1,200})')"
    rb"|<(?:odd|even|first)(?:Header|Footer)[^<>]{0,200}>([^<>]{1,2000})<"
    rb"|<a:p>((?:(?!</a:p>).){1,4000})</a:p>",
    re.DOTALL,
)
_RUN = compiled(r"<a:t[^<>]*>([^<>]*)</a:t>")
_CODE = compiled(r'&(?:"[^"]*"|[LCRGPNDTFASUXYEKOH]|\d+|K[0-9A-Fa-f]{6})')
_MOST = 200


def beside(data: bytes, path: str) -> tuple[str, ...]:
    """The words, a line each. Raises `UnreadableFile`."""
    found: list[str] = []
    with archive.container(data, path) as opened:
        for name in opened.namelist():
            if _PARTS.fullmatch(name) and len(found) < _MOST:
                found += _words(opened, name, path)
    return tuple(dict.fromkeys(line for line in found if line))


def _words(opened: zipfile.ZipFile, name: str, path: str) -> list[str]:
    lines: list[str] = []
    for match in _WRITTEN.finditer(archive.part(opened, name, path)):
        written = next(group for group in match.groups() if group).decode("utf-8", "replace")
        if match[4]:
            lines.append(html.unescape("".join(_RUN.findall(written))))
        elif match[3]:
            lines.extend(piece.strip() for piece in _CODE.split(html.unescape(written)))
        else:
            lines.append(html.unescape(written))
    return lines
