"""The smallest sets of changes that make a release GO, each applied to a copy and checked again."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from gonogo.engine.assess import Frame, verdict_of
from gonogo.engine.judge import Outcome, RuleResult, Verdict, apply_rule, decide
from gonogo.engine.situation import Situation
from gonogo.manifests.facts import Fact, Facts
from gonogo.manifests.vocabulary import STAGES
from gonogo.packs.policy import Effect
from gonogo.planning.applying import Copy, Settings, written
from gonogo.planning.options import (
    controllable,
    open_rules,
    stages_left_out,
    stages_moved,
)
from gonogo.planning.plan import Change
from gonogo.search.choosing import chosen, ground
from gonogo.search.domains import Aim, Likely
from gonogo.search.moving import Release
from gonogo.search.opening import is_settled, open_in
from gonogo.search.roots import Roots
from gonogo.search.witness import Progress, find
from gonogo.values.times import Moment
from gonogo.values.truth import Truth

_MOST_CHANGES = 5
_MOST_HELPFUL = 14
_MOST_STEPS = 300
_MOST_BASES = 3


def changes(copy: Copy, facts: Facts, moves: list[Release]) -> list[Change]:
    """The sets, those of fewest changes first, and among these the earliest release.

    ``moves`` are the release as it may be moved, each on a date worth trying.
    """
    found: list[Settings] = []
    for settings in _sets(copy.frame, facts, moves):
        # What can be reached by fewer of the same changes is not worth more of them.
        if any(set(kept) <= set(settings) for kept in found):
            continue
        if copy.is_go(settings):
            found.append(settings)
        if len(found) >= _MOST_CHANGES:
            break
    made = [_change(settings, copy, facts, moves) for settings in found]
    return sorted(made, key=lambda change: (change.decisions, change.first_release))


def _sets(frame: Frame, facts: Facts, moves: list[Release]) -> Iterator[Settings]:
    """Sets that come out GO, single changes first."""
    for move in moves:
        if _is_go(_moved(move), facts, frame):
            yield _moved(move)
            break
    results = open_rules(facts, frame)
    if not results:
        return
    singles = [*_singles(facts, results)]
    done: set[str] = set()
    for fact in singles:
        if fact.path not in done and _is_go({fact.path: fact}, facts, frame):
            done.add(fact.path)
            yield {fact.path: fact}
    helpful = [fact for fact in singles if _helps(fact, facts, frame, results)][:_MOST_HELPFUL]
    # Two changes are tried in pairs, more of them by a search.
    for one, other in combinations(helpful, 2):
        pair = {one.path: one, other.path: other}
        if one.path != other.path and _is_go(pair, facts, frame):
            yield pair
    bases: list[Settings] = [{}, *map(_moved, moves[:_MOST_BASES])]
    for base in bases:
        if settings := _searched(base, facts, frame):
            yield settings


def _singles(facts: Facts, results: list[RuleResult]) -> Iterator[Fact]:
    situation = results[0].situation
    yield from controllable(facts, results)
    yield from stages_left_out(facts, situation)
    yield from stages_moved(facts, situation)


def _moved(move: Release) -> Settings:
    return {stage: move.facts.get(stage) for stage in move.stages}


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
        results = [result for each in situations for result in self._blocking(each)]
        for result in results:
            if result.outcome is Outcome.FAIL:
                return Progress(Truth.FALSE, blame=self._basis(result))
        if all(map(is_settled, results)):
            is_go = decide(results, self.frame.profile).verdict is Verdict.GO
            blame = frozenset().union(*map(self._basis, results))
            return Progress(Truth.TRUE if is_go else Truth.FALSE, blame=blame)
        paths = [path for result in results for path in open_in(result)]
        return Progress(Truth.UNKNOWN, tuple(dict.fromkeys(paths)))

    def _blocking(self, situation: Situation) -> list[RuleResult]:
        effects = self.frame.profile.effects
        rules = [r for r in situation.pack.rules if effects[r.rule_class] is Effect.BLOCK]
        return [apply_rule(rule, situation) for rule in rules]

    def _basis(self, result: RuleResult) -> frozenset[str]:
        roots = self.roots[result.situation.pack.id]
        parts = [part for part in (result.rule.when, result.rule.require) if part is not None]
        return roots.governing.union(*(roots.of(part) for part in parts))


def _change(settings: Settings, copy: Copy, facts: Facts, moves: Sequence[Release]) -> Change:
    changed = copy.with_settings(settings) or facts
    dates = [
        fact.value.period(copy.frame.packs[0].zone).low
        for stage in STAGES
        if isinstance((fact := changed.get(stage)).value, Moment)
    ]
    first = min(dates).isoformat() if dates else ""
    values = {path: written(fact) for path, fact in settings.items()}
    moved = [
        written(move.facts.get(move.first))
        for move in moves
        if all(values.get(stage) == written(move.facts.get(stage)) for stage in move.stages)
    ]
    return Change(tuple(values.items()), moved[0] if moved else "", first)
