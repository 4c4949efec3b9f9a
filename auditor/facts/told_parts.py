"""Parts of a whole that are told in clauses or sentences of their own, one after another.

落实资金6480万元。从来源看，中央补助2900万元，…；省级1560万元，…；剩下由县财政兜底1120万元   levels
派车9214车次。一季度1975车次；二季度升至2386车次；…                                    seasons
完成支出5326万元。构成如下：衬砌部分支出2405万元，涉及…。泵站部分支出1832万元，…。          announced
在岗1263人，在教育系统支教的有817人，从事农技服务的294人，充实到医疗机构的142人            one grammar
一、资金下达：全年4326万元 / 按来源分——中央2740万元，占大头；省级1186万元；剩下的…      the whole in the heading above

Clauses and other numbers may stand between the parts. Nothing here proves anything: where the parts do not
make the whole it is asked about if the words say that all parts follow, or as far as one slip explains it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from auditor.facts.claim import Claim, Guard, Shape, Strength
from auditor.facts.quantity import Quantity, quantities_of
from auditor.facts.slip import worth_asking
from auditor.figures import Relation
from auditor.language import word
from auditor.report.model import Passage, Role
from auditor.values import frozen

_SCHEMES = ("part_by_season", "part_by_batch", "part_by_source")
_MOST = 8  # parts of one whole
_FEW, _SEVERAL = 2, 3  # parts at least: named by their turn, by anything else
_NAMED = 2  # characters before a part that name it
_GAP = 90  # characters from one part to the next
_BACK = 2  # sentences between a whole and its first part
_WHOLES = 4  # numbers before the parts that may be their whole
_NUMERALS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6}


@frozen
class _Row:
    """Parts in a row and what names them; `said`: the words say that they are all of it."""

    parts: tuple[Quantity, ...]
    names: tuple[str, ...]
    said: bool = False
    sources: bool = False


def told_parts(passage: Passage, used: set[int], heading: Passage | None = None) -> Iterator[Claim]:
    """Every such list of a passage with its whole; `used` are the numbers that other lists hold. Where the `heading`
    right above tells one number of their unit, that may be the whole."""
    found = quantities_of(passage)
    for unit in dict.fromkeys(one.dimension for one in found):
        if unit is None or word("choices").search(passage.text):
            continue
        above = (
            [one for one in quantities_of(heading) if one.dimension == unit] if heading is not None else []
        )
        series = [one for one in found if one.dimension == unit and one.depth == 0]
        series = [*above, *series] if len(above) == 1 else series
        at = 1
        while at < len(series):
            claim = None if id(series[at]) in used else _at(series, at)
            if claim is not None:
                yield claim
            at += len(claim.parts) if claim is not None else 1


def _at(series: Sequence[Quantity], at: int) -> Claim | None:
    """The claim of the parts that begin at a number; words name them."""
    if len(_words(series, at)) < _NAMED:
        return None
    for row in (_of_scheme(series, at), _announced(series, at), _of_one_kind(series, at)):
        claim = _claim(series[:at], row) if row is not None else None
        if claim is not None:
            return claim
    return None


def _plain(quantity: Quantity) -> bool:
    return quantity.is_plain and not quantity.is_average


def _words(series: Sequence[Quantity], at: int) -> str:
    """What is told from the number before, or from the beginning of its passage, to this one."""
    before = series[at - 1]
    start = before.end if before.passage is series[at].passage else 0
    return series[at].passage.text[start : series[at].start]


def _follows(series: Sequence[Quantity], first: int, at: int) -> bool:
    """Whether a number may be the next part: near enough, and in the sentence of the others unless each has
    one of its own."""
    if at >= len(series) or at - first >= _MOST or not _plain(series[at]):
        return False
    if at == first:
        return True
    step = series[at].sentence - series[at - 1].sentence
    apart = series[first + 1].sentence - series[first].sentence
    return len(_words(series, at)) <= _GAP and step <= 1 and step == apart


def _of_scheme(series: Sequence[Quantity], at: int) -> _Row | None:
    """Parts named by their turn, their stretch of the year or who pays them."""
    for scheme in _SCHEMES:
        keys: list[str] = []
        end = at
        while _follows(series, at, end) and (key := word(scheme).search(_own(series, end))):
            if key.group() in keys:
                break
            keys.append(key.group())
            end += 1
        sources = scheme == "part_by_source"
        if len(keys) >= (_SEVERAL if sources else _FEW):
            parts = tuple(series[at:end])
            said = _leaves_nothing(series, end - 1) or _count(series, at) == len(parts)
            return _Row(parts, tuple(keys), said, sources)
    return None


def _own(series: Sequence[Quantity], at: int) -> str:
    """The words of a part: from the number before, a full stop or the words that announce it."""
    words = _words(series, at)
    opened = list(word("parts_follow").finditer(words))
    words = words[opened[-1].end() :] if opened else words
    return words.rpartition("。")[2]


def _announced(series: Sequence[Quantity], at: int) -> _Row | None:
    """Parts behind words that say that all of them follow."""
    if not word("parts_follow").search(_words(series, at)):
        return None
    end = at
    while _follows(series, at, end) and not word("no_next_part").search(_clause(series, end)):
        end += 1
    parts = tuple(series[at:end])
    count = _count(series, at)
    if len(parts) < _FEW or (count and len(parts) != count):
        return None
    return _Row(parts, tuple(one.label for one in parts), said=True)


def _count(series: Sequence[Quantity], at: int) -> int:
    """How many parts the words before them announce; 0 where they do not."""
    found = word("parts_follow").search(_words(series, at))
    return _NUMERALS.get(found["n"], 0) or int(found["n"]) if found is not None and found["n"] else 0


def _clause(series: Sequence[Quantity], at: int) -> str:
    """The words of a part's own clause."""
    start = series[at].structure.clause_span(series[at].start)[0]
    words = _words(series, at)
    return words[max(0, start - series[at].start + len(words)) :]


def _of_one_kind(series: Sequence[Quantity], at: int) -> _Row | None:
    """Three parts or more of one sentence, each named by an attribute: "在教育系统支教的有817人"."""
    end = at
    while _follows(series, at, end) and word("part_of_its_kind").search(_clause(series, end)):
        end += 1
    parts = tuple(series[at:end])
    if len(parts) < _SEVERAL or parts[0].sentence != parts[-1].sentence:
        return None
    names = tuple(_clause(series, place) for place in range(at, end))
    return None if any(word("overlapping").search(name) for name in names) else _Row(parts, names)


def _leaves_nothing(series: Sequence[Quantity], last: int) -> bool:
    return bool(word("last_part").search(_own(series, last)))


def _claim(before: Sequence[Quantity], row: _Row) -> Claim | None:
    """The nearest number before that can be the whole; where the parts make none, as far as it is asked."""
    wholes = [one for one in islice(reversed(before), _WHOLES) if _may_be_whole(one, row)]
    sizes = range(len(row.parts), _FEW - 1, -1)
    for whole in wholes:
        for size in sizes:
            relation = _relation(whole, row.parts[:size])
            if relation.holds:
                return Claim(
                    Shape.PARTS, relation, whole, row.parts[:size], Strength.NONE, (), row.names[:size]
                )
    if not wholes:
        return None
    whole, nearest = wholes[0], before[-1]
    if whole is not nearest and any(nearest.base.below(part.base) for part in row.parts):
        return None  # another number stands between that is no whole of theirs
    relation = _relation(whole, row.parts)
    smallest = min(part.figure.amount for part in row.parts)
    if whole.figure.is_vague or relation.meets or abs(relation.difference) >= smallest:
        return None
    slip = worth_asking(relation, named=True)
    if not slip and not row.said:
        return None
    reasons = (Guard.NOT_SAID, *((Guard.BY_ONE_SLIP,) if slip else ()))
    return Claim(Shape.PARTS, relation, whole, row.parts, Strength.ASK, reasons, row.names)


def _relation(whole: Quantity, parts: Sequence[Quantity]) -> Relation:
    return Relation(whole.money, tuple(part.money for part in parts))


def _may_be_whole(one: Quantity, row: _Row) -> bool:
    first = row.parts[0]
    if (
        (one.passage is first.passage and first.sentence - one.sentence > _BACK)
        or one.spelled
        or one.is_average
        or one.figure.is_bound
    ):
        return False
    if any(one.base.below(part.base) for part in row.parts) or _is_earlier(one):
        return False
    if word("net").search(one.head) or (row.sources and one.role is Role.PAID):
        return False
    return one.modality is first.modality or one.unit == "元"


def _is_earlier(one: Quantity) -> bool:
    """Whether it is only what another number is compared with: "与2022年的8630车次相比"."""
    told = word("compared").search(one.head) or word("earlier").search(one.head)
    return bool(told) or bool(word("set_beside").match(one.tail))
