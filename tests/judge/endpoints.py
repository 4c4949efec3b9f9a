"""Endpoints × outcome: a real server with a random model, behind one that refuses each parameter in turn.

    python -m tests.judge.endpoints        the table of docs/model.md

The model writes nonsense: what is shown is that an answer arrives and in what form, not what it is worth.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema

from auditor.judge.call import NoAnswer
from auditor.judge.client import LiveAsker
from auditor.judge.dialect import Dialect
from auditor.judge.endpoint import ModelSettings
from tests.judge import tiny_model
from tests.judge.conftest import question
from tests.judge.fault import FaultServer, forwards, refuses
from tests.samples import ROOT

SCHEMA = json.loads((ROOT / "prompts" / "answer.schema.json").read_text(encoding="utf-8"))
REFUSALS: dict[str, tuple[str, ...]] = {
    "全部接受": (),
    "不支持 json_schema": ("json_schema",),
    "不支持任何 response_format": ("json_schema", "json_object"),
    "不接受 temperature": ("temperature",),
    "不接受 max_tokens": ("max_tokens",),
    "不接受任何长度限制": ("max_tokens", "max_completion_tokens"),
    "没有 system 角色": ("system",),
    "内容要分段": ("string",),
    "只能流式": ("whole",),
    "以上全不接受": ("json_schema", "json_object", "temperature", "max_tokens", "system", "string", "whole"),
}


@dataclass(frozen=True)
class Row:
    """What came of one endpoint: requests of the first call and of the second, the dialect that was found."""

    name: str
    first: int
    second: int
    spoken: Dialect
    valid: bool
    outcome: str

    def line(self) -> str:
        return f"| {self.name} | {self.first} | {self.second} | {self.spoken.told} | {self.outcome} |"


@contextmanager
def real_server(folder: Path) -> Iterator[str]:
    """The address of a llama.cpp server on this machine. Raises `ImportError` where it is not installed."""
    import gguf  # noqa: F401
    import xllamacpp

    params: Any = xllamacpp.CommonParams()
    params.model.path = str(tiny_model.write(folder / "tiny.gguf"))
    params.hostnames = ["127.0.0.1"]
    params.port, params.n_ctx, params.n_parallel = 0, tiny_model.CONTEXT, 1
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    params.n_gpu_layers, params.warmup, params.verbosity = 0, False, 0
    params.sampling.seed = 5
    server = xllamacpp.Server(params)
    yield f"{server.listening_address}/v1"
    del server


def tried(name: str, address: str) -> Row:
    """Two questions to the real server behind one that refuses what `name` refuses."""
    with FaultServer() as front:
        front.plan = [refuses(*REFUSALS[name], otherwise=forwards(address))] * 40
        before = os.environ.get("OPENAI_BASE_URL")
        os.environ["OPENAI_BASE_URL"] = front.url
        try:
            return _tried(name, front)
        finally:
            os.environ.pop("OPENAI_BASE_URL")
            if before is not None:
                os.environ["OPENAI_BASE_URL"] = before


def _tried(name: str, front: FaultServer) -> Row:
    asker = LiveAsker(ModelSettings(name="tiny", attempts=2, timeout=120))
    told: list[str] = []
    valid = False
    counts: list[int] = []
    for text in ("第1句：项目已完成。", "第2句：资金已支付。"):
        done = front.requests
        parameters = {"temperature": 1, "max_tokens": 1500, "seed": 3}
        try:
            reply = asker.ask(question(text, schema=SCHEMA, parameters=parameters))
        except NoAnswer as error:
            told.append(error.reason)
        else:
            valid = _valid(reply.text)
            told.append(f"有回答，{_form(reply.text)}")
        counts.append(front.requests - done)
    asker.close()
    return Row(name, counts[0], counts[1], asker.dialect, valid, told[-1])


def _form(text: str) -> str:
    """What the answer is; a random model that nothing holds to a form writes anything."""
    if _valid(text):
        return "合 JSON Schema"
    try:
        whole = isinstance(json.loads(text), dict)
    except ValueError:
        whole = False
    return "是 JSON 对象，键是乱写的" if whole else "是文字，乱写的" if text else "空的"


def _valid(text: str) -> bool:
    try:
        jsonschema.validate(json.loads(text), SCHEMA)
    except (ValueError, jsonschema.ValidationError):
        return False
    return True


def main() -> int:
    with tempfile.TemporaryDirectory() as folder, real_server(Path(folder)) as address:
        print("| 服务的情况 | 第一问用几次请求 | 第二问 | 记住的说法 | 结果 |\n|---|---|---|---|---|")
        for name in REFUSALS:
            print(tried(name, address).line(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
