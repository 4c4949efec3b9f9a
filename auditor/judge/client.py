"""Asks a live endpoint: any that speaks OpenAI's chat completions. Every failure is a `NoAnswer`."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx2
import openai
import tenacity

from auditor.isolation import locked
from auditor.judge.call import Call, NoAnswer, Reply
from auditor.judge.cassette import Cassettes, Replayer, scrubbed
from auditor.judge.dialect import Dialect, adapted, body
from auditor.judge.endpoint import Endpoint, ModelSettings, endpoint
from auditor.judge.guard import Clock, Guard, Redirected, TooLarge
from auditor.judge.limits import Budget, Rate
from auditor.judge.log import SentLog
from auditor.judge.wire import collected, complaint, events, measure, reply
from auditor.os_errors import unwritten

_AGAIN = (408, 429)
_SPENT = "insufficient_quota"


class _Refused(Exception):
    """An error that came with status 200."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status, self.words = status, words


class _NoForm(Exception):
    """The endpoint answered with something else than a chat completion."""


@dataclass
class Tally:
    """What a run cost. `requests` counts attempts, `recorded` calls that needed none."""

    calls: int = 0
    recorded: int = 0
    requests: int = 0
    retries: int = 0
    answered: int = 0
    failed: int = 0
    unrecorded: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    seconds: float = 0.0


class LiveAsker:
    """Threads may share one. What is recorded, here or in `known`, is never sent again."""

    def __init__(
        self,
        settings: ModelSettings,
        *,
        record: Cassettes | None = None,
        known: Replayer | None = None,
        log: SentLog | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.settings, self.tally = settings, Tally()
        self.endpoint: Endpoint = endpoint(settings)
        self.rate = Rate(settings.requests_per_minute, settings.tokens_per_minute, sleep=sleep)
        self.budget = Budget(settings.max_tokens)
        self._record, self._log, self._sleep = record, log, sleep
        self._known = Replayer([*([record] if record else []), *(known.stores if known else [])])
        self._slots = threading.BoundedSemaphore(max(1, settings.concurrency))
        self._lock, self._clock = threading.Lock(), Clock()
        self._client: openai.OpenAI | None = None
        self.dialect, self._proven = Dialect(settings.structured), False

    def ask(self, call: Call) -> Reply:
        """The recorded reply, else the endpoint's. Raises `NoAnswer`."""
        self._count(calls=1)
        with self._alone(call):
            return self._known_or_asked(call)

    def _known_or_asked(self, call: Call) -> Reply:
        if (known := self._known.get(call)) is not None:
            self._count(recorded=1)
            return known
        estimate = measure(call)
        with self._slots, self.budget.spend(estimate) as spent:
            answer = self._answer(call, estimate)
            spent(answer.usage.total or estimate)
        if _used_up(answer) and (wider := _wider(call)) is not None:
            estimate = measure(wider)
            with self._slots, self.budget.spend(estimate) as spent:
                answer = self._answer(wider, estimate)
                spent(answer.usage.total or estimate)
        self._count(
            answered=1,
            prompt_tokens=answer.usage.prompt_tokens,
            completion_tokens=answer.usage.completion_tokens,
        )
        if self._record is not None:
            try:
                self._record.put(call, answer, f"live {self.endpoint.host}")
            except OSError:  # it is paid for: used, and told
                self._count(unrecorded=1)
        return answer

    @contextmanager
    def _alone(self, call: Call) -> Iterator[None]:
        """Two runs that record into one folder do not pay for the same answer twice."""
        with ExitStack() as stack:
            if self._record is not None:
                with suppress(OSError):  # a folder that cannot be written to cannot be shared either
                    self._record.folder.mkdir(parents=True, exist_ok=True)
                    stack.enter_context(locked(self._record.path(call.key)))
            yield

    def context_length(self) -> int | None:
        """What the endpoint says of the model's context; `None` where it says nothing."""
        try:
            listed = self._connected().models.list(timeout=self.settings.timeout).data
        except (openai.OpenAIError, NoAnswer, httpx2.TransportError):
            return None
        for one in listed:
            told = one.model_dump()
            length = told.get("max_model_len") or told.get("context_length") or told.get("context_window")
            if (told.get("id") == self.settings.name or len(listed) == 1) and isinstance(length, int):
                return length
        return None

    def close(self) -> None:
        if self._client is not None:
            self._client.close()

    def _answer(self, call: Call, estimate: int) -> Reply:
        started = time.monotonic()
        attempts = 0
        try:
            client = self._connected()
            self._clock.end = started + self.settings.deadline
            for attempt in self._retrying():
                with attempt:
                    attempts += 1
                    answer = self._send(client, call, estimate, attempts)
        except NoAnswer:
            raise
        except Exception as error:
            self._count(failed=1, seconds=time.monotonic() - started)
            reason = self._reason(error)
            self._note("failed", call, attempts=attempts, reason=reason)
            raise NoAnswer(f"{reason}（已试 {attempts} 次）" if attempts > 1 else reason) from None
        took = time.monotonic() - started
        self._count(seconds=took)
        self._note(
            "answered", call, attempts=attempts, seconds=round(took, 3),
            prompt_tokens=answer.usage.prompt_tokens, completion_tokens=answer.usage.completion_tokens,
        )  # fmt: skip
        return answer

    def _send(self, client: openai.OpenAI, call: Call, estimate: int, attempt: int) -> Reply:
        """In the dialect known so far; what is refused is said another way, at once."""
        while True:
            spoken = self.dialect
            try:
                got = self._post(client, call, spoken, estimate, attempt)
            except (openai.APIStatusError, _Refused) as error:
                status, words = _complaint(error)
                other = adapted(spoken, status, words, self._proven)
                if other is None or self._clock.left() <= 0:
                    raise
                with self._lock:
                    self.dialect = other
                continue
            self._proven = True
            return got

    def _post(self, client: openai.OpenAI, call: Call, spoken: Dialect, estimate: int, attempt: int) -> Reply:
        before = time.monotonic()
        self.rate.wait(estimate)
        self._clock.end += time.monotonic() - before  # waiting for one's turn is not the endpoint's time
        self._note("sent", call, attempt=attempt)
        self._count(requests=1, retries=int(attempt > 1))
        timeout = min(self.settings.timeout, max(self._clock.left(), 0.001))
        told = body(call, spoken)
        data: Any
        if told.pop("stream", False):
            pieces = client.chat.completions.create(**told, stream=True, timeout=timeout)
            data = _collected(pieces)
        else:
            answer = client.chat.completions.with_raw_response.create(**told, timeout=timeout)
            try:
                data = answer.http_response.json()
            except ValueError:
                data = collected(events(answer.http_response.text))
                if data.get("model") is None and complaint(data) is None:
                    raise _NoForm from None
        if (wrong := complaint(data)) is not None:
            raise _Refused(*wrong)
        got = reply(data, call, "live")
        if got is None:
            raise _NoForm
        return got

    def _retrying(self) -> tenacity.Retrying:
        return tenacity.Retrying(
            retry=tenacity.retry_if_exception(_may_pass),
            wait=self._pause,
            stop=self._enough,
            sleep=self._sleep,
            reraise=True,
        )

    def _enough(self, state: tenacity.RetryCallState) -> bool:
        """All attempts made, or no time for another."""
        tried = state.attempt_number >= self.settings.attempts
        return tried or state.upcoming_sleep >= self._clock.left()

    def _pause(self, state: tenacity.RetryCallState) -> float:
        """What the endpoint asks for, and a little more so that not all come back at once."""
        jitter = tenacity.wait_random(0, 0.5)(state)
        error = state.outcome.exception() if state.outcome else None
        asked = _asked_to_wait(error)
        if asked is None:
            return tenacity.wait_random_exponential(multiplier=0.5, max=30)(state) + jitter / 5
        if asked < self._clock.left():
            self.rate.hold(asked)
        return asked + jitter

    def _connected(self) -> openai.OpenAI:
        key = os.environ.get("OPENAI_API_KEY", "")
        if not self.endpoint.usable:
            raise NoAnswer("OPENAI_BASE_URL（base_url）应是 http:// 或 https:// 开头的地址，未发送")
        if not key and not self.endpoint.local:
            raise NoAnswer("没有设置 OPENAI_API_KEY，未发送")
        with self._lock:
            if self._client is None:
                transport = httpx2.HTTPTransport(proxy=_proxy(self.endpoint))
                self._client = openai.OpenAI(
                    api_key=key or "none",
                    base_url=self.endpoint.url,
                    max_retries=0,
                    default_headers={"Accept-Encoding": "identity"},
                    http_client=httpx2.Client(
                        transport=Guard(transport, self._clock), trust_env=False, follow_redirects=False
                    ),
                )
            return self._client

    def _reason(self, error: BaseException) -> str:
        """In Chinese, for the memo."""
        host = self.endpoint.host
        cause = error.__cause__
        if isinstance(error, TooLarge) or isinstance(cause, TooLarge):
            return f"{host} 的回答过大，已中断"
        if isinstance(error, Redirected) or isinstance(cause, Redirected):
            return f"{host} 要求转到别处，未跟随"
        if isinstance(error, openai.APITimeoutError):
            return f"{host} 未按时回答"
        if isinstance(error, openai.APIConnectionError):
            return f"连不上 {host} 或连接中断"
        if isinstance(error, openai.APIStatusError):
            return f"{host} 返回 {error.status_code}{_meaning(error)}"
        if isinstance(error, _Refused):
            return f"{host} 说：{scrubbed(' '.join(error.words.split()))[:80]}"
        if isinstance(error, _NoForm):
            return f"{host} 返回的不是约定的格式"
        if isinstance(error, OSError):
            return f"发送记录写不了（{unwritten(error)}），未发送"
        return f"模型调用出错（{type(error).__name__}）"

    def _note(self, event: str, call: Call, **more: Any) -> None:
        """Raises `OSError` before something unlogged is sent; afterwards the answer counts more."""
        with nullcontext() if event == "sent" else suppress(OSError):
            if self._log is not None:
                self._log.note(event, self.endpoint.host, call, **more)

    def _count(self, **more: float) -> None:
        with self._lock:
            for name, count in more.items():
                setattr(self.tally, name, getattr(self.tally, name) + count)


def _collected(pieces: openai.Stream[Any]) -> Any:
    """The pieces of a stream as one body; an error in the stream as a body that says so."""
    try:
        return collected(piece.model_dump() for piece in pieces)
    except (openai.APIStatusError, openai.APIConnectionError):
        raise
    except openai.APIError as error:
        return {"error": error.body or error.message}
    except ValueError:
        raise _NoForm from None


def _used_up(answer: Reply) -> bool:
    """Whether all that was allowed went into thinking."""
    text = answer.text.strip()
    unclosed = text.startswith("<think") and "</think" not in text
    return answer.finish == "length" and (not text or unclosed)


def _wider(call: Call) -> Call | None:
    """The same question with room for four times the answer."""
    limit = call.parameters.get("max_tokens")
    return replace(call, parameters={**call.parameters, "max_tokens": 4 * limit}) if limit else None


def _complaint(error: openai.APIStatusError | _Refused) -> tuple[int, str]:
    if isinstance(error, _Refused):
        return error.status, error.words
    return error.status_code, f"{error.message} {error.body}"


def _may_pass(error: BaseException) -> bool:
    """Whether another attempt may do better."""
    if isinstance(error, _Refused):
        return error.status in _AGAIN or error.status >= 500
    if isinstance(error.__cause__, TooLarge | Redirected):
        return False
    if isinstance(error, openai.APIStatusError):
        if error.status_code == 429 and error.code == _SPENT:
            return False
        return error.status_code in _AGAIN or error.status_code >= 500
    return isinstance(error, openai.APIConnectionError | _NoForm | httpx2.TransportError)


def _proxy(where: Endpoint) -> str | None:
    """The proxy of the environment; none on the way to a local endpoint."""
    host = urlsplit(where.url).hostname or ""
    if where.local or proxy_bypass(host):
        return None
    known = getproxies()
    return known.get(urlsplit(where.url).scheme) or known.get("all")


def _asked_to_wait(error: BaseException | None) -> float | None:
    """Seconds of Retry-After: a number, or a date; `None` if the endpoint names none."""
    if not isinstance(error, openai.APIStatusError):
        return None
    written = error.response.headers.get("retry-after", "").strip()
    try:
        seconds = float(written)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(written).timestamp() - time.time()
        except (TypeError, ValueError, OverflowError):
            return None
    return max(0.0, seconds) if seconds == seconds else None


def _meaning(error: openai.APIStatusError) -> str:
    """What the status says, and the endpoint's own words, shortened."""
    told = {401: "，密钥无效", 403: "，没有权限", 404: "，没有这个模型或地址", 429: "，请求过多"}.get(
        error.status_code, ""
    )
    if error.code == _SPENT:
        told = "，额度已用完"
    words = error.body.get("message") if isinstance(error.body, dict) else None
    if isinstance(words, str) and words.strip():
        told += f"：{scrubbed(' '.join(words.split()))[:80]}"
    return told
