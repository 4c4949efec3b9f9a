"""Documents a report cites: title and number of each, and numbers that are written wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from auditor.compiled import compiled
from auditor.document import View
from auditor.facts.item_lists import opening_of
from auditor.language import word
from auditor.values import frozen


@frozen
class Reference:
    """A document number and, where one stands before it, the title it belongs to."""

    title: str
    agency: str
    year: str
    serial: str
    view: View
    title_view: View

    @property
    def number(self) -> str:
        return f"{self.agency}〔{self.year}〕{self.serial}号"


def references_in(view: View) -> Iterator[Reference]:
    """Titles in 《》 that a number in brackets follows directly."""
    text = view.text
    if "》" not in text:
        return
    for match in word("number_behind_title").finditer(text):
        number = word("document_number").fullmatch(text, match.start("number"), match.end("number"))
        if number is None or not number["agency"]:
            continue
        start = opening_of(text, match.start())
        if start < 0:
            continue
        title = compiled(r"[\s“”\"《》〈〉]").sub("", text[start : match.start()])
        if len(title) >= 8 and not word("generic_paper").search(title):
            yield Reference(
                title,
                number["agency"],
                number["year"],
                number["serial"],
                view.part(*match.span("number")),
                view.part(start, match.start() + 1),
            )


def number_first(view: View) -> Iterator[Reference]:
    """Titles in 《》 that a number stands right before."""
    text = view.text
    for match in word("number_before_title").finditer(text) if "号" in text else ():
        number = word("document_number").fullmatch(text, match.start("number"), match.end("number"))
        end = text.find("》", match.end())
        if number is None or not number["agency"] or not 0 < end - match.end() <= 100:
            continue
        title = compiled(r"[\s“”\"《》〈〉]").sub("", text[match.end() : end])
        agency = word("number_lead").sub("", number["agency"])
        follows = word("number_behind_title").match(text, end)
        if len(title) >= 8 and agency and not follows and not word("generic_paper").search(title):
            yield Reference(
                title,
                agency,
                number["year"],
                number["serial"],
                view.part(
                    match.end("number") - len(match["number"]) + len(number["agency"]) - len(agency),
                    match.end("number"),
                ),
                view.part(match.end() - 1, end + 1),
            )


def one_agency(group: list[Reference]) -> list[Reference]:
    """Words read as part of an agency's code are cut where another place shows the code alone."""
    codes = sorted({reference.agency for reference in group}, key=len)
    return [replace(r, agency=next(code for code in codes if r.agency.endswith(code))) for r in group]


def times_used(number: str, passages: list[View]) -> int:
    """How often the number is written in the report, in whatever brackets."""
    agency, year, serial = compiled("[〔〕]").split(number.removesuffix("号"))
    pattern = re.compile(rf"{agency}[〔\[(【]{year}[〕\])】]{serial}号")
    return sum(len(pattern.findall(view.text)) for view in passages[:500])


def may_be_two(title: str, group: list[Reference]) -> bool:
    """Money in two batches, a notice of every year, an order issued anew: one title, two papers."""
    if len({reference.agency for reference in group}) != 1:
        return False
    years = {reference.year for reference in group}
    yearly = len(years) > 1 and (title.endswith("通知") or len({r.serial for r in group}) > 1)
    return bool(word("money_paper").search(title)) or yearly


def malformed_in(view: View) -> Iterator[tuple[View, str]]:
    """Numbers that are not written 机关代字〔四位年份〕序号号, with what is wrong."""
    text = view.text
    for match in word("document_number").finditer(text):
        agency = match["agency"] or ""
        if (
            not agency
            or word("other_numbering").search(agency)
            or not (match["hao"] or match["open"] == "〔")
        ):
            continue
        faults = []
        if (match["open"], match["close"]) != ("〔", "〕"):
            faults.append("年份应用六角括号〔〕")
        if len(match["year"]) != 4:
            faults.append("年份应为四位")
        if match["nth"]:
            faults.append("序号前不加“第”")
        if match["serial"].startswith("0"):
            faults.append("序号不编虚位")
        if not match["hao"]:
            faults.append("缺“号”字")
        if faults:
            yield view.part(match.start("agency"), match.end()), "、".join(faults)
    for match in word("number_bare_year").finditer(text):
        if not word("other_numbering").search(match.group()):
            yield view.part(*match.span()), "年份没有括号"
    for match in word("number_no_serial").finditer(text):
        if not word("other_numbering").search(match["number"]):
            yield view.part(*match.span("number")), "缺序号"
    for match in word("number_no_year").finditer(text):
        if not word("other_numbering").search(match["number"]):
            yield view.part(*match.span("number")), "缺年份"
