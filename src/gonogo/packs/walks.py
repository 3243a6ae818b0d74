"""Walks through conditions: the leaves below one, and all leaves of a pack."""

from collections.abc import Iterator

from gonogo.packs.language import All, AnyOf, AnyRow, Condition, NoneOf
from gonogo.packs.policy import Pack


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


def all_leaves(pack: Pack) -> Iterator[Condition]:
    """The leaves of every definition, then of every rule."""
    for definition in pack.definitions.values():
        yield from leaves(definition)
    for rule in pack.rules:
        for part in (rule.when, rule.require):
            if part is not None:
                yield from leaves(part)
