"""What differs between two packs, apart from where it is written."""

from collections.abc import Iterator
from datetime import datetime

from gonogo.diagnostics import Span
from gonogo.engine.situation import matching_rows
from gonogo.packs.language import (
    All,
    AnyOf,
    AnyRow,
    Compare,
    Condition,
    FactRef,
    Holds,
    Literal,
    NoneOf,
    ParameterRef,
    spelled_out,
)
from gonogo.packs.policy import EXPIRY, EarliestOf, FilledFrom, Pack, Parameter, RowOf
from gonogo.search.roots import Roots, facts_in


def bare(value: object) -> object:
    """A value without the places it was written at: what two files that say the same share."""
    if isinstance(value, Span):
        return None
    if isinstance(value, tuple):
        parts = tuple(bare(part) for part in value)
        return (type(value).__name__, *parts) if hasattr(value, "_fields") else parts
    if isinstance(value, dict):
        return tuple((key, bare(part)) for key, part in sorted(value.items()))
    return value


class Meanings:
    """What the conditions of one pack say and read, each worked out once."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.said: dict[int, tuple[Condition, object]] = {}
        self.read: dict[int, tuple[Condition, frozenset[str]]] = {}

    def of(self, condition: Condition) -> object:
        """What a condition says, with the text of definitions in the place of their names."""
        kept = self.said.get(id(condition))
        if kept is None:  # the condition is kept too, so that its id is not used again
            kept = self.said[id(condition)] = (condition, self._of(condition))
        return kept[1]

    def reads(self, condition: Condition) -> frozenset[str]:
        """What a condition reads: `$parameters`, `register x`, paths of facts and sections."""
        kept = self.read.get(id(condition))
        if kept is None:
            leaves = spelled_out(condition, self.pack.definitions)
            names = frozenset(name for leaf in leaves for name in _read(leaf))
            kept = self.read[id(condition)] = (condition, names)
        return kept[1]

    def _of(self, condition: Condition) -> object:
        match condition:
            case Holds(name=name):
                return self.of(self.pack.definitions[name])
            case All(parts=(only,)) | AnyOf(parts=(only,)):
                return self.of(only)
            case All(parts=parts) | AnyOf(parts=parts) | NoneOf(parts=parts):
                return (type(condition).__name__, *map(self.of, parts))
            case AnyRow(register=register, at=at, where=where):
                return ("AnyRow", register, at, self.of(where))
            case _:
                return bare(condition)


class Changes:
    """An old and a new pack, and what conditions may read that is not the same in both."""

    def __init__(self, old: Pack, new: Pack) -> None:
        self.packs = (old, new)
        self.names = changed_names(old, new)
        self.roots = (Roots(old), Roots(new))
        self.meanings = (Meanings(old), Meanings(new))
        # Where days begin and which date governs is behind everything.
        self.all_differs = (old.zone.key, old.governing) != (new.zone.key, new.governing)

    def dates(self) -> frozenset[datetime]:
        """The dates that only one of the packs has: where a difference is most likely to show."""
        return _dates(self.packs[0]) ^ _dates(self.packs[1])

    def say_the_same(self, old: Condition, new: Condition) -> bool:
        """Are two conditions the same, whatever they read comes to?"""
        return self.meanings[0].of(old) == self.meanings[1].of(new)

    def concern(self, condition: Condition) -> frozenset[str]:
        """What a condition that both packs have reads and that is not the same in both."""
        return self.meanings[0].reads(condition) & self.names

    def untouched(self, old: Condition, new: Condition) -> bool:
        """Must two conditions come to the same answer, on every manifest?"""
        return not self.all_differs and self.say_the_same(old, new) and not self.concern(old)


def changed_names(old: Pack, new: Pack) -> frozenset[str]:
    """What leaves may read that differs: `$parameters`, `register x`, paths of derived facts."""
    found = set()
    for name in {*old.parameters, *new.parameters}:
        if _course(old.parameters.get(name)) != _course(new.parameters.get(name)):
            found.add(f"${name}")
    for name in {*old.registers, *new.registers}:
        if bare(old.registers.get(name)) != bare(new.registers.get(name)):
            found.add(f"register {name}")
    for name in {*old.registers, *new.registers}:
        registers = [pack.registers[name] for pack in (old, new) if name in pack.registers]
        if len({register.as_of for register in registers}) != 1:
            found.add(f"register.{name}.as_of")
    derived_old, derived_new = (
        {derived.path: bare(derived) for derived in pack.derived} for pack in (old, new)
    )
    found |= {p for p in {*derived_old, *derived_new} if derived_old.get(p) != derived_new.get(p)}
    for derived in new.derived:  # in order: each rests only on earlier ones
        match derived:
            case RowOf(path=path) if _rows_of(derived, old) != _rows_of(derived, new):
                found.add(path)
            case RowOf(path=path) if found & set(_matched(derived)):
                found.add(path)
            case FilledFrom(path=path, source=source) if source in found:
                found.add(path)
            case EarliestOf(path=path, parts=parts) if found & set(parts):
                found.add(path)
            case _:
                pass
    return frozenset(found)


def _course(parameter: Parameter | None) -> list[tuple[datetime, object]]:
    """The dates on which a parameter changes, with its value from then on: None is unknown."""
    found: list[tuple[datetime, object]] = []
    for dated in parameter.values if parameter else ():
        value = bare(dated.value)
        if value != (found[-1][1] if found else None):
            found.append((dated.start, value))
    return found


def _matched(derived: RowOf) -> Iterator[str]:
    for operand in derived.match.values():
        if isinstance(operand, FactRef):
            yield from _sections(operand.path)


def _rows_of(derived: RowOf, pack: Pack) -> object:
    """The rows that a derived fact can ever pick."""
    register = pack.registers.get(derived.register)
    fixed = {n: o.value for n, o in derived.match.items() if isinstance(o, Literal)}
    rows = matching_rows(register, fixed) if register else ()
    return register and [bare(row) for row in rows]


def _dates(pack: Pack) -> frozenset[datetime]:
    found = {rule.start for rule in pack.rules} | {rule.until for rule in pack.rules}
    for parameter in pack.parameters.values():
        found |= {dated.start for dated in parameter.values}
    for register in pack.registers.values():
        for row in register.rows:
            found |= {row.start, row.until}
    return frozenset(date for date in found if date is not None)


def _read(leaf: Condition) -> Iterator[str]:
    for path in facts_in(leaf):
        yield from _sections(path)
    match leaf:
        case AnyRow(register=str() as register):
            yield f"register {register}"
            yield f"${EXPIRY}"
        case Compare(subject=subject, operands=operands):
            for part in (subject, *operands):
                if isinstance(part, ParameterRef):
                    yield f"${part.name}"
                elif isinstance(part, FactRef) and part.if_not_stated:
                    yield f"${part.if_not_stated}"
        case _:
            pass


def _sections(path: str) -> Iterator[str]:
    """A path and the sections it lies in: a derived fact may be a whole section."""
    while path:
        yield path
        path = path.rpartition(".")[0]
