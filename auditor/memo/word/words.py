"""Words of the paper memos: names in titles, places in plain text, blanks to be filled in by hand."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.compiled import compiled
from auditor.memo import wording
from auditor.memo.escape import one_line, quoted
from auditor.memo.model import Evidence, Report
from auditor.memo.place import further, lines, spots

_FIGURE = compiled(r"[≥≤><=±-]?\d[\d,.]*%?")
_LINE = 20
"""Characters of a title's line."""
_NAME = 60
"""Characters of a name that a title or an address line can take; the body has the whole."""

AUDITED = f"本次审核{wording.UNVERIFIED.removeprefix('本备忘录')}"
DEADLINE = "　　　　年　　月　　日"


def line_words(report: Report, kind: str, title: str) -> dict[str, str]:
    """Placeholders with their words; `title` takes the project with its year."""
    year = f"{report.fiscal_year}年度" if report.fiscal_year else ""
    return {
        "标题": broken(title, one_line(_short(wording.name(report))), year),
        "主送": f"{addressee(report)}：",
        "文种": kind,
        "项目": wording.name(report),
        "单位": report.unit,
        "年度": str(report.fiscal_year or ""),
        "自评分": report.self_score or "",
        "核算分": report.recomputed_score or "",
    }


def addressee(report: Report) -> str:
    """Whom a paper on it goes to."""
    return "评价机构、复核人" if wording.is_review(report) else _short(report.unit) or "＿＿＿＿＿＿＿＿"


def unit_words(report: Report, kind: str, title: str) -> dict[str, str]:
    """The same for a letter on several reports of one unit: what belongs to one of them stays blank."""
    blank = dict.fromkeys(("项目", "年度", "自评分", "核算分"), "")
    return {**line_words(report, kind, title), "标题": title, **blank}


def broken(title: str, name: str, year: str) -> str:
    """The title in lines that end where its meaning does: behind the project, or behind its year."""
    whole = title.format(f"{name}{year}")
    if len(whole) <= _LINE:
        return whole
    head, _, tail = title.partition("{}")
    if len(head + name + year) <= _LINE:
        return f"{head}{name}{year}\n{tail}"
    return f"{head}{name}\n{year}{tail}"


def _short(name: str) -> str:
    return name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"


def places(evidence: Sequence[Evidence]) -> str:
    """Quotes with their places: 第41行（表2第11行第4、5列）“2763.2032”“2868.5739”；…"""
    shown, rest = spots(evidence)
    told = [spot.where + _quotes(spot.quotes) for spot in shown]
    return "；".join([*told, further(rest)] if rest else told)


def quotes(evidence: Sequence[Evidence]) -> str:
    """The words alone, the same ones once; figures without marks, which a narrow column parts from them."""
    return "；".join("、".join(map(_said, spot.quotes)) for spot in spots(evidence)[0])


def _said(one: Evidence) -> str:
    return one.quote.strip() if _FIGURE.fullmatch(one.quote.strip()) else quoted(one.quote)


def _quotes(evidence: Sequence[Evidence]) -> str:
    return "".join(quoted(one.quote) for one in evidence)


def where(evidence: Sequence[Evidence]) -> str:
    """The places alone: 第2页第36、41–43行."""
    pages = sorted({one.locator.page for one in evidence if one.locator.page is not None})
    sheets = dict.fromkeys(one.locator.sheet for one in evidence if one.locator.sheet is not None)
    told = f"第{'、'.join(map(str, pages))}页" if pages else ""
    return told + "".join(f"工作表{quoted(sheet)}" for sheet in sheets) + lines(evidence)
