"""Rates told in running text, with the amounts that the same sentence holds.

全年预算500万元，支出475万元，执行率95%       its own pair: the rate is measured by it
执行率95%，支出475万元，预算500万元           the same, told the other way round
中央资金下达700万元，支出658万元，执行率94%   the same, of one source
预算执行率95%                                 nothing of its own: the whole project's amounts
全县平均执行率91%；上年执行率88%              of others: no concern of this report
执行率达到90%以上得满分                       a rule: no statement at all
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from auditor.compiled import compiled
from auditor.document import Span
from auditor.figures import Figure, Kind
from auditor.language import word
from auditor.report.model import Amount, Passage, Report, Role, TextKind
from auditor.report.prose.neutral import is_neutral
from auditor.values import frozen

_SENTENCE = "。；;\n"
_REACH = 400  # characters of a sentence before a rate


@frozen
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
    project = compiled(r"[^\w]").sub("", report.project)
    for passage in report.prose:
        if passage.kind is TextKind.CELL and (
            passage.filled_by_system or word("rate_rule_before").search(passage.label)
        ):
            continue
        if not any(word in passage.text for word in ("率", "进度", "比例")):
            continue
        for figure in passage.figures:
            if figure.kind is not Kind.RATE or figure.is_vague or report.lays_down(figure.span):
                continue
            if figure.span not in seen:
                claim = _claim(passage, figure, roles, report.fiscal_year, project)
                if claim is not None:
                    seen.add(figure.span)
                    yield claim


def _claim(
    passage: Passage, figure: Figure, roles: dict[Span, Amount], fiscal_year: int | None, project: str
) -> Claim | None:
    text = passage.text
    start = max(figure.start - _REACH, 0)
    start = max(start, *(text.rfind(mark, start, figure.start) + 1 for mark in _SENTENCE))
    sentence = text[start : figure.start]
    clause = compiled(r"[，,:]").split(sentence)[-1]
    match = word("rate_named").search(clause[-40:])
    behind = compiled(r"[。;；\n]").split(text[figure.end : figure.end + 24])[0]
    if (
        match is None
        or word("rate_of_part").search(sentence[-40:])
        or word("rate_rule_before").search(clause[-24:])
        or word("rate_hoped").search(sentence[-24:])
    ):
        return None
    if word("rate_adjusted").search(clause):
        return None
    if (
        word("rate_rule_behind").match(behind)
        or word("rate_award").search(behind)
        or _other_year(sentence, fiscal_year)
    ):
        return None
    arrival = match["arrival"] is not None
    money = [
        other
        for other in passage.figures[_first(passage, start) : _first(passage, figure.start)]
        if other.kind is Kind.MONEY
        and not other.is_vague
        and not word("from_budget").search(text, start, other.start)
    ]
    if not money:
        stop = figure.end + len(compiled(rf"[{_SENTENCE}]|率").split(text[figure.end : figure.end + 200])[0])
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
    years = {found["year"] for found in word("year_named_before").finditer(sentence) if found["year"]}
    told = len(tops) == len(bases) == 1 and set(named) <= {above, Role.BUDGET, Role.INITIAL}
    told = told and len(years) < 2 and not word("rate_of_years").search(sentence)
    if told and named == [Role.INITIAL, above] and bases[0].base.below(tops[0].base):
        told = False  # more than the budget of the year's beginning: it was raised
    told = told and match["paid"] is None
    subject = clause[-40:][: match.start()]
    paired = len(money) == 2 and len(tops) == len(bases) == 1
    paired = told or (paired and len(years) < 2 and not word("rate_of_years").search(sentence))
    if len(money) == 2 and not tops and not arrival:
        # "全年拨付补贴资金1391.2万元": no role is known, yet the words say that it was paid.
        own = text[money[0].end : money[1].start]
        due = not word("paid_in_words").search(text[start : money[0].start]) or word("due_in_words").search(
            text[start : money[0].start]
        )
        if word("paid_in_words").search(own) and due:
            tops, bases, paired = [money[1]], [money[0]], True
    return Claim(
        figure, match["arrival"] or match["rate"] or match["paid"], arrival, tuple(tops), tuple(bases), told, paired,
        match["paid"] is not None,
        is_neutral(compiled(r"[^\w]").sub("", subject), project),
        word("rate_of_others").search(sentence) is None and word("budget_moved").search(sentence) is None,
    )  # fmt: skip


def _first(passage: Passage, at: int) -> int:
    return bisect_left(passage.figures, at, key=lambda figure: figure.start)


def _other_year(sentence: str, fiscal_year: int | None) -> bool:
    """Whether the last year named before the rate is not the report's."""
    named = list(word("year_named_before").finditer(sentence))
    if not named:
        return False
    last = named[-1]
    if last["year"] is None:
        return last["earlier"] is not None
    return fiscal_year is not None and int(last["year"]) != fiscal_year
