"""Reasons and headline lines: what a tired person reads, each thing once."""

from pathlib import Path

import pytest

from conftest import Checked, finding
from gonogo.manifests.vocabulary import Vocabulary
from gonogo.render import text
from gonogo.reporting.reasons import reason
from gonogo.reporting.report import Report
from strategies import manifest, one_rule, results, small_pack

HELD = "review-window-held"
SIGNED = "caisi_agreement: {status: signed, signed_on: 2026-05-05}"


def release(review: str, public: str = "2026-10-08", more: str = "") -> str:
    """A designated model of a participant."""
    return manifest(
        more=more,
        release=f"public_at: {public}",
        coverage="determination: designated",
        participation=SIGNED,
        review=review,
    )


def evidence(supports: str, digest: bool = True) -> str:
    sha = f"sha256: {'a' * 64}, " if digest else ""
    return f"evidence: [{{id: note, kind: other, {sha}supports: [review.{supports}]}}]"


def window(report: Report) -> str:
    """What the headline says of the review window."""
    return next(line.value for line in report.headline if line.label == "review window")


ENDED_SOMETIME = "access_started_at: 2026-09-01, access_ended_at: {unknown: not told}"
WINDOWS = {
    "known": ("access_started_at: 2026-09-01", "37 of 30 days"),
    "a month": ("access_started_at: 2026-09", "8 to 37 of 30 days"),
    "after the release": ("access_started_at: 2026-12-01", "0 of 30 days"),
    "a month that ends after it": ("access_started_at: 2026-10", "0 to 7 of 30 days"),
    "an end nobody knows": (ENDED_SOMETIME, "at most 37 of 30 days"),
    "fewer days agreed": (f"{ENDED_SOMETIME}, agreed_days: 20", "at most 37 of 30 days"),
    "more days agreed": (f"{ENDED_SOMETIME}, agreed_days: 45", "at most 37 of 45 days"),
}


@pytest.mark.parametrize(
    ("days", "public", "said"),
    [
        ("20", "2026-09-11", "10 of 20 days"),
        ("20", "2026-09", "0 to 29 of 20 days"),
        ("20", "2026-09-26", "25 of 20 days"),
        ("20", "2026-10-08", "37 of 30 days"),
        ("45", "2026-09-11", "10 of 45 days"),
    ],
)
def test_the_days_that_were_agreed(days: str, public: str, said: str, checked: Checked) -> None:
    """Fewer days with evidence are all that is needed; more are needed, evidenced or not."""
    review = f"access_started_at: 2026-09-01, agreed_days: {days}"
    assert window(checked(release(review, public, evidence("agreed_days")))) == said


@pytest.mark.parametrize(("review", "said"), WINDOWS.values(), ids=WINDOWS)
def test_the_time_held(review: str, said: str, checked: Checked) -> None:
    """September 1 to October 8 is 37 days; where the end is open, it is that at most."""
    assert window(checked(release(review))) == said


def test_an_open_window_is_explained_once(checked: Checked) -> None:
    """Two conditions that ask the same of the same days are one sentence."""
    assert finding(checked(release(ENDED_SOMETIME)), HELD).reason == (
        "start of government access to end of the time held is at most 37 calendar days, "
        "which may or may not be at least 30 days ($assumed_review_days)"
    )


def test_what_two_sources_ask_is_one_sentence(checked: Checked) -> None:
    """Both are named, the days only once."""
    assert finding(checked(release(f"{ENDED_SOMETIME}, agreed_days: 30")), HELD).reason == (
        "start of government access to end of the time held is at most 37 calendar days, "
        "which may or may not be at least 30 days ($assumed_review_days) "
        "and at least agreed review days 30 days"
    )


NOTICE = evidence("completion_notice_at")
LATER = "completion notice is dated 2026-11-25, after the as-of time, so it has not happened"
SHORT = (
    "has 13 calendar days, "
    "needs 30 (assumed: the ceiling, held where no shorter period is evidenced)"
)
UNCOUNTED = {
    "dated after the as-of day": ("completion_notice_at: 2026-11-25", NOTICE, LATER),
    "that, and no evidence": ("completion_notice_at: 2026-11-25", "", LATER),
    "evidence without a digest": (
        "completion_notice_at: 2026-11-20",
        evidence("completion_notice_at", digest=False),
        "completion notice is not evidenced: note has no digest",
    ),
    "no evidence": (
        "completion_notice_at: 2026-11-20",
        "",
        "completion notice is not evidenced",
    ),
    "given before access began": (
        "completion_notice_at: 2026-11-14",
        NOTICE,
        "completion notice is 2026-11-14, not on or after start of government access 2026-11-15",
    ),
    "that, and no evidence for it": (
        "completion_notice_at: 2026-11-14",
        "",
        "completion notice is not evidenced and completion notice is 2026-11-14, "
        "not on or after start of government access 2026-11-15",
    ),
    "fewer days, not evidenced": (
        "agreed_days: 10",
        "",
        "agreed review days is not evidenced",
    ),
    "both": (
        "agreed_days: 10, completion_notice_at: 2026-11-25",
        NOTICE,
        f"agreed review days is not evidenced; {LATER}",
    ),
    "nothing of the kind": ("await_determination: false", "", ""),
    "left empty": ("completion_notice_at: null", "", ""),
    "stated as unknown": ("completion_notice_at: {unknown: not told}", "", ""),
    "fewer days, not evidenced, and not held": ("agreed_days: 20", "", ""),
}


@pytest.mark.parametrize(("review", "more", "why"), UNCOUNTED.values(), ids=UNCOUNTED)
def test_why_what_is_stated_does_not_count(
    review: str, more: str, why: str, checked: Checked
) -> None:
    """13 days are too few; the report says once why what would have done instead did not help."""
    report = checked(release(f"access_started_at: 2026-11-15, {review}", "2026-11-28", more))
    found = finding(report, HELD)
    assert found.outcome == "fail"
    assert found.reason == SHORT + (f"; not counted: {why}" if why else "")


@pytest.mark.parametrize(("days", "more"), [("45", ""), ("20", evidence("agreed_days"))])
def test_days_that_count_are_what_is_needed(days: str, more: str, checked: Checked) -> None:
    """More than 30 count without evidence and fewer with it, so nothing is said of that."""
    review = f"access_started_at: 2026-11-15, agreed_days: {days}"
    found = finding(checked(release(review, "2026-11-28", more)), HELD)
    assert found.reason == f"has 13 calendar days, needs {days}"


def test_a_notice_still_to_come_is_not_called_unstated(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    """Also where a rule leaves its reason to us."""
    rules = one_rule(
        "[{fact: review.completion_notice_at, stated: true}, "
        "{evidenced: review.completion_notice_at}]"
    )
    pack = small_pack(tmp_path, vocabulary, rules)
    (found,) = results(pack, manifest(more=NOTICE, review="completion_notice_at: 2026-11-25"))
    assert reason(found, "") == LATER


HEAD = """\
derived:
  review.held_until: {earliest_of: [review.access_ended_at, release.first_at]}
  review.asked_at: {earliest_of: [coverage.government_engaged_at, review.access_started_at]}
"""
ASKED_SOMETIME = "government_engaged_at: {unknown: lost}"
COUNTS = {
    "a start nobody knows": (
        "days_from: review.asked_at, to: release.first_at, below: 30",
        manifest(review="access_started_at: 2026-10-26", coverage=ASKED_SOMETIME),
        "asked at to first release is at least 30 calendar days, not below 30 days",
    ),
    "one day at most": (
        "days_from: review.access_started_at, to: review.held_until, at_least: 2",
        manifest(review="access_started_at: 2026-11-24, access_ended_at: {unknown: lost}"),
        "start of government access to held until is at most 1 calendar day, not at least 2 days",
    ),
    "neither end": (
        "days_from: review.asked_at, to: review.held_until, at_least: 2",
        manifest(
            review="access_started_at: 2026-10-26, access_ended_at: {unknown: lost}",
            coverage=ASKED_SOMETIME,
        ),
        "asked at to held until is an unknown number of calendar days, "
        "which may or may not be at least 2 days",
    ),
    "long ago": (
        "days_from: review.access_started_at, to: release.first_at, below: 30",
        manifest(review="access_started_at: 1900-01-01"),
        "start of government access to first release is 46349 calendar days, not below 30 days",
    ),
}


@pytest.mark.parametrize(("condition", "source", "said"), COUNTS.values(), ids=COUNTS)
def test_days_with_an_open_end(
    condition: str, source: str, said: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    """The beginning of time is no date that anybody stated, so no count is taken from it."""
    pack = small_pack(tmp_path, vocabulary, one_rule(f"[{{{condition}}}]"), HEAD)
    (found,) = results(pack, source)
    assert reason(found, "") == said


ONE_DAY = {
    "two dates of one day": (
        "2026-11-25",
        "2026-11-25",
        "2026-11-25, which may or may not be before first release 2026-11-25 "
        "(same day, order unknown)",
    ),
    # 09:00 in New York is 14:00 in UTC: the same day in the pack's zone.
    "an hour of that day": (
        "2026-11-25",
        "2026-11-25T09:00:00-05:00",
        "2026-11-25, which may or may not be before first release 2026-11-25T09:00:00-05:00 "
        "(same day, order unknown)",
    ),
    "a month around it": (
        "2026-11",
        "2026-11-25",
        "2026-11, which may or may not be before first release 2026-11-25 (order unknown)",
    ),
    "a day apart": (
        "2026-11-25",
        "2026-11-24",
        "2026-11-25, not before first release 2026-11-24",
    ),
}


@pytest.mark.parametrize(("access", "public", "said"), ONE_DAY.values(), ids=ONE_DAY)
def test_two_known_dates_without_an_order(
    access: str, public: str, said: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    """A reader who sees one date twice must not look for what is missing."""
    rules = one_rule("[{fact: review.access_started_at, before: {fact: release.first_at}}]")
    pack = small_pack(tmp_path, vocabulary, rules)
    source = manifest(review=f"access_started_at: {access}", release=f"public_at: {public}")
    (found,) = results(pack, source)
    assert reason(found, "") == f"start of government access is {said}"


ALTERNATIVES = {
    "neither": (
        "pending",
        "covered-model determination is pending, not designated and not not_designated",
    ),
    "the second": ("not_designated", "covered-model determination is not_designated"),
}


@pytest.mark.parametrize(("said", "expected"), ALTERNATIVES.values(), ids=ALTERNATIVES)
def test_alternatives_on_one_fact(
    said: str, expected: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    """What a fact is, once, and all that it should have been; that it is stated goes without."""
    parts = ", ".join(
        f"{{all: [{{fact: coverage.determination, stated: true}}, "
        f"{{fact: coverage.determination, equals: {word}}}]}}"
        for word in ("designated", "not_designated")
    )
    pack = small_pack(tmp_path, vocabulary, one_rule(f"{{any: [{parts}]}}"))
    (found,) = results(pack, manifest(coverage=f"determination: {said}"))
    assert reason(found, "") == expected


def test_what_a_fact_is_goes_with_what_it_should_have_been(checked: Checked) -> None:
    """`is not_designated` alone would say again what `not designated` has said."""
    source = manifest(coverage="determination: not_designated", participation=SIGNED)
    assert finding(checked(source), HELD).reason == (
        "covered-model determination is not_designated, not designated"
    )


def test_the_columns_of_the_headline_line_up(checked: Checked) -> None:
    """What explains a value begins in one column, also beside `at most 37 of 30 days`."""
    shown = text.render(checked(release(ENDED_SOMETIME))).splitlines()[3:6]
    assert shown == [
        "  frontier model  designated             by not stated, not stated",
        "  participation   signed                 CAISI agreement 2026-05-05",
        "  review window   at most 37 of 30 days  access began 2026-09-01",
    ]
