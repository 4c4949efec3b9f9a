"""A call as the OpenAI chat completions interface wants it, and a reply as it gives it."""

from __future__ import annotations

import json
from typing import Any

from auditor.judge.call import Call, Reply, Usage
from auditor.judge.tokens import tokens

PATH = "/v1/chat/completions"


def body(call: Call, structured: str = "json_schema") -> dict[str, Any]:
    """The request's body: exactly what leaves."""
    form: dict[str, Any] = {"type": structured}
    if structured == "json_schema":
        form["json_schema"] = {"name": "answer", "strict": True, "schema": call.schema}
    return {
        "model": call.model,
        "messages": [dict(message) for message in call.messages],
        **call.parameters,
        "response_format": form,
    }


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
        text, refusal = message.get("content"), message.get("refusal")
        finish = choice.get("finish_reason") or "stop"
    except (KeyError, IndexError, TypeError, AttributeError):
        return None
    if isinstance(refusal, str) and refusal and not text:
        text, finish = refusal, "refusal"
    if text is None:
        text = ""
    if not isinstance(text, str) or not isinstance(finish, str):
        return None
    model = data.get("model")
    name = model if isinstance(model, str) and model else call.model
    return Reply(text, name, _usage(data.get("usage")), source, finish)


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
