"""The finitely many values of a fact at which an answer can change, read from the packs."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from gonogo.engine.evaluate import evaluate, row_fields
from gonogo.engine.situation import Situation, matching_rows, value_of
from gonogo.manifests.leaf import MOST_DAYS
from gonogo.manifests.vocabulary import FIRST_RELEASE, STAGES
from gonogo.packs.language import (
    AnyRow,
    Compare,
    DaysBetween,
    FactRef,
    Literal,
    Operand,
    ParameterRef,
)
from gonogo.packs.policy import EXPIRY, EarliestOf, Row, RowOf
from gonogo.packs.walks import all_leaves
from gonogo.values.amounts import Amount
from gonogo.values.times import (
    FIRST_INSTANT,
    LAST_INSTANT,
    TICK,
    Moment,
    Period,
    local_date,
    midnight,
)
from gonogo.values.truth import Truth
from gonogo.values.value import Value


def date_edges(path: str, situation: Situation) -> set[date]:
    """Local dates at which some condition may change its answer, each with its neighbours."""
    found: set[date] = set()
    for day in _dates(_affected(path, situation), situation):
        found.update((day - timedelta(days=1), day, day + timedelta(days=1)))
    return found


def amount_edges(path: str, situation: Situation) -> set[Decimal]:
    """Numbers that some condition compares the fact with."""
    found: set[Decimal] = set()
    for leaf in _compares(situation):
        operands = [o.path for o in leaf.operands if isinstance(o, FactRef)]
        if isinstance(leaf.subject, FactRef) and leaf.subject.path == path:
            values = [each for part in leaf.operands for each in _values(part, situation)]
        elif path in operands:
            measured = evaluate(leaf, situation).actual
            values = [] if measured is None else [measured]
        else:
            continue
        for value in values:
            if isinstance(value, Amount):
                found.update((value.low, value.high))
    return found


def instant_edges(path: str, situation: Situation) -> set[datetime]:
    """Instants at which some condition on the fact may change its answer."""
    zone = situation.pack.zone
    found = {midnight(datetime.combine(day, time()), zone) for day in date_edges(path, situation)}
    found |= _lookup_edges(path, situation)
    affected = _affected(path, situation)
    for leaf in _compares(situation):
        for period, shift in _partners(leaf, affected, situation):
            if not shift:
                found |= {period.low, period.high}
    for stage in STAGES if path in STAGES else ():
        value = situation.facts.get(stage).value
        if stage != path and isinstance(value, Period):
            found |= {value.low, value.high}
    return found


def _lookup_edges(path: str, situation: Situation) -> set[datetime]:
    """Instants at which register rows that concern this release begin or have ended."""
    found: set[datetime] = set()
    affected = _affected(path, situation)
    for leaf in all_leaves(situation.pack):
        if isinstance(leaf, AnyRow) and affected & {*leaf.at, situation.pack.governing}:
            found.update(_row_edges(leaf, situation))
    return found


def _affected(path: str, situation: Situation) -> set[str]:
    """The fact and the built-in and derived facts that rest on it."""
    found = {path}
    if path in STAGES:
        found.add(FIRST_RELEASE)
    for derived in situation.pack.derived:
        if isinstance(derived, EarliestOf) and found & set(derived.parts):
            found.add(derived.path)
    return found


def _compares(situation: Situation) -> Iterator[Compare]:
    for leaf in all_leaves(situation.pack):
        if isinstance(leaf, Compare) and not _reads_row(leaf):
            yield leaf


def _reads_row(leaf: Compare) -> bool:
    refs = [part for part in (leaf.subject, *leaf.operands) if isinstance(part, FactRef)]
    return any(ref.path.startswith("row.") for ref in refs)


def _dates(affected: set[str], situation: Situation) -> Iterator[date]:
    zone = situation.pack.zone
    for leaf in _compares(situation):
        for period, shift in _partners(leaf, affected, situation):
            for end in {period.low, period.high} - {FIRST_INSTANT}:
                yield local_date(end, zone) + timedelta(days=shift)
    for path in affected:
        for instant in _lookup_edges(path, situation):
            yield local_date(instant, zone)
    if any(situation.pack.specs[path].known_from for path in affected):
        yield local_date(situation.as_of.high, zone)
    if situation.pack.governing in affected:
        starts = [rule.start for rule in situation.pack.rules]
        starts += [rule.until and rule.until + TICK for rule in situation.pack.rules]
        for parameter in situation.pack.parameters.values():
            starts += [dated.start for dated in parameter.values]
        starts += _record_edges(situation)
        for start in {start for start in starts if start is not None}:
            yield local_date(start, zone)


def _record_edges(situation: Situation) -> Iterator[datetime]:
    """Where the register row changes that a derived fact is read from."""
    for derived in situation.pack.derived:
        if isinstance(derived, RowOf):
            register = situation.pack.registers[derived.register]
            match = {name: value_of(o, situation.facts) for name, o in derived.match.items()}
            known = {name: value for name, value in match.items() if value is not None}
            for row in matching_rows(register, known):
                yield from _ends(row)


def _ends(row: Row) -> Iterator[datetime]:
    if row.start > FIRST_INSTANT:
        yield row.start
    if row.until < LAST_INSTANT:
        yield row.until + TICK


def _partners(
    leaf: Compare, affected: set[str], situation: Situation
) -> Iterator[tuple[Period, int]]:
    """The dates that a leaf sets a date against, with the days between that would be enough."""
    subject = leaf.subject
    if isinstance(subject, DaysBetween):
        for mine, other, sign in (
            (subject.end, subject.start, 1),
            (subject.start, subject.end, -1),
        ):
            value = situation.facts.get(other).value
            if mine in affected and other not in affected and isinstance(value, Period):
                bounds = [each for part in leaf.operands for each in _values(part, situation)]
                for bound in bounds:
                    if isinstance(bound, Amount) and abs(bound.high) <= MOST_DAYS:
                        yield value, sign * int(bound.high)
        return
    paths = [subject.path] if isinstance(subject, FactRef) else []
    paths += [operand.path for operand in leaf.operands if isinstance(operand, FactRef)]
    if affected & set(paths):
        for path in set(paths) - affected:
            value = situation.facts.get(path).value
            if isinstance(value, Period):
                yield value, 0


def _values(operand: Operand, situation: Situation) -> list[Value]:
    """What an operand is, or may be at another date: a parameter counts with all its values."""
    match operand:
        case Literal(value=value):
            return [] if isinstance(value, Moment) else [value]
        case ParameterRef(name=name):
            values = situation.pack.parameters[name].values
            return [dated.value for dated in values if dated.value is not None]
        case FactRef(path=path, if_not_stated=fallback):
            stated = situation.facts.get(path).value
            if stated is None and fallback:
                return _values(ParameterRef(fallback), situation)
            return [] if stated is None else [stated]


def _row_edges(leaf: AnyRow, situation: Situation) -> Iterator[datetime]:
    if leaf.register is None:
        return
    register = situation.pack.registers[leaf.register]
    for days in _values(ParameterRef(EXPIRY), situation) if register.complete else ():
        if isinstance(days, Amount):
            last = register.as_of.moved(min(int(days.low), MOST_DAYS), situation.pack.zone)
            yield last.period(situation.pack.zone).high + TICK
    for row in register.rows:
        where = evaluate(leaf.where, situation, row_fields(register, row))
        if where.truth is not Truth.FALSE:
            yield from _ends(row)
