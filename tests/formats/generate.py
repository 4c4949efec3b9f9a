"""One document from one seed: a report, its layout, its damages, and everything that is true of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from tests.formats import flatten, native, write
from tests.formats.blocks import Builder
from tests.formats.form import Part
from tests.formats.layout import Layout, draw
from tests.formats.model import Model, grade_of, make
from tests.formats.sheet import Block, Cell, Page, Sheet, Truth, laid, parts, truths
from tests.formats.slips import Slip, plant

DIRECT: dict[str, Callable[[list[Part]], bytes]] = {
    "docx": write.as_docx,
    "xlsx": write.as_xlsx,
    "html": write.as_html,
    "csv": write.as_csv,
}
PRINTED = ("pdf", "ofd", "pdf unruled", "scan")
"""What LibreOffice's print of the docx is turned into."""
UNKNOWN = "held-out header"
"""One header word of each form is none that the reader has been taught."""
FORMATS = ("text", *DIRECT, *PRINTED)


@dataclass(frozen=True)
class Outcome:
    """`truths` is what must be read; `readable` is false where no single reading exists.

    `kinds` names what was done to the form, `slips` one slip or none for each of its reports.
    `data` of a printed format is the docx to be printed. `rows` of a text are its rows before it was flattened.
    """

    seed: str
    kinds: tuple[str, ...]
    data: bytes
    suffix: str
    truths: tuple[Truth, ...]
    readable: bool
    slips: tuple[Slip | None, ...]
    page: Page
    layouts: tuple[Layout, ...]
    rows: tuple[tuple[str, ...], ...] = ()


def outcome(seed: str, format: str = "text", kind: str = "", clean: bool | None = None) -> Outcome:
    """The document of that seed. `kind`: only documents with that damage; `clean`: without slips or with."""
    rng = Random(seed)
    glued = format == "text" and (kind == "glued" or (not kind and rng.random() < 0.06))
    with_slip = rng.random() < 0.5 if clean is None else not clean
    unknown = kind == UNKNOWN or (not kind and rng.random() < 0.08)
    made = [_report(rng, with_slip and not number, number, unknown) for number in range(2 if glued else 1)]
    page = [part for one, _, _ in made for part in one]
    told = tuple(truths(page))
    slips = tuple(slip for _, _, slip in made)
    layouts = tuple(layout for _, layout, _ in made)
    kinds = tuple(f"shape {layout.shape}" for layout in layouts) + ((UNKNOWN,) if unknown else ())
    if format != "text":
        done = native.choose(rng, format, kind)
        data = native.damaged(_written(page, format, done), format, done, rng)
        suffix = format if format in (*DIRECT, "ofd") else "pdf"
        return Outcome(seed, (*kinds, done or "as it is"), data, suffix, told, True, slips, page, layouts)
    style, merges, damages = flatten.choose(rng, kind)
    flat = flatten.flatten(page, rng, style, merges, damages)
    kept = tuple(one for one in told if one not in flat.lost)
    kinds = (*flat.kinds, *kinds, *(("glued",) if glued else ()))
    readable = style != "fused"
    rows = tuple(map(tuple, flat.rows))
    return Outcome(seed, kinds, flat.text.encode(), "txt", kept, readable, slips, page, layouts, rows)


def _written(page: Page, format: str, done: str) -> bytes:
    form = parts(page)
    if done in native.UNMERGED:
        form = native.unmerged(form, done == "unmerged, repeated")
    if format == "pdf unruled":
        return write.as_docx(form, False)
    return DIRECT.get(format, write.as_docx)(form)


def _report(rng: Random, with_slip: bool, number: int, unknown: bool) -> tuple[Page, Layout, Slip | None]:
    layout = draw(rng, unknown)
    model = make(rng, layout.source_names)
    _without_points(model, layout)
    slip = plant(model, layout, rng) if with_slip else None
    page = _page(Builder(model, layout), rng)
    return [_numbered(part, number) for part in page] if number else page, layout, slip


def _numbered(part: str | Sheet, number: int) -> str | Sheet:
    if isinstance(part, str):
        return part
    cells = tuple(
        replace(one, cell=replace(one.cell, truth=replace(one.cell.truth, form=number)))
        if one.cell.truth
        else one
        for one in part.cells
    )
    return replace(part, cells=cells)


def _without_points(model: Model, layout: Layout) -> None:
    """Points that the layout does not print count nothing."""
    shown = layout.shape == "rows" and {"weight", "score"} <= set(layout.money_columns)
    if not shown:
        model.total.weight = model.total.score = None
    execution = (model.total.weight or 0, model.total.score or 0)
    model.weight = sum((goal.weight for goal in model.goals), start=model.weight * 0) + execution[0]
    model.score = sum((goal.score for goal in model.goals), start=model.score * 0) + execution[1]
    model.grade = grade_of(model.score * 100 / model.weight)


def _page(builder: Builder, rng: Random) -> Page:
    layout, model = builder.layout, builder.model
    title, year = builder.title()
    blocks: list[Block] = []
    lines: list[str] = []
    if layout.has("title in grid"):
        blocks += [[[Cell(title, "title")]], [[Cell(year, "title")]]]
    else:
        lines += [title, year]
    if layout.has("note of unit"):
        lines.append(f"单位：{model.unit}")
    if layout.has("head in grid"):
        blocks.append(builder.head())
    else:
        lines += [
            f"{row[at].text}：{row[at + 1].text}" for row in builder.head() for at in range(0, len(row), 2)
        ]
    body = [builder.money()] if layout.shape != "none" else []
    if layout.has("goals"):
        body.append(builder.goals())
    body.append(builder.indicators())
    if layout.has("details"):
        body.append(builder.details())
    if closing := builder.closing():
        body.append(closing)
    spare = int(layout.options["spare columns"])
    if layout.has("one grid"):
        return [*lines, laid([*blocks, *body], rng, spare)]
    grids: Page = [*lines]
    if blocks:
        grids.append(laid(blocks, rng))
    for block in body:
        grids += [rng.choice(("一、资金和指标", "有关情况如下：", "")), laid([block], rng)]
    return [part for part in grids if part != ""]
