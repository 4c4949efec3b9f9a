"""What kind of paper a report is, as far as papers of one project are held against each other."""

from __future__ import annotations

from auditor.report.model import FormKind
from auditor.season.records import Record

_SELF = frozenset(form.value for form in (FormKind.SELF_EVALUATION, FormKind.DEPARTMENT, FormKind.TRANSFER))
_MONITORS = ("监控", "监控表", "监控报告")
"""Ends of the category that somebody gave papers of the middle of the year."""


def monitors(record: Record) -> bool:
    """Whether the paper is one of the middle of the year."""
    return record.form == FormKind.MONITOR.value or record.category.endswith(_MONITORS)


def evaluates(record: Record) -> bool:
    """Whether a unit evaluates itself in the paper, at the end of the year."""
    return record.form in _SELF and not monitors(record)


def of_project(record: Record) -> bool:
    """The same, of one project."""
    return record.form == FormKind.SELF_EVALUATION.value and not monitors(record)


def of_department(record: Record) -> bool:
    """The same, of a whole department."""
    return record.form == FormKind.DEPARTMENT.value and not monitors(record)


def declares(record: Record) -> bool:
    """Whether the paper declares targets."""
    return record.form == FormKind.APPLICATION.value
