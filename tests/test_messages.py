"""What every rule says is pinned word for word; `python -m scripts.messages --update` after a rewording."""

from __future__ import annotations

import pytest

from auditor.rules.catalogue import Entry, catalogue
from scripts.messages import PINNED, page


@pytest.mark.parametrize("entry", catalogue(), ids=lambda entry: entry.rule.code)
def test_a_rule_says_what_is_pinned(entry: Entry) -> None:
    pinned = PINNED / f"{entry.rule.code}.md"
    assert pinned.is_file(), "python -m scripts.messages --update"
    assert page(entry) == pinned.read_text(encoding="utf-8")


def test_every_page_belongs_to_a_rule() -> None:
    assert {path.stem for path in PINNED.glob("*.md")} == {entry.rule.code for entry in catalogue()}
