"""The changes worth trying: facts that somebody may change, with the values that may help.

Never a measurement, never what is past, never what only the government can do.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from gonogo.engine.assess import Frame, assess
from gonogo.engine.judge import Outcome, RuleResult
from gonogo.engine.situation import Situation, situate
from gonogo.manifests.facts import Fact, Facts, Kind, Origin
from gonogo.manifests.vocabulary import STAGES
from gonogo.planning.places import first_place
from gonogo.search.domains import Aim, Likely
from gonogo.search.roots import Roots
from gonogo.search.windows import movable, today, windows
from gonogo.values.times import FIRST_INSTANT, Moment, Period, Precision, local_date

_MOST_VALUES = 12


def seen(facts: Facts, frame: Frame) -> Situation:
    """The facts as the first pack sees them."""
    return situate(facts, frame.packs[0], frame.as_of)


def last_stage(situation: Situation) -> Period | None:
    """The stage of the release that ends last, if one is dated."""
    dates = [situation.facts.get(stage).value for stage in STAGES]
    known = [date for date in dates if isinstance(date, Period)]
    return max(known, key=lambda date: date.high, default=None)


def open_rules(facts: Facts, frame: Frame) -> list[RuleResult]:
    """The rules that stand between the release and GO."""
    results = assess(facts, frame.packs, frame.as_of, blocking=frame.profile)
    return [each for each in results if each.outcome in (Outcome.FAIL, Outcome.UNKNOWN)]


def at_release(facts: Facts, frame: Frame) -> Frame:
    """The same as of the end of the first release, if that is still to come.

    Until then the government may act, and only what has happened counts.
    """
    situation = seen(facts, frame)
    governing = situation.governing
    if governing is None or governing.high <= situation.as_of.low:
        return frame
    then = governing.high.replace(microsecond=0)
    return frame._replace(as_of=Moment(governing.text, Precision.INSTANT, then))


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
        if is_past(facts.get(path), situation):
            continue
        yield from new_values(path, facts, situation)


def new_values(path: str, facts: Facts, situation: Situation) -> Iterator[Fact]:
    """Other values; of dates only those still to come, whole days first, the latest before all."""
    now = facts.get(path).value
    found = [
        fact._replace(origin=Origin.MANIFEST, evidence=())
        for fact in Likely(Aim()).candidates(path, (situation,))
        if fact.value is not None and fact.value != now and not is_past(fact, situation)
    ]
    if situation.pack.specs[path].kind is Kind.MOMENT:
        found.sort(key=lambda fact: _rank(fact, situation), reverse=True)
    yield from list(dict.fromkeys(found))[:_MOST_VALUES]


def soonest(fact: Fact, situation: Situation) -> Fact:
    """The same on the first whole day that is still to come."""
    day = local_date(situation.as_of.low, situation.pack.zone) + timedelta(days=1)
    start = datetime.combine(day, time())
    return fact._replace(value=Moment(day.isoformat(), Precision.DAY, start))


def _rank(fact: Fact, situation: Situation) -> tuple[bool, datetime]:
    value = fact.value
    if not isinstance(value, Moment):
        return False, FIRST_INSTANT
    return value.precision is Precision.DAY, value.period(situation.pack.zone).low


def is_past(fact: Fact, situation: Situation) -> bool:
    """Is it a date on which something has happened already?"""
    value = fact.value
    if isinstance(value, Moment):
        value = value.period(situation.pack.zone)
    return isinstance(value, Period) and value.high < situation.as_of.low


def stages_left_out(facts: Facts, situation: Situation) -> Iterator[Fact]:
    """Each planned stage taken out of the release, where another one remains."""
    planned = [stage for stage in STAGES if facts.get(stage).value is not None]
    for stage in planned if len(planned) > 1 else ():
        if not is_past(facts.get(stage), situation):
            yield Fact(stage, None, Origin.MANIFEST)


def stages_moved(facts: Facts, frame: Frame) -> Iterator[Fact]:
    """Each planned stage later by itself, wherever some rule then comes out otherwise."""
    situation = seen(facts, frame)
    for stage in STAGES:
        release = movable(facts, [stage], frame)
        if release is None or is_past(facts.get(stage), situation):
            continue
        now = situation.as_of.low
        start = max(release.planned, today(release, situation))
        places = [
            first_place(window._replace(start=turn), release, now)
            for window in windows(release, frame, start)
            for turn in window.turns
        ]
        later = [place for place in dict.fromkeys(places) if place > release.planned]
        yield from (release.at(place).get(stage) for place in later[:_MOST_VALUES])
