"""Values: what is made once, never changed, and made by the thousand.

A frozen dataclass pays for each field of each object that nobody may set again: a fifth of a microsecond. `frozen`
leaves that watch to the type checker, which holds it at no cost: what it makes has fields, equality and a hash like a
frozen dataclass, and mypy refuses whoever assigns to one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, dataclass_transform, overload

_Class = TypeVar("_Class")
_Told = TypeVar("_Told")


@overload
@dataclass_transform(frozen_default=True)
def frozen(cls: type[_Class], /) -> type[_Class]: ...
@overload
@dataclass_transform(frozen_default=True)
def frozen(*, slots: bool = False) -> Callable[[type[_Class]], type[_Class]]: ...
def frozen(cls: type | None = None, /, *, slots: bool = False) -> Any:
    """A dataclass whose fields are set once."""
    made = dataclass(unsafe_hash=True, slots=slots)
    return made if cls is None else made(cls)


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
