"""What `policy diff` says of an edit, compared with what comes out on every manifest of a grid."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import pytest
from grids import (
    AS_OF,
    HEAD,
    LISTED,
    About,
    Written,
    edited,
    grid,
    packs,
    paths_of,
    readable,
    results,
    rule,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from gonogo.engine.judge import Outcome, RuleResult, Verdict, decide
from gonogo.library import Library, load_vocabulary
from gonogo.manifests.facts import Facts
from gonogo.packs.policy import Pack, Profile
from gonogo.search.differing import weight_of
from gonogo.values.times import Moment
from gonogo.workbench.comparison import Comparison, compare_packs
from gonogo.workbench.near_rows import Seed
from gonogo.workbench.places import latest_day
from gonogo.workbench.witnesses import Witness
from gonogo.workbench.written import manifest_yaml
from strategies import LAWS, at, read_facts

EDITS = settings(LAWS, max_examples=40)
MOST = 500  # manifests of a grid; each is looked at from every as-of time
Edited = tuple[About, Written]


@st.composite
def edits(draw: st.DrawFn) -> Edited:
    about = draw(packs())
    return about, draw(edited(about))


@cache
def _profiles() -> Mapping[str, Profile]:
    found, _ = Library([], load_vocabulary()).profiles()
    return found


def _compared(old: Pack, new: Pack, seeds: Sequence[Seed] = ()) -> Comparison:
    return compare_packs(old, new, (_profiles(), _profiles()), seeds, latest_day([old, new]))


def _everywhere(
    about: About, after: Written, sides: tuple[Pack, Pack]
) -> Iterator[tuple[Facts, Moment]]:
    wider = about._replace(written=about.written._replace(rules=about.written.rules + after.rules))
    for facts in grid(paths_of(wider), MOST):
        if all(readable(facts, side) for side in sides):
            for as_of in AS_OF:
                yield facts, as_of


@EDITS
@given(edits())
def test_what_is_said_of_an_edit_holds_on_every_manifest(edit: Edited) -> None:
    """A rule that is said to come out alike does; where nothing is said to weigh, nothing does; and
    where no verdict is said to change, none does under any profile.
    """
    about, after = edit
    sides = about.written.pack(), after.pack()
    comparison = _compared(*sides)
    said = {change.key: change for change in comparison.rules}

    for change in comparison.rules:
        if change.answer.witness is not None:
            _holds(change.answer.witness, change.key, sides)
    for facts, as_of in _everywhere(about, after, sides):
        old, new = (results(side, facts, as_of) for side in sides)
        for key in {*old, *new}:
            found, before, now = said.get(key), old.get(key), new.get(key)
            if before and now and (found is None or not found.can_change_outcome):
                assert before.outcome is now.outcome, (key, facts, as_of)
            if found is None or not found.answer.weighs:
                assert weight_of(before) == weight_of(now), (key, facts, as_of)
        if not comparison.can_change_verdict:
            assert _verdicts(old) == _verdicts(new), (facts, as_of)


def _holds(witness: Witness, key: str, sides: tuple[Pack, Pack]) -> None:
    text = manifest_yaml(witness.facts)
    found = []
    for side, said in zip(sides, (witness.old, witness.new), strict=True):
        facts = read_facts(text, side)
        result = results(side, facts, witness.as_of).get(key)
        assert (result and result.outcome) is said
        found.append((weight_of(result), _verdicts(results(side, facts, witness.as_of))))
    for name, old, new in witness.verdicts:
        assert (found[0][1][name], found[1][1][name]) == (old, new)
    assert witness.old is not witness.new or found[0] != found[1]


def _verdicts(found: Mapping[str, RuleResult]) -> dict[str, Verdict]:
    listed = list(found.values())
    return {name: decide(listed, profile).verdict for name, profile in _profiles().items()}


def _with(require: Any, when: Any = None, **more: Any) -> Pack:
    return Written((rule("only", when, [require]),), HEAD | more).pack()


_SIZE = {"fact": "extra.size", "above": 2}
_LEVEL = {"fact": "model.capability.cyber", "at_least": "high"}
_SAME = {
    "a double negation": (_SIZE, {"not": [{"not": [_SIZE]}]}),
    "twice the same": (_SIZE, {"any": [_SIZE, _SIZE]}),
    "a list around it": (_SIZE, {"all": [{"any": [_SIZE]}]}),
    "another order": ({"all": [_SIZE, _LEVEL]}, {"all": [_LEVEL, _SIZE]}),
    "absorbed": (_SIZE, {"any": [_SIZE, {"all": [_SIZE, _LEVEL]}]}),
    "De Morgan": ({"not": [_SIZE, _LEVEL]}, {"all": [{"not": [_SIZE]}, {"not": [_LEVEL]}]}),
    "a level below and the one above it": (
        {"fact": "model.capability.cyber", "above": "medium"},
        _LEVEL,
    ),
    "whole days": (
        {"fact": "review.agreed_days", "above": 2},
        {"fact": "review.agreed_days", "at_least": 3},
    ),
    "a number between two parameters' values": (
        {"parameter": "least", "at_least": 4},
        {"parameter": "least", "above": 3},
    ),
    "an instant told in another zone": (
        {"fact": "release.first_at", "before": "2026-07-01T00:00:00-04:00"},
        {"fact": "release.first_at", "before": "2026-07-01T04:00:00Z"},
    ),
}


@pytest.mark.parametrize(("old", "new"), _SAME.values(), ids=_SAME)
def test_what_says_the_same_is_proved_to(old: Any, new: Any) -> None:
    comparison = _compared(_with(old), _with(new))

    assert [change.answer.certain for change in comparison.rules] == [True]
    assert not comparison.rules[0].can_change_outcome
    assert not comparison.can_change_verdict


_DAYS = {"days_from": "review.access_started_at", "to": "release.first_at"}
_APART = {
    "at a number": (_SIZE, {"fact": "extra.size", "at_least": 2}, "fail", "pass"),
    "between two numbers that are very close": (
        {"fact": "extra.size", "above": "2.0000000001"},
        {"fact": "extra.size", "above": "2.0000000002"},
        "pass", "fail",
    ),
    "at an instant": (
        {"fact": "release.first_at", "before": "2026-07-02T12:00:00-04:00"},
        {"fact": "release.first_at", "not_after": "2026-07-02T12:00:00-04:00"},
        "fail", "pass",
    ),
    "on a day that is not told more exactly": (
        {"fact": "release.first_at", "before": "2026-07-01"},
        {"fact": "release.first_at", "before": "2026-07-01T00:00:00-04:00"},
        "unknown", "fail",
    ),
    "within one second": (
        {"fact": "release.first_at", "before": "2026-07-02T12:00:00-04:00"},
        {"fact": "release.first_at", "before": "2026-07-02T12:00:01-04:00"},
        "fail", "pass",
    ),
    "on the day that is one too few": (
        {**_DAYS, "at_least": 2}, {**_DAYS, "at_least": 3}, "pass", "fail",
    ),
    "in the hours that a calendar day leaves": (
        {**_DAYS, "at_least": 2, "count": "elapsed"},
        {**_DAYS, "at_least": 2, "count": "calendar"},
        "fail", "pass",
    ),
    "with one day that is not stated": (
        {**_DAYS, "at_least": {"fact": "review.agreed_days"}},
        {**_DAYS, "at_least": {"fact": "review.agreed_days", "if_not_stated": "$days"}},
        "unknown", "pass",
    ),
    "with a list of both": (
        {"any": [{"fact": "release.markets", "contains": "us"},
                 {"fact": "release.markets", "contains": "eu"}]},
        {"all": [{"any": [{"fact": "release.markets", "contains": "us"},
                          {"fact": "release.markets", "contains": "eu"}]},
                 {"not": [{"all": [{"fact": "release.markets", "contains": "us"},
                                   {"fact": "release.markets", "contains": "eu"}]}]}]},
        "pass", "fail",
    ),
    "with evidence": (
        {"fact": "review.agreed_days", "stated": True},
        {"evidenced": "review.agreed_days"},
        "pass", "fail",
    ),
    "where only one of two stages is stated": (
        {"fact": "release.first_at", "before": "2026-07-02"},
        {"fact": "release.api_at", "before": "2026-07-02"},
        "pass", "fail",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "before", "after"), _APART.values(), ids=_APART)
def test_the_only_place_where_two_rules_differ_is_found(
    old: Any, new: Any, before: str, after: str
) -> None:
    sides = _with(old), _with(new)

    [change] = _compared(*sides).rules
    witness = change.answer.witness

    assert witness is not None
    assert (witness.old, witness.new) == (Outcome(before), Outcome(after))
    _holds(witness, change.key, sides)


def _parameter(name: str, *values: Any) -> Any:
    kept = HEAD["parameters"][name]
    return HEAD | {"parameters": HEAD["parameters"] | {name: {**kept, "values": list(values)}}}


def _first_row(**fields: Any) -> Any:
    first, second = LISTED["rows"]
    return {**LISTED, "rows": [{**first, **fields}, second]}


_LEAST = {"fact": "extra.size", "at_least": "$least"}
_THREE, _FOUR = {"from": "2026-06-01", "value": 3}, {"from": "2026-07-02", "value": 4}
_LISTED = {
    "any_row": {
        "register": "listed",
        "where": [
            {"fact": "row.developer", "equals": {"fact": "model.developer"}},
            {"fact": "row.model", "equals": {"fact": "model.name"}},
        ],
    }
}
_EDITED = {
    "a value": (
        _LEAST,
        {"head": _parameter("least", _THREE, {**_FOUR, "value": 5}), "listed": LISTED},
        "pass", "fail",
    ),
    "a date": (
        _LEAST,
        {"head": _parameter("least", _THREE, {**_FOUR, "from": "2026-07-03"}), "listed": LISTED},
        "fail", "pass",
    ),
    "a row that is gone": (
        _LISTED, {"head": HEAD, "listed": {**LISTED, "rows": LISTED["rows"][1:]}}, "pass", "fail",
    ),
    "the last day of a row": (
        _LISTED, {"head": HEAD, "listed": _first_row(until="2026-06-30")}, "pass", "fail",
    ),
    "another name in a row": (
        _LISTED, {"head": HEAD, "listed": _first_row(also_called=[])}, "pass", "fail",
    ),
    "whether a register lists all": (
        _LISTED, {"head": HEAD, "listed": {**LISTED, "complete": False}}, "fail", "unknown",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("require", "edit", "before", "after"), _EDITED.values(), ids=_EDITED)
def test_what_a_rule_rests_on_shows_in_a_witness(
    require: Any, edit: Any, before: str, after: str
) -> None:
    written = Written((rule("only", None, [require]),))
    sides = written.pack(), written._replace(**edit).pack()

    [change] = _compared(*sides).rules

    assert change.how == "affected"
    witness = change.answer.witness
    assert witness is not None
    assert (witness.old, witness.new) == (Outcome(before), Outcome(after))
    _holds(witness, change.key, sides)


def test_what_a_rule_does_not_rest_on_does_not_name_it() -> None:
    written = Written((rule("only", None, [_SIZE]),))
    after = written._replace(head=_parameter("least", _THREE, {**_FOUR, "value": 5}))

    comparison = _compared(written.pack(), after.pack())

    assert comparison.rules == ()
    assert [edit.name for edit in comparison.edits] == ["least"]


_RICH = """\
manifest: gonogo/1
model: {name: Else, version: "2", developer: openai, weights: open, capability: {cyber: high}}
coverage: {determination: designated, determined_at: 2026-06-30}
review: {access_started_at: 2026-06-01T09:00:00-04:00, agreed_days: {value: 3, evidence: [deal]}}
release: {public_at: 2026-07-02T15:30:00-04:00, api_at: 2026-07-02T16:30:00-04:00}
evidence: [{id: deal, kind: agreement, sha256: "%s", supports: [review.agreed_days]}]
""" % ("a" * 64)


@pytest.mark.parametrize("at_hand", [(), (_RICH,)], ids=["searched", "from a test of the pack"])
def test_a_witness_says_no_more_than_it_takes(at_hand: tuple[str, ...]) -> None:
    """The four things that every manifest has, and the one day between the two dates."""
    old, new = (
        _with({"fact": "release.first_at", "before": f"2026-07-0{day}T00:00:00-04:00"})
        for day in (2, 3)
    )
    seeds = [Seed(read_facts(text, old), at("2026-07-05")) for text in at_hand]

    [change] = _compared(old, new, seeds).rules

    assert change.answer.witness is not None
    said = manifest_yaml(change.answer.witness.facts).splitlines()
    assert said[:2] == [
        "manifest: gonogo/1",
        'model: {name: "N-9", version: "1.0", developer: northlight, weights: closed}',
    ]
    assert said[2:] in (["release: {public_at: 2026-07-02}"], ["release: {api_at: 2026-07-02}"])
