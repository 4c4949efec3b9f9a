"""Where texts are cut."""

from __future__ import annotations

import pytest

from auditor.language import cut


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("甲。乙;丙。", ["甲", "乙;丙", ""]),
        ("捞起1,100吨,运走2吨", ["捞起1,100吨,运走2吨"]),
        ("甲\n乙", ["甲", "乙"]),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    structure = cut(text)
    starts = [0, *(stop + 1 for stop in structure.stops)]
    assert [text[slice(*structure.sentence_span(at))] for at in starts] == sentences


@pytest.mark.parametrize(
    ("text", "word", "clause"),
    [
        ("捞起1,100吨,运走2吨", "吨,运", "捞起1,100吨"),
        ("共30户,其中:甲10户", "10", "甲10户"),
        ("按4:6分担,省4万元", "分担", "按4:6分担"),
        ("共30户(甲10户、乙20户)", "20", "乙20户"),
    ],
)
def test_clauses(text: str, word: str, clause: str) -> None:
    assert text[slice(*cut(text).clause_span(text.index(word)))] == clause


@pytest.mark.parametrize(
    ("text", "word", "depth"),
    [
        ("甲(乙)丙", "甲", 0),
        ("甲(乙)丙", "乙", 1),
        ("甲(乙)丙", "丙", 0),
        ("(甲(乙))", "乙", 2),
        ("甲)乙", "乙", 0),
        ("(甲\n乙", "乙", 0),
    ],
)
def test_depth(text: str, word: str, depth: int) -> None:
    assert cut(text).depth(text.index(word)) == depth


def test_outside_leaves_out_deeper_brackets() -> None:
    text = "甲10户(乙(丙)丁)戊"
    assert cut(text).outside(0, len(text)) == "甲10户戊"
    assert cut(text).outside(5, 10) == "乙丁"


def test_semicolons_part_a_sentence() -> None:
    text = "甲1户;乙2户。丙"
    assert text[slice(*cut(text).part_span(6))] == "乙2户"
    assert cut(text).closing(0) == len(text)
