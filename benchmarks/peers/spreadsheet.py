"""Common practice, re-implemented in a page: a script over the first table of the form.

Takes what such scripts take: columns by name, numbers as floats, "actual ÷ target × weight, at most the
weight" for every row with numbers, a fixed tolerance of ±0.1, the execution score, the sum of scores.
It knows no signs, no words, no second table and no text.
"""

from __future__ import annotations

import re

TOLERANCE = 0.1
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def alarms(text: str) -> list[str]:
    """What the script says of a report, one line per alarm."""
    rows = [
        [cell.strip() for cell in line.strip("|").split("|" if "|" in line else "\t")]
        for line in text.splitlines()
    ]
    found: list[str] = []
    scores: list[float] = []
    columns: dict[str, int] = {}
    for row in rows:
        if "分值" in row and "得分" in row:
            columns = {name: at for at, name in enumerate(row)}
            continue
        weight, score = _number(row, columns, "分值"), _number(row, columns, "得分")
        if row[0] in ("总分", "合计") and columns:
            if score is not None and scores and abs(sum(scores) - score) > TOLERANCE:
                found.append(f"合计 {score}，各行相加 {sum(scores):.2f}")
            break
        budget, paid = _number(row, columns, "全年预算数"), _number(row, columns, "全年执行数")
        target, actual = _number(row, columns, "年度指标值"), _number(row, columns, "实际完成值")
        if weight is None or score is None:
            continue
        scores.append(score)
        share = (
            paid / budget
            if budget and paid is not None
            else actual / target
            if target and actual is not None
            else None
        )
        if share is not None and abs(min(share, 1) * weight - score) > TOLERANCE:
            found.append(f"{row[:4]} 得分 {score}，应为 {min(share, 1) * weight:.2f}")
    return found


def _number(row: list[str], columns: dict[str, int], name: str) -> float | None:
    at = columns.get(name)
    match = _NUMBER.search(row[at].replace(",", "")) if at is not None and at < len(row) else None
    return float(match.group()) if match else None
