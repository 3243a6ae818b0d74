"""The one interpreter of conditions: a condition and a situation to a step of the trace.

Total: every condition gets a step, no part is skipped, and nothing here raises on data.
"""

from gonogo.engine.comparisons import compare, compare_with_earliest
from gonogo.engine.situation import Situation, in_force, value_at
from gonogo.engine.trace import ParameterReading, RowStep, Step
from gonogo.manifests.facts import Cause, Evidence, EvidenceState, Fact, Origin, Value
from gonogo.manifests.leaf import MOST_DAYS
from gonogo.packs.language import (
    All,
    AnyOf,
    AnyRow,
    Compare,
    Condition,
    DaysBetween,
    Evidenced,
    FactRef,
    Holds,
    Literal,
    NoneOf,
    Op,
    Operand,
    ParameterRef,
    Stated,
    Subject,
)
from gonogo.packs.policy import ANY, EXPIRY, Register, Row
from gonogo.values.amounts import Amount
from gonogo.values.names import nearly_same_id
from gonogo.values.times import Moment, Period, days_between
from gonogo.values.truth import Truth, all_of, any_of, negate, truth_of

RowFields = dict[str, Fact]

_IN_LISTS = (Op.ONE_OF, Op.CONTAINS, Op.OVERLAPS)


def evaluate(condition: Condition, situation: Situation, row: RowFields | None = None) -> Step:
    """The truth of a condition, with its trace. ``row`` is set inside an any_row."""
    match condition:
        case Compare():
            return _compare(condition, situation, row)
        case Holds(name=name):
            return _holds(condition, name, situation)
        case All(parts=parts):
            steps = tuple([evaluate(part, situation, row) for part in parts])
            return Step(condition, all_of([step.truth for step in steps]), steps)
        case AnyOf(parts=parts):
            steps = tuple([evaluate(part, situation, row) for part in parts])
            return Step(condition, any_of([step.truth for step in steps]), steps)
        case NoneOf(parts=parts):
            steps = tuple([evaluate(part, situation, row) for part in parts])
            return Step(condition, negate(any_of([step.truth for step in steps])), steps)
        case Stated(path=path, expected=expected):
            fact = _fact(path, situation, row)
            said = truth_of(_is_said(fact) is expected)
            return Step(condition, Truth.UNKNOWN if _is_open(fact) else said, facts=(fact,))
        case Evidenced(path=path):
            return _evidenced(condition, path, situation)
        case AnyRow():
            return _any_row(condition, situation)


def _is_open(fact: Fact) -> bool:
    """In a search: may it still become stated?"""
    return any(root.cause is Cause.OPEN for root in fact.roots())


def _is_said(fact: Fact) -> bool:
    """Does its file say something of a fact? A register does also where its row changes midway."""
    if fact.origin is Origin.REGISTER and fact.cause is Cause.COMPUTED and not fact.filled:
        return True
    return fact.value is not None and not fact.filled and fact.origin is not Origin.ASSUMED


def _holds(condition: Holds, name: str, situation: Situation) -> Step:
    """A definition reads no row, so one evaluation serves every rule."""
    inner = situation.known.get(name)
    if inner is None:
        inner = situation.known[name] = evaluate(situation.pack.definitions[name], situation)
    return Step(condition, inner.truth, (inner,))


def _fact(path: str, situation: Situation, row: RowFields | None) -> Fact:
    if row is not None and path.startswith("row."):
        return row[path]
    return situation.facts.get(path)


class _Read:
    """What was read to learn the values of one leaf."""

    __slots__ = ("defaulted", "facts", "parameters")

    def __init__(self) -> None:
        self.facts: list[Fact] = []
        self.defaulted: list[Fact] = []
        self.parameters: list[ParameterReading] = []


def _compare(leaf: Compare, situation: Situation, row: RowFields | None) -> Step:
    read = _Read()
    actual = _subject(leaf.subject, situation, row, read)
    required = [_operand(operand, situation, row, read) for operand in leaf.operands]
    known = [value for value in required if value is not None]
    if actual is None or not known:
        empty = leaf.op in _IN_LISTS and () in (actual, *known)
        truth = Truth.FALSE if empty else Truth.UNKNOWN  # an empty list shares nothing with any
    else:
        truth = any_of([compare(leaf.op, actual, value, leaf.spec) for value in known])
        if row is not None and leaf.op is Op.EQUALS:
            if any(map(_fits_all, read.facts)):
                truth = Truth.TRUE
            elif truth is Truth.FALSE and _misspelt(read.facts):
                truth = Truth.UNKNOWN
        if truth is Truth.UNKNOWN and len(read.facts) == 2:
            truth = compare_with_earliest(leaf.op, *read.facts)
        if len(known) < len(required) and truth is Truth.FALSE:
            truth = Truth.UNKNOWN
    return Step(
        leaf,
        truth,
        actual=actual,
        required=tuple(known),
        facts=tuple(read.facts),
        defaulted=tuple(read.defaulted),
        parameters=tuple(read.parameters),
    )


def _fits_all(fact: Fact) -> bool:
    """A register row for every developer."""
    return fact.path == "row.developer" and fact.value == ANY


def _misspelt(facts: list[Fact]) -> bool:
    """Could a row's developer be the manifest's, misspelt? A slip must not end a directive."""
    ids = [str(fact.value) for fact in facts]
    of_row = any(fact.path == "row.developer" for fact in facts)
    return of_row and len(ids) == 2 and nearly_same_id(*ids)


def _subject(
    subject: Subject, situation: Situation, row: RowFields | None, read: _Read
) -> Value | None:
    match subject:
        case FactRef() | ParameterRef():
            return _operand(subject, situation, row, read)
        case DaysBetween(start=start, end=end, method=count):
            first, last = (_fact(path, situation, row) for path in (start, end))
            read.facts.extend((first, last))
            if isinstance(first.value, Period) and isinstance(last.value, Period):
                return days_between(first.value, last.value, count, situation.pack.zone)
            return None


def _operand(
    operand: Operand, situation: Situation, row: RowFields | None, read: _Read
) -> Value | None:
    match operand:
        case FactRef(path=path, if_not_stated=fallback):
            fact = _fact(path, situation, row)
            if fact.value is None and fallback and fact.is_silent:
                read.defaulted.append(fact)
                reading = parameter_at(fallback, situation)
                read.parameters.append(reading)
                return reading.value
            read.facts.append(fact)
            stated = fact.value
            return stated.period(situation.pack.zone) if isinstance(stated, Moment) else stated
        case Literal(value=value):
            return value.period(situation.pack.zone) if isinstance(value, Moment) else value
        case ParameterRef(name=name):
            reading = parameter_at(name, situation)
            read.parameters.append(reading)
            return reading.value


def parameter_at(name: str, situation: Situation) -> ParameterReading:
    """The value shared by all dates of the governing period, else unknown with the reason."""
    if situation.governing is None:
        return ParameterReading(name, None, None, "no first release is dated")
    parameter = situation.pack.parameters[name]
    holding = value_at(parameter.values, situation.governing)
    values = [dated.value if dated else None for dated in holding]
    if values and values[0] is not None and all(value == values[0] for value in values):
        return ParameterReading(name, values[0], holding[-1])
    for dated in holding:
        if dated is None:
            first = parameter.values[0].day
            return ParameterReading(name, None, None, f"it has no value before {first}")
        if dated.ended:
            note = f" ({dated.note})" if dated.note else ""
            return ParameterReading(name, None, dated, f"it ended on {dated.day}{note}")
        if dated.value is None:
            return ParameterReading(name, None, dated, dated.why or dated.note)
    days = ", ".join(dated.day for dated in holding[1:] if dated)
    return ParameterReading(name, None, None, f"it changes on {days}, within the possible dates")


def _evidenced(condition: Evidenced, path: str, situation: Situation) -> Step:
    """Only a file that was opened and has the stated digest is evidence.

    What is stated with a digest and cannot be opened here may be evidence elsewhere: unknown.
    """
    fact = situation.facts.get(path)
    items = situation.facts.evidence_for(path)
    verified = [item.id for item in items if item.state is EvidenceState.VERIFIED]
    truth = truth_of(fact.value is not None and bool(verified))
    if _is_open(fact) or (fact.value is not None and not verified and any(map(_is_unseen, items))):
        truth = Truth.UNKNOWN
    why = ", ".join(verified) if verified else "; ".join(map(_lack, items))
    return Step(condition, truth, facts=(fact,), why=why)


def _is_unseen(item: Evidence) -> bool:
    return item.sha256 is not None and item.state is not EvidenceState.MISMATCH


def _lack(item: Evidence) -> str:
    """Why an item is no evidence."""
    match item.state:
        case EvidenceState.MISMATCH:
            return f"the file of {item.id} is not the one that was meant"
        case EvidenceState.MISSING:
            return f"{item.path} of {item.id} {item.found}"
        case _ if item.sha256 is None:
            return f"{item.id} has no digest"
        case _:
            return f"{item.id} names no file to open (state its path)"


def _any_row(condition: AnyRow, situation: Situation) -> Step:
    if condition.register is None:
        return _any_evidence(condition, situation)
    register = situation.pack.registers[condition.register]
    at = lookup_times(condition, situation)
    steps = []
    for row in register.rows:
        where = evaluate(condition.where, situation, row_fields(register, row))
        if where.truth is not Truth.FALSE:
            step = row_step(row, where, at)
            if step.truth is not Truth.FALSE:
                steps.append(step)
    truth = any_of([step.truth for step in steps])
    facts = (*at, situation.facts.get(f"register.{register.name}.as_of"))
    if truth is Truth.FALSE and at and (doubt := _not_complete(register, at, situation)):
        return Step(condition, Truth.UNKNOWN, facts=facts, why=doubt)
    if truth is Truth.FALSE:
        return Step(condition, truth, facts=facts)
    return Step(condition, truth, facts=at, rows=tuple(steps))


def lookup_times(condition: AnyRow, situation: Situation) -> tuple[Fact, ...]:
    """The facts at which rows are looked up: the planned ones of `at`, else the governing date."""
    paths = condition.at or (situation.pack.governing,)
    facts = [situation.facts.get(path) for path in paths]
    return tuple(fact for fact in facts if fact.origin is not Origin.ASSUMED)


def row_fields(register: Register, row: Row) -> RowFields:
    return {
        f"row.{name}": row.fields.get(name) or Fact(f"row.{name}", None, Origin.REGISTER)
        for name in register.fields
    }


def row_step(row: Row, where: Step, at: tuple[Fact, ...]) -> RowStep:
    timings = [
        fact.value.within(in_force(row)) if isinstance(fact.value, Period) else Truth.UNKNOWN
        for fact in at
    ]
    timing = any_of(timings)
    touched = tuple(
        fact for fact, truth in zip(at, timings, strict=True) if truth is timing is not Truth.FALSE
    )
    return RowStep(row, all_of((timing, where.truth)), timing, touched, where)


def _not_complete(register: Register, at: tuple[Fact, ...], situation: Situation) -> str:
    """Why the absence of a row proves nothing; empty if it proves that there is none."""
    title = f"the register of {register.title}"
    if not register.complete:
        return f"{title} has no such row, and does not claim to be complete"
    last = expiry(register, situation)
    if last is None:
        why = parameter_at(EXPIRY, situation).why
        return f"{title} is trusted for an unknown number of days: {why}"
    times = [fact.value.high for fact in at if isinstance(fact.value, Period)]
    if len(times) < len(at):
        missing = next(fact.path for fact in at if fact.value is None)
        return f"{title} cannot be searched: {missing} is unknown"
    if max([situation.as_of.high, *times]) > last.high:
        searched = register.as_of.text
        return f"{title} was last searched on {searched} and is trusted until {last.text}"
    return ""


def expiry(register: Register, situation: Situation) -> Period | None:
    """The last day on which a complete register is trusted; None if that is not known."""
    days = parameter_at(EXPIRY, situation) if EXPIRY in situation.pack.parameters else None
    if days is None or not isinstance(days.value, Amount):
        return None
    zone = situation.pack.zone
    return register.as_of.moved(min(int(days.value.low), MOST_DAYS), zone).period(zone)


def _any_evidence(condition: AnyRow, situation: Situation) -> Step:
    """The manifest's own list is complete as written."""
    steps = []
    for item in situation.facts.evidence:
        fields = {
            f"row.{name}": Fact(f"row.{name}", value or None, Origin.MANIFEST, item.span)
            for name, value in (
                ("id", item.id),
                ("kind", item.kind),
                ("path", item.path),
                ("sha256", item.sha256),
                ("supports", item.supports),
            )
        }
        fields["row.state"] = _state(item)
        steps.append(evaluate(condition.where, situation, fields))
    truth = any_of([step.truth for step in steps])
    found = tuple(
        _state(item)._replace(path=f"evidence.{item.id}")
        for item, step in zip(situation.facts.evidence, steps, strict=True)
        if truth is step.truth is not Truth.FALSE
    )
    return Step(condition, truth, tuple(steps), facts=found)


def _state(item: Evidence) -> Fact:
    """What is known of a file, as a fact. Of one that is missing nothing is."""
    if item.state is EvidenceState.MISSING:
        why = f"{item.path} {item.found}"
        return Fact("row.state", None, Origin.MANIFEST, item.span, Cause.COMPUTED, why)
    return Fact("row.state", item.state.value, Origin.MANIFEST, item.span)
