"""Counts told with others that are no parts of theirs: sent and back, heads of a team without a number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from auditor.compiled import compiled
from auditor.facts.quantities import sentence_start
from auditor.facts.quantity import Quantity
from auditor.language import word


def more_back(sentence: Sequence[Quantity]) -> Iterator[tuple[Quantity, Quantity]]:
    """Forms sent out, and more of them that came back."""
    for sent, back in pairwise(sentence):
        told = (
            sent.unit == back.unit
            and word("survey_sent").search(sent.head)
            and word("survey_back").match(back.head.lstrip("，,"))
        )
        if told and sent.base.below(back.base) and not sent.figure.is_vague:
            yield sent, back


def heads_unnumbered(run: list[Quantity], whole: Quantity) -> bool:
    """Whether the list begins with persons told by office, each of them one: "局长任组长，3名副局长…"."""
    short = whole.figure.amount - sum((part.figure.amount for part in run), Decimal(0))
    text = run[0].passage.text
    told = text[sentence_start(text, run[0].start) : run[0].start]
    if (
        whole.unit != "名"
        or not short > 0
        or not word("an_office").search(told + text[run[0].end : run[-1].end])
    ):
        return False
    return short <= len(
        [piece for piece in compiled("[、，,]").split(told) if piece and not compiled(r"\d").search(piece)]
    )
