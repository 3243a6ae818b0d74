"""The changes worth trying: facts that somebody may change, with the values that may help.

Never a measurement, never what is past, never what only the government can do.
"""

from collections.abc import Iterator
from datetime import datetime

from gonogo.engine.assess import Frame, assess
from gonogo.engine.judge import Outcome, RuleResult
from gonogo.engine.situation import Situation
from gonogo.manifests.facts import Fact, Facts, Kind, Origin
from gonogo.manifests.vocabulary import STAGES
from gonogo.search.domains import Aim, Likely
from gonogo.search.roots import Roots
from gonogo.values.times import FIRST_INSTANT, Moment, Period

_MOST_VALUES = 12


def open_rules(facts: Facts, frame: Frame) -> list[RuleResult]:
    """The rules that stand between the release and GO."""
    results = assess(facts, frame.packs, frame.as_of, blocking=frame.profile)
    return [each for each in results if each.outcome in (Outcome.FAIL, Outcome.UNKNOWN)]


def concerned(results: list[RuleResult]) -> list[str]:
    """The facts of the manifest that these rules can hang on, in the order of rules."""
    found: dict[str, None] = {}
    for result in results:
        roots = Roots(result.situation.pack)
        for part in (result.rule.when, result.rule.require):
            for path in sorted(roots.of(part)) if part else ():
                found[path] = None
    return list(found)


def controllable(facts: Facts, results: list[RuleResult]) -> Iterator[Fact]:
    """Every single change to a fact that the developer decides on, stages left out."""
    situation = results[0].situation
    for path in concerned(results):
        spec = situation.pack.specs.get(path)
        if spec is None or not spec.controllable or path in STAGES:
            continue
        if _is_past(facts.get(path), situation):
            continue
        yield from _values(path, facts, situation)


def _values(path: str, facts: Facts, situation: Situation) -> Iterator[Fact]:
    """New values, of dates only those still to come, the latest first."""
    now = facts.get(path).value
    found = [
        fact._replace(origin=Origin.MANIFEST)
        for fact in Likely(Aim()).candidates(path, (situation,))
        if fact.value is not None and fact.value != now and not _is_past(fact, situation)
    ]
    if situation.pack.specs[path].kind is Kind.MOMENT:
        found.sort(key=lambda fact: _start(fact, situation), reverse=True)
    yield from found[:_MOST_VALUES]


def _start(fact: Fact, situation: Situation) -> datetime:
    value = fact.value
    return value.period(situation.pack.zone).low if isinstance(value, Moment) else FIRST_INSTANT


def _is_past(fact: Fact, situation: Situation) -> bool:
    """Is it a date on which something has happened already?"""
    value = fact.value
    if isinstance(value, Moment):
        value = value.period(situation.pack.zone)
    return isinstance(value, Period) and value.high < situation.as_of.low


def stages_left_out(facts: Facts, situation: Situation) -> Iterator[Fact]:
    """Each planned stage taken out of the release, where another one remains."""
    planned = [stage for stage in STAGES if facts.get(stage).value is not None]
    for stage in planned if len(planned) > 1 else ():
        if not _is_past(facts.get(stage), situation):
            yield Fact(stage, None, Origin.MANIFEST)


def stages_moved(facts: Facts, situation: Situation) -> Iterator[Fact]:
    """Each planned stage on a later date by itself, the nearest first."""
    for stage in STAGES:
        planned = facts.get(stage).value
        if not isinstance(planned, Moment) or _is_past(facts.get(stage), situation):
            continue
        later = [
            fact
            for fact in Likely(Aim(named=frozenset(STAGES))).candidates(stage, (situation,))
            if isinstance(fact.value, Moment)
            and fact.value.precision is planned.precision
            and fact.value.period(situation.pack.zone).low > planned.period(situation.pack.zone).low
            and not _is_past(fact, situation)
        ]
        yield from sorted(later, key=lambda fact: str(fact.value))[:_MOST_VALUES]


def by_government(facts: Facts, results: list[RuleResult]) -> Iterator[Fact]:
    """What only the government can do: facts that it creates, with each value that may help."""
    situation = results[0].situation
    for path in concerned(results):
        spec = situation.pack.specs.get(path)
        if spec is not None and spec.known_from and facts.get(path).value is None:
            yield from (
                f for f in Likely(Aim()).candidates(path, (situation,)) if f.value is not None
            )
