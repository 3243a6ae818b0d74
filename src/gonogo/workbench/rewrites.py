"""Small changes to a condition, one at a time: what the mutants of rules are made of."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from gonogo.manifests.facts import FactSpec, Kind
from gonogo.packs.language import (
    All,
    AnyOf,
    AnyRow,
    Compare,
    Condition,
    FactRef,
    Literal,
    NoneOf,
    Op,
    Operand,
)
from gonogo.values.amounts import WIDE, Amount, exact

_STRICTNESS = {
    Op.ABOVE: Op.AT_LEAST,
    Op.AT_LEAST: Op.ABOVE,
    Op.BELOW: Op.AT_MOST,
    Op.AT_MOST: Op.BELOW,
    Op.BEFORE: Op.NOT_AFTER,
    Op.NOT_AFTER: Op.BEFORE,
    Op.AFTER: Op.NOT_BEFORE,
    Op.NOT_BEFORE: Op.AFTER,
}
_NAMES = {All: "all", AnyOf: "any", NoneOf: "not"}


class Rewrite(NamedTuple):
    """A changed condition, with where in the whole it was changed and how."""

    condition: Condition
    at: str
    how: str
    changed: Condition  # the part that was there before


def rewrites(condition: Condition, at: str) -> Iterator[Rewrite]:
    """Every way to change one thing in a condition."""
    match condition:
        case All() | AnyOf() | NoneOf():
            yield from _of_list(condition, at)
        case AnyRow():
            for inner in rewrites(condition.where, f"{at}/where"):
                whole = condition._replace(where=as_list(inner.condition))
                yield inner._replace(condition=whole)
            for path in condition.at if len(condition.at) > 1 else ():
                kept = tuple(other for other in condition.at if other != path)
                yield Rewrite(condition._replace(at=kept), at, f"`{path}` dropped", condition)
        case Compare():
            yield from _of_leaf(condition, at)
        case _:
            pass


def _of_list(condition: All | AnyOf | NoneOf, at: str) -> Iterator[Rewrite]:
    name = _NAMES[type(condition)]
    for index, part in enumerate(condition.parts):
        before, after = condition.parts[:index], condition.parts[index + 1 :]
        here = f"{at}/{name}.{index + 1}"
        yield Rewrite(condition._replace(parts=(*before, *after)), here, "dropped", part)
        for inner in rewrites(part, here):
            whole = condition._replace(parts=(*before, inner.condition, *after))
            yield inner._replace(condition=whole)
    if len(condition.parts) > 1:
        if isinstance(condition, All):
            swapped = AnyOf(condition.parts, condition.span)
            yield Rewrite(swapped, at, "all becomes any", condition)
        elif isinstance(condition, AnyOf):
            joined = All(condition.parts, condition.span)
            yield Rewrite(joined, at, "any becomes all", condition)


def _of_leaf(leaf: Compare, at: str) -> Iterator[Rewrite]:
    if leaf.op in _STRICTNESS:
        other = _STRICTNESS[leaf.op]
        how = f"{leaf.op.value} becomes {other.value}"
        yield Rewrite(leaf._replace(op=other), at, how, leaf)
    for index, operand in enumerate(leaf.operands):
        for changed, how in _of_operand(operand, leaf.spec):
            operands = (*leaf.operands[:index], changed, *leaf.operands[index + 1 :])
            yield Rewrite(leaf._replace(operands=operands), at, how, leaf)


def _of_operand(operand: Operand, spec: FactSpec) -> Iterator[tuple[Operand, str]]:
    match operand:
        case Literal(value=Amount() as amount):
            for changed in neighbours(amount):
                yield Literal(changed), f"{amount} becomes {changed}"
        case Literal(value=str() as word) if spec.kind is Kind.LEVEL:
            for level in levels_beside(word, spec.choices):
                yield Literal(level), f"{word} becomes {level}"
        case FactRef(if_not_stated=str() as fallback):
            yield operand._replace(if_not_stated=None), f"`if_not_stated: ${fallback}` dropped"
        case _:
            pass


def as_list(condition: Condition) -> All:
    """A condition as rules and definitions hold it."""
    return condition if isinstance(condition, All) else All((condition,), condition.span)


def neighbours(amount: Amount) -> list[Amount]:
    """One unit less and one more; no amount is negative."""
    one = Decimal(1)
    found = [WIDE.subtract(amount.low, one)] if amount.low >= 1 else []
    beside = (*found, WIDE.add(amount.low, one))
    return [exact(number) for number in beside if number != amount.low]


def levels_beside(level: str, choices: tuple[str, ...]) -> list[str]:
    """The next lower and the next higher level."""
    index = choices.index(level)
    return [choices[at] for at in (index - 1, index + 1) if 0 <= at < len(choices)]
