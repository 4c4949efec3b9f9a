"""How an endpoint wants to be spoken to, learnt from what it refuses and kept for the run.

Everybody says "compatible with OpenAI"; hardly anybody takes every parameter. Each refusal names, more
or less, what was wrong: the next attempt leaves it out.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from auditor.compiled import compiled
from auditor.judge.call import Call
from auditor.values import frozen

FORMS = ("json_schema", "json_object", "text")
"""How the form of the answer is asked for, the strictest first."""


@frozen
class Dialect:
    """structured  one of `FORMS` · temperature  whether it is sent at all
    limit   the name of the parameter that bounds the answer, "" for none
    stream  the answer comes in pieces · system  whether there is a system message
    parts   content as a list of parts rather than a string
    """

    structured: str = "json_schema"
    temperature: bool = True
    limit: str = "max_tokens"
    stream: bool = False
    system: bool = True
    parts: bool = False

    @property
    def told(self) -> str:
        """What differs from the usual, in Chinese."""
        parts = [
            {
                "json_schema": "按 JSON Schema 作答",
                "json_object": "按 JSON 对象作答",
                "text": "不支持 JSON 格式约定，按文字作答",
            }[self.structured]
        ]
        if not self.temperature:
            parts.append("不接受 temperature")
        if self.limit != "max_tokens":
            parts.append(f"用 {self.limit} 限制长度" if self.limit else "不接受长度限制")
        if self.stream:
            parts.append("只能流式回答")
        if not self.system:
            parts.append("没有 system 角色，已并入提问")
        if self.parts:
            parts.append("内容分段发送")
        return "，".join(parts)


_TOO_LONG = compiled(
    r"context|too long|token limit|maximum.{0,20}length|input.{0,20}length|上下文|过长|超长|超出",
    re.IGNORECASE,
)
_ABOUT = (
    (
        "structured",
        compiled(r"response_format|json_schema|json_object|structured|guided|grammar|schema", re.IGNORECASE),
    ),
    ("temperature", compiled(r"temperature", re.IGNORECASE)),
    ("limit", compiled(r"max_tokens|max_completion_tokens|max_output", re.IGNORECASE)),
    ("stream", compiled(r"stream", re.IGNORECASE)),
    ("system", compiled(r"system|role", re.IGNORECASE)),
    (
        "parts",
        compiled(r"content.{0,60}(?:list|array|part)|(?:list|array|part).{0,60}content", re.IGNORECASE),
    ),
)
_MAY_ADAPT = (400, 404, 405, 415, 422, 500, 501, 503)
_BLIND = (400, 422)


def adapted(spoken: Dialect, status: int, words: str, proven: bool) -> Dialect | None:
    """Another way to say the same after a refusal; `None` where the refusal is about something else.

    `proven`: this dialect has been answered before, so an unexplained refusal is not about it.
    """
    if status not in _MAY_ADAPT:
        return None
    for name, pattern in _ABOUT:
        if pattern.search(words) and (other := _without(spoken, name)) is not None:
            too_long = (
                name == "limit"
                and _TOO_LONG.search(words)
                and "unsupported" not in words.lower()
                and "instead" not in words.lower()
            )
            if not too_long:
                return other
    if status in _BLIND and not proven and not _TOO_LONG.search(words):
        return _without(spoken, "structured")
    return None


def _without(spoken: Dialect, name: str) -> Dialect | None:
    if name == "structured":
        at = FORMS.index(spoken.structured) + 1
        return replace(spoken, structured=FORMS[at]) if at < len(FORMS) else None
    if name == "limit":
        following = {"max_tokens": "max_completion_tokens", "max_completion_tokens": ""}
        return replace(spoken, limit=following[spoken.limit]) if spoken.limit else None
    wanted: Any = {"temperature": False, "stream": True, "system": False, "parts": True}[name]
    return None if getattr(spoken, name) == wanted else replace(spoken, **{name: wanted})


def body(call: Call, spoken: Dialect) -> dict[str, Any]:
    """The request's body in that dialect: exactly what leaves."""
    told: dict[str, Any] = {"model": call.model, "messages": _messages(call, spoken)}
    for name, value in call.parameters.items():
        if name in ("max_tokens", "max_completion_tokens"):
            if spoken.limit:
                told[spoken.limit] = value
        elif name != "temperature" or spoken.temperature:
            told[name] = value
    if spoken.structured == "json_schema":
        told["response_format"] = {
            "type": "json_schema",
            "json_schema": {"name": "answer", "strict": True, "schema": call.schema},
        }
    elif spoken.structured == "json_object":
        told["response_format"] = {"type": "json_object"}
    if spoken.stream:
        told["stream"] = True
    return told


def _messages(call: Call, spoken: Dialect) -> list[dict[str, Any]]:
    messages: list[dict[str, Any]] = [dict(message) for message in call.messages]
    if not spoken.system and len(messages) > 1 and messages[0]["role"] == "system":
        first, second, *rest = messages
        messages = [{"role": "user", "content": f"{first['content']}\n\n{second['content']}"}, *rest]
    if spoken.parts:
        for message in messages:
            message["content"] = [{"type": "text", "text": message["content"]}]
    return messages
