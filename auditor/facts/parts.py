"""Parts against their whole: what a list claims, and how far its words force it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from auditor.facts.announced_sums import announced_sums
from auditor.facts.claim import Claim, Guard, Shape, Strength
from auditor.facts.lists import Link, Parts, lists_in
from auditor.facts.opposites import halves
from auditor.facts.quantity import Modality, Quantity, quantities_of, told_as
from auditor.facts.slip import ENOUGH, chances, explained, likelihood_of_pair, swapped, worth_asking
from auditor.facts.stated import Facts, once
from auditor.facts.told_parts import told_parts
from auditor.facts.told_rests import heads_unnumbered
from auditor.figures import Kind, Relation, total
from auditor.language import table, word
from auditor.report.model import Passage, Report, Role, TextKind

_BY_CHANCE = 20  # so many times rarer than chance a number must be what the parts make
_MANY = 3  # parts with their total right behind them are what it was added from, whatever else is told
_NO_SLIP = 3
"""A total so many times its parts, or the other way round, counts something else."""
_LADDERS = ("ladder_survey", "ladder_grade", "ladder_skill", "ladder_class", "band")
_FINITE = ("batch", "level", "source_name", *_LADDERS)


@once
def part_claims(facts: Facts) -> Iterator[Claim]:
    """Every list of parts of a report with the whole that its words mean."""
    told: set[int] = set()
    used: set[int] = set()
    for passage in facts.passages:
        if passage.figures:
            for listed in lists_in(passage):
                claim = claim_of(listed)
                if claim is not None:
                    told.add(id(claim.whole))
                    used.update(id(part) for part in claim.parts)
                    yield claim
    for claim in announced_sums(facts, told):
        used.update(id(part) for part in claim.parts)
        yield claim
    above = _headings(facts.report)
    for passage in facts.passages:
        for claim in told_parts(passage, used, above.get(id(passage))):
            used.update(id(part) for part in (claim.whole, *claim.parts))
            told.add(id(claim.whole))
            yield claim
    for claim in halves(list(facts.by_sentence()), told):
        if used.isdisjoint(id(part) for part in claim.parts):
            yield claim


def _headings(report: Report) -> dict[int, Passage]:
    """The heading right above each passage that has one there."""
    return {
        id(passage): above
        for above, passage in pairwise(report.passages)
        if above.kind is TextKind.HEADING and passage.kind is not TextKind.HEADING
    }


def claim_of(listed: Parts) -> Claim | None:
    """The claim of a list; None where its words make no sum."""
    if not listed.wholes:
        return None
    parts = _shortest(listed)
    if not _can_add(listed, parts):
        return None
    for whole in (*listed.wholes, *listed.further):
        if _relation(whole, parts).holds:
            return _claim(listed, whole, parts, Strength.NONE, ())
    if _of_several(listed, parts) or heads_unnumbered(list(parts), listed.whole) or _is_cut(parts):
        return None
    closed = listed.link is Link.CLOSED and len(parts) >= _MANY
    if (not closed and _told_elsewhere(listed.whole, parts)) or _begins_before(listed, parts):
        return None
    if listed.uncertain and listed.link is not Link.CLOSED:
        return None  # where the list ends is not sure
    meant = _meant(listed, parts)
    if meant is None:
        return None
    strength, reasons = _weigh(listed, meant, parts, _relation(meant, parts))
    return None if strength is Strength.NONE else _claim(listed, meant, parts, strength, reasons)


def _of_several(listed: Parts, parts: Sequence[Quantity]) -> bool:
    """Whether the wholes before are a list themselves that these parts cut another way: "职工200万元，
    学生155万元。其中现金100万元、转账255万元"; or each part is of a whole of its own ("分别")."""
    added = _relation(listed.whole, parts).computed
    several = (total(one.base for one in listed.wholes[:size]) for size in range(2, len(listed.wholes) + 1))
    if any(added.meets(one) for one in several):
        return True
    each = len(listed.wholes) >= len(parts) and listed.link is Link.FULL
    return each and "分别" in listed.whole.passage.text[listed.whole.end : parts[0].start]


def _is_cut(parts: Sequence[Quantity]) -> bool:
    """Whether the sentence takes something from its parts: "含甲债905万元和乙债993万元，扣除贴息55万元"."""
    first = parts[0]
    end = first.structure.sentence_span(first.start)[1]
    return word("taken_from_parts").search(first.passage.text, first.start, end) is not None


def _told_elsewhere(whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether the passage tells what the parts make as a number of its own, that is not the whole with a slip:
    "600万元，其中甲村支出192万元、乙村支出366万元，总支出558万元"."""
    return any(
        not any(one is part for part in parts)
        and chances(_relation(one, parts)) >= _BY_CHANCE
        and likelihood_of_pair(one.money, whole.money) < ENOUGH
        for one in told_as(whole.passage, whole.unit, _relation(whole, parts).value)
    )


def _begins_before(listed: Parts, parts: Sequence[Quantity]) -> bool:
    """Whether the number right before a list that its total closes is just what the list lacks: it is its first."""
    if listed.link is not Link.CLOSED:
        return False
    first, missing = parts[0], -_relation(listed.whole, parts).difference
    told = quantities_of(first.passage)
    for one in reversed(told[: bisect_right(told, first.start, key=lambda each: each.end)]):
        if one.unit == first.unit or one.sentence != first.sentence:
            return one.sentence == first.sentence and one.money.amount == missing
    return False


def _relation(whole: Quantity, parts: Sequence[Quantity]) -> Relation:
    return Relation(whole.money, tuple(part.money for part in parts))


def _claim(
    listed: Parts, whole: Quantity, parts: Sequence[Quantity], strength: Strength, reasons: tuple[Guard, ...]
) -> Claim:
    return Claim(
        Shape.PARTS, _relation(whole, parts), whole, tuple(parts), strength, reasons,
        listed.names[: len(parts)], listed.link in (Link.FULL, Link.CLOSED),
    )  # fmt: skip


def _shortest(listed: Parts) -> tuple[Quantity, ...]:
    """The list up to the item where it is complete: what follows speaks of something else."""
    alike = listed.mark == "、" or (listed.whole.unit != "元" and _one_suffix(listed.names))
    if alike and listed.even and listed.link is not Link.CLOSED:
        return listed.parts
    if listed.link is not Link.CLOSED:
        for end in range(2, len(listed.parts)):
            relation = _relation(listed.whole, listed.parts[:end])
            if relation.difference == 0:
                return listed.parts[:end]
        return listed.parts
    for start in range(len(listed.parts) - 1):
        if _relation(listed.whole, listed.parts[start:]).holds:
            return listed.parts[start:]
    return listed.parts


def _can_add(listed: Parts, parts: Sequence[Quantity]) -> bool:
    """Whether the items are parts of anything: no prices, no ranks of a tree, no limits, no goals beside
    facts."""
    figures = [one.figure for one in (*parts, *listed.wholes[:1])]
    if any(figure.is_bound or figure.doubtful or figure.upper is not None for figure in figures):
        return False
    names = [_plain(name) for name in listed.names]
    if sum(bool(word("rank").search(name)) for name in names) >= 2:
        return False
    text = parts[0].passage.text
    start = parts[0].structure.part_span(min(parts[0].start, listed.whole.start))[0]
    told = text[start : max(parts[-1].end, listed.whole.end) + 20]
    if word("choices").search(told) or word("net").search(listed.whole.head):
        return False
    before_total = text[start : listed.whole.start]
    if parts[0].unit == "元" and listed.link is Link.CLOSED and word("price_told").search(before_total):
        return False
    if any(text[one.end :].startswith("用于") for one in parts[:-1]):
        return False  # each amount stands before its purpose: the first was lost
    if listed.link is Link.CLAUSES and len({one.role for one in parts}) > 1:
        return False  # what was kept and what was spent are no batches of one sum
    return parts[0].unit == "元" or not _goal_beside_fact(listed.whole, parts)


def _goal_beside_fact(whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether a goal stands beside things done, or a fact beside things planned."""
    planned = [one.modality is Modality.PLAN for one in parts]
    if word("due").search(whole.head):
        return True  # what was due need not all be done: the rate behind it says how much was
    if whole.modality is Modality.PLAN:
        return any(word("done").search(one.clause) for one in parts)
    return any(planned)


def _plain(name: str) -> str:
    return word("filler_end").sub("", word("filler_start").sub("", name.replace("“", "").replace("”", "")))


def _meant(listed: Parts, parts: Sequence[Quantity]) -> Quantity | None:
    """The whole that a list that fits none is measured by: the nearest that can be one."""
    able = [
        whole
        for whole in listed.wholes
        if not (whole.is_average or whole.spelled or word("compared").search(whole.head))
    ]
    near = [one for one in able if not _far(_relation(one, parts))]
    titled = [one for one in near if listed.title and listed.title in one.head]
    return next(iter((*titled, *near, *able)), None)


def _weigh(
    listed: Parts, whole: Quantity, parts: Sequence[Quantity], relation: Relation
) -> tuple[Strength, tuple[Guard, ...]]:
    """How far the words of a list that does not add up force its sum, and what stands against it."""
    over = whole.base.below(relation.computed)
    skipped = listed.link is not Link.CLOSED and _far(_relation(listed.whole, parts))
    skipped = skipped and not (listed.title and listed.title in whole.head)
    if (_far(relation) or skipped) and not (worth_asking(relation) or swapped(relation)):
        return Strength.NONE, (Guard.NOT_SAID,)
    if any(whole.base.below(part.base) for part in parts) and whole.unit != "元" and not listed.behind_stop:
        return Strength.NONE, (Guard.NOT_SAID,)  # "5个乡镇（含31个村）": what a thing is made of
    reasons = list(dict.fromkeys(_guards(listed, whole, parts, over)))
    # "参与企业23家，其中本地企业15家，一级资质6家，民营企业19家": one may be in several of what is listed.
    forced = listed.link in (Link.FULL, Link.CLOSED) or (
        listed.link is Link.SOME and over and (whole.unit == "元" or complete(listed, parts))
    )
    if forced and not reasons and not relation.meets:
        return Strength.PROOF, ()
    if reasons == [Guard.OF_WHICH] and not relation.meets and _counted_out(listed, parts):
        return Strength.PROOF, ()
    untold = word("more_untold").match(parts[-1].passage.text, parts[-1].end) is not None
    if Guard.OPEN in reasons and (untold or _much_missing(parts, relation)):
        return Strength.NONE, tuple(reasons)  # as much as one more part is missing, and more are untold
    if Guard.OVERLAP in reasons and not complete(listed, parts):
        if swapped(relation):
            return Strength.ASK, (*reasons, Guard.BY_ONE_SLIP)
        return Strength.NONE, tuple(reasons)
    by_slip = worth_asking(relation) or swapped(relation)
    if forced and reasons and not over and not by_slip and _much_missing(parts, relation):
        return Strength.NONE, tuple(reasons)  # what stands right before the parts is one of them
    if forced and Guard.OPEN not in reasons:
        return Strength.ASK, tuple(reasons)
    told_in_turn = listed.link is Link.CLAUSES and not _announced(listed, parts)
    partial = told_in_turn or {Guard.OF_WHICH, Guard.TWO_SIDES} <= set(reasons)
    if over or (complete(listed, parts) and not (partial and _much_missing(parts, relation))):
        return Strength.ASK, tuple(reasons)
    if by_slip or _hardly_anything_missing(listed, parts, relation):
        return Strength.ASK, (*reasons, Guard.BY_ONE_SLIP)
    return Strength.NONE, tuple(reasons)


def _far(relation: Relation) -> bool:
    whole, added = relation.claimed.amount, relation.value
    return whole > _NO_SLIP * added or added > _NO_SLIP * whole


def _guards(listed: Parts, whole: Quantity, parts: Sequence[Quantity], over: bool) -> Iterator[Guard]:
    added = _relation(whole, parts).computed
    if listed.opened and not over:
        yield Guard.OPEN
    if listed.link in (Link.BRACKET, Link.COLON, Link.CLAUSES):
        yield Guard.NOT_SAID
    if listed.link is Link.SOME and not over:
        yield Guard.OF_WHICH
    if _overlap(listed, parts):
        yield Guard.OVERLAP
    two = len(parts) == 2 and listed.link is Link.SOME and whole.role is not Role.BALANCE
    if (
        two
        and not _exclusive(listed.names)
        and not all(word("own_side").search(_plain(name)) for name in listed.names)
    ):
        yield Guard.TWO_SIDES
    rivals = [one for one in listed.wholes[1:] if not (over and one.base.below(added))]
    open_ = listed.link is not Link.CLOSED and (whole.unit != "元" or listed.behind_stop)
    if (rivals and open_) or whole is not listed.whole:
        yield Guard.RIVAL
    if listed.behind_stop and (listed.link is not Link.SOME or whole.unit != "元"):
        yield Guard.BEHIND_STOP
    if listed.link is Link.CLOSED and whole.unit != "元" and not _plainly_closed(whole):
        yield Guard.NOT_SAID
    if not listed.direct or ("" in listed.names and "分别" not in listed.names[0]):
        yield Guard.NOT_SAID
    if any(one.figure.is_vague for one in (whole, *parts)):
        yield Guard.VAGUE
    if word("counts_others_too").match(whole.passage.text, whole.end):
        yield Guard.OTHER_UNITS
    if listed.uncertain or listed.records or not listed.even:
        yield Guard.ENDS_SOMEWHERE


def _plainly_closed(whole: Quantity) -> bool:
    """ "共90户" and no more: "全年共实施90个项目" counts something of its own."""
    return not whole.tail and bool(word("plain_closing").fullmatch(whole.head))


def _overlap(listed: Parts, parts: Sequence[Quantity]) -> bool:
    """Whether the parts are attributes that one person or thing may have together."""
    if _one_ladder(listed.names[: len(parts)]) or not any(listed.names[1 : len(parts)]):
        return False  # "四个季度分别完成86、92、…": one name for all of them
    attributes = word("overlapping_money" if parts[0].unit == "元" else "overlapping")
    return any(attributes.search(name) for name in listed.names[: len(parts)])


def _exclusive(names: Sequence[str]) -> bool:
    """Whether nothing is in two of the parts: rungs of one ladder, or two kinds that are all there is."""
    pairs = table("complements").items() if len(names) == 2 else ()
    return _one_ladder(names) or any(_pair(names, one, other) for one, other in pairs)


def _one_ladder(names: Sequence[str]) -> bool:
    plain = [_plain(name) for name in names]
    if len(set(plain)) < len(plain):
        return False
    return any(all(word(ladder).search(name) for name in plain) for ladder in _LADDERS)


def complete(listed: Parts, parts: Sequence[Quantity]) -> bool:
    """Whether the names themselves leave nothing out: a remainder closes the list, batches, levels or rungs
    are told one after the other, two kinds are all there is, or the number of parts was announced."""
    names = [_plain(name) for name in listed.names[: len(parts)]]
    if word("residual").search(names[-1]):
        return True
    if len(set(names)) == len(names) and any(
        all(word(kind).search(name) for name in names) for kind in _FINITE
    ):
        return True
    if parts[0].kind is Kind.SCORE and len(names) >= 3 and all(word("score_class").search(n) for n in names):
        return True
    text, last = parts[-1].passage.text, parts[-1].end
    if len(names) >= 3 and word("all_of_them").match(text, last) and not _overlap(listed, parts):
        return True
    return _exclusive(names) or _announced(listed, parts)


def _counted_out(listed: Parts, parts: Sequence[Quantity]) -> bool:
    """Whether the clause of the whole says how many parts there are ("四个县区共改造70户，其中…")."""
    start, end = listed.whole.structure.clause_span(listed.whole.start)
    return any(
        figure.value == len(parts) and figure.kind is Kind.COUNT and start <= figure.start < end
        for figure in listed.whole.passage.figures
        if figure is not listed.whole.figure
    )


def _pair(names: Sequence[str], one: str, other: str) -> bool:
    first, second = one.split("|"), other.split("|")
    return any(
        any(key in a for key in first) and any(key in b for key in second)
        for a, b in (names, list(reversed(names)))
    )


def _announced(listed: Parts, parts: Sequence[Quantity]) -> bool:
    """Whether the sentence of the whole says how many parts there are: "涉及4个单位"."""
    text, whole = listed.whole.passage.text, listed.whole
    start, end = whole.structure.sentence_span(whole.start)
    match = word("announces_parts").search(text, start, end)
    if match is not None:
        return True
    numbers = (
        figure for figure in whole.passage.figures
        if start <= figure.start < end and figure.kind is Kind.COUNT and figure is not whole.figure
    )  # fmt: skip
    return any(figure.value == len(parts) for figure in numbers)


def _hardly_anything_missing(listed: Parts, parts: Sequence[Quantity], relation: Relation) -> bool:
    """Whether less than the smallest of three or more parts is missing, while all are named in one way; in a
    bracket or behind a colon, whatever the names, less than half of it, as far as one slip makes up for it."""
    if len(parts) < 3:
        return False
    smallest, missing = min(part.figure.amount for part in parts), -relation.difference
    alike = all(word("own_side").search(_plain(name)) for name in listed.names[: len(parts)])
    if (alike or _one_suffix(listed.names)) and 0 < missing < smallest:
        return True
    set_out = listed.link in (Link.BRACKET, Link.COLON) and not listed.opened and not _overlap(listed, parts)
    return set_out and 0 < 2 * missing < smallest and bool(explained(relation))


def _much_missing(parts: Sequence[Quantity], relation: Relation) -> bool:
    """Whether as much as one more part is missing: "全区46个社区，第一批试点12个，第二批试点18个"."""
    return -relation.difference >= min(part.figure.amount for part in parts)


def _one_suffix(names: Sequence[str]) -> bool:
    return len({_plain(name)[-2:] for name in names}) == 1
