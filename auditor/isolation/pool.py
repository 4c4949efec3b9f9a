"""The parent's side: workers that are started when needed, given one job after another, and ended when
they take too long. A worker that is lost takes one job with it."""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from auditor.isolation.allowance import PATIENCE
from auditor.isolation.frames import BrokenFrame, receive, send
from auditor.isolation.limits import Limits
from auditor.values import frozen

_STARTING = 120.0
"""Seconds for a worker to load the program: on a loaded machine with a cold disk."""
_AHEAD = 4
"""Jobs per worker whose answers may wait for their turn."""


@frozen
class Job:
    """`place` is "module:generator function"; `size` the bytes of the file it works on."""

    place: str
    arguments: tuple[Any, ...]
    size: int = 0


@dataclass
class Answers:
    """What a job yielded, and why it was stopped ("" if it came to its end), in Chinese."""

    items: list[Any] = field(default_factory=list)
    stopped: str = ""


class Pool:
    """Up to `count` workers under one set of limits. To be closed, or used as a context."""

    def __init__(self, limits: Limits | None = None, count: int = 1) -> None:
        self.limits = limits or Limits()
        self.count = max(1, count)
        self._idle: list[_Worker] = []
        self._busy: set[_Worker] = set()
        self._lock = threading.Lock()
        self._closed = False

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def run(self, jobs: Iterable[Job]) -> Iterator[Answers]:
        """The answers to each job, in the order of the jobs. Takes jobs only as fast as answers are taken."""
        if self.count == 1:
            yield from map(self.ask, jobs)
            return
        coming = iter(jobs)
        with ThreadPoolExecutor(self.count) as threads:
            try:
                waiting: deque[Future[Answers]] = deque(
                    threads.submit(self.ask, job) for job in islice(coming, self.count * _AHEAD)
                )
                while waiting:
                    yield waiting.popleft().result()
                    waiting.extend(threads.submit(self.ask, job) for job in islice(coming, 1))
            except GeneratorExit:  # nobody wants the rest
                threads.shutdown(wait=False, cancel_futures=True)
                raise
            except BaseException:  # Ctrl-C: what runs is ended, what waits is not begun
                threads.shutdown(wait=False, cancel_futures=True)
                self.close()
                raise

    def ask(self, job: Job) -> Answers:
        """One job. Threads may ask side by side."""
        with self._lock:
            if self._closed:
                return Answers(stopped="已中断")
            worker = self._idle.pop() if self._idle else _Worker(self.limits)
            self._busy.add(worker)
        try:
            answers = worker.ask(job, self.limits.reading(job.size))
        except BaseException:
            worker.end()
            raise
        finally:
            with self._lock:
                self._busy.discard(worker)
                if worker.alive and not self._closed:
                    self._idle.append(worker)
        return answers

    def pids(self) -> list[int]:
        """The processes at work or at rest."""
        with self._lock:
            return [worker.pid for worker in (*self._idle, *self._busy)]

    def close(self) -> None:
        """Ends every worker."""
        with self._lock:
            self._closed = True
            workers, self._idle = [*self._idle, *self._busy], []
        for worker in workers:
            worker.end()


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


_START = "import sys; sys.path[:] = {path!r}; from auditor.isolation.worker import main; main()"
WORKER = "--worker"
"""What a program file without a Python beside it (`sys.frozen`) is told, to be a worker and no command."""


_GIVE_BACK = {"MALLOC_MMAP_THRESHOLD_": str(4 * 1024 * 1024)}
"""To glibc: memory of this size is taken from the system by itself and given back when it is free. Recognising a page
takes a quarter less so. Other systems do not look at it."""


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, WORKER]
    return [sys.executable, "-c", _START.format(path=sys.path)]


class _Worker:
    """One process. It may end at any time, of itself or by our hand."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.alive = True
        self._groups: list[int] = []
        # A new session: Ctrl-C in the terminal does not reach it, and a kill reaches what it has started.
        self._process = subprocess.Popen(
            _command(),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True,
            env={**os.environ, **_GIVE_BACK},
        )  # fmt: skip
        _RUNNING.add(self)
        self._late = False
        self._allowed = 0.0
        self._greeted = False

    @property
    def pid(self) -> int:
        return self._process.pid

    def ask(self, job: Job, seconds: float) -> Answers:
        answers = Answers()
        self._groups.clear()
        source, sink = self._process.stdout, self._process.stdin
        assert source is not None
        assert sink is not None
        try:
            if not self._greeted:
                with self._watched(_STARTING):
                    send(sink, self.limits)
                    if receive(source, trusted=False) != ("ready", 0):
                        raise BrokenFrame
                self._greeted = True
            with self._watched(seconds):
                send(sink, (job.place, job.arguments, seconds))
                self._listen(source, answers)
        except (BrokenFrame, OSError, ValueError):  # ValueError: of a stream that was closed under our hands
            self.end()
            answers.stopped = self._why()
        return answers

    @contextmanager
    def _watched(self, seconds: float) -> Iterator[None]:
        """Ends the process when the block takes longer; the time may be extended meanwhile."""
        self._deadline = time.monotonic() + seconds
        self._allowed = seconds
        done = threading.Event()
        watch = threading.Thread(target=self._watch, args=(done,), daemon=True)
        watch.start()
        try:
            yield
        finally:
            done.set()
            watch.join()

    def _listen(self, source: Any, answers: Answers) -> None:
        while (message := receive(source, trusted=False)) is not None:
            kind, value = message
            if kind == "item":
                answers.items.append(value)
            elif kind == "more":
                self._deadline += value
                self._allowed += value
            elif kind == "group":
                self._groups.append(value)
            elif kind == "memory":
                answers.stopped = self._too_large
            elif kind == "broken":
                answers.stopped = f"发生内部错误（{value}）"
            else:
                if value:
                    self.end()
                return
        raise BrokenFrame

    @property
    def _too_large(self) -> str:
        return f"要用的内存超过 {self.limits.megabytes} MB，已放弃"

    def _why(self) -> str:
        if self._late:
            return f"超过 {self._allowed:.0f} 秒，文件结构异常，已放弃"
        return f"处理进程中途退出（内存超过 {self.limits.megabytes} MB，或文件结构异常），已放弃"

    def _watch(self, done: threading.Event) -> None:
        began, used = time.monotonic(), self._processor()
        while not done.wait(
            max(0.2 if self._waits(began, used) else 0.0, self._deadline - time.monotonic()) + 0.01
        ):
            if time.monotonic() > self._deadline and not self._waits(began, used):
                self._late = True
                self.end()
                return

    def _waits(self, began: float, used: float | None) -> bool:
        """Whether the machine, busy with other things, has not given the worker its time yet."""
        now = self._processor()
        if used is None or now is None:
            return False
        return now - used < self._allowed and time.monotonic() - began < PATIENCE * self._allowed

    def _processor(self) -> float | None:
        """Processor seconds that the worker has used; `None` where the system does not say."""
        try:
            with open(f"/proc/{self._process.pid}/stat", encoding="ascii", errors="replace") as told:
                fields = told.read().rpartition(")")[2].split()
        except OSError:
            return None
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def end(self) -> None:
        """Kills the process and what it has started; does nothing the second time."""
        if not self.alive:
            return
        self.alive = False
        _RUNNING.discard(self)
        if os.name == "posix":
            for group in (self._process.pid, *self._groups):
                with suppress(OSError):
                    os.killpg(group, signal.SIGKILL)
        else:
            self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()


_RUNNING: set[_Worker] = set()


@atexit.register
def _end_all() -> None:
    for worker in list(_RUNNING):
        worker.end()
