"""Every example of the word tables: what is marked ‹…› is masked, nothing else is."""

from __future__ import annotations

import re
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from auditor.bench.leaks import measure
from auditor.bench.privacy_corpus import cases
from auditor.bench.privacy_odd import odd_cases
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
    told = measure(cases(seed=7, each=20))
    assert told.lines >= 1000
    assert told.leaked.total() == 0, told.examples[:5]


@pytest.mark.parametrize("seed", [7, 8])
def test_whatever_stands_between_label_and_name(seed: int) -> None:
    """Another seed than the page's. What is left stands behind a label that holds groups or deeds as well, and is shown."""
    told = measure(odd_cases(seed, each=8))
    assert told.lines >= 600
    assert told.leaked.total() <= told.values.total() // 100, told.examples[:5]


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


LINES = tomllib.loads((Path(__file__).parent / "lines.toml").read_text(encoding="utf-8"))
_IDLE = re.compile(r"[\s()（）.-]+")


def _leaked(line: list[str]) -> list[str]:
    text, *values = line
    sent = _IDLE.sub("", Masker(text).mask(text))
    return [value for value in values if _IDLE.sub("", value) in sent]


@pytest.mark.parametrize("line", LINES["masked"], ids=lambda line: line[0][:16])
def test_no_value_of_a_line_leaves(line: list[str]) -> None:
    assert _leaked(line) == []


@pytest.mark.parametrize("line", LINES["shown"], ids=lambda line: line[0][:16])
def test_what_leaves_is_shown_before(line: list[str]) -> None:
    assert set(_leaked(line)) <= set(perhaps_names(line[0], study(line[0])))


@pytest.mark.parametrize(
    "piece", ["负责人：王强、", "三班 王丽 ", "姓名 高兴 ", "阿依古丽", "支付给", "审批："]
)
def test_time_grows_with_the_text(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        began = time.process_time()
        perhaps_names(text, study(text))
        return time.process_time() - began

    seconds(100)
    assert seconds(40_000) <= 8 * seconds(10_000) + 0.5
