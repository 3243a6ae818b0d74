"""The rules in policies/eo-14409/rules/review-window.yaml.

The window is 30 calendar days, fewer where that is evidenced, or until a completion notice.
"""

import pytest

from conftest import Checked, finding

RULE = "review-window-held"
SHA = "a" * 64
NOTICE = (
    f"evidence: [{{id: note, kind: completion_notice, sha256: {SHA},"
    " supports: [review.completion_notice_at]}]"
)
AGREED = f"evidence: [{{id: deal, kind: agreement, sha256: {SHA}, supports: [review.agreed_days]}}]"
NO_DIGEST = (
    "evidence: [{id: deal, kind: agreement, path: deal.pdf, supports: [review.agreed_days]}]"
)


def manifest(access: str, release: str, more: str = "", evidence: str = "") -> str:
    """A designated model of a participant; ``more`` goes on with the review section."""
    started = f"access_started_at: {access}" if access else "await_determination: false"
    return f"""\
manifest: gonogo/1
model: {{name: N-9, version: "1.0", developer: northlight, weights: closed}}
coverage: {{determination: designated, determined_by: nsa_director, determined_at: 2026-08-28}}
participation: {{caisi_agreement: {{status: signed, signed_on: 2026-05-05}}}}
review: {{{started}{more}}}
release: {{public_at: {release}}}
{evidence}
"""


DAYS = {
    "day 0": ("2026-09-01", "2026-09-01", "fail"),
    "day 10": ("2026-09-01", "2026-09-11", "fail"),
    "day 29": ("2026-09-01", "2026-09-30", "fail"),
    "day 30": ("2026-09-01", "2026-10-01", "pass"),
    "day 31": ("2026-09-01", "2026-10-02", "pass"),
    "last second of day 29": ("2026-09-01T09:00:00-04:00", "2026-09-30T23:59:59-04:00", "fail"),
    "last microsecond of day 29": (
        "2026-09-01T09:00:00-04:00",
        "2026-09-30T23:59:59.999999-04:00",
        "fail",
    ),
    "first second of day 30": ("2026-09-01T09:00:00-04:00", "2026-10-01T00:00:00-04:00", "pass"),
    "calendar, not 24 hours": ("2026-09-01T23:59:00-04:00", "2026-10-01T00:00:00-04:00", "pass"),
    "bare start": ("2026-09-01", "2026-10-01T00:00:00-04:00", "pass"),
    "bare release": ("2026-09-01T23:59:59-04:00", "2026-09-30", "fail"),
    "day 30 in Berlin, 29 in New York": ("2026-09-01", "2026-10-01T00:30:00+02:00", "fail"),
    "Berlin, but October 1 in New York": ("2026-09-01", "2026-10-01T06:00:00+02:00", "pass"),
    "access on September 2 in Tokyo only": ("2026-09-02T08:00:00+09:00", "2026-10-01", "pass"),
    "a weekend does not move the end": ("2026-09-10", "2026-10-10", "pass"),
    "across a leap day": ("2028-02-01", "2028-03-02", "pass"),
    "across a leap day, one short": ("2028-02-01", "2028-03-01", "fail"),
    "access month, 30 from its last day": ("2026-09", "2026-10-30", "pass"),
    "access month, 29 from its last day": ("2026-09", "2026-10-29", "unknown"),
    "access month, 30 from its first day": ("2026-09", "2026-10-01", "unknown"),
    "access month, at most 29": ("2026-09", "2026-09-30", "fail"),
    "release month, 30 to its first day": ("2026-09-01", "2026-10", "pass"),
    "release month, 29 to its first day": ("2026-09-02", "2026-10", "unknown"),
    "release month, at most 29": ("2026-09-01", "2026-09", "fail"),
    "access after the release": ("2026-10-15", "2026-10-01", "fail"),
    # Clocks went back on 2026-11-01 and go forward on 2027-03-14.
    "November, last minute of day 29": ("2026-10-05", "2026-11-03T23:59:00-05:00", "fail"),
    "November, half past midnight": (
        "2026-10-05T09:00:00-04:00",
        "2026-11-04T00:30:00-05:00",
        "pass",
    ),
    "November, the old offset is still day 29": ("2026-10-05", "2026-11-04T00:30:00-04:00", "fail"),
    "November, to the day itself": ("2026-10-02", "2026-11-01T00:00:00-04:00", "pass"),
    "November, to its second 01:30": ("2026-10-02", "2026-11-01T01:30:00-05:00", "pass"),
    "November, winter offset a day early": ("2026-10-02", "2026-10-31T23:30:00-05:00", "pass"),
    "November, from the day itself": (
        "2026-11-01T01:30:00-04:00",
        "2026-12-01T00:00:00-05:00",
        "pass",
    ),
    "November, from the day, one short": (
        "2026-11-01T01:30:00-05:00",
        "2026-11-30T23:59:59-05:00",
        "fail",
    ),
    "March, last minute of day 29": ("2027-02-20", "2027-03-21T23:59:00-04:00", "fail"),
    "March, half past midnight": (
        "2027-02-20T23:30:00-05:00",
        "2027-03-22T00:30:00-04:00",
        "pass",
    ),
    "March, the old offset is day 30 already": ("2027-02-20", "2027-03-21T23:30:00-05:00", "pass"),
    "March, to the day itself": ("2027-02-12", "2027-03-14T00:00:00-05:00", "pass"),
    "March, to the day itself, one short": ("2027-02-13", "2027-03-14T23:59:59-04:00", "fail"),
}


@pytest.mark.parametrize(("access", "release", "outcome"), DAYS.values(), ids=DAYS)
def test_thirty_calendar_days_in_new_york(
    checked: Checked, access: str, release: str, outcome: str
) -> None:
    """Differences of local dates, so day 30 passes; a bare date is one date, a month a range."""
    assert finding(checked(manifest(access, release)), RULE).outcome == outcome


def test_the_first_stage_of_any_kind_ends_the_window(checked: Checked) -> None:
    """44 days to the public do not help when partners got it on day 9."""
    text = manifest("2026-09-01", "2026-10-15, trusted_partners_at: 2026-09-10")
    assert finding(checked(text), RULE).outcome == "fail"


LINKED = ", agreed_days: {value: 14, evidence: [deal]}"
UNLINKED = f"evidence: [{{id: deal, kind: agreement, sha256: {SHA}}}]"
AGREED_DAYS = {
    "fewer, evidenced, one short": ("14", AGREED, "2026-09-14", "fail"),
    "fewer, evidenced, equal": ("14", AGREED, "2026-09-15", "pass"),
    "fewer, evidenced, more": ("14", AGREED, "2026-09-16", "pass"),
    "fewer, not evidenced, held": ("14", "", "2026-09-15", "fail"),
    "fewer, not evidenced, day 29": ("14", "", "2026-09-30", "fail"),
    "fewer, not evidenced, day 30": ("14", "", "2026-10-01", "pass"),
    "fewer, evidence without digest": ("14", NO_DIGEST, "2026-09-20", "fail"),
    "fewer, evidence that supports something else": ("14", UNLINKED, "2026-09-20", "fail"),
    "fewer, evidence of the notice": ("14", NOTICE, "2026-09-20", "fail"),
    "fewer, linked from the value": (
        "{value: 14, evidence: [deal]}",
        UNLINKED,
        "2026-09-15",
        "pass",
    ),
    "none at all, evidenced": ("0", AGREED, "2026-09-01", "pass"),
    "29, evidenced, day 28": ("29", AGREED, "2026-09-29", "fail"),
    "29, evidenced, day 29": ("29", AGREED, "2026-09-30", "pass"),
    "equal, not evidenced, day 29": ("30", "", "2026-09-30", "fail"),
    "equal, not evidenced, day 30": ("30", "", "2026-10-01", "pass"),
    "equal, evidenced, day 29": ("30", AGREED, "2026-09-30", "fail"),
    "31, not evidenced, day 30": ("31", "", "2026-10-01", "fail"),
    "31, not evidenced, day 31": ("31", "", "2026-10-02", "pass"),
    "more, not evidenced, day 30": ("45", "", "2026-10-01", "fail"),
    "more, not evidenced, day 44": ("45", "", "2026-10-15", "fail"),
    "more, not evidenced, day 45": ("45", "", "2026-10-16", "pass"),
    "more, not evidenced, day 46": ("45", "", "2026-10-17", "pass"),
    "more, evidenced, day 44": ("45", AGREED, "2026-10-15", "fail"),
    "more, evidenced, day 45": ("45", AGREED, "2026-10-16", "pass"),
    "null, day 29": ("null", "", "2026-09-30", "fail"),
    "null, day 30": ("null", "", "2026-10-01", "pass"),
    "unknown, day 29": ('{unknown: "not told"}', "", "2026-09-30", "fail"),
    "unknown, day 30": ('{unknown: "not told"}', "", "2026-10-01", "unknown"),
    "unknown, day 60": ('{unknown: "not told"}', "", "2026-10-31", "unknown"),
}


@pytest.mark.parametrize(
    ("days", "evidence", "release", "outcome"), AGREED_DAYS.values(), ids=AGREED_DAYS
)
def test_agreed_days(
    checked: Checked, days: str, evidence: str, release: str, outcome: str
) -> None:
    """Fewer than 30 counts only with a digest; more is the developer's own promise and binds."""
    text = manifest("2026-09-01", release, f", agreed_days: {days}", evidence)
    assert finding(checked(text), RULE).outcome == outcome


ENDED = {
    "ended on day 29, released later": ("2026-09-30", "2026-11-01", "fail"),
    "ended on day 30, released later": ("2026-10-01", "2026-11-01", "pass"),
    "ended in the last second of day 29": ("2026-09-30T23:59:59-04:00", "2026-11-01", "fail"),
    "ended on day 19": ("2026-09-20", "2026-10-01", "fail"),
    "ended after a release on day 29": ("2026-10-15", "2026-09-30", "fail"),
    "ended after a release on day 30": ("2026-10-15", "2026-10-01", "pass"),
    "ended in the month of day 30": ("2026-10", "2026-11-01", "pass"),
    "ended in the month of day 29": ("2026-09", "2026-11-01", "fail"),
}


@pytest.mark.parametrize(("ended", "release", "outcome"), ENDED.values(), ids=ENDED)
def test_end_of_access_cuts_the_time_held(
    checked: Checked, ended: str, release: str, outcome: str
) -> None:
    """The time held ends at the earlier of the end of access and the first release."""
    text = manifest("2026-09-01", release, f", access_ended_at: {ended}")
    assert finding(checked(text), RULE).outcome == outcome


ACCESS, RELEASE = "2026-09-01T09:00:00-04:00", "2026-09-11T09:00:00-04:00"
NOTICE_AT = {
    "between the two": ("2026-09-10", NOTICE, "pass"),
    "no evidence": ("2026-09-10", "", "fail"),
    "evidence without digest": ("2026-09-10", NOTICE.replace(f"sha256: {SHA}, ", ""), "fail"),
    "evidence of the agreement": ("2026-09-10", AGREED, "fail"),
    "evidence linked from the value": (
        "{value: 2026-09-10, evidence: [deal]}",
        UNLINKED,
        "pass",
    ),
    "a microsecond before access": ("2026-09-01T08:59:59.999999-04:00", NOTICE, "fail"),
    "when access begins": (ACCESS, NOTICE, "pass"),
    "the day of access": ("2026-09-01", NOTICE, "unknown"),
    "the day before access": ("2026-08-31", NOTICE, "fail"),
    "a second before the release": ("2026-09-11T08:59:59-04:00", NOTICE, "pass"),
    "when the release begins": (RELEASE, NOTICE, "pass"),
    "a microsecond after the release": ("2026-09-11T09:00:00.000001-04:00", NOTICE, "fail"),
    "the day of the release": ("2026-09-11", NOTICE, "unknown"),
    "the day after the release": ("2026-09-12", NOTICE, "fail"),
    "the month of both": ("2026-09", NOTICE, "unknown"),
    "unknown is not stated": ('{unknown: "not told"}', "", "fail"),
    "null is not stated": ("null", "", "fail"),
}


@pytest.mark.parametrize(("at", "evidence", "outcome"), NOTICE_AT.values(), ids=NOTICE_AT)
def test_completion_notice_ends_the_window(
    checked: Checked, at: str, evidence: str, outcome: str
) -> None:
    """Stated, evidenced, not before access began and not after the first release (on day 10)."""
    text = manifest(ACCESS, RELEASE, f", completion_notice_at: {at}", evidence)
    assert finding(checked(text), RULE).outcome == outcome


NOT_YET = {
    "the as-of day": ("2026-11-23", "2026-11-23", "pass"),
    "its last second": ("2026-11-23T23:59:59-05:00", "2026-11-23", "pass"),
    "the day after": ("2026-11-24", "2026-11-23", "fail"),
    "the first second after": ("2026-11-24T00:00:00-05:00", "2026-11-23", "fail"),
    "the day after in Berlin only": ("2026-11-24T00:30:00+01:00", "2026-11-23", "pass"),
    "the month of the as-of day": ("2026-11", "2026-11-23", "unknown"),
    "the as-of instant": ("2026-11-20T12:00:00Z", "2026-11-20T12:00:00Z", "pass"),
    "a second after the as-of instant": ("2026-11-20T12:00:01Z", "2026-11-20T12:00:00Z", "fail"),
}


@pytest.mark.parametrize(("at", "as_of", "outcome"), NOT_YET.values(), ids=NOT_YET)
def test_notice_after_the_as_of_time_has_not_happened(
    checked: Checked, at: str, as_of: str, outcome: str
) -> None:
    """It counts as not stated; only a month that began before access leaves it open."""
    text = manifest("2026-11-15", "2026-12-05", f", completion_notice_at: {at}", NOTICE)
    assert finding(checked(text, as_of=as_of), RULE).outcome == outcome


def test_access_that_is_not_stated_is_unknown(checked: Checked) -> None:
    """Missing data is never a pass, and the report names it."""
    found = finding(checked(manifest("", "2026-10-01")), RULE)
    assert (found.outcome, found.missing) == ("unknown", ("review.access_started_at",))


def test_notice_does_not_stand_in_for_the_start_of_access(checked: Checked) -> None:
    """A notice that may lie before access is unknown."""
    text = manifest("", "2026-10-01", ", completion_notice_at: 2026-09-10", NOTICE)
    assert finding(checked(text), RULE).outcome == "unknown"


def test_ten_days_name_the_earliest_date(checked: Checked) -> None:
    """November 15 plus 30 calendar days is December 15."""
    report = checked(manifest("2026-11-15", "2026-11-25"))
    found = finding(report, RULE)
    assert (found.outcome, report.earliest_go) == ("fail", "2026-12-15")
    assert "10 calendar days" in found.reason
    assert "30" in found.reason
    assert "2026-12-15" in found.fix


FIRST = "2026-10-08T09:00:00-04:00"
STARTED = {
    "a microsecond before": ("2026-10-08T08:59:59.999999-04:00", FIRST, "pass"),
    "at the instant": (FIRST, FIRST, "fail"),
    "a second after": ("2026-10-08T09:00:01-04:00", FIRST, "fail"),
    "the day before": ("2026-10-07", "2026-10-08", "pass"),
    "the same bare day": ("2026-10-08", "2026-10-08", "unknown"),
    "the day after": ("2026-10-09", "2026-10-08", "fail"),
    "the last second of the day before": ("2026-10-07T23:59:59-04:00", "2026-10-08", "pass"),
    "a bare day, released at its end": ("2026-10-07", "2026-10-08T00:00:00-04:00", "pass"),
    "October 8 in Berlin only": ("2026-10-07", "2026-10-08T00:30:00+02:00", "unknown"),
    "the month before": ("2026-09", "2026-10-08", "pass"),
    "that month": ("2026-10", "2026-10-08", "unknown"),
    "the month after": ("2026-11", "2026-10-08", "fail"),
    "not stated": ("", FIRST, "unknown"),
}


@pytest.mark.parametrize(("access", "release", "outcome"), STARTED.values(), ids=STARTED)
def test_government_access_first(checked: Checked, access: str, release: str, outcome: str) -> None:
    """Access began before the first release, not with it."""
    assert finding(checked(manifest(access, release)), "government-access-first").outcome == outcome


CEILING = {
    "29 days": ("2026-09-01", "2026-09-30", "pass"),
    "30 days": ("2026-09-01", "2026-10-01", "pass"),
    "30 days, last second": ("2026-09-01T09:00:00-04:00", "2026-10-01T23:59:59-04:00", "pass"),
    "31 days in Berlin only": ("2026-09-01", "2026-10-02T05:59:59+02:00", "pass"),
    "31 days, first second": ("2026-09-01T09:00:00-04:00", "2026-10-02T00:00:00-04:00", "fail"),
    "31 days": ("2026-09-01", "2026-10-02", "fail"),
    "30 days across November": ("2026-10-05", "2026-11-04T23:59:59-05:00", "pass"),
    "31 days across November": ("2026-10-05", "2026-11-05T00:00:00-05:00", "fail"),
    "0 days": ("2026-09-01", "2026-09-01", "pass"),
    "ended within the month": ("2026-09-15", "2026-10", "unknown"),
    "ended within a month too late": ("2026-09-15", "2026-11", "fail"),
    "not ended": ("2026-09-01", "null", "not_applicable"),
    "end unknown is not stated": ("2026-09-01", '{unknown: "asking"}', "not_applicable"),
    "start not stated": ("", "2026-10-01", "unknown"),
}


@pytest.mark.parametrize(("access", "ended", "outcome"), CEILING.values(), ids=CEILING)
def test_access_within_ceiling(checked: Checked, access: str, ended: str, outcome: str) -> None:
    """At most 30 days of access; releasing much later is never a fault."""
    text = manifest(access, "2027-01-15", f", access_ended_at: {ended}")
    assert finding(checked(text), "access-within-ceiling").outcome == outcome


FOUR = ("confidentiality", "cybersecurity", "insider_risk", "intellectual_property")


def protected(given: dict[str, str]) -> str:
    inside = ", ".join(f"{name}: {value}" for name, value in given.items())
    return manifest("2026-09-01", "2026-10-08", f", protections: {{{inside}}}")


def test_access_protected_by_all_four(checked: Checked) -> None:
    """All four protections are stated as true."""
    report = checked(protected(dict.fromkeys(FOUR, "true")))
    assert finding(report, "access-protected").outcome == "pass"


@pytest.mark.parametrize("name", FOUR)
def test_each_protection_counts(checked: Checked, name: str) -> None:
    """One refused is a fail, one missing or unknown is unknown, and the report names it."""
    given = dict.fromkeys(FOUR, "true")
    refused = finding(checked(protected({**given, name: "false"})), "access-protected")
    unknown = finding(
        checked(protected({**given, name: '{unknown: "asking"}'})), "access-protected"
    )
    del given[name]
    missing = finding(checked(protected(given)), "access-protected")
    alone = finding(checked(protected({name: "false"})), "access-protected")
    outcomes = [each.outcome for each in (refused, unknown, missing, alone)]
    assert outcomes == ["fail", "unknown", "unknown", "fail"]
    assert missing.missing == (f"review.protections.{name}",)


REFUSED = "{caisi_agreement: {status: not_signed}, eo_14409_framework: {status: not_signed}}"
SCOPE = {
    "participant": ("designated", "closed", "{}", "", True),
    "no participant": ("designated", "closed", REFUSED, "", False),
    "no participant, days agreed": ("designated", "closed", REFUSED, ", agreed_days: 30", True),
    "no participant, days unknown": (
        "designated",
        "closed",
        REFUSED,
        ', agreed_days: {unknown: "asking"}',
        False,
    ),
    "not designated": ("not_designated", "closed", "{}", "", False),
    "not designated, days agreed": ("not_designated", "closed", "{}", ", agreed_days: 30", False),
    "open weights": ("designated", "open", "{}", "", False),
    "open weights, days agreed": ("designated", "open", "{}", ", agreed_days: 30", False),
    "staged weights": ("designated", "staged", "{}", "", True),
}
SCOPED_RULES = (
    "review-window-held",
    "government-access-first",
    "access-within-ceiling",
    "access-protected",
    "agreement-before-access",
    "assessment-record",
)


@pytest.mark.parametrize(
    ("determination", "weights", "participation", "agreed", "inside"), SCOPE.values(), ids=SCOPE
)
def test_review_scope(
    checked: Checked,
    determination: str,
    weights: str,
    participation: str,
    agreed: str,
    inside: bool,
) -> None:
    """A participant or stated `agreed_days`; covered; and not exempt as open weights."""
    text = f"""\
manifest: gonogo/1
model: {{name: N-9, version: "1.0", developer: openai, weights: {weights}}}
coverage: {{determination: {determination}}}
participation: {participation}
review: {{access_started_at: 2026-09-01, access_ended_at: 2026-10-20{agreed}}}
release: {{{"public_at" if weights == "closed" else "weights_at"}: 2026-10-08}}
"""
    report = checked(text)
    outcomes = {rule: finding(report, rule).outcome for rule in SCOPED_RULES}
    assert all((outcome != "not_applicable") is inside for outcome in outcomes.values()), outcomes
