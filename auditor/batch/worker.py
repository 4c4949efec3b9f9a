"""One file audited from bytes to memo: in a worker, or here where that is as safe."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from math import inf

from auditor.api import Plan
from auditor.batch.order import Done, Order
from auditor.document import Document, UnreadableFile
from auditor.document.open import read_all, read_packed
from auditor.isolation import extend, processor_left
from auditor.judge.endpoint import ModelSettings
from auditor.memo import WRITERS, Material
from auditor.memo.build import assembled, documents
from auditor.memo.decisions import Records, put_beside
from auditor.memo.twins import Repeats, Twins, marks, repeats
from auditor.pipeline import Compared, Failure, Run, run, unread_narratives

PLACE = "auditor.batch.worker:audited"
_SHOWING = ("html", "sarif", "docx", "letter")
"""Formats that show the document itself."""
_WAIT = 4
"""Seconds by the clock for one of processor time: others work on the machine too."""


def audited(
    path: str,
    data: bytes | UnreadableFile | None,
    order: Order,
    alone: bool = False,
    compared: Mapping[int, Compared] | None = None,
    again: Mapping[int, Repeats] | None = None,
) -> Iterator[Done]:
    """What came of each document of the file, in order. `alone`: no other file is in the run, so that its
    reports are compared here; otherwise `compared` is what was found elsewhere and `again` which reports other files
    have brought before, both by number of the document."""
    if isinstance(data, UnreadableFile):
        yield _failed(data)
        return
    found = read_all(path) if data is None else read_packed(data, path)
    most = inf if data is None else order.limits.reading(len(data))
    if alone:
        yield from _together(list(found), order, most)
        return
    for number, one in enumerate(found):
        if isinstance(one, UnreadableFile):
            yield _failed(one)
        else:
            outcome = outcome_of([one], order, (compared or {}).get(number, {}), most)
            yield from _done(outcome, order, [(again or {}).get(number, {})])


def _together(found: list[Document | UnreadableFile], order: Order, most: float) -> Iterator[Done]:
    outcome = outcome_of([one for one in found if isinstance(one, Document)], order, None, most)
    done = {one.path: one for one in _done(outcome, order)}
    for one in found:
        yield _failed(one) if isinstance(one, UnreadableFile) else done[one.path]


def asked(outcome: Run, order: Order) -> list[Done]:
    """What came of a run whose narratives were sent to a model, which is one matter for all files."""
    seen = Twins()
    return list(_done(outcome, order, [repeats(seen.see(marks(one))) for one in documents(outcome)]))


def _failed(error: UnreadableFile) -> Done:
    return Done(error.path, Failure(error.path, error.reason))


def outcome_of(found: list[Document], order: Order, compared: Compared | None, most: float = inf) -> Run:
    """The documents audited. `compared` as the pipeline takes it: None compares their reports here. The first of them
    may use `most` processor seconds, in a worker what reading it has left; the others as much each as any file."""
    seconds = min(most, processor_left()) + float(order.limits.seconds) * (len(found) - 1)
    extend(_WAIT * order.limits.rules(sum(len(one.text) for one in found)))
    plan = planned(order)
    return run(
        found,
        plan.rules,
        order.settings,
        plan.reviewer,
        limits=order.limits,
        compared=compared,
        seconds=seconds,
    )


@lru_cache(maxsize=1)
def planned(order: Order) -> Plan:
    """The rules of the run, worked out once for each process."""
    return order.plan()


def _done(outcome: Run, order: Order, again: Sequence[Repeats] = ()) -> Iterator[Done]:
    for failure in outcome.unreadable:
        yield Done(failure.path, failure, breakages=outcome.breakages)
    for at, (audited_document, told) in enumerate(zip(outcome.documents, documents(outcome), strict=True)):
        document = audited_document.document
        single = Run([audited_document])
        breakages = outcome.breakages + (_missing(single, order.model) if order.mode == "replay" else [])
        done = Done(document.path, told=told, marks=marks(told), breakages=breakages, flagged=single.flagged)
        outcome.breakages = []  # said once
        reports = [one.report for one in audited_document.reports]
        for entry in planned(order).rules:
            if entry.compares_reports:
                done.extracts[entry.rule.code] = [entry.extract(report) for report in reports]
        if order.apart:
            _write(done, document, order, again[at] if again else {})
        elif order.format in _SHOWING:
            done.document = document
        yield done


def _missing(outcome: Run, model: ModelSettings) -> list[str]:
    """One line on a review that is not on file, or only a part of it. Where nobody has named a model, that nothing
    is on file is no news."""
    narratives = [report.narrative for document in outcome.documents for report in document.reports]
    begun = any(one is not None and one.answers and not one.done for one in narratives)
    return unread_narratives(outcome) if begun or model.is_named else []


def _write(done: Done, document: Document, order: Order, again: Repeats) -> None:
    """The memo on one document alone, and what belongs to it: its reports go by their numbers in the file."""
    assert done.told is not None
    for at, report in enumerate(done.told.reports):
        report.number = report.index
        report.repeats = again.get(at, "")
    memo = assembled([done.told], [], order.mode, planned(order).reason)
    put_beside(memo, [document.path], Records(order.decisions))
    material = Material(
        memo,
        [document],
        order.template,
        done.said.append,
        order.with_working_paper,
        order.every_tick,
        order.in_force(),
    )
    writer = WRITERS[order.format]
    done.content = writer(material)
    if writer.beside and not order.with_working_paper:
        done.beside = WRITERS[writer.beside](material)
