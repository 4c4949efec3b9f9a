"""Jobs for the pool's tests: what a hostile file makes a reader do."""

from __future__ import annotations

import ctypes
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from auditor.isolation import started


def echo(value: object) -> Iterator[object]:
    yield value


def count(number: int) -> Iterator[int]:
    yield from range(number)


def spin() -> Iterator[int]:
    yield 1
    while True:
        pass


def eat() -> Iterator[int]:
    kept = [bytearray(50_000_000) for _ in range(1000)]
    yield len(kept)


def crash() -> Iterator[int]:
    yield 1
    ctypes.string_at(0)


def fail() -> Iterator[int]:
    yield 1
    raise RuntimeError("坏\n了")


def chatter() -> Iterator[int]:
    os.write(1, b"noise on standard output")
    print("more")
    yield 1


def forged() -> Iterator[object]:
    yield _Evil()


class _Evil:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("touch forged",)


def child(place: str) -> Iterator[int]:
    process = subprocess.Popen(["sleep", "60"], start_new_session=True)
    started(process.pid)
    Path(place).write_text(str(process.pid))
    yield 1
    time.sleep(60)


def who() -> Iterator[int]:
    yield os.getpid()


def waits(seconds: float) -> Iterator[int]:
    """As if the processor were busy with other things."""
    time.sleep(seconds)
    yield 1
