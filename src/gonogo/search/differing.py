"""The goal that two packs come to different outcomes for one rule."""

from collections.abc import Iterator
from enum import Enum

from gonogo.engine.judge import Outcome, RuleResult, apply_rule
from gonogo.engine.situation import Situation
from gonogo.engine.trace import Step
from gonogo.manifests.leaf import MOST_DAYS
from gonogo.packs.language import Compare, Condition, DaysBetween, Literal, spelled_out
from gonogo.packs.policy import Pack, Rule
from gonogo.search.apart import Apart, Pair
from gonogo.search.changes import Changes
from gonogo.search.domains import Aim
from gonogo.search.marks import Scope
from gonogo.search.opening import is_in_force, open_in, open_roots, settling
from gonogo.search.witness import Progress
from gonogo.values.amounts import Amount
from gonogo.values.times import Moment
from gonogo.values.truth import Truth


class Weight(Enum):
    """How two outcomes have to differ."""

    FAILS = "one is a fail, the other none, and neither is unknown"
    VERDICT = "so that a verdict may hang on it"
    OUTCOME = "in any way"


class Difference:
    """The goal that one rule comes out differently under two packs, or only in one of them."""

    def __init__(self, key: str, changes: Changes, weight: Weight = Weight.OUTCOME) -> None:
        self.key = key
        self.changes = changes
        self.weight = weight
        self.rules = [
            next((rule for rule in pack.rules if rule.key == key), None) for pack in changes.packs
        ]
        self.force_differs = changes.all_differs or _force(self.rules[0]) != _force(self.rules[1])

    def aim(self) -> Aim:
        """Where to look: near the dates that differ, with the facts that the rule itself names."""
        named: set[str] = set()
        for rule, roots in zip(self.rules, self.changes.roots, strict=True):
            for part in conditions_of(rule):
                named |= roots.named_in(part)
            named.update(rule.force_at if rule else ())
        return Aim(self.changes.dates(), frozenset(named))

    def scopes(self) -> list[Scope]:
        """What a proof has to take into account."""
        return [
            Scope(pack, tuple(conditions_of(rule)), (rule,) if rule else ())
            for pack, rule in zip(self.changes.packs, self.rules, strict=True)
        ]

    def times(self) -> list[Moment]:
        """As-of times around the day on which a register that the rule reads grows too old."""
        found: list[Moment] = []
        for pack, rule, roots in zip(
            self.changes.packs, self.rules, self.changes.roots, strict=True
        ):
            parts = conditions_of(rule)
            for register in sorted({name for part in parts for name in roots.registers_of(part)}):
                searched = pack.registers[register].as_of
                for days in sorted(_day_counts(pack, parts)):
                    found += [searched.moved(days + shift, pack.zone) for shift in (-1, 0, 1)]
        return list(dict.fromkeys(found))

    def progress(self, situations: tuple[Situation, ...]) -> Progress:
        if self.is_untouched():
            return Progress(Truth.FALSE)
        pair = Pair(
            *(
                apply_rule(rule, situation) if rule else None
                for rule, situation in zip(self.rules, situations, strict=True)
            )
        )
        paths = [path for result in pair if result for path in open_in(result)]
        if not paths:
            differ = self._differ(pair)
            return Progress(Truth.TRUE if differ else Truth.FALSE, blame=self._basis(pair))
        if pair.old is None or pair.new is None or self._force_may_differ(pair):
            return Progress(Truth.UNKNOWN, tuple(dict.fromkeys(paths)))
        apart = Apart(self.changes, pair.old.situation, pair.new.situation)
        first = list(self._steps_apart(apart, pair.old, pair.new))
        if apart.alike:
            force = self._force_roots() if self.force_differs else frozenset()
            return Progress(Truth.FALSE, blame=force | apart.blame)
        return Progress(Truth.UNKNOWN, tuple(dict.fromkeys([*first, *paths])))

    def is_untouched(self) -> bool:
        """Is all that the rule says and reads the same in both packs?"""
        old, new = self.rules
        if old is None or new is None or self.force_differs:
            return False
        pairs = zip(conditions_of(old), conditions_of(new), strict=False)
        same_count = len(conditions_of(old)) == len(conditions_of(new))
        return same_count and all(self.changes.untouched(*pair) for pair in pairs)

    def _differ(self, pair: Pair) -> bool:
        outcomes = [result.outcome if result else None for result in pair]
        match self.weight:
            case Weight.FAILS:
                return outcomes.count(Outcome.FAIL) == 1 and Outcome.UNKNOWN not in outcomes
            case Weight.OUTCOME if None not in outcomes:
                return outcomes[0] is not outcomes[1]
            case _:
                return weight_of(pair.old) != weight_of(pair.new)

    def _steps_apart(self, apart: Apart, old: RuleResult, new: RuleResult) -> Iterator[str]:
        if old.when is None or new.when is None:
            apart.alike = False  # out of force, until another date is chosen
            return
        yield from apart.compare(old.when, new.when)
        if old.when.truth is new.when.truth is Truth.FALSE:
            apart.settled(old.when, new.when)  # out of scope in both
            return
        if old.require is not None and new.require is not None:
            yield from apart.compare(old.require, new.require)
        elif old.require is not new.require:
            apart.alike = False  # one of them is a note

    def _basis(self, pair: Pair) -> frozenset[str]:
        """The facts by which two settled outcomes came about."""
        found: set[str] = set()
        if self.force_differs or not all(result and is_in_force(result) for result in pair):
            found |= self._force_roots()
        for result, roots in zip(pair, self.changes.roots, strict=True):
            for step in _deciding_steps(result) if result else ():
                for leaf in settling(step):
                    found |= roots.of(leaf.condition)
        return frozenset(found)

    def _force_roots(self) -> frozenset[str]:
        """The facts that decide whether the rule is in force."""
        found: set[str] = set()
        for rule, roots in zip(self.rules, self.changes.roots, strict=True):
            found |= roots.governing
            for path in rule.force_at if rule else ():
                found.update(roots.of_path(path))
        return frozenset(found)

    def _force_may_differ(self, pair: Pair) -> bool:
        if not self.force_differs or pair.old is None or pair.new is None:
            return False
        for result in (pair.old, pair.new):
            for path in (result.situation.pack.governing, *result.rule.force_at):
                if any(True for _ in open_roots(path, result.situation)):
                    return True
        return _state_of_force(pair.old) != _state_of_force(pair.new)


def conditions_of(rule: Rule | None) -> list[Condition]:
    return [part for part in (rule.when, rule.require) if part is not None] if rule else []


def weight_of(result: RuleResult | None) -> str:
    """What an outcome does to a verdict; a rule that is not there does what one out of force does.

    A pass and a rule that does not apply weigh the same.
    """
    if result is None or result.outcome is Outcome.NOT_IN_FORCE:
        return "nothing"
    if result.outcome is Outcome.FAIL:
        return "fails"
    if result.outcome is Outcome.UNKNOWN:
        return "open"
    return "stands on some dates" if result.partly else "stands"


def _force(rule: Rule | None) -> object:
    return rule and (rule.start, rule.until, rule.force_at)


def _state_of_force(result: RuleResult) -> tuple[bool, bool]:
    return result.outcome is Outcome.NOT_IN_FORCE, result.partly


def _deciding_steps(result: RuleResult) -> Iterator[Step]:
    """The steps that make a rule's outcome what it is where it is in force."""
    if result.when is not None:
        yield result.when
        if result.require is not None and result.when.truth is not Truth.FALSE:
            yield result.require


def _day_counts(pack: Pack, conditions: list[Condition]) -> set[int]:
    """Every number of days that is a parameter of the pack or is written in a condition."""
    values = [d.value for p in pack.parameters.values() if p.spec.unit == "day" for d in p.values]
    for condition in conditions:
        for leaf in spelled_out(condition, pack.definitions):
            if isinstance(leaf, Compare) and isinstance(leaf.subject, DaysBetween):
                values += [o.value for o in leaf.operands if isinstance(o, Literal)]
    found = {int(value.low) for value in values if isinstance(value, Amount)}
    return {days for days in found if 0 <= days <= MOST_DAYS}
