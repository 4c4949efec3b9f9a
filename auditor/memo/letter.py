"""退回修改函: one to each unit, the findings as numbered questions with room for its replies."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from auditor.memo import wording
from auditor.memo.entries import Entry, entries
from auditor.memo.model import Memo, Report
from auditor.memo.place import with_words
from auditor.memo.problems import FORM, Problem, problems
from auditor.memo.render import Material
from auditor.memo.word import Column, Letter, Paper, Strong, fill, look, open_template
from auditor.memo.word.words import AUDITED, DEADLINE, line_words, unit_words
from auditor.memo.word.xml import Element, Own
from auditor.values import frozen

MARK = "编号"
"""Before the marks of report and finding, by which an answered box is known again: its last row."""
TICKS = ("已修改", "已说明", "有异议")
_ORDINALS = "一二三"
_CHAPTERS = {
    "inconsistent": "请更正的事项",
    "query": "请说明的事项",
    "model": "请补充说明的叙述",
}
_WIDTHS = (22, 134)
_PLACES = 3
_REPLY, _CHANGE = 12, 8
"""Millimetres left free for 单位答复 and 修改情况."""


@frozen
class _Asked:
    """A report with what its unit is asked; `prefix` stands before the numbers where a letter has several."""

    entry: Entry
    found: list[Problem]
    prefix: str = ""

    @property
    def report(self) -> Report:
        return self.entry.report

    def named(self, problem: Problem) -> str:
        return f"{self.prefix}{problem.number}"


def write(material: Material) -> bytes:
    """A letter to each unit that is asked something, on all its reports. Raises `BadTemplate`."""
    document = open_template(material.template)
    paper = Paper(document)
    units = by_unit(material.memo)
    asked = [reports for reports in units if any(one.found for one in reports)]
    if asked and len(asked) < len(units):
        material.say(f"{len(units) - len(asked)} 个单位没有要问的，没有出函")
    return fill(document, [_letter(paper, reports) for reports in asked or units], material.say)


@frozen
class Sent:
    """One letter by itself: the `unit` as it writes its name, positions of the `files` that it speaks of,
    whether it `asks` anything."""

    unit: str
    files: list[int]
    asks: bool
    content: bytes


def each(material: Material) -> Iterator[Sent]:
    """The letters one by one, in the order of the reports. Raises `BadTemplate`."""
    owner = {id(report): at for at, one in enumerate(material.memo.documents) for report in one.reports}
    for reports in by_unit(material.memo):
        document = open_template(material.template)
        content = fill(document, [_letter(Paper(document), reports)], material.say)
        files = list(dict.fromkeys(owner[id(one.report)] for one in reports))
        yield Sent(wording.writer(reports[0].report), files, any(one.found for one in reports), content)


def by_unit(memo: Memo) -> list[list[_Asked]]:
    """The reports of each unit, in the order of their numbers; one that names no unit stands alone, and so does what an
    evaluator wrote who is not named. The same report once more, also in another format, asks nothing again."""
    units: dict[object, list[tuple[Entry, list[Problem]]]] = {}
    asked: dict[tuple[str, ...], set[str]] = {}
    for entry in entries(memo):
        known = asked.setdefault(entry.same, set())
        found = [one for one in problems(entry.report) if one.goes_to_unit]
        new = [one for one in found if one.first.fingerprint not in known]
        if entry.repeats and not new:
            continue
        known.update(one.first.fingerprint for one in found)
        units.setdefault(writer_of(entry.report) or len(units), []).append((entry, new))
    return [
        [_Asked(entry, found, entry.prefix if len(of) > 1 else "") for entry, found in of]
        for of in units.values()
    ]


def writer_of(report: Report) -> tuple[bool, str] | None:
    """Who has written it, as two reports name them alike: the unit, or of a review the evaluator."""
    name = "".join(unicodedata.normalize("NFKC", wording.writer(report)).split())
    return (wording.is_review(report), name) if name else None


def _letter(paper: Paper, reports: list[_Asked]) -> Letter:
    first = reports[0].report
    if len(reports) == 1:
        paper_name = "绩效自评复核表" if wording.is_review(first) else "绩效自评报告"
        words = line_words(first, "退回修改函", f"关于退回修改{{}}{paper_name}的函")
    else:
        words = unit_words(first, "退回修改函", f"关于退回修改{len(reports)}个项目绩效自评报告的函")
    asked = [one for one in reports if one.found]
    clean = [line for one in reports if not one.found for line in _nothing(paper, one, len(reports) > 1)]
    if not asked:
        return Letter(words, clean)
    title = words["标题"].replace("\n", "")
    return Letter(
        words,
        [*_body(paper, reports, asked), *clean, *_closing(paper)],
        [*_list(paper, reports, asked), *_receipt(paper, title, asked)],
    )


def _nothing(paper: Paper, one: _Asked, several: bool) -> Iterator[Element]:
    told = wording.nothing_found(one.report, "没有需要退回修改的事项。")
    if several:
        yield paper.paragraph(look.BODY, f"《{wording.name(one.report)}》{told}")
    else:
        lost = wording.unread(one.report) or ("请人工核对送审文件；" if wording.unproved(one.report) else "")
        end = f"{lost}核对前本函不必发出。" if lost else "本函不必发出。"
        yield paper.paragraph(look.BODY, f"经审核，{told}{end}")


def _body(paper: Paper, reports: list[_Asked], asked: list[_Asked]) -> Iterator[Element]:
    first = reports[0].report
    found = [problem for one in asked for problem in one.found]
    year = f"{first.fiscal_year}年度" if first.fiscal_year else ""
    named = (
        f"{wording.name(first)}{year}《{first.title or '绩效自评报告'}》"
        if len(reports) == 1
        else f"{'、'.join(wording.name(one.report) for one in reports)}共{len(reports)}份绩效自评报告"
    )
    yield paper.paragraph(
        look.BODY,
        f"{'你方编制的' if wording.is_review(first) else '你单位报送的'}{named}收悉，感谢支持配合。"
        f"经审核，{_counted(found)}，现予退回。",
    )
    yield paper.paragraph(
        look.BODY,
        Own(
            f"请于{DEADLINE}前逐项核实，在问题清单内填写答复和修改情况，连同修改后的"
            f"{'复核表' if wording.is_review(first) else '报告、佐证材料'}和回执一并报送。"
        ),
    )
    yield paper.paragraph(
        look.BODY,
        f"{AUDITED}对所提事项有不同意见的，请写明理由并附依据；“请说明的事项”本身不等于差错。",
    )


def _list(paper: Paper, reports: list[_Asked], asked: list[_Asked]) -> Iterator[Element]:
    """问题清单: the letter itself is signed on its first page, whatever the questions take."""
    yield paper.paragraph(look.ANNEX, "问题清单")
    if len(reports) > 1:
        yield paper.paragraph(look.NOTE, "项目和问题的编号与审核台账相同。")
    for one in asked:
        if len(reports) == 1:
            yield from _kinds(paper, one, look.HEADING, (f"{word}、" for word in _ORDINALS))
        else:
            year = f"（{one.report.fiscal_year}年度）" if one.report.fiscal_year else ""
            yield paper.paragraph(look.HEADING, f"{one.entry.number}　{one.entry.name}{year}")
            yield from _kinds(paper, one, look.SUBHEADING, (f"（{word}）" for word in _ORDINALS))


def _kinds(paper: Paper, one: _Asked, style: str, ordinals: Iterator[str]) -> Iterator[Element]:
    for kind, name in _CHAPTERS.items():
        of_kind = [problem for problem in one.found if problem.kind == kind]
        if of_kind:
            yield paper.paragraph(style, f"{next(ordinals)}{name}")
        for problem in of_kind:
            yield paper.form(_WIDTHS, _question(problem, one))
            yield paper.paragraph(look.GAP)


def _closing(paper: Paper) -> Iterator[Element]:
    yield paper.paragraph(look.BODY, "附件：1.问题清单；2.回执", keep=True)
    yield paper.paragraph(look.BODY, Own("联系人：　　　　　　　　联系电话："), keep=True)


def _counted(found: list[Problem]) -> str:
    told = (
        (sum(problem.kind == "inconsistent" for problem in found), "前后不一致的事项"),
        (sum(problem.kind == "query" for problem in found), "需要说明的事项"),
        (sum(problem.kind == "model" for problem in found), "需要补充说明的叙述"),
    )
    return "、".join(f"{name}{count}项" for count, name in told if count)


def _question(problem: Problem, one: _Asked) -> Iterator[tuple[str, tuple[str | Strong, ...], float]]:
    """What is wrong, where, and what is asked, in as few rows as it can be told; what others ask is left out."""
    first, *others = results = [each for each in problem.results if each.asks != FORM]
    yield f"问题{one.named(problem)}", (Strong(first.title),), 0
    yield "位置", (with_words(first.evidence, _PLACES),), 0
    yield (
        "内容",
        (
            first.message,
            *_labelled("核算", first.calculation),
            *_labelled("依据", wording.basis(first.basis)),
        ),
        0,
    )
    for other in others:
        where = with_words(other.evidence, _PLACES)
        calculated = _labelled("核算", other.calculation)
        yield (
            "同一处",
            (
                Strong(f"{other.title}。"),
                other.message,
                *_labelled("位置", where),
                *calculated,
            ),
            0,
        )
    wishes: dict[str, dict[str, None]] = {}
    for label, wish in map(wording.asked, results):
        wishes.setdefault(label, {})[wish.rstrip("。")] = None
    for label, asked in wishes.items():
        yield label, ("；".join(filter(None, asked)) + "。",), 0
    yield "复核人答复" if wording.is_review(one.report) else "单位答复", (), _REPLY
    yield "修改情况", (), _CHANGE
    yield MARK, (f"{one.entry.mark}-{problem.first.fingerprint}",), 0


def _labelled(label: str, text: str) -> tuple[str | Strong, ...]:
    return (Strong(f"{label}："), text if text.endswith("。") else f"{text}。") if text else ()


def _receipt(paper: Paper, title: str, asked: list[_Asked]) -> Iterator[Element]:
    count = sum(len(one.found) for one in asked)
    yield paper.paragraph(look.ANNEX, Own("回　　执"))
    yield paper.paragraph(look.BODY, f"《{title}》收悉，所提{count}项处理如下：", keep=True)
    columns = [
        Column("序号", 14, "center"), Column("问题", 50), Column("处理（勾选）", 66), Column("备注", 26),
    ]  # fmt: skip
    rows = (
        (one.named(problem), problem.first.title, "　".join(f"□{word}" for word in TICKS), "")
        for one in asked
        for problem in one.found
    )
    yield paper.table(columns, rows, size="list", keep=True)
    yield paper.paragraph(look.BODY, keep=True)
    for line in (
        f"{'评价机构' if wording.is_review(asked[0].report) else '填报单位'}（盖章）：",
        "负责人：　　　　　　　　经办人：",
        f"联系电话：　　　　　　　日期：{DEADLINE}",
    ):
        yield paper.paragraph(look.ADDRESSEE, Own(line), keep=True)
