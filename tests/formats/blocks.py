"""The blocks of a form: head, goals, indicators, closing rows, and those of money."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from tests.formats.layout import points
from tests.formats.model import Goal
from tests.formats.money_blocks import MoneyBlocks
from tests.formats.sheet import Block, Cell, Truth

_COVERED = Cell("", "covered")
"""The place of a cell that one above reaches over."""
_SIGNS = {"≥": "at least", "≤": "at most", "=": "equal"}


class Builder(MoneyBlocks):
    """Lays one report out as one layout says."""

    # --- head ---

    def head(self) -> Block:
        model = self.model
        project = Cell(model.project, "value", Truth("head", "", "project", model.project))
        body = Cell(model.body, "value", Truth("head", "", "unit", model.body))
        rows = [
            [Cell(self._header("head", "project"), "label"), Cell(project.text, "value", project.truth, right=3)],
            [
                Cell(self._header("head", "department"), "label"), Cell(model.department),
                Cell(self._header("head", "unit"), "label"), body,
            ],
        ]  # fmt: skip
        if self.layout.has("contact row"):
            rows.append(
                [Cell("项目负责人", "label"), Cell("田立言"), Cell("联系电话", "label"), Cell("0551-4412098")]
            )
        return rows

    def title(self) -> tuple[str, str]:
        year = str(self.model.year)
        return self.layout.word("head", "title").format(year=year), self.layout.word("head", "year").format(
            year=year
        )

    # --- goals and indicators ---

    def goals(self) -> Block:
        texts = self.model.texts
        return [
            [
                Cell(self._header("head", "goals"), "label", down=2),
                Cell(self._header("head", "expected"), "header"), Cell(self._header("head", "reached"), "header"),
            ],
            [Cell(texts["expected"], "words"), Cell(texts["reached"], "words")],
        ]  # fmt: skip

    def indicators(self) -> Block:
        layout = self.layout
        heads = [Cell(self._header("indicators", level), "header") for level in layout.levels]
        if self._points_of_levels():
            heads.insert(1, Cell(self._header("indicators", "weight"), "header"))
        for name in layout.indicator_columns:
            heads.extend(self._indicator_head(name))
        rows: Block = [heads]
        for _, own in groupby(self.model.goals, lambda goal: goal.group):
            rows.extend(self._group_rows(list(own)))
        if layout.has("indicator group column"):
            rows[0].insert(0, Cell(self._header("indicators", "group"), "label", down=len(rows)))
        if layout.has("total row"):
            total = self._total_row(sum(cell.right for cell in rows[0]))
            rows.insert(1 if self._total_first() else len(rows), total)
        return rows

    def _total_first(self) -> bool:
        return self.layout.has("total first") and not self.layout.has("indicator group column")

    def _indicator_head(self, name: str) -> list[Cell]:
        if name == "target" and self.layout.split_target:
            return [Cell(self._header("indicators", one), "header") for one in ("sign", "target", "unit")]
        return [Cell(self._header("indicators", name), "header")]

    def _group_rows(self, goals: list[Goal]) -> Iterator[list[Cell]]:
        levels, repeat = self.layout.levels, self.layout.has("levels repeated")
        last: dict[str, str] = {}
        for goal in goals:
            row: list[Cell] = []
            for level in levels[:-1]:
                text = self._level(goal, goals) if level == "level1" else goal.sub
                if repeat or last.get(level) != text:
                    under = [one for one in goals if level == "level1" or one.sub == goal.sub]
                    size = sum(1 + len(self._parts(one)) for one in under)
                    row.append(Cell(text, "label", down=1 if repeat else size))
                    if level == "level1" and self._points_of_levels():
                        whole = sum((one.weight for one in goals), Decimal(0))
                        row.append(Cell(points(whole, self.layout), "value", down=1 if repeat else size))
                last[level] = text
            before = len(row)
            row.append(Cell(goal.name, "label"))
            for name in self.layout.indicator_columns:
                row.extend(self._shared(goal, goals, name) or self._indicator_cells(goal, name))
            yield [cell for cell in row if cell is not _COVERED]
            for part in self._parts(goal):
                levels_again = list(row[:before]) if repeat else []
                yield [*levels_again, *part]

    def _points_of_levels(self) -> bool:
        return self.layout.has("points of levels") and self.layout.levels[0] == "level1"

    def _shared(self, goal: Goal, goals: list[Goal], name: str) -> list[Cell]:
        """Weight and score in cells merged over the first two indicators of a class."""
        both = [one for one in goals if one.sub == goals[0].sub][:2]
        if (
            not self.layout.has("merged points")
            or name not in ("weight", "score")
            or len(both) < 2
            or all(one is not goal for one in both)
            or any(self._parts(one) for one in both)
        ):
            return []
        if goal is both[1]:
            return [_COVERED]
        whole = sum((getattr(one, name) for one in both), Decimal(0))
        cell = self._truth(goal, name, points(whole, self.layout), self._header("indicators", name))
        return [replace(cell, down=2)]

    def _parts(self, goal: Goal) -> Block:
        """其中 rows: parts of the target and of the actual, without points."""
        if not self.layout.has("of-which rows") or goal.sub != "数量指标" or self.layout.split_target:
            return []
        target, actual = int(goal.target), int(goal.actual)
        halves = ((target // 2, actual // 2), (target - target // 2, actual - actual // 2))
        rows: Block = []
        for name, own in zip(("其中：东片", "西片"), halves, strict=True):
            texts = {"target": f"{own[0]}{goal.unit}", "actual": f"{own[1]}{goal.unit}"}
            rows.append(
                [
                    Cell(name, "label"),
                    *(
                        Cell(texts.get(column, ""), "value" if column in texts else "blank")
                        for column in self.layout.indicator_columns
                    ),
                ]
            )
        return rows

    def _level(self, goal: Goal, goals: list[Goal]) -> str:
        if not self.layout.has("group points"):
            return goal.group
        return f"{goal.group}（{format(sum((one.weight for one in goals), Decimal(0)).normalize(), 'f')}分）"

    def _indicator_cells(self, goal: Goal, name: str) -> list[Cell]:
        header = self._header("indicators", name)
        if name == "target":
            return self._target(goal)
        if name == "actual":
            return [self._truth(goal, name, self._actual(goal), header)]
        if name in ("weight", "score"):
            return [self._truth(goal, name, points(getattr(goal, name), self.layout), header)]
        if name == "review":
            return [self._truth(goal, name, points(goal.score, self.layout), header)]
        if name == "reason" and goal.reason:
            return [self._truth(goal, name, goal.reason, header)]
        return [Cell("", "blank")]

    def _truth(self, goal: Goal, name: str, text: str, header: str) -> Cell:
        return Cell(text, "value", Truth("indicator", goal.name, name, text, None, header))

    def _target(self, goal: Goal) -> list[Cell]:
        header = self._header("indicators", "target")
        sign = self.layout.options[_SIGNS[goal.sign]] if goal.sign else ""
        if not self.layout.split_target:
            return [self._truth(goal, "target", sign + goal.target + goal.unit, header)]
        sign = {"": "定性" if not goal.sign else "="}.get(sign, sign)
        unit = self._truth(goal, "unit", goal.unit, "") if goal.unit else Cell("", "blank")
        return [self._truth(goal, "sign", sign, ""), self._truth(goal, "target", goal.target, header), unit]

    def _actual(self, goal: Goal) -> str:
        if self.layout.split_target and self.layout.has("bare actual"):
            return goal.actual
        sign = goal.sign if goal.sign and goal.sign != "=" and self.layout.has("repeated sign") else ""
        return sign + goal.actual + goal.unit

    def _total_row(self, columns: int) -> list[Cell]:
        layout, word = self.layout, self._header("indicators", "total")
        weight, score = points(self.model.weight, layout), points(self.model.score, layout)
        cells = {
            "weight": Cell(weight, "value", Truth("total", "", "weight", weight)),
            "score": Cell(score, "value", Truth("total", "", "score", score)),
        }
        tail: list[Cell] = []
        for name in layout.indicator_columns:
            blanks = 3 if name == "target" and layout.split_target else 1
            tail.extend([cells[name]] if name in cells else [Cell("", "blank")] * blanks)
        first = next(at for at, cell in enumerate(tail) if cell.text)
        lead = columns - len(tail)
        place = layout.options["total place"]
        if place == "first cell":
            return [Cell(word, "label"), *[Cell("", "blank")] * (lead - 1), *tail]
        if place == "one merged figure" and layout.indicator_columns[-2:] == ("weight", "score"):
            return [
                Cell(word, "label", right=columns - 2),
                Cell(score, "value", cells["score"].truth, right=2),
            ]
        return [Cell(word, "label", right=lead + first), *tail[first:]]

    # --- closing rows ---

    def closing(self) -> Block:
        rows: Block = []
        if self.layout.has("grade"):
            grade = Cell(self.model.grade, "value", Truth("head", "", "grade", self.model.grade))
            rows.append([Cell(self._header("head", "grade"), "label"), grade])
        if self.layout.has("problems"):
            for name in ("problems", "measures"):
                rows.append(
                    [Cell(self._header("head", name), "label"), Cell(self.model.texts[name], "words")]
                )
        return rows
