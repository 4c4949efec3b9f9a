"""What a model's answer must look like, and what can be saved of one that does not.

Nothing here believes anything: items come out as they were written, quotes unverified.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from auditor.judge.call import Reply

_LONGEST_ANSWER = 200_000
_MOST_ITEMS = 100
_THOUGHT = re.compile(r"\A.*</think>", re.DOTALL)
_CJK = re.compile(r"[\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z\u0400-\u04ff\u3040-\u30ff\uac00-\ud7af]")
_REFUSALS = (
    "抱歉",
    "对不起",
    "无法协助",
    "不能协助",
    "无法提供",
    "不便回答",
    "I'm sorry",
    "I cannot",
    "I can't",
    "I am unable",
)
_REFUSED_WITHIN = 300


class Item(BaseModel):
    """One question that the model wants to put to the unit. `prompts/answer.schema.json` says the same."""

    model_config = ConfigDict(strict=True, extra="forbid")

    code: Literal["L801", "L802", "L803", "L804", "L805", "L806", "L807"]
    sentence: int
    quote: str
    other_sentence: int | None
    other_quote: str | None
    about: str
    question: str
    equation: str | None


class State(StrEnum):
    """How the answer as a whole reads. Values are what the memo says."""

    READ = "完整"
    CUT = "回答不完整，只用了完整的条目"
    EMPTY = "回答是空的"
    REFUSED = "模型拒绝回答"
    NO_JSON = "回答里没有 JSON"
    WRONG_SCHEMA = "回答不合格式"
    WRONG_LANGUAGE = "回答不是中文"

    @property
    def repair(self) -> str | None:
        """The part of prompts/repair.md that says what was wrong; None where asking again is no use."""
        return _REPAIRS.get(self)

    @property
    def usable(self) -> bool:
        return self in (State.READ, State.CUT)


_REPAIRS = {
    State.EMPTY: "empty",
    State.NO_JSON: "no-json",
    State.WRONG_SCHEMA: "wrong-schema",
    State.WRONG_LANGUAGE: "wrong-language",
}


@dataclass
class Answer:
    """`items` fit the schema; `broken` counts those that do not, by reason."""

    state: State
    items: list[Item] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    digest: str = ""


BAD_ITEM = "条目不合格式"
FOREIGN_ITEM = "条目不是中文"


def parse(reply: Reply) -> Answer:
    """The items of a reply. Never raises."""
    answer = _parsed(reply)
    answer.digest = hashlib.sha256(reply.text.encode("utf-8", "backslashreplace")).hexdigest()[:16]
    return answer


def _parsed(reply: Reply) -> Answer:
    text = _THOUGHT.sub("", reply.text[:_LONGEST_ANSWER]).strip()
    if reply.finish == "content_filter":
        return Answer(State.REFUSED)
    if not text:
        return Answer(State.EMPTY)
    found, whole = _objects(text)
    if found is None:
        refused = len(text) <= _REFUSED_WITHIN and any(word in text for word in _REFUSALS)
        return Answer(State.REFUSED if refused else State.NO_JSON)
    answer = Answer(State.READ if whole else State.CUT)
    for one in found[:_MOST_ITEMS]:
        _take(one, answer)
    if not answer.items and answer.broken:
        foreign = all(reason == FOREIGN_ITEM for reason in answer.broken)
        answer.state = State.WRONG_LANGUAGE if foreign else State.WRONG_SCHEMA
    elif not answer.items and not whole:
        answer.state = State.NO_JSON
    return answer


def _take(one: Any, answer: Answer) -> None:
    try:
        item = Item.model_validate(one)
    except ValidationError:
        answer.broken.append(BAD_ITEM)
        return
    if _chinese(item.question):
        answer.items.append(item)
    else:
        answer.broken.append(FOREIGN_ITEM)


def _chinese(text: str) -> bool:
    letters = len(_CJK.findall(text))
    return letters > 0 and letters >= len(_LATIN.findall(text))


def _objects(text: str) -> tuple[list[Any] | None, bool]:
    """The members of "items", and whether the answer was whole; None where there is no such answer."""
    decoder = json.JSONDecoder()
    for start in _starts(text):
        try:
            whole, _ = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            continue
        if isinstance(whole, dict) and isinstance(whole.get("items"), list):
            return whole["items"], True
    begin = re.search(r'"items"\s*:\s*\[', text)
    return (None, False) if begin is None else (list(_salvaged(text, begin.end(), decoder)), False)


def _starts(text: str) -> Iterator[int]:
    """Where an answer may begin: the first few braces that open something."""
    for match in islice(re.finditer(r'\{\s*"items"', text), 3):
        yield match.start()


def _salvaged(text: str, at: int, decoder: json.JSONDecoder) -> Iterator[Any]:
    """The complete objects of a list that was cut off."""
    while (opening := re.compile(r"[\s,]*(?=\{)").match(text, at)) is not None:
        try:
            one, at = decoder.raw_decode(text, opening.end())
        except (ValueError, RecursionError):
            return
        yield one
