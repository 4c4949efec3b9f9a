"""What kind of paper a report is, and how its forms were read or were not."""

from __future__ import annotations

from enum import StrEnum

from auditor.document import Span
from auditor.figures import Figure
from auditor.values import frozen


@frozen
class Way:
    """One way in which a form was tried to be read.

    name    in words ("照原样的行列") · placed  figures with a meaning · unread  rows without a place
    held, checked   relations of the form that hold, and that could be tested · failed  the others, in words
    vetoes  what no form can say, in words · guessed  the rows and columns are not those of the file
    """

    name: str
    placed: int
    held: int
    checked: int
    failed: tuple[str, ...] = ()
    vetoes: tuple[str, ...] = ()
    unread: int = 0
    guessed: bool = False


@frozen
class FormRead:
    """How a form-like stretch of the document was read, and the next best way, if another was tried."""

    span: Span
    taken: Way
    runner_up: Way | None = None


class FormKind(StrEnum):
    """What kind of paper this is, as far as it matters to the rules."""

    SELF_EVALUATION = "项目支出绩效自评"
    DEPARTMENT = "部门整体支出绩效自评"
    TRANSFER = "转移支付区域绩效自评"
    EVALUATION = "绩效评价报告"  # by the department or a third party: a look-alike
    APPLICATION = "绩效目标申报表"
    MONITOR = "绩效运行监控表"  # of the middle of the year: its payments are those of some months
    RECTIFICATION = "整改报告"
    ACCOUNTS = "部门决算公开"
    NOTICE = "资金通知"
    LETTER = "公函或说明"  # what comes with reports and states nothing of its own
    REVIEW = "自评复核表"  # the evaluator's own table: what was taken off, and why

    @property
    def look_alike(self) -> bool:
        return self in (
            FormKind.EVALUATION,
            FormKind.APPLICATION,
            FormKind.MONITOR,
            FormKind.RECTIFICATION,
            FormKind.ACCOUNTS,
            FormKind.NOTICE,
            FormKind.LETTER,
            FormKind.REVIEW,
        )


@frozen
class UnreadForm:
    """A form, or a part of one, that no reader took: `lines` with the `figures` that have no place, and
    why (Chinese). `around` are those lines with their neighbours: a sum that reaches into them may lack
    a row."""

    around: tuple[Span, ...]
    lines: tuple[Span, ...]
    figures: tuple[Figure, ...]
    reason: str
