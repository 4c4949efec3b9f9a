"""The sheet on top of several opinions: a line for each report, the riskiest first, and what is to be done first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import PurePath

from auditor.memo import wording
from auditor.memo.entries import Entry, entries
from auditor.memo.model import Memo
from auditor.memo.problems import going_out
from auditor.memo.word import Column, Letter, Paper, Strong, look
from auditor.memo.word.words import AUDITED, blank_words
from auditor.memo.word.xml import Element
from auditor.values import frozen

_COLUMNS = (
    Column("序号", 10, "center"), Column("单位", 46), Column("项目", 62), Column("年度", 11, "center"),
    Column("预算", 22, "right"), Column("支出", 22, "right"), Column("证明的差错", 12, "center"),
    Column("请说明的", 12, "center"), Column("未读懂的表", 12, "center"), Column("自评", 13, "right"),
    Column("核算", 13, "right"), Column("处理", 20, "center"),
)  # fmt: skip
_READ, _RETURN, _EXPLAIN, _NOTHING, _LETTER = "人工核对", "退回更正", "书面说明", "无问题", "不是报告"
_TOLD = {
    _READ: "没有读懂或没有全部读懂，先人工核对",
    _RETURN: "自身即可证明有差错，先退回更正",
    _EXPLAIN: "请单位书面说明",
    _NOTHING: "没有发现问题",
}


@frozen
class _Line:
    """A report with what goes out about it: what is `proved`, what is `asked`."""

    entry: Entry
    proved: int
    asked: int

    @property
    def step(self) -> str:
        """What comes next: a report that shows nothing is never sent back before somebody has read it."""
        report = self.entry.report
        if wording.unread(report) or wording.unproved(report):
            return _READ
        if wording.is_letter(report):
            return _LETTER
        return _RETURN if self.proved else _EXPLAIN if self.asked else _NOTHING


def overview(paper: Paper, memo: Memo, listed: Sequence[Entry]) -> Letter:
    """One page where the reports are few enough: nobody is addressed, nothing is signed."""
    every = [_line(entry) for entry in listed]
    lines = [one for one in every if one.step != _LETTER]
    title = f"{len(lines)}份绩效自评报告审核情况一览"
    sheets = [
        paper.paragraph(look.ANNEX, title),
        *_lead(paper, memo, lines, len(every) - len(lines)),
        paper.table(_COLUMNS, list(map(_row, lines)), size="small"),
        paper.paragraph(
            look.NOTE,
            "序号是各份审核意见、工作底稿、台账和函共用的编号，按风险排：先列没有读懂的，再按重要的、证明的差错从多到少。"
            f"核算为“—”的，总分未能重新核算。{AUDITED}",
        ),
    ]
    return Letter(blank_words(title, "审核意见"), (), sheets, landscape=True, alone=True)


def _line(entry: Entry) -> _Line:
    return _Line(entry, *map(len, going_out(entry.report)))


def _lead(paper: Paper, memo: Memo, lines: Sequence[_Line], letters: int) -> Iterator[Element]:
    proved, asked = sum(one.proved for one in lines), sum(one.asked for one in lines)
    again = len(entries(memo)) - len(lines) - letters
    beside = [f"公函和说明{letters}份（没有可以核对的内容）"] * bool(letters) + [f"重复送审{again}份"] * bool(
        again
    )
    told = [
        f"审核文件{len(memo.documents)}个、报告{len(lines)}份"
        + (f"，另有{'、'.join(beside)}" if beside else "")
    ]
    told += [f"报告自身即可证明的差错{proved}项，需要说明的事项{asked}项"]
    yield paper.paragraph(look.NOTE, f"{'；'.join(told)}。")
    steps = {step: [one.entry.number for one in lines if one.step == step] for step in _TOLD}
    yield paper.paragraph(
        look.NOTE,
        Strong("处理："),
        "；".join(
            f"{len(found)}份{_TOLD[step]}（序号{runs(found)}）" for step, found in steps.items() if found
        )
        + "。",
    )
    if memo.unreadable:
        lost = "；".join(f"{PurePath(one.path).name}（{one.reason}）" for one in memo.unreadable)
        yield paper.paragraph(look.NOTE, Strong(f"未能审核的文件{len(memo.unreadable)}个："), f"{lost}。")


def runs(numbers: Sequence[int]) -> str:
    """1至4、7: where none between them is left out."""
    told: list[str] = []
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        members = [number for _, number in run]
        told += [f"{members[0]}至{members[-1]}"] if len(members) > 2 else map(str, members)
    return "、".join(told)


def _row(line: _Line) -> tuple[str, ...]:
    report = line.entry.report
    return (
        str(line.entry.number), wording.writer(report) or "未读到单位", line.entry.name, str(report.fiscal_year or "—"),
        report.money.budget or "—", report.money.paid or "—", str(line.proved), str(line.asked),
        str(report.coverage.unread_tables), report.self_score or "—", report.recomputed_score or "—", line.step,
    )  # fmt: skip
