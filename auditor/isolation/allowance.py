"""What work in a worker may say about itself: that it needs more time or memory for a known reason (pages
to recognise, a conversion), and which processes it has started. Outside a worker nothing happens."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from auditor.isolation.limits import Limits

Tell = Callable[[str, float], None]

_MB = 1024 * 1024
_PROGRAM = 64
"""MB of the program itself, which is mapped from files and counts as memory but not as data."""
_OUT_OF_MEMORY = 77
"""Exit status of a worker that found itself too large."""
_PER_ITEM = 0.2
"""Seconds that each answer adds to a job's time: the members of an archive are files of their own."""
PATIENCE = 3
"""How many times its seconds a job may take by the clock where it has not had them of a busy processor."""
_KERNEL_GRACE = 5.0
"""Seconds after which the kernel itself ends a worker whose parent has not: it may have died."""


class _Own:
    """The allowance of this process; `tell` is set in a worker alone."""

    tell: Tell | None = None
    limits = Limits()
    deadline = 0.0
    processor = float("inf")  # of `process_time`, when what the job may use of it is used up
    most = 0  # bytes, where the system does not enforce it


def extend(seconds: float) -> None:
    """Moves the time limit of the running job."""
    if _Own.tell is not None:
        _Own.deadline += seconds
        _alarm()
        _Own.tell("more", seconds)


def started(group: int) -> None:
    """Tells of a process group that has to end with this worker."""
    if _Own.tell is not None:
        _Own.tell("group", group)


@contextmanager
def scanning(pages: int) -> Iterator[None]:
    """Recognising so many pages has a budget of its own, of time and of memory."""
    extend(pages * float(_Own.limits.scan_seconds))
    began = time.process_time()
    try:
        with more_memory():
            yield
    finally:
        _Own.processor += time.process_time() - began


def processor_left() -> float:
    """Processor seconds that the running job may still use on what it answers next; without end outside a worker."""
    return _Own.processor - time.process_time()


@contextmanager
def more_memory() -> Iterator[None]:
    """Within the block the process, and what it starts, may take as much memory as for a scanned page."""
    if _Own.tell is None:
        yield
        return
    _limit(max(_Own.limits.megabytes, _Own.limits.scan_megabytes))
    try:
        yield
    finally:
        _limit(_Own.limits.megabytes)


def confine(limits: Limits, tell: Tell) -> None:
    """Makes this process a worker under these limits."""
    _Own.tell, _Own.limits = tell, limits
    most = max(limits.megabytes, limits.scan_megabytes)
    if sys.platform == "win32":
        from auditor.isolation import windows

        windows.confine(most * _MB)
    elif sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_DATA, (most * _MB, most * _MB))
    _limit(limits.megabytes)
    if sys.platform != "linux":  # macOS accepts the limit and ignores it
        threading.Thread(target=_watch, daemon=True).start()


def begin(seconds: float) -> None:
    """A job begins that may take so long."""
    _Own.deadline = time.monotonic() + seconds
    _Own.processor = time.process_time() + seconds
    _alarm()


def answered(seconds: float) -> None:
    """One answer is given; the next, to be found in as much processor time, may take a little longer by the clock."""
    extend(_PER_ITEM)
    _Own.processor = time.process_time() + seconds


def end() -> None:
    """The job is done."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, 0)


def _alarm() -> None:
    if hasattr(signal, "setitimer"):
        signal.setitimer(
            signal.ITIMER_REAL, PATIENCE * max(_Own.deadline - time.monotonic(), 0.001) + _KERNEL_GRACE
        )


def _limit(megabytes: int) -> None:
    _Own.most = (megabytes - _PROGRAM) * _MB
    if sys.platform == "linux":
        import resource

        with suppress(ValueError):  # a lower one is set already, from outside
            resource.setrlimit(resource.RLIMIT_DATA, (_Own.most, resource.getrlimit(resource.RLIMIT_DATA)[1]))


def _watch() -> None:
    import os

    while True:
        time.sleep(0.05)
        if peak() > _Own.most:
            os._exit(_OUT_OF_MEMORY)


def peak() -> int:
    """The most memory that this process has taken, in bytes; 0 where the system does not say."""
    if sys.platform == "linux":  # getrusage would tell what the parent had taken when it forked
        with suppress(OSError), open("/proc/self/status", "rb") as status:
            for line in status:
                if line.startswith(b"VmHWM:"):
                    return int(line.split()[1]) * 1024
    if sys.platform == "darwin":
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return 0
