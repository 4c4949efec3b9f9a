"""The blocks of a form: head, money, goals, indicators, details, closing rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from tests.formats.layout import Layout, points
from tests.formats.model import SCALES, Detail, Goal, Model, Money
from tests.formats.sheet import Block, Cell, Truth

ROLES = {
    "initial": "年初预算", "adjust": "预算调整", "budget": "预算", "received": "到位", "paid": "支出", "balance": "结余",
    "rate": "执行率", "weight": "分值", "score": "得分",
}  # fmt: skip
_SIGNS = {"≥": "at least", "≤": "at most", "=": "equal"}


@dataclass
class Builder:
    """Lays one report out as one layout says."""

    model: Model
    layout: Layout

    def _header(self, part: str, name: str) -> str:
        return self.layout.word(part, name).format(
            unit=self.model.unit,
            points=format((self.model.weight - (self.model.total.weight or 0)).normalize(), "f"),
        )

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

    # --- money ---

    def amount(self, line: Money | Detail, name: str, header: str, of: str) -> Cell:
        value = getattr(line, name)
        if value is None or (name in ("weight", "score") and isinstance(line, Money) and line.weight is None):
            return Cell(self.layout.options["dash"], "blank")
        if name == "rate":
            text = format(value, f".{self.model.rate_decimals}f")
            if "%" not in header or self.layout.has("percent sign"):
                text += "%"
            base = value
        elif name in ("weight", "score"):
            text, base = points(value, self.layout), value
        else:
            text = format(value, ",f" if self.layout.has("thousands") else "f")
            base = value * SCALES[self.model.unit]
        return Cell(text, "value", Truth("amount", of, ROLES[name], text, base, header))

    def _money_words(self, name: str) -> str:
        if name == "budget" and "initial" not in self.layout.money_columns:
            name = "plain_budget"
        return self._header("money", name)

    def _lines(self) -> Iterator[tuple[str, Money]]:
        """Printed label and line, total first."""
        yield self.layout.word("money", "total"), self.model.total
        for place, line in enumerate(self.model.sources):
            lead = self.layout.options["of-which"]
            if place and not self.layout.has("all of-which"):
                lead = ""
            yield lead + line.name, line

    def money(self) -> Block:
        shapes = {
            "rows": self._money_rows,
            "columns": self._money_columns,
            "pairs": self._money_pairs,
            "hunan": self._hunan,
        }
        return shapes[self.layout.shape]()

    def _money_rows(self) -> Block:
        columns = self.layout.money_columns
        heads = [Cell(self._money_words(name), "header") for name in columns]
        lines = list(self._lines())
        group = self._header("money", "group")
        if self.layout.has("note of unit"):
            group = self._header("money", "bare_group")
        rows: Block
        if self.layout.has("money group column"):
            rows = [[Cell(group, "label", down=len(lines) + 1), Cell("", "blank"), *heads]]
        else:
            rows = [[Cell(group, "header"), *heads]]
        for label, line in lines:
            rows.append(
                [
                    Cell(label, "label"),
                    *(
                        self._money_cell(line, name, head.text)
                        for name, head in zip(columns, heads, strict=True)
                    ),
                ]
            )
        if self.layout.has("two-row header"):
            rows = self._two_rows(rows)
        return rows

    def _money_cell(self, line: Money, name: str, header: str) -> Cell:
        if name == "reason":
            return Cell("", "blank")
        return self.amount(line, name, header, line.name)

    def _two_rows(self, rows: Block) -> Block:
        """ "预算数" over its columns, beside cells that span both rows of the header."""
        names = self.layout.money_columns
        budgets = [name for name in names if name in ("initial", "adjust", "budget")]
        if len(budgets) < 2:
            return rows
        head = rows[0]
        lead = len(head) - len(names)
        first, own = head[:lead], head[lead : lead + len(budgets)]
        upper = [
            *(Cell(cell.text, cell.kind, None, cell.down + 1 if cell.down > 1 else 2) for cell in first),
            Cell("预算数", "header", right=len(budgets)),
            *(Cell(cell.text, cell.kind, None, 2) for cell in head[lead + len(budgets) :]),
        ]
        return [upper, own, *rows[1:]]

    def _money_columns(self) -> Block:
        """Sources as columns, roles as rows."""
        group = self._header("money", "group")
        lines = [self.model.total, *self.model.sources]
        rows = [[Cell(group, "header"), *(Cell(line.name or "合计", "header") for line in lines)]]
        for name in self.layout.money_columns:
            label = self._money_words(name)
            rows.append(
                [Cell(label, "label"), *(self.amount(line, name, label, line.name) for line in lines)]
            )
        return rows

    def _money_pairs(self) -> Block:
        """ "预算数： | 312.00 | 执行数： | 300.00", and the sources under them."""
        budget, paid = self._header("money", "plain_budget"), self._header("money", "paid")
        rate = "rate" in self.layout.money_columns
        rows: Block = []
        lines = list(self._lines())
        for place, (label, line) in enumerate(lines):
            names = (f"{budget}：", f"{paid}：") if not place else (label, label)
            row = [
                Cell(names[0], "label"), self.amount(line, "budget", budget, line.name),
                Cell(names[1], "label"), self.amount(line, "paid", paid, line.name),
            ]  # fmt: skip
            if rate:
                words = self._header("money", "rate")
                row += [Cell(f"{words}：", "label"), self.amount(line, "rate", words, line.name)]
                if place:
                    row[4:] = [Cell("", "blank"), Cell("", "blank")]
            rows.append(row)
        rows[0].insert(0, Cell(self._header("money", "group"), "label", down=len(lines)))
        return rows

    def _hunan(self) -> Block:
        """计划/到位/支出/结余 as four pairs of label and figure in each row."""
        words = [
            ("budget", "计划安排资金"),
            ("received", "实际到位资金"),
            ("paid", "实际支出"),
            ("balance", "结余"),
        ]
        group = self._header("money", "group")
        lines = [("合计", self.model.total)]
        for place, line in enumerate(self.model.sources):
            lines.append((("其中：" if not place else "") + line.name, line))
        rows: Block = [
            [Cell(group, "label", down=len(lines) + 1), *(Cell(word, "header", right=2) for _, word in words)]
        ]
        for label, line in lines:
            row = []
            for name, word in words:
                row += [Cell(label, "label"), self.amount(line, name, word, line.name)]
            rows.append(row)
        return rows

    def details(self) -> Block:
        name, budget, paid = self._header("money", "detail"), "预算金额", "实际支出"
        rows = [
            [Cell(f"{name}（{self.model.unit}）", "header"), Cell(budget, "header"), Cell(paid, "header")]
        ]
        for line in self.model.details:
            rows.append([Cell(line.name, "label"), *self._detail(line, line.name, budget, paid)])
        whole = Detail("", self.model.total.budget, self.model.total.paid)
        rows.append([Cell("合计", "label"), *self._detail(whole, "", budget, paid)])
        return rows

    def _detail(self, line: Detail, of: str, budget: str, paid: str) -> list[Cell]:
        return [self.amount(line, "budget", budget, of), self.amount(line, "paid", paid, of)]

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
        for name in layout.indicator_columns:
            heads.extend(self._indicator_head(name))
        rows: Block = [heads]
        for _, own in groupby(self.model.goals, lambda goal: goal.group):
            rows.extend(self._group_rows(list(own)))
        if layout.has("indicator group column"):
            rows[0].insert(0, Cell(self._header("indicators", "group"), "label", down=len(rows)))
        if layout.has("total row"):
            rows.append(self._total_row(sum(cell.right for cell in rows[0])))
        return rows

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
                last[level] = text
            row.append(Cell(goal.name, "label"))
            for name in self.layout.indicator_columns:
                row.extend(self._indicator_cells(goal, name))
            yield row
            for part in self._parts(goal):
                levels_again = list(row[: len(levels) - 1]) if repeat else []
                yield [*levels_again, *part]

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
