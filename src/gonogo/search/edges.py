"""The finitely many values of a fact at which an answer can change, read from the packs."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple

from gonogo.engine.evaluate import evaluate, row_fields
from gonogo.engine.situation import Situation
from gonogo.manifests.facts import Value
from gonogo.manifests.leaf import MOST_DAYS
from gonogo.manifests.vocabulary import FIRST_RELEASE, STAGES
from gonogo.packs.language import (
    AnyRow,
    Compare,
    Condition,
    DaysBetween,
    FactRef,
    Operand,
    ParameterRef,
    Subject,
    leaves,
)
from gonogo.packs.policy import EXPIRY, EarliestOf, Pack, Register, Row, RowOf, all_leaves
from gonogo.search.possible import dates_behind, possible_values, record_rows
from gonogo.values.amounts import Amount
from gonogo.values.times import (
    FIRST_INSTANT,
    LAST_INSTANT,
    TICK,
    DayCount,
    Period,
    local_date,
    midnight,
)
from gonogo.values.truth import Truth

_DAY = timedelta(days=1)
_MOST_SHIFT = Decimal(2 * MOST_DAYS)  # more days than lie between any two dates of a manifest


class _Bound(NamedTuple):
    """An end of a date that a leaf sets another date against, and how many days away from it.

    ``method`` is None where nothing is counted.
    """

    end: datetime
    days: Decimal = Decimal(0)
    method: DayCount | None = None

    def dates(self, situation: Situation) -> Iterator[date]:
        """The local dates near which the answer may change."""
        zone = situation.pack.zone
        if self.method is DayCount.ELAPSED:
            yield local_date(self.instant(), zone)
            return
        day = local_date(self.end, zone) + timedelta(days=int(self.days))
        yield from (day - _DAY, day + _DAY) if self.method is DayCount.FULL_DAYS else (day,)

    def instant(self) -> datetime:
        """Where the answer changes if it is no matter of local dates."""
        return self.end + timedelta(microseconds=int(self.days * 86_400_000_000))


def date_edges(path: str, situation: Situation) -> set[date]:
    """Local dates at which some condition may change its answer, each with its neighbours."""
    found: set[date] = set()
    for day in _dates(path, situation):
        found.update((day - _DAY, day, day + _DAY))
    return found


def amount_edges(path: str, situation: Situation) -> set[Decimal]:
    """Numbers that some condition compares the fact with."""
    found: set[Decimal] = set()
    for leaf, register in _compares(situation.pack):
        if register is not None:
            continue
        operands = [o.path for o in leaf.operands if isinstance(o, FactRef)]
        if isinstance(leaf.subject, FactRef) and leaf.subject.path == path:
            values = [each for part in leaf.operands for each in possible_values(part, situation)]
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
    found.update(_lookup_edges(path, situation))
    for bound in _bounds(path, situation):
        if bound.method in (None, DayCount.ELAPSED):
            found.add(bound.instant())
    for stage in STAGES if path in STAGES else ():
        value = situation.facts.get(stage).value
        if stage != path and isinstance(value, Period):
            found.update(_ends(value))
    return found


def affected(path: str, pack: Pack) -> set[str]:
    """The fact and the built-in and derived facts that rest on it."""
    found = {path}
    if path in STAGES:
        found.add(FIRST_RELEASE)
    for derived in pack.derived:
        if isinstance(derived, EarliestOf) and found & set(derived.parts):
            found.add(derived.path)
    return found


def sides(leaf: Compare) -> tuple[set[str], set[str]]:
    """The facts on either side of a comparison, or at either end of a count of days."""
    if isinstance(leaf.subject, DaysBetween):
        return {leaf.subject.start}, {leaf.subject.end}
    left = {leaf.subject.path} if isinstance(leaf.subject, FactRef) else set()
    return left, {operand.path for operand in leaf.operands if isinstance(operand, FactRef)}


def _compares(pack: Pack) -> Iterator[tuple[Compare, Register | None]]:
    """Every comparison; one that reads rows with their register."""
    for leaf in all_leaves(pack):
        if isinstance(leaf, AnyRow) and leaf.register is not None:
            register = pack.registers[leaf.register]
            for inner in leaves(leaf.where):
                if isinstance(inner, Compare) and _reads_row(inner):
                    yield inner, register
        elif isinstance(leaf, Compare) and not _reads_row(leaf):
            yield leaf, None


def _reads_row(leaf: Compare) -> bool:
    return any(path.startswith("row.") for side in sides(leaf) for path in side)


def _dates(path: str, situation: Situation) -> Iterator[date]:
    zone = situation.pack.zone
    moving = affected(path, situation.pack)
    for bound in _bounds(path, situation):
        yield from bound.dates(situation)
    for instant in _lookup_edges(path, situation):
        yield local_date(instant, zone)
    if any(situation.pack.specs[each].known_from for each in moving):
        yield local_date(situation.as_of.high, zone)
    for start in _force_edges(moving, situation):
        yield local_date(start, zone)


def _force_edges(moving: set[str], situation: Situation) -> set[datetime]:
    """Where rules, parameters and waivers begin and end, and rows that derived facts come from."""
    pack = situation.pack
    by_governing = pack.governing in moving
    found: set[datetime] = set()
    for rule in pack.rules:
        if by_governing or moving & {*rule.force_at}:
            found |= {rule.start} if rule.start else set()
            found |= {rule.until + TICK} if rule.until else set()
    if by_governing:
        for parameter in pack.parameters.values():
            found |= {dated.start for dated in parameter.values}
        for waiver in pack.waivers:
            found |= {
                waiver.start.period(pack.zone).low,
                waiver.until.period(pack.zone).high + TICK,
            }
        for derived in pack.derived:
            for row in record_rows(derived, situation) if isinstance(derived, RowOf) else ():
                found.update(_row_ends(row))
    return found


def _bounds(path: str, situation: Situation) -> Iterator[_Bound]:
    """What the conditions set the fact against, or facts that rest on it."""
    moving = affected(path, situation.pack)
    for leaf, register in _compares(situation.pack):
        if isinstance(leaf.subject, DaysBetween):
            yield from _counted(leaf, leaf.subject, register, (path, moving), situation)
            continue
        parts = (leaf.subject, *leaf.operands)
        left, right = sides(leaf)
        if moving & (left | right):
            for part in parts:
                for value in _others(part, (path, moving), register, situation):
                    yield from (_Bound(end) for end in _ends(value))


def _counted(
    leaf: Compare,
    count: DaysBetween,
    register: Register | None,
    moved: tuple[str, set[str]],
    situation: Situation,
) -> Iterator[_Bound]:
    """Where a date stands that is just as many days from another as are asked for."""
    for mine, other, sign in ((count.end, count.start, 1), (count.start, count.end, -1)):
        if mine not in moved[1]:
            continue
        ends = {
            end
            for value in _others(FactRef(other), moved, register, situation)
            for end in _ends(value)
        }
        for part in leaf.operands if ends else ():
            for days in possible_values(part, situation, register):
                for number in {days.low, days.high} if isinstance(days, Amount) else ():
                    if abs(number) <= _MOST_SHIFT:
                        yield from (_Bound(end, sign * number, count.method) for end in ends)


def _others(
    part: Subject | Operand,
    moved: tuple[str, set[str]],
    register: Register | None,
    situation: Situation,
) -> Iterator[Value]:
    """The dates of a part that do not move along with the fact."""
    path, moving = moved
    if isinstance(part, FactRef) and part.path in moving:
        behind = [each for each in dates_behind(part.path, situation.pack) if each != path]
        for each in behind:
            yield from possible_values(FactRef(each), situation)
    elif not isinstance(part, DaysBetween):
        yield from possible_values(part, situation, register)


def _ends(value: Value) -> set[datetime]:
    if not isinstance(value, Period):
        return set()
    return {value.low, value.high} - {FIRST_INSTANT, LAST_INSTANT}


def _row_ends(row: Row) -> Iterator[datetime]:
    if row.start > FIRST_INSTANT:
        yield row.start
    if row.until < LAST_INSTANT:
        yield row.until + TICK


def _lookup_edges(path: str, situation: Situation) -> Iterator[datetime]:
    """Instants at which register rows that concern this release begin or have ended."""
    pack = situation.pack
    moving = affected(path, pack)
    for leaf in all_leaves(pack):
        if not isinstance(leaf, AnyRow) or leaf.register is None:
            continue
        if not moving & {*leaf.at, pack.governing}:
            continue
        register = pack.registers[leaf.register]
        for days in possible_values(ParameterRef(EXPIRY), situation) if register.complete else ():
            if isinstance(days, Amount):
                last = register.as_of.moved(min(int(days.low), MOST_DAYS), pack.zone)
                yield last.period(pack.zone).high + TICK
        always = _changes_with_dates(leaf.where, pack)
        for row in register.rows:
            fits = always or evaluate(leaf.where, situation, row_fields(register, row)).truth
            if fits is not Truth.FALSE:
                yield from _row_ends(row)


def _changes_with_dates(where: Condition, pack: Pack) -> bool:
    """Can a row that does not fit now do so at another date of the release?"""
    dated = (FIRST_RELEASE, *STAGES, *(derived.path for derived in pack.derived))
    sections = tuple(f"{path}." for path in dated)
    for leaf in leaves(where):
        for part in (leaf.subject, *leaf.operands) if isinstance(leaf, Compare) else ():
            if isinstance(part, ParameterRef) or (isinstance(part, FactRef) and part.if_not_stated):
                return True
            if isinstance(part, FactRef) and (part.path in dated or part.path.startswith(sections)):
                return True
    return False
