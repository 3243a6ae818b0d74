"""The trace: steps of an evaluation, and the walks through them that others need."""

from collections.abc import Iterator
from typing import NamedTuple

from gonogo.manifests.facts import Fact, Value
from gonogo.packs.language import All, AnyOf, Condition, Holds, NoneOf
from gonogo.packs.policy import DatedValue, Row
from gonogo.values.truth import Truth


class ParameterReading(NamedTuple):
    """What a parameter was at the governing date, or why that is not known."""

    name: str
    value: Value | None
    dated: DatedValue | None
    why: str = ""


class RowStep(NamedTuple):
    """One row that an any_row could not rule out."""

    row: Row
    truth: Truth
    timing: Truth
    at: tuple[Fact, ...]  # the stages at which it is, or may be, in force
    where: "Step"


class Step(NamedTuple):
    """One node of the trace: what was asked, the answer, and all that was read to give it."""

    condition: Condition
    truth: Truth
    parts: "tuple[Step, ...]" = ()
    actual: Value | None = None
    required: tuple[Value, ...] = ()
    facts: tuple[Fact, ...] = ()
    defaulted: tuple[Fact, ...] = ()  # silent facts that a parameter stood in for
    parameters: tuple[ParameterReading, ...] = ()
    rows: tuple[RowStep, ...] = ()
    why: str = ""


def deciding(step: Step) -> Iterator[Step]:
    """The leaves that make a step what it is: those that would have to change first."""
    match step.condition:
        case Holds():
            yield from deciding(step.parts[0])
        case All() | AnyOf():
            parts = [part for part in step.parts if part.truth is step.truth]
            first_is_enough = isinstance(step.condition, AnyOf) and step.truth is Truth.TRUE
            for part in parts[:1] if first_is_enough else parts:
                yield from deciding(part)
        case NoneOf():
            wanted = {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE}
            for part in step.parts:
                if part.truth is wanted.get(step.truth, Truth.UNKNOWN):
                    yield from deciding(part)
        case _:
            yield step


def every_step(step: Step) -> Iterator[Step]:
    """A step and all below it, those of definitions included. Rows are left to who reads them."""
    yield step
    for part in step.parts:
        yield from every_step(part)


def every_leaf(step: Step) -> Iterator[Step]:
    """All leaves below a step, those of definitions and rows included."""
    if isinstance(step.condition, (All, AnyOf, NoneOf, Holds)):
        for part in step.parts:
            yield from every_leaf(part)
    else:
        yield step
        for row in step.rows:
            yield from every_leaf(row.where)
