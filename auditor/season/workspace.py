"""The folder of a season: where its store is, found from any folder inside."""

from __future__ import annotations

import getpass
import hashlib
import os
import tomllib
from pathlib import Path

from auditor.console import reason, save
from auditor.regular import regular
from auditor.season.store import Store, StoreError, opened
from auditor.season.store.engine import at
from auditor.values import frozen

_FILE = "season.toml"
_STORE = "season.db"


class NoSeason(Exception):
    """There is no season here, or none can be begun; one line in Chinese says why."""


@frozen
class Workspace:
    """An open season. `who` is the person at work, for the trail."""

    folder: Path
    store: Store
    who: str

    @property
    def config(self) -> Path | None:
        """The bureau's settings for this season; None leaves it to what is found from the folder upward."""
        file = self.folder / "auditor.toml"
        return file if file.exists() else None


def init(folder: Path, url: str = "", who: str = "") -> Workspace:
    """Begins a season in `folder`, made if it is not there; one that is there is opened.

    Raises `NoSeason`, `StoreError`.
    """
    if url and "://" not in url:
        raise NoSeason("--db 应是数据库地址，如 postgresql://用户@主机/库名")
    file = folder / _FILE
    if file.exists():
        known = _url(folder)
        if url and url != known:
            raise NoSeason(f"{folder} 已是另一季的文件夹")
        return _open(folder, who)
    if url and _has_password(url):
        raise NoSeason("数据库地址里不要写口令，口令放在环境变量 PGPASSWORD 里")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NoSeason(f"建不了文件夹 {folder}：{reason(error)}") from None
    store = opened(url or at(folder / _STORE))
    written = f'# 这个文件夹是一季报告的工作区。数据在 {_STORE} 里；多人共用时改用 PostgreSQL。\n[season]\ndb = "{url}"\n'
    if problem := save(file, written):
        raise NoSeason(f"写不了 {file}：{problem}")
    return Workspace(folder, store, who or _person())


def found(start: Path | None, who: str = "") -> Workspace:
    """The season of a folder, or of the nearest one above that has one. Raises `NoSeason`, `StoreError`."""
    begin = Path(os.path.abspath(start or ""))
    if not begin.is_dir():
        raise NoSeason(f"找不到文件夹 {start}")
    for folder in (begin, *begin.parents):
        if (folder / _FILE).exists():
            return _open(folder, who)
    raise NoSeason("这里不是一季报告的工作区，请先运行 auditor season init 文件夹")


def earlier(current: Workspace, folder: Path) -> Workspace:
    """The season of the year before. Raises `NoSeason`, also where that is the same one once more, `StoreError`."""
    before = found(folder)
    if before.folder.samefile(current.folder):
        before.store.close()
        raise NoSeason(f"{folder} 就是这一季，--previous 要写上一年的工作区")
    return before


def _open(folder: Path, who: str) -> Workspace:
    url = _url(folder)
    if not url and not (folder / _STORE).exists():
        raise NoSeason(f"{folder} 里没有 {_STORE}，数据文件被移走了")
    return Workspace(folder, opened(url or at(folder / _STORE)), who or _person())


def _url(folder: Path) -> str:
    file = folder / _FILE
    try:
        table = tomllib.loads(regular(file).read_text(encoding="utf-8-sig")).get("season")
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError):
        raise NoSeason(f"{file} 读不了") from None
    url = table.get("db", "") if isinstance(table, dict) else None
    if not isinstance(url, str):
        raise NoSeason(f"{file} 里的 db 应是数据库地址")
    return url


def _has_password(url: str) -> bool:
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        return make_url(url).password is not None
    except ArgumentError:
        raise StoreError("数据库地址不对，应形如 postgresql://用户@主机/库名") from None


def _person() -> str:
    try:
        return os.environ.get("AUDITOR_WHO") or getpass.getuser()
    except (OSError, KeyError):
        return "未署名"


def digest(path: str | Path) -> tuple[str, int]:
    """SHA-256 and size of a file. Raises `OSError`, `ValueError`."""
    with Path(path).open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
        return found, stream.tell()
