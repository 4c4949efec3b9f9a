"""One question to a model and its reply: what the rest of the floor speaks of.

Nothing here knows how a call travels (client, cassette, batch file) or what it asks.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import field
from typing import Any, Protocol

from auditor.values import frozen

Message = dict[str, str]
"""{"role": "system" | "user" | "assistant", "content": …}"""


LIMITS = ("max_tokens", "max_completion_tokens")
"""Bound the answer and change nothing of the question."""


@frozen
class Call:
    """What is sent. Two calls with the same `key` are the same question.

    messages  as they leave the machine: already masked
    schema    JSON Schema of the answer, sent as response_format json_schema (strict)
    parameters  temperature, max_tokens … as sent
    repeat    0 for the first asking; a repair request is a call of its own
    """

    model: str
    messages: tuple[Message, ...]
    schema: dict[str, Any]
    parameters: dict[str, Any] = field(default_factory=dict)
    repeat: int = 0
    prompt: str = ""  # id@version of the prompt file; not part of the key

    @property
    def limit(self) -> int:
        """How many tokens the answer may have; 0 for no bound."""
        told = next((self.parameters[name] for name in LIMITS if self.parameters.get(name)), 0)
        return told if isinstance(told, int) else 0

    @property
    def key(self) -> str:
        """32 hex digits over model, messages, schema, parameters but for the limit of the answer, and repeat."""
        asked = {name: value for name, value in self.parameters.items() if name not in LIMITS}
        identity = json.dumps(
            [self.model, list(self.messages), self.schema, asked, self.repeat],
            ensure_ascii=False,
            sort_keys=True,
        )
        return hashlib.sha256(identity.encode()).hexdigest()[:32]


@frozen
class Usage:
    """Tokens as the endpoint counted them; 0 where it did not say."""

    prompt_tokens: int = 0
    completion_tokens: int = 0

    @property
    def total(self) -> int:
        return self.prompt_tokens + self.completion_tokens


@frozen
class Reply:
    """What came back, before anything is believed.

    source  "cassette", "live" or "batch", or what the cassette says of its origin
    finish  finish_reason of the endpoint ("stop", "length", "content_filter" …)
    """

    text: str
    model: str
    usage: Usage = Usage()
    source: str = "live"
    finish: str = "stop"


class NoAnswer(Exception):
    """The call got no reply; `reason` in Chinese goes to the memo. Never fatal for the run."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Asker(Protocol):
    """Anything that answers calls: the cassettes, a live endpoint."""

    def ask(self, call: Call) -> Reply:
        """The reply. Raises `NoAnswer`."""
        ...
