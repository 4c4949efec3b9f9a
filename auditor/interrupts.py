"""Ctrl-C that nothing can swallow.

Python raises `KeyboardInterrupt` wherever the main thread happens to be; in a finaliser, in a callback of the
collector or beside another exception that is on its way it is printed or replaced, and the run goes on. That it
came is therefore remembered, and long work asks between two of its steps.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class _Came:
    """Whether Ctrl-C was pressed and has not ended anything yet."""

    now = False


def _remember(number: int, frame: FrameType | None) -> None:
    _Came.now = True
    raise KeyboardInterrupt


@contextmanager
def remembered() -> Iterator[None]:
    """Within the block Ctrl-C is remembered. Where it is ignored (nohup) or somebody else's, it stays so."""
    main = threading.current_thread() is threading.main_thread()
    if not main or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    _Came.now = False
    signal.signal(signal.SIGINT, _remember)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def check() -> None:
    """Raises `KeyboardInterrupt` if it was raised before and swallowed: to be called between two steps."""
    if _Came.now and threading.current_thread() is threading.main_thread():
        _Came.now = False
        raise KeyboardInterrupt
