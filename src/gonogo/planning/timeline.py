"""What must happen by when, counted back from the wanted date."""

from collections.abc import Iterator
from datetime import datetime

from gonogo.engine.assess import Frame, assess
from gonogo.engine.evaluate import expiry
from gonogo.engine.gaps import missing_paths
from gonogo.engine.judge import Outcome, RuleResult, apply_rule
from gonogo.engine.situation import Situation, situate
from gonogo.manifests.facts import Fact, Facts, Kind, Origin
from gonogo.manifests.vocabulary import STAGES
from gonogo.planning.options import at_release, concerned, last_stage, seen
from gonogo.planning.plan import MISSING
from gonogo.reporting.course import Due
from gonogo.search.choosing import PROOF
from gonogo.search.domains import Aim, Likely
from gonogo.search.roots import Roots
from gonogo.values.times import FIRST_INSTANT, Moment, Period, Precision

PAST, DUE, OVERDUE = "past", "due", "overdue"

Dated = tuple[datetime, Due]


def timeline(facts: Facts, frame: Frame) -> list[Due]:
    """The dates of the manifest, the last days for what they count from, and what must be stated.

    ``facts`` are those of the release on the wanted date.
    """
    now = seen(facts, frame)
    results = assess(facts, frame.packs, frame.as_of, blocking=frame.profile)
    dated = [*_stated(facts, now), *_deadlines(facts, frame, results, now)]
    dated += [*_searches(facts, frame, now), *_missing(results, now)]
    seen_already: set[tuple[str, str]] = set()
    found = []
    for _, due in sorted(dated, key=lambda pair: (pair[0], pair[1].what, pair[1].path)):
        if (due.path, due.what) not in seen_already:
            seen_already.add((due.path, due.what))
            found.append(due)
    return found


def _state(last: datetime, now: Situation) -> str:
    """Is what is not done yet still in time on its last day?"""
    return OVERDUE if last < now.as_of.low else DUE


def _stated(facts: Facts, now: Situation) -> Iterator[Dated]:
    """Every date that the manifest states."""
    for path, fact in facts.stated.items():
        if isinstance(fact.value, Moment) and fact.origin is Origin.MANIFEST:
            period = fact.value.period(now.pack.zone)
            state = PAST if period.high <= now.as_of.low else DUE
            yield period.low, Due(now.pack.specs[path].title, fact.value.text, state, path)


def _deadlines(
    facts: Facts, frame: Frame, results: list[RuleResult], now: Situation
) -> Iterator[Dated]:
    """The last day for a date on which rules hang, unless it is kept already."""
    # Judged as of the release: until then, what the government has yet to do may be done.
    then = at_release(facts, frame)
    reads = {result.rule.key: _read_by(result) for result in results}
    for path in concerned(results):
        spec = now.pack.specs.get(path)
        if spec is None or spec.kind is not Kind.MOMENT or path in STAGES:
            continue
        readers = frozenset(key for key, paths in reads.items() if path in paths)
        last = _last(path, facts, then, readers)
        if last is None:
            continue
        period = last.period(now.pack.zone)
        value = now.facts.get(path).value
        if isinstance(value, Period) and value.high <= min(period.high, now.as_of.low):
            continue
        yield period.low, Due(f"last day: {spec.title}", last.text, _state(period.high, now), path)


def _last(path: str, facts: Facts, frame: Frame, readers: frozenset[str]) -> Moment | None:
    """The latest date on which as many rules as possible are met, where later ones meet fewer."""
    tried = [
        fact
        for fact in Likely(Aim()).candidates(path, (seen(facts, frame),))
        if isinstance(fact.value, Moment) and fact.value.precision is Precision.DAY
    ]
    tried.sort(key=lambda fact: str(fact.value), reverse=True)
    counts = [_met(fact, facts, frame, readers) for fact in tried]
    if not counts or counts[0] == max(counts):
        return None
    value = tried[counts.index(max(counts))].value
    return value if isinstance(value, Moment) else None


def _met(fact: Fact, facts: Facts, frame: Frame, readers: frozenset[str]) -> int:
    """How many of the rules that read the fact are met with this value."""
    changed = facts.with_facts([fact])
    if fact.evidence:
        changed = changed._replace(evidence=(*changed.evidence, PROOF))
    met = 0
    for pack in frame.packs:
        situation = situate(changed, pack, frame.as_of)
        rules = [rule for rule in pack.rules if rule.key in readers]
        outcomes = [apply_rule(rule, situation).outcome for rule in rules]
        met += sum(each in (Outcome.PASS, Outcome.NOT_APPLICABLE) for each in outcomes)
    return met


def _read_by(result: RuleResult) -> frozenset[str]:
    roots = Roots(result.situation.pack)
    parts = [part for part in (result.rule.when, result.rule.require) if part is not None]
    return frozenset().union(*(roots.of(part) for part in parts))


def _searches(facts: Facts, frame: Frame, now: Situation) -> Iterator[Dated]:
    """A register that is trusted only until before the release must be searched again."""
    for pack in frame.packs:
        situation = situate(facts, pack, frame.as_of)
        latest = last_stage(situation)
        for register in pack.registers.values():
            last = expiry(register, situation) if register.complete else None
            if last is None or latest is None or last.high >= latest.high:
                continue
            what = f"search the register of {register.title} again and move its as_of"
            path = f"register.{register.name}.as_of"
            yield latest.low, Due(what, latest.text, _state(latest.high, now), path)


def _missing(results: list[RuleResult], now: Situation) -> Iterator[Dated]:
    """What must be stated before the release, because a blocking rule is open without it."""
    for result in results:
        governing = result.situation.governing
        if result.outcome is not Outcome.UNKNOWN or governing is None:
            continue
        if governing.low <= FIRST_INSTANT:
            continue
        for path in missing_paths(result):
            spec = result.situation.pack.specs.get(path)
            if spec is not None:
                what = f"{MISSING}{spec.title}"
                due = Due(what, governing.text, _state(governing.high, now), path)
                yield governing.low, due
