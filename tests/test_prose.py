"""The short run of what docs/accuracy.md measures of running text."""

from __future__ import annotations

from tests.prose.measure import clean_reports, measure, wordings
from tests.prose.recipes import RECIPES, TITLES


def test_every_wording_has_a_recipe_and_every_recipe_a_title() -> None:
    assert {one.kind for one in wordings()} == set(RECIPES) == set(TITLES)


def test_slips_in_known_wordings_are_found() -> None:
    tallies = measure(held_out=False, times=1).values()
    assert sum(one.false for one in tallies) == 0
    assert sum(one.found for one in tallies) * 10 >= sum(one.planted for one in tallies) * 9


def test_nothing_right_is_called_wrong() -> None:
    for held_out in (False, True):
        false, asked, said = clean_reports(8, held_out)
        assert false == 0, said
        assert asked * 10 <= 8 * 3, said
