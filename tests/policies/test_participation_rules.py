"""Who takes part, and the rules in policies/eo-14409/rules/participation.yaml."""

import pytest

from conftest import Checked, finding

FIRST = "2026-10-08T09:00:00-04:00"
NO_FRAMEWORK = "eo_14409_framework: {status: not_signed}"
SIGNED = "caisi_agreement: {status: signed, signed_on: 2026-05-05}"


def manifest(
    participation: str | None,
    *,
    developer: str = "northlight",
    first: str = FIRST,
    more: str = "",
    review: str = "",
    coverage: str = "determination: designated",
) -> str:
    """A designated model; ``participation`` None leaves the section out."""
    said = "" if participation is None else f"participation: {{{participation}}}"
    return f"""\
manifest: gonogo/1
model: {{name: N-9, version: "1.0", developer: {developer}, weights: closed}}
coverage: {{{coverage}}}
{said}
review: {{{review}}}
release: {{public_at: {first}{more}}}
"""


def caisi(signed_on: str) -> str:
    return f"caisi_agreement: {{status: signed, signed_on: {signed_on}}}, {NO_FRAMEWORK}"


# Of a covered model: pass is a participant, fail is not one.
STATED = {
    "CAISI agreement": (SIGNED, "pass"),
    "CAISI agreement, framework refused": (f"{SIGNED}, {NO_FRAMEWORK}", "pass"),
    "framework": (
        "caisi_agreement: {status: declined},"
        " eo_14409_framework: {status: signed, signed_on: 2026-08-10}",
        "pass",
    ),
    "neither": (f"caisi_agreement: {{status: not_signed}}, {NO_FRAMEWORK}", "fail"),
    "negotiating": (f"caisi_agreement: {{status: negotiating}}, {NO_FRAMEWORK}", "fail"),
    "declined": (f"caisi_agreement: {{status: declined}}, {NO_FRAMEWORK}", "fail"),
    "ended": (
        "caisi_agreement: {status: ended, signed_on: 2026-05-05, ended_on: 2026-09-01},"
        f" {NO_FRAMEWORK}",
        "fail",
    ),
    "signed without a date": (f"caisi_agreement: {{status: signed}}, {NO_FRAMEWORK}", "unknown"),
    "signed on a date unknown": (caisi('{unknown: "lost"}'), "unknown"),
    "signed before": (caisi("2026-10-07"), "pass"),
    "signed at the instant": (caisi(FIRST), "pass"),
    "signed a microsecond after": (caisi("2026-10-08T09:00:00.000001-04:00"), "fail"),
    "signed the same bare day": (caisi("2026-10-08"), "unknown"),
    "signed the day after": (caisi("2026-10-09"), "fail"),
    "signed the month before": (caisi("2026-09"), "pass"),
    "signed that month": (caisi("2026-10"), "unknown"),
    "signed the month after": (caisi("2026-11"), "fail"),
    "framework signed after": (
        "caisi_agreement: {status: not_signed},"
        " eo_14409_framework: {status: signed, signed_on: 2026-10-09}",
        "fail",
    ),
    "the Accord does not count": (
        f"caisi_agreement: {{status: not_signed}}, {NO_FRAMEWORK},"
        " accord_2026: {status: signed, signed_on: 2026-09-29}",
        "fail",
    ),
    "status unknown": (
        f'caisi_agreement: {{status: {{unknown: "counsel looks"}}}}, {NO_FRAMEWORK}',
        "unknown",
    ),
}


@pytest.mark.parametrize(("participation", "outcome"), STATED.values(), ids=STATED)
def test_participant_as_stated(checked: Checked, participation: str, outcome: str) -> None:
    """Either instrument, signed, with a date not after the first release."""
    report = checked(manifest(participation))
    assert finding(report, "developer-participates").outcome == outcome


NEITHER = f"caisi_agreement: {{status: not_signed}}, {NO_FRAMEWORK}"
FILLED = {
    "openai, nothing said": ("openai", None, FIRST, "pass"),
    "anthropic, nothing said": ("anthropic", None, FIRST, "pass"),
    "google-deepmind, nothing said": ("google-deepmind", None, FIRST, "pass"),
    "microsoft, nothing said": ("microsoft", None, FIRST, "pass"),
    "xai, nothing said": ("xai", None, FIRST, "pass"),
    "nvidia signed the Accord only": ("nvidia", None, FIRST, "unknown"),
    "openai, an empty section": ("openai", "", FIRST, "pass"),
    "openai mentions the other instrument": ("openai", NO_FRAMEWORK, FIRST, "pass"),
    "openai denies": ("openai", NEITHER, FIRST, "fail"),
    "openai mentions it without a status": (
        "openai",
        f"caisi_agreement: {{}}, {NO_FRAMEWORK}",
        FIRST,
        "unknown",
    ),
    "openai says signed, no date: the register's is not taken": (
        "openai",
        f"caisi_agreement: {{status: signed}}, {NO_FRAMEWORK}",
        FIRST,
        "unknown",
    ),
    "openai does not know": (
        "openai",
        f'caisi_agreement: {{unknown: "counsel looks"}}, {NO_FRAMEWORK}',
        FIRST,
        "unknown",
    ),
    "meta, before it was reported": ("meta", None, "2026-06-22", "unknown"),
    "meta, negotiating": ("meta", None, "2026-06-23", "fail"),
    "meta, last reported": ("meta", None, "2026-07-02", "fail"),
    "meta, since then": ("meta", None, "2026-07-03", "unknown"),
    "meta, July 3 in Berlin only": ("meta", None, "2026-07-03T00:30:00+02:00", "fail"),
}


@pytest.mark.parametrize(
    ("developer", "participation", "first", "outcome"), FILLED.values(), ids=FILLED
)
def test_register_fills_only_what_is_not_mentioned(
    checked: Checked, developer: str, participation: str | None, first: str, outcome: str
) -> None:
    """An instrument is filled whole from the row in force, or not at all."""
    report = checked(manifest(participation, developer=developer, first=first))
    assert finding(report, "developer-participates").outcome == outcome


FRAMEWORK = {
    "the first day of the order": ("2026-06-02", "fail"),
    "the day before": ("2026-08-03", "fail"),
    "its last second": ("2026-08-03T23:59:59-04:00", "fail"),
    "August 4 in Berlin only": ("2026-08-04T00:30:00+02:00", "fail"),
    "the first second of the day": ("2026-08-04T00:00:00-04:00", "unknown"),
    "the day": ("2026-08-04", "unknown"),
    "the month that holds both": ("2026-08", "unknown"),
    "later": (FIRST, "unknown"),
}


@pytest.mark.parametrize("developer", ["northlight", "openai", "amazon"])
@pytest.mark.parametrize(("first", "outcome"), FRAMEWORK.values(), ids=FRAMEWORK)
def test_nobody_was_in_the_framework_before_it_existed(
    checked: Checked, developer: str, first: str, outcome: str
) -> None:
    """Not signed for any developer until 2026-08-03; no list is public, so unknown after."""
    text = manifest("caisi_agreement: {status: declined}", developer=developer, first=first)
    assert finding(checked(text), "developer-participates").outcome == outcome


def test_participation_is_asked_only_of_covered_models(checked: Checked) -> None:
    """Not designated: nothing to take part in."""
    report = checked(manifest(NEITHER, coverage="determination: not_designated"))
    assert finding(report, "developer-participates").outcome == "not_applicable"


ON_RECORD = {
    "signed, says signed": ("openai", SIGNED, FIRST, "pass"),
    "signed, says it on another date": (
        "openai",
        "caisi_agreement: {status: signed, signed_on: 2026-01-01}",
        FIRST,
        "pass",
    ),
    "signed, says negotiating": (
        "openai",
        "caisi_agreement: {status: negotiating}",
        FIRST,
        "fail",
    ),
    "signed, says declined": ("xai", "caisi_agreement: {status: declined}", FIRST, "fail"),
    "signed, says not signed": (
        "microsoft",
        "caisi_agreement: {status: not_signed}",
        FIRST,
        "fail",
    ),
    "signed, says ended": (
        "anthropic",
        "caisi_agreement: {status: ended, ended_on: 2026-09-01}",
        FIRST,
        "fail",
    ),
    "signed, not mentioned": ("openai", None, FIRST, "not_applicable"),
    "signed, mentioned without a status": (
        "openai",
        "caisi_agreement: {signed_on: 2024-08}",
        FIRST,
        "not_applicable",
    ),
    "signed, status unknown": (
        "openai",
        'caisi_agreement: {status: {unknown: "counsel looks"}}',
        FIRST,
        "not_applicable",
    ),
    "signed, another instrument denied": ("openai", NO_FRAMEWORK, FIRST, "not_applicable"),
    "not on record": ("northlight", NEITHER, FIRST, "not_applicable"),
    "negotiating on record, says signed": ("meta", SIGNED, "2026-06-25", "not_applicable"),
    "negotiating on record, says declined": (
        "meta",
        "caisi_agreement: {status: declined}",
        "2026-06-25",
        "not_applicable",
    ),
    "framework not signed on record, says signed": (
        "openai",
        "eo_14409_framework: {status: signed, signed_on: 2026-07-01}",
        "2026-07-20",
        "not_applicable",
    ),
    "Accord denied the day before": (
        "nvidia",
        "accord_2026: {status: not_signed}",
        "2026-09-28T23:59:59-04:00",
        "not_applicable",
    ),
    "Accord denied that day": ("nvidia", "accord_2026: {status: not_signed}", "2026-09-29", "fail"),
    "Accord denied by one who did not sign": (
        "microsoft",
        "accord_2026: {status: not_signed}",
        FIRST,
        "not_applicable",
    ),
    "Accord stated": (
        "google-deepmind",
        "accord_2026: {status: signed, signed_on: 2026-09-29}",
        FIRST,
        "pass",
    ),
    "one instrument agrees, the other does not": (
        "openai",
        f"{SIGNED}, accord_2026: {{status: declined}}",
        FIRST,
        "fail",
    ),
    "Accord denied, perhaps in force": (
        "openai",
        "accord_2026: {status: not_signed}",
        "2026-09",
        "unknown",
    ),
}


@pytest.mark.parametrize(
    ("developer", "participation", "first", "outcome"), ON_RECORD.values(), ids=ON_RECORD
)
def test_register_agrees(
    checked: Checked, developer: str, participation: str | None, first: str, outcome: str
) -> None:
    """What the register has as signed, the manifest does not deny; saying more is no fault."""
    report = checked(manifest(participation, developer=developer, first=first))
    assert finding(report, "register-agrees").outcome == outcome


STARTED = "2026-09-01T09:00:00-04:00"
TWO = (
    "caisi_agreement: {status: signed, signed_on: 2026-09-15},"
    " eo_14409_framework: {status: signed, signed_on: 2026-08-10}"
)
ACCESS = {
    "signed before": (SIGNED, STARTED, "pass"),
    "signed at the instant": (caisi(STARTED), STARTED, "pass"),
    "signed a second after": (caisi("2026-09-01T09:00:01-04:00"), STARTED, "fail"),
    "signed the day after": (caisi("2026-09-02"), STARTED, "fail"),
    "signed the same bare day": (caisi("2026-09-01"), STARTED, "unknown"),
    "signed that month": (caisi("2026-09"), STARTED, "unknown"),
    "the other one before": (TWO, STARTED, "pass"),
    "register: August 2024": (None, STARTED, "pass"),
    "access not stated": (caisi("2026-09-02"), "null", "not_applicable"),
    "no participant": (NEITHER, STARTED, "not_applicable"),
}


@pytest.mark.parametrize(("participation", "access", "outcome"), ACCESS.values(), ids=ACCESS)
def test_agreement_before_access(
    checked: Checked, participation: str | None, access: str, outcome: str
) -> None:
    """An instrument was signed not after government access began."""
    developer = "openai" if participation is None else "northlight"
    review = f"access_started_at: {access}"
    report = checked(manifest(participation, developer=developer, review=review))
    assert finding(report, "agreement-before-access").outcome == outcome


def test_agreed_days_without_an_agreement_had_access_first(checked: Checked) -> None:
    """Agreed days alone bring the review into scope, and no instrument was signed."""
    text = manifest(NEITHER, review="access_started_at: 2026-09-01, agreed_days: 30")
    assert finding(checked(text), "agreement-before-access").outcome == "fail"


CHOSEN = "partners_selected_with_government"
PARTNERS = {
    "preview, together": (f", limited_preview_at: 2026-10-01, {CHOSEN}: true", "pass"),
    "preview, alone": (f", limited_preview_at: 2026-10-01, {CHOSEN}: false", "fail"),
    "partners, together": (f", trusted_partners_at: 2026-10-01, {CHOSEN}: true", "pass"),
    "partners, alone": (f", trusted_partners_at: 2026-10-01, {CHOSEN}: false", "fail"),
    "partners after the public, alone": (
        f", trusted_partners_at: 2026-12-01, {CHOSEN}: false",
        "fail",
    ),
    "not said": (", trusted_partners_at: 2026-10-01", "unknown"),
    "said unknown": (
        f', limited_preview_at: 2026-10-01, {CHOSEN}: {{unknown: "asking"}}',
        "unknown",
    ),
    "neither stage": (f", {CHOSEN}: false", "not_applicable"),
    "an API is neither": (f", api_at: 2026-10-01, {CHOSEN}: false", "not_applicable"),
}


@pytest.mark.parametrize(("more", "outcome"), PARTNERS.values(), ids=PARTNERS)
def test_partners_selected_with_government(checked: Checked, more: str, outcome: str) -> None:
    """Asked only where a preview or a partner stage is stated."""
    report = checked(manifest(NEITHER, more=more))
    assert finding(report, "partners-selected-with-government").outcome == outcome
