"""R501 文件与文号 (reference.document-numbers)

查什么  同一文件名在报告里是否带了两个不同的文号；文号的写法是否规范（六角括号、四位年份、序号不编虚位）。
为什么  文号是核对依据的唯一线索；同一文件两个文号，至少一处抄错。
反例
    一、立项依据
    根据《关于加强村级公共服务站点建设工作的通知》（清民发〔2022〕15号），编制实施方案。
    二、资金管理
    按照《关于加强村级公共服务站点建设工作的通知》（清民办〔2022〕15号）落实补助。
    → 不一致
反例
    一、立项依据
    根据《关于加强村级公共服务站点建设工作的通知》（清民发[2022]15号），编制实施方案。
    → 存疑
反例
    一、立项依据
    根据清民发〔2022〕15号《村级公共服务站点管理办法》编制方案，按《村级公共服务站点管理办法》（清民发〔2021〕15号）验收。
    → 不一致
正例
    一、立项依据
    根据《关于开展站点年度考核的通知》（清民发〔2021〕33号）、《关于开展站点年度考核工作的通知》（清民发〔2022〕30号）组织考核。
    → 无
正例
    一、立项依据
    根据《关于加强村级公共服务站点建设工作的通知》（清民发〔2022〕15号）和《村级公共服务站点管理办法》（清民发〔2022〕16号），编制实施方案。
    → 无
依据    表内关系；《党政机关公文格式》GB/T 9704-2012
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from auditor.document import View
from auditor.facts.item_lists import opening_of
from auditor.report.model import Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="R501",
    name="reference.document-numbers",
    title="文件名与文号不一致",
    severity=Severity.MEDIUM,
    basis=("表内关系", "GB/T 9704-2012"),
)

# Agency code, year in brackets of any kind, serial number.
_NUMBER = re.compile(
    r"(?P<agency>[\u4e00-\u9fff]{1,14})?(?P<open>[〔\[(【{〈])\s?(?P<year>\d{2,4})\s?年?(?P<close>[〕\])】}〉])"
    r"\s?(?P<nth>第?)\s?(?P<serial>\d+[A-Z]?(?:-\d+)?)\s?(?P<hao>号?)"
)
# The year without brackets, or no year at all behind a document's title.
_BARE_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!年)\s?[\u4e00-\u9fff]{2,8}?第?\s?\d+号")
_NO_YEAR = re.compile(r"》\((?P<number>[\u4e00-\u9fff]{2,8}字?第?\d+号)\)")
_DECREE = re.compile(r"令|公告|主席|会议|条例|合同|编号|凭证|发票|票据|证书|文件柜|项目$|工程$")
_BEHIND_TITLE = re.compile(r"》\(?(?P<number>[^()《》]{2,30}?号)")
# The number stands before the title: "依据东政发〔2017〕9号《…意见》".
_BEFORE_TITLE = re.compile(
    r"(?<![》(\u4e00-\u9fff])(?P<number>[\u4e00-\u9fff]{2,24}[〔\[(【]\d{4}[〕\])】]\d+号)文?(?:件)?《"
)
_LEAD = re.compile(r"^.*(?:依据|根据|按照|参照|遵照|依照|执行|落实|印发|经|按)")
_NO_SERIAL = re.compile(r"(?P<number>[\u4e00-\u9fff]{2,10}[〔\[【]\d{4}[〕\]】]\s?号)")
_GENERIC = re.compile(r"通知书|合同|纪要|批复$|函$")
_BATCH = re.compile(r"(?:下达|拨付|安排|分配|预算|计划).{0,80}(?:通知|函|批复)")

_SHOWN = 30  # places that one result shows


@dataclass(frozen=True)
class _Reference:
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


def check(report: Report, settings: Settings) -> Iterator[Result]:
    passages = [passage.view for passage in report.passages if "号" in passage.text]
    references = [reference for view in passages for reference in (*_references(view), *_number_first(view))]
    groups: dict[str, list[_Reference]] = {}
    for reference in references:
        groups.setdefault(reference.title, []).append(reference)
    for title, group in groups.items():
        if len(group) > 1:
            yield _compare(title, _one_agency(group), passages)
    malformed = [place for view in passages for place in _malformed(view)]
    if malformed:
        yield _written_wrong(malformed)


def _references(view: View) -> Iterator[_Reference]:
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
            yield _Reference(
                title,
                number["agency"],
                number["year"],
                number["serial"],
                view.part(*match.span("number")),
                view.part(start, match.start() + 1),
            )


def _number_first(view: View) -> Iterator[_Reference]:
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
            yield _Reference(
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


def _one_agency(group: list[_Reference]) -> list[_Reference]:
    """Words read as part of an agency's code are cut where another place shows the code alone."""
    codes = sorted({reference.agency for reference in group}, key=len)
    return [replace(r, agency=next(code for code in codes if r.agency.endswith(code))) for r in group]


def _compare(title: str, group: list[_Reference], passages: list[View]) -> Result:
    numbers = list(dict.fromkeys(reference.number for reference in group))
    evidence = [item for reference in group[:_SHOWN] for item in (reference.title_view, reference.view)]
    if len(numbers) == 1:
        return RULE.consistent(f"《{title}》各处文号都是 {numbers[0]}。", evidence, key=(title, numbers[0]))
    uses = Counter({number: _uses(number, passages) for number in numbers})
    told = "、".join(f"{number}（{uses[number]} 处）" for number in numbers)
    verdict = RULE.query if _may_be_two(title, group) else RULE.inconsistent
    return verdict(
        f"同一文件《{title}》写了 {len(numbers)} 个文号：{told}。",
        evidence,
        calculation=" ≠ ".join(numbers),
        suggestion="对照原文核对文号，统一写法。",
        key=(title, *numbers),
    )


def _uses(number: str, passages: list[View]) -> int:
    """How often the number is written in the report, in whatever brackets."""
    agency, year, serial = re.split("[〔〕]", number.removesuffix("号"))
    pattern = re.compile(rf"{agency}[〔\[(【]{year}[〕\])】]{serial}号")
    return sum(len(pattern.findall(view.text)) for view in passages[:500])


def _may_be_two(title: str, group: list[_Reference]) -> bool:
    """Money in two batches, a notice of every year, an order issued anew: one title, two papers."""
    if len({reference.agency for reference in group}) != 1:
        return False
    years = {reference.year for reference in group}
    yearly = len(years) > 1 and (title.endswith("通知") or len({r.serial for r in group}) > 1)
    return bool(_BATCH.search(title)) or yearly


def _malformed(view: View) -> Iterator[tuple[View, str]]:
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


def _written_wrong(places: list[tuple[View, str]]) -> Result:
    told = "；".join(f"“{view.text}”{fault}" for view, fault in places[:_SHOWN])
    return RULE.query(
        f"{len(places)} 处文号写法不规范：{told}。",
        [view for view, _ in places[:_SHOWN]],
        suggestion="按“机关代字〔年份〕序号号”的格式改正。",
        title="文号写法不规范",
        severity=Severity.LOW,
        basis=("GB/T 9704-2012",),
        key=tuple(view.text for view, _ in places[:_SHOWN]),
    )
