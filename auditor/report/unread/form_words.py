"""The labels of forms in circulation (form_words.toml), and whether a table is one of a form."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from auditor.compiled import compiled
from auditor.document.fold import fold
from auditor.report.labels import clean, column_of, line_of, role_of, sums_up

SENTENCE = compiled(r"[。！？；，]|,(?!\d)")
_BREATHLESS, _NAMED = 90, 4
"""A stretch of so many characters without a mark of a sentence, with so many labels and figures, is no prose."""
_FIGURE = compiled(r"\d+(?:\.\d+)?")
_WORD = 3  # characters of a label that is none of running text too
_VALUED = ("target", "actual", "completion", "weight", "score", "score rate", "review", "pair", "pair back")
_COLUMNS = (*_VALUED, "reason")


@cache
def _words() -> dict[str, list[str]]:
    data = tomllib.loads(Path(__file__).with_name("form_words.toml").read_text("utf-8"))
    return {kind: [fold(word) for word in data[kind]] for kind in ("heads", "rows")}


@cache
def _known() -> frozenset[str]:
    return frozenset(word for words in _words().values() for word in words)


@cache
def _row_words() -> frozenset[str]:
    """Labels of rows that stand in no table but a form: 合计 stands in any."""
    return frozenset(word for word in _words()["rows"] if not sums_up(word))


@cache
def _run() -> re.Pattern[str]:
    """Labels one behind the other with nothing between, and a money label with figures glued to it."""
    words = sorted(_known(), key=len, reverse=True)
    label = "|".join(map(re.escape, words))
    rows = "|".join(map(re.escape, sorted(_words()["rows"], key=len, reverse=True)))
    return compiled(
        rf"(?:(?:{label})[\s|:]*){{4,}}|(?:(?:{label}):?\d[\d,]*(?:\.\d+)?%?(?:其中:?)?){{2,}}(?:{label})|(?:{rows}):?\d[\d.,%]{{7,}}(?![\d.,%万亿元])"
    )


@cache
def _labels() -> re.Pattern[str]:
    return compiled("|".join(map(re.escape, sorted(_known(), key=len, reverse=True))))


def is_label(text: str) -> bool:
    """Whether a short text is a label of forms in circulation ("全年预算数", "总分", "产出指标（50分）")."""
    text = clean(text)
    if text in _known():
        return True
    return len(text) >= _WORD and (role_of(text) is not None or column_of(text) in _COLUMNS)


def makes_form(labels: Iterable[str], names: Iterable[str]) -> bool:
    """Whether a table is one of a form, by the labels of its columns and the names of its rows: two labels of forms,
    or bare words of columns ("指标 | 目标 | 实际") of which one stands over values; rows that only forms have, or two
    that are named like columns (a table on its side)."""
    labels, names = list(labels), list(names)
    if sum(map(is_label, labels)) >= 2 or any(clean(name) in _row_words() for name in names):
        return True
    known = [label for label in labels if column_of(label) is not None or role_of(label) is not None]
    heads = sum(column_of(label) is not None for label in labels[:1])
    return (len(known) >= 2 and any(map(_over_values, known))) or heads + sum(map(_names_values, names)) >= 2


def _over_values(label: str) -> bool:
    role = role_of(label)
    return column_of(label) in _VALUED or (role is not None and len(clean(label)) >= _WORD)


def _names_values(name: str) -> bool:
    return is_label(name) and _over_values(name) and line_of(name) is None


def is_run_together(text: str) -> bool:
    """Whether a text without blanks is cells run together: labels side by side, or so long a stretch without
    any mark of a sentence that holds labels and figures as no sentence does."""
    found = _run().search(text)
    if found is not None and not SENTENCE.search(text, *found.span()):
        return True
    for stretch in SENTENCE.split(text):
        if len(stretch) >= _BREATHLESS:
            labels = {match.group() for match in _labels().finditer(stretch)}
            if len(labels) >= _NAMED and len(_FIGURE.findall(stretch)) >= _NAMED:
                return True
    return False
