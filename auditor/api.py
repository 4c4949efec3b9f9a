"""The auditor as a Python function."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from auditor.document import UnreadableFile
from auditor.document.confined import job, read_confined
from auditor.isolation import Limits, Pool
from auditor.judge.askers import ModelReviewer, NoModel, reviewer
from auditor.judge.codes import CODES
from auditor.judge.endpoint import ModelSettings
from auditor.memo import Memo, build
from auditor.memo.decisions import Records
from auditor.pipeline import run
from auditor.rules import Settings
from auditor.rules.catalogue import Entry, chosen, selected
from auditor.values import frozen

if TYPE_CHECKING:
    from auditor.memo.reading import Reading
    from auditor.recheck import Recheck

__all__ = ["Mode", "NoModel", "Plan", "Understood", "audit", "plan", "recheck", "text_of", "understood"]

Mode = Literal["off", "replay", "live"]


@frozen
class Plan:
    """What a run will do. `reason` says why no narrative will be read although a model was wanted."""

    rules: list[Entry]
    reviewer: ModelReviewer | None = None
    reason: str = ""


def plan(
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    llm: Mode = "off",
    model: ModelSettings | None = None,
    record: bool = True,
) -> Plan:
    """Rules and reader of narratives for these codes and prefixes.

    Raises `ValueError` for a code that fits nothing, `NoModel`.
    """
    wanted, unwanted = tuple(select), tuple(ignore)
    rules = selected(wanted, unwanted, CODES)
    questions = [code for code in CODES if chosen(code, wanted, unwanted)]
    if llm == "off" or not questions:
        return Plan(rules, reason="" if llm == "off" else "没有选用模型的问题")
    return Plan(rules, reviewer(llm, model, questions, record))


def audit(
    *paths: str | Path,
    settings: Settings | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    llm: Mode = "off",
    model: ModelSettings | None = None,
    decisions: Path | None = None,
    limits: Limits | None = None,
) -> Memo:
    """The memo on one report file or on several that are compared with each other.

    `select` and `ignore` take rule codes and prefixes; `settings` a bureau's thresholds, `model`
    what it set about the model (`auditor.config.load()` reads both from auditor.toml). `llm` is
    "off", "replay" (recorded answers, nothing is sent) or "live". `decisions` is the file that keeps
    what people decided on findings; without it, the files beside the reports are looked at. `limits` are
    the time and memory that one file may take.
    Raises `auditor.document.UnreadableFile` for a file that cannot be audited, `ValueError` for
    a code that fits no rule, `NoModel`, `auditor.memo.decisions.DecisionsError`.
    """
    wanted = plan(select, ignore, llm, model)
    records = Records(decisions)
    outcome = run(paths, wanted.rules, settings, wanted.reviewer, limits=limits)
    for failure in outcome.unreadable:
        raise UnreadableFile(failure.path, failure.reason)
    return build(outcome, llm, wanted.reason, records)


def recheck(
    old: str | Path | Sequence[str],
    new: str | Path | Sequence[str],
    settings: Settings | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    decisions: Path | None = None,
    limits: Limits | None = None,
) -> Recheck:
    """Two versions of a report file, or of the files of two folders, side by side: what became of every
    finding of the rules. Reports are paired by project. A file that cannot be read is told, the others are compared.

    Raises as `audit` does, `UnreadableFile` where nothing of a version can be read.
    """
    from auditor.recheck import File, Recheck, compare

    rules = plan(select, ignore).rules
    records = Records(decisions)
    sides = [[one] if isinstance(one, str | Path) else list(one) for one in (old, new)]
    records.preload([path for side in sides for path in side])
    outcomes = [run(side, rules, settings, limits=limits) for side in sides]
    for outcome in outcomes:
        for failure in outcome.unreadable if not outcome.documents else ():
            raise UnreadableFile(failure.path, failure.reason)
    before, after = (build(outcome, decisions=records) for outcome in outcomes)
    return Recheck(
        tool=after.tool,
        old=[File.model_validate(one, from_attributes=True) for one in before.documents],
        new=[File.model_validate(one, from_attributes=True) for one in after.documents],
        reports=compare(outcomes[0].documents, outcomes[1].documents, before, after),
        unreadable=[*before.unreadable, *after.unreadable],
    )


@dataclass
class Understood:
    """What was read of some files, and one line for each that could not be read or drawn."""

    readings: list[Reading] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def text(self, form: Literal["md", "json"] | str) -> str:
        """As a page, or as JSON: {"documents": […]}."""
        if form == "json":
            inner = ",\n".join(one.model_dump_json(indent=1) for one in self.readings)
            return f'{{"documents": [{inner}]}}\n'
        from auditor.memo.reading import described

        return described(self.readings) if self.readings else ""


def text_of(path: str | Path, limits: Limits | None = None) -> str:
    """What was read of a file that holds one document. Raises `UnreadableFile`."""
    with Pool(limits) as pool:
        found = list(read_confined([path], pool))
    if len(found) != 1:
        raise UnreadableFile(str(path), f"压缩包里有 {len(found)} 个文件，请解压后指定其中一个")
    if isinstance(found[0], UnreadableFile):
        raise found[0]
    return found[0].text


def understood(
    paths: Iterable[str | Path], drawn_into: Path | None = None, limits: Limits | None = None
) -> Understood:
    """What the reader makes of the files, before any rule; with pictures of the recognised tables."""
    from auditor.memo.reading import reading

    told = Understood()
    with Pool(limits) as pool:
        for path in paths:
            for found in read_confined([path], pool):
                if isinstance(found, UnreadableFile):
                    told.problems.append(str(found))
                else:
                    told.readings.append(reading(found))
            if drawn_into is not None:
                told.problems += _draw(path, drawn_into, pool)
    return told


def _draw(path: str | Path, folder: Path, pool: Pool) -> list[str]:
    answers = pool.ask(job("auditor.document.confined:drawn", path, folder))
    return [*answers.items, *([f"{path}：画图时{answers.stopped}"] if answers.stopped else [])]
