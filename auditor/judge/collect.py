"""What would be asked, without asking: for a look at it, or to carry it to another machine."""

from __future__ import annotations

from dataclasses import dataclass, field

from auditor.judge.call import Call
from auditor.judge.endpoint import Endpoint, ModelSettings
from auditor.judge.outcome import Outcome
from auditor.judge.review import inquiries
from auditor.judge.secrecy import refusal
from auditor.report import Report
from auditor.rules import Result


@dataclass
class Collector:
    """A reviewer (`auditor.judge.outcome.Reviewer`) that keeps the calls instead of sending them.

    where    the endpoint they are meant for; None when nobody knows
    refused  why a report is not asked about, by "file 第n份"
    """

    settings: ModelSettings
    where: Endpoint | None
    calls: list[Call] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)

    def __call__(self, reports: list[Report], results: list[list[Result]]) -> list[Outcome]:
        for report, known in zip(reports, results, strict=True):
            name = f"{report.document.path} 第{report.index}份"
            if why := refusal(report.document.text, self.where):
                self.refused[name] = why
                continue
            asked = [call for one in inquiries([report], [known], self.settings) for call in one.calls]
            if not asked:
                self.refused[name] = "没有可以提问的叙述，或文种不是单位自评报告"
            self.calls.extend(asked)
        return [Outcome(status="只导出提问") for _ in reports]
