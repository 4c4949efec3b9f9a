"""Files in, audited reports out. A file that cannot be read and a rule that breaks never lose the rest."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from auditor.document import Document, UnreadableFile, read_all
from auditor.judge.outcome import Outcome, Reviewer
from auditor.pipeline.concealed import asked
from auditor.pipeline.coverage import Coverage, coverage
from auditor.pipeline.group import Item, items
from auditor.pipeline.money import Money, money
from auditor.pipeline.rescore import Rescore, rescore
from auditor.pipeline.rows import IndicatorRow, MoneyLine, indicator_rows, money_lines
from auditor.pipeline.stake import Stakes
from auditor.pipeline.trust import trusted
from auditor.report import Report, read_reports
from auditor.rules import Result, Settings
from auditor.rules.catalogue import Entry

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Failure:
    """A file that was not audited, and why."""

    path: str
    reason: str


@dataclass
class AuditedReport:
    """`items` are what the rules say; `narrative` and `asked` what came of the model step, which
    changes nothing of the rest."""

    report: Report
    items: list[Item]
    coverage: Coverage
    rescore: Rescore | None
    money: Money
    lines: list[MoneyLine] = field(default_factory=list)
    indicators: list[IndicatorRow] = field(default_factory=list)
    narrative: Outcome | None = None
    asked: list[Item] = field(default_factory=list)


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
            report.report.unread_forms or any(item.result.flagged for item in (*report.items, *report.asked))
            for document in self.documents
            for report in document.reports
        )


def run(
    paths: Iterable[str | Path | Document],
    rules: Iterable[Entry],
    settings: Settings | None = None,
    reviewer: Reviewer | None = None,
    progress: Progress | None = None,
) -> Run:
    """Audits the files, or documents already read, together: some rules compare the reports of one run.

    `reviewer` reads the narratives when the rules are done. `progress` is told the stage, and how
    many of how many files or rules are done.
    """
    with _collector_at_rest():
        return _run(paths, rules, settings or Settings(), reviewer, progress or _silent)


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
    settings: Settings,
    reviewer: Reviewer | None,
    progress: Progress,
) -> Run:
    outcome = Run()
    opened: list[tuple[Document, list[Report]]] = []
    paths, rules = list(paths), list(rules)
    for done, path in enumerate(paths, 1):
        opened.extend(_open(path, outcome))
        progress("读取", done, len(paths))
    reports = [report for _, own in opened for report in own]
    results = _apply(rules, reports, settings, outcome, progress)
    position = iter(range(len(reports)))
    for document, own in opened:
        found = [results[next(position)] for _ in own]
        if document.hidden:
            found = _asked(found, document, rules, settings, outcome)
        audited = [_audited(report, one, settings) for report, one in zip(own, found, strict=True)]
        outcome.documents.append(AuditedDocument(document, audited))
    if reviewer is not None:
        _review(reviewer, reports, results, outcome)
    return outcome


def _asked(
    results: list[list[Result]], document: Document, rules: list[Entry], settings: Settings, outcome: Run
) -> list[list[Result]]:
    try:
        return asked(results, document, rules, settings)
    except Exception as error:
        outcome.breakages.append(f"{document.path}：计入隐藏的内容再核对时出错：{_named(error)}")
        return results


def _review(reviewer: Reviewer, reports: list[Report], results: list[list[Result]], outcome: Run) -> None:
    """The model step. It sees copies of the results, and adds to the reports beside them."""
    try:
        narratives = reviewer(reports, [list(own) for own in results])
    except Exception as error:
        narratives = [Outcome(status=f"内部错误（{_named(error)}）") for _ in reports]
    audited = (report for document in outcome.documents for report in document.reports)
    for one, narrative in zip(audited, narratives, strict=True):
        one.narrative, one.asked = narrative, items(narrative.results)


def _open(path: str | Path | Document, outcome: Run) -> Iterator[tuple[Document, list[Report]]]:
    """The documents at `path`, an archive's one by one; what cannot be read is noted in `outcome`."""
    name = path.path if isinstance(path, Document) else str(path)
    try:
        for found in [path] if isinstance(path, Document) else read_all(path):
            if isinstance(found, UnreadableFile):
                outcome.unreadable.append(Failure(found.path, found.reason))
            else:
                name = found.path
                yield found, read_reports(found)
    except Exception as error:
        outcome.unreadable.append(Failure(name, f"读取时发生内部错误（{_named(error)}），本文件未审核"))


def _apply(
    rules: list[Entry], reports: list[Report], settings: Settings, outcome: Run, progress: Progress
) -> list[list[Result]]:
    """Results by position of the report."""
    results: list[list[Result]] = [[] for _ in reports]
    for done, entry in enumerate(rules, 1):
        for positions in _batches(entry, len(reports)):
            try:
                batch = [reports[position] for position in positions]
                for at, result in entry.check(batch, settings):
                    results[positions[at]].append(trusted(result, batch[at]))
            except Exception as error:
                rule = entry.rule
                reason = f"规则 {rule.code}（{rule.title}）内部错误：{_named(error)}，本项未核验。"
                for position in positions:
                    results[position].append(rule.not_assessable(reason, key=("内部错误",)))
                outcome.breakages.append(f"{reports[positions[0]].document.path}：{reason}")
        progress("核对", done, len(rules))
    return results


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
    )
