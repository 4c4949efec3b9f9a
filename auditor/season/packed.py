"""Large parts of a report at rest: JSON, compressed."""

from __future__ import annotations

import zlib

_LEVEL = 6


def packed(text: str) -> bytes:
    """The text, compressed. A lone surrogate, which no UTF-8 has, survives."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), _LEVEL)


def unpacked(data: bytes) -> str:
    """What was packed. Raises `zlib.error` where it is damaged."""
    return zlib.decompress(data).decode("utf-8", "surrogatepass")
