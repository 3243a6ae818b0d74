"""Instants, days and months; stretches of time and how days between them are counted."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from gonogo.values.amounts import WIDE, Amount
from gonogo.values.truth import Truth, truth_of

_MOMENT = re.compile(
    r"(\d{4})-(\d\d)(?:-(\d\d))?"
    r"(T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?(Z|[-+]\d\d:\d\d)?)?",
    re.ASCII,
)
TICK = timedelta(microseconds=1)
_FIRST_YEAR, _LAST_YEAR = 1900, 2999

# Open ends of stretches of time, beyond every date that can be written.
FIRST_INSTANT = datetime(1, 1, 2, tzinfo=UTC)
LAST_INSTANT = datetime(9999, 12, 30, tzinfo=UTC)


class Period(NamedTuple):
    """An instant known to lie in [low, high], both in UTC and to the microsecond.

    ``text`` is how a person wrote it. An exact instant has ``low == high``; a day or a month ends
    at its last microsecond.
    """

    low: datetime
    high: datetime
    text: str

    def before(self, other: "Period") -> Truth:
        """TRUE if this ends before the other begins, FALSE if it begins at or after its end."""
        if self.high < other.low:
            return Truth.TRUE
        return Truth.FALSE if self.low >= other.high else Truth.UNKNOWN

    def not_after(self, other: "Period") -> Truth:
        """TRUE if this ends at or before the other begins, FALSE if it begins after its end."""
        if self.high <= other.low:
            return Truth.TRUE
        return Truth.FALSE if self.low > other.high else Truth.UNKNOWN

    def within(self, other: "Period") -> Truth:
        """Is this instant inside the other stretch, ends included?"""
        if self.low >= other.low and self.high <= other.high:
            return Truth.TRUE
        return truth_of(False) if self.high < other.low or self.low > other.high else Truth.UNKNOWN

    def __str__(self) -> str:
        return self.text


class Precision(Enum):
    """How exactly a moment was written."""

    INSTANT = "instant"
    DAY = "day"
    MONTH = "month"


class Moment(NamedTuple):
    """An instant, day or month as written, not yet placed in a time zone."""

    text: str
    precision: Precision
    start: datetime  # aware for an instant, else naive: the first local midnight

    def period(self, zone: ZoneInfo) -> Period:
        """The stretch of time meant; a day or month is a whole local one in ``zone``."""
        match self.precision:
            case Precision.INSTANT:
                return Period(self.start, self.start, self.text)
            case Precision.DAY:
                after = self.start + timedelta(days=1)
            case Precision.MONTH:
                after = (self.start + timedelta(days=31)).replace(day=1)
        return Period(midnight(self.start, zone), midnight(after, zone) - TICK, self.text)

    def moved(self, days: int, zone: ZoneInfo) -> "Moment":
        """The same local time of day, ``days`` later; a month moves as its first day does."""
        if self.precision is not Precision.INSTANT:
            start = self.start + timedelta(days=days)
            return Moment(start.date().isoformat(), Precision.DAY, start)
        return self.shifted(timedelta(days=days), zone)

    def shifted(self, by: timedelta, zone: ZoneInfo) -> "Moment":
        """An instant moved in local time; where clocks skip that time, it is the one they show."""
        local = self.start.astimezone(zone).replace(tzinfo=None) + by
        start = local.replace(tzinfo=zone).astimezone(UTC)
        return Moment(start.astimezone(zone).isoformat(), Precision.INSTANT, start)

    def __str__(self) -> str:
        return self.text


class DayCount(Enum):
    """How days between two instants are counted."""

    CALENDAR = "calendar"
    ELAPSED = "elapsed"
    FULL_DAYS = "full_days"

    @property
    def words(self) -> str:
        return {
            "calendar": "calendar days",
            "elapsed": "days of 24 hours",
            "full_days": "full days",
        }[self.value]


def days_between(start: Period, end: Period, count: DayCount, zone: ZoneInfo) -> Amount:
    """Days from ``start`` to ``end``; negative when the end is earlier.

    calendar: difference of local dates in ``zone``. elapsed: exact quotient of 24 hours.
    full_days: calendar days less one.
    """
    if count is DayCount.ELAPSED:
        return Amount(_elapsed(start.high, end.low), _elapsed(start.low, end.high))
    less = 1 if count is DayCount.FULL_DAYS else 0
    fewest = (local_date(end.low, zone) - local_date(start.high, zone)).days - less
    most = (local_date(end.high, zone) - local_date(start.low, zone)).days - less
    return Amount(Decimal(fewest), Decimal(most))


def _elapsed(start: datetime, end: datetime) -> Decimal:
    ticks = (end - start) // TICK
    return WIDE.divide(Decimal(ticks), Decimal(86_400_000_000))


def local_date(instant: datetime, zone: ZoneInfo) -> date:
    return instant.astimezone(zone).date()


def midnight(day: datetime, zone: ZoneInfo) -> datetime:
    """The first instant of a local day, in UTC (also where clocks skip midnight)."""
    return day.replace(tzinfo=zone).astimezone(UTC)


NO_MOMENT = "is not a date, a month or an instant"


def parse_moment(text: str) -> Moment | str:
    """A day, a month or an instant with its offset; otherwise what is wrong with the text."""
    found = _MOMENT.fullmatch(text)
    if found is None and (digits := re.search(r"T[0-9:]{8}\.([0-9]{7,})", text)):
        return f"has {len(digits[1])} digits of a second; at most 6"
    if found is None or (found[4] and not found[3]):
        return NO_MOMENT
    year, month, day = int(found[1]), int(found[2]), int(found[3] or 1)
    try:
        if found[4]:
            return _instant(text, (year, month, day), found)
        precision = Precision.DAY if found[3] else Precision.MONTH
        return Moment(text, precision, _naive(year, month, day))
    except ValueError as error:
        return str(error)


def readings(local: str, zone: ZoneInfo) -> tuple[str, ...]:
    """The instants that a time without an offset may be on the clocks of ``zone``.

    Two where the clocks are put back over it, none where they skip it.
    """
    naive = datetime.fromisoformat(local)
    both = [naive.replace(tzinfo=zone, fold=fold) for fold in (0, 1)]
    shown = [at for at in both if _naive_in(zone, at.astimezone(UTC)) == naive]
    return tuple(dict.fromkeys(at.isoformat() for at in shown))


def _naive_in(zone: ZoneInfo, instant: datetime) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None)


def _instant(text: str, day: tuple[int, int, int], found: re.Match[str]) -> Moment:
    hour, minute, second, fraction, offset = found.groups()[4:]
    micros = int((fraction or "0").ljust(6, "0"))
    try:
        local = datetime(*day, int(hour), int(minute), int(second or 0), micros)  # noqa: DTZ001 - gets its offset below
    except ValueError as error:
        raise ValueError(f"is not a real time: {error}") from None
    _check_year(day[0])
    if offset is None:
        raise ValueError("has no time zone")
    hours, minutes = (0, 0) if offset == "Z" else (int(offset[1:3]), int(offset[4:6]))
    if hours > 23 or minutes > 59:
        raise ValueError(f"has an offset that does not exist, {offset}")
    sign = -1 if offset[0] == "-" else 1
    zone = timezone(sign * timedelta(hours=hours, minutes=minutes))
    return Moment(text, Precision.INSTANT, local.replace(tzinfo=zone).astimezone(UTC))


def _check_year(year: int) -> None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise ValueError(f"has a year outside {_FIRST_YEAR} to {_LAST_YEAR}")


def _naive(year: int, month: int, day: int) -> datetime:
    _check_year(year)
    try:
        return datetime(year, month, day)  # noqa: DTZ001 - placed in a zone by Moment.period
    except ValueError as error:
        raise ValueError(f"is not a real date: {error}") from None
