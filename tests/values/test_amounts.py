"""Exact amounts: ranges that straddle or touch a bound, and numbers written and read again."""

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonogo.values.amounts import Amount, exact, format_number, parse_number
from gonogo.values.truth import Truth, truth_of
from strategies import LAWS

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
N = 10**26


def amount(low: int, high: int | None = None) -> Amount:
    return Amount(Decimal(low), Decimal(low if high is None else high))


# a against a bound of 30: (above, at_least, equals)
AGAINST_30 = {
    "below": (amount(29), (F, F, F)),
    "at": (amount(30), (F, T, T)),
    "above": (amount(31), (T, T, F)),
    "range below": (amount(20, 29), (F, F, F)),
    "range that ends at it": (amount(20, 30), (F, U, U)),
    "range that straddles it": (amount(29, 31), (U, U, U)),
    "range that begins at it": (amount(30, 40), (U, T, U)),
    "range above": (amount(31, 40), (T, T, F)),
}


@pytest.mark.parametrize(("actual", "expected"), AGAINST_30.values(), ids=AGAINST_30)
def test_against_an_exact_bound(actual: Amount, expected: tuple[Truth, Truth, Truth]) -> None:
    """A range that straddles a threshold is unknown, not rounded."""
    bound = amount(30)
    assert (actual.above(bound), actual.at_least(bound), actual.equals(bound)) == expected


# a against a bound of 20 to 30, itself known only roughly: (above, at_least, equals)
AGAINST_A_RANGE = {
    "below all of it": (amount(19), (F, F, F)),
    "at its low": (amount(20), (F, U, U)),
    "inside": (amount(25), (U, U, U)),
    "at its high": (amount(30), (U, T, U)),
    "above all of it": (amount(31), (T, T, F)),
    "touching its low": (amount(10, 20), (F, U, U)),
    "touching its high": (amount(30, 40), (U, T, U)),
    "the same range, maybe another figure": (amount(20, 30), (U, U, U)),
}


@pytest.mark.parametrize(("actual", "expected"), AGAINST_A_RANGE.values(), ids=AGAINST_A_RANGE)
def test_against_a_rough_bound(actual: Amount, expected: tuple[Truth, Truth, Truth]) -> None:
    """Both sides may be rough; certain is only what holds for every pair of figures."""
    bound = amount(20, 30)
    assert (actual.above(bound), actual.at_least(bound), actual.equals(bound)) == expected


_small = st.tuples(st.integers(0, 6), st.integers(0, 6)).map(lambda ends: (min(ends), max(ends)))


@LAWS
@given(_small, _small)
def test_comparisons_agree_with_every_pair_of_figures(
    mine: tuple[int, int], theirs: tuple[int, int]
) -> None:
    """Try all whole figures in both ranges: shared answers are certain, others are not."""
    pairs = list(product(range(mine[0], mine[1] + 1), range(theirs[0], theirs[1] + 1)))

    def oracle(answers: set[bool]) -> Truth:
        return truth_of(answers.pop()) if len(answers) == 1 else U

    left, right = amount(*mine), amount(*theirs)
    assert left.above(right) is oracle({a > b for a, b in pairs})
    assert left.at_least(right) is oracle({a >= b for a, b in pairs})
    assert left.equals(right) is oracle({a == b for a, b in pairs})


@pytest.mark.parametrize(
    ("number", "expected"),
    [(N - 1, (F, F, F)), (N, (F, T, T)), (N + 1, (T, T, F))],
    ids=["10**26 - 1", "10**26", "10**26 + 1"],
)
def test_a_threshold_of_1e26_is_exact(number: int, expected: tuple[Truth, Truth, Truth]) -> None:
    """With floats 10**26 would be above 1e26. No float touches a threshold."""
    written = parse_number("1e26")
    assert written is not None
    actual, bound = amount(number), exact(written)
    assert (actual.above(bound), actual.at_least(bound), actual.equals(bound)) == expected


@pytest.mark.parametrize(
    "text", ["1e26", "1.0e26", "1e+26", "1E26", "0.1e27", "100000000000000000000000000"]
)
def test_ways_to_write_1e26(text: str) -> None:
    """They are all the same number."""
    assert parse_number(text) == Decimal(N)


ACCEPTED = {
    "30": Decimal(30),
    "+30": Decimal(30),
    "-1": Decimal(-1),
    "0": Decimal(0),
    ".5": Decimal("0.5"),
    "5.": Decimal(5),
    "9" * 40: Decimal("9" * 40),
    "1e400": Decimal("1e400"),
    "1e-400": Decimal("1e-400"),
}
REFUSED = {
    "empty": "",
    "a sign only": "-",
    "a point only": ".",
    "no exponent": "1e",
    "no mantissa": "e26",
    "two points": "1.2.3",
    "thousands": "1,000",
    "underscore": "1_000",
    "hexadecimal": "0x10",
    "a power": "10^26",
    "infinite": "inf",
    "not a number": "nan",
    "space before": " 1",
    "space after": "1 ",
    "line break": "1\n",
    "arabic digits": "٣٠",  # Decimal() would read it as 30
    "full-width digits": "３０",  # noqa: RUF001 - the point of the case
    "41 digits": "1" + "0" * 39 + "1",
    "exponent 401": "1e401",
    "exponent -401": "1e-401",
    "just over by its digits": "10e400",
    "an exponent that exhausts memory": "1e999999999",
    "zero with such an exponent": "0e999999999",
    "a thousand digits": "1" * 1000,
}


@pytest.mark.parametrize(("text", "number"), ACCEPTED.items(), ids=[t[:12] for t in ACCEPTED])
def test_numbers(text: str, number: Decimal) -> None:
    """Plain decimal numbers, of up to 40 digits and an exponent of up to 400."""
    assert parse_number(text) == number


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_not_numbers(text: str) -> None:
    """Everything else is refused, not guessed."""
    assert parse_number(text) is None


_decimals = st.builds(
    lambda sign, digits, exponent: Decimal((sign, tuple(map(int, str(digits))), exponent)),
    st.integers(0, 1),
    st.integers(0, 10**40 - 1),
    st.integers(-300, 300),
)


@LAWS
@given(_decimals)
def test_a_number_printed_reads_as_the_same_number(number: Decimal) -> None:
    """What a report prints is exact: nothing is rounded away."""
    assert parse_number(format_number(number)) == number


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("30", "30"),
        ("30.0", "30"),
        ("0.50", "0.5"),
        ("1E+2", "100"),
        ("-0", "0"),
        ("-2.5", "-2.5"),
        ("999999", "999999"),
        ("1000000", "1e6"),
        ("100000000000000000000000000", "1e26"),
        ("3.80E+25", "3.8e25"),
        ("0.0001", "0.0001"),
        ("0.00001", "1e-5"),
        # One microsecond less than 30 days: 30 must never be printed for less than 30.
        ("29." + "9" * 60, "29.9999"),
    ],
)
def test_how_numbers_are_printed(number: str, text: str) -> None:
    """Short where that is exact; long quotients are cut, never rounded up."""
    assert format_number(Decimal(number)) == text


@pytest.mark.parametrize(
    ("shown", "text"), [(amount(30), "30"), (amount(20, 30), "20 to 30")], ids=["exact", "range"]
)
def test_how_amounts_are_printed(shown: Amount, text: str) -> None:
    """A range shows both its ends."""
    assert str(shown) == text
