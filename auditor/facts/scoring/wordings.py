"""Ways to write targets that a scanner of single numbers does not see: ratios, falls, misread signs."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from auditor.document import View
from auditor.figures import Figure, Interval, Kind, Modifier
from auditor.language import word
from auditor.report.model import Indicator

_AT_MOST = ("≤", "<=", "不高于", "不超过", "<")


def ratio_outcome(target: str, actual: str, sign: str) -> tuple[bool | None, str] | None:
    """Whether "5.2:1" meets "≤6:1", and why it cannot be told; None where these are no ratios."""
    wanted, given = word("target_ratio").fullmatch(target), word("target_ratio").fullmatch(actual)
    if wanted is None or given is None or given["sign"]:
        return None
    sign = wanted["sign"] or sign
    if Decimal(wanted["left"]) * Decimal(given["right"]) == Decimal(given["left"]) * Decimal(wanted["right"]):
        return (None, "比值等于目标，目标不含等于") if sign in ("<", ">") else (True, "")
    if not sign or sign == "=":
        return None, "目标没有写明多好还是少好"
    if Decimal(wanted["right"]) != Decimal(given["right"]):
        return None, "两个比值的写法不同"
    limit, left = Decimal(wanted["left"]), Decimal(given["left"])
    met = left < limit if sign in _AT_MOST else left > limit
    decimals = len(given["left"].partition(".")[2])
    range_ = Interval.printed(left, Decimal(1).scaleb(-decimals)) if decimals else Interval.exact(left)
    if not met and range_.contains(limit):
        return None, "比值可能经过四舍五入"
    return met, ""


def fallen(
    target_view: View, target: Figure, actual_view: View, actual: Figure, name: str
) -> tuple[Figure, Figure, bool] | None:
    """A fall against a fall, both as sizes ("下降10%" and "-12%"), and whether both say so
    themselves; None where the target speaks of no fall. Where the actual value speaks of a rise, or
    its sign leaves it open, the second size is doubtful."""
    asked = target.value < 0 or _before(word("falls_by"), target_view, target)
    given = actual.value < 0 or _before(word("falls_by"), actual_view, actual)
    if not asked and not (given and word("falling_name").search(name)):
        return None
    if target.value < 0 and target.modifier is not Modifier.NONE:
        return None  # "≤-3%" is a plain comparison
    sizes = [replace(figure, value=abs(figure.value)) for figure in (target, actual)]
    rises = _before(word("rises_by"), actual_view, actual) or (target.value < 0 and not given)
    if rises:
        sizes[1] = replace(sizes[1], doubtful=True)
    return sizes[0], sizes[1], target.value >= 0 and asked and given


def _before(words: re.Pattern[str], view: View, figure: Figure) -> bool:
    return words.search(view.text[max(0, figure.start - 10) : figure.start]) is not None


def misread(indicator: Indicator, target: Figure | None, actual: Figure | None) -> str:
    """Why a target that is missed may be a sign read as a character ("" if nothing speaks for it)."""
    if indicator.target is None:
        return ""
    text = indicator.target.text
    if word("false_w").match(text):
        return f"目标“{text}”的首字可能是“≤”的误读"
    if target is None or actual is None or target.modifier is not Modifier.NONE:
        return ""
    if target.kind is Kind.RATE and target.amount > 1 >= actual.amount:
        if not word("may_exceed_all").search(indicator.name):
            return f"目标“{text}”超过 100%，首字可能是“≥”的误读"
        return ""
    false = word("false_two").match(text)
    if false is None or not indicator.full_marks:
        return ""
    rest, done = int(false["rest"]), actual.value
    shorter = len(str(int(abs(done)))) < len(false["rest"]) + 1
    return f"目标“{text}”的首字可能是“≥”的误读" if shorter and done >= rest else ""
