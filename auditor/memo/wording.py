"""What every memo for people says, in plain text: each format lays it out and escapes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from auditor.facts.scoring.grades import same_rank
from auditor.memo.bridge import bridge, pending
from auditor.memo.model import Basis, Counts, Decision, Document, Money, Report, Result
from auditor.memo.problems import Problem, decisions, problems
from auditor.report.model import FormKind

TITLE = "绩效自评报告审核备忘录"
VERDICTS = {"inconsistent": "不一致", "query": "存疑", "consistent": "一致", "not_assessable": "无法核验"}
SEVERITIES = {"high": "重要", "medium": "一般", "low": "轻微"}
DECISIONS = ("确认", "驳回", "存疑")
UNVERIFIED = (
    "本备忘录只依据报告自身的文字和数字复算、比对，未核实原始凭证、合同、账簿和佐证材料；"
    "核对一致不等于数据真实。"
)


def name(report: Report) -> str:
    """What the report is called in headings."""
    return report.project or report.title or "（未写项目名称）"


def having(report: Report, verdict: str) -> list[Result]:
    """Results of the rules with that verdict, in the order of the memo."""
    return [result for result in report.results if result.verdict == verdict and result.origin != "model"]


def facts(document: Document, report: Report) -> list[tuple[str, str]]:
    """The table at the head of the memo on one report."""
    rows = [
        ("标题", report.title),
        ("单位", report.unit),
        *([("评价机构", report.evaluator)] if report.evaluator else []),
        ("年度", str(report.fiscal_year or "")),
        ("文种", report.form + (f"（{report.form_note}）" if report.form_note else "")),
        ("资金", _money(report.money)),
        ("自评", f"{report.self_score} 分" if report.self_score else "未读到总分"),
        ("等次", report.grade or "未读到等次"),
        *([("复核", review_score(report))] if review_score(report) else []),
        ("核算", recomputed(report)),
        ("文件", f"{document.path} 第 {report.index} 份"),
    ]
    return [(label, value or "未读到") for label, value in rows]


def _money(money: Money) -> str:
    return f"预算 {money.budget or '未读到'}，支出 {money.paid or '未读到'}，执行率 {_rate(money)}"


def _rate(money: Money) -> str:
    if money.computed_rate in (None, money.execution_rate):
        return money.execution_rate or "未读到"
    if money.execution_rate is None:
        return f"{money.computed_rate}（按所列金额计算）"
    return f"{money.execution_rate}（按所列金额计算为 {money.computed_rate}）"


def recomputed(report: Report) -> str:
    """The recomputed score with its grade."""
    if report.recomputed_score is None:
        return "未能重新核算总分"
    grade = f"，{report.recomputed_grade}" if report.recomputed_grade else ""
    return f"{report.recomputed_score} 分{grade}"


def unread(report: Report) -> str:
    """What the conclusion begins with where a table was not read; "" where all were."""
    count = report.coverage.unread_tables
    if not count:
        return ""
    return (
        f"有 {count} 处表格没有读懂或没有全部读懂，其中 {report.coverage.figures_unplaced} 个数没有归属；"
        "以下结论只针对读懂的部分，请先人工核对这些表格。"
    )


def unproved(report: Report) -> bool:
    """Whether no finding means nothing: not one number was held against another, or neither a project nor a number
    was read. A letter that comes with reports states nothing and hides nothing."""
    return (
        not is_letter(report)
        and not report.coverage.checked
        and bool(report.coverage.figures or not report.project)
    )


def risk(report: Report) -> tuple[int, ...]:
    """Smaller comes first: tables that nobody has read, reports that show nothing, then what is proved and grave."""
    found = Counter(one.first.severity for one in problems(report) if one.kind != "model")
    counts, covered = report.counts, report.coverage
    return (
        is_letter(report),
        -bool(covered.unread_tables or unproved(report)),
        -found["high"],
        -counts.inconsistent,
        -found["medium"],
        -counts.query,
        -covered.figures_unplaced,
    )


def nothing_found(report: Report, told: str = "未发现不一致，也没有需要单位说明的事项。") -> str:
    """That there is no problem; where a table was not read, only in the part that was; where not one number
    could be held against another, that nothing was shown."""
    if report.coverage.figures and unproved(report):
        return f"报告中的 {report.coverage.figures} 个数一个也没有核对到，不能据此认为没有问题。"
    if is_letter(report):
        return f"这是{report.form}，没有自己的表和数，没有可以核对的内容。"
    if unproved(report):
        return "没有读到项目，也没有读到数字，可能不是自评报告或者没有读懂，不能据此认为没有问题。"
    return f"读懂的部分{told}" if report.coverage.unread_tables else told


def conclusion(report: Report) -> Iterator[str]:
    """Tables not read, a model's reading cut short, how many results of each kind, the main problems,
    the score, what is left to people, what was decided."""
    if lost := unread(report):
        yield lost
    if report.model is not None and report.model.answers and not report.model.done:
        yield "叙述部分没有读完（模型的回答不完整），模型的提问可能不全。"
    yield f"复算、比对结果：{counted(report.counts)}。"
    found = problems(report)
    main = list(dict.fromkeys(problem.first.title for problem in found if problem.kind != "model"))
    if main:
        yield f"主要问题：{'；'.join(main[:3])}{'等' if len(main) > 3 else ''}。"
    else:
        yield nothing_found(report)
    yield _score(report)
    yield f"须人工核对：{'；'.join(_left(report))}。"
    if any(result.decision and result.decision.decision for result in report.every()):
        yield _decisions(report)


def _left(report: Report) -> Iterator[str]:
    """What the program leaves to people."""
    counts = report.coverage
    if report.form_note and not is_review(report):
        yield f"文种是{report.form}，{report.form_note}"
    if report.counts.not_assessable:
        yield f"无法核验的 {report.counts.not_assessable} 项"
    if report.counts.model:
        yield f"模型提问 {report.counts.model} 项"
    if unchecked := counts.figures - counts.checked:
        yield f"没有核对到的数字 {unchecked} 个（共 {counts.figures} 个）"
    yield "原始凭证和佐证材料"


def counted(counts: Counts) -> str:
    """The one count that every paper shows: one cause is one problem."""
    asked = f"，模型提问 {counts.model} 项（须人工复核）" if counts.model else ""
    return (
        f"一致 {counts.consistent} 项，不一致 {counts.inconsistent} 项，存疑 {counts.query} 项{asked}，"
        f"无法核验 {counts.not_assessable} 项"
    )


def summed(files: int, counts: Sequence[Counts], letters: int = 0, again: int = 0) -> str:
    """One line on everything that was audited; `letters` only come with reports, `again` were handed in twice: neither
    counts."""
    return f"审核 {files} 个文件、{len(counts)} 份报告{besides(letters, again)}，{counted(total(counts))}"


def besides(letters: int, again: int) -> str:
    """What lay there and counts as no report."""
    counts = ((letters, "公函和填报说明"), (again, "重复送审"))
    told = "、".join(f"{word} {count} 份" for count, word in counts if count)
    return f"（另有{told}，不计入）" if told else ""


def repeated(documents: Iterable[Document]) -> Iterator[str]:
    """A sentence on each file that holds what another has brought before: it counts in no sum."""
    for document in documents:
        again = [report for report in document.reports if report.repeats]
        if not again:
            continue
        which = "、".join(str(report.index) for report in again)
        part = "" if len(again) == len(document.reports) else f" 第 {which} 份"
        first = "、".join(dict.fromkeys(report.repeats for report in again))
        yield f"重复送审，不计入：{document.path}{part} 与 {first} 是同一份报告。"


def total(counts: Iterable[Counts]) -> Counts:
    """Those of several reports together."""
    found: Counter[str] = Counter()
    for one in counts:
        found.update(one.model_dump())
    return Counts(**{kind: found[kind] for kind in Counts.model_fields})


def split(counts: Counts) -> str:
    """8 项：不一致 4 项，存疑 4 项: what the rules found."""
    found = counts.inconsistent + counts.query
    parts = ((counts.inconsistent, "不一致"), (counts.query, "存疑"))
    told = "，".join(f"{word} {count} 项" for count, word in parts if count)
    return f"{found} 项" + (f"：{told}" if told else "")


def _decisions(report: Report) -> str:
    """By problem, as the ledger counts them."""
    counts = decisions(report)
    told = "，".join(f"{word} {counts[word]} 项" for word in DECISIONS)
    crossed = bridge(report)
    reviewed = crossed.reviewed_words() if crossed else ""
    return f"处理意见：{told}，未处理 {counts['']} 项" + (f"；复核得分 {reviewed}。" if reviewed else "。")


def _touches_score(problem: Problem) -> bool:
    """Whether the answer may change the score."""
    return any("得分" in one.impact or "总分" in one.impact for one in problem.results)


def review_score(report: Report) -> str:
    """复核得分填 90 分，各行相加为 88 分; "" where it is no review, or its scores could not be summed."""
    stated, found = report.review_score, report.review_sum
    if not is_review(report) or stated is None or found is None:
        return ""
    return (
        f"复核得分 {stated} 分，与各行相加相同"
        if stated == found
        else f"复核得分填 {stated} 分，各行相加为 {found} 分"
    )


def unscored(report: Report) -> str:
    """What a paper says of the score where nothing could be recomputed."""
    own = f"自评 {report.self_score} 分" if report.self_score else "自评未读到总分"
    return f"{own}，总分未能重新核算"


def _score(report: Report) -> str:
    review = review_score(report)
    if report.self_score is None:
        return f"{review}。" if review else "没有读到自评总分，得分无法核算。"
    claimed = f"自评 {report.self_score} 分" + (f"（{report.grade}）" if report.grade else "")
    if review:
        return f"{claimed}；{review}。"
    if report.recomputed_score is None:
        return f"{claimed}，总分未能重新核算。"
    unsettled = [str(one.problem.number) for one in pending(report)]
    if report.recomputed_score == report.self_score and not unsettled:
        open_ones = sum(map(_touches_score, problems(report)))
        rest = f"；另有 {open_ones} 项可能改变得分，见下" if open_ones else ""
        return f"{claimed}，与核算总分一致{rest}。"
    line = f"{claimed} → 核算 {recomputed(report)}"
    if report.grade and report.recomputed_grade:
        same = same_rank(report.grade, report.recomputed_grade)
        line += "；等次不变" if same else "；等次改变"
    if unsettled:
        line += f"；问题{'、'.join(unsettled)}的得分待重新认定"
    return line + "。"


def proof(result: Result) -> list[tuple[str, str]]:
    """The parts of a finding that are there, with their labels; the quotes are told elsewhere."""
    asks = result.origin == "model"
    parts = [
        ("提问" if asks else "事实", result.message),
        ("核算", result.calculation),
        ("依据", basis(result.basis)),
        ("影响", "" if asks else result.impact),
        asked(result),
        ("处理", decided(result.decision)),
        *kept(result.decision),
    ]
    return [(label, text) for label, text in parts if text]


def basis(found: Iterable[Basis]) -> str:
    return "；".join(one.source for one in found)


def asked(result: Result) -> tuple[str, str]:
    """Whom a request goes to, and the request."""
    return f"请{result.asks}", result.suggestion


def request(result: Result) -> str:
    """The request by itself, in a column of requests to the unit: who else is asked is named."""
    told = result.suggestion
    return f"请{result.asks}{told}" if told and result.asks != "单位" else told


def is_letter(report: Report) -> bool:
    """Whether it only comes with reports and states nothing itself: nothing is asked, nobody is written to."""
    return report.form == FormKind.LETTER and not report.counts.problems


def writer(report: Report) -> str:
    """Who has written it, "" where nobody is named: the unit, or of a review the evaluator."""
    return report.evaluator if is_review(report) else report.unit


def is_review(report: Report) -> bool:
    """Whether it is the evaluator's own table: what is found in it goes to the evaluator, not to the unit."""
    return report.form == FormKind.REVIEW


def decided(decision: Decision | None) -> str:
    """驳回（张三，2026-11-20）：工程款按合同约定支付; nothing where nothing is decided."""
    if decision is None or not decision.decision:
        return ""
    signed = "，".join(part for part in (decision.who, decision.when[:16].replace("T", " ")) if part)
    remark = f"：{decision.remark}" if decision.remark else ""
    return decision.decision + (f"（{signed}）" if signed else "") + remark


def kept(decision: Decision | None) -> list[tuple[str, str]]:
    """What else is on file about a finding, with its labels."""
    if decision is None:
        return []
    told = (
        ("单位答复", decision.reply),
        ("整改情况", decision.measures),
        ("时限", decision.due),
        ("销号", decision.closed),
    )
    return [(label, text) for label, text in told if text]


def coverage(report: Report) -> str:
    """How many of the report's figures were compared with something."""
    counts = report.coverage
    rest = counts.figures - counts.checked - counts.not_assessable
    share = f"（{100 * counts.checked // counts.figures}%）" if counts.figures else ""
    return (
        f"报告中的数字（不含日期、文号、序号和代码）{counts.figures} 个，已核对 {counts.checked} 个{share}，"
        f"未能核验 {counts.not_assessable} 个，其余 {rest} 个没有找到可以对照的数。"
    )
