"""The memo as an official document: 审核意见, one for each report, in Word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from auditor.memo import wording
from auditor.memo.annexes import annexes, score_rows
from auditor.memo.chart import WIDTH, Pictures
from auditor.memo.model import Document, Memo, Report, Result
from auditor.memo.problems import Problem, problems
from auditor.memo.render import Material
from auditor.memo.word import Column, Letter, Paper, Strong, fill, look, open_template
from auditor.memo.word.words import AUDITED, DEADLINE, line_words, where
from auditor.memo.word.xml import Element, Own

_KINDS = {
    "inconsistent": ("不一致", "以下各项，报告自身的数字或表格自己的规定即可证明。"),
    "query": ("存疑", "以下各项请单位说明，本身不等于差错。"),
    "model": (
        "叙述审读（模型提问，须人工复核）",
        "以下各项由模型提出，引文已与原文逐字核对；须经人工复核后使用，不影响核算结果。",
    ),
}
_ORDINALS = "一二三四五六七八九十"
_UNCLEAR_SHOWN = 20
_MATERIAL_WORDS = ("附", "提供", "补充", "材料", "依据", "凭证", "合同", "问卷", "文件")


def write(material: Material) -> bytes:
    """Raises `BadTemplate`."""
    document = open_template(material.template)
    paper, pictures = Paper(document), Pictures(material.say)
    letters = [
        _Opinion(paper, pictures, material.memo, file, report).letter()
        for file in material.memo.documents
        for report in file.reports
    ]
    return fill(document, letters, material.say)


def numbers(problems: list[Problem]) -> str:
    """问题1至4: where none between them is left out."""
    found = [problem.number for problem in problems]
    if len(found) > 2 and found[-1] - found[0] == len(found) - 1:
        return f"问题{found[0]}至{found[-1]}"
    return f"问题{'、'.join(map(str, found))}"


class _Opinion:
    """One report's 审核意见, chapter by chapter."""

    def __init__(
        self, paper: Paper, pictures: Pictures, memo: Memo, document: Document, report: Report
    ) -> None:
        self._paper, self._pictures = paper, pictures
        self._memo, self._document, self._report = memo, document, report
        self._problems = problems(report)
        self._open = [problem for problem in self._problems if not problem.rejected]

    def letter(self) -> Letter:
        return Letter(
            line_words(self._report, "审核意见", "关于{}绩效自评的审核意见"),
            list(self._chapters()),
            list(annexes(self._paper, self._memo, self._report, self._problems)),
            landscape=True,
        )

    def _chapters(self) -> Iterator[Element]:
        yield self._heading("一、项目及自评基本情况")
        yield from self._facts()
        yield self._heading("二、审核依据和范围")
        yield from self._scope()
        yield self._heading("三、审核结果")
        yield from self._outcome()
        yield self._heading("四、存在问题")
        yield from self._findings()
        yield self._heading("五、整改意见和时限")
        yield from self._requests()
        yield self._body()
        yield self._paper.paragraph(look.BODY, Own("附件：1.问题清单台账"), keep=True)
        yield self._paper.paragraph(look.BODY, Own("　　　2.工作底稿"), keep=True)

    def _heading(self, text: str) -> Element:
        return self._paper.paragraph(look.HEADING, text)

    def _body(self, *texts: str | Strong | Own) -> Element:
        return self._paper.paragraph(look.BODY, *texts)

    def _facts(self) -> Iterator[Element]:
        report = self._report
        year = f"{report.fiscal_year}年度" if report.fiscal_year else "年度未读到"
        form = report.form + (f"，{report.form_note}" if report.form_note else "")
        yield self._body(
            f"项目名称：{wording.name(report)}（{year}）。填报单位：{report.unit or '未读到'}。"
            f"送审材料：《{report.title or '无标题'}》（{form}），文件 {PurePath(self._document.path).name} 第{report.index}份。"
        )
        yield self._body(f"资金情况：{dict(wording.facts(self._document, report))['资金']}。")
        claimed = f"{report.self_score} 分" if report.self_score else "未读到总分"
        yield self._body(f"自评情况：{claimed}，等次：{report.grade or '未读到'}。")
        if png := self._pictures.money(report):
            yield self._paper.picture(png, WIDTH, "各项资金的预算数和支出数")

    def _scope(self) -> Iterator[Element]:
        sources = dict.fromkeys(
            basis.source.partition("：")[0]
            for result in self._report.every()
            if result.verdict != "not_assessable"
            for basis in result.basis
        )
        yield self._body(f"审核依据：{'；'.join(sources) or '表内关系'}。")
        yield self._body(f"审核范围：{AUDITED}{wording.coverage(self._report)}")
        yield self._body(self._memo.narrative_review.note)
        if self._memo.unreadable:
            told = "；".join(f"{one.path}（{one.reason}）" for one in self._memo.unreadable)
            yield self._body(f"同批未能审核的文件：{told}。")

    def _outcome(self) -> Iterator[Element]:
        for line in wording.conclusion(self._report):
            yield self._body(line)
        rows, note = score_rows(self._report)
        if not rows:
            return
        columns = [
            Column("指标", 68), Column("分值", 20, "right"), Column("自评分", 22, "right"),
            Column("核算分", 24, "right"), Column("差", 20, "right"),
        ]  # fmt: skip
        yield self._paper.table(columns, rows)
        yield self._paper.paragraph(look.NOTE, note)
        if png := self._pictures.scores(self._report):
            yield self._paper.picture(png, WIDTH, "各项指标的自评分和核算分")

    def _findings(self) -> Iterator[Element]:
        chapter = iter(_ORDINALS)
        if not any(problem.kind != "model" for problem in self._problems):
            yield self._body(wording.nothing_found(self._report))
        for name, found in self._groups():
            yield self._paper.paragraph(look.SUBHEADING, f"（{next(chapter)}）{name}（{len(found)}项）")
            for problem in found:
                yield from self._problem(problem)
        if unclear := wording.having(self._report, "not_assessable"):
            yield self._paper.paragraph(look.SUBHEADING, f"（{next(chapter)}）无法核验（{len(unclear)}项）")
            yield from self._unclear(unclear)

    def _groups(self) -> Iterator[tuple[str, list[Problem]]]:
        """By severity, in the order of the numbers; what a model asks stands apart."""
        for severity, word in wording.SEVERITIES.items():
            found = [one for one in self._problems if one.kind != "model" and one.first.severity == severity]
            if found:
                yield word, found
        if asked := [one for one in self._problems if one.kind == "model"]:
            yield _KINDS["model"][0], asked

    def _problem(self, problem: Problem) -> Iterator[Element]:
        first, *others = problem.results
        weight = "（模型提问）"
        if problem.kind != "model":
            weight = f"（{wording.VERDICTS[problem.kind]}，{wording.SEVERITIES[first.severity]}）"
        yield self._paper.paragraph(look.PROBLEM, Strong(f"{problem.number}.{first.title}{weight}"))
        yield from self._proof(first)
        for other in others:
            yield from self._proof(other, f"同一处：{other.title}。")

    def _proof(self, result: Result, intro: str = "") -> Iterator[Element]:
        """Fact with its place, figures and basis; then effect, request and what was decided."""
        proof: list[str | Strong] = [*_sentence("位置", where(result.evidence))]
        request: list[str | Strong] = []
        for label, text in wording.proof(result):
            if label not in ("事实", "提问"):
                (proof if label in ("核算", "依据") else request).extend(_sentence(label, text))
        yield self._body(*([Strong(intro)] if intro else []), result.message, *proof)
        if request:
            yield self._body(*request)

    def _unclear(self, unclear: list[Result]) -> Iterator[Element]:
        for number, result in enumerate(unclear[:_UNCLEAR_SHOWN], 1):
            yield self._body(f"{number}.{result.message}", *_sentence("位置", where(result.evidence)))
        if len(unclear) > _UNCLEAR_SHOWN:
            yield self._body(f"其余{len(unclear) - _UNCLEAR_SHOWN}项见附件2。")

    def _requests(self) -> Iterator[Element]:
        if lost := wording.unread(self._report):
            yield self._body(lost)
        if not self._open:
            yield self._body(wording.nothing_found(self._report, "没有需要整改的事项。"))
            return
        asks = {
            "inconsistent": "更正报告，有关数字、得分、等次和文字一并改正。",
            "query": "逐项书面说明，并附佐证材料；确有差错的一并更正。",
            "model": "由审核人员复核，确认后再请单位答复。",
        }
        yield self._body("请你单位对照附件1逐项核实，并填写整改情况。")
        for number, (kind, ask) in enumerate(
            ((kind, ask) for kind, ask in asks.items() if self._of(kind)), 1
        ):
            yield self._body(f"{number}.{_KINDS[kind][0]}（{numbers(self._of(kind))}）：{ask}")
        yield self._body(Own(f"整改情况和下列材料请于{DEADLINE}前报送。"))
        yield self._paper.paragraph(look.PICTURE, Strong("补正材料清单"), keep=True)
        columns = [Column("序号", 14, "center"), Column("材料", 100), Column("对应问题", 40)]
        yield self._paper.table(columns, self._materials())

    def _of(self, kind: str) -> list[Problem]:
        return [problem for problem in self._open if problem.kind == kind]

    def _materials(self) -> Iterator[tuple[str, str, str]]:
        """The corrected report, the written answers, and what the requests name beyond them."""
        wanted: dict[str, list[str]] = {}
        if wrong := self._of("inconsistent"):
            wanted["更正后的自评报告（加盖公章）"] = [numbers(wrong)]
        if queries := self._of("query"):
            wanted["存疑事项的书面说明（加盖公章）"] = [numbers(queries)]
        for problem in self._open:
            for result in problem.results:
                if problem.kind != "model" and any(word in result.suggestion for word in _MATERIAL_WORDS):
                    told = wanted.setdefault(result.suggestion, [])
                    told += [f"问题{problem.number}"] if f"问题{problem.number}" not in told else []
        for number, (material, found) in enumerate(wanted.items(), 1):
            yield str(number), material, "、".join(found)


def _sentence(label: str, text: str) -> tuple[Strong, str] | tuple[()]:
    if not text:
        return ()
    return Strong(f"{label}："), text if text.endswith(("。", "？", "！")) else f"{text}。"
