"""The reports of the season as a list on the screen."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.figures import show
from auditor.season.reading import records
from auditor.season.records import Record
from auditor.season.store import Store


def current(store: Store, unit: str = "") -> list[Record]:
    """The reports that count: of each the last version, once. `unit`: part of the name of the unit."""
    return [one for one in records(store) if one.current and unit in one.unit]


def lines(store: Store, unit: str = "") -> Iterator[str]:
    """One line for each report, older versions and other files of it included."""
    for one in records(store):
        if unit not in one.unit:
            continue
        leading = [each for each in one.findings if not each.related]
        counts = [
            f"{word}{number}"
            for word, number in (
                ("不一致", sum(each.verdict == "inconsistent" for each in leading)),
                ("存疑", sum(each.verdict == "query" for each in leading)),
            )
            if number
        ]
        parts = [
            f"{one.id:>6}", one.owner, one.name, str(one.year or ""),
            "" if one.budget is None else f"预算 {show(one.budget / 10_000)}万元", "" if one.self_score is None else f"自评 {one.self_score} 分",
            " ".join(counts) or _silent(one), _standing(one),
        ]  # fmt: skip
        yield "  ".join(filter(None, parts))


def _silent(one: Record) -> str:
    """What it means that nothing was found."""
    if one.letter:
        return "不是报告，没有可以核对的内容"
    if one.unproved:
        return "一个数也没有核对到"
    return "读懂的部分无问题" if one.covered.unread_tables else "无问题"


def _standing(one: Record) -> str:
    if one.same_as is not None:
        return f"与 {one.same_as} 号相同"
    if one.versions > 1:
        return f"第 {one.version}/{one.versions} 稿" + ("" if one.current else "，已有新稿")
    return "" if one.current else "已换新稿"
