"""What a model's answer must look like, and what can be saved of one that does not.

Nothing here believes anything: items come out as they were written, quotes unverified.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from typing import Any, Literal

import json_repair
from pydantic import BaseModel, ConfigDict, ValidationError

from auditor.compiled import compiled
from auditor.judge.call import Reply

_LONGEST_ANSWER = 200_000
_MOST_ITEMS = 100
_THOUGHT = compiled(r"\A.*</think(?:ing)?>", re.DOTALL)
_THINKING = compiled(r"\A\s*<think(?:ing)?>")
_CJK = compiled(r"[\u4e00-\u9fff]")
_LATIN = compiled(r"[A-Za-z\u0400-\u04ff\u3040-\u30ff\uac00-\ud7af]")
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
    """One question that the model wants to put to the unit. `prompts/answer.schema.json` says the same.

    relation, operands  of L807: which numbers belong together and how ("7｜180公里": line and quote),
    the number that the others give last
    """

    model_config = ConfigDict(strict=True, extra="forbid")

    code: Literal["L801", "L802", "L803", "L804", "L805", "L806", "L807"]
    sentence: int
    quote: str
    other_sentence: int | None
    other_quote: str | None
    about: str
    question: str
    equation: str | None
    relation: str | None = None
    operands: list[str] | None = None


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
    if not text or _THINKING.match(text):  # thoughts that never ended are no answer
        return Answer(State.EMPTY)
    found = _objects(text)
    if found is None:
        refused = len(text) <= _REFUSED_WITHIN and any(word in text for word in _REFUSALS)
        return Answer(State.REFUSED if refused else State.NO_JSON)
    whole = len(reply.text) <= _LONGEST_ANSWER and text.count("{") <= text.count("}")
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
    item = read_item(one)
    if item is None:
        answer.broken.append(BAD_ITEM)
    elif item.question and not _chinese(item.question):
        answer.broken.append(FOREIGN_ITEM)
    else:
        answer.items.append(item)


def _chinese(text: str) -> bool:
    letters = len(_CJK.findall(text))
    return letters > 0 and letters >= len(_LATIN.findall(text))


def _objects(text: str) -> list[Any] | None:
    """The items of an answer, in whatever wrapper; None where there is no answer."""
    for start in islice((match.start() for match in _OPENS.finditer(text)), 3):
        try:
            whole, end = json.JSONDecoder().raw_decode(text, start)
        except (ValueError, RecursionError):
            continue
        if (members := _members(whole)) is None or (
            not members and isinstance(whole, list) and start > _FENCE
        ):
            continue
        if _ITEM.search(text, end) is None:
            return members
        break  # several objects, one after the other
    found = [one for match in _ITEM.finditer(text) if (one := _mended(match[0])) is not None]
    return found or None


_FENCE = 8  # an empty list counts where it is the answer, not somewhere in it
_OPENS = compiled(r"[\[{]")
_ITEM = compiled(r"\{[^{}]{2,4000}\}")
"""Items hold no braces of their own."""


def _members(value: Any) -> list[Any] | None:
    """The list of items in a decoded answer: bare, under any key, or one item alone."""
    if isinstance(value, list):
        return value if all(isinstance(one, dict) for one in value) else None
    if not isinstance(value, dict):
        return None
    items, relations = value.get("items"), value.get("relations")
    if isinstance(items, list) or isinstance(relations, list):
        return [one for part in (items, relations) if isinstance(part, list) for one in part]
    if read_item(value) is not None:
        return [value]
    for inner in value.values():
        if isinstance(inner, list) and inner and all(read_item(one) is not None for one in inner):
            return inner
        if isinstance(inner, dict) and (found := _members(inner)) is not None:
            return found
    return None


def _mended(written: str) -> Any:
    """One object, with what is usually wrong about its quotes and commas put right."""
    try:
        mended = json.loads(written)
    except (ValueError, RecursionError):
        mended = json_repair.loads(written)
    return (
        mended
        if isinstance(mended, dict) and set(map(_key, mended)) & {"code", "quote", "operands"}
        else None
    )


_KEYS = {
    "code": "code 代码 编号 问题代码 类别 类型 type rule",
    "sentence": "sentence 行号 句号 行 line line_number 第几行 sentence_number",
    "quote": "quote 引文 原文 引用 摘录 text",
    "other_sentence": "other_sentence 另一行号 第二行号 行号2 other_line sentence2 另一行",
    "other_quote": "other_quote 另一引文 第二引文 引文2 quote2 另一处引文",
    "about": "about 关于 涉及 指标 所涉指标 名称 所涉",
    "question": "question 提问 问题 疑问 说明 要求 ask",
    "equation": "equation 等式 算式 公式",
    "relation": "relation 关系",
    "operands": "operands 数 各数 运算数",
}
_NAMES = {alias: key for key, aliases in _KEYS.items() for alias in aliases.split()}
_CODE = compiled(r"80[1-9]|81\d")


def _key(written: object) -> str:
    return _NAMES.get(str(written).strip().strip("\"'“”").lower().replace(" ", "_").replace("-", "_"), "")


def read_item(one: Any) -> Item | None:
    """An item however loosely it was written: Chinese keys, numbers as text, lower-case codes; `None`
    where no code or no quote can be made out. Whether it is true is verified elsewhere."""
    if not isinstance(one, dict):
        return None
    told = {name: value for key, value in one.items() if (name := _key(key))}
    code, quote = _CODE.search(str(told.get("code", ""))), told.get("quote")
    operands = told.get("operands")
    proposed = isinstance(operands, list) and bool(operands)
    if not proposed and (code is None or not isinstance(quote, str)):
        return None
    try:
        return Item(
            code="L807" if proposed or code is None else f"L{code[0]}",  # type: ignore[arg-type]
            sentence=_number(told.get("sentence"), -1),
            quote=quote if isinstance(quote, str) else "",
            other_sentence=_number(told.get("other_sentence"), -1)
            if _word(told.get("other_quote"))
            else None,
            other_quote=_word(told.get("other_quote")),
            about=_word(told.get("about")) or "",
            question=_word(told.get("question")) or "",
            equation=_word(told.get("equation")),
            relation=_word(told.get("relation")),
            operands=[str(part) for part in operands] if isinstance(operands, list) and proposed else None,
        )
    except ValidationError:
        return None


def _word(value: Any) -> str | None:
    text = value.strip() if isinstance(value, str) else ""
    return text if text and text.lower() not in ("null", "none", "无", "n/a") else None


def _number(value: Any, missing: int) -> int:
    """5, 5.0, "5", "第5行", [5]; `missing` where there is none."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, bool) or value is None:
        return missing
    if isinstance(value, int | float):
        return int(value) if value == value and abs(value) < 1e9 else missing
    found = re.search(r"-?\d{1,9}", str(value))
    return int(found[0]) if found else missing
