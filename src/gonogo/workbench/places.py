"""What there is to test in a pack: its rules and registers, its leaves with their answers."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from gonogo.engine.situation import matching_rows
from gonogo.packs.language import (
    AnyRow,
    Compare,
    Condition,
    Evidenced,
    FactRef,
    Holds,
    Literal,
    Op,
    ParameterRef,
    Stated,
)
from gonogo.packs.policy import Pack, Register, RowOf, Rule
from gonogo.packs.walks import leaves
from gonogo.values.times import Moment, Precision, parse_moment
from gonogo.values.truth import Truth

_SOME_DAY = Moment("2026-06-02", Precision.DAY, datetime(2026, 6, 2))  # noqa: DTZ001 - a local day


class Leaf(NamedTuple):
    """A condition without parts, with the rule or definition it stands in."""

    owner: str
    condition: Condition
    possible: tuple[Truth, ...]


def own_rules(pack: Pack) -> list[Rule]:
    """The rules that a pack adds; what it inherits is tested where it was written."""
    return [rule for rule in pack.rules if rule.pack == pack.id]


def used_definitions(pack: Pack, parent: Pack | None) -> list[str]:
    """The pack's own definitions that some rule rests on, in file order."""
    used: set[str] = set()

    def visit(condition: Condition) -> None:
        for leaf in leaves(condition):
            if isinstance(leaf, Holds) and leaf.name not in used:
                used.add(leaf.name)
                visit(pack.definitions[leaf.name])

    for rule in pack.rules:
        for part in (rule.when, rule.require):
            if part is not None:
                visit(part)
    inherited = parent.definitions if parent else {}
    return [name for name in pack.definitions if name in used and name not in inherited]


def roots(pack: Pack, parent: Pack | None) -> Iterator[tuple[str, Condition]]:
    """Every condition that the pack adds, with the name of what it belongs to."""
    for name in used_definitions(pack, parent):
        yield name, pack.definitions[name]
    for rule in own_rules(pack):
        for part in (rule.when, rule.require):
            if part is not None:
                yield rule.id, part


def leaves_of(pack: Pack, parent: Pack | None) -> list[Leaf]:
    return [
        Leaf(owner, leaf, _possible(leaf, pack))
        for owner, root in roots(pack, parent)
        for leaf in leaves(root)
        if not isinstance(leaf, Holds)
    ]


def _possible(leaf: Condition, pack: Pack) -> tuple[Truth, ...]:
    """The answers a leaf can give at all."""
    match leaf:
        case Stated() | Evidenced() | AnyRow(register=None):
            return (Truth.TRUE, Truth.FALSE)
        case Compare(subject=ParameterRef(name=name), operands=operands):
            values = {dated.value for dated in pack.parameters[name].values if not dated.ended}
            wanted = {o.value for o in operands if isinstance(o, Literal)}
            if leaf.op is Op.EQUALS and len(wanted) == len(operands):
                known = [Truth.TRUE] if values & wanted else []
                known += [Truth.FALSE] if values - wanted - {None} else []
                return (*known, Truth.UNKNOWN)
        case Compare(subject=FactRef(path=path)) if (rows := _on_record(path, pack)) is not None:
            wanted = {o.value for o in leaf.operands if isinstance(o, Literal)}
            if leaf.op in (Op.EQUALS, Op.ONE_OF) and len(wanted) == len(leaf.operands):
                known = [Truth.TRUE] if rows & wanted else []
                known += [Truth.FALSE] if rows - wanted else []
                return (*known, Truth.UNKNOWN)
        case Compare(subject=FactRef(path=path), operands=operands):
            fixed = path in pack.specs and not pack.specs[path].may_be_unknown
            if fixed and all(isinstance(operand, Literal) for operand in operands):
                return (Truth.TRUE, Truth.FALSE)
        case _:
            pass
    return (Truth.TRUE, Truth.FALSE, Truth.UNKNOWN)


def _on_record(path: str, pack: Pack) -> set[object] | None:
    """What the rows of a register say of a fact that is read from one; None for other facts."""
    section, _, field = path.rpartition(".")
    for derived in pack.derived:
        if isinstance(derived, RowOf) and derived.path == section:
            fixed = {n: o.value for n, o in derived.match.items() if isinstance(o, Literal)}
            rows = matching_rows(pack.registers[derived.register], fixed)
            return {row.fields[field].value for row in rows if field in row.fields}
    return None


def first_in_force(rules: Sequence[Rule]) -> datetime | None:
    """Before this none of the rules is in force; None if one always was."""
    starts = [rule.start for rule in rules]
    known = [start for start in starts if start is not None]
    return min(known) if known and len(known) == len(starts) else None


def latest_day(packs: Sequence[Pack]) -> Moment:
    """The last day on which somebody looked at the packs: when their registers are fresh.

    The as-of time of searches that are given none, so that their answers do not hang on the clock.
    """
    days = [register.as_of for pack in packs for register in pack.registers.values()]
    reviewed = [parse_moment(pack.identity.reviewed_on) for pack in packs]
    days += [day for day in reviewed if isinstance(day, Moment)]
    whole = [day for day in days if day.precision is Precision.DAY]
    return max(whole, key=lambda day: day.start, default=_SOME_DAY)


def registers_used(pack: Pack) -> list[Register]:
    """The registers whose rows some condition or derived fact reads."""
    names = {derived.register for derived in pack.derived if isinstance(derived, RowOf)}
    conditions = [part for rule in pack.rules for part in (rule.when, rule.require) if part]
    for condition in (*conditions, *pack.definitions.values()):
        for leaf in leaves(condition):
            if isinstance(leaf, AnyRow) and leaf.register:
                names.add(leaf.register)
    return [register for name, register in pack.registers.items() if name in names]
