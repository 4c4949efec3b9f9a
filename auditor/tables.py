"""Tables of words as data (TOML), read once for a machine and not once for each start.

Python keeps the byte code of a module beside it and reads a TOML file anew every time, by a parser written in Python.
What was read of a folder is kept in one file in the place where byte code is kept and under the same rules: nothing is
written where Python writes no byte code, another Python has another file, a file that cannot be read is no file, and
one that was changed (its size, its time) is read again.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import sys
import tomllib
from collections.abc import Mapping
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

Tables = Mapping[str, Mapping[str, Any]]
"""What stands in each file of a folder, by the file's name."""


def tables_in(folder: Path) -> Tables:
    """Every TOML file of the folder, in the order of their names. Raises `tomllib.TOMLDecodeError`."""
    files = sorted(folder.glob("*.toml"))
    mark = (sys.version, [(one.name, one.stat().st_mtime_ns, one.stat().st_size) for one in files])
    place = _place(folder)
    if place is not None:
        with contextlib.suppress(OSError, EOFError, ValueError, TypeError):
            known, read = marshal.loads(place.read_bytes())
            if known == mark:
                kept: Tables = read
                return kept
    read = {one.name: tomllib.loads(one.read_text("utf-8")) for one in files}
    if place is not None and not sys.dont_write_bytecode:
        aside = place.with_name(f"{place.name}.{os.getpid()}")
        with contextlib.suppress(OSError, ValueError):  # ValueError: a date, which `marshal` does not know
            place.parent.mkdir(parents=True, exist_ok=True)
            aside.write_bytes(marshal.dumps((mark, read)))
            aside.replace(place)
    return read


def _place(folder: Path) -> Path | None:
    try:
        return Path(cache_from_source(str(folder / "tables.py"))).with_suffix(".tables")
    except NotImplementedError:  # a Python without byte code files
        return None
