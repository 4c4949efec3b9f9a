"""Content into a template: placeholders are replaced once, so that what a report says is never one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from io import BytesIO

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE

from auditor.compiled import compiled
from auditor.memo.word import look
from auditor.memo.word.paper import Paper
from auditor.memo.word.sections import Sections
from auditor.memo.word.template import default_body
from auditor.memo.word.xml import Element, own_texts, qn, safe, w
from auditor.values import frozen

_PLACEHOLDER = compiled(r"\{\{\s*(\w+)\s*\}\}")
_BODY, _ANNEX = "正文", "附件"
_BOOKMARKS = (qn("w:bookmarkStart"), qn("w:bookmarkEnd"))


@frozen
class Letter:
    """What is said in one document: words for the placeholders of a line, paragraphs and tables for
    {{正文}} and {{附件}}. The annex begins on a page of its own, a landscape one if it is wide; it stands `alone`
    where nobody is addressed and nothing is signed: of the template only page, styles, headers and footers
    remain."""

    words: Mapping[str, str]
    body: Sequence[Element]
    annex: Sequence[Element] = ()
    landscape: bool = False
    alone: bool = False


def fill(document: Document, letters: Sequence[Letter], say: Callable[[str], None]) -> bytes:
    """The template's body once for each letter, every one on a new page; `say` hears of placeholders
    that mean nothing."""
    target = document.element.body
    page = target.get_or_add_sectPr()
    pattern = _pattern(document)
    for element in list(target):
        if element is not page:
            target.remove(element)
    sections = Sections(page, several=len(letters) > 1, inner=any(map(_inner_sections, pattern)))
    unknown: dict[str, None] = {}
    for number, letter in enumerate(letters):
        if number:
            sections.begin_page(target)
        _write(letter, pattern, target, sections, unknown, first=not number)
    sections.close(target)
    _fill_edges(document, letters, unknown)
    for name in unknown:
        say(f"模板里的占位“{{{{{name}}}}}”不认识，原样保留")
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _pattern(document: Document) -> list[Element]:
    """The template's own elements, with a place for everything that has to be told."""
    body = document.element.body
    own = [element for element in body if element.tag != qn("w:sectPr")]
    blocks = {_block(paragraph) for paragraph in body.iter(qn("w:p"))}
    paper = Paper(document)
    if _BODY not in blocks:
        named = any(_PLACEHOLDER.search(_text(paragraph)) for paragraph in body.iter(qn("w:p")))
        whole = [element for element in default_body(paper) if not named or _block(element) == _BODY]
        own += [element for element in whole if _block(element) != _ANNEX]
    if _ANNEX not in blocks:
        own.append(paper.paragraph(look.BODY, f"{{{{{_ANNEX}}}}}"))
    return own


def _text(paragraph: Element) -> str:
    return "".join(text.text or "" for text in own_texts(paragraph))


def _block(paragraph: Element) -> str:
    """正文 or 附件 where the paragraph is nothing but that placeholder."""
    found = _PLACEHOLDER.fullmatch(_text(paragraph).strip()) if paragraph.tag == qn("w:p") else None
    return found[1] if found and found[1] in (_BODY, _ANNEX) else ""


def _write(
    letter: Letter, pattern: Sequence[Element], target: Element, sections: Sections,
    unknown: dict[str, None], first: bool,
) -> None:  # fmt: skip
    if letter.alone:
        for piece in letter.annex:
            _append(target, piece)
        _append(target, sections.end(landscape=letter.landscape))
        return
    for element in pattern:
        if _block(element) != _ANNEX:
            _write_element(letter, deepcopy(element), target, unknown, first)
        elif letter.annex:
            _append(target, sections.end())
            for piece in letter.annex:
                _append(target, piece)
            _append(target, sections.end(annex=True, landscape=letter.landscape))


def _write_element(
    letter: Letter, element: Element, target: Element, unknown: dict[str, None], first: bool
) -> None:
    _append(target, element)
    if not first:  # a bookmark's name stands for one place
        for mark in list(element.iter(*_BOOKMARKS)):
            mark.getparent().remove(mark)
    for paragraph in list(element.iter(qn("w:p"))):
        if block := _block(paragraph):
            for piece in letter.body if block == _BODY else letter.annex:
                paragraph.addprevious(piece)
            _remove(paragraph)
        else:
            substitute(own_texts(paragraph), letter.words, unknown)


def _append(target: Element, element: Element) -> None:
    """Behind everything but the section that closes the document."""
    target[-1].addprevious(element)


def _remove(paragraph: Element) -> None:
    """A table cell must not end up without a paragraph at its end."""
    cell = paragraph.getparent()
    before = paragraph.getprevious()
    if (
        cell.tag == qn("w:tc")
        and paragraph.getnext() is None
        and (before is None or before.tag == qn("w:tbl"))
    ):
        for child in list(paragraph):
            paragraph.remove(child)
    else:
        cell.remove(paragraph)


def _inner_sections(element: Element) -> bool:
    return next(element.iter(qn("w:sectPr")), None) is not None


def _fill_edges(document: Document, letters: Sequence[Letter], unknown: dict[str, None]) -> None:
    """Headers and footers, which several letters share: only what all of them say alike."""
    names = letters[0].words if letters else {}
    shared = {
        name: word if all(letter.words[name] == word for letter in letters) else ""
        for name, word in names.items()
    }
    for relation in document.part.rels.values():
        if relation.reltype in (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER):
            for paragraph in relation.target_part.element.iter(qn("w:p")):
                substitute(own_texts(paragraph), shared, unknown)


def substitute(texts: Sequence[Element], words: Mapping[str, str], unknown: dict[str, None]) -> None:
    """Placeholders in the pieces that Word has cut a paragraph into; what is put in is not read again."""
    whole = "".join(text.text or "" for text in texts)
    for match in reversed(list(_PLACEHOLDER.finditer(whole))):
        if match[1] not in words:
            unknown[match[1]] = None
            continue
        end = 0
        for piece in texts:
            said = piece.text or ""
            start, end = end, end + len(said)
            low, high = max(match.start(), start), min(match.end(), end)
            if low < high:
                put = words[match[1]].split("\n") if low == match.start() else [""]
                lines = list(map(safe, put))
                lines[0] = said[: low - start] + lines[0]
                lines[-1] += said[high - start :]
                _set_lines(piece, lines)


def _set_lines(piece: Element, lines: Sequence[str]) -> None:
    """A text element, and for every further line a break and another one behind it."""
    piece.text = lines[0]
    piece.set(qn("xml:space"), "preserve")
    for line in reversed(lines[1:]):
        more = w("t")
        more.text = line
        more.set(qn("xml:space"), "preserve")
        piece.addnext(more)
        piece.addnext(w("br"))
