"""The auditor as a Python function."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from auditor.document import UnreadableFile
from auditor.memo import Memo, build
from auditor.pipeline import run
from auditor.rules import Settings
from auditor.rules.catalogue import selected


def audit(
    *paths: str | Path,
    settings: Settings | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
) -> Memo:
    """The memo on one report file or on several that are compared with each other.

    `select` and `ignore` take rule codes and prefixes; `settings` a bureau's thresholds
    (`auditor.config.load()` reads them from auditor.toml).
    Raises `auditor.document.UnreadableFile` for a file that cannot be audited, `ValueError` for
    a code that fits no rule.
    """
    outcome = run(paths, selected(select, ignore), settings)
    for failure in outcome.unreadable:
        raise UnreadableFile(failure.path, failure.reason)
    return build(outcome)
