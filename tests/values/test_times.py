"""Instants, days and months: their order, the days between them, and how they are written.

Design, section 4, on `before` and `not_after`, and section 5 on day counts.
"""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonogo.values.amounts import Amount, exact
from gonogo.values.times import DayCount, Moment, Period, days_between, parse_moment
from gonogo.values.truth import Truth
from strategies import LAWS, at

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
NEW_YORK, BERLIN, UTC_ZONE = (ZoneInfo(n) for n in ("America/New_York", "Europe/Berlin", "UTC"))
CALENDAR, ELAPSED, FULL = DayCount.CALENDAR, DayCount.ELAPSED, DayCount.FULL_DAYS


def period(text: str, zone: ZoneInfo = NEW_YORK) -> Period:
    return at(text).period(zone)


# a, b: (before, not_after). September 1 in New York is 04:00Z to 04:00Z.
ORDER = {
    "instant, a microsecond later": ("2026-09-01T00:00Z", "2026-09-01T00:00:00.000001Z", (T, T)),
    "the same instant": ("2026-09-01T00:00Z", "2026-09-01T00:00Z", (F, T)),
    "the same in another zone": ("2026-09-01T00:00Z", "2026-08-31T20:00-04:00", (F, T)),
    "instant, a microsecond earlier": ("2026-09-01T00:00:00.000001Z", "2026-09-01T00:00Z", (F, F)),
    "day, the next": ("2026-09-01", "2026-09-02", (T, T)),
    "the same day, some time": ("2026-09-01", "2026-09-01", (U, U)),
    "day, the one before": ("2026-09-02", "2026-09-01", (F, F)),
    "instant just before a day": ("2026-09-01T03:59:59.999999Z", "2026-09-01", (T, T)),
    "instant at a day's first": ("2026-09-01T04:00Z", "2026-09-01", (U, T)),
    "instant inside a day": ("2026-09-01T12:00Z", "2026-09-01", (U, U)),
    "instant at a day's last": ("2026-09-02T03:59:59.999999Z", "2026-09-01", (F, U)),
    "instant just after a day": ("2026-09-02T04:00Z", "2026-09-01", (F, F)),
    "day that ends just before": ("2026-09-01", "2026-09-02T04:00Z", (T, T)),
    "day whose last is the instant": ("2026-09-01", "2026-09-02T03:59:59.999999Z", (U, T)),
    "day around an instant": ("2026-09-01", "2026-09-01T12:00Z", (U, U)),
    "day whose first is the instant": ("2026-09-01", "2026-09-01T04:00Z", (F, U)),
    "day just after an instant": ("2026-09-01", "2026-09-01T03:59:59.999999Z", (F, F)),
    "month, the next": ("2026-08", "2026-09", (T, T)),
    "the same month": ("2026-09", "2026-09", (U, U)),
    "month, the one before": ("2026-09", "2026-08", (F, F)),
    "month, the day after it": ("2026-08", "2026-09-01", (T, T)),
    "month, its last day": ("2026-08", "2026-08-31", (U, U)),
    "month, its first day": ("2026-08", "2026-08-01", (U, U)),
    "month, the day before it": ("2026-08", "2026-07-31", (F, F)),
    "December, New Year": ("2026-12", "2027-01-01", (T, T)),
}


@pytest.mark.parametrize(("first", "second", "expected"), ORDER.values(), ids=ORDER)
def test_order(first: str, second: str, expected: tuple[Truth, Truth]) -> None:
    """True if a ends before b begins (or then), false if it begins after b's end (or then)."""
    a, b = period(first), period(second)
    assert (a.before(b), a.not_after(b)) == expected


_span = st.tuples(st.integers(0, 5), st.integers(0, 5)).map(lambda ends: (min(ends), max(ends)))


@LAWS
@given(_span, _span)
def test_order_agrees_with_every_pair_of_instants(
    mine: tuple[int, int], theirs: tuple[int, int]
) -> None:
    """Try all instants in both stretches: shared answers are certain, others are not."""

    def stretch(ends: tuple[int, int]) -> Period:
        low, high = (datetime(2026, 9, 1, tzinfo=UTC) + timedelta(microseconds=e) for e in ends)
        return Period(low, high, "")

    pairs = [(a, b) for a in range(mine[0], mine[1] + 1) for b in range(theirs[0], theirs[1] + 1)]

    def oracle(answers: set[bool]) -> Truth:
        return U if len(answers) == 2 else (T if True in answers else F)

    assert stretch(mine).before(stretch(theirs)) is oracle({a < b for a, b in pairs})
    assert stretch(mine).not_after(stretch(theirs)) is oracle({a <= b for a, b in pairs})


# start, end, zone: calendar days, and days of 24 hours as minutes
NY, MIDNIGHT = NEW_YORK, ("2026-09-01T23:59-04:00", "2026-09-02T00:01-04:00")
COUNTS = {
    "two minutes around midnight": (*MIDNIGHT, NY, 1, 2),
    "the same two minutes in UTC": (*MIDNIGHT, UTC_ZONE, 0, 2),
    "the same two minutes in Berlin": (*MIDNIGHT, BERLIN, 0, 2),
    "around midnight in Berlin": ("2026-09-01T23:59+02:00", "2026-09-02T00:01+02:00", BERLIN, 1, 2),
    "the same in New York": ("2026-09-01T23:59+02:00", "2026-09-02T00:01+02:00", NY, 0, 2),
    "around midnight in UTC": ("2026-09-01T23:59Z", "2026-09-02T00:01Z", UTC_ZONE, 1, 2),
    "a whole day less a minute": ("2026-09-01T00:00-04:00", "2026-09-01T23:59-04:00", NY, 0, 1439),
    "the same instant": ("2026-09-01T09:00-04:00", "2026-09-01T13:00Z", NY, 0, 0),
    # March 8, 2026 has 23 hours in New York, November 1 has 25.
    "the short day": ("2026-03-08T00:00-05:00", "2026-03-09T00:00-04:00", NY, 1, 23 * 60),
    "the short night": ("2026-03-08T01:59-05:00", "2026-03-08T03:00-04:00", NY, 0, 1),
    "the long day": ("2026-11-01T00:00-04:00", "2026-11-02T00:00-05:00", NY, 1, 25 * 60),
    "the hour twice": ("2026-11-01T01:30-04:00", "2026-11-01T01:30-05:00", NY, 0, 60),
    "30 days over the long day": (
        "2026-10-15T09:00-04:00",
        "2026-11-14T09:00-05:00",
        NY,
        30,
        43_260,
    ),
    "30 days over the short day": (
        "2026-02-20T09:00-05:00",
        "2026-03-22T09:00-04:00",
        NY,
        30,
        43_140,
    ),
    "one day short": ("2026-09-01T00:00-04:00", "2026-09-30T23:59-04:00", NY, 29, 43_199),
    "30 times 24 hours less a minute": (
        "2026-09-01T23:59-04:00",
        "2026-10-01T23:58-04:00",
        NY,
        30,
        43_199,
    ),
    "over a leap day": ("2028-02-28T09:00Z", "2028-03-01T09:00Z", UTC_ZONE, 2, 2_880),
}


@pytest.mark.parametrize(("start", "end", "zone", "days", "minutes"), COUNTS.values(), ids=COUNTS)
def test_days_between_instants(
    start: str, end: str, zone: ZoneInfo, days: int, minutes: int
) -> None:
    """calendar: local dates. elapsed: quotient of 24 hours. full_days: calendar less one."""
    a, b = period(start), period(end)
    assert days_between(a, b, CALENDAR, zone) == exact(Decimal(days))
    assert days_between(a, b, FULL, zone) == exact(Decimal(days - 1))
    elapsed = days_between(a, b, ELAPSED, zone)
    assert elapsed.low == elapsed.high
    assert abs(elapsed.low - Decimal(minutes) / 1440) < Decimal("1e-20")
    assert days_between(b, a, CALENDAR, zone) == exact(Decimal(-days))
    assert days_between(b, a, FULL, zone) == exact(Decimal(-days - 1))
    assert days_between(b, a, ELAPSED, zone) == exact(elapsed.low.copy_negate())


# start, end: fewest and most calendar days in New York
RANGES = {
    "two bare dates": ("2026-09-01", "2026-10-01", 30, 30),
    "a bare date and an instant": ("2026-09-01", "2026-10-01T23:59-04:00", 30, 30),
    "a month to a day": ("2026-09", "2026-10-15", 15, 44),
    "a day to a month": ("2026-09-01", "2026-10", 30, 60),
    "a month to itself": ("2026-09", "2026-09", -29, 29),
    "a month to the next": ("2026-09", "2026-10", 1, 60),
    "February to a day": ("2026-02", "2026-03-30", 30, 57),
}


@pytest.mark.parametrize(("start", "end", "fewest", "most"), RANGES.values(), ids=RANGES)
def test_days_between_days_and_months(start: str, end: str, fewest: int, most: int) -> None:
    """A bare date is one date; a month is a range."""
    a, b = period(start), period(end)
    assert days_between(a, b, CALENDAR, NEW_YORK) == Amount(Decimal(fewest), Decimal(most))
    less = Amount(Decimal(fewest - 1), Decimal(most - 1))
    assert days_between(a, b, FULL, NEW_YORK) == less


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("2026-10-01T08:59:59.999999-04:00", (F, F)),
        ("2026-10-01T09:00:00-04:00", (T, F)),
        ("2026-10-01T09:00:00.000001-04:00", (T, T)),
    ],
    ids=["a microsecond less", "30 times 24 hours", "a microsecond more"],
)
def test_elapsed_is_exact(end: str, expected: tuple[Truth, Truth]) -> None:
    """30 days of 24 hours are not one microsecond less."""
    days = days_between(period("2026-09-01T09:00:00-04:00"), period(end), ELAPSED, NEW_YORK)
    thirty = exact(Decimal(30))
    assert (days.at_least(thirty), days.above(thirty)) == expected


def test_elapsed_of_bare_dates_is_a_range() -> None:
    """From September 1 to October 1: 29 days and a tick, up to 31 days less a tick."""
    days = days_between(period("2026-09-01"), period("2026-10-01"), ELAPSED, NEW_YORK)
    assert (days.above(exact(Decimal(29))), days.at_least(exact(Decimal(31)))) == (T, F)
    assert days.at_least(exact(Decimal(30))) is U


_micros = st.integers(-(10**15), 10**15)
_instants = _micros.map(lambda n: datetime(2026, 9, 1, tzinfo=UTC) + timedelta(microseconds=n))


@LAWS
@given(_instants, _instants, st.integers(-11_000, 11_000))
def test_elapsed_agrees_with_whole_microseconds(start: datetime, end: datetime, bound: int) -> None:
    """The quotient is on the same side of every whole number of days as the exact fraction."""
    ticks = (end - start) // timedelta(microseconds=1)
    days = days_between(Period(start, start, ""), Period(end, end, ""), ELAPSED, NEW_YORK)
    limit = exact(Decimal(bound))
    assert days.at_least(limit) is (T if ticks >= bound * 86_400_000_000 else F)
    assert days.above(limit) is (T if ticks > bound * 86_400_000_000 else F)


@LAWS
@given(_instants, _instants, _instants, st.sampled_from([NEW_YORK, BERLIN, UTC_ZONE]))
def test_calendar_days_add_up(a: datetime, b: datetime, c: datetime, zone: ZoneInfo) -> None:
    """From a to b and from b to c is from a to c."""

    def days(start: datetime, end: datetime) -> Decimal:
        return days_between(Period(start, start, ""), Period(end, end, ""), CALENDAR, zone).low

    assert days(a, b) + days(b, c) == days(a, c)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        # A New York day is 04:00Z to 04:00Z in summer and 05:00Z to 05:00Z in winter.
        ("2026-09-01", "2026-09-01T04:00:00Z", "2026-09-02T03:59:59.999999Z"),
        ("2026-03-08", "2026-03-08T05:00:00Z", "2026-03-09T03:59:59.999999Z"),
        ("2026-11-01", "2026-11-01T04:00:00Z", "2026-11-02T04:59:59.999999Z"),
        ("2026-11", "2026-11-01T04:00:00Z", "2026-12-01T04:59:59.999999Z"),
        ("2026-12", "2026-12-01T05:00:00Z", "2027-01-01T04:59:59.999999Z"),
        ("2028-02", "2028-02-01T05:00:00Z", "2028-03-01T04:59:59.999999Z"),
        ("2026-09-01T09:00-04:00", "2026-09-01T13:00:00Z", "2026-09-01T13:00:00Z"),
    ],
)
def test_a_bare_date_is_that_whole_day_in_the_zone(text: str, low: str, high: str) -> None:
    """And a month is the whole month, up to its last microsecond."""
    found = period(text)
    ends = (datetime.fromisoformat(low), datetime.fromisoformat(high))
    assert (found.low, found.high, found.text) == (*ends, text)


@pytest.mark.parametrize(
    "text",
    [
        "2026-09-01", "2026-09", "2028-02-29", "1900-01-01", "1900-01", "2999-12-31", "2999-12",
        "2026-09-01T00:00Z", "2026-09-01T23:59:59Z", "2026-09-01T23:59:59.1Z",
        "2026-09-01T23:59:59.999999+14:00", "2026-09-01T09:00-00:00", "1900-01-02T00:00Z",
        "2999-12-31T23:59:59-05:00",
    ],
)  # fmt: skip
def test_moments_that_can_be_written(text: str) -> None:
    """A day, a month, or an instant with Z or an offset."""
    found = parse_moment(text)
    assert isinstance(found, Moment), found
    assert found.text == text


REFUSED = {
    "empty": ("", "is not a date"),
    "words": ("tomorrow", "is not a date"),
    "no zone": ("2026-09-01T09:00:00", "has no time zone"),
    "no zone, no seconds": ("2026-09-01T09:00", "has no time zone"),
    "February 30": ("2026-02-30", "is not a real date"),
    "February 29 of no leap year": ("2026-02-29", "is not a real date"),
    "month 13": ("2026-13", "is not a real date"),
    "month 0": ("2026-00-01", "is not a real date"),
    "day 0": ("2026-09-00", "is not a real date"),
    "February 30 with a time": ("2026-02-30T09:00Z", "is not a real time"),
    "24:00": ("2026-09-01T24:00:00Z", "is not a real time"),
    "minute 60": ("2026-09-01T23:60Z", "is not a real time"),
    "a leap second": ("2026-09-01T23:59:60Z", "is not a real time"),
    "7 digits of a second": ("2026-09-01T23:59:59.1234567Z", "has 7 digits of a second"),
    "a point without digits": ("2026-09-01T23:59:59.Z", "is not a date"),
    "a comma": ("2026-09-01T23:59:59,5Z", "is not a date"),
    "lower-case t": ("2026-09-01t09:00:00Z", "is not a date"),
    "lower-case z": ("2026-09-01T09:00:00z", "is not a date"),
    "a space": ("2026-09-01 09:00:00Z", "is not a date"),
    "a space at the end": ("2026-09-01 ", "is not a date"),
    "a line break at the end": ("2026-09-01\n", "is not a date"),
    "offset without colon": ("2026-09-01T09:00:00-0400", "is not a date"),
    "offset of hours": ("2026-09-01T09:00:00-04", "is not a date"),
    "offset of 24 hours": ("2026-09-01T09:00:00+24:00", "offset that does not exist"),
    "offset of 60 minutes": ("2026-09-01T09:00:00+01:60", "offset that does not exist"),
    "zone name": ("2026-09-01T09:00:00 EST", "is not a date"),
    "a week date": ("2026-W36-2", "is not a date"),
    "no hyphens": ("20260901", "is not a date"),
    "one digit": ("2026-9-1", "is not a date"),
    "arabic digits": ("٢٠٢٦-09-01", "is not a date"),
    "a year": ("2026", "is not a date"),
    "year 0": ("0000-01-01", "year outside 1900 to 2999"),
    "day in 1899": ("1899-12-31", "year outside 1900 to 2999"),
    "month in 1899": ("1899-12", "year outside 1900 to 2999"),
    "instant in 1899": ("1899-12-31T23:59:59Z", "year outside 1900 to 2999"),
    "day in 3000": ("3000-01-01", "year outside 1900 to 2999"),
    "month in 3000": ("3000-01", "year outside 1900 to 2999"),
    "instant in 3000": ("3000-01-01T00:00Z", "year outside 1900 to 2999"),
    "day in 9999": ("9999-12-31", "year outside 1900 to 2999"),
}


@pytest.mark.parametrize(("text", "said"), REFUSED.values(), ids=REFUSED)
def test_moments_that_are_refused(text: str, said: str) -> None:
    """Nothing is guessed, least of all a zone."""
    found = parse_moment(text)
    assert isinstance(found, str)
    assert said in found


@pytest.mark.parametrize(
    ("text", "days", "expected"),
    [
        # 09:00 stays 09:00 in New York, over the long day and over the short one.
        ("2026-10-30T09:00-04:00", 3, "2026-11-02T14:00:00Z"),
        ("2026-03-07T09:00-05:00", 1, "2026-03-08T13:00:00Z"),
        ("2026-09-01T09:00-04:00", -1, "2026-08-31T13:00:00Z"),
        ("2026-12-31", 1, "2027-01-01T05:00:00Z"),
    ],
)
def test_a_moment_moves_by_local_days(text: str, days: int, expected: str) -> None:
    """The same time of day, so many dates later."""
    moved = at(text).moved(days, NEW_YORK)
    assert moved.period(NEW_YORK).low == datetime.fromisoformat(expected)
    assert at(moved.text).period(NEW_YORK) == moved.period(NEW_YORK)
