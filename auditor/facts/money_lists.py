"""Amounts listed in running text: the stated total, its parts, and how the words join them.

    全年支出515万元，其中邮电费17万元，劳务费414万元 …      a part list ("其中"): may leave lines out
    共支出30万元，包括甲10万元、乙20万元                    a full list
    一季度98万元，二季度97万元，合计195万元                 a full list with its total at the end

What the text leaves open (a second 其中 inside, clauses between two items, "等") is marked, so that
the rules can keep silent about it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from auditor.compiled import compiled
from auditor.document import View
from auditor.facts.quantity import as_money
from auditor.figures import Figure, Kind
from auditor.report.model import Passage, Report

_OPENERS: tuple[tuple[bool, re.Pattern[str]], ...] = (
    (False, compiled(r"主要(?:包括|包含|用于|是)")),
    (True, compiled(r"(?:全部|分别)(?:用于|安排|拨付|分解到?|分配[到给]?|下达到?)[^，,。；;]{0,10}[:：]?")),
    (True, compiled(r"按.{1,6}(?:分|划分|看)(?:为|[，,:：])")),
    (True, compiled(r"(?:明细|构成|组成|具体|如下|分项)(?:支出|情况|资金)?(?:为|如下)?[:：]")),
    (True, compiled(r"包括|包含|由(?!于)(?=.{1,200}(?:组成|构成))|分别为|分别是")),
    (False, compiled(r"其中[:：]?")),
    (False, compiled(r"(?:支出|资金|经费|预算|投资)中[，,]")),
    (False, compiled(r"用于")),
    (False, compiled(r"[:：]")),
)
_CONTINUES = compiled(r"其中|分项|按.{1,6}(?:分|划分)|包括|具体|分别|主要(?:包括|用于)|支出(?:明细|构成)")
_CLOSING = compiled(
    r"(?:合计|总计|共计|小计|总共|合共)(?:支出|支付|使用|列支|拨付|投入|到位|安排|下达|发放|兑付|资金|金额|为|了|:){0,12}$"
    r"|^(?:[两二三四五六七八九十\d]{1,2}[批项笔类])?(?:一)?共$"
)
# What may stand before "合计" without naming an amount of its own.
_IDLE_CLOSING = compiled(
    r"^(?:全年|本年度?|年度|总|资金|各项|以上|上述|四个季度|[两二三四五六七八九十\d]{1,2}[批项期笔类个方面季度]{1,2}|金额|费用)*"
)
_A_WHOLE = compiled(r"支出|支付|资金|投入|投资|预算|经费|总|共|到位|下达|补助")
_NO_AMOUNTS = compiled(r"每|均|单价|标准|最高|最低|上限|起步|依次|从低到高")
_PER_UNIT = compiled(r"[每均]|单价|标准")
# A clause that speaks of another amount of the project ends the list.
_OTHER_AMOUNT = compiled(
    r"结余|结转|剩余|未支出|未使用|未执行|尚有|尚未|余额|到位|执行数|年初|调整|调[减增]|追加|核减|减少|压减|合同|^[已共总]|[每均]|单价|上年|去年|同比|"
    r"比|较|增长|下降|节约|收回|上缴|扣除|累计|全年|实际支|预算(?!内|外)|其余|另"
)
# "较2021年执行数118.6万元增长19.8%": the year before is no total of this year's list.
_COMPARED = compiled(r"^(?:比|较|同比)|上年|去年|上一年")
_VERB = compiled(r"(?:已|均|共|全年|实际|累计){0,12}(?:支出|支付|使用|执行|列支|拨付|下达)(?:数|资金)?")
_ADDED_TO_BUDGET = compiled(r"年初|追加|调增|上年|结转|增加|当年|本年|预算")
_LEFT_OVER = compiled(r"节|结余|结转|尾款|质保|[未应]付|尚未|未到")  # what money that is left consists of
_SOURCE = compiled(r"(?:使用)?(?:上年|以前年度|历年)度?(?:结转|结余)+(?:资金|经费)?")
_BETWEEN_HEAD = compiled(
    r"(?:(?:19|20)\d\d年?[-—~至](?:19|20)\d\d年|预算|资金|支出|执行|完成|使用|到位|支付|进度|率|为|达到?|约|全部|已|均|主要|全年|[\d.]{1,8}%|[(（][^()（）]{0,80}[)）]){0,12}"
)
_SHARE = compiled(
    r"约?占(?:比|总额|总量|总支出|总资金|全部|项目|支出|资金|总|的|比例|约|为|到|达)*(?:[\d.]+%)"
)
_NO_SLIP = 3  # a total so many times its parts is something else, not a slip
_TENS = tuple(Decimal(10) ** power for power in range(5))
_TEN_THOUSAND = Decimal(10_000)
# In brackets: not the parts of the amount before.
_OTHERS = compiled(r"(?:19|20)\d\d年|其余|其他|其它|报价|上年|去年|较|比|不含|另|原|应")
_YEAR = compiled(r"(?:19|20)\d\d年度?")
_SHARE_BASE = compiled(r"占[^,，]{0,12}$")
_PARENTHESES = compiled(r"\([^()]*\)")


@dataclass(frozen=True)
class Item:
    """One amount of a list and the words that name it."""

    name: str
    figure: Figure


@dataclass(frozen=True)
class Listing:
    """A list of amounts in one passage.

    head, close  the total stated before the list, the total printed at its end
    full         the words say that the list is complete
    open_end     closed with 等, or the rest is spoken of
    uncertain    a clause between two items, or a list within the list: where it ends is not sure
    heads        the amounts before the list in its sentences
    """

    passage: Passage
    items: tuple[Item, ...]
    head: Item | None
    close: Item | None
    full: bool
    open_end: bool = False
    uncertain: bool = False
    heads: tuple[Figure, ...] = ()
    label: str = ""

    @property
    def stated(self) -> Item | None:
        return self.close or self.head

    @property
    def start(self) -> int:
        return self.items[0].figure.start

    @property
    def end(self) -> int:
        return self.items[-1].figure.end

    @property
    def view(self) -> View:
        """From the stated total to the last item."""
        ends = [item.figure for item in (*self.items, *((self.stated,) if self.stated else ()))]
        return self.passage.view.part(min(item.start for item in ends), max(item.end for item in ends))


def listings(report: Report) -> list[Listing]:
    """All lists of amounts in running text, in document order."""
    return [
        listing
        for passage in report.passages
        if not passage.filled_by_system and len(passage.text) >= 12
        for listing in _in_passage(passage)
    ]


def _in_passage(passage: Passage) -> Iterator[Listing]:
    figures = [money for figure in passage.figures if (money := as_money(figure)) is not None]
    if len(figures) < 2:
        return
    for start, end in _stretches(passage.text):
        first = bisect_left(figures, start, key=lambda figure: figure.start)
        last = bisect_left(figures, end, key=lambda figure: figure.start)
        inside = list(_outside_parentheses(passage.text, start, figures[first:last]))
        if len(inside) >= 2 and any(figure.kind is Kind.MONEY for figure in inside):
            yield from _in_stretch(passage, start, end, inside)
        yield from _in_brackets(passage, figures[first:last])


def _in_brackets(passage: Passage, figures: list[Figure]) -> Iterator[Listing]:
    """A list in brackets right behind its total: "1200万元（其中：中央800万元、省级300万元）"."""
    text = passage.text
    for at, head in enumerate(figures):
        if text[head.end : head.end + 1] != "(":
            continue
        close = text.find(")", head.end)
        if _OTHERS.search(text[head.end : close]):
            continue
        inside = [figure for figure in figures[at + 1 :] if figure.start < close]
        if len(inside) >= 2 and "(" not in text[head.end + 1 : close]:
            yield from _in_stretch(passage, head.start, close, [head, *inside])


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Sentences; one that goes on listing ("。其中…") belongs to the one before."""
    start = at = 0
    while (at := text.find("。", at)) != -1:
        at += 1
        if not _CONTINUES.match(text, at):
            yield start, at
            start = at
    if start < len(text):
        yield start, len(text)


def _outside_parentheses(text: str, at: int, figures: list[Figure]) -> Iterator[Figure]:
    depth = 0
    for figure in figures:
        depth = max(0, depth + text.count("(", at, figure.start) - text.count(")", at, figure.start))
        at = figure.start
        if not depth:
            yield figure


def _in_stretch(passage: Passage, start: int, end: int, figures: list[Figure]) -> Iterator[Listing]:
    text = passage.text
    at = 0
    while at < len(figures):
        before = _PARENTHESES.sub("", text[figures[at - 1].end if at else start : figures[at].start])
        opener = _opener(before)
        first = at
        if opener is None and at:
            at += 1
            continue
        draft = _collect(text, figures, at, before, opener)
        listed = opener is not None or draft.close is not None
        at = first + (len(draft.items) + (draft.close is not None) if listed else 1)
        listing = replace(draft, passage=passage, heads=tuple(figures[max(0, first - 8) : first]))
        if opener is not None and first:
            listing = replace(listing, head=_head(text, start, figures, first, before, opener))
        if len(listing.items) >= 2 and listed and not _of_standards(listing, text, start):
            yield _finish(listing, text, end)


def _of_standards(listing: Listing, text: str, start: int) -> bool:
    """Whether the amounts are prices or standards, so that what follows is no sum of theirs; or whether
    each stands before its purpose ("500万元用于道路、300万元用于管网"), so that the first was lost."""
    if listing.close is not None:
        figures = [item.figure for item in listing.items]
        added = sum((figure.amount for figure in figures), Decimal(0))
        whole = listing.close.figure.amount
        far = whole > _NO_SLIP * added or added > _NO_SLIP * whole
        if far and not _off_by_tens([figure.amount for figure in figures], whole):
            return True
        if _NO_AMOUNTS.search(text[start : listing.close.figure.start]):
            return True
    gaps = [text[a.figure.end : b.figure.start] for a, b in pairwise(listing.items)]
    return any(gap.startswith("用于") for gap in gaps)


def _off_by_tens(parts: list[Decimal], whole: Decimal) -> bool:
    """Whether a point or a unit put wrong, in the total or in one part, explains how far they are apart."""
    added = sum(parts, Decimal(0))
    totals = [added, *(added - part + part / _TEN_THOUSAND for part in parts)]
    return any(one == whole * ten or whole == one * ten for one in totals for ten in _TENS)


def _opener(before: str) -> tuple[bool, int, int] | None:
    """(full, start, end) of the words that open a list, the last one before its first item."""
    found: tuple[bool, int, int] | None = None
    for full, pattern in _OPENERS:
        for match in pattern.finditer(before):
            if found is None or match.start() > found[2] - 1:
                if (
                    found is not None
                    and match.group() in (":", "：", "用于")
                    and match.start() - found[2] < 2
                ):
                    continue
                if found is None or match.group() not in (":", "："):
                    found = (full, match.start(), match.end())
    return found


def _collect(
    text: str, figures: list[Figure], first: int, before: str, opener: tuple[bool, int, int] | None
) -> Listing:
    """Items from `figures[first]` on, as far as the text only names and separates them."""
    name = before[opener[2] :] if opener else re.split(r"[，,；;。]", before)[-1]
    items = [Item(_clean(name), figures[first])]
    close: Item | None = None
    uncertain = False
    marks = ""
    label = before[: opener[2]] if opener else ""
    additive = opener is None or "预算" in before
    left_over = re.search(
        r"结余|剩余|未支出|未使用|未执行|尚有",
        text[max(0, figures[first - 1].start - 10) : figures[first].start],
    )
    for at in range(first + 1, len(figures)):
        gap = _PARENTHESES.sub("", text[figures[at - 1].end : figures[at].start])
        gap = _SHARE.sub("", gap)
        if "。" in gap:
            break
        if opener is None and _opener(gap):
            break
        marks = gap if not marks.strip("、，,") else marks
        if ";" in gap.replace("；", ";") and ";" not in marks.replace("；", ";"):
            break
        if "其中" in gap:
            uncertain = True
            break
        pieces = re.split(r"[，,；;]", _YEAR.sub("", gap))
        name = _clean(pieces[-1])
        if closing := _CLOSING.search(name):
            own = _IDLE_CLOSING.sub("", name[: closing.start()])
            named = own and not any(own[-2:] in item.name for item in items)
            if all(len(piece) <= 16 for piece in pieces) and not named:
                close = Item(name, figures[at])
            break
        if any(pieces[1:-1]) or len(name) > 30 or re.search(r"\d", "".join(pieces)):
            uncertain = True
            break
        other = _OTHER_AMOUNT.search(name)
        allowed = (
            (additive and _ADDED_TO_BUDGET.search(name))
            or (left_over and _LEFT_OVER.search(name))
            or _SOURCE.fullmatch(name)
        )
        if (other and not allowed) or _VERB.fullmatch(name):
            uncertain = gap.startswith("、")  # "甲20万元、采购结余10万元": perhaps an item after all
            break
        if _SHARE_BASE.search(name):
            break  # "占当年下达数620万元的95.78%"
        if not name and not (opener and "分别" in before):
            uncertain = True
            break
        items.append(Item(name, figures[at]))
    return Listing(None, tuple(items), None, close, bool(opener and opener[0]), False, uncertain, (), label)  # type: ignore[arg-type]


def _clean(name: str) -> str:
    return re.split("[:：]", name.strip("、，,和及与以并另有:：;； "))[-1]


def _head(
    text: str, start: int, figures: list[Figure], first: int, before: str, opener: tuple[bool, int, int]
) -> Item | None:
    """The amount that the list takes apart: the nearest one, unless something else stands between."""
    pieces = re.split(r"[，,。；;]", before[: opener[1]])
    if len(pieces[0]) > 20 or any(not _BETWEEN_HEAD.fullmatch(piece) for piece in pieces[1:]):
        return None
    at = first - 1
    while at and _PER_UNIT.search(_own_words(text, start, figures, at)):
        at -= 1  # "总投资6000万元，亩均1500元，其中…"
    figure, name = figures[at], _own_words(text, start, figures, at)
    if (
        before[opener[1] :].startswith("按")
        and re.search("[。；;]", before[: opener[1]])
        and not _A_WHOLE.search(name)
    ):
        return None  # "职工200万元，学生155万元。按方式分：…": the last item of another list
    if _PER_UNIT.search(name) or _COMPARED.search(name) or pieces[0].startswith("/"):
        return None
    return Item(name, figure)


def _own_words(text: str, start: int, figures: list[Figure], at: int) -> str:
    """The words of its clause before a figure."""
    return re.split(r"[，,；;。]", text[figures[at - 1].end if at else start : figures[at].start])[-1]


def _finish(listing: Listing, text: str, end: int) -> Listing:
    after = text[listing.items[-1].figure.end : min(end, listing.end + 24)]
    rest = text[listing.end : listing.end + 40]
    told = re.match(r"等", after) or re.search(r"其余|剩余|另有|其他资金|余下|余款|差额", rest)
    return replace(listing, open_end=bool(told))
