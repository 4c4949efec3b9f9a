"""How a report is laid out: every choice a form of this kind leaves open, drawn at random."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from tests.formats.model import headers

MONEY_SHAPES = ("rows", "rows", "rows", "rows", "columns", "pairs", "hunan", "none")
_ORDERS = (
    ("weight", "rate", "score"),
    ("rate", "weight", "score"),
    ("weight", "score", "rate"),
    ("rate", "score"),
    ("rate",),
    (),
)
_INDICATOR_ORDERS = (
    ("target", "actual", "weight", "score"),
    ("target", "actual", "weight", "score"),
    ("weight", "target", "actual", "score"),
    ("target", "weight", "actual", "score"),
    ("target", "actual", "score", "weight"),
    ("weight", "score", "target", "actual"),
)
_HALF = 0.5


@dataclass
class Layout:
    """`words` are the header words chosen, by place: ("money", "paid")."""

    shape: str
    sources: str
    money_columns: tuple[str, ...]
    indicator_columns: tuple[str, ...]
    levels: tuple[str, ...]
    split_target: bool
    words: dict[tuple[str, str], str] = field(default_factory=dict)
    options: dict[str, str] = field(default_factory=dict)

    def word(self, part: str, name: str) -> str:
        return self.words[part, name]

    def has(self, option: str) -> bool:
        return self.options.get(option) == "yes"

    @property
    def source_names(self) -> list[str]:
        names: list[str] = headers()["sources"][self.sources]
        return names


def draw(rng: Random, unknown: bool = False) -> Layout:
    """A layout. Nothing here depends on the figures. `unknown`: one header word is none that is known."""
    shape = rng.choice(MONEY_SHAPES)
    families = [name for name in headers()["sources"] if name.startswith("columns") == (shape == "columns")]
    if shape == "hunan":
        families = ["levels", "levels_funds"]
    layout = Layout(
        shape,
        rng.choice(families),
        _money_columns(rng, shape),
        _indicator_columns(rng),
        rng.choices((("level1", "level2", "name"), ("level1", "name"), ("level2", "name")), (8, 2, 1))[0],
        rng.random() < 0.2,
    )
    for part, names in headers().items():
        if part not in ("sources", "unknown"):
            layout.words.update({(part, name): rng.choice(words) for name, words in names.items()})
    if layout.word("indicators", "name") == layout.word("indicators", "level1"):
        layout.words["indicators", "name"] = "三级指标"
    if unknown:
        _hold_out(layout, rng)
    for option, chance in _OPTIONS.items():
        layout.options[option] = "yes" if rng.random() < chance else "no"
    for option, choices in _CHOICES.items():
        layout.options[option] = rng.choice(choices)
    return layout


def _hold_out(layout: Layout, rng: Random) -> None:
    """Puts a word that nobody knows over one of the columns there are."""
    held: dict[str, dict[str, list[str]]] = headers()["unknown"]
    shown = {"indicators": (*layout.indicator_columns, "name")}
    if layout.shape == "rows":
        shown["money"] = layout.money_columns
        if "initial" not in layout.money_columns:
            shown["money"] = (*layout.money_columns, "plain_budget")
    places = [(part, name) for part, names in shown.items() for name in names if name in held[part]]
    part, name = rng.choice(places)
    layout.words[part, name] = rng.choice(held[part][name])


_OPTIONS = {
    "title in grid": 0.3,
    "head in grid": 0.8,
    "one grid": 0.75,
    "goals": 0.7,
    "details": 0.25,
    "money group column": 0.6,
    "of-which rows": 0.12,
    "indicator group column": 0.3,
    "group points": 0.25,
    "levels repeated": 0.12,
    "grade": 0.3,
    "problems": 0.3,
    "total row": 0.85,
    "score suffix": 0.08,
    "thousands": 0.25,
    "two-row header": 0.12,
    "contact row": 0.3,
    "note of unit": 0.15,
    "points on sources": 0.3,
    "all of-which": 0.4,
    "percent sign": 0.85,
    "padded points": 0.2,
    "repeated sign": 0.05,
    "bare actual": 0.2,
    "wide signs": 0.1,
    "merged points": 0.1,
    "points of levels": 0.08,
    "total first": 0.04,
}
"""Chance of each thing a form may do."""
_CHOICES = {
    "dash": ("—", "-", "/", "", "－", "——"),
    "of-which": ("其中：", "其中:", "", "其中-"),
    "total place": ("merged", "merged", "first cell", "one merged figure", "short"),
    "spare columns": ("0", "0", "0", "1", "2"),
    "at least": ("≥", "≥", "≥", ">=", "不少于", "不低于"),
    "at most": ("≤", "≤", "≤", "<=", "不超过"),
    "equal": ("=", "", ""),
}


def _money_columns(rng: Random, shape: str) -> tuple[str, ...]:
    if shape == "columns":
        return (
            "budget",
            *rng.choice(((), ("received",))),
            "paid",
            *rng.choice(((), ("balance",), ("rate",))),
        )
    amounts = rng.choice(
        (("initial", "budget"), ("initial", "budget"), ("budget",), ("initial", "adjust", "budget"))
    )
    tail = list(rng.choice(_ORDERS))
    if rng.random() < 0.15:
        tail.insert(0, "balance")
    if rng.random() < 0.2:
        tail.append("reason")
    return (*amounts, "paid", *tail)


def _indicator_columns(rng: Random) -> tuple[str, ...]:
    columns = list(rng.choice(_INDICATOR_ORDERS))
    if rng.random() < 0.08:
        columns.append("review")
    if rng.random() < 0.75:
        columns.append("reason")
    if rng.random() < 0.2:
        columns.append("remark")
    return tuple(columns)


def points(value: Decimal, layout: Layout) -> str:
    """A weight or score as the form prints it."""
    text = format(value.normalize(), "f")
    if layout.has("padded points"):
        text = format(value.quantize(Decimal("0.01")), "f")
    return text + ("分" if layout.has("score suffix") else "")
