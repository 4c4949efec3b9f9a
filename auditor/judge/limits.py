"""How fast and how much may be sent: requests and tokens per minute, tokens per run."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from auditor.judge.call import NoAnswer

_MINUTE = 60


class Rate:
    """At most so many requests and tokens in any minute. 0 is no limit.

    A single request above the token limit waits for an empty minute, then goes.
    """

    def __init__(
        self,
        requests: int = 0,
        tokens: int = 0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.requests, self.tokens = requests, tokens
        self._clock, self._sleep = clock, sleep
        self._sent: deque[tuple[float, int]] = deque()
        self._held = float("-inf")
        self._lock = threading.Lock()

    def hold(self, seconds: float) -> None:
        """Nobody sends for so long: the endpoint asked for it."""
        with self._lock:
            self._held = max(self._held, self._clock() + seconds)

    def wait(self, tokens: int) -> None:
        """Returns when a request of that size may go, and counts it."""
        while True:
            with self._lock:
                now = self._clock()
                pause = self._pause(now, tokens)
                if pause <= 0:
                    self._sent.append((now, tokens))
                    return
            self._sleep(pause)

    def _pause(self, now: float, tokens: int) -> float:
        while self._sent and self._sent[0][0] <= now - _MINUTE:
            self._sent.popleft()
        pause = self._held - now
        if self.requests and len(self._sent) >= self.requests:
            pause = max(pause, self._sent[-self.requests][0] + _MINUTE - now)
        if self.tokens and self._sent:
            room = self.tokens - tokens - sum(size for _, size in self._sent)
            for sent, size in self._sent:
                if room >= 0:
                    break
                room += size
                pause = max(pause, sent + _MINUTE - now)
        return pause


class Budget:
    """The tokens of a run. A call that might not fit is not sent, nor is any after it."""

    def __init__(self, limit: int = 0) -> None:
        self.limit, self.used, self.closed = limit, 0, False
        self._reserved = 0
        self._changed = threading.Condition()

    @contextmanager
    def spend(self, estimate: int) -> Iterator[Callable[[int], None]]:
        """Keeps `estimate` aside; the block calls what it gets with the tokens really spent.

        Waits for calls under way, which mostly take less than was kept for them.
        Raises `NoAnswer` when the budget does not allow the call.
        """
        with self._changed:
            while self._over(estimate) and self._reserved and not self.closed:
                self._changed.wait()
            if self.closed or self._over(estimate):
                self.closed = True
                self._changed.notify_all()
                raise NoAnswer(f"本次用量限 {self.limit} 个词元，已用 {self.used}，余量不足，未再发送")
            self._reserved += estimate
        try:
            yield self._spent
        finally:
            with self._changed:
                self._reserved -= estimate
                self._changed.notify_all()

    def _over(self, estimate: int) -> bool:
        return self.limit > 0 and self.used + self._reserved + estimate > self.limit

    def _spent(self, tokens: int) -> None:
        with self._changed:
            self.used += tokens
