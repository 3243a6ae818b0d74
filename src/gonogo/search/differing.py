"""The goal that two packs come to different outcomes for one rule."""

from collections.abc import Iterator

from gonogo.engine.judge import Outcome, RuleResult, apply_rule
from gonogo.engine.situation import Situation
from gonogo.engine.trace import deciding
from gonogo.manifests.facts import Cause, Fact
from gonogo.packs.policy import Pack
from gonogo.search.apart import Apart, Pair
from gonogo.search.changes import Changes
from gonogo.search.choosing import open_dates, open_paths
from gonogo.search.domains import Aim
from gonogo.search.witness import Progress
from gonogo.values.amounts import Amount
from gonogo.values.times import Moment
from gonogo.values.truth import Truth, implies


class Difference:
    """The goal that one rule comes out differently under two packs, or only in one of them.

    With ``decided``, neither outcome may be unknown: a pass against a fail tells more.
    """

    def __init__(self, key: str, changes: Changes, *, decided: bool = False) -> None:
        self.decided = decided
        self.key = key
        self.changes = changes
        self.rules = [
            next((rule for rule in pack.rules if rule.key == key), None) for pack in changes.packs
        ]
        self.force_differs = self._force(0) != self._force(1)

    def _force(self, side: int) -> object:
        rule = self.rules[side]
        return rule and (rule.start, rule.until, rule.force_at)

    def aim(self) -> Aim:
        """Where to look: near the dates that differ, with the facts that the rule itself names."""
        named: set[str] = set()
        for rule, roots in zip(self.rules, self.changes.roots, strict=True):
            for part in (rule.when, rule.require) if rule else ():
                named |= roots.named_in(part) if part else set()
            named.update(rule.force_at if rule else ())
        return Aim(self.changes.dates(), frozenset(named))

    def times(self) -> list[Moment]:
        """As-of times around the day on which a register that the rule reads grows too old."""
        found: list[Moment] = []
        for pack, rule, roots in zip(
            self.changes.packs, self.rules, self.changes.roots, strict=True
        ):
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
            if _differ(*outcomes) and not (self.decided and Outcome.UNKNOWN in outcomes):
                return Progress(Truth.TRUE)
            return Progress(Truth.FALSE, blame=self._basis(pair))
        force_may_differ = self._force_may_differ(pair)
        values = [_value(result) for result in pair if result]
        if len(values) == 2 and values[0] is values[1] is not None and not force_may_differ:
            return Progress(Truth.FALSE, blame=self._basis(pair))
        apart = Apart(self.changes)
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
                    found |= self.changes.blamed(leaf)
        return frozenset(found)

    def _force_roots(self) -> frozenset[str]:
        """The facts that decide whether the rule is in force."""
        found: set[str] = set()
        for rule, roots in zip(self.rules, self.changes.roots, strict=True):
            if rule is not None and (rule.start or rule.until):
                found |= roots.governing
                for path in rule.force_at:
                    found.update(roots.of_path(path))
        return frozenset(found)

    def _force_may_differ(self, pair: Pair) -> bool:
        if not self.force_differs or pair.old is None or pair.new is None:
            return False
        if any(fact.cause is Cause.OPEN for fact in _roots_of_force(pair)):
            return True
        return (pair.old.outcome is Outcome.NOT_IN_FORCE, pair.old.partly) != (
            pair.new.outcome is Outcome.NOT_IN_FORCE,
            pair.new.partly,
        )


def _day_counts(pack: Pack) -> set[int]:
    """Every number of days that is a parameter of the pack."""
    values = [d.value for p in pack.parameters.values() if p.spec.unit == "day" for d in p.values]
    return {int(value.low) for value in values if isinstance(value, Amount)}


def _roots_of_force(pair: Pair) -> Iterator[Fact]:
    for result in pair:
        if result is not None:
            situation = result.situation
            for path in (situation.pack.governing, *result.rule.force_at):
                yield from situation.facts.get(path).roots()


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
