"""An invented season: what every file holds is known before anybody reads it.

Reports of many units in several formats; among them the same bytes twice, the same report in another
format, corrected versions, narratives copied from another unit, and slips. Everything follows from the seed.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from random import Random

from tests.formats import flatten, write
from tests.formats.blocks import Builder
from tests.formats.form import Part
from tests.formats.generate import _page, _without_points
from tests.formats.layout import Layout, draw
from tests.formats.model import SCALES, Model, make, stock
from tests.formats.sheet import Page, parts
from tests.formats.slips import Slip, plant

QUICK = ("txt", "docx", "xlsx", "html", "zip")
"""Formats that Python writes."""
CONVERTED = {"pdf": "docx", "odt": "docx", "xls": "xlsx"}
"""Formats that LibreOffice makes, and of what."""
ALL = (*QUICK, *CONVERTED)
_AT_ONCE = 100
_DOUBTFUL = ("two-row header", "merged points", "points of levels", "total first")
"""What a layout may do that makes a slip hard to prove."""
_TEXTS = ("reached", "problems", "measures")


@dataclass(frozen=True)
class Kinds:
    """How many of a hundred reports have one: the same bytes again, another format, a corrected version, a copied
    narrative; and how many of a hundred have a slip."""

    duplicates: int = 4
    formats: int = 3
    versions: int = 5
    copies: int = 6
    slips: int = 30


@dataclass(frozen=True)
class Planned:
    """One file and what is true of it. `report` counts the reports from 0: a duplicate, another format and a
    corrected version have the number of the first. `copied` is the number of the report whose words it tells."""

    name: str
    kind: str
    report: int
    data: bytes
    unit: str
    project: str
    year: int
    budget: Decimal
    slip: Slip | None
    copied: int | None = None
    target: str = ""
    """What LibreOffice has to make of it."""


def printed(plan: list[Planned]) -> list[Planned]:
    """The plan with every file in its own format: those of `CONVERTED` made by LibreOffice, many in one call."""
    done = {one: one for one in plan if not one.target}
    for target in CONVERTED:
        own = [one for one in plan if one.target == target and one.kind != "duplicate"]
        for first in range(0, len(own), _AT_ONCE):
            batch = {f"{at}.{CONVERTED[target]}": one for at, one in enumerate(own[first : first + _AT_ONCE])}
            made = write.converted({name: one.data for name, one in batch.items()}, target)
            for name, one in batch.items():
                done[one] = replace(
                    one, name=f"{one.name.rpartition('.')[0]}.{target}", data=made[name], target=""
                )
    firsts = {(one.report, one.data): one for one in done if one.kind != "duplicate"}
    for one in plan:
        if one.kind == "duplicate" and one.target:  # LibreOffice writes no file twice the same
            copied = done[firsts[one.report, one.data]]
            done[one] = replace(copied, name=f"重复/{copied.name}", kind="duplicate")
    return [done[one] for one in plan]


def season(
    count: int, seed: str = "季", formats: tuple[str, ...] = QUICK, kinds: Kinds = Kinds()
) -> list[Planned]:
    """`count` reports and what was handed in besides, in the order in which it came."""
    found = list(_season(count, seed, formats, kinds))
    return [one for each in found for one in each]


def _season(count: int, seed: str, formats: tuple[str, ...], kinds: Kinds) -> Iterator[list[Planned]]:
    told: list[dict[str, str]] = []
    for number in range(count):
        rng = Random(f"{seed} {number}")
        layout, model = _model(rng, number, seed)
        copied = rng.randrange(number) if number and rng.randrange(100) < kinds.copies else None
        if copied is not None:
            model.texts.update(told[copied])
        told.append({name: model.texts[name] for name in _TEXTS})
        format = formats[number % len(formats)]
        written = partial(_written, layout, rng=rng, number=number, copied=copied)
        slip = rng.randrange(100) < kinds.slips
        first = written(deepcopy(model), format, "report", slip)
        files = [first]
        chance = rng.randrange(100)
        if chance < kinds.duplicates:
            files.append(replace(first, name=f"重复/{first.name}", kind="duplicate"))
        elif chance < kinds.duplicates + kinds.formats and first.slip is None:
            other = next(one for one in ("docx", "html") if one != format)
            files.append(written(deepcopy(model), other, "format", False))
        elif chance < kinds.duplicates + kinds.formats + kinds.versions:
            files.append(written(_corrected(model, rng), format, "version", False))
        yield files


def _model(rng: Random, number: int, seed: str) -> tuple[Layout, Model]:
    """A layout that is read without doubt, and a report for it with words of its own: what readers miss is counted
    in tests/formats, not here."""
    layout = draw(rng)
    while layout.shape != "rows":
        layout = draw(rng)
    layout.options |= {"goals": "yes", **dict.fromkeys(_DOUBTFUL, "no")}
    layout.words["head", "project"] = "项目名称"
    model = make(rng, layout.source_names)
    model.project = f"{model.project}第{number + 1}标段"
    model.texts = {name: words(Random(f"{seed} {number} {name}")) for name in model.texts}
    return layout, model


def words(rng: Random) -> str:
    """Three sentences that hardly any other report has."""
    return "".join(
        f"{rng.choice(_WHEN)}，{rng.choice(_WHO)}{rng.choice(_HOW)}{rng.choice(_WHAT)}{rng.randint(3, 997)}{rng.choice(_PIECES)}，{rng.choice(_SO)}。"
        for _ in range(3)
    )


_WHEN = ("入春以后", "汛期之前", "年中调度会后", "秋收期间", "第四季度", "开学之前", "入冬以来", "梅雨季节")
_WHO = ("经办科室", "驻点干部", "施工队伍", "社区网格员", "技术服务组", "监理单位", "值守人员", "下属站所")
_HOW = ("分片包干", "逐户上门", "按图施工", "分批采购", "交叉检查", "错峰作业", "对照清单", "公开比选")
_WHAT = ("整修旧管", "更换灯杆", "清运淤泥", "发放物料", "补种苗木", "检修泵机", "加固护栏", "登记台账")
_PIECES = ("处", "组", "车", "批", "户", "件", "段", "株")
_SO = (
    "群众来电明显减少",
    "验收时一次通过",
    "比原定时间提前完成",
    "雨后复查没有返工",
    "剩余部分转入下年",
    "周边村组愿意跟进",
    "费用控制在预算之内",
    "档案已移交存放",
)


def _corrected(model: Model, rng: Random) -> Model:
    """The same project with another score: what a unit hands in again."""
    other = deepcopy(model)
    goal = next(one for one in other.goals if one.weight > 1)
    lost = Decimal("0.5")
    goal.score, other.score = goal.score - lost, other.score - lost
    goal.reason = rng.choice(stock()["reasons"])
    return other


def _written(
    layout: Layout,
    model: Model,
    format: str,
    kind: str,
    with_slip: bool,
    *,
    rng: Random,
    number: int,
    copied: int | None,
) -> Planned:
    _without_points(model, layout)
    budget = model.total.budget * SCALES[model.unit]
    slip = plant(model, layout, rng) if with_slip else None
    page = _page(Builder(model, layout), rng)
    mark = {"version": "修改稿", "format": "另存"}.get(kind, "")
    suffix = CONVERTED.get(format, format)
    name = f"{model.body}/{number + 1:05}{mark}.{suffix}"
    data = _bytes(page, suffix, rng)
    target = format if format in CONVERTED else ""
    return Planned(
        name, kind, number, data, model.body, model.project, model.year, budget, slip, copied, target
    )


def _bytes(page: Page, format: str, rng: Random) -> bytes:
    if format == "txt":
        return flatten.flatten(page, rng, "tabs", "blank", ()).text.encode()
    form: list[Part] = parts(page)
    if format == "zip":
        return write.as_zip({"自评报告.docx": write.as_docx(form)})
    return {"docx": write.as_docx, "xlsx": write.as_xlsx, "html": write.as_html}[format](form)
