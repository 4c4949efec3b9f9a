"""Pictures: sizes that are not true, frames without end."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image

from tests.hostile.parts import Cases, png


def _gif(frames: int) -> bytes:
    stream = io.BytesIO()
    one = Image.new("P", (40, 40))
    one.save(stream, "GIF", save_all=True, append_images=[one.copy() for _ in range(frames - 1)], loop=0)
    return stream.getvalue()


def _tiff(width: int, height: int) -> bytes:
    entries = [(256, width), (257, height), (258, 8), (259, 1), (262, 1), (273, 8), (278, height), (279, 10)]
    made = b"II*\x00\x08\x00\x00\x00" + struct.pack("<H", len(entries))
    made += b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in entries)
    return made + bytes(4)


def _ring() -> bytes:
    """A TIFF whose directory is its own successor."""
    made = bytearray(_tiff(10, 10))
    made[-4:] = struct.pack("<I", 8)
    return bytes(made)


def _commented(size: int) -> bytes:
    data = png(10, 10, zlib.compress(bytes(310)))
    text = b"zTXtnote\x00\x00" + zlib.compress(bytes(size), 9)
    chunk = struct.pack(">I", len(text) - 4) + text + struct.pack(">I", zlib.crc32(text))
    return data[:33] + chunk + data[33:]


def _exif(tags: bytes) -> bytes:
    stream = io.BytesIO()
    Image.new("L", (60, 60)).save(stream, "JPEG")
    inner = b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\xff\xff" + tags
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(inner) + 2) + inner + stream.getvalue()[2:]


CASES: Cases = {
    "像素三十六亿": lambda: png(60_000, 60_000),
    "宽为零": lambda: png(0, 100),
    "数据是炸弹": lambda: png(7000, 7000, zlib.compress(bytes(7000 * 21_001), 9)),
    "数据不足": lambda: png(2000, 2000, zlib.compress(b"1")),
    "数据不是压缩流": lambda: png(200, 200, b"\xff" * 500),
    "只有开头": lambda: png(10, 10)[:20],
    "动画两千帧": lambda: _gif(2000),
    "TIFF 极大": lambda: _tiff(100_000, 100_000),
    "TIFF 目录成环": _ring,
    "JPEG 只有标记": lambda: b"\xff\xd8" + b"\xff\xe0\x00\x02" * 100_000,
    "BMP 大小为负": lambda: b"BM" + struct.pack("<IHHI", 100, 0, 0, 54) + struct.pack("<IiiHHIIiiII", 40, -100_000, -100_000, 1, 24, 0, 0, 0, 0, 0, 0),
    "BMP 极大": lambda: b"BM" + struct.pack("<IHHI", 100, 0, 0, 54) + struct.pack("<IiiHHIIiiII", 40, 30_000, 30_000, 1, 24, 0, 0, 0, 0, 0, 0),
    "WEBP 大小不真": lambda: b"RIFF\x00\x00\x00\x10WEBPVP8X\x0a\x00\x00\x00\x10\x00\x00\x00" + b"\xff" * 6 + bytes(50),
    "GIF 画布极大": lambda: b"GIF89a\xff\xff\xff\xff\x80\x00\x00" + bytes(6) + b",\x00\x00\x00\x00\xff\xff\xff\xff\x00\x08" + b"\xff" + bytes(255) + b"\x00;",
    "PNG 注释是炸弹": lambda: _commented(50_000_000),
    "JPEG 尺寸不真": lambda: b"\xff\xd8\xff\xc0\x00\x11\x08\xff\xff\xff\xff\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01" + bytes(100) + b"\xff\xd9",
    "位深十六的大图": lambda: png(8000, 4000, zlib.compress(bytes(4000 * 48_001), 9), bits=16),
    "方向标记不成样": lambda: _exif(b"\x01\x12" * 60),
}  # fmt: skip
