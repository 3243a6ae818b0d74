"""Windows as a plan shows them: each bound was counted by hand.

A bound is a date where the day begins or ends with it, else an instant to the second.
"""

from pathlib import Path

import pytest
from making_plans import EO_PACK, example, house_pack, planned

from gonogo.manifests.vocabulary import Vocabulary
from strategies import manifest, one_rule, small_pack

GO, NO_GO, OPEN = "GO", "NO-GO", "UNDETERMINED"
SAMPLE = example("shortest/release.yaml")

Bounds = list[tuple[str, str, str]]


def bounds(text: str, as_of: str, **more: object) -> Bounds:
    plan = planned(text, as_of, **more)  # type: ignore[arg-type]
    return [(each.since, each.until, each.verdict) for each in plan.windows]


def sample(access: str, release: str) -> str:
    text = SAMPLE.replace("access_started_at: 2026-11-15", f"access_started_at: {access}")
    return text.replace("public_at: 2026-11-25", release)


# The register of directives was searched on November 23 and is trusted for 90 days: 7 more to the
# 30th, 31, 31, and 21: February 21.
TRUSTED = "2027-02-21"
AFTER = ("2027-02-22", "", OPEN)

DIRECTIVE = """\
manifest: gonogo/1
model: {name: Fable 5, version: "1", developer: anthropic, weights: closed}
coverage: {determination: not_designated}
release: {public_at: 2026-06-12T09:00:00-04:00, audience: unverified}
"""
REVIEWED = DIRECTIVE.replace("not_designated", "designated").replace(
    "release:", "review: {access_started_at: 2026-06-01}\nrelease:"
)

# text, as of, windows
CASES: dict[str, tuple[str, str, Bounds]] = {
    # November 15 and 30 days: 15 to the 30th and 15 more.
    "the sample": (
        SAMPLE,
        "2026-11-23",
        [("2026-11-23", "2026-12-14", NO_GO), ("2026-12-15", TRUSTED, GO), AFTER],
    ),
    "asked at an hour": (
        SAMPLE,
        "2026-11-23T15:00:00-05:00",
        [("2026-11-23", "2026-12-14", NO_GO), ("2026-12-15", TRUSTED, GO), AFTER],
    ),
    # 03:00 UTC on the 24th is 22:00 on the 23rd in New York.
    "asked when it is tomorrow in UTC": (
        SAMPLE,
        "2026-11-24T03:00:00Z",
        [("2026-11-23", "2026-12-14", NO_GO), ("2026-12-15", TRUSTED, GO), AFTER],
    ),
    "at an hour": (
        sample("2026-11-15", "public_at: 2026-11-25T09:00:00-05:00"),
        "2026-11-23",
        [("2026-11-23", "2026-12-14", NO_GO), ("2026-12-15", TRUSTED, GO), AFTER],
    ),
    # 23:00 on November 14 in New York: 30 days later it is December 14.
    "access by the clock of Berlin": (
        sample("2026-11-15T05:00:00+01:00", "public_at: 2026-11-25"),
        "2026-11-23",
        [("2026-11-23", "2026-12-13", NO_GO), ("2026-12-14", TRUSTED, GO), AFTER],
    ),
    # As if the release were on the first day of the month.
    "a month": (
        sample("2026-11-15", "public_at: 2026-12"),
        "2026-11-23",
        [("2026-11-23", "2026-12-14", NO_GO), ("2026-12-15", TRUSTED, GO), AFTER],
    ),
    # The public stage is 15 days behind: it is past February 21 when the first is past the 6th.
    "an exact stage, then a date": (
        sample(
            "2026-11-15", "trusted_partners_at: 2026-11-25T09:00:00-05:00, public_at: 2026-12-10"
        ),
        "2026-11-23",
        [
            ("2026-11-23", "2026-12-14", NO_GO),
            ("2026-12-15", "2027-02-06", GO),
            ("2027-02-07", "", OPEN),
        ],
    ),
    "a date, then an exact stage": (
        sample(
            "2026-11-15", "trusted_partners_at: 2026-11-25, public_at: 2026-12-10T09:00:00-05:00"
        ),
        "2026-11-23",
        [
            ("2026-11-23", "2026-12-14", NO_GO),
            ("2026-12-15", "2027-02-06", GO),
            ("2027-02-07", "", OPEN),
        ],
    ),
    # Midnight of February 22 is reached by the public stage, at 09:00 + 10 hours, 15 days later.
    "two exact stages": (
        sample(
            "2026-11-15",
            "trusted_partners_at: 2026-11-25T09:00:00-05:00, public_at: 2026-12-10T19:00:00-05:00",
        ),
        "2026-11-23",
        [
            ("2026-11-23", "2026-12-14", NO_GO),
            ("2026-12-15", "2027-02-06T13:59:59-05:00", GO),
            ("2027-02-06T14:00:00-05:00", "", OPEN),
        ],
    ),
    "a directive to the second": (
        DIRECTIVE,
        "2026-06-10",
        [
            ("2026-06-10", "2026-06-12T17:20:59-04:00", GO),
            ("2026-06-12T17:21:00-04:00", "2026-06-30", NO_GO),
            ("2026-07-01", TRUSTED, GO),
            AFTER,
        ],
    ),
    # By whole days, June 12 is half free: that day alone is undetermined.
    "a directive by days": (
        DIRECTIVE.replace("2026-06-12T09:00:00-04:00", "2026-06-12"),
        "2026-06-10",
        [
            ("2026-06-10", "2026-06-11", GO),
            ("2026-06-12", "2026-06-12", OPEN),
            ("2026-06-13", "2026-06-30", NO_GO),
            ("2026-07-01", TRUSTED, GO),
            AFTER,
        ],
    ),
    # June 1 and 30 days: July 1, when the directive has ended too. One window, for two reasons.
    "a directive and a review": (
        REVIEWED,
        "2026-06-10",
        [("2026-06-10", "2026-06-30", NO_GO), ("2026-07-01", TRUSTED, GO), AFTER],
    ),
    "every stage is past": (
        example("northlight-no-go/release.yaml"),
        "2026-12-01",
        # The public stage is 35 days behind: 21 in February, and January 31 less 14.
        [("2026-12-01", "2027-01-17", GO), ("2027-01-18", "", OPEN)],
    ),
    "no stage": (sample("2026-11-15", "markets: [us]"), "2026-11-23", []),
}


@pytest.mark.parametrize(("text", "as_of", "expected"), CASES.values(), ids=CASES)
def test_windows_counted_by_hand(text: str, as_of: str, expected: Bounds) -> None:
    assert bounds(text, as_of) == expected


@pytest.mark.parametrize(
    ("access", "hours", "expected"),
    [
        # October 31 and 30 days: November 30, the last day on which 30 are enough. From December
        # 1 it takes 45: 30 in November and 15 more.
        (
            "2026-10-31",
            400,
            [
                ("2026-11-23", "2026-11-29", NO_GO),
                ("2026-11-30", "2026-11-30", GO),
                ("2026-12-01", "2026-12-14", NO_GO),
                ("2026-12-15", TRUSTED, GO),
                AFTER,
            ],
        ),
        # A day later, the 30 days end when they are no longer enough.
        (
            "2026-11-01",
            400,
            [("2026-11-23", "2026-12-15", NO_GO), ("2026-12-16", TRUSTED, GO), AFTER],
        ),
        # From December 1 the red team owes its hours, for good: nothing opens again.
        (
            "2026-10-31",
            399,
            [
                ("2026-11-23", "2026-11-29", NO_GO),
                ("2026-11-30", "2026-11-30", GO),
                ("2026-12-01", "", NO_GO),
            ],
        ),
    ],
)
def test_a_house_pack_that_changes_on_the_way(access: str, hours: int, expected: Bounds) -> None:
    """Parameters, rules and registers at once: a gap that opens for one day."""
    text = example("house-pack/release.yaml")
    text = text.replace("2026-11-02", access).replace("380", str(hours))
    assert bounds(text, "2026-11-23", packs=[house_pack()]) == expected


def test_one_stage_moves() -> None:
    """Partners stay on December 20. Whatever is first counts: the public from December 15 on."""
    text = sample("2026-11-15", "trusted_partners_at: 2026-12-20, public_at: 2026-12-25")
    found = bounds(text, "2026-11-23", stages=["release.public_at"])
    assert found == [
        ("2026-11-23", "2026-12-14", NO_GO),
        ("2026-12-15", TRUSTED, GO),
        AFTER,
    ]


CLOCKS = "[{days_from: review.access_started_at, to: release.first_at, at_least: 30, count: %s}]"
AT_NINE = "public_at: 2026-11-25T09:00:00-05:00"


@pytest.mark.parametrize(
    ("count", "zone", "access", "last", "first"),
    [
        # Clocks go back on November 1: 30 times 24 hours from 09:00 end at 08:00.
        (
            "elapsed",
            "America/New_York",
            "2026-10-20T09:00:00-04:00",
            "2026-11-19T07:59:59-05:00",
            "2026-11-19T08:00:00-05:00",
        ),
        # They go forward on March 14: 8 days in February, 22 in March, and an hour.
        (
            "elapsed",
            "America/New_York",
            "2027-02-20T09:00:00-05:00",
            "2027-03-22T09:59:59-04:00",
            "2027-03-22T10:00:00-04:00",
        ),
        # Half an hour before midnight: the hour more leads into the next day.
        (
            "elapsed",
            "America/New_York",
            "2027-02-20T23:30:00-05:00",
            "2027-03-23T00:29:59-04:00",
            "2027-03-23T00:30:00-04:00",
        ),
        # In Berlin clocks go back on October 25 already.
        (
            "elapsed",
            "Europe/Berlin",
            "2026-10-20T09:00:00+02:00",
            "2026-11-19T07:59:59+01:00",
            "2026-11-19T08:00:00+01:00",
        ),
        # There is no change between November 1 and December 1 there.
        (
            "elapsed",
            "Europe/Berlin",
            "2026-11-01T00:30:00+01:00",
            "2026-12-01T00:29:59+01:00",
            "2026-12-01T00:30:00+01:00",
        ),
        # Local dates do not care for hours.
        ("calendar", "America/New_York", "2026-10-20T09:00:00-04:00", "2026-11-18", "2026-11-19"),
        # 30 full days after October 20 there is one day more.
        ("full_days", "America/New_York", "2026-10-20T09:00:00-04:00", "2026-11-19", "2026-11-20"),
        # 18:30 in New York is 23:30 in Berlin between October 25 and November 1, the same day.
        ("calendar", "Europe/Berlin", "2026-10-27T18:30:00-04:00", "2026-11-25", "2026-11-26"),
        # After that it is half past midnight of the next day.
        ("calendar", "Europe/Berlin", "2026-11-02T18:30:00-05:00", "2026-12-02", "2026-12-03"),
    ],
)
def test_days_across_clock_changes(
    count: str,
    zone: str,
    access: str,
    last: str,
    first: str,
    tmp_path: Path,
    vocabulary: Vocabulary,
) -> None:
    pack = small_pack(tmp_path, vocabulary, one_rule(CLOCKS % count), zone=zone)
    text = manifest(release=AT_NINE, review=f"access_started_at: {access}")
    assert bounds(text, "2026-10-28", packs=[pack]) == [
        ("2026-10-28", last, NO_GO),
        (first, "", GO),
    ]


LISTED = """\
register: listed
as_of: 2026-10-20
complete: true
fields: {model: {type: name}}
rows:
  - {model: N-9, from: <from>, until: <until>, source: memo}
"""
LISTED_HEAD = """\
parameters:
  register_expires_days: {unit: day, values: [{from: 2026-01-01, value: 36500}]}
"""
# 36,500 days are 100 years without their 24 leap days.
FOR_LONG = ("2126-09-26", GO)
THEN = ("2126-09-27", "", OPEN)
STILL_LONG = ("2126-09-26T14:59:59-04:00", GO)  # for a stage that is nine hours behind
NAMED = "{fact: row.model, equals: {fact: model.name}}"
NONE_LISTED = f"[{{not: [{{any_row: {{register: listed, where: [{NAMED}]}}}}]}}]"


@pytest.mark.parametrize(
    ("starts", "ends", "first", "expected"),
    [
        # Clocks show 01:30 twice on November 1; the second time is at 06:30 UTC.
        (
            "2026-11-01T01:30:00-04:00",
            "2026-11-02",
            AT_NINE,
            [
                ("2026-10-28", "2026-11-01T01:29:59-04:00", GO),
                ("2026-11-01T01:30:00-04:00", "2026-11-02", NO_GO),
                ("2026-11-03", *FOR_LONG),
            ],
        ),
        (
            "2026-11-01T01:30:00-05:00",
            "2026-11-02",
            AT_NINE,
            [
                ("2026-10-28", "2026-11-01T01:29:59-05:00", GO),
                ("2026-11-01T01:30:00-05:00", "2026-11-02", NO_GO),
                ("2026-11-03", *FOR_LONG),
            ],
        ),
        # From the first 01:30 to the second: an instant of a row's end still counts.
        (
            "2026-11-01T01:30:00-04:00",
            "2026-11-01T01:30:00-05:00",
            AT_NINE,
            [
                ("2026-10-28", "2026-11-01T01:29:59-04:00", GO),
                ("2026-11-01T01:30:00-04:00", "2026-11-01T01:30:00-05:00", NO_GO),
                ("2026-11-01T01:30:01-05:00", *FOR_LONG),
            ],
        ),
        # On March 14 clocks go from 01:59:59 to 03:00: 07:30 UTC is half past three.
        (
            "2027-03-14T07:30:00Z",
            "2027-03-14",
            "public_at: 2026-11-25T02:30:00-05:00",
            [
                ("2026-10-28", "2027-03-14T03:29:59-04:00", GO),
                ("2027-03-14T03:30:00-04:00", "2027-03-14", NO_GO),
                ("2027-03-15", *FOR_LONG),
            ],
        ),
        # Half past two does not exist that night, and what begins then begins with the jump.
        (
            "2027-03-14T07:00:00Z",
            "2027-03-14",
            AT_NINE,
            [
                ("2026-10-28", "2027-03-14T01:59:59-05:00", GO),
                ("2027-03-14T03:00:00-04:00", "2027-03-14", NO_GO),
                ("2027-03-15", *FOR_LONG),
            ],
        ),
        # By whole days, a row that begins within a day leaves that day undetermined.
        (
            "2026-11-01T01:30:00-05:00",
            "2026-11-02",
            "public_at: 2026-11-25",
            [
                ("2026-10-28", "2026-10-31", GO),
                ("2026-11-01", "2026-11-01", OPEN),
                ("2026-11-02", "2026-11-02", NO_GO),
                ("2026-11-03", *FOR_LONG),
            ],
        ),
    ],
)
def test_register_rows_across_clock_changes(
    starts: str,
    ends: str,
    first: str,
    expected: Bounds,
    tmp_path: Path,
    vocabulary: Vocabulary,
) -> None:
    register = LISTED.replace("<from>", starts).replace("<until>", ends)
    rules = one_rule(NONE_LISTED)
    pack = small_pack(tmp_path, vocabulary, rules, LISTED_HEAD, {"listed": register})
    assert bounds(manifest(release=first), "2026-10-28", packs=[pack]) == [*expected, THEN]


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        # Nine hours before the first 01:30 of November 1 it is 16:30.
        (
            "2026-11-01T01:30:00-04:00",
            "2026-11-01T01:44:59-04:00",
            [
                ("2026-10-28", "2026-10-31T16:29:59-04:00", GO),
                ("2026-10-31T16:30:00-04:00", "2026-10-31T16:44:59-04:00", NO_GO),
                ("2026-10-31T16:45:00-04:00", *STILL_LONG),
            ],
        ),
        # The second time that clocks show it, the later stage is past it: its own clock jumped.
        (
            "2026-11-01T01:30:00-05:00",
            "2026-11-01T01:44:59-05:00",
            [("2026-10-28", *STILL_LONG)],
        ),
        # Half past two of March 14 is half past three, and so is the real half past three.
        (
            "2027-03-14T03:30:00-04:00",
            "2027-03-14T03:30:00-04:00",
            [
                ("2026-10-28", "2027-03-13T17:29:59-05:00", GO),
                ("2027-03-13T17:30:00-05:00", "2027-03-13T17:30:00-05:00", NO_GO),
                ("2027-03-13T17:30:01-05:00", "2027-03-13T18:29:59-05:00", GO),
                ("2027-03-13T18:30:00-05:00", "2027-03-13T18:30:00-05:00", NO_GO),
                ("2027-03-13T18:30:01-05:00", *STILL_LONG),
            ],
        ),
        # Between 02:15 and 03:00 by its clock it is later than from 03:00 to 03:15.
        (
            "2027-03-14T03:15:00-04:00",
            "2027-03-14",
            [
                ("2026-10-28", "2027-03-13T17:14:59-05:00", GO),
                ("2027-03-13T17:15:00-05:00", "2027-03-13T17:59:59-05:00", NO_GO),
                ("2027-03-13T18:00:00-05:00", "2027-03-13T18:14:59-05:00", GO),
                ("2027-03-13T18:15:00-05:00", "2027-03-14T14:59:59-04:00", NO_GO),
                ("2027-03-14T15:00:00-04:00", *STILL_LONG),
            ],
        ),
    ],
)
def test_a_later_stage_keeps_its_distance_by_the_clock(
    starts: str, ends: str, expected: Bounds, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    """The public stage is nine hours behind, and alone is looked up in the register."""
    register = LISTED.replace("<from>", starts).replace("<until>", ends)
    rules = one_rule(NONE_LISTED.replace("where:", "at: [release.public_at], where:"))
    pack = small_pack(tmp_path, vocabulary, rules, LISTED_HEAD, {"listed": register})
    release = "api_at: 2026-11-25T01:00:00-05:00, public_at: 2026-11-25T10:00:00-05:00"
    text = manifest(release=release)
    assert bounds(text, "2026-10-28", packs=[pack]) == [
        *expected,
        ("2126-09-26T15:00:00-04:00", "", OPEN),
    ]


BETWEEN = "[{days_from: release.api_at, to: release.public_at, at_least: 31, count: %s}]"


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        # From the 1st at 09:00 to the 31st at 21:00 there are 30 local days, whenever it begins.
        ("calendar", [("2026-10-28", "", NO_GO)]),
        # They are 30.5 days of 24 hours; an hour more or less where clocks change in between.
        ("elapsed", [("2026-10-28", "", NO_GO)]),
    ],
)
def test_stages_that_are_counted_from_each_other_keep_their_hours(
    count: str, expected: Bounds, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    """By the hour they would be 31 local days apart in the evening of every day."""
    pack = small_pack(tmp_path, vocabulary, one_rule(BETWEEN % count))
    release = "api_at: 2026-12-01T09:00:00-05:00, public_at: 2026-12-31T21:00:00-05:00"
    assert bounds(manifest(release=release), "2026-10-28", packs=[pack]) == expected


def test_days_of_24_hours_between_two_stages(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """30 days by the clock are an hour short while clocks go forward between the two stages.

    Clocks go forward on March 14, 2027, March 12, 2028, March 11, 2029, March 10, 2030 and March
    9, 2031. The second stage is past a change 30 days before the first one is.
    """
    require = BETWEEN.replace("31", "30") % "elapsed"
    pack = small_pack(tmp_path, vocabulary, one_rule(require))
    release = "api_at: 2026-12-01T09:00:00-05:00, public_at: 2026-12-31T09:00:00-05:00"
    found = bounds(manifest(release=release), "2026-10-28", packs=[pack])
    assert found[:4] == [
        ("2026-10-28", "2027-02-11", GO),
        ("2027-02-12", "2027-03-13", NO_GO),
        ("2027-03-14", "2028-02-10", GO),
        ("2028-02-11", "2028-03-11", NO_GO),
    ]
    assert len(found) == 11
    assert found[-1] == ("2031-03-09", "", GO)


def test_parameters_rules_and_their_ends(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """A number that is unknown for a month, and a rule that ends: the other one is left."""
    head = """\
parameters:
  open:
    values:
      - {from: 2026-01-01, value: true}
      - {from: 2026-12-01, unknown: nobody knows}
      - {from: 2027-01-01, value: false}
"""
    rules = one_rule("[{parameter: open, equals: true}]", in_force="{until: 2027-01-31}")
    rules += (
        one_rule("[{fact: model.weights, equals: closed}]")
        .partition("\n")[2]
        .replace("only", "other")
    )
    pack = small_pack(tmp_path, vocabulary, rules, head)
    assert bounds(manifest(), "2026-10-28", packs=[pack]) == [
        ("2026-10-28", "2026-11-30", GO),
        ("2026-12-01", "2026-12-31", OPEN),
        ("2027-01-01", "2027-01-31", NO_GO),
        ("2027-02-01", "", GO),
    ]


def test_no_rule_in_force(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """Nothing that blocks was in force: undetermined, and it says so."""
    rules = one_rule(
        "[{fact: model.weights, equals: closed}]", in_force="{from: 2026-11-01, until: 2026-11-30}"
    )
    pack = small_pack(tmp_path, vocabulary, rules)
    plan = planned(manifest(), "2026-10-28", packs=[pack])
    assert [(each.since, each.until, each.verdict) for each in plan.windows] == [
        ("2026-10-28", "2026-10-31", OPEN),
        ("2026-11-01", "2026-11-30", GO),
        ("2026-12-01", "", OPEN),
    ]
    assert (
        plan.windows[0].because == plan.windows[2].because == ("no rule that blocks is in force",)
    )


def test_two_packs_in_two_zones(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """Midnight of January 10 in Berlin is 18:00 of the 9th in New York."""
    rules = one_rule("[{fact: release.first_at, not_before: 2027-01-10}]")
    berlin = small_pack(tmp_path, vocabulary, rules, zone="Europe/Berlin")
    text = sample("2026-11-15", AT_NINE)
    assert bounds(text, "2026-11-23", packs=[EO_PACK, berlin]) == [
        ("2026-11-23", "2027-01-09T17:59:59-05:00", NO_GO),
        # A rule that speaks of a bare date is open within it.
        ("2027-01-09T18:00:00-05:00", "2027-01-10T17:59:59-05:00", OPEN),
        ("2027-01-10T18:00:00-05:00", TRUSTED, GO),
        AFTER,
    ]


def test_a_window_names_every_rule_that_stands_in_it() -> None:
    """The directive comes on June 12 at 17:21, inside the wait that began before it."""
    plan = planned(REVIEWED, "2026-06-10")
    review, directive = plan.windows[0].because
    assert review.startswith("review-window-held (on 2026-06-10): has 9 calendar days, needs 30")
    assert directive.startswith("no-directive-in-force (from 2026-06-12T17:21:00-04:00): ")


@pytest.mark.parametrize(
    ("text", "as_of", "shown", "instant"),
    [
        (SAMPLE, "2026-11-23", "2026-12-15", "2026-12-15T00:00:00-05:00"),
        (REVIEWED, "2026-06-10", "2026-07-01", "2026-07-01T00:00:00-04:00"),
        (SAMPLE, "2026-12-20", "2026-12-20", "2026-12-20T00:00:00-05:00"),
        (SAMPLE, "2027-02-22", "", ""),
    ],
)
def test_the_earliest_go(text: str, as_of: str, shown: str, instant: str) -> None:
    """The beginning of the first window that is GO, never before the as-of day."""
    plan = planned(text, as_of)
    assert (plan.earliest_shown, plan.earliest_go) == (shown, instant)
