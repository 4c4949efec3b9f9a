"""Relations: the written calculation, the live formula, both intervals and the difference of each."""

from __future__ import annotations

from decimal import Decimal

import pytest

from auditor.document import View
from auditor.figures import Equation, Figure, Interval, Term, added, scan, show


def figures(text: str) -> list[Figure]:
    return scan(View(text, ((0, 0),)))


def total(text: str, named: str = "") -> Equation:
    whole, *parts = figures(text)
    return Equation.total(parts, whole, named=named)


def rate(text: str) -> Equation:
    claimed, part, whole = figures(text)
    terms = Term.plain(part, whole.scale) / Term.plain(whole)
    return Equation(terms, Term.of(claimed, text=claimed.raw), percent=True, named="填报 {}")


@pytest.mark.parametrize(
    ("relation", "told", "formula", "meets", "difference"),
    [
        (total("80万元、30万元、40万元"), "30 + 40 = 70 ≠ 80 (差 10)", "30+40", False, "-10"),
        (total("70万元、30万元、40万元"), "30 + 40 = 70", "30+40", True, "0"),
        (total("99.9万元、33.30万元、66.63万元"), "33.30 + 66.63 = 99.93 ≈ 99.9", "33.3+66.63", True, "0.03"),
        (total("1,200.00元、700.00元、500.00元", "合计 {}"), "700.00 + 500.00 = 1200，合计 1,200.00", "700+500", True, "0"),
        # Another unit than the total's is converted before it is told.
        (total("1.5万元、8000元、7000元"), "0.8 + 0.7 = 1.5", "0.8+0.7", True, "0"),
        (rate("87.5%、35户、40户"), "35 ÷ 40 = 87.5%，填报 87.5%", "35/40", True, "0"),
        (rate("90%、35户、40户"), "35 ÷ 40 = 87.5% ≠ 90%", "35/40", False, "-2.5"),
        (rate("94.1%、16户、17户"), "16 ÷ 17 = 94.12%，填报 94.1%", "16/17", True, "0.02"),
        (Equation(Term.exact(148), Term.exact(160), "≤"), "148 ≤ 160", "148", True, "-12"),
        (Equation(Term.exact(27), Term.exact(24), "≤", gap="多"), "27 > 24 (多 3)", "27", False, "3"),
        (Equation(Term.exact(81), Term.exact(90), "≥", gap=""), "81 < 90", "81", False, "-9"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_told(relation: Equation, told: str, formula: str, meets: bool, difference: str) -> None:
    assert (relation.told(), relation.formula, relation.meets) == (told, formula, meets)
    assert relation.difference is not None
    assert show(relation.difference) == difference


def test_brackets_stand_where_signs_alone_would_mislead() -> None:
    one, two, six = (Term.exact(number) for number in (1, 2, 6))
    assert (six / (one + two)).text == "6 ÷ (1 + 2)"
    assert (six - (one - two)).text == "6 − (1 − 2)"
    assert ((one - (six - two) / two) * six).text == "[1 − (6 − 2) ÷ 2] × 6"
    assert ((one - (six - two) / two) * six).formula == "(1-(6-2)/2)*6"
    assert (six - one + two).text == "6 − 1 + 2"
    assert added([one]).text == "1"


def test_a_sum_of_thousands_of_rows_is_no_deep_tree() -> None:
    rows = added(Term.exact(1) for _ in range(5000))
    relation = Equation(rows, Term.exact(5000))
    assert relation.meets
    assert relation.told().endswith("+ 1 = 5000")
    assert relation.formula.count("+") == 4999


def test_signs_of_a_sum() -> None:
    one, two, six = (Term.exact(number) for number in (1, 2, 6))
    assert added([six, two, one], (1, -1, 1)).text == "6 − 2 + 1"
    assert Equation(added([six, two, one], (1, -1, 1))).told() == "6 − 2 + 1 = 5"
    assert (one / added([six, two])).formula == "1/(6+2)"
    assert (six - added([two, one])).text == "6 − (2 + 1)"


def test_per_cents_count_in_hundredths() -> None:
    score = Equation(Term.exact(Decimal("95.5"), percent=True) * Term.exact(10))
    assert (score.told(), score.formula) == ("95.5% × 10 = 9.55", "95.5%*10")


def test_a_result_may_be_told_in_other_units() -> None:
    people, pay = figures("12人、2500元")
    product = Equation(Term.plain(people) * Term.plain(pay), per=Decimal(10_000), unit="万元")
    assert (product.told(), product.formula) == ("12 × 2500 = 3万元", "(12*2500)/10000")


def test_both_intervals_in_the_unit_told() -> None:
    assert rate("90%、35.0万元、40.0万元").ranges() == ("(87.1571%, 87.8598%)", "[89.5%, 91%)")
    assert total("80万元、30万元、40万元").ranges() == ("[69, 72)", "[79.5, 81)")
    # Judged on more than intervals: showing them would explain nothing.
    whole, *parts = figures("80万元、30万元、50万元")
    assert Equation.total(parts, whole, holds=False).ranges() is None
    assert Equation(added(Term.plain(part) for part in parts)).ranges() is None


def test_a_term_may_stand_for_what_its_decimals_do_not_say() -> None:
    (mark,) = figures("9.62分")
    assert Term.plain(mark, among=Interval.exact(mark.value)).range == Interval.exact(Decimal("9.62"))
    with pytest.raises(ZeroDivisionError):
        _ = (Term.exact(1) / Term.exact(0)).interval
