"""An endpoint on loopback that misbehaves on order, and counts what it is asked."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

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
