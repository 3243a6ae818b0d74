"""The facts of a manifest that a condition can hang on, also through definitions, derived facts,
registers and the governing date; and the as-of time.
"""

from collections.abc import Iterator

from gonogo.manifests.vocabulary import AS_OF, FIRST_RELEASE, STAGES
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
    NoneOf,
    Operand,
    ParameterRef,
    Stated,
    Subject,
    spelled_out,
)
from gonogo.packs.policy import EarliestOf, FilledFrom, Pack, RowOf


class Roots:
    """Answers for one pack, each worked out once."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.known: dict[int, tuple[Condition, frozenset[str]]] = {}
        self.governing = frozenset(self.of_path(pack.governing))

    def of(self, condition: Condition) -> frozenset[str]:
        """The manifest's own paths behind a condition."""
        kept = self.known.get(id(condition))
        if kept is None:
            # The condition is kept beside its answer, so that its id is not used again.
            kept = self.known[id(condition)] = (condition, frozenset(self._of(condition)))
        return kept[1]

    def named_in(self, condition: Condition) -> set[str]:
        """The facts that leaves name themselves, without what those are computed from."""
        found: set[str] = set()
        for leaf in spelled_out(condition, self.pack.definitions):
            found.update(facts_in(leaf))
        return found

    def registers_of(self, condition: Condition) -> set[str]:
        """The registers whose age a condition can hang on."""
        found: set[str] = set()
        for leaf in spelled_out(condition, self.pack.definitions):
            read = leaf.register if isinstance(leaf, AnyRow) else None
            if read is not None and self.pack.registers[read].complete:
                found.add(read)
            paths = [path for path in facts_in(leaf) if path.startswith("register.")]
            found.update(path.split(".")[1] for path in paths)
        return found

    def reads_register(self, condition: Condition) -> bool:
        """Can only the rows of a register keep a condition from some answer?

        Where a register fills in for the manifest, only `stated` can tell: else the manifest could
        say the same itself.
        """
        filled, recorded = (
            tuple(f"{derived.path}." for derived in self.pack.derived if isinstance(derived, kind))
            for kind in (FilledFrom, RowOf)
        )
        return any(
            (isinstance(leaf, AnyRow) and leaf.register is not None)
            or any(path.startswith(recorded) for path in facts_in(leaf))
            or (isinstance(leaf, Stated) and leaf.path.startswith(filled))
            for leaf in spelled_out(condition, self.pack.definitions)
        )

    def of_path(self, path: str) -> Iterator[str]:
        """The manifest's own paths behind a fact."""
        if path == FIRST_RELEASE:
            yield from STAGES
            return
        for derived in self.pack.derived:
            match derived:
                case EarliestOf(path=own, parts=parts) if own == path:
                    for part in parts:
                        yield from self.of_path(part)
                    return
                case RowOf(path=section, match=match) if path.startswith(f"{section}."):
                    yield from self.governing
                    for operand in match.values():
                        if isinstance(operand, FactRef):
                            yield from self.of_path(operand.path)
                    return
                case FilledFrom(path=section, source=source) if path.startswith(f"{section}."):
                    yield from (p for p in self.pack.specs if p.startswith(f"{section}."))
                    yield from self.of_path(source + path.removeprefix(section))
                    return
                case _:
                    pass
        yield path

    def _of(self, condition: Condition) -> Iterator[str]:
        match condition:
            case All(parts=parts) | AnyOf(parts=parts) | NoneOf(parts=parts):
                for part in parts:
                    yield from self.of(part)
            case Holds(name=name):
                yield from self.of(self.pack.definitions[name])
            case Stated(path=path) | Evidenced(path=path):
                yield from () if path == AS_OF else self.of_path(path)  # it is stated at any time
            case AnyRow(register=register, at=at, where=where):
                yield from self.governing
                if register is not None and self.pack.registers[register].complete:
                    yield AS_OF  # it is trusted for some days only
                for path in at:
                    yield from self.of_path(path)
                yield from self.of(where)
            case Compare(subject=subject, operands=operands):
                if isinstance(subject, DaysBetween):
                    yield from (*self.of_path(subject.start), *self.of_path(subject.end))
                read: tuple[Subject | Operand, ...] = (subject, *operands)
                for each in read:
                    if isinstance(each, FactRef):
                        yield from self.of_path(each.path)
                        yield from self.governing if each.if_not_stated else ()
                    elif isinstance(each, ParameterRef):
                        yield from self.governing


def facts_in(leaf: Condition) -> Iterator[str]:
    """The facts that one leaf names."""
    match leaf:
        case Stated(path=path) | Evidenced(path=path):
            yield path
        case AnyRow(at=at):
            yield from at
        case Compare(subject=subject, operands=operands):
            if isinstance(subject, DaysBetween):
                yield from (subject.start, subject.end)
            parts: tuple[Subject | Operand, ...] = (subject, *operands)
            yield from (part.path for part in parts if isinstance(part, FactRef))
        case _:
            pass
