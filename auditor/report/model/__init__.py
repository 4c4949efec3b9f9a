"""What a report says: project, money, indicators, scores, goals, narratives, declared rules.

Everything keeps the `View` or `Figure` it was read from, hence its exact place in the document.
Nothing here judges; nothing above this floor looks at a table again. A module for each noun; who reads a report
takes what it holds from here.
"""

from auditor.report.model.forms import FormKind, FormRead, UnreadForm, Way
from auditor.report.model.grades import Band, Grade, RatingBand, RowGrade
from auditor.report.model.indicators import Indicator, IndicatorPart, Level, ScoreTotal
from auditor.report.model.money import Amount, Formula, FormulaTerm, Line, LineKind, MoneyTable, Role
from auditor.report.model.passages import Goal, Passage, Section, TextKind, WordLimit
from auditor.report.model.plain_tables import Grid, GridRow, Listing, PlainColumn
from auditor.report.model.report import OwnForm, Report
from auditor.report.model.scoring_rules import (
    RateBase,
    ScoringFormula,
    ScoringRule,
    ScoringStep,
    ScoringSubject,
)

__all__ = [
    "Amount",
    "Band",
    "FormKind",
    "FormRead",
    "Formula",
    "FormulaTerm",
    "Goal",
    "Grade",
    "Grid",
    "GridRow",
    "Indicator",
    "IndicatorPart",
    "Level",
    "Line",
    "LineKind",
    "Listing",
    "MoneyTable",
    "OwnForm",
    "Passage",
    "PlainColumn",
    "RateBase",
    "RatingBand",
    "Report",
    "Role",
    "RowGrade",
    "ScoreTotal",
    "ScoringFormula",
    "ScoringRule",
    "ScoringStep",
    "ScoringSubject",
    "Section",
    "TextKind",
    "UnreadForm",
    "Way",
    "WordLimit",
]
