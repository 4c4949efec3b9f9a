"""What would be asked, without asking: for a look at it, or to carry it to another machine."""

from __future__ import annotations

from dataclasses import dataclass, field

from auditor.judge import prompt
from auditor.judge.call import Call
from auditor.judge.endpoint import Endpoint, ModelSettings
from auditor.judge.mask import Masker
from auditor.judge.outcome import Labelling, Outcome
from auditor.judge.personal import perhaps_names
from auditor.judge.reading import calls as label_calls
from auditor.judge.request import inquiry
from auditor.judge.review import knowledge, unfit
from auditor.judge.secrecy import notices, refusal
from auditor.report import Report
from auditor.rules import Result


@dataclass
class Collector:
    """A reviewer (`auditor.judge.outcome.Reviewer`) that keeps the calls instead of sending them.

    where    the endpoint they are meant for; None when nobody knows
    notices  what a report says of who may see it, which refuses nothing
    people   what may be a name and is sent as it stands, with how often
    refused  why a report is not asked about, by "file 第n份"
    """

    settings: ModelSettings
    where: Endpoint | None
    calls: list[Call] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    notices: dict[str, list[str]] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)

    def __call__(
        self, reports: list[Report], results: list[list[Result]], every: list[list[Result]] | None = None
    ) -> list[Outcome]:
        prompts = prompt.chosen(self.settings.prompts)
        for report, known, people in zip(reports, every or results, knowledge(reports), strict=True):
            name = f"{report.document.path} 第{report.index}份"
            if why := refusal(report.document, self.where):
                self.refused[name] = why
                continue
            asked = inquiry(report, known, self.settings, prompts, Masker(report.document.text, people))
            if unfit(report) or not asked.calls:
                self.refused[name] = "没有可以提问的叙述，或文种不是单位自评报告"
                continue
            if told := notices(report.quote(report.span)):
                self.notices[name] = told
            self.calls.extend(asked.calls)
            self.people.update(perhaps_names(report.quote(report.span), people))
        return [Outcome(status="只导出提问") for _ in reports]

    def label(self, reports: list[Report]) -> list[Labelling]:
        """What would be asked about stretches that nobody could read."""
        for report, people in zip(reports, knowledge(reports), strict=True):
            if not refusal(report.document, self.where) and not unfit(report):
                asked = label_calls(report, self.settings, Masker(report.document.text, people))
                self.calls.extend(call for _, call in asked)
        return [Labelling() for _ in reports]
