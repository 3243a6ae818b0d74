"""Small changes to a manifest that may bring a condition or a date to where no test has stood."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from decimal import Decimal

from gonogo.engine.situation import Situation
from gonogo.manifests.facts import FactSpec, Kind
from gonogo.manifests.vocabulary import FIRST_RELEASE, STAGES, Vocabulary
from gonogo.packs.language import (
    Compare,
    Condition,
    DaysBetween,
    FactRef,
    Literal,
    ParameterRef,
    Stated,
)
from gonogo.packs.policy import Pack
from gonogo.values.amounts import Amount, format_number
from gonogo.values.times import Period, local_date, midnight

Change = Mapping[str, str | None]  # by path, what is written there; None is taken out

_ONE = timedelta(days=1)


class Tries:
    """Changes to one manifest, as a pack sees it."""

    def __init__(self, situation: Situation, vocabulary: Vocabulary) -> None:
        self.situation = situation
        self.pack: Pack = situation.pack
        self.vocabulary = vocabulary

    def of_date(self, edge: datetime) -> Iterator[Change]:
        """The release, in one stage, on the last day or instant before an edge, and at it."""
        local = edge.astimezone(self.pack.zone)
        if self._begins_day(edge):
            yield from (self._release(str(local.date() - _ONE)), self._release(str(local.date())))
        else:
            for moment in (local - timedelta(seconds=1), local):
                yield self._release(moment.isoformat())

    def of_leaf(self, leaf: Condition) -> Iterator[Change]:
        match leaf:
            case Compare(subject=DaysBetween(start=start, end=end)):
                yield from self._days(leaf, start, end)
            case Compare(subject=FactRef(path=path)) if self._may_set(path):
                yield from self._values(path, leaf)
                yield {path: None}
            case Compare(operands=(FactRef(path=path),)) if self._may_set(path):
                yield from self._dates(path, leaf.subject)
                yield {path: None}
            case Stated(path=path) if self._may_set(path):
                yield from ({path: text} for text in self._any_of(self.pack.specs[path]))
                yield {path: None}
            case _:
                pass

    def _may_set(self, path: str) -> bool:
        """Also a stage that stands for the first release."""
        return self.vocabulary.can_state(path) or path == FIRST_RELEASE

    def _release(self, text: str) -> Change:
        """A release in one stage, the one that a manifest plans already."""
        governing = self.pack.governing
        if governing != FIRST_RELEASE:
            return {governing: text}
        planned = [path for path in STAGES if self.situation.facts.get(path).value is not None]
        stage = planned[0] if planned else STAGES[-1]
        return {**dict.fromkeys(planned), stage: text}

    def _set(self, path: str, text: str) -> Change:
        return self._release(text) if path == FIRST_RELEASE else {path: text}

    def _values(self, path: str, leaf: Compare) -> Iterator[Change]:
        spec = leaf.spec
        match spec.kind:
            case Kind.AMOUNT | Kind.DAYS:
                for number in self._numbers(leaf):
                    beside = (number - 1, number, number + 1)
                    around = (number / 2, number, number * 2)  # shorter to read for large numbers
                    for near in beside if spec.kind is Kind.DAYS else around:
                        yield {path: format_number(near)}
            case Kind.MOMENT:
                yield from self._dates(path, leaf.operands[0])
            case _:
                yield from ({path: text} for text in self._any_of(spec))
                yield from (
                    {path: f'"{operand.value}"'}
                    for operand in leaf.operands
                    if isinstance(operand, Literal) and isinstance(operand.value, str)
                )

    def _any_of(self, spec: FactSpec) -> list[str]:
        """What can be written where a fact of this kind stands."""
        match spec.kind:
            case Kind.FLAG:
                return ["true", "false"]
            case Kind.CHOICE | Kind.LEVEL:
                return list(spec.choices)
            case Kind.AMOUNT | Kind.DAYS:
                return ["1"]
            case Kind.MOMENT:
                governing = self.situation.governing
                return [str(local_date(governing.low, self.pack.zone))] if governing else []
            case _:
                return ["other"]

    def _numbers(self, leaf: Compare) -> Iterator[Decimal]:
        """The numbers that a leaf compares with, here."""
        for operand in leaf.operands:
            match operand:
                case Literal(value=Amount(low=low)):
                    yield low
                case ParameterRef(name=name):
                    for dated in self.pack.parameters[name].values:
                        if isinstance(dated.value, Amount):
                            yield dated.value.low
                case FactRef(path=path):
                    value = self.situation.facts.get(path).value
                    if isinstance(value, Amount):
                        yield value.low
                case _:
                    pass

    def _dates(self, path: str, other: object) -> Iterator[Change]:
        """A date the day before another one, the day after, and both at one instant."""
        match other:
            case FactRef(path=name):
                value = self.situation.facts.get(name).value
            case Literal(value=value):
                name = ""
            case _:
                return
        if not isinstance(value, Period):
            return
        low, high = (local_date(each, self.pack.zone) for each in (value.low, value.high))
        yield self._set(path, str(low - _ONE))
        yield self._set(path, str(high + _ONE))
        if self._may_set(name):
            within = value.low + (value.high - value.low) // 2
            instant = within.astimezone(self.pack.zone).isoformat(timespec="seconds")
            yield {**self._set(name, instant), **self._set(path, instant)}

    def _days(self, leaf: Compare, start: str, end: str) -> Iterator[Change]:
        """One of the two dates moved until so many days lie between them."""
        first, last = (self.situation.facts.get(path).value for path in (start, end))
        for number in self._numbers(leaf):
            for days in (timedelta(days=int(number) + step) for step in (-1, 0, 1)):
                if self.vocabulary.can_state(start) and isinstance(last, Period):
                    yield {start: str(local_date(last.low, self.pack.zone) - days)}
                if self._may_set(end) and isinstance(first, Period):
                    yield self._set(end, str(local_date(first.low, self.pack.zone) + days))
        for path in (start, end):
            if self.vocabulary.can_state(path):
                yield {path: None}

    def _begins_day(self, edge: datetime) -> bool:
        day = datetime.combine(local_date(edge, self.pack.zone), time.min)
        return midnight(day, self.pack.zone) == edge
