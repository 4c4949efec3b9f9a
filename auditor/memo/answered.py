"""A 退回修改函 that a unit has filled in, read back: boxes are known by the marks in their last row, or below them
as older letters have it.

The file may have been saved by another program, answered in part, or cut and pasted. What cannot be
understood is named and left out.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from auditor.compiled import compiled
from auditor.document import UnreadableFile, file_bytes
from auditor.document.archive import office_container
from auditor.memo.decisions import DecisionsError, Entry
from auditor.memo.escape import one_line
from auditor.memo.letter import MARK, TICKS
from auditor.values import frozen

_MARKS = compiled(rf"{MARK}\s*([0-9a-f]{{16}})\s*[-－—–]\s*([0-9a-f]{{16}})")
_TITLE = compiled(r"关于退回修改(.{1,80}?)(?:绩效自评(?:报告|复核表))?的函")
_NUMBER = compiled(r"问题\s*(\d+(?:·\d+)?)")
_TICKED = compiled(rf"[☑☒■√✓✔✅Rþ]\s*({'|'.join(TICKS)})")
"""A box that somebody ticked, in the signs that people put there; R and þ are what symbol fonts leave."""
_REPLY, _CHANGE = "单位答复", "修改情况"
_EVALUATOR = "复核人答复"  # in a letter on what an evaluator wrote


@frozen
class Filled:
    """One answered box; the entry holds what the unit wrote and no decision."""

    place: str
    entry: Entry


@dataclass
class Answers:
    """`blank` are the numbers of the boxes in which nothing was written."""

    filled: list[Filled] = field(default_factory=list)
    blank: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@dataclass
class _Box:
    number: str
    title: str
    reply: str
    change: str
    marks: tuple[str, str] | None = None
    ticked: str = ""
    letter: str = ""


def read(path: Path) -> Answers:
    """Raises `DecisionsError` for a file that is no letter of ours."""
    boxes = _boxes(_opened(path).element.body)
    if not boxes:
        raise DecisionsError(f"{path}：不是退回修改函，没有找到“问题”“{_REPLY}”的框")
    answers = Answers()
    several = len({box.letter for box in boxes}) > 1
    for box in boxes:
        # Numbers of one project begin with 1 in each letter; those of several carry the number of the report.
        number = f"《{box.letter}》{box.number}" if several and "·" not in box.number else box.number
        reply = "：".join(part for part in (box.ticked, box.reply) if part)
        if not (reply or box.change):
            answers.blank.append(number)
        elif box.marks is None:
            answers.problems.append(f"问题{number}：框的编号缺失或已被改动，不知道是哪一条，没有收下")
        else:
            report, fingerprint = box.marks
            entry = Entry(
                decision="",
                report=report,
                fingerprint=fingerprint,
                message=box.title,
                reply=reply,
                measures=box.change,
            )
            answers.filled.append(Filled(f"问题{number}", entry))
    return answers


def written(data: bytes) -> Iterator[tuple[str, ...]]:
    """What the unit has written into a letter: the marks of each box and the words. Nothing in another document."""
    for box in _boxes(Document(io.BytesIO(data)).element.body):
        for said in (box.ticked, box.reply, box.change):
            if said:
                yield *(box.marks or (box.number, box.title)), said


def _opened(path: Path) -> Any:
    try:
        data = file_bytes(path)
        with office_container(data, str(path)):
            return Document(io.BytesIO(data))
    except UnreadableFile as error:
        raise DecisionsError(str(error)) from None
    except MemoryError:
        raise
    except Exception:  # what a damaged document raises is not foreseeable
        raise DecisionsError(f"{path}：不是能打开的 docx 文件，其他格式请先另存为 .docx") from None


def _boxes(body: Any) -> list[_Box]:
    """Tables that begin with 问题 and a number, each with the marks that follow it and the ticks in the receipt
    of its letter."""
    found: list[_Box] = []
    told, letter = 0, ""
    for element in body:
        if element.tag != qn("w:tbl"):
            if title := _TITLE.search(_text(element)):
                letter = title[1]
            marks = _MARKS.search(_text(element))
            if found and marks and found[-1].marks is None:
                found[-1].marks = marks[1], marks[2]
        elif (box := _box(element)) is not None:
            box.letter = letter
            found.append(box)
        elif ticks := _ticks(element):
            for box in found[told:]:
                box.ticked = ticks.get(box.number, "")
            told = len(found)
    return found


def _box(table: Any) -> _Box | None:
    rows = [[_text(cell) for cell in row.iter(qn("w:tc"))] for row in table.iter(qn("w:tr"))]
    if not rows or not (number := _NUMBER.fullmatch(rows[0][0].strip() if rows[0] else "")):
        return None
    told = {"".join(row[0].split()): " ".join(row[1:]) for row in rows if len(row) > 1}
    reply = next((told[label] for label in (_REPLY, _EVALUATOR) if label in told), None)
    if reply is None:
        return None
    marks = _MARKS.search(f"{MARK}{told.get(MARK, '')}")
    return _Box(
        number[1],
        one_line(rows[0][-1]),
        reply.strip(),
        told.get(_CHANGE, "").strip(),
        (marks[1], marks[2]) if marks else None,
    )


def _ticks(table: Any) -> dict[str, str]:
    """By number of the problem: what a receipt says was done, "" where nothing is ticked."""
    rows = [[_text(cell) for cell in row.iter(qn("w:tc"))] for row in table.iter(qn("w:tr"))]
    return {"".join(row[0].split()): "、".join(_TICKED.findall(row[2])) for row in rows if len(row) >= 3}


def _text(element: Any) -> str:
    """The words as they stand in the end: what a tracked change has struck out is no `w:t`."""
    paragraphs = ("".join(text.text or "" for text in one.iter(qn("w:t"))) for one in element.iter(qn("w:p")))
    told = " ".join(part for part in paragraphs if part.strip())
    return unicodedata.normalize("NFC", one_line(told)).strip()
