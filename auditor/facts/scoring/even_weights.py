"""Points of a class shared out evenly over its indicators, where the form says that they are."""

from __future__ import annotations

from decimal import Decimal

from auditor.compiled import compiled
from auditor.document import Span, View
from auditor.figures import Figure, Interval
from auditor.report.model import Indicator, Level, Report
from auditor.values import frozen


@frozen
class Share:
    """A class with points of its own, and the points of its rows."""

    level: Level
    weight: Figure
    rows: tuple[Figure, ...]

    @property
    def due(self) -> Decimal:
        return self.weight.value / Decimal(len(self.rows))

    @property
    def even(self) -> bool:
        share = Interval.exact(self.weight.value) / Interval.exact(len(self.rows))
        return all(_printed(one).meets(share) for one in self.rows)


@frozen
class Shares:
    """What the form says, and the classes whose points are not shared out so."""

    rule: View
    uneven: tuple[Share, ...]


def even_weights(report: Report) -> Shares | None:
    """None where no form says that points are shared out evenly, or no class has points."""
    rule = report.equal_weights_rule
    if rule is None:
        return None
    classes: dict[Span, list[Indicator]] = {}
    levels: dict[Span, Level] = {}
    for row in report.indicators:
        level = next((level for level in reversed(row.path) if level.weight is not None), None)
        if level is not None:
            classes.setdefault(level.view.span(), []).append(row)
            levels[level.view.span()] = level
    if not classes:
        return None
    named = _named_classes(report, rule)
    shares = (
        Share(level, level.weight, tuple(row.weight for row in rows if row.weight is not None))
        for at, rows in classes.items()
        if (level := levels[at]).weight is not None
        and (not named or any(name in level.name for name in named))
        and all(row.weight is not None for row in rows)
    )
    return Shares(rule, tuple(share for share in shares if not share.even))


def _named_classes(report: Report, rule: View) -> list[str]:
    """Classes that the sentence names before the rule ("“产出”类各项指标的权重由…平均分摊")."""
    end = rule.span().end
    before = report.quote(Span(max(0, end - 80), end))
    sentence = compiled(r"[。；;]|\d[.、．]").split(before)[-1]
    return compiled(r"“([\u4e00-\u9fff]{2,4})”").findall(sentence)


def _printed(weight: Figure) -> Interval:
    return (
        Interval.printed(weight.value, weight.last_place) if weight.decimals else Interval.exact(weight.value)
    )
