"""The stretches of dates with one verdict, as the release moves through time.

Outcomes change only at finitely many instants, which the packs and the manifest name. So each of
them is tried, and each stretch between two of them once.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from typing import NamedTuple

from gonogo.engine.assess import Frame, verdict_of
from gonogo.engine.judge import Verdict
from gonogo.engine.situation import Situation, situate
from gonogo.manifests.vocabulary import STAGES
from gonogo.search.edges import instant_edges
from gonogo.search.moving import Release, step_after


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


def earliest_go(
    release: Release, frame: Frame, start: datetime, after: datetime | None = None
) -> datetime | None:
    """The first position from ``start`` on, and later than ``after``, at which the verdict is GO."""
    for window in windows(release, frame, start):
        if window.verdict is not Verdict.GO:
            continue
        if after is None or window.start > after:
            return window.start
        if window.end is None or window.end > after:
            return after + step_after(release)
    return None


def today(situation: Situation) -> datetime:
    """The local day of the as-of time, as a position."""
    local = situation.as_of.low.astimezone(situation.pack.zone)
    return datetime.combine(local.date(), time())


def moving_stages(wanted: Sequence[str]) -> tuple[str, ...]:
    """The stages to move: those named, else all."""
    return tuple(wanted) or STAGES
