"""A release moved in time: what each stage then says, worked out by hand."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from gonogo.manifests.facts import Fact, Facts, Origin
from gonogo.manifests.vocabulary import STAGES
from gonogo.search.moving import Release, clock_changes, release_of
from scanning import NEW_YORK, stages_of
from strategies import at

PARTNERS, API, PUBLIC = STAGES[1], STAGES[2], STAGES[4]


def release(**texts: str) -> Release:
    paths = {"partners": PARTNERS, "api": API, "public": PUBLIC}
    stated = [Fact(paths[name], at(text), Origin.MANIFEST) for name, text in texts.items()]
    found = release_of(Facts({}).with_facts(stated), STAGES, NEW_YORK)
    assert found is not None
    return found


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize(
    ("texts", "to", "expected"),
    [
        # Whole days: a month is its first day, an hour is kept.
        (
            {"partners": "2026-11", "public": "2026-12-10T09:00:00-05:00"},
            "2026-10-15T00:00:00-04:00",
            {PARTNERS: "2026-10-15", PUBLIC: "2026-11-23T09:00:00-05:00"},
        ),
        # 39 days by the clock, across November 1.
        (
            {"partners": "2026-10-01T09:00:00-04:00", "public": "2026-11-09T17:30:00-05:00"},
            "2026-09-01T08:00:00-04:00",
            {PARTNERS: "2026-09-01T08:00:00-04:00", PUBLIC: "2026-10-10T16:30:00-04:00"},
        ),
        # A bare date moves as the local date of the first stage does: at 23:30 not yet.
        (
            {"partners": "2026-10-01T09:00:00-04:00", "public": "2026-10-05"},
            "2026-10-01T23:30:00-04:00",
            {PARTNERS: "2026-10-01T23:30:00-04:00", PUBLIC: "2026-10-05"},
        ),
        (
            {"partners": "2026-10-01T09:00:00-04:00", "public": "2026-10-05"},
            "2026-10-02T00:30:00-04:00",
            {PARTNERS: "2026-10-02T00:30:00-04:00", PUBLIC: "2026-10-06"},
        ),
        # The second 01:30 of November 1; the stage ten minutes later is ten minutes later.
        (
            {"partners": "2026-10-01T09:00:00-04:00", "public": "2026-10-01T09:10:00-04:00"},
            "2026-11-01T01:30:00-05:00",
            {PARTNERS: "2026-11-01T01:30:00-05:00", PUBLIC: "2026-11-01T01:40:00-05:00"},
        ),
        # 02:30 of March 14 is what clocks show as 03:30.
        (
            {"partners": "2027-02-01T09:00:00-05:00", "public": "2027-02-02T02:30:00-05:00"},
            "2027-03-13T09:00:00-05:00",
            {PARTNERS: "2027-03-13T09:00:00-05:00", PUBLIC: "2027-03-14T03:30:00-04:00"},
        ),
        # Another offset is the same instant; moved, it is written by the pack's clock.
        (
            {"public": "2026-11-14T00:30:00+01:00"},
            "2026-11-14T18:30:00-05:00",
            {PUBLIC: "2026-11-14T18:30:00-05:00"},
        ),
    ],
)
def test_where_each_stage_goes(texts: dict[str, str], to: str, expected: dict[str, str]) -> None:
    assert stages_of(release(**texts).at(instant(to))) == expected


@pytest.mark.parametrize(
    ("texts", "first", "by_days", "planned"),
    [
        ({"partners": "2026-11-25", "public": "2026-12-01"}, PARTNERS, True, "2026-11-25T05:00Z"),
        # 23:00 UTC is 18:00 in New York, on the same day as the bare date, which begins it.
        ({"partners": "2026-11-25T23:00Z", "api": "2026-11-25"}, API, True, "2026-11-25T05:00Z"),
        # 03:00 UTC is the evening before.
        (
            {"partners": "2026-11-25T03:00Z", "api": "2026-11-25"},
            PARTNERS,
            False,
            "2026-11-25T03:00Z",
        ),
        # At midnight itself the exact stage is taken to be first.
        (
            {"partners": "2026-11-25", "api": "2026-11-25T00:00-05:00"},
            API,
            False,
            "2026-11-25T05:00Z",
        ),
    ],
)
def test_the_first_stage(texts: dict[str, str], first: str, by_days: bool, planned: str) -> None:
    found = release(**texts)
    assert (found.first, found.by_days) == (first, by_days)
    assert found.planned == instant(planned)


def test_a_release_stays_as_it_is_where_it_stands() -> None:
    """Also in the second reading of an hour that clocks show twice."""
    for texts in (
        {"partners": "2026-11-01T01:30:00-05:00", "public": "2026-11-20T09:00:00-05:00"},
        {"partners": "2026-11-01", "public": "2026-11-01T01:30:00-05:00"},
    ):
        found = release(**texts)
        assert list(stages_of(found.at(found.planned)).values()) == list(texts.values())


def test_nothing_dated_cannot_move() -> None:
    assert release_of(Facts({}), STAGES, NEW_YORK) is None


def test_days_and_hours() -> None:
    exact, whole = release(public="2026-11-25T09:00:00-05:00"), release(public="2026-11-25")
    day = date(2026, 7, 1)
    assert exact.on(day) == whole.on(day) == whole.at_the_hour(day) == instant("2026-07-01T04:00Z")
    assert exact.at_the_hour(day) == instant("2026-07-01T13:00Z")
    assert whole.before(whole.on(day)) == instant("2026-06-30T04:00Z")
    assert exact.before(exact.on(day)) == instant("2026-07-01T03:59:59Z")


def test_clock_changes() -> None:
    """The second Sunday of March and the first of November, at 02:00."""
    assert list(clock_changes(NEW_YORK, instant("2026-10-01T00:00Z"), 1)) == [
        instant("2026-11-01T06:00Z"),
        instant("2027-03-14T07:00Z"),
    ]
    assert list(clock_changes(ZoneInfo("Asia/Kolkata"), instant("2026-10-01T00:00Z"), 3)) == []
