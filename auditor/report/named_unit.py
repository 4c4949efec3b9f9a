"""The unit of a report that no field names, read in the customary places of a paper, the surest first.

Where official papers name their sender: in the title, in the head above it, in the signature, and where
the text says whom it calls 我局. Only a name that stands there whole is taken: nothing is put together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from auditor.compiled import compiled
from auditor.language.lexicon import word
from auditor.report.model import Report

_BODY = compiled(
    r"(?:(?:19|20)\d\d年度?)?(?P<unit>[\u4e00-\u9fff]{2,24}?(?:委员会|办事处|办公室|局|厅|中心|医院|学校|学院|大学|人民政府|支队|总队|大队|"
    r"法院|检察院|联合会|党校|管理处|水利站|文化馆|图书馆|研究所|政法委(?!员会)|宣传部|组织部))(?:\(本级\))?"
)
_COMMON = r"[\u4e00-\u9fff]{2,24}(?:站|所|队|院|校|馆|园|厂|场|会|办|室|科|部|社|处|小学|中学|公司|街道)"
_BODY_AND_YEAR = compiled(rf"(?P<unit>{_COMMON})(?:\(本级\))?(?=(?:19|20)\d\d年)")
"""A body of a name that ends in a common word: only where the year comes next, as in a title."""
_SIGNED = compiled(rf"(?P<unit>{_COMMON})(?:\(本级\))?")
"""The same in a signature: only where nothing else stands in the line and the date stands below."""
_STAMP = compiled(r"\((?:盖章|公章|印章|签章)\)|文件$")
_DATE = compiled(
    r"(?:(?:19|20)\d\d|二[〇零○Oo0][一二三四五六七八九〇零○]{2})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日"
)
_ABOUT = "关于"
_HEAD, _FOOT = 6, 6
"""Passages that the head and the foot of a paper take."""


def named_unit(report: Report) -> str:
    """The first that is named; "" where none is."""
    places: tuple[Callable[[Report], str], ...] = (_in_title, _in_head, _signed, _introduced)
    return next((unit for place in places if (unit := place(report))), "")


def is_body(text: str) -> bool:
    """Whether a text is nothing but the name of a body."""
    return any(pattern.fullmatch(text) for pattern in (_BODY, _SIGNED))


def _in_title(report: Report) -> str:
    """ "某县水利局2023年度…自评报告", "关于某县水利局…的报告", also where the name stands in the line above."""
    at = _title_at(report)
    for line in (report.title, *_texts(report, max(0, at - 1), at)):
        told = line.removeprefix(_ABOUT)
        match = _BODY_AND_YEAR.match(told) or _BODY.match(told)
        if match and not word("page_footer").search(line):
            return match["unit"]
    return ""


def _in_head(report: Report) -> str:
    """The line that a paper begins with and that is nothing but a name."""
    head = _texts(report, 0, min(_title_at(report), _HEAD))
    return next(_whole(head), "")


def _signed(report: Report) -> str:
    """The line at the end that is nothing but a name; of a name that ends in a common word, above the date."""
    last = _texts(report, -_FOOT, None)
    dated = [line for line, below in pairwise(last) if _DATE.fullmatch(below)]
    named = [match["unit"] for line in dated if (match := _SIGNED.fullmatch(_bare(line)))]
    return next(iter([*list(_whole(last))[-1:], *named[-1:]]), "")


def _introduced(report: Report) -> str:
    """ "某县水利局(以下简称我局)", "我单位(某县水利局)": the one that the text says it means."""
    found = {
        match["unit"]
        for passage in report.passages
        if "我" in passage.text or "本" in passage.text
        for match in word("we_are").finditer(passage.text)
        if match["unit"]
    }
    return found.pop() if len(found) == 1 else ""


def _whole(lines: list[str]) -> Iterator[str]:
    for line in lines:
        match = _BODY.fullmatch(_bare(line))
        if match and not word("page_footer").search(line):
            yield match["unit"]


def _bare(line: str) -> str:
    return _STAMP.sub("", line)


def _title_at(report: Report) -> int:
    return next((at for at, passage in enumerate(report.passages) if passage.text == report.title), 0)


def _texts(report: Report, start: int, end: int | None) -> list[str]:
    return [passage.text for passage in report.passages[start:end]]
