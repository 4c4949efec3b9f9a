"""All files of a run in one memo."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from auditor.batch.order import Done
from auditor.batch.stream import Source
from auditor.memo import WRITERS, Material
from auditor.memo.build import assembled
from auditor.memo.decisions import Records, put_beside
from auditor.memo.twins import Repeat, Twins
from auditor.memo.wording import is_letter, summed
from auditor.pipeline import Failure


@dataclass
class Together:
    """What came of all files, in their order."""

    done: list[Done] = field(default_factory=list)

    @property
    def unreadable(self) -> list[Failure]:
        return [one.failure for one in self.done if one.failure is not None]

    @property
    def flagged(self) -> bool:
        return any(one.flagged for one in self.done)

    def twins(self) -> Iterator[Repeat]:
        """What was handed in twice, as the memo has it: known once that is made."""
        seen = Twins()
        for one in self.done:
            if one.marks is None or one.told is None:
                continue
            for again in seen.see(one.marks):
                at = tuple(at for at in again.at if one.told.reports[at].repeats)
                if at:
                    yield again._replace(at=at)

    def summed(self) -> str:
        """How much was found, in words."""
        told = [one.told for one in self.done if one.told is not None]
        every = [report for document in told for report in document.reports]
        own = [report for report in every if not report.repeats]
        counts = [report.counts for report in own if not is_letter(report)]
        return summed(len(told), counts, len(own) - len(counts), len(every) - len(own))

    def files(
        self, source: Source, reason: str, records: Records, say: Callable[[str], None]
    ) -> Iterator[tuple[str, str | bytes]]:
        """The memo in the format of the order, and the second file that belongs to it, each with the end
        of its name ("" for the name as it is); nothing where nothing could be read.

        Raises `DecisionsError`, `MissingExtra`.
        """
        told = [(one, one.told) for one in self.done if one.told is not None]
        if not told:
            return
        order = source.order
        memo = assembled([each for _, each in told], self.unreadable, order.mode, reason)
        put_beside(memo, [one.path for one, _ in told], records)
        shown = [one.document for one, _ in told if one.document is not None]
        writer = WRITERS[order.format]
        material = Material(
            memo, shown, order.template, say, order.with_working_paper, order.every_tick, order.in_force()
        )
        yield "", writer(material)
        if writer.beside and not order.with_working_paper:
            second = WRITERS[writer.beside]
            yield f"-工作底稿{second.suffix}", second(material)


def together(source: Source) -> Together:
    """Waits for all files."""
    by_file = dict(source.first())
    by_file.update(source.amended())
    return Together([one for at in sorted(by_file) for one in by_file[at]])
