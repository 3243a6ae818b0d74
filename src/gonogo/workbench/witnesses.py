"""A small manifest on which two packs differ, checked as a reader would read it."""

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
    """A manifest on which a rule comes out differently under two packs.

    One stage of the release is tried before several, and the given as-of time before those at which
    a register grows old: so the first witness is a simple one.
    """
    goal = Difference(key, old, new)
    certain = True
    for moment in (as_of, *goal.times()):
        on = ground((old, new), moment)
        for aim in dict.fromkeys((goal.aim()._replace(named=frozenset()), goal.aim())):
            search = find(goal.progress, on, aim=aim)
            if search.choices is not None:
                facts = finished(search.choices, on)
                return Answer(_witness(key, (old, new), facts, profiles, moment), certain=True)
        certain = certain and search.complete
    return Answer(None, certain)


def _witness(
    key: str,
    packs: tuple[Pack, Pack],
    facts: Facts,
    profiles: Mapping[str, Profile],
    as_of: Moment,
) -> Witness:
    both = [assess(facts, (pack,), as_of) for pack in packs]
    outcomes = [next((r.outcome for r in results if r.rule.key == key), None) for results in both]
    verdicts = [
        {name: decide(results, profile).verdict for name, profile in profiles.items()}
        for results in both
    ]
    return Witness(facts, as_of, key, outcomes[0], outcomes[1], verdicts[0], verdicts[1])
