"""Thresholds a bureau may set in `auditor.toml` ([audit]) or `pyproject.toml` ([tool.auditor]).

None of these decides whether two numbers agree; intervals do. They say from where on a correct
figure deserves a question.
"""

from __future__ import annotations

from decimal import Decimal

from auditor.values import frozen


@frozen
class Settings:
    """All shares are of 1.

    low_execution     below this execution rate a high score deserves a question (default 0.9)
    high_score        share of the full score that counts as high (default 0.9)
    prepayment        share of prepaid money from which the contract clause is asked for (0.3)
    near_full         share of the weight that counts as near-full marks (0.8, 财预〔2020〕10号 达成预期)
    copied_chars      shortest copied passage worth showing, in characters
    scale             cut-offs of the grading scale where the form prints none: (优, 良, 中)
    """

    low_execution: Decimal = Decimal("0.9")
    high_score: Decimal = Decimal("0.9")
    prepayment: Decimal = Decimal("0.3")
    near_full: Decimal = Decimal("0.8")
    line_deviation: Decimal = Decimal("0.3")
    copied_chars: int = 15
    scale: tuple[Decimal, Decimal, Decimal] = (Decimal(90), Decimal(80), Decimal(60))
