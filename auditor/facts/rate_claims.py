"""Rates told in running text, with the amounts that the same sentence holds.

全年预算500万元，支出475万元，执行率95%       its own pair: the rate is measured by it
执行率95%，支出475万元，预算500万元           the same, told the other way round
中央资金下达700万元，支出658万元，执行率94%   the same, of one source
预算执行率95%                                 nothing of its own: the whole project's amounts
全县平均执行率91%；上年执行率88%              of others: no concern of this report
执行率达到90%以上得满分                       a rule: no statement at all
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.document import Span
from auditor.figures import Figure, Kind
from auditor.report.model import Amount, Passage, Report, Role, TextKind
from auditor.report.prose import is_neutral

_RATE = re.compile(
    r"(?:(?P<arrival>(?:资金|实际)?到位率)|(?P<rate>(?:预算|资金|全年|项目){0,8}(?:执行率|执行进度))"
    r"|(?P<paid>(?:资金|预算)?(?:支出|支付|使用|发放|兑付|拨付)(?:率|进度|比例)|付款比例))(?:为|是|达到?|:|仅|只有){0,8}$"
)
_PART = re.compile(r"其中|三公|季度|上半年|前三|(?<!12)月|各项|分项|同比|占比|偏离|得分|按.{0,6}$")
_RULE_BEFORE = re.compile(r"应|须|需|要求|目标|力争|确保|计划|预计|预期|不?[低高少超][于过]|如|若|当|每")
_RULE_BEHIND = re.compile(
    r"\(?(?:不?含)?[^，,。；;()]{0,4}\)?(?:及?以[上下内]|的?(?:得|扣|计)|满分|-|~|至|—)"
)
_AWARD = re.compile(r"满分|不?得分|不?扣分|[得扣]\d|按比例")
_YEAR = re.compile(
    r"(?P<year>(?:19|20)\d\d)年|(?P<earlier>上一?年|去年|前年|以前年度|往年)|(?P<now>本年|当年|今年)"
)
_OTHERS = re.compile(
    r"平均|全[县市省区州国系]|部门|整体|单位|系统|各[地县市区乡单部项]|其[他余]项目|同类|兄弟|中央|上级|[省市县区镇乡]级?(?:财政)?资金|"
    r"累计|总投资|三公|结转|追加|(?:基本|项目)支出"
)
_MOVED = re.compile(
    r"追加|追减|调[减增整]|核[减增]|压[减缩]|收回|划[出转]|统筹|切块"
)  # the budget did not stay what it was
_LONG = re.compile(r"(?<![〇零一二三四五六七八九十])[二两三四五六]年(?![度级])|\d年期|总投资|分年")
_SPENT = re.compile(r"支出|支付|发放|使用|兑付|拨付|执行|付款")
_DUE = re.compile(r"计划|应|拟")
_ADJUSTED = re.compile(r"扣除|剔除|不含|不计|按[^，,]{1,8}口径")  # of other amounts than those told
_SENTENCE = "。；;\n"


@dataclass(frozen=True)
class Claim:
    """One rate as told.

    arrival  it is money received, not money paid
    tops, bases  amounts of its own sentence that can be above and below the line
    told     exactly one amount above and one below the line, each named by its own word
    of_paying  支付率, 使用率 …: known only by the amounts beside it, never the project's execution rate
    paired   exactly two amounts, and the words leave little doubt which is above the line
    neutral  nothing in the sentence says that it speaks of another year, of others, or of a budget changed
    plain    its own clause names no subject of its own
    """

    figure: Figure
    name: str
    arrival: bool
    tops: tuple[Figure, ...]
    bases: tuple[Figure, ...]
    told: bool
    paired: bool
    of_paying: bool
    plain: bool
    neutral: bool


def rate_claims(report: Report) -> Iterator[Claim]:
    seen: set[Span] = {amount.span for table in report.money_tables for amount in table.amounts}
    roles = {amount.span: amount for amount in report.prose_amounts}
    project = re.sub(r"[^\w]", "", report.project)
    for passage in report.prose:
        if passage.kind is TextKind.CELL and (passage.filled_by_system or _RULE_BEFORE.search(passage.label)):
            continue
        if not any(word in passage.text for word in ("率", "进度", "比例")):
            continue
        for figure in passage.figures:
            if figure.kind is Kind.RATE and not figure.is_vague and figure.span not in seen:
                claim = _claim(passage, figure, roles, report.fiscal_year, project)
                if claim is not None:
                    seen.add(figure.span)
                    yield claim


def _claim(
    passage: Passage, figure: Figure, roles: dict[Span, Amount], fiscal_year: int | None, project: str
) -> Claim | None:
    text = passage.text
    start = max(text.rfind(mark, max(figure.start - 400, 0), figure.start) + 1 for mark in _SENTENCE)
    sentence = text[start : figure.start]
    clause = re.split(r"[，,:]", sentence)[-1]
    match = _RATE.search(clause[-40:])
    behind = re.split(r"[。;；\n]", text[figure.end : figure.end + 24])[0]
    if match is None or _PART.search(sentence[-40:]) or _RULE_BEFORE.search(sentence[-24:]):
        return None
    if _ADJUSTED.search(clause):
        return None
    if _RULE_BEHIND.match(behind) or _AWARD.search(behind) or _other_year(sentence, fiscal_year):
        return None
    arrival = match["arrival"] is not None
    money = [
        other
        for other in passage.figures[_first(passage, start) : _first(passage, figure.start)]
        if other.kind is Kind.MONEY and not other.is_vague
    ]
    if not money:
        stop = figure.end + len(re.split(rf"[{_SENTENCE}]|率", text[figure.end : figure.end + 200])[0])
        money = [
            other
            for other in passage.figures[_first(passage, figure.end) : _first(passage, stop)]
            if other.kind is Kind.MONEY and not other.is_vague
        ]
    named = [roles[other.span].role if other.span in roles else None for other in money]
    above = Role.RECEIVED if arrival else Role.PAID
    tops = [other for other, role in zip(money, named, strict=True) if role is above]
    never = (above, Role.PAID) if arrival else (above,)
    bases = [other for other, role in zip(money, named, strict=True) if role not in never]
    years = {found["year"] for found in _YEAR.finditer(sentence) if found["year"]}
    told = len(tops) == len(bases) == 1 and set(named) <= {above, Role.BUDGET, Role.INITIAL}
    told = told and len(years) < 2 and not _LONG.search(sentence)
    if told and named == [Role.INITIAL, above] and bases[0].base.below(tops[0].base):
        told = False  # more than the budget of the year's beginning: it was raised
    told = told and match["paid"] is None
    subject = clause[-40:][: match.start()]
    paired = len(money) == 2 and len(tops) == len(bases) == 1
    paired = told or (paired and len(years) < 2 and not _LONG.search(sentence))
    if len(money) == 2 and not tops and not arrival:
        # "全年拨付补贴资金1391.2万元": no role is known, yet the words say that it was paid.
        own = text[money[0].end : money[1].start]
        due = not _SPENT.search(text[start : money[0].start]) or _DUE.search(text[start : money[0].start])
        if _SPENT.search(own) and due:
            tops, bases, paired = [money[1]], [money[0]], True
    return Claim(
        figure, match["arrival"] or match["rate"] or match["paid"], arrival, tuple(tops), tuple(bases), told, paired,
        match["paid"] is not None,
        is_neutral(re.sub(r"[^\w]", "", subject), project),
        _OTHERS.search(sentence) is None and _MOVED.search(sentence) is None,
    )  # fmt: skip


def _first(passage: Passage, at: int) -> int:
    return bisect_left(passage.figures, at, key=lambda figure: figure.start)


def _other_year(sentence: str, fiscal_year: int | None) -> bool:
    """Whether the last year named before the rate is not the report's."""
    named = list(_YEAR.finditer(sentence))
    if not named:
        return False
    last = named[-1]
    if last["year"] is None:
        return last["earlier"] is not None
    return fiscal_year is not None and int(last["year"]) != fiscal_year
