"""What must happen by when, counted back from the wanted date."""

from collections.abc import Iterator
from datetime import datetime

from gonogo.engine.assess import Frame, assess
from gonogo.engine.evaluate import expiry
from gonogo.engine.gaps import missing_paths
from gonogo.engine.judge import Outcome, RuleResult, apply_rule
from gonogo.engine.situation import Situation, situate
from gonogo.manifests.facts import Fact, Facts, FactSpec, Kind, Origin
from gonogo.manifests.vocabulary import STAGES
from gonogo.planning.options import concerned
from gonogo.planning.plan import Due
from gonogo.search.domains import Aim, Likely
from gonogo.search.roots import Roots
from gonogo.values.times import FIRST_INSTANT, LAST_INSTANT, Moment, Period, Precision

PAST, DUE, OVERDUE = "past", "due", "overdue"


def timeline(facts: Facts, frame: Frame) -> list[Due]:
    """The dates of the manifest, the last days for what is not done yet, and what must be stated.

    ``facts`` are those of the release on the wanted date.
    """
    results = assess(facts, frame.packs, frame.as_of, blocking=frame.profile)
    situation = results[0].situation
    dated = [*_stated(facts, situation), *_deadlines(facts, frame, results)]
    dated += _searches(results)
    dated += _missing(results)
    seen: set[tuple[str, str]] = set()
    found = []
    for when, due in sorted(dated, key=lambda pair: (pair[0], pair[1].what)):
        del when
        if (due.path, due.what) not in seen:
            seen.add((due.path, due.what))
            found.append(due)
    return found


Dated = tuple[datetime, Due]


def _stated(facts: Facts, situation: Situation) -> Iterator[Dated]:
    """Every date that the manifest states."""
    for path, fact in facts.stated.items():
        if isinstance(fact.value, Moment) and fact.origin is Origin.MANIFEST:
            period = fact.value.period(situation.pack.zone)
            state = PAST if period.high <= situation.as_of.low else DUE
            title = situation.pack.specs[path].title
            yield period.low, Due(title, fact.value.text, state, path)


def _deadlines(facts: Facts, frame: Frame, results: list[RuleResult]) -> Iterator[Dated]:
    """For a date that is not past: the last one on which as many rules are met as can be."""
    situation = results[0].situation
    reads = {result.rule.key: _read_by(result) for result in results}
    for path in concerned(results):
        spec = situation.pack.specs.get(path)
        if spec is None or spec.kind is not Kind.MOMENT or path in STAGES:
            continue
        value = situation.facts.get(path).value
        if isinstance(value, Period) and value.high <= situation.as_of.low:
            continue
        readers = frozenset(key for key, paths in reads.items() if path in paths)
        last = _last(path, facts, frame, situation, readers)
        if last is not None:
            when = last.period(situation.pack.zone)
            state = OVERDUE if when.high < situation.as_of.low else DUE
            yield when.low, Due(f"last day: {spec.title}", last.text, state, path)


def _last(
    path: str, facts: Facts, frame: Frame, situation: Situation, readers: frozenset[str]
) -> Moment | None:
    """The latest date on which as many rules as possible are met, where later ones meet fewer."""
    tried = [
        fact
        for fact in Likely(Aim()).candidates(path, (situation,))
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


def _searches(results: list[RuleResult]) -> Iterator[Dated]:
    """A register that is trusted only until before the release must be searched again."""
    for situation in {id(r.situation): r.situation for r in results}.values():
        latest = _last_stage(situation)
        for register in situation.pack.registers.values():
            last = expiry(register, situation) if register.complete else None
            if last is None or latest is None or last.high >= latest.high:
                continue
            what = f"search the register of {register.title} again and move its as_of"
            state = OVERDUE if latest.high < situation.as_of.low else DUE
            yield latest.low, Due(what, latest.text, state, f"register.{register.name}.as_of")


def _last_stage(situation: Situation) -> Period | None:
    dates = [situation.facts.get(stage).value for stage in STAGES]
    known = [date for date in dates if isinstance(date, Period)]
    return max(known, key=lambda date: date.high, default=None)


def _missing(results: list[RuleResult]) -> Iterator[Dated]:
    """What must be stated before the release, because a blocking rule is open without it."""
    for result in results:
        governing = result.situation.governing
        if result.outcome is not Outcome.UNKNOWN or governing is None:
            continue
        if not FIRST_INSTANT < governing.low < LAST_INSTANT:
            continue
        for path in missing_paths(result):
            spec: FactSpec | None = result.situation.pack.specs.get(path)
            state = OVERDUE if governing.high < result.situation.as_of.low else DUE
            if spec is not None:
                yield (
                    governing.low,
                    Due(f"find out and state: {spec.title}", governing.text, state, path),
                )
