"""What was sent where: one JSON line per event. Hashes and counts; the text itself only on request."""

from __future__ import annotations

import hashlib
import json
import threading
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from auditor.compiled import compiled
from auditor.judge.call import Call

_PLACEHOLDER = compiled(r"⟦([^⟦⟧\d]{1,8})\d{1,6}⟧")


class SentLog:
    """Appends to a file. A log that cannot be written stops the sending: see `note`."""

    def __init__(self, path: Path, text: bool = False) -> None:
        self.path, self.text = path, text
        self._lock = threading.Lock()

    def note(self, event: str, host: str, call: Call, **more: Any) -> None:
        """`event`: sent, answered, failed, exported. Raises `OSError`: what cannot be logged
        must not be sent."""
        content = "".join(message["content"] for message in call.messages)
        entry: dict[str, Any] = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "event": event,
            "host": host,
            "key": call.key,
            "model": call.model,
            "prompt": call.prompt,
            "sha256": hashlib.sha256(content.encode()).hexdigest(),
            "chars": len(content),
            "masked": dict(Counter(_PLACEHOLDER.findall(content))),
            **more,
        }
        if self.text and event in ("sent", "exported"):
            entry["messages"] = list(call.messages)
        line = json.dumps(entry, ensure_ascii=False) + "\n"
        with self._lock:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a", encoding="utf-8", newline="\n") as stream:
                stream.write(line)

    def read(self) -> list[dict[str, Any]]:
        """All entries; lines that were cut off are left out."""
        entries = []
        with suppress(FileNotFoundError):
            for line in self.path.read_text(encoding="utf-8").splitlines():
                with suppress(ValueError):
                    entries.append(json.loads(line))
        return entries
