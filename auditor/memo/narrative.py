"""The chapter on the narrative review: what the model asks, and what of its answers was dropped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from auditor.memo.escape import inline
from auditor.memo.model import ModelReview, Report, Result
from auditor.memo.place import places
from auditor.memo.wording import decided


def narrative(report: Report) -> Iterator[str]:
    """Nothing where no model has answered: the note at the end of the memo says why."""
    if report.model is None or not report.model.answers:
        return
    found = [result for result in report.results if result.origin == "model"]
    yield ""
    yield f"### 六、叙述审读（模型提问 {len(found)} 项）"
    yield ""
    if not found:
        yield "没有需要单位说明的事项。"
    for number, result in enumerate(found, 1):
        yield from _item(number, result)
    yield ""
    yield inline(annex(report.model))


def _item(number: int, result: Result) -> Iterator[str]:
    mark = f"{number}. "
    yield f"{mark}**{inline(result.title)}**（{result.rule}，存疑）"
    parts = [
        ("提问", inline(result.message)),
        ("原文", places(result.evidence)),
        ("核算", inline(result.calculation)),
        ("依据", inline("；".join(basis.source for basis in result.basis))),
        ("请单位", inline(result.suggestion)),
        ("处理", inline(decided(result.decision))),
    ]
    for label, text in parts:
        if text:
            yield f"{' ' * len(mark)}- {label}：{text}"


def annex(review: ModelReview) -> str:
    """What became of the answers, in one sentence: how many, dropped for what, from where."""
    dropped = Counter(one.reason for one in review.dropped)
    reasons = "、".join(f"{reason} {count} 条" for reason, count in dropped.most_common())
    told = [
        f"模型回答{review.asked}条，核对通过{review.passed}条，弃用{len(review.dropped)}条"
        + (f"（{reasons}）" if reasons else "")
    ]
    if not review.done:
        told.append(f"审读不完整：{review.status}")
    told.append(f"模型 {review.name}，提示词 {review.prompt}，回答 {'、'.join(review.answers)}")
    if review.sources:
        told.append(f"来源 {'、'.join(review.sources)}")
    usage = review.usage
    if usage.prompt_tokens or usage.completion_tokens:
        told.append(
            f"用量 输入 {usage.prompt_tokens}、输出 {usage.completion_tokens} 个词元"
            + (f"，费用 {review.cost}" if review.cost else "")
        )
    if review.repairs:
        told.append(f"重问 {review.repairs} 次")
    return "；".join(told) + "。"
