"""Walks through conditions: the leaves below one, and all leaves of a pack."""

from collections.abc import Iterator, Mapping

from gonogo.packs.language import All, AnyOf, AnyRow, Condition, Holds, NoneOf
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


def spelled_out(condition: Condition, definitions: Mapping[str, All]) -> Iterator[Condition]:
    """Every leaf below a condition, with the leaves of definitions in their place."""
    for leaf in leaves(condition):
        if isinstance(leaf, Holds):
            yield from spelled_out(definitions[leaf.name], definitions)
        else:
            yield leaf


def all_leaves(pack: Pack) -> Iterator[Condition]:
    """The leaves of every definition, then of every rule."""
    for definition in pack.definitions.values():
        yield from leaves(definition)
    for rule in pack.rules:
        for part in (rule.when, rule.require):
            if part is not None:
                yield from leaves(part)
