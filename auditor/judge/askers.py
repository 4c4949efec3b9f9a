"""From `--llm replay` or `--llm live` to somebody who reads narratives. Imports what is needed, when it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count
from typing import Literal

from auditor.document import Document
from auditor.judge.call import Asker, Call, Usage
from auditor.judge.codes import CODES
from auditor.judge.cost import cost
from auditor.judge.endpoint import ModelSettings
from auditor.judge.outcome import Labelling, Outcome
from auditor.judge.places import own as own_folder
from auditor.report import Report
from auditor.rules import Result

LOG = "sent.jsonl"
"""The log of what was sent where, in the run's folder of cassettes."""


class NoModel(Exception):
    """The model step cannot be set up as wished; one line in Chinese."""


@dataclass
class ModelReviewer:
    """An asker with everything that a review needs besides the reports.

    progress  told how many reports of how many are done
    told      one line on what the run has cost, "" where nothing was sent
    unknown   why unmasked questions cannot have an answer (`review`)
    """

    asker: Asker
    settings: ModelSettings
    codes: Sequence[str] = CODES
    refuse: Callable[[Document], str | None] | None = None
    workers: int = 1
    progress: Callable[[int, int], None] | None = None
    told: Callable[[], str] = lambda: ""
    unknown: Callable[[Sequence[Call]], list[str]] | None = None

    def __call__(
        self, reports: list[Report], results: list[list[Result]], every: list[list[Result]] | None = None
    ) -> list[Outcome]:
        from auditor.judge.review import review

        done = count(1)

        def progress() -> None:
            if self.progress is not None:
                self.progress(next(done), len(reports))

        return review(
            reports, results, self.asker, self.settings,
            codes=self.codes, refuse=self.refuse, workers=self.workers, progress=progress, unknown=self.unknown,
            every=every,
        )  # fmt: skip

    def label(self, reports: list[Report]) -> list[Labelling]:
        """Grids of the stretches that nobody could read; a report that must not be sent is asked nothing."""
        if not any(report.unread_forms for report in reports):
            return [Labelling() for _ in reports]
        from auditor.judge.mask import Masker
        from auditor.judge.reading import label
        from auditor.judge.review import knowledge

        people = cache(lambda: knowledge(reports))

        def one(at: int) -> Labelling:
            report = reports[at]
            if self.refuse is not None and self.refuse(report.document) is not None:
                return Labelling()
            return label(
                report, self.asker, self.settings,
                lambda: Masker(report.document.text, people()[at]), self.unknown,
            )  # fmt: skip

        return [one(at) for at in range(len(reports))]


def reviewer(
    mode: Literal["replay", "live"],
    settings: ModelSettings | None = None,
    codes: Sequence[str] = CODES,
    record: bool = True,
) -> ModelReviewer:
    """Replayed answers, or a live endpoint's where none is recorded. Raises `NoModel`."""
    settings = settings or ModelSettings()
    if settings.prompts:
        from auditor.judge.prompt import BadPrompt, chosen

        try:
            chosen(settings.prompts)
        except BadPrompt as error:
            raise NoModel(f"提示词文件夹用不了：{error}") from None
    return _replaying(settings, codes) if mode == "replay" else _live(settings, codes, record)


def _replaying(settings: ModelSettings, codes: Sequence[str]) -> ModelReviewer:
    from auditor.judge.cassette import Replayer, folders

    replayer = Replayer(folders(own_folder(settings.cassettes)))
    return ModelReviewer(replayer, settings, codes, unknown=replayer.unknown)


def _live(settings: ModelSettings, codes: Sequence[str], record: bool) -> ModelReviewer:
    if settings.name == ModelSettings.name:
        raise NoModel("没有指定模型：用 --model 或在 auditor.toml 的 [model] 下写 name")
    from auditor.judge.cassette import Cassettes, Replayer, folders
    from auditor.judge.client import LiveAsker
    from auditor.judge.log import SentLog
    from auditor.judge.secrecy import refusal

    own = own_folder(settings.cassettes)
    asker = LiveAsker(
        settings,
        record=Cassettes(own) if record else None,
        known=Replayer(folders(own)),
        log=SentLog(own / LOG, settings.log_text),
    )

    def told() -> str:
        tally = asker.tally
        usage = Usage(tally.prompt_tokens, tally.completion_tokens)
        price = cost(usage, settings)
        return (
            f"叙述审读：提问 {tally.calls} 次，其中 {tally.recorded} 次已有录下的回答；发出请求 {tally.requests} 次"
            f"（重试 {tally.retries} 次），得到回答 {tally.answered} 次，失败 {tally.failed} 次；"
            f"输入 {usage.prompt_tokens}、输出 {usage.completion_tokens} 个词元"
            + (f"，费用 {price}" if price else "")
            + (f"；有 {tally.unrecorded} 条回答写不进 {own}，已采用但未录下" if tally.unrecorded else "")
        )

    return ModelReviewer(
        asker, settings, codes, lambda document: refusal(document, asker.endpoint), max(1, settings.concurrency),
        told=told,
    )  # fmt: skip
