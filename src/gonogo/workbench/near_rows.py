"""Manifests at hand, moved to where a register row differs between two packs.

Rows change every week, and few tests of a pack lie near the newest. A test of another developer,
or of another date, is often all that it takes to show what a row does.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from gonogo.engine.situation import in_force, situate
from gonogo.manifests.facts import Fact, Facts, Origin, Value
from gonogo.manifests.leaf import MOST_DAYS
from gonogo.packs.language import FactRef, Literal
from gonogo.packs.policy import ANY, FilledFrom, Pack, Row, RowOf
from gonogo.search.changes import Changes, bare
from gonogo.values.times import FIRST_INSTANT, LAST_INSTANT, Moment, local_date
from gonogo.values.truth import Truth

_MOST = 2_000


class Seed(NamedTuple):
    """A manifest that exists already, from the tests of a pack, and the time to judge it at."""

    facts: Facts
    as_of: Moment

    def says(self) -> object:
        """All that it says, wherever it is written."""
        stated = frozenset(bare(fact) for fact in self.facts.stated.values())
        return stated, self.facts.mentioned, bare(self.facts.evidence), self.as_of


def with_near_rows(seeds: Iterable[Seed], changes: Changes) -> list[Seed]:
    """Each seed once, then as it would be near each row that only one of the packs has."""
    own = distinct(seeds)
    return own + distinct(islice(_near_rows(own, changes), _MOST))


def distinct(seeds: Iterable[Seed]) -> list[Seed]:
    """Each once, of those that say the same."""
    return list({seed.says(): seed for seed in seeds}.values())


def _near_rows(seeds: Sequence[Seed], changes: Changes) -> Iterator[Seed]:
    rows = [
        (pack, derived, row)
        for pack, other in (changes.packs, changes.packs[::-1])
        for derived in pack.derived
        if isinstance(derived, RowOf)
        for row in _only_here(derived, pack, other)
    ]
    for row in rows:
        for seed in seeds:
            yield from _moved(seed, *row)


def _only_here(derived: RowOf, pack: Pack, other: Pack) -> Iterator[Row]:
    """The rows that the derived fact may read and that the other pack does not have."""
    there = other.registers.get(derived.register)
    known = {bare(row) for row in there.rows} if there else set()
    for row in pack.registers[derived.register].rows:
        if bare(row) not in known and all(
            not isinstance(operand, Literal) or _of(row, name) == operand.value
            for name, operand in derived.match.items()
        ):
            yield row


def _of(row: Row, name: str) -> Value | None:
    return row.fields[name].value if name in row.fields else None


def _moved(seed: Seed, pack: Pack, derived: RowOf, row: Row) -> Iterator[Seed]:
    """The seed about whom the row is, on the row's days; silent where this row or any speaks."""
    filled = {each.path: each.source for each in pack.derived if isinstance(each, FilledFrom)}
    by_row = frozenset(path for path, source in filled.items() if source == derived.path)
    for silent in dict.fromkeys((by_row, frozenset(filled))):
        facts = _of_whom(seed.facts, derived, row, silent)
        for days in _days_to(row, facts, pack, seed.as_of):
            later = [
                fact._replace(value=fact.value.moved(days, pack.zone))
                for fact in facts.stated.values()
                if isinstance(fact.value, Moment)
            ]
            stated = {**facts.stated, **{fact.path: fact for fact in later}}
            yield Seed(facts._replace(stated=stated), seed.as_of.moved(days, pack.zone))


def _of_whom(facts: Facts, derived: RowOf, row: Row, silent: frozenset[str]) -> Facts:
    """The facts by which the row is picked, and nothing of some sections."""
    stated = {
        path: fact for path, fact in facts.stated.items() if path.rpartition(".")[0] not in silent
    }
    for name, operand in derived.match.items():
        value = _of(row, name)
        if isinstance(operand, FactRef) and value is not None and value != ANY:
            stated[operand.path] = Fact(operand.path, value, Origin.MANIFEST)
    return Facts(stated, facts.mentioned - silent, facts.evidence)


def _days_to(row: Row, facts: Facts, pack: Pack, as_of: Moment) -> set[int]:
    """By how many days a manifest may move to be governed by one of a row's days.

    These are its first, on which something may have been signed, the next, and its last.
    """
    governing = situate(facts, pack, as_of).governing
    if governing is None:
        return set()
    if governing.within(in_force(row)) is Truth.TRUE:
        return {0}
    here = local_date(governing.low, pack.zone)
    first, last = ((local_date(edge, pack.zone) - here).days for edge in (row.start, row.until))
    found = {first, first + 1} if row.start > FIRST_INSTANT else set()
    found |= {last} if row.until < LAST_INSTANT else set()
    return {days for days in found if abs(days) <= MOST_DAYS}
