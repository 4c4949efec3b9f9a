"""Free claims about planted slips: the program with them never finds less than either, and proves nothing by them."""

from __future__ import annotations

from tests.formats import claims as in_forms
from tests.prose import claims as in_prose
from tests.prose.claims import RELATIONS
from tests.prose.recipes import RECIPES


def test_every_kind_of_relation_is_one_that_is_drawn() -> None:
    assert set(RELATIONS) <= set(RECIPES)


def test_in_running_text() -> None:
    for held_out in (False, True):
        found = in_prose.total(in_prose.measured(held_out, 1, seed=11))
        assert found.lost == []
        assert found.false == 0
        assert found.both + found.rounded >= max(found.rules, found.model)
        assert found.both >= found.rules
        assert found.both > found.model - found.rounded
        assert found.ticks > 0
        # Eight relations by chance in each report: hardly one in ten reports is asked about for them.
        assert found.asked * 8 <= found.clean


def test_numbers_that_no_slip_explains() -> None:
    """Then only the words of a report speak for a relation: none that is meant is lost."""
    for held_out in (False, True):
        found = in_prose.total(in_prose.measured(held_out, 1, seed=12, gross=True))
        assert found.planted > found.rules
        assert found.lost == []


def test_in_forms() -> None:
    found = in_forms.measured("slice", 24)
    assert sum(one.planted for one in found.values()) >= 20
    for one in found.values():
        assert one.lost == []
        assert one.false == 0
        assert one.both >= one.rules
        assert one.both + one.rounded >= one.told
