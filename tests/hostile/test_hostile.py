"""Every hostile input is read or refused, in time, within its memory, and in one clear sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.isolation import Pool
from tests.hostile.run import MEGABYTES, meet, names

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/status").exists(),
    reason="no /proc: time and memory of hostile files are NOT checked",
)
_LOADED = 4
"""The limit is by the clock; a machine that does other work beside the tests takes longer to act on it."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool() as opened:
        yield opened


def test_there_are_enough() -> None:
    assert len(names()) >= 120


@pytest.mark.parametrize(("kind", "name"), names(), ids=[f"{kind}-{name}" for kind, name in names()])
def test_is_read_or_refused(pool: Pool, kind: str, name: str, tmp_path: Path) -> None:
    found = meet(kind, name, pool, tmp_path)
    assert found.read or found.said
    assert found.seconds <= _LOADED * found.allowed
    assert found.processor <= 1.5 * found.allowed
    assert found.megabytes <= MEGABYTES
    for sentence in found.said:
        assert re.search(r"[\u4e00-\u9fff]{3}", sentence)
        assert not _CONTROL.search(sentence)
        assert "Traceback" not in sentence
