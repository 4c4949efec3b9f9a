"""No test of the model step reaches beyond this machine."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from typing import Any

import pytest

from auditor.judge.call import Call
from tests.judge.fault import FaultServer


class NetworkBlocked(AssertionError):
    """A test tried to leave the machine."""


def _loopback(address: Any) -> bool:
    if not isinstance(address, tuple):
        return True  # a socket file
    try:
        return ipaddress.ip_address(address[0]).is_loopback
    except ValueError:
        return address[0] in ("", "localhost")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections to anything but loopback fail, names of other hosts are not looked up, and no key,
    address or proxy of the developer's own environment is used."""
    connect, connect_ex, look_up = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def guarded(inner: Any) -> Any:
        def call(self: socket.socket, address: Any) -> Any:
            if not _loopback(address):
                raise NetworkBlocked(address)
            return inner(self, address)

        return call

    def resolved(host: Any, *arguments: Any, **more: Any) -> Any:
        if not _loopback((host or "",)):
            raise NetworkBlocked(host)
        return look_up(host, *arguments, **more)

    monkeypatch.setattr(socket.socket, "connect", guarded(connect))
    monkeypatch.setattr(socket.socket, "connect_ex", guarded(connect_ex))
    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):  # fmt: skip
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultServer]:
    with FaultServer() as running:
        monkeypatch.setenv("OPENAI_BASE_URL", running.url)
        yield running


SCHEMA = {"type": "object", "properties": {"items": {"type": "array"}}, "required": ["items"]}


def question(text: str = "第1句：项目已完成。", **more: Any) -> Call:
    """A small call."""
    messages = ({"role": "system", "content": "请审读。"}, {"role": "user", "content": text})
    return Call(**{"model": "m", "messages": messages, "schema": SCHEMA, "parameters": {"max_tokens": 50}, "prompt": "p@1", **more})  # fmt: skip
