"""Values: what is made once, never changed, and made by the thousand.

A frozen dataclass pays for each field of each object that nobody may set again: a fifth of a microsecond. `frozen`
leaves that watch to the type checker, which holds it at no cost: what it makes has fields, equality and a hash like a
frozen dataclass, and mypy refuses whoever assigns to one.

A dataclass also writes and compiles the source of four methods of its own, hundreds of classes' at every start. Of
these only the making of an object is worth it; that a value equals another, its hash and its picture are told from
its fields by functions that all classes share.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, Generic, TypeVar, cast, dataclass_transform, overload

_Class = TypeVar("_Class")
_Told = TypeVar("_Told")


@overload
@dataclass_transform(frozen_default=True)
def frozen(cls: type[_Class], /) -> type[_Class]: ...
@overload
@dataclass_transform(frozen_default=True)
def frozen(*, slots: bool = False, eq: bool = True) -> Callable[[type[_Class]], type[_Class]]: ...
def frozen(cls: type | None = None, /, *, slots: bool = False, eq: bool = True) -> Any:
    """A dataclass whose fields are set once. Without `eq` each is equal to itself alone: what stands at a place of
    its own is looked for by the object, not by all that it holds."""
    if cls is None:
        return lambda own: _made(own, slots, eq)
    return _made(cls, slots, eq)


def _made(cls: type, slots: bool, eq: bool) -> type:
    made: Any = dataclass(cls, repr=False, eq=False, slots=slots)
    own = vars(cls)
    told = [field.name for field in fields(made) if field.compare]
    values = _values(told)

    def equal(self: Any, other: Any) -> Any:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    if eq and "__eq__" not in own:
        made.__eq__ = equal
    if eq and "__hash__" not in own:
        made.__hash__ = lambda self: hash(values(self))
    if "__repr__" not in own:
        made.__repr__ = _shown
    return cast(type, made)


def _values(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    """What reads these attributes of an object."""
    return attrgetter(*names) if len(names) > 1 else lambda one: tuple(getattr(one, name) for name in names)


def _shown(one: Any) -> str:
    """As a dataclass shows itself."""
    told = (f"{field.name}={getattr(one, field.name)!r}" for field in fields(one) if field.repr)
    return f"{type(one).__qualname__}({', '.join(told)})"


def through(path: str, kind: type[_Told]) -> _Told:
    """What a value says of itself because a part of it does: `text = through("view.text", str)` is a property that
    returns `self.view.text`, and takes no call of Python's own to do it."""
    return cast(_Told, property(attrgetter(path)))


class lazy(Generic[_Told]):
    """As `functools.cached_property`, without the lock that it takes each time before Python 3.12: no two threads
    ask one report."""

    def __init__(self, work: Callable[[Any], _Told]) -> None:
        self._work, self._name, self.__doc__ = work, "", work.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, one: None, owner: type) -> lazy[_Told]: ...
    @overload
    def __get__(self, one: object, owner: type) -> _Told: ...
    def __get__(self, one: object | None, owner: type) -> Any:
        if one is None:
            return self
        told = one.__dict__[self._name] = self._work(one)
        return told
