"""`no-directive-in-force` and `directive-register-fresh` (policies/eo-14409/rules/directives.yaml).

The directive of June 12, 2026 took effect at 17:21 Eastern (21:21 UTC); it ended on June 30.
"""

import pytest

from conftest import Checked, finding

RULE = "no-directive-in-force"
FRESH = "directive-register-fresh"
ANNEX_A = "us-bis-2026-06-26-annex-a"
LISTED = f", audience: listed_exempt_only, exemptions: [{ANNEX_A}]"


def manifest(
    stages: str, name: str = "Fable 5", developer: str = "anthropic", weights: str = "closed"
) -> str:
    """A release that raises no question but the directive's: not a covered model."""
    return f"""\
manifest: gonogo/1
model: {{name: "{name}", version: "1.0", developer: {developer}, weights: {weights}}}
coverage: {{determination: not_designated, determined_by: nsa_director, determined_at: 2026-05-01}}
release: {{{stages}}}
"""


IN_FORCE = {
    "the day before": ("2026-06-11", "pass"),
    "a second before": ("2026-06-12T17:20:59-04:00", "pass"),
    "a microsecond before": ("2026-06-12T17:20:59.999999-04:00", "pass"),
    "the instant": ("2026-06-12T17:21:00-04:00", "fail"),
    "a microsecond after": ("2026-06-12T17:21:00.000001-04:00", "fail"),
    "a second after": ("2026-06-12T17:21:01-04:00", "fail"),
    "a second before, in UTC": ("2026-06-12T21:20:59Z", "pass"),
    "the instant, in UTC": ("2026-06-12T21:21Z", "fail"),
    "a second before, already June 13 in Tokyo": ("2026-06-13T06:20:59+09:00", "pass"),
    "the instant, already June 13 in Tokyo": ("2026-06-13T06:21:00+09:00", "fail"),
    "the bare day holds both": ("2026-06-12", "unknown"),
    "the bare month holds both": ("2026-06", "unknown"),
    "the day after": ("2026-06-13", "fail"),
    "the last day, inclusive": ("2026-06-30", "fail"),
    "the last microsecond": ("2026-06-30T23:59:59.999999-04:00", "fail"),
    "July 1 in Berlin, June 30 in New York": ("2026-07-01T00:30:00+02:00", "fail"),
    "midnight in New York": ("2026-07-01T00:00:00-04:00", "pass"),
    "midnight in New York, as Berlin writes it": ("2026-07-01T06:00:00+02:00", "pass"),
    "July 1": ("2026-07-01", "pass"),
    "the whole of July": ("2026-07", "pass"),
}


@pytest.mark.parametrize(("at", "outcome"), IN_FORCE.values(), ids=IN_FORCE)
def test_directive_on_fable_5_runs_to_the_end_of_june_30(
    checked: Checked, at: str, outcome: str
) -> None:
    """From the exact instant to the last day, both included, in New York time."""
    assert finding(checked(manifest(f"public_at: {at}")), RULE).outcome == outcome


@pytest.mark.parametrize("stage", ["limited_preview", "trusted_partners", "api", "public"])
def test_any_stage_counts(checked: Checked, stage: str) -> None:
    """A stage of any kind inside the directive's time is blocked."""
    assert finding(checked(manifest(f"{stage}_at: 2026-06-20")), RULE).outcome == "fail"


def test_publishing_weights_counts_as_a_stage(checked: Checked) -> None:
    """Weights published inside the directive's time are blocked."""
    text = manifest("weights_at: 2026-06-20", weights="open")
    assert finding(checked(text), RULE).outcome == "fail"


STAGES = {
    "an earlier stage before it": ("api_at: 2026-06-05, public_at: 2026-06-20", "fail"),
    "a later stage after it": ("api_at: 2026-06-20, public_at: 2026-07-05", "fail"),
    "all before": ("api_at: 2026-06-05, public_at: 2026-06-11", "pass"),
    "before and after, none inside": ("api_at: 2026-06-05, public_at: 2026-07-01", "pass"),
    "one before, one perhaps inside": ("api_at: 2026-06-05, public_at: 2026-06-12", "unknown"),
    "one perhaps, one certainly": ("api_at: 2026-06-12, public_at: 2026-06-13", "fail"),
    "one before, one exactly then": (
        "limited_preview_at: 2026-06-09, public_at: 2026-06-12T17:21:00-04:00",
        "fail",
    ),
}


@pytest.mark.parametrize(("stages", "outcome"), STAGES.values(), ids=STAGES)
def test_earlier_stage_never_excuses_a_later_one(
    checked: Checked, stages: str, outcome: str
) -> None:
    """Every stated stage is looked up by its own date, not by the first release."""
    assert finding(checked(manifest(stages)), RULE).outcome == outcome


def test_stage_whose_date_is_unknown_is_no_go_ahead(checked: Checked) -> None:
    """A planned stage without a date may fall inside the directive's time."""
    report = checked(manifest('api_at: 2026-06-05, public_at: {unknown: "not decided"}'))
    assert finding(report, RULE).outcome == "unknown"
    assert report.verdict == "UNDETERMINED"


def test_stage_before_the_order_never_makes_a_later_stage_go(checked: Checked) -> None:
    """Out of force is not a GO: the public stage is inside the directive's time."""
    report = checked(manifest("limited_preview_at: 2026-05-20, public_at: 2026-06-20"))
    assert report.verdict != "GO"


AUDIENCE = {
    "US persons, verified": ("us_persons_verified", "pass"),
    "includes foreign persons": ("includes_foreign_persons", "fail"),
    "unverified": ("unverified", "fail"),
    "listed and exempt, but not Fable 5": (f"listed_exempt_only, exemptions: [{ANNEX_A}]", "fail"),
    "null is not stated": ("null", "fail"),
    "unknown is not stated": ('{unknown: "not checked"}', "fail"),
}


@pytest.mark.parametrize(("audience", "outcome"), AUDIENCE.values(), ids=AUDIENCE)
def test_only_a_stated_audience_escapes(checked: Checked, audience: str, outcome: str) -> None:
    """The audience must be stated, and one that the directive's terms allow."""
    text = manifest(f"public_at: 2026-06-20, audience: {audience}")
    assert finding(checked(text), RULE).outcome == outcome


def test_absent_audience_blocks_and_asks(checked: Checked) -> None:
    """Absent is not stated, so the directive blocks under every profile."""
    report = checked(manifest("public_at: 2026-06-20"))
    assert finding(report, RULE).outcome == "fail"
    assert (report.verdict, report.basis) == ("NO-GO", "binding")
    assert dict(report.verdicts) == {"legal": "NO-GO", "standard": "NO-GO", "strict": "NO-GO"}


MYTHOS = {
    "before the exemption": (f"2026-06-25{LISTED}", "fail"),
    "the day of the letter": (f"2026-06-26{LISTED}", "fail"),
    "its last second": (f"2026-06-26T23:59:59-04:00{LISTED}", "fail"),
    "midnight after": (f"2026-06-27T00:00:00-04:00{LISTED}", "pass"),
    "June 27 in Berlin, June 26 in New York": (f"2026-06-27T00:30:00+02:00{LISTED}", "fail"),
    "June 28": (f"2026-06-28{LISTED}", "pass"),
    "the last day": (f"2026-06-30{LISTED}", "pass"),
    "withdrawn": ("2026-07-01", "pass"),
    "last day, nothing stated": ("2026-06-30", "fail"),
    "no exemption named": ("2026-06-28, audience: listed_exempt_only", "fail"),
    "an empty list": ("2026-06-28, audience: listed_exempt_only, exemptions: []", "fail"),
    "another exemption": (
        "2026-06-28, audience: listed_exempt_only, exemptions: [annex-b]",
        "fail",
    ),
    "one of several": (
        f"2026-06-28, audience: listed_exempt_only, exemptions: [annex-b, {ANNEX_A}]",
        "pass",
    ),
    "which one is unknown": (
        '2026-06-28, audience: listed_exempt_only, exemptions: {unknown: "counsel looks"}',
        "unknown",
    ),
    "unknown, before there was one": (
        '2026-06-25, audience: listed_exempt_only, exemptions: {unknown: "counsel looks"}',
        "fail",
    ),
    "exemption without its audience": (f"2026-06-28, exemptions: [{ANNEX_A}]", "fail"),
    "exemption with a wider audience": (
        f"2026-06-28, audience: includes_foreign_persons, exemptions: [{ANNEX_A}]",
        "fail",
    ),
    "an earlier stage before the exemption": (f"2026-06-28{LISTED}, api_at: 2026-06-20", "fail"),
}


@pytest.mark.parametrize(("public", "outcome"), MYTHOS.values(), ids=MYTHOS)
def test_mythos_5_may_go_to_listed_organisations_from_june_27(
    checked: Checked, public: str, outcome: str
) -> None:
    """Two rows: without exemptions until June 26, with Annex A until June 30."""
    text = manifest(f"public_at: {public}", name="Mythos 5")
    assert finding(checked(text), RULE).outcome == outcome


def test_exemption_of_mythos_5_does_not_reach_fable_5(checked: Checked) -> None:
    """The letter of June 26 named Mythos 5 only."""
    text = manifest(f"public_at: 2026-06-28{LISTED}")
    assert finding(checked(text), RULE).outcome == "fail"


def test_no_exemption_of_fable_5_is_worth_looking_for(checked: Checked) -> None:
    """Its row names none, so whichever one is relied on does not help: NO-GO, not UNDETERMINED."""
    unknown = 'audience: listed_exempt_only, exemptions: {unknown: "counsel looks"}'
    report = checked(manifest(f"public_at: 2026-06-28, {unknown}"))
    assert (report.verdict, report.basis) == ("NO-GO", "binding")


NAMES = {
    "as in the register": ("Fable 5", "fail"),
    "hyphen, lower case": ("fable-5", "fail"),
    "capitals": ("FABLE 5", "fail"),
    "no space": ("Fable5", "fail"),
    "two spaces": ("Fable  5", "fail"),
    "also called": ("Claude Fable 5", "fail"),
    "also called, with hyphens": ("claude-fable-5", "fail"),
    "contains it": ("Fable 5 mini", "unknown"),
    "contains it in front": ("New Fable 5", "unknown"),
    "is contained in it": ("Fable", "unknown"),
    "contains the other row's": ("Mythos 5 mini", "unknown"),
    "another number": ("Fable 4", "pass"),
    "another name": ("Sonnet", "pass"),
}


@pytest.mark.parametrize(("name", "outcome"), NAMES.values(), ids=NAMES)
def test_names_compare_as_people_mean_them(checked: Checked, name: str, outcome: str) -> None:
    """Case, spaces and hyphens are dropped; containment is unknown, never a pass."""
    text = manifest("public_at: 2026-06-20", name=name)
    assert finding(checked(text), RULE).outcome == outcome


def test_containment_asks_whether_it_is_the_same_model(checked: Checked) -> None:
    """The one question names both models, and the answers lead to opposite verdicts."""
    report = checked(manifest("public_at: 2026-06-20", name="Fable 5 mini"))
    assert (report.verdict, report.basis) == ("UNDETERMINED", "binding")
    assert [question.fact for question in report.questions] == ["model.name"]
    assert "Fable 5 mini" in report.questions[0].ask
    assert "Fable 5." in report.questions[0].ask.replace("?", ".")
    assert sorted(verdict for _, verdict in report.questions[0].answers) == ["GO", "NO-GO"]


@pytest.mark.parametrize("name", ["Fable 5", "Fable 5 mini", "Mythos 5"])
def test_other_developers_are_unaffected(checked: Checked, name: str) -> None:
    """A directive is on one developer: another one's model of that name is free."""
    text = manifest("public_at: 2026-06-20", name=name, developer="northlight")
    assert finding(checked(text), RULE).outcome == "pass"


FRESHNESS = {
    "searched today": ("2026-11-23", "pass"),
    "29 days": ("2026-12-22", "pass"),
    "30 days": ("2026-12-23", "pass"),
    "30 days, last second": ("2026-12-23T23:59:59-05:00", "pass"),
    "31 days in Berlin, 30 in New York": ("2026-12-24T00:30:00+01:00", "pass"),
    "31 days, first second": ("2026-12-24T00:00:00-05:00", "fail"),
    "31 days": ("2026-12-24", "fail"),
    "before it was searched": ("2026-11-22", "pass"),
}


@pytest.mark.parametrize(("as_of", "outcome"), FRESHNESS.values(), ids=FRESHNESS)
def test_register_is_fresh_for_thirty_days(checked: Checked, as_of: str, outcome: str) -> None:
    """Searched on 2026-11-23; $register_max_age_days is 30."""
    text = manifest("public_at: 2026-11-25", developer="northlight")
    assert finding(checked(text, as_of=as_of), FRESH).outcome == outcome


def test_stale_register_only_warns_by_default(checked: Checked) -> None:
    """Freshness is a framework rule: it warns under standard and blocks under strict."""
    report = checked(manifest("public_at: 2026-11-25"), as_of="2026-12-24")
    assert finding(report, FRESH).effect == "warn"
    assert (dict(report.verdicts)["legal"], report.verdict) == ("GO", "GO")
    assert dict(report.verdicts)["strict"] == "NO-GO"


# 2026-11-23 plus $register_expires_days (90): 7 days of November, 31 + 31, 21 of February.
EXPIRY = {
    "as of the last day": ("2027-02-21", "public_at: 2026-11-25", "pass"),
    "as of the day after": ("2027-02-22", "public_at: 2026-11-25", "unknown"),
    "as of its first second": ("2027-02-22T00:00:00-05:00", "public_at: 2026-11-25", "unknown"),
    "the day after in Berlin only": ("2027-02-22T00:30:00+01:00", "public_at: 2026-11-25", "pass"),
    "a stage on the last day": ("2026-11-23", "public_at: 2027-02-21", "pass"),
    "in its last second": ("2026-11-23", "public_at: 2027-02-21T23:59:59-05:00", "pass"),
    "a stage at midnight after": ("2026-11-23", "public_at: 2027-02-22T00:00:00-05:00", "unknown"),
    "a stage on the day after": ("2026-11-23", "public_at: 2027-02-22", "unknown"),
    "a month that goes on beyond": ("2026-11-23", "public_at: 2027-02", "unknown"),
    "only the later stage beyond": (
        "2026-11-23",
        "api_at: 2026-12-01, public_at: 2027-02-22",
        "unknown",
    ),
}


@pytest.mark.parametrize(("as_of", "stages", "outcome"), EXPIRY.values(), ids=EXPIRY)
def test_no_row_proves_nothing_after_ninety_days(
    checked: Checked, as_of: str, stages: str, outcome: str
) -> None:
    """Complete until 2027-02-21 inclusive; after that, no row is unknown: UNDETERMINED."""
    report = checked(manifest(stages), as_of=as_of)
    assert finding(report, RULE).outcome == outcome
    assert (report.verdict == "UNDETERMINED") is (outcome == "unknown")


def test_row_found_in_an_expired_register_still_blocks(checked: Checked) -> None:
    """Expiry ends what the absence of a row proves, not what a row says."""
    report = checked(manifest("public_at: 2026-06-20"), as_of="2027-03-01")
    assert finding(report, RULE).outcome == "fail"


def test_directive_rules_never_fall_out_of_scope(checked: Checked) -> None:
    """Both are `always`: without a release they are unknown, not out of scope."""
    text = manifest("audience: us_persons_verified")
    for rule in (RULE, FRESH):
        assert finding(checked(text), rule).outcome == "unknown"
