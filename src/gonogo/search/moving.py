"""A release moved in time: its stages together, their distances kept in local time.

A position is the instant at which the first stage begins, to the second. A release whose first
stage is a bare date moves by whole days: then the beginnings of days are its positions.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from gonogo.manifests.facts import Facts
from gonogo.values.times import Moment, Precision, local_date, midnight

_DAY, _SECOND = timedelta(days=1), timedelta(seconds=1)


class Release(NamedTuple):
    """The stages that move, and where the first of them stands as planned."""

    facts: Facts
    stages: tuple[str, ...]
    zone: ZoneInfo
    first: str
    planned: datetime
    by_days: bool

    def at(self, position: datetime) -> Facts:
        """The facts with the first stage at a position and the others as far from it as planned."""
        stated = [self.facts.get(stage) for stage in self.stages]
        return self.facts.with_facts(
            [
                fact._replace(value=self._moved(fact.value, position))
                for fact in stated
                if isinstance(fact.value, Moment)
            ]
        )

    def _moved(self, moment: Moment, position: datetime) -> Moment:
        if self.by_days or moment.precision is not Precision.INSTANT:
            days = (self.day(position) - self.day(self.planned)).days
            stays = not days and moment.precision is Precision.INSTANT
            return moment if stays else moment.moved(days, self.zone)
        wanted = local_time(position, self.zone)
        moved = local_start(moment, self.zone) + (wanted - local_time(self.planned, self.zone))
        # Where clocks show an hour twice, stages of that night stay in the same one of the two.
        fold = position.astimezone(self.zone).fold if moved.date() == wanted.date() else 0
        start = moved.replace(tzinfo=self.zone, fold=fold).astimezone(UTC)
        return Moment(start.astimezone(self.zone).isoformat(), Precision.INSTANT, start)

    @property
    def is_exact(self) -> bool:
        """Is the first stage planned to the hour?"""
        value = self.facts.get(self.first).value
        return isinstance(value, Moment) and value.precision is Precision.INSTANT

    def day(self, position: datetime) -> date:
        return local_date(position, self.zone)

    def on(self, day: date) -> datetime:
        """The first position of a day."""
        if self.by_days:
            return self.at_the_hour(day)
        return midnight(datetime.combine(day, time()), self.zone)

    def at_the_hour(self, day: date) -> datetime:
        """The position on a day at the planned hour; a bare date begins with its day."""
        hour = local_time(self.planned, self.zone).time() if self.is_exact else time()
        return midnight(datetime.combine(day, hour), self.zone)

    def before(self, position: datetime) -> datetime:
        """The last position before another."""
        return self.on(self.day(position) - _DAY) if self.by_days else position - _SECOND

    def positions(self, stage: str, edge: datetime, zone: ZoneInfo) -> Iterator[datetime]:
        """Where the release stands when a stage reaches an instant, and where it is past it.

        ``zone`` is that of the pack which asks: a bare date is a day there. Where clocks change
        there are more positions than needed, since each reading of the clock is taken.
        """
        value = self.facts.get(stage).value
        if not isinstance(value, Moment):
            return
        is_whole = value.precision is not Precision.INSTANT
        if is_whole or self.by_days:
            apart = local_start(value, self.zone).date() - self.day(self.planned)
            day = local_date(edge, zone if is_whole else self.zone) - apart
            yield from (self.on(day), self.on(day + _DAY))
            return
        apart = local_start(value, self.zone) - local_time(self.planned, self.zone)
        for reading in readings(edge, self.zone):
            for position in _shown_at(reading - apart, self.zone):
                whole = position.replace(microsecond=0)
                yield from (whole, whole + _SECOND)


def release_of(facts: Facts, stages: Sequence[str], zone: ZoneInfo) -> Release | None:
    """The release with those of the given stages that are dated; None if none is."""
    dated = [
        (fact.value.period(zone).low, fact.value.precision is not Precision.INSTANT, stage)
        for stage in stages
        if isinstance((fact := facts.get(stage)).value, Moment)
    ]
    if not dated:
        return None
    planned, by_days, first = min(dated)
    return Release(facts, tuple(stage for _, _, stage in dated), zone, first, planned, by_days)


def local_time(instant: datetime, zone: ZoneInfo) -> datetime:
    """What clocks show, without the zone."""
    return instant.astimezone(zone).replace(tzinfo=None, fold=0)


def local_start(moment: Moment, zone: ZoneInfo) -> datetime:
    """The local time at which a moment begins, without its zone."""
    if moment.precision is Precision.INSTANT:
        return local_time(moment.start, zone)
    return moment.start


def readings(instant: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """What clocks show at an instant; if they change within a day of it, also what they would show
    without the change, and where they jump.
    """
    offsets = _offsets(instant, zone)
    instants = [instant] if len(offsets) == 1 else [instant, _change(instant, zone)]
    for each in instants:
        for offset in offsets:
            yield each.replace(tzinfo=None) + offset


def _shown_at(reading: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """The instants at which clocks show a time; where they change, also the change itself."""
    near = reading.replace(tzinfo=zone).astimezone(UTC)
    offsets = _offsets(near, zone)
    for offset in offsets:
        yield (reading - offset).replace(tzinfo=UTC)
    if len(offsets) > 1:
        yield _change(near, zone)


def _offsets(instant: datetime, zone: ZoneInfo) -> list[timedelta]:
    """The offsets from UTC within a day of an instant, each once."""
    found = (_offset(each, zone) for each in (instant - _DAY, instant, instant + _DAY))
    return list(dict.fromkeys(found))


def _offset(instant: datetime, zone: ZoneInfo) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta()


def _change(instant: datetime, zone: ZoneInfo) -> datetime:
    """The second within a day of an instant from which clocks are set otherwise than before."""
    low, high = instant - _DAY, instant + _DAY
    before = _offset(low, zone)
    while high - low > _SECOND:
        middle = low + (high - low) / 2
        low, high = (middle, high) if _offset(middle, zone) == before else (low, middle)
    return high.replace(microsecond=0)


def clock_changes(zone: ZoneInfo, since: datetime, years: int) -> Iterator[datetime]:
    """The instants at which clocks are set otherwise, for so many years."""
    at, last = since, since + timedelta(days=365 * years)
    while at < last:
        if _offset(at, zone) != _offset(at + 2 * _DAY, zone):
            yield _change(at + _DAY, zone)
        at += 2 * _DAY
