"""Files in, audited reports out. A file that cannot be read and a rule that breaks never lose the rest."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import partial
from math import inf
from pathlib import Path

from auditor import interrupts
from auditor.document import Document, UnreadableFile
from auditor.document.confined import read_confined
from auditor.facts.unread import unread_forms
from auditor.isolation import Budget, Limits, OutOfTime, Pool
from auditor.judge.outcome import Labelling, Outcome, Reviewer
from auditor.pipeline.assisted import read_again, together
from auditor.pipeline.concealed import asked
from auditor.pipeline.coverage import Coverage, coverage
from auditor.pipeline.group import Item, items
from auditor.pipeline.money import Money, money
from auditor.pipeline.otherwise import let_go
from auditor.pipeline.rescore import Between, Rescore, Reviewed, rescore, reviewed, undetermined
from auditor.pipeline.rows import IndicatorRow, MoneyLine, indicator_rows, money_lines
from auditor.pipeline.stake import Stakes
from auditor.pipeline.trust import trusted
from auditor.report import Report, read_reports
from auditor.rules import Result, Settings
from auditor.rules.catalogue import Entry, catalogue
from auditor.values import frozen

Progress = Callable[[str, int, int], None]
Compared = Mapping[str, Sequence[tuple[int, Result]]]
"""By rule code: pairs (position of the report, result)."""
_UNDERSTANDING, _RULES = Fraction(2, 3), Fraction(3, 4)
"""Of the time that is left: what understanding the reports may take, then the rules. The rest is for the memo."""


@frozen
class Failure:
    """A file that was not audited, and why."""

    path: str
    reason: str


@dataclass
class AuditedReport:
    """`items` are what the rules say; `narrative` and `asked` what came of the model step, which
    changes nothing of the rest; `labelling` what came of its help with reading, by which `report`, `items` and
    `coverage` are those of the reading with help, the others those of the plain one."""

    report: Report
    items: list[Item]
    coverage: Coverage
    rescore: Rescore | None
    money: Money
    lines: list[MoneyLine] = field(default_factory=list)
    indicators: list[IndicatorRow] = field(default_factory=list)
    narrative: Outcome | None = None
    labelling: Labelling | None = None
    asked: list[Item] = field(default_factory=list)
    undetermined: dict[str, Between] = field(default_factory=dict)
    reviewed: Reviewed | None = None


@dataclass
class AuditedDocument:
    document: Document
    reports: list[AuditedReport]


@dataclass
class Run:
    """`breakages` names the rules that failed by a fault of this program, one line each."""

    documents: list[AuditedDocument] = field(default_factory=list)
    unreadable: list[Failure] = field(default_factory=list)
    breakages: list[str] = field(default_factory=list)

    @property
    def flagged(self) -> bool:
        """Whether somebody has to look: a finding, a question, or a table that was not read."""
        return any(
            any(unread_forms(report.report))
            or any(item.result.flagged for item in (*report.items, *report.asked))
            for document in self.documents
            for report in document.reports
        )


def run(
    paths: Iterable[str | Path | Document],
    rules: Iterable[Entry],
    settings: Settings | None = None,
    reviewer: Reviewer | None = None,
    progress: Progress | None = None,
    limits: Limits | None = None,
    compared: Compared | None = None,
    seconds: float = inf,
) -> Run:
    """Audits the files, or documents already read, together: some rules compare the reports of one run.

    `reviewer` reads the narratives when the rules are done. `progress` is told the stage, and how
    many of how many files or rules are done. `limits` say what one file may cost. `compared` is what the
    rules that compare reports have found elsewhere, on more reports than these. `seconds` of processor time are left
    for the run, of which each step takes no more than its share.
    """
    with _collector_at_rest(), Pool(limits) as pool:
        checking = _Checking(settings or Settings(), pool.limits, Run(), Budget(seconds), compared)
        return _run(paths, rules, checking, reviewer, progress or _silent, pool)


def _silent(stage: str, done: int, total: int) -> None:
    """Nobody wants to know."""


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """No garbage collection while a run builds its many small objects, hardly any of which die: a
    third of the time of a large file."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _run(
    paths: Iterable[str | Path | Document],
    rules: Iterable[Entry],
    checking: _Checking,
    reviewer: Reviewer | None,
    progress: Progress,
    pool: Pool,
) -> Run:
    outcome, settings = checking.outcome, checking.settings
    opened: list[tuple[Document, list[Report]]] = []
    paths, rules = list(paths), list(rules)
    for done, path in enumerate(paths, 1):
        opened.extend(_open(path, outcome, pool, checking.budget))
        interrupts.check()
        progress("读取", done, len(paths))
    reports = [report for _, own in opened for report in own]
    results = checking.apply(rules, reports, progress)
    labelled = _labelled(reviewer, reports, outcome)
    first = 0
    for document, own in opened:
        found, told = results[first : first + len(own)], labelled[first : first + len(own)]
        first += len(own)
        if document.hidden:
            found = _asked(found, document, rules, checking)
        audited = [_audited(report, one, settings) for report, one in zip(own, found, strict=True)]
        if any(one.labelled for one in told) and not document.hidden:
            _read_with_help(audited, told, found, rules, checking)
        for report, one in zip(audited, told, strict=False):
            report.labelling = one
        outcome.documents.append(AuditedDocument(document, audited))
    if reviewer is not None:
        _review(reviewer, reports, results, _of_all_rules(results, rules, reports, checking), outcome)
    return outcome


def _of_all_rules(
    results: list[list[Result]], rules: list[Entry], reports: list[Report], checking: _Checking
) -> list[list[Result]] | None:
    """What every rule finds that looks at one report; None where all were applied anyway. What a model is asked
    must not depend on which rules were chosen: an answer on file would be lost."""
    chosen = {entry.rule.code for entry in rules}
    others = [entry for entry in catalogue() if not entry.compares_reports and entry.rule.code not in chosen]
    if not others:
        return None
    found = replace(checking, outcome=Run(), compared=None, budgets={}).apply(others, reports, _silent)
    return [[*own, *more] for own, more in zip(results, found, strict=True)]


def _asked(
    results: list[list[Result]],
    document: Document,
    rules: list[Entry],
    checking: _Checking,
) -> list[list[Result]]:
    try:
        seconds = checking.limits.rules(len(document.text))
        return checking.budget.within(seconds, lambda: asked(results, document, rules, checking.settings))
    except Exception as error:
        checking.outcome.breakages.append(f"{document.path}：计入隐藏的内容再核对时出错：{_named(error)}")
        return results


def _labelled(reviewer: Reviewer | None, reports: list[Report], outcome: Run) -> list[Labelling]:
    """Grids that a model tells of what nobody could read; none without a model."""
    if reviewer is None or not any(report.unread_forms for report in reports):
        return []
    try:
        return reviewer.label(reports)
    except Exception as error:
        outcome.breakages.append(f"表格辅助读入时出错，未采用：{_named(error)}")
        return []


def _read_with_help(
    audited: list[AuditedReport],
    told: list[Labelling],
    plain: list[list[Result]],
    rules: list[Entry],
    checking: _Checking,
) -> None:
    """Replaces what is known of the reports of one document by what the grids told of them give, where that is
    more. Reports that are compared are compared as they were read without help."""
    reports = [one.report for one in audited]
    try:
        seconds = checking.limits.reading(len(reports[0].document.text))
        again = checking.budget.within(seconds, lambda: read_again(reports, told))
    except OutOfTime:
        again = None
    except Exception as error:
        checking.outcome.breakages.append(
            f"{reports[0].document.path}：表格辅助读入时出错，未采用：{_named(error)}"
        )
        again = None
    if again is None:
        return
    compared = {entry.rule.code for entry in rules if entry.compares_reports}
    results = checking.apply([entry for entry in rules if not entry.compares_reports], again, _silent)
    for one, report, known, own in zip(audited, again, plain, results, strict=True):
        if report.assisted:
            found = together(known, own, report, lambda result: result.rule.code in compared)
            one.report, one.items = report, items(found, Stakes(report).of)
            one.coverage = coverage(report, found)


def _review(
    reviewer: Reviewer,
    reports: list[Report],
    results: list[list[Result]],
    every: list[list[Result]] | None,
    outcome: Run,
) -> None:
    """The model step. It sees copies of the results, and adds to the reports beside them."""
    copies = [list(own) for own in results]
    try:
        narratives = reviewer(reports, copies) if every is None else reviewer(reports, copies, every)
    except Exception as error:
        narratives = [Outcome(status=f"内部错误（{_named(error)}）") for _ in reports]
    audited = (report for document in outcome.documents for report in document.reports)
    for one, narrative in zip(audited, narratives, strict=True):
        one.narrative = narrative
        one.asked = items([*narrative.results, *narrative.ticks], Stakes(one.report).of)
        if narrative.ticks:
            found = [item.result for item in (*one.items, *one.asked)]
            one.coverage = coverage(one.report, found)


def unread_narratives(outcome: Run) -> list[str]:
    """One line for each reason why a model's review is missing or cut short, with the reports it befell."""
    by_reason: dict[str, list[str]] = {}
    for document in outcome.documents:
        for number, report in enumerate(document.reports, 1):
            told = report.narrative
            if told is not None and not told.done:
                name = document.document.path + (f" 第{number}份" if len(document.reports) > 1 else "")
                by_reason.setdefault(told.status, []).append(name)
    return [
        f"叙述未经模型完整审读（{'、'.join(names[:5])}{f' 等 {len(names)} 份' if len(names) > 5 else ''}）：{why}"
        for why, names in by_reason.items()
    ]


def _open(
    path: str | Path | Document, outcome: Run, pool: Pool, budget: Budget
) -> Iterator[tuple[Document, list[Report]]]:
    """The documents at `path`, an archive's one by one; what cannot be read is noted in `outcome`."""
    name = path.path if isinstance(path, Document) else str(path)
    try:
        for found in [path] if isinstance(path, Document) else read_confined([path], pool):
            if isinstance(found, UnreadableFile):
                outcome.unreadable.append(Failure(found.path, found.reason))
            else:
                name = found.path
                seconds = pool.limits.reading(len(found.text))
                own = budget.part(seconds, _UNDERSTANDING)
                yield found, own.within(seconds, partial(read_reports, found))
    except OutOfTime:
        outcome.unreadable.append(Failure(name, "报告太长或结构异常，读懂它用时过长，已放弃，本文件未审核"))
    except Exception as error:
        outcome.unreadable.append(Failure(name, f"读取时发生内部错误（{_named(error)}），本文件未审核"))


@dataclass
class _Checking:
    """Passes of the rules over reports, within the time that they may take together on each file."""

    settings: Settings
    limits: Limits
    outcome: Run
    budget: Budget
    compared: Compared | None = None
    budgets: dict[int, Budget] = field(default_factory=dict)

    def apply(self, rules: list[Entry], reports: list[Report], progress: Progress) -> list[list[Result]]:
        """Results by position of the report."""
        results: list[list[Result]] = [[] for _ in reports]
        for done, entry in enumerate(sorted(rules, key=lambda entry: entry.looks_last), 1):
            for positions in _batches(entry, len(reports)):
                batch = [reports[position] for position in positions]
                told = [results[position] for position in positions]
                for at, result in self._results(entry, batch, told):
                    if (kept := let_go(result, batch[at])) is not None:
                        results[positions[at]].append(trusted(kept, batch[at]))
            interrupts.check()
            progress("核对", done, len(rules))
        return results

    def _results(
        self, entry: Entry, batch: list[Report], before: list[list[Result]]
    ) -> Sequence[tuple[int, Result]]:
        """What the rule says; where it broke or took too long, what it had said by then, and that it did."""
        if entry.compares_reports and self.compared is not None:
            return self.compared.get(entry.rule.code, ())
        rule, told = entry.rule, list[tuple[int, Result]]()

        def work() -> None:
            for one in entry.check(batch, self.settings, before):
                told.append(one)

        seconds = sum(self.limits.rule(len(report.document.text)) for report in batch)
        budget = self.budget if entry.compares_reports else self._of_rules(batch[0].document)
        try:
            budget.within(seconds, work)
            return told
        except OutOfTime:
            key = "用时过长"
            reason = f"规则 {rule.code}（{rule.title}）核对用时过长，已放弃，本项未核验。"
        except Exception as error:
            key = "内部错误"
            reason = f"规则 {rule.code}（{rule.title}）内部错误：{_named(error)}，本项未核验。"
        self.outcome.breakages.append(f"{batch[0].document.path}：{reason}")
        told.extend((at, rule.not_assessable(reason, key=(key,))) for at in range(len(batch)))
        return told

    def _of_rules(self, document: Document) -> Budget:
        """What all rules together may take on the reports of one document."""
        if id(document) not in self.budgets:
            self.budgets[id(document)] = self.budget.part(self.limits.rules(len(document.text)), _RULES)
        return self.budgets[id(document)]


def _batches(entry: Entry, count: int) -> Iterator[list[int]]:
    """Positions of the reports that the rule sees together."""
    if entry.compares_reports and count:
        yield list(range(count))
    else:
        yield from ([position] for position in range(count))


def _named(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:200]


def _audited(report: Report, results: list[Result], settings: Settings) -> AuditedReport:
    found = items(results, Stakes(report).of)
    return AuditedReport(
        report,
        found,
        coverage(report, results),
        rescore(report, found, settings),
        money(report),
        money_lines(report),
        indicator_rows(report, found),
        undetermined=undetermined(report, found),
        reviewed=reviewed(report),
    )
