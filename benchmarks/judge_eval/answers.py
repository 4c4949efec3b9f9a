"""Answers from a file: lines of OpenAI's Batch format, or lines written by hand for one report each.

    {"report": "01-canal.txt", "source": "…", "items": [{"code": "L802", "quote": "…", …}]}

By hand, nobody counts lines: an item without `sentence` means the line in which its quote stands (or
the words in `line`, where the quote is wrong on purpose), and the same with `other_…`. `note` says
what is wrong on purpose. What is left out is null.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from auditor.judge.batch import Imported, import_answers
from auditor.judge.call import Call
from auditor.judge.cassette import Cassettes
from auditor.judge.quotes import folded
from auditor.judge.request import Inquiry
from auditor.judge.sheet import Line

_FIELDS = ("code", "sentence", "quote", "other_sentence", "other_quote", "about", "question", "equation")


def store(path: Path, asked: dict[str, Inquiry], folder: Path) -> tuple[Imported, list[str]]:
    """Puts the answers of a file into `folder` as cassettes; says what became of them, and where they
    come from in their own words. `asked` is by name of the report.

    Raises `OSError` if the file cannot be read, `ValueError` if an answer written by hand has no place.
    """
    folder.mkdir(parents=True, exist_ok=True)
    batch = folder / "batch.jsonl"
    lines = path.read_text(encoding="utf-8-sig", errors="replace").split("\n")
    sources: set[str] = set()
    batch.write_text("\n".join(_line(line, asked, sources) for line in lines), encoding="utf-8")
    calls = [call for inquiry in asked.values() for call in inquiry.calls]
    return import_answers(batch, calls, Cassettes(folder)), sorted(sources)


def answered(call: Call, items: Iterable[dict[str, Any]], inquiry: Inquiry) -> str:
    """A line of the Batch format that answers `call` with these items, masked as a model sees them."""
    return replied(
        call, json.dumps({"items": [_item(item, inquiry) for item in items]}, ensure_ascii=False), inquiry
    )


def replied(call: Call, text: str, inquiry: Inquiry) -> str:
    """A line of the Batch format that answers `call` with these words, masked as a model sees them."""
    message = {"role": "assistant", "content": inquiry.mask.mask(text)}
    body = {"model": call.model, "choices": [{"message": message, "finish_reason": "stop"}]}
    entry = {"custom_id": call.key, "response": {"status_code": 200, "body": body}, "error": None}
    return json.dumps(entry, ensure_ascii=False)


def _line(line: str, asked: dict[str, Inquiry], sources: set[str]) -> str:
    """A line as it is, unless it was written by hand."""
    try:
        written = json.loads(line)
    except (ValueError, RecursionError):
        return line  # counted by the import
    if not isinstance(written, dict) or "report" not in written:
        return line
    inquiry = asked.get(str(written["report"]))
    if inquiry is None or len(inquiry.calls) != 1:
        raise ValueError(f"{written['report']}: not a report that is asked about once")
    sources.add(str(written.get("source", "written by hand")))
    try:
        return answered(inquiry.calls[0], written["items"], inquiry)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{written['report']}: {type(error).__name__} {error}") from None


def _item(written: dict[str, Any], inquiry: Inquiry) -> dict[str, Any]:
    item = {**written}
    lines = list(inquiry.lines.values())
    if "sentence" not in item:
        item["sentence"] = _number(item.get("line") or item["quote"], lines)
    if item.get("other_quote") and "other_sentence" not in item:
        item["other_sentence"] = _number(item.get("other_line") or item["other_quote"], lines)
    return {name: item.get(name) for name in _FIELDS}


def _number(piece: str, lines: list[Line]) -> int:
    wanted, _ = folded(piece)
    found = [line.number for line in lines if wanted in folded(line.text)[0]]
    if len(found) != 1:
        raise ValueError(f"{piece!r} stands in {len(found)} lines")
    return found[0]
