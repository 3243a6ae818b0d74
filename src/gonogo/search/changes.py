"""What differs between two packs, apart from where it is written."""

from collections.abc import Iterator
from datetime import datetime

from gonogo.diagnostics import Span
from gonogo.engine.situation import matching_rows
from gonogo.engine.trace import Step
from gonogo.packs.language import (
    AnyRow,
    Compare,
    DaysBetween,
    Evidenced,
    FactRef,
    Literal,
    ParameterRef,
    Stated,
)
from gonogo.packs.policy import EXPIRY, EarliestOf, FilledFrom, Pack, RowOf
from gonogo.search.roots import Roots


def bare(value: object) -> object:
    """A value without the places it was written at: what two files that say the same share."""
    if isinstance(value, Span):
        return None
    if isinstance(value, tuple):
        parts = tuple(bare(part) for part in value)
        return (type(value).__name__, *parts) if hasattr(value, "_fields") else parts
    if isinstance(value, dict):
        return tuple((key, bare(part)) for key, part in sorted(value.items()))
    return value


class Changes:
    """An old and a new pack, and what conditions may read that is not the same in both."""

    def __init__(self, old: Pack, new: Pack) -> None:
        self.packs = (old, new)
        self.names = changed_names(old, new)
        self.roots = (Roots(old), Roots(new))
        self._same: dict[tuple[int, int], bool] = {}

    def dates(self) -> frozenset[datetime]:
        """The dates that only one of the packs has: where a difference is most likely to show."""
        return _dates(self.packs[0]) ^ _dates(self.packs[1])

    def same(self, old: Step, new: Step) -> bool:
        """Do two steps ask the same, wherever it is written?"""
        key = (id(old.condition), id(new.condition))
        if key not in self._same:
            same = old.condition is new.condition or bare(old.condition) == bare(new.condition)
            self._same[key] = same
        return self._same[key]

    def concern(self, step: Step) -> bool:
        """Does a leaf read something that is not the same in both packs?"""
        return bool(self.names) and any(name in self.names for name in _read(step))

    def blamed(self, leaf: Step) -> frozenset[str]:
        """The facts by which a leaf came to its answer, under either pack."""
        condition = leaf.condition
        if isinstance(condition, AnyRow) and not leaf.rows and condition.register:
            condition = condition.where  # no row fits, whenever it is in force
        return self.roots[0].of(condition) | self.roots[1].of(condition)


def changed_names(old: Pack, new: Pack) -> frozenset[str]:
    """What leaves may read that differs: `$parameters`, `register x`, paths of derived facts."""
    found = set()
    for sign, olds, news in (
        ("$", old.parameters, new.parameters),
        ("register ", old.registers, new.registers),
    ):
        for name in {*olds, *news}:
            if bare(olds.get(name)) != bare(news.get(name)):
                found.add(f"{sign}{name}")
    derived_old, derived_new = (
        {derived.path: bare(derived) for derived in pack.derived} for pack in (old, new)
    )
    found |= {p for p in {*derived_old, *derived_new} if derived_old.get(p) != derived_new.get(p)}
    for derived in new.derived:  # in order: each rests only on earlier ones
        match derived:
            case RowOf(path=path) if _rows_of(derived, old) != _rows_of(derived, new):
                found.add(path)
            case FilledFrom(path=path, source=source) if source in found:
                found.add(path)
            case EarliestOf(path=path, parts=parts) if found & set(parts):
                found.add(path)
            case _:
                pass
    return frozenset(found)


def _rows_of(derived: RowOf, pack: Pack) -> object:
    """The rows that a derived fact can ever pick."""
    register = pack.registers.get(derived.register)
    fixed = {n: o.value for n, o in derived.match.items() if isinstance(o, Literal)}
    rows = matching_rows(register, fixed) if register else ()
    return register and (register.as_of, register.complete, [bare(row) for row in rows])


def _dates(pack: Pack) -> frozenset[datetime]:
    found = {rule.start for rule in pack.rules} | {rule.until for rule in pack.rules}
    for parameter in pack.parameters.values():
        found |= {dated.start for dated in parameter.values}
    for register in pack.registers.values():
        for row in register.rows:
            found |= {row.start, row.until}
    return frozenset(date for date in found if date is not None)


def _read(step: Step) -> Iterator[str]:
    match step.condition:
        case AnyRow(register=str() as register, where=_):
            yield f"register {register}"
            yield f"${EXPIRY}"
            for row in step.rows:
                yield from _read(row.where)
        case Stated(path=path) | Evidenced(path=path):
            yield from _sections(path)
        case Compare(subject=subject, operands=operands):
            for part in (subject, *operands):
                match part:
                    case ParameterRef(name=name):
                        yield f"${name}"
                    case FactRef(path=path, if_not_stated=fallback):
                        yield from _sections(path)
                        yield f"${fallback}"
                    case DaysBetween(start=start, end=end):
                        yield from (start, end)
                    case _:
                        pass
        case _:
            for below in step.parts:
                yield from _read(below)


def _sections(path: str) -> Iterator[str]:
    """A path and the sections it lies in: a derived fact may be a whole section."""
    while path:
        yield path
        path = path.rpartition(".")[0]
