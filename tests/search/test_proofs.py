"""What a search says of all manifests, compared with what comes out on every one of a grid."""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from grids import AS_OF, About, Written, grid, packs, paths_of, readable, results, rule
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


def _only(*wanted: Any) -> tuple[Pack, list[Condition]]:
    pack = Written((rule("only", None, list(wanted)),)).pack()
    return pack, conditions_of(pack.rules[0])


_US, _EU = ({"fact": "release.markets", "contains": word} for word in ("us", "eu"))
_DAYS = {"days_from": "review.access_started_at", "to": "release.first_at"}
_NEVER = {
    "two words": (
        {"fact": "coverage.determination", "equals": "designated"},
        {"fact": "coverage.determination", "equals": "not_designated"},
    ),
    "said and not said": (
        {"fact": "extra.size", "above": 1},
        {"fact": "extra.size", "stated": False},
    ),
    "nothing between two numbers": (
        {"fact": "extra.size", "above": 2},
        {"fact": "extra.size", "below": 2},
    ),
    "no training compute at all": ({"fact": "model.training_compute_flop", "at_most": 0},),
    "no day between two": (
        {"fact": "review.agreed_days", "above": 1},
        {"fact": "review.agreed_days", "below": 2},
    ),
    "a list that has a word and overlaps none": (
        _US,
        {"not": [{"fact": "release.markets", "overlaps": ["us", "eu"]}]},
    ),
    "a stage before the first": (
        {"fact": "release.api_at", "before": {"fact": "release.first_at"}},
    ),
    "a calendar day less than the hours of it": (
        {**_DAYS, "at_most": 1},
        {**_DAYS, "at_least": 2, "count": "elapsed"},
    ),
}
_SOMEWHERE = {
    "a list of both": (_US, _EU),
    "nothing between two numbers but one": (
        {"fact": "extra.size", "at_least": 2},
        {"fact": "extra.size", "at_most": 2},
    ),
    "none of what the pack counts": ({"fact": "extra.size", "at_most": 0},),
    "a number between two": (
        {"fact": "extra.size", "above": "2"},
        {"fact": "extra.size", "below": "2.0000000001"},
    ),
    "the instant of both": (
        {"fact": "release.first_at", "not_before": "2026-07-02T12:00:00-04:00"},
        {"fact": "release.first_at", "not_after": "2026-07-02T12:00:00-04:00"},
    ),
    "a calendar day more than the hours of it": (
        {**_DAYS, "at_least": 2},
        {**_DAYS, "below": 2, "count": "elapsed"},
    ),
    "as many days as agreed, which nobody names": (
        {**_DAYS, "at_least": {"fact": "review.agreed_days"}},
        {**_DAYS, "at_most": {"fact": "review.agreed_days"}},
        {"fact": "review.agreed_days", "above": 100},
    ),
    "on one day of a parameter": (
        {"parameter": "least", "at_least": 4},
        {"fact": "extra.size", "below": "$least"},
        {"fact": "extra.size", "above": 3},
    ),
}


@pytest.mark.parametrize("wanted", _NEVER.values(), ids=_NEVER)
def test_what_excludes_each_other_is_proved_to(wanted: tuple[Any, ...]) -> None:
    pack, conditions = _only(*wanted)

    search, facts, _ = _proof(Answering(conditions, pack), pack)

    assert facts is None
    assert search.complete


@pytest.mark.parametrize("wanted", _SOMEWHERE.values(), ids=_SOMEWHERE)
def test_the_only_values_that_meet_conditions_are_found(wanted: tuple[Any, ...]) -> None:
    pack, conditions = _only(*wanted)

    _, facts, as_of = _proof(Answering(conditions, pack), pack)

    assert facts is not None
    assert _all_true(conditions, pack, facts, as_of)
