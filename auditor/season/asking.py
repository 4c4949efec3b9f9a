"""Audits whose narratives are sent to a model: files are opened in confined workers, the model is asked from here.

The questions of several files are asked side by side. An answer is on the disk before it is used, so that a run that
goes on after a break asks nothing twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from auditor.batch import Order
from auditor.isolation import Answers, Job, Pool
from auditor.pipeline import AuditedDocument, Run, run
from auditor.season.worker import Opened, Told, told

_OPENED = "auditor.season.worker:opened"
_TOGETHER = 16
"""Files whose questions are asked side by side."""


class Asking:
    """An engine of a run (`auditor.season.run.Engine`) over the workers of `pool`. To be used as a context.

    `unanswered` are reasons why reports were not read in full, each with how many reports that befell.
    """

    def __init__(self, order: Order, pool: Pool) -> None:
        """Raises `ValueError`, `NoModel`."""
        self._order, self._plan, self._pool = order, order.plan(), pool
        self.count = pool.count
        self.unanswered: dict[str, int] = {}

    def __enter__(self) -> Asking:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def run(self, jobs: Iterable[Job]) -> Iterator[Answers]:
        """The answers to each job, in the order of the jobs."""
        coming = iter(jobs)
        while batch := list(islice(coming, _TOGETHER)):
            found = list(self._pool.run(_opening(job) for job in batch))
            audited = self._audited(one for answer in found for one in answer.items)
            for answer in found:
                yield replace(answer, items=[audited.get(id(one), one) for one in answer.items])

    def _audited(self, found: Iterable[Told | Opened]) -> dict[int, Told]:
        """What came of each document, by the identity of what was opened."""
        opened = {id(one.document): one for one in found if isinstance(one, Opened)}
        outcome = run(
            [one.document for one in opened.values()], self._plan.rules, self._order.settings, self._plan.reviewer,
            limits=self._order.limits, compared={},
        )  # fmt: skip
        for one in outcome.documents:
            for report in one.reports:
                if report.narrative is not None and not report.narrative.done:
                    why = report.narrative.status
                    self.unanswered[why] = self.unanswered.get(why, 0) + 1
        audited = {id(one.document): one for one in outcome.documents}
        return {id(one): _told(one, audited.get(at), outcome) for at, one in opened.items()}

    def told(self) -> Iterator[str]:
        """What was asked and what it has cost; what could not be asked or was not answered."""
        if self._plan.reviewer is not None and (line := self._plan.reviewer.told()):
            yield line
        for why, count in self.unanswered.items():
            yield f"叙述未经模型完整审读：{count} 份报告：{why}"

    def close(self) -> None:
        """Ends the workers."""
        self._pool.close()


def _opening(job: Job) -> Job:
    """The same file to be opened only: an order of an audit (`confined.job`) without the order."""
    path, data, _, sha256 = job.arguments
    return replace(job, place=_OPENED, arguments=(path, data, sha256))


def _told(one: Opened, audited: AuditedDocument | None, outcome: Run) -> Told:
    breakages = [line for line in outcome.breakages if line.startswith(f"{one.document.path}：")]
    if audited is None:
        lost = [failure for failure in outcome.unreadable if failure.path == one.document.path]
        return told(one.member, Run(unreadable=lost, breakages=breakages))
    return told(one.member, Run([audited], breakages=breakages))
