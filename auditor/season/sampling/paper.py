"""The working paper of a draw as data; `paper_word` and `paper_book` write it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import PurePath

from auditor.figures import show
from auditor.season.sampling import words
from auditor.season.sampling.draw import Draw
from auditor.season.sampling.evaluate import Examined, Money, Rate, money, rate
from auditor.values import frozen

LIST_HEADS = (
    "序号",
    "编号",
    "单位",
    "项目",
    "分层",
    "金额（元）",
    "抽中",
    "复核结论",
    "应有金额（元）",
    "材料",
)
STRATA_HEADS = ("分层", "总体份数", "总体金额（元）", "抽取份数", "方式", "间隔（元）")
RESULT_HEADS = ("分层", "抽取份数", "有差错", "未决定", "差错率", "上限", "区间")
SIGNATURES = ("抽样人", "复核人", "负责人")

Row = tuple[str, ...]


@frozen
class Named:
    """What people call a report of the frame; `number` is the one that it is decided on by, 0 where none is known."""

    project: str
    unit: str
    path: str = ""
    number: int = 0


@frozen
class Paper:
    """Everything on the sheets. `examined` is None before anybody has decided anything: then there are no
    results, and the columns for them are left blank to be filled in by hand."""

    draw: Draw
    names: Mapping[str, Named]
    confidence: Decimal
    tolerable: Decimal
    expected: Decimal
    season: str = ""
    examined: Mapping[str, Examined] | None = None

    def head(self) -> list[tuple[str, str]]:
        frame = self.draw.frame
        return [
            ("抽样批次", self.season),
            ("抽样总体", f"{len(frame.items)}份，金额{words.yuan(frame.amount)}"),
            ("抽样框 SHA-256", frame.sha256),
            *words.plan_lines(self.draw.plan),
            (
                "把握程度、可容忍、预计",
                f"{words.sure(self.confidence)}、{words.sure(self.tolerable)}、{words.sure(self.expected)}",
            ),
        ]

    def algorithm(self) -> list[str]:
        return list(words.algorithm(self.draw))

    def strata(self) -> list[Row]:
        return [
            (
                one.name,
                str(one.population),
                show(one.amount),
                str(one.drawn),
                "全部核查" if one.certain else "随机抽取",
                "" if one.interval is None else f"{words.rounded(one.interval, 2):f}",
            )
            for one in self.draw.strata
        ]

    def listed(self) -> list[Row]:
        return [self._row(at) for at in range(len(self.draw.drawn))]

    def _row(self, at: int) -> Row:
        one = self.draw.drawn[at]
        named = self.names.get(one.item.id, Named("", ""))
        decided = None if self.examined is None else self.examined.get(one.item.id)
        verdict = "" if decided is None else "有差错" if decided.wrong else "没有差错"
        right = "" if decided is None or decided.right is None else show(decided.right)
        return (
            str(one.number), one.item.id, named.unit, named.project, one.stratum,
            "" if one.item.amount is None else show(one.item.amount),
            "必查" if one.certain else f"{one.hits}次" if self.draw.plan.method.monetary else "抽中",
            verdict, right, " ".join(filter(None, (f"{named.number}号" if named.number else "", PurePath(named.path).name))),
        )  # fmt: skip

    def rate(self) -> Rate | None:
        """None before decisions, and for money: a draw by money says nothing on the share of reports."""
        if self.examined is None or self.draw.plan.method.monetary:
            return None
        return rate(self.draw, self.examined, self.confidence)

    def money(self) -> Money | None:
        if self.examined is None or not self.draw.plan.method.monetary:
            return None
        return money(self.draw, self.examined, self.confidence)

    def results(self) -> list[Row]:
        """By stratum, for a draw of reports."""
        told = self.rate()
        return [] if told is None else [
            (
                row.stratum.name, str(row.stratum.drawn), str(row.wrong), str(row.pending), words.percent(row.share),
                *words.limits(row),
            )
            for row in told.rows
        ]  # fmt: skip

    def conclusion(self) -> list[str]:
        return list(self._conclusion())

    def _conclusion(self) -> Iterator[str]:
        rate, money = self.rate(), self.money()
        if rate is not None:
            yield from words.rate_conclusion(rate, self.tolerable)
        elif money is not None:
            yield from words.money_conclusion(money, self.tolerable)
        else:
            yield "样本尚未核查完毕。逐份核查、作出结论以后，再据以推算全部。"

    def arithmetic(self) -> list[str]:
        rate, money = self.rate(), self.money()
        if rate is not None:
            return list(words.rate_arithmetic(rate))
        called = {id: f"{one.number}号（{id}）" for id, one in self.names.items() if one.number}
        return [] if money is None else list(words.money_arithmetic(money, called))
