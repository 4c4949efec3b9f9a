"""C701 说明文字照抄 (text.copied)

查什么  完成情况、效益分析、指标说明等文字，是否整段照抄绩效目标、项目概况、其他指标的说明或报告的其他段落。
        逐字比对，相同的连续文字达到规定字数（copied_chars，默认15字）才计；相同部分要占该段一半以上
        （其余部分另有数据的，要占八成以上）才提出；一条目标大半被原样重复（40字以上）的也提出。8字以上的指标说明与另一指标
        的说明完全相同的，同样提出。
        整段文字在报告里印了两处的，也提出。
        文件名、项目名称、单位名称、标题、表头、目标值、单位概况和问题建议部分不比对；系统从申报表自动带入的
        文字不算照抄；表内文字与正文对同一指标、同一事项的复述不算照抄。
为什么  照抄目标只说明打算做什么，不能证明做成了什么；一段话用在两个指标上，至少有一个指标没有说明。
反例
    一、项目绩效目标
    目标：改造老旧管网十二公里，让沿线居民用水更稳定、更放心，减少爆管停水带来的不便。
    二、项目绩效情况
    （一）社会效益。改造老旧管网十二公里，让沿线居民用水更稳定、更放心，减少爆管停水带来的不便。
    → 存疑
反例
    三级指标 | 分值 | 得分 | 自评情况说明
    社会效益 | 5 | 5 | 群众办事少跑路，窗口排队明显缩短，邻里和气
    生态效益 | 5 | 5 | 群众办事少跑路，窗口排队明显缩短，邻里和气
    合计 | 10 | 10 |
    → 存疑
正例
    一、项目绩效目标
    目标：改造老旧管网十二公里，让沿线居民用水更稳定、更放心，减少爆管停水带来的不便。
    二、项目绩效情况
    （一）社会效益。全年改造管网12.6公里，沿线3120户居民恢复稳定供水，爆管由31次降到9次。
    → 无
依据    财预〔2020〕10号：自评应当说明各项绩效指标的实际完成情况
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from auditor.compiled import compiled
from auditor.facts.narratives import Narrative, Topic, narratives
from auditor.facts.repeated_paragraphs import repeated_paragraphs
from auditor.figures import Kind, scan
from auditor.language import word
from auditor.language.shared_text import Run, covered, nameless, plain, shared_runs
from auditor.report.model import Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="C701",
    name="text.copied",
    title="说明文字照抄",
    severity=Severity.MEDIUM,
    basis=("财预〔2020〕10号",),
)

_SHORTEST_NARRATIVE = 8
_SHORTEST_EXPLANATION = 12
_RETOLD = 40  # a fact with its number takes no more words than that
_DATA = (Kind.MONEY, Kind.RATE, Kind.COUNT, Kind.POINTS, Kind.PLAIN)


@dataclass
class _Copy:
    """`copy` holds text of `source`: pairs (start in the copy, start in the source, length)."""

    copy: int
    source: int
    pieces: list[tuple[int, int, int]] = field(default_factory=list)

    @property
    def length(self) -> int:
        return covered([(at, at + length) for at, _, length in self.pieces])

    @property
    def taken(self) -> int:
        """How much of the source went into the copy."""
        return covered([(at, at + length) for _, at, length in self.pieces])

    @property
    def longest(self) -> tuple[int, int, int]:
        return max(self.pieces, key=lambda piece: piece[2])


def check(report: Report, settings: Settings) -> Iterator[Result]:
    items = narratives(report)
    names = [name for name in (report.project, report.unit, report.title) if len(name) >= 4]
    texts = [plain(item.text) for item in items]
    masked = [nameless(text, names) for text in texts]
    runs = list(shared_runs(texts, settings.copied_chars))
    pairs = _pairs(items, texts, masked, runs, settings)
    chosen = _chosen(items, pairs)
    results = [_result(items, group) for group in _groups(chosen)]
    results.extend(_repeats(items, runs, settings))
    results.extend(_twice(report, results))
    yield from results
    judged = [item for item in items if _judged(item)]
    if judged and not results:
        yield RULE.consistent(
            f"逐字比对{len(judged)}段说明文字与目标、概况和其他说明，没有整段照抄。",
            [item.view for item in sorted(judged, key=lambda item: -len(item.text))[:3]],
            key=("none",),
        )


def _judged(item: Narrative) -> bool:
    return item.topic in (Topic.INDICATOR, Topic.RESULT) and not item.filled_by_system


def _pairs(
    items: list[Narrative], texts: list[str], masked: list[str], runs: list[Run], settings: Settings
) -> list[_Copy]:
    """What each judged narrative has in common with each text it may not copy."""
    found: dict[tuple[int, int], _Copy] = {}

    def add(copy: int, copy_at: int, source: int, source_at: int, length: int) -> None:
        repeats_later = items[copy].topic is items[source].topic is Topic.RESULT and source > copy
        if _judged(items[copy]) and not repeats_later and not _may_agree(items[copy], items[source]):
            pair = found.setdefault((copy, source), _Copy(copy, source))
            pair.pieces.append((copy_at, source_at, length))

    for run in _runs(items, texts, runs, settings):
        own = run.length - masked[run.first].count("\0", run.first_at, run.first_at + run.length)
        if own < min(run.length, settings.copied_chars):
            continue
        add(run.first, run.first_at, run.second, run.second_at, run.length)
        add(run.second, run.second_at, run.first, run.first_at, run.length)
    return list(found.values())


def _runs(items: list[Narrative], texts: list[str], runs: list[Run], settings: Settings) -> Iterator[Run]:
    """Long common runs, then short indicator narratives that are equal as a whole."""
    for run in runs:
        first, second = items[run.first].view, items[run.second].view
        if run.first != run.second and first.place(run.first_at) != second.place(run.second_at):
            yield run
    yield from _same_explanations(items, texts)
    first_of: dict[str, int] = {}
    for at, (item, text) in enumerate(zip(items, texts, strict=True)):
        bare = text.rstrip("。；.!")
        if item.topic is Topic.INDICATOR and _SHORTEST_NARRATIVE <= len(bare) < settings.copied_chars:
            earlier = first_of.setdefault(bare, at)
            if earlier != at:
                yield Run(earlier, 0, at, 0, len(bare))


def _same_explanations(items: list[Narrative], texts: list[str]) -> Iterator[Run]:
    """ "完好率：…" and "达标率：…" with the same words behind the name of the indicator."""
    first_of: dict[str, tuple[int, int]] = {}
    for at, (item, text) in enumerate(zip(items, texts, strict=True)):
        if item.topic is Topic.RESULT and (start := _explains(item)):
            words = text[start:].rstrip("。；.!")
            if len(words) >= _SHORTEST_EXPLANATION:
                earlier, place = first_of.setdefault(words, (at, start))
                if earlier != at:
                    yield Run(earlier, place, at, start, len(words))


def _explains(item: Narrative) -> int:
    """Where the explanation begins of a text that an indicator's name opens; 0 for other texts."""
    lead = word("indicator_lead").match(item.text)
    return lead.end() if lead else 0


def _may_agree(copy: Narrative, source: Narrative) -> bool:
    """Whether the two tell of the same thing, so that equal words are no copying."""
    if source.topic is Topic.PROBLEM or copy.label == source.label:
        return True
    if copy.indicator and source.indicator:
        return copy.indicator is source.indicator or copy.indicator.name == source.indicator.name
    if source.topic.planned or copy.in_cell == source.in_cell:
        return False
    classes, others = _classes(copy), _classes(source)
    return not (classes and others) or bool(classes & others)


def _classes(item: Narrative) -> set[str]:
    return set(word("names_class").findall(item.indicator.place if item.indicator else item.label))


def _chosen(items: list[Narrative], pairs: list[_Copy]) -> list[_Copy]:
    """For each copied narrative the source it shares most with; each pair in one direction only."""
    of: dict[int, list[_Copy]] = defaultdict(list)
    for pair in pairs:
        of[pair.copy].append(pair)
    chosen: dict[int, _Copy] = {}
    for copy, candidates in of.items():
        union = _Shared(
            items[copy], [(at, at + length) for pair in candidates for at, _, length in pair.pieces]
        )
        copied = [pair for pair in candidates if _copied(items, pair, union)]
        if copied:
            chosen[copy] = max(
                copied, key=lambda pair: (pair.length, -items[pair.source].topic.value, -pair.source)
            )
    for copy, pair in list(chosen.items()):
        back = chosen.get(pair.source)
        if back is not None and back.source == copy and copy in chosen:
            ours, theirs = pair.length * len(items[pair.source].text), back.length * len(items[copy].text)
            del chosen[copy if (ours, copy) < (theirs, pair.source) else pair.source]
    return [chosen[copy] for copy in sorted(chosen)]


class _Shared:
    """What a narrative has in common with any other: pairs (start, end)."""

    def __init__(self, item: Narrative, spans: list[tuple[int, int]]) -> None:
        self._item, self._spans = item, spans

    @cached_property
    def chars(self) -> int:
        return covered(self._spans)

    @cached_property
    def has_data_beside(self) -> bool:
        return any(
            figure.kind in _DATA
            and not any(start < figure.end and figure.start < end for start, end in self._spans)
            for figure in scan(self._item.view)
        )

    @cached_property
    def tells_facts(self) -> bool:
        """Whether what is shared states a number that is no goal."""
        return any(
            figure.kind in _DATA
            and any(start <= figure.start and figure.end <= end for start, end in self._spans)
            and not word("plan").search(self._item.text[max(0, figure.start - 20) : figure.start])
            for figure in scan(self._item.view)
        )


def _copied(items: list[Narrative], best: _Copy, union: _Shared) -> bool:
    """Whether what is shared makes a copy of the whole narrative, not a phrase they have in common."""
    item, source = items[best.copy], items[best.source]
    size = len(item.text)
    if best.longest[2] + _explains(item) + 1 >= size and _explains(source):
        return True
    if item.topic is Topic.RESULT and source.topic is Topic.RESULT and best.longest[2] < 30:
        return False
    if source.topic is Topic.DESCRIPTION and best.longest[2] < _RETOLD and union.tells_facts:
        return False  # what was done, told again in the next chapter
    if union.chars * 5 >= size * 4:
        return True
    if source.topic is Topic.GOAL and best.length >= 40 and best.taken * 3 >= len(source.text) * 2:
        return True
    return union.chars * 2 >= size and not union.has_data_beside


def _groups(chosen: list[_Copy]) -> list[list[_Copy]]:
    """Copies of the same piece of one source belong together, also when copied from a copy."""
    by_copy = {pair.copy: pair for pair in chosen}
    groups: list[_Group] = []
    by_source: dict[int, list[_Group]] = defaultdict(list)
    for pair in chosen:
        _, at, length = pair.longest
        source = pair.source
        while source in by_copy and source > by_copy[source].source:
            copy_at, source_at, copied = by_copy[source].longest
            if at + length <= copy_at or copy_at + copied <= at:
                break
            at, source = max(at, copy_at) - copy_at + source_at, by_copy[source].source
        group = next((own for own in by_source[source] if own.touches(at, length)), None)
        if group is None:
            group = _Group(at)
            groups.append(group)
            by_source[source].append(group)
        group.add(pair)
    return [group.pairs for group in groups]


@dataclass
class _Group:
    """Copies of one piece of a source, which begins `at` there and is `reach` long at most."""

    at: int
    reach: int = 0
    pairs: list[_Copy] = field(default_factory=list)

    def touches(self, at: int, length: int) -> bool:
        return at < self.at + self.reach and self.at < at + length

    def add(self, pair: _Copy) -> None:
        self.pairs.append(pair)
        self.reach = max(self.reach, pair.longest[2])


def _result(items: list[Narrative], group: list[_Copy]) -> Result:
    source = items[group[0].source]
    start, at, length = group[0].longest
    quote = _short(items[group[0].copy].text[start : start + length])
    evidence = [source.view.part(at, at + length)]
    labels, parts = [], []
    for pair in group:
        item = items[pair.copy]
        labels.append(f"“{item.label}”")
        origin = "" if pair.source == group[0].source else f"与“{items[pair.source].label}”"
        share = pair.length * 100 // len(item.text)
        parts.append(f"“{item.label}”{origin}相同{pair.length}字，占该段{len(item.text)}字的{share}%")
        evidence.append(item.view.part(pair.longest[0], pair.longest[0] + pair.longest[2]))
    indicators = any(items[pair.copy].indicator for pair in group)
    return RULE.query(
        f"{''.join(dict.fromkeys(labels))}的文字照抄“{source.label}”：{'；'.join(parts)}。相同文字：“{quote}”。",
        evidence,
        severity=Severity.MEDIUM if indicators or source.topic.planned else Severity.LOW,
        impact="该指标没有自己的说明，得分缺少依据。" if indicators else "",
        suggestion="按实际完成情况和取得的效果重新说明，并附数据和佐证材料。",
        key=(*(label.strip("“”") for label in labels), source.label),
    )


def _short(text: str) -> str:
    return text if len(text) <= 50 else f"{text[:30]}……{text[-15:]}"


def _repeats(items: list[Narrative], runs: list[Run], settings: Settings) -> Iterator[Result]:
    """One text printed twice in the same stretch: goal and result of a form flattened into one line."""
    for run in runs:
        first_end = run.first_at + run.length
        near = run.first == run.second and run.second_at - first_end <= 20
        if not near or run.length < 2 * settings.copied_chars:
            continue
        view = items[run.first].view
        start, end = max(0, run.first_at - 20), run.second_at + run.length
        labels = view.text[start : run.first_at] + view.text[first_end : run.second_at]
        if "目标" in labels and compiled(r"完成|实现").search(labels):
            yield RULE.query(
                f"“实际完成情况”的文字照抄“预期目标”：相同{run.length}字，占该段{run.length}字的100%。"
                f"相同文字：“{_short(view.text[run.second_at : end])}”。",
                [view.part(start, end)],
                suggestion="按实际完成情况填写，写明完成的数量和效果。",
                key=("实际完成情况", "预期目标"),
            )


def _twice(report: Report, told: list[Result]) -> list[Result]:
    """One paragraph printed in two places, where no narrative was found to be a copy of the other."""
    quoted = [span for result in told for span in result.evidence]
    return [
        RULE.query(
            f"同一段文字写了两处，共{len(later.text)}字：“{_short(later.text)}”。",
            [first.view, later.view],
            severity=Severity.LOW,
            suggestion="删去重复的一处；应当另有内容的，请补上。",
            key=("重复段落", later.text[:40]),
        )
        for first, later in repeated_paragraphs(report)
        if not any(span.overlaps(later.span) or span.overlaps(first.span) for span in quoted)
    ]
