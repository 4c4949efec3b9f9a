"""The recheck in Markdown: what is left to do comes first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath

from auditor.memo.escape import inline
from auditor.memo.wording import SEVERITIES, VERDICTS, decided
from auditor.recheck.model import Change, File, Pair, Point, Recheck, Status, Version

HEADINGS: dict[Status, str] = {
    "new": "改出新错",
    "open": "未改",
    "still_wrong": "改了仍不对",
    "only_conclusion": "改了结论没改数",
    "not_assessable": "未能核验",
    "settled": "已改",
}
OVERVIEW = (
    "序号", "项目", "单位", "原稿自评", "新稿自评", "原有问题", "已改", "待整改", "没有要求改而改动",
)  # fmt: skip
_NUMERALS = "一二三四五六七"
_CHANGES_SHOWN = 6


def markdown(recheck: Recheck) -> str:
    """The whole recheck."""
    return "\n".join(_recheck(recheck)) + "\n"


def _recheck(recheck: Recheck) -> Iterator[str]:
    yield "# 绩效自评报告整改复核"
    yield ""
    yield (
        f"原稿 {_files(recheck.old)}，新稿 {_files(recheck.new)}：{recheck.told()}。"
        f"审核工具 {recheck.tool.name} {recheck.tool.version}。"
    )
    if [file.sha256 for file in recheck.old] == [file.sha256 for file in recheck.new]:
        yield ""
        yield "两稿内容完全相同。"
    if lost := recheck.lost():
        yield ""
        yield f"**{inline(lost)}**"
    if len(recheck.reports) > 1:
        yield ""
        yield from _overview(recheck)
    for number, pair in enumerate(recheck.reports, 1):
        if len(recheck.reports) > 1 and not pair.points and not pair.silent:
            continue
        yield ""
        yield f"## {number}　{inline(pair.project) or '（未写项目名称）'}"
        yield ""
        yield from _pair(pair)
    yield ""
    yield "---"
    yield ""
    yield "说明：只比对两稿自身的文字和数字；叙述部分的模型提问不在复核之列。已驳回的条目列出，不计入待整改。"


def _files(files: list[File]) -> str:
    """The one file, or the folder that they all lie in."""
    if len(files) == 1:
        return inline(PurePath(files[0].path).name)
    first, *others = [PurePath(file.path).parents for file in files]
    shared = next((folder for folder in first if all(folder in each for each in others)), PurePath())
    return f"{inline(shared.name)}（{len(files)} 个文件）" if shared.name else f"{len(files)} 个文件"


def _overview(recheck: Recheck) -> Iterator[str]:
    """One without a problem and without a changed figure has no chapter."""
    yield f"| {' | '.join(OVERVIEW)} |"
    yield "|" + "---|" * len(OVERVIEW)
    for row in overview(recheck):
        yield f"| {' | '.join(map(inline, row))} |"


def overview(recheck: Recheck) -> Iterator[tuple[str, ...]]:
    """A line for each report."""
    for number, pair in enumerate(recheck.reports, 1):
        counts = Counter(point.status for point in pair.points)
        told = (
            number, pair.project or "（未写项目名称）", pair.unit or "未读到单位", _score(pair.old), _score(pair.new),
            sum(point.old is not None for point in pair.points), counts["settled"],
            sum(point.open for point in pair.points), len(pair.silent),
        )  # fmt: skip
        yield tuple(map(str, told))


def _pair(pair: Pair) -> Iterator[str]:
    yield "| 事项 | 原稿 | 新稿 |"
    yield "|---|---|---|"
    for label, read in (("自评", _score), ("核算", _recomputed)):
        yield f"| {label} | {inline(read(pair.old))} | {inline(read(pair.new))} |"
    yield ""
    yield "**结论**"
    yield ""
    yield from _conclusion(pair)
    chapters = [status for status in HEADINGS if any(point.status == status for point in pair.points)]
    for at, status in enumerate(chapters):
        points = [point for point in pair.points if point.status == status]
        yield ""
        yield f"### {_NUMERALS[at]}、{HEADINGS[status]}（{len(points)} 项）"
        yield ""
        for number, point in enumerate(points, 1):
            yield from _point(number, point)
    if pair.silent:
        yield ""
        yield f"### {_NUMERALS[len(chapters)]}、没有要求改而改动的数字（{len(pair.silent)} 处）"
        yield ""
        for number, change in enumerate(pair.silent, 1):
            yield f"{number}. {_change(change)}"


def _score(version: Version | None) -> str:
    if version is None:
        return "没有这份报告"
    grade = f"（{version.grade}）" if version.grade else ""
    return f"{version.self_score} 分{grade}" if version.self_score else "未读到总分"


def _recomputed(version: Version | None) -> str:
    if version is None or version.recomputed_score is None:
        return "—"
    return f"{version.recomputed_score} 分"


def _conclusion(pair: Pair) -> Iterator[str]:
    counts = Counter(point.status for point in pair.points)
    before = sum(point.old is not None for point in pair.points)
    told = "，".join(f"{HEADINGS[status]} {counts[status]} 项" for status in HEADINGS if counts[status])
    yield f"1. 原有问题 {before} 项" + (f"：{told}。" if told else "。")
    still = sum(point.open for point in pair.points)
    rejected = sum(point.status != "settled" and not point.open for point in pair.points)
    without = f"（另有已驳回 {rejected} 项）" if rejected else ""
    yield f"2. 待整改 {still} 项{without}。" if still else f"2. 没有待整改的事项{without}。"
    yield f"3. 没有要求改而改动的数字 {len(pair.silent)} 处。"


def _point(number: int, point: Point) -> Iterator[str]:
    mark = f"{number}. "
    verdict = VERDICTS[(point.new or point.old).verdict] if point.new or point.old else ""  # type: ignore[union-attr]
    named = f"{numbered(point)}　" if point.number else ""
    yield f"{mark}**{named}{inline(point.title)}**（{point.rule}，{verdict}，{SEVERITIES[point.severity]}）"
    yield from _told(mark, point)
    for other in point.related:
        yield f"{' ' * len(mark)}- 同一处：{inline(other.title)}（{other.rule}，{HEADINGS[other.status]}）"
        yield from _told(f"{mark}  ", other)


def numbered(point: Point) -> str:
    """问题3: as the memo on the old version has it; of the new one where it stands only there."""
    return f"{'问题' if point.old else '整改稿问题'}{point.number}" if point.number else ""


def _told(mark: str, point: Point) -> Iterator[str]:
    same = point.old and point.new and point.old.message == point.new.message
    parts = [
        ("事实" if same else "原稿", point.old and f"{point.old.message}（{point.old.place}）"),
        ("新稿", point.new and not same and f"{point.new.message}（{point.new.place}）"),
        ("改动", "；".join(map(_plain, point.changes[:_CHANGES_SHOWN]))),
        ("说明", point.note),
        ("处理", decided(point.decision)),
    ]
    for label, text in parts:
        if text:
            yield f"{' ' * len(mark)}- {label}：{inline(text)}"


def _change(change: Change) -> str:
    return inline(_plain(change))


def _plain(change: Change) -> str:
    """“年度资金总额”行的“全年执行数”由 983.25 改为 1098.25"""
    if change.new is None:
        return f"原稿{change.old_place}删去“{change.old}”"
    if change.old is None:
        return f"新稿{change.new_place}增加“{change.new}”"
    label = "" if not change.label or change.label in change.new_place else f"“{change.label}”"
    return f"{change.new_place}{label}由 {change.old} 改为 {change.new}"
