"""What a rule is, and what it says: results with proof.

A rule is one module with a `RULE` and a generator `check(report, settings)`. The module's
docstring is its manual (`auditor explain CODE`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from auditor.document import Span, View
from auditor.facts.claim import Strength
from auditor.figures import Equation, Figure
from auditor.values import frozen


class Verdict(StrEnum):
    """不一致 / 存疑 / 无法核验 / 一致."""

    INCONSISTENT = "inconsistent"
    QUERY = "query"
    NOT_ASSESSABLE = "not_assessable"
    CONSISTENT = "consistent"


class Severity(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Addressee(StrEnum):
    """Whom a result asks to do something: the unit that reports; who went over its scores; the bureau that drew up
    the form; who runs the audit."""

    UNIT = "单位"
    REVIEWER = "复核人"
    FORM = "制表单位"
    AUDITOR = "审核人"


class ByOthers(StrEnum):
    """What a finding on a number of the text rests on where others told around it make it fail."""

    NUMBER = "number"  # the number itself is what does not come out
    SUM = "sum"  # so may any of its parts be
    PRICE = "price"  # so may the price be that it is made with
    ASKED = "asked"  # a number only where it asks: what is proved is by rows and names


@frozen
class Rule:
    """Identity of a rule: code and dotted name never change once released.

    title   Chinese, the problem in a few words · severity  of its findings unless a result says otherwise
    basis   sources (文号, or "表内关系")
    needs_all_rows  its sums prove nothing where a row of the report could not be read
    asks    whom its findings ask unless a result says otherwise
    by_others  what its findings rest on where numbers told around another make it fail; None for other rules
    """

    code: str
    name: str
    title: str
    severity: Severity
    basis: tuple[str, ...]
    needs_all_rows: bool = False
    asks: Addressee = Addressee.UNIT
    by_others: ByOthers | None = None

    def inconsistent(self, message: str, evidence: Iterable[Evidence], **more: object) -> Result:
        """Arithmetic or the form's own words, provable from the document alone."""
        return self._result(Verdict.INCONSISTENT, message, evidence, more)

    def query(self, message: str, evidence: Iterable[Evidence], **more: object) -> Result:
        """Asks the unit to explain."""
        return self._result(Verdict.QUERY, message, evidence, more)

    def by(self, strength: Strength) -> Callable[..., Result]:
        """Proof is told, all else is asked."""
        return self.inconsistent if strength is Strength.PROOF else self.query

    def consistent(self, message: str, evidence: Iterable[Evidence], **more: object) -> Result:
        """A tick mark: what was recomputed and holds."""
        return self._result(Verdict.CONSISTENT, message, evidence, more)

    def not_assessable(self, message: str, evidence: Iterable[Evidence] = (), **more: object) -> Result:
        """What could not be read or checked; the message says why."""
        return self._result(Verdict.NOT_ASSESSABLE, message, evidence, more)

    def _result(
        self, verdict: Verdict, message: str, evidence: Iterable[Evidence], more: dict[str, object]
    ) -> Result:
        items = [(item, _span(item)) for item in evidence]
        held = [span for _, span in items]
        spans = dict.fromkeys(
            span for item, span in items if span.end > span.start and not _scattered(item, span, held)
        )
        return Result(self, verdict, message, tuple(spans), **more)  # type: ignore[arg-type]


Evidence = Span | Figure | View
"""What proves a result: anything that knows its place in the document."""


def _span(item: Evidence) -> Span:
    return item if isinstance(item, Span) else item.span if isinstance(item, Figure) else item.span()


def _scattered(item: Evidence, span: Span, others: list[Span]) -> bool:
    """A label that the page breaks around the cells of its row: from its first character to its last there stand
    those cells, which are quoted anyway, so that its stretch is no quote of it."""
    return (
        isinstance(item, View)
        and len(item.runs) > 1
        and any(span.start < one.start and one.end < span.end for one in others)
    )


@dataclass
class Result:
    """One result of one rule.

    message      one or two plain Chinese sentences with the figures in them
    evidence     document spans; the memo quotes them character by character
    relations    what was recomputed, and what the report says instead
    calculation  the substituted formula, told from the relations; words of its own only where a
                 result compares no numbers (dates, grades, names)
    impact       effect on score or grade, in words; "" if none is known
    suggestion   what is asked for, beginning with what to do: 请单位… stands before it
    asks         whom it asks where that is not who the rule asks
    culprits     spans of the cells that look wrong: findings that share one are shown as one
    key          labels and values that identify the finding for its fingerprint, never line
                 numbers; the message is used where a rule gives none
    title        heading of this result where the rule's own does not fit it
    forced       the words name what the number is made of: that others would make it excuses nothing
    score_delta  recomputed minus printed total score, as a decimal string, where known
    """

    rule: Rule
    verdict: Verdict
    message: str
    evidence: tuple[Span, ...] = ()
    calculation: str = ""
    relations: tuple[Equation, ...] = ()
    impact: str = ""
    suggestion: str = ""
    asks: Addressee | None = None
    severity: Severity | None = None
    basis: tuple[str, ...] = ()
    culprits: tuple[Span, ...] = ()
    key: tuple[str, ...] = ()
    title: str = ""
    score_delta: str = ""
    forced: bool = False
    origin: str = "rule"
    related: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.calculation = self.calculation or "；".join(relation.told() for relation in self.relations)

    @property
    def addressee(self) -> Addressee:
        return self.asks or self.rule.asks

    @property
    def level(self) -> Severity:
        return self.severity or self.rule.severity

    @property
    def flagged(self) -> bool:
        return self.verdict in (Verdict.INCONSISTENT, Verdict.QUERY)
