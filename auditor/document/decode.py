"""Bytes to text: UTF-8 (with or without BOM), UTF-16 and GB18030, or one clear error."""

from __future__ import annotations

import codecs

from auditor.compiled import compiled
from auditor.document.errors import UnreadableFile

MAX_BYTES = 20 * 1024 * 1024
"""No self-evaluation report in text form comes near this size."""

MAX_LINES = 100_000
"""No report comes near; a list that does is an annex to be given apart."""

_CONTROL = compiled(r"[\x00-\x08\x0e-\x1f\ufffd]")


def decode(data: bytes, path: str) -> str:
    """Text of `data`, without a byte order mark.

    Raises `UnreadableFile` for an empty, oversized or binary file and for one in no known encoding.
    """
    if not data.strip():
        raise UnreadableFile(path, "文件是空的")
    if len(data) > MAX_BYTES:
        raise UnreadableFile(path, f"文件超过 {MAX_BYTES // 1024 // 1024} MB，不像一份自评报告，未读取")
    text = _decode(data)
    if text is None:
        raise UnreadableFile(path, "认不出文字编码，请另存为 UTF-8 文本")
    if _looks_binary(text):
        raise UnreadableFile(path, "内容不是文字（控制字符太多），可能是改了扩展名的二进制文件")
    if not text.strip("\x00\ufeff \t\r\n\u3000"):
        raise UnreadableFile(path, "文件里没有文字")
    refuse_long(text, path)
    return text


def refuse_long(text: str, path: str) -> None:
    """Raises `UnreadableFile` where the text has more lines than any report: each costs its time, however short."""
    if text.count("\n") + text.count("\r") < MAX_LINES:
        return
    lines = sum(1 for line in text.splitlines() if line.strip())
    if lines > MAX_LINES:
        raise UnreadableFile(
            path, f"有文字的行有 {lines} 行，超过上限 {MAX_LINES} 行，不像一份自评报告，请分开再审"
        )


def _decode(data: bytes) -> str | None:
    if data.startswith(codecs.BOM_UTF8):
        return _try(data[3:], "utf-8")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _try(data, "utf-16")
    utf16 = _bare_utf16(data)
    if utf16:
        return _try(data, utf16)
    text = _try(data, "utf-8")
    return text if text is not None else _try(data, "gb18030")


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _bare_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: line feeds and ASCII leave a NUL in every other byte."""
    sample = data[:4096]
    if len(data) % 2 or b"\x00" not in sample:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > even * 4 and (b"\n\x00" in sample or b"\r\x00" in sample):
        return "utf-16-le"
    if even > odd * 4 and (b"\x00\n" in sample or b"\x00\r" in sample):
        return "utf-16-be"
    return None


def _looks_binary(text: str) -> bool:
    sample = text[:65536]
    return len(_CONTROL.findall(sample)) * 20 > len(sample)
