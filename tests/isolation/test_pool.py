"""The pool: whatever a job does, it costs one job and no more than it may."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from auditor.isolation import Answers, Job, Limits, OutOfTime, Pool, within

LIMITS = Limits(seconds=Decimal(4), megabytes=200, scan_megabytes=200)


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(LIMITS) as opened:
        yield opened


def job(name: str, *arguments: object) -> Job:
    return Job(f"tests.isolation.jobs:{name}", arguments)


@pytest.mark.parametrize(
    ("name", "items", "stopped"),
    [
        ("spin", [1], "超过 4 秒"),
        ("eat", [], "内存超过 200 MB"),
        ("crash", [1], "中途退出"),
        ("fail", [1], "内部错误（RuntimeError: 坏 了）"),
        ("chatter", [1], ""),
        ("forged", [], "中途退出"),
        ("nothing_of_that_name", [], "内部错误"),
    ],
)
def test_one_job_is_lost(pool: Pool, name: str, items: list[int], stopped: str) -> None:
    answers = pool.ask(job(name))
    assert answers.items == items
    assert stopped in answers.stopped
    assert bool(stopped) == bool(answers.stopped)
    assert pool.ask(job("echo", "甲")) == Answers(["甲"])


def test_what_a_worker_sends_is_not_run(pool: Pool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    pool.ask(job("forged"))
    assert not Path("forged").exists()


def test_a_worker_is_used_again(pool: Pool) -> None:
    assert pool.ask(job("who")).items == pool.ask(job("who")).items != [os.getpid()]


@pytest.mark.parametrize("count", [1, 2])
def test_answers_come_in_the_order_of_the_jobs(count: int) -> None:
    with Pool(LIMITS, count) as several:
        jobs = [job("spin") if number == 3 else job("echo", number) for number in range(20)]
        answers = list(several.run(jobs))
    assert [one.items for one in answers] == [[1] if n == 3 else [n] for n in range(20)]


def test_what_a_worker_has_started_ends_with_it(pool: Pool, tmp_path: Path) -> None:
    answers = pool.ask(job("child", str(tmp_path / "pid")))
    assert "超过" in answers.stopped
    pid = int((tmp_path / "pid").read_text())
    for _ in range(50):
        state = Path(f"/proc/{pid}/stat")
        if not state.exists() or ") Z " in state.read_text():
            return
        time.sleep(0.1)
    raise AssertionError(f"{pid} is still running")


def test_a_closed_pool_has_no_processes() -> None:
    with Pool(LIMITS) as opened:
        (pid,) = opened.ask(job("who")).items
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no interval timers here")
def test_a_call_is_given_up_after_its_time() -> None:
    import re

    def slow() -> None:
        try:
            re.fullmatch(r"(a*)*b", "a" * 40)
        except Exception:
            raise AssertionError("swallowed") from None

    with pytest.raises(OutOfTime):
        within(0.2, slow)
    assert within(5, lambda: 7) == 7
    with pytest.raises(KeyError):
        within(5, lambda: {"a": 1}["x"])


def test_a_call_is_given_up_in_other_threads_too() -> None:
    from concurrent.futures import ThreadPoolExecutor

    def slow() -> None:
        while True:
            pass

    with ThreadPoolExecutor(1) as threads:
        with pytest.raises(OutOfTime):
            threads.submit(within, 0.2, slow).result(30)
        assert threads.submit(within, 5, lambda: 7).result(30) == 7


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the clock decides")
def test_a_worker_that_was_given_no_time_is_waited_for() -> None:
    with Pool(Limits(seconds=Decimal(2), seconds_per_mb=Decimal(0))) as pool:
        waited, given_up = pool.ask(job("waits", 3.0)), pool.ask(job("waits", 30.0))
    assert (waited.items, waited.stopped) == ([1], "")
    assert given_up.stopped.startswith("超过 2 秒")
