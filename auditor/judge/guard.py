"""The connection, watched: an answer that drips past the deadline or swells past all bounds is cut off."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import httpx2

_MOST = 4 * 1024 * 1024


class TooLarge(Exception):
    """The answer is larger than any answer can be."""


class Redirected(Exception):
    """The endpoint sends elsewhere: what is sent goes where it was meant to go, or nowhere."""


class Clock(threading.local):
    """When the call under way on this thread must be over."""

    end: float = float("inf")

    def left(self) -> float:
        return self.end - time.monotonic()


class Guard(httpx2.BaseTransport):
    """Wraps a transport; plain HTTP underneath, no decompression (asked for by the client)."""

    def __init__(self, inner: httpx2.BaseTransport, clock: Clock, most: int = _MOST) -> None:
        self._inner, self._clock, self._most = inner, clock, most

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        response = self._inner.handle_request(request)
        if response.is_redirect:
            response.close()
            raise Redirected
        if response.headers.get("content-encoding", "identity") != "identity":
            response.close()
            raise TooLarge
        assert isinstance(response.stream, httpx2.SyncByteStream)
        response.stream = _Watched(response.stream, self._clock, self._most, request)
        return response

    def close(self) -> None:
        self._inner.close()


class _Watched(httpx2.SyncByteStream):
    def __init__(
        self, inner: httpx2.SyncByteStream, clock: Clock, most: int, request: httpx2.Request
    ) -> None:
        self._inner, self._clock, self._most, self._request = inner, clock, most, request

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for chunk in self._inner:
            size += len(chunk)
            if size > self._most:
                raise TooLarge
            if self._clock.left() <= 0:
                raise httpx2.ReadTimeout("deadline", request=self._request)
            yield chunk

    def close(self) -> None:
        self._inner.close()
