"""One grammar for lists of parts and their whole, whatever is counted: money, things, points.

支出90万元，包括甲60万元、乙30万元            the whole first, the words say that all parts follow
下达资金40万元。其中：甲30万元，乙5万元        behind a full stop; "其中" may leave parts out
下达资金40万元（中央30万元、省级10万元）       in brackets
分两批下达70户，第一批40户，第二批30户         across clauses, named by one scheme
甲6个2.8亿元、乙1个0.2亿元                    a record an item: counts between the amounts
甲30、乙40、小计70；丙20；合计90              the whole at the end, subtotals inside
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice, pairwise, takewhile

from auditor.compiled import compiled
from auditor.facts.quantity import Quantity, quantities_of
from auditor.facts.stated import once
from auditor.figures import total
from auditor.language import Structure, separator, word
from auditor.report.model import Passage
from auditor.values import frozen

_LONGEST_NAME = 30
_MOST = 60  # parts of one list
_TITLE = 2  # characters of what a list is said to be of
_TWO = 2  # items that a total can close
_FROM_HEAD = 90  # characters between a whole and its first part
_KINDS = ("batch", "level", "source_name")
_PIECES = compiled(r"[，,、；;:：]")


class Link(StrEnum):
    """What ties the parts to their whole."""

    FULL = "full"  # 包括, 分别为, 来源为: all of them
    SOME = "some"  # 其中: perhaps not all
    BRACKET = "bracket"  # in brackets right behind the whole, without a word
    COLON = "colon"
    CLAUSES = "clauses"  # no word at all: the parts follow in clauses of their own
    CLOSED = "closed"  # the whole stands at the end: 合计
    ALONE = "alone"  # no whole stands beside them


@frozen
class Parts:
    """Parts as listed and the wholes they may make up, the likeliest first.

    names     what each part is called
    behind_stop  whether a full stop stands between whole and parts
    opened    whether the list goes on unnumbered: 等, 其余用于…
    uncertain whether where the list ends is not sure
    even      whether one and the same mark joins all parts
    records   whether other numbers stand inside its items
    direct    whether nothing but idle words stands between the whole and the list
    mark      what joins the first two parts
    further   quantities of earlier sentences that it may cut another way
    title     what the words that open the list behind a full stop name: "支出包括"
    """

    wholes: tuple[Quantity, ...]
    parts: tuple[Quantity, ...]
    names: tuple[str, ...]
    link: Link
    behind_stop: bool = False
    opened: bool = False
    uncertain: bool = False
    even: bool = True
    records: bool = False
    direct: bool = True
    further: tuple[Quantity, ...] = ()
    mark: str = ""
    title: str = ""

    @property
    def whole(self) -> Quantity:
        return self.wholes[0]


@dataclass
class _Run:
    """Items that follow one another."""

    items: list[Quantity]
    names: list[str]
    marks: list[str]
    uncertain: bool = False
    records: bool = False
    close: Quantity | None = None


@once
def lists_in(passage: Passage) -> Iterator[Parts]:
    """Every list of a passage, with its wholes or none."""
    quantities = quantities_of(passage)
    for unit in dict.fromkeys(one.dimension for one in quantities):
        series = _now([one for one in quantities if unit and one.dimension == unit], passage.text)
        if len(series) >= 2:
            yield from _Reader(passage, series, quantities).read()


def _now(series: Sequence[Quantity], text: str) -> list[Quantity]:
    """Without the earlier value of each change: "标准从420元提到617元" has 617 only."""
    earlier = {
        id(one)
        for one, then in pairwise(series)
        if word("from_before").search(one.head) and word("to_between").search(text[one.end : then.start])
    }
    return [one for one in series if id(one) not in earlier]


class _Reader:
    """Reads the lists of one passage and one unit."""

    def __init__(self, passage: Passage, series: Sequence[Quantity], every: Sequence[Quantity]) -> None:
        self._text = passage.text
        self._structure: Structure = passage.structure
        self._series = series
        # "二级", "第一批", years and shares are words here, not other numbers.
        self._every = [one for one in every if not one.spelled and one.dimension is not None]
        self._starts = [one.start for one in self._every]
        self._series_starts = [one.start for one in series]

    def read(self) -> Iterator[Parts]:
        levels: dict[int, list[Quantity]] = {}
        for one in self._series:
            levels.setdefault(one.bracket, []).append(one)
        for level in levels.values():
            at = 0
            subtotals: list[Quantity] = []
            while at < len(level):
                if subtotals and self._structure.sentence(level[at].start) != subtotals[0].sentence:
                    subtotals = []
                if len(subtotals) >= 2 and self._closes(level[at]):
                    yield self._of_subtotals(subtotals, [], level[at])
                    subtotals, at = [], at + 1
                    continue
                run = self._run(level, at)
                if subtotals and run.close is not None and not self._is_subtotal(run.close):
                    yield self._of_subtotals(subtotals, run.items, run.close)
                    subtotals = []
                else:
                    yield from self._listed(run, level, at)
                if run.close is not None:
                    if self._is_subtotal(run.close):
                        subtotals.append(run.close)
                    at += len(run.items) + 1
                else:
                    at += max(1, len(run.items) - 1)

    def _closes(self, quantity: Quantity) -> bool:
        return bool(word("closing").search(quantity.head)) and not self._is_subtotal(quantity)

    def _is_subtotal(self, quantity: Quantity) -> bool:
        return bool(word("subtotal").search(quantity.head))

    def _of_subtotals(
        self, subtotals: Sequence[Quantity], loose: Sequence[Quantity], whole: Quantity
    ) -> Parts:
        """小计 of each group, what stands in no group, and 合计 at the end."""
        parts = (*subtotals, *loose)
        return Parts((whole,), parts, tuple(one.label or one.head for one in parts), Link.CLOSED)

    def _run(self, level: Sequence[Quantity], first: int) -> _Run:
        """The items from `first` on, as far as the text only names and separates them."""
        run = _Run([level[first]], [self._first_name(level[first])], [])
        opened = self._text[max(0, level[first].start - _FROM_HEAD) : level[first].start]
        each = "分别" in opened[opened.rfind("。") + 1 :]
        additive = bool(word("begin").search(run.names[0]))
        for quantity in level[first + 1 : first + _MOST]:
            before = run.items[-1]
            gap, others = self._gap(before, quantity)
            if "。" in gap or "\n" in gap or len(gap) > 60 or not word("joint").search(gap):
                break
            pieces = _PIECES.split(gap)
            name = pieces[-1] or "".join(pieces[-2:])
            if closing := word("closing").search(name) or self._same_again(run, name):
                run.close = quantity if self._closes_run(run, name[: closing.start()]) else None
                break
            own = word("closing_of").match(name)
            if own and len(run.names) >= _TWO and _repeats(own["own"], run.names, quantity):
                run.close = quantity
                break
            mark = separator(gap)
            if (word("list_break").search(gap) and not additive) or (
                mark == ";" and run.marks and run.marks[-1] != ";"
            ):
                break
            if any(pieces[1:-1]) and not others and not word("residual").search(name):
                run.uncertain = True
                break
            if (not name and not each) or len(name) > _LONGEST_NAME or quantity.is_average:
                break
            if self._other(run, name):
                # Marked like the items before it, it may be one of them: "县级预算" among sources.
                run.uncertain = gap.startswith("、") or (bool(run.marks) and mark == run.marks[-1])
                break
            run.records |= others > 0
            run.items.append(quantity)
            run.names.append(name.strip("和及与"))
            run.marks.append(mark)
        return run

    def _same_again(self, run: _Run, name: str) -> re.Match[str] | None:
        """A total in the words of its items: "分别完成客运量86万人次、…，全年共完成客运量390万人次"."""
        found = word("sums_up").search(name)
        thing = name[found.end() :] if found is not None else ""
        return found if len(thing) >= 2 and thing in run.names[0] else None

    def _closes_run(self, run: _Run, own: str) -> bool:
        """Whether a total is that of the items: it names nothing of its own ("支出合计" behind incomes)."""
        left = word("idle_closing").sub("", own)
        return not left or any(left[-2:] in name for name in run.names)

    def _other(self, run: _Run, name: str) -> bool:
        """Whether an amount is named as something of its own, not as the next item: "结余" behind costs. A
        list of what is left, or of what a budget is made of, has such names itself."""
        if word("bare_verb").match(name):
            return True
        if not word("other_amount").search(name) or word("source_by_amount").fullmatch(name):
            return False
        if word("residual").search(name):
            return False
        if word("rest_part").search(name):
            before = self._structure.sentence_span(run.items[0].start)[0]
            told = self._text[max(before, run.items[0].start - _FROM_HEAD) : run.items[0].start]
            if word("rest").search(told):
                return False
        return not any(word("other_amount").search(one) for one in run.names)

    def _first_name(self, quantity: Quantity) -> str:
        """The words of its clause before the first item, other numbers left out."""
        left = self._structure.clause_start(quantity.start)
        words = self._without_numbers(left, quantity.start)[0]
        for name in ("full_list", "of_which"):
            for match in word(name).finditer(words):
                words = words[match.end() :] if match.end() < len(words) else words
                break
        return words.strip("和及与的:： ") or quantity.label

    def _gap(self, left: Quantity, right: Quantity) -> tuple[str, int]:
        """The words from one item to the next without brackets, shares and other numbers, and how many
        other numbers stand there."""
        words, others = self._without_numbers(left.end, right.start)
        return word("share_told").sub("", words), others

    def _without_numbers(self, start: int, end: int) -> tuple[str, int]:
        near = self._every[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        inside = [one for one in near if one.end <= end]
        if not inside:
            return self._structure.outside(start, end), 0
        level = self._structure.depth(start)
        kept, at = [], start
        for one in inside:
            if self._structure.depth(one.start) > level:
                continue
            kept.append(self._structure.outside(at, one.start))
            at = one.end
        others = len(kept)
        return "".join([*kept, self._structure.outside(at, end)]), others

    def _listed(self, run: _Run, level: Sequence[Quantity], first: int) -> Iterator[Parts]:
        parts = tuple(run.items)
        even = len(set(run.marks) - {""}) <= 1
        behind = self._text[parts[-1].end : parts[-1].end + 20]
        opened = any(word("open_list").match(words) for words in {behind, behind.lstrip("，,；;")})
        opened = opened or word("more_untold" if "有" in behind[:4] else "goes_on").match(behind) is not None
        mark = run.marks[0] if run.marks else ""
        if run.close is not None and self._of_head(level, first, run):
            run.close = None
        if run.close is not None:
            if len(parts) >= 2:
                yield Parts((run.close,), parts, tuple(run.names), Link.CLOSED, uncertain=run.uncertain,
                            even=even, records=run.records)  # fmt: skip
            return
        if len(parts) < 2:
            return
        link, wholes, stop, direct = self._head(level, first, run)
        if link is None and len(parts) >= 3 and _opens(run):
            # "分两批下达70户，第一批40户，第二批30户": the first is the whole of the others.
            yield Parts(
                parts[:1], parts[1:], tuple(run.names[1:]), Link.CLAUSES, stop, opened, run.uncertain,
                len(set(run.marks[1:]) - {""}) <= 1,
            )  # fmt: skip
            return
        if link is None or not wholes:
            yield Parts((), parts, tuple(run.names), Link.ALONE, opened=opened, uncertain=run.uncertain)
        else:
            yield Parts(
                wholes, parts, tuple(run.names), link, stop, opened, run.uncertain, even, run.records, direct,
                self._further(wholes[-1]), mark, self._title(parts[0]) if stop else "",
            )  # fmt: skip

    def _title(self, head: Quantity) -> str:
        """ "支出" of "支出包括人员费…"."""
        start = self._structure.sentence_span(head.start)[0]
        words = self._text[start : head.start]
        at = self._named(words)[1] if self._named(words)[0] is not None else 0
        return word("filler_start").sub("", words[:at]).strip("，,")[-_TITLE:]

    def _of_head(self, level: Sequence[Quantity], first: int, run: _Run) -> bool:
        """Whether a total behind a list is none of it: the list makes up what stands before it."""
        if len(run.items) < _TWO or run.close is None:
            return False
        link, wholes, _, _ = self._head(level, first, run)
        added = total(one.base for one in run.items)
        if link not in (Link.FULL, Link.SOME) or added.meets(run.close.base):
            return False
        return bool(wholes) and (bool(word("spend").search(run.close.head)) or added.meets(wholes[0].base))

    def _head(
        self, level: Sequence[Quantity], first: int, run: _Run
    ) -> tuple[Link | None, tuple[Quantity, ...], bool, bool]:
        """The link before the first item, the wholes it may mean, whether a full stop stands between, and
        whether nothing but idle words does."""
        head = run.items[0]
        nearest = next(self._before(head), None)
        if nearest is None:
            return None, (), False, False
        if head.bracket >= 0 and nearest.bracket != head.bracket:
            inside = self._text[head.bracket + 1 : head.start]
            between = self._structure.outside(nearest.end, head.bracket)
            if len(between) > 6 or _PIECES.search(between) or word("other_in_bracket").search(inside):
                return None, (), False, False
            return self._named(inside)[0] or Link.BRACKET, (nearest,), False, True
        words, _ = self._without_numbers(nearest.end, head.start)
        stops = words.count("。") + words.count("\n")
        if stops > 1 or len(words) > _FROM_HEAD or words.startswith("/"):
            return None, (), False, False
        wholes = self._wholes(nearest.sentence, head)
        if stops:
            before, _, after = words.replace("\n", "。").partition("。")
            link, at = self._named(after)
            if link is None and _scheme(run.names) and not _in_scheme(nearest.clause):
                link = Link.CLAUSES
            return link, wholes, True, _idle(before) and _idle(after[:at])
        link, at = self._named(words)
        if link is None and (within := word("out_of_them").match(words)):
            link, at = Link.SOME, within.end()
        if link is None and ":" in words:
            link, at = Link.COLON, words.rindex(":")
        one_of_them = words.startswith("、") or _in_scheme(nearest.clause)
        if link is None and _scheme(run.names) and not one_of_them:
            link = Link.CLAUSES
        return link, wholes, False, _idle(words[:at])

    def _named(self, words: str) -> tuple[Link | None, int]:
        """The link that the words before the first item name, and where it stands in them."""
        full, some = (list(word(name).finditer(words)) for name in ("full_list", "of_which"))
        if full and (not some or full[-1].start() > some[-1].start()):
            return Link.FULL, full[-1].start()
        return (Link.SOME, some[-1].start()) if some else (None, 0)

    def _before(self, head: Quantity) -> Iterator[Quantity]:
        """The quantities before the list that stand no deeper than it does, nearest first. Never all of
        them: a paragraph of thousands would be gone through for each of its lists."""
        for at in range(bisect_left(self._series_starts, head.start) - 1, -1, -1):
            one = self._series[at]
            if one.end <= head.start and one.depth <= head.depth:
                yield one

    def _wholes(self, sentence: int, head: Quantity) -> tuple[Quantity, ...]:
        """The quantities before the list that it may take apart, nearest first: those of the last sentence
        that has any."""
        near = takewhile(lambda one: one.sentence == sentence, self._before(head))
        return tuple(islice((one for one in near if one.depth == head.depth and not one.is_average), 6))

    def _further(self, last: Quantity) -> tuple[Quantity, ...]:
        """The quantities of the two sentences before, nearest first."""
        at = bisect_left(self._series_starts, last.start)
        earlier = (self._series[before] for before in range(at - 1, -1, -1))
        near = takewhile(lambda one: one.sentence >= last.sentence - 2, earlier)
        return tuple(
            islice((one for one in near if one.sentence < last.sentence and one.depth == last.depth), 6)
        )


def _repeats(own: str, names: Sequence[str], total_: Quantity) -> bool:
    """Whether a total is told in the words of its items: in those of all; for things, of the first."""
    if all(own in name for name in names):
        return True
    return total_.unit != "元" and own[:_TITLE] in names[0]


def _idle(words: str) -> bool:
    """Whether nothing between a whole and its list tells of something else."""
    return all(word("idle_between").fullmatch(piece) for piece in _PIECES.split(words)[1:])


def _opens(run: _Run) -> bool:
    """Whether the first of a run is the whole of the others: these are named by a scheme that it has no part
    in, or it is told as a total and set apart ("共有73家，城东区27家、城西区31家、新桥县15家")."""
    first, others = run.names[0], run.names[1:]
    if _scheme(others) and not _in_scheme(_PIECES.split(first)[-1]):
        return True
    apart = run.marks[0] == "," and set(run.marks[1:]) == {"、"}
    return apart and bool(word("told_whole").search(run.items[0].head))


def _in_scheme(words: str) -> bool:
    """Whether the words begin with a name that parts a whole: "第一批40户" is one of the batches."""
    return any(word(kind).match(words) for kind in _KINDS)


def _scheme(names: Sequence[str]) -> bool:
    """Whether the names are of one scheme that parts a whole: batches, levels of government, the classes of
    an evaluation."""
    plain = [word("filler_start").sub("", word("year_told").sub("", name)) for name in names]
    if len(set(plain)) < len(plain):
        return False
    if len(plain) >= 3 and all(word("score_class").search(name) for name in plain):
        return True
    return any(all(word(kind).match(name) for name in plain) for kind in _KINDS)
