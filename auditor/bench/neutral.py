"""Changes after which nothing may change: what a flattening, a copy or another hand does to a form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from auditor.bench.clean import Base
from auditor.bench.edit import Edit, apply, rewritten, written
from auditor.bench.relations import by_figure, relations
from auditor.document.traditional import SIMPLIFIED, TRADITIONAL
from auditor.figures import Figure, Kind
from auditor.report.model import TextKind
from auditor.values import frozen

Change = Callable[[str, Random], str]


@frozen
class Bend:
    """`lossless`: the changed form says all that the form said, so every finding stays as it was;
    otherwise it may be harder to read, and only false alarms count."""

    code: str
    title: str
    change: Change
    lossless: bool = False

    def __call__(self, base: Base) -> str:
        return self.change(base.text, Random(base.name))


def by_row(change: Change) -> Change:
    """A change of the tab rows alone."""
    return lambda text, draw: "\n".join(
        change(line, draw) if "\t" in line else line for line in text.split("\n")
    )


def _insert_blank(line: str, draw: Random) -> str:
    cells = line.split("\t")
    first = next((at for at, cell in enumerate(cells) if re.match(r"[≥≤=\d]", cell)), 0)
    if len(cells) > 4 and first and draw.random() < 0.25:
        cells.insert(first, "")
    return "\t".join(cells)


def _page_break(header_again: bool, between: str) -> Change:
    def change(text: str, _: Random) -> str:
        lines = text.split("\n")
        head = next((at for at, line in enumerate(lines) if "三级指标" in line and "\t" in line), None)
        if head is None:
            return text
        again = [lines[head]] if header_again else []
        return "\n".join([*lines[: head + 4], "", between, "", *again, *lines[head + 4 :]])

    return change


def _hard_wrap(text: str, _: Random) -> str:
    return "\n".join(
        line if "\t" in line else "\n".join(line[at : at + 37] for at in range(0, max(len(line), 1), 37))
        for line in text.split("\n")
    )


def _cut_by_blank_line(text: str, _: Random) -> str:
    return "\n".join(
        line if "\t" in line or len(line) <= 60 else f"{line[: len(line) // 2]}\n\n{line[len(line) // 2 :]}"
        for line in text.split("\n")
    )


def _cell_per_line(text: str, _: Random) -> str:
    return "\n".join(
        "\n\n".join(cell for cell in line.split("\t") if cell.strip()) + "\n" for line in text.split("\n")
    )


def _one_line(text: str, _: Random) -> str:
    out: list[str] = []
    cells: list[str] = []
    for line in [*text.split("\n"), ""]:
        if "\t" in line:
            cells += [cell.replace(" ", "") for cell in line.split("\t") if cell.strip()]
            continue
        if cells:
            out.append(" ".join(cells))
            cells = []
        out.append(line)
    return "\n".join(out)


def _full_width(text: str, _: Random) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if char.isdigit() or char in "%()" else char for char in text)


_USUAL: dict[str, str] = {}
for _traditional, _simplified in zip(TRADITIONAL, SIMPLIFIED, strict=True):
    _USUAL.setdefault(_simplified, _traditional)


def _traditional_characters(text: str, _: Random) -> str:
    return text.translate({ord(one): other for one, other in _USUAL.items()})


def _rows_reordered(text: str, draw: Random) -> str:
    """Neighbouring rows of one class exchanged: both inherit their class from a row above."""
    lines = text.split("\n")
    at = 0
    while at + 1 < len(lines):
        pair = lines[at : at + 2]
        if (
            all(re.match(r"\t\t[^\t]", line) and line.count("\t") > 4 for line in pair)
            and draw.random() < 0.6
        ):
            lines[at : at + 2] = pair[::-1]
            at += 1
        at += 1
    return "\n".join(lines)


_SYNONYMS = {
    "全年预算数": "调整后预算数", "年度指标值": "指标值", "实际完成值": "完成值", "年度资金总额": "资金总额",
    "偏差原因分析及改进措施": "未完成原因分析", "主管部门": "业务主管部门", "实施单位": "项目实施单位",
    "总分": "合计", "得分": "自评得分", "分值": "权重", "预期目标": "年初设定目标", "实际完成情况": "完成情况",
    "社会效益指标": "社会效益", "服务对象满意度指标": "服务对象满意度",
}  # fmt: skip


def _labels_renamed(line: str, _: Random) -> str:
    return "\t".join(_SYNONYMS.get(cell, cell) for cell in line.split("\t"))


BENDS = (
    Bend("crlf", "换行符不同", lambda text, _: text.replace("\n", "\r\n"), True),
    Bend("pipes", "竖线分列", by_row(lambda line, _: "| " + " | ".join(line.split("\t")) + " |"), True),
    Bend("full-width", "全角数字", _full_width, True),
    Bend(
        "html-cells", "格内有网页标记",
        by_row(lambda line, _: "\t".join(f"<p>{c}</p>" if len(c) > 15 else c for c in line.split("\t"))), True,
    ),
    Bend("trailing-cells", "行末多空格子", by_row(lambda line, _: line + "\t\t"), True),
    Bend("repeated-header", "换页重印表头", _page_break(True, "— 2 —"), True),
    Bend("page-number", "表中插页码", _page_break(False, "第 2 页 共 3 页"), True),
    Bend("traditional", "繁体字", _traditional_characters, True),
    Bend("rows-reordered", "同类指标换次序", _rows_reordered, True),
    Bend("labels-renamed", "表头用同义说法", by_row(_labels_renamed), True),
    Bend("leading-cell", "行首多一格", by_row(lambda line, _: "\t" + line)),
    Bend("some-rows-right", "部分行右移一格", by_row(lambda line, draw: "\t" + line if draw.random() < 0.25 else line)),
    Bend(
        "some-rows-left", "部分行左移", by_row(lambda line, draw: line.lstrip("\t") if draw.random() < 0.6 else line)
    ),
    Bend("blank-inserted", "行中多一空格子", by_row(_insert_blank)),
    Bend(
        "pipes-no-empty", "竖线分列且丢空格子",
        by_row(lambda line, _: "| " + " | ".join(cell for cell in line.split("\t") if cell.strip()) + " |"),
    ),
    Bend(
        "spaces", "数字前后加空格",
        lambda text, _: re.sub(r"(?<=[\u4e00-\u9fff])(?=\d)|(?<=\d)(?=[\u4e00-\u9fff%])", " ", text),
    ),
    Bend("hard-wrap", "词中断行", _hard_wrap),
    Bend("blank-lines", "段中空行", _cut_by_blank_line),
    Bend("cell-per-line", "一格一行", _cell_per_line),
    Bend("one-line", "整表连成一行", _one_line),
    Bend(
        "ascii-marks", "半角标点",
        lambda text, _: text.replace("，", ", ").replace("：", ": ").replace("；", "; "),
    ),
)  # fmt: skip
"""Changes of the text as such."""


@frozen
class Rewriting:
    """A change of the figures in the running text that keeps what they say."""

    code: str
    title: str
    edits: Callable[[Base], Iterator[Edit]]
    lossless: bool = False

    def __call__(self, base: Base) -> str:
        return apply(base.text, self.edits(base))[0]


def _rounded(base: Base) -> Iterator[Edit]:
    """Amounts and rates of the text, one decimal less, rounded half up."""
    for figure in _told(base):
        if figure.kind in (Kind.MONEY, Kind.RATE) and figure.decimals > 1:
            value = figure.value.quantize(figure.last_place * 10, ROUND_HALF_UP)
            yield rewritten(figure, written(value, figure, figure.decimals - 1))


def _in_yuan(base: Base) -> Iterator[Edit]:
    """Amounts of the text in 元 that are written in 万元, unless the 万元 were rounded."""
    known = {
        span: found for report in base.reports for span, (_, found) in by_figure(relations(report)).items()
    }
    for figure in _told(base):
        if figure.unit != "万元" or not figure.raw.endswith("万元") or figure.is_vague:
            continue
        exact = {figure.span: figure.value.quantize(Decimal("0.0001"))}
        if figure.decimals and all(one.holds(exact) for one in known.get(figure.span, [])):
            yield Edit(figure.span, f"{figure.amount:.0f}元")


def _told(base: Base) -> Iterator[Figure]:
    for report in base.reports:
        for passage in report.passages:
            if passage.kind is TextKind.PROSE:
                yield from passage.figures


REWRITINGS = (
    Rewriting("fewer-decimals", "文字少写一位小数", _rounded),
    Rewriting("in-yuan", "文字里万元换写成元", _in_yuan),
)
NEUTRAL: tuple[Bend | Rewriting, ...] = (*BENDS, *REWRITINGS)
