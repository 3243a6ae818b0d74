"""The facts of a manifest that a condition can hang on, also through definitions, derived facts,
registers and the governing date.
"""

from collections.abc import Iterator

from gonogo.manifests.vocabulary import FIRST_RELEASE, STAGES
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
)
from gonogo.packs.policy import EarliestOf, FilledFrom, Pack, RowOf
from gonogo.packs.walks import leaves


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
        for leaf in leaves(condition):
            match leaf:
                case Holds(name=name):
                    found |= self.named_in(self.pack.definitions[name])
                case Stated(path=path) | Evidenced(path=path):
                    found.add(path)
                case AnyRow(at=at):
                    found.update(at)
                case Compare(subject=subject, operands=operands):
                    parts: tuple[Subject | Operand, ...] = (subject, *operands)
                    found.update(part.path for part in parts if isinstance(part, FactRef))
                    if isinstance(subject, DaysBetween):
                        found.update((subject.start, subject.end))
                case _:
                    pass
        return found

    def registers_of(self, condition: Condition) -> set[str]:
        """The registers whose age a condition can hang on."""
        found: set[str] = set()
        for leaf in leaves(condition):
            match leaf:
                case Holds(name=name):
                    found |= self.registers_of(self.pack.definitions[name])
                case AnyRow(register=str() as register):
                    if self.pack.registers[register].complete:
                        found.add(register)
                case Compare(subject=DaysBetween(start=start)) if start.startswith("register."):
                    found.add(start.split(".")[1])
                case _:
                    pass
        return found

    def reads_register(self, condition: Condition) -> bool:
        """Can the rows of a register change what a condition answers?"""
        sections = tuple(f"{d.path}." for d in self.pack.derived if isinstance(d, RowOf))
        for leaf in leaves(condition):
            match leaf:
                case Holds(name=name):
                    if self.reads_register(self.pack.definitions[name]):
                        return True
                case AnyRow(register=str()):
                    return True
                case _:
                    if any(path.startswith(sections) for path in self.named_in(leaf) if sections):
                        return True
        return False

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
                yield from self.of_path(path)
            case AnyRow(at=at, where=where):
                yield from self.governing
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
