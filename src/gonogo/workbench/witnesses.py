"""The smallest manifest found on which two packs differ, checked again as a reader would read it."""

from collections.abc import Mapping
from typing import NamedTuple

from gonogo.engine.assess import assess
from gonogo.engine.judge import Outcome, Verdict, decide
from gonogo.manifests.facts import Facts
from gonogo.packs.policy import Pack, Profile
from gonogo.search.choosing import finished, ground
from gonogo.search.differing import Difference
from gonogo.search.witness import find
from gonogo.values.times import Moment


class Witness(NamedTuple):
    """A manifest and what it comes to under the old and the new pack; None for a missing rule."""

    facts: Facts
    as_of: Moment
    rule: str
    old: Outcome | None
    new: Outcome | None
    old_verdicts: Mapping[str, Verdict]
    new_verdicts: Mapping[str, Verdict]


class Answer(NamedTuple):
    """A witness, or none; ``certain`` is False where the search was given up."""

    witness: Witness | None
    certain: bool


def difference(
    key: str, old: Pack, new: Pack, profiles: Mapping[str, Profile], as_of: Moment
) -> Answer:
    """A manifest on which a rule comes out differently under two packs."""
    goal = Difference(key, old, new)
    on = ground((old, new), as_of)
    search = find(goal.goal(), on)
    if search.choices is None:
        return Answer(None, search.complete)
    facts = finished(search.choices, on)
    before, after = (assess(facts, (pack,), as_of) for pack in (old, new))
    outcomes = [
        next((result.outcome for result in results if result.rule.key == key), None)
        for results in (before, after)
    ]
    verdicts = [
        {name: decide(results, profile).verdict for name, profile in profiles.items()}
        for results in (before, after)
    ]
    return Answer(Witness(facts, as_of, key, *outcomes, *verdicts), certain=True)
