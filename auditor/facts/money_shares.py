"""Shares claimed in running text ("约90%的资金用于…", "…538万元，占90%") and the amounts behind them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from auditor.compiled import compiled
from auditor.facts.money_lists import Item, Listing
from auditor.facts.rate_guards import own_base
from auditor.facts.stated import facts_of
from auditor.facts.stated_money import Stated
from auditor.figures import Figure, Kind, total
from auditor.language import word
from auditor.report.model import Passage, Report, Role
from auditor.values import frozen

_BEFORE = 12  # figures looked at before a share
_REACH = 60  # characters behind a list within which its shares are told
_NEAR = 40  # lists looked at for a claim that stands away from its list
# Words of a purpose, and the budget item it is usually booked under.
_BOOKED_AS: tuple[tuple[str, str], ...] = (
    ("pay_told", "pay_booked"),
    ("publicity_told", "publicity_booked"),
    ("network_told", "network_booked"),
    ("equipment_told", "equipment_booked"),
)


@frozen
class Part:
    """One claimed share and the items it was measured by."""

    claimed: Figure
    items: tuple[Item, ...]
    share: Decimal
    holds: bool


@frozen
class Claim:
    """Shares claimed together. `certain`: the text itself ties each share to its amounts."""

    parts: tuple[Part, ...]
    whole: Figure
    certain: bool

    @property
    def holds(self) -> bool:
        return all(part.holds for part in self.parts)


def claims(report: Report, known: Stated, found: list[Listing]) -> Iterator[Claim]:
    """Claims that a list of amounts can bear out."""
    told = [
        one.figure
        for one in facts_of(report).quantities
        if one.kind is Kind.MONEY and not one.figure.is_vague
    ]
    for listing in found:
        whole = _whole(known, listing)
        if whole is not None and not listing.uncertain:
            for claim in _beside(listing, whole):
                other = _in_wan(claim.parts, claim.whole) or _fits_other(known, claim.parts, told)
                if claim.holds or not other:
                    yield claim
    beside: dict[int, list[Listing]] = {}
    for listing in found:
        beside.setdefault(id(listing.passage), []).append(listing)
    for passage in report.passages:
        if "用于" in passage.text and "%" in passage.text and not passage.filled_by_system:
            near = (beside.get(id(passage)) or found)[:_NEAR]
            yield from _purposes(known, passage, near)


def _whole(known: Stated, listing: Listing) -> Figure | None:
    """What the shares are shares of: the stated total, or the amount the list adds up to. None where
    the list holds more than what is stated before it: it takes something else apart."""
    stated = listing.stated.figure if listing.stated is not None else None
    if stated is not None and (stated.is_bound or stated.doubtful):
        return None
    added = total(item.figure.base for item in listing.items)
    if stated is not None and not stated.base.below(added):
        return stated
    near = [figure for figure in reversed(listing.heads) if not figure.is_vague]
    others = (figure for _, figure in known.of(Role.PAID, Role.BUDGET))
    return next((figure for figure in (*near, *others) if added.meets(figure.base)), None)


def _beside(listing: Listing, whole: Figure) -> Iterator[Claim]:
    """ "…538万元，占90%" and "…，分别占45%、33%…"."""
    text = listing.passage.text
    figures = listing.passage.figures
    first = bisect_left(figures, listing.start, key=lambda figure: figure.start)
    last = bisect_left(figures, listing.end + _REACH, key=lambda figure: figure.start)
    rates = [figure for figure in figures[first:last] if figure.kind is Kind.RATE]
    parts = []
    for at, item in enumerate(listing.items):
        stop = listing.items[at + 1].figure.start if at + 1 < len(listing.items) else item.figure.end + 24
        for rate in rates:
            if not item.figure.end <= rate.start < stop:
                continue
            before = text[item.figure.end : rate.start].lstrip("，,(、")
            match = word("share_before").fullmatch(before)
            if match and own_base(listing.passage, item.figure.start - len(item.name), item.figure.start):
                continue  # "工程款中人工费189万元，占30%": of 工程款
            if match and any(one.name and one.name in before for one in listing.items):
                continue  # "占项目支出的62.5%", where 项目支出 is an item of the list
            if match and not match["each"]:
                parts.append(_part(rate, (item,), whole))
            elif match and at == len(listing.items) - 1:
                begin = rates.index(rate)
                each = rates[begin : begin + len(listing.items)]
                if len(each) == len(listing.items) and not compiled(r"[\u4e00-\u9fff。；;]").search(
                    compiled(r"[和及约]").sub("", _between(text, each))
                ):
                    parts.extend(
                        _part(one, (of,), whole) for one, of in zip(each, listing.items, strict=True)
                    )
            break
    if parts:
        yield Claim(tuple(parts), whole, certain=True)


def _between(text: str, figures: Sequence[Figure]) -> str:
    return "".join(text[a.end : b.start] for a, b in pairwise(figures))


def _purposes(known: Stated, passage: Passage, found: Sequence[Listing]) -> Iterator[Claim]:
    """ "约90%的资金用于甲和乙" against the list that names 甲 and 乙."""
    told: list[tuple[Figure, list[str]]] = []
    for figure in passage.figures:
        if figure.kind is Kind.RATE and not figure.is_bound:
            match = word("share_used_for").match(passage.text[figure.end : figure.end + 80])
            if match:
                told.append((figure, _words(match["what"])))
    if not told:
        return
    told = told[:_NEAR]
    lists = [(listing, whole) for listing in found if (whole := _spent(known, listing)) is not None]
    if not lists:
        return
    listing, whole = max(lists, key=lambda pair: sum(len(_matched(words, pair[0])[0]) for _, words in told))
    parts, certain, named = [], True, True
    for figure, words in told:
        items, sure, exact = _matched(words, listing)
        if not sure and figure is not told[0][0]:
            continue
        items = items or (max(listing.items, key=lambda item: item.figure.amount),)
        parts.append(_part(figure, items, whole))
        certain, named = certain and sure and exact, named and sure
    if all(part.holds for part in parts) and not named:
        return
    if any(not part.holds for part in parts) and _fits_other(known, parts):
        return
    yield Claim(tuple(parts), whole, certain)


def _spent(known: Stated, listing: Listing) -> Figure | None:
    """The total of a list of spending; lists of sources and of balances prove nothing about use."""
    if listing.stated is not None and compiled(r"结余|到位|合同").search(listing.stated.name):
        return None
    return None if listing.uncertain else _whole(known, listing)


def _words(what: str) -> list[str]:
    parts = [word("use_end").sub("", piece) for piece in word("use_joint").split(what)]
    return [part for part in parts if len(part) >= 2]


def _matched(words: list[str], listing: Listing) -> tuple[tuple[Item, ...], bool, bool]:
    """(items, every word found its item, every word is the item's very name)."""
    items: list[Item] = []
    sure = exact = True
    for use in words:
        scores = [(_common(use, item.name), item) for item in listing.items]
        best = max(score for score, _ in scores)
        named = [item for score, item in scores if score == best]
        if best >= 2 and len(named) == 1 and best * 2 >= min(len(use), len(named[0].name)):
            items.extend(item for item in named if item not in items)
            exact = exact and use == named[0].name
            continue
        sure = False
        for purpose, booked in _BOOKED_AS:
            under = [
                item for item in listing.items if word(purpose).search(use) and word(booked).search(item.name)
            ]
            if len(under) == 1 and under[0] not in items:
                items.append(under[0])
                break
    return tuple(items), sure and bool(items), exact


def _common(a: str, b: str) -> int:
    """Length of the longest common run of characters."""
    best = 0
    for start in range(len(a)):
        while start + best < len(a) and a[start : start + best + 1] in b:
            best += 1
    return best


def _part(claimed: Figure, items: tuple[Item, ...], whole: Figure) -> Part:
    amounts = total(item.figure.base for item in items)
    value = sum((item.figure.amount for item in items), Decimal(0))
    if whole.base.low <= 0:
        return Part(claimed, items, Decimal(0), True)
    return Part(claimed, items, value / whole.amount, (amounts / whole.base).meets(claimed.base))


def _in_wan(parts: Sequence[Part], whole: Figure) -> bool:
    """Whether the shares hold where a total in 元 is meant in 万元: the unit is the finding then, and nothing
    else is computed with it."""
    if whole.unit != "元" or whole.base.low <= 0:
        return False
    meant = whole.in_unit(Kind.MONEY, "万元", Decimal(10) ** 4)
    return all(_part(part.claimed, part.items, meant).holds for part in parts)


def _fits_other(known: Stated, parts: Sequence[Part], heads: Sequence[Figure] = ()) -> bool:
    """Whether the shares hold of another stated amount (the budget, the money received) instead."""
    stated = known.of(Role.PAID, Role.BUDGET, Role.INITIAL, Role.RECEIVED)
    return any(
        figure.base.low > 0 and all(_part(part.claimed, part.items, figure).holds for part in parts)
        for figure in (*heads, *(figure for _, figure in stated))
    )
