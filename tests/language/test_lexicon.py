"""Every word of the lexicon finds its own examples and leaves its counter-examples alone."""

from __future__ import annotations

import pytest

from auditor.language import lexicon

EXAMPLES = [(name, text, True) for name, entry in lexicon.words().items() for text in entry.yes] + [
    (name, text, False) for name, entry in lexicon.words().items() for text in entry.no
]


@pytest.mark.parametrize(("name", "text", "found"), EXAMPLES)
def test_examples(name: str, text: str, found: bool) -> None:
    expression = lexicon.word(name)
    whole = name.startswith(
        ("col_", "ind_", "label_of_", "label_lead", "base_of_")
    )  # labels are matched whole
    assert bool(expression.fullmatch(text) if whole else expression.search(text)) is found


def test_every_entry_has_both_kinds_of_examples() -> None:
    assert [
        name
        for name, entry in lexicon.words().items()
        if not entry.yes or not (entry.no or word_matches_nothing(name))
    ] == []


def word_matches_nothing(name: str) -> bool:
    """Whether it is an entry of idle words, which the empty text is one of."""
    return bool(lexicon.word(name).fullmatch(""))


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(KeyError):
        lexicon.word("no_such_word")
