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
    ParameterRef,
    Stated,
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
                for part in (subject, *operands):
                    match part:
                        case DaysBetween(start=start, end=end):
                            yield from (*self.of_path(start), *self.of_path(end))
                        case ParameterRef():
                            yield from self.governing
                        case FactRef(path=path, if_not_stated=fallback):
                            yield from self.of_path(path)
                            yield from self.governing if fallback else ()
                        case _:
                            pass
