"""The values worth choosing for a fact: one for each stretch in which conditions cannot tell them
apart, given what is chosen already.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, timedelta

from gonogo.engine.situation import Situation
from gonogo.manifests.facts import Fact, FactSpec, Kind, Origin
from gonogo.manifests.vocabulary import STAGES
from gonogo.packs.language import Compare, Evidenced, FactRef, Literal, ParameterRef
from gonogo.packs.policy import Pack, RowOf
from gonogo.packs.walks import all_leaves
from gonogo.search.answers import possible_answers
from gonogo.search.choosing import WITNESS, absent
from gonogo.search.edges import instant_edges
from gonogo.values.names import Name
from gonogo.values.times import TICK, Moment, Period, Precision, local_date, midnight
from gonogo.values.value import Value

PLAIN_NAME, PLAIN_ID = "N-9", "northlight"
_SECOND = timedelta(seconds=1)


def candidates(path: str, situations: Iterable[Situation]) -> list[Fact]:
    """The facts to try for an open path, likely ones first; unstated among them where allowed."""
    found: dict[tuple[str, bool], Fact] = {}
    may_be_absent = True
    for situation in situations:
        spec = situation.pack.specs.get(path)
        if spec is None:
            continue
        may_be_absent = may_be_absent and spec.may_be_unknown
        for fact in _values(spec, situation):
            if _has_happened(fact, situation):
                found.setdefault((_key(fact), False), fact)
                if _is_evidenced(path, situation.pack):
                    found.setdefault((_key(fact), True), fact._replace(evidence=(WITNESS,)))
    values = list(found.values())
    if not may_be_absent:
        return values
    return [absent(path), *values] if path in STAGES[:-1] else [*values, absent(path)]


def _key(fact: Fact) -> str:
    return f"{type(fact.value).__name__} {fact.value}"


def _has_happened(fact: Fact, situation: Situation) -> bool:
    """An act of the government after the as-of time would count as not stated."""
    spec = situation.pack.specs[fact.path]
    dates = [each.known_from for each in situation.pack.specs.values()]
    if not (spec.known_from or fact.path in dates) or not isinstance(fact.value, Moment):
        return True
    return fact.value.period(situation.pack.zone).low <= situation.as_of.high


def _values(spec: FactSpec, situation: Situation) -> Iterator[Fact]:
    match spec.kind:
        case Kind.MOMENT:
            yield from _moments(spec, situation)
        case Kind.NAME | Kind.ID | Kind.TEXT | Kind.LIST:
            yield from _words(spec, situation)
        case _:
            for answer in possible_answers(Fact(spec.path, None, Origin.MANIFEST), spec, situation):
                yield answer.fact._replace(path=spec.path)


def _moments(spec: FactSpec, situation: Situation) -> Iterator[Fact]:
    """Days around each edge, the latest first; then the exact instants that matter."""
    zone = situation.pack.zone
    edges = sorted(instant_edges(spec.path, situation), reverse=True)
    days = dict.fromkeys(local_date(edge, zone) for edge in edges)
    if not days:
        days = dict.fromkeys([local_date(situation.as_of.high, zone) - timedelta(days=60)])
    for day in days:
        start = datetime.combine(day, time())
        yield _stated(spec, Moment(day.isoformat(), Precision.DAY, start))
    noon = midnight(datetime.combine(next(iter(days)), time(12)), zone)
    exact = [edge for edge in edges if not _is_day_boundary(edge, situation)]
    instants = [noon]
    for edge in exact:
        instants += [edge, edge - _SECOND, edge + _SECOND]
    for instant in dict.fromkeys(instants):
        local = instant.astimezone(zone).replace(microsecond=0)
        moment = Moment(local.isoformat(), Precision.INSTANT, local.astimezone(UTC))
        yield _stated(spec, moment)


def _is_day_boundary(instant: datetime, situation: Situation) -> bool:
    """Where a local day begins, or the last moment before."""
    zone = situation.pack.zone
    return any(
        midnight(datetime.combine(local_date(near, zone), time()), zone) == near
        for near in (instant, instant + TICK)
    )


def partners(path: str, situations: Iterable[Situation]) -> frozenset[str]:
    """The chosen dates that the candidates for a date are counted from."""
    found: set[str] = set()
    for situation in situations:
        spec = situation.pack.specs.get(path)
        if spec is not None and spec.kind is Kind.MOMENT:
            facts = situation.facts.stated.values()
            found |= {f.path for f in facts if isinstance(f.value, Period) and f.path != path}
    return frozenset(found)


def _words(spec: FactSpec, situation: Situation) -> Iterator[Fact]:
    """The words that conditions and register rows speak of, and one that none does."""
    words = dict.fromkeys(_named(spec.path, situation.pack))
    match spec.kind:
        case Kind.NAME:
            yield _stated(spec, Name(PLAIN_NAME))
            for word in words:
                yield _stated(spec, Name(word))
        case Kind.LIST:
            yield _stated(spec, ())
            for word in words:
                yield _stated(spec, (word,))
            if len(words) > 1:
                yield _stated(spec, tuple(words))
        case Kind.ID:
            for word in (PLAIN_ID, *words):
                yield _stated(spec, word)
        case _:
            for word in (*words, "1.0"):
                yield _stated(spec, word)


def _named(path: str, pack: Pack) -> Iterator[str]:
    """Every word that the fact is compared with, in rules or through register rows."""
    for leaf in all_leaves(pack):
        if not isinstance(leaf, Compare):
            continue
        parts = (leaf.subject, *leaf.operands)
        paths = [part.path for part in parts if isinstance(part, FactRef)]
        if path not in paths:
            continue
        fields = [other.removeprefix("row.") for other in paths if other.startswith("row.")]
        for register in pack.registers.values():
            for row in register.rows:
                for field in fields:
                    if field in row.fields and field in register.fields:
                        yield from _texts(row.fields[field].value)
        for operand in leaf.operands:
            if isinstance(operand, Literal):
                yield from _texts(operand.value)
            elif isinstance(operand, ParameterRef):
                for dated in pack.parameters[operand.name].values:
                    yield from _texts(dated.value)
    yield from _keys_of_rows(path, pack)


def _keys_of_rows(path: str, pack: Pack) -> Iterator[str]:
    """Words by which a derived fact picks its register row."""
    for derived in pack.derived:
        for field, operand in derived.match.items() if isinstance(derived, RowOf) else ():
            if isinstance(operand, FactRef) and operand.path == path and isinstance(derived, RowOf):
                for row in pack.registers[derived.register].rows:
                    if field in row.fields:
                        yield from _texts(row.fields[field].value)


def _texts(value: Value | Moment | None) -> Iterator[str]:
    match value:
        case Name():
            yield value.text
        case str() if value != "any":
            yield value
        case _ if type(value) is tuple:  # a list; other values are named tuples
            yield from map(str, value)
        case _:
            pass


def _is_evidenced(path: str, pack: Pack) -> bool:
    return any(isinstance(leaf, Evidenced) and leaf.path == path for leaf in all_leaves(pack))


def _stated(spec: FactSpec, value: Value | Moment) -> Fact:
    return Fact(spec.path, value, Origin.MANIFEST)
