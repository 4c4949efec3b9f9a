"""What a draw did and what it proves, in plain Chinese with the arithmetic beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from auditor.figures import show
from auditor.season.sampling.draw import Draw, Method, Plan
from auditor.season.sampling.evaluate import Money, Rate, RateRow, Step

METHODS = {
    Method.SIMPLE: "简单随机抽样",
    Method.STRATIFIED: "分层随机抽样",
    Method.RISK: "先查高风险，其余随机抽样",
    Method.MUS: "货币单位抽样（固定间隔）",
    Method.CELL: "货币单位抽样（分格）",
}

_WIDE = Context(prec=60)


def rounded(value: Fraction | Decimal, decimals: int, rounding: str = ROUND_HALF_UP) -> Decimal:
    """To so many decimals; limits are rounded to the side on which they claim less."""
    exact = Fraction(value)
    scaled = exact * 10**decimals
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    up = rest and (
        rounding == ROUND_CEILING or (rounding == ROUND_HALF_UP and 2 * rest >= scaled.denominator)
    )
    return Decimal(whole + bool(up)).scaleb(-decimals, _WIDE)


def percent(value: Fraction | Decimal, rounding: str = ROUND_HALF_UP) -> str:
    """Two decimals: 10.14%."""
    return f"{rounded(Fraction(value) * 100, 2, rounding):f}%"


def sure(confidence: Decimal) -> str:
    """95% for 0.95."""
    return f"{show(confidence * 100)}%"


def limits(row: RateRow) -> tuple[str, str]:
    """One-sided upper limit and two-sided interval of a stratum; "—" where all of it was examined."""
    if row.stratum.drawn == row.stratum.population:
        return "—", "—"
    return (
        percent(row.upper, ROUND_CEILING),
        f"{percent(row.low, ROUND_FLOOR)}–{percent(row.high, ROUND_CEILING)}",
    )


def yuan(value: Fraction | Decimal, rounding: str = ROUND_HALF_UP) -> str:
    return f"{rounded(value, 2, rounding):,f}元"


def algorithm(draw: Draw) -> Iterator[str]:
    """How anybody draws the same sample, step by step."""
    plan = draw.plan
    yield (
        f"抽样框：全部{len(draw.frame.items)}份报告，每份一行，依次是编号、分层、金额（元）、风险分，中间用制表符隔开，"
        f"行末换行；各行按编号的 UTF-8 字节从小到大排列。整个抽样框（UTF-8）的 SHA-256 是 {draw.frame.sha256}。"
    )
    yield (
        f"种子是“{plan.seed}”。每份报告的序值是“种子|编号”这段文字（UTF-8）的 SHA-256，写成64位十六进制数，"
        "从小到大排列就是抽取的顺序。用任何语言、任何算 SHA-256 的程序都得到同样的顺序。"
    )
    if plan.method.monetary:
        yield from _by_money(draw)
    else:
        yield from _by_report(draw)


def _by_report(draw: Draw) -> Iterator[str]:
    plan = draw.plan
    if plan.certain_from is not None:
        yield f"金额不低于{yuan(plan.certain_from)}的报告全部核查，不参加抽取，不占样本数。"
    if plan.method is Method.RISK:
        yield f"先取风险分最高的{plan.riskiest}份（分数相同的按序值），它们只代表自己；其余{plan.size - plan.riskiest}份随机抽取。"
    if plan.method is Method.STRATIFIED:
        yield (
            f"各层按份数分配{plan.size}份：先每层一份，份数多的层在先；此后每次给“本层份数÷（2×已分份数＋1）”"
            "最大的层一份，相同的按层的名称。各层内按序值取最前面的。"
        )
    else:
        yield "按序值从小到大取最前面的。"
    yield "需要加抽时接着往下取，已经抽到的不变。"


def _by_money(draw: Draw) -> Iterator[str]:
    plan = draw.plan
    line = next((one for one in draw.strata if one.interval is not None), None)
    yield (
        f"定{plan.size}个抽样单位。间隔＝线上金额÷单位数；金额达到间隔的报告列为大额必查，从线上取下，单位数相应减少，"
        "重算间隔，直到没有达到间隔的为止。"
    )
    if line is not None and line.interval is not None:
        yield (
            f"其余{line.population}份按序值排列，金额首尾相接成一条线，共{yuan(line.amount)}；"
            f"{f'加抽{plan.doublings}次，每次间隔减半；' if plan.doublings else ''}间隔是{yuan(line.interval)}。"
        )
    if plan.method is Method.MUS:
        yield "起点＝“种子|起点”的 SHA-256 当作整数÷2的256次方×首次抽样的间隔，除以现在的间隔取余；从起点起每隔一个间隔取一点。"
    else:
        yield (
            "每个间隔是一格，第k格里取一点：“种子|格m-k”（m是格数）的 SHA-256 当作整数÷2的256次方，乘间隔，就是这一点"
            "在格里的位置；加抽时每格分成两半，已有点的半格不变，另一半照此取一点。"
        )
    yield "点落在哪份报告的金额上（含起点、不含终点），哪份就抽中；抽中几次仍只查一次，次数照记。"
    if draw.left_out:
        yield f"没有金额或金额不大于0的{len(draw.left_out)}份不在金额抽样之列，另行核查。"


def rate_conclusion(rate: Rate, tolerable: Decimal) -> Iterator[str]:
    """The share of reports that are wrong, held against what the bureau tolerates."""
    drawn = sum(row.stratum.drawn for row in rate.rows)
    wrong = sum(row.wrong for row in rate.rows)
    reports = rounded(rate.upper * rate.population, 0, ROUND_FLOOR)
    census = drawn == rate.population
    pending = f"（其中{rate.pending}份还没有决定，按有差错计）" if rate.pending else ""
    if census:
        yield f"{rate.population}份全部核查，{wrong}份有差错{pending}，差错率{percent(rate.share)}。"
    else:
        yield (
            f"{rate.population}份里查了{drawn}份，{wrong}份有差错{pending}；推算全部的差错率约{percent(rate.share)}。"
            f"有{sure(rate.confidence)}的把握说：全部的差错率不超过{percent(rate.upper, ROUND_CEILING)}"
            f"（不超过{reports:f}份）。"
        )
        if rate.low is not None and rate.high is not None:
            yield (
                f"差错率的区间（双侧{sure(rate.confidence)}）是"
                f"{percent(rate.low, ROUND_FLOOR)}至{percent(rate.high, ROUND_CEILING)}。"
            )
    yield _judged(rate.upper, rate.share, Fraction(tolerable), f"可容忍的{sure(tolerable)}", census)
    if rate.pending:
        yield _pending(rate.pending)


def _judged(upper: Fraction, likely: Fraction, tolerable: Fraction, told: str, census: bool) -> str:
    if upper <= tolerable:
        return f"没有超过{told}，可以接受。"
    if likely > tolerable:
        return f"{'' if census else '推算数'}已经超过{told}，不能接受，应扩大核查范围并要求整改。"
    return f"推算数没有超过{told}，上限超过了：现有样本还不足以接受，可以加抽，或者全部核查。"


def _pending(count: int) -> str:
    return f"还有{count}份没有作出决定，以上按最不利的情形（有差错）计算；全部决定以后结论才算数。"


def rate_arithmetic(rate: Rate) -> Iterator[str]:
    """The formula of every limit with its numbers put in."""
    for row in rate.rows:
        if row.stratum.drawn == row.stratum.population:
            yield f"{row.stratum.name}：{row.stratum.population}份全部核查，{row.wrong}份有差错，没有抽样误差。"
        else:
            yield _binomial(row, rate.confidence)
    if rate.steps:
        yield from _steps(rate.steps, f"各层合并（份数，共{rate.population}份）", plain=True)
        sampled = [row for row in rate.rows if row.stratum.drawn < row.stratum.population]
        known = sum(row.wrong for row in rate.rows if row not in sampled)
        whole = known + sum((step.product for step in rate.steps), Fraction(0))
        if known:
            yield f"加全部核查的{known}份，合计{rounded(whole, 2, ROUND_CEILING):,f}份。"
        if whole > rate.population:
            yield f"超过了全部份数，按{rate.population}份计。"
    elif len(rate.rows) > 1 and any(row.stratum.drawn < row.stratum.population for row in rate.rows):
        terms = "＋".join(
            str(row.wrong)
            if row.stratum.drawn == row.stratum.population
            else f"{row.stratum.population}×{percent(row.upper, ROUND_CEILING)}"
            for row in rate.rows
        )
        yield f"合计上限＝（{terms}）÷{rate.population}＝{percent(rate.upper, ROUND_CEILING)}。"


def _binomial(row: RateRow, confidence: Decimal) -> str:
    drawn, wrong = row.stratum.drawn, row.wrong
    told = f"{row.stratum.name}：{drawn}份里{wrong}份有差错，{wrong}÷{drawn}＝{percent(row.share)}。"
    if wrong == drawn:
        return f"{told}全部有差错，上限100%。"
    return (
        f"{told}精确二项上限p：差错率为p时，抽{drawn}份、差错不多于{wrong}份的概率"
        f"Σ C({drawn},i)·p^i·(1－p)^({drawn}－i)（i从0到{wrong}）＝{show(1 - confidence)}，"
        f"解得p＝{percent(row.upper, ROUND_CEILING)}。"
    )


def money_conclusion(money: Money, tolerable: Decimal) -> Iterator[str]:
    """Overstated money, held against the share of it that the bureau tolerates."""
    limit = Fraction(tolerable) * Fraction(money.population)
    pending = f"（其中{money.pending}份还没有决定，按全错计）" if money.pending else ""
    yield (
        f"金额共{yuan(money.population)}，抽样{money.hits}个单位，{len(money.tainted)}份多报{pending}。最可能的多报金额"
        f"{yuan(money.likely)}（其中必查部分实有{yuan(money.certain)}，抽样部分推算{yuan(money.projected)}）。"
    )
    if money.interval is None:
        yield "全部金额都已核查，没有抽样误差。"
    else:
        yield f"有{sure(money.confidence)}的把握说：多报金额不超过{yuan(money.upper, ROUND_CEILING)}（Stringer 上限）。"
    yield _judged(
        money.upper,
        money.likely,
        limit,
        f"可容忍的{yuan(limit)}（{sure(tolerable)}）",
        money.interval is None,
    )
    if money.under:
        yield f"另有{len(money.under)}份少报，单独列出，不与多报相抵。"
    if money.pending:
        yield _pending(money.pending)


def money_arithmetic(money: Money, called: Mapping[str, str]) -> Iterator[str]:
    """`called` is what people call a report of the frame, by its mark there."""
    for one in money.tainted:
        name = called.get(one.drawn.item.id, one.drawn.item.id)
        if one.pending:
            how = "必查" if one.drawn.certain else f"抽中{one.drawn.hits}次"
            yield f"{name}：还没有决定，{yuan(one.told)}按全错计，多报比例100%，{how}。"
            continue
        told = (
            f"{name}：多报比例（{yuan(one.told)}－{yuan(one.right)}）÷{yuan(one.told)}＝{percent(one.taint)}"
        )
        yield told + ("，必查，按实数计。" if one.drawn.certain else f"，抽中{one.drawn.hits}次。")
    if money.steps:
        yield from _steps(money.steps, "抽样部分的上限（元）", plain=False)
        whole = money.certain + sum((step.product for step in money.steps), Fraction(0))
        if money.certain:
            yield f"加必查部分{yuan(money.certain)}，合计{yuan(whole, ROUND_CEILING)}。"
        if whole > money.upper:
            yield f"超过了全部金额，按全部金额{yuan(money.upper, ROUND_CEILING)}计。"


def _steps(steps: Sequence[Step], what: str, plain: bool) -> Iterator[str]:
    """A Stringer limit term by term."""
    terms = "＋".join(
        f"{rounded(step.weight, 2):,f}×{rounded(step.factor, 4, ROUND_CEILING):f}" for step in steps
    )
    whole = sum((step.product for step in steps), Fraction(0))
    unit = "份" if plain else "元"
    yield f"{what}：{terms}＝{rounded(whole, 2, ROUND_CEILING):,f}{unit}。"
    yield "乘数是泊松置信系数：第一项R(0)，其后是R(j)－R(j－1)；差错按“间隔×比例”从大到小排。"
    yield "算式里的数印到第二、第四位小数，计算时没有舍入。"


def plan_lines(plan: Plan) -> list[tuple[str, str]]:
    """Method, seed and reason as labels and words."""
    told = [("抽样方法", METHODS[plan.method]), ("样本数", f"{plan.size}"), ("随机种子", plan.seed)]
    if plan.certain_from is not None:
        told.append(("必查线", f"{yuan(plan.certain_from)}以上"))
    if plan.method is Method.RISK:
        told.append(("高风险必查", f"{plan.riskiest}份"))
    if plan.doublings:
        told.append(("加抽", f"{plan.doublings}次，每次单位数加倍"))
    return [*told, ("方法和样本数的理由", plan.why or "（由抽样人填写）")]
