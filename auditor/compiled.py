"""Regular expressions of the program, compiled once for a machine and not once for each start.

Python keeps the byte code of a module beside it (`__pycache__`) and compiles its regular expressions anew every
time; hundreds of them are most of what a start costs. `compiled` keeps their code in one file in the same place
and under the same rules: nothing is written where Python writes no byte code (`PYTHONDONTWRITEBYTECODE`, a folder
that may not be written), another Python has another file, and a file that cannot be read is no file. An entry is
found by the whole expression and its flags, so it is never out of date.

Only for expressions of the program: what is made out of a report's words belongs into `re.compile`, for nothing
of a report is ever kept.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import re
import sys
from array import array
from functools import cache
from importlib import import_module
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING, Any, AnyStr

from auditor.first_characters import searching

_MOST = 4096
"""Expressions in the file; older ones are left out when there are more."""

_FORM = 2
"""Of the code that is kept: another number wherever the same expression is to have another code."""

_Key = tuple[Any, int]
_Entry = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""Flags, code, number of groups, their numbers by name, their names by number: what `_sre.compile` takes."""


def _engine() -> tuple[Any, Any, Any] | None:
    """The parts of `re` that make code and take it; None for a Python that has them no more."""
    try:
        taker, maker, parser = map(import_module, ("_sre", "re._compiler", "re._parser"))
    except ImportError:
        return None
    known = hasattr(maker, "_code") and array("I").itemsize == taker.CODESIZE
    return (taker, maker, parser) if known else None


class _Kept:
    """The file, read when it is first asked for."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.engine = _engine()
        self.mark = (sys.version, self.engine[0].MAGIC, _FORM) if self.engine else ()
        self.new: dict[_Key, _Entry] = {}
        self._old: dict[_Key, _Entry] | None = None

    @property
    def old(self) -> dict[_Key, _Entry]:
        if self._old is None:
            self._old = {}
            with contextlib.suppress(OSError, EOFError, ValueError, TypeError):
                mark, entries = marshal.loads(self.path.read_bytes() if self.path else b"")
                if mark == self.mark:
                    self._old = entries
        return self._old

    def pattern(self, expression: AnyStr, flags: int) -> re.Pattern[AnyStr]:
        if self.engine is None:
            return re.compile(expression, flags)
        key = (expression, flags)
        entry = self.old.get(key)
        if entry is not None:
            with contextlib.suppress(RuntimeError, TypeError, ValueError, OverflowError):
                return self._made(expression, entry)
        if not self.new:
            import_module("atexit").register(self.write)  # whoever compiles nothing leaves nothing
        self.new[key] = entry = self._compiled(expression, flags)
        return self._made(expression, entry)

    def _made(self, expression: AnyStr, entry: _Entry) -> re.Pattern[AnyStr]:
        assert self.engine
        flags, code, groups, index, names = entry
        made: re.Pattern[AnyStr] = self.engine[0].compile(
            expression, flags, array("I", code).tolist(), groups, index, names
        )
        return made

    def _compiled(self, expression: AnyStr, flags: int) -> _Entry:
        """As `re._compiler.compile` does it. Raises `re.error`."""
        assert self.engine
        _, compiler, parser = self.engine
        parsed = parser.parse(expression, flags)
        state = parsed.state
        names: list[str | None] = [None] * state.groups
        for name, number in state.groupdict.items():
            names[number] = name
        code = array("I", searching(compiler, parsed, flags)).tobytes()
        return flags | state.flags, code, state.groups - 1, dict(state.groupdict), tuple(names)

    def write(self) -> None:
        """What is new, with what was there; a write that fails is no matter."""
        if not self.new or self.path is None or sys.dont_write_bytecode:
            return
        entries = {**self.old, **self.new}
        spare = len(entries) - _MOST
        entries = dict(list(entries.items())[max(spare, 0) :])
        self._old, self.new = entries, {}
        aside = self.path.with_name(f"{self.path.name}.{os.getpid()}")
        with contextlib.suppress(OSError):
            self.path.parent.mkdir(exist_ok=True)
            aside.write_bytes(marshal.dumps((self.mark, entries)))
            aside.replace(self.path)


def _path() -> Path | None:
    try:
        return Path(cache_from_source(__file__)).with_suffix(".patterns")
    except NotImplementedError:  # a Python without byte code files
        return None


_KEPT = _Kept(_path())


def compiled(expression: AnyStr, flags: int | re.RegexFlag = 0) -> re.Pattern[AnyStr]:
    """The compiled expression, equal to `re.compile(expression, flags)`, the same object whenever it is asked for: it
    may stand where it is used. Raises `re.error`."""
    return _KEPT.pattern(expression, int(flags))


if not TYPE_CHECKING:
    compiled = cache(compiled)


def keep() -> None:
    """Writes down what this process had to compile; it does so itself where it comes to an end of its own."""
    _KEPT.write()
