"""The sides of numbers and dates: what each is called, and which tests stand on it."""

from pathlib import Path

import pytest

from benches import HEAD, NAMED, RULES, desk_of, trials_of
from gonogo.workbench.coverage import coverage
from gonogo.workbench.edges import edges_of

PARAMETERS = """\
parameters:
  limit:
    unit: day
    values:
      - {from: 2026-06-02, value: 30, cites: [memo]}
      - {from: 2027-01-01, value: 14, cites: [memo]}
  size: {unit: FLOP, values: [{from: 2026-06-02, value: 1e26, cites: [memo]}]}
  level: {values: [{from: 2026-06-02, value: high, cites: [memo]}]}
facts: {extra.findings: {type: number, title: findings, ask: How many?}}
"""
IN_FORCE = "    in_force: {from: 2026-06-02}\n"


def _rule(require: str, in_force: str = IN_FORCE) -> str:
    head, _, _ = RULES.partition("    require:")
    return f"{head}{in_force}    require: [{require}]\n"


def _shown(base: Path, rules: str, registers: str = "") -> list[tuple[str, str, str]]:
    files = {"pack.yaml": HEAD + PARAMETERS, "rules/main.yaml": rules}
    if registers:
        files["registers/letters.yaml"] = registers
    [pack] = desk_of(base, files).packs
    return [(edge.owner, edge.side, edge.shown) for edge in edges_of(pack, None)]


ACCESS = "review.access_started_at"
FIRST = "release.first_at"


@pytest.mark.parametrize(
    ("require", "expected"),
    [
        (
            f"{{days_from: {ACCESS}, to: {FIRST}, at_least: 30}}",
            [("below", "29 days"), ("at", "30 days"), ("above", "31 days")],
        ),
        (
            f"{{days_from: {ACCESS}, to: {FIRST}, at_least: 1}}",
            [("below", "0 days"), ("at", "1 day"), ("above", "2 days")],
        ),
        (
            f"{{days_from: {ACCESS}, to: {FIRST}, at_most: $limit}}",
            [
                ("below", "29 days or 13 days"),
                ("at", "30 days or 14 days"),
                ("above", "31 days or 15 days"),
            ],
        ),
        (
            f"{{days_from: {ACCESS}, to: {FIRST}, at_least: {{fact: review.agreed_days}}}}",
            [
                ("below", "below the agreed review days"),
                ("at", "exactly the agreed review days"),
                ("above", "above the agreed review days"),
            ],
        ),
        (
            "{fact: model.training_compute_flop, below: $size}",
            [
                ("below", "less than 1e26 FLOP"),
                ("at", "1e26 FLOP"),
                ("above", "more than 1e26 FLOP"),
            ],
        ),
        # A manifest states no less than 0 of anything, and of training compute not even 0.
        ("{fact: model.training_compute_flop, above: 0}", [("above", "more than 0 FLOP")]),
        ("{fact: extra.findings, at_most: 0}", [("at", "0"), ("above", "more than 0")]),
        ("{fact: review.agreed_days, above: 0}", [("at", "0 days"), ("above", "1 day")]),
        # Nor does it move a number of the pack.
        ("{parameter: limit, at_least: 30}", []),
        (
            "{fact: model.capability.cyber, below: $level}",
            [("below", "medium"), ("at", "high"), ("above", "critical")],
        ),
        ("{fact: model.capability.cyber, at_most: none}", [("at", "none"), ("above", "low")]),
        (
            f"{{fact: {ACCESS}, before: {{fact: {FIRST}}}}}",
            [
                ("before", "the start of government access before the first release"),
                (
                    "at the same time",
                    "the start of government access at the same time as the first release",
                ),
                ("after", "the start of government access after the first release"),
            ],
        ),
        (
            f"{{fact: release.api_at, not_after: {{fact: {FIRST}}}}}",
            [
                ("at the same time", "the API opening at the same time as the first release"),
                ("after", "the API opening after the first release"),
            ],
        ),
        (
            f"{{fact: {ACCESS}, after: 2026-09-01}}",
            [
                ("before", "the start of government access before 2026-09-01"),
                (
                    "at the same time",
                    "the start of government access at the same time as 2026-09-01",
                ),
                ("after", "the start of government access after 2026-09-01"),
            ],
        ),
    ],
)
def test_a_number_or_an_order_is_named(
    require: str, expected: list[tuple[str, str]], tmp_path: Path
) -> None:
    found = _shown(tmp_path, _rule(require))

    assert [(side, shown) for owner, side, shown in found if owner == "only"][:-2] == expected


def test_a_date_is_named(tmp_path: Path) -> None:
    """The day before the rule is the day without it; the last day is within, the next is not."""
    rule = _rule(
        "{fact: model.weights, equals: closed}", IN_FORCE.replace("}", ", until: 2027-02-28}")
    )

    assert _shown(tmp_path, rule) == [
        ("only", "the day before `from`", "2026-06-01 (the day before `from`)"),
        ("only", "at `from`", "2026-06-02 (`from`)"),
        ("only", "the day before `until`", "2027-02-28 (`until`)"),
        ("only", "at `until`", "2027-03-01 (the day after `until`)"),
        ("$limit", "the day before `from`", "2026-12-31 (the day before `from`)"),
        ("$limit", "at `from`", "2027-01-01 (`from`)"),
    ]


def test_an_instant_is_named(tmp_path: Path) -> None:
    register = (
        "register: letters\nas_of: 2026-11-23\nfields: {model: {type: name}}\n"
        "rows: [{model: A, from: 2026-06-12T17:21:00-04:00, source: memo}]\n"
    )
    rule = _rule(
        "{any_row: {register: letters, where: [{fact: row.model, equals: {fact: model.name}}]}}"
    )

    found = [each for each in _shown(tmp_path, rule, register) if each[0] == "register letters"]

    assert found == [
        (
            "register letters",
            "the day before `from`",
            "the day up to 2026-06-12T17:21:00-04:00 (the day before `from`)",
        ),
        ("register letters", "at `from`", "the day from 2026-06-12T17:21:00-04:00 on (`from`)"),
    ]


ORDER = _rule("{fact: review.access_started_at, before: {fact: release.first_at}}", "")


def _seen(base: Path, access: str, public: str, outcome: str) -> set[str]:
    desk = desk_of(base, {"rules/main.yaml": ORDER})
    case = (
        f"{NAMED}tests:\n  - name: one\n    manifest: n-9\n    as_of: 2026-11-23\n"
        f"    set: {{review.access_started_at: {access}, release.public_at: {public}}}\n"
        f"    expect: {{rules: {{only: {outcome}}}}}\n"
    )
    trials = trials_of(desk, case)
    assert trials[0].mismatches == ()
    untested = {edge.side for edge in coverage(desk.packs[0], None, trials).untested}
    return {"before", "at the same time", "after"} - untested


@pytest.mark.parametrize(
    ("access", "public", "outcome", "seen"),
    [
        ("2026-11-30", "2026-12-01", "pass", {"before"}),
        ("2026-12-02", "2026-12-01", "fail", {"after"}),
        ("2026-12-01T09:00:00-05:00", "2026-12-01T09:00:00-05:00", "fail", {"at the same time"}),
        ("2026-12-01", "2026-12-01", "unknown", set()),
        ("2026-12", "2026-12-01", "unknown", set()),
        ("2026-12-01", "2026-12-01T09:00:00-05:00", "unknown", set()),
    ],
    ids=["day before", "day after", "one instant", "one day", "day in a month", "within a day"],
)
def test_dates_in_no_known_order_stand_on_no_side(
    access: str, public: str, outcome: str, seen: set[str], tmp_path: Path
) -> None:
    """Such a test would not notice `not_after` in place of `before`."""
    assert _seen(tmp_path, access, public, outcome) == seen
