"""Questions out and answers in as files: OpenAI's Batch format, which `vllm run-batch` reads too."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from auditor.judge.call import Call, Reply
from auditor.judge.cassette import Cassettes
from auditor.judge.wire import PATH, body, reply
from auditor.regular import regular

_BEGINS = b'{"custom_id"'
_LONGEST = 8 * 1024 * 1024


@dataclass
class Imported:
    """What became of the lines of an answer file."""

    stored: int = 0
    already: int = 0
    failed: int = 0  # the endpoint says that it could not answer
    unknown: int = 0  # answers to questions that nobody asked here
    differing: int = 0  # a second, different answer to the same question: the first stays
    bad: int = 0  # not a line of the format
    missing: int = 0  # questions without an answer yet

    @property
    def told(self) -> str:
        """One Chinese line."""
        parts = [f"存入 {self.stored} 条"]
        for count, what in (
            (self.already, "已有"),
            (self.differing, "与已有的不同、未采用"),
            (self.failed, "对方未能回答"),
            (self.unknown, "不是本机导出的提问"),
            (self.bad, "无法读取"),
        ):
            if count:
                parts.append(f"{what} {count} 条")
        return "，".join(parts) + (f"；还有 {self.missing} 条提问没有回答" if self.missing else "")


def line(call: Call, structured: str = "json_schema") -> str:
    """One request."""
    entry = {"custom_id": call.key, "method": "POST", "url": PATH, "body": body(call, structured)}
    return json.dumps(entry, ensure_ascii=False)


def may_replace(path: Path) -> bool:
    """Whether nothing stands there, or an earlier export: what people wrote is not replaced by questions.

    Raises `OSError` if it cannot be read.
    """
    if not path.exists():
        return True
    if not path.is_file():
        return False
    with regular(path).open("rb") as stream:
        return stream.read(len(_BEGINS)) in (b"", _BEGINS)


def export(calls: Iterable[Call], path: Path, structured: str = "json_schema") -> int:
    """Writes each question once, the file whole or not at all; returns how many."""
    lines = {call.key: line(call, structured) for call in calls}
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(f"{one}\n" for one in lines.values())
        os.replace(part, path)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
    return len(lines)


def import_answers(path: Path, calls: Iterable[Call], cassettes: Cassettes) -> Imported:
    """Stores the answers to `calls`, in any order, as many as there are. Nothing in the file is fatal.

    Raises `OSError` if the file cannot be read.
    """
    asked = {call.key: call for call in calls}
    outcome = Imported()
    with regular(path).open("rb") as stream:
        while raw := stream.readline(_LONGEST + 1):
            if len(raw) > _LONGEST:
                outcome.bad += 1
                while raw and not raw.endswith(b"\n"):
                    raw = stream.readline(_LONGEST)
            elif raw.strip(b"\xef\xbb\xbf \t\r\n"):
                _take(raw, asked, cassettes, outcome)
    outcome.missing = sum(cassettes.get(call) is None for call in asked.values())
    return outcome


def _take(raw: bytes, asked: dict[str, Call], cassettes: Cassettes, outcome: Imported) -> None:
    try:
        entry = json.loads(raw.decode("utf-8-sig"))
        key, response, error = entry["custom_id"], entry.get("response"), entry.get("error")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        outcome.bad += 1
        return
    call = asked.get(key) if isinstance(key, str) else None
    if call is None:
        outcome.unknown += 1
    elif error or not isinstance(response, dict) or response.get("status_code", 200) != 200:
        outcome.failed += 1
    else:
        _store(call, response.get("body"), cassettes, outcome)


def _store(call: Call, answered: Any, cassettes: Cassettes, outcome: Imported) -> None:
    got: Reply | None = reply(answered, call, "batch")
    if got is None:
        outcome.bad += 1
        return
    known = cassettes.get(call)
    if known is None:
        cassettes.put(call, got, "batch")
        outcome.stored += 1
    elif known.text == got.text:
        outcome.already += 1
    else:
        outcome.differing += 1
