"""Files that the program looks for by itself: whoever can write the folder can put something else there."""

from __future__ import annotations

import errno
import stat
from pathlib import Path


def regular(path: Path) -> Path:
    """The path, where a regular file is: a pipe would never answer, a device never end. Raises `OSError`."""
    if stat.S_ISREG(path.stat().st_mode):
        return path
    raise OSError(errno.EINVAL, "不是普通文件", str(path))
