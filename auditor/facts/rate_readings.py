"""Which counts a printed rate speaks of, and every way to compute it from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from auditor.facts.quantities import between, sentence_start, sum_of
from auditor.facts.quantity import Quantity
from auditor.facts.rate_guards import is_outcome
from auditor.figures import Expression, Interval, Kind, Term, added
from auditor.language import word
from auditor.values import frozen

_SURVEY = ("份", "名", "户", "家", "张")
_ONLY_TIMES = frozenset(("小时", "分钟", "工作日", "个工作日", "岁"))
_SOME_TIMES = frozenset(("天", "日", "月", "个月", "周", "年"))

# A rate's name and the words that its numerator goes by.
_NUMERATOR = {
    "办结": ("办结", "已办", "办理"),
    "结案": ("结案", "审结", "执结", "办结"),
    "审结": ("审结", "结案"),
    "完成": ("完成", "实际", "实有"),
    "回收": ("收回", "回收"),
    "合格": ("合格", "达标", "通过"),
    "达标": ("达标", "合格"),
    "满意": ("满意",),
    "化解": ("化解", "调处"),
    "调处": ("调处", "化解"),
    "参训": ("参训", "参加"),
    "覆盖": ("覆盖",),
    "出勤": ("到勤", "出勤", "实到"),
}
_ANSWERS = 60  # characters that answers in quotation marks take before a number
_MOST = 8  # counts that are combined with one another


@frozen
class Reading:
    """One way to compute the rate: sum of parts ÷ sum of wholes; with `rest` what is left of the wholes ÷
    the wholes. `divisible` is false where the wholes are nil."""

    parts: tuple[Quantity, ...]
    wholes: tuple[Quantity, ...]
    value: Interval
    rest: bool = False
    divisible: bool = True

    @property
    def terms(self) -> Expression | None:
        """How it is told; None where nothing can be divided. Hundreds of readings are tried for each that is."""
        if not self.divisible:
            return None
        scales = {quantity.figure.scale for quantity in (*self.parts, *self.wholes)}
        scale = scales.pop() if len(scales) == 1 else Decimal(1)
        top, bottom = (
            added(Term.plain(one.figure, scale) for one in side) for side in (self.parts, self.wholes)
        )
        return (bottom - top) / bottom if self.rest else top / bottom

    @property
    def figures(self) -> tuple[Quantity, ...]:
        return (*self.wholes, *(part for part in self.parts if part not in self.wholes))


def is_value(quantity: Quantity) -> bool:
    """A count that can be part or whole of a rate: no bound, no time limit, no average."""
    figure = quantity.figure
    if figure.kind is not Kind.COUNT or quantity.spelled or figure.is_bound or figure.upper is not None:
        return False
    if word("beyond").search(quantity.head):
        return False
    if figure.unit in _ONLY_TIMES or quantity.is_average or word("per_base").search(quantity.head):
        return False
    limit = word("within_limit").match(quantity.tail) or word("about_limits").search(quantity.clause)
    return not (figure.unit in _SOME_TIMES and limit)


def is_whole(quantity: Quantity) -> bool:
    return bool(word("the_whole").search(quantity.clause))


def is_whole_of(whole: Quantity, part: Quantity) -> bool:
    """Marked as a whole by its own words, or by "…中" before the part: "14处积水点中12处完工"."""
    return is_whole(whole) or (
        whole.start < part.start and bool(word("among_them").search(between(whole, part)))
    )


def partitioned(pool: Sequence[Quantity], part: Quantity | None) -> list[Quantity]:
    """The count that all others of the sentence make up: "问卷1200份，非常满意612份，满意492份，一般84份…"."""
    if not pool:
        return []
    whole = max(pool, key=lambda quantity: quantity.figure.amount)
    others = [quantity for quantity in pool if quantity is not whole]
    held = len(others) >= 2 and whole is not part and sum_of(others).meets(whole.base)
    return [whole] if held else []


def without_sent(pool: Sequence[Quantity], part: Quantity) -> list[Quantity]:
    """The counts without the forms sent out, where the forms that came back are told too."""
    back = any(word("came_back").search(quantity.clause) for quantity in pool if quantity is not part)
    return [
        quantity
        for quantity in pool
        if not (
            back
            and word("sent_out").search(quantity.clause)
            and not word("came_back").search(quantity.clause)
        )
    ]


def too_few_back(close: Sequence[Quantity], part: Quantity) -> Quantity | None:
    """The forms that came back, where fewer came back than the part counts."""
    return next(
        (
            quantity
            for quantity in close
            if quantity.unit == part.unit
            and word("came_back").search(quantity.clause)
            and quantity.base.below(part.base)
        ),
        None,
    )


def is_negative(quantity: Quantity) -> bool:
    return bool(word("negative").search(quantity.head))


def near(counts: Sequence[Quantity], rate: Quantity) -> list[Quantity]:
    """The counts of the rate's own sentence, or of its part between semicolons."""
    start = sentence_start(rate.passage.text, rate.start)
    return [quantity for quantity in counts if quantity.start >= start]


def kinds(part: Quantity, rate: Quantity) -> tuple[str, ...]:
    """Units that the whole may have: people, households and forms answer the same survey."""
    return _SURVEY if "满意" in rate.head and part.unit in _SURVEY else (part.unit,)


def numerator(close: Sequence[Quantity], stem: str, rate: Quantity) -> Quantity | None:
    """The nearest count that the rate's name speaks of."""
    if not stem:
        last = close[-1] if close else None
        if last is None:
            return None
        told = "其中" in last.clause or "中" in last.head[:1] or len(between(last, rate)) <= 3
        told = told or (rate.head.strip("，,") == "占" and any(is_whole_of(q, last) for q in close[:-1]))
        return last if told else None
    core = word("in_time").sub("", stem) or stem
    words = next((words for key, words in _NUMERATOR.items() if core.endswith(key)), (core[-2:],))
    named = [quantity for quantity in reversed(close) if stem in quantity.clause]  # "按期办结", word for word
    named = named or [
        quantity for quantity in reversed(close) if any(word in _clause(quantity) for word in words)
    ]
    if not named and is_outcome(stem):
        return None  # "应检420家，实检412家，合格率95.1%": how many passed is not told
    if not named and any(word("due_to_be").search(quantity.clause) for quantity in close):
        named = [
            quantity for quantity in close if word("really_was").search(quantity.clause)
        ]  # 应开…，实开…，开齐率
    if not named:
        return None
    # "不合格2批" is a numerator only where no count says how many passed.
    done = [q for q in named if not is_negative(q)]
    # "接入11206户，应接入11560户，接入率…": what was due is the whole.
    part = next((q for q in done if not word("due_to_be").search(q.clause)), (done or named)[0])
    return None if "其中" in between(part, rate) else part


def _clause(quantity: Quantity) -> str:
    """Its clause, answers in quotation marks included: "选择“满意”和“比较满意”的405份"."""
    before = word("quoted_answers").search(
        quantity.passage.text[max(0, quantity.start - _ANSWERS) : quantity.start]
    )
    return (before.group() if before else "") + quantity.clause


def is_named(stem: str, pool: Sequence[Quantity]) -> bool:
    """Whether the clauses of the counts cover the rate's whole name ("按时办结率" is not "办结")."""
    words = "".join(quantity.clause for quantity in pool)
    if word("in_time").search(stem) and not word("in_time_told").search(words):
        return False
    core = word("in_time").sub("", stem)
    key = next((key for key in _NUMERATOR if core.endswith(key)), "")
    rest = word("idle_rate_stem").sub("", core).removesuffix(key)
    if any(word("due_to_be").search(q.clause) for q in pool) and any(
        word("really_was").search(q.clause) for q in pool
    ):
        return True
    return set(rest) <= set(words) or len({quantity.clause for quantity in pool}) == 1


def simple(part: Quantity, same: Sequence[Quantity], rate: Quantity) -> Iterator[Reading]:
    """part ÷ whole for each count of its kind, nearest first; the rest of it where the part is a lack."""
    negative = is_negative(part)
    for whole in reversed(same):
        if negative:
            yield divide((part,), (whole,), rate, rest=True)
        yield divide((part,), (whole,), rate)


def beside_it(part: Quantity, counts: Sequence[Quantity], rate: Quantity) -> Reading | None:
    """The reading that holds of the number told with `part` in another unit: "412户1326人，已消除风险298户
    961人，占72.3%" is told of the households."""
    at = next((at for at, quantity in enumerate(counts) if quantity is part), 0)
    twin = counts[at - 1] if at else None
    if twin is None or between(twin, part) or twin.unit == part.unit:
        return None
    same = [quantity for quantity in counts[: at - 1] if quantity.unit == twin.unit]
    return next((one for one in simple(twin, same, rate) if one.value.meets(rate.figure.interval)), None)


def is_done_too(quantity: Quantity, stem: str) -> bool:
    """Whether a number counts what was done already, in the rate's own word: it is no number of those due."""
    said = f"{quantity.head}{quantity.tail}"
    counted = quantity.kind is Kind.COUNT and stem[-2:] in said
    return counted and not word("to_be_done").search(said)


def combined(pool: Sequence[Quantity], rate: Quantity) -> Iterator[Reading]:
    """Every sum of counts ÷ every count, or sum of neighbouring counts, that gives the rate."""
    kept = pool[-_MOST:]
    marked = _marked(kept)
    runs = [tuple(kept[a:b]) for a in range(len(kept)) for b in range(a + 1, len(kept) + 1)]
    runs = sorted((run for run in runs if _alike(run, marked)), key=len)
    small = [chosen for size in (1, 2, 3) for chosen in combinations(kept, size) if _alike(chosen, marked)]
    parts = {tuple(id(q) for q in chosen): chosen for chosen in (*small, *runs)}
    sums = [(chosen, sum_of(chosen)) for chosen in parts.values()]
    for wholes in runs:
        wanted = rate.base * sum_of(wholes)
        for chosen, value in sums:
            if chosen != wholes and value.meets(wanted):
                yield divide(chosen, wholes, rate)


def _marked(pool: Sequence[Quantity]) -> set[int]:
    """The counts marked as a whole, and those that 、 joins to one: "抽取学生200名、家长100名"."""
    found: set[int] = set()
    for at, quantity in enumerate(pool):
        gap = between(pool[at - 1], quantity) if at else ","
        joined = "、" in gap and "," not in gap and "，" not in gap
        if is_whole(quantity) or (joined and id(pool[at - 1]) in found):
            found.add(id(quantity))
    return found | {id(whole) for whole in partitioned(pool, None)}


def _alike(chosen: Sequence[Quantity], marked: set[int]) -> bool:
    """Whether they may be summed: a whole and its parts are not."""
    return len({id(quantity) in marked for quantity in chosen}) == 1


def closest(part: Quantity, pool: Sequence[Quantity], rate: Quantity) -> Reading | None:
    """Of the sums that hold `part` over a count not smaller, the one nearest to the printed rate."""
    others = [quantity for quantity in pool[-_MOST:] if quantity is not part]
    found: list[Reading] = []
    for whole in others:
        rest = [q for q in others if q is not whole and is_negative(q) == is_negative(part)]
        for size in range(min(len(rest), 2) + 1):
            for more in combinations(rest, size):
                parts = tuple(quantity for quantity in pool if quantity is part or quantity in more)
                if not sum_of((whole,)).below(sum_of(parts)):
                    found.append(divide(parts, (whole,), rate))
    printed = rate.figure.value
    return min(found, key=lambda reading: abs(reading.value.low - printed), default=None)


def sharp(reading: Reading, rate: Quantity) -> bool:
    """Whether a tick means anything: the written numbers give the rate, or the rounded ones among them
    ("2.1万亩 ÷ 2万亩") have three digits or more."""
    top, bottom = (
        sum((q.figure.amount for q in side), Decimal(0)) for side in (reading.parts, reading.wholes)
    )
    scale = rate.figure.scale
    shares = [top / bottom / scale, (bottom - top) / bottom / scale] if bottom else []
    if any(rate.figure.interval.contains(share) for share in shares):
        return True
    rounded = [q.figure for q in reading.figures if q.figure.scale != 1 or q.figure.decimals]
    return all(len(figure.digits.replace(".", "").replace(",", "").lstrip("0")) >= 3 for figure in rounded)


def divide(
    parts: tuple[Quantity, ...], wholes: tuple[Quantity, ...], rate: Quantity, *, rest: bool = False
) -> Reading:
    """parts ÷ wholes; (wholes − parts) ÷ wholes with `rest`."""
    upper, divisor = sum_of(parts), sum_of(wholes)
    if rest:
        upper = divisor - upper
    try:
        value = upper / divisor / Interval.exact(rate.figure.scale)
    except ZeroDivisionError:
        return Reading(parts, wholes, Interval.exact(-1), divisible=False)
    return Reading(parts, wholes, value, rest)
