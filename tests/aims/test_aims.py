"""Aims told in one place and claimed in another as reached, in wordings that served for the rules and in others."""

from __future__ import annotations

import pytest

from tests.aims.generate import asked, made

_FOUND = {False: 100, True: 83}
"""Missed aims found of a hundred, in wordings that served for the rules (False) and in those held out (True). Only
ever raised."""


@pytest.mark.parametrize("held", [False, True])
def test_a_missed_aim_that_is_told_as_reached_is_asked_about(held: bool) -> None:
    reports = list(made("outcomes", held=held, missed=True))
    found = [any(one.wrong in message for message in asked(one)) for one in reports]
    silent = [one.text for one, is_found in zip(reports, found, strict=True) if not is_found]
    assert sum(found) * 100 >= _FOUND[held] * len(reports), silent[:3]


@pytest.mark.parametrize("held", [False, True])
def test_an_aim_that_was_reached_is_not_asked_about(held: bool) -> None:
    assert [message for one in made("outcomes", held=held, missed=False) for message in asked(one)] == []


@pytest.mark.parametrize("held", [False, True])
def test_an_aim_that_is_owned_to_be_missed_is_not_asked_about(held: bool) -> None:
    assert [message for one in made("admitted", held=held, missed=True) for message in asked(one)] == []
