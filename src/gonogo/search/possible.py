"""What a part of a condition is, or may be at another date of the release.

A parameter counts with all its values, and a fact from a register with those of all rows that fit.
"""

from collections.abc import Iterator

from gonogo.engine.situation import Situation, matching_rows, value_of
from gonogo.manifests.facts import Value
from gonogo.manifests.vocabulary import FIRST_RELEASE, STAGES
from gonogo.packs.language import FactRef, Literal, Operand, ParameterRef, Subject
from gonogo.packs.policy import EarliestOf, FilledFrom, Pack, Register, Row, RowOf
from gonogo.values.times import Moment


def possible_values(
    part: Subject | Operand, situation: Situation, register: Register | None = None
) -> list[Value]:
    """The values of an operand; ``register`` is the one whose rows it is asked of."""
    found: list[Value | Moment | None] = []
    match part:
        case Literal(value=value):
            found = [value]
        case ParameterRef(name=name):
            found = [dated.value for dated in situation.pack.parameters[name].values]
        case FactRef(path=path) if path.startswith("row."):
            found = _fields(register.rows if register else (), path.removeprefix("row."))
        case FactRef(path=path, if_not_stated=fallback):
            found = [*possible_facts(path, situation)]
            if fallback:
                found += possible_values(ParameterRef(fallback), situation)
        case _:
            pass
    zone = situation.pack.zone
    placed = [value.period(zone) if isinstance(value, Moment) else value for value in found]
    return [value for value in placed if value is not None]


def possible_facts(path: str, situation: Situation) -> Iterator[Value | Moment | None]:
    """The values of a fact."""
    for derived in situation.pack.derived:
        match derived:
            case RowOf(path=section) if path.startswith(f"{section}."):
                rows = record_rows(derived, situation)
                yield from _fields(rows, path.removeprefix(f"{section}."))
                return
            case FilledFrom(path=section, source=source) if path.startswith(f"{section}."):
                if section not in situation.facts.mentioned:
                    yield from possible_facts(source + path.removeprefix(section), situation)
                    return
            case _:
                pass
    yield situation.facts.get(path).value


def _fields(rows: Iterator[Row] | tuple[Row, ...], name: str) -> list[Value | Moment | None]:
    return [row.fields[name].value for row in rows if name in row.fields]


def record_rows(derived: RowOf, situation: Situation) -> Iterator[Row]:
    """The rows that a derived fact may be read from."""
    register = situation.pack.registers[derived.register]
    match = {name: value_of(o, situation.facts) for name, o in derived.match.items()}
    known = {name: value for name, value in match.items() if value is not None}
    yield from matching_rows(register, known)


def dates_behind(path: str, pack: Pack) -> Iterator[str]:
    """The facts of which a date is the earliest; the fact itself if it is not computed."""
    if path == FIRST_RELEASE:
        yield from STAGES
        return
    for derived in pack.derived:
        if isinstance(derived, EarliestOf) and derived.path == path:
            for part in derived.parts:
                yield from dates_behind(part, pack)
            return
    yield path
