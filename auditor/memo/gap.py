"""By how much a finding is off, the same in every paper: what was recomputed less what was reported."""

from __future__ import annotations

from decimal import Decimal

from auditor.memo.bridge import number, signed
from auditor.memo.model import Result
from auditor.values import frozen

POINTS = "个百分点"


@frozen
class Gap:
    """From `least` to `most`, which differ where several values are right; `unit` as told, "" for points of score."""

    least: Decimal
    most: Decimal
    unit: str

    def __str__(self) -> str:
        """−10个百分点, −0.2 至 −0.21"""
        told = dict.fromkeys(signed(one).removeprefix("+") for one in (self.least, self.most))
        return f"{' 至 '.join(told)}{self.unit}"


def gap(result: Result) -> Gap | None:
    """None where nothing that was compared fails, or what fails counts in several units."""
    failing = [one for one in result.relations if one.difference and not one.holds]
    units = {POINTS if one.percent else one.unit for one in failing}
    found = sorted((off for one in failing if (off := number(one.difference)) is not None), key=abs)
    return Gap(found[0], found[-1], units.pop()) if found and len(units) == 1 else None
