"""First characters change what an expression costs, and nothing of what it finds."""

from __future__ import annotations

import re
from re import _compiler as compiler  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.compiled import compiled
from auditor.first_characters import searching

TOLD = {
    r"(?<!不)(?:合计|总计)": "合总",
    r"(?:年度)?(?:预算|支出)+数": "年预支",
    r"\b(?P<n>甲|[一-七])(?=戊)": "甲一丁丂七",
    r"(?:a|(?i:k))\d": "akK\u212a\u0130\u0131\u017f",
    r"(?>甲+)乙": "甲",
    r"(?:甲{2,3}|乙*丙)丁": "甲乙丙",
    r"(?<=\d)(?:\d|\s|元)万": "0９\u3000 \n元",
}
UNTOLD = (
    r"甲乙",  # a literal: known to the engine
    r"[甲乙]丙",
    r"甲|乙",
    r"(?:甲)?(?:乙)*",  # may be empty
    r"(?:[^甲]|乙)丙",
    r"(?:.|乙)丙",
    r"(?:\w|(?:乙))丙",
    r"(?P<n>甲)?(?P=n)丙",
    r"(?i:(?:é|k))丙",
    r"(?:[\u4e00-\u9fff]|(?:k))丙",
)
ALL = [chr(code) for code in (*range(0x10000), 0x20000)]


def begins(expression: str) -> str | None:
    """What the head of its code says an attempt is worth while at; None for nothing."""
    parsed = parser.parse(expression)
    code = searching(compiler, parsed, 0)
    if code == compiler._code(parsed, 0):
        return None
    skip = code[1]
    signs = code[5 : skip + 1]
    head = [compiler.INFO, 4, 0, 1, 1, compiler.IN, len(signs) + 1, *signs, compiler.SUCCESS]
    alone = compiler._sre.compile("", re.UNICODE.value, list(map(int, head)), 0, {}, (None,))
    return "".join(char for char in ALL if alone.match(char))


@pytest.mark.parametrize("expression", TOLD)
def test_what_it_begins_with(expression: str) -> None:
    found = begins(expression)
    assert found is not None
    assert set(TOLD[expression]) <= set(found)
    assert set(found) - set(TOLD[expression]) <= {char for char in ALL if char.isdecimal() or char.isspace()}


@pytest.mark.parametrize("expression", UNTOLD)
def test_nothing_is_told_where_it_helps_nothing_or_is_not_known(expression: str) -> None:
    assert begins(expression) is None


@pytest.mark.parametrize("expression", [*TOLD, *UNTOLD])
@given(text=st.text(alphabet="甲乙丙丁戊合计总年度预算支出数akKKſıİ0９ \u3000元万不é\U00020000", max_size=30))
@settings(max_examples=60, deadline=None)
def test_finds_what_re_finds(expression: str, text: str) -> None:
    ours, theirs = compiled(expression), re.compile(expression)
    assert [each.regs for each in ours.finditer(text)] == [each.regs for each in theirs.finditer(text)]
    for method in ("search", "match", "fullmatch"):
        assert str(getattr(ours, method)(text)) == str(getattr(theirs, method)(text))
    assert ours.split(text) == theirs.split(text)
    assert ours.sub("·", text) == theirs.sub("·", text)


@given(text=st.text(alphabet="aAkKKſsSıİiI<bBr/> ", max_size=12))
@settings(max_examples=200, deadline=None)
def test_case_counts_for_nothing_where_it_is_told_so(text: str) -> None:
    expression = r"(?<!x)(?:</?(?:b|br)>|(?:s|k|i)a)"
    ours, theirs = compiled(expression, re.IGNORECASE), re.compile(expression, re.IGNORECASE)
    assert [each.span() for each in ours.finditer(text)] == [each.span() for each in theirs.finditer(text)]
