"""Every value of a fact that can matter to some conditions: one for each stretch in which they
cannot tell values apart, given what is chosen already.

A search that tries all of these and finds nothing has shown that there is nothing. Where values
had to be left out, ``whole`` becomes false and nothing is shown.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from itertools import combinations, pairwise
from zoneinfo import ZoneInfo

from gonogo.engine.situation import Situation
from gonogo.manifests.facts import Cause, Fact, FactSpec, Kind, Origin, Value, unknown
from gonogo.manifests.leaf import ID, MOST_DAYS
from gonogo.manifests.vocabulary import STAGES
from gonogo.search.choosing import WITNESS, is_alias, silence
from gonogo.search.marks import Marks, Scope
from gonogo.values.amounts import MOST_DIGITS, WIDE, Amount, exact
from gonogo.values.names import Name, nearly_same_id, normal_name
from gonogo.values.times import (
    TICK,
    DayCount,
    Moment,
    Period,
    Precision,
    days_between,
    local_date,
    midnight,
    parse_moment,
)

_WORDS = (Kind.TEXT, Kind.ID, Kind.NAME)
_FRESH = ("northlight", "somebody-else", "nobody-known", "quite-unheard-of", "zz-top", "xylo-42")
_MOST_WORDS_OF_LIST = 4
_MOST_CELLS = 400
_MOST_STEPS = 2  # counts of days that are added up
_DAY = timedelta(days=1)
_FIRST, _LAST = datetime(1900, 1, 3, tzinfo=UTC), datetime(2999, 12, 29, tzinfo=UTC)


class Cells:
    """The values to try in a search for a proof.

    With ``doubts``, also values that leave conditions unknown: ranges, whole days and months,
    facts that are said to be unknown. A goal whose outcomes are all decided needs none of them,
    since what is decided on a rough manifest is decided alike on every exact one behind it.
    """

    def __init__(self, scopes: Iterable[Scope], as_of: Moment, *, doubts: bool) -> None:
        self.doubts = doubts
        self.marks = [Marks(scope) for scope in scopes]
        self.blind = any(marks.lists_evidence for marks in self.marks)
        self.whole = not self.blind
        self.whole &= len(set().union(*(marks.measured for marks in self.marks))) < 2
        self.as_of = self._late(as_of)
        self.free = self._free_stages()

    def candidates(self, path: str, situations: tuple[Situation, ...]) -> list[Fact]:
        """The facts to try for an open path."""
        specs = [s.pack.specs[path] for s in situations if path in s.pack.specs]
        spec = specs[0]
        quiet = silence(spec)
        if path in STAGES and path not in self.free:
            return [quiet] if quiet else []
        found: dict[Fact, None] = {}
        for each in dict.fromkeys(specs):  # an extra fact may be something else in each pack
            for value in self._values(each, situations):
                fact = Fact(path, value, Origin.MANIFEST)
                found[fact] = None
                if any(path in marks.evidenced for marks in self.marks):
                    found[fact._replace(evidence=(WITNESS,))] = None
        found |= dict.fromkeys([quiet] if quiet else [])
        if self.doubts and spec.may_be_unknown:
            found[unknown(path, Cause.SAID)] = None
        return list(found)

    def shaped_by(self, path: str, situations: tuple[Situation, ...]) -> frozenset[str]:
        """The chosen facts that the candidates for a fact are counted from."""
        spec = next(s.pack.specs[path] for s in situations if path in s.pack.specs)
        return frozenset(fact.path for fact in self._set_against(spec, situations))

    def _set_against(self, spec: FactSpec, situations: tuple[Situation, ...]) -> list[Fact]:
        """The chosen facts that some condition may set against this one."""
        if not any(spec.path in marks.linked for marks in self.marks):
            return []
        families: tuple[tuple[Kind, ...], ...] = (
            (Kind.MOMENT, Kind.DAYS), (Kind.AMOUNT,), (*_WORDS, Kind.CHOICE, Kind.LEVEL),
        )  # fmt: skip
        family = next((kinds for kinds in families if spec.kind in kinds), ())
        return [
            fact
            for situation in situations
            for fact in situation.facts.stated.values()
            if fact.origin is Origin.MANIFEST
            and fact.value is not None
            and fact.path != spec.path
            and fact.path in situation.pack.specs
            and situation.pack.specs[fact.path].kind in family
            and any(fact.path in marks.linked for marks in self.marks)
        ]

    def _values(
        self, spec: FactSpec, situations: tuple[Situation, ...]
    ) -> Iterable[Value | Moment]:
        against = [fact.value for fact in self._set_against(spec, situations)]
        match spec.kind:
            case Kind.CHOICE | Kind.LEVEL:
                return spec.choices
            case Kind.FLAG:
                return (True, False)
            case Kind.AMOUNT:
                chosen = [value for value in against if isinstance(value, Amount)]
                return self._amounts(spec, chosen, is_linked=self._is_linked(spec))
            case Kind.DAYS:
                return self._days(against, situations)
            case Kind.LIST:
                return self._lists()
            case Kind.MOMENT:
                return self._moments(spec, against, situations)
            case _:
                return self._words(spec, [str(value) for value in against], situations)

    def _is_linked(self, spec: FactSpec) -> bool:
        return any(spec.path in marks.linked for marks in self.marks)

    # Amounts: each number, one between, and for doubts every range from one of these to another.

    def _amounts(self, spec: FactSpec, chosen: list[Amount], *, is_linked: bool) -> list[Amount]:
        numbers = set().union(*(marks.numbers.get(spec.unit, ()) for marks in self.marks))
        numbers |= {end for amount in chosen for end in amount}
        edges = sorted(number for number in numbers if number > 0)
        points = [] if spec.positive else [Decimal(0)]
        for low, high in zip([Decimal(0), *edges], edges, strict=False):
            points += [*_between(low, high, two=self.doubts and is_linked), high]
        above = [edges[-1] * 2, edges[-1] * 3] if edges else [Decimal(1), Decimal(2)]
        points += above if self.doubts and is_linked else above[:1]
        writable = [point for point in points if len(point.as_tuple().digits) <= MOST_DIGITS]
        self.whole &= len(writable) == len(points)
        ranges = combinations(writable, 2) if self.doubts else ()
        return [*map(exact, writable), *(Amount(low, high) for low, high in ranges)]

    # Counts of days: whole numbers at, below and above each number of days.

    def _days(self, against: list[Value | None], situations: tuple[Situation, ...]) -> list[Amount]:
        numbers = {Decimal(0)}.union(*(marks.numbers.get("day", ()) for marks in self.marks))
        counted = [value for value in against if isinstance(value, Amount)]
        self.whole &= len(counted) < 2
        for situation in situations:
            for marks in self.marks:
                for measure in marks.measured:
                    ends = [situation.facts.get(p).value for p in (measure.start, measure.end)]
                    start, end = ends
                    if isinstance(start, Period) and isinstance(end, Period):
                        zone = situation.pack.zone
                        counted.append(days_between(start, end, measure.method, zone))
        numbers |= {end for amount in counted for end in amount}
        near = {int(number) + shift for number in numbers for shift in (-2, -1, 0, 1, 2)}
        return [exact(Decimal(days)) for days in sorted(near) if 0 <= days <= MOST_DAYS]

    # Words: each that conditions or register rows speak of, and one of which nobody speaks.

    def _words(
        self, spec: FactSpec, against: list[str], situations: tuple[Situation, ...]
    ) -> Iterator[Value]:
        packs = [situation.pack for situation in situations]
        known = list(dict.fromkeys([*(w for m in self.marks for w in m.words), *against]))
        fresh = [word for word in _FRESH if not any(_alike(word, other) for other in known)]
        self.whole &= bool(fresh)
        said = [*known, *fresh[:1]]
        if self.doubts and spec.kind is not Kind.TEXT:
            # A name that contains another, an id that is nearly another: unknown, not different.
            self.whole &= len(known) < 2
            said += [f"{word}x" if spec.kind is Kind.ID else f"{word} mini" for word in known]
        for word in said:
            if spec.kind is Kind.NAME and normal_name(word):
                yield Name(word)
            elif (spec.kind is Kind.TEXT and word) or (
                ID.fullmatch(word) and not is_alias(spec.path, word, packs)
            ):
                yield word

    def _lists(self) -> Iterator[tuple[str, ...]]:
        words = [
            w for w in dict.fromkeys(w for m in self.marks for w in m.words) if ID.fullmatch(w)
        ]
        self.whole &= len(words) <= _MOST_WORDS_OF_LIST
        for size in range(len(words) + 1) if len(words) <= _MOST_WORDS_OF_LIST else (0, 1):
            yield from combinations(words, size)

    # Dates: each instant at which something changes, one between, and for doubts days and months.

    def _late(self, as_of: Moment) -> Moment:
        """After all dates that conditions speak of, so that every act has happened."""
        zones = [marks.pack.zone for marks in self.marks]
        dates = [as_of.period(zone).high for zone in zones]
        dates += [date for marks in self.marks for date in marks.dates if date < _LAST]
        late = min(max(dates) + 2000 * _DAY, _LAST).replace(microsecond=0)
        return Moment(late.isoformat(), Precision.INSTANT, late)

    def _free_stages(self) -> frozenset[str]:
        """The stages of the release to choose: those that are named, and for the first release one
        more; for doubts two, since one may begin it and another end what is known of it.
        """
        named = {path for marks in self.marks for path in marks.named if path in STAGES}
        others = [stage for stage in reversed(STAGES) if stage not in named]
        return frozenset([*named, *others[: 2 if self.doubts else 1]])

    def _moments(
        self, spec: FactSpec, against: list[Value | None], situations: tuple[Situation, ...]
    ) -> list[Moment]:
        points: set[datetime] = set().union(*(marks.dates for marks in self.marks))
        points.add(situations[0].as_of.high)
        points |= {e for v in against if isinstance(v, Period) for e in (v.low, v.high)}
        days: set[datetime] = set()
        zones = dict.fromkeys(situation.pack.zone for situation in situations)
        waiting = self._open_dates(situations) - {spec.path}
        counts = self._counts(against)
        self.whole &= not counts or len(waiting) <= _MOST_STEPS
        for _ in range(min(_MOST_STEPS, max(1, len(waiting)))) if counts else ():
            for zone in zones:
                points, days = _shifted(points, days, counts, zone)
        edges = sorted(edge for edge in points | days if _FIRST < edge < _LAST)
        instants = [*(edge for edge in edges if edge in points), *_gaps(edges)]
        moments = [_instant(instant, situations[0].pack.zone) for instant in sorted(instants)]
        moments += [day for zone in zones for day in _whole_days(edges, zone) if self.doubts]
        self.whole &= len(moments) <= _MOST_CELLS
        return [each for each in moments[:_MOST_CELLS] if _has_happened(spec, each, situations)]

    def _open_dates(self, situations: tuple[Situation, ...]) -> set[str]:
        """The dates that are still to be chosen and may be counted from this one."""
        return {
            fact.path
            for situation in situations
            for fact in situation.facts.stated.values()
            if fact.cause is Cause.OPEN
            and fact.path in situation.pack.specs
            and situation.pack.specs[fact.path].kind is Kind.MOMENT
            and (fact.path in self.free or fact.path not in STAGES)
            and any(fact.path in marks.linked for marks in self.marks)
        }

    def _counts(self, against: list[Value | None]) -> set[tuple[DayCount, Decimal]]:
        """The counts of days by which dates can be set apart."""
        methods = set().union(*(marks.counts for marks in self.marks))
        days = set().union(*(marks.numbers.get("day", ()) for marks in self.marks))
        days |= {end for value in against if isinstance(value, Amount) for end in value}
        return {(m, d) for m in methods for d in {*days, Decimal(0)} if abs(d) <= MOST_DAYS}


def _alike(one: str, other: str) -> bool:
    """May two words be taken for each other, as names or as ids?"""
    names = normal_name(one), normal_name(other)
    return names[0] in names[1] or names[1] in names[0] or nearly_same_id(one, other)


def _between(low: Decimal, high: Decimal, *, two: bool) -> list[Decimal]:
    """One number between two, or two of them."""
    quarter = WIDE.divide(WIDE.subtract(high, low), Decimal(4))
    steps = (1, 3) if two else (2,)
    return [WIDE.add(low, WIDE.multiply(quarter, Decimal(step))) for step in steps]


def _shifted(
    points: set[datetime],
    days: set[datetime],
    counts: set[tuple[DayCount, Decimal]],
    zone: ZoneInfo,
) -> tuple[set[datetime], set[datetime]]:
    """Instants, and midnights, that are as many days before or after as some condition asks."""
    more, more_days = set(points), set(days)
    for edge in points | days:
        for method, count in counts:
            for sign in (-1, 1):
                if method is DayCount.ELAPSED:
                    more.update(_moved(edge, sign * int(count * 86_400_000_000) * TICK))
                else:
                    less = 1 if method is DayCount.FULL_DAYS else 0
                    first = datetime.combine(local_date(edge, zone), time())
                    for shift in (0, 1):
                        days_off = (sign * (int(count) + less) + shift) * _DAY
                        more_days.update(midnight(day, zone) for day in _moved(first, days_off))
    return more, more_days


def _moved(date: datetime, by: timedelta) -> Iterator[datetime]:
    """A date moved, unless that leads beyond all that can be written."""
    if _FIRST.year < date.year + by.days / 365 < _LAST.year:
        yield date + by


def _gaps(edges: list[datetime]) -> Iterator[datetime]:
    """An instant before all edges, one between each two, one after all."""
    yield edges[0] - 40 * _DAY
    for low, high in pairwise(edges):
        middle = low + (high - low) / 2
        rounded = middle.replace(microsecond=0)
        if low < middle:
            yield rounded if rounded > low else middle
    yield edges[-1] + 40 * _DAY


def _instant(instant: datetime, zone: ZoneInfo) -> Moment:
    local = instant.astimezone(zone)
    return Moment(local.isoformat(), Precision.INSTANT, instant)


def _whole_days(edges: list[datetime], zone: ZoneInfo) -> list[Moment]:
    """The local days and months of the edges, and those beside them."""
    days = dict.fromkeys(local_date(edge, zone) + s * _DAY for edge in edges for s in (-1, 0, 1))
    months = dict.fromkeys(
        (local_date(edge, zone).replace(day=15) + s * 30 * _DAY).isoformat()[:7]
        for edge in edges
        for s in (-1, 0, 1)
    )
    texts = (*(day.isoformat() for day in days), *months)
    return [found for found in map(parse_moment, texts) if isinstance(found, Moment)]


def _has_happened(spec: FactSpec, moment: Moment, situations: tuple[Situation, ...]) -> bool:
    """An act of the government after the as-of time would count as not stated."""
    dates = {each.known_from for s in situations for each in s.pack.specs.values()}
    if spec.path not in dates:
        return True
    return all(moment.period(s.pack.zone).low <= s.as_of.high for s in situations)
