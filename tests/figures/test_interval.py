"""Intervals: what a printed number stands for, and when two cannot meet."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.document.fold import fold, view
from auditor.figures import INFINITY, Interval, scan, show, total


def printed(text: str) -> Interval:
    return scan(view(fold(text), 0, len(text)))[0].interval


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("76.38万元", "[76.375, 76.39)"),
        ("108万元", "[107.5, 109)"),
        ("-5.2", "(-5.3, -5.15]"),
        ("225个", "[225, 225]"),
        ("1.2万人", "[1.15, 1.3)"),
        ("约90%", "[85, 95]"),
        ("约4%", "[3.5, 4.5]"),
        ("近200人", "[100, 200]"),
        ("6000余路", "[6000, 7000)"),
        ("超过97%", "(97, ∞)"),
        ("≥95%", "[95, ∞)"),
        ("≤15%", "(-∞, 15]"),
        ("不足10人", "(-∞, 10)"),
        ("90-95%", "[90, 95]"),
    ],
)
def test_what_a_writing_stands_for(text: str, interval: str) -> None:
    assert str(printed(text)) == interval


@pytest.mark.parametrize(
    ("a", "b", "meet"),
    [
        ("97.26%", "97.3%", True),  # rounded to one decimal
        ("97.26%", "97%", True),  # rounded to a whole per cent
        ("97.6%", "97%", True),  # cut
        ("97.6%", "96%", False),
        ("70.72%", "90%", False),
        ("300.00万元", "300万元", True),
    ],
)
def test_two_statements(a: str, b: str, meet: bool) -> None:
    assert printed(a).meets(printed(b)) is meet


def test_an_open_end_is_not_a_meeting() -> None:
    assert not Interval(Decimal(96), Decimal(97), high_open=True).meets(Interval.exact(97))
    assert Interval(Decimal(96), Decimal(97)).meets(Interval.exact(97))


decimals = st.decimals(-(10**6), 10**6, places=4, allow_nan=False, allow_infinity=False)
intervals = st.tuples(decimals, decimals).map(lambda pair: Interval(min(pair), max(pair)))


@given(st.lists(st.tuples(decimals, st.sampled_from(["1", "0.1", "0.01"])), max_size=8))
def test_a_sum_of_printed_numbers_holds_every_true_sum(parts: list[tuple[Decimal, str]]) -> None:
    summed = total(Interval.printed(value, Decimal(unit)) for value, unit in parts)
    assert summed.contains(sum((value for value, _ in parts), Decimal(0)))


@given(intervals, intervals, st.booleans(), st.booleans())
def test_products_and_quotients_hold_their_corners(a: Interval, b: Interval, s: bool, t: bool) -> None:
    x, y = (a.low if s else a.high), (b.low if t else b.high)
    assert (a * b).low <= x * y <= (a * b).high
    if not b.low <= 0 <= b.high:
        # Multiplied back, to stay exact: the quotient's bounds enclose x / y.
        quotient = a / b
        low, high = sorted((quotient.low * y, quotient.high * y))
        assert low <= x <= high


@given(intervals, intervals)
def test_meeting_is_symmetric(a: Interval, b: Interval) -> None:
    assert a.meets(b) == b.meets(a)


@pytest.mark.parametrize(
    ("value", "shown"), [("118.1600", "118.16"), ("100", "100"), ("0.0", "0"), ("1E+4", "10000"), ("-0", "0")]
)
def test_numbers_are_shown_without_idle_zeros(value: str, shown: str) -> None:
    assert show(Decimal(value)) == shown


class TestOpenEnds:
    """A bound such as 超过 has no upper end: what is computed with it has none either, and never fails."""

    ABOVE = Interval(Decimal(90), INFINITY, low_open=True)

    def test_zero_times_an_open_end_is_zero(self) -> None:
        assert Interval.exact(0) * self.ABOVE == Interval(Decimal(0), Decimal(0), False, False)

    def test_a_product_with_zero_inside(self) -> None:
        assert (Interval(Decimal(0), Decimal(2)) * self.ABOVE).high == INFINITY

    def test_open_over_open(self) -> None:
        quotient = self.ABOVE / self.ABOVE
        assert (quotient.low, quotient.high) == (Decimal(0), INFINITY)
