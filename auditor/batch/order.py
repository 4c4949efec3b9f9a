"""What is wanted of a run, and what comes back of each document: both go from process to process."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from auditor.api import Mode, Plan, plan
from auditor.document import Document
from auditor.isolation import Limits
from auditor.judge.endpoint import ModelSettings
from auditor.memo import in_force, model
from auditor.memo.summary import File
from auditor.memo.twins import Marks
from auditor.pipeline import Failure
from auditor.rules import Settings
from auditor.values import frozen


@frozen
class Order:
    """`format` names the writer. `decisions` is the file that keeps them, `None` where each report has its
    own beside it. `apart`: a memo of its own for each file, made where it is audited; `data` asks for the
    summary as JSON; `every_tick` for all tick marks in a memo as JSON."""

    format: str = "md"
    mode: Mode = "off"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    settings: Settings = field(default_factory=Settings)
    model: ModelSettings = field(default_factory=ModelSettings)
    limits: Limits = field(default_factory=Limits)
    decisions: Path | None = None
    template: Path | None = None
    apart: bool = False
    with_working_paper: bool = False
    data: bool = False
    every_tick: bool = False

    def in_force(self) -> str:
        """The rules and settings, in words."""
        return in_force.told(self.select, self.ignore, self.settings)

    def plan(self) -> Plan:
        """Raises `ValueError`, `NoModel`."""
        return plan(self.select, self.ignore, self.mode, self.model)


@dataclass
class Done:
    """One document, or why there is none.

    path       as it was given, bytes that are no text included
    told       what the memo says of it
    document   itself, for the formats that show it
    content    its memo, where each has its own, and what was said in the making
    beside     the second file that belongs to the memo
    marks      by what it is known again
    line       what the summary says of it, where an earlier run has written its memo
    extracts   by rule that compares reports: what it compares, of each report
    """

    path: str
    failure: Failure | None = None
    told: model.Document | None = None
    document: Document | None = None
    content: str | bytes = ""
    beside: str | bytes = ""
    marks: Marks | None = None
    line: File | None = None
    said: list[str] = field(default_factory=list)
    extracts: dict[str, list[Any]] = field(default_factory=dict)
    breakages: list[str] = field(default_factory=list)
    flagged: bool = False
