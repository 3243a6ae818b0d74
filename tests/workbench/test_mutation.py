"""Mutants: which there are, that a test kills them, and that each test to paste really does."""

from pathlib import Path

import pytest

from benches import HEAD, NAMED, desk_of, suite_of
from benches import RULES as ONE
from gonogo.authoring.desk import Desk
from gonogo.workbench.mutants import mutants
from gonogo.workbench.mutation import Mutation, mutate
from gonogo.workbench.places import latest_day
from gonogo.workbench.remedies import remedy
from gonogo.workbench.trials import run_suite

# One rule, one condition of each kind that can be written otherwise. Dates are in force from June.
PACK = f"""{HEAD}parameters:
  limit:
    unit: day
    values:
      - {{from: 2026-06-02, value: 30, cites: [memo]}}
      - {{from: 2026-07-01, value: 10, cites: [memo]}}
  register_expires_days:
    unit: day
    values: [{{from: 2026-06-02, value: 3650, cites: [memo]}}]
derived:
  review.held_until: {{earliest_of: [review.access_ended_at, release.first_at]}}
definitions:
  shut:
    - {{fact: model.weights, equals: closed}}
    - {{fact: model.capability.cyber, at_most: medium}}
"""
_HELD = "{days_from: review.access_started_at, to: review.held_until, at_least: $limit}"
_LISTED = "{any_row: {register: listed, where: [{fact: row.model, equals: {fact: model.name}}]}}"
RULES = f"""\
rules:
  - id: held
    title: Held for some days
    class: commitment
    cites: [memo]
    in_force: {{from: 2026-06-02, until: 2026-12-31}}
    when: [{{holds: shut}}]
    require:
      - any: [{_HELD}, {{fact: model.training_compute_flop, below: 5}}]
      - not: [{_LISTED}]
"""
LISTED = """\
register: listed
as_of: 2026-11-23
complete: true
fields: {model: {type: name}}
rows: [{model: Fable 5, from: 2026-06-12, until: 2026-06-30, source: memo}]
"""
FILES = {"pack.yaml": PACK, "rules/main.yaml": RULES, "registers/listed.yaml": LISTED}
CHANGES = [  # by hand, from the texts above
    "shut/all.1: dropped",
    "shut/all.2: dropped",
    "shut/all.2: at_most becomes below",
    "shut/all.2: medium becomes low",
    "shut/all.2: medium becomes high",
    "shut: all becomes any",
    "held/when/all.1: dropped",
    "held/require/all.1: dropped",
    "held/require/all.1/any.1: dropped",
    "held/require/all.1/any.1: at_least becomes above",
    "held/require/all.1/any.2: dropped",
    "held/require/all.1/any.2: below becomes at_most",
    "held/require/all.1/any.2: 5 becomes 4",
    "held/require/all.1/any.2: 5 becomes 6",
    "held/require/all.1: any becomes all",
    "held/require/all.2: dropped",
    "held/require/all.2/not.1: dropped",
    "held/require/all.2/not.1/where/all.1: dropped",
    "held/require: all becomes any",
    "held/in_force: from one day earlier",
    "held/in_force: from one day later",
    "held/in_force: until one day earlier",
    "held/in_force: until one day later",
    "held/class: commitment becomes framework",
    "held/class: commitment becomes binding",
    "$limit from 2026-06-02: 30 becomes 29",
    "$limit from 2026-06-02: 30 becomes 31",
    "$limit from 2026-06-02: one day later",
    "$limit from 2026-07-01: 10 becomes 9",
    "$limit from 2026-07-01: 10 becomes 11",
    "$limit from 2026-07-01: one day earlier",
    "$limit from 2026-07-01: one day later",
    "$register_expires_days from 2026-06-02: 3650 becomes 3649",
    "$register_expires_days from 2026-06-02: 3650 becomes 3651",
    "$register_expires_days from 2026-06-02: one day later",
    "listed/row.1: dropped",
    "listed/row.1: from one day earlier",
    "listed/row.1: from one day later",
    "listed/row.1: until one day earlier",
    "listed/row.1: until one day later",
    "review.held_until/earliest_of: `review.access_ended_at` dropped",
    "review.held_until/earliest_of: `release.first_at` dropped",
]
WEAK = f"""\
{NAMED}tests:
  - name: as is
    manifest: n-9
    as_of: 2026-11-23
    expect: {{rules: {{held: unknown}}}}
"""


def _mutation(desk: Desk, *tests: str) -> Mutation:
    [pack] = desk.packs
    suite = suite_of(desk, *tests)
    trials = run_suite(suite, desk.profiles)
    assert not [trial for trial in trials if trial.mismatches]
    return mutate(pack, None, trials, desk.profiles, suite.survivors)


def _changes(found: Mutation) -> list[str]:
    return [mutant.change for mutant, _ in found.survivors]


def test_there_is_a_mutant_for_everything_that_can_be_written_otherwise(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, FILES)

    found = [mutant.change for mutant in mutants(desk.packs[0], None, desk.profiles)]

    assert sorted(found) == sorted(CHANGES)


@pytest.mark.parametrize("change", CHANGES)
def test_the_test_to_paste_kills_its_mutant(change: str, tmp_path: Path) -> None:
    desk = desk_of(tmp_path, FILES)
    [pack] = desk.packs
    mutant = next(m for m in mutants(pack, None, desk.profiles) if m.change == change)

    text = remedy(mutant, pack, desk.terms, latest_day([pack]))

    assert text is not None
    assert change not in _changes(_mutation(desk, f"tests:\n{text}"))


def _survivors(*changes: str) -> str:
    lines = [f'  - {{change: "{change}", why: "on purpose"}}' for change in changes]
    return "\n".join(["survivors:", *lines, ""])


def test_a_reason_is_shown_with_its_survivor_and_is_stale_without(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, FILES)
    alive, none = "shut/all.1: dropped", "shut/all.7: dropped"

    found = _mutation(desk, WEAK + _survivors(alive, none))

    assert {m.change: why for m, why in found.survivors if why} == {alive: "on purpose"}
    assert [survivor.change for survivor in found.stale] == [none]
    assert found.total == len(CHANGES)
    assert found.score == pytest.approx(1 - len(found.survivors) / len(CHANGES))


def test_a_change_that_says_the_same_has_no_test_to_paste(tmp_path: Path) -> None:
    """`closed` twice: neither can be missed."""
    closed = "{fact: model.weights, equals: closed}"
    rules = ONE.replace(closed, f"{closed}, {closed}")
    desk = desk_of(tmp_path, {"rules/main.yaml": rules})
    [pack] = desk.packs
    made = {m.change: m for m in mutants(pack, None, desk.profiles)}

    for change in ("only/require/all.1: dropped", "only/require: all becomes any"):
        assert remedy(made[change], pack, desk.terms, latest_day([pack])) is None
