"""The narrative review in words: what became of a model's answers."""

from __future__ import annotations

from collections import Counter

from auditor.memo.model import ModelReview, Report

NOTE = "以下由模型提问，须人工复核；引文已逐字核对，不影响核算结果。"


def answered(report: Report) -> bool:
    """Whether a model has answered: where none has, the note at the end of the memo says why."""
    return report.model is not None and bool(report.model.answers)


def annex(review: ModelReview) -> str:
    """What became of the answers, in one sentence: how many, dropped for what, from where."""
    dropped = Counter(one.reason for one in review.dropped)
    reasons = "、".join(f"{reason} {count} 条" for reason, count in dropped.most_common())
    told = [
        f"模型回答{review.asked}条，核对通过{review.passed}条，弃用{len(review.dropped)}条"
        + (f"，并入已有结论 {len(review.attached)} 条" if review.attached else "")
        + (f"（{reasons}）" if reasons else "")
    ]
    if review.attached:
        told.append(
            "对已有结论另问："
            + "；".join(f"{one.title}——{one.question.rstrip('。')}" for one in review.attached)
        )
    if not review.done:
        told.append(f"审读不完整：{review.status}")
    told.append(f"模型 {review.name}")
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


def traced(review: ModelReview) -> str:
    """Which words were sent and which answers came back, for who must find them again."""
    return f"提示词 {review.prompt}，回答 {'、'.join(review.answers)}。"
