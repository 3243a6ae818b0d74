"""Parameters and rules by date: what holds on the date of the first release. Design, section 5."""

from pathlib import Path

import pytest

from gonogo.engine.evaluate import parameter_at
from gonogo.manifests.vocabulary import Vocabulary
from gonogo.packs.policy import Pack
from strategies import manifest, one_rule, outcome, seen_by, small_pack

HEAD = """\
parameters:
  days:
    unit: day
    values:
      - {from: 2026-06-02, value: 30}
      - {from: 2026-10-15, value: 30, note: confirmed}
      - {from: 2026-12-01, value: 45}
      - {from: 2027-06-01, ended: true, note: repealed}
  exempt:
    values:
      - {from: 2026-06-02, unknown: the text is silent}
      - {from: 2026-08-04T12:00:00-04:00, value: true}
  flop: {unit: FLOP, values: [{from: 2026-06-02, value: 1e26}, {from: 2026-10-15, value: 1.0e+26}]}
"""
RULE = one_rule("[{fact: model.weights, equals: closed}]")


@pytest.fixture
def pack(tmp_path: Path, vocabulary: Vocabulary) -> Pack:
    return small_pack(tmp_path, vocabulary, RULE, HEAD)


def value(pack: Pack, name: str, release: str) -> str:
    reading = parameter_at(name, seen_by(pack, manifest(release=release)))
    return "unknown" if reading.value is None else str(reading.value)


# New York is at -04:00 until November 1, 2026, then at -05:00 until March 14, 2027.
DATES = {
    "long before": ("2026-01-01", "unknown"),
    "a second before the first": ("2026-06-01T23:59:59-04:00", "unknown"),
    "midnight of the first": ("2026-06-02T00:00:00-04:00", "30"),
    "that midnight in UTC": ("2026-06-02T04:00:00Z", "30"),
    "midnight UTC is not yet": ("2026-06-02T00:00:00Z", "unknown"),
    "the first day": ("2026-06-02", "30"),
    "the day before a change": ("2026-11-30", "30"),
    "a second before a change": ("2026-11-30T23:59:59-05:00", "30"),
    "midnight of a change": ("2026-12-01T00:00:00-05:00", "45"),
    "a second before, in UTC": ("2026-12-01T04:59:59Z", "30"),
    "midnight of a change, in UTC": ("2026-12-01T05:00:00Z", "45"),
    "a second before the end": ("2027-05-31T23:59:59-04:00", "45"),
    "midnight of the end": ("2027-06-01T00:00:00-04:00", "unknown"),
    "long after the end": ("2028-01-01", "unknown"),
}


@pytest.mark.parametrize(("release", "expected"), DATES.values(), ids=DATES)
def test_a_value_holds_until_the_next(release: str, expected: str, pack: Pack) -> None:
    """From midnight in the pack's zone; before the first and after the end it is unknown."""
    assert value(pack, "days", f"public_at: {release}") == expected


@pytest.mark.parametrize(
    ("release", "expected"),
    [
        ("2026-08-03", "unknown"),
        ("2026-08-04T11:59:59-04:00", "unknown"),
        ("2026-08-04T12:00:00-04:00", "True"),
        ("2026-08-04", "unknown"),
        ("2026-08-05", "True"),
    ],
)
def test_a_value_may_be_unknown_for_a_time(release: str, expected: str, pack: Pack) -> None:
    """Then it is unknown, not false; a change at noon makes that day unknown."""
    assert value(pack, "exempt", f"public_at: {release}") == expected


SPANS = {
    "a month with one value": ("public_at: 2026-09", "30"),
    "a month with the same value twice": ("public_at: 2026-10", "30"),
    "a month at whose end it changes": ("public_at: 2026-11", "30"),
    "a month at whose start it changes": ("public_at: 2026-12", "45"),
    "days on both sides of a change": ("trusted_partners_at: 2026-12, public_at: 2026-11-30", "30"),
    "a month that begins before the first": ("public_at: 2026-06", "unknown"),
    "the last month": ("public_at: 2027-05", "45"),
    "the month of the end": ("public_at: 2027-06", "unknown"),
}


@pytest.mark.parametrize(("release", "expected"), SPANS.values(), ids=SPANS)
def test_an_interval_has_the_value_that_its_dates_share(
    release: str, expected: str, pack: Pack
) -> None:
    """The same on both sides of a change is known, different values are not."""
    assert value(pack, "days", release) == expected


def test_numbers_written_differently_are_shared(pack: Pack) -> None:
    """1e26 and 1.0e+26 are one number."""
    assert value(pack, "flop", "public_at: 2026-10") == "1e26"


@pytest.mark.parametrize(
    ("changed", "release", "expected"),
    [
        ("2026-11-15", "public_at: 2026-11", "unknown"),
        ("2026-11-15", "public_at: 2026-11-14", "30"),
        ("2026-11-15", "public_at: 2026-11-15", "60"),
        # First on November 10 to 20, by two stages known as a month and as a day.
        ("2026-11-15", "trusted_partners_at: 2026-11, public_at: 2026-11-20", "unknown"),
        ("2026-11-21", "trusted_partners_at: 2026-11, public_at: 2026-11-20", "30"),
        # The instant of the change is the last possible one of the day before, plus a microsecond.
        ("2026-12-01", "public_at: 2026-11", "30"),
    ],
)
def test_an_interval_around_a_change_is_unknown(
    changed: str, release: str, expected: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    """Certain is only what holds on every possible date."""
    head = (
        "parameters: {days: {unit: day, values: "
        f"[{{from: 2026-06-02, value: 30}}, {{from: {changed}, value: 60}}]}}}}\n"
    )
    assert value(small_pack(tmp_path, vocabulary, RULE, head), "days", release) == expected


WHY = {
    "before the first": ("days", "public_at: 2026-06-01", "2026-06-02"),
    "after the end": ("days", "public_at: 2027-06-01", "repealed"),
    "unknown": ("exempt", "public_at: 2026-07-01", "the text is silent"),
    "no date": ("days", "", "no first release"),
}


@pytest.mark.parametrize(("name", "release", "said"), WHY.values(), ids=WHY)
def test_an_unknown_parameter_says_why(name: str, release: str, said: str, pack: Pack) -> None:
    """Named with its note, or with the date that it misses."""
    reading = parameter_at(name, seen_by(pack, manifest(release=release)))
    assert reading.value is None
    assert said in reading.why


IN_FORCE = {
    "a second before": ("{from: 2026-06-02}", "2026-06-01T23:59:59-04:00", "not_in_force"),
    "midnight of its first day": ("{from: 2026-06-02}", "2026-06-02T00:00:00-04:00", "pass"),
    "its first day": ("{from: 2026-06-02}", "2026-06-02", "pass"),
    "its last day": ("{from: 2026-06-02, until: 2026-12-31}", "2026-12-31", "pass"),
    "its last microsecond": ("{until: 2026-12-31}", "2026-12-31T23:59:59.999999-05:00", "pass"),
    "midnight after it": ("{until: 2026-12-31}", "2027-01-01T00:00:00-05:00", "not_in_force"),
    "no dates": ("", "1990-01-01", "pass"),
    "no release": ("{from: 2026-06-02}", "{unknown: not fixed}", "unknown"),
    "no release and no dates": ("", "{unknown: not fixed}", "unknown"),
}


@pytest.mark.parametrize(("window", "release", "expected"), IN_FORCE.values(), ids=IN_FORCE)
def test_a_rule_holds_within_its_dates(
    window: str, release: str, expected: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    """By the date of the first release; the last day counts whole."""
    rule = one_rule("[{fact: model.weights, equals: closed}]", in_force=window)
    pack = small_pack(tmp_path, vocabulary, rule)
    assert outcome(pack, manifest(release=f"public_at: {release}")) == expected


# June 2026 is only partly within a rule's dates from June 2 on. weights: closed
PARTLY = {
    "it would pass": ("[{fact: model.weights, equals: closed}]", "", "pass"),
    "it would fail": ("[{fact: model.weights, equals: open}]", "", "unknown"),
    "it is unknown": ("[{fact: coverage.disclosable, equals: true}]", "", "unknown"),
    "it would not apply": (
        "[{fact: model.weights, equals: open}]",
        "[{fact: model.weights, equals: open}]",
        "not_applicable",
    ),
}


@pytest.mark.parametrize(("require", "when", "expected"), PARTLY.values(), ids=PARTLY)
@pytest.mark.parametrize("window", ["{from: 2026-06-02}", "{until: 2026-06-29}"])
def test_a_rule_partly_in_force_cannot_fail(
    window: str, require: str, when: str, expected: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    """It turns `fail` into `unknown`, and nothing else."""
    pack = small_pack(tmp_path, vocabulary, one_rule(require, when, in_force=window))
    assert outcome(pack, manifest(release="public_at: 2026-06")) == expected


STAND_IN = """\
parameters:
  least_days: {unit: day, values: [{from: 2026-06-02, value: 30}]}
  later_days: {unit: day, values: [{from: 2027-01-01, value: 30}]}
"""
OPERANDS = {
    "stated, below": ("agreed_days: 29", "least_days", "fail"),
    "stated, at": ("agreed_days: 30", "least_days", "pass"),
    "stated: the parameter is not read": ("agreed_days: 30", "later_days", "pass"),
    "absent": ("", "least_days", "pass"),
    "null": ("agreed_days: null", "least_days", "pass"),
    "said unknown": ("agreed_days: {unknown: why}", "least_days", "unknown"),
    "absent, and the parameter unknown": ("", "later_days", "unknown"),
}


@pytest.mark.parametrize(("review", "parameter", "expected"), OPERANDS.values(), ids=OPERANDS)
def test_if_not_stated(
    review: str, parameter: str, expected: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    """The parameter stands in for an absent or null key only: `{unknown: ...}` stays unknown."""
    days = "days_from: coverage.government_engaged_at, to: release.first_at"
    agreed = f"{{fact: review.agreed_days, if_not_stated: ${parameter}}}"
    condition = f"{{{days}, equals: {agreed}}}"
    # From 2026-10-26 to 2026-11-25 are 5 + 25 = 30 days.
    text = manifest(review=review, coverage="government_engaged_at: 2026-10-26")
    pack = small_pack(tmp_path, vocabulary, one_rule(f"[{condition}]"), STAND_IN)
    assert outcome(pack, text) == expected
