"""What a search says of all manifests, compared with what comes out on every one of a grid."""

from collections.abc import Iterable, Iterator

from grids import AS_OF, About, grid, packs, paths_of, readable, results
from hypothesis import given, settings

from gonogo.engine.evaluate import evaluate
from gonogo.engine.judge import Outcome
from gonogo.engine.situation import situate
from gonogo.manifests.facts import Facts
from gonogo.packs.language import Condition
from gonogo.packs.policy import Pack
from gonogo.search.cells import Cells
from gonogo.search.choosing import finished, ground
from gonogo.search.differing import conditions_of
from gonogo.search.reaching import Answering, Reaching
from gonogo.search.witness import Search, find
from gonogo.values.times import Moment
from gonogo.values.truth import Truth
from gonogo.workbench.places import latest_day
from strategies import LAWS

PROOFS = settings(LAWS, max_examples=60)
MOST = 3000  # manifests of a grid; each is looked at from every as-of time


def _proof(goal: Reaching | Answering, pack: Pack) -> tuple[Search, Facts | None, Moment]:
    """What a thorough search comes to, with the facts and the time of what it found."""
    cells = Cells([goal.scope()], latest_day([pack]), doubts=False)
    on = ground((pack,), cells.as_of)
    search = find(goal.progress, on, cells)
    return search, None if search.choices is None else finished(search.choices, on), on.as_of


def _everywhere(about: About, pack: Pack) -> Iterator[tuple[Facts, Moment]]:
    for facts in grid(paths_of(about), MOST):
        if readable(facts, pack):
            for as_of in AS_OF:
                yield facts, as_of


@PROOFS
@given(packs(most=1))
def test_a_rule_that_is_said_never_to_fail_does_not_anywhere(about: About) -> None:
    """A rule may pass on a rough manifest alone, when nobody knows whether it applies; so a proof
    that it never passes asks for its two conditions, as below.
    """
    pack = about.written.pack()
    [rule] = pack.rules

    search, facts, as_of = _proof(Reaching(rule, Outcome.FAIL, pack), pack)

    if facts is not None:
        assert results(pack, facts, as_of)[rule.key].outcome is Outcome.FAIL
    elif search.complete:
        for facts, as_of in _everywhere(about, pack):
            assert results(pack, facts, as_of)[rule.key].outcome is not Outcome.FAIL, (facts, as_of)


@PROOFS
@given(packs())
def test_conditions_that_are_said_never_to_be_true_together_are_not_anywhere(about: About) -> None:
    pack = about.written.pack()
    wanted = [part for rule in pack.rules for part in conditions_of(rule)]

    search, facts, as_of = _proof(Answering(wanted, pack), pack)

    if facts is not None:
        assert _all_true(wanted, pack, facts, as_of)
    elif search.complete:
        for facts, as_of in _everywhere(about, pack):
            assert not _all_true(wanted, pack, facts, as_of), (facts, as_of)


def _all_true(conditions: Iterable[Condition], pack: Pack, facts: Facts, as_of: Moment) -> bool:
    situation = situate(facts, pack, as_of)
    return all(evaluate(each, situation).truth is Truth.TRUE for each in conditions)
