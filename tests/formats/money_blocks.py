"""The blocks of a form that tell money: sources against roles in four shapes, and the details of spending."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.formats.layout import Layout, points
from tests.formats.model import SCALES, Detail, Model, Money
from tests.formats.sheet import Block, Cell, Truth

ROLES = {
    "initial": "年初预算", "adjust": "预算调整", "budget": "预算", "received": "到位", "paid": "支出", "balance": "结余",
    "rate": "执行率", "weight": "分值", "score": "得分",
}  # fmt: skip


@dataclass
class MoneyBlocks:
    """The money of a report, as its layout says."""

    model: Model
    layout: Layout

    def _header(self, part: str, name: str) -> str:
        return self.layout.word(part, name).format(
            unit=self.model.unit,
            points=format((self.model.weight - (self.model.total.weight or 0)).normalize(), "f"),
        )

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
