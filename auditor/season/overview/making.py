"""The paper on a season made and written: records and changes out of the store, the memos beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select

from auditor.console import save
from auditor.extras import how_to_get
from auditor.isolation import Limits
from auditor.memo.render import MissingExtra, imported
from auditor.season.across.matter import Told
from auditor.season.overview.chapters import Changes, Overview, overview
from auditor.season.reading import records
from auditor.season.records import Record
from auditor.season.showing import shown
from auditor.season.status import status
from auditor.season.store import Store, StoreError
from auditor.season.store.tables import decision
from auditor.season.workspace import Workspace

FORMATS = ("xlsx", "html", "docx")
_WEEK = 7


def made(
    workspace: Workspace, since: str, now: datetime, before: Workspace | None = None, across: bool = False
) -> tuple[Overview, Sequence[Record]]:
    """The paper of this day, and the reports it is about. `since` is a day (ISO), "" for a week ago; with `across` the
    reports are compared with each other.

    Raises `ValueError` for what is no day, `MissingExtra`.
    """
    begin = datetime.fromisoformat(since) if since else now - timedelta(days=_WEEK)
    day = begin.date().isoformat()
    told = status(workspace.store)
    paper = overview(
        told.reports, told.failed, Changes(day, _decided(workspace.store, day)), now.date().isoformat(),
        () if before is None else records(before.store), matters=_matters(workspace, before) if across else (),
    )  # fmt: skip
    return paper, told.reports


def _matters(workspace: Workspace, before: Workspace | None) -> list[Told]:
    """What the reports show together, and what they have copied from each other."""
    comparing = imported("auditor.season.comparing", "season")
    try:
        return [*comparing.across(workspace, before).told, *comparing.copied(workspace).told]
    except ModuleNotFoundError as error:
        raise MissingExtra(f"缺少组件 {error.name}，{how_to_get('season')}") from None


def _decided(store: Store, since: str) -> dict[str, int]:
    with store.reading() as connection:
        rows = connection.execute(
            select(decision.c.decision, func.count())
            .where(decision.c.at >= since)
            .group_by(decision.c.decision)
        )
        return {str(word): int(count) for word, count in rows}


def written(
    paper: Overview, format: str, memos: Mapping[int, str], template: Path | None, say: Callable[[str], None]
) -> str | bytes:
    """The paper in one of the `FORMATS`. Raises `MissingExtra`, `BadTemplate`."""
    if format == "html":
        return str(imported("auditor.season.overview.page", "").write(paper, memos))
    if format == "xlsx":
        return bytes(imported("auditor.season.overview.book", "office").write(paper, memos))
    return bytes(imported("auditor.season.overview.word", "office").write(paper, template, say, memos))


def with_memos(
    store: Store,
    reports: Sequence[Record],
    folder: Path,
    limits: Limits,
    progress: Callable[[str, int, int], None],
) -> tuple[dict[int, str], list[str]]:
    """A page for each current report with something to look at, into a folder. Returns the files by report, relative to
    what lies beside the folder, and a line for each that could not be made."""
    wanted = [one for one in reports if one.current and one.problems]
    folder.mkdir(parents=True, exist_ok=True)
    links: dict[int, str] = {}
    lost: list[str] = []
    for at, one in enumerate(wanted, 1):
        name = f"{one.id:06}.html"
        try:
            content = shown(store, [one.id], "html", limits)
        except (StoreError, MissingExtra) as error:
            lost.append(f"{one.id} 号报告的备忘录没有写出：{error}")
            continue
        if problem := save(folder / name, content):
            lost.append(f"写不了 {folder / name}：{problem}")
            continue
        links[one.id] = f"{folder.name}/{name}"
        progress("备忘录", at, len(wanted))
    return links, lost
