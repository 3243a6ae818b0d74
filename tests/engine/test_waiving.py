"""Waivers in a verdict: which rule, which release, until when; never binding, never a pass."""

from dataclasses import dataclass

import pytest

from gonogo.check import check
from gonogo.diagnostics import Span
from gonogo.library import Library
from gonogo.packs.policy import Pack, Waiver
from gonogo.reporting.report import Report
from gonogo.values.names import Name
from strategies import at, read_for

# Access on November 5, release on November 25: 20 of 30 days, so review-window-held fails.
STORY = """\
manifest: gonogo/1
model: {name: N-9, version: "1.0", developer: northlight, weights: closed}
coverage: {determination: designated, determined_by: nsa_director, determined_at: 2026-08-28}
participation: {eo_14409_framework: {status: signed, signed_on: 2026-08-10}}
review: {access_started_at: 2026-11-05}
release: {public_at: 2026-11-25, audience: us_persons_verified}
"""
RULE = "eo-14409/review-window-held"
SOUND = Waiver(
    RULE,
    "northlight",
    Name("N-9"),
    "1.0",
    "the letter follows",
    "release manager",
    "general counsel",
    "NL-1",
    at("2026-11-20"),
    at("2026-11-30"),
    Span("waivers.yaml", 2, 5),
)


@dataclass
class Checks:
    pack: Pack
    library: Library

    def report(
        self, *waivers: Waiver, as_of: str = "2026-11-23", story: str = STORY, profile: str = ""
    ) -> Report:
        profiles, default = self.library.profiles()
        pack = self.pack._replace(waivers=waivers)
        return check(read_for(story, pack), (pack,), profiles, profile or default, at(as_of))


@pytest.fixture
def checks(eo_pack: Pack, library: Library) -> Checks:
    return Checks(eo_pack, library)


def outcome(report: Report, rule: str = RULE) -> str:
    return next(finding.outcome for finding in report.findings if finding.rule == rule)


def states(report: Report) -> list[str]:
    return [waiver.state for waiver in report.waivers]


def test_a_failed_rule_is_waived_and_never_passes(checks: Checks) -> None:
    before, after = checks.report(), checks.report(SOUND)

    assert (before.verdict, outcome(before)) == ("NO-GO", "fail")
    assert (after.verdict, outcome(after)) == ("GO", "waived")
    assert dict(after.counts)["pass"] == dict(before.counts)["pass"]
    assert dict(after.counts)["waived"] == 1
    assert states(after) == ["used"]
    finding = next(f for f in after.findings if f.rule == RULE)
    assert finding.reason.startswith("waived until 2026-11-30 (ticket NL-1); it fails: has 20 ")


def test_an_unknown_rule_is_waived(checks: Checks) -> None:
    """Without the day access began the rule is unknown; the waiver covers that as well."""
    story = STORY.replace("2026-11-05", '{unknown: "not recorded"}')
    assert outcome(checks.report(story=story)) == "unknown"
    assert outcome(checks.report(SOUND, story=story)) == "waived"


def test_a_rule_that_holds_needs_none(checks: Checks) -> None:
    story = STORY.replace("2026-11-05", "2026-10-20")
    report = checks.report(SOUND, story=story)
    assert (outcome(report), states(report)) == ("pass", ["not needed"])


# As-of times around the last day, November 30, in New York (UTC-5): it is included whole.
TIMES = {
    "the last second": ("2026-11-30T23:59:59-05:00", "waived", "used"),
    "the last day": ("2026-11-30", "waived", "used"),
    "the next midnight": ("2026-12-01T00:00:00-05:00", "fail", "expired"),
    "still the last day in New York": ("2026-12-01T04:59:59Z", "waived", "used"),
    "no longer": ("2026-12-01T05:00:00Z", "fail", "expired"),
}


@pytest.mark.parametrize(("as_of", "result", "state"), TIMES.values(), ids=TIMES)
def test_the_last_day(as_of: str, result: str, state: str, checks: Checks) -> None:
    report = checks.report(SOUND, as_of=as_of)
    assert (outcome(report), states(report)) == (result, [state])


# First releases around the waiver's days, November 20 to 30; access as many days before as above.
RELEASES = {
    "the day before": ("2026-11-19", "fail", "other days"),
    "the first day": ("2026-11-20", "waived", "used"),
    "the first instant": ("2026-11-20T00:00:00-05:00", "waived", "used"),
    "a second earlier": ("2026-11-19T23:59:59-05:00", "fail", "other days"),
    "the last day": ("2026-11-30", "waived", "used"),
    "the day after": ("2026-12-01", "fail", "other days"),
    "perhaps": ("2026-11", "fail", "other days"),
}


@pytest.mark.parametrize(("public", "result", "state"), RELEASES.values(), ids=RELEASES)
def test_the_first_release_is_on_its_days(
    public: str, result: str, state: str, checks: Checks
) -> None:
    """A waiver that ends before the release does not help it, however early one asks."""
    report = checks.report(
        SOUND, story=STORY.replace("2026-11-25", public).replace("2026-11-05", "2026-11-04")
    )
    assert (outcome(report), states(report)) == (result, [state])


OTHERS = {
    "developer": {"developer": "openai"},
    "model": {"model": Name("N-9 mini")},
    "version": {"version": "1.1"},
}


@pytest.mark.parametrize("change", OTHERS.values(), ids=OTHERS)
def test_another_release_is_not_covered(change: dict[str, str], checks: Checks) -> None:
    report = checks.report(SOUND._replace(**change))  # type: ignore[arg-type]  # by field name
    assert (report.verdict, states(report)) == ("NO-GO", ["other release"])


def test_the_model_is_the_same_however_it_is_written(checks: Checks) -> None:
    assert checks.report(SOUND._replace(model=Name("n 9"))).verdict == "GO"


def test_another_rule_is_not_covered(checks: Checks) -> None:
    report = checks.report(SOUND._replace(rule="eo-14409/government-access-first"))
    assert (report.verdict, states(report)) == ("NO-GO", ["not needed"])


def test_binding_is_never_waived(checks: Checks) -> None:
    """Not even if a waiver for it should get past the reader."""
    story = (
        STORY.replace("northlight", "anthropic")
        .replace("N-9", "Mythos 5")
        .replace("us_persons_verified", "includes_foreign_persons")
        .replace("2026-11-25", "2026-06-20")
        .replace("2026-11-05", "2026-05-01")
    )
    rule = "eo-14409/no-directive-in-force"
    waiver = SOUND._replace(
        rule=rule, developer="anthropic", model=Name("Mythos 5"), start=at("2026-06-01")
    )
    report = checks.report(waiver, story=story, as_of="2026-06-20")
    assert (report.verdict, outcome(report, rule)) == ("NO-GO", "fail")


def test_without_a_dated_release_nothing_is_waived(checks: Checks) -> None:
    story = STORY.replace("public_at: 2026-11-25, ", "")
    assert checks.report(SOUND, story=story).verdict == "UNDETERMINED"


def test_every_profile_knows_it(checks: Checks) -> None:
    assert dict(checks.report(SOUND).verdicts)["standard"] == "GO"
    assert dict(checks.report().verdicts)["standard"] == "NO-GO"


# The waiver ends on November 30; it ends soon from 14 days before, November 16.
@pytest.mark.parametrize(
    ("as_of", "left", "soon"),
    [("2026-11-15", 15, False), ("2026-11-16", 14, True), ("2026-11-30", 0, True)],
)
def test_a_waiver_that_ends_soon(as_of: str, left: int, soon: bool, checks: Checks) -> None:
    (waiver,) = checks.report(SOUND, as_of=as_of).waivers
    assert (waiver.days_left, waiver.ends_soon) == (left, soon)
