"""Mutants of a pack: each differs in one small thing that its tests should notice."""

from collections.abc import Iterator
from collections.abc import Mapping as ReadOnly
from datetime import datetime, timedelta
from typing import NamedTuple

from gonogo.diagnostics import Span
from gonogo.manifests.facts import Value
from gonogo.packs.language import Condition
from gonogo.packs.policy import (
    DatedValue,
    EarliestOf,
    Pack,
    Parameter,
    Profile,
    Register,
    Row,
    Rule,
    RuleClass,
)
from gonogo.values.amounts import Amount
from gonogo.values.times import TICK, midnight
from gonogo.workbench.dependents import Dependents
from gonogo.workbench.places import first_in_force, own_rules, registers_used, used_definitions
from gonogo.workbench.rewrites import Rewrite, as_list, levels_beside, neighbours, rewrites


class Mutant(NamedTuple):
    """A pack with one thing changed.

    ``change`` says what, in words that stay the same when lines move; ``rules`` are the keys of the
    rules that may come out otherwise. ``reads_anew`` is set where the facts themselves may differ.
    """

    change: str
    span: Span
    pack: Pack
    rules: frozenset[str]
    reads_anew: bool = False
    removed: Condition | None = None  # the part of a condition that it lacks
    swaps_class: bool = False


def mutants(pack: Pack, parent: Pack | None, profiles: ReadOnly[str, Profile]) -> Iterator[Mutant]:
    """Every mutant of what the pack itself adds, in the order of its files."""
    dependents = Dependents(pack)
    for name in used_definitions(pack, parent):
        for made in rewrites(pack.definitions[name], name):
            changed = pack._replace(definitions={**pack.definitions, name: as_list(made.condition)})
            change = f"{made.at}: {made.how}"
            rules = dependents.of_definition(name)
            yield Mutant(change, made.changed.span, changed, rules, removed=_removed(made))
    for rule in own_rules(pack):
        yield from _of_rule(rule, pack, profiles)
    for parameter in pack.parameters.values():
        yield from _of_parameter(parameter, pack, dependents)
    for register in registers_used(pack):
        if register.pack == pack.id:
            yield from _of_register(register, pack)
    own = [d for d in pack.derived if parent is None or d not in parent.derived]
    for derived in own:
        if isinstance(derived, EarliestOf):
            yield from _of_earliest(derived, pack, dependents)


def _of_rule(rule: Rule, pack: Pack, profiles: ReadOnly[str, Profile]) -> Iterator[Mutant]:
    def mutant(change: str, span: Span, changed: Rule, removed: Condition | None = None) -> Mutant:
        rules = tuple(changed if other is rule else other for other in pack.rules)
        new = pack._replace(rules=rules)
        return Mutant(change, span, new, frozenset([rule.key]), removed=removed)

    for made in rewrites(rule.when, f"{rule.id}/when"):
        changed = rule._replace(when=as_list(made.condition))
        yield mutant(f"{made.at}: {made.how}", made.changed.span, changed, _removed(made))
    for made in rewrites(rule.require, f"{rule.id}/require") if rule.require else ():
        changed = rule._replace(require=as_list(made.condition))
        yield mutant(f"{made.at}: {made.how}", made.changed.span, changed, _removed(made))
    for moved, how in _moves(rule.start, pack, None, is_end=False):
        yield mutant(f"{rule.id}/in_force: from {how}", rule.span, rule._replace(start=moved))
    for moved, how in _moves(rule.until, pack, None, is_end=True):
        yield mutant(f"{rule.id}/in_force: until {how}", rule.span, rule._replace(until=moved))
    for other in _classes_beside(rule.rule_class, profiles):
        if rule.require is not None:
            said = f"{rule.id}/class: {rule.rule_class.value} becomes {other.value}"
            changed = rule._replace(rule_class=other)
            yield mutant(said, rule.span, changed)._replace(swaps_class=True)


def _removed(made: Rewrite) -> Condition | None:
    return made.changed if made.how == "dropped" else None


def _classes_beside(given: RuleClass, profiles: ReadOnly[str, Profile]) -> Iterator[RuleClass]:
    """The next weaker and the next stronger class that some profile treats otherwise."""
    classes = list(RuleClass)
    index = classes.index(given)
    for direction in (classes[index + 1 :], classes[:index][::-1]):
        for other in direction:
            if any(p.effects[other] is not p.effects[given] for p in profiles.values()):
                yield other
                break


def _of_parameter(parameter: Parameter, pack: Pack, dependents: Dependents) -> Iterator[Mutant]:
    rules = dependents.of_parameter(parameter.name)
    first = first_in_force([rule for rule in pack.rules if rule.key in rules])

    def mutant(change: str, index: int, changed: DatedValue) -> Mutant:
        dated = parameter.values[index]
        values = (*parameter.values[:index], changed, *parameter.values[index + 1 :])
        new = {**pack.parameters, parameter.name: parameter._replace(values=values)}
        said = f"${parameter.name} from {dated.day}: {change}"
        return Mutant(said, dated.span, pack._replace(parameters=new), rules)

    for index, dated in enumerate(parameter.values):
        if dated.pack != pack.id or not rules:
            continue
        for value in _values_beside(dated.value, dependents.levels_of(parameter.name)):
            yield mutant(
                f"{_shown(dated.value)} becomes {_shown(value)}", index, dated._replace(value=value)
            )
        for moved, how in _moves(dated.start, pack, first, is_end=False):
            yield mutant(how, index, dated._replace(start=moved))


def _shown(value: Value | None) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _values_beside(value: Value | None, levels: tuple[str, ...]) -> list[Value]:
    match value:
        case bool():
            return [not value]
        case Amount():
            return list(neighbours(value))
        case str() if value in levels:
            return list(levels_beside(value, levels))
        case _:
            return []


def _of_register(register: Register, pack: Pack) -> Iterator[Mutant]:
    rules = frozenset(rule.key for rule in pack.rules)
    first = first_in_force(pack.rules)

    def mutant(change: str, row: Row, changed: Row | None) -> Mutant:
        rows = [changed if other is row else other for other in register.rows]
        kept = tuple(other for other in rows if other is not None)
        new = {**pack.registers, register.name: register._replace(rows=kept)}
        return Mutant(change, row.span, pack._replace(registers=new), rules, reads_anew=True)

    for number, row in enumerate(register.rows, 1):
        name = f"{register.name}/row.{number}"
        yield mutant(f"{name}: dropped", row, None)
        for moved, how in _moves(row.start, pack, first, is_end=False):
            yield mutant(f"{name}: from {how}", row, row._replace(start=moved))
        for moved, how in _moves(row.until, pack, first, is_end=True):
            yield mutant(f"{name}: until {how}", row, row._replace(until=moved))


def _of_earliest(derived: EarliestOf, pack: Pack, dependents: Dependents) -> Iterator[Mutant]:
    rules = dependents.of_fact(derived.path)
    for part in derived.parts if rules else ():
        kept = derived._replace(parts=tuple(other for other in derived.parts if other != part))
        changed = tuple(kept if other is derived else other for other in pack.derived)
        said = f"{derived.path}/earliest_of: `{part}` dropped"
        new = pack._replace(derived=changed)
        yield Mutant(said, Span(pack.id), new, rules, reads_anew=True)


def _moves(
    instant: datetime | None, pack: Pack, first: datetime | None, *, is_end: bool
) -> Iterator[tuple[datetime, str]]:
    """A date one day earlier and later; an exact instant by one second.

    Nothing is in force before ``first``, so a date is not moved about there.
    """
    if instant is None or instant.year in (1, 9999):
        return
    edge = instant + TICK if is_end else instant
    local = edge.astimezone(pack.zone).replace(tzinfo=None)
    whole = midnight(local.replace(hour=0, minute=0, second=0, microsecond=0), pack.zone) == edge
    for sign, word in ((-1, "earlier"), (1, "later")):
        step = timedelta(days=sign) if whole else timedelta(seconds=sign)
        moved = midnight(local + step, pack.zone) if whole else edge + step
        if first is None or max(moved, edge) > first:
            yield moved - TICK if is_end else moved, f"one {'day' if whole else 'second'} {word}"
