"""The live client against an endpoint that misbehaves: every call ends, in an answer or in a reason."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from auditor.judge.call import Call, NoAnswer, Reply
from auditor.judge.cassette import Cassettes, Replayer
from auditor.judge.client import LiveAsker
from auditor.judge.endpoint import ModelSettings
from auditor.judge.log import SentLog
from auditor.judge.wire import body
from tests.judge import fault
from tests.judge.conftest import NetworkBlocked, question
from tests.judge.fault import GOOD, Fault, FaultServer


def asker(**more: Any) -> LiveAsker:
    sleep = more.pop("sleep", time.sleep)
    parts = {name: more.pop(name) for name in ("record", "known", "log") if name in more}
    return LiveAsker(
        ModelSettings(**{"timeout": 2, "deadline": 8, "attempts": 4, **more}), sleep=sleep, **parts
    )


def reason(live: LiveAsker, call: Call | None = None) -> str:
    with pytest.raises(NoAnswer) as caught:
        live.ask(call or question())
    return caught.value.reason


def test_sends_the_call_and_nothing_else(server: FaultServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-of-this-test")
    call = question(parameters={"temperature": 0, "max_tokens": 50})
    reply = asker().ask(call)
    assert (reply.text, reply.model, reply.finish) == (GOOD, "m-2026", "stop")
    assert (reply.usage.prompt_tokens, reply.usage.completion_tokens, reply.usage.total) == (30, 12, 42)
    assert server.bodies == [body(call)]
    assert server.bodies[0]["response_format"]["json_schema"]["strict"] is True
    assert server.headers[0]["authorization"] == "Bearer sk-secret-of-this-test"


@pytest.mark.parametrize(
    ("name", "kind"), list(fault.faults()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_what_passes_is_tried_again(server: FaultServer, name: str, kind: Fault) -> None:
    server.plan = [kind, kind]
    live = asker()
    assert live.ask(question()).text == GOOD
    assert (live.tally.requests, live.tally.retries, server.requests) == (3, 2, 3)


def test_slow_answers_are_tried_again(server: FaultServer) -> None:
    server.plan = [fault.slow(5)]
    live = asker(timeout=1)
    started = time.monotonic()
    assert live.ask(question()).text == GOOD
    assert live.tally.requests == 2
    assert time.monotonic() - started < 4


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422])
def test_other_4xx_are_final(server: FaultServer, status: int) -> None:
    """A refusal that may be about the form is tried in the two looser forms, and then is final too."""
    server.plan = [fault.error(status)] * 4
    live = asker()
    assert f"返回 {status}" in reason(live)
    assert server.requests == (3 if status in (400, 422) else 1)


def test_a_spent_quota_is_final(server: FaultServer) -> None:
    server.plan = [fault.error(429, "insufficient_quota")]
    assert "额度已用完" in reason(asker())
    assert server.requests == 1


class TestRetryAfter:
    def test_seconds_are_waited(self, server: FaultServer) -> None:
        server.plan = [fault.busy("1")]
        asker().ask(question())
        assert server.times[1] - server.times[0] >= 1

    def test_a_date_is_waited_for(self, server: FaultServer) -> None:
        server.plan = [fault.busy(format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True))]
        asker().ask(question())
        assert 0.5 <= server.times[1] - server.times[0] < 4

    def test_more_than_the_deadline_is_not(self, server: FaultServer) -> None:
        server.plan = [fault.busy("3600")]
        started = time.monotonic()
        assert "429" in reason(asker())
        assert time.monotonic() - started < 1
        assert server.requests == 1

    @pytest.mark.parametrize("written", ["nan", "soon", "-5", "inf", ""])
    def test_nonsense_does_no_harm(self, server: FaultServer, written: str) -> None:
        server.plan = [fault.busy(written)]
        live = asker(attempts=2)
        if written == "inf":
            assert "429" in reason(live)
        else:
            assert live.ask(question()).text == GOOD


class TestDeadline:
    def test_is_over_all_attempts(self, server: FaultServer) -> None:
        server.plan = [fault.error(500)] * 100
        started = time.monotonic()
        assert "返回 500" in reason(asker(deadline=2, attempts=100))
        assert time.monotonic() - started < 4

    def test_cuts_an_answer_that_drips(self, server: FaultServer) -> None:
        server.plan = [fault.drip] * 9
        started = time.monotonic()
        assert "未按时回答" in reason(asker(deadline=2, timeout=60))
        assert time.monotonic() - started < 4

    def test_attempts_are_counted(self, server: FaultServer) -> None:
        server.plan = [fault.error(503)] * 9
        assert "已试 3 次" in reason(asker(attempts=3))
        assert server.requests == 3


def test_a_huge_answer_is_cut_off(server: FaultServer) -> None:
    server.plan = [fault.huge]
    assert "过大" in reason(asker())
    assert server.requests == 1
    assert server.poured < 64 * 1024 * 1024


def test_a_redirect_is_not_followed(server: FaultServer) -> None:
    server.plan = [fault.elsewhere]
    assert "转到别处" in reason(asker())
    assert server.requests == 1


def test_wrong_schema_and_refusals_are_replies(server: FaultServer) -> None:
    """What an answer is worth is not decided here."""
    server.plan = [fault.wrong_schema, fault.refusal]
    live = asker()
    assert live.ask(question()).text == '{"findings": "none"}'
    refused = live.ask(question("二"))
    assert (refused.text, refused.finish) == ("不便回答", "refusal")


def test_nobody_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    assert "连不上 127.0.0.1:9" in reason(asker(attempts=2))


@pytest.mark.parametrize("url", ["gpu01:8000/v1", "ftp://10.0.0.1/v1", "http://[/v1", "http:///v1"])
def test_no_address(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", url)
    assert "应是 http://" in reason(asker())


def test_a_cloud_without_a_key_is_not_called() -> None:
    assert "OPENAI_API_KEY" in reason(asker())


def test_the_network_is_blocked_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-nothing")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://198.51.100.1/v1")
    live = asker(attempts=1)
    with pytest.raises((NetworkBlocked, NoAnswer)):
        live.ask(question())


class TestLimits:
    def test_concurrency(self, server: FaultServer) -> None:
        server.plan = [fault.slow(0.2)] * 8
        live = asker(concurrency=2)
        with ThreadPoolExecutor(8) as pool:
            assert len(list(pool.map(live.ask, [question(str(at)) for at in range(8)]))) == 8
        assert server.most_at_once == 2

    def test_budget_stops_cleanly(self, server: FaultServer) -> None:
        """Three fit (a call may take about 80, it takes 42), the rest is not sent."""
        live = asker(max_tokens=170)
        outcomes = []
        for at in range(6):
            try:
                outcomes.append(live.ask(question(str(at))).text)
            except NoAnswer as error:
                outcomes.append(error.reason)
        sent = outcomes.count(GOOD)
        assert 0 < sent == server.requests < 6
        assert all("限 170 个词元" in one for one in outcomes[sent:])
        assert live.budget.used == 42 * sent <= 170


class TestRecording:
    def test_nothing_recorded_is_sent_again(self, server: FaultServer, tmp_path: Path) -> None:
        store = Cassettes(tmp_path / "own")
        first = asker(record=store).ask(question())
        again = asker(record=store)
        assert again.ask(question()).text == first.text
        assert server.requests == 1
        assert again.tally.recorded == 1
        assert Replayer([store]).ask(question()).source.startswith("live 127.0.0.1:")

    def test_what_others_recorded_is_known(self, server: FaultServer, tmp_path: Path) -> None:
        carried = Cassettes(tmp_path / "carried")
        carried.put(question(), Reply("旧", "m"))
        assert (
            asker(record=Cassettes(tmp_path / "own"), known=Replayer([carried])).ask(question()).text == "旧"
        )
        assert server.requests == 0

    def test_two_runs_at_once_pay_once(self, server: FaultServer, tmp_path: Path) -> None:
        """Each with a store of its own on one folder, as two processes have; the second waits for the first."""
        server.plan = [fault.slow(0.5)]
        runs = [asker(record=Cassettes(tmp_path / "own")) for _ in range(2)]
        with ThreadPoolExecutor(2) as threads:
            texts = [one.text for one in threads.map(lambda run: run.ask(question()), runs)]
        assert texts[0] == texts[1]
        assert server.requests == 1

    def test_what_was_paid_for_is_used_though_it_cannot_be_kept(
        self, server: FaultServer, tmp_path: Path
    ) -> None:
        (tmp_path / "own").write_text("a file where the folder ought to be", encoding="utf-8")
        assert asker(record=Cassettes(tmp_path / "own")).ask(question()).text
        assert server.requests == 1

    def test_keys_never_reach_the_disk(
        self, server: FaultServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        key = "sk-THIS-IS-THE-KEY-0123456789"
        monkeypatch.setenv("OPENAI_API_KEY", key)
        server.plan = [
            fault.sends(200, fault.completion(f"你的密钥是 {key}")),
            fault.sends(401, {"error": {"message": f"bad key {key}"}}),
        ]
        live = asker(record=Cassettes(tmp_path), log=SentLog(tmp_path / "sent.jsonl", text=True))
        live.ask(question())
        assert key not in reason(live, question("二"))
        files = list(tmp_path.iterdir())
        assert len(files) == 2
        assert all(key not in path.read_text(encoding="utf-8") for path in files)


class TestLog:
    def test_says_what_was_sent_where(self, server: FaultServer, tmp_path: Path) -> None:
        log = SentLog(tmp_path / "sent.jsonl")
        server.plan = [fault.busy("0.1")]
        call = question("联系 ⟦电话1⟧ 或 ⟦电话2⟧")
        asker(log=log).ask(call)
        entries = log.read()
        assert [entry["event"] for entry in entries] == ["sent", "sent", "answered"]
        assert {entry["key"] for entry in entries} == {call.key}
        assert entries[0]["host"] == server.url.split("/")[2]
        assert entries[0]["masked"] == {"电话": 2}
        assert entries[2]["attempts"] == 2
        assert "联系" not in (tmp_path / "sent.jsonl").read_text(encoding="utf-8")

    def test_text_on_request(self, server: FaultServer, tmp_path: Path) -> None:
        log = SentLog(tmp_path / "sent.jsonl", text=True)
        call = question()
        asker(log=log).ask(call)
        assert log.read()[0]["messages"] == list(call.messages)

    def test_without_a_log_nothing_is_sent(self, server: FaultServer, tmp_path: Path) -> None:
        assert "未发送" in reason(asker(log=SentLog(tmp_path)))
        assert server.requests == 0


def test_twenty_reports_through_all_faults(server: FaultServer, capsys: pytest.CaptureFixture[str]) -> None:
    """No report is lost: 20 calls, 27 faults, 20 answers."""
    kinds = [kind for _, kind in fault.faults()]
    server.plan = [kind for kind in kinds for _ in range(3)] + [fault.slow(3)] * 3 + [fault.wrong_schema] * 3
    expected = len(server.plan) - 3
    live = asker(attempts=12, deadline=60, timeout=1, concurrency=4, sleep=lambda wait: time.sleep(wait / 8))
    started = time.monotonic()
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(live.ask, [question(f"报告{at}") for at in range(20)]))
    took = time.monotonic() - started
    told = {**vars(live.tally), "seconds": round(took, 2), "lost": 20 - len(replies)}
    with capsys.disabled():
        print(f"\nfault server: {json.dumps(told)}")
    assert len(replies) == live.tally.answered == 20
    assert live.tally.failed == 0
    assert live.tally.retries == expected
    assert live.tally.requests == server.requests == 20 + expected
    assert took < 45
