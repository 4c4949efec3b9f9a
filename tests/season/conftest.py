"""A season in each kind of store, and one that is audited once for all tests."""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from auditor.season.adding import add
from auditor.season.reading import records
from auditor.season.records import Record
from auditor.season.workspace import Workspace, init
from tests.season.plan import Planned, season
from tests.season.server import programs, running
from tests.season.whole import MANY, worked

Begin = Callable[[Path], Workspace]
_NUMBERS = count(1)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of a PostgreSQL server."""
    if programs() is None:
        warnings.warn("no initdb here: the tests of a season on PostgreSQL are skipped", stacklevel=1)
        pytest.skip("no PostgreSQL on this machine")
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """Of an empty database: "" for the file of the workspace."""
    if request.param == "sqlite":
        return ""
    address = request.getfixturevalue("server")
    name = f"season_{os.getpid()}_{next(_NUMBERS)}"
    engine = create_engine(address.replace("postgresql:", "postgresql+pg8000:"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return f"{address.rpartition('/')[0]}/{name}"


@pytest.fixture
def workspace(url: str, tmp_path: Path) -> Iterator[Workspace]:
    """An empty season."""
    made = init(tmp_path / "season", url, who="甲")
    yield made
    made.store.close()


@pytest.fixture(scope="session")
def plan() -> list[Planned]:
    return season(24, "小季", kinds=MANY)


@pytest.fixture(scope="session")
def folder(plan: list[Planned], tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("handed-in")
    for one in plan:
        file = place / one.name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(one.data)
    return place


@pytest.fixture(scope="session")
def files(plan: list[Planned], folder: Path) -> list[str]:
    """In the order in which they came in."""
    return [str(folder / one.name) for one in plan]


@pytest.fixture(scope="session")
def whole(files: list[str], tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The season, audited without a break."""
    made = init(tmp_path_factory.mktemp("whole"), who="甲")
    add(made, files)
    worked(made.store)
    return made


@pytest.fixture(scope="session")
def reports(whole: Workspace) -> list[Record]:
    return records(whole.store)
