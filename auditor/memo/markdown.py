"""The memo as a bureau files it, in Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.memo.escape import inline
from auditor.memo.model import Document, Memo, Money, Report, Result
from auditor.memo.narrative import narrative
from auditor.memo.place import lines, places
from auditor.memo.render import Material
from auditor.rules.grades import same_rank

_SEVERITY = {"high": "重要", "medium": "一般", "low": "轻微"}
_UNVERIFIED = (
    "本备忘录只依据报告自身的文字和数字复算、比对，未核实原始凭证、合同、账簿和佐证材料；"
    "核对一致不等于数据真实。"
)


def write(material: Material) -> str:
    return markdown(material.memo)


def markdown(memo: Memo) -> str:
    return "\n".join(_memo(memo)) + "\n"


def _memo(memo: Memo) -> Iterator[str]:
    reports = [(document, report) for document in memo.documents for report in document.reports]
    yield "# 绩效自评报告审核备忘录"
    yield ""
    yield f"审核文件 {len(memo.documents)} 个，报告 {len(reports)} 份。审核工具 {memo.tool.name} {memo.tool.version}。"
    if len(reports) > 1:
        yield from _overview(reports)
    for failure in memo.unreadable:
        yield ""
        yield f"未能审核的文件：{inline(failure.path)}（{inline(failure.reason)}）。"
    for number, (document, report) in enumerate(reports, 1):
        yield from _report(number, document, report)
    yield ""
    yield "---"
    yield ""
    yield f"说明：{_UNVERIFIED}{memo.narrative_review.note}"


def _overview(reports: list[tuple[Document, Report]]) -> Iterator[str]:
    yield ""
    yield "| 序号 | 项目 | 自评 | 核算 | 不一致 | 存疑 |"
    yield "|---|---|---|---|---|---|"
    for number, (_, report) in enumerate(reports, 1):
        wrong, queries = len(_findings(report, "inconsistent")), len(_findings(report, "query"))
        yield (
            f"| {number} | {_name(report)} | {inline(report.self_score or '—')} "
            f"| {inline(report.recomputed_score or '—')} | {wrong} | {queries} |"
        )


def _report(number: int, document: Document, report: Report) -> Iterator[str]:
    wrong, queries = _findings(report, "inconsistent"), _findings(report, "query")
    yield ""
    yield f"## {number}　{_name(report)}"
    yield ""
    yield from _facts(document, report)
    yield ""
    yield "**结论**"
    yield ""
    yield from _conclusion(report, wrong, queries)
    yield from _chapter(f"一、不一致（{len(wrong)} 项）", wrong, "未发现不一致。")
    yield from _chapter(f"二、存疑（{len(queries)} 项）", queries, "没有需要单位说明的事项。")
    yield from _working_paper(report)
    yield from _not_assessable(report)
    yield from _coverage(report)
    yield from narrative(report)


def _name(report: Report) -> str:
    return inline(report.project or report.title) or "（未写项目名称）"


def _findings(report: Report, verdict: str) -> list[list[Result]]:
    """Findings of the rules whose worst result has that verdict, each with the others of the same cause."""
    by_mark = {result.fingerprint: result for result in report.results}
    told: set[str] = set()
    found = []
    for result in report.results:
        if result.verdict not in ("inconsistent", "query") or result.fingerprint in told:
            continue
        if result.origin == "model":
            continue
        told |= {result.fingerprint, *result.related}
        if result.verdict == verdict:
            found.append([result, *(by_mark[mark] for mark in result.related)])
    return found


def _facts(document: Document, report: Report) -> Iterator[str]:
    form = inline(report.form) + (f"（{inline(report.form_note)}）" if report.form_note else "")
    rows = [
        ("标题", inline(report.title)),
        ("单位", inline(report.unit)),
        ("年度", str(report.fiscal_year or "")),
        ("文种", form),
        ("资金", _money(report.money)),
        ("自评", f"{report.self_score} 分" if report.self_score else "未读到总分"),
        ("等次", inline(report.grade or "未读到等次")),
        ("核算", _recomputed(report)),
        ("文件", f"{inline(document.path)} 第 {report.index} 份"),
    ]
    yield "| 事项 | 内容 |"
    yield "|---|---|"
    for label, value in rows:
        yield f"| {label} | {value or '未读到'} |"


def _money(money: Money) -> str:
    return f"预算 {_or_unread(money.budget)}，支出 {_or_unread(money.paid)}，执行率 {_rate(money)}"


def _rate(money: Money) -> str:
    if money.computed_rate in (None, money.execution_rate):
        return _or_unread(money.execution_rate)
    if money.execution_rate is None:
        return f"{money.computed_rate}（按所列金额计算）"
    return f"{inline(money.execution_rate)}（按所列金额计算为 {money.computed_rate}）"


def _or_unread(value: str | None) -> str:
    return inline(value) if value else "未读到"


def _recomputed(report: Report) -> str:
    if report.recomputed_score is None:
        return "未能重新核算总分"
    grade = f"，{inline(report.recomputed_grade)}" if report.recomputed_grade else ""
    return f"{report.recomputed_score} 分{grade}"


def _conclusion(report: Report, wrong: list[list[Result]], queries: list[list[Result]]) -> Iterator[str]:
    unclear = sum(result.verdict == "not_assessable" for result in report.results)
    holding = sum(result.verdict == "consistent" for result in report.results)
    yield (
        f"1. 复算、比对结果：一致 {holding} 项，不一致 {len(wrong)} 项，存疑 {len(queries)} 项，未能核验 {unclear} 项。"
    )
    main = list(dict.fromkeys(item[0].title for item in wrong + queries))
    if main:
        yield f"2. 主要问题：{'；'.join(inline(title) for title in main[:3])}{'等' if len(main) > 3 else ''}。"
    else:
        yield "2. 未发现不一致，也没有需要单位说明的事项。"
    yield f"3. {_score_line(report)}"


def _touches_score(result: Result) -> bool:
    """A finding or question whose answer may change the score."""
    return result.verdict in ("inconsistent", "query") and (
        "得分" in result.impact or "总分" in result.impact
    )


def _score_line(report: Report) -> str:
    if report.self_score is None:
        return "没有读到自评总分，得分无法核算。"
    claimed = f"自评 {report.self_score} 分" + (f"（{inline(report.grade)}）" if report.grade else "")
    if report.recomputed_score is None:
        return f"{claimed}，总分未能重新核算。"
    if report.recomputed_score == report.self_score:
        open_ones = sum(_touches_score(result) for result in report.results)
        rest = f"；另有 {open_ones} 项可能改变得分，见下" if open_ones else ""
        return f"{claimed}，与核算总分一致{rest}。"
    line = f"{claimed} → 核算 {_recomputed(report)}"
    if report.grade and report.recomputed_grade:
        same = same_rank(report.grade, report.recomputed_grade)
        line += "；等次不变" if same else "；等次改变"
    return line + "。"


def _chapter(heading: str, items: list[list[Result]], none: str) -> Iterator[str]:
    yield ""
    yield f"### {heading}"
    yield ""
    if not items:
        yield none
    for number, item in enumerate(items, 1):
        yield from _item(number, item)


def _item(number: int, item: list[Result]) -> Iterator[str]:
    first, *others = item
    mark = f"{number}. "
    yield f"{mark}**{inline(first.title)}**（{first.rule}，{_SEVERITY[first.severity]}）"
    indent = " " * len(mark)
    for line in _proof(first):
        yield f"{indent}- {line}"
    for other in others:
        yield f"{indent}- 同一处：**{inline(other.title)}**（{other.rule}）"
        for line in _proof(other):
            yield f"{indent}  - {line}"


def _proof(result: Result) -> Iterator[str]:
    parts = [
        ("事实", inline(result.message)),
        ("原文", places(result.evidence)),
        ("核算", inline(result.calculation)),
        ("依据", inline("；".join(basis.source for basis in result.basis))),
        ("影响", inline(result.impact)),
        ("请单位", inline(result.suggestion)),
    ]
    for label, text in parts:
        if text:
            yield f"{label}：{text}"


def _working_paper(report: Report) -> Iterator[str]:
    holding = [result for result in report.results if result.verdict == "consistent"]
    yield ""
    yield f"### 三、工作底稿（核对一致 {len(holding)} 项）"
    yield ""
    if not holding:
        yield "没有可以核对一致的事项。"
        return
    yield "| 规则 | 核对内容 | 算式 | 位置 |"
    yield "|---|---|---|---|"
    for result in holding:
        yield (
            f"| {result.rule} | {inline(result.message)} | {inline(result.calculation)} | {lines(result.evidence)} |"
        )


def _not_assessable(report: Report) -> Iterator[str]:
    unclear = [result for result in report.results if result.verdict == "not_assessable"]
    yield ""
    yield f"### 四、未能核验（{len(unclear)} 项）"
    yield ""
    if not unclear:
        yield "无。"
    for number, result in enumerate(unclear, 1):
        place = lines(result.evidence)
        yield f"{number}. {inline(result.message)}（{result.rule}{'，' + place if place else ''}）"


def _coverage(report: Report) -> Iterator[str]:
    coverage = report.coverage
    rest = coverage.figures - coverage.checked - coverage.not_assessable
    share = f"（{100 * coverage.checked // coverage.figures}%）" if coverage.figures else ""
    yield ""
    yield "### 五、覆盖情况"
    yield ""
    yield (
        f"报告中的数字（不含日期、文号、序号和代码）{coverage.figures} 个，已核对 {coverage.checked} 个{share}，"
        f"未能核验 {coverage.not_assessable} 个，其余 {rest} 个没有找到可以对照的数。"
    )
