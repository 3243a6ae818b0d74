"""A release moved in time: its stages together, their distances kept in local time.

A position is the local time of the first stage, without a zone. Where that stage is a bare date,
only midnights are positions: the release moves by whole days.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from gonogo.manifests.facts import Facts
from gonogo.values.times import Moment, Precision


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
        shift = position - self.planned
        moved = []
        for stage in self.stages:
            fact = self.facts.get(stage)
            if isinstance(fact.value, Moment):
                days = (position.date() - self.planned.date()).days
                value = fact.value
                if value.precision is Precision.INSTANT and not self.by_days:
                    value = value.shifted(shift, self.zone)
                else:
                    value = value.moved(days, self.zone)
                moved.append(fact._replace(value=value))
        return self.facts.with_facts(moved)

    def positions(self, stage: str, edge: datetime) -> Iterator[datetime]:
        """Where the first stage stands when a stage stands at an instant."""
        local = edge.astimezone(self.zone).replace(tzinfo=None)
        fact = self.facts.get(stage)
        if not isinstance(fact.value, Moment):
            return
        whole = self.by_days or fact.value.precision is not Precision.INSTANT
        offset = local_start(fact.value, self.zone) - self.planned
        if whole:
            days = local_start(fact.value, self.zone).date() - self.planned.date()
            yield datetime.combine(local.date() - days, time())
        else:
            yield local - offset


def release_of(facts: Facts, stages: Sequence[str], zone: ZoneInfo) -> Release | None:
    """The release with those of the given stages that are dated; None if none is."""
    dated = [
        (local_start(fact.value, zone), fact.value.precision is not Precision.INSTANT, stage)
        for stage in stages
        if isinstance((fact := facts.get(stage)).value, Moment)
    ]
    if not dated:
        return None
    planned, by_days, first = min(dated)
    return Release(facts, tuple(stage for _, _, stage in dated), zone, first, planned, by_days)


def local_start(moment: Moment, zone: ZoneInfo) -> datetime:
    """The local time at which a moment begins, without its zone."""
    if moment.precision is Precision.INSTANT:
        return moment.start.astimezone(zone).replace(tzinfo=None)
    return moment.start


def step_after(release: Release) -> timedelta:
    """The smallest move that counts: a day, or a microsecond for exact instants."""
    return timedelta(days=1) if release.by_days else timedelta(microseconds=1)
