"""The paper as one HTML file that needs nothing else."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from importlib.resources import files

from auditor.memo.page.bars import figure
from auditor.memo.page.markup import tag, text
from auditor.season.overview.chapters import Overview
from auditor.season.overview.model import Cell, Chapter, Head, Link
from auditor.version import __version__


def write(paper: Overview, memos: Mapping[int, str]) -> str:
    """`memos` are the files of the memos by report, relative to the page."""
    style = files(__package__).joinpath("page.css").read_text(encoding="utf-8")
    head = [
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(style)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        tag("title", text(f"{paper.title}　审核备忘录")),
        f"<style>{style}</style>",
    ]
    body = [
        tag("header", tag("h1", text(paper.title)) + tag("p", text(f"汇总日期 {paper.day}"), class_="day")),
        tag("nav", "".join(_contents(paper))),
        tag("main", "".join(_main(paper, memos))),
        tag("footer", tag("p", f"审核工具 auditor {text(__version__)}")),
    ]
    page = tag("head", "\n".join(head)) + "\n" + tag("body", "\n".join(body))
    return f"<!doctype html>\n{tag('html', page, lang='zh-CN')}\n"


def _policy(style: str) -> str:
    """Nothing may be loaded and nothing may run."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _contents(paper: Overview) -> Iterator[str]:
    for number, chapter in enumerate(paper.chapters, 1):
        yield tag("a", text(chapter.title), href=f"#c{number}")


def _main(paper: Overview, memos: Mapping[int, str]) -> Iterator[str]:
    yield tag("section", "".join(tag("p", text(line)) for line in paper.summary), class_="summary")
    for number, chapter in enumerate(paper.chapters, 1):
        yield tag("section", "".join(_chapter(chapter, memos)), id=f"c{number}")


def _chapter(chapter: Chapter, memos: Mapping[int, str]) -> Iterator[str]:
    yield tag("h2", text(chapter.title))
    for line in (*chapter.lines, *([chapter.note] if chapter.note else [])):
        yield tag("p", text(line), class_="note")
    if chapter.chart is not None:
        yield figure(chapter.chart.title, chapter.chart.names, chapter.chart.bars)
    heads = "".join(tag("th", text(head.words), class_=_class(head)) for head in chapter.heads)
    rows = "".join(
        tag(
            "tr",
            "".join(
                tag("td", _cell(cell, memos), class_=_class(head))
                for head, cell in zip(chapter.heads, row, strict=True)
            ),
        )
        for row in chapter.rows
    )
    yield tag("div", tag("table", tag("thead", tag("tr", heads)) + tag("tbody", rows)), class_="wide")


def _class(head: Head) -> str | None:
    return "number" if head.number else None


def _cell(cell: Cell, memos: Mapping[int, str]) -> str:
    if isinstance(cell, Link):
        if cell.report in memos:
            return tag("a", text(cell.words), href=memos[cell.report])
        return text(cell.words)
    if isinstance(cell, Decimal):
        return text(f"{cell:,f}")
    return "" if cell is None else text(str(cell))
