"""Help with reading: a stretch of the page that no reader took is offered to a model for labelling.

The model tells where cells end, which make a row and what a column holds; it is asked for no number. What it
tells is verified character by character (`auditor.report.labelled`) and weighed like any other way to read the
stretch; a stretch without an answer stays unread.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from auditor.compiled import compiled
from auditor.document import View
from auditor.judge import prompt
from auditor.judge.answer import digest, thoughtless
from auditor.judge.call import Asker, Call, NoAnswer
from auditor.judge.endpoint import ModelSettings
from auditor.judge.outcome import Labelling
from auditor.judge.prompt import BadPrompt, PromptFile
from auditor.judge.request import Mask, Unmasked
from auditor.judge.review import unfit
from auditor.judge.sheet import Line, fence, placed
from auditor.judge.tokens import tokens
from auditor.report import Report
from auditor.report.labelled import Refused, Stretch, Told, verified
from auditor.report.offered import unread_stretches
from auditor.values import frozen

NOT_READABLE = "回答里没有行列"
_MOST_STRETCHES = 4
_LONGEST_ANSWER = 100_000
_MOST_ROWS, _MOST_CELLS = 400, 60
_DEEP = compiled(r"(?:[\[{]\s*){12}")


@frozen
class Frame:
    """The words of the request. `identity` names version and exact words."""

    file: PromptFile
    schema: dict[str, Any]
    identity: str

    @property
    def instructions(self) -> str:
        parts = self.file.parts
        return self.file.fill("system", lines=parts["lines"], answer=parts["answer"])


@lru_cache(maxsize=4)
def load(folder: Path | None = None) -> Frame:
    """The prompt in `folder`, or the one that travels with the program; its example is verified.
    Raises `BadPrompt`."""
    file, schema = prompt.read(folder, "reading.md")
    written = json.dumps([file.parts, schema], ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(written.encode()).hexdigest()[:8]
    frame = Frame(file, schema, f"{file.front['id']}@{file.front['version']}-{digest}")
    try:
        verified(_example(file.parts["lines"]), tables(file.parts["answer"]))
    except (Refused, KeyError) as error:
        raise BadPrompt(f"{file.name}: the example would be refused ({error})") from None
    return frame


def _example(text: str) -> Stretch:
    return Stretch(View(text, ((0, 0),)).span(), ((View(text, ((0, 0),)),),))


def calls(report: Report, settings: ModelSettings, mask: Mask) -> list[tuple[Stretch, Call]]:
    """What is asked about a report: one question for each stretch, none for one that is all read."""
    frame = load(Path(settings.prompts) if settings.prompts else None)
    return [(one, _call(one, settings, frame, mask)) for one in unread_stretches(report)[:_MOST_STRETCHES]]


def _call(stretch: Stretch, settings: ModelSettings, frame: Frame, mask: Mask) -> Call:
    text, places = placed((Line(0, views) for views in stretch.lines), numbered=False)
    shown = mask.mask(text, places)
    content = frame.file.fill("text", fence=fence(shown), lines=shown)
    most = max(settings.max_output, 400 + 3 * tokens(shown))
    return Call(
        model=settings.name,
        messages=(
            {"role": "system", "content": frame.instructions},
            {"role": "user", "content": content},
        ),
        schema=frame.schema,
        parameters={"temperature": 0, "max_tokens": most},
        prompt=frame.identity,
    )


def label(
    report: Report,
    asker: Asker,
    settings: ModelSettings,
    mask: Callable[[], Mask],
    unknown: Callable[[Sequence[Call]], list[str]] | None = None,
) -> Labelling:
    """Asks about each unread stretch of the report. Never raises for what a model answers.

    `mask` makes what hides people, where something is sent; `unknown` says, sending nothing, why none of the
    unmasked questions can have an answer (`auditor.judge.review`).
    """
    found = Labelling()
    if not report.unread_forms or unfit(report):
        return found
    if unknown is not None and unknown([call for _, call in calls(report, settings, Unmasked())]):
        return found
    hidden = mask()
    for stretch, call in calls(report, settings, hidden):
        found.offered += 1
        try:
            answer = asker.ask(call).text
            found.prompt = call.prompt
            found.answers.append(digest(answer))
            told = tables(thoughtless(answer[:_LONGEST_ANSWER]))
            found.labelled.append(verified(stretch, [_unmasked(one, hidden) for one in told]))
        except NoAnswer as error:
            found.failed.append(error.reason)
        except Refused as error:
            found.refused.append(str(error))
    return found


def _unmasked(told: Told, mask: Mask) -> Told:
    return Told(told.columns, tuple(tuple(mask.unmask(cell) for cell in row) for row in told.rows))


def tables(text: str) -> list[Told]:
    """The grid of an answer, in whatever wrapper. Raises `Refused`."""
    starts = [at for at in (text.find("{"), text.find("[")) if at >= 0]
    if not starts or _DEEP.search(text):
        raise Refused(NOT_READABLE)
    try:
        whole, _ = json.JSONDecoder().raw_decode(text, min(starts))
    except (ValueError, RecursionError):
        import json_repair

        whole = json_repair.loads(text[min(starts) :])
    if isinstance(whole, dict):
        whole = next((whole[key] for key in ("tables", "表", "表格") if key in whole), [whole])
    if not isinstance(whole, list):
        raise Refused(NOT_READABLE)
    if whole and all(isinstance(row, list) for row in whole):
        whole = [{"columns": [], "rows": whole}]
    return [_table(one) for one in whole]


def _table(one: Any) -> Told:
    if not isinstance(one, dict):
        raise Refused(NOT_READABLE)
    rows = next((one[key] for key in ("rows", "行") if key in one), None)
    columns = next((one[key] for key in ("columns", "列") if key in one), None) or []
    if not isinstance(rows, list) or not isinstance(columns, list) or len(rows) > _MOST_ROWS:
        raise Refused(NOT_READABLE)
    return Told(_cells(columns), tuple(map(_cells, rows)))


def _cells(row: Any) -> tuple[str, ...]:
    if not isinstance(row, list) or len(row) > _MOST_CELLS:
        raise Refused(NOT_READABLE)
    if any(isinstance(cell, dict | list | bool | float) for cell in row):
        raise Refused(NOT_READABLE)  # a number that is not written as text is not copied: 10.00 is no 10.0
    return tuple("" if cell is None else str(cell) for cell in row)
