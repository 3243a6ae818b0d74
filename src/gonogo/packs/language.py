"""The language of rules: conditions and sentences, as types. Every name in them is known."""

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import NamedTuple

from gonogo.diagnostics import Span
from gonogo.manifests.facts import FactSpec, Value
from gonogo.values.times import DayCount, Moment


class Op(Enum):
    """The operators a leaf may use."""

    EQUALS = "equals"
    ONE_OF = "one_of"
    ABOVE = "above"
    AT_LEAST = "at_least"
    BELOW = "below"
    AT_MOST = "at_most"
    BEFORE = "before"
    NOT_AFTER = "not_after"
    AFTER = "after"
    NOT_BEFORE = "not_before"
    CONTAINS = "contains"
    OVERLAPS = "overlaps"


class Literal(NamedTuple):
    """A value written in the rule itself."""

    value: Value | Moment


class ParameterRef(NamedTuple):
    """The value that a parameter has at the governing date."""

    name: str


class FactRef(NamedTuple):
    """A fact; ``if_not_stated`` names the parameter that stands in where its key is absent."""

    path: str
    if_not_stated: str | None = None


class DaysBetween(NamedTuple):
    """The days from one fact to another."""

    start: str
    end: str
    method: DayCount


Operand = Literal | ParameterRef | FactRef
Subject = FactRef | ParameterRef | DaysBetween


class Compare(NamedTuple):
    """A leaf: subject, operator, operand. ``operands`` has several members only for one_of."""

    subject: Subject
    op: Op
    operands: tuple[Operand, ...]
    spec: FactSpec  # what the subject is: kind, unit, ordered choices
    span: Span


class Stated(NamedTuple):
    """Does the manifest state the fact? Two-valued."""

    path: str
    expected: bool
    span: Span


class Evidenced(NamedTuple):
    """Is the fact stated and supported by a file that was opened and has the stated digest?"""

    path: str
    span: Span


class AnyRow(NamedTuple):
    """Is there a row, in force at the governing date or at any fact of ``at``, that fits ``where``?

    ``register`` is None for the manifest's own list of evidence.
    """

    register: str | None
    at: tuple[str, ...]
    where: "All"
    span: Span


class Holds(NamedTuple):
    """A definition, by name."""

    name: str
    span: Span


class All(NamedTuple):
    """Every part holds."""

    parts: "tuple[Condition, ...]"
    span: Span


class AnyOf(NamedTuple):
    """At least one part holds."""

    parts: "tuple[Condition, ...]"
    span: Span


class NoneOf(NamedTuple):
    """No part holds."""

    parts: "tuple[Condition, ...]"
    span: Span


Condition = Compare | Stated | Evidenced | AnyRow | Holds | All | AnyOf | NoneOf


class SlotKind(Enum):
    """What a slot in a sentence stands for."""

    FACT = "fact"
    PARAMETER = "parameter"
    DAYS = "days"
    REQUIRED = "required"
    EARLIEST = "earliest"


class Slot(NamedTuple):
    """A place in a sentence that the evaluation fills."""

    kind: SlotKind
    name: str = ""


Template = tuple[str | Slot, ...]


def leaves(condition: Condition) -> Iterator[Condition]:
    """Every leaf below a condition, in order. Definitions count as leaves of their own."""
    match condition:
        case All(parts=parts) | AnyOf(parts=parts) | NoneOf(parts=parts):
            for part in parts:
                yield from leaves(part)
        case AnyRow(where=where):
            yield condition
            yield from leaves(where)
        case _:
            yield condition


def spelled_out(condition: Condition, definitions: Mapping[str, All]) -> Iterator[Condition]:
    """Every leaf below a condition, with the leaves of definitions in their place."""
    for leaf in leaves(condition):
        if isinstance(leaf, Holds):
            yield from spelled_out(definitions[leaf.name], definitions)
        else:
            yield leaf
