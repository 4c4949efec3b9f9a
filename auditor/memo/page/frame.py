"""The page around both sides: head, filters, style and script."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files

from auditor.memo import wording
from auditor.memo.model import Memo
from auditor.memo.page.entries import KINDS, Entry, Paper, papers
from auditor.memo.page.marks import Marks
from auditor.memo.page.markup import tag, text
from auditor.memo.page.reading import reading
from auditor.memo.page.results import results
from auditor.memo.render import Material

_KEYS = "键盘：j、k 下一条、上一条，Enter 到原文或回到结果，/ 查找，Esc 返回"


def write(material: Material) -> str:
    """The whole page."""
    memo = material.memo
    found = papers(memo)
    style, script = _asset("page.css"), _asset("page.js")
    head = [
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(style, script)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        tag("title", text("、".join([wording.name(paper.report) for paper in found[:3]]) + "　审核备忘录")),
        f"<style>{style}</style>",
        f"<script>{script}</script>",
    ]
    body = [
        tag("header", tag("h1", wording.TITLE) + "".join(_tools(found)), class_="bar"),
        tag(
            "main",
            tag("div", "".join(_right(memo, found)), id="results", tabindex=0, role="region", aria_label="审核结果")
            + tag("div", "".join(_left(material, found)), id="reading", tabindex=0, role="region", aria_label="报告原文"),
        ),
        tag("div", id="tip", role="tooltip", hidden=""),
    ]  # fmt: skip
    page = tag("head", "\n".join(head)) + "\n" + tag("body", "\n".join(body))
    return f"<!doctype html>\n{tag('html', page, lang='zh-CN')}\n"


def _asset(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """Nothing may be loaded, and nothing may run but the script of this program."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _left(material: Material, found: list[Paper]) -> Iterator[str]:
    for number, (told, document) in enumerate(
        zip(material.memo.documents, material.documents, strict=True), 1
    ):
        papers_on = [paper for paper in found if paper.document is told]
        if not papers_on:  # the same was handed in before
            continue
        entries = [entry for paper in papers_on for entry in paper.entries]
        inner = "".join(reading(number, document, Marks(document, entries)))
        yield tag("article", inner, class_="document", data_document=number)


def _right(memo: Memo, found: list[Paper]) -> Iterator[str]:
    if len(found) > 1:
        yield tag("div", tag("table", "".join(_overview(found)), class_="overview"), class_="wide")
    for failure in memo.unreadable:
        yield tag("p", text(f"未能审核的文件：{failure.path}（{failure.reason}）。"), class_="failure")
    for line in wording.repeated(memo.documents):
        yield tag("p", text(line))
    for paper in found:
        yield results(paper)
    yield tag(
        "footer",
        tag("p", text(f"说明：{wording.UNVERIFIED}{memo.narrative_review.note}"))
        + tag("p", f"审核工具 {memo.tool.name} {text(memo.tool.version)}"),
    )


def _overview(found: list[Paper]) -> Iterator[str]:
    yield tag(
        "tr",
        "".join(
            tag("th", word)
            for word in ("序号", "项目", "自评", "核算", "不一致", "存疑", "模型提问", "无法核验")
        ),
    )
    for paper in found:
        report, counts = paper.report, paper.report.counts
        link = tag("a", text(wording.name(report)), href=f"#r{paper.number}")
        cells = [
            str(paper.number), link, text(report.self_score or "—"), text(report.recomputed_score or "—"),
            *map(str, (counts.inconsistent, counts.query, counts.model, counts.not_assessable)),
        ]  # fmt: skip
        yield tag("tr", "".join(tag("td", cell) for cell in cells))


def _tools(found: list[Paper]) -> Iterator[str]:
    """Filters. They are of no use without the script, which shows them."""
    entries = [entry for paper in found for entry in paper.entries]
    yield tag(
        "form",
        "".join([*_kinds(entries), *_menus(found, entries), _search(), _ticks()]),
        id="filters", role="search", hidden="",
    )  # fmt: skip
    yield tag("p", _KEYS, class_="keys")


def _kinds(entries: list[Entry]) -> Iterator[str]:
    counts = Counter(entry.kind for entry in entries if not entry.joined)
    for kind, word in KINDS.items():
        if counts[kind]:
            box = f'<input type="checkbox" name="kind" value="{kind}" checked>'
            yield tag("label", f"{box}{word} {counts[kind]}", class_=f"kind {kind}")


def _menus(found: list[Paper], entries: list[Entry]) -> Iterator[str]:
    rules = {entry.result.rule: entry.result.title for entry in entries}
    weights = {word: wording.SEVERITIES[word] for word in ("high", "medium", "low")}
    yield _menu("severity", "全部程度", weights)
    yield _menu("rule", "全部规则", {code: f"{code} {rules[code]}" for code in sorted(rules)})
    if len(found) > 1:
        names = {str(paper.number): paper.heading for paper in found}
        yield _menu("report", "全部报告", names)


def _menu(name: str, everything: str, options: dict[str, str]) -> str:
    first = tag("option", everything, value="")
    rest = "".join(tag("option", text(word), value=value) for value, word in options.items())
    return tag("select", first + rest, name=name, aria_label=everything)


def _search() -> str:
    return (
        '<input type="search" name="words" placeholder="查找结果" aria-label="查找结果" autocomplete="off">'
        '<output id="shown" aria-live="polite"></output>'
    )


def _ticks() -> str:
    return tag("label", '<input type="checkbox" name="ticks" checked>核对标记 ✓')
