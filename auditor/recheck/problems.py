"""Findings of one cause are one problem, as in every memo: counted once, told under one number."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.recheck.model import Point, Status

_ORDER: tuple[Status, ...] = ("new", "open", "still_wrong", "only_conclusion", "not_assessable", "settled")


def problems(points: Sequence[Point]) -> list[Point]:
    """The leading findings, the others under theirs; what is left to do comes first.

    A problem of the old version is what its findings were there, whatever the new version counts them to;
    what only the new version has is a problem of its own.
    """
    groups: dict[tuple[bool, int | str], list[Point]] = {}
    for point in points:
        told = point.old or point.new
        assert told is not None
        groups.setdefault((point.old is not None, told.number or told.fingerprint), []).append(point)
    return sorted(map(_led, groups.values()), key=_urgency)


def _led(group: list[Point]) -> Point:
    """Led by what asks for most; by the one that led before where they are alike."""
    first, *others = sorted(group, key=lambda point: (not point.open, _urgency(point)))
    return first.model_copy(update={"related": others})


def _urgency(point: Point) -> int:
    return _ORDER.index(point.status)
