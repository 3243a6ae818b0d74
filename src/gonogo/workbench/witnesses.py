"""Small manifests on which two packs differ, and what each pack makes of them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from gonogo.engine.assess import assess
from gonogo.engine.judge import Outcome, RuleResult, Verdict, apply_rule, decide
from gonogo.engine.situation import situate
from gonogo.manifests.facts import Facts
from gonogo.packs.policy import Effect, Profile, Rule
from gonogo.search.cells import Cells
from gonogo.search.changes import Changes
from gonogo.search.choosing import (
    Choices,
    Ground,
    chosen,
    finished,
    ground,
    situations_of,
)
from gonogo.search.differing import Difference, Weight
from gonogo.search.domains import Likely
from gonogo.search.verdicts import AndThen, Failing, VerdictsDiffer
from gonogo.search.witness import MOST_STEPS, fewest, find
from gonogo.values.times import Moment
from gonogo.values.truth import Truth
from gonogo.workbench.near_rows import Seed, with_near_rows

# Steps of a search. Most examples are found in less than a hundred.
_MOST_STEPS = {Weight.FAILS: 100, Weight.VERDICT: 600, Weight.OUTCOME: 100}
_MOST_AT_OTHER_TIMES = 100
_MOST_FOR_VERDICTS = 200
_MOST_PLAINER = 300


class Witness(NamedTuple):
    """A manifest with what a rule and the verdicts come to under an old and a new pack.

    An outcome is None where a pack has no such rule.
    """

    facts: Facts
    as_of: Moment
    old: Outcome | None
    new: Outcome | None
    verdicts: tuple[tuple[str, Verdict, Verdict], ...]  # profile, old, new

    @property
    def verdict_differs(self) -> bool:
        return any(old is not new for _, old, new in self.verdicts)


class Answer(NamedTuple):
    """A witness, or none; ``certain`` is False where the search was given up.

    ``weighs`` says whether a verdict may hang on the difference.
    """

    witness: Witness | None
    certain: bool
    weighs: bool


class Sides(NamedTuple):
    """What is compared: two packs, each with its profiles by name."""

    changes: Changes
    profiles: tuple[Mapping[str, Profile], Mapping[str, Profile]]

    def names(self) -> list[str]:
        """The profiles that both sides know."""
        return [name for name in self.profiles[0] if name in self.profiles[1]]


class Witnesses:
    """Finds witnesses between two packs: among manifests at hand first, then by search."""

    def __init__(self, sides: Sides, seeds: Sequence[Seed], as_of: Moment) -> None:
        self.sides = sides
        self.seeds = with_near_rows(seeds, sides.changes)
        self.as_of = as_of
        self.known: list[tuple[dict[str, RuleResult], dict[str, RuleResult]]] | None = None

    def of_rule(self, key: str) -> Answer:
        """A manifest on which a rule comes out differently, if possible with another verdict.

        A pass against a fail is looked for first: it tells more than what is unknown on one side.
        """
        if self._goal(key, Weight.OUTCOME).is_untouched():
            return Answer(None, certain=True, weighs=False)
        witness: Witness | None = None
        for weight in Weight:
            goal = self._goal(key, weight)
            witness = self._at_hand(goal) or self._likely(goal, _MOST_STEPS[weight])
            if witness is not None and weight is not Weight.OUTCOME:
                return Answer(self._plainer(key, weight) or witness, certain=True, weighs=True)
        certain = True
        if witness is None:
            witness, certain = self._thorough(self._goal(key, Weight.OUTCOME))
            if witness is None:
                return Answer(None, certain, weighs=not certain)
        heavier, certain = self._thorough(self._goal(key, Weight.VERDICT))
        return Answer(heavier or witness, certain=True, weighs=heavier is not None or not certain)

    def _plainer(self, key: str, found: Weight) -> Witness | None:
        """A pass against a fail, where what was found is unknown on one side."""
        if found is Weight.FAILS:
            return None
        goal = self._goal(key, Weight.FAILS)
        return self._thorough(goal, doubts=False, most=_MOST_PLAINER)[0]

    def _goal(self, key: str, weight: Weight) -> Difference:
        return Difference(key, self.sides.changes, weight)

    def _at_hand(self, goal: Difference) -> Witness | None:
        """The smallest manifest behind one that exists already."""
        for seed in self._seeds_that_differ(goal.key):
            for moment in (self.as_of, seed.as_of):
                on = ground(self.sides.changes.packs, moment)
                choices = chosen(seed.facts, on)
                if goal.progress(situations_of(choices, on)).truth is Truth.TRUE:
                    return self._best(goal, fewest(choices, goal.progress, on), on)
        return None

    def _likely(self, goal: Difference, most: int) -> Witness | None:
        """A manifest of values at which a difference is likely to show."""
        domains = (
            Likely(goal.aim()._replace(named=frozenset())),  # with one stage there is less to try
            Likely(goal.aim()),
            Likely(goal.aim(), backwards=True),
        )
        for moment in (self.as_of, *goal.times()):
            on = ground(self.sides.changes.packs, moment)
            for domain in domains:
                search = find(goal.progress, on, domain, most=most)
                if search.choices is not None:
                    return self._best(goal, search.choices, on)
                if search.complete:
                    return None
            most = _MOST_AT_OTHER_TIMES
        return None

    def _thorough(
        self, goal: Difference, *, doubts: bool = True, most: int = MOST_STEPS
    ) -> tuple[Witness | None, bool]:
        """A manifest among all that can matter; without one, whether there is certainly none."""
        cells = Cells(goal.scopes(), self.as_of, doubts=doubts)
        if cells.blind:  # it could not prove anything, and likely values were tried before
            return None, False
        on = ground(self.sides.changes.packs, cells.as_of)
        search = find(goal.progress, on, cells, most=most)
        if search.choices is None:
            return None, search.complete
        return self._best(goal, search.choices, on), True

    def of_class(self, rule: Rule) -> Witness | None:
        """A manifest on which a rule fails and the verdicts differ, where its class has changed."""
        most = _MOST_STEPS[Weight.VERDICT]
        for moment in (self.as_of, *self._goal(rule.key, Weight.OUTCOME).times()):
            on = ground(self.sides.changes.packs, moment)
            witness = self._telling(Failing(rule.key, self.sides.changes), on, most)
            if witness is not None:
                return witness
            most = _MOST_AT_OTHER_TIMES
        return None

    def _seeds_that_differ(self, key: str) -> Iterator[Seed]:
        if self.known is None:
            self.known = [self._results(seed) for seed in self.seeds]
        for seed, (old, new) in zip(self.seeds, self.known, strict=True):
            outcomes = [side[key].outcome if key in side else None for side in (old, new)]
            if outcomes[0] is not outcomes[1]:
                yield seed

    def _results(self, seed: Seed) -> tuple[dict[str, RuleResult], dict[str, RuleResult]]:
        made = []
        for pack in self.sides.changes.packs:
            situation = situate(seed.facts, pack, seed.as_of)
            made.append({rule.key: apply_rule(rule, situation) for rule in pack.rules})
        return made[0], made[1]

    def _best(self, goal: Difference, choices: Choices, on: Ground) -> Witness:
        """The witness of these choices, or one with which a verdict differs too."""
        witness = self._witness(goal.key, choices, on)
        if witness.verdict_differs:
            return witness
        return self._telling(goal, on, _MOST_FOR_VERDICTS) or witness

    def _telling(self, goal: Difference | Failing, on: Ground, most: int) -> Witness | None:
        """A witness with which a verdict differs."""
        for name in self._profiles_that_may_tell(goal.key):
            old, new = (side[name] for side in self.sides.profiles)
            both = AndThen(goal, VerdictsDiffer(old, new))
            search = find(both.progress, on, Likely(goal.aim()), most=most)
            if search.choices is not None:
                return self._witness(goal.key, search.choices, on)
        return None

    def _profiles_that_may_tell(self, key: str) -> Iterator[str]:
        """The profiles under which the rule blocks on one side."""
        for name in self.sides.names():
            for pack, profiles in zip(self.sides.changes.packs, self.sides.profiles, strict=True):
                rule = next((rule for rule in pack.rules if rule.key == key), None)
                if rule and profiles[name].effects[rule.rule_class] is Effect.BLOCK:
                    yield name
                    break

    def _witness(self, key: str, choices: Choices, on: Ground) -> Witness:
        facts = finished(choices, on)
        both = [assess(facts, (pack,), on.as_of) for pack in on.packs]
        outcomes = [next((r.outcome for r in each if r.rule.key == key), None) for each in both]
        verdicts = tuple(
            (
                name,
                decide(both[0], self.sides.profiles[0][name]).verdict,
                decide(both[1], self.sides.profiles[1][name]).verdict,
            )
            for name in self.sides.names()
        )
        return Witness(facts, on.as_of, outcomes[0], outcomes[1], verdicts)
