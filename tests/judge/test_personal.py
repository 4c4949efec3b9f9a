"""Every example of the word tables: what is marked ‹…› is masked, nothing else is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from auditor.bench.leaks import measure
from auditor.judge.mask import Masker
from auditor.judge.personal.study import Knowledge, found_in, perhaps_names, study
from auditor.judge.personal.words import table

_MARK = re.compile("[‹›]")


def _examples() -> Iterator[tuple[str, str]]:
    for name in ("names", "numbers", "parties"):
        for key, entry in table(name).items():
            entries: list[Any] = entry if isinstance(entry, list) else [entry]
            for one in entries:
                for example in one.get("examples", ()):
                    yield f"{name}.{key}", example


def marked(text: str) -> str:
    out, reached = [], 0
    for one in found_in(text, Knowledge()):
        out += [text[reached : one.start], "‹", text[one.start : one.end], "›"]
        reached = one.end
    return "".join([*out, text[reached:]])


@pytest.mark.parametrize(("source", "example"), list(_examples()), ids=lambda value: value[:16])
def test_examples(source: str, example: str) -> None:
    assert marked(_MARK.sub("", example)) == example


def test_nothing_of_the_corpus_leaks() -> None:
    """1,160 pieces by another seed than the page's; `python -m scripts.privacy` prints the page."""
    told = measure(seed=7, each=20)
    assert told.lines >= 1000
    assert told.leaked.total() == 0, told.examples[:5]


def test_a_name_learned_in_one_file_is_known_in_the_unit() -> None:
    first = study("填报人：李月娥")
    assert (
        Masker("走访时李月娥介绍", study("走访时李月娥介绍") | first).mask("走访时李月娥介绍")
        == "走访时⟦姓名1⟧介绍"
    )


def test_what_may_be_a_name_is_listed() -> None:
    text = "项目由李月娥牵头，周敏敏参与，高度重视。填报人：王强"
    assert list(perhaps_names(text, study(text))) == ["周敏敏"]


def test_found_by_place_however_the_text_was_folded() -> None:
    """Where a value stands is known by its offset: the folded text need not show it again."""
    text = "负责人：逯 明"
    masker = Masker(text)
    assert masker.mask("责人逯明", [1, 2, 4, 6]) == "责人⟦姓名1⟧"
