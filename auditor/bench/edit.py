"""Changes to the text of a document, and how a number is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from auditor.compiled import compiled
from auditor.document import Span, View
from auditor.figures import Figure

_NUMBER = compiled(r"\d[\d,]*(?:\.\d+)?")


class Edit(NamedTuple):
    """`span` of the document text is replaced by `text`."""

    span: Span
    text: str


def apply(text: str, edits: Iterable[Edit]) -> tuple[str, list[Span]]:
    """The changed text, and where each edit now stands. Raises `ValueError` where two overlap."""
    pieces: list[str] = []
    places: list[Span] = []
    at = length = 0
    for (start, end), new in sorted(edits):
        if start < at:
            raise ValueError("edits overlap")
        pieces += [text[at:start], new]
        length += start - at
        places.append(Span(length, length + len(new)))
        length += len(new)
        at = end
    return "".join([*pieces, text[at:]]), places


def digits(figure: Figure) -> Span:
    """Where the bare number of the figure stands: "983.25" of "983.25万元"."""
    match = _NUMBER.search(figure.raw)
    if match is None:
        return figure.span
    return figure.view.span(figure.start + match.start(), figure.start + match.end())


def rewritten(figure: Figure, number: str) -> Edit:
    """The figure with another number, its unit as it was."""
    return Edit(digits(figure), number)


def written(value: Decimal, like: Figure, decimals: int | None = None) -> str:
    """`value` with the decimals and the thousands commas of another figure."""
    places = like.decimals if decimals is None else decimals
    return f"{value:,.{places}f}" if "," in like.digits else f"{value:.{places}f}"


def swap(first: View | Span, second: View | Span, text: str) -> tuple[Edit, Edit]:
    """The two places of the document text exchanged."""
    one = first if isinstance(first, Span) else first.span()
    two = second if isinstance(second, Span) else second.span()
    return Edit(one, text[two.start : two.end]), Edit(two, text[one.start : one.end])


def digits_swapped(number: str) -> Iterator[str]:
    """Every number that differs by two neighbouring digits in the other order."""
    for at in range(len(number) - 1):
        first, second = number[at], number[at + 1]
        if first.isdigit() and second.isdigit() and first != second:
            yield number[:at] + second + first + number[at + 2 :]


def digit_dropped(number: str) -> Iterator[str]:
    """Every number that lacks one digit, without the thousands commas that no longer fit."""
    plain = number.replace(",", "")
    for at, char in enumerate(plain):
        rest = plain[:at] + plain[at + 1 :]
        if char.isdigit() and re.fullmatch(r"\d+(?:\.\d+)?", rest):
            yield rest


def point_moved(number: str) -> Iterator[str]:
    """The number with its decimal point one place to the left and to the right."""
    plain = number.replace(",", "")
    whole, point, fraction = plain.partition(".")
    if not point:
        return
    if len(whole) > 1:
        yield f"{whole[:-1]}.{whole[-1]}{fraction}"
    if len(fraction) > 1 and whole != "0":
        yield f"{whole}{fraction[0]}.{fraction[1:]}"


def sensible(number: str) -> bool:
    """Whether anybody would write the number so: no leading zero."""
    return re.fullmatch(r"(?:0|[1-9][\d,]*)(?:\.\d+)?", number) is not None
