"""A call as the OpenAI chat completions interface wants it, and a reply as it gives it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from auditor.judge import dialect
from auditor.judge.call import Call, Reply, Usage
from auditor.judge.tokens import tokens

PATH = "/v1/chat/completions"


def body(call: Call, structured: str = "json_schema") -> dict[str, Any]:
    """The request's body as it is tried first, for files and for looking at."""
    return dialect.body(call, dialect.Dialect(structured))


def shown(call: Call, structured: str = "json_schema") -> str:
    """The same for people: every word of the body, the messages as they read."""
    sent = body(call, structured)
    parts = [f"模型 {sent.pop('model')}　编号 {call.key}\n"]
    for message in sent.pop("messages"):
        parts.append(f"──── {message['role']} ────\n{message['content']}\n")
    parts.append(f"──── 其余参数 ────\n{json.dumps(sent, ensure_ascii=False, indent=1)}\n\n")
    return "".join(parts)


def reply(data: Any, call: Call, source: str) -> Reply | None:
    """The answer in a response body; `None` if the body has no such form. Empty answers and
    refusals are replies too: what they are worth is decided elsewhere."""
    try:
        choice = data["choices"][0]
        message = choice["message"]
        text, refusal = _joined(message.get("content")), message.get("refusal")
        finish = choice.get("finish_reason") or "stop"
    except (KeyError, IndexError, TypeError, AttributeError):
        return None
    if isinstance(refusal, str) and refusal and not text:
        text, finish = refusal, "refusal"
    if not text and (thought := _thought(message)) and finish == "stop":
        text = thought  # some servers put the whole answer there
    if text is None:
        text = ""
    if not isinstance(text, str) or not isinstance(finish, str):
        return None
    model = data.get("model")
    name = model if isinstance(model, str) and model else call.model
    return Reply(_whole(text), _whole(name), _usage(data.get("usage")), source, finish)


def _whole(text: str) -> str:
    """The text with a mark for each half of a character, which JSON can spell and no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _thought(message: dict[str, Any]) -> str:
    told = message.get("reasoning_content") or message.get("reasoning")
    return told if isinstance(told, str) else ""


def _joined(content: Any) -> Any:
    """Content as one text, also where it comes as a list of parts."""
    if not isinstance(content, list):
        return content
    return "".join(str(part.get("text") or "") for part in content if isinstance(part, dict))


def events(written: str) -> Iterator[Any]:
    """The pieces of a stream that came as one text: some servers stream to whoever did not ask for it."""
    for line in written.splitlines():
        kind, _, told = line.partition(":")
        with suppress(ValueError):
            if kind == "data":
                yield json.loads(told)


def collected(pieces: Iterable[Any]) -> dict[str, Any]:
    """One response body put together from the pieces of a stream; an error among them is all there is."""
    text, thought, finish, model, usage = "", "", "stop", None, None
    for piece in pieces:
        if not isinstance(piece, dict):
            continue
        if complaint(piece) is not None:
            return piece
        model, usage = piece.get("model") or model, piece.get("usage") or usage
        for choice in piece.get("choices") or ():
            delta = choice.get("delta") or choice.get("message") or {}
            text += _joined(delta.get("content")) or ""
            thought += _thought(delta)
            finish = choice.get("finish_reason") or finish
    message = {"content": text, "reasoning_content": thought}
    return {"model": model, "usage": usage, "choices": [{"message": message, "finish_reason": finish}]}


def complaint(data: Any) -> tuple[int, str] | None:
    """The error in a body that came with status 200: its status, and its words."""
    if not isinstance(data, dict) or data.get("choices"):
        return None
    error = data.get("error") or (data if "message" in data or "msg" in data else None)
    if not error:
        return None
    if not isinstance(error, dict):
        return 400, str(error)
    code = error.get("status") or error.get("code") or data.get("code")
    words = str(error.get("message") or error.get("msg") or error)
    status = int(str(code)) if str(code).isdigit() and 400 <= int(str(code)) < 600 else 400
    return status, words


def _usage(written: Any) -> Usage:
    if not isinstance(written, dict):
        return Usage()
    counts = (written.get("prompt_tokens"), written.get("completion_tokens"))
    return Usage(*(count if isinstance(count, int) and count > 0 else 0 for count in counts))


def measure(call: Call) -> int:
    """Tokens that a call may cost at most, roughly: all that is sent, and the whole of the answer that
    is allowed."""
    sent = sum(tokens(message["content"]) for message in call.messages) + tokens(str(call.schema))
    allowed = call.parameters.get("max_completion_tokens") or call.parameters.get("max_tokens") or 0
    return sent + (allowed if isinstance(allowed, int) else 0)
