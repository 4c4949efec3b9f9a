"""Levels that print a weight of their own ("产出指标(50分)"), with what stands under each."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations

from auditor.document import Span
from auditor.facts.scoring.score_rows import counted
from auditor.figures import Figure, finest, mark, marks
from auditor.report.model import Level, Report


@dataclass
class Node:
    """A level that prints a weight, with the printed weights next below it (of levels, else of
    rows); None among them: one could not be read."""

    level: Level
    parts: dict[Span, Figure | None] = field(default_factory=dict)

    @property
    def weights(self) -> list[Figure]:
        return [part for part in self.parts.values() if part is not None]

    @property
    def adds_up(self) -> bool:
        weight = self.level.weight
        return weight is None or marks(self.weights).meets(mark(weight, finest([weight])))


def weight_nodes(report: Report) -> dict[Span, Node]:
    """Levels that print a weight and all of whose parts do, by their place."""
    nodes: dict[Span, Node] = {}
    slid = {level.view.span() for level in slid_levels(report)}
    for row in counted(report):
        if not slid.isdisjoint(level.view.span() for level in row.path):
            continue
        if row.is_bonus or (row.shares_score and row.weight is None):
            continue
        part: tuple[Span, Figure | None] = (row.name_view.span(), row.weight)
        for level in reversed(row.path):
            at = level.view.span()
            if level.weight is None or at == part[0]:
                continue
            nodes.setdefault(at, Node(level)).parts.setdefault(*part)
            part = (at, level.weight)
    return {
        at: node
        for at, node in nodes.items()
        if node.level.weight is not None and node.parts and None not in node.parts.values()
    }


def slid_levels(report: Report) -> list[Level]:
    """Levels with a weight in tables where some label stands inside itself: the cells of a row slid, nobody knows
    any more what a label covers, and no sum under it says anything. A class of one kind has the name of that kind
    ("满意度指标 | 满意度指标"): there both cover the same rows, and nothing slid."""
    levels: dict[int, list[Level]] = {}
    covered: dict[Span, set[Span]] = {}
    inside: list[tuple[int, Span, Span]] = []
    for row in report.indicators:
        weighed = [level for level in row.path if level.weight is not None]
        levels.setdefault(row.table, []).extend(weighed)
        for level in weighed:
            covered.setdefault(level.view.span(), set()).add(row.span)
        for outer, inner in combinations(weighed, 2):
            if outer.name == inner.name:
                inside.append((row.table, outer.view.span(), inner.view.span()))
    nested = {table for table, outer, inner in inside if covered[outer] != covered[inner]}
    return list({one.view.span(): one for table in nested for one in levels[table]}.values())


def explained_by(at: Span, nodes: dict[Span, Node]) -> list[Span]:
    """Levels above whose sums come right once the weight printed at `at` is what its parts give."""
    node = nodes[at]
    if node.level.weight is None:
        return []
    found = []
    for other, outer in nodes.items():
        if at not in outer.parts or outer.level.weight is None:
            continue
        rest = [part for inner, part in outer.parts.items() if inner != at and part is not None]
        stated = mark(outer.level.weight, finest([outer.level.weight]))
        if not marks([*rest, node.level.weight]).meets(stated) and marks([*rest, *node.weights]).meets(
            stated
        ):
            found.append(other)
    return found
