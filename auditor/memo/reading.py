"""What was understood of a file, before any rule looks at it: `auditor read`.

A reviewer compares it with the original and so knows how far the memo can be trusted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from auditor.document import Document, Span, View
from auditor.facts.unread import unread_forms
from auditor.figures import Figure
from auditor.lazy_models import BaseModel
from auditor.memo.escape import inline
from auditor.report import Report, read_reports
from auditor.report.model import FormRead, Indicator, MoneyTable, Way

_SHOWN = 4
"""Relations named of those that do not hold."""


class Line(BaseModel):
    """A line of a money table: what each role (预算, 支出 …) holds, as written."""

    name: str
    values: dict[str, str]


class Table(BaseModel):
    title: str
    unit: str
    lines: list[Line]


class Row(BaseModel):
    """An indicator, its cells as written; null: no such cell."""

    path: list[str]
    name: str
    target: str | None
    actual: str | None
    weight: str | None
    score: str | None
    review_score: str | None
    narrative: str | None
    reason: str | None
    place: str


class Gap(BaseModel):
    """Something that could not be placed, and why."""

    quote: str
    place: str
    reason: str


class How(BaseModel):
    """One way to read a form: figures it gives a meaning, relations of the form that hold of those that could be
    tested, those that do not, what no form can say, and rows without a place."""

    name: str
    placed: int
    held: int
    checked: int
    failed: list[str]
    vetoes: list[str]
    unread: int


class Form(BaseModel):
    """A form-like part of the file: the way in which it was read, and the next best one, if it was tried."""

    place: str
    taken: How
    runner_up: How | None


class ReadReport(BaseModel):
    index: int
    title: str
    project: str
    unit: str
    fiscal_year: int | None
    form: str
    self_score: str | None
    grade: str | None
    money: list[Table]
    prose_amounts: list[Line]
    indicators: list[Row]
    totals: list[Line]
    goals: list[str]
    declared: list[str]
    gaps: list[Gap]
    forms: list[Form] = []


class Reading(BaseModel):
    """`remarks`: what is odd about the file itself; `tables`, `pages` count what was found."""

    path: str
    media_type: str
    pages: int | None
    tables: int
    remarks: list[str]
    reports: list[ReadReport]


def reading(document: Document) -> Reading:
    """What the reader understood of `document`."""
    return Reading(
        path=document.path.encode("utf-8", "backslashreplace").decode("utf-8"),
        media_type=document.media_type,
        pages=len(document.pages) or None,
        tables=sum(1 for _ in document.tables()),
        remarks=[remark.told for remark in document.remarks],
        reports=[_report(report) for report in read_reports(document)],
    )


def _report(report: Report) -> ReadReport:
    return ReadReport(
        index=report.index,
        title=report.title,
        project=report.project,
        unit=report.unit,
        fiscal_year=report.fiscal_year,
        form=report.form.value,
        self_score=_figure(report.total_score),
        grade=report.grade.word if report.grade else None,
        money=[_table(table) for table in report.money_tables],
        prose_amounts=[
            Line(name=amount.label, values={amount.role.value: amount.figure.raw})
            for amount in report.prose_amounts
        ],
        indicators=[_row(report, indicator) for indicator in report.indicators],
        totals=[
            Line(name=total.label, values=_given(分值=_figure(total.weight), 得分=_figure(total.score)))
            for total in report.totals
        ],
        goals=[goal.view.text for goal in report.goals],
        declared=list(_declared(report)),
        gaps=list(_gaps(report)),
        forms=[_form(report.document, one) for one in report.forms_read],
    )


def _form(document: Document, one: FormRead) -> Form:
    last = Span(one.span.end - 1, one.span.end)
    first, end = document.locate(one.span), document.locate(last)
    place = _place(document, one.span)
    if first.table and first.table == end.table:
        place = place.replace(f"第{first.row}行", f"第{first.row}–{end.row}行")
    elif not first.table and end.line and first.line != end.line:
        place = place.replace(f"第{first.line}行", f"第{first.line}–{end.line}行")
    return Form(place=place, taken=_how(one.taken), runner_up=_how(one.runner_up) if one.runner_up else None)


def _how(way: Way) -> How:
    return How(
        name=way.name, placed=way.placed, held=way.held, checked=way.checked,
        failed=list(way.failed), vetoes=list(way.vetoes), unread=way.unread,
    )  # fmt: skip


def _table(table: MoneyTable) -> Table:
    lines: dict[tuple[int, str], dict[str, str]] = {}
    for amount in table.amounts:
        lines.setdefault((amount.line.place, amount.line.name), {})[amount.role.value] = amount.figure.raw
    return Table(
        title=table.title,
        unit=table.unit,
        lines=[Line(name=name, values=values) for (_, name), values in lines.items()],
    )


def _row(report: Report, indicator: Indicator) -> Row:
    return Row(
        path=[level.name for level in indicator.path],
        name=indicator.name,
        target=_text(indicator.target, indicator.sign, indicator.unit),
        actual=_text(indicator.actual),
        weight=_figure(indicator.weight),
        score=_figure(indicator.score),
        review_score=_figure(indicator.review_score),
        narrative=_text(indicator.narrative),
        reason=_text(indicator.reason),
        place=_place(report.document, indicator.span),
    )


def _text(view: View | None, sign: View | None = None, unit: View | None = None) -> str | None:
    """A cell as written, with sign and unit where the form keeps them in cells of their own."""
    if view is None:
        return None
    return " ".join(part.text for part in (sign, view, unit) if part is not None)


def _figure(figure: Figure | None) -> str | None:
    return figure.raw if figure else None


def _given(**values: str | None) -> dict[str, str]:
    return {name: value for name, value in values.items() if value is not None}


def _declared(report: Report) -> Iterator[str]:
    """The rules that the form itself lays down, in its own words."""
    for formula in report.formulas:
        yield f"公式：{formula.view.text}"
    for band in report.scale:
        yield f"等次：{band.view.text}"
    for rating in report.rating_bands:
        yield f"定性指标：{rating.view.text}"
    for rule in report.scoring_rules:
        yield f"评分规则：{rule.view.text}"
    for limit in report.word_limits:
        yield f"字数：{limit.scope} {limit.view.text}"
    if report.equal_weights_rule is not None:
        yield f"权重：{report.equal_weights_rule.text}"


def _gaps(report: Report) -> Iterator[Gap]:
    places: list[tuple[Span, str]] = list(report.unread)
    places += [(figure.span, reason) for table in report.money_tables for figure, reason in table.unread]
    places += [(span, "列有错位，按最可能的一种读入") for span in report.doubtful]
    places += [(line, form.reason) for form in unread_forms(report) for line in form.lines]
    for span, reason in sorted(dict.fromkeys(places)):
        quote = " ".join(report.document.quote(span).split())
        yield Gap(quote=quote[:200], place=_place(report.document, span), reason=reason)


def _place(document: Document, span: Span) -> str:
    at = document.locate(span)
    words = [f"第{at.page}页" if at.page else "", f"工作表“{at.sheet}”" if at.sheet else ""]
    words.append(f"表{at.table}第{at.row}行" if at.table else f"第{at.line}行")
    return "".join(words)


def described(readings: Iterable[Reading]) -> str:
    """The readings as a page of Markdown."""
    return "\n".join(line for one in readings for line in _page(one)) + "\n"


def _page(one: Reading) -> Iterator[str]:
    yield f"# 读入结果：{inline(one.path)}"
    yield ""
    pages = f"{one.pages} 页，" if one.pages else ""
    yield f"{pages}表格 {one.tables} 个，报告 {len(one.reports)} 份。"
    for remark in one.remarks:
        yield f"- 注意：{inline(remark)}"
    for report in one.reports:
        yield from _section(report)


def _section(report: ReadReport) -> Iterator[str]:
    yield ""
    yield f"## {report.index}　{inline(report.project or report.title) or '（未写项目名称）'}"
    yield ""
    facts = {
        "标题": report.title, "单位": report.unit, "年度": str(report.fiscal_year or ""), "文种": report.form,
        "自评": report.self_score or "", "等次": report.grade or "",
    }  # fmt: skip
    yield "；".join(f"{name}：{inline(value) or '未读到'}" for name, value in facts.items()) + "。"
    for number, table in enumerate(report.money, 1):
        roles = list(dict.fromkeys(role for line in table.lines for role in line.values))
        yield from _grid(
            f"资金表 {number}（{table.unit or '未写单位，按万元'}）",
            ["项目", *roles],
            [[line.name, *(line.values.get(role, "") for role in roles)] for line in table.lines],
        )
    if report.prose_amounts:
        rows = [
            [line.name, role, value] for line in report.prose_amounts for role, value in line.values.items()
        ]
        yield from _grid("文字中的金额", ["名称", "性质", "金额"], rows)
    yield from _indicators(report)
    yield from _list("绩效目标", report.goals)
    yield from _list("表格自己写明的规则", report.declared)
    yield from _list("表格怎样读的", [_told(form) for form in report.forms])
    yield from _list("没有读懂的", [f"{gap.place}：{gap.quote}（{gap.reason}）" for gap in report.gaps])


def _told(form: Form) -> str:
    other = form.runner_up
    tried = f"其次：{_way_told(other)}" if other else "没有试别的读法"
    return f"{form.place}，{_way_told(form.taken)}。{tried}。"


def _way_told(way: How) -> str:
    """ "照原样的行列：归位 45 个数；表内关系 15 项，成立 14 项，不成立：……"."""
    parts = [f"归位 {way.placed} 个数", f"表内关系 {way.checked} 项，成立 {way.held} 项"]
    if way.failed:
        more = f"等 {len(way.failed)} 项" if len(way.failed) > _SHOWN else ""
        parts.append("不成立：" + "、".join(way.failed[:_SHOWN]) + more)
    if way.vetoes:
        parts.append("不合情理：" + "、".join(way.vetoes))
    if way.unread:
        parts.append(f"{way.unread} 行没有归位")
    return f"{way.name}：" + "；".join(parts)


def _indicators(report: ReadReport) -> Iterator[str]:
    if not report.indicators:
        yield ""
        yield "没有读到指标表。"
        return
    head = ["层级", "指标", "目标", "完成", "分值", "得分"]
    rows = [
        ["/".join(row.path), row.name, row.target or "", row.actual or row.narrative or "", row.weight or "", row.score or ""]
        for row in report.indicators
    ]  # fmt: skip
    if any(row.review_score for row in report.indicators):
        head.append("审核得分")
        rows = [[*cells, row.review_score or ""] for cells, row in zip(rows, report.indicators, strict=True)]
    rows += [
        ["", total.name, "", "", total.values.get("分值", ""), total.values.get("得分", "")]
        for total in report.totals
    ]
    yield from _grid(f"指标表（{len(report.indicators)} 行）", head, rows)


def _grid(title: str, head: list[str], rows: list[list[str]]) -> Iterator[str]:
    yield ""
    yield f"### {title}"
    yield ""
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield "| " + " | ".join(inline(cell) for cell in row) + " |"


def _list(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield f"### {title}"
        yield ""
        yield from (f"- {inline(line)}" for line in lines)
