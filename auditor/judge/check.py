"""Tries an endpoint with a tiny question and says in plain Chinese what works."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator

from auditor.judge.answer import State, parse
from auditor.judge.call import Call, NoAnswer
from auditor.judge.client import LiveAsker
from auditor.judge.endpoint import ModelSettings
from auditor.judge.tokens import tokens

_SCHEMA = {
    "type": "object",
    "properties": {"items": {"type": "array", "items": {"type": "string"}}},
    "required": ["items"],
    "additionalProperties": False,
}
_WORDS = '这是一次连接测试，没有报告。只输出一个 JSON 对象：{"items":[]}'


def check(settings: ModelSettings) -> Iterator[tuple[bool, str]]:
    """Line by line: whether it is as it should be, and what to say."""
    asker = LiveAsker(settings)
    where = asker.endpoint
    yield (
        where.usable,
        f"地址 {where.host}，"
        + ("算本地，标密的报告也可以发往这里" if where.local else "不算本地，标密的报告不会发往这里"),
    )
    key = bool(os.environ.get("OPENAI_API_KEY"))
    yield (
        key or where.local,
        "已设置密钥" if key else "没有设置密钥" + ("（本地地址不需要）" if where.local else ""),
    )
    call = Call(
        settings.name,
        ({"role": "system", "content": "你是审核人员。"}, {"role": "user", "content": _WORDS}),
        _SCHEMA,
        {"temperature": 0, "max_tokens": 400},
    )
    yield True, f"将发送的内容：{_WORDS}"
    started = time.monotonic()
    try:
        reply = asker.ask(call)
    except NoAnswer as error:
        yield False, f"没有得到回答：{error.reason}"
        return
    took = time.monotonic() - started
    yield True, f"连得上，模型 {reply.model} 有回答，用时 {took:.1f} 秒"
    out = reply.usage.completion_tokens or tokens(reply.text)
    yield True, f"速度约每秒 {out / took:.0f} 个词元（回答很短，只供参考）" if took > 0 else "速度不明"
    yield True, f"通信方式：{asker.dialect.told}"
    state = parse(reply).state
    yield (
        state is State.READ,
        "能按 JSON 作答"
        if state is State.READ
        else f"不能按 JSON 作答：{state.value}（{json.dumps(reply.text[:40], ensure_ascii=False)}）",
    )
    length = asker.context_length()
    asker.close()
    if length is None:
        yield True, "上下文长度：服务没有说明。审一份报告一般要 8000 到 16000 个词元"
    else:
        yield (
            length >= 8000,
            f"上下文长度 {length} 个词元" + ("" if length >= 8000 else "，装不下一份报告，请调到 16000 以上"),
        )
