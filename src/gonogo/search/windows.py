"""The stretches of dates with one verdict, as the release moves through time.

Outcomes change only at finitely many instants, which the packs and the manifest name. So each of
them is tried, and each stretch between two of them once.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import NamedTuple

from gonogo.engine.assess import Frame, verdict_of
from gonogo.engine.judge import Verdict
from gonogo.engine.situation import Situation, situate
from gonogo.manifests.facts import Facts
from gonogo.manifests.vocabulary import STAGES
from gonogo.search.edges import instant_edges
from gonogo.search.moving import Release, release_of, step_after


class Window(NamedTuple):
    """A stretch of positions with one verdict. ``end`` is its last one; None is open-ended."""

    start: datetime
    end: datetime | None
    verdict: Verdict
    sample: datetime  # a position inside, for who asks why


def windows(release: Release, frame: Frame, start: datetime) -> Iterator[Window]:
    """All windows from ``start`` on, in order."""
    step = step_after(release)
    tried = list(_samples(release, frame, start))
    found: Window | None = None
    for position, sample in tried:
        verdict = verdict_of(release.at(sample), frame)
        if found is not None and verdict is found.verdict:
            continue
        if found is not None:
            yield found._replace(end=position - step)
        found = Window(position, None, verdict, sample)
    if found is not None:
        yield found


def _samples(
    release: Release, frame: Frame, start: datetime
) -> Iterator[tuple[datetime, datetime]]:
    """Where stretches may begin, each with a position inside the stretch."""
    step = step_after(release)
    edges = sorted(position for position in _positions(release, frame) if position > start)
    begins = [start, *(edge for edge in dict.fromkeys(edges))]
    for index, begin in enumerate(begins):
        yield begin, begin
        after = begins[index + 1] if index + 1 < len(begins) else None
        inside = begin + step
        if after is None or inside < after:
            middle = inside if after is None or release.by_days else begin + (after - begin) / 2
            yield inside, middle


def _positions(release: Release, frame: Frame) -> Iterator[datetime]:
    for pack in frame.packs:
        situation = situate(release.facts, pack, frame.as_of)
        for stage in release.stages:
            for edge in instant_edges(stage, situation):
                yield from release.positions(stage, edge)


def earliest_go(facts: Facts, frame: Frame, situation: Situation) -> str:
    """The earliest date or instant after the planned one that is GO, all stages moved together.

    Not before the as-of day. Empty if no later date helps, or no stage is dated.
    """
    release = release_of(facts, STAGES, situation.pack.zone)
    if release is None:
        return ""
    start = max(release.planned, today(situation))
    for window in windows(release, frame, start):
        if window.verdict is Verdict.GO:
            return shown(window.start, release)
    return ""


def today(situation: Situation) -> datetime:
    """The as-of day as a position: nothing can be released before it."""
    local = situation.as_of.low.astimezone(situation.pack.zone)
    return datetime.combine(local.date(), time())


def shown(position: datetime, release: Release) -> str:
    """A position as a person writes it: a date where the day begins with it, else an instant."""
    if position.time() == time():
        return position.date().isoformat()
    instant = position.replace(tzinfo=release.zone).astimezone(UTC).astimezone(release.zone)
    return instant.isoformat(timespec="seconds")
