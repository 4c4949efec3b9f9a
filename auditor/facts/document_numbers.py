"""Documents a report cites: title and number of each, and numbers that are written wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from auditor.compiled import compiled
from auditor.document import View
from auditor.facts.item_lists import opening_of

# Agency code, year in brackets of any kind, serial number.
_NUMBER = compiled(
    r"(?P<agency>[\u4e00-\u9fff]{1,14})?(?P<open>[〔\[(【{〈])\s?(?P<year>\d{2,4})\s?年?(?P<close>[〕\])】}〉])"
    r"\s?(?P<nth>第?)\s?(?P<serial>\d+[A-Z]?(?:-\d+)?)\s?(?P<hao>号?)"
)
# The year without brackets, or no year at all behind a document's title.
_BARE_YEAR = compiled(r"(?<!\d)(?:19|20)\d\d(?!年)\s?[\u4e00-\u9fff]{2,8}?第?\s?\d+号")
_NO_YEAR = compiled(r"》\((?P<number>[\u4e00-\u9fff]{2,8}字?第?\d+号)\)")
_DECREE = compiled(r"令|公告|主席|会议|条例|合同|编号|凭证|发票|票据|证书|文件柜|项目$|工程$")
_BEHIND_TITLE = compiled(r"》\(?(?P<number>[^()《》]{2,30}?号)")
# The number stands before the title: "依据东政发〔2017〕9号《…意见》".
_BEFORE_TITLE = compiled(
    r"(?<![》(\u4e00-\u9fff])(?P<number>[\u4e00-\u9fff]{2,24}[〔\[(【]\d{4}[〕\])】]\d+号)文?(?:件)?《"
)
_LEAD = compiled(r"^.*(?:依据|根据|按照|参照|遵照|依照|执行|落实|印发|经|按)")
_NO_SERIAL = compiled(r"(?P<number>[\u4e00-\u9fff]{2,10}[〔\[【]\d{4}[〕\]】]\s?号)")
_GENERIC = compiled(r"通知书|合同|纪要|批复$|函$")
_BATCH = compiled(r"(?:下达|拨付|安排|分配|预算|计划).{0,80}(?:通知|函|批复)")


@dataclass(frozen=True)
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
    for match in _BEHIND_TITLE.finditer(text):
        number = _NUMBER.fullmatch(text, match.start("number"), match.end("number"))
        if number is None or not number["agency"]:
            continue
        start = opening_of(text, match.start())
        if start < 0:
            continue
        title = re.sub(r"[\s“”\"《》〈〉]", "", text[start : match.start()])
        if len(title) >= 8 and not _GENERIC.search(title):
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
    for match in _BEFORE_TITLE.finditer(text) if "号" in text else ():
        number = _NUMBER.fullmatch(text, match.start("number"), match.end("number"))
        end = text.find("》", match.end())
        if number is None or not number["agency"] or not 0 < end - match.end() <= 100:
            continue
        title = re.sub(r"[\s“”\"《》〈〉]", "", text[match.end() : end])
        agency = _LEAD.sub("", number["agency"])
        follows = _BEHIND_TITLE.match(text, end)
        if len(title) >= 8 and agency and not follows and not _GENERIC.search(title):
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
    agency, year, serial = re.split("[〔〕]", number.removesuffix("号"))
    pattern = re.compile(rf"{agency}[〔\[(【]{year}[〕\])】]{serial}号")
    return sum(len(pattern.findall(view.text)) for view in passages[:500])


def may_be_two(title: str, group: list[Reference]) -> bool:
    """Money in two batches, a notice of every year, an order issued anew: one title, two papers."""
    if len({reference.agency for reference in group}) != 1:
        return False
    years = {reference.year for reference in group}
    yearly = len(years) > 1 and (title.endswith("通知") or len({r.serial for r in group}) > 1)
    return bool(_BATCH.search(title)) or yearly


def malformed_in(view: View) -> Iterator[tuple[View, str]]:
    """Numbers that are not written 机关代字〔四位年份〕序号号, with what is wrong."""
    text = view.text
    for match in _NUMBER.finditer(text):
        agency = match["agency"] or ""
        if not agency or _DECREE.search(agency) or not (match["hao"] or match["open"] == "〔"):
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
    for match in _BARE_YEAR.finditer(text):
        if not _DECREE.search(match.group()):
            yield view.part(*match.span()), "年份没有括号"
    for match in _NO_SERIAL.finditer(text):
        if not _DECREE.search(match["number"]):
            yield view.part(*match.span("number")), "缺序号"
    for match in _NO_YEAR.finditer(text):
        if not _DECREE.search(match["number"]):
            yield view.part(*match.span("number")), "缺年份"
