"""`auditor season risk`, `sample` and `evaluate`. No logic."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditor.commands.answers import emit, refuse
from auditor.commands.season import At, ConfigFile, Who, season

if TYPE_CHECKING:
    from auditor.config import Config
    from auditor.season.sampling.paper import Paper
    from auditor.season.workspace import Workspace

_Name = Annotated[str, typer.Option("--name", metavar="NAME", help="这次抽样的名称。")]
_Out = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="PATH", help="工作底稿，写成 docx 或 xlsx。")
]


class SampleMethod(StrEnum):
    simple = "simple"
    stratified = "stratified"
    risk = "risk"
    mus = "mus"
    cell = "mus-cell"


class MoneyOf(StrEnum):
    paid = "paid"
    budget = "budget"


def _chosen(config: Path | None, workspace: Workspace) -> Config:
    from auditor.config import load

    return load(config or workspace.config, workspace.folder)


def risk(
    unit: Annotated[str, typer.Option("--unit", metavar="NAME", help="只列单位名称里有这几个字的。")] = "",
    most: Annotated[
        int | None, typer.Option("-n", "--number", metavar="N", min=1, help="只列前几份。")
    ] = None,
    config: ConfigFile = None,
    at: At = None,
) -> None:
    """先看哪些报告：按风险从高到低列出，每一分都说明来由。只排先后，不是给单位打分。"""
    from auditor.console import write

    with season(at) as workspace:
        from auditor.season.comparing import copies_of
        from auditor.season.listing import current
        from auditor.season.risk import by_risk
        from auditor.season.risk import risk as weighed

        chosen = _chosen(config, workspace)
        copies = copies_of(workspace)
        told = by_risk(
            (one, weighed(one, chosen.risk, chosen.sample.bands, copies.get(one.key, 0)))
            for one in current(workspace.store, unit)
        )
    for record, found in told[:most]:
        write(f"{record.id:>6}  {record.owner}  {record.name}  {found.told()}\n")


def sample(
    method: Annotated[
        SampleMethod,
        typer.Option(
            "--method",
            help="simple 简单随机，stratified 分层，risk 先查高风险，mus 按金额（固定间隔），mus-cell 按金额（分格）。",
        ),
    ] = SampleMethod.simple,
    size: Annotated[
        int | None,
        typer.Option(
            "--size", metavar="N", min=1, help="抽多少份（按金额抽时是多少个单位）；不写则按下面三项计算。"
        ),
    ] = None,
    confidence: Annotated[str, typer.Option("--confidence", metavar="%", help="把握程度，如 95。")] = "",
    tolerable: Annotated[str, typer.Option("--tolerable", metavar="%", help="可容忍的差错，如 5。")] = "",
    expected: Annotated[str, typer.Option("--expected", metavar="%", help="预计的差错，如 1。")] = "",
    by: Annotated[
        str,
        typer.Option(
            "--by",
            metavar="NAMES",
            help="按什么分层：unit、category、form、band（金额档）、year，用逗号隔开。",
        ),
    ] = "",
    money: Annotated[
        MoneyOf, typer.Option("--money", help="报告的金额取 paid 支出数还是 budget 预算数。")
    ] = MoneyOf.paid,
    certain: Annotated[
        str, typer.Option("--certain-from", metavar="元", help="金额不低于此数的全部核查。")
    ] = "",
    riskiest: Annotated[
        int | None,
        typer.Option("--riskiest", metavar="N", min=0, help="按风险抽时，先取几份最高的；不写则一半。"),
    ] = None,
    seed: Annotated[str, typer.Option("--seed", metavar="TEXT", help="随机种子；不写则随机取一个。")] = "",
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="方法和样本数的理由，写进底稿。")] = "",
    more: Annotated[
        int | None,
        typer.Option("--more", metavar="N", min=1, help="在已有的抽样上加抽几份；按金额抽的加倍。"),
    ] = None,
    name: _Name = "抽样",
    output: _Out = None,
    config: ConfigFile = None,
    at: At = None,
    who: Who = "",
) -> None:
    """抽样：种子、抽样框和步骤都写进底稿，任何人都能重抽出同样的样本。"""
    import secrets
    from dataclasses import replace

    with season(at, who) as workspace:
        from auditor.season import drawing
        from auditor.season.sampling.draw import Method
        from auditor.season.sampling.frame import FrameError

        chosen = _chosen(config, workspace)
        own = chosen.sample
        settings = replace(
            own,
            confidence=_share("confidence", confidence, own.confidence),
            tolerable=_share("tolerable", tolerable, own.tolerable),
            expected=_share("expected", expected, own.expected),
        )
        if certain:
            settings = replace(settings, certain_from=_number("--certain-from", certain))
        groups = [one for one in by.replace("，", ",").split(",") if one]
        if unknown := [one for one in groups if one not in ("unit", "category", "form", "band", "year")]:
            refuse(f"不能按“{unknown[0]}”分层，可用的有 unit、category、form、band、year")
        wish = drawing.Wish(
            Method(method.value), seed or secrets.token_hex(8), settings, chosen.risk, size,
            groups, money.value, riskiest, why,  # type: ignore[arg-type]
        )  # fmt: skip
        try:
            paper = drawing.more(workspace, name, more) if more else drawing.draw(workspace, name, wish)
        except FrameError as error:
            refuse(str(error))
        _list(paper, workspace)
        _written(paper, output)


def _list(paper: Paper, workspace: Workspace) -> None:
    """The sample with the numbers of its reports, for `season decide`."""
    from auditor.console import say, write
    from auditor.season.drawing import numbers
    from auditor.season.listing import current
    from auditor.season.sampling.words import yuan

    known = numbers(current(workspace.store))
    for one, row in zip(paper.draw.drawn, paper.listed(), strict=True):
        number = known.get(one.item.id)
        amount = "" if one.item.amount is None else yuan(one.item.amount)
        told = (row[0], f"{number}号" if number else "", *row[2:5], amount, row[6])
        write("  ".join(filter(None, told)) + "\n")
    strata = "；".join(f"{one.name} {one.population} 份里 {one.drawn} 份" for one in paper.draw.strata)
    say(
        f"抽样“{paper.season}”：种子 {paper.draw.plan.seed}，抽样框 SHA-256 {paper.draw.frame.sha256}；{strata}"
    )


def evaluate(
    name: _Name = "抽样",
    output: _Out = None,
    at: At = None,
) -> None:
    """评价：样本逐份作出决定（season decide）以后，推算全部报告的差错，给出上限和算式。"""
    from auditor.console import write

    with season(at) as workspace:
        from auditor.season import drawing
        from auditor.season.sampling.frame import FrameError

        try:
            paper = drawing.evaluated(workspace, name)
        except FrameError as error:
            refuse(str(error))
        for line in (*paper.conclusion(), "", *paper.arithmetic()):
            write(line + "\n")
        _written(paper, output)


def _written(paper: Paper, output: Path | None) -> None:
    from auditor.console import say
    from auditor.memo.render import imported

    if output is None:
        return
    suffix = output.suffix.lower()
    if suffix not in (".docx", ".xlsx"):
        refuse("工作底稿只能写成 docx 或 xlsx")
    if suffix == ".docx":
        content = imported("auditor.season.sampling.paper_word", "office").write(paper, None, say)
    else:
        content = imported("auditor.season.sampling.paper_book", "office").write(paper)
    emit(content, output)
    say(f"已写出 {output}")


def _share(name: str, text: str, default: Decimal) -> Decimal:
    """A share from its per cent: "5", "5%" and "5 %" are 0.05."""
    if not text:
        return default
    return _number(f"--{name}", text.replace("％", "%").strip().removesuffix("%")) / 100


def _number(name: str, text: str) -> Decimal:
    try:
        found = Decimal(text.replace(",", "").strip())
    except InvalidOperation:
        refuse(f"{name} 应是一个数，现为“{text}”")
    if not found.is_finite() or found < 0:
        refuse(f"{name} 应是不小于 0 的数，现为“{text}”")
    return found
