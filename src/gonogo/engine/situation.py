"""Facts seen through a pack at an as-of time: built-in, assumed, derived and filled facts added.

What has not happened by the as-of time counts as not stated here, in one place.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from gonogo.engine.trace import Step
from gonogo.manifests.facts import Cause, Fact, Facts, Origin, Value, unknown
from gonogo.manifests.vocabulary import AS_OF, FIRST_RELEASE, STAGES
from gonogo.packs.language import FactRef, Literal, Operand
from gonogo.packs.policy import ANY, DatedValue, EarliestOf, FilledFrom, Pack, Register, Row, RowOf
from gonogo.values.times import FIRST_INSTANT, Moment, Period, Precision
from gonogo.values.truth import Truth


class Situation(NamedTuple):
    """All that a pack's conditions can read. ``governing`` is None when no release is dated."""

    pack: Pack
    facts: Facts
    as_of: Period
    governing: Period | None
    known: dict[str, Step]  # the definitions evaluated so far: each is evaluated once
    hidden: frozenset[str] = frozenset()  # facts whose values no output may show


def situate(facts: Facts, pack: Pack, as_of: Moment) -> Situation:
    """The facts as the pack sees them at a time."""
    now = as_of_period(as_of, pack)
    placed = {path: _placed(fact, pack) for path, fact in facts.stated.items()}
    placed.update(_assumed(placed, pack))
    placed.update(_not_yet(placed, pack, now))
    placed[AS_OF] = Fact(AS_OF, now, Origin.COMPUTED)
    placed[FIRST_RELEASE] = _first_release([placed[stage] for stage in STAGES])
    for register in pack.registers.values():
        path = f"register.{register.name}.as_of"
        value = register.as_of.period(pack.zone)
        placed[path] = Fact(path, value, Origin.REGISTER, register.span, note=register.name)
    seen = Facts(placed, facts.mentioned, facts.evidence)
    governing = seen.get(pack.governing).value
    period = governing if isinstance(governing, Period) else None
    for derived in pack.derived:
        match derived:
            case EarliestOf(path=path, parts=parts):
                placed[path] = _earliest(path, [seen.get(part) for part in parts])
            case RowOf():
                placed.update((f.path, f) for f in _row_facts(derived, pack, seen, period))
            case FilledFrom():
                placed.update((f.path, f) for f in _filled(derived, seen))
    return Situation(pack, seen, now, period, {})


def as_of_period(as_of: Moment, pack: Pack) -> Period:
    """An exact instant; a bare date is the last second of that day in the pack's zone."""
    if as_of.precision is Precision.INSTANT:
        return as_of.period(pack.zone)
    end = as_of.period(pack.zone).high.replace(microsecond=0)
    return Period(end, end, as_of.text)


def _placed(fact: Fact, pack: Pack) -> Fact:
    if isinstance(fact.value, Moment):
        return fact._replace(value=fact.value.period(pack.zone))
    return fact


def _assumed(placed: dict[str, Fact], pack: Pack) -> dict[str, Fact]:
    """The few facts that are assumed when their key is absent or empty."""
    found = {}
    for path, spec in pack.specs.items():
        if spec.assumed is None:
            continue
        fact = placed.get(path) or unknown(path, Cause.ABSENT)
        if fact.cause not in (Cause.ABSENT, Cause.NULL):
            continue
        if isinstance(spec.assumed, str):
            found[path] = fact._replace(origin=Origin.ASSUMED, note=spec.assumed)
        else:
            found[path] = Fact(path, spec.assumed, Origin.ASSUMED, fact.span)
    return found


def _not_yet(placed: dict[str, Fact], pack: Pack, now: Period) -> dict[str, Fact]:
    """Acts of the government that are dated certainly after the as-of time."""
    found = {}
    for path, spec in pack.specs.items():
        if spec.known_from and path in placed and placed[path].value is not None:
            date = placed.get(spec.known_from)
            if date and isinstance(date.value, Period) and date.value.low > now.high:
                span = placed[path].span
                found[path] = unknown(path, Cause.NOT_YET, span, date.value.text)
    return found


def _first_release(stages: list[Fact]) -> Fact:
    """The interval from the earliest low to the earliest high of the stated stages."""
    for stage in stages:
        if stage.value is None and stage.origin is not Origin.ASSUMED:
            return _computed_unknown(FIRST_RELEASE, stage)
    return _earliest(FIRST_RELEASE, stages)


def _earliest(path: str, facts: list[Fact]) -> Fact:
    """The earliest of the stated facts; with one stated as unknown, no later than the others."""
    dated = [(fact.value, fact) for fact in facts if isinstance(fact.value, Period)]
    hidden = [fact for fact in facts if fact.value is None and not fact.is_silent]
    if hidden and dated:
        high = min(period.high for period, _ in dated)
        last = next(fact for period, fact in dated if period.high == high)
        period = Period(FIRST_INSTANT, high, f"{last.value} or earlier")
        return Fact(path, period, Origin.COMPUTED, last.span, via=(last, *hidden))
    if hidden:
        return _computed_unknown(path, hidden[0])
    if not dated:
        return Fact(path, None, Origin.COMPUTED, cause=Cause.ABSENT)
    stated = tuple(fact for _, fact in dated)
    low = min(period.low for period, _ in dated)
    high = min(period.high for period, _ in dated)
    for period, fact in dated:
        if period.low == low and period.high == high:
            return Fact(path, period, Origin.COMPUTED, fact.span, via=(fact,), earliest_of=stated)
    ends = [next(pair for pair in dated if pair[0].low == low)]
    ends.append(next(pair for pair in dated if pair[0].high == high))
    text = f"{ends[0][0].text} or {ends[1][0].text}"
    via = tuple(fact for _, fact in ends)
    period = Period(low, high, text)
    return Fact(path, period, Origin.COMPUTED, via[0].span, via=via, earliest_of=stated)


def _computed_unknown(path: str, because: Fact) -> Fact:
    return Fact(path, None, Origin.COMPUTED, because.span, Cause.COMPUTED, via=(because,))


def matching_rows(register: Register, match: Mapping[str, Value | None]) -> Iterator[Row]:
    """The rows that fit, whenever they are in force."""
    for row in register.rows:
        if all(_fits(row, name, value) for name, value in match.items()):
            yield row


def in_force(row: Row) -> Period:
    return Period(row.start, row.until, "")


def _fits(row: Row, name: str, value: Value | None) -> bool:
    fact = row.fields.get(name)
    return fact is not None and (fact.value == value or (name == "developer" and fact.value == ANY))


def _row_facts(
    derived: RowOf, pack: Pack, facts: Facts, governing: Period | None
) -> Iterator[Fact]:
    register = pack.registers[derived.register]
    match = {name: value_of(operand, facts) for name, operand in derived.match.items()}
    chosen_later: list[Fact] = []
    if governing is None or None in match.values():
        chosen_later = [f for f in _read_by(derived, pack, facts) if f.cause is Cause.OPEN]
    timed: list[tuple[Row, Truth]] = []
    if governing is not None:
        timed = [(r, governing.within(in_force(r))) for r in matching_rows(register, match)]
    rows = [row for row, truth in timed if truth is not Truth.FALSE]
    certain = [row for row, truth in timed if truth is Truth.TRUE]
    for name in register.fields:
        if name in derived.match:
            continue
        path = f"{derived.path}.{name}"
        if chosen_later:
            yield Fact(path, None, Origin.REGISTER, cause=Cause.OPEN, via=tuple(chosen_later))
        elif certain:
            fact = certain[0].fields.get(name)
            yield (
                _placed(fact, pack)._replace(path=path, note=derived.register)
                if fact
                else unknown(path, Cause.ABSENT)
            )
        else:
            why = f"the row of {derived.register} changes within {governing}" if rows else ""
            cause = Cause.COMPUTED if rows else Cause.NO_ROW
            yield Fact(path, None, Origin.REGISTER, None, cause, why or derived.register)


def _read_by(derived: RowOf, pack: Pack, facts: Facts) -> Iterator[Fact]:
    """The facts that pick a row."""
    yield from facts.get(pack.governing).roots()
    for operand in derived.match.values():
        if isinstance(operand, FactRef):
            yield from facts.get(operand.path).roots()


def value_of(operand: Operand, facts: Facts) -> Value | None:
    match operand:
        case Literal(value=value):
            return None if isinstance(value, Moment) else value
        case FactRef(path=path):
            return facts.get(path).value
        case _:
            return None


def _filled(derived: FilledFrom, facts: Facts) -> Iterator[Fact]:
    """Copies of the source's facts, unless the manifest itself mentions the section."""
    if derived.path in facts.mentioned:
        return
    for path, fact in list(facts.stated.items()):
        if path.startswith(f"{derived.source}."):
            target = derived.path + path.removeprefix(derived.source)
            yield fact._replace(path=target, filled=True)


def value_at(values: tuple[DatedValue, ...], period: Period) -> list[DatedValue | None]:
    """Every dated value that holds somewhere in the period; None for before the first."""
    found: list[DatedValue | None] = []
    if not values or period.low < values[0].start:
        found.append(None)
    for index, dated in enumerate(values):
        ends = values[index + 1].start if index + 1 < len(values) else None
        if dated.start <= period.high and (ends is None or ends > period.low):
            found.append(dated)
    return found
