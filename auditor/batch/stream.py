"""The files of a run through the pool, in their order; then the rules that compare reports, and the files
again on which those have something to say."""

from __future__ import annotations

import signal
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, Protocol

from auditor import interrupts
from auditor.batch import worker
from auditor.batch.order import Done, Order
from auditor.document.confined import job, small_text
from auditor.isolation import Job, OutOfTime, Pool, within
from auditor.memo.twins import Repeats, Twins, repeats
from auditor.pipeline import Failure, Run
from auditor.rules import Result
from auditor.rules.catalogue import Entry

Progress = Callable[[str, int, int], None]
ByRule = dict[str, list[tuple[int, Result]]]

_FEW = 8
"""So many small texts are done before a worker has started."""


def unheard(stage: str, done: int, total: int) -> None:
    """Nobody wants to know."""


class _Extract(NamedTuple):
    """What a rule compares of a report: of which file, which document in it, which report of that."""

    file: int
    document: int
    report: int
    content: Any


class Source(Protocol):
    """Where the answers of a run come from."""

    files: Sequence[str]
    order: Order
    breakages: list[str]
    known: Mapping[int, list[Done]]

    def first(self) -> Iterator[tuple[int, list[Done]]]:
        """Position of each file with its documents, in order."""

    def amended(self) -> Iterator[tuple[int, list[Done]]]:
        """What has to replace some of them, when all are known."""


@dataclass
class Audited:
    """A run that is over: one whose narratives were sent to a model, for all files together."""

    files: Sequence[str]
    outcome: Run
    order: Order
    breakages: list[str] = field(default_factory=list)
    known: Mapping[int, list[Done]] = field(default_factory=dict)

    def first(self) -> Iterator[tuple[int, list[Done]]]:
        for at, one in enumerate(worker.asked(self.outcome, self.order)):
            interrupts.check()
            self.breakages += one.breakages
            yield at, [one]

    def amended(self) -> Iterator[tuple[int, list[Done]]]:
        yield from ()


@dataclass
class Stream:
    """One run, file by file through the pool. `known` are files that need no audit any more."""

    files: Sequence[str]
    order: Order
    pool: Pool
    progress: Progress = unheard
    breakages: list[str] = field(default_factory=list)
    known: Mapping[int, list[Done]] = field(default_factory=dict)
    _extracts: dict[str, list[_Extract]] = field(default_factory=lambda: defaultdict(list))
    _documents: int = 0
    _seen: Twins = field(default_factory=Twins)
    _again: dict[int, dict[int, Repeats]] = field(default_factory=dict)

    def first(self) -> Iterator[tuple[int, list[Done]]]:
        known = self.known
        here = {} if len(self.files) > _FEW else self._small()
        far = [file for at, file in enumerate(self.files) if at not in known and at not in here]
        answers = self.pool.run(self._job(file) for file in far)
        for at, file in enumerate(self.files):
            if at in known:
                done = known[at]
            elif at in here:
                done = list(worker.audited(file, here[at], self.order, self._alone))
            else:
                answer = next(answers)
                done = [*answer.items, *([_stopped(file, answer.stopped)] if answer.stopped else [])]
            interrupts.check()
            self._gather(at, done)
            self.progress("审核", at + 1, len(self.files))
            yield at, done

    def amended(self) -> Iterator[tuple[int, list[Done]]]:
        """The files again, with what the comparison of all reports says of theirs."""
        if self._alone:
            return
        compared: dict[int, dict[int, ByRule]] = {}
        for entry in self.order.plan().rules:
            if entry.compares_reports:
                interrupts.check()
                extracts = self._extracts[entry.rule.code]
                for at, result in self._compare(entry, extracts):
                    one = extracts[at]
                    of_file = compared.setdefault(one.file, {}).setdefault(one.document, {})
                    of_file.setdefault(entry.rule.code, []).append((one.report, result))
        again = self._again if self.order.apart else {}  # a memo on all files says it itself
        concerned = sorted({*compared, *again})
        jobs = (self._job(self.files[at], compared.get(at, {}), again.get(at)) for at in concerned)
        for number, (at, answer) in enumerate(zip(concerned, self.pool.run(jobs), strict=True), 1):
            interrupts.check()
            self.progress("比对", number, len(concerned))
            if answer.stopped:
                self.breakages.append(f"{self.files[at]}：与其他报告比对时{answer.stopped}，比对结果未写入")
            else:
                yield at, answer.items

    @property
    def _alone(self) -> bool:
        return len(self.files) == 1

    def _small(self) -> dict[int, bytes]:
        """The files that are as safely done in this process."""
        if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
            return {}
        texts = {at: small_text(file) for at, file in enumerate(self.files) if at not in self.known}
        return {at: text for at, text in texts.items() if text is not None}

    def _job(
        self,
        file: str,
        compared: Mapping[int, ByRule] | None = None,
        again: Mapping[int, Repeats] | None = None,
    ) -> Job:
        return job(worker.PLACE, file, self.order, self._alone, compared, again)

    def _gather(self, at: int, done: Sequence[Done]) -> None:
        for number, one in enumerate(done):
            self._documents += 1
            self.breakages += one.breakages
            if one.marks is not None and (told := repeats(self._seen.see(one.marks))):
                self._again.setdefault(at, {})[number] = told
            for code, extracts in one.extracts.items():
                self._extracts[code] += (
                    _Extract(at, number, report, replace(content, document=self._documents))
                    for report, content in enumerate(extracts)
                )

    def _compare(self, entry: Entry, extracts: Sequence[_Extract]) -> Sequence[tuple[int, Result]]:
        rule, told = entry.rule, list[tuple[int, Result]]()

        def work() -> None:
            told.extend(entry.compare([one.content for one in extracts], self.order.settings))

        try:
            within(len(extracts) * self.order.limits.rule(0), work)
            return told
        except OutOfTime:
            reason = f"规则 {rule.code}（{rule.title}）核对用时过长，已放弃，本项未核验。"
        except Exception as error:
            named = " ".join(f"{type(error).__name__}: {error}".split())[:200]
            reason = f"规则 {rule.code}（{rule.title}）内部错误：{named}，本项未核验。"
        self.breakages.append(reason)
        return [(at, rule.not_assessable(reason, key=("未核验",))) for at in range(len(extracts))]


def _stopped(file: str, why: str) -> Done:
    return Done(file, Failure(file, f"审核时{why}"))
