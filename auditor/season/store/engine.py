"""Opens the store and brings its tables up to date. Every write is one short transaction of one writer."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from auditor.extras import how_to_get
from auditor.values import frozen

HEAD = "0002"
"""The newest migration."""
_PATIENCE_MS = 60_000
_LOCK = 0x5EA50001
"""Number of the lock under which writers of the trail and of the queue stand in line (PostgreSQL)."""


class StoreError(Exception):
    """The store cannot be had or used; one line in Chinese says why."""


@frozen
class Store:
    """A store that is open. Safe to use from several threads; each block has a connection of its own."""

    engine: Engine

    @property
    def embedded(self) -> bool:
        """Whether it is a file of this machine."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view."""
        with _told(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction, written to the disk when the block ends, undone when it breaks."""
        with _told(), self.engine.connect().execution_options(writes=True) as connection, connection.begin():
            yield connection

    def alone(self, connection: Connection) -> None:
        """From here to the end of the transaction no other writer that asks for this is at work. SQLite has
        one writer anyway."""
        if not self.embedded:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})

    def clock(self, connection: Connection) -> float:
        """Seconds, by the one clock that all workers share."""
        if self.embedded:
            return time.time()
        return float(connection.execute(text("SELECT extract(epoch FROM clock_timestamp())")).scalar_one())

    def close(self) -> None:
        self.engine.dispose()


def opened(url: str) -> Store:
    """The store at a database URL, its tables made or brought up to date. Raises `StoreError`."""
    try:
        address = _address(url)
        engine = create_engine(address, poolclass=NullPool if address.drivername == "sqlite" else None)
        if engine.dialect.name == "sqlite":
            _embedded(engine)
    except ModuleNotFoundError as error:
        raise StoreError(f"缺少组件 {error.name}，{how_to_get('postgres')}") from None
    except (ArgumentError, SQLAlchemyError):
        raise StoreError("数据库地址不对，应形如 postgresql://用户@主机/库名") from None
    store = Store(engine)
    with _told():
        _bring_up(store)
    return store


def _address(url: str) -> URL:
    """The driver chosen; a password comes from the environment, never from a file of the workspace."""
    address = make_url(url)
    if address.drivername in ("postgresql", "postgres"):
        address = address.set(drivername="postgresql+pg8000")
    if address.drivername not in ("postgresql+pg8000", "sqlite"):
        raise StoreError("只支持 SQLite 文件和 PostgreSQL")
    if address.drivername != "sqlite" and address.password is None and os.environ.get("PGPASSWORD"):
        address = address.set(password=os.environ["PGPASSWORD"])
    return address


def at(path: Path) -> str:
    """The URL of a store in a file."""
    return URL.create("sqlite", database=str(path)).render_as_string(hide_password=False)


def _embedded(engine: Engine) -> None:
    """SQLite with a write-ahead log: many readers beside one writer, safe against kill and loss of power."""

    @event.listens_for(engine, "connect")
    def prepare(raw: Any, _: object) -> None:
        raw.isolation_level = None  # transactions begin where we say so
        cursor = raw.cursor()
        for pragma in (
            f"busy_timeout={_PATIENCE_MS}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON",
            "trusted_schema=OFF",
        ):  # fmt: skip
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _bring_up(store: Store) -> None:
    with store.engine.connect() as connection:
        found = (
            connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
            if inspect(connection).has_table("alembic_version")
            else ""
        )
    if found == HEAD:
        return
    if found and found > HEAD:
        raise StoreError("这一季的数据由更新版本的程序建立，请先升级程序")
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    with store.writing() as connection:
        store.alone(connection)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


@contextmanager
def _told() -> Iterator[None]:
    """What a database says, in one line of ours."""
    try:
        yield
    except OperationalError as error:
        raise StoreError(f"数据库用不了：{_first(error)}") from None
    except DBAPIError as error:
        raise StoreError(f"数据库出错：{_first(error)}") from None


def _first(error: DBAPIError) -> str:
    """The driver's own words, without the statement and its values: those are the reports'."""
    cause = error.orig
    told: object = cause.args[0] if cause is not None and cause.args else cause
    if isinstance(told, dict):  # pg8000 tells its fields by letter; M is the message
        told = told.get("M", "")
    return " ".join(str(told).split())[:200]
