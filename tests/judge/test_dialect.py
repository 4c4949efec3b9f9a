"""An endpoint that refuses one parameter, and an endpoint that refuses each in turn."""

from __future__ import annotations

import json
from typing import Any

import pytest

from auditor.judge.client import LiveAsker
from auditor.judge.dialect import Dialect, adapted
from auditor.judge.endpoint import ModelSettings
from tests.judge.conftest import question
from tests.judge.fault import GOOD, SAID, Fault, FaultServer, completion, refuses, sends

PARAMETERS = {"max_tokens": 50, "temperature": 0}


REFUSED = [
    (("json_schema",), Dialect("json_object")),
    (("json_schema", "json_object"), Dialect("text")),
    (("temperature",), Dialect(temperature=False)),
    (("max_tokens",), Dialect(limit="max_completion_tokens")),
    (("max_tokens", "max_completion_tokens"), Dialect(limit="")),
    (("system",), Dialect(system=False)),
    (("string",), Dialect(parts=True)),
    (
        ("json_schema", "json_object", "temperature", "max_tokens", "system", "string"),
        Dialect("text", False, "max_completion_tokens", system=False, parts=True),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "spoken"), REFUSED, ids=["+".join(wrong) for wrong, _ in REFUSED])
def test_what_is_refused_is_left_out(server: FaultServer, wrong: tuple[str, ...], spoken: Dialect) -> None:
    server.plan = [refuses(*wrong)] * 20
    asker = LiveAsker(ModelSettings(name="m"))
    assert asker.ask(question(parameters=PARAMETERS)).text == GOOD
    assert asker.dialect == spoken
    asked = server.requests
    asker.ask(question("第2句：已验收。", parameters=PARAMETERS))
    assert server.requests == asked + 1  # remembered


def test_an_endpoint_that_only_streams(server: FaultServer) -> None:
    def stream(handler: Any) -> None:
        if not handler.owner.bodies[-1].get("stream"):
            handler.send(400, {"error": {"message": SAID["whole"]}}, {})
            return
        pieces = [{"choices": [{"index": 0, "delta": {"content": part}}]} for part in ('{"items"', ": []}")]
        pieces.append({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
        told = "".join(
            f"data: {json.dumps({'id': 'c', 'object': 'chat.completion.chunk', 'created': 1, 'model': 'm', **one})}\n\n"
            for one in pieces
        )
        handler.send(200, f"{told}data: [DONE]\n\n".encode(), {"Content-Type": "text/event-stream"})

    server.plan = [stream] * 4
    asker = LiveAsker(ModelSettings(name="m"))
    assert asker.ask(question()).text == GOOD
    assert asker.dialect.stream


def test_an_error_with_status_200(server: FaultServer) -> None:
    server.plan = [
        sends(200, {"error": {"message": "response_format json_schema not supported", "code": 400}})
    ]
    asker = LiveAsker(ModelSettings(name="m"))
    assert asker.ask(question()).text == GOOD
    assert asker.dialect.structured == "json_object"


@pytest.mark.parametrize("text", ["", "<think>想了很久"])
def test_thoughts_that_used_up_the_answer_are_given_more_room_once(server: FaultServer, text: str) -> None:
    spent = completion(text)
    spent["choices"][0]["finish_reason"] = "length"
    server.plan = [sends(200, spent)]
    assert LiveAsker(ModelSettings(name="m")).ask(question()).text == GOOD
    assert [body["max_tokens"] for body in server.bodies] == [50, 200]


@pytest.mark.parametrize(
    "message",
    [
        {"role": "assistant", "content": [{"type": "text", "text": GOOD}]},
        {"role": "assistant", "content": "", "reasoning_content": GOOD},
    ],
)
def test_answers_in_other_places(server: FaultServer, message: dict[str, Any]) -> None:
    answer = completion()
    answer["choices"][0]["message"] = message
    server.plan = [sends(200, answer)]
    assert LiveAsker(ModelSettings(name="m")).ask(question()).text == GOOD


@pytest.mark.parametrize(
    ("status", "words", "proven", "changed"),
    [
        (400, "This model's maximum context length is 4096 tokens", False, False),
        (400, "maximum context length is 4096, you asked for max_tokens 2000", False, False),
        (401, "invalid key for response_format", False, False),
        (400, "bad request", False, True),
        (400, "bad request", True, False),
        (429, "temperature too high, slow down", False, False),
    ],
)  # fmt: skip
def test_only_what_is_about_the_form_changes_it(status: int, words: str, proven: bool, changed: bool) -> None:
    assert (adapted(Dialect(), status, words, proven) is not None) is changed


def streams(*pieces: dict[str, Any]) -> Fault:
    told = [
        {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m"} | one for one in pieces
    ]
    body = "".join(f"data: {json.dumps(one)}\n\n" for one in told) + "data: [DONE]\n\n"
    return sends(200, body.encode(), {"Content-Type": "text/event-stream"})


def piece(text: str) -> dict[str, Any]:
    return {"choices": [{"index": 0, "delta": {"content": text}}]}


def test_an_endpoint_that_streams_unasked(server: FaultServer) -> None:
    server.plan = [streams(piece('{"items"'), piece(": []}"))]
    assert LiveAsker(ModelSettings(name="m")).ask(question()).text == GOOD
    assert server.requests == 1


@pytest.mark.parametrize("before", [(), (piece('{"items": [{"code"'),)], ids=["first", "midway"])
@pytest.mark.parametrize("asked", [False, True], ids=["unasked", "asked"])
def test_an_error_in_a_stream_is_no_answer(
    server: FaultServer, before: tuple[dict[str, Any], ...], asked: bool
) -> None:
    """Half an answer must not pass for a whole one: it is asked again."""
    plan: list[Fault] = [sends(400, {"error": {"message": SAID["whole"]}})] if asked else []
    broken = streams(*before, {"choices": [], "error": {"message": "overloaded", "code": 503}})
    server.plan = [*plan, broken, streams(piece(GOOD))]
    asker = LiveAsker(ModelSettings(name="m"), sleep=lambda _: None)
    assert asker.ask(question()).text == GOOD
