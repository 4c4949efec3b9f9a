"""Actual values that are a copy of the target: no outcome is reported, so nothing was reached."""

from __future__ import annotations

from auditor.compiled import compiled
from auditor.facts.scoring.targets import Comparison
from auditor.report.model import Indicator

# What cannot be measured within the year may well repeat its target ("设计使用年限 ≥10年").
_LASTING = compiled(r"年限|寿命|期限|周期|使用期|保质|质保")


def repeats_target(row: Indicator, outcome: Comparison) -> bool:
    """Whether the actual repeats the target's bound (≤15% for 15%及以下) where a value could be given."""
    return outcome.repeated and _LASTING.search(row.name) is None
