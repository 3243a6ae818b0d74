"""Where two packs may still come to different answers: the goal of a search for a witness."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from gonogo.diagnostics import Span
from gonogo.engine.judge import Outcome, RuleResult, apply_rule
from gonogo.engine.situation import Situation, matching_rows
from gonogo.engine.trace import Step, deciding, every_leaf
from gonogo.manifests.facts import Cause, Fact
from gonogo.packs.language import (
    All,
    AnyOf,
    AnyRow,
    Compare,
    DaysBetween,
    Evidenced,
    FactRef,
    Holds,
    Literal,
    NoneOf,
    ParameterRef,
    Stated,
)
from gonogo.packs.policy import EXPIRY, EarliestOf, FilledFrom, Pack, RowOf
from gonogo.search.choosing import open_dates, open_paths
from gonogo.search.domains import Aim
from gonogo.search.roots import Roots
from gonogo.search.witness import Progress
from gonogo.values.amounts import Amount
from gonogo.values.times import Moment
from gonogo.values.truth import Truth, implies

_NEUTRAL = {All: Truth.TRUE, AnyOf: Truth.FALSE, NoneOf: Truth.FALSE}


class Pair(NamedTuple):
    """The outcomes of one rule under two packs; None where a pack has no such rule."""

    old: RuleResult | None
    new: RuleResult | None


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


def _day_counts(pack: Pack) -> set[int]:
    """Every number of days that is a parameter of the pack."""
    values = [d.value for p in pack.parameters.values() if p.spec.unit == "day" for d in p.values]
    return {int(value.low) for value in values if isinstance(value, Amount)}


def _dates(pack: Pack) -> frozenset[datetime]:
    found = {rule.start for rule in pack.rules} | {rule.until for rule in pack.rules}
    for parameter in pack.parameters.values():
        found |= {dated.start for dated in parameter.values}
    for register in pack.registers.values():
        for row in register.rows:
            found |= {row.start, row.until}
    return frozenset(date for date in found if date is not None)


class Difference:
    """The goal that one rule comes out differently under two packs, or only in one of them."""

    def __init__(self, key: str, old: Pack, new: Pack) -> None:
        self.key = key
        self.old, self.new = old, new
        self.rules = [next((r for r in pack.rules if r.key == key), None) for pack in (old, new)]
        self.changed = changed_names(old, new)
        self.force_differs = bare(self._force(0)) != bare(self._force(1))
        self.roots = (Roots(old), Roots(new))
        self.known: dict[tuple[int, int], bool] = {}

    def _force(self, side: int) -> object:
        rule = self.rules[side]
        return rule and (rule.start, rule.until, rule.force_at)

    def aim(self) -> Aim:
        """Where to look: near the dates that differ, with the facts that the rule itself names."""
        named: set[str] = set()
        for rule, roots in zip(self.rules, self.roots, strict=True):
            for part in (rule.when, rule.require) if rule else ():
                named |= roots.named_in(part) if part else set()
            named.update(rule.force_at if rule else ())
        return Aim(_dates(self.old) ^ _dates(self.new), frozenset(named))

    def times(self) -> list[Moment]:
        """As-of times around the day on which a register that the rule reads grows too old."""
        found: list[Moment] = []
        for pack, rule, roots in zip((self.old, self.new), self.rules, self.roots, strict=True):
            parts = [part for part in (rule.when, rule.require) if part] if rule else []
            for register in sorted({name for part in parts for name in roots.registers_of(part)}):
                searched = pack.registers[register].as_of
                for days in sorted(_day_counts(pack)):
                    found += [searched.moved(days + shift, pack.zone) for shift in (-1, 0, 1)]
        return list(dict.fromkeys(found))

    def results(self, situations: tuple[Situation, ...]) -> Pair:
        made = [
            apply_rule(rule, situation) if rule else None
            for rule, situation in zip(self.rules, situations, strict=True)
        ]
        return Pair(*made)

    def progress(self, situations: tuple[Situation, ...]) -> Progress:
        pair = self.results(situations)
        if all(result is None or is_settled(result) for result in pair):
            outcomes = [result.outcome if result else None for result in pair]
            if _differ(*outcomes):
                return Progress(Truth.TRUE)
            return Progress(Truth.FALSE, blame=self._basis(pair))
        force_may_differ = self._force_may_differ(pair)
        values = [_value(result) for result in pair if result]
        if len(values) == 2 and values[0] is values[1] is not None and not force_may_differ:
            return Progress(Truth.FALSE, blame=self._basis(pair))
        apart = _Apart(self)
        first = list(apart.of(pair))
        if not first and None not in pair and not force_may_differ:
            force = self._force_roots() if self.force_differs else frozenset()
            return Progress(Truth.FALSE, blame=force | apart.blame)
        paths = [path for step, at in first for path in open_paths(step, at)]
        paths += [path for result in pair if result for path in open_in(result)]
        return Progress(Truth.UNKNOWN, tuple(dict.fromkeys(paths)))

    def _basis(self, pair: Pair) -> frozenset[str]:
        """The facts by which two settled outcomes came about."""
        found = set(self._force_roots())
        for result in pair:
            for step in (result.when, result.require) if result else ():
                for leaf in deciding(step) if step else ():
                    found |= self.blamed(leaf)
        return frozenset(found)

    def _force_roots(self) -> frozenset[str]:
        """The facts that decide whether the rule is in force."""
        found: set[str] = set()
        for rule, roots in zip(self.rules, self.roots, strict=True):
            if rule is not None and (rule.start or rule.until):
                found |= roots.governing
                for path in rule.force_at:
                    found.update(roots.of_path(path))
        return frozenset(found)

    def blamed(self, leaf: Step) -> frozenset[str]:
        """The facts by which a leaf came to its answer, under either pack."""
        condition = leaf.condition
        if isinstance(condition, AnyRow) and not leaf.rows and condition.register:
            condition = condition.where  # no row fits, whenever it is in force
        return self.roots[0].of(condition) | self.roots[1].of(condition)

    def _force_may_differ(self, pair: Pair) -> bool:
        if not self.force_differs or pair.old is None or pair.new is None:
            return False
        if any(fact.cause is Cause.OPEN for fact in _roots_of_force(pair)):
            return True
        return (pair.old.outcome is Outcome.NOT_IN_FORCE, pair.old.partly) != (
            pair.new.outcome is Outcome.NOT_IN_FORCE,
            pair.new.partly,
        )

    def same(self, old: Step, new: Step) -> bool:
        """Do two steps ask the same, wherever it is written?"""
        key = (id(old.condition), id(new.condition))
        if key not in self.known:
            same = old.condition is new.condition or bare(old.condition) == bare(new.condition)
            self.known[key] = same
        return self.known[key]


class _Apart:
    """Walks two traces side by side to the open steps in which they may still differ.

    ``blame`` gathers the facts by which other steps were settled alike.
    """

    def __init__(self, difference: Difference) -> None:
        self.difference = difference
        self.blame: set[str] = set()

    def of(self, pair: Pair) -> Iterator[tuple[Step, Situation]]:
        if pair.old is None or pair.new is None:
            return
        for old, new in ((pair.old.when, pair.new.when), (pair.old.require, pair.new.require)):
            if old is not None and new is not None:
                for one, other in self._steps(old, new):
                    yield one, pair.old.situation
                    yield other, pair.new.situation
            elif old is not None:
                yield old, pair.old.situation
            elif new is not None:
                yield new, pair.new.situation

    def _steps(self, old: Step, new: Step) -> Iterator[tuple[Step, Step]]:
        if Truth.UNKNOWN not in (old.truth, new.truth) and old.truth is new.truth:
            self._settled(old, new)
            return
        kind = type(old.condition)
        if kind is not type(new.condition):
            yield old, new
        elif isinstance(old.condition, Holds):
            yield from self._steps(old.parts[0], new.parts[0])
        elif kind in _NEUTRAL:
            yield from self._parts(old, new, _NEUTRAL[kind])
        elif not self.difference.same(old, new) or self._reads_otherwise(old, new):
            yield old, new

    def _settled(self, *steps: Step) -> None:
        for step in steps:
            for leaf in deciding(step):
                self.blame |= self.difference.blamed(leaf)

    def _parts(self, old: Step, new: Step, neutral: Truth) -> Iterator[tuple[Step, Step]]:
        """Parts that one side has alone matter unless they are neutral; others are compared."""
        if len(old.parts) == len(new.parts):
            for one, other in zip(old.parts, new.parts, strict=True):
                yield from self._steps(one, other)
            return
        rest = list(new.parts)
        for part in old.parts:
            twin = next((other for other in rest if self.difference.same(part, other)), None)
            if twin is None:
                yield from self._alone(part, neutral)
                continue
            rest.remove(twin)
            yield from self._steps(part, twin)
        for part in rest:
            yield from self._alone(part, neutral)

    def _alone(self, part: Step, neutral: Truth) -> Iterator[tuple[Step, Step]]:
        if part.truth is neutral:
            self._settled(part)
        else:
            yield part, part

    def _reads_otherwise(self, old: Step, new: Step) -> bool:
        """Does a leaf read something that the packs may disagree on, and is that still open?"""
        changed = self.difference.changed
        if not changed or not any(name in changed for name in _read(old)):
            return False
        facts = [fact for step in (old, new) for fact in _facts_below(step)]
        roots = [root for fact in facts for root in fact.roots()]
        readings = [[reading.value for reading in step.parameters] for step in (old, new)]
        is_open = any(root.cause is Cause.OPEN for root in roots)
        undated = any(value is None for values in readings for value in values)
        values = [[fact.value for fact in _facts_below(step)] for step in (old, new)]
        timings = [[(bare(r.row.fields), r.timing) for r in step.rows] for step in (old, new)]
        if is_open or undated or readings[0] != readings[1] or values[0] != values[1]:
            return True
        if timings[0] != timings[1]:
            return True
        self._settled(old, new)
        return False


def _facts_below(step: Step) -> list[Fact]:
    return [*step.facts, *(fact for row in step.rows for f in [row.where] for fact in _all(f))]


def _all(step: Step) -> Iterator[Fact]:
    for leaf in every_leaf(step):
        yield from leaf.facts


def _roots_of_force(pair: Pair) -> Iterator[Fact]:
    for result in pair:
        if result is not None:
            situation = result.situation
            for path in (situation.pack.governing, *result.rule.force_at):
                yield from situation.facts.get(path).roots()


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


def is_settled(result: RuleResult) -> bool:
    """Is the outcome final, whatever is chosen for the facts that are open?"""
    return result.outcome is not Outcome.UNKNOWN or not any(True for _ in open_in(result))


def open_in(result: RuleResult) -> Iterator[str]:
    """The open facts that may still change a rule's outcome."""
    if result.outcome is not Outcome.UNKNOWN:
        return
    yield from open_dates(result.situation)
    for step in (result.when, result.require):
        if step is not None:
            yield from open_paths(step, result.situation)


def _value(result: RuleResult) -> Outcome | None:
    """What the rule comes to where it is in force; None while that is not settled."""
    if result.when is None or result.when.truth is Truth.FALSE:
        return Outcome.NOT_APPLICABLE if result.when else None
    required = result.require.truth if result.require else Truth.FALSE
    value = implies(result.when.truth, required) if result.rule.require else result.when.truth
    return {Truth.TRUE: Outcome.PASS, Truth.FALSE: Outcome.FAIL}.get(value)


def _differ(old: Outcome | None, new: Outcome | None) -> bool:
    """A rule that only one pack has matters where it fails or is unknown."""
    if old is None or new is None:
        return (old or new) in (Outcome.FAIL, Outcome.UNKNOWN)
    return old is not new
