"""N404 说几项与列几项 (number.announced-items)

查什么  “五个部门”“四大系统”“三项机制”这类说法，与紧接着或前面列出的项目个数是否相同（含一是、二是，（一）（二），顿号并列）；
        “共对 4 个项目开展自评”与编了序号的项目清单是否相同；编号从几号到几号，与所说份数是否相同。
为什么  说的项数与列的项数不同，多半是照搬旧稿后增删了内容，或漏写一项。
反例
    二、完成情况
    项目建立四项机制：一是联席会商机制，二是定期通报机制，三是督查考核机制。
    → 不一致
反例
    一、项目概况
    平台包括受理登记、分办转办、跟踪督办等四个模块。
    → 存疑
反例
    一、自评开展情况
    本年度共对4个项目开展自评。
    序号 | 项目名称 | 预算数 | 自评得分
    1 | 农机购置补贴 | 200 | 96
    2 | 动物防疫 | 100 | 95
    3 | 农产品质量检测 | 60 | 97
    → 存疑
反例
    一、项目概况
    项目覆盖松岭村、河湾村、石桥村等2个村。
    → 存疑
反例
    二、完成情况
    全年出具检测报告，编号自第014号至第049号，共35份。
    → 存疑
正例
    二、完成情况
    建成受理登记、分办转办、跟踪督办和统计分析四大模块，联合公安、民政等五个部门推广使用。
    → 无
正例
    四、主要问题
    存在以下两个问题：
    1.系统运行不稳定。
    2.人员流动大。
    → 无
依据    表内关系：所说项数＝所列项数
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from auditor.compiled import compiled
from auditor.document import View
from auditor.facts.item_lists import (
    Items,
    back_to_boundary,
    closing_of,
    end_of_list,
    items_above,
    items_before,
    numbered_items,
    opening_of,
    split_items,
)
from auditor.facts.number_runs import number_runs
from auditor.figures.chinese import parse
from auditor.language import word
from auditor.report.model import Report, TextKind
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings
from auditor.values import frozen

RULE = Rule(
    code="N404",
    name="number.announced-items",
    title="所说项数与所列项数不符",
    severity=Severity.MEDIUM,
    basis=("表内关系",),
)

# Classifiers of listed things; 家, 所, 名 rather count how many of each kind there are.
_OF_ITEMS = ("个", "项", "大", "类", "种", "级", "层", "层次", "方面", "部分", "环节")
_FEWEST = 2
_NOUN = 12  # characters behind a count that hold its noun
_COUNTED = compiled(r"\d")
_PUNCTUATION = compiled(r"[,，。;；:、()\n“”\"]")


@frozen
class _Claim:
    """An announced number and the list that goes with it.

    sure    both ends of the list are marked, so that a difference is beyond doubt
    open    "等" allows for more items than are listed
    asked   the number may well be that of the items · named  every item bears the counted noun's name
    """

    words: View
    number: int
    items: Items
    sure: bool
    open: bool = False
    asked: bool = True
    named: bool = False


def check(report: Report, settings: Settings) -> Iterator[Result]:
    told: dict[tuple[str, str], list[View]] = {}
    unlisted: list[View] = []
    for index, passage in enumerate(report.passages):
        text = passage.text
        if len(text) < 8 or (passage.kind is TextKind.CELL and len(text) < 12):
            continue
        for match in word("items_announced").finditer(text):
            if word("set_phrase").match(text, match.start()):
                continue
            claim = _claim(report, index, match)
            if claim is None:
                quoted = word("quoted_phrase").match(text, max(match.start() - 1, 0))
                if quoted:
                    unlisted.append(passage.view.part(*quoted.span("words")))
                continue
            result = _judge(claim)
            if result is None:
                continue
            if result.flagged:
                yield result
            else:
                told.setdefault((result.message, result.calculation), []).append(claim.words)
    for (message, calculation), places in told.items():
        yield RULE.consistent(message, places, calculation=calculation, key=(calculation,))
    yield from _in_a_table(report)
    yield from _runs(report)
    if unlisted:
        words = "、".join(dict.fromkeys(f"“{view.text}”" for view in unlisted))
        yield RULE.not_assessable(f"{words}只有说法，没有列出内容，无法核对项数。", unlisted)


def _runs(report: Report) -> Iterator[Result]:
    """Runs of numbers, the first and the last of which count, against how many they are said to be."""
    for passage in report.prose:
        for run in number_runs(passage):
            key, equation = (run.view.text,), f"首尾都算，应为 {run.counted}"
            if run.told == run.counted:
                yield RULE.consistent(f"“{run.view.text}”，{equation}，相符。", [run.view], key=key)
                continue
            yield RULE.query(
                f"“{run.view.text}”，{equation}，文中写 {run.told}。",
                [run.view],
                calculation=f"{equation} ≠ {run.told}",
                suggestion="核对起止编号和份数；有空号、跳号的，写明。",
                key=key,
            )


def _in_a_table(report: Report) -> Iterator[Result]:
    """The number of projects in all, where one is told, against the rows of the one table that lists projects."""
    told = [
        (
            passage.view.part(*passage.structure.clause_span(*match.span())),
            _number(match["n"] or match["j"] or match["m"] or match["k"]),
        )
        for passage in report.passages
        for match in word("projects_announced").finditer(passage.text)
    ]
    numbers = {number for _, number in told}
    if len(numbers) != 1:
        return
    (number,) = numbers
    start = told[0][0].span().start
    if number is None:
        return
    if not report.listings:
        yield from _under_headings(report, [view for view, _ in told], number)
        return
    listing = report.listings[0]
    if (
        len(report.listings) > 1
        or _in_part(report, start, listing.head.span().start)
        or any(view.span().overlaps(span) for view in listing.names for span in report.doubtful)
    ):
        return
    count, words = len(listing.names), [view for view, _ in told]
    key = ("清单", str(number), str(count))
    if count == number:
        yield RULE.consistent(
            f"说 {number} 个项目，“{listing.head.text}”一栏列了 {count} 个。", [*words, listing.head], key=key
        )
        return
    yield RULE.query(
        f"“{words[0].text}”，“{listing.head.text}”一栏列了 {count} 个。",
        [*words, listing.head, listing.names[-1]],
        suggestion="核对项目个数和清单，更正有误的一处；清单没有列全的，补全或注明。",
        key=key,
    )


def _in_part(report: Report, start: int, end: int) -> bool:
    """Whether what stands between the number and the list says that only some are listed."""
    between = (one for one in report.passages if one.span.end > start and one.span.start < end)
    return any(word("projects_in_part").search(one.text) for one in between)


def _under_headings(report: Report, words: list[View], number: int) -> Iterator[Result]:
    """The number against the numbered headings behind it that each name a project."""
    start = words[0].span().start
    found: list[View] = []
    for passage in report.passages:
        match = word("project_heading").match(passage.text) if passage.span.start > start else None
        if match is not None and _number(match["n"]) == len(found) + 1:
            found.append(passage.view.part(*match.span("name")))
    if len(found) < _FEWEST or _in_part(report, start, found[0].span().start):
        return
    count, key = len(found), ("标题", str(number), str(len(found)))
    if count == number:
        yield RULE.consistent(f"说 {number} 个项目，后面分 {count} 个项目说明。", [*words, *found], key=key)
        return
    yield RULE.query(
        f"“{words[0].text}”，后面只分了 {count} 个项目说明，到“{found[-1].text}”为止。"
        if count < number
        else f"“{words[0].text}”，后面分了 {count} 个项目说明，到“{found[-1].text}”为止。",
        [*words, *found],
        suggestion="核对项目个数和分项说明，更正有误的一处；没有说明的项目，补写。",
        key=key,
    )


def _number(digits: str) -> int | None:
    return int(digits) if digits.isascii() else parse(digits)


def _claim(report: Report, index: int, match: re.Match[str]) -> _Claim | None:
    number = _number(match["n"])
    if number is None or not 2 <= number <= 20:
        return None
    view = report.passages[index].view
    return (
        _listed_behind(report, index, match, number)
        or _summed_up(report, index, match, number)
        or _listed_before(view, match, number)
    )


def _summed_up(report: Report, index: int, match: re.Match[str], number: int) -> _Claim | None:
    """ "一是…；二是…。以上三个方面": the count behind the list it sums up, in its passage or right above it."""
    view = report.passages[index].view
    text = view.text
    if not word("items_so_far").search(text, max(0, match.start() - _NOUN), match.start()):
        return None
    found = items_before(view, match.start())
    if not found and word("listed_of_any_kind").match(text[match.end() : match.end() + _NOUN]):
        found = items_above(report.passages, index)
    if len(found) < 2:
        return None
    words = view.part(match.start(), _stop(text, match.end()))
    return _Claim(words, number, Items(tuple(found), len(found), len(found)), sure=False, named=True)


def _listed_behind(report: Report, index: int, match: re.Match[str], number: int) -> _Claim | None:
    view = report.passages[index].view
    text = view.text
    ordinals = word("ordinals_follow").match(text, match.end())
    if ordinals:
        return _numbered(report, index, view, match, number, ordinals.end())
    link = word("announces_by").match(text, match.end())
    if link is None:
        return _listed_at_once(view, match, number)
    words = view.part(_quote_start(text, match.start()), link.end("noun"))
    if link["link"] == "(":
        close = closing_of(text, link.end() - 1)
        items = split_items(view, link.end(), max(close, link.end()))
        if not _is_list(items) or word("kinds_of_items").fullmatch(items.views[0].text):
            return None
        named = _bear(items, link["noun"][-2:]) or _shares_last(items, link["noun"])
        return _Claim(words, number, items, sure=False, open=_is_open(items), named=named)
    if link.end() == len(text):
        return _numbered(report, index, view, match, number, link.end())
    if link["link"] == "为":
        return None
    sentence = compiled("[。\n]").split(text[link.end() :], maxsplit=1)[0]
    if len(compiled("[；;]").findall(sentence)) >= 1:
        return _clauses(view, words, number, link.end(), link.end() + len(sentence))
    end = end_of_list(text, link.end())
    items = split_items(view, link.end(), end)
    if not _is_list(items) or compiled(r"[,，]").search(text[link.end() : end]):
        return None
    plain = bool(compiled(r":|即|分别|具体").search(link["link"])) and (
        text[end : end + 1] not in (",", "，") or "即" in link["link"]
    )
    plain = plain and items.least < number and not word("more_items").match(text, end)
    return _Claim(words, number, items, sure=plain, open=_is_open(items))


def _listed_at_once(view: View, match: re.Match[str], number: int) -> _Claim | None:
    """ "内设3个科室办公室、规划科、财务科": no mark between the noun and the first item."""
    text = view.text
    noun = word("general_noun").match(text, match.end())
    if noun is None or not word("has_so_many").search(text[max(0, match.start() - 6) : match.start()]):
        return None
    items = split_items(view, noun.end(), end_of_list(text, noun.end()))
    if items.least < 3 or not _is_list(items):
        return None
    return _Claim(view.part(match.start(), noun.end()), number, items, sure=False, open=_is_open(items))


def _clauses(view: View, words: View, number: int, start: int, end: int) -> _Claim | None:
    """ "三个标段：一标段位于…，…；二标段…；三标段…": an item a clause. Other clauses may stand among them."""
    parts = [
        view.part(start + m.start(), start + m.end())
        for m in compiled("[^；;]+").finditer(view.text[start:end])
    ]
    items = Items(tuple(parts), len(parts), len(parts))
    return _Claim(words, number, items, sure=False) if len(parts) == number else None


def _is_open(items: Items) -> bool:
    return bool(compiled(r"等[^、]{0,8}$").search(items.views[-1].text))


def _is_list(items: Items) -> bool:
    return items.least >= 2 and all(
        len(view.text) <= 40 and not _COUNTED.search(view.text) for view in items.views
    )


def _numbered(
    report: Report, index: int, view: View, match: re.Match[str], number: int, start: int
) -> _Claim | None:
    found = numbered_items(report.passages, index, start)
    if len(found) < 2:
        return None
    end = min(start, len(view.text))
    words = view.part(_quote_start(view.text, match.start()), end)
    return _Claim(words, number, Items(tuple(found), len(found), len(found)), sure=True)


def _listed_before(view: View, match: re.Match[str], number: int) -> _Claim | None:
    """ "甲、乙、丙三个模块", "“甲、乙”两大任务", "甲、乙等两个部门"."""
    text = view.text
    end = match.start()
    if end and text[end - 1] in '“"《':
        end -= 1
    if end == 0 or text[end - 1] in "、和及与,，。;；:":
        return None
    words = view.part(end, _stop(text, match.end()))
    if text[end - 1] in '”")' and end == match.start():
        start = opening_of(text, end - 1)
        inside = split_items(view, start + 1, end - 1)
        if start >= 0 and inside.least >= 2:
            return _Claim(words, number, inside, sure=True, open="等" in inside.views[-1].text[-2:])
    opened = text[end - 1] == "等"
    end -= opened
    items = split_items(view, back_to_boundary(text, end), end)
    if items.least < 2 or word("other_items").search(items.views[-1].text):
        return None
    complete = word("complete_list").search(items.views[0].text)
    if complete and complete.end() < len(items.views[0].text):
        items = split_items(view, back_to_boundary(text, end) + complete.end(), end)
    if not _is_list(items):
        return None
    lead = word("announced_lead").match(items.views[0].text)
    if lead and lead.end() < len(items.views[0].text):
        first = items.views[0].part(lead.end(), len(items.views[0].text))
        items = replace(items, views=(first, *items.views[1:]))
    counted = match["n"].isascii() and match.end() == _stop(text, match.end())
    asked = not counted and abs(number - items.least) <= 2 and match["c"] in _OF_ITEMS
    if not opened and not counted and number == items.most + 1 > items.least + 1:
        # "甲、乙和丙四类": 和 closes the list, one is missing.
        closed = _apart(items)
        return _Claim(words, number, closed, sure=False, named=False) if match["c"] in _OF_ITEMS else None
    noun = text[match.end() : _stop(text, match.end())]
    alike = (bool(items.alike) or (items.even and number == items.least + 1)) and not opened
    asked = asked and (bool(complete) or match["c"] in ("大", "级") or alike)
    named = bool(noun) and match["c"] in _OF_ITEMS and _bear(items, noun[:1])
    return _Claim(words, number, items, bool(complete) and asked and not opened, opened, asked, named=named)


def _apart(items: Items) -> Items:
    """The list with its last item, "乙和丙", as two."""
    last = items.views[-1]
    joint = word("conjunction").search(last.text)
    if joint is None:
        return items
    views = (*items.views[:-1], last.part(0, joint.start()), last.part(joint.end(), len(last.text)))
    return Items(views, len(views), len(views))


def _bear(items: Items, noun: str) -> bool:
    """Whether every item ends with the noun that the number counts: "大坪村、小河村等3个村"."""
    return bool(noun) and all(view.text.endswith(noun) for view in items.views)


def _shares_last(items: Items, noun: str) -> bool:
    """ "三大平台(受理、调度、监控平台)": the last item says the noun for all."""
    return len(noun) >= 2 and items.views[-1].text.endswith(noun[-2:])


def _quote_start(text: str, start: int) -> int:
    return start - (start > 0 and text[start - 1] in '“"')


def _stop(text: str, start: int) -> int:
    found = _PUNCTUATION.search(text, start, start + 12)
    return found.start() if found else min(start + 12, len(text))


def _judge(claim: _Claim) -> Result | None:
    number, items = claim.number, claim.items
    told = claim.words.text.rstrip(":，,。(")
    told = told if told[:1] in '“"' else f"“{told}”"
    listed = f"所列 {items.least} 项：{items.told()}"
    missing = number - items.least
    if items.least <= number <= items.most:
        listed = listed if number == items.least else listed.replace("：", "（末项并列两个）：", 1)
        return RULE.consistent(
            f"{told}与所列项数相符。", [claim.words], calculation=f"{listed}，与所说 {number} 项相符"
        )
    if claim.open and missing > 0 and not (claim.asked and missing == 1 and items.least >= 3):
        return None
    more = missing < 0 and claim.named and number < items.least
    if not claim.sure and not more and (missing < 0 or not claim.asked or missing > 2):
        return None
    doubtful = (claim.open and missing > 0) or number <= items.widest
    verdict = RULE.inconsistent if claim.sure and not doubtful else RULE.query
    return verdict(
        f"{told}说的是 {number} 项，{'实际只列出' if missing > 0 else '却列出'} {items.least} 项。",
        [claim.words, *items.views],
        calculation=f"{listed}；{items.least} ≠ {number}",
        suggestion="核对所说项数与所列内容，补上漏列的一项或更正项数。",
        culprits=(claim.words.span(),),
        key=(told, str(number), str(items.least)),
    )
