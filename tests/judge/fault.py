"""An endpoint on loopback that misbehaves on order, and counts what it is asked."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

GOOD = '{"items": []}'
Fault = Callable[["_Handler"], None]


def completion(text: str | None = GOOD, **more: Any) -> dict[str, Any]:
    """A chat completion as endpoints send it."""
    return {
        "id": "c", "object": "chat.completion", "created": 1, "model": "m-2026",
        "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}],
        "usage": {"prompt_tokens": 30, "completion_tokens": 12, "total_tokens": 42}, **more,
    }  # fmt: skip


def sends(status: int, data: Any, headers: dict[str, str] | None = None) -> Fault:
    """Answers with that status and body."""
    return lambda handler: handler.send(status, data, headers or {})


good = sends(200, completion())
wrong_schema = sends(200, completion('{"findings": "none"}'))
not_json = sends(200, b"<html>proxy login</html>", {"Content-Type": "text/html"})
no_form = sends(200, {"result": "ok"})
refusal = sends(
    200,
    completion(
        None,
        choices=[
            {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": None, "refusal": "不便回答"}}
        ],
    ),
)  # fmt: skip


def busy(seconds: str = "0.2") -> Fault:
    return sends(429, {"error": {"message": "too many"}}, {"Retry-After": seconds})


def error(status: int, code: str | None = None) -> Fault:
    return sends(status, {"error": {"message": f"status {status}", "code": code}})


def slow(seconds: float) -> Fault:
    def fault(handler: _Handler) -> None:
        handler.owner.stop.wait(seconds)
        good(handler)

    return fault


def drip(handler: _Handler) -> None:
    """A byte now and then: no single read times out."""
    handler.begin(200, 100_000, {})
    for _ in range(2000):
        if handler.owner.stop.wait(0.05):
            return
        handler.wfile.write(b" ")
        handler.wfile.flush()


def cut(handler: _Handler) -> None:
    """Half an answer, then the connection is gone."""
    data = json.dumps(completion()).encode()
    handler.begin(200, len(data), {})
    handler.wfile.write(data[: len(data) // 2])
    handler.close_connection = True


def dropped(handler: _Handler) -> None:
    """Not one byte."""
    handler.close_connection = True


def huge(handler: _Handler) -> None:
    """An answer without end."""
    handler.begin(200, 1 << 30, {})
    block = b" " * (1 << 16)
    for _ in range(1 << 14):
        handler.wfile.write(block)
        handler.owner.poured += len(block)


def elsewhere(handler: _Handler) -> None:
    handler.send(307, b"", {"Location": "http://203.0.113.7/v1/chat/completions"})


def refuses(*wrong: str, otherwise: Fault = good) -> Fault:
    """Names the first of these that stands in the body; answers a body in which none does."""

    def fault(handler: _Handler) -> None:
        body = handler.owner.bodies[-1]
        for name in wrong:
            if _holds(body, name):
                handler.send(
                    400, {"error": {"message": f"Unsupported parameter: {SAID.get(name, name)}"}}, {}
                )
                return
        otherwise(handler)

    return fault


SAID = {
    "json_schema": "response_format.type 'json_schema' is unavailable",
    "json_object": "response_format is not supported",
    "system": "role system is not supported",
    "string": "content must be a list of parts",
    "whole": "only stream=true is supported",
    "max_tokens": "max_tokens, use max_completion_tokens instead",
}


def _holds(body: dict[str, Any], name: str) -> bool:
    if name in ("json_schema", "json_object"):
        return str(body.get("response_format", {}).get("type")) == name
    if name == "system":
        return any(message["role"] == "system" for message in body["messages"])
    if name == "string":
        return any(isinstance(message["content"], str) for message in body["messages"])
    if name == "whole":
        return not body.get("stream")
    return name in body


def forwards(address: str) -> Fault:
    """Hands the request on to another server, and its answer back."""

    def fault(handler: _Handler) -> None:
        told = json.dumps(handler.owner.bodies[-1]).encode()
        request = Request(f"{address}/chat/completions", told, {"Content-Type": "application/json"})
        try:
            with urlopen(request, timeout=120) as answer:
                status, kind, data = answer.status, answer.headers["Content-Type"], answer.read()
        except HTTPError as error:
            status, kind, data = error.code, error.headers["Content-Type"], error.read()
        handler.send(status, data, {"Content-Type": kind})

    return fault


class FaultServer:
    """Serves the faults of `plan` in order, then good answers. Use with `with`."""

    def __init__(self, *plan: Fault) -> None:
        self.plan: list[Fault] = list(plan)
        self.bodies: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.times: list[float] = []
        self.most_at_once = 0
        self.poured = 0
        self.stop = threading.Event()
        self._under_way = 0
        self._lock = threading.Lock()
        owner = self
        handler = type("Handler", (_Handler,), {"owner": owner})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"

    @property
    def requests(self) -> int:
        return len(self.bodies)

    def next(self) -> Fault:
        with self._lock:
            return self.plan.pop(0) if self.plan else good

    def enter(self, body: dict[str, Any], headers: dict[str, str]) -> None:
        with self._lock:
            self.bodies.append(body)
            self.headers.append(headers)
            self.times.append(time.monotonic())
            self._under_way += 1
            self.most_at_once = max(self.most_at_once, self._under_way)

    def leave(self) -> None:
        with self._lock:
            self._under_way -= 1

    def __enter__(self) -> FaultServer:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self._server.shutdown()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    owner: FaultServer
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.owner.enter(body, {name.lower(): value for name, value in self.headers.items()})
        try:
            self.owner.next()(self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        finally:
            self.owner.leave()

    def send(self, status: int, data: Any, headers: dict[str, str]) -> None:
        written = data if isinstance(data, bytes) else json.dumps(data, ensure_ascii=False).encode()
        self.begin(status, len(written), headers)
        self.wfile.write(written)

    def begin(self, status: int, length: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(length))
        self.end_headers()

    def log_message(self, *_: object) -> None:
        return


def faults() -> Iterator[tuple[str, Fault]]:
    """Every kind, by name."""
    yield from (
        ("429 with Retry-After", busy()), ("500", error(500)), ("503", error(503)), ("cut", cut),
        ("dropped", dropped), ("bad JSON", not_json), ("no completion", no_form),
    )  # fmt: skip
