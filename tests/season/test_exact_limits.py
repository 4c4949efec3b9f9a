"""Limits against published tables and against scipy."""

from __future__ import annotations

from decimal import Decimal

import pytest

from auditor.season.sampling.exact import factor, lower_share, upper_share
from auditor.season.sampling.frame import FrameError
from auditor.season.sampling.size import for_money, for_rate


@pytest.mark.parametrize(
    ("confidence", "published"),
    [
        ("0.95", "3.00 4.74 6.30 7.75 9.15 10.51 11.84 13.15 14.43 15.71 16.96"),
        ("0.90", "2.30 3.89 5.32 6.68 7.99 9.27 10.53 11.77 12.99 14.21 15.41"),
        ("0.99", "4.61 6.64 8.41 10.05 11.60 13.11 14.57 16.00 17.40 18.78 20.14"),
    ],
)
def test_confidence_factors_are_those_of_the_published_tables(confidence: str, published: str) -> None:
    told = [factor(wrong, Decimal(confidence)).quantize(Decimal("0.01")) for wrong in range(11)]
    # The tables round to the nearest or up: one unit of the last place at most lies between.
    assert all(
        0 <= Decimal(value) - one <= Decimal("0.01")
        for value, one in zip(published.split(), told, strict=True)
    )


@pytest.mark.parametrize(
    ("tolerable", "expected", "size", "wrong"),  # AICPA, 95 %
    [
        ("0.02", "0", 149, 0), ("0.03", "0", 99, 0), ("0.04", "0", 74, 0), ("0.05", "0", 59, 0),
        ("0.06", "0", 49, 0), ("0.07", "0", 42, 0), ("0.08", "0", 36, 0), ("0.09", "0", 32, 0),
        ("0.10", "0", 29, 0), ("0.15", "0", 19, 0), ("0.20", "0", 14, 0),
        ("0.04", "0.01", 156, 2), ("0.05", "0.01", 93, 1), ("0.07", "0.01", 66, 1), ("0.10", "0.01", 46, 1),
        ("0.05", "0.02", 181, 4),
    ],
)  # fmt: skip
def test_sample_sizes_for_a_rate(tolerable: str, expected: str, size: int, wrong: int) -> None:
    assert for_rate(Decimal("0.95"), Decimal(tolerable), Decimal(expected), 100_000) == (size, wrong)


@pytest.mark.parametrize(
    ("tolerable", "expected", "size", "wrong"),
    [("0.05", "0", 60, 0), ("0.10", "0", 30, 0), ("0.03", "0", 100, 0), ("0.05", "0.01", 95, 1)],
)
def test_sample_sizes_for_money(tolerable: str, expected: str, size: int, wrong: int) -> None:
    assert for_money(Decimal("0.95"), Decimal(tolerable), Decimal(expected)) == (size, wrong)


def test_a_small_population_is_examined_whole() -> None:
    assert for_rate(Decimal("0.95"), Decimal("0.05"), Decimal("0.01"), 40) == (40, 1)


@pytest.mark.parametrize(
    ("confidence", "tolerable", "expected"),
    [("0.95", "0.05", "0.05"), ("0.95", "0", "0"), ("1", "0.05", "0"), ("95", "0.05", "0")],
)
def test_settings_that_contradict_each_other(confidence: str, tolerable: str, expected: str) -> None:
    with pytest.raises(FrameError):
        for_rate(Decimal(confidence), Decimal(tolerable), Decimal(expected), 1000)


def test_limits_agree_with_scipy_and_never_claim_more() -> None:
    beta = pytest.importorskip("scipy.stats").beta
    for drawn in (1, 2, 7, 30, 59, 93, 400, 2000):
        for wrong in sorted({0, 1, drawn // 20, drawn // 3, drawn - 1, drawn}):
            for confidence in ("0.9", "0.95", "0.99"):
                level, own = float(confidence), Decimal(confidence)
                high = 1.0 if wrong == drawn else beta.ppf(level, wrong + 1, drawn - wrong)
                low = 0.0 if wrong == 0 else beta.ppf(1 - level, wrong, drawn - wrong + 1)
                assert -1e-12 <= float(upper_share(drawn, wrong, own)) - high <= 1.1e-8, (drawn, wrong)
                assert -1.1e-8 <= float(lower_share(drawn, wrong, own)) - low <= 1e-12, (drawn, wrong)


def test_factors_agree_with_scipy() -> None:
    gamma = pytest.importorskip("scipy.stats").gamma
    for wrong in (0, 1, 5, 40, 300):
        assert float(factor(wrong, Decimal("0.95"))) == pytest.approx(gamma.ppf(0.95, wrong + 1), abs=2e-9)
