"""What a model's answer must look like, and what can be saved of one that does not.

Nothing here believes anything: items come out as they were written, quotes unverified.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from typing import Any, Literal

from auditor.compiled import compiled
from auditor.judge.call import Reply
from auditor.lazy_models import BaseModel, ConfigDict

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

    code: Literal["L801", "L802", "L803", "L804", "L805", "L806", "L807", "L808"]
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
    answer.digest = digest(reply.text)
    return answer


def digest(text: str) -> str:
    """The mark by which an answer is found again."""
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:16]


def _parsed(reply: Reply) -> Answer:
    text = thoughtless(reply.text[:_LONGEST_ANSWER])
    if reply.finish == "content_filter":
        return Answer(State.REFUSED)
    if not text:
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


def thoughtless(text: str) -> str:
    """What stands behind the thoughts of a model; thoughts that never ended are no answer."""
    told = _THOUGHT.sub("", text).strip()
    return "" if _THINKING.match(told) else told


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
    singly = [one for match in _ITEM.finditer(text) if (one := _mended(match[0])) is not None]
    whole = _mended_whole(text)
    return max(singly, whole, key=_readable) or None


_FENCE = 8  # an empty list counts where it is the answer, not somewhere in it
_OPENS = compiled(r"[\[{]")
_ITEM = compiled(r"\{[^{}]{2,4000}\}")
"""Items mostly hold no braces of their own."""
_DEEP = 40
_WRAPPERS = 4


def _readable(found: list[Any]) -> int:
    return sum(read_item(one) is not None for one in found)


def _mended_whole(text: str) -> list[Any]:
    """The items of an answer whose brackets do not close as they should."""
    import json_repair

    start = _OPENS.search(text)
    if start is None or text.count("{") + text.count("[") > _DEEP * _MOST_ITEMS or _NESTED.search(text):
        return []
    found = _members(json_repair.loads(text[start.start() :])) or []
    cut = text.count("{") > text.count("}")
    return found[:-1] if cut else found  # the last of an answer cut short is half a sentence


_NESTED = compiled(r"(?:[\[{]\s*){40}")


def _members(value: Any, depth: int = 0) -> list[Any] | None:
    """The items in a decoded answer: bare, under any keys, in several lists, or one alone; `None` where
    nothing in it is an answer."""
    if depth > _WRAPPERS:
        return None
    if isinstance(value, list):
        whole = all(isinstance(one, dict | list) for one in value)
        return [item for one in value for item in _within(one, depth)] if whole else None
    if not isinstance(value, dict):
        return None
    if read_item(value) is not None:
        return [value]
    parts = [part for key, inner in value.items() if (part := _under(str(key), inner, depth)) is not None]
    return [item for part in parts for item in part] if parts else None


def _within(one: Any, depth: int) -> list[Any]:
    """The items in a member of a list, or the member itself, to be counted as one that cannot be read."""
    return _members(one, depth + 1) or [one]


def _under(key: str, inner: Any, depth: int) -> list[Any] | None:
    """The items under a key: whatever stands under the keys asked for, elsewhere what can be read."""
    if isinstance(inner, list) and key in ("items", "relations"):
        return [item for one in inner for item in _within(one, depth)]
    if (code := _CODE.search(key)) is not None and isinstance(inner, dict | list):
        told = inner if isinstance(inner, list) else [inner]
        inner = [{"code": code[0], **one} if isinstance(one, dict) else one for one in told]
    found = _members(inner, depth + 1)
    return found if found and _readable(found) else None


def _mended(written: str) -> Any:
    """One object, with what is usually wrong about its quotes and commas put right."""
    try:
        mended = json.loads(written)
    except (ValueError, RecursionError):
        import json_repair

        mended = json_repair.loads(written)
    return (
        mended
        if isinstance(mended, dict) and set(map(_key, mended)) & {"code", "quote", "operands", "parts"}
        else None
    )


_KEYS = {
    "code": "code 代码 编号 问题代码 类别 类型 种类 问题类型 type rule category id",
    "sentence": "sentence 行号 句号 行 line line_number line_no lineno 第几行 sentence_number row 句子 句子编号",
    "quote": "quote 引文 原文 引用 摘录 原句 text quotation evidence 证据 quotes 两处引文",
    "other_sentence": "other_sentence 另一行号 第二行号 行号2 other_line sentence2 sentence_2 line2 line_2 另一行",
    "other_quote": "other_quote 另一引文 第二引文 引文2 quote2 quote_2 另一处引文 另一原文 原文2",
    "other": "other 另一处 第二处 对照",
    "about": "about 关于 涉及 指标 所涉指标 名称 所涉 indicator 指标名称",
    "question": "question 提问 问题 疑问 说明 要求 ask query reason 理由 问法",
    "equation": "equation 等式 算式 公式 formula",
    "relation": "relation 关系 关系类型 关系种类 relation_type",
    "operands": "operands operand 数 各数 运算数 操作数 numbers terms values",
    "parts": "parts 部分 分项 各项 各部分 addends",
    "total": "total 总数 合计 whole result 结果 sum",
}
_NAMES = {alias: key for key, aliases in _KEYS.items() for alias in aliases.split()}
_CODE = compiled(r"80[1-9]|81\d")


_CALLED = {
    "L801": "套话",
    "L802": "答非所问",
    "L803": "没有依据",
    "L804": "矛盾",
    "L805": "计划当",
    "L806": "不对应",
    "L808": "文字差错",
}
"""What the questions are called, for an answer that gives the name instead of the number."""


def _code(written: str) -> str:
    """The question that is answered; "" where it cannot be made out."""
    if (found := _CODE.search(written)) is not None:
        return f"L{found[0]}"
    return next((code for code, name in _CALLED.items() if name in written), "")


def _key(written: object) -> str:
    return _NAMES.get(str(written).strip().strip("\"'“”").lower().replace(" ", "_").replace("-", "_"), "")


def read_item(one: Any) -> Item | None:
    """An item however loosely it was written: Chinese keys, numbers as text, lower-case codes; `None`
    where no code or no quote can be made out. Whether it is true is verified elsewhere."""
    if not isinstance(one, dict):
        return None
    told: dict[str, Any] = {}
    for key, value in one.items():
        if name := _key(key):
            told.setdefault(name, value)
    operands = _operands(told)
    code = _code(str(told.get("code", "")))
    (number, quote), (other_number, other) = _quotes(told)
    if not operands and not (code and quote is not None):
        return None
    from pydantic import ValidationError

    try:
        return Item.model_validate(
            {
                "code": "L807" if operands else code,
                "sentence": number,
                "quote": quote or "",
                "other_sentence": other_number if other else None,
                "other_quote": other,
                "about": _word(told.get("about")) or "",
                "question": _word(told.get("question")) or "",
                "equation": _word(told.get("equation")),
                "relation": _word(told.get("relation")) or (_word(told.get("code")) if operands else None),
                "operands": operands or None,
            }
        )
    except ValidationError:
        return None


def _quotes(told: dict[str, Any]) -> tuple[tuple[int, str | None], tuple[int, str | None]]:
    """Line and words of the two places, also where they come as objects or lists of their own."""
    first, second = told.get("quote"), told.get("other_quote")
    if isinstance(first, list):
        first, second = (
            [*first[:2], second, None][:2] if len(first) > 1 else (first[0] if first else None, second)
        )
    second = second or told.get("other")
    numbers = told.get("sentence")
    if isinstance(numbers, list) and len(numbers) > 1 and told.get("other_sentence") is None:
        told = {**told, "other_sentence": numbers[1]}
    number, other = _placed(second, told.get("other_sentence"))
    return _placed(first, told.get("sentence")), (number, _word(other))


def _placed(quote: Any, number: Any) -> tuple[int, str | None]:
    if isinstance(quote, dict):
        inner = {name: value for key, value in quote.items() if (name := _key(key))}
        return _number(inner.get("sentence", number), -1), _word(inner.get("quote"))
    return _number(number, -1), legible(quote) if isinstance(quote, str) else None


def _operands(told: dict[str, Any]) -> list[str]:
    """ "7｜180公里" each, however they were written; the total last."""
    listed, total = told.get("operands"), told.get("total")
    if listed is None and isinstance(told.get("parts"), list) and total is not None:
        listed = [*told["parts"], total]
    if isinstance(listed, dict):
        listed = list(listed.values())
    if isinstance(listed, str):
        listed = compiled(r"[;；\n]").split(listed)
    if not isinstance(listed, list):
        return []
    every = [_operand(one) for one in listed]
    return [one for one in every if one]


def _operand(one: Any) -> str:
    if isinstance(one, list) and len(one) == 2:
        one = {"line": one[0], "quote": one[1]}
    if isinstance(one, dict):
        number, quote = _placed(one, None)
        return f"{number}｜{quote}" if quote and number >= 0 else quote or ""
    return "" if isinstance(one, list | bool) or one is None else legible(str(one)).strip()


def legible(text: str) -> str:
    """The text without what no reader sees and no file can hold: half characters, control characters and those
    that turn the direction of writing."""
    return "".join(char for char in text if char.isspace() or unicodedata.category(char) not in _UNSEEN)


_UNSEEN = ("Cc", "Cf", "Cs")


def _word(value: Any) -> str | None:
    text = legible(value).strip() if isinstance(value, str) else ""
    return text if text and text.lower() not in ("null", "none", "无", "n/a") else None


def _number(value: Any, missing: int) -> int:
    """5, 5.0, "5", "第5行", [5]; `missing` where there is none."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, bool) or value is None:
        return missing
    if isinstance(value, int | float):
        return int(value) if value == value and abs(value) < 1e9 else missing
    found = compiled(r"-?\d{1,9}").search(str(value))
    return int(found[0]) if found else missing
