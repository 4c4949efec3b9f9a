"""What was drawn or compared, kept in the store: the last of each kind and name counts, all stay."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, select

from auditor.season.packed import packed, unpacked
from auditor.season.store import Store
from auditor.season.store.tables import paper
from auditor.season.trail import append, now
from auditor.season.workspace import Workspace


def keep(workspace: Workspace, kind: str, name: str, body: Any, told: Mapping[str, object]) -> None:
    """Keeps `body` (JSON); the trail tells of it in short (`told`)."""
    with workspace.store.writing() as connection:
        append(workspace.store, connection, workspace.who, kind, {"name": name, **told})
        connection.execute(
            insert(paper).values(
                kind=kind, name=name, at=now(), body=packed(json.dumps(body, ensure_ascii=False))
            )
        )


def last(store: Store, kind: str, name: str) -> Any | None:
    """What was kept last under that name; None where nothing was."""
    with store.reading() as connection:
        body = connection.execute(
            select(paper.c.body)
            .where(paper.c.kind == kind, paper.c.name == name)
            .order_by(paper.c.id.desc())
            .limit(1)
        ).scalar()
    return None if body is None else json.loads(unpacked(body))


def names(store: Store, kind: str) -> list[str]:
    """In order of their first use."""
    with store.reading() as connection:
        return list(
            dict.fromkeys(
                connection.execute(
                    select(paper.c.name).where(paper.c.kind == kind).order_by(paper.c.id)
                ).scalars()
            )
        )
