"""Three ways in which the labels are answered, as answer files: what is lost is lost by this program.

strong      every planted problem, in the form that is asked for; names and numbers copied as printed
weak        the same with every fault of form that weak models make
restating   the strong answers, and each finding of the rules said once more

None is the answer of a model: what a model finds is measured with `--llm live` or `--answers`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from auditor.judge.quotes import folded
from auditor.judge.request import Inquiry
from auditor.judge.sheet import Line
from auditor.rules import Result
from auditor.rules.family import About, is_about
from benchmarks.judge_eval.cases import Case, Label

Item = dict[str, Any]
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?(?:[%‰]|[\u4e00-\u9fff]{1,2})?")


def strong(case: Case, inquiry: Inquiry) -> str:
    return _wrapped(_answers(case, inquiry))


def weak(case: Case, inquiry: Inquiry) -> str:
    """A fault for each item and one for the whole, in turn."""
    at = sum(map(ord, case.name))
    spoilt = [
        _FAULTS[(at + number) % len(_FAULTS)](item) for number, item in enumerate(_answers(case, inquiry))
    ]
    return _FRAMES[at % len(_FRAMES)](spoilt)


def restating(case: Case, inquiry: Inquiry) -> str:
    again = [item for result in case.results if result.flagged for item in _again(result, case, inquiry)]
    return _wrapped([*_answers(case, inquiry), *again])


MANNERS: dict[str, Callable[[Case, Inquiry], str]] = {
    "strong": strong,
    "weak": weak,
    "restating": restating,
}


def _wrapped(items: Sequence[Item]) -> str:
    relations = [item for item in items if "operands" in item]
    return json.dumps(
        {"items": [item for item in items if "operands" not in item], "relations": relations},
        ensure_ascii=False,
    )


def _answers(case: Case, inquiry: Inquiry) -> list[Item]:
    lines = list(inquiry.lines.values())
    return [_answer(label, lines) for label in case.labels if not label.sound]


def _answer(label: Label, lines: Sequence[Line]) -> Item:
    """The question about a planted problem, as a careful model words it."""
    quote = re.split("[。；]", label.quote)[0]
    line = _line(quote, lines)
    (code,) = label.expected
    if code == "L807":
        return _relation(label, lines)
    other = re.split("[。；]", label.other)[0] if label.other else None
    name = " ".join(line.views[0].text.split())[:20] if len(line.views) > 1 else "说明"
    points = _NUMBER.findall(" ".join(view.text for view in line.views[1:3]))
    return {
        "code": code,
        "sentence": line.number,
        "quote": quote,
        "other_sentence": _line(other, lines).number if other else None,
        "other_quote": other,
        "about": name,
        "question": f"这一处{'（' + '、'.join(points) + '）' if points else ''}依据是什么，请说明。",
    }


def _relation(label: Label, lines: Sequence[Line]) -> Item:
    """The equation of a label as a relation with its operands at their places."""
    left, _, right = label.equation.partition("=")
    terms = re.split(r"[-+×÷*/]", left)
    sign = next((sign for sign in "+-×÷*/" if sign in left), "")
    kind = {"+": "合计", "-": "余额", "×": "乘积", "*": "乘积", "÷": "比率", "/": "比率", "": "相等"}[sign]
    return {
        "relation": kind,
        "operands": [_operand(one.strip(" ()（）"), label, lines) for one in (*terms, right)],
        "question": "差在哪里？",
    }


def _operand(number: str, label: Label, lines: Sequence[Line]) -> str:
    for quote in (label.quote, label.other):
        if number in quote:
            place = next(line for line in lines if folded(quote.split("|")[0])[0][:8] in folded(line.text)[0])
            near = next((one for one in lines if one is place and number in one.text), None)
            return f"{(near or _line(number, lines)).number}｜{number}"
    return f"{_line(number, lines).number}｜{number}"


def _line(piece: str, lines: Sequence[Line]) -> Line:
    wanted, _ = folded(piece)
    return next(line for line in lines if wanted in folded(line.text)[0])


def _again(result: Result, case: Case, inquiry: Inquiry) -> Iterable[Item]:
    """A finding of the rules as a model repeats it: by its words, or by the numbers it shows."""
    code = result.rule.code
    asked = {"C": "L801", "I": "L803", "S": "L804", "T": "L808"}.get(code[0], "L804")
    spans = [span for span in result.evidence if inquiry.report.span.overlaps(span)][:2]
    quotes = [inquiry.report.quote(span) for span in spans]
    if is_about(code, About.FIGURES) and len(quotes) == 2:
        asked = "L804"
    elif asked == "L804":
        asked = "L803"
    lines = list(inquiry.lines.values())
    places = [
        next((line for line in lines if any(view.span().overlaps(span) for view in line.views)), None)
        for span in spans
    ]
    if not quotes or places[0] is None or len("".join(quotes[0].split())) < 4:
        return
    second = places[1] if asked == "L804" else None
    yield {
        "code": asked,
        "sentence": places[0].number,
        "quote": quotes[0],
        "other_sentence": second.number if second else None,
        "other_quote": quotes[1] if second else None,
        "about": "说明",
        "question": "这一处有问题，请说明。",
    }


_CHINESE = {"code": "代码", "sentence": "行号", "quote": "引文", "other_sentence": "另一行号", "other_quote": "另一引文", "about": "关于", "question": "提问", "relation": "关系", "operands": "各数"}  # fmt: skip


def _operands(item: Item, change: Callable[[str], Any]) -> Item:
    return item | {"operands": [change(one) for one in item["operands"]]} if "operands" in item else item


def _shifted(item: Item) -> Item:
    return item | {"sentence": item["sentence"] + 1} if "sentence" in item else item


_FAULTS: tuple[Callable[[Item], Item], ...] = (
    lambda item: item | {"code": str(item.get("code", "L807")).lower(), "sentence": str(item.get("sentence", ""))},
    lambda item: item | {"quote": f"“{item['quote']}”。"} if "quote" in item else _operands(item, lambda one: f"“{one}”"),
    lambda item: item | {"quote": f"{item['sentence']}｜{item['quote']}", "severity": "高"} if "quote" in item else item,
    lambda item: {_CHINESE[key]: value for key, value in item.items()},
    lambda item: _operands(_shifted(item), lambda one: one.replace("｜", "|")),
    lambda item: {key: value for key, value in item.items() if value is not None},
    lambda item: item | {"quote": item["quote"].replace("，", ", ")} if "quote" in item else _operands(item, lambda one: one.replace("｜", "：")),
    lambda item: item | {"sentence": f"第{item['sentence']}行"} if "sentence" in item else _operands(item, lambda one: dict(zip(("line", "quote"), one.split("｜"), strict=True))),
    lambda item: item | {"question": item["question"].replace("，", "\n")},
    lambda item: item | {"quote": {"line": item["sentence"], "text": item["quote"]}} if "quote" in item else _operands(item, lambda one: one.split("｜")),
    lambda item: item | {"code": f"{item['code']} 说明"} if "code" in item else item | {"relation": f"{item['relation']}（各数）"},
    lambda item: item | {"about": f"【{item.get('about', '')}】", "confidence": 0.9, "other_quote": item.get("other_quote") or "无"},
)  # fmt: skip


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


_FRAMES: tuple[Callable[[list[Item]], str], ...] = (
    lambda items: f"```json\n{_dumps({'items': items})}\n```",
    lambda items: f"<think>先读一遍，{{有几处}}。</think>好的：{_dumps(items)}",
    lambda items: "\n".join(_dumps(item) for item in items),
    lambda items: str({"items": items}),
    lambda items: _dumps({"问题": items}) + "\n以上。",
    lambda items: _dumps([{"items": [item]} for item in items]),
    lambda items: "以下是问题：\n" + "\n\n".join(f"{at}. {_dumps(item)}" for at, item in enumerate(items, 1)),
    lambda items: _dumps({"items": items})[:-2] + ",]}",
    lambda items: _dumps({"结果": {"items": items, "说明": "完"}}),
)
