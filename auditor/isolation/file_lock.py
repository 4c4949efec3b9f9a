"""One process at a time: a lock that the system takes back when its holder dies."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PAUSE = 0.05


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Within the block no other process that asks for the lock on `path` runs its own.

    The lock is a hidden empty file beside `path`, which goes when the block ends. Raises `OSError` where
    none can be made.
    """
    beside = path.with_name(f".{path.name}.lock")
    while True:
        number = os.open(beside, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            _take(number)
            # The one before may have removed the file while this process waited for it.
            if _is_at(number, beside):
                break
        except BaseException:
            os.close(number)
            raise
        os.close(number)
    try:
        yield
    finally:
        with suppress(OSError):  # Windows keeps a file that is open
            beside.unlink()
        os.close(number)


def _is_at(number: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(number), path.stat())
    except OSError:
        return False


def _take(number: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        while True:
            with suppress(OSError):
                msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
                return
            time.sleep(_PAUSE)
    else:
        import fcntl

        fcntl.flock(number, fcntl.LOCK_EX)
