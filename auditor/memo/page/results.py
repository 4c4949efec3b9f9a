"""The right side: what the memo says of each report, in its chapters."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.memo import wording
from auditor.memo.escape import quoted
from auditor.memo.model import ModelReview
from auditor.memo.narrative import NOTE, annex, answered
from auditor.memo.page.bars import charts
from auditor.memo.page.entries import KINDS, Entry, Paper
from auditor.memo.page.markup import tag, text
from auditor.memo.place import Spot, said, spots, told

_SPOTS = 6


def results(paper: Paper) -> str:
    """One report: facts, conclusion, charts, findings, working paper, what could not be checked."""
    report = paper.report
    ordinal = iter("一二三四五")
    parts = [
        tag("h2", text(paper.heading)),
        _score(paper),
        tag("ol", "".join(tag("li", text(line)) for line in wording.conclusion(report)), class_="conclusion"),
        _facts(paper),
        *charts(report),
        *_problems(f"{next(ordinal)}、问题（{wording.split(report.counts)}）", paper),
        *(_model(next(ordinal), report.model, paper) if report.model and answered(report) else ()),
        *_working_paper(next(ordinal), paper),
        *_not_assessable(next(ordinal), paper),
        tag("h3", f"{next(ordinal)}、覆盖情况"),
        tag("p", text(wording.coverage(report))),
    ]
    return tag("section", "".join(parts), class_="report", id=f"r{paper.number}", data_report=paper.number)


def _score(paper: Paper) -> str:
    report = paper.report
    if report.self_score is None or report.recomputed_score in (None, report.self_score):
        return ""
    told = f"自评 {tag('b', text(report.self_score))} → 核算 {tag('b', text(report.recomputed_score or ''))}"
    return tag("p", told, class_="score")


def _facts(paper: Paper) -> str:
    rows = wording.facts(paper.document, paper.report)
    body = "".join(tag("tr", tag("th", label, scope="row") + tag("td", text(value))) for label, value in rows)
    return tag("table", body, class_="facts")


def _problems(heading: str, paper: Paper) -> Iterator[str]:
    yield tag("h3", heading)
    if not paper.problems:
        yield tag("p", wording.nothing_found(paper.report))
    yield from map(_cause, paper.problems)


def _cause(cause: list[Entry]) -> str:
    return tag("div", "".join(map(_card, cause)), class_="cause")


def _not_assessable(ordinal: str, paper: Paper) -> Iterator[str]:
    yield tag("h3", f"{ordinal}、无法核验（{len(paper.not_assessable)} 项）")
    if not paper.not_assessable:
        yield tag("p", "无。")
    yield from (_cause([entry]) for entry in paper.not_assessable)


def _working_paper(ordinal: str, paper: Paper) -> Iterator[str]:
    """Closed at first: there may be thousands of tick marks, and who wants one clicks on it."""
    yield tag("h3", f"{ordinal}、工作底稿（核对一致 {len(paper.consistent)} 项）")
    if not paper.consistent:
        yield tag("p", "没有可以核对一致的事项。")
        return
    cards = "".join(map(_card, paper.consistent))
    yield tag("details", tag("summary", "展开") + cards, class_="holding")


def _model(ordinal: str, review: ModelReview, paper: Paper) -> Iterator[str]:
    yield tag("h3", f"{ordinal}、叙述审读（模型提问 {paper.report.counts.model} 项）")
    yield tag("p", NOTE, class_="note")
    if not paper.model:
        yield tag("p", "没有需要单位说明的事项。")
    yield from map(_cause, paper.model)
    yield tag("p", text(annex(review)), class_="note")


def _card(entry: Entry) -> str:
    result, kind = entry.result, entry.kind
    joined = tag("span", "同一处", class_="joined") if entry.joined else ""
    number = tag("span", entry.number, class_="no") if entry.number and not entry.joined else ""
    heading = (
        joined
        + number
        + tag("b", text(_title(entry)))
        + tag("span", KINDS[kind], class_="verdict")
        + (tag("span", wording.SEVERITIES[result.severity], class_="severity") if _weighs(entry) else "")
        + tag("span", text(result.rule), class_="rule")
    )
    return tag(
        "article",
        tag("h4", heading) + tag("dl", "".join(_rows(entry))),
        class_=f"card {kind}", id=f"c{entry.at}", tabindex=-1, data_kind=kind, data_rule=result.rule,
        data_severity=result.severity if _weighs(entry) else None,
    )  # fmt: skip


def _title(entry: Entry) -> str:
    """The title names the problem: where there is none, the entry goes by what was looked at."""
    if entry.kind in ("consistent", "not_assessable"):
        return entry.result.message
    return entry.result.title


def _weighs(entry: Entry) -> bool:
    return entry.kind in ("inconsistent", "query", "model")


def _rows(entry: Entry) -> Iterator[str]:
    told = wording.proof(entry.result)
    if not _weighs(entry):
        told = [(label, words) for label, words in told if label == "核算"]
    elif told:
        yield _part(*told.pop(0))
    if entry.result.evidence:
        yield tag("div", tag("dt", "原文") + tag("dd", _places(entry)))
    for label, words in told:
        yield _part(label, words)


def _part(label: str, words: str) -> str:
    style = "calculation" if label == "核算" else None
    return tag("div", tag("dt", label) + tag("dd", text(words)), class_=style)


def _places(entry: Entry) -> str:
    evidence = entry.result.evidence
    if entry.kind == "consistent":
        return _button(told(evidence) or "原文", evidence[0].start)
    found = spots(evidence)
    items = [tag("li", text(spot.where) + _buttons(spot)) for spot in found[:_SPOTS]]
    if rest := found[_SPOTS:]:
        items.append(tag("li", _button(f"另有 {len(rest)} 处", rest[0].quotes[0].start)))
    return tag("ul", "".join(items))


def _buttons(spot: Spot) -> str:
    """Each leads to its words; running text is told by its sentence, a place without words of its own by the place."""
    if spot.in_text and len(spot.quotes) == 1:
        return _button(spot.sentence, spot.quotes[0].start)
    if spot.in_text:
        return text(spot.sentence) + "".join(_button(quoted(one.quote), one.start) for one in spot.quotes)
    told = [_button(words, one.start) for one in spot.quotes if (words := said(one, spot.where))]
    return "".join(told) or _button("原文", spot.quotes[0].start)


def _button(words: str, start: int) -> str:
    """Leads to the quote that begins there."""
    return tag("button", text(words), type="button", data_start=start)
