"""The rules in policies/eo-14409/rules/reference.yaml: shown, never a reason to stop a release."""

import pytest

from conftest import Checked, finding

RULES = ("assessment-record", "open-weights-treatment", "compute-is-not-the-test")
PROFILES = ("legal", "standard", "strict")


def manifest(
    *,
    weights: str = "closed",
    compute: str = "null",
    assessments: str = "",
    release: str = "public_at: 2026-10-08",
    determination: str = "designated",
) -> str:
    """A participant whose review window was held."""
    return f"""\
manifest: gonogo/1
model: {{name: N-9, version: "1.0", developer: openai, weights: {weights},
  training_compute_flop: {compute}}}
coverage: {{determination: {determination}, determined_by: nsa_director}}
review: {{access_started_at: 2026-09-01, assessments: {{{assessments}}}}}
release: {{{release}}}
"""


DONE = {
    "capability_characterization": "done",
    "threat_modelling": "done",
    "measurement_science": "done",
}


def listed(**changes: str) -> str:
    return ", ".join(f"{name}: {value}" for name, value in {**DONE, **changes}.items())


def test_three_assessments_done(checked: Checked) -> None:
    """All three that the press assigns to NSA, CISA and NIST."""
    report = checked(manifest(assessments=listed()))
    assert finding(report, "assessment-record").outcome == "pass"


@pytest.mark.parametrize("name", DONE)
@pytest.mark.parametrize(
    ("state", "outcome"),
    [
        ("open", "fail"),
        ("not_done", "fail"),
        ("null", "unknown"),
        ('{unknown: "not told"}', "unknown"),
    ],
)
def test_each_assessment_counts(checked: Checked, name: str, state: str, outcome: str) -> None:
    """Open is not done; what nobody states is unknown."""
    report = checked(manifest(assessments=listed(**{name: state})))
    assert finding(report, "assessment-record").outcome == outcome


def test_assessment_record_needs_a_review(checked: Checked) -> None:
    """Not covered, no review: out of scope, whatever is stated of assessments."""
    text = manifest(assessments=listed(threat_modelling="open"), determination="not_designated")
    assert finding(checked(text), "assessment-record").outcome == "not_applicable"


WEIGHTS = {
    "open": ("open", "pass"),
    "staged": ("staged", "pass"),
    "closed": ("closed", "not_applicable"),
    "unknown": ('{unknown: "not decided"}', "unknown"),
}


@pytest.mark.parametrize(("weights", "outcome"), WEIGHTS.values(), ids=WEIGHTS)
def test_open_weights_treatment(checked: Checked, weights: str, outcome: str) -> None:
    """A note for open and for staged weights."""
    report = checked(manifest(weights=weights))
    assert finding(report, "open-weights-treatment").outcome == outcome


@pytest.mark.parametrize(
    ("day", "silent"),
    [("2026-06-02", True), ("2026-08-03", True), ("2026-08-04", False), ("2026-11-01", False)],
)
def test_open_weights_note_says_what_was_known_then(
    checked: Checked, day: str, silent: bool
) -> None:
    """The order is silent; from August 4, 2026 an exemption is reported."""
    found = finding(
        checked(manifest(weights="open", release=f"weights_at: {day}")), "open-weights-treatment"
    )
    assert found.outcome == "pass"
    assert ("silent" in found.reason) is silent
    assert "unpublished" in found.reason


COMPUTE = {
    "9.99e25": ("9.99e25", "not_applicable"),
    "1e26 exactly": ("1e26", "not_applicable"),
    "1.0e+26": ("1.0e+26", "not_applicable"),
    "1e26 in full": ("100000000000000000000000000", "not_applicable"),
    "1e26 in quotes": ('"1e26"', "not_applicable"),
    "one FLOP more": ("100000000000000000000000001", "pass"),
    "1.01e26": ("1.01e26", "pass"),
    "3e26": ("3e26", "pass"),
    "range below": ("{low: 9e25, high: 9.99e25}", "not_applicable"),
    "range touching from below": ("{low: 9e25, high: 1e26}", "not_applicable"),
    "range straddling": ("{low: 9e25, high: 1.01e26}", "unknown"),
    "range touching from above": ("{low: 1e26, high: 2e26}", "unknown"),
    "range above": ("{low: 1.01e26, high: 2e26}", "pass"),
    "absent": ("null", "unknown"),
    "unknown": ('{unknown: "not counted"}', "unknown"),
}


@pytest.mark.parametrize(("compute", "outcome"), COMPUTE.values(), ids=COMPUTE)
def test_compute_is_not_the_test(checked: Checked, compute: str, outcome: str) -> None:
    """A note strictly above 1e26, which other instruments use and this order does not."""
    report = checked(manifest(compute=compute))
    assert finding(report, "compute-is-not-the-test").outcome == outcome


def test_compute_note_says_that_the_order_has_no_number(checked: Checked) -> None:
    """The reason names the revoked EO 14110, and that EO 14409 has no such number."""
    reason = finding(checked(manifest(compute="3e26")), "compute-is-not-the-test").reason
    assert "3e26" in reason
    assert "EO 14110" in reason
    assert "EO 14409 has no such number" in reason


@pytest.mark.parametrize("profile", PROFILES)
def test_reference_rules_never_block(checked: Checked, profile: str) -> None:
    """Their effect is a note under every profile, and a fail does not move the verdict."""
    worst = manifest(compute="3e26", assessments=listed(threat_modelling="not_done"))
    best = manifest(compute="1e25", assessments=listed())
    report = checked(worst, profile=profile)
    assert {finding(report, rule).effect for rule in RULES} == {"note"}
    assert finding(report, "assessment-record").outcome == "fail"
    assert report.verdict == checked(best, profile=profile).verdict


def test_high_compute_alone_stops_nothing(checked: Checked) -> None:
    """Guards against a FLOP gate: not designated at 3e26 FLOP is GO with a note."""
    report = checked(manifest(compute="3e26", determination="not_designated"))
    assert finding(report, "compute-is-not-the-test").outcome == "pass"
    assert (report.verdict, dict(report.verdicts)["legal"]) == ("GO", "GO")
