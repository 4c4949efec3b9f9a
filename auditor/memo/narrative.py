"""The narrative review in words: what became of a model's answers."""

from __future__ import annotations

from collections import Counter

from auditor.memo.model import HelpWithReading, ModelReview, Report

NOTE = "以下由模型提问，须人工复核；引文已逐字核对，不影响核算结果。"


def unread(report: Report) -> str:
    """What an opinion on the report says of its narratives where no model has read them, or only a part: that, and
    no reason; "" where one has."""
    review = report.model
    if review is not None and review.done:
        return ""
    return f"叙述部分未经模型{'完整' if review is not None and review.answers else ''}审读。"


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
    if review.reading is not None:
        told.append(_reading(review.reading))
    return "；".join(told) + "。"


def _reading(helped: HelpWithReading) -> str:
    """What became of the tables that a model was asked to lay out."""
    refused = Counter(helped.refused)
    unlike = helped.offered - helped.used - len(helped.refused)
    reasons = [f"{reason} {count} 段" for reason, count in refused.most_common()]
    reasons += [f"不比程序自己的读法好 {unlike} 段"] if unlike > 0 else []
    return f"没有读懂的表格请模型标行列 {helped.offered} 段，采用 {helped.used} 段" + (
        f"（其余：{'、'.join(reasons)}）" if reasons else ""
    )


def traced(review: ModelReview) -> str:
    """Which words were sent and which answers came back, for who must find them again."""
    helped = review.reading
    return f"提示词 {review.prompt}，回答 {'、'.join(review.answers)}。" + (
        f"标行列：提示词 {helped.prompt}，回答 {'、'.join(helped.answers)}。" if helped is not None else ""
    )
