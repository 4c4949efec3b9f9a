"""All rules, found by walking this package: a new rule is one new file in the folder of its family."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from types import ModuleType
from typing import Any

import auditor.rules
from auditor.compiled import compiled
from auditor.report.model import Report
from auditor.rules.base import Result, Rule
from auditor.rules.settings import Settings
from auditor.values import frozen, lazy

_MODULE = compiled(r"[a-z]\d{3}_\w+")


@frozen
class Entry:
    """A rule and its module. A module has `check` (one report) or `check_run` (all reports of a run, or the
    `extract` of each that it names), or `check_left` (one report, and what the other rules have told of it)."""

    rule: Rule
    module: ModuleType

    @property
    def manual(self) -> str:
        return (self.module.__doc__ or "").strip()

    @lazy
    def compares_reports(self) -> bool:
        """Whether the rule needs all reports of a run at once."""
        return hasattr(self.module, "check_run")

    @property
    def looks_last(self) -> bool:
        """Whether the rule looks at what the others leave."""
        return hasattr(self.module, "check_left")

    def extract(self, report: Report) -> Any:
        """What the rule compares of a report; the report itself where the module does not say."""
        return self.module.extract(report) if hasattr(self.module, "extract") else report

    def compare(self, extracts: list[Any], settings: Settings) -> Iterator[tuple[int, Result]]:
        """Pairs (position in `extracts`, result)."""
        yield from self.module.check_run(extracts, settings)

    def check(
        self, reports: list[Report], settings: Settings, told: Sequence[Sequence[Result]] = ()
    ) -> Iterator[tuple[int, Result]]:
        """Pairs (position of the report in `reports`, result). `told` is what other rules say of each report."""
        if self.compares_reports:
            yield from self.compare([self.extract(report) for report in reports], settings)
            return
        for position, report in enumerate(reports):
            if self.looks_last:
                found = self.module.check_left(report, settings, told[position] if told else ())
            else:
                found = self.module.check(report, settings)
            for result in found:
                yield position, result


@cache
def catalogue() -> tuple[Entry, ...]:
    """Every rule, by code."""
    names = [info.name for info in pkgutil.walk_packages(auditor.rules.__path__, "auditor.rules.")]
    modules = [importlib.import_module(name) for name in names if _MODULE.fullmatch(name.rpartition(".")[2])]
    return tuple(
        sorted((Entry(module.RULE, module) for module in modules), key=lambda entry: entry.rule.code)
    )


def selected(
    select: Iterable[str] = (), ignore: Iterable[str] = (), others: Iterable[str] = ()
) -> list[Entry]:
    """Rules whose code starts with one of `select` (all if empty) and with none of `ignore`.

    `others` are codes of checks that are no rules, which may be selected too.
    Raises `ValueError` naming a code or prefix that fits neither.
    """
    wanted, unwanted = tuple(select), tuple(ignore)
    known = [*(entry.rule.code for entry in catalogue()), *others]
    for prefix in (*wanted, *unwanted):
        if not any(code.startswith(prefix.upper()) for code in known):
            raise ValueError(prefix.upper())
    return [entry for entry in catalogue() if chosen(entry.rule.code, wanted, unwanted)]


def chosen(code: str, select: Iterable[str], ignore: Iterable[str]) -> bool:
    """Whether the code starts with one of `select` (any if empty) and with none of `ignore`."""
    wanted, unwanted = tuple(one.upper() for one in select), tuple(one.upper() for one in ignore)
    return (not wanted or code.startswith(wanted)) and not (unwanted and code.startswith(unwanted))
