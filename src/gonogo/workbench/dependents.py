"""Which rules rest on a definition, a parameter or a fact, also through other definitions."""

from collections.abc import Iterator

from gonogo.manifests.facts import Kind
from gonogo.packs.language import (
    AnyRow,
    Compare,
    Condition,
    DaysBetween,
    Evidenced,
    FactRef,
    Holds,
    ParameterRef,
    Stated,
    leaves,
)
from gonogo.packs.policy import EXPIRY, FilledFrom, Pack, RowOf, Rule


class Dependents:
    """The rules of one pack by what they read."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.reads = {rule.key: frozenset(self._reads(rule)) for rule in pack.rules}

    def of_definition(self, name: str) -> frozenset[str]:
        return self._of(f"holds {name}")

    def of_parameter(self, name: str) -> frozenset[str]:
        return self._of(f"${name}")

    def of_fact(self, path: str) -> frozenset[str]:
        return self._of(path)

    def of_register(self, name: str) -> frozenset[str]:
        """Also those that read facts which its rows fill."""
        derived = self.pack.derived
        paths = [d.path for d in derived if isinstance(d, RowOf) and d.register == name]
        paths += [d.path for d in derived if isinstance(d, FilledFrom) and d.source in paths]
        filled = tuple(f"{path}." for path in paths)
        return self._of(f"register {name}") | frozenset(
            key for key, names in self.reads.items() if any(n.startswith(filled) for n in names)
        )

    def levels_of(self, parameter: str) -> tuple[str, ...]:
        """The ordered levels that a parameter is compared with, if it is."""
        for rule in self.pack.rules:
            for leaf in self._leaves(rule):
                if isinstance(leaf, Compare) and leaf.spec.kind is Kind.LEVEL:
                    names = [o.name for o in leaf.operands if isinstance(o, ParameterRef)]
                    if parameter in names:
                        return leaf.spec.choices
        return ()

    def _of(self, name: str) -> frozenset[str]:
        return frozenset(key for key, reads in self.reads.items() if name in reads)

    def _leaves(self, rule: Rule) -> Iterator[Condition]:
        for part in (rule.when, rule.require):
            if part is not None:
                yield from self._below(part)

    def _below(self, condition: Condition) -> Iterator[Condition]:
        """The leaves, and those of definitions beside their names."""
        for leaf in leaves(condition):
            yield leaf
            if isinstance(leaf, Holds):
                yield from self._below(self.pack.definitions[leaf.name])

    def _reads(self, rule: Rule) -> Iterator[str]:
        yield from (self.pack.governing, *rule.force_at)
        for leaf in self._leaves(rule):
            yield from reads(leaf)


def reads(leaf: Condition) -> Iterator[str]:
    """What one leaf names: `holds x`, `$x`, `register x`, and paths of facts."""
    match leaf:
        case Holds(name=name):
            yield f"holds {name}"
        case Stated(path=path) | Evidenced(path=path):
            yield path
        case AnyRow(register=register, at=at):
            yield from at
            if register is not None:
                yield f"register {register}"
                yield f"${EXPIRY}"
        case Compare(subject=subject, operands=operands):
            if isinstance(subject, DaysBetween):
                yield from (subject.start, subject.end)
            for part in (subject, *operands):
                if isinstance(part, ParameterRef):
                    yield f"${part.name}"
                elif isinstance(part, FactRef):
                    yield part.path
                    if part.if_not_stated:
                        yield f"${part.if_not_stated}"
        case _:
            pass
