"""F109 金额单位写错 (funds.unit-slip)

查什么  同一笔钱在两处写的数正好相差一万倍或一亿倍（如“万元”写成“元”、“亿元”写成“万元”）。
        换算正确的（300.00万元与3000000元）记为一致。
为什么  表格按万元、文字按元填报时最容易漏换单位，一处写错，预算、支出和执行率都跟着错。
反例
    2022年度村道硬化项目绩效自评报告

    到位资金268.45万元，其中中央衔接资金180.36万元、县级配套资金88.09万元。
    中央衔接资金180.36元于3月拨付到乡。
    → 不一致
正例
    2022年度村道硬化项目绩效自评报告

    到位资金268.45万元，其中中央衔接资金180.36万元、县级配套资金88.09万元。
    中央衔接资金1803600元于3月拨付到乡。
    → 无
依据    同一笔金额前后应当一致
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from auditor.figures import Equation, Figure, Kind, Term, show
from auditor.report.model import Amount, LineKind, Report, Role
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="F109",
    name="funds.unit-slip",
    title="同一金额单位写错",
    severity=Severity.HIGH,
    basis=("同一笔金额前后应当一致",),
)

_FACTORS = ((Decimal(10) ** 4, "一万"), (Decimal(10) ** 8, "一亿"))
_PER_UNIT = re.compile(r"[每均]|单价|标准|造价$|单位成本|[≤≥<>]|目标|不[高低超少][于过]")
_FILLER = re.compile(
    r"^(?:其中|年初|全年|当年|本年|本?项目|截至.{0,20}?[日底末]|共|已|由|将|其余|和|及|与|的){1,8}|(?:共计?|合计|总计|为|是|达到?|约|:|共|了|资金|金额|总额|数){1,8}$"
)
_REACH = 40
_SHOWN = 20  # mentions of one amount that are compared and shown
# Figures with at least so many written digits hardly agree by chance.
_TELLING_DIGITS = 4


@dataclass(frozen=True)
class Mention:
    """One amount as written. `names` are the words it goes by; `role` where it is the whole project's;
    `assumed` where nothing says what it is counted in."""

    figure: Figure
    names: tuple[str, ...]
    role: Role | None
    label: str = ""
    assumed: bool = False

    @property
    def digits(self) -> str:
        return show(self.figure.value).replace(".", "").strip("0")

    def told(self) -> str:
        figure = self.figure
        unit = "" if figure.raw.endswith(figure.unit) else figure.unit
        return f"“{self.label}{figure.raw}{unit}”"


def check(report: Report, settings: Settings) -> Iterator[Result]:
    by_digits: dict[str, list[Mention]] = defaultdict(list)
    for mention in _mentions(report):
        by_digits[mention.digits].append(mention)
    for mentions in by_digits.values():
        if len(mentions) > 1:
            yield from _compare(mentions)


def _mentions(report: Report) -> Iterator[Mention]:
    seen = set()
    for amount in report.amounts:
        figure = amount.figure
        if not amount.role.is_money or figure.kind is not Kind.MONEY or not figure.value or figure.is_vague:
            continue
        if figure.span in seen:
            continue
        seen.add(figure.span)
        whole = amount.whole and amount.line.kind is LineKind.TOTAL
        names = [_FILLER.sub("", amount.line.name)] if amount.table is not None and not whole else []
        if amount.table is None:
            names.append(_name(figure))
        yield Mention(
            figure, tuple(name for name in names if name), amount.role if whole else None, _label(amount),
            report.unit_assumed(amount),
        )  # fmt: skip
    for passage in report.passages:
        if passage.filled_by_system:
            continue
        for figure in passage.figures:
            if figure.kind is Kind.MONEY and figure.value and not figure.is_vague and figure.span not in seen:
                before = figure.view.text[max(0, figure.start - 10) : figure.start]
                if _PER_UNIT.search(before) or figure.view.text[figure.end : figure.end + 1] in ("/", "每"):
                    continue
                name = _name(figure)
                yield Mention(figure, (name,) if name else (), None, _clause(figure))


def _label(amount: Amount) -> str:
    """How a reader knows the amount: line and column of a table, or the words before it."""
    if amount.table is None:
        return _clause(amount.figure)
    return amount.role.value if amount.line.name in ("", "合计") else f"{amount.line.name}{amount.role.value}"


def _clause(figure: Figure) -> str:
    clause = re.split(r"[，,。；;、:()\n]", figure.view.text[max(0, figure.start - _REACH) : figure.start])[
        -1
    ]
    return re.split(r"[\d%元]", clause)[-1][-16:]


def _name(figure: Figure) -> str:
    """The words that name an amount in its clause, without fillers."""
    return _FILLER.sub("", _FILLER.sub("", _clause(figure)))


def _compare(mentions: list[Mention]) -> Iterator[Result]:
    groups: dict[Decimal, list[Mention]] = defaultdict(list)
    for mention in mentions:
        groups[mention.figure.amount].append(mention)
    amounts = sorted(groups)
    for small in amounts:
        for factor, word in _FACTORS:
            if small * factor in groups:
                yield from _slip(groups[small][:_SHOWN], groups[small * factor][:_SHOWN], word)
    for amount in amounts:
        yield from _converted(groups[amount][:_SHOWN])


def _slip(small: list[Mention], large: list[Mention], factor: str) -> Iterator[Result]:
    named = [(a, b) for a in small for b in large if _same(a, b)]
    telling = len(small[0].digits) >= _TELLING_DIGITS
    if not named and not telling:
        return
    first, second = named[0] if named else (small[0], large[0])
    odd = small if len(small) < len(large) else large
    others = [mention for mention in (*small, *large) if mention not in (first, second)]
    message = (
        f"{first.told()}与{second.told()}是{'同一笔钱' if named else '同样的数字'}，正好相差{factor}倍"
        f"{f'，全文另有 {len(others)} 处写到' if others else ''}，可能是单位写错。"
    )
    sure = not (first.assumed or second.assumed)
    sure = sure and bool(named) and (telling or first.role is not None or first.names == second.names)
    make = RULE.inconsistent if sure else RULE.query
    yield make(
        message,
        [first.figure, second.figure, *(mention.figure for mention in others)],
        relations=(Equation(_term(second.figure) / _term(first.figure)),),
        suggestion="请核对两处的单位，更正写错的一处。",
        culprits=tuple(mention.figure.span for mention in odd) if len(small) != len(large) else (),
        key=(show(first.figure.amount), show(second.figure.amount)),
    )


def _converted(mentions: list[Mention]) -> Iterator[Result]:
    """A tick for an amount that was converted between units as it should be."""
    first = mentions[0]
    for other in mentions[1:]:
        telling = len(first.digits) >= _TELLING_DIGITS
        if other.figure.unit != first.figure.unit and (telling or _same(first, other)):
            yield RULE.consistent(
                f"{first.told()}与{other.told()}换算一致。",
                [first.figure, other.figure],
                relations=(Equation(_term(first.figure), _term(other.figure)),),
                key=(show(first.figure.amount), first.figure.unit, other.figure.unit),
            )
            return


def _term(figure: Figure) -> Term:
    return Term.of(figure, Decimal(1), f"{show(figure.amount)}元")


def _same(a: Mention, b: Mention) -> bool:
    """Whether the two go by one name, or are the same amount of the whole project."""
    if a.role is not None and a.role is b.role:
        return True
    return any(_ends_alike(one, other) for one in a.names for other in b.names)


def _ends_alike(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return (len(short) >= 4 and long.endswith(short)) or (len(short) >= 2 and short == long)
