"""Slips that rules find, that a model alone names, and that both find together: answer files of free claims.

    python -m tests.prose.claims [--times 3] [--gross]

No model answers here. For every planted slip a claim is written as a model would write it, a typed relation
where the slip breaks one, else a question with a quote; one in eight is left out, and noise is added: numbers that
do not belong together, a figure that stands nowhere, a relation that holds. What the program makes of
these is counted, on reports with the slip and on the same without it. With `--gross` the wrong number is any other
as long, which no slip of the pen explains: then only the words speak for a relation.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from random import Random
from typing import Any

from auditor.api import plan
from auditor.document import Span, read_bytes
from auditor.judge.call import Call, Reply
from auditor.judge.endpoint import ModelSettings
from auditor.judge.outcome import Outcome
from auditor.judge.review import review
from auditor.judge.sheet import Line, lines
from auditor.pipeline import AuditedReport, run
from auditor.rules import Result, Verdict
from tests.prose import measure
from tests.prose.recipes import RECIPES, TITLES, Drawn

RELATIONS: dict[str, tuple[str, tuple[str, ...]]] = {
    "twice": ("相等", ("a", "b")), "twice-money": ("相等", ("a", "b")), "table-text": ("相等", ("a", "b")),
    "rate": ("比率", ("part", "whole", "rate")), "rate-money": ("比率", ("part", "whole", "rate")),
    "far-rate": ("比率", ("part", "whole", "rate")), "bound": ("比率", ("part", "whole", "rate")),
    "share": ("比率", ("part", "whole", "rate")), "share-money": ("比率", ("part", "whole", "rate")),
    "growth": ("增长", ("to", "from", "rate")), "growth-chain": ("增长", ("to", "from", "rate")),
    "fall": ("增长", ("to", "from", "rate")), "excess": ("增长", ("actual", "plan", "rate")),
    "product": ("乘积", ("count", "price", "total")), "months": ("乘积", ("count", "price", "months", "total")),
    "each": ("乘积", ("count", "each", "total")), "unit-cost": ("比率", ("total", "count", "mean")),
    "parts": ("合计", ("a", "b", "c", "total")), "parts-money": ("合计", ("a", "b", "c", "total")),
    "sums": ("合计", ("a", "b", "c", "total")), "rest": ("余额", ("total", "used", "left")),
    "rest-count": ("余额", ("total", "used", "left")), "far-rest": ("余额", ("total", "used", "left")),
    "stock": ("结转", ("begin", "plus", "minus", "end")), "step": ("余额", ("to", "from", "by")),
    "target": ("目标", ("actual", "target")), "kept-bound": ("目标", ("actual", "bound")),
    "accepted": ("先后", ("done", "accepted")), "capital": ("相等", ("capital", "small")),
}  # fmt: skip
"""What a model proposes for a wording, with the slots that are its operands."""
_SLIP_OF_THE_PEN = "L808"
MISSED = 8  # one claim in so many the model does not make
_MARK = re.compile("\ue000(\\w+)\ue001")
_PUNCTUATION = "，。；、：（）,;:()\n\t"


@dataclass
class Tally:
    """Of one kind. `rules`, `model` and `both` are slips found; `lost` those that the model named and the program
    did not show, `rounded` those that rounding explains: the relation holds within what is printed; on sound reports `false` says inconsistent, `asked` asks because of a model."""

    planted: int = 0
    rules: int = 0
    model: int = 0
    both: int = 0
    clean: int = 0
    false: int = 0
    asked: int = 0
    ticks: int = 0
    rounded: int = 0
    lost: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Told:
    """A report, and where its slots stand in it."""

    text: str
    places: dict[str, Span]


def told(wording: measure.Wording, drawn: Drawn, funds: bool) -> Told:
    slots = {name: f"\ue000{name}\ue001{value}" for name, value in (drawn.words | drawn.slots).items()}
    marked = measure.report([line.format_map(slots) for line in wording.text], funds)
    values = drawn.words | drawn.slots
    places: dict[str, Span] = {}
    text, reached = "", 0
    for match in _MARK.finditer(marked):
        text += marked[reached : match.start()]
        places.setdefault(match[1], Span(len(text), len(text) + len(values[match[1]])))
        reached = match.end()
    return Told(text + marked[reached:], places)


@dataclass
class Answering:
    """An asker that gives one answer."""

    text: str

    def ask(self, call: Call) -> Reply:
        return Reply(self.text, "answer file")


def audited(text: str) -> AuditedReport:
    (document,) = run([read_bytes(text.encode(), "例.txt")], plan().rules).documents
    return document.reports[0]


def reviewed(one: AuditedReport, answer: dict[str, Any]) -> Outcome:
    results = [item.result for item in one.items]
    asker = Answering(json.dumps(answer, ensure_ascii=False))
    (outcome,) = review([one.report], [results], asker, ModelSettings())
    assert outcome.done, outcome.status
    return outcome


def claim(kind: str, where: Told, sheet: Sequence[Line], slot: str) -> dict[str, Any] | None:
    """What a model says of the relation that the slot stands in."""
    if kind in RELATIONS:
        relation, slots = RELATIONS[kind]
        operands = [_operand(where, sheet, name) for name in slots if name in where.places]
        if len(operands) == len(slots) and all(operands):
            return {"code": "L807", "relation": relation, "operands": operands}
    found = _quoted(where, sheet, where.places[slot], 14)
    if found is None:
        return None
    number, quote = found
    return {
        "code": _SLIP_OF_THE_PEN, "sentence": number, "quote": quote, "other_sentence": None, "other_quote": None,
        "about": "笔误", "question": "这一处与上下文对不上，请核对是否写错。",
    }  # fmt: skip


def _operand(where: Told, sheet: Sequence[Line], name: str) -> str:
    found = _quoted(where, sheet, where.places[name], 6)
    return f"{found[0]}｜{found[1]}" if found else ""


def _quoted(where: Told, sheet: Sequence[Line], place: Span, before: int) -> tuple[int, str] | None:
    """Line and quote: the number with its unit and a few words before it, no other number among them."""
    for line in sheet:
        for view in line.views:
            if view.span().start <= place.start and place.end <= view.span().end:
                lead = re.split(
                    rf"[\d{re.escape(_PUNCTUATION)}]", where.text[max(0, place.start - before) : place.start]
                )[-1]
                tail = re.match(
                    r"(?:个?百分点|[%％‰]|[^\d，。；、：（）,;:()\s]{1,2})?",
                    where.text[place.end : place.end + 5],
                )
                return line.number, lead + where.text[place.start : place.end] + (tail[0] if tail else "")
    return None


def noise(where: Told, sheet: Sequence[Line], random: Random) -> Iterator[dict[str, Any]]:
    """What models say besides: numbers that do not belong together, numbers that stand nowhere, nothing at all."""
    numbers, rates = (
        [f"{line.number}｜{match[0]}" for line in sheet for match in re.finditer(form, line.text)]
        for form in (r"\d[\d.]*[万亿]?[^\d\s，。；、：｜.%（）]{1,2}", r"\d[\d.]*%")
    )
    if len(numbers) >= 3:
        yield {"code": "L807", "relation": "相等", "operands": random.sample(numbers, 2)}
        yield {"code": "L807", "relation": "合计", "operands": random.sample(numbers, 3)}
        yield {"code": "L807", "relation": "比率", "operands": random.sample(numbers, 3)}
        yield {"code": "L807", "relation": "余额", "operands": random.sample(numbers, 3)}
        yield {"code": "L807", "relation": "乘积", "operands": random.sample(numbers, 3)}
        yield {"code": "L807", "relation": "目标", "operands": random.sample(numbers, 2)}
        for kind in ("比率", "增长") if rates else ():
            yield {
                "code": "L807",
                "relation": kind,
                "operands": [*random.sample(numbers, 2), random.choice(rates)],
            }
    yield {"code": "L807", "relation": "相等", "operands": ["3｜76543.21万元", "3｜76543.12万元"]}
    yield {
        "code": "L804", "sentence": 3, "quote": "与实际情况不符的一句话", "other_sentence": 4,
        "other_quote": "原文没有的另一句", "about": "概况", "question": "前后说法不同，请说明。",
    }  # fmt: skip


def _one(kind: str, wording: measure.Wording, random: Random, tally: Tally, gross: bool) -> None:
    drawn = RECIPES[kind](random)
    funds = kind not in measure.MONEY
    clean = told(wording, drawn, funds)
    base = audited(clean.text)
    sheet = lines(base.report)
    # Asked about what is sound, the model proposes the right relation, which holds, and noise.
    right = [claim(kind, clean, sheet, slot) for slot in drawn.slipped[:1] if slot in clean.places]
    relations = [one for one in right if one is not None and one["code"] == "L807"]
    outcome = reviewed(base, {"items": [], "relations": [*relations, *noise(clean, sheet, random)]})
    tally.clean += 1
    tally.ticks += len(outcome.ticks) + outcome.merged
    tally.asked += len(outcome.results)
    tally.said += [f"{kind} {one.message}" for one in outcome.results]
    tally.false += sum(one.verdict is Verdict.INCONSISTENT for one in (*outcome.results, *_flagged(base)))
    if not wording.harmless:
        _slip(kind, wording, random, tally, drawn, base, gross)


def _slip(
    kind: str,
    wording: measure.Wording,
    random: Random,
    tally: Tally,
    drawn: Drawn,
    base: AuditedReport,
    gross: bool,
) -> None:
    wrong = _gross(drawn, random) if gross else measure.slipped(drawn, random)
    if wrong is None:
        return
    slot = next(name for name, value in wrong.slots.items() if value != drawn.slots[name])
    where = told(wording, wrong, kind not in measure.MONEY)
    one = audited(where.text)
    sheet = lines(one.report)
    tally.planted += 1
    known = {(result.rule.code, result.message) for result in _flagged(base)}
    by_rules = any((result.rule.code, result.message) not in known for result in _flagged(one))
    made = claim(kind, where, sheet, slot) if slot in where.places and random.randrange(MISSED) else None
    every = [*([made] if made else []), *noise(where, sheet, random)]
    random.shuffle(every)
    outcome = reviewed(one, {"items": every})
    tally.dropped.update(item.reason for item in outcome.dropped)
    place = where.places.get(slot, Span(0, 0))
    shown = any(place.overlaps(span) for result in outcome.results for span in result.evidence)
    joined = any(place.overlaps(span) for item in outcome.attached for span in item.result.evidence)
    tally.rules += by_rules
    tally.model += made is not None
    tally.both += by_rules or shown or joined
    ticked = any(place.overlaps(span) for result in outcome.ticks for span in result.evidence)
    if made is not None and (ticked or outcome.merged) and not (by_rules or shown or joined):
        tally.rounded += 1
    elif made is not None and not (by_rules or shown or joined):
        reasons = "；".join(f"{item.reason}（{item.quote}）" for item in outcome.dropped)
        tally.lost.append(f"{kind} {made.get('operands') or made.get('quote')} {reasons}")


def _gross(drawn: Drawn, random: Random) -> Drawn | None:
    """With another number in the place of one, as long, that breaks the relation; None where it is no number."""
    slot = random.choice(drawn.slipped)
    right = drawn.slots[slot]
    if not right.replace(".", "", 1).isdigit():
        return None
    values = {name: Decimal(text) for name, text in drawn.slots.items() if text.replace(".", "", 1).isdigit()}
    for _ in range(100):
        digits = [random.choice("123456789") if char.isdigit() else char for char in right]
        wrong = "".join(digits)
        differ = sum(one != other for one, other in zip(right, wrong, strict=True))
        if differ > 1 and not drawn.holds(values | {slot: Decimal(wrong)}):
            return replace(drawn, slots=drawn.slots | {slot: wrong})
    return None


def _flagged(one: AuditedReport) -> list[Result]:
    start = sum(len(line) + 1 for line in measure.HEAD)
    return [
        item.result
        for item in one.items
        if item.result.flagged and item.result.rule.code not in measure.FRAME
        if any(span.end > start for span in item.result.evidence)
    ]


def measured(
    held_out: bool, times: int, seed: int = 1, kinds: Sequence[str] = (), gross: bool = False
) -> dict[str, Tally]:
    """Tallies by kind, over the wordings that are (not) held out, each drawn `times` times."""
    tallies: dict[str, Tally] = {}
    for number, wording in enumerate(measure.wordings()):
        if wording.held_out is held_out and (not kinds or wording.kind in kinds):
            tally = tallies.setdefault(wording.kind, Tally())
            for time in range(times):
                _one(wording.kind, wording, Random(f"claims/{seed}/{number}/{time}"), tally, gross)
    return tallies


def total(tallies: dict[str, Tally]) -> Tally:
    whole = Tally()
    for one in tallies.values():
        for name in ("planted", "rules", "model", "both", "clean", "false", "asked", "ticks", "rounded"):
            setattr(whole, name, getattr(whole, name) + getattr(one, name))
        whole.lost += one.lost
        whole.said += one.said
        whole.dropped += one.dropped
    return whole


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--gross", action="store_true", help="wrong numbers that no slip of the pen explains")
    parser.add_argument("--show", action="store_true", help="what was lost; of wordings in view only")
    parser.add_argument("--kinds", nargs="*", default=[])
    chosen = parser.parse_args()
    for held_out in (False, True):
        found = measured(held_out, chosen.times, chosen.seed, chosen.kinds, chosen.gross)
        print("留出的说法" if held_out else "看过的说法")
        for kind, one in (*found.items(), ("合计", total(found))):
            print(
                f"  {TITLES.get(kind, kind):12} 植入 {one.planted:4} 规则 {one.rules:4} 模型 {one.model:4} 合起来 {one.both:4}"
                f" 丢失 {len(one.lost):3} 在舍入之内 {one.rounded:3} | 没有差错 {one.clean:4} 不一致 {one.false} 提问 {one.asked} 打勾 {one.ticks}"
            )
        if chosen.show and not held_out:
            print(*total(found).lost, *total(found).said, sep="\n    ")
        print(dict(total(found).dropped.most_common(8)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
