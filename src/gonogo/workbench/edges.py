"""The edges of a pack: each side of a number or a date at which something changes."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import NamedTuple

from gonogo.diagnostics import Span
from gonogo.documents.blocks import words
from gonogo.explaining.titles import the
from gonogo.manifests.facts import FactSpec, Kind, Value, show
from gonogo.manifests.vocabulary import FIRST_RELEASE, STAGES
from gonogo.packs.language import (
    Compare,
    DaysBetween,
    FactRef,
    Literal,
    Op,
    Operand,
    ParameterRef,
    Subject,
)
from gonogo.packs.policy import Pack
from gonogo.values.amounts import Amount, exact
from gonogo.values.times import TICK, Moment, midnight
from gonogo.workbench.places import (
    first_in_force,
    is_fixed,
    leaves_of,
    own_rules,
    reads_rows_alone,
    registers_used,
)

ORDERED = (Op.ABOVE, Op.AT_LEAST, Op.BELOW, Op.AT_MOST)
TIMED = (Op.BEFORE, Op.NOT_AFTER, Op.AFTER, Op.NOT_BEFORE)
DAY = timedelta(days=1)

# The sides, as reports for programs name them.
BELOW, AT, ABOVE = "below", "at", "above"
BEFORE, SAME_TIME, AFTER = "before", "at the same time", "after"
BEFORE_FROM, AT_FROM = "the day before `from`", "at `from`"
BEFORE_UNTIL, AT_UNTIL = "the day before `until`", "at `until`"


class Edge(NamedTuple):
    """One side of a number or a date at which something changes.

    ``side`` is one of the words above; ``shown`` names the number or the date, for a person.
    """

    owner: str
    side: str
    span: Span
    shown: str
    instant: datetime | None = None  # of a date: when something begins to be otherwise


def edges_of(pack: Pack, parent: Pack | None) -> list[Edge]:
    """Every side of every number and date of the pack that a test should stand at."""
    found = [
        Edge(leaf.owner, side, leaf.condition.span, shown)
        for leaf in leaves_of(pack, parent)
        if isinstance(leaf.condition, Compare)
        for side, shown in _sides(leaf.condition, pack)
    ]
    first = first_in_force(pack.rules)
    around = _Around(pack)
    for rule in own_rules(pack):
        found += around.start(rule.id, rule.span, rule.start, None)
        found += around.end(rule.id, rule.span, rule.until, None)
    for parameter in pack.parameters.values():
        for dated in parameter.values:
            if dated.pack == pack.id:
                found += around.start(f"${parameter.name}", dated.span, dated.start, first)
    for register in registers_used(pack):
        if register.pack == pack.id:
            for row in register.rows:
                name = f"register {register.name}"
                found += around.start(name, row.span, row.start, first)
                found += around.end(name, row.span, row.until, first)
    return found


class _Around(NamedTuple):
    """The last day before a date and the day itself, unless no rule is in force on either."""

    pack: Pack

    def start(
        self, owner: str, span: Span, start: datetime | None, first: datetime | None
    ) -> Iterator[Edge]:
        if start is not None and _matters(start, first):
            before, day = _days(start, self.pack)
            yield Edge(owner, BEFORE_FROM, span, f"{before} (the day before `from`)", start)
            yield Edge(owner, AT_FROM, span, f"{day} (`from`)", start)

    def end(
        self, owner: str, span: Span, until: datetime | None, first: datetime | None
    ) -> Iterator[Edge]:
        """``until`` is the last instant in force."""
        if until is not None and _matters(until + TICK, first):
            edge = until + TICK
            last, after = _days(edge, self.pack)
            yield Edge(owner, BEFORE_UNTIL, span, f"{last} (`until`)", edge)
            yield Edge(owner, AT_UNTIL, span, f"{after} (the day after `until`)", edge)


def _matters(edge: datetime, first: datetime | None) -> bool:
    return edge.year not in (1, 9999) and (first is None or edge > first)


def _days(edge: datetime, pack: Pack) -> tuple[str, str]:
    """The day that ends with an edge and the one that begins; or the instant that it is."""
    local = edge.astimezone(pack.zone)
    day = local.date()
    if midnight(datetime.combine(day, time.min), pack.zone) == edge:
        return (day - DAY).isoformat(), day.isoformat()
    instant = local.isoformat(timespec="seconds")
    return f"the day up to {instant}", f"the day from {instant} on"


def _sides(leaf: Compare, pack: Pack) -> Iterator[tuple[str, str]]:
    """The sides of what a leaf compares with, each with the number, level or order meant."""
    if reads_rows_alone(leaf) or (isinstance(leaf.subject, ParameterRef) and is_fixed(leaf)):
        return  # no manifest can stand anywhere but where the pack's own values do
    if leaf.op in TIMED:
        yield from _orders(leaf, pack)
    elif leaf.op in ORDERED and leaf.spec.kind is Kind.LEVEL:
        yield from _beside_levels(leaf, pack)
    elif leaf.op in ORDERED:
        reached = _reached(leaf)
        yield from (each for each in _beside_numbers(leaf, pack) if each[0] in reached)


def _orders(leaf: Compare, pack: Pack) -> Iterator[tuple[str, str]]:
    """A stage of the release is never before the first release, of which it is one."""
    paths = [p.path for p in (leaf.subject, *leaf.operands) if isinstance(p, FactRef)]
    sides = [BEFORE, SAME_TIME, AFTER]
    if len(paths) == 2 and paths[0] in STAGES and paths[1] == FIRST_RELEASE:
        sides = sides[1:]
    if len(paths) == 2 and paths[1] in STAGES and paths[0] == FIRST_RELEASE:
        sides = sides[:2]
    subject, other = (_called(part, leaf.spec, pack) for part in (leaf.subject, leaf.operands[0]))
    for side in sides:
        yield side, f"{subject} {'at the same time as' if side == SAME_TIME else side} {other}"


def _beside_numbers(leaf: Compare, pack: Pack) -> Iterator[tuple[str, str]]:
    """Days are whole, so the numbers beside one are known; other numbers lie close together."""
    known = [bound for bound in _bounds(leaf, pack) if isinstance(bound, Amount)]
    if not known:
        named = " or ".join(_called(operand, leaf.spec, pack) for operand in leaf.operands)
        yield from ((BELOW, f"below {named}"), (AT, f"exactly {named}"), (ABOVE, f"above {named}"))
        return
    if leaf.spec.kind is Kind.DAYS:
        for side, step in ((BELOW, -1), (AT, 0), (ABOVE, 1)):
            yield side, _either([show(exact(each.low + step), leaf.spec) for each in known])
        return
    shown = _either([show(bound, leaf.spec) for bound in known])
    yield from ((BELOW, f"less than {shown}"), (AT, shown), (ABOVE, f"more than {shown}"))


def _reached(leaf: Compare) -> tuple[str, ...]:
    """The sides of a number on which a manifest can stand: none states less than 0 of anything."""
    bounds = [o.value for o in leaf.operands if isinstance(o, Literal)]
    lowest = max((bound.low for bound in bounds if isinstance(bound, Amount)), default=None)
    if not isinstance(leaf.subject, FactRef) or lowest is None or lowest > 0:
        return BELOW, AT, ABOVE
    return (AT, ABOVE) if lowest == 0 and not leaf.spec.positive else (ABOVE,)


def _beside_levels(leaf: Compare, pack: Pack) -> Iterator[tuple[str, str]]:
    """The level that is compared with and the next ones; none below the lowest."""
    choices = leaf.spec.choices
    bounds = [level for level in _bounds(leaf, pack) if level in choices]
    places = [choices.index(str(level)) for level in bounds] or list(range(len(choices)))
    for side, step in ((BELOW, -1), (AT, 0), (ABOVE, 1)):
        found = [choices[at + step] for at in places if 0 <= at + step < len(choices)]
        if found:
            yield side, _either(found)


def _either(shown: list[str]) -> str:
    return " or ".join(dict.fromkeys(shown))


def _bounds(leaf: Compare, pack: Pack) -> Iterator[Value | Moment | None]:
    """The values that a leaf can be compared with, as far as the pack itself holds them."""
    for operand in leaf.operands:
        match operand:
            case Literal(value=value):
                yield value
            case ParameterRef(name=name):
                yield from (dated.value for dated in pack.parameters[name].values)
            case FactRef():
                pass


def _called(part: Subject | Operand, spec: FactSpec, pack: Pack) -> str:
    match part:
        case FactRef(path=path):
            return words(the(path, pack))
        case ParameterRef(name=name):
            return f"${name}"
        case Literal(value=value):
            return show(value, spec)
        case DaysBetween():
            return "the days"
