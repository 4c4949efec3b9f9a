"""The memo as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.memo.model import Document, Memo, Report, Result
from auditor.memo.render import Material

_MANY = 20
"""Tick marks of one rule in one table, and quotes of one tick mark, that are told one by one."""
_SHOWN = 3
"""Quotes that stand for the others where there are more."""


def write(material: Material) -> str:
    memo = material.memo if material.every_tick else merged(material.memo)
    return memo.model_dump_json(indent=1) + "\n"


def merged(memo: Memo) -> Memo:
    """The memo with one entry for the very many tick marks of a rule in a table: a table of thousands of rows
    is ticked thousands of times, and nobody reads that one by one. What is no tick mark stays as it is."""
    return memo.model_copy(update={"documents": [_document(one) for one in memo.documents]})


def _document(document: Document) -> Document:
    return document.model_copy(update={"reports": [_report(one) for one in document.reports]})


def _report(report: Report) -> Report:
    return report.model_copy(update={"results": list(_results(report.results))})


def _results(results: Sequence[Result]) -> Iterator[Result]:
    """In their order, each group at the place of its first."""
    groups: dict[tuple[str, str, int | None], list[Result]] = {}
    for result in results:
        if result.verdict == "consistent":
            groups.setdefault(_group(result), []).append(result)
    for result in results:
        if result.verdict != "consistent":
            yield result
            continue
        group = groups[_group(result)]
        if len(group) <= _MANY:
            yield _short(result)
        elif result is group[0]:
            yield _one(group)


def _group(result: Result) -> tuple[str, str, int | None]:
    table = result.evidence[0].locator.table if result.evidence else None
    return result.rule, result.title, table


def _one(group: Sequence[Result]) -> Result:
    first = group[0]
    every = list({(one.start, one.end): one for result in group for one in result.evidence}.values())
    return _short(
        first.model_copy(
            update={
                "message": f"{len(group)} 项核对一致，第一项：{first.message}",
                "evidence": every,
                "related": [one for result in group for one in result.related],
                "count": len(group),
            }
        )
    )


def _short(result: Result) -> Result:
    """A tick mark with so many quotes that only their places are told."""
    if len(result.evidence) <= _MANY:
        return result
    rest = " ".join(f"{one.start}-{one.end}" for one in result.evidence[_SHOWN:])
    return result.model_copy(update={"evidence": result.evidence[:_SHOWN], "places": rest})
