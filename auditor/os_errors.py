"""What the system says of a file that cannot be opened or written, in plain Chinese."""

from __future__ import annotations

import errno

_EITHER = {
    "EISDIR": "这是文件夹",
    "ENOTDIR": "上级不是文件夹",
    "ENAMETOOLONG": "文件名太长",
    "ELOOP": "链接绕成了圈",
    "EIO": "磁盘读写出错",
    "EMFILE": "同时打开的文件太多",
}
_READING = {"ENOENT": "找不到这个文件", "EACCES": "没有读取权限", "EPERM": "没有读取权限"}
_WRITING = {
    "ENOENT": "上级文件夹不存在",
    "EACCES": "没有写入权限",
    "EPERM": "没有写入权限",
    "EROFS": "磁盘只读",
    "ENOSPC": "磁盘空间不足",
    "EDQUOT": "磁盘配额不足",
}


def unopened(error: OSError) -> str:
    """Why a file could not be opened or read."""
    return _told(error, _READING)


def unwritten(error: OSError) -> str:
    """Why a file or folder could not be written."""
    return _told(error, _WRITING)


def _told(error: OSError, words: dict[str, str]) -> str:
    """A reason of our own is told as it is."""
    name = errno.errorcode.get(error.errno or 0, "")
    if found := words.get(name) or _EITHER.get(name):
        return found
    said = error.strerror or ""
    return said if said and not said.isascii() else f"系统错误 {name or type(error).__name__}"
