"""N402 分项之和与总数 (number.parts-against-total)

查什么  列出的各分项数量相加，是否等于同一句里或报告别处说的总数；表的末行是“合计”、各列又不属于资金表
        和指标表的，各列相加是否等于合计。
为什么  分项与总数同出一处而加不拢，说明其中至少一个数写错、漏列或口径不同。
反例
    二、完成情况
    共新建站点120个，包括城区站点50个、乡镇站点60个、园区站点20个。
    → 不一致
反例
    二、完成情况
    全年设置东片岗亭30个、西片岗亭20个、北片岗亭5个。
    三、成效
    全区58个岗亭实行统一值守。
    → 存疑
正例
    二、完成情况
    共新建站点120个，其中示范站点15个、标准站点60个。
    → 无
正例
    二、完成情况
    走访农户48户、商户32户、企业10户，共90户。
    → 无
依据    表内关系：总数＝各分项之和；“其中”可以只列一部分
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from auditor.document import View
from auditor.facts.enumerations import (
    Enumeration,
    attributes,
    banded,
    complementary,
    exclusive,
    following,
    joined,
    overlap,
    same_thing,
    separator,
)
from auditor.facts.listed_totals import (
    after_stop,
    borrowed,
    closed_by,
    is_net,
    listed_words,
    net_holds,
    slip,
    wider_total,
)
from auditor.facts.quantities import (
    addition,
    between,
    counts,
    plain_sum,
    sentence_start,
    sentences,
    sum_of,
    unit_of_sum,
)
from auditor.facts.quantity import Quantity
from auditor.facts.scattered_totals import scattered
from auditor.facts.slips import ODD_ROUNDING
from auditor.facts.told_rests import done_and_left, heads_unnumbered, more_back, nested
from auditor.figures import Equation, Figure, Term, add_up, show
from auditor.report.model import PlainColumn, Report
from auditor.rules.base import Result, Rule, Severity, Verdict
from auditor.rules.settings import Settings

RULE = Rule(
    code="N402",
    name="number.parts-against-total",
    title="分项之和与总数不符",
    severity=Severity.HIGH,
    basis=("表内关系",),
)

# Words between a total and the first part. The first group says that the list is complete.
_INTRODUCED = re.compile(
    r"(?P<all>包括|包含|涵盖|分别为|分别是|分为|构成为|由(?=.*组成))|(?P<some>其中|含|:|\(|(?<!其)中[,，])"
)
_LEFT_OUT = re.compile(r"不含|不包[括含]|另有|未计|除")
_CHOICES = re.compile(r"多选|重复|交叉|有重叠|兼任")
_TOTAL = re.compile(r"共|总|合计|全部")
_SUM_UP = re.compile(r"(?:全年|年内|本年|四个季度)?(?:总共|共计|合计|总计|一共|共|全部)(?:为|达|有)?")

_AMONG = re.compile(r"(?<!其)中[,，]?$")

_NO_SLIP = 3  # a total so many times its parts counts something else
_NEAR = 40  # figures looked at on either side


def check(report: Report, settings: Settings) -> Iterator[Result]:
    used: set[int] = set()
    pool = [found for passage in report.prose if (found := counts(passage))]
    for passage_counts in pool:
        if len(passage_counts) < 2:
            continue
        before: list[Quantity] = []
        for sentence in sentences(q for q in passage_counts if not q.is_average):
            told = (*_after_stop(before, sentence), *_in_sentence(sentence))
            before = sentence
            for result, parts in told:
                if id(parts[0].figure) not in used:
                    used.update(id(part.figure) for part in parts)
                    yield result
    for parts, wholes in scattered(report, pool, used):
        yield _scattered(parts, wholes)
    for column in report.plain_columns:
        yield _column(column)


def _column(column: PlainColumn) -> Result:
    """A column of a table that the tool knows nothing of: its rows against its 合计."""
    relation = Equation.total(
        column.parts, column.total, named="合计 {}", holds=add_up(column.parts, column.total)
    )
    added = relation.result
    evidence: list[View | Figure] = [column.view, column.total, *column.parts]
    key = ("表", column.label, column.total.digits, show(added))
    if relation.meets:
        return RULE.consistent(
            f"表中“{column.label}”各行之和与合计 {column.total.digits} 相符。", evidence,
            relations=(relation,), key=key,
        )  # fmt: skip
    gap = show(abs(added - column.total.value))
    return RULE.query(
        f"表中“{column.label}”各行相加为 {show(added)}，合计填 {column.total.digits}，相差 {gap}。", evidence,
        relations=(relation,),
        suggestion="核对各行和合计；各行有重复计算的，请说明。", severity=Severity.MEDIUM,
        culprits=(column.total.span,), key=key,
    )  # fmt: skip


def _in_sentence(sentence: list[Quantity]) -> Iterator[tuple[Result, Sequence[Quantity]]]:
    if len(sentence) >= 2:
        yield from _total_first(sentence)
        yield from _total_last(sentence)
        yield from _remainder(sentence)
        yield from _left_over(sentence)


def _after_stop(
    before: list[Quantity], sentence: list[Quantity]
) -> Iterator[tuple[Result, Sequence[Quantity]]]:
    """ "受理 T 件，办结 U 件。其中 P1、P2…": the parts of either, and never more than both."""
    found = after_stop(before, sentence)
    if found is None:
        return
    listed, wholes = found
    parts = listed.tight
    fitting = [whole for whole in wholes if sum_of(parts).meets(whole.base)]
    if fitting:
        yield _holds(parts, fitting[0]), parts
    elif all(whole.base.below(sum_of(parts)) for whole in wholes) and not overlap(parts):
        largest = max(wholes, key=lambda whole: whole.figure.amount)
        yield _differs(parts, largest, RULE.query), parts


def _total_first(sentence: list[Quantity]) -> Iterator[tuple[Result, Sequence[Quantity]]]:
    """ "共 T，包括 P1、P2、P3"."""
    for at, whole in enumerate(sentence):
        if whole.spelled or whole.depth:
            continue
        listed = following(whole, sentence[at + 1 : at + _NEAR])
        if listed is None:
            continue
        intro = _last_match(between(whole, listed.first))
        if (
            intro is None
            or (intro.group() == "(" and not listed.first.depth)
            or _CHOICES.search(_around(whole, listed))
        ):
            continue
        if is_net(whole):
            if len(listed.tight) == 2:
                yield _net(listed.tight, whole), listed.tight
            continue
        for parts in listed.readings:
            if sum_of(parts).meets(whole.base):
                yield _holds(parts, whole), parts
                break
        else:
            rivals = [q for q in sentence[max(at - _NEAR, 0) : at] if q.unit == whole.unit and not q.spelled]
            wider = wider_total(listed.tight, whole, rivals)
            if len(wider) == 1:
                yield _holds(listed.tight, wider[0]), listed.tight
            elif not wider:
                yield from _judge(whole, listed, intro, rivals, sentence[max(at - 4, 0) : at])


def _around(whole: Quantity, listed: Enumeration) -> str:
    return whole.passage.text[max(whole.start - 60, 0) : listed.last.end + 40]


def _last_match(gap: str) -> re.Match[str] | None:
    found = None
    for found in _INTRODUCED.finditer(gap):  # noqa: B007
        pass
    return found if found and len(gap) - found.end() <= 24 and "。" not in gap else None


def _judge(
    whole: Quantity,
    listed: Enumeration,
    intro: re.Match[str],
    rivals: list[Quantity],
    earlier: list[Quantity],
) -> Iterator[tuple[Result, Sequence[Quantity]]]:
    parts = listed.tight
    # "儿童144名：甲52名、乙37名、丙29名" lists them all even where no word says so.
    direct = intro.string.startswith(":") and listed.separator == "、" and len(parts) >= 3
    told = bool(_TOTAL.search(whole.head))
    if intro.group() == ":" and not told and (not direct or whole.figure.is_vague):
        return
    if any(whole.base.below(part.base) and not same_thing(part, whole) for part in parts):
        return  # "5个乡镇（含31个村）": what a thing is made of, not how many of it
    if listed.separator == ";" and not listed.alike:
        return  # clauses of their own, not a list
    # "甲420人、乙60人、丙20人，共500人，满意人数分别为399人、55人和18人": each of its own.
    several = len(rivals) >= len(parts) or len(closed_by(whole, rivals)) == len(parts)
    if intro.group().startswith("分别") and several and intro.string[: intro.start()].strip("，, "):
        return
    over = whole.base.below(sum_of(parts))
    overlapping = overlap(parts)
    if nested(parts) or (overlapping and not over and intro["all"]):
        return
    if len(parts) == 1:
        # A bracket alone may hold the denominator, a plan or what is left out: "53人（应到56人）".
        if (
            intro["some"] in ("其中", "含")
            and not _LEFT_OUT.search(intro.string)
            and whole.base.below(parts[0].base)
            and len(intro.string) <= 20
            and not rivals
            and not whole.figure.is_vague
        ):
            yield _part_above(whole, parts[0]), parts
        return
    if listed.open and not over:
        return
    declared = any(q.figure.value == len(parts) and q.clause == whole.clause for q in earlier)
    # "372名对象中，甲…、乙…、丙…，均建档" speaks of them all.
    everyone = intro.group().startswith("中") and len(parts) >= 3 and listed.all_named and not overlapping
    bands = banded(parts) and intro.group().startswith(("中", ":"))
    complete = declared or listed.residual or complementary(parts) or everyone or bands
    sure = complete or listed.alike or listed.separator == "、"
    if intro["all"]:
        verdict = RULE.inconsistent if sure and not overlapping and not rivals else RULE.query
    elif over and not (overlapping and not complete):
        run = closed_by(whole, rivals)
        if len(run) > 1 and separator(run[-2], whole) == "、":
            return  # the last item of a list: what follows may be parts of the whole list
        named = (complete or listed.alike or told) and (told or intro.group() != ":")
        named = named and (complete or not attributes(parts))
        pair = len(parts) == 2 and not (complete or exclusive(parts)) and intro["some"] is not None
        verdict = RULE.inconsistent if named and not rivals and not pair else RULE.query
    elif not over and complete:
        verdict = RULE.inconsistent if (declared or listed.residual) and not rivals else RULE.query
    elif not over and intro.group() == ":":
        verdict = RULE.query
    else:
        return
    yield _differs(parts, whole, verdict), parts


def _total_last(sentence: list[Quantity]) -> Iterator[tuple[Result, Sequence[Quantity]]]:
    """ "P1、P2、P3，共 T"."""
    for at, whole in enumerate(sentence):
        if whole.spelled or not _SUM_UP.match(whole.head):
            continue
        run: list[Quantity] = []
        for quantity in reversed(sentence[max(at - _NEAR, 0) : at]):
            if quantity.unit != whole.unit or quantity.depth != whole.depth or quantity.spelled:
                continue
            if run and not joined(quantity, run[0]):
                break
            run.insert(0, quantity)
        if len(run) < 2 or re.search(r"[。\n]|其中", between(run[-1], whole)):
            continue
        if heads_unnumbered(run, whole):
            continue
        told = whole.passage.text[sentence_start(whole.passage.text, run[0].start) : whole.end + 20]
        if (
            _CHOICES.search(told)
            or overlap(run)
            or whole.figure.amount > _NO_SLIP * sum((part.figure.amount for part in run), Decimal(0))
        ):
            continue
        for start in range(len(run) - 1):
            if sum_of(run[start:]).meets(whole.base):
                yield _holds(run[start:], whole), run[start:]
                break
        else:
            verb = _SUM_UP.sub("", whole.head, count=1)
            if all(verb in part.head for part in run) and not whole.figure.is_vague:
                listed = Enumeration.of(run)
                plain = (
                    not verb and not whole.tail and "全部" not in whole.head and len(listed.tight) == len(run)
                )
                sure = plain and (listed.alike or listed.separator == "、")
                yield _differs(run, whole, RULE.inconsistent if sure else RULE.query), run


def _left_over(sentence: list[Quantity]) -> Iterator[tuple[Result, Sequence[Quantity]]]:
    """What was done and what is left make the whole; no more comes back than was sent."""
    for whole, parts in done_and_left(sentence):
        yield (
            (_holds(parts, whole) if sum_of(parts).meets(whole.base) else _differs(parts, whole, RULE.query)),
            parts,
        )
    for sent, back in more_back(sentence):
        yield replace(_part_above(sent, back), verdict=Verdict.QUERY), [back]


def _remainder(sentence: list[Quantity]) -> Iterator[tuple[Result, Sequence[Quantity]]]:
    """A total, then a list that "其他…" closes: nothing is left out."""
    for at, last in enumerate(sentence):
        if not re.match(r"其他|其它|其余", last.label):
            continue
        run = [
            q
            for q in sentence[max(at - _NEAR, 0) : at + 1]
            if q.unit == last.unit and not q.spelled and q.depth == last.depth
        ]
        if len(run) == 3 and last.label.startswith("其余") and _AMONG.search(between(run[0], run[1])):
            if not sum_of(run[1:]).meets(run[0].base):
                yield _differs(run[1:], run[0], RULE.query), run[1:]
            else:
                yield _holds(run[1:], run[0]), run[1:]
            continue
        wholes = [index for index, q in enumerate(run[:-2]) if "总" in q.head]
        for index in wholes:
            for start in range(index + 1, len(run) - 1):
                if sum_of(run[start:]).meets(run[index].base):
                    yield _holds(run[start:], run[index]), run[start:]
                    return
        if wholes:
            whole = run[wholes[-1]]
            parts = run[wholes[-1] + 1 :]
            cuts = [i for i in range(1, len(parts)) if re.search("[;；]", between(parts[i - 1], parts[i]))]
            parts = parts[cuts[0] :] if cuts and len(parts) - cuts[0] >= 2 else parts
            if not overlap(parts):
                yield _differs(parts, whole, RULE.query), parts


def _holds(parts: Sequence[Quantity], whole: Quantity) -> Result:
    if not add_up((part.figure for part in parts), whole.figure):
        return RULE.query(
            f"“{'、'.join(part.told() for part in parts)}”相加为 {show(plain_sum(parts))}{unit_of_sum(parts, whole)}，"
            f"所说总数是 {whole.figure.raw}，{ODD_ROUNDING}",
            [whole.figure, *(part.figure for part in parts)], relations=(addition(parts, whole, holds=False),),
            suggestion="按未取整的数核对总数和各分项。", severity=Severity.LOW,
            culprits=(whole.figure.span,), key=_key(parts, whole),
        )  # fmt: skip
    return RULE.consistent(
        f"“{whole.told()}”等于所列 {len(parts)} 项之和。",
        [whole.figure, *(part.figure for part in parts)],
        relations=(addition(parts, whole, holds=True),),
        key=_key(parts, whole),
    )


def _key(parts: Sequence[Quantity], *wholes: Quantity) -> tuple[str, ...]:
    return (*(part.told() for part in parts), *dict.fromkeys(whole.figure.raw for whole in wholes))


def _differs(parts: Sequence[Quantity], whole: Quantity, verdict: Callable[..., Result]) -> Result:
    return verdict(
        f"“{'、'.join(part.told() for part in parts)}”相加为 {show(plain_sum(parts))}{unit_of_sum(parts, whole)}，与所说总数 {whole.figure.raw} 不等。{slip(parts, whole)}",
        [whole.figure, *(part.figure for part in parts)],
        relations=(addition(parts, whole, holds=False),),
        suggestion="核对总数和各分项，更正写错或补上漏列的一项。",
        culprits=(whole.figure.span,),
        key=_key(parts, whole),
    )


def _net(parts: Sequence[Quantity], whole: Quantity) -> Result:
    """ "净增6名(新招11名，离职5名)": the larger part less the smaller one."""
    less, more = sorted(parts, key=lambda part: part.figure.amount)
    one = Decimal(1)
    relation = Equation(
        Term.plain(more.figure, one) - Term.plain(less.figure, one), Term.plain(whole.figure, one),
        holds=net_holds(parts, whole),
    )  # fmt: skip
    difference = relation.shown
    evidence = [whole.figure, *(part.figure for part in parts)]
    if relation.meets:
        return RULE.consistent(
            f"“{whole.told()}”等于两项之差。", evidence, relations=(relation,), key=_key(parts, whole)
        )
    return RULE.query(
        f"“{'、'.join(part.told() for part in parts)}”相差 {difference}，与“{whole.told()}”不等。",
        evidence,
        relations=(relation,),
        suggestion="核对增减数和净增减数。",
        culprits=(whole.figure.span,),
        key=_key(parts, whole),
    )


def _raw(quantity: Quantity, whole: Quantity) -> Term:
    return Term.of(quantity.figure, whole.figure.scale, quantity.figure.raw)


def _part_above(whole: Quantity, part: Quantity) -> Result:
    return RULE.inconsistent(
        f"“{part.told()}”是“{whole.told()}”的一部分，却比总数还大。",
        [whole.figure, part.figure],
        relations=(Equation(_raw(part, whole), _raw(whole, whole), "≤", gap=""),),
        suggestion="核对总数和其中数。",
        culprits=(part.figure.span,),
        key=_key([part], whole),
    )


def _scattered(parts: Sequence[Quantity], wholes: list[Quantity]) -> Result:
    fitting = [whole for whole in wholes if sum_of(parts).meets(whole.base)]
    if fitting:
        return _holds(parts, fitting[0])
    whole = wholes[0]
    places = "、".join(dict.fromkeys(f"“{w.in_words()}”" for w in wholes))
    return RULE.query(
        f"“{listed_words(parts)}”相加为 {show(plain_sum(parts))}{unit_of_sum(parts, whole)}，报告别处写的是{places}，两处不等。{borrowed(parts, whole)}",
        [*(part.figure for part in parts), *(w.figure for w in wholes)],
        relations=(addition(parts, whole, holds=False),),
        suggestion="核对两处数量；口径不同的，说明各自口径。",
        severity=Severity.MEDIUM,
        culprits=(whole.figure.span,),
        key=_key(parts, *wholes),
    )
