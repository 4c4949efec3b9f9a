"""WordprocessingML elements in few words: `w("jc", val="center")`."""

from __future__ import annotations

from typing import NamedTuple

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from auditor.memo.escape import one_line

__all__ = ["Element", "Own", "own_texts", "qn", "run", "safe", "w"]


def w(tag: str, *children: Element | None, **attributes: str | int) -> Element:
    """An element of the main namespace; a child that is None is left out."""
    element: Element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    element.extend(child for child in children if child is not None)
    return element


def safe(text: str) -> str:
    """`text` on one line, without any character that XML forbids."""
    return one_line(text)


class Own(NamedTuple):
    """Our own words, whose blanks are kept."""

    text: str


def run(text: str | Own, properties: Element | None = None) -> Element:
    """A run of that text, safe whatever it says."""
    words = w("t")
    words.text = text.text if isinstance(text, Own) else safe(text)
    words.set(qn("xml:space"), "preserve")
    return w("r", properties, words)


def own_texts(paragraph: Element) -> list[Element]:
    """The text elements of a paragraph; those of paragraphs inside it (text boxes) are not its own."""
    tag = qn("w:p")
    return [text for text in paragraph.iter(qn("w:t")) if next(text.iterancestors(tag), None) is paragraph]
