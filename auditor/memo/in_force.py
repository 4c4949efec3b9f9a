"""The rules and settings of a run, as a working paper states them: another reviewer must come to the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from decimal import Decimal

from auditor.rules.settings import Settings

_NAMES = {
    "low_execution": "执行率低于",
    "high_score": "高分指得分率不低于",
    "prepayment": "预付款占比不低于",
    "near_full": "接近满分指得分率不低于",
    "line_deviation": "明细偏离预算不低于",
    "copied_chars": "照抄不少于（字）",
    "scale": "等次分数线",
}


def told(select: Sequence[str], ignore: Sequence[str], settings: Settings) -> str:
    """全部规则；执行率低于 90%，高分指得分率不低于 90%……"""
    rules = f"只用 {'、'.join(select)}" if select else "全部规则"
    without = f"，不用 {'、'.join(ignore)}" if ignore else ""
    values = (f"{_NAMES[one.name]} {_shown(getattr(settings, one.name))}" for one in fields(settings))
    return f"{rules}{without}；{'，'.join(values)}"


def _shown(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{(value * 100).normalize():f}%"
    if isinstance(value, tuple):
        return "、".join(f"{one.normalize():f}" for one in value)
    return str(value)
