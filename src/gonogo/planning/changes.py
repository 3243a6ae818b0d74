"""The smallest sets of changes that make a release GO, each applied to a copy and checked again."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import combinations
from typing import NamedTuple
from zoneinfo import ZoneInfo

from gonogo.engine.assess import Frame, assess, verdict_of
from gonogo.engine.judge import Outcome, RuleResult, Verdict, apply_rules, decide
from gonogo.engine.situation import Situation
from gonogo.manifests.facts import Fact, Facts
from gonogo.manifests.vocabulary import STAGES
from gonogo.planning.applying import Copy, Settings, written
from gonogo.planning.options import (
    controllable,
    new_values,
    open_rules,
    seen,
    soonest,
    stages_left_out,
    stages_moved,
)
from gonogo.planning.places import first_place
from gonogo.planning.plan import Change
from gonogo.search.choosing import chosen, ground
from gonogo.search.domains import Aim, Likely
from gonogo.search.moving import Release
from gonogo.search.opening import is_settled, open_in
from gonogo.search.roots import Roots
from gonogo.search.windows import movable, today, windows
from gonogo.search.witness import Progress, find
from gonogo.values.times import LAST_INSTANT, Moment, Precision
from gonogo.values.truth import Truth

_MOST_CHANGES = 5
_MOST_HELPFUL = 14
_MOST_STEPS = 300
_MOST_BASES = 3


class Wanted(NamedTuple):
    """The release that is to be GO.

    ``move`` brings it to the wanted date, if that is not the planned one; each set then begins with
    it. Without a wanted date it may stand anywhere: ``moves`` has it on dates worth trying.
    ``planned`` is the release as the manifest has it; ``fixed`` keeps its first stage on its date.
    """

    facts: Facts
    planned: Release | None
    fixed: bool
    move: Settings
    moves: Sequence[Release]


def changes(copy: Copy, wanted: Wanted) -> list[Change]:
    """The sets, those of fewest changes first, and among these the earliest release."""
    found: list[Settings] = []
    for settings in _sets(copy.frame, wanted):
        # What can be reached by fewer of the same changes is not worth more of them.
        if any(set(kept) <= set(settings) for kept in found):
            continue
        if copy.is_go({**wanted.move, **settings}):
            found = [kept for kept in found if not set(settings) < set(kept)]
            found.append(_mildest(settings, copy, wanted))
        if len(found) >= _MOST_CHANGES:
            break
    made = [_change({**wanted.move, **settings}, copy, wanted) for settings in found]
    return [change for _, change in sorted(made, key=lambda pair: (pair[1].decisions, pair[0]))]


def _mildest(settings: Settings, copy: Copy, wanted: Wanted) -> Settings:
    """The same set, with dates on which as few rules as possible fail, those that only warn too."""
    for path in settings:
        if path in STAGES or not isinstance(settings[path].value, Moment):
            continue
        facts = _with({**wanted.move, **settings}, wanted.facts)
        values = new_values(path, facts, seen(facts, copy.frame))
        others = [{**settings, path: fact} for fact in values]
        possible = [each for each in others if copy.is_go({**wanted.move, **each})]
        settings = min(
            (settings, *possible),
            key=lambda each: _failing({**wanted.move, **each}, wanted.facts, copy.frame),
        )
    return settings


def _failing(settings: Settings, facts: Facts, frame: Frame) -> int:
    results = assess(_with(settings, facts), frame.packs, frame.as_of)
    return sum(result.outcome is Outcome.FAIL for result in results)


def stage_settings(release: Release, facts: Facts) -> Settings:
    """What brings the stages of a release to where they stand in other facts."""
    return {
        stage: facts.get(stage)
        for stage in release.stages
        if _place(facts.get(stage)) != _place(release.facts.get(stage))
    }


def _place(fact: Fact) -> object:
    value = fact.value
    return (value.precision, value.start) if isinstance(value, Moment) else value


def _sets(frame: Frame, wanted: Wanted) -> Iterator[Settings]:
    """Sets that come out GO, single changes first."""
    facts = wanted.facts
    if _is_go({}, facts, frame):
        yield {}
        return
    moved = [{stage: move.facts.get(stage) for stage in move.stages} for move in wanted.moves]
    for settings in moved:
        if _is_go(settings, facts, frame):
            yield settings
            break
    results = open_rules(facts, frame)
    if not results:
        return
    held = wanted.planned.first if wanted.fixed and wanted.planned else ""
    singles = [fact for fact in _singles(facts, results, frame) if fact.path != held]
    done: set[str] = set()
    for fact in singles:
        if fact.path not in done and _is_go({fact.path: fact}, facts, frame):
            done.add(fact.path)
            yield {fact.path: fact}
    if moved and not any(_is_go(each, facts, frame) for each in moved):
        yield from _changed_and_moved(singles, facts, frame, tuple(moved[0]))
    helpful = [fact for fact in singles if _helps(fact, facts, frame, results)][:_MOST_HELPFUL]
    # Two changes are tried in pairs, more of them by a search.
    for one, other in combinations(helpful, 2):
        pair = {one.path: one, other.path: other}
        if one.path != other.path and _is_go(pair, facts, frame):
            yield pair
    bases: list[Settings] = [{}, *moved[:_MOST_BASES]]
    for base in bases:
        if found := _searched(base, facts, frame):
            yield found


def _changed_and_moved(
    singles: list[Fact], facts: Facts, frame: Frame, stages: Sequence[str]
) -> Iterator[Settings]:
    """One change after which some later date of the release is GO, together with that date.

    Of each fact the change that lets the release begin first: of its dates, the latest and the
    first that is still to come are tried.
    """
    now = seen(facts, frame)
    others = [fact for fact in singles if fact.path not in STAGES]
    for path in dict.fromkeys(fact.path for fact in others):
        values = [fact for fact in others if fact.path == path]
        if isinstance(values[0].value, Moment):
            values = list(dict.fromkeys((values[0], soonest(values[0], now))))
        placed = [(fact, _first_go(fact, facts, frame, stages)) for fact in values]
        possible = [(place[0], fact, place[1]) for fact, place in placed if place]
        if possible:
            _, fact, release = min(possible, key=lambda each: each[0])
            yield {path: fact, **{stage: release.get(stage) for stage in stages}}


def _first_go(
    fact: Fact, facts: Facts, frame: Frame, stages: Sequence[str]
) -> tuple[datetime, Facts] | None:
    """Where the release is first GO after a change, and the facts with it there."""
    now = seen(facts, frame)
    release = movable(facts.with_facts([fact]), stages, frame)
    found = windows(release, frame, today(release, now)) if release else ()
    window = next((each for each in found if each.verdict is Verdict.GO), None)
    if release is None or window is None:
        return None
    place = first_place(window, release, now.as_of.low)
    return place, release.at(place)


def _singles(facts: Facts, results: list[RuleResult], frame: Frame) -> Iterator[Fact]:
    yield from controllable(facts, results)
    yield from stages_moved(facts, frame)
    yield from stages_left_out(facts, seen(facts, frame))


def _is_go(settings: Settings, facts: Facts, frame: Frame) -> bool:
    return verdict_of(_with(settings, facts), frame) is Verdict.GO


def _with(settings: Settings, facts: Facts) -> Facts:
    stated = {path: fact for path, fact in facts.stated.items() if path not in settings}
    kept = Facts(stated, facts.mentioned, facts.evidence)
    return kept.with_facts([fact for fact in settings.values() if fact.value is not None])


def _helps(fact: Fact, facts: Facts, frame: Frame, before: list[RuleResult]) -> bool:
    """Does a change settle some rule that stood in the way?"""
    after = {result.rule.key for result in open_rules(_with({fact.path: fact}, facts), frame)}
    return any(result.rule.key not in after for result in before)


def _searched(base: Settings, facts: Facts, frame: Frame) -> Settings | None:
    """A set of any size, found by a search through everything that may be changed."""
    start = _with(base, facts)
    results = open_rules(start, frame)
    if not results:
        return base or None
    may_change = {fact.path for fact in controllable(start, results)}
    on = ground(frame.packs, frame.as_of)
    now = chosen(start, on)
    fixed = {path: fact for path, fact in now.items() if path not in may_change}
    still = Likely(Aim(since=results[0].situation.as_of.low))
    search = find(_Go(frame).progress, on, still, start=fixed, most=_MOST_STEPS)
    if search.choices is None:
        return None
    settings = dict(base)
    for path in may_change:
        fact = search.choices.get(path)
        if fact is not None and fact.value is not None and fact.value != now[path].value:
            settings[path] = fact._replace(evidence=())
    return _fewest(settings, facts, frame)


def _fewest(settings: dict[str, Fact], facts: Facts, frame: Frame) -> Settings | None:
    """The settings without those that GO does not need."""
    if not _is_go(settings, facts, frame):
        return None
    for path in sorted(settings):
        without = {other: fact for other, fact in settings.items() if other != path}
        if without and _is_go(without, facts, frame):
            settings = without
    return settings


class _Go:
    """The goal that the verdict is GO."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.roots = {pack.id: Roots(pack) for pack in frame.packs}

    def progress(self, situations: tuple[Situation, ...]) -> Progress:
        profile = self.frame.profile
        results = [result for each in situations for result in apply_rules(each, profile)]
        for result in results:
            # What is open for want of facts that are not to be chosen stays open.
            stays = result.outcome is Outcome.UNKNOWN and is_settled(result)
            if stays or result.outcome is Outcome.FAIL:
                return Progress(Truth.FALSE, blame=self._basis(result))
        if all(map(is_settled, results)):
            is_go = decide(results, profile).verdict is Verdict.GO
            blame = frozenset().union(*map(self._basis, results))
            return Progress(Truth.TRUE if is_go else Truth.FALSE, blame=blame)
        paths = [path for result in results for path in open_in(result)]
        return Progress(Truth.UNKNOWN, tuple(dict.fromkeys(paths)))

    def _basis(self, result: RuleResult) -> frozenset[str]:
        roots = self.roots[result.situation.pack.id]
        parts = [part for part in (result.rule.when, result.rule.require) if part is not None]
        return roots.governing.union(*(roots.of(part) for part in parts))


def _change(settings: Settings, copy: Copy, wanted: Wanted) -> tuple[datetime, Change]:
    """A set as it is shown, with the instant at which it lets the release begin."""
    changed = copy.with_settings(settings) or wanted.facts
    zone = copy.frame.packs[0].zone
    dated = [
        (fact.value.period(zone).low, fact.value)
        for stage in STAGES
        if isinstance((fact := changed.get(stage)).value, Moment)
    ]
    first, shown = min(dated, default=(LAST_INSTANT, None), key=lambda pair: pair[0])
    values = tuple((path, written(fact)) for path, fact in settings.items())
    return first, Change(values, _moved_to(settings, wanted), _shown(shown, zone) if shown else "")


def _moved_to(settings: Settings, wanted: Wanted) -> str:
    """Where the release as a whole is moved, if that is among the settings."""
    planned = wanted.planned
    first = settings.get(planned.first) if planned else None
    if planned is None or first is None or not isinstance(first.value, Moment):
        return ""
    moved = planned.at(first.value.period(planned.zone).low)
    for stage in planned.stages:
        if stage not in settings or _place(settings[stage]) != _place(moved.get(stage)):
            return ""
    return written(first)


def _shown(moment: Moment, zone: ZoneInfo) -> str:
    if moment.precision is not Precision.INSTANT:
        return moment.text
    return moment.start.astimezone(zone).isoformat(timespec="seconds")
