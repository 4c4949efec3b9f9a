"""Raised characters: "m²" keeps its exponent, and the mark of a footnote never becomes a digit of the number before it."""

from __future__ import annotations

from auditor.compiled import compiled

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MARK = compiled(r"\s*(?:[\[(（【〔]\s*)?(\d{1,2})\s*(?:[\])）】〕]\s*)?")


def raised(text: str) -> str:
    """The text as it stands above the line; brackets of a footnote's number go."""
    mark = _MARK.fullmatch(text)
    return (mark[1] if mark else text).translate(_RAISED)
