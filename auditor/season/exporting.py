"""The season as data for other programs, one line each: reports, findings, and the trail. Streamed: however many
reports there are, one is in memory."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path

from auditor.figures import show
from auditor.memo.workbook.cells import clean
from auditor.season.records import Record
from auditor.season.showing import memo
from auditor.season.store import Store
from auditor.season.trail import entries


class Foreign(Exception):
    """What stands in the place is not of our making, or somebody has worked on it; the message says so."""


def saved(output: Path, lines: Iterable[str], worked_on: bool = False) -> int:
    """Writes the lines as they come; how many. What stood there is replaced when all are on the disk: an earlier
    list of the same kind, and if it is one to be `worked_on` by people, one that says the very same.

    Raises `OSError`, `Foreign`.
    """
    coming = iter(lines)
    head = list(islice(coming, 1))
    if not _of_the_kind(output, "".join(head)):
        raise Foreign(f"{output} 已有，不是本程序写出的这种清单，未覆盖；请换一个文件名或把它移走")
    lines = chain(head, coming)
    if worked_on:
        lines = list(lines)
        if _text(output) not in ("", "".join(lines)):
            raise Foreign(
                f"{output} 已有，与现在的不同，可能有人改过，未覆盖；请先收下，再换一个文件名或把它移走"
            )
    part, count = output.with_name(f".auditor-{os.getpid()}.part"), 0
    try:
        with part.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
            for line in lines:
                stream.write(line)
                count += 1
        part.replace(output)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
    return count


def _of_the_kind(output: Path, first: str) -> bool:
    """Whether nothing stands there, or a list with the same head: the columns, or the names in a line of JSON."""
    old = _text(output).partition("\n")[0]
    if not old or old == first.rstrip("\n"):
        return True
    try:
        before, now = json.loads(old), json.loads(first)
    except ValueError:
        return False
    return isinstance(before, dict) and isinstance(now, dict) and before.keys() == now.keys()


def _text(output: Path) -> str:
    """What stands there; "" for nothing, and for what is no file. Raises `OSError`."""
    return output.read_bytes().decode("utf-8", "replace") if output.is_file() else ""


_HEADS = (
    "编号", "单位", "项目", "项目编码", "类别", "年度", "预算（元）", "支出（元）", "自评分", "核算分", "等次", "不一致", "存疑",
    "无法核验", "未读懂的表", "已确认", "已驳回", "未处理", "稿次", "现行", "文件", "报告标识",
)  # fmt: skip


def documents(store: Store, records: Iterable[Record]) -> Iterator[str]:
    """Each audited document as a line of JSON: what `auditor schema` calls a Document."""
    seen: set[tuple[str, str, str]] = set()
    for one in records:
        mark = (one.path, one.member, one.sha256)
        if mark not in seen:
            seen.add(mark)
            for document in memo(store, [one.id]).documents:
                yield document.model_dump_json() + "\n"


def trail(store: Store) -> Iterator[str]:
    """Each entry as a line of JSON, with what its hash is made of."""
    for entry in entries(store):
        yield json.dumps(asdict(entry), ensure_ascii=False) + "\n"


def table(records: Iterable[Record]) -> Iterator[str]:
    """Each report as a line of CSV, with a head that spreadsheets read as UTF-8."""
    yield "\ufeff" + _line(_HEADS)
    for one in records:
        yield _line(row(one))


def cells(rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Rows as lines of CSV that spreadsheets read as UTF-8."""
    yield from ("\ufeff" * (not at) + _line(one) for at, one in enumerate(rows))


def row(one: Record) -> tuple[object, ...]:
    """What the table says of a report."""
    leading = [each for each in one.findings if not each.related]
    flagged = [each for each in leading if each.flagged]
    return (
        one.id, one.unit, one.project, one.code, one.category, one.year, _money(one.budget), _money(one.paid), one.self_score,
        one.recomputed_score, one.grade,
        *(sum(each.verdict == kind for each in leading) for kind in ("inconsistent", "query", "not_assessable")),
        one.covered.unread_tables,
        *(sum(each.decision == word for each in flagged) for word in ("确认", "驳回", "")),
        f"{one.version}/{one.versions}", "是" if one.current else "否",
        "/".join(filter(None, (one.path, one.member))), one.key,
    )  # fmt: skip


def _money(amount: Decimal | None) -> str | None:
    return None if amount is None else show(amount)


def _line(cells: Iterable[object]) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerow([_cell(cell) for cell in cells])
    return stream.getvalue()


def _cell(value: object) -> str:
    """A text never begins as a formula: spreadsheets would run it."""
    if value is None:
        return ""
    text = clean(str(value)) if isinstance(value, str) else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(("=", "+", "-", "@")) else text
