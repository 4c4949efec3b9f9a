"""Answers to the question how an unread stretch is laid out: by who sees through every damage, and by who lies.

    python -m tests.formats.labelling --seed 7 --count 200 [--kind fused]

Counts, on flattened forms, the tables that stay unread, and how many of them become readable with the answers.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from auditor.document import read_bytes
from auditor.judge.call import Call, Reply
from auditor.judge.endpoint import ModelSettings
from auditor.judge.outcome import Labelling, Outcome
from auditor.judge.reading import label
from auditor.judge.request import Unmasked
from auditor.pipeline import AuditedReport, run
from auditor.report import Report
from auditor.report.labelled import Stretch, meaning, plain
from auditor.report.offered import unread_stretches
from auditor.rules import Result, Verdict
from auditor.rules.catalogue import catalogue
from tests.formats import generate
from tests.formats.compare import compare
from tests.formats.flatten import DAMAGES, STYLES
from tests.formats.model import headers

_WORDS = {
    "initial": "年初预算数", "adjust": "预算调整数", "budget": "全年预算数", "plain_budget": "全年预算数",
    "received": "到位数", "paid": "全年执行数", "balance": "结余", "rate": "执行率", "weight": "分值", "score": "得分",
    "group": "行名", "bare_group": "行名", "detail": "行名", "level1": "一级指标", "level2": "二级指标", "name": "三级指标",
    "target": "年度指标值", "actual": "实际完成值", "sign": "指标符号", "unit": "计量单位", "review": "复核分",
    "reason": "偏差原因分析", "remark": "备注",
}  # fmt: skip
Grid = list[list[str]]


@cache
def _meanings() -> dict[str, str]:
    found: dict[str, str] = {}
    for part in ("money", "indicators"):
        for name, words in headers()[part].items():
            for word in words if isinstance(words, list) else ():
                for unit in ("元", "万元"):
                    found.setdefault(plain(word.replace("{unit}", unit)), _WORDS.get(name, ""))
    return found


def _role(text: str) -> str:
    """What stands under a printed head, as the question asks for it."""
    bare = plain(text)
    return bare if meaning(bare) is not None else _meanings().get(bare, "")


def rows_of(stretch: Stretch, rows: Sequence[Sequence[str]]) -> Grid:
    """The rows of the form that stand in the stretch; [] where it holds something else."""
    wanted = "".join(plain(view.text) for line in stretch.lines for view in line)
    starts = (
        at for at, row in enumerate(rows) if any(row) and wanted.startswith(plain(next(filter(None, row))))
    )
    return next((found for at in starts if (found := _from(rows[at:], wanted))), [])


def _from(rows: Sequence[Sequence[str]], wanted: str) -> Grid:
    """Rows that make up the text; what a merged cell left in the places it covers may have been put together."""
    found: Grid = []
    at = 0
    for row in rows:
        if at == len(wanted):
            break
        cells: list[str] = []
        last = ""
        for cell in row:
            fits = wanted.startswith(plain(cell), at)
            if not fits and cell != last:
                return []
            cells.append(cell if fits else "")
            at += len(plain(cell)) if fits else 0
            last = cell or last
        found.append(cells)
    return found if at == len(wanted) else []


def told(grid: Grid) -> str:
    """The answer of somebody who knows every row and every head."""
    tables: list[dict[str, object]] = []
    for row in grid:
        roles = [_role(cell) for cell in row]
        heads = sum(1 for one in roles if one) >= 3 and not any(
            char.isdigit() for cell in row for char in cell[:1]
        )
        if heads or not tables or len(row) != len(tables[-1]["rows"][0]):  # type: ignore[index]
            tables.append({"columns": roles if heads else [], "rows": []})
        tables[-1]["rows"].append(row)  # type: ignore[attr-defined]
    return json.dumps({"tables": tables}, ensure_ascii=False)


@dataclass
class Labeller:
    """A reviewer that only labels. `answer` writes the answer for the rows of a stretch."""

    rows: Sequence[Sequence[str]]
    answer: Callable[[Grid], str] = told
    labellings: list[Labelling] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)

    def __call__(
        self, reports: list[Report], results: list[list[Result]], every: list[list[Result]] | None = None
    ) -> list[Outcome]:
        return [Outcome() for _ in reports]

    def label(self, reports: list[Report]) -> list[Labelling]:
        for report in reports:
            self.answers = [self.answer(rows_of(one, self.rows)) for one in unread_stretches(report)]
            self.labellings.append(label(report, self, ModelSettings(), Unmasked))
        return self.labellings[-len(reports) :]

    def ask(self, call: Call) -> Reply:
        return Reply(self.answers.pop(0), "answer file")


@dataclass
class Count:
    documents: int = 0
    unread: int = 0
    offered: int = 0
    refused: int = 0
    used: int = 0
    still: int = 0
    cells: int = 0
    plain: int = 0
    helped: int = 0
    proofs: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    def line(self) -> str:
        return (
            f"{self.documents:5} {self.unread:6} {self.offered:6} {self.refused:6} {self.used:6} {self.still:6}"
            f" {self.plain:6}/{self.cells:<6} {self.helped:6}/{self.cells:<6} {self.proofs:4}"
        )


def measure(one: generate.Outcome, answer: Callable[[Grid], str] = told) -> Count:
    """One document, read without help and with."""
    document = read_bytes(one.data, f"form.{one.suffix}")
    before = _audited(document, None)
    count = Count(1, unread=_unread(before))
    if not count.unread:
        return count
    helper = Labeller(one.rows, answer)
    after = _audited(document, helper)
    for labelling in helper.labellings:
        count.offered += labelling.offered
        count.used += labelling.used
        count.refused += len(labelling.refused)
        count.reasons.update(labelling.refused)
    count.still = _unread(after)
    wanted = compare(one, before)
    count.cells, count.plain = len(wanted.wanted), len(wanted.right)
    count.helped = len(compare(one, after).right)
    known = {(code, spans) for code, spans in _proofs(before)}
    count.proofs = sum(proof not in known for proof in _proofs(after))
    return count


def _audited(document: object, helper: Labeller | None) -> list[AuditedReport]:
    outcome = run([document], catalogue(), reviewer=helper)  # type: ignore[list-item]
    assert not outcome.breakages, outcome.breakages
    return [report for found in outcome.documents for report in found.reports]


def _unread(audited: Sequence[AuditedReport]) -> int:
    return sum(len(one.report.unread_forms) for one in audited)


def _proofs(audited: Sequence[AuditedReport]) -> list[tuple[str, tuple[object, ...]]]:
    return [
        (item.result.rule.code, item.result.evidence)
        for one in audited
        for item in one.items
        if item.result.verdict is Verdict.INCONSISTENT
    ]


def total(counts: Iterable[Count]) -> Count:
    whole = Count()
    for one in counts:
        for name, value in vars(one).items():
            if isinstance(value, Counter):
                whole.reasons.update(value)
            else:
                setattr(whole, name, getattr(whole, name) + value)
    return whole


def main(arguments: Iterable[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--kind", default="", choices=("", *STYLES, *DAMAGES, generate.UNKNOWN))
    parser.add_argument("--show", type=int, default=0)
    chosen = parser.parse_args(arguments)
    print("         文件 未读表 提问段 被拒段 采用段 仍未读   读对/格(无) 读对/格(有) 新增“不一致”")
    for kind in (
        [chosen.kind]
        if chosen.kind
        else ["", "fused", "wrapped rows", "one line", "cell lines", generate.UNKNOWN]
    ):
        found = []
        for at in range(chosen.count):
            one = generate.outcome(f"{chosen.seed}:{at}", "text", kind)
            found.append(count := measure(one))
            if count.unread and not count.used and chosen.show:
                chosen.show -= 1
                print(one.seed, one.kinds, vars(count), one.data.decode(), sep="\n")
        whole = total(found)
        print(f"{kind or 'any':16}", whole.line(), dict(whole.reasons))
    return 0


if __name__ == "__main__":
    sys.exit(main())
