"""The memo as an official document: 审核意见, one for each report, in Word. The working paper is another file."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from auditor.compiled import compiled
from auditor.figures import show
from auditor.memo import bridge, wording
from auditor.memo.entries import telling
from auditor.memo.model import Memo, Report, Result
from auditor.memo.narrative import unread
from auditor.memo.opinion_overview import overview, runs
from auditor.memo.place import told as places
from auditor.memo.problems import Problem, going_out, problems
from auditor.memo.render import Material
from auditor.memo.word import Column, Letter, Paper, Strong, fill, look, open_template
from auditor.memo.word.words import DEADLINE, line_words
from auditor.memo.word.xml import Element, Own
from auditor.memo.working_paper import working_paper

_ORDINALS = "一二三四五"
_LESSER = "一般和轻微"
_BRIEF = {"high": 200, "medium": 75, "low": 50}
"""Characters of a fact in a table."""
_LEADING = 3
"""Problems that the first page names."""
_SENTENCE_ENDS = ("。", "？", "！")
REGULATION = "财预〔2020〕10号"
_FULL_NAME = f"《项目支出绩效评价管理办法》（{REGULATION}，以下称《办法》）"
_BRIDGE = (
    Column("序号", 16, "center"), Column("事项", 84), Column("得分", 26, "right"), Column("说明", 30, "center"),
)  # fmt: skip
_LIGHT = (Column("序号", 11, "center"), Column("问题和事实", 105), Column("整改要求", 40))


def write(material: Material) -> bytes:
    """Raises `BadTemplate`."""
    return _written(material, with_paper=material.with_working_paper)


def _written(material: Material, with_paper: bool) -> bytes:
    template = open_template(material.template)
    paper = Paper(template)
    listed = telling(material.memo)
    letters = [overview(paper, material.memo, listed)] if len(listed) > 1 else []
    for entry in listed:
        report = entry.report
        mute = wording.unproved(report) or wording.is_letter(report)
        if len(listed) > 1 and mute and not any(one.goes_out for one in problems(report)):
            continue  # the overview has said that a person is to read it, or that it is no report
        body = list(_Opinion(paper, material.memo, report).chapters())
        annex = list(working_paper(paper, material, entry.document, report)) if with_paper else []
        what = "绩效自评复核表" if wording.is_review(report) else "绩效自评"
        words = line_words(report, "审核意见", f"关于{{}}{what}的审核意见")
        letters.append(Letter(words, body, annex, landscape=True))
    return fill(template, letters, material.say)


def numbers(problems: list[Problem]) -> str:
    """问题1至4."""
    return f"问题{runs([problem.number for problem in problems])}"


class _Opinion:
    """One report's 审核意见, chapter by chapter."""

    def __init__(self, paper: Paper, memo: Memo, report: Report) -> None:
        self._paper, self._memo, self._report = paper, memo, report
        self._regulated = any(
            basis.source.startswith(REGULATION) for one in report.every() for basis in one.basis
        )
        self._asked = [one for one in problems(report) if one.goes_out]
        review = wording.is_review(report)
        self._who, self._named = ("复核人", "复核表") if review else ("单位", "自评报告")

    def chapters(self) -> Iterator[Element]:
        """A report that shows nothing is told in one sentence, one with nothing to ask in two chapters. The last
        paragraph stands on the page of the signature."""
        if not self._asked and wording.unproved(self._report):
            yield self._body(f"{wording.nothing_found(self._report)}请人工核对送审文件。")
            return
        yield from self._conclusion()
        yield self._heading("一、项目及自评基本情况")
        yield from self._facts()
        counted = f"{self._counted()}。"
        if not self._asked:
            yield self._heading("二、审核依据、范围和结果")
            yield self._body(f"{self._scope()}{counted}{wording.nothing_found(self._report)}", keep=True)
            return
        yield self._heading("二、审核依据和范围")
        yield self._body(self._scope())
        yield self._heading("三、审核结果")
        yield self._body(counted)
        yield from self._bridge()
        yield self._heading("四、存在问题")
        yield from self._findings()
        yield self._heading("五、整改意见和时限")
        yield from self._requests()

    def _counted(self) -> str:
        """What a model asks is no matter of the unit before a reviewer has confirmed it."""
        told = wording.counted(self._report.counts.model_copy(update={"model": 0}))
        if confirmed := len(self._of("model")):
            told += f"，叙述部分经审核人员确认 {confirmed} 项"
        rejected = sum(one.rejected for one in problems(self._report) if one.kind != "model")
        return told + (f"；其中审核人员驳回 {rejected} 项，以下不列" if rejected else "")

    def _heading(self, text: str) -> Element:
        return self._paper.paragraph(look.HEADING, text)

    def _body(self, *texts: str | Strong | Own, keep: bool = False) -> Element:
        return self._paper.paragraph(look.BODY, *texts, keep=keep)

    def _conclusion(self) -> Iterator[Element]:
        """What is proved, what it changes, what must be asked: money first."""
        if lost := wording.unread(self._report):
            yield self._body(Strong(lost))
        wrong, queries = map(len, going_out(self._report))
        told = [f"报告自身即可证明的差错 {wrong} 项"] if wrong else []
        told += [f"需要{self._who}说明的事项 {queries} 项"] if queries else []
        summed = "，".join(told) if told else wording.nothing_found(self._report, "未发现问题").rstrip("。")
        found = bridge.bridge(self._report)
        review = wording.review_score(self._report)
        if review:
            score = f"自评 {self._report.self_score or '未读到总分'}{' 分' if self._report.self_score else ''}，{review}"
        elif found:
            score = bridge.told(found, "" if found.reviewed is not None else self._grade())
        else:
            score = f"{wording.unscored(self._report)}{self._grade()}"
        yield self._body(f"经审核，{summed}。{score}。")
        leading = sorted(self._asked, key=lambda one: (one.first.severity != "high", not one.first.at_stake))
        if leading:
            named = "；".join(
                f"{problem.first.title}"
                + (f"，涉及 {problem.first.at_stake}" if problem.first.at_stake else "")
                + f"（问题{problem.number}）"
                for problem in leading[:_LEADING]
            )
            yield self._body(f"主要问题：{named}{'等' if len(leading) > _LEADING else ''}。")

    def _grade(self) -> str:
        own, computed = self._report.grade, self._report.recomputed_grade
        if not computed:
            return ""
        return f"，等次{computed}" if own in (None, computed) else f"，等次由{own}变为{computed}"

    def _facts(self) -> Iterator[Element]:
        report = self._report
        year = f"{report.fiscal_year}年度" if report.fiscal_year else "年度未读到"
        note = f"（{report.form}，{report.form_note}）" if report.form_note else ""
        budget, paid, rate = report.money.budget, report.money.paid, report.money.computed_rate
        whose = "被评价单位" if wording.is_review(report) else "填报单位"
        money = f"预算{budget or '未读到'}，支出{paid or '未读到'}" + (
            f"，按金额计算执行率{rate}" if rate else ""
        )
        if not (budget or paid) and wording.is_review(report):
            money = "复核表没有列资金"
        yield self._body(
            f"{wording.name(report)}（{year}），{whose}：{report.unit or '未读到'}；"
            f"送审材料：《{report.title or '无标题'}》{note}。{money}。自评{report.self_score or '总分未读到'}"
            f"{'分' if report.self_score else ''}，等次{report.grade or '未填'}。"
        )

    def _scope(self) -> str:
        cited = (
            basis.source
            for one in self._report.every()
            for basis in one.basis
            if one.verdict != "not_assessable"
        )
        sources = dict.fromkeys(source.partition("：")[0] for source in cited)
        regulated = _FULL_NAME if sources.pop(REGULATION, "") is None else ""
        papers = [source for source in sources if "〔" in source]
        basis = "、".join(part for part in (regulated, *papers, "表格自己的规定和表内、表文关系") if part)
        counts = self._report.coverage
        unclear = self._report.counts.not_assessable
        return (
            f"依据{basis}复算、比对，未核实原始凭证、合同、账簿和佐证材料。全文数字{counts.figures}个，"
            f"已核对{counts.checked}个"
            + (f"；无法核验{unclear}项，见工作底稿。" if unclear else "。")
            + unread(self._report)
        )

    def _bridge(self) -> Iterator[Element]:
        found = bridge.bridge(self._report)
        if found is None or not (found.standing or found.pending):
            return
        yield self._paper.table(_BRIDGE, list(_bridged(found, self._report)))

    def _findings(self) -> Iterator[Element]:
        chapter = iter(_ORDINALS)
        for name, found in self._groups():
            yield self._paper.paragraph(look.SUBHEADING, f"（{next(chapter)}）{name}（{len(found)}项）")
            if name == _LESSER:
                yield self._paper.table(_LIGHT, [self._light(problem) for problem in found], size="list")
            else:
                for problem in found:
                    yield from self._problem(problem)

    def _groups(self) -> Iterator[tuple[str, list[Problem]]]:
        """By severity, in the order of the numbers; what a model asked and a reviewer confirmed stands apart."""
        by_rule = [one for one in self._asked if one.kind != "model"]
        for name, severities in ((wording.SEVERITIES["high"], ("high",)), (_LESSER, ("medium", "low"))):
            if found := [one for one in by_rule if one.first.severity in severities]:
                yield name, found
        if asked := self._of("model"):
            yield "叙述部分（经审核人员确认）", asked

    def _problem(self, problem: Problem) -> Iterator[Element]:
        first = problem.first
        kind = wording.VERDICTS.get(problem.kind, "经确认")
        yield self._paper.paragraph(look.PROBLEM, Strong(f"{problem.number}.{first.title}（{kind}）"))
        told: list[str | Strong] = [self._short(first.message), *_sentence("位置", self._where(first))]
        basis = "；".join(one.source for one in first.basis if one.source != REGULATION)
        told += [*_sentence("核算", _missing(first.calculation, first.message)), *_sentence("依据", basis)]
        for other in first.related:
            told += [Strong(f"同一处：{other.title}。"), self._short(other.message)]
        wishes: dict[str, dict[str, None]] = {}
        for one in problem.results:
            label, wish = wording.asked(one)
            wishes.setdefault(label, {})[wish.rstrip("。")] = None
        for label, asked in wishes.items():
            told += _sentence(label, "；".join(filter(None, asked)))
        yield self._body(*told)

    def _light(self, problem: Problem) -> tuple[str, str, str]:
        most = _BRIEF[problem.first.severity]
        facts = "同一处：".join(_brief(self._short(one.message), most) for one in problem.results)
        named = "“" in problem.first.message  # it says itself which row or sentence it speaks of
        where = "" if named else self._where(problem.first, most=1)
        first = problem.first
        kind = f"{wording.VERDICTS[problem.kind]}，{wording.SEVERITIES[first.severity]}"
        told = f"{first.title}（{kind}）：{facts}" + (f"位置：{where}。" if where else "")
        return str(problem.number), told, wording.request(first)

    def _short(self, message: str) -> str:
        """The regulation by its short name, which the second chapter gives it."""
        return message.replace(REGULATION, "《办法》") if self._regulated else message

    def _where(self, result: Result, most: int = 2) -> str:
        return places(result.evidence, most)

    def _requests(self) -> Iterator[Element]:
        asks = {
            "inconsistent": f"更正{self._named}，有关数字、得分、等次和文字一并改正",
            "query": "书面说明，附佐证材料，确有差错的一并更正",
            "model": "补充说明有关叙述",
        }
        if form := [one for one in self._asked if not one.goes_to_unit]:
            yield self._body(f"{numbers(form)}是表格自身的问题，请制表单位处理，不须填报单位答复。")
        if len(form) == len(self._asked):
            return
        told = "；".join(
            f"{numbers(self._due(kind))}，{ask}" for kind, ask in asks.items() if self._due(kind)
        )
        wanted = "；".join(
            f"{at}.{noun}" + (f"（{where}）" if where else "")
            for at, (noun, where) in enumerate(self._materials(), 1)
        )
        yield self._body(
            f"请逐项核实：{told}。整改情况连同补正材料请于",
            Own(f"{DEADLINE}前报送。"),
            Strong("补正材料清单："),
            f"{wanted}。工作底稿另附。",
            keep=True,
        )

    def _of(self, kind: str) -> list[Problem]:
        return [problem for problem in self._asked if problem.kind == kind]

    def _due(self, kind: str) -> list[Problem]:
        """Those that whoever wrote the report is to answer."""
        return [problem for problem in self._of(kind) if problem.goes_to_unit]

    def _materials(self) -> Iterator[tuple[str, str]]:
        """The corrected report, the written answers, and what the requests name beyond them."""
        wanted: dict[str, list[Problem]] = {}
        nouns = {"inconsistent": f"更正后的{self._named}", "query": "书面说明"}
        if due := [noun for kind, noun in nouns.items() if self._due(kind)]:
            yield f"{'、'.join(due)}（加盖公章）", ""
        for problem in (one for one in self._asked if one.goes_to_unit):
            request = "".join(one.suggestion for one in problem.results)
            if noun := next((noun for words, noun in _nouns() if any(word in request for word in words)), ""):
                wanted.setdefault(noun, []).append(problem)
        for noun, found in wanted.items():
            yield noun, numbers(found)


def _brief(message: str, most: int) -> str:
    """Whole sentences or clauses, as many as fit: the working paper has all of them."""
    if len(message) <= most:
        return message
    cut = max(message.rfind(end, 0, most) for end in "。；")
    cut = cut if cut > most // 3 else max(message.rfind(end, 0, most) for end in "”，、：")
    return f"{message[: cut + 1]}……" if cut > 0 else message


def _missing(calculation: str, message: str) -> str:
    """The calculation where the message does not tell it already."""
    figures = compiled(r"\d+(?:\.\d+)?").findall(calculation)
    return "" if all(figure in message for figure in figures) else calculation


@cache
def _nouns() -> list[tuple[tuple[str, ...], str]]:
    data = tomllib.loads(files("auditor.memo").joinpath("materials.toml").read_text(encoding="utf-8"))
    return [(tuple(one["words"]), one["noun"]) for one in data["material"]]


def _bridged(found: bridge.Bridge, report: Report) -> Iterator[tuple[str, str, str, str]]:
    yield "", "自评得分", show(found.start), report.grade or ""
    for step in found.standing:
        state = step.decided or ("可以证明" if step.proved else "待单位说明")
        effect = bridge.signed(step.delta)
        yield (
            str(step.problem.number), step.problem.first.title, effect if step.proved else f"（{effect}）", state,
        )  # fmt: skip
    for one in found.pending:
        yield str(one.problem.number), one.problem.first.title, f"（{one.words}）", "待重新认定"
    if not found.overruled:
        yield "", "核算得分（只计可以证明的）", show(found.computed), report.recomputed_grade or ""
    for step in found.steps:
        if step.open:
            yield "", f"如问题{step.problem.number}成立", show(found.base + step.delta), ""
    if found.reviewed is not None:
        yield "", "复核得分（按处理意见）", show(found.reviewed), found.grade


def _sentence(label: str, text: str) -> tuple[Strong, str] | tuple[()]:
    if not text:
        return ()
    return Strong(f"{label}："), text if text.endswith(_SENTENCE_ENDS) else f"{text}。"
