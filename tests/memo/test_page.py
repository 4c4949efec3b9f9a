"""The HTML page as text: every quote in place, no word of a report as mark-up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from auditor.document import Document, Span
from auditor.document.fold import fold, view
from auditor.document.model import Block, Cell, Paragraph, Row, Table
from auditor.document.open import read_bytes
from auditor.memo import WRITERS, Material, build
from auditor.memo.escape import visible
from auditor.memo.page.entries import Entry, papers
from auditor.memo.page.marks import Marks
from auditor.memo.page.reading import reading
from auditor.pipeline import run
from auditor.rules.catalogue import catalogue
from tests.formats.form import Part, form
from tests.formats.write import as_docx, as_html, as_xlsx
from tests.samples import ROOT
from tests.test_memo import FORGERY, everything, memo_of

SHOWN = sorted([*(ROOT / "examples").glob("*.txt"), *(ROOT / "tests" / "layouts").glob("*_broken.txt")])


class Page(HTMLParser):
    """Tags with their attributes, and what stands in each mark."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.marks: list[tuple[dict[str, str | None], str]] = []
        self._inside: dict[str, str | None] | None = None
        self._words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "mark":
            self._inside, self._words = dict(attrs), ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "mark" and self._inside is not None:
            self.marks.append((self._inside, self._words))
            self._inside = None

    def handle_data(self, data: str) -> None:
        self._words += data


def page_of(*paths: Path) -> tuple[str, Material]:
    outcome = run(paths, catalogue())
    material = Material(build(outcome), [audited.document for audited in outcome.documents])
    text = WRITERS["html"](material)
    assert isinstance(text, str)
    return text, material


def _bare(text: str) -> str:
    """Words alone: no white space, no separators of cells, no mark of a heading."""
    return "".join(char for char in fold(text) if not char.isspace() and char not in "|#*")


@pytest.mark.parametrize("path", SHOWN, ids=lambda path: path.stem)
def test_every_quote_is_marked_with_its_own_words(path: Path) -> None:
    text, material = page_of(path)
    (document,) = material.documents
    marked: dict[str, list[tuple[int, str]]] = {}
    for attributes, words in Page(text).marks:
        for number in (attributes["data-of"] or "").split():
            marked.setdefault(number, []).append((int(attributes["data-start"] or ""), words))
    for paper in papers(material.memo):
        for entry in paper.entries:
            for one in entry.result.evidence:
                own = [words for start, words in marked[str(entry.at)] if one.start <= start < one.end]
                expected = view(fold(document.text), one.start, one.end).text
                assert _bare("".join(own)) == _bare(visible(expected)) != ""


@pytest.mark.parametrize("write", [as_docx, as_xlsx, as_html], ids=lambda write: write.__name__)
def test_other_file_formats_are_marked_as_well(write: Callable[[list[Part]], bytes], tmp_path: Path) -> None:
    path = tmp_path / f"表.{write.__name__.removeprefix('as_')}"
    path.write_bytes(write(form(ROOT / "examples" / "01-national.txt")))
    test_every_quote_is_marked_with_its_own_words(path)
    assert any(attributes.get("rowspan") for _, attributes in Page(page_of(path)[0]).tags)


def test_entries_are_those_of_the_memo_each_once() -> None:
    text, material = page_of(*SHOWN[:4])
    ids = [attributes["id"] for tag, attributes in Page(text).tags if tag == "article" and "id" in attributes]
    results = [
        result.fingerprint
        for document in material.memo.documents for report in document.reports for result in report.every()
    ]  # fmt: skip
    entries = [entry for paper in papers(material.memo) for entry in paper.entries]
    assert ids == [f"c{at}" for at in range(len(results))]
    assert Counter(entry.result.fingerprint for entry in entries) == Counter(results)


@pytest.mark.parametrize(
    ("spans", "pieces"),
    [
        ([], [("甲乙丙丁戊", [])]),
        ([(0, 5)], [("甲乙丙丁戊", [0])]),
        ([(1, 3)], [("甲", []), ("乙丙", [0]), ("丁戊", [])]),
        ([(0, 3), (2, 5)], [("甲乙", [0]), ("丙", [0, 1]), ("丁戊", [1])]),
        ([(0, 5), (1, 2)], [("甲", [0]), ("乙", [0, 1]), ("丙丁戊", [0])]),
        ([(1, 3), (1, 3)], [("甲", []), ("乙丙", [0, 1]), ("丁戊", [])]),
        ([(0, 2), (2, 4)], [("甲乙", [0]), ("丙丁", [1]), ("戊", [])]),
    ],
)
def test_overlapping_quotes_become_stretches_of_several_entries(
    spans: list[tuple[int, int]], pieces: list[tuple[str, list[int]]]
) -> None:
    document = _document(Paragraph(view("甲乙丙丁戊", 0, 5)), text="甲乙丙丁戊")
    marks = Marks(document, _quoting(document, *(Span(*span) for span in spans)))
    block = document.blocks[0]
    assert isinstance(block, Paragraph)
    found = [(piece.text, [entry.at for entry in piece.entries]) for piece in marks.pieces(block.view)]
    assert found == pieces


def test_a_quote_outside_every_block_is_shown_by_itself() -> None:
    text = "甲乙\n-----\n丙丁"
    document = _document(Paragraph(view(text, 0, 2)), Paragraph(view(text, 9, 11)), text=text)
    told = "".join(reading(1, document, Marks(document, _quoting(document, Span(3, 8)))))
    assert told.index("甲乙") < told.index('class="stray"') < told.index("-----") < told.index("丙丁")


def test_merged_cells_fill_the_grid() -> None:
    text = "ABCDE"
    cell = [view(text, at, at + 1) for at in range(5)]
    rows = (
        Row((Cell(cell[0], 0, 0, rowspan=2), Cell(cell[1], 0, 1, colspan=2), Cell(cell[2], 0, 3)), 4, 0),
        Row((Cell(cell[3], 1, 2),), 4, 1),
        Row((Cell(cell[4], 3, 3),), 4, 3),
    )
    document = _document(Table(rows, 1), text=text)
    told = Page("".join(reading(1, document, Marks(document, []))))
    cells = [
        (attributes.get("rowspan"), attributes.get("colspan"))
        for tag, attributes in told.tags if tag == "td" and attributes.get("class") != "line"
    ]  # fmt: skip
    merged = [("2", None), (None, "2"), (None, None)]
    assert cells == [*merged, *[(None, None)] * 3, *[(None, None)] * 4]


def test_report_text_forges_no_structure() -> None:
    def page(text: str, result: str) -> Page:
        memo = memo_of(text, *everything(result))
        told = WRITERS["html"](Material(memo, [read_bytes(text.encode(), "甲.txt")]))
        assert isinstance(told, str)
        return Page(told)

    honest = page("甲项目绩效自评报告\n完成。\n", "完成。")
    forged = page(FORGERY, FORGERY)
    assert {tag for tag, _ in forged.tags} <= {tag for tag, _ in honest.tags} | {"caption", "tbody"}
    assert {name for _, attributes in forged.tags for name in attributes} <= {
        name for _, attributes in honest.tags for name in attributes
    } | {"rowspan", "colspan"}
    assert all(
        attributes[name] in ("", "#r1")
        for _, attributes in forged.tags for name in ("src", "href", "style", "onclick") if name in attributes
    )  # fmt: skip


def test_needs_nothing_else() -> None:
    text, _ = page_of(ROOT / "examples" / "01-national.txt")
    tags = Page(text).tags
    (policy,) = [attributes["content"] for _, attributes in tags if "http-equiv" in attributes]
    assert (policy or "").startswith("default-src 'none'; ")
    assert "unsafe" not in (policy or "")
    assert not [tag for tag, attributes in tags if "src" in attributes or tag == "link"]
    assert "http://" not in text
    assert "https://" not in text


def test_charts_only_where_there_is_data() -> None:
    drawn, _ = page_of(ROOT / "examples" / "01-national.txt")
    assert "预算与支出（万元）" in drawn
    assert "核算与自评不同的 1 项；核算相符 8 项，未核算 4 项" in drawn
    narrative, _ = page_of(ROOT / "examples" / "02-narrative.txt")
    assert "<svg" not in narrative


def _document(*blocks: Block, text: str) -> Document:
    return Document("甲.txt", "0" * 64, "text/plain", text, blocks)


def _quoting(document: Document, *spans: Span) -> list[Entry]:
    """One entry for each span, all of one kind."""
    _, material = page_of(ROOT / "examples" / "01-national.txt")
    (report,) = material.memo.documents[0].reports
    template = report.results[0]
    return [
        Entry(at, f"一.{at}", template.model_copy(update={"evidence": [_evidence(document, span)]}))
        for at, span in enumerate(spans)
    ]


def _evidence(document: Document, span: Span) -> object:
    from auditor.memo.model import Evidence, Locator

    place = Locator(line=1, page=None, table=None, row=None, col=None)
    return Evidence(quote=document.quote(span), start=span.start, end=span.end, locator=place)


def test_no_line_numbers_of_the_extracted_text() -> None:
    """A person finds a place by its row, its column, its page or its sentence."""
    shown, _ = page_of(SHOWN[0])
    assert "data-line" not in shown
    assert 'class="line"' not in shown
