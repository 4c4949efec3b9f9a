"""The numbers of one wording, drawn so that its relation holds, and the slips that break it.

A recipe returns the slots of a wording, which of them a slip may fall on, and whether given values still
agree. Everything is exact: values are decimals, a printed number stands for its interval.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from auditor.figures import Interval

Values = Mapping[str, Decimal]

# verb, noun, the noun in fewer words, unit, decimals
THINGS = (
    ("维修", "农村饮水管网", "饮水管网", "公里", 1),
    ("安装", "太阳能路灯", "路灯", "盏", 0),
    ("培训", "基层农技人员", "农技人员", "人次", 0),
    ("改造", "农村户用厕所", "厕所", "座", 0),
    ("救助", "困难残疾人家庭", "残疾人家庭", "户", 0),
    ("发放", "政策宣传手册", "宣传手册", "册", 0),
    ("检测", "食用农产品样品", "农产品样品", "批次", 0),
    ("栽植", "公路两侧行道树", "行道树", "株", 0),
    ("清运", "农村生活垃圾", "生活垃圾", "吨", 0),
    ("调解", "各类矛盾纠纷", "矛盾纠纷", "起", 0),
)
GRANTS = ("春耕补助资金", "临时救助金", "稳岗补贴", "护林员补助", "良种补贴", "奖补资金", "交通补助")
PLACES = ("柳河镇", "石桥乡", "白马镇", "清泉乡", "古槐镇", "双溪乡")
_CAPITALS = "零壹贰叁肆伍陆柒捌玖"


@dataclass(frozen=True)
class Drawn:
    """One set of values. `words` fill the slots that are no numbers, `slots` the numbers as printed."""

    words: dict[str, str]
    slots: dict[str, str]
    slipped: tuple[str, ...] = ()
    holds: Callable[[Values], bool] = field(default=lambda values: True)
    wrong: Mapping[str, str] = field(default_factory=dict)


def number(text: str) -> Decimal:
    return Decimal(text)


def printed(values: Values, slot: str) -> Interval:
    value = values[slot]
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return Interval.printed(value, Decimal(1).scaleb(exponent)) if exponent < 0 else Interval.exact(value)


def _thing(random: Random) -> tuple[dict[str, str], Callable[[], str]]:
    verb, noun, short, unit, decimals = random.choice(THINGS)
    p1, p2, p3 = random.sample(PLACES, 3)
    words = {"verb": verb, "noun": noun, "short": short, "unit": unit, "p1": p1, "p2": p2, "p3": p3}

    def draw() -> str:
        whole = str(random.randint(120, 4900))
        return f"{whole}.{random.randint(1, 9)}" if decimals else whole

    return words, draw


def _money(random: Random, low: int = 40, high: int = 3000) -> str:
    return f"{random.randint(low, high)}.{random.randint(1, 9)}{random.randint(1, 9)}"


def _equal(a: str, b: str) -> Callable[[Values], bool]:
    return lambda values: printed(values, a).meets(printed(values, b))


def _twice(random: Random) -> Drawn:
    words, draw = _thing(random)
    a = draw()
    return Drawn(words, {"a": a, "b": a}, ("b",), _equal("a", "b"))


def _twice_money(random: Random) -> Drawn:
    a = _money(random)
    return Drawn({"grant": random.choice(GRANTS)}, {"a": a, "b": a}, ("a", "b"), _equal("a", "b"))


def _table_text(random: Random) -> Drawn:
    words, draw = _thing(random)
    a = draw()
    target = str(int(Decimal(a)) - random.randint(5, 60))
    head = "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分"
    row = f"产出指标\t数量指标\t{words['verb']}{words['noun']}数量\t≥{target}{words['unit']}\t{a}{words['unit']}\t50\t50"
    row += "\n效益指标\t社会效益指标\t服务群众\t≥5200人\t5360人\t50\t50"
    words["table"] = f"项目支出绩效自评表\n{head}\n{row}"
    return Drawn(words, {"a": a, "b": a}, ("b",), _equal("a", "b"))


def _percent(part: Decimal, whole: Decimal) -> str:
    return f"{part / whole * 100:.2f}"


def _ratio(values: Values) -> bool:
    got = printed(values, "part") / printed(values, "whole") * Interval.exact(100)
    return got.meets(printed(values, "rate"))


def _rate(random: Random) -> Drawn:
    whole = random.randint(180, 4800)
    part = whole - random.randint(11, whole // 5)
    slots = {"whole": str(whole), "part": str(part), "rate": _percent(Decimal(part), Decimal(whole))}
    return Drawn({}, slots, ("rate", "part"), _ratio)


def _rate_money(random: Random) -> Drawn:
    whole = Decimal(_money(random, 100))
    part = (whole * random.randint(91, 97) / 100 + Decimal("0.37")).quantize(Decimal("0.01"))
    slots = {"whole": str(whole), "part": str(part), "rate": _percent(part, whole)}
    return Drawn({}, slots, ("rate", "part"), _ratio)


def _bound(random: Random) -> Drawn:
    whole = random.randint(400, 3000)
    rate = random.randint(85, 96)
    part = whole * rate // 100 + random.randint(3, 9)
    low = whole * rate // 100 - random.randint(9, 30)

    def holds(values: Values) -> bool:
        return values["part"] * 100 > values["whole"] * values["rate"]

    slots = {"whole": str(whole), "part": str(part), "rate": str(rate)}
    return Drawn({}, slots, ("part",), holds, {"part": str(low)})


def _share(random: Random) -> Drawn:
    whole = random.randint(180, 4800)
    part = whole * random.randint(12, 88) // 100 + random.randint(1, 5)
    slots = {"whole": str(whole), "part": str(part), "rate": _percent(Decimal(part), Decimal(whole))}
    return Drawn({}, slots, ("rate",), _ratio)


def _share_money(random: Random) -> Drawn:
    whole = Decimal(_money(random, 100))
    part = (whole * random.randint(12, 88) / 100 + Decimal("0.37")).quantize(Decimal("0.01"))
    slots = {"whole": str(whole), "part": str(part), "rate": _percent(part, whole)}
    return Drawn({}, slots, ("rate",), _ratio)


def _change(values: Values) -> bool:
    moved = abs(values["to"] - values["from"])
    if "by" in values and values["by"] != moved:
        return False
    return (Interval.exact(moved) / Interval.exact(values["from"]) * Interval.exact(100)).meets(
        printed(values, "rate")
    )


def _growth(random: Random, *, sign: int = 1, chain: bool = False) -> Drawn:
    first = random.randint(210, 3000)
    last = first + sign * random.randint(20, first // 3)
    slots = {
        "from": str(first),
        "to": str(last),
        "rate": _percent(Decimal(abs(last - first)), Decimal(first)),
    }
    if chain:
        slots["by"] = str(abs(last - first))
    return Drawn({}, slots, ("rate",), _change)


def _excess(random: Random) -> Drawn:
    plan = random.randint(110, 2000)
    actual = plan + random.randint(11, plan // 2)
    slots = {
        "plan": str(plan),
        "actual": str(actual),
        "rate": _percent(Decimal(actual - plan), Decimal(plan)),
    }

    def holds(values: Values) -> bool:
        moved = Interval.exact(values["actual"] - values["plan"]) / Interval.exact(values["plan"])
        return (moved * Interval.exact(100)).meets(printed(values, "rate"))

    return Drawn({}, slots, ("rate",), holds)


def _product(random: Random) -> Drawn:
    count, price = random.randint(21, 940), random.choice((120, 150, 260, 350, 480, 1200, 1600, 2400))
    slots = {"count": str(count), "price": str(price), "total": str(count * price)}
    return Drawn({}, slots, ("total",), lambda v: v["count"] * v["price"] == v["total"])


def _months(random: Random) -> Drawn:
    count, price = random.randint(21, 340), random.choice((350, 480, 600, 1200, 1600, 2400))
    months = random.choice((6, 8, 10, 12))
    total = (Decimal(count * price * months) / 10000).normalize()
    slots = {"count": str(count), "price": str(price), "months": str(months), "total": f"{total:f}"}

    def holds(v: Values) -> bool:
        exact = v["count"] * v["price"] * v["months"] / 10000
        return printed(v, "total").contains(exact)

    return Drawn({}, slots, ("total",), holds)


def _mean(random: Random) -> Drawn:
    mean = random.randint(210, 5600)
    slots = {"total": str(mean * 12), "mean": str(mean)}
    return Drawn({}, slots, ("mean",), lambda v: v["mean"] * 12 == v["total"])


def _unit_cost(random: Random) -> Drawn:
    count = random.randint(11, 290)
    mean = Decimal(random.randint(111, 4900)) / 100
    slots = {"count": str(count), "total": f"{mean * count:.2f}", "mean": f"{mean:.2f}"}

    def holds(v: Values) -> bool:
        return (printed(v, "total") / Interval.exact(v["count"])).meets(printed(v, "mean"))

    return Drawn({}, slots, ("mean",), holds)


def _parts(random: Random) -> Drawn:
    words, _ = _thing(random)
    parts = [random.randint(120, 990) for _ in range(3)]
    slots = {"total": str(sum(parts)), "a": str(parts[0]), "b": str(parts[1]), "c": str(parts[2])}
    return Drawn(words, slots, ("total", "b"), lambda v: v["a"] + v["b"] + v["c"] == v["total"])


def _parts_money(random: Random) -> Drawn:
    words, _ = _thing(random)
    parts = [Decimal(_money(random)) for _ in range(3)]
    slots = {"total": str(sum(parts)), "a": str(parts[0]), "b": str(parts[1]), "c": str(parts[2])}
    return Drawn(words, slots, ("total", "b"), lambda v: v["a"] + v["b"] + v["c"] == v["total"])


def _rest(random: Random) -> Drawn:
    used, left = Decimal(_money(random, 200)), Decimal(_money(random, 11, 90))
    slots = {"total": str(used + left), "used": str(used), "left": str(left)}
    return Drawn({}, slots, ("left",), lambda v: v["total"] - v["used"] == v["left"])


def _rest_count(random: Random) -> Drawn:
    used, left = random.randint(400, 3000), random.randint(102, 290)
    slots = {"total": str(used + left), "used": str(used), "left": str(left)}
    return Drawn({}, slots, ("left",), lambda v: v["total"] - v["used"] == v["left"])


def _stock(random: Random) -> Drawn:
    begin, plus, minus = random.randint(900, 4000), random.randint(110, 400), random.randint(110, 400)
    slots = {"begin": str(begin), "plus": str(plus), "minus": str(minus), "end": str(begin + plus - minus)}
    return Drawn({}, slots, ("end",), lambda v: v["begin"] + v["plus"] - v["minus"] == v["end"])


def _target(random: Random) -> Drawn:
    words, draw = _thing(random)
    target = draw()
    more = Decimal(target) + random.randint(2, 40)
    less = Decimal(target) - random.randint(11, 70)
    return Drawn(
        words, {"target": target, "actual": str(more)}, ("actual",),
        lambda v: v["actual"] >= v["target"], {"actual": str(less)},
    )  # fmt: skip


def _step(random: Random) -> Drawn:
    first = random.randint(210, 3000)
    by = random.randint(21, 190)
    slots = {"from": str(first), "to": str(first + by), "by": str(by)}
    return Drawn({}, slots, ("by",), lambda v: v["to"] - v["from"] == v["by"])


def _each_holds(random: Random) -> Drawn:
    places, each = random.randint(11, 60), random.randint(12, 96)
    slots = {"count": str(places), "each": str(each), "total": str(places * each)}
    return Drawn({}, slots, ("total",), lambda v: v["count"] * v["each"] == v["total"])


def _daily(random: Random) -> Drawn:
    mean = random.randint(1100, 8900)
    slots = {"total": str(mean * 365), "mean": str(mean)}
    return Drawn({}, slots, ("mean",), lambda v: v["mean"] * 365 == v["total"])


def _kept_bound(random: Random) -> Drawn:
    bound = random.randint(80, 96)
    slots = {"bound": str(bound), "actual": str(bound + 2)}
    return Drawn({}, slots, ("actual",), lambda v: v["actual"] >= v["bound"], {"actual": str(bound - 3)})


def _dated(good: str, bad: str, slot: str, **others: str) -> Callable[[Random], Drawn]:
    return lambda random: Drawn(others, {slot: good}, (slot,), wrong={slot: bad})


def _accepted(random: Random) -> Drawn:
    month, day = random.randint(6, 10), random.randint(12, 27)
    done, after, before = (
        f"2023年{m}月{d}日" for m, d in ((month, day), (month + 1, day - 7), (month, day - 9))
    )
    return Drawn({}, {"done": done, "accepted": after}, ("accepted",), wrong={"accepted": before})


def _capital(random: Random) -> Drawn:
    digits = "".join(str(random.randint(1, 9)) for _ in range(6))
    units = ("拾", "万", "仟", "佰", "拾", "")
    words = "".join(f"{_CAPITALS[int(d)]}{u}" for d, u in zip(digits, units, strict=True)) + "元整"
    swapped = digits[:3] + digits[4] + digits[3] + digits[5]
    if swapped == digits:
        swapped = digits[:5] + str(10 - int(digits[5]) if digits[5] != "5" else 7)
    return Drawn({"capital": words}, {"small": digits}, ("small",), wrong={"small": swapped})


def _announced(random: Random) -> Drawn:
    return Drawn({}, {"n": "四"}, ("n",), wrong={"n": random.choice("三五六")})


def _differ(random: Random) -> Drawn:
    words, draw = _thing(random)
    a = int(Decimal(draw())) + 40
    swapped = str(a)[::-1].lstrip("0") or "7"
    return Drawn(
        words, {"a": str(a), "b": swapped, "c": str(a // 3), "x": _money(random), "y": _money(random)}
    )


def _right(random: Random) -> Drawn:
    """Figures that look wrong and are right: bases told elsewhere, sums of parts, budgets that moved."""
    words, _ = _thing(random)
    whole = random.randint(900, 4800)
    one, two = random.randint(90, whole // 4), random.randint(90, whole // 4)
    due = whole + random.randint(20, 300)
    people = whole * 3 - random.randint(20, 200)
    low, high = random.choice(((600, 750), (800, 1000), (1200, 1500), (2000, 2500)))
    first, more = Decimal(_money(random, 300, 900)), Decimal(_money(random, 20, 90))
    paid, other = Decimal(_money(random, 90, 250)), Decimal(_money(random, 40, 80))
    earlier, now = random.randint(400, 520), random.randint(560, 720)
    slots = {
        "whole": str(whole), "one": str(one), "two": str(two), "both": _percent(Decimal(one + two), Decimal(whole)),
        "due": str(due), "of_due": _percent(Decimal(whole), Decimal(due)), "people": str(people),
        "some": str(whole // 3), "some_people": str(people // 4),
        "of_some": _percent(Decimal(whole // 3), Decimal(whole)), "low": str(low), "high": str(high),
        "up": f"{Decimal(high - low) / low * 100:.1f}", "first": str(first), "more": str(more), "now": str(first + more),
        "paid": str(paid), "other": str(other), "all_paid": str(paid + other),
        "of_first": _percent(first, first + more), "of_more": _percent(more, first + more),
        "saved": str(more), "saved_rate": _percent(more, first + more),
        "a": str(earlier), "b": str(now), "ab": _percent(Decimal(now - earlier), Decimal(earlier)),
        "c": str(earlier - 111), "d": str(now - 77),
        "cd": _percent(Decimal(now - 77 - earlier + 111), Decimal(earlier - 111)),
    }  # fmt: skip
    return Drawn(words, slots)


RECIPES: dict[str, Callable[[Random], Drawn]] = {
    "twice": _twice, "twice-money": _twice_money, "table-text": _table_text, "rate": _rate,
    "rate-money": _rate_money, "bound": _bound, "share": _share, "share-money": _share_money,
    "growth": _growth, "growth-chain": lambda random: _growth(random, chain=True),
    "fall": lambda random: _growth(random, sign=-1), "excess": _excess, "product": _product,
    "months": _months, "mean": _mean, "unit-cost": _unit_cost, "parts": _parts, "parts-money": _parts_money,
    "rest": _rest, "rest-count": _rest_count, "stock": _stock, "target": _target,
    "cutoff": _dated("2023年12月31日", "2022年12月31日", "day"), "stale": _dated("2023", "2020", "year"),
    "accepted": _accepted, "step": _step, "each": _each_holds, "daily": _daily, "kept-bound": _kept_bound,
    "far-rest": _rest, "sums": _parts_money, "far-rate": _rate, "capital": _capital, "announced": _announced, "differ": _differ,
    "right": _right,
}  # fmt: skip
"""Recipe of each kind. A wording of the kind "differ" is right as it stands: nothing may be said of it."""

TITLES = {
    "twice": "数量说了两次", "twice-money": "金额说了两次", "table-text": "指标表与文字", "rate": "比率与数量",
    "rate-money": "比率与金额", "bound": "超过、不低于", "share": "占比（数量）", "share-money": "占比（金额）",
    "growth": "增长", "growth-chain": "增长（连说）", "fall": "下降", "excess": "超计划", "product": "单价×数量",
    "months": "标准×人数×月数", "mean": "月均", "unit-cost": "单位造价", "parts": "分项（数量）",
    "parts-money": "分项（金额）", "rest": "结余、核减", "rest-count": "少、差", "stock": "年初＋增−减＝年末",
    "target": "文字里的目标与完成", "cutoff": "截止日", "stale": "旧年份", "accepted": "验收早于完工",
    "step": "增加几、相差几", "each": "每处几个×几处", "daily": "日均", "kept-bound": "控制在…以内，实际",
    "far-rest": "结余（隔几句）", "sums": "三项合计", "far-rate": "比率（分母在前文）",
    "capital": "大小写", "announced": "说几项列几项", "differ": "本来就不同",
    "right": "看着不对其实对",
}  # fmt: skip
