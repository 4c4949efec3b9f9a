"""Words that stand in a file and in no text of it: watermarks, WordArt, page heads, names and comments of a
workbook, text on drawings, what a picture is said to show, a file's title and keywords, attributes and comments
of a page. Nobody audits them; whether a paper is marked secret is seen there too."""

from __future__ import annotations

import html
import re
import zipfile
from itertools import islice

from auditor.compiled import compiled
from auditor.document import archive

_PARTS = compiled(
    r"word/(?:header|footer|document|comments)\d*\.xml|docProps/[^/]+\.xml|xl/(?:workbook|comments[^/]*|(?:drawings|comments|threadedComments|worksheets|charts)/[^/]+)\.(?:xml|vml)"
)
_WRITTEN = compiled(
    rb"<v:textpath\b[^<>]{0,2000}?\bstring\s*=\s*(?:\"([^\"<>]{1,200})\"|'([^'<>]{1,200})')"
    rb"|<(?:odd|even|first)(?:Header|Footer)[^<>]{0,200}>([^<>]{1,2000})<"
    rb"|<(?:dc|cp|vt):[A-Za-z]{1,20}[^<>]{0,200}>([^<>]{1,2000})<"
    rb"|<(?:sheet|wp:docPr|pic:cNvPr|xdr:cNvPr)\b([^<>]{1,4000})>"
    rb"|<(?:w:)?comment\b[^<>]{0,1000}>((?:(?!</(?:w:)?comment>).){1,20000})</(?:w:)?comment>"
    rb"|<a:p>((?:(?!</a:p>).){1,4000})</a:p>",
    re.DOTALL,
)
_RUN = compiled(r"<(?:a:|w:)?t(?:\s[^<>]*)?>([^<>]*)</(?:a:|w:)?t>")
_SAID = compiled(r"=\s*(?:\"([^\"<>]{1,200})\"|'([^'<>]{1,200})')")
_WEB = compiled(
    r"<!--(.{1,2000}?)-->|<(?:title|text|tspan|desc)\b[^<>]{0,500}>([^<>]{1,500})<|content\s*:\s*([\"'].{1,200}?[\"'])|"
    + _SAID.pattern,
    re.IGNORECASE | re.DOTALL,
)
_HAN = compiled("[\u4e00-\u9fff]")
_CODE = compiled(r'&(?:"[^"]*"|[LCRGPNDTFASUXYEKOH]|\d+|K[0-9A-Fa-f]{6})')
MOST_BESIDE = 200


def beside(data: bytes, path: str) -> tuple[str, ...]:
    """The words, a line each. Raises `UnreadableFile`."""
    found: list[str] = []
    with archive.container(data, path) as opened:
        for name in opened.namelist():
            if _PARTS.fullmatch(name) and len(found) < MOST_BESIDE:
                found += _words(opened, name, path)
    return tuple(dict.fromkeys(line for line in found if line))


def _words(opened: zipfile.ZipFile, name: str, path: str) -> list[str]:
    lines: list[str] = []
    for match in _WRITTEN.finditer(archive.part(opened, name, path)):
        written = next(group for group in match.groups() if group).decode("utf-8", "replace")
        if match[6] or match[7]:
            lines.append(html.unescape("".join(_RUN.findall(written))))
        elif match[5]:
            lines.extend(html.unescape(one or other) for one, other in _SAID.findall(written))
        elif match[3]:
            lines.extend(piece.strip() for piece in _CODE.split(html.unescape(written)))
        else:
            lines.append(html.unescape(written))
    return lines


def beside_page(source: str) -> tuple[str, ...]:
    """Chinese words in a web page's attributes, title, comments, drawings and generated content."""
    found = (
        html.unescape(next(filter(None, match.groups()))).strip(" \"'") for match in _WEB.finditer(source)
    )
    return tuple(dict.fromkeys(islice((line for line in found if _HAN.search(line)), MOST_BESIDE)))
