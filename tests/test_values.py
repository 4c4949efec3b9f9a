"""Values are equal, hashed and shown as dataclasses are."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from auditor.values import frozen


@dataclass(frozen=True)
class Plain:
    name: str
    parts: tuple[int, ...] = ()
    aside: str = field(default="", compare=False, repr=False)


@frozen
class Same:
    name: str
    parts: tuple[int, ...] = ()
    aside: str = field(default="", compare=False, repr=False)


@frozen(slots=True)
class Single:
    name: str


@frozen
class Nothing:
    pass


def test_a_value_is_what_its_fields_are() -> None:
    one, other = Same("路灯", (1, 2), "a"), Same("路灯", (1, 2), "b")
    assert one == other
    assert hash(one) == hash(other) == hash(Plain("路灯", (1, 2)))
    assert one != replace(one, name="水渠")
    assert one != Plain("路灯", (1, 2))  # type: ignore[comparison-overlap]
    assert repr(one) == repr(Plain("路灯", (1, 2))).replace("Plain", "Same")


def test_of_one_field_and_of_none() -> None:
    assert Single("路灯") == Single("路灯") != Single("水渠")
    assert len({Single("路灯"), Single("路灯"), Single("水渠")}) == 2
    assert not hasattr(Single("路灯"), "__dict__")
    assert Nothing() == Nothing()
    assert hash(Nothing()) == hash(Nothing())
