"""The stretches of dates with one verdict, as the release moves through time.

Outcomes change only at finitely many instants, which the packs and the manifest name. So each of
them is tried, and each stretch between two of them once.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from gonogo.engine.assess import Frame, assess
from gonogo.engine.judge import Outcome, Verdict, decide
from gonogo.engine.situation import Situation, situate
from gonogo.manifests.facts import Facts
from gonogo.manifests.vocabulary import STAGES
from gonogo.packs.language import Compare, DaysBetween
from gonogo.packs.policy import Pack, all_leaves
from gonogo.search.edges import instant_edges, sides
from gonogo.search.moving import Release, clock_changes, release_of
from gonogo.search.possible import dates_behind
from gonogo.values.times import Moment, Precision

_CLOCK_YEARS = 5  # for so long clock changes are looked at, where they matter at all


class Window(NamedTuple):
    """A stretch of positions with one verdict, both ends included. ``end`` None is open-ended.

    ``turns`` are its first position and those inside at which other rules stand in the way, or are
    waived.
    """

    start: datetime
    end: datetime | None
    verdict: Verdict
    turns: tuple[datetime, ...]


def movable(facts: Facts, stages: Sequence[str], frame: Frame) -> Release | None:
    """The release as it can be moved.

    Where a rule counts days between two stages that move, one may pass midnight before the other,
    and the verdict would go to and fro within every day: then the release keeps its hour and moves
    by whole days. So it does where a rule sets a bare date against an exact instant.
    """
    release = release_of(facts, stages, frame.packs[0].zone)
    if release is None:
        return None
    for pack in frame.packs:
        for leaf, one, other in _set_against(release, pack):
            mixed = _is_exact(facts, one) is not _is_exact(facts, other)
            if mixed or isinstance(leaf.subject, DaysBetween):
                return release._replace(by_days=True)
    return release


def windows(release: Release, frame: Frame, start: datetime) -> Iterator[Window]:
    """All windows from ``start`` on, in order."""
    found: Window | None = None
    before: set[tuple[str, Outcome]] = set()
    for position in sorted({start, *_positions(release, frame, start)}):
        if position < start:
            continue
        results = assess(release.at(position), frame.packs, frame.as_of, blocking=frame.profile)
        verdict = decide(results, frame.profile).verdict
        barring = Outcome.FAIL if verdict is Verdict.NO_GO else Outcome.UNKNOWN
        telling = (barring, Outcome.WAIVED)
        rules = {(r.rule.key, r.outcome) for r in results if r.outcome in telling}
        if found is None or verdict is not found.verdict:
            if found is not None:
                yield found._replace(end=release.before(position))
            found = Window(position, None, verdict, (position,))
        elif rules != before:
            found = found._replace(turns=(*found.turns, position))
        before = rules
    if found is not None:
        yield found


def _positions(release: Release, frame: Frame, start: datetime) -> Iterator[datetime]:
    """Where stretches may begin."""
    for pack in frame.packs:
        situation = situate(release.facts, pack, frame.as_of)
        changes = _clock_changes(release, pack, start)
        for stage in release.stages:
            for edge in (*instant_edges(stage, situation), *changes):
                yield from release.positions(stage, edge, pack.zone)


def _clock_changes(release: Release, pack: Pack, start: datetime) -> set[datetime]:
    """Two stages are not always as far from each other where clocks change between them."""
    zones = {pack.zone, release.zone}
    if len(zones) == 1 and not any(_set_against(release, pack)):
        return set()
    return {each for zone in zones for each in clock_changes(zone, start, _CLOCK_YEARS)}


def _set_against(release: Release, pack: Pack) -> Iterator[tuple[Compare, str, str]]:
    """The leaves that set two moving stages against each other, or count the days between them."""
    for leaf in all_leaves(pack):
        if isinstance(leaf, Compare):
            ones, others = (
                [stage for path in side for stage in dates_behind(path, pack)]
                for side in sides(leaf)
            )
            for one in ones:
                for other in others:
                    if one != other and {one, other} <= set(release.stages):
                        yield leaf, one, other


def _is_exact(facts: Facts, stage: str) -> bool:
    value = facts.get(stage).value
    return isinstance(value, Moment) and value.precision is Precision.INSTANT


def earliest_go(facts: Facts, frame: Frame, situation: Situation) -> str:
    """The earliest date or instant after the planned one that is GO, all stages moved together.

    Not before the as-of day. Empty if no later date helps, or no stage is dated.
    """
    release = movable(facts, STAGES, frame)
    if release is None:
        return ""
    start = max(release.planned, today(release, situation))
    for window in windows(release, frame, start):
        if window.verdict is Verdict.GO:
            return shown(window.start, release)
    return ""


def today(release: Release, situation: Situation) -> datetime:
    """The position of the as-of day: nothing can be released before it."""
    return release.on(release.day(situation.as_of.low))


def shown(position: datetime, release: Release) -> str:
    """A position as a person writes it: a date where the day begins with it, else an instant."""
    local = position.astimezone(release.zone)
    if release.by_days or position == release.on(local.date()):
        return local.date().isoformat()
    return local.isoformat(timespec="seconds")
