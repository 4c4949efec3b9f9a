"""Words of the paper memos: names in titles, places in plain text, blanks to be filled in by hand."""

from __future__ import annotations

from auditor.memo import wording
from auditor.memo.escape import one_line
from auditor.memo.model import Report

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
    own = report.evaluator or "评价机构、复核人" if wording.is_review(report) else report.unit
    return _short(own) or "＿＿＿＿＿＿＿＿"


def blank_words(title: str, kind: str) -> dict[str, str]:
    """The same for a sheet on many reports, which nobody is addressed with."""
    names = ("主送", "项目", "单位", "年度", "自评分", "核算分")
    return {"标题": title, "文种": kind, **dict.fromkeys(names, "")}


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
