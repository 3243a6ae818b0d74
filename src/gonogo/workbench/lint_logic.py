"""Conditions and rules that can never do what they seem to, proved by a search over all manifests.

What tests have seen needs no search, so a well-tested pack is linted quickly. What only the rows of
a register keep from happening is left alone: a row may be added any day.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

from gonogo.engine.judge import Outcome
from gonogo.packs.language import All, AnyOf, Condition, NoneOf
from gonogo.packs.policy import Pack, Profile, Rule
from gonogo.search.cells import Cells
from gonogo.search.changes import Changes
from gonogo.search.choosing import ground
from gonogo.search.differing import Difference, conditions_of
from gonogo.search.domains import Likely
from gonogo.search.reaching import Answering, Reaching
from gonogo.search.roots import Roots
from gonogo.search.witness import find
from gonogo.values.times import FIRST_INSTANT, LAST_INSTANT, Moment, Period
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
        self.as_of = as_of
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
        if self._rests_on_registers(*conditions_of(rule)):
            return
        applied = outcomes & {Outcome.PASS, Outcome.FAIL}
        if not applied and rule.when.parts and self._never(rule.when):
            text = f"`{rule.id}` can never apply: nothing meets its `when`"
            yield Finding("rule-never-applies", rule.span, text, "correct or delete a condition")
            return
        if rule.require is None:
            return
        if Outcome.PASS not in outcomes and self._never(rule.when, rule.require):
            text = f"`{rule.id}` can never pass where it applies"
            yield Finding("rule-never-passes", rule.span, text, "loosen what it requires")
        if Outcome.FAIL not in outcomes and self._never_fails(rule):
            text = f"`{rule.id}` can never fail"
            hint = "require something that can be missing"
            yield Finding("rule-never-fails", rule.span, text, hint)

    def _branches(self) -> Iterator[Finding]:
        """Conditions inside rules and definitions that can never be true."""
        whens = {id(rule.require): rule.when for rule in own_rules(self.pack) if rule.require}
        for owner, root in roots(self.pack, self.parent):
            scope = [whens[id(root)]] if id(root) in whens else []
            for condition in self._untrue(root, scope):
                text = f"a condition of `{owner}` can never be true"
                hint = "correct its number, word or date, or delete it"
                yield Finding("branch-never-true", condition.span, text, hint)

    def _untrue(self, condition: Condition, scope: Sequence[Condition]) -> Iterator[Condition]:
        """The innermost parts of a condition that can never be true in a scope."""
        for part in _parts(condition):
            below = list(self._untrue(part, scope))
            yield from below
            if below or Truth.TRUE in self.seen.truths.get(place_of(part), ()):
                continue
            if not self._rests_on_registers(*scope, part) and self._never(*scope, part):
                yield part

    def _pairs(self) -> Iterator[Finding]:
        """Two rules that can both apply and can never both pass."""
        rules = [rule for rule in self.pack.rules if rule.require is not None]
        for one, other in combinations(rules, 2):
            if self.pack.id not in (one.pack, other.pack):
                continue
            if frozenset((one.key, other.key)) in self.seen.passed_together:
                continue
            parts = [*conditions_of(one), *conditions_of(other)]
            if self._rests_on_registers(*parts) or not self._share_facts(one, other):
                continue
            both_apply = Answering((one.when, other.when), self.pack)
            if _are_ever_together(one, other) and self._exists(both_apply) and self._never(*parts):
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
        packs = (self.pack, mutant.pack)
        goal = Difference(key, Changes(*packs))
        likely = find(
            goal.progress, ground(packs, self.as_of), Likely(goal.aim()), most=_MOST_STEPS
        )
        if likely.choices is not None:
            return False
        cells = Cells(goal.scopes(), self.as_of, doubts=True)
        if cells.blind:
            return False
        search = find(goal.progress, ground(packs, cells.as_of), cells)
        return search.choices is None and search.complete

    def _never(self, *wanted: Condition) -> bool:
        """Can conditions certainly not be true together, on any manifest at any time?"""
        return self._is_out_of_reach(Answering(wanted, self.pack))

    def _never_fails(self, rule: Rule) -> bool:
        return self._is_out_of_reach(Reaching(rule, Outcome.FAIL, self.pack))

    def _is_out_of_reach(self, goal: Answering | Reaching) -> bool:
        if self._exists(goal):
            return False
        # Nothing rough or unknown comes to a decided answer that nothing exact comes to.
        cells = Cells([goal.scope()], self.as_of, doubts=False)
        if cells.blind:
            return False
        search = find(goal.progress, ground((self.pack,), cells.as_of), cells)
        return search.choices is None and search.complete

    def _exists(self, goal: Answering | Reaching) -> bool:
        on = ground((self.pack,), self.as_of)
        return find(goal.progress, on, Likely(goal.aim()), most=_MOST_STEPS).choices is not None

    def _rests_on_registers(self, *conditions: Condition) -> bool:
        return any(map(self.roots.reads_register, conditions))


def _are_ever_together(one: Rule, other: Rule) -> bool:
    """Are two rules in force on some day? One may have been replaced by the other."""
    windows = [Period(r.start or FIRST_INSTANT, r.until or LAST_INSTANT, "") for r in (one, other)]
    return windows[0].low <= windows[1].high and windows[1].low <= windows[0].high


def _parts(condition: Condition) -> tuple[Condition, ...]:
    """The parts of a list of conditions; a leaf has none, nor has a definition by name."""
    match condition:
        case All(parts=parts) | AnyOf(parts=parts) | NoneOf(parts=parts):
            return parts
        case _:
            return ()


def _exceptions_in(condition: Condition) -> Iterator[Condition]:
    """`not` anywhere, and alternatives."""
    for part in _parts(condition):
        if isinstance(part, NoneOf):
            yield part
        elif isinstance(part, AnyOf) and len(part.parts) > 1:
            yield from part.parts
        yield from _exceptions_in(part)
