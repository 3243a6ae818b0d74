"""Conditions and rules that can never do what they seem to, proved by a search over all manifests.

What tests have seen needs no search, so a well-tested pack is linted quickly. What only the rows of
a register keep from happening is left alone: a row may be added any day.
"""

from collections.abc import Iterator
from itertools import combinations

from gonogo.engine.judge import Outcome
from gonogo.packs.language import All, AnyOf, Condition, NoneOf
from gonogo.packs.policy import Pack, Profile, Rule
from gonogo.search.changes import Changes
from gonogo.search.choosing import Ground, ground
from gonogo.search.differing import Difference
from gonogo.search.reaching import Answering, Reaching
from gonogo.search.roots import Roots
from gonogo.search.witness import find
from gonogo.values.times import Moment
from gonogo.values.truth import Truth
from gonogo.workbench.coverage import Coverage, place_of
from gonogo.workbench.finding import Finding
from gonogo.workbench.mutants import Mutant, mutants
from gonogo.workbench.places import own_rules, roots

_MOST_STEPS = 400


class Logic:
    """Looks at one pack; what tests have seen settles most questions at once."""

    def __init__(self, pack: Pack, parent: Pack | None, seen: Coverage, as_of: Moment) -> None:
        self.pack = pack
        self.parent = parent
        self.seen = seen
        self.on: Ground = ground((pack,), as_of)
        self.roots = Roots(pack)

    def findings(self) -> Iterator[Finding]:
        odd = False
        for rule in own_rules(self.pack):
            for finding in self._of_rule(rule):
                odd = True
                yield finding
        yield from self._branches()
        if not odd:
            yield from self._pairs()
        yield from self._exceptions()

    def _of_rule(self, rule: Rule) -> Iterator[Finding]:
        outcomes = self.seen.outcomes.get(rule.key, set())
        applied = outcomes & {Outcome.PASS, Outcome.FAIL}
        if not applied and rule.when.parts and self._never(((rule.when, Truth.TRUE),)):
            text = f"`{rule.id}` can never apply: nothing meets its `when`"
            yield Finding("rule-never-applies", rule.span, text, "correct or delete a condition")
            return
        if rule.require is None or self._rests_on_registers(rule.require):
            return
        if Outcome.PASS not in outcomes and self._never(
            ((rule.when, Truth.TRUE), (rule.require, Truth.TRUE))
        ):
            text = f"`{rule.id}` can never pass where it applies"
            yield Finding("rule-never-passes", rule.span, text, "loosen what it requires")
        if Outcome.FAIL not in outcomes and self._never_reached(rule, Outcome.FAIL):
            text = f"`{rule.id}` can never fail"
            yield Finding(
                "rule-never-fails", rule.span, text, "require something that can be missing"
            )

    def _branches(self) -> Iterator[Finding]:
        """Conditions inside rules and definitions that can never be true."""
        whens = {id(rule.require): rule.when for rule in own_rules(self.pack)}
        for owner, root in roots(self.pack, self.parent):
            scope = whens.get(id(root))
            for condition in _inner(root):
                if Truth.TRUE in self.seen.truths.get(place_of(condition), ()):
                    continue
                if self._rests_on_registers(condition):
                    continue
                wanted: list[Condition] = [scope] if scope is not None and scope.parts else []
                if self._never(tuple((each, Truth.TRUE) for each in (*wanted, condition))):
                    text = f"a condition of `{owner}` can never be true"
                    hint = "correct its number, word or date, or delete it"
                    yield Finding("branch-never-true", condition.span, text, hint)

    def _pairs(self) -> Iterator[Finding]:
        """Two rules that both apply and can never both pass."""
        rules = [rule for rule in self.pack.rules if rule.require is not None]
        for one, other in combinations(rules, 2):
            if self.pack.id not in (one.pack, other.pack):
                continue
            if frozenset((one.key, other.key)) in self.seen.passed_together:
                continue
            parts = [part for rule in (one, other) for part in (rule.when, rule.require) if part]
            if any(map(self._rests_on_registers, parts)) or not self._share_facts(one, other):
                continue
            if self._never(tuple((part, Truth.TRUE) for part in parts)):
                text = f"`{one.id}` and `{other.id}` can never both pass where both apply"
                hint = "give one of them an exception"
                yield Finding("rules-exclude-each-other", other.span, text, hint)

    def _share_facts(self, one: Rule, other: Rule) -> bool:
        facts = [
            frozenset().union(*(self.roots.of(p) for p in (r.when, r.require) if p))
            for r in (one, other)
        ]
        return bool(facts[0] & facts[1])

    def _exceptions(self) -> Iterator[Finding]:
        """`not` in a scope and alternatives in a requirement that change nothing."""
        for mutant, condition in self._without_exception():
            if place_of(condition) in self.seen.mattered or self._rests_on_registers(condition):
                continue
            if all(self._comes_out_the_same(key, mutant) for key in mutant.rules):
                text = f"{mutant.change.split(':')[0]}: without it every outcome is the same"
                hint = "delete it, or correct it until it makes a difference"
                yield Finding("exception-never-matters", condition.span, text, hint)

    def _without_exception(self) -> Iterator[tuple[Mutant, Condition]]:
        exceptions = {
            place_of(part): part
            for _, root in roots(self.pack, self.parent)
            for part in _exceptions_in(root)
        }
        no_profiles: dict[str, Profile] = {}
        for mutant in mutants(self.pack, self.parent, no_profiles):
            if mutant.removed is not None and place_of(mutant.removed) in exceptions:
                yield mutant, mutant.removed

    def _comes_out_the_same(self, key: str, mutant: Mutant) -> bool:
        """Certainly: a search that was given up proves nothing."""
        goal = Difference(key, Changes(self.pack, mutant.pack))
        on = ground((self.pack, mutant.pack), self.on.as_of)
        search = find(goal.progress, on, aim=goal.aim(), most=_MOST_STEPS)
        return search.choices is None and search.complete

    def _never(self, wanted: tuple[tuple[Condition, Truth], ...]) -> bool:
        goal = Answering(wanted, self.pack)
        search = find(goal.progress, self.on, aim=goal.aim(), most=_MOST_STEPS)
        return search.choices is None and search.complete

    def _never_reached(self, rule: Rule, outcome: Outcome) -> bool:
        goal = Reaching(rule, outcome, self.pack)
        search = find(goal.progress, self.on, aim=goal.aim(), most=_MOST_STEPS)
        return search.choices is None and search.complete

    def _rests_on_registers(self, condition: Condition) -> bool:
        return self.roots.reads_register(condition)


def _inner(condition: Condition) -> Iterator[Condition]:
    """Every part of a condition, lists and leaves alike, except definitions by name."""
    match condition:
        case All(parts=parts) | AnyOf(parts=parts) | NoneOf(parts=parts):
            for part in parts:
                yield part
                yield from _inner(part)
        case _:
            pass


def _exceptions_in(condition: Condition) -> Iterator[Condition]:
    for part in _inner(condition):
        if isinstance(part, NoneOf):
            yield part
        elif isinstance(part, AnyOf) and len(part.parts) > 1:
            yield from part.parts
