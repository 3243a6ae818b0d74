"""The values of a fact at which an example is likely to be found, readable ones first."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple
from zoneinfo import ZoneInfo

from gonogo.engine.situation import Situation
from gonogo.manifests.facts import Fact, FactSpec, Kind, Origin, Value
from gonogo.manifests.leaf import ID
from gonogo.manifests.vocabulary import STAGES
from gonogo.packs.language import Compare, Evidenced, FactRef, Literal, ParameterRef
from gonogo.packs.policy import Pack, RowOf, all_leaves
from gonogo.search.answers import possible_answers
from gonogo.search.choosing import PLAIN, WITNESS, is_alias, silence
from gonogo.search.edges import instant_edges
from gonogo.search.marks import words_in
from gonogo.values.amounts import Amount, exact
from gonogo.values.names import Name
from gonogo.values.times import TICK, Moment, Period, Precision, local_date, midnight, parse_moment

_SECOND, _DAY = timedelta(seconds=1), timedelta(days=1)
_FIRST, _LAST = datetime(1900, 1, 3, tzinfo=UTC), datetime(2999, 12, 29, tzinfo=UTC)


class Aim(NamedTuple):
    """What a search is about, so that it need not try everything everywhere.

    ``focus`` are dates near which it is most likely to end. ``named`` are the facts that its
    conditions speak of themselves: a stage of the release that none names can be left out, since
    one stage is enough to date the first release.
    """

    focus: frozenset[datetime] = frozenset()
    named: frozenset[str] = frozenset()
    since: datetime | None = None  # dates before this are past and cannot be chosen any more


class Likely:
    """The values to try in a search for an example; not all that there are."""

    whole = blind = False

    def __init__(self, aim: Aim, *, backwards: bool = False) -> None:
        self.aim = aim
        self.backwards = backwards  # a search that is lost one way is often short the other way

    def candidates(self, path: str, situations: tuple[Situation, ...]) -> list[Fact]:
        """The facts to try for an open path, likely ones first, then silence where allowed."""
        specs = [(s, s.pack.specs[path]) for s in situations if path in s.pack.specs]
        quiet = silence(specs[0][1])
        silent = [quiet] if quiet else []
        if path in STAGES[:-1] and path not in self.aim.named:
            return silent
        found: dict[tuple[str, bool], Fact] = {}
        for situation, spec in specs:
            for fact in _values(spec, situation, self.aim.focus):
                if _is_past(fact, situation, self.aim.since):
                    continue
                if _has_happened(fact, situation):
                    found.setdefault((_key(fact), False), fact)
                    if _is_evidenced(path, situation.pack):
                        found.setdefault((_key(fact), True), fact._replace(evidence=(WITNESS,)))
        if self.backwards:
            return [*reversed(found.values()), *silent]
        return [*silent, *found.values()] if path in STAGES[:-1] else [*found.values(), *silent]

    def shaped_by(self, path: str, situations: tuple[Situation, ...]) -> frozenset[str]:
        """The chosen dates that the candidates for a date are counted from."""
        found: set[str] = set()
        for situation in situations:
            spec = situation.pack.specs.get(path)
            if spec is not None and spec.kind is Kind.MOMENT:
                facts = situation.facts.stated.values()
                found |= {f.path for f in facts if isinstance(f.value, Period) and f.path != path}
        return frozenset(found)


def _key(fact: Fact) -> str:
    return f"{type(fact.value).__name__} {fact.value}"


def _has_happened(fact: Fact, situation: Situation) -> bool:
    """An act of the government after the as-of time would count as not stated."""
    spec = situation.pack.specs[fact.path]
    dates = [each.known_from for each in situation.pack.specs.values()]
    if not (spec.known_from or fact.path in dates) or not isinstance(fact.value, Moment):
        return True
    return fact.value.period(situation.pack.zone).low <= situation.as_of.high


def _is_past(fact: Fact, situation: Situation, since: datetime | None) -> bool:
    if since is None or not isinstance(fact.value, Moment):
        return False
    return fact.value.period(situation.pack.zone).high < since


def _values(spec: FactSpec, situation: Situation, focus: frozenset[datetime]) -> Iterator[Fact]:
    match spec.kind:
        case Kind.MOMENT:
            moments = list(_moments(spec, situation))
            decides = spec.path in (*STAGES, situation.pack.governing)  # others follow it
            near = [f for f in moments if decides and _is_near(f, focus, situation)]
            yield from dict.fromkeys([*near, *moments])
        case Kind.NAME | Kind.ID | Kind.TEXT | Kind.LIST:
            yield from _words(spec, situation)
        case _:
            silent = Fact(spec.path, None, Origin.MANIFEST)
            answers = possible_answers(silent, spec, situation)
            for answer in answers:
                yield answer.fact._replace(path=spec.path)
            if not answers and spec.kind in (Kind.DAYS, Kind.AMOUNT):
                yield from (_stated(spec, amount) for amount in _plain_amounts(spec, situation))


def _plain_amounts(spec: FactSpec, situation: Situation) -> Iterator[Amount]:
    """For an amount that is compared with nothing known yet: around every number of its unit."""
    numbers = {Decimal(1)}
    for parameter in situation.pack.parameters.values():
        if parameter.spec.unit == spec.unit:
            for dated in parameter.values:
                if isinstance(dated.value, Amount):
                    numbers.update((dated.value.low - 1, dated.value.low, dated.value.low + 1))
    stated = (n for n in sorted(numbers) if n > 0 or (n == 0 and not spec.positive))
    yield from map(exact, stated)


def _is_near(fact: Fact, focus: frozenset[datetime], situation: Situation) -> bool:
    if not isinstance(fact.value, Moment):
        return False
    period = fact.value.period(situation.pack.zone)
    return any(period.low - _DAY <= date <= period.high + _DAY for date in focus)


def _moments(spec: FactSpec, situation: Situation) -> Iterator[Fact]:
    """Days around each edge, the latest first, and exact instants: one plain, then each edge."""
    zone = situation.pack.zone
    near = instant_edges(spec.path, situation)
    edges = sorted((edge for edge in near if _FIRST < edge < _LAST), reverse=True)
    days = list(dict.fromkeys(local_date(edge, zone) for edge in edges))
    if not days:
        days = [local_date(situation.as_of.high, zone) - timedelta(days=60)]
    plain = [Moment(day.isoformat(), Precision.DAY, datetime.combine(day, time())) for day in days]
    noons = [midnight(datetime.combine(day, time(12)), zone) for day in (days[0], days[-1])]
    exact = [edge for edge in edges if not _is_day_boundary(edge, situation)]
    instants = [near for edge in exact for near in (edge, edge - _SECOND, edge + _SECOND)]
    first = [plain[0], *(_instant(noon, zone) for noon in noons)]
    months = dict.fromkeys(day.isoformat()[:7] for day in days)
    moments = [*first, *(_instant(each, zone) for each in instants), *plain[1:]]
    for moment in dict.fromkeys((*moments, *map(parse_moment, months))):
        if isinstance(moment, Moment):
            yield _stated(spec, moment)


def _instant(instant: datetime, zone: ZoneInfo) -> Moment:
    local = instant.astimezone(zone).replace(microsecond=0)
    return Moment(local.isoformat(), Precision.INSTANT, local.astimezone(UTC))


def _is_day_boundary(instant: datetime, situation: Situation) -> bool:
    """Where a local day begins, or the last moment before."""
    zone = situation.pack.zone
    return any(
        midnight(datetime.combine(local_date(near, zone), time()), zone) == near
        for near in (instant, instant + TICK)
    )


def _words(spec: FactSpec, situation: Situation) -> Iterator[Fact]:
    """The words that conditions and register rows speak of, and one that none does."""
    said = dict.fromkeys(_named(spec.path, situation.pack))
    plain = PLAIN.get(spec.path, ("1.0",))
    others = [str(word) for word in (*plain, "somebody-else") if str(word) not in said]
    words = [*others[:1], *said, *others[1:]]
    for word in words:
        match spec.kind:
            case Kind.NAME:
                yield _stated(spec, Name(word))
            case Kind.LIST if ID.fullmatch(word):
                yield _stated(spec, (word,))
            case Kind.ID if ID.fullmatch(word) and not is_alias(spec.path, word, [situation.pack]):
                yield _stated(spec, word)
            case Kind.TEXT:
                yield _stated(spec, word)
            case _:
                pass
    if spec.kind is Kind.LIST:
        yield _stated(spec, ())
        yield _stated(spec, tuple(word for word in said if ID.fullmatch(word)))


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
                        yield from words_in(row.fields[field].value)
        for operand in leaf.operands:
            if isinstance(operand, Literal):
                yield from words_in(operand.value)
            elif isinstance(operand, ParameterRef):
                for dated in pack.parameters[operand.name].values:
                    yield from words_in(dated.value)
    yield from _keys_of_rows(path, pack)


def _keys_of_rows(path: str, pack: Pack) -> Iterator[str]:
    """Words by which a derived fact picks its register row."""
    for derived in pack.derived:
        for field, operand in derived.match.items() if isinstance(derived, RowOf) else ():
            if isinstance(operand, FactRef) and operand.path == path and isinstance(derived, RowOf):
                for row in pack.registers[derived.register].rows:
                    if field in row.fields:
                        yield from words_in(row.fields[field].value)


def _is_evidenced(path: str, pack: Pack) -> bool:
    return any(isinstance(leaf, Evidenced) and leaf.path == path for leaf in all_leaves(pack))


def _stated(spec: FactSpec, value: Value | Moment) -> Fact:
    return Fact(spec.path, value, Origin.MANIFEST)
