"""zip: bombs, nesting, lies in the directory, overlapping members, hostile names."""

from __future__ import annotations

import io
import struct
import zipfile

from tests.hostile.parts import REPORT, Cases, docx, packed, xlsx

_TEXT = REPORT.encode()


def _nested(levels: int) -> bytes:
    made = packed({"甲.txt": _TEXT})
    for number in range(levels):
        made = packed({f"{number}.zip": made})
    return made


def _wide(levels: int, width: int) -> bytes:
    """Each level holds the one below many times: one budget counts them all."""
    made = packed({"甲.txt": b"0\n" * 2_000_000})
    for _ in range(levels):
        made = packed({f"{number}.zip": made for number in range(width)})
    return made


def _overlapping(count: int) -> bytes:
    """Many names for the same bytes, after D. Fifield: the directory repeats one local header."""
    one = packed({"a.txt": bytes(3_000_000)})
    at = one.index(b"PK\x01\x02")
    end = one.index(b"PK\x05\x06")
    entry = one[at:end]
    return (
        one[:at]
        + entry * count
        + b"PK\x05\x06"
        + struct.pack("<HHHHIIH", 0, 0, count, count, len(entry) * count, at, 0)
    )


def _lying() -> bytes:
    """A member that unpacks to more than the directory says."""
    made = bytearray(packed({"a.txt": bytes(30_000_000)}))
    at = made.rindex(b"PK\x01\x02")
    made[at + 24 : at + 28] = struct.pack("<I", 1000)
    return bytes(made)


def _link() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as opened:
        info = zipfile.ZipInfo("链接.txt")
        info.external_attr = 0o120777 << 16
        opened.writestr(info, "/etc/passwd")
    return stream.getvalue()


CASES: Cases = {
    "零字节炸弹": lambda: packed({"甲.txt": bytes(60 * 1024 * 1024)}),
    "六千个文件": lambda: packed({f"{n}.txt": b"1" for n in range(6000)}),
    "压缩包套三层": lambda: _nested(3),
    "压缩包套四十层": lambda: _nested(40),
    "层层加宽": lambda: _wide(2, 30),
    "成员重叠": lambda: _overlapping(300),
    "目录少报大小": _lying,
    "成员是链接": _link,
    "名字走出文件夹": lambda: packed({"../../../甲.txt": _TEXT, "/etc/乙.txt": _TEXT}),
    "名字里有控制字符": lambda: packed({"\x1b[2J\x1b]0;甲\x07.txt": _TEXT}),
    "名字极长": lambda: packed({"长" * 20_000 + ".txt": _TEXT}),
    "名字重复": lambda: packed({"甲.txt": _TEXT}) ,
    "空压缩包": lambda: packed({}),
    "只有文件夹": lambda: packed({"甲/": b"", "甲/乙/": b""}),
    "目录被截断": lambda: packed({"甲.txt": _TEXT})[:-10],
    "只剩开头": lambda: packed({"甲.docx": docx()})[:200],
    "未知压缩法": lambda: packed({"甲.txt": _TEXT}).replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00\x08\x00", b"PK\x01\x02\x14\x03\x14\x00\x00\x00\x63\x00"),
    "混装好坏": lambda: packed({"坏.docx": b"PK\x03\x04" + bytes(99), "好.txt": _TEXT}),
    "六十份小表": lambda: packed({f"{n}.xlsx": xlsx() for n in range(60)}),
    "六十四位目录": lambda: packed({"甲.txt": _TEXT}).replace(b"PK\x05\x06", b"PK\x06\x06" + bytes(52) + b"PK\x05\x06"),
    "注释六万字": lambda: packed({"甲.txt": _TEXT})[:-2] + b"\xff\xff" + bytes(65_535),
    "目录说有六万个": lambda: packed({"甲.txt": _TEXT}).replace(b"\x01\x00\x01\x00", b"\xff\xff\xff\xff"),
    "加密标志": lambda: packed({"甲.txt": _TEXT}).replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00"),
    "压缩包里有管道名": lambda: packed({"CON.txt": _TEXT, "NUL": _TEXT, "甲:乙.txt": _TEXT, "..": _TEXT, ".": _TEXT}),
    "五百份小报告": lambda: packed({f"{n}.txt": _TEXT for n in range(500)}),
    "改名的网页炸弹": lambda: packed({"甲.docx": b"<html>" + b"<p>" * 2_000_000}),
}  # fmt: skip
