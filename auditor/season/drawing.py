"""Samples of a season: the reports of the store as a frame, a draw that is kept, decisions as its results."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from decimal import Decimal
from typing import Any, Literal

from sqlalchemy import select

from auditor.figures import show
from auditor.rules.weighing import RiskWeights, SampleSettings
from auditor.season import papers
from auditor.season.across.kinds import evaluates
from auditor.season.comparing import copies_of
from auditor.season.deciding import WHOLE
from auditor.season.listing import current
from auditor.season.records import Record
from auditor.season.risk import risk
from auditor.season.sampling import size
from auditor.season.sampling.by_money import draw_money
from auditor.season.sampling.by_report import draw_reports
from auditor.season.sampling.draw import Draw, Method, Plan
from auditor.season.sampling.evaluate import Examined
from auditor.season.sampling.frame import WHOLE as UNDIVIDED
from auditor.season.sampling.frame import Frame, FrameError, Item, bands
from auditor.season.sampling.paper import Named, Paper
from auditor.season.sampling.words import sure
from auditor.season.store import Store
from auditor.season.store.tables import decision
from auditor.season.workspace import Workspace
from auditor.values import frozen

KIND = "抽样"
By = Literal["unit", "category", "band", "form", "year"]
MoneyOf = Literal["paid", "budget"]


@frozen
class Wish:
    """What the bureau asks for; `size` None leaves it to `sure`, `tolerable` and `expected` of the settings.
    `riskiest` None: half of the sample."""

    method: Method
    seed: str
    settings: SampleSettings
    weights: RiskWeights
    size: int | None = None
    by: Sequence[By] = ()
    money: MoneyOf = "paid"
    riskiest: int | None = None
    why: str = ""


def draw(workspace: Workspace, name: str, wish: Wish) -> Paper:
    """Draws from the reports that count now and keeps the draw. Raises `FrameError`."""
    records = [one for one in current(workspace.store) if evaluates(one)]
    if papers.last(workspace.store, KIND, name) is not None:
        raise FrameError(f"已有名为“{name}”的抽样；加抽用 --more，另抽一次请用 --name 另起名称")
    copies = copies_of(workspace)
    frame = Frame.of(_item(record, wish, copies.get(record.key, 0)) for record in records)
    wanted, why = _size(wish, frame)
    riskiest = min((wanted + 1) // 2 if wish.riskiest is None else wish.riskiest, wanted)
    plan = Plan(
        wish.method,
        wish.seed,
        wanted,
        wish.settings.certain_from or None,
        riskiest if wish.method is Method.RISK else 0,
        why=wish.why or why,
    )
    names = {one.key: Named(one.name, one.owner, one.path, one.id) for one in records}
    return _kept(workspace, name, Paper(_drawn(frame, plan), names, *_shares(wish.settings)))


def more(workspace: Workspace, name: str, count: int) -> Paper:
    """Goes on in the order of a draw, from the frame it was drawn from: `count` more reports; by money it
    is doubled, whatever `count`. Raises `FrameError`."""
    before = paper(workspace.store, name)
    plan = before.draw.plan
    if plan.method.monetary:
        plan = replace(plan, doublings=plan.doublings + 1)
    else:
        plan = replace(plan, size=plan.size + count)
    return _kept(workspace, name, replace(before, draw=_drawn(before.draw.frame, plan)))


def paper(store: Store, name: str) -> Paper:
    """A draw that was kept, without results. Raises `FrameError`."""
    body = papers.last(store, KIND, name)
    if body is None:
        known = "、".join(papers.names(store, KIND))
        raise FrameError(
            f"没有名为“{name}”的抽样" + (f"，有：{known}" if known else "，请先运行 season sample")
        )
    frame = Frame.of(
        Item(id, stratum, _exact(amount), Decimal(risk)) for id, stratum, amount, risk in body["frame"]
    )
    told = body["plan"]
    plan = Plan(
        Method(told["method"]), told["seed"], told["size"], _exact(told["certain_from"]), told["riskiest"],
        told["doublings"], told["why"],
    )  # fmt: skip
    drawn = _drawn(frame, plan)
    if [one.item.id for one in drawn.drawn] != body["drawn"] or frame.sha256 != body["sha256"]:
        raise FrameError(f"“{name}”的抽样框或样本与当时记下的不一致，不能评价")
    names = {id: Named(*named) for id, named in body["names"].items()}
    confidence, tolerable, expected = (Decimal(body[key]) for key in ("confidence", "tolerable", "expected"))
    return Paper(drawn, names, confidence, tolerable, expected, season=name)


def evaluated(workspace: Workspace, name: str) -> Paper:
    """A draw with what was decided on its reports by now. Raises `FrameError`."""
    found = paper(workspace.store, name)
    return replace(found, examined=_examined(workspace.store, {one.item.id for one in found.draw.drawn}))


def _examined(store: Store, keys: set[str]) -> dict[str, Examined]:
    """The word on the whole report goes before; without one, a problem that stands makes it wrong, and all
    problems rejected make it right. A report on which nobody has said anything is not examined."""
    with store.reading() as connection:
        whole = {
            row.key: Examined(row.decision == "有误", _exact(row.amount))
            for row in connection.execute(select(decision).where(decision.c.fingerprint == WHOLE))
        }
    found: dict[str, Examined] = {}
    for record in current(store):
        if record.key not in keys:
            continue
        flagged = [one.decision for one in record.findings if one.flagged and not one.related]
        if record.key in whole:
            found[record.key] = whole[record.key]
        elif "确认" in flagged:
            found[record.key] = Examined(wrong=True)
        elif flagged and set(flagged) == {"驳回"}:
            found[record.key] = Examined(wrong=False)
    return found


def _item(record: Record, wish: Wish, copies: int) -> Item:
    amount = record.paid if wish.money == "paid" else record.budget
    parts = {
        "unit": record.owner, "category": record.category or "未分类", "form": record.form,
        "band": bands(wish.settings.bands, amount), "year": str(record.year or "未读到年度"),
    }  # fmt: skip
    stratum = "／".join(" ".join(parts[one].split()) for one in wish.by) or UNDIVIDED
    points = (
        risk(record, wish.weights, wish.settings.bands, copies).points
        if wish.method is Method.RISK
        else Decimal(0)
    )
    return Item(record.key, stratum, amount, points)


def _size(wish: Wish, frame: Frame) -> tuple[int, str]:
    population = len(frame.items)
    if wish.size is not None:
        return wish.size, f"样本数由经办人定为{wish.size}"
    own = wish.settings
    told = f"把握程度{sure(own.confidence)}、可容忍{sure(own.tolerable)}、预计{sure(own.expected)}"
    if wish.method.monetary:
        units, wrong = size.for_money(own.confidence, own.tolerable, own.expected)
        return units, f"按{told}，用泊松置信系数算得{units}个抽样单位（容得下{wrong}个差错）"
    units, wrong = size.for_rate(own.confidence, own.tolerable, own.expected, population)
    if units >= population:
        return population, f"按{told}，总体只有{population}份，全部核查"
    why = f"按{told}，用二项分布算得{units}份（容得下{wrong}份差错）"
    strata = len({item.stratum for item in frame.items}) if wish.method is Method.STRATIFIED else 1
    return (
        (units, why)
        if units >= strata
        else (strata, f"{why}；分了{strata}层，每层至少一份，所以抽{strata}份")
    )


def _shares(settings: SampleSettings) -> tuple[Decimal, Decimal, Decimal]:
    return settings.confidence, settings.tolerable, settings.expected


def _drawn(frame: Frame, plan: Plan) -> Draw:
    return (draw_money if plan.method.monetary else draw_reports)(frame, plan)


def _kept(workspace: Workspace, name: str, made: Paper) -> Paper:
    drawn, plan = made.draw, made.draw.plan
    body: dict[str, Any] = {
        "frame": [[one.id, one.stratum, _told(one.amount), show(one.risk)] for one in drawn.frame.items],
        "sha256": drawn.frame.sha256,
        "plan": asdict(plan) | {"certain_from": _told(plan.certain_from)},
        "drawn": [one.item.id for one in drawn.drawn],
        "names": {
            id: [named.project, named.unit, named.path, named.number] for id, named in made.names.items()
        },
        **{key: str(getattr(made, key)) for key in ("confidence", "tolerable", "expected")},
    }
    told = {
        "sha256": drawn.frame.sha256,
        "seed": plan.seed,
        "method": plan.method.value,
        "drawn": len(drawn.drawn),
    }
    papers.keep(workspace, KIND, name, body, told)
    return replace(made, season=name)


def _told(amount: Decimal | None) -> str | None:
    return None if amount is None else format(amount, "f")


def _exact(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def numbers(records: Iterable[Record]) -> Mapping[str, int]:
    """The numbers by which the reports are decided on (`season decide`), by identity in the frame."""
    return {one.key: one.id for one in records}
