"""The timeline: what is past, due and overdue, each day counted back by hand."""

import pytest
from making_plans import example, planned

from gonogo.planning.timeline import DUE, OVERDUE, PAST

SAMPLE = example("shortest/release.yaml")
AWAITS = (
    SAMPLE.replace("2026-11-15", "2026-10-01")
    .replace("review: {", "review: {await_determination: true, ")
    .replace("review:", "coverage: {determination: pending}\nreview:")
)
ACCESS, NOTICE = "review.access_started_at", "review.completion_notice_at"
PUBLIC = "release.public_at"

Line = tuple[str, str, str, str]


def lines(text: str, as_of: str, target: str = "") -> list[Line]:
    timeline = planned(text, as_of, target=target).timeline
    return [(due.by, due.what, due.state, due.path) for due in timeline]


def sample(access: str, release: str) -> str:
    return SAMPLE.replace("2026-11-15", access).replace("2026-11-25", release)


def test_counted_back_from_the_planned_date() -> None:
    """November 25 less 30 days is October 26. A notice on the 25th itself may come too late."""
    assert lines(SAMPLE, "2026-11-23") == [
        ("2026-10-26", "last day: start of government access", OVERDUE, ACCESS),
        ("2026-11-15", "start of government access", PAST, ACCESS),
        ("2026-11-24", "last day: completion notice", DUE, NOTICE),
        ("2026-11-25", "public release", DUE, PUBLIC),
    ]


def test_counted_back_from_the_wanted_date() -> None:
    """30 days before December 20 it is November 20; access on the 15th was in time."""
    assert lines(SAMPLE, "2026-11-23", "2026-12-20") == [
        ("2026-11-15", "start of government access", PAST, ACCESS),
        ("2026-12-20", "public release", DUE, PUBLIC),
    ]
    # 30 days before December 10 it is November 10.
    assert lines(SAMPLE, "2026-11-23", "2026-12-10") == [
        ("2026-11-10", "last day: start of government access", OVERDUE, ACCESS),
        ("2026-11-15", "start of government access", PAST, ACCESS),
        ("2026-12-09", "last day: completion notice", DUE, NOTICE),
        ("2026-12-10", "public release", DUE, PUBLIC),
    ]


@pytest.mark.parametrize(
    ("as_of", "state"),
    [
        ("2026-11-23", DUE),
        ("2026-11-24", DUE),  # judged at its end
        ("2026-11-24T23:59:59-05:00", DUE),
        ("2026-11-25T00:00:00-05:00", OVERDUE),
        ("2026-11-25T04:59:59Z", DUE),  # 23:59:59 in New York
        ("2026-11-26", OVERDUE),
    ],
)
def test_what_is_not_done_is_due_on_its_last_day(as_of: str, state: str) -> None:
    states = {path: state for _, what, state, path in lines(SAMPLE, as_of) if "last day" in what}
    assert states[NOTICE] == state


@pytest.mark.parametrize(
    ("as_of", "state"),
    [
        ("2026-11-24", DUE),
        ("2026-11-25T23:59:00-05:00", DUE),  # the day is not over
        ("2026-11-26T00:00:00-05:00", PAST),
        ("2026-11-26", PAST),
    ],
)
def test_a_stated_day_is_past_when_it_is_over(as_of: str, state: str) -> None:
    assert lines(SAMPLE, as_of)[-1] == ("2026-11-25", "public release", state, PUBLIC)


@pytest.mark.parametrize(
    ("as_of", "state"),
    [("2026-11-25T13:59:59Z", DUE), ("2026-11-25T14:00:00Z", PAST)],
)
def test_a_stated_instant_is_past_from_its_second_on(as_of: str, state: str) -> None:
    text = sample("2026-10-01", "2026-11-25T09:00:00-05:00")
    assert lines(text, as_of)[-1][2] == state


def test_access_that_is_still_to_come_has_a_last_day() -> None:
    """30 days before February 5: 5 back to January 31, 25 more to the 6th."""
    assert lines(sample("2026-12", "2027-02-05"), "2026-11-23") == [
        ("2026-12", "start of government access", DUE, ACCESS),
        ("2027-01-06", "last day: start of government access", DUE, ACCESS),
        ("2027-02-05", "public release", DUE, PUBLIC),
    ]


def test_a_register_that_is_too_old_by_then() -> None:
    """It was searched on November 23, and is trusted for 90 days: until February 21, 2027."""
    assert [line for line in lines(SAMPLE, "2026-11-23", "2027-02-21") if "search" in line[1]] == []
    assert lines(SAMPLE, "2026-11-23", "2027-02-22")[-1] == (
        "2027-02-22",
        "search the register of directives again and move its as_of",
        DUE,
        "register.directives.as_of",
    )


def test_what_must_be_found_out_by_the_release() -> None:
    """Compute that straddles the screening; the developer's framework status is not asked for."""
    text = SAMPLE.replace("3e26", "{unknown: not measured}")
    asked = [line for line in lines(text, "2026-11-23") if line[1].startswith("find out")]
    assert {path for *_, path in asked} == {
        "coverage.determination",
        "model.capability.cyber",
        "model.training_compute_flop",
    }
    assert {(by, state) for by, _, state, _ in asked} == {("2026-11-25", DUE)}


def test_in_the_order_of_dates() -> None:
    for text in (SAMPLE, AWAITS, example("northlight-no-go/release.yaml")):
        days = [by[:10] for by, *_ in lines(text, "2026-11-23")]
        assert days == sorted(days)
