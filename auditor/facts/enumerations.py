"""Lists of counted parts in one sentence: "农村3个、城区5个、其他2个"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from auditor.facts.quantities import between, common_suffix, sentence_start, sentences
from auditor.facts.quantity import Quantity
from auditor.figures import Kind

# What ends a list, and what joins its items.
_BREAK = re.compile(r"其中|合计|总计|共计|累计|同时|另有|另外|此外|较|同比|目标|比上|第\d|[。!?！？\n]")
_JOIN = re.compile(r"[、,，;；]|和|及|与")
_ALL_OF_THEM = re.compile(r"[,，](?:均|全部|都|全)")
_TOTAL_WORD = re.compile(r"^(?:总共|共计|合计|总计|一共|共|全部)")
_GOES_ON = re.compile(r"、[^、，,。；;:()\d]{1,12}\d")
_NUMBERED = re.compile(r"\d{1,9}号|[①-⑳]|第\d+")


# Two kinds that leave nothing out.
_COMPLEMENTS = tuple(
    (re.compile(a), re.compile(b))
    for a, b in (
        ("线上", "线下"),
        ("男", "女"),
        ("城镇|城市|城区", "农村|乡村|乡镇"),
        ("专职", "兼职"),
        ("新建", "改建|改造|维修"),
        ("户籍", "流动|非户籍"),
    )
)
# Classifiers that name nothing: five of one thing may hold thirty of another.
_NAMELESS = frozenset(("个", "项", "套", "处", "批", "座", "家", "条", "次", "块", "片", "组", "点"))
# Attributes that one person or thing may have together: they need not add up.
_OVERLAPPING = re.compile(
    r"党员|团员|少数民族|研究生|本科|大专|硕士|博士|学历|职称|高级|中级|岁|退役|残疾|脱贫|低保|失能|独居|高龄|留守|特困|致富|村干部|返乡|就业|证书|立案|结案|开工|完工|竣工|通过|规上|高新|带动|吸纳|级以上|国家级|入库|骨干|优秀|先进|重点|示范|"
    r"达标|合格|满意|完成|办结|调处|化解|已|有效|收回|新增|涉及|参与|超过"
)


_BAND = re.compile(r"(?P<low>\d{1,3})周?岁?[-~—至](?P<high>\d{1,3})周?岁")
# Levels of which a person has one.
_LEVEL = re.compile(r"(?:正高|副高|高|中|初)级(?:及以[上下])?(?:职称|证书?)?$")


_LADDERS = (
    re.compile(r"(?:非常|很|十分|比较|较|基本|不太|不|很不|非常不)?满意$|一般$|不了解$|说不清$"),
    re.compile(r"(?:优秀?|良好?|中等?|合格|及格|不合格|不及格|一般|较差|差)$"),
    re.compile(r"(?:初级|中级|高级|高级技师|技师)(?:工)?$"),
    re.compile(r"[大中小]班$"),
)


@dataclass(frozen=True)
class Enumeration:
    """Parts of one unit that follow one another; `separator` joins the first two ("" for 和)."""

    parts: tuple[Quantity, ...]
    separator: str

    @classmethod
    def of(cls, parts: Sequence[Quantity]) -> Enumeration:
        return cls(tuple(parts), separator(parts[0], parts[1]) if len(parts) > 1 else "")

    @property
    def first(self) -> Quantity:
        return self.parts[0]

    @property
    def last(self) -> Quantity:
        return self.parts[-1]

    @property
    def tight(self) -> tuple[Quantity, ...]:
        """The leading parts that one and the same separator joins."""
        kept = [self.parts[0]]
        for part in self.parts[1:]:
            mark = separator(kept[-1], part)
            if mark not in (self.separator, ""):
                break
            kept.append(part)
        return tuple(kept)

    @property
    def readings(self) -> Iterator[Sequence[Quantity]]:
        """Where the list may end: always with its last part; earlier only where its form changes.

        "甲3个、乙5个，增设丙2个" may end after 乙; "甲3个、乙5个、丙2个" may not.
        """
        yield self.parts
        if len(self.tight) < len(self.parts):
            yield self.tight
        elif self.separator != "、" and not self.alike:
            yield from (self.parts[:size] for size in range(len(self.parts) - 1, 1, -1))

    @property
    def nouns(self) -> list[str]:
        """The endings of two characters or more that all parts share, longest first: 片岗亭, 岗亭."""
        labels = [part.label for part in self.parts]
        suffix = common_suffix(labels)
        if any(label == suffix for label in labels):
            return []
        return [suffix[at:] for at in range(len(suffix) - 1)]

    @property
    def alike(self) -> bool:
        """Whether the parts are named in one way: "甲县…、乙县…"."""
        labels = [part.label for part in self.parts]
        return all(labels) and len(set(labels)) == len(labels) and bool(common_suffix(labels))

    @property
    def open(self) -> bool:
        """Whether more parts exist: "等" says so, or the list goes on with what another unit counts."""
        text, last = self.last.passage.text, self.tight[-1]
        return text[self.last.end : self.last.end + 1] == "等" or bool(_GOES_ON.match(text, last.end))

    @property
    def all_named(self) -> bool:
        """Whether the sentence goes on about all of them: "…，均已验收"."""
        return bool(_ALL_OF_THEM.match(self.last.passage.text, self.last.end))

    @property
    def residual(self) -> bool:
        """Whether a remainder ("其他2个") closes the list, so that nothing is left out."""
        return bool(re.match(r"其他|其它|其余", self.last.label))

    @property
    def numbered(self) -> bool:
        text = self.first.passage.text
        start = sentence_start(text, self.first.start)
        return len(_NUMBERED.findall(text[start : self.last.start])) >= len(self.parts)


def separator(left: Quantity, right: Quantity) -> str:
    """The strongest list mark between two neighbouring parts."""
    gap = between(left, right)
    marks = (mark for mark, written in ((";", ";；"), (",", ",，"), ("、", "、")) if set(written) & set(gap))
    return next(marks, "")


def enumerations(found: Iterable[Quantity]) -> Iterator[Enumeration]:
    """Every maximal list of at least two parts among the counts of a passage."""
    for sentence in sentences(q for q in found if not q.spelled):
        if len(sentence) < 2:
            continue
        units = dict.fromkeys(q.unit for q in sentence)
        for unit in units:
            run: list[Quantity] = []
            for quantity in sentence:
                if quantity.unit != unit:
                    continue
                if run and not joined(run[-1], quantity):
                    yield from _closed(run)
                    run = []
                run.append(quantity)
            yield from _closed(run)


def following(whole: Quantity, sentence: Sequence[Quantity]) -> Enumeration | None:
    """The list that begins right behind `whole`: its first part may stand alone."""
    run: list[Quantity] = []
    for quantity in sentence:
        if quantity.start <= whole.start or quantity.unit != whole.unit or quantity.spelled:
            continue
        if run and (quantity.depth > run[0].depth or not joined(run[-1], quantity)):
            if quantity.depth > run[0].depth:
                continue
            break
        run.append(quantity)
    return Enumeration.of(run) if run else None


def joined(left: Quantity, right: Quantity) -> bool:
    if left.depth != right.depth or _TOTAL_WORD.match(right.head):
        return False
    gap = between(left, right)
    return len(gap) <= 60 and not _BREAK.search(gap) and bool(_JOIN.search(gap))


def _closed(run: list[Quantity]) -> Iterator[Enumeration]:
    if len(run) >= 2 and all(q.figure.kind is Kind.COUNT for q in run):
        yield Enumeration.of(run)


def complementary(parts: Sequence[Quantity]) -> bool:
    """Whether two parts leave nothing out by their names: 线上 and 线下."""
    if len(parts) != 2:
        return False
    first, second = (part.label for part in parts)
    return any(
        (one.search(first) and other.search(second)) or (other.search(first) and one.search(second))
        for one, other in _COMPLEMENTS
    )


def same_thing(part: Quantity, whole: Quantity) -> bool:
    """Whether a part counts what the whole counts, as far as the words tell: "31个村" are no part of
    "5个乡镇", while 名 or 公里 say themselves what they count."""
    if whole.unit not in _NAMELESS:
        return True
    mine, theirs = _thing(part), _thing(whole)
    if not mine or not theirs:
        return True
    if mine.endswith(theirs) or theirs.endswith(mine):
        return True
    return any(mine[at : at + 2] in theirs for at in range(len(mine) - 1))


def _thing(quantity: Quantity) -> str:
    """The noun behind the number ("5个乡镇"), else the words before it ("楼栋186个")."""
    return quantity.tail or quantity.label


def banded(parts: Sequence[Quantity]) -> bool:
    """Whether the parts are age bands that follow one another: 0—6岁, 7—14岁."""
    bands = [_BAND.search(part.label) for part in parts]
    ends = [(int(band["low"]), int(band["high"])) for band in bands if band]
    follow = all(next_low in (high, high + 1) for (_, high), (next_low, _) in pairwise(ends))
    return len(ends) == len(parts) >= 2 and follow


def exclusive(parts: Sequence[Quantity]) -> bool:
    """Whether the parts are different rungs of one ladder: 满意, 基本满意, 不满意. Nobody stands on two."""
    for ladder in _LADDERS:
        rungs = [match.group() for part in parts if (match := ladder.search(part.label))]
        if len(rungs) == len(parts) >= 2 and len(set(rungs)) == len(rungs):
            return True
    return False


def attributes(parts: Sequence[Quantity]) -> bool:
    """Whether the parts name attributes; those of one scale are told apart, yet one may hold two."""
    return not (banded(parts) or exclusive(parts)) and any(_OVERLAPPING.search(part.label) for part in parts)


def overlap(parts: Sequence[Quantity]) -> bool:
    """Whether the parts are attributes that one person may have together."""
    levels = [_LEVEL.search(part.label) for part in parts]
    told = [level.group() for level in levels if level]
    if banded(parts) or exclusive(parts) or len(set(told)) == len(parts):
        return False
    return any(_OVERLAPPING.search(part.label) for part in parts)
