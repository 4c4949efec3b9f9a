"""The scoring rules a form declares in its notes, read into a small typed language.

What a rule applies to (the execution rate, a class of indicators, one row), and what it does: a formula
over target and actual, so much off for each point short, a floor, bands of a rate, shares of grades, or
what the execution rate is counted on. The words are data (scoring_rules.toml). A sentence that lays down
a rule and is not understood is kept: until somebody has read it, the national rules may only ask.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from auditor.compiled import compiled
from auditor.document import Span, View
from auditor.report.model import (
    Passage,
    RateBase,
    RatingBand,
    Report,
    Role,
    ScoringFormula,
    ScoringRule,
    ScoringStep,
    ScoringSubject,
    TextKind,
)
from auditor.report.notes import with_notes

_HUNDRED, _TENTH = Decimal(100), Decimal("0.1")
_MOST_RULES = 100
_NUMERALS = {"一": Decimal(1), "二": Decimal(2), "两": Decimal(2), "五": Decimal(5), "十": Decimal(10)}
_CLASS = compiled(
    r"(?P<name>数量|质量|时效|成本|产出|经济效益|社会效益|生态效益|效益|满意度|可持续影响|投入|结果|影响力|过程|决策)"
    r"(?:类|指标|目标|”)"
)
_MORE = compiled(r"超|高于|多于|增加|增长|提高|大于")
_EVENT = compiled(
    r"自评得?[分得]|自扣|扣了|被扣|因|由于|[已均](?:已|经|超|达|完|全)|本次|实得|故|得(?!0分)\d{1,3}(?:\.\d+)?分(?!的?[\d/%])"
    r"|得满分\d|满分\d{1,3}分|自评不扣|合计\d|实际(?:值|数|完成)?(?:为|是)?\d|\d月\d{1,2}日(?![之以]?前)"
    r"|[×*÷/]\d{1,6}(?:\.\d{1,4})?%?=\d|执行率[^，,。；;\d]{0,12}为\d{1,3}(?:\.\d+)?%(?!的|以|及|[(（至~～—-])"
)
"""What tells of this year's result, by its own numbers: no rule, though its words may be those of one."""
_RULE = compiled(
    r"每[^。；;]{1,24}扣|按[^。；;]{1,24}(?:计分|得分|扣分|评分|打分)|得分[=按]|计分公式|扣完为止|[不未][得计]分|[计得记]0分"
    r"|得满分|扣(?:除|减)?(?:权重|分值|该项)|低一?个?档|酌情|分值的\d|权重的\d|执行率(?:按|=|填|指)[^。；;]{2,}"
)
_EARNS = compiled(r"\d%?[^。；;，,\d]{0,14}[得计记扣给][^。；;，,\d]{0,8}\d+(?:\.\d+)?(?:分|%)")
_NOTE = compiled(
    r"注|备注|说明|填表|填报说明|评分|计分|评价标准|打分|规则|办法|[(（]?\d{1,2}[)）.．、]|定[量性]指标"
)
_BELOW_NOTE = (TextKind.PROSE, TextKind.CELL, TextKind.FLAT)
_ABOUT = compiled(r"分|权重|执行率|扣|档|\d%")
_WHOLE = compiled(r"取整|整数")
_EXECUTION = compiled(r"执行率|预算执行|执行进度")
_QUALITATIVE = compiled(r"定性")
_EXCEPT = compiled(r"除[^，。；]{0,30}(?:特别说明|另有规定|另有说明|特殊说明)")
_PLAIN = r"[^。；;，,\d%]{0,6}"
_EXCESS = rf"的?部分[，,]?|{_PLAIN}[，,](?:对|其|则)?(?:超出|超过|高出|多出|超额)的?部分[，,]?"
_OVER_FROM = compiled(
    rf"(?:超过|超出|高于|大于|>)[^。；;，,\d]{{0,8}}(?P<from>\d{{3}})%(?P<rest>{_EXCESS})?{_PLAIN}[，,]?$"
)
_AMOUNTS = (
    (Role.BUDGET, compiled(r"调整后|全年(?:可用)?预算|全年可用")),
    (Role.ADJUSTMENT, compiled(r"调[整增减]|追加|结转|结余")),
    (Role.INITIAL, compiled(r"年初|批复")),
    (Role.ALLOCATED, compiled(r"拨款|下达|拨付")),
    (Role.RECEIVED, compiled(r"到位|到账")),
    (Role.PAID, compiled(r"支付|支出|执行|使用|列支")),
    (Role.BUDGET, compiled(r"预算|计划|额度")),
)
_ACHIEVED = ("达成预期", "部分达成", "未达成")
_FORMULAS = ("ratio", "excess", "proportion")


@cache
def data() -> dict[str, dict[str, object]]:
    """Patterns and examples as they stand in the file."""
    return tomllib.loads(Path(__file__).with_name("scoring_rules.toml").read_text("utf-8"))


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    parts = data()["parts"]
    text = str(data()[kind]["pattern"])
    for _ in range(2):
        for name, part in parts.items():
            text = text.replace(f"{{{name}}}", str(part))
    return compiled(text)


def read_scoring_rules(report: Report) -> None:
    """Fills `scoring_rules`, `rating_bands`, `execution_base`, `score_step`, `equal_weights_rule` and `unread_rules`
    of `report`."""
    for passage, noted in with_notes(report, _NOTE, _BELOW_NOTE):
        text = passage.text
        if not _ABOUT.search(text):
            continue
        if passage.kind is TextKind.CELL and len(text) < 8:
            continue
        only = _row_of(report, passage)
        read: list[Span] = []
        for sentence in _statements(passage.view):
            read.extend(_sentence(report, sentence, only, tells=_EVENT.search(sentence.text) is not None))
        if noted or only is not None or passage.kind is TextKind.CELL:
            _unread(report, passage, read)
        _extend_classes(report, text)
    _keep_few(report)


def _keep_few(report: Report) -> None:
    """A form declares a handful of rules. Beyond `_MOST_RULES` different ones the rest is looked up for no score and
    told as not understood, so that a score they may be meant for is only asked about."""
    kept: list[ScoringRule] = []
    texts: set[str] = set()
    for rule in report.scoring_rules:
        if rule.only is None and rule.view.text not in texts:
            if len(texts) == _MOST_RULES:
                report.unread_rules.append(rule.view)
                continue
            texts.add(rule.view.text)
        kept.append(rule)
    report.scoring_rules[:] = kept


def _extend_classes(report: Report, text: str) -> None:
    """ "“影响力”类指标评分规则同“结果”类指标": what holds for the one holds for the other."""
    for match in _pattern("same_as").finditer(text):
        report.scoring_rules[:] = [
            replace(rule, classes=(*rule.classes, match["name"]))
            if match["other"] in rule.classes and match["name"] not in rule.classes
            else rule
            for rule in report.scoring_rules
        ]


def _row_of(report: Report, passage: Passage) -> Span | None:
    """The indicator row a cell of the form belongs to: what it declares is for that row."""
    if passage.kind is not TextKind.CELL:
        return None
    return next((row.span for row in report.indicators if row.span.overlaps(passage.span)), None)


def _statements(view: View) -> Iterator[View]:
    """The text cut after full stops and line ends: the steps of a scale stand between semicolons."""
    start = 0
    for match in compiled(r"[。\n]|$").finditer(view.text):
        if match.start() > start:
            yield view.part(start, match.start())
        start = match.end()


def _sentence(report: Report, view: View, only: Span | None, *, tells: bool) -> Iterator[Span]:
    """Reads one statement; yields the places that were understood. What tells of an event ("得16分") lays
    down a rule only as a scale whose steps meet one another."""
    if (step := _pattern("rounding").search(view.text)) and report.score_step is None:
        tenths = step["one"] or step["first"] or step.group().endswith("第一位")
        report.score_step = (_TENTH if tenths else Decimal(1), view.part(*step.span()))
        yield view.span(*step.span())
    bands = _bands(view)
    if tells and (bands is None or not _closed_scale(bands[0].steps)):
        return
    if bands is not None:
        rule, places = bands
        yield from places
        if not _is_reached(rule.steps):
            report.scoring_rules.append(replace(rule, only=only))
            if len(rule.steps) > 1:
                return
    before = [one.view.span() for one in report.scoring_rules]
    for rule in _per_points(view):
        yield rule.view.span()
        if not any(rule.view.span().overlaps(one) for one in before):
            report.scoring_rules.append(replace(rule, only=only))
    yield from _floors_and_formulas(report, view, only)
    yield from _grades(report, view)
    for kind in ("execution_rate", "execution_base"):
        match = _pattern(kind).search(view.text)
        base = _base(view, match) if match is not None else None
        if base is not None:
            report.execution_base = report.execution_base or base
            yield base.view.span()
    if (equal := _pattern("equal_weights").search(view.text)) and report.equal_weights_rule is None:
        report.equal_weights_rule = view.part(*equal.span())
    for kind in ("reached", "no_effect"):
        yield from (view.span(*match.span()) for match in _pattern(kind).finditer(view.text))


def _made(view: View, start: int, end: int, **what: object) -> ScoringRule:
    """A rule whose words are `view[start:end]`, with whom it applies to read from the words around."""
    cut = max(view.text.rfind(stop, 0, start) for stop in "；;") + 1
    text = view.text[cut:end]
    classes = tuple(dict.fromkeys(match["name"] for match in _CLASS.finditer(text)))
    subject = ScoringSubject.INDICATORS
    if _EXECUTION.search(text):
        subject, classes = ScoringSubject.EXECUTION, ()
    elif _QUALITATIVE.search(text):
        subject = ScoringSubject.QUALITATIVE
    exceptions = _EXCEPT.search(view.text) is not None
    return ScoringRule(view.part(cut, end), classes, subject=subject, exceptions=exceptions, **what)  # type: ignore[arg-type]


def _per_points(view: View) -> Iterator[ScoringRule]:
    for match in _pattern("per_point").finditer(view.text):
        share = Decimal(match["share"])
        if match["below"] and (match["step"] not in ("1", "一") or len(match["behind"]) > 3):
            continue  # "低于目标8个百分点，系尾款结转，扣2.4分" tells what happened
        step = _NUMERALS.get(match["step"]) or Decimal(match["step"])
        before = f"{match['gap'] or ''}{match['behind']}"
        over = _OVER_FROM.search(view.text, 0, match.start())
        if _MORE.search(before) or (over is not None and over["rest"]):
            start = over.start() if over else match.start()
            yield _made(
                view, start, match.end(), over_from=Decimal(over["from"]) / _HUNDRED if over else Decimal(1),
                over_per_point=share / _HUNDRED if match["unit"] == "%" else None,
            )  # fmt: skip
        elif match["unit"] == "%":
            yield _made(view, match.start(), match.end(), per_point=share / _HUNDRED, step=step)
        else:
            yield _made(view, match.start(), match.end(), points_off=share, step=step)


def _floors_and_formulas(report: Report, view: View, only: Span | None) -> Iterator[Span]:
    for match in _pattern("floor").finditer(view.text):
        share = Decimal(match["pct"] or match["pct2"]) / _HUNDRED
        rule = replace(_made(view, *match.span(), floor=share), only=only)
        report.scoring_rules.append(rule)
        yield rule.view.span()
    for clause in compiled(r"[^；;]+").finditer(view.text):
        if "√" in clause.group() or "调节系数" in clause.group():
            continue
        found = ((kind, _pattern(kind).search(view.text, *clause.span())) for kind in _FORMULAS)
        kind, place = next(((kind, one) for kind, one in found if one is not None), ("", None))
        if place is not None:
            rule = replace(_made(view, *place.span(), formula=ScoringFormula(kind)), only=only)
            report.scoring_rules.append(rule)
            yield view.span(*clause.span())


def _bands(view: View) -> tuple[ScoringRule, list[Span]] | None:
    steps: list[ScoringStep] = []
    places: list[Span] = []
    first = last = 0
    for match in _pattern("band").finditer(view.text):
        step = _step(match)
        if step is None:
            continue
        first = first or match.start()
        last = match.end()
        steps.append(step)
        places.append(view.span(*match.span()))
    if not steps or (len(steps) == 1 and steps[0].low is None):
        return None  # a single "低于…不得分" is a floor
    rule = _made(view, first, last, steps=tuple(steps))
    if _EXECUTION.search(view.text[:last]):
        rule = replace(rule, subject=ScoringSubject.EXECUTION, classes=())
    return rule, [view.span(0, last)] if len(steps) > 1 else places


def _is_reached(steps: tuple[ScoringStep, ...]) -> bool:
    """ "完成目标值的100%至130%得满分": what every form means."""
    return len(steps) == 1 and steps[0].low == steps[0].share == 1


def _closed_scale(steps: tuple[ScoringStep, ...]) -> bool:
    """Whether each of several steps begins where another ends, but for the lowest."""
    tops = {step.high for step in steps if step.high is not None}
    starts = [step.low for step in steps if step.low]
    lowest = min((step.low or Decimal(0) for step in steps), default=Decimal(0))
    return len(steps) > 1 and bool(tops) and all(start in tops or start == lowest for start in starts)


def _step(match: re.Match[str]) -> ScoringStep | None:
    low, high = (
        next((text for name, text in match.groupdict().items() if name.startswith(end) and text), None)
        for end in ("low", "high")
    )
    share = points = None
    if match["full"]:
        share = Decimal(1)
    elif match["none"]:
        share = Decimal(0)
    elif match["off"]:
        share = 1 - Decimal(match["off"]) / _HUNDRED
    elif match["gets"]:
        share = Decimal(match["gets"]) / _HUNDRED
    elif match["off_points"]:
        points = -Decimal(match["off_points"])
    else:
        points = Decimal(match["gets_points"])
    ends = [Decimal(one) / _HUNDRED if one else None for one in (low, high)]
    if None not in ends and ends[0] > ends[1]:  # type: ignore[operator]
        ends.reverse()
    return ScoringStep(ends[0], ends[1], share, points)


def _grades(report: Report, view: View) -> Iterator[Span]:
    match = _pattern("grade_step").search(view.text)
    if match is not None and report.grade_step is None:
        report.grade_step = (Decimal(match["share"]) / _HUNDRED, view.part(*match.span()))
        yield view.span(*match.span())
    listed = _pattern("grade_list").search(view.text)
    if listed is not None and not report.rating_bands:
        grades, shares = (compiled("[、/,，和]").split(listed[part]) for part in ("words", "shares"))
        if len(grades) == len(shares) and "%" in listed["shares"]:
            told = view.part(*listed.span())
            for word, share in zip(grades, shares, strict=True):
                part = Decimal(share.rstrip("%")) / _HUNDRED
                report.rating_bands.append(RatingBand(word, part, part, told))
            yield told.span()
    ranges = list(_pattern("achieved").finditer(view.text)) if "部分达成" in view.text else []
    if len(ranges) >= 2 and not report.rating_bands:
        words = view.part(ranges[0].start(), ranges[-1].end())
        for name, one in zip(_ACHIEVED, ranges, strict=False):
            low, high = (Decimal(one[end]) / _HUNDRED for end in ("low", "high"))
            report.rating_bands.append(RatingBand(name, low, high, words))
        yield words.span()
    found = list(_pattern("grade_share").finditer(view.text))
    if len(found) >= 2 and not report.rating_bands:
        words = view.part(found[0].start(), found[-1].end())
        for one in found:
            share = Decimal(one["share"]) / _HUNDRED
            report.rating_bands.append(RatingBand(one["word"], share, share, words))
        yield words.span()


def _base(view: View, match: re.Match[str]) -> RateBase | None:
    top = _role(match["top"]) if "top" in match.groupdict() else Role.PAID
    names = compiled(r"与|和|及|[+]|(?<![追增])加上?").split(
        compiled(r"(?:之和|合计|总和|的和|总计)?(?:的比[例率重]?|的百分比)?$").sub("", match["base"]),
    )
    base = [_role(name) for name in names]
    if top is None or None in base:
        return None
    if base == [Role.ADJUSTMENT]:
        base = [Role.BUDGET]  # "÷调整预算数": the budget as adjusted
    whole = _WHOLE.search(view.text, match.end()) is not None
    return RateBase(view.part(*match.span()), top, tuple(dict.fromkeys(one for one in base if one)), whole)


def _role(name: str) -> Role | None:
    return next((role for role, words in _AMOUNTS if words.search(name)), None)


def _unread(report: Report, passage: Passage, read: list[Span]) -> None:
    """Keeps the sentences that lay down a rule of which nothing was understood."""
    known = [*read, *(band.view.span() for band in (*report.rating_bands,))]
    known += [band.view.span() for band in report.scale]
    known += [report.equal_weights_rule.span()] if report.equal_weights_rule is not None else []
    for sentence in passage.sentences:
        text = sentence.text
        if len(text) > 160 or not _RULE.search(text) or _EVENT.search(text):
            continue
        near = [span for span in known if sentence.span().overlaps(span)]
        if not near or any(not any(one.overlaps(span) for span in near) for one in _conditions(sentence)):
            report.unread_rules.append(sentence)


def _conditions(sentence: View) -> Iterator[Span]:
    """The clauses of a sentence that say what a rate earns: each has to be understood."""
    for clause in compiled(r"[^，,；;]+").finditer(sentence.text):
        if _EARNS.search(clause.group()):
            yield sentence.span(*clause.span())
