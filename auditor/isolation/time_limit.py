"""A limit on the processor time of a call: what takes too long is given up in its midst."""

from __future__ import annotations

import ctypes
import signal
import threading
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


class OutOfTime(Exception):
    """The call took longer than it may."""


class _Stop(BaseException):
    """Raised inside the call; no `except Exception` there swallows it."""


def within(seconds: float, work: Callable[[], T]) -> T:
    """What `work` returns. Raises `OutOfTime` when it takes more processor time than that.

    In the main thread the system's own timer interrupts even a regular expression. In other threads, and
    on Windows, a second thread does it by the clock, between two instructions of Python.
    Calls are not nested: the inner one would end the limit of the outer.
    """
    main = threading.current_thread() is threading.main_thread()
    return (_by_signal if main and hasattr(signal, "setitimer") else _by_thread)(seconds, work)


def _by_signal(seconds: float, work: Callable[[], T]) -> T:
    running = True

    def stop(*_: Any) -> None:
        if running:  # not when the signal was on its way as the work ended
            raise _Stop

    before = signal.signal(signal.SIGPROF, stop)
    try:
        signal.setitimer(signal.ITIMER_PROF, max(seconds, 0.001))
        try:
            return work()
        finally:
            running = False
            signal.setitimer(signal.ITIMER_PROF, 0)
    except _Stop:
        raise OutOfTime from None
    finally:
        signal.signal(signal.SIGPROF, before)


def _by_thread(seconds: float, work: Callable[[], T]) -> T:
    thread = ctypes.c_ulong(threading.get_ident())
    interrupt = ctypes.pythonapi.PyThreadState_SetAsyncExc
    lock = threading.Lock()
    running = True

    def stop() -> None:
        with lock:
            if running:
                interrupt(thread, ctypes.py_object(_Stop))

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        found = work()
        with lock:
            running = False
        interrupt(thread, None)  # one that was set as the work ended is taken back
        return found
    except _Stop:
        raise OutOfTime from None
    finally:
        running = False
        timer.cancel()
