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
from gonogo.search.choosing import Choices, chosen, finished, ground, situations_of
from gonogo.search.differing import Difference, Weight
from gonogo.search.domains import Aim, Likely
from gonogo.search.reaching import Reaching
from gonogo.search.verdicts import VerdictsDiffer
from gonogo.search.witness import fewest, find
from gonogo.values.times import Moment
from gonogo.values.truth import Truth

# Steps of a search. Most examples are found in less than a hundred.
_MOST_STEPS = {Weight.FAILS: 500, Weight.VERDICT: 2500, Weight.OUTCOME: 500}
_MOST_FOR_VERDICTS = 300
_ONE_STAGE = Likely(Aim())


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


class Seed(NamedTuple):
    """A manifest that exists already, from the tests of a pack."""

    facts: Facts
    as_of: Moment


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
        self.seeds = seeds
        self.as_of = as_of
        self.known: list[tuple[dict[str, RuleResult], dict[str, RuleResult]]] | None = None

    def of_rule(self, key: str) -> Answer:
        """A manifest on which a rule comes out differently, if possible with another verdict.

        A pass against a fail is looked for first: it tells more than what is unknown on one side.
        """
        changes = self.sides.changes
        for weight in Weight:
            witness = self._example(Difference(key, changes, weight), _MOST_STEPS[weight])
            if witness is not None:
                weighs = weight is not Weight.OUTCOME or not self._never(key, Weight.VERDICT)
                return Answer(witness, certain=True, weighs=weighs)
        certain = self._never(key, Weight.OUTCOME)
        return Answer(None, certain, weighs=not certain)

    def _example(self, goal: Difference, most: int) -> Witness | None:
        """The smallest of the manifests at hand, or else of those that are likely to differ."""
        for seed in self._seeds_that_differ(goal.key):
            on = ground(self.sides.changes.packs, seed.as_of)
            choices = chosen(seed.facts, on)
            if goal.progress(situations_of(choices, on)).truth is Truth.TRUE:
                return self._best(goal.key, fewest(choices, goal.progress, on), seed.as_of)
        aims = dict.fromkeys((goal.aim()._replace(named=frozenset()), goal.aim()))
        for moment in (self.as_of, *goal.times()):
            on = ground(self.sides.changes.packs, moment)
            for aim in aims:
                search = find(goal.progress, on, Likely(aim), most=most)
                if search.choices is not None:
                    return self._best(goal.key, search.choices, moment)
                most -= search.steps
                if search.complete or most <= 0:
                    return None
        return None

    def _never(self, key: str, weight: Weight) -> bool:
        """Is there no manifest at all on which the rule comes out differently?"""
        goal = Difference(key, self.sides.changes, weight)
        cells = Cells(goal.scopes(), self.as_of, doubts=True)
        search = find(goal.progress, ground(self.sides.changes.packs, cells.as_of), cells)
        return search.choices is None and search.complete

    def of_class(self, rule: Rule) -> Answer:
        """A manifest on which a rule of the new pack fails, where its class alone has changed."""
        new = self.sides.changes.packs[1]
        goal = Reaching(rule, Outcome.FAIL, new)
        search = find(goal.progress, ground((new,), self.as_of), Likely(goal.aim()))
        if search.choices is None:
            return Answer(None, certain=False, weighs=True)
        witness = self._best(rule.key, search.choices, self.as_of)
        return Answer(witness, certain=True, weighs=True)

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

    def _best(self, key: str, choices: Choices, as_of: Moment) -> Witness:
        """The witness of these choices; with more facts, if that makes a verdict differ too."""
        witness = self._witness(key, choices, as_of)
        if witness.verdict_differs:
            return witness
        on = ground(self.sides.changes.packs, as_of)
        for name in self._profiles_that_may_tell(key):
            old, new = (side[name] for side in self.sides.profiles)
            goal = VerdictsDiffer(old, new)
            stated = {path: fact for path, fact in choices.items() if fact.value is not None}
            search = find(goal.progress, on, _ONE_STAGE, start=stated, most=_MOST_FOR_VERDICTS)
            if search.choices is not None:
                found = self._witness(key, search.choices, as_of)
                if found.verdict_differs and found.old is not found.new:
                    return found
        return witness

    def _profiles_that_may_tell(self, key: str) -> Iterator[str]:
        """The profiles under which the rule blocks on one side."""
        for name in self.sides.names():
            for pack, profiles in zip(self.sides.changes.packs, self.sides.profiles, strict=True):
                rule = next((rule for rule in pack.rules if rule.key == key), None)
                if rule and profiles[name].effects[rule.rule_class] is Effect.BLOCK:
                    yield name
                    break

    def _witness(self, key: str, choices: Choices, as_of: Moment) -> Witness:
        on = ground(self.sides.changes.packs, as_of)
        facts = finished(choices, on)
        both = [assess(facts, (pack,), as_of) for pack in self.sides.changes.packs]
        outcomes = [next((r.outcome for r in each if r.rule.key == key), None) for each in both]
        verdicts = tuple(
            (
                name,
                decide(both[0], self.sides.profiles[0][name]).verdict,
                decide(both[1], self.sides.profiles[1][name]).verdict,
            )
            for name in self.sides.names()
        )
        return Witness(facts, as_of, outcomes[0], outcomes[1], verdicts)
