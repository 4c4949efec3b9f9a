"""A PostgreSQL of the tests' own: started in a folder, on a socket and a port of its own, ended with them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_USER = "postgres"


def programs() -> Path | None:
    """The folder of `initdb` and `pg_ctl`; None where there are none."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    return next((one.parent for one in sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))), None)


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """The URL of a server that runs within the block."""
    binaries = programs()
    assert binaries is not None
    port, data = _free(), folder / "data"
    folder.chmod(0o777)
    _call([binaries / "initdb", "-D", data, "-U", _USER, "--auth=trust", "-E", "UTF8", "--locale=C", "-N"])
    options = f"-p {port} -h 127.0.0.1 -k {folder} -F"
    _call([binaries / "pg_ctl", "-D", data, "-l", folder / "log", "-o", options, "-w", "start"])
    try:
        yield f"postgresql://{_USER}@127.0.0.1:{port}/postgres"
    finally:
        _call([binaries / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"])


def _call(command: list[Path | str]) -> None:
    """The server refuses to run as root."""
    words = [str(part) for part in command]
    if os.geteuid() == 0:
        words = ["runuser", "-u", _USER, "--", *words]
    subprocess.run(
        words, check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL, timeout=120, cwd="/"
    )


def _free() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
