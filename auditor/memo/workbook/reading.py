"""A ledger filled in by hand, read back: columns by their heads, rows by their marks, in any order.

The workbook may have been saved by another program, sorted, filtered and added to. What cannot be
understood is named and left out.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import zip_longest
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.datetime import from_excel

from auditor.compiled import compiled
from auditor.document import UnreadableFile, file_bytes
from auditor.document.archive import office_container
from auditor.document.sniff import FileKind, kind
from auditor.memo.decisions import DecisionsError, Entry
from auditor.memo.wording import DECISIONS
from auditor.values import frozen

_HEADS = {
    "number": ("序号",),
    "decision": ("处理", "处理意见", "处理结论", "处理结果"),
    "remark": ("备注", "处理备注"),
    "who": ("处理人", "经办人", "审核人"),
    "when": ("处理时间", "处理日期"),
    "report": ("报告标识",),
    "fingerprint": ("标识",),
    "project": ("项目",),
    "unit": ("单位",),
    "fiscal_year": ("年度",),
    "rule": ("规则",),
    "message": ("填报内容", "模型提问"),
    "file": ("文件",),
    "due": ("时限", "整改时限"),
    "measures": ("整改情况",),
    "closed": ("销号",),
    "reply": ("单位答复",),
}
_KEPT = ("remark", "due", "measures", "closed", "reply")
"""What is worth keeping though nothing is decided yet."""
TYPED = ("decision", "who", "when", *_KEPT)
"""Columns that are there for people to write into."""
_NEEDED = ("decision", "report", "fingerprint")
_MARK = compiled(r"[0-9a-f]{16}")
_MARKS = compiled(r"[0-9a-f]{16}(?: [0-9a-f]{16})*")
_DAY = compiled(
    r"(?P<y>\d{4})[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})日?(?:[T ]+(?P<h>\d{1,2})[:时](?P<min>\d{2})(?:[:分](?P<s>\d{2}))?[分秒]?)?"
)
_SERIAL = range(20_000, 80_000)
"""Day numbers of a date column that lost its format: the years 1954 to 2119."""
_MOST_ROWS, _MOST_COLUMNS, _HEAD_ROWS = 200_000, 200, 30


@frozen
class Filled:
    """One row of the ledger: where it stands, the report file it names, and what it decides of the
    problem: an entry for each finding that stands in the row, the leading one first. `number` is that of the problem
    as every paper has it, "" where the column is gone."""

    place: str
    file: str
    entries: tuple[Entry, ...]
    number: str = ""

    @property
    def entry(self) -> Entry:
        return self.entries[0]


@dataclass
class Ledger:
    """What was read. `problems` name the rows that were left out, each with its reason."""

    filled: list[Filled] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read(path: Path) -> Ledger:
    """Raises `DecisionsError` for a file that is no ledger."""
    book = _opened(path)
    ledger = Ledger()
    found = False
    for sheet in book.worksheets:
        sheet.reset_dimensions()
        rows = enumerate(sheet.iter_rows(max_row=_MOST_ROWS, max_col=_MOST_COLUMNS, values_only=True), 1)
        head = headed(rows)
        if head is None:
            continue
        found = True
        for number, row in rows:
            _row(f"{sheet.title}第{number}行", _picked(row, head.columns), ledger, book.epoch)
    book.close()
    if not found:
        raise DecisionsError(f"{path}：不是台账，没有找到“处理”“报告标识”“标识”三列的表头")
    ledger.filled = list(_settled(ledger))
    return ledger


def _opened(path: Path) -> Any:
    try:
        data = file_bytes(path)
        if kind(data) is FileKind.XLSX:
            with office_container(data, str(path)):
                pass
            return load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    except UnreadableFile as error:
        raise DecisionsError(str(error)) from None
    except MemoryError:
        raise
    except Exception:  # what a damaged workbook raises is not foreseeable
        pass
    raise DecisionsError(f"{path}：不是能打开的 xlsx 工作簿，其他格式请先另存为 .xlsx")


@frozen
class Head:
    """The row with the heads, which column says what, and the heads as they stand, by column."""

    row: int
    columns: dict[str, int]
    heads: list[str]


def headed(rows: Iterator[tuple[int, tuple[Any, ...]]]) -> Head | None:
    """Takes numbered rows up to the one with the heads of a ledger."""
    for number, row in rows:
        heads = [_folded(text(value)) for value in row]
        found = {
            name: next(heads.index(word) for word in words if word in heads)
            for name, words in _HEADS.items()
            if any(word in heads for word in words)
        }
        if all(name in found for name in _NEEDED):
            return Head(number, found, heads)
        if number >= _HEAD_ROWS:
            return None
    return None


def _picked(row: Sequence[Any], columns: dict[str, int]) -> dict[str, Any]:
    return {name: row[at] if at < len(row) else None for name, at in columns.items()}


def _row(place: str, cells: dict[str, Any], ledger: Ledger, epoch: datetime) -> None:
    written = text(cells["decision"])
    if not written and not any(text(cells.get(name)) for name in _KEPT):
        return
    word = _folded(written)
    report, marks = (_mark(cells[name]) for name in ("report", "fingerprint"))
    if not (written or report or marks):  # a line that somebody added below the table
        return
    if word not in ("", *DECISIONS):
        ledger.problems.append(f"{place}：处理“{written[:20]}”看不懂，请填确认、驳回或存疑")
        return
    if not (_MARK.fullmatch(report) and _MARKS.fullmatch(marks)):
        ledger.problems.append(f"{place}：标识缺失或已被改动，不知道是哪一条")
        return
    when = _when(cells.get("when"), epoch)
    if when is None:
        ledger.problems.append(
            f"{place}：处理时间“{text(cells['when'])[:20]}”看不懂，请写成 2026-11-20 的样子"
        )
        return
    names = ("remark", "who", "project", "unit", "rule", "message", "due", "measures", "closed", "reply")
    year = _folded(text(cells.get("fiscal_year")))
    texts = {name: text(cells.get(name)) for name in names}
    rules = texts["rule"].split()
    entries = tuple(
        Entry(
            decision=word,  # type: ignore[arg-type]
            when=when,
            report=report,
            fingerprint=mark,
            fiscal_year=int(year) if compiled(r"\d{4}").fullmatch(year) else None,
            **{**texts, "rule": rule},
        )
        for mark, rule in zip_longest(marks.split(), rules[: len(marks.split())], fillvalue="")
    )
    ledger.filled.append(Filled(place, text(cells.get("file")), entries, text(cells.get("number"))))


def _mark(value: Any) -> str:
    """A number is no mark, though it may look like one: a spreadsheet keeps but 15 of its digits."""
    return " ".join(unicodedata.normalize("NFKC", value).lower().split()) if isinstance(value, str) else ""


def _settled(ledger: Ledger) -> Iterator[Filled]:
    """One decision for each finding: a row that was copied counts once, rows that disagree not at all."""
    by_key: dict[tuple[str, str, str], list[Filled]] = {}
    for one in ledger.filled:
        by_key.setdefault((one.file, *one.entry.key), []).append(one)
    for same in by_key.values():
        said = {_said(one.entry) for one in same}
        if len(said) == 1:
            yield same[0]
        else:
            places = "、".join(one.place for one in same)
            ledger.problems.append(f"{places}：是同一条，处理却不相同，请只留一行")


def _said(entry: Entry) -> tuple[str, ...]:
    kept = (str(getattr(entry, name)) for name in _KEPT)
    return entry.decision, entry.who, entry.when, *kept


def text(value: Any) -> str:
    """What the cell shows, in one line; XML characters that no text file can hold are gone."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).encode("utf-8", "replace").decode("utf-8").split())


def _folded(words: str) -> str:
    return "".join(unicodedata.normalize("NFKC", words).split())


def _when(value: object, epoch: datetime) -> str | None:
    """An ISO day or time; "" for none, None for what is no date."""
    if isinstance(value, int | float) and int(value) in _SERIAL:
        value = from_excel(value, epoch)
    if isinstance(value, datetime):
        value = (value + timedelta(microseconds=500_000)).replace(microsecond=0)
        return (
            value.date().isoformat()
            if not (value.hour or value.minute or value.second)
            else value.isoformat()
        )
    if isinstance(value, date):
        return value.isoformat()
    written = unicodedata.normalize("NFKC", text(value))
    if not written:
        return ""
    match = _DAY.fullmatch(written)
    if match is None:
        return None
    try:
        year, month, day = (int(match[name]) for name in ("y", "m", "d"))
        hour, minute, second = (int(match[name] or 0) for name in ("h", "min", "s"))
        moment = datetime(year, month, day, hour, minute, second)
    except ValueError:
        return None
    return moment.isoformat() if match["h"] else moment.date().isoformat()
