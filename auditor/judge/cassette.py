"""Recorded answers: one readable JSON file per call, named by the call's key.

The same folder is what `replay` reads, what `live` need not send again, and the audit trail.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from auditor.compiled import compiled
from auditor.judge.call import Call, NoAnswer, Reply, Usage
from auditor.judge.nearest import Recorded, another_report, difference, nearest
from auditor.regular import regular

_KEY = compiled(r"[0-9a-f]{32}")
_SECRET = compiled(
    r"\b(?:sk|key|gsk|hf)[-_][A-Za-z0-9_-]{16,200}|(?i:\bbearer) {1,4}[A-Za-z0-9._~+/=-]{12,400}"
)


class Cassettes:
    """The answers in one folder. Safe to use from several threads and processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, key: str) -> Path:
        return self.folder / f"{key}.json"

    def get(self, call: Call) -> Reply | None:
        """The recorded reply; `None` if there is none, or none that can be used (see `fault`): one that was cut
        at a lower limit than is allowed now answers nothing."""
        data = _load(self.path(call.key))
        if data is None or _fault(data, call.key):
            return None
        got, asked = _reply(data), _call(data)
        cut = (
            got.finish == "length" and asked is not None and asked.limit and not 0 < call.limit <= asked.limit
        )
        return None if cut else got

    def fault(self, call: Call) -> str:
        """Why a file that is there cannot be used; "" if it can, or is not there."""
        path = self.path(call.key)
        if not path.exists():
            return ""
        data = _load(path)
        return "读不出来" if data is None else _fault(data, call.key)

    def sound(self) -> bool:
        """Whether every answer in the folder can be used."""
        named = [path for path in self.folder.glob("*.json") if _KEY.fullmatch(path.stem)]
        return all((data := _load(path)) is not None and not _fault(data, path.stem) for path in named)

    def put(self, call: Call, reply: Reply, source: str | None = None) -> Path:
        """Writes the file whole or not at all. `source` says where the answer came from."""
        return _write(
            self.path(call.key),
            {
                "key": call.key,
                "prompt": call.prompt,
                "source": scrubbed(source or reply.source),
                "recorded": datetime.now(UTC).isoformat(timespec="seconds"),
                "usage": {
                    "prompt_tokens": reply.usage.prompt_tokens,
                    "completion_tokens": reply.usage.completion_tokens,
                },
                "answer": {
                    "model": reply.model,
                    "finish": reply.finish,
                    "text": _lines(scrubbed(reply.text)),
                },
                "request": _request(call),
            },
        )

    def wait_for(self, call: Call) -> Path:
        """Notes a call whose answer will come by another way (a batch)."""
        data = {"key": call.key, "prompt": call.prompt, "request": _request(call)}
        return _write(self.folder / "pending" / f"{call.key}.json", data)

    def awaited(self) -> list[Call]:
        """The calls noted by `wait_for`, answered or not."""
        found = (_load(path) for path in sorted((self.folder / "pending").glob("*.json")))
        calls = (_call(data) for data in found if data is not None)
        return [call for call in calls if call is not None]

    def recorded(self) -> list[Recorded]:
        """Every request in the folder, to find the nearest."""
        found: list[Recorded] = []
        for path in sorted(self.folder.glob("*.json")):
            data = _load(path) if _KEY.fullmatch(path.stem) else None
            call = _call(data) if data is not None else None
            if call is not None:
                found.append(Recorded(path.stem, call))
        return found


class Replayer:
    """Answers from the cassettes alone; sends nothing."""

    def __init__(self, folders: Iterable[Path | Cassettes]) -> None:
        self.stores = [one if isinstance(one, Cassettes) else Cassettes(one) for one in folders]
        self._recorded: list[Recorded] | None = None

    def get(self, call: Call) -> Reply | None:
        """The first folder's answer; `None` if no folder has one."""
        return next((reply for store in self.stores if (reply := store.get(call))), None)

    def ask(self, call: Call) -> Reply:
        reply = self.get(call)
        if reply is None:
            raise NoAnswer(self._missing(call))
        return reply

    def unknown(self, calls: Sequence[Call]) -> list[str]:
        """Why no question on file can be any of these, one reason for each call; none if one may be.

        Nothing in the calls is masked yet: masking takes longer than all else for a small report, and is
        in vain where every recorded question is about another one."""
        if any(not another_report(call, one) for call in calls for one in self._on_file()):
            return []
        if not self._sound:
            return []  # which question a spoilt file was about only its name tells
        return [self._missing(call) for call in calls]

    @cached_property
    def _sound(self) -> bool:
        return all(store.sound() for store in self.stores)

    def _on_file(self) -> list[Recorded]:
        if self._recorded is None:
            self._recorded = [one for store in self.stores for one in store.recorded()]
        return self._recorded

    def _missing(self, call: Call) -> str:
        for store in self.stores:
            if fault := store.fault(call):
                return f"录下的回答 {store.path(call.key).name} {fault}"
        close = nearest(call, self._on_file())
        if close is None:
            return "没有录下的回答"
        return f"没有这次提问的回答；最接近的是 {close.key[:8]}，{difference(close.call, call)}"


def scrubbed(text: str) -> str:
    """The text without keys of endpoints, should one have got into it."""
    own = os.environ.get("OPENAI_API_KEY", "")
    if len(own) >= 8:
        text = text.replace(own, "〈密钥〉")
    return _SECRET.sub("〈密钥〉", text)


def _request(call: Call) -> dict[str, Any]:
    return {
        "model": call.model,
        "repeat": call.repeat,
        "parameters": call.parameters,
        "messages": [{**one, "content": _lines(one["content"])} for one in call.messages],
        "schema": call.schema,
    }


def _lines(text: str) -> str | list[str]:
    """Text of several lines as a list: readable in the file, and exactly reversible."""
    return text.split("\n") if "\n" in text else text


def _text(written: Any) -> str:
    if isinstance(written, list) and all(isinstance(line, str) for line in written):
        return "\n".join(written)
    if isinstance(written, str):
        return written
    raise TypeError


def _call(data: dict[str, Any]) -> Call | None:
    try:
        request = data["request"]
        messages = tuple({**one, "content": _text(one["content"])} for one in request["messages"])
        return Call(
            str(request["model"]), messages, dict(request["schema"]), dict(request["parameters"]),
            int(request["repeat"]), str(data.get("prompt", "")),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _reply(data: dict[str, Any]) -> Reply:
    answer, usage = data["answer"], data.get("usage") or {}
    return Reply(
        _text(answer["text"]),
        str(answer.get("model") or data["request"]["model"]),
        Usage(int(usage.get("prompt_tokens") or 0), int(usage.get("completion_tokens") or 0)),
        str(data.get("source") or "cassette"),
        str(answer.get("finish") or "stop"),
    )


def _fault(data: dict[str, Any], key: str) -> str:
    """A request that was changed by hand is no longer the question that was answered."""
    call = _call(data)
    if call is None:
        return "缺少提问"
    if call.key != key:
        return "里的提问被改动过，与文件名不符"
    try:
        _reply(data)
    except (KeyError, TypeError, ValueError, AttributeError):
        return "里的回答不完整"
    return ""


def _load(path: Path) -> dict[str, Any] | None:
    try:
        data = json.loads(regular(path).read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _write(path: Path, data: dict[str, Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(json.dumps(data, ensure_ascii=False, indent=1) + "\n")
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise
    return path


def folders(*own: Path) -> Sequence[Path]:
    """A run's own folders, then the answers that came with the program."""
    package = Path(__file__).resolve().parent.parent
    carried = package / "_data" / "cassettes"
    return [*own, carried if carried.is_dir() else package.parent / "cassettes"]
