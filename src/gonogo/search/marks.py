"""All that conditions compare facts with: the numbers, words, dates and counts of days in them."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from gonogo.engine.situation import in_force
from gonogo.manifests.facts import Value
from gonogo.packs.language import (
    AnyRow,
    Compare,
    Condition,
    DaysBetween,
    Evidenced,
    FactRef,
    Literal,
    Operand,
    ParameterRef,
    Subject,
    spelled_out,
)
from gonogo.packs.policy import (
    ANY,
    EXPIRY,
    EarliestOf,
    FilledFrom,
    Pack,
    Register,
    Row,
    RowOf,
    Rule,
)
from gonogo.search.roots import Roots, facts_in
from gonogo.values.amounts import Amount
from gonogo.values.names import Name
from gonogo.values.times import TICK, DayCount, Moment, Period


class Scope(NamedTuple):
    """What a search is about in one pack: conditions, and rules whose dates count."""

    pack: Pack
    conditions: tuple[Condition, ...]
    rules: tuple[Rule, ...] = ()


class Marks:
    """The marks of some conditions, each kind by itself."""

    def __init__(self, scope: Scope) -> None:
        self.pack = scope.pack
        self.roots = Roots(scope.pack)
        self.dates: set[datetime] = set()
        self.numbers: dict[str, set[Decimal]] = {}  # by unit
        self.counts: set[DayCount] = set()
        self.words: dict[str, None] = {}
        self.evidenced: set[str] = set()
        self.named: set[str] = set()  # facts by the names that conditions have for them
        self.linked: set[str] = set()  # the manifest's facts that are set against each other
        self.measured: set[DaysBetween] = set()  # what is compared with a fact
        self.lists_evidence = False
        for rule in scope.rules:
            self._edges(rule.start, rule.until and rule.until + TICK)
            self.named.update(rule.force_at)
        self._names(scope.pack.governing)
        for condition in scope.conditions:
            for leaf in spelled_out(condition, scope.pack.definitions):
                self._leaf(leaf)

    def _edges(self, *dates: datetime | None) -> None:
        self.dates.update(date for date in dates if date is not None)

    def _leaf(self, leaf: Condition) -> None:
        for path in facts_in(leaf):
            self._names(path)
        match leaf:
            case Evidenced(path=path):
                self.evidenced.add(path)
            case AnyRow(register=None):
                self.lists_evidence = True
            case AnyRow(register=str() as name):
                register = self.pack.registers[name]
                self._rows(register, register.rows)
                if EXPIRY in self.pack.parameters:
                    self._parameter(EXPIRY, "day")
                for inner in spelled_out(leaf.where, self.pack.definitions):
                    for path in facts_in(inner):
                        if path.startswith("row."):
                            self._field(register, path.removeprefix("row."))
            case Compare():
                self._compare(leaf)
            case _:
                pass

    def _names(self, path: str) -> None:
        """A fact that is named; a fact of a register's row has marks of its own."""
        if path in self.named or path.startswith("row."):
            return
        self.named.add(path)
        roots = set(self.roots.of_path(path))
        if len(roots) > 1:
            self.linked |= roots
        section, _, field = path.rpartition(".")
        for derived in self.pack.derived:
            match derived:
                case RowOf(path=own) if own == section:
                    register = self.pack.registers[derived.register]
                    self._rows(register, register.rows)
                    for name in (field, *derived.match):
                        self._field(register, name)
                case FilledFrom(path=own, source=source) if own == section:
                    self._names(f"{source}.{field}")
                case EarliestOf(path=own, parts=parts) if own == path:
                    for part in parts:
                        self._names(part)
                case _:
                    pass
        if path.startswith("register."):
            self._value(self.pack.registers[path.split(".")[1]].as_of, "")

    def _rows(self, register: Register, rows: Iterable[Row]) -> None:
        for row in rows:
            window = in_force(row)
            self._edges(window.low, window.high + TICK)

    def _field(self, register: Register, name: str) -> None:
        unit = register.fields[name].unit if name in register.fields else ""
        for row in register.rows:
            if name in row.fields:
                self._value(row.fields[name].value, unit)

    def _compare(self, leaf: Compare) -> None:
        unit = leaf.spec.unit
        parts: tuple[Subject | Operand, ...] = (leaf.subject, *leaf.operands)
        refs = [part for part in parts if isinstance(part, FactRef)]
        paths = [path for path in facts_in(leaf) if not path.startswith("row.")]
        if len(set(paths)) > 1:
            self.linked.update(root for path in paths for root in self.roots.of_path(path))
        if isinstance(leaf.subject, DaysBetween):
            self.counts.add(leaf.subject.method)
            if refs:
                self.measured.add(leaf.subject)
        for part in parts:
            match part:
                case Literal(value=value):
                    self._value(value, unit)
                case ParameterRef(name=name):
                    self._parameter(name, unit)
                case FactRef(path=path, if_not_stated=fallback):
                    if fallback:
                        self._parameter(fallback, unit)
                    spec = self.pack.specs.get(path)
                    if len(refs) > 1 and spec:  # two words may be compared with each other
                        self.words.update(dict.fromkeys(spec.choices))
                case _:
                    pass

    def _parameter(self, name: str, unit: str) -> None:
        for dated in self.pack.parameters[name].values:
            self._edges(dated.start)
            self._value(dated.value, unit)

    def _value(self, value: Value | Moment | None, unit: str) -> None:
        match value:
            case Moment():
                self._value(value.period(self.pack.zone), unit)
            case Period(low=low, high=high):
                self._edges(low, high)
            case Amount(low=low, high=high):
                self.numbers.setdefault(unit, set()).update((low, high))
            case _:
                self.words.update(dict.fromkeys(words_in(value)))


def words_in(value: Value | Moment | None) -> Iterator[str]:
    """Every word by which a value can be met."""
    match value:
        case Name(text=text, also=also, never=never):
            yield from (text, *also, *never)
        case str() if value != ANY:
            yield value
        case _ if type(value) is tuple:  # a list; other values are named tuples
            yield from map(str, value)
        case _:
            pass
