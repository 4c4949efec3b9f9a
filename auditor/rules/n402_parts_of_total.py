"""N402 分项之和与总数 (number.parts-against-total)

查什么  列出的各分项数量相加，是否等于同一句里或报告别处说的总数。
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

from auditor.figures import show
from auditor.report.model import Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.enumerations import Enumeration, complementary, following, joined, overlap
from auditor.rules.quantities import (
    Quantity,
    addition,
    between,
    counts,
    plain_sum,
    sentences,
    sum_of,
)
from auditor.rules.scattered_totals import scattered
from auditor.rules.settings import Settings
from auditor.rules.slips import likely_slip

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
_CHOICES = re.compile(r"多选|可重复|有交叉|有重叠|不重复|兼任")
_TOTAL = re.compile(r"共|总|合计|全部")
_SUM_UP = re.compile(r"(?:全年|年内|本年|四个季度)?(?:总共|共计|合计|总计|一共|共|全部)(?:为|达|有)?")

_NEAR = 40  # figures looked at on either side


def check(report: Report, settings: Settings) -> Iterator[Result]:
    used: set[int] = set()
    pool = [found for passage in report.prose if (found := counts(passage))]
    for passage_counts in pool:
        if len(passage_counts) < 2:
            continue
        for sentence in sentences(passage_counts):
            if len(sentence) < 2:
                continue
            for result, parts in (*_total_first(sentence), *_total_last(sentence), *_remainder(sentence)):
                if id(parts[0].figure) not in used:
                    used.update(id(part.figure) for part in parts)
                    yield result
    for parts, wholes in scattered(report, pool, used):
        yield _scattered(parts, wholes)


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
        for parts in listed.readings:
            if sum_of(parts).meets(whole.base):
                yield _holds(parts, whole), parts
                break
        else:
            rivals = [q for q in sentence[max(at - _NEAR, 0) : at] if q.unit == whole.unit and not q.spelled]
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
    if intro.group() == ":" and not _TOTAL.search(whole.head):
        return
    over = whole.base.below(sum_of(parts))
    overlapping = overlap(parts)
    if len(parts) == 1:
        if (
            whole.base.below(parts[0].base)
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
    complete = declared or listed.residual or complementary(parts) or everyone
    sure = complete or listed.alike or listed.separator == "、"
    if intro["all"]:
        verdict = RULE.inconsistent if sure and not overlapping and not rivals else RULE.query
    elif over and not (overlapping and not complete):
        named = complete or listed.alike or bool(_TOTAL.search(whole.head))
        verdict = RULE.inconsistent if named and not rivals else RULE.query
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
    return RULE.consistent(
        f"“{whole.told()}”等于所列 {len(parts)} 项之和。",
        [whole.figure, *(part.figure for part in parts)],
        calculation=f"{addition(parts)}，与 {whole.figure.raw} 相符",
        key=_key(parts, whole),
    )


def _key(parts: Sequence[Quantity], *wholes: Quantity) -> tuple[str, ...]:
    return (*(part.told() for part in parts), *dict.fromkeys(whole.figure.raw for whole in wholes))


def _formula(parts: Sequence[Quantity], whole: Quantity) -> str:
    stated = whole.figure.amount / parts[0].figure.scale
    return f"{addition(parts)} ≠ {show(stated)}（差 {show(abs(plain_sum(parts) - stated))}）"


def _differs(parts: Sequence[Quantity], whole: Quantity, verdict: Callable[..., Result]) -> Result:
    return verdict(
        f"“{'、'.join(part.told() for part in parts)}”相加为 {show(plain_sum(parts))}，与所说总数 {whole.figure.raw} 不等。{_slip(parts, whole)}",
        [whole.figure, *(part.figure for part in parts)],
        calculation=_formula(parts, whole),
        suggestion="核对总数和各分项，更正写错或补上漏列的一项。",
        culprits=(whole.figure.span,),
        key=_key(parts, whole),
    )


def _part_above(whole: Quantity, part: Quantity) -> Result:
    return RULE.inconsistent(
        f"“{part.told()}”是“{whole.told()}”的一部分，却比总数还大。",
        [whole.figure, part.figure],
        calculation=f"{part.figure.raw} > {whole.figure.raw}",
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
        f"“{_listed(parts)}”相加为 {show(plain_sum(parts))}，报告别处写的是{places}，两处不等。{_borrowed(parts, whole)}",
        [*(part.figure for part in parts), *(w.figure for w in wholes)],
        calculation=_formula(parts, whole),
        suggestion="核对两处数量；口径不同的，说明各自口径。",
        severity=Severity.MEDIUM,
        culprits=(whole.figure.span,),
        key=_key(parts, *wholes),
    )


def _listed(parts: Sequence[Quantity]) -> str:
    """The list as written; "118个行政村和24个社区" where the nouns follow the numbers."""
    if all(part.label for part in parts) and not parts[0].tail:
        return "、".join(part.told() for part in parts)
    return parts[0].passage.text[parts[0].start : parts[-1].end] + parts[-1].tail[:6]


def _slip(parts: Sequence[Quantity], whole: Quantity) -> str:
    """A hint at the slip: first a part too many, then what the digits suggest."""
    surplus = sum((part.figure.amount for part in parts), -whole.figure.amount)
    extra = [part for part in parts if part.figure.amount == surplus]
    if len(extra) == 1 and len(parts) > 2:
        return f"不计“{extra[0].told()}”则正好相等，可能它不在总数之内，或总数漏加了它。"
    return likely_slip(
        [part.figure for part in parts], [part.label or part.tail for part in parts], whole.figure
    )


def _borrowed(parts: Sequence[Quantity], whole: Quantity) -> str:
    """A hint: the total may be another number of the paragraph that holds the parts."""
    slip = _slip(parts, whole)
    for other in counts(parts[0].passage):
        same = other.figure.value == whole.figure.value and other.unit != whole.unit
        if same and not slip:
            return f"{show(whole.figure.value)} 与“{other.told()}”的数相同，可能误用了那个数。"
    return slip
