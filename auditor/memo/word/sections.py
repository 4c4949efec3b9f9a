"""Sections of the written document: every letter starts a page, a wide annex lies on its side."""

from __future__ import annotations

from copy import deepcopy

from auditor.memo.word import look
from auditor.memo.word.xml import Element, qn, w

_EDGES = (qn("w:headerReference"), qn("w:footerReference"))


class Sections:
    """Makes section ends after the one that the template closes with.

    Headers and footers are named once and inherited: LibreOffice prints those that are named again
    twice. Only a template with sections of its own (`inner`) needs them named each time.
    """

    def __init__(self, page: Element, several: bool, inner: bool) -> None:
        self._page, self._several, self._inner = page, several, inner
        self._named = False

    def end(self, annex: bool = False, landscape: bool = False) -> Element:
        """A paragraph that ends a section: of the letter itself, or of its annex."""
        section = deepcopy(self._page)
        _drop(section, "w:type")
        if annex:
            _drop(section, "w:titlePg", "w:pgNumType")
        elif self._several:
            _restart(section)
        if landscape:
            _replace(section, look.page_size(landscape=True))
            _replace(section, look.margins(look.ANNEX_MARGINS))
        self._name_edges(section, annex)
        return w("p", w("pPr", w("spacing", before=0, after=0, line=20, lineRule="exact"), section))

    def begin_page(self, target: Element) -> None:
        """The letter before ends its section here, unless its annex just did."""
        if not _ends_section(target[-2]):
            target.insert(len(target) - 1, self.end())

    def close(self, target: Element) -> None:
        """An annex that nothing follows becomes the last section itself: no empty page behind it."""
        end = target[-2] if len(target) > 1 else None
        if end is not None and _ends_section(end):
            section = end[0].find(qn("w:sectPr"))
            target.remove(end)
            target.replace(self._page, section)
        else:
            if self._several:
                _restart(self._page)
            self._name_edges(self._page, annex=False)

    def _name_edges(self, section: Element, annex: bool) -> None:
        if annex or (self._named and not self._inner):
            for found in section.findall(_EDGES[0]) + section.findall(_EDGES[1]):
                section.remove(found)
        self._named = True


def _ends_section(element: Element) -> bool:
    return bool(element.findall(f"{qn('w:pPr')}/{qn('w:sectPr')}"))


def _drop(section: Element, *tags: str) -> None:
    for tag in tags:
        for found in section.findall(qn(tag)):
            section.remove(found)


def _restart(section: Element) -> None:
    """Pages are counted from 1 again."""
    numbers = section.find(qn("w:pgNumType"))
    if numbers is None:
        numbers = w("pgNumType")
        place = section.find(qn("w:pgMar"))
        section.insert(0 if place is None else section.index(place) + 1, numbers)
    numbers.set(qn("w:start"), "1")


def _replace(section: Element, measure: Element) -> None:
    old = section.find(measure.tag)
    if old is None:
        section.append(measure)
    else:
        section.replace(old, measure)
