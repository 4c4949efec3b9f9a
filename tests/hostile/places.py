"""The file system: what stands where a file should. Each makes something at a path that is not there yet."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

from tests.hostile.parts import REPORT


def _socket(path: Path) -> None:
    listening = socket.socket(socket.AF_UNIX)
    here = os.open(".", os.O_RDONLY)
    os.chdir(path.parent)  # the name of a socket has a hundred bytes
    try:
        listening.bind(path.name)
    finally:
        os.fchdir(here)
        os.close(here)


def _ring(path: Path) -> None:
    path.symlink_to(path)


def _closed(path: Path) -> None:
    path.write_bytes(REPORT.encode())
    path.chmod(0)


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _sparse(path: Path) -> None:
    with path.open("wb") as stream:
        stream.truncate(40 * 1024**3)


PLACES: dict[str, Callable[[Path], None]] = {
    "管道": lambda path: os.mkfifo(path),
    "套接字": _socket,
    "文件夹": lambda path: path.mkdir(),
    "链接成环": _ring,
    "链接到设备": lambda path: path.symlink_to("/dev/zero"),
    "链接到终端": lambda path: path.symlink_to("/dev/tty"),
    "悬空链接": lambda path: path.symlink_to(path.with_name("没有")),
    "空文件": _empty,
    "四十吉字节的空洞": _sparse,
    "不存在": lambda path: None,
}  # fmt: skip
