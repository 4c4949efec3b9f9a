"""T601 字数限制 (text.word-limit)

查什么  表格写明字数上限、下限和条数上限的（“100字以内”“不少于500字”“限5条”），逐段数字数。字数按字符计，
        汉字、标点、字母、数字各算一字，空格和换行不算，与文字处理软件的“字数”一致。只数汉字也超过上限的，
        才判为不一致；只因标点、数字才超过的，作为存疑提出。下限按字符数判断。限制本身自相矛盾的
        （“不低于500字以内”）只提一次，该处文字不再判断。
为什么  超出表格规定的字数，审核系统会截断，要点容易丢失；自相矛盾的限制应当请制表单位说明。
反例
    三级指标 | 分值 | 得分 | 自评情况说明（每项指标描述在20字以内）
    组织机构 | 5 | 5 | 由分管副局长负责，办公室和业务股共同组织实施，各乡镇派专人配合
    资金支付 | 5 | 5 | 按合同分三次支付
    合计 | 10 | 10 |
    → 不一致
反例
    内容 | 项目概况（每部分不低于300字以内） |
    项目实施主要内容 | 新建小型水厂两座，铺设管网，改善沿线村庄的供水条件。 |
    → 存疑
正例
    三级指标 | 分值 | 得分 | 自评情况说明（每项指标描述在20字以内）
    组织机构 | 5 | 5 | 由分管副局长负责
    资金支付 | 5 | 5 | 按合同分三次支付
    合计 | 10 | 10 |
    → 无
依据    表格自带的填写要求
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.compiled import compiled
from auditor.facts.word_limits import Measured, items_listed, measure, quoted
from auditor.figures import Equation, Term
from auditor.report.declared import MOST_LIMITS
from auditor.report.model import Report, WordLimit
from auditor.rules.base import Addressee, Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="T601",
    name="text.word-limit",
    title="字数不符合表格要求",
    severity=Severity.LOW,
    basis=("表格自带的填写要求",),
)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    for limit in report.word_limits[:MOST_LIMITS]:
        texts = [measure(label, view) for label, view in limit.applies if view]
        if limit.contradicts_itself:
            yield _contradiction(limit, texts)
            continue
        if texts and (limit.minimum is not None or limit.maximum is not None):
            yield _length(limit, texts)
        yield from _items(limit, texts)
    if rest := report.word_limits[MOST_LIMITS:]:
        yield RULE.not_assessable(
            f"字数要求多于{MOST_LIMITS}处，其余{len(rest)}处没有核对。",
            [rest[0].view],
            key=("too many",),
        )


def _contradiction(limit: WordLimit, texts: list[Measured]) -> Result:
    lengths = "、".join(f"“{text.label}”{text.chars}字" for text in texts)
    told = f"现填{lengths}，未作判断。" if texts else ""
    return RULE.query(
        f"{_words(limit)}自相矛盾：{limit.minimum}字既写成下限，又写成上限（{limit.maximum}字以内），无法执行。{told}",
        [limit.view],
        asks=Addressee.FORM,
        suggestion="明确是下限还是上限，再按明确后的要求核对字数。",
        key=("contradiction", str(limit.minimum), str(limit.maximum)),
    )


def _words(limit: WordLimit) -> str:
    """The limit with what it governs: “自评情况说明”（100字以内）."""
    words = limit.view.text.strip("()（） ")[:40]
    scope = compiled(r"[(（]").split(limit.scope)[0].strip()
    return f"“{scope}”（{words}）" if scope and scope not in words else f"“{words}”"


def _length(limit: WordLimit, texts: list[Measured]) -> Result:
    bound = limit.maximum if limit.maximum is not None else limit.minimum
    over = [text for text in texts if limit.maximum is not None and text.chars > limit.maximum]
    sure = [text for text in over if limit.maximum is not None and text.han > limit.maximum]
    short = [text for text in texts if limit.minimum is not None and text.chars < limit.minimum]
    broken = over + [text for text in short if text not in over]
    if not broken:
        longest = max(texts, key=lambda text: text.chars)
        return RULE.consistent(
            f"{_words(limit)}：{len(texts)}段文字均符合，最长的“{longest.label}”{longest.chars}字。",
            [limit.view, longest.view],
            key=("kept", limit.scope, str(bound)),
        )
    make = RULE.inconsistent if sure or short else RULE.query
    told = "、".join(f"“{text.label}”{text.chars}字（只计汉字{text.han}字）" for text in broken)
    what = "超过上限" if not short else "低于下限" if not over else "不在上下限之内"
    doubt = "；其中只计汉字未超过的，请按表格的计数方法核对" if over and len(sure) < len(over) else ""
    excess = "引文从超过上限的那一句起。" if over else ""
    return make(
        f"表格要求{_words(limit)}，{len(broken)}处{what}：{told}{doubt}。{excess}",
        [limit.view, *(quoted(limit, text) for text in broken)],
        relations=tuple(_comparison(limit, text) for text in broken),
        suggestion="按表格要求的字数精简说明。" if not short else "按表格要求的字数补充说明。",
        key=("length", limit.scope, str(bound), *(text.label for text in broken)),
    )


def _comparison(limit: WordLimit, text: Measured) -> Equation:
    over = limit.maximum is not None and text.chars > limit.maximum
    bound = limit.maximum if over else limit.minimum
    counted = Term.exact(text.chars, f"{text.label} {text.chars}")
    return Equation(counted, Term.exact(bound or 0), "≤" if over else "≥", gap="")


def _items(limit: WordLimit, texts: list[Measured]) -> Iterator[Result]:
    if (listed := items_listed(limit, texts)) is None:
        return
    most, count, filled = listed
    if count > most:
        yield RULE.inconsistent(
            f"表格要求{_words(limit)}，实际填了{count}条，超过{most}条。",
            [limit.view, *(text.view for text in filled)],
            relations=(Equation(Term.exact(count), Term.exact(most), "≤", gap=""),),
            suggestion=f"合并或删减到{most}条以内。",
            key=("items", limit.scope, str(most), str(count)),
        )
    else:
        yield RULE.consistent(
            f"{_words(limit)}：填了{count}条，未超过{most}条。",
            [limit.view],
            relations=(Equation(Term.exact(count), Term.exact(most), "≤"),),
            key=("items", limit.scope, str(most)),
        )
