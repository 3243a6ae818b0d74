"""What counts as covered, and the rules in policies/eo-14409/rules/coverage.yaml."""

import pytest

from conftest import Checked, finding

# `developer-participates` asks only of covered models, so a developer that has signed nothing
# shows what is covered: fail is yes, not_applicable is no, unknown is unknown.
COVERED, NOT_COVERED, OPEN = "fail", "not_applicable", "unknown"
NOTHING_SIGNED = "{caisi_agreement: {status: not_signed}, eo_14409_framework: {status: not_signed}}"
SIGNED = "{caisi_agreement: {status: signed, signed_on: 2026-05-05}}"
FIRST = "2026-10-08T09:00:00-04:00"


def manifest(
    coverage: str,
    screening: str = "",
    *,
    participation: str = NOTHING_SIGNED,
    weights: str = "closed",
    more: str = "",
    release: str = f"public_at: {FIRST}",
) -> str:
    """A release with what its coverage rests on; ``screening`` goes on with the model section."""
    return f"""\
manifest: gonogo/1
model: {{name: N-9, version: "1.0", developer: northlight, weights: {weights}{screening}}}
coverage: {{{coverage}}}
participation: {participation}
release: {{{release}}}
{more}
"""


def cyber(level: str) -> str:
    return f", capability: {{cyber: {level}}}"


def compute(amount: str, level: str = "low") -> str:
    return f", training_compute_flop: {amount}{cyber(level)}"


NOT_ASKED = "determination: not_requested"
SCREENING = {
    "9.99e25": (compute("9.99e25"), NOT_COVERED),
    "one FLOP less": (compute("99999999999999999999999999"), NOT_COVERED),
    "1e26": (compute("1e26"), COVERED),
    "1.0e26": (compute("1.0e26"), COVERED),
    "1e+26": (compute("1e+26"), COVERED),
    "1E26": (compute("1E26"), COVERED),
    "1.0E+26": (compute("1.0E+26"), COVERED),
    "10e25": (compute("10e25"), COVERED),
    "0.1e27": (compute("0.1e27"), COVERED),
    "in full": (compute("100000000000000000000000000"), COVERED),
    "1e26 in quotes": (compute('"1e26"'), COVERED),
    "in full and in quotes": (compute('"100000000000000000000000000"'), COVERED),
    "9.99e25 in quotes": (compute('"9.99e25"'), NOT_COVERED),
    "1.01e26": (compute("1.01e26"), COVERED),
    "one FLOP more": (compute("100000000000000000000000001"), COVERED),
    "range below": (compute("{low: 9e25, high: 9.99e25}"), NOT_COVERED),
    "range touching from below": (compute("{low: 9e25, high: 1e26}"), OPEN),
    "range straddling": (compute("{low: 9.99e25, high: 1.01e26}"), OPEN),
    "range touching from above": (compute("{low: 1e26, high: 2e26}"), COVERED),
    "range above": (compute("{low: 2.1e26, high: 3.9e26}"), COVERED),
    "range of one point": (compute("{low: 1e26, high: 1.0e+26}"), COVERED),
    "straddling, but cyber is high": (compute("{low: 9e25, high: 2e26}", "high"), COVERED),
    "cyber none": (compute("1e25", "none"), NOT_COVERED),
    "cyber low": (compute("1e25", "low"), NOT_COVERED),
    "cyber medium": (compute("1e25", "medium"), NOT_COVERED),
    "cyber high": (compute("1e25", "high"), COVERED),
    "cyber critical": (compute("1e25", "critical"), COVERED),
    "cyber high, compute absent": (cyber("high"), COVERED),
    "cyber medium, compute absent": (cyber("medium"), OPEN),
    "compute met, cyber absent": (", training_compute_flop: 1e26", COVERED),
    "compute not met, cyber absent": (", training_compute_flop: 9.99e25", OPEN),
    "compute unknown, cyber low": (compute('{unknown: "not counted"}'), OPEN),
    "compute unknown, cyber high": (compute('{unknown: "not counted"}', "high"), COVERED),
    "nothing measured": ("", OPEN),
    "biology and chemistry do not count": (
        ", training_compute_flop: 1e25"
        ", capability: {cyber: low, biological: critical, chemical: critical}",
        NOT_COVERED,
    ),
}


@pytest.mark.parametrize(("screening", "outcome"), SCREENING.values(), ids=SCREENING)
def test_house_screening(checked: Checked, screening: str, outcome: str) -> None:
    """Cyber capability at least high, or training compute at least 1e26, exactly."""
    report = checked(manifest(NOT_ASKED, screening))
    assert finding(report, "developer-participates").outcome == outcome


MET, NOT_MET = cyber("high"), compute("1e25")
DETERMINATION = {
    "designated, screening not met": ("determination: designated", NOT_MET, COVERED),
    "designated, nothing measured": ("determination: designated", "", COVERED),
    "not designated, screening met": ("determination: not_designated", MET, NOT_COVERED),
    "not designated, nothing measured": ("determination: not_designated", "", NOT_COVERED),
    "pending, met": ("determination: pending", MET, COVERED),
    "pending, not met": ("determination: pending", NOT_MET, NOT_COVERED),
    "pending, nothing measured": ("determination: pending", "", OPEN),
    "not requested, met": (NOT_ASKED, MET, COVERED),
    "not requested, not met": (NOT_ASKED, NOT_MET, NOT_COVERED),
    "absent, met": ("", MET, COVERED),
    "absent, not met": ("", NOT_MET, OPEN),
    "absent, nothing measured": ("", "", OPEN),
    "null, met": ("determination: null", MET, COVERED),
    "null, not met": ("determination: null", NOT_MET, OPEN),
    "unknown, met": ('determination: {unknown: "not told"}', MET, COVERED),
    "unknown, not met": ('determination: {unknown: "not told"}', NOT_MET, OPEN),
    "unknown, nothing measured": ('determination: {unknown: "not told"}', "", OPEN),
}


@pytest.mark.parametrize(
    ("coverage", "screening", "outcome"), DETERMINATION.values(), ids=DETERMINATION
)
def test_determination_goes_before_screening(
    checked: Checked, coverage: str, screening: str, outcome: str
) -> None:
    """Designated is covered; screening counts only where nobody said `not_designated`."""
    report = checked(manifest(coverage, screening))
    assert finding(report, "developer-participates").outcome == outcome


DATED = {
    "designated later, not met": ("designated", "2026-11-24", "2026-11-23", NOT_MET, OPEN),
    "not designated later, met": ("not_designated", "2026-11-24", "2026-11-23", MET, COVERED),
    "not designated later, not met": ("not_designated", "2026-11-24", "2026-11-23", NOT_MET, OPEN),
    "not designated that day": ("not_designated", "2026-11-23", "2026-11-23", MET, NOT_COVERED),
    "designated that day": ("designated", "2026-11-23", "2026-11-23", NOT_MET, COVERED),
    "last second of the day": (
        "designated",
        "2026-11-23T23:59:59-05:00",
        "2026-11-23",
        NOT_MET,
        COVERED,
    ),
    "first second after": ("designated", "2026-11-24T00:00:00-05:00", "2026-11-23", NOT_MET, OPEN),
    "the day after in Berlin only": (
        "designated",
        "2026-11-24T00:30:00+01:00",
        "2026-11-23",
        NOT_MET,
        COVERED,
    ),
    "that month": ("designated", "2026-11", "2026-11-23", NOT_MET, COVERED),
    "the month after": ("designated", "2026-12", "2026-11-23", NOT_MET, OPEN),
    "that instant": ("designated", "2026-11-20T12:00:00Z", "2026-11-20T12:00Z", NOT_MET, COVERED),
    "a second later": ("designated", "2026-11-20T12:00:01Z", "2026-11-20T12:00Z", NOT_MET, OPEN),
}


@pytest.mark.parametrize(("word", "at", "as_of", "screening", "outcome"), DATED.values(), ids=DATED)
def test_determination_after_the_as_of_time_counts_as_not_stated(
    checked: Checked, word: str, at: str, as_of: str, screening: str, outcome: str
) -> None:
    """What is dated certainly after `as_of` has not happened."""
    text = manifest(
        f"determination: {word}, determined_by: nsa_director, determined_at: {at}",
        screening,
        release="public_at: 2026-12-20",
    )
    assert finding(checked(text, as_of=as_of), "developer-participates").outcome == outcome


EXEMPT = NOT_COVERED
OPEN_WEIGHTS = {
    "the day the exemption was reported": ("open", "weights_at: 2026-08-04", EXEMPT),
    "its first second": ("open", "weights_at: 2026-08-04T00:00:00-04:00", EXEMPT),
    "the last second before": ("open", "weights_at: 2026-08-03T23:59:59-04:00", OPEN),
    "August 4 in Berlin only": ("open", "weights_at: 2026-08-04T00:30:00+02:00", OPEN),
    "the day before": ("open", "weights_at: 2026-08-03", OPEN),
    "the first day of the order": ("open", "weights_at: 2026-06-02", OPEN),
    "a month that holds both": ("open", "weights_at: 2026-08", OPEN),
    "the month after": ("open", "weights_at: 2026-09", EXEMPT),
    "weights first, then an API": ("open", f"weights_at: 2026-10-01, api_at: {FIRST}", EXEMPT),
    "weights and API at one instant": ("open", f"weights_at: {FIRST}, api_at: {FIRST}", EXEMPT),
    "API a second earlier": (
        "open",
        f"weights_at: {FIRST}, api_at: 2026-10-08T08:59:59-04:00",
        COVERED,
    ),
    "API the day before": ("open", "weights_at: 2026-10-02, api_at: 2026-10-01", COVERED),
    "weights and API on one day": ("open", "weights_at: 2026-10-01, api_at: 2026-10-01", OPEN),
    "no date for the weights": ("open", f"public_at: {FIRST}", COVERED),
    "staged, weights first": ("staged", "weights_at: 2026-10-01", COVERED),
    "closed, although dated": ("closed", "weights_at: 2026-10-01", COVERED),
}


@pytest.mark.parametrize(("weights", "release", "outcome"), OPEN_WEIGHTS.values(), ids=OPEN_WEIGHTS)
def test_open_weights_exemption(checked: Checked, weights: str, release: str, outcome: str) -> None:
    """Open weights, published with the first release, from August 4, 2026; unknown before."""
    text = manifest("determination: designated", weights=weights, release=release)
    assert finding(checked(text), "developer-participates").outcome == outcome


def await_(promise: str) -> str:
    return f"review: {{await_determination: {promise}}}"


AWAITED = {
    "designated before": ("determination: designated, determined_at: 2026-10-07", "true", "pass"),
    "not designated before": (
        "determination: not_designated, determined_at: 2026-10-07",
        "true",
        "pass",
    ),
    "at the instant": (f"determination: designated, determined_at: {FIRST}", "true", "pass"),
    "a microsecond after": (
        "determination: designated, determined_at: 2026-10-08T09:00:00.000001-04:00",
        "true",
        "fail",
    ),
    "the day after": ("determination: designated, determined_at: 2026-10-09", "true", "fail"),
    "the same bare day": (
        "determination: designated, determined_at: 2026-10-08",
        "true",
        "unknown",
    ),
    "without a date": ("determination: designated", "true", "unknown"),
    "pending": ("determination: pending", "true", "fail"),
    "not requested": (NOT_ASKED, "true", "fail"),
    "absent": ("", "true", "unknown"),
    "said unknown": ('determination: {unknown: "not told"}', "true", "unknown"),
    "not promised": ("determination: pending", "false", "not_applicable"),
    "promise null: assumed false": ("determination: pending", "null", "not_applicable"),
    "promise unknown, pending": ("determination: pending", '{unknown: "asking"}', "unknown"),
    "promise unknown, kept": (
        "determination: designated, determined_at: 2026-10-07",
        '{unknown: "asking"}',
        "pass",
    ),
}


@pytest.mark.parametrize(("coverage", "promise", "outcome"), AWAITED.values(), ids=AWAITED)
def test_determination_awaited(checked: Checked, coverage: str, promise: str, outcome: str) -> None:
    """A promise to await the determination: made, and not after the first release."""
    text = manifest(coverage, more=await_(promise))
    assert finding(checked(text), "determination-awaited").outcome == outcome


def test_promise_is_assumed_false_without_a_review_section(checked: Checked) -> None:
    """No promise is stated: the rule is out of scope."""
    report = checked(manifest("determination: pending"))
    assert finding(report, "determination-awaited").outcome == "not_applicable"


def test_determination_still_to_come_leaves_the_promise_open(checked: Checked) -> None:
    """Dated after `as_of` it counts as not stated: unknown, neither kept nor broken."""
    coverage = "determination: designated, determined_at: 2026-12-01"
    text = manifest(coverage, more=await_("true"), release="public_at: 2026-12-10")
    report = checked(text)
    assert finding(report, "determination-awaited").outcome == "unknown"
    assert "coverage.determined_at" in [upcoming.fact for upcoming in report.still_to_happen]


OTHERS = {
    "by NSA": (
        "determined-by-nsa",
        "determination: designated, determined_by: nsa_director",
        "pass",
    ),
    "not designated, by NSA": (
        "determined-by-nsa",
        "determination: not_designated, determined_by: nsa_director",
        "pass",
    ),
    "by the developer": (
        "determined-by-nsa",
        "determination: designated, determined_by: developer",
        "fail",
    ),
    "by CAISI": (
        "determined-by-nsa",
        "determination: not_designated, determined_by: caisi",
        "fail",
    ),
    "by another": ("determined-by-nsa", "determination: designated, determined_by: other", "fail"),
    "by nobody named": ("determined-by-nsa", "determination: designated", "unknown"),
    "by CAISI, pending": (
        "determined-by-nsa",
        "determination: pending, determined_by: caisi",
        "not_applicable",
    ),
    "by CAISI, not stated what": ("determined-by-nsa", "determined_by: caisi", "unknown"),
    "by CAISI, in the future": (
        "determined-by-nsa",
        "determination: designated, determined_by: caisi, determined_at: 2026-11-24",
        "unknown",
    ),
    "settled: designated": ("settled", "determination: designated", "pass"),
    "settled: not designated": ("settled", "determination: not_designated", "pass"),
    "settled: pending": ("settled", "determination: pending", "fail"),
    "settled: not requested": ("settled", NOT_ASKED, "fail"),
    "settled: absent": ("settled", "", "unknown"),
}


@pytest.mark.parametrize(("rule", "coverage", "outcome"), OTHERS.values(), ids=OTHERS)
def test_who_determined_and_whether(
    checked: Checked, rule: str, coverage: str, outcome: str
) -> None:
    """Only the NSA Director determines; a participant knows the answer."""
    report = checked(manifest(coverage, participation=SIGNED))
    assert finding(report, f"coverage-{rule}").outcome == outcome


def test_coverage_need_not_be_settled_outside_the_agreements(checked: Checked) -> None:
    """Not a participant, nothing to settle."""
    report = checked(manifest("determination: pending"))
    assert finding(report, "coverage-settled").outcome == "not_applicable"


ENGAGED = {
    "a microsecond before": ("2026-10-08T08:59:59.999999-04:00", SIGNED, MET, "pass"),
    "the day before": ("2026-10-07", SIGNED, MET, "pass"),
    "at the instant": (FIRST, SIGNED, MET, "fail"),
    "a second after": ("2026-10-08T09:00:01-04:00", SIGNED, MET, "fail"),
    "the same bare day": ("2026-10-08", SIGNED, MET, "unknown"),
    "the day after": ("2026-10-09", SIGNED, MET, "fail"),
    "never stated": ("null", SIGNED, MET, "unknown"),
    "screening not met": ("2026-10-09", SIGNED, NOT_MET, "not_applicable"),
    "screening open": ("2026-10-09", SIGNED, "", "unknown"),
    "no participant": ("2026-10-09", NOTHING_SIGNED, MET, "not_applicable"),
}


@pytest.mark.parametrize(("at", "signed", "screening", "outcome"), ENGAGED.values(), ids=ENGAGED)
def test_government_engaged(
    checked: Checked, at: str, signed: str, screening: str, outcome: str
) -> None:
    """A participant whose model meets the screening asks before the first release."""
    text = manifest(f"government_engaged_at: {at}", screening, participation=signed)
    assert finding(checked(text), "government-engaged").outcome == outcome


FROM = ", derived_from: {model: N-8, developer: northlight, method: fine_tune}"
DERIVED = {
    "designated": (FROM, "determination: designated", "pass"),
    "not designated": (FROM, "determination: not_designated", "pass"),
    "pending": (FROM, "determination: pending", "fail"),
    "not requested": (FROM, NOT_ASKED, "fail"),
    "absent": (FROM, "", "unknown"),
    "not derived": ("", NOT_ASKED, "not_applicable"),
    "base model not named": (", derived_from: {method: merge}", NOT_ASKED, "not_applicable"),
}


@pytest.mark.parametrize(("derived", "coverage", "outcome"), DERIVED.values(), ids=DERIVED)
def test_derivative_has_own_determination(
    checked: Checked, derived: str, coverage: str, outcome: str
) -> None:
    """A designation is not inherited from the base model, nor is its absence."""
    report = checked(manifest(coverage, derived))
    assert finding(report, "derivative-has-own-determination").outcome == outcome
