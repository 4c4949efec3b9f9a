"""The store: built by migrations, its trail sealed and chained."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from auditor.season.store import StoreError, opened
from auditor.season.store.engine import at
from auditor.season.store.tables import metadata
from auditor.season.trail import append, verify
from auditor.season.workspace import NoSeason, Workspace, earlier, found, init


def test_the_migrations_build_what_the_tables_say(workspace: Workspace) -> None:
    with workspace.store.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


class TestTrail:
    def test_is_chained(self, workspace: Workspace) -> None:
        with workspace.store.writing() as connection:
            first, second = (append(workspace.store, connection, "甲", "处理", {"n": n}) for n in (1, 2))
        assert (first.number, second.number, second.before) == (1, 2, first.hash)
        found = verify(workspace.store)
        assert (found.count, found.last, found.broken) == (2, second.hash, "")
        assert verify(workspace.store, first.hash).broken == ""
        assert "校验值" in verify(workspace.store, "0" * 64).broken

    @pytest.mark.parametrize("act", ["UPDATE trail SET who = '乙'", "DELETE FROM trail"])
    def test_takes_no_change(self, workspace: Workspace, act: str) -> None:
        with workspace.store.writing() as connection:
            append(workspace.store, connection, "甲", "处理", {})
        with pytest.raises(StoreError, match="append-only"), workspace.store.writing() as connection:
            connection.execute(text(act))

    @pytest.mark.parametrize(
        ("act", "said"),
        [
            ("UPDATE trail SET who = '乙' WHERE id = 2", "第 2 条内容被改动过"),
            ("UPDATE trail SET body = '{}' WHERE id = 1", "第 1 条内容被改动过"),
            ("DELETE FROM trail WHERE id = 2", "第 2 条缺失"),
            ("DELETE FROM trail WHERE id = 1", "第 1 条缺失"),
        ],
    )
    def test_shows_a_change_made_past_the_seal(self, workspace: Workspace, act: str, said: str) -> None:
        with workspace.store.writing() as connection:
            for number in range(3):
                append(workspace.store, connection, "甲", "处理", {"n": number})
        with workspace.store.writing() as connection:
            for seal in _seals(workspace):
                connection.execute(text(seal))
            connection.execute(text(act))
        assert verify(workspace.store).broken == said

    def test_a_written_down_hash_shows_a_shortened_trail(self, workspace: Workspace) -> None:
        with workspace.store.writing() as connection:
            last = [append(workspace.store, connection, "甲", "处理", {"n": n}) for n in range(3)][-1]
        with workspace.store.writing() as connection:
            for seal in _seals(workspace):
                connection.execute(text(seal))
            connection.execute(text("DELETE FROM trail WHERE id = 3"))
        assert verify(workspace.store).broken == ""
        assert "校验值" in verify(workspace.store, last.hash).broken


def _seals(workspace: Workspace) -> list[str]:
    if workspace.store.embedded:
        return ["DROP TRIGGER trail_no_update", "DROP TRIGGER trail_no_delete"]
    return ["DROP TRIGGER trail_sealed ON trail"]


class TestWorkspace:
    def test_is_found_from_inside(self, tmp_path: Path) -> None:
        init(tmp_path / "s").store.close()
        inner = tmp_path / "s" / "a" / "b"
        inner.mkdir(parents=True)
        assert found(inner).folder == tmp_path / "s"

    def test_there_is_none(self, tmp_path: Path) -> None:
        with pytest.raises(NoSeason, match="auditor season init"):
            found(tmp_path)

    def test_a_folder_that_is_not_there_leads_to_no_other(self, tmp_path: Path) -> None:
        init(tmp_path / "s").store.close()
        with pytest.raises(NoSeason, match="找不到文件夹"):
            found(tmp_path / "s" / "去年")

    def test_a_season_does_not_come_before_itself(self, tmp_path: Path) -> None:
        this, before = init(tmp_path / "s"), init(tmp_path / "去年")
        before.store.close()
        (tmp_path / "s" / "a").mkdir()
        assert earlier(this, tmp_path / "去年").folder == tmp_path / "去年"
        with pytest.raises(NoSeason, match="就是这一季"):
            earlier(this, tmp_path / "s" / "a")
        this.store.close()

    def test_a_lost_file_is_not_begun_anew(self, tmp_path: Path) -> None:
        init(tmp_path / "s").store.close()
        (tmp_path / "s" / "season.db").unlink()
        with pytest.raises(NoSeason, match="移走"):
            found(tmp_path / "s")

    def test_no_password_in_the_file(self, tmp_path: Path) -> None:
        with pytest.raises(NoSeason, match="PGPASSWORD"):
            init(tmp_path / "s", "postgresql://a:b@localhost/x")
        assert not (tmp_path / "s").exists()

    @pytest.mark.parametrize("url", ["mysql://a@localhost/x", "postgresql://a@127.0.0.1:1/x"])
    def test_what_cannot_be_opened(self, tmp_path: Path, url: str) -> None:
        with pytest.raises(StoreError):
            init(tmp_path / "s", url)
        assert not (tmp_path / "s" / "season.toml").exists()

    def test_a_newer_store(self, tmp_path: Path) -> None:
        made = init(tmp_path / "s")
        with made.store.writing() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        with pytest.raises(StoreError, match="升级程序"):
            found(tmp_path / "s")

    def test_a_file_that_is_no_store(self, tmp_path: Path) -> None:
        (tmp_path / "x.db").write_bytes(b"no database at all, but long enough to be looked at" * 20)
        with pytest.raises(StoreError):
            opened(at(tmp_path / "x.db"))
