"""Whether two quantities are spoken of in the same words."""

from __future__ import annotations

from functools import lru_cache

from auditor.facts.quantity import Quantity
from auditor.language import word

_WORD = 2  # characters: most Chinese words have two


@lru_cache(maxsize=4096)
def pairs_of(name: str) -> frozenset[str]:
    """The pairs of neighbouring characters of a name, without those that stand beside any number."""
    return frozenset(
        piece[at : at + _WORD] for piece in word("names_nothing").split(name) for at in range(len(piece) - 1)
    )


def words_of(quantity: Quantity) -> frozenset[str]:
    """The pairs of neighbouring characters before and behind a number that name something."""
    return pairs_of(quantity.head) | pairs_of(quantity.tail)


def share_words(one: Quantity, other: Quantity) -> bool | None:
    """Whether they share a word; None where `one` has none of its own."""
    own = words_of(one)
    return bool(own & words_of(other)) if own else None


def in_one_breath(first: Quantity, second: Quantity) -> bool:
    """Whether two numbers, in the order of the text, are told with hardly a word between: "17%和12%"."""
    same = first.passage is second.passage
    return same and word("joins_two").fullmatch(first.passage.text, first.end, second.start) is not None


def names_another(words: str, *others: Quantity) -> bool:
    """Whether the words before a rate or a step name a thing of its own that none of the numbers it would
    be made of is told in: "一级2310人、二级4418人，重度残疾人占"."""
    said = "".join(one.clause for one in others)
    return len(words) >= _WORD and not any(
        words[at : at + _WORD] in said for at in range(len(words) - _WORD + 1)
    )


def said_before(quantity: Quantity) -> str:
    """The words of its clause before a number, years left out: "由2022年的124家" says "由"."""
    start = quantity.structure.clause_span(quantity.start)[0]
    return word("year_told").sub("", quantity.passage.text[start : quantity.start])
