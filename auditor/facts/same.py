"""The same thing told twice: two numbers of one unit under names that mean one thing.

清理河道垃圾2.36万立方米 … 清理垃圾2.63万立方米      one fact in fewer words, two digits swapped
上半年改造264户 … 下半年改造246户                   two periods, two facts
柳河镇改造264户 … 石桥镇改造246户                   two places, two facts
改造264户，其中柳河镇246户                          a part and its whole

The words never prove that two sentences speak of one thing. What decides is the slip: values that one slip
of the pen explains are asked about, by its likelihood against chance (`slip.likelihood_of_pair`); under
merely similar names without such a pattern two values are two facts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from decimal import Decimal
from functools import cached_property
from itertools import combinations

from auditor.facts.claim import Claim, Guard, Shape, Strength
from auditor.facts.naming import pairs_of
from auditor.facts.quantity import Modality, Quantity
from auditor.facts.slip import ENOUGH, likelihood_of_pair
from auditor.facts.stated import facts_of, once
from auditor.figures import Kind, Relation, show
from auditor.language import word
from auditor.report.model import Report, TextKind

_MANY = 40  # numbers of one unit and head noun compared with one another
_SHORTEST = 4  # characters of a name that can mean one thing
_NOUN = 2  # characters of a name under which only a slip as good as proven is asked about
_SURE = 40  # how many times likelier a slip must be than chance there
_CERTAIN = Decimal(200)  # how many times likelier under two names that share a noun only
_RARE = 3  # sentences that hold what is hardly told elsewhere
_SAID = 40  # characters that lead to a number
_PASS = 60  # points that the score of a whole evaluation hardly falls below
_TELLING = 6  # characters of a name that hardly means two
_HALF = 2

_Pairs = Set[frozenset[tuple[str, Decimal]]]


class Told:
    """A quantity with what decides whether another one is the same thing."""

    def __init__(self, quantity: Quantity, report: Report) -> None:
        self.quantity = quantity
        self._report = report

    @cached_property
    def core(self) -> str:
        """Its naming words without those that any report puts before a number: 维修饮水管网."""
        name, behind = self.quantity.label, word("behind_number").sub("", self.quantity.tail)
        if not name or (name.endswith("的") and self.quantity.kind is Kind.COUNT):
            name = f"{name.removesuffix('的')}{behind}"
        if self.is_aim:
            name = word("aim_lead").sub("", name)
        name = word("told_lead").sub("", word("name_noise").sub("", name))
        return word("told_end").sub("", name)

    @property
    def sentence(self) -> tuple[int, int]:
        """Its passage and the number of its sentence there."""
        return id(self.quantity.passage), self.quantity.sentence

    @property
    def said(self) -> str:
        """Its sentence up to it, the last of it where it is long, and the words behind it."""
        return f"{self.quantity.sentence_before[-_SAID:]}{self.quantity.tail}"

    @property
    def nouns(self) -> frozenset[str]:
        """The characters that close its name, and those that open the noun behind it."""
        return frozenset(self.core[-_HALF:]) | frozenset(self.quantity.tail[:_SHORTEST])

    @cached_property
    def is_part(self) -> bool:
        """Whether it is told as a part of another number."""
        told = self.quantity.sentence_before
        return bool(word("of_which").search(told[max(told.rfind("；"), told.rfind(";")) + 1 :]))

    @cached_property
    def place(self) -> frozenset[str]:
        """Places, batches and units that its clause names beside its own name, else its sentence or the headings over
        it, but for the report's own: "县财政占45%，省级资金608万元" is the province's."""
        own = f"{self._report.unit}{self._report.title}{self._report.project}"
        before = self.quantity.clause.partition(self.quantity.figure.raw)[0]
        found = {match.group() for match in word("part_of_all").finditer(before)}
        if not found:
            said = f"{self.quantity.passage.section}。{self.quantity.sentence_before}"
            found = {match.group() for match in word("part_of_all").finditer(said)} | self.quantity.lot
        return frozenset(name for name in found if name not in own and name not in self.core)

    @cached_property
    def period(self) -> frozenset[str]:
        year = str(self._report.fiscal_year)
        found = self.quantity.period - {year, "累计"} - self._years_of_events
        return found - {"以来"} if "今年以来" in self.quantity.sentence_before else found

    @property
    def _years_of_events(self) -> set[str]:
        """Years in which something was founded or decided: "始建于1958年" says nothing of a number behind it."""
        events = word("year_of_event").finditer(self.quantity.sentence_before)
        return {match.group() for event in events for match in word("year").finditer(event.group())}

    @property
    def is_overall_score(self) -> bool:
        """The score of the whole evaluation, not of an indicator or a class."""
        one = self.quantity
        if (
            one.kind is not Kind.SCORE
            or one.figure.is_bound
            or not word("overall_score").fullmatch(one.label)
        ):
            return False
        own = word("own_evaluation")
        return bool(own.search(one.label) or own.search(one.sentence_before)) and one.figure.value > _PASS

    @cached_property
    def is_aim(self) -> bool:
        """Whether it is told as a goal or plan of the year: not so behind "完成情况：" in a list of goals."""
        one = self.quantity
        if one.modality is not Modality.PLAN or word("done").search(one.sentence_before):
            return False
        return not word("another_thing").search(one.clause)

    @property
    def usable(self) -> bool:
        """A plain statement with a name, of fact or of what is aimed at: no mean, no part, no other year, no change."""
        one = self.quantity
        if one.kind not in (Kind.COUNT, Kind.MONEY) or one.spelled or one.figure.is_vague or one.is_average:
            return False
        if one.passage.kind is TextKind.CELL or len(self.core) < _NOUN:
            return False
        if word("duration").fullmatch(one.figure.unit):
            return False
        if self.is_aim:
            return True
        section = one.passage.section
        done = word("done").search(f"{section}{one.passage.chapter}")
        planned = word("apart").search(section) and not done
        return not (word("apart").search(one.clause) or planned)


@once
def told_twice(report: Report) -> Iterator[Claim]:
    """Pairs whose values one slip explains, the earlier first, each later one once."""
    groups: dict[tuple[Kind, str, str], list[Told]] = {}
    every = [Told(quantity, report) for quantity in facts_of(report).quantities]
    usable = [told for told in every if told.usable]
    of_several = _of_several(usable)
    for told in usable:
        if (told.quantity.unit, told.core) not in of_several:
            one = told.quantity
            digits = "".join(sorted(show(one.figure.value)))
            for sign in {told.core[-_HALF:], told.core[:_HALF], digits}:
                groups.setdefault((one.kind, one.unit, sign), []).append(told)
    pairs = {
        (id(first.quantity), id(later.quantity)): (first, later)
        for group in groups.values()
        for first, later in combinations(group[:_MANY], 2)
        if _by_one_slip(first, later) and _may_be_one(first, later)
    }
    beside, rare = _beside(report) if pairs else {}, _Rare(every)
    for first, later in pairs.values():
        one_thing = _one_thing(first, later) and _slipped(first, later, beside)
        if one_thing or (_slipped(first, later, beside, _CERTAIN) and rare.share(first, later)):
            yield _claim(first.quantity, later.quantity, first.core == later.core)
    yield from _scores([told for told in every if told.is_overall_score])


def _of_several(usable: Sequence[Told]) -> set[tuple[str, str]]:
    """Names that one sentence gives to several numbers, each with its unit: "52户奖励520万元；17户奖励510万元" names
    neither of them."""
    values: dict[tuple[tuple[int, int], str, str, bool], set[Decimal]] = {}
    for told in usable:
        if not told.is_part:
            one = told.quantity
            key = (told.sentence, one.unit, told.core, told.is_aim)
            values.setdefault(key, set()).add(one.figure.amount)
    return {(unit, core) for (_, unit, core, _), found in values.items() if len(found) > 1}


def _by_one_slip(first: Told, later: Told) -> bool:
    """Whether a slip explains the two values better than chance: of few pairs, and told by the figures alone."""
    return likelihood_of_pair(first.quantity.figure, later.quantity.figure) >= 1


def _scores(overall: Sequence[Told]) -> Iterator[Claim]:
    """The score of the whole evaluation, told twice with one slip."""
    for told in overall[1:]:
        first, later = overall[0].quantity, told.quantity
        differ = not first.base.meets(later.base)
        if differ and likelihood_of_pair(first.figure, later.figure) >= ENOUGH:
            yield _claim(first, later, same=True)


def _beside(report: Report) -> Mapping[bool, _Pairs]:
    """Pairs of values that one sentence tells beside each other: those are two facts; of aims, those that it tells as
    two aims."""
    every = [
        (one, other)
        for sentence in facts_of(report).by_sentence()
        for one, other in combinations(sentence[:_MANY], 2)
        if one.unit == other.unit
    ]
    aims = [two for two in every if all(one.modality is Modality.PLAN for one in two)]
    return {is_aim: {_pair(*two) for two in told} for is_aim, told in ((False, every), (True, aims))}


def _pair(one: Quantity, other: Quantity) -> frozenset[tuple[str, Decimal]]:
    return frozenset(((one.unit, one.figure.amount), (other.unit, other.figure.amount)))


def _may_be_one(first: Told, later: Told) -> bool:
    """Whether they differ, stand in sentences of their own and are of one time and place."""
    one, other = first.quantity, later.quantity
    if one.passage is other.passage and one.sentence == other.sentence:
        return False
    if first.is_aim is not later.is_aim:
        return False
    return not (one.base.meets(other.base) or first.period != later.period or first.place != later.place)


def _one_thing(first: Told, later: Told) -> bool:
    if first.is_part is not later.is_part and not _own_money(first, later):
        return False  # "改造264户，其中脱贫户改造246户": a part and its whole
    return similar(first.core, later.core) or _digits_swapped(first, later)


def _own_money(first: Told, later: Told) -> bool:
    """Whether both are sums of money with a name long enough to be their own: 省级资金, 省级发展资金."""
    alike = first.quantity.kind is Kind.MONEY and min(len(first.core), len(later.core)) >= _SHORTEST
    return alike and (first.place or later.place) == later.place


def _digits_swapped(first: Told, later: Told) -> bool:
    """Whether two of many digits changed places, of one noun: 污水管18.65公里, 敷设管网18.56公里."""
    one, other = first.quantity, later.quantity
    alike = one.kind is Kind.COUNT and first.nouns & later.nouns
    swapped = sorted(show(one.figure.value)) == sorted(show(other.figure.value))
    if not alike or _one_word_other(first.core, later.core):
        return False
    return swapped and likelihood_of_pair(one.figure, other.figure) >= _CERTAIN


def similar(one: str, other: str) -> bool:
    """Whether two names can mean one thing: all characters of the shorter are in the longer, most of its
    pairs of neighbours too. 清理垃圾 is in 清理河道垃圾; 饮水管网维修 and 维修饮水管网 are the same."""
    short, long = sorted((one, other), key=len)
    if Counter(short) - Counter(long):
        return False
    pairs = [short[at : at + _HALF] for at in range(len(short) - 1)]
    return sum(pair in long for pair in pairs) * _HALF >= len(pairs)


def _one_word_other(one: str, other: str) -> bool:
    """Whether two names are set against one another by one word: 新铺给水管, 新铺排水管."""
    if len(one) != len(other):
        return False
    differ = [at for at in range(len(one)) if one[at] != other[at]]
    return bool(differ) and differ[-1] - differ[0] < _HALF


class _Rare:
    """What few sentences have in common: pairs of neighbouring characters that hardly any other holds (果农 of
    "培训果农1580人次"), or one and the same number beside ("举办18期 … 18期培训")."""

    def __init__(self, every: Sequence[Told]) -> None:
        self._every = every

    @cached_property
    def _in(self) -> Counter[str]:
        """In how many sentences each pair of characters stands."""
        said = {one.sentence: one for one in self._every}
        return Counter(pair for told in said.values() for pair in pairs_of(told.said))

    @cached_property
    def _beside(self) -> dict[tuple[int, int], set[tuple[str, Decimal]]]:
        """The numbers of each sentence."""
        found: dict[tuple[int, int], set[tuple[str, Decimal]]] = {}
        for one in self._every:
            found.setdefault(one.sentence, set()).add((one.quantity.unit, one.quantity.figure.amount))
        return found

    def share(self, first: Told, later: Told) -> bool:
        """Whether two numbers share a word of their clauses, two of what leads to them and something rare;
        names that one word sets against one another are of two things, unless one is told with the other."""
        common = pairs_of(first.said) & pairs_of(later.said)
        if len(common) < _HALF or not pairs_of(first.quantity.clause) & pairs_of(later.quantity.clause):
            return False
        beside = self._beside[first.sentence] & self._beside[later.sentence]
        rare = bool(beside) or any(self._in[pair] <= _RARE for pair in common)
        told = pairs_of(first.core) <= pairs_of(later.said) or pairs_of(later.core) <= pairs_of(first.said)
        return rare and (told or not _one_word_other(first.core, later.core))


def _slipped(first: Told, later: Told, beside: Mapping[bool, _Pairs], least: Decimal | None = None) -> bool:
    one, other = first.quantity, later.quantity
    if _pair(one, other) in beside[first.is_aim]:
        return False
    return likelihood_of_pair(one.figure, other.figure) >= (least or _bar(first, later))


def _bar(first: Told, later: Told) -> Decimal:
    """How many times likelier a slip must be than chance under these names."""
    short, long = sorted((first.core, later.core), key=len)
    if first.quantity.modality is not later.quantity.modality or len(short) < _SHORTEST:
        return Decimal(_SURE)
    same = short == long or (long.endswith(short) and len(short) > _TELLING)
    return Decimal(1) if same and len(short) >= _TELLING else ENOUGH


def _claim(first: Quantity, later: Quantity, same: bool) -> Claim:
    reasons = (Guard.BY_ONE_SLIP,) if same else (Guard.OTHER_WORDS, Guard.BY_ONE_SLIP)
    relation = Relation(later.figure, (first.figure,))
    return Claim(Shape.TWICE, relation, later, (first,), Strength.ASK, reasons)
