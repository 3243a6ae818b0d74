"""What a rule reads, also through definitions and derived facts: each name once, in order."""

from collections.abc import Iterable
from typing import NamedTuple

from gonogo.packs.language import (
    AnyRow,
    Compare,
    Condition,
    DaysBetween,
    Evidenced,
    FactRef,
    Holds,
    Literal,
    Operand,
    ParameterRef,
    SlotKind,
    Stated,
    Template,
    leaves,
)
from gonogo.packs.policy import EXPIRY, EarliestOf, FilledFrom, Pack, RowOf, Rule
from gonogo.values.times import DayCount


class Reach(NamedTuple):
    """The names that a rule rests on, each once and in the order in which it is met."""

    definitions: tuple[str, ...]
    parameters: tuple[str, ...]
    facts: tuple[str, ...]
    registers: tuple[str, ...]
    rows: tuple[RowOf, ...]  # read as facts
    counts: tuple[DayCount, ...]
    leaves: tuple[Condition, ...]


def reach(rule: Rule, pack: Pack) -> Reach:
    """What deciding a rule and printing its sentences takes."""
    walk = _Walk(pack)
    for path in rule.force_at:
        walk.fact(path)
    for condition in (rule.when, rule.require):
        if condition is not None:
            walk.condition(condition)
    for template in (rule.reason, rule.fix):
        walk.slots(template or ())
    return walk.found()


class _Walk:
    """Collects names. A dict keeps the order in which they come."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.definitions: dict[str, None] = {}
        self.parameters: dict[str, None] = {}
        self.facts: dict[str, None] = {}
        self.registers: dict[str, None] = {}
        self.rows: dict[str, RowOf] = {}
        self.counts: dict[DayCount, None] = {}
        self.leaves: list[Condition] = []

    def found(self) -> Reach:
        return Reach(
            tuple(self.definitions),
            tuple(self.parameters),
            tuple(self.facts),
            tuple(self.registers),
            tuple(self.rows.values()),
            tuple(self.counts),
            tuple(self.leaves),
        )

    def condition(self, condition: Condition) -> None:
        for leaf in leaves(condition):
            self.leaves.append(leaf)
            match leaf:
                case Holds(name=name):
                    if name not in self.definitions:
                        self.definitions[name] = None
                        self.condition(self.pack.definitions[name])
                case AnyRow(register=register, at=at):
                    if register is not None:
                        self.register(register)
                        for path in at or (self.pack.governing,):
                            self.fact(path)
                case Stated(path=path) | Evidenced(path=path):
                    self.fact(path)
                case Compare(subject=subject, operands=operands):
                    if isinstance(subject, DaysBetween):
                        self.counts[subject.method] = None
                        self.fact(subject.start)
                        self.fact(subject.end)
                    else:
                        self.operands((subject,))
                    self.operands(operands)
                case _:  # joins are no leaves
                    pass

    def operands(self, operands: Iterable[Operand]) -> None:
        for operand in operands:
            match operand:
                case FactRef(path=path, if_not_stated=fallback):
                    self.fact(path)
                    if fallback:
                        self.parameters[fallback] = None
                case ParameterRef(name=name):
                    self.parameters[name] = None
                case Literal():
                    pass

    def register(self, name: str) -> None:
        self.registers[name] = None
        if self.pack.registers[name].complete:  # such a pack does not load without the parameter
            self.parameters[EXPIRY] = None

    def fact(self, path: str) -> None:
        """A fact, and those that it is derived from. The fields of a row are its register's."""
        if path.startswith("row.") or path in self.facts:
            return
        self.facts[path] = None
        for derived in self.pack.derived:
            match derived:
                case EarliestOf(parts=parts) if derived.path == path:
                    for part in parts:
                        self.fact(part)
                case RowOf() if path.startswith(f"{derived.path}."):
                    self.source(path)
                case FilledFrom(source=source) if path.startswith(f"{derived.path}."):
                    self.source(source + path.removeprefix(derived.path))
                case _:
                    pass

    def source(self, path: str) -> None:
        """What a fact is filled from: the row of a register, or another fact."""
        rows = [
            each
            for each in self.pack.derived
            if isinstance(each, RowOf) and path.startswith(f"{each.path}.")
        ]
        for row in rows:
            self.rows[row.path] = row
            self.registers[row.register] = None
            self.fact(self.pack.governing)
            self.operands(row.match.values())
        if not rows and path in self.pack.specs:
            self.fact(path)

    def slots(self, template: Template) -> None:
        for slot in template:
            if not isinstance(slot, str) and slot.kind is SlotKind.PARAMETER:
                self.parameters[slot.name] = None
            elif not isinstance(slot, str) and slot.kind is SlotKind.FACT:
                self.fact(slot.name)
