"""Rate and budget, on a clock that the test turns."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from auditor.judge.call import NoAnswer
from auditor.judge.limits import Budget, Rate


class Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.now += seconds


def sent_at(requests: int, tokens: int, sizes: list[int]) -> list[float]:
    time = Time()
    rate = Rate(requests, tokens, time.clock, time.sleep)
    moments = []
    for size in sizes:
        rate.wait(size)
        moments.append(time.now)
    return moments


@pytest.mark.parametrize(
    ("requests", "tokens", "sizes", "moments"),
    [
        (0, 0, [9] * 5, [0, 0, 0, 0, 0]),
        (2, 0, [9] * 5, [0, 0, 60, 60, 120]),
        (0, 100, [60, 40, 1, 60], [0, 0, 60, 60]),
        (0, 100, [500, 10, 500], [0, 60, 120]),
        (3, 100, [50, 50, 50, 50, 50], [0, 0, 60, 60, 120]),
    ],
)
def test_no_minute_holds_more(requests: int, tokens: int, sizes: list[int], moments: list[float]) -> None:
    assert sent_at(requests, tokens, sizes) == moments


def test_all_hold_when_the_endpoint_asks() -> None:
    time = Time()
    rate = Rate(clock=time.clock, sleep=time.sleep)
    rate.hold(7)
    rate.wait(1)
    assert time.now == 7


def test_many_threads_share_one_minute() -> None:
    time, lock = Time(), threading.Lock()

    def sleep(seconds: float) -> None:
        with lock:
            time.now += seconds

    rate = Rate(10, 0, time.clock, sleep)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(rate.wait, [1] * 30))
    assert time.now >= 120


class TestBudget:
    def test_without_a_limit_everything_goes(self) -> None:
        budget = Budget()
        with budget.spend(10**9) as spent:
            spent(5)
        assert budget.used == 5

    def test_what_was_not_used_is_given_back(self) -> None:
        budget = Budget(100)
        for _ in range(5):
            with budget.spend(60) as spent:
                spent(10)
        assert budget.used == 50
        with pytest.raises(NoAnswer, match="已用 50"), budget.spend(60):
            pass

    def test_closed_is_closed(self) -> None:
        budget = Budget(100)
        with pytest.raises(NoAnswer), budget.spend(101):
            pass
        with pytest.raises(NoAnswer), budget.spend(1):
            pass

    def test_failures_give_back_what_they_held(self) -> None:
        budget = Budget(100)
        for _ in range(3):
            with pytest.raises(KeyError), budget.spend(90):
                raise KeyError
        assert (budget.used, budget.closed) == (0, False)

    def test_waits_for_calls_under_way(self) -> None:
        """Two that seem too much together fit one after the other."""
        budget, entered = Budget(100), threading.Event()

        def first() -> None:
            with budget.spend(80) as spent:
                entered.set()
                threading.Event().wait(0.2)
                spent(20)

        with ThreadPoolExecutor(1) as pool:
            running = pool.submit(first)
            entered.wait()
            with budget.spend(80) as spent:
                spent(20)
            running.result()
        assert budget.used == 40
