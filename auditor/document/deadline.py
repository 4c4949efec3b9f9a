"""A time limit for readers: a file made to keep a program busy is given up, not waited for."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from auditor.document.errors import UnreadableFile


class _TooLong(BaseException):
    """Raised inside the reader's own thread; no `except Exception` of a library swallows it."""


@contextmanager
def deadline(seconds: float, path: str) -> Iterator[None]:
    """Raises `UnreadableFile` when the block takes longer. Python code is stopped between two
    instructions, on every system and in every thread; a call into C is stopped when it returns."""
    thread = threading.get_ident()
    lock = threading.Lock()
    done = fired = False

    def stop() -> None:
        nonlocal fired
        with lock:
            if not done:
                fired = True
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(_TooLong))

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        yield
        with lock:
            done = True
            if fired:  # it came too late: the exception set for this thread is taken back
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), None)
    except _TooLong:
        raise UnreadableFile(path, f"读取超过 {seconds:.0f} 秒，文件结构异常，已放弃") from None
    finally:
        done = True
        timer.cancel()
