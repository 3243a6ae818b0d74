"""Whole manifests under the EO 14409 pack: verdict, basis, profiles, counts, wording."""

import json
import re
from collections import Counter

import pytest

from conftest import Checked, finding
from gonogo.exits import ExitCode, exit_code, worst
from gonogo.packs.policy import Pack
from gonogo.render import json_v1, text

PROFILES = ("legal", "standard", "strict")
GO, NO_GO, OPEN = "GO", "NO-GO", "UNDETERMINED"
SHA = "a" * 64


def manifest(model: str, *sections: str) -> str:
    return "\n".join(("manifest: gonogo/1", f"model: {{{model}}}", *sections, ""))


NORTHLIGHT = 'name: N-9, version: "1.0", developer: northlight, weights: closed'
OPENAI = 'name: N-9, version: "1.0", developer: openai, weights: closed'
FABLE = 'name: Fable 5, version: "1.0", developer: anthropic, weights: closed'
SIGNED = "participation: {caisi_agreement: {status: signed, signed_on: 2026-05-05}}"
REFUSED = (
    "participation: {caisi_agreement: {status: not_signed},"
    " eo_14409_framework: {status: not_signed}}"
)
DETERMINED = (
    "coverage: {determination: designated, determined_by: nsa_director,"
    " determined_at: 2026-08-28, government_engaged_at: 2026-07-01}"
)
FREE = "coverage: {determination: not_designated, determined_by: nsa_director}"
PROTECTED = (
    "protections: {confidentiality: true, cybersecurity: true, insider_risk: true,"
    " intellectual_property: true}"
)
HELD = (
    "review: {access_started_at: 2026-09-01T09:00:00-04:00,"
    f" access_ended_at: 2026-10-01T08:00:00-04:00, {PROTECTED}}}"
)
STAGES = (
    "release: {trusted_partners_at: 2026-10-01T09:00:00-04:00,"
    " public_at: 2026-10-08T09:00:00-04:00, partners_selected_with_government: true}"
)
ALONE = STAGES.replace("true}", "false}")
CLEAN = manifest(
    f"{NORTHLIGHT}, training_compute_flop: 3e26, capability: {{cyber: high}}",
    DETERMINED,
    SIGNED,
    HELD,
    STAGES,
)
LATE = "review: {access_started_at: 2026-11-15}\nrelease: {public_at: 2026-11-25}"

# What each profile says, the basis under standard, and why.
STORIES = {
    "day 30 held, everything recorded": (CLEAN, (GO, GO, GO), None),
    "partners on day 29: own commitment": (
        CLEAN.replace("partners_at: 2026-10-01T09:00:00", "partners_at: 2026-09-30T23:59:00"),
        (GO, NO_GO, NO_GO),
        "commitment",
    ),
    "partners chosen alone: described, not required": (
        CLEAN.replace(STAGES, ALONE),
        (GO, GO, NO_GO),
        None,
    ),
    "protections not recorded: open only under strict": (
        CLEAN.replace(f", {PROTECTED}", ""),
        (GO, GO, OPEN),
        None,
    ),
    "ten of thirty days": (
        manifest(f"{OPENAI}, training_compute_flop: 3e26", LATE),
        (GO, NO_GO, NO_GO),
        "commitment",
    ),
    "nothing says whether it is covered": (manifest(OPENAI, LATE), (GO, OPEN, OPEN), "commitment"),
    "the manifest denies a signed agreement": (
        manifest(OPENAI, FREE, REFUSED, "release: {public_at: 2026-10-08}"),
        (GO, NO_GO, NO_GO),
        "commitment",
    ),
    "no participant, nothing known: no duty": (
        manifest(NORTHLIGHT, REFUSED, "release: {public_at: 2026-10-05}"),
        (GO, GO, OPEN),
        None,
    ),
    "no participant, covered: no duty": (
        manifest(NORTHLIGHT, DETERMINED, REFUSED, "release: {public_at: 2026-10-05}"),
        (GO, GO, NO_GO),
        None,
    ),
    "3e26 FLOP, not designated": (
        manifest(
            f"{NORTHLIGHT}, training_compute_flop: 3e26",
            FREE,
            REFUSED,
            "release: {public_at: 2026-10-05}",
        ),
        (GO, GO, GO),
        None,
    ),
    "open weights after August 4": (
        manifest(
            NORTHLIGHT.replace("closed", "open"),
            SIGNED,
            "release: {weights_at: 2026-09-15T10:00:00-04:00}",
        ),
        (GO, GO, OPEN),  # a participant has not settled coverage
        None,
    ),
    "a directive": (
        manifest(FABLE, FREE, "release: {public_at: 2026-06-20, audience: unverified}"),
        (NO_GO, NO_GO, NO_GO),
        "binding",
    ),
    "a directive, US persons verified": (
        manifest(FABLE, FREE, "release: {public_at: 2026-06-20, audience: us_persons_verified}"),
        (GO, GO, OPEN),  # a participant whose screening is not recorded
        None,
    ),
    "binding fails while a commitment is open: NO-GO": (
        manifest(FABLE, "release: {public_at: 2026-06-20}"),
        (NO_GO, NO_GO, NO_GO),
        "binding",
    ),
    "a commitment fails while binding is open: NO-GO": (
        manifest(
            FABLE.replace("Fable 5", "Fable 5 mini"),
            "coverage: {determination: designated}",
            "review: {access_started_at: 2026-06-10}",
            "release: {public_at: 2026-06-20}",
        ),
        (OPEN, NO_GO, NO_GO),
        "commitment",
    ),
    "perhaps the model of a directive": (
        manifest(FABLE.replace("Fable 5", "Fable"), FREE, "release: {public_at: 2026-06-20}"),
        (OPEN, OPEN, OPEN),
        "binding",
    ),
    "the directives were searched too long ago": (
        manifest(NORTHLIGHT, FREE, REFUSED, "release: {public_at: 2027-02-22}"),
        (OPEN, OPEN, OPEN),
        "binding",
    ),
    "released before the order": (
        manifest(FABLE, "release: {public_at: 2026-06-01}"),
        (OPEN, OPEN, OPEN),
        None,
    ),
    "no release": (manifest(NORTHLIGHT, FREE, REFUSED), (OPEN, OPEN, OPEN), "binding"),
    "nothing but the model": (manifest(NORTHLIGHT), (OPEN, OPEN, OPEN), "binding"),
}
BY_STORY = pytest.mark.parametrize(
    ("story", "verdicts", "basis"), STORIES.values(), ids=STORIES.keys()
)
EACH_STORY = pytest.mark.parametrize("story", [s[0] for s in STORIES.values()], ids=STORIES.keys())


@BY_STORY
def test_verdict_and_basis(
    checked: Checked, story: str, verdicts: tuple[str, str, str], basis: str | None
) -> None:
    """Binding blocks always, commitments under standard, the framework under strict."""
    report = checked(story)
    assert tuple(dict(report.verdicts).items()) == tuple(zip(PROFILES, verdicts, strict=True))
    assert (report.verdict, report.basis) == (verdicts[1], basis)


@pytest.mark.parametrize("profile", PROFILES)
@EACH_STORY
def test_chosen_profile_is_one_of_the_verdicts(checked: Checked, story: str, profile: str) -> None:
    """Choosing a profile changes which verdict is given, never the verdicts."""
    report = checked(story, profile=profile)
    assert report.profile == profile
    assert report.verdict == dict(report.verdicts)[profile]
    assert report.verdicts == checked(story).verdicts


def test_basis_is_the_strongest_class_that_decided(checked: Checked) -> None:
    """A failed commitment under standard; under strict with failed framework rules, it still is."""
    story = STORIES["ten of thirty days"][0]
    assert checked(story, profile="strict").basis == "commitment"
    assert checked(CLEAN.replace(STAGES, ALONE), profile="strict").basis == "framework"
    assert checked(CLEAN, profile="strict").basis is None


@EACH_STORY
def test_counts_add_up_to_the_findings(checked: Checked, story: str) -> None:
    """Eighteen rules, each counted once under its outcome."""
    report = checked(story)
    outcomes = Counter(each.outcome for each in report.findings)
    assert sum(count for _, count in report.counts) == len(report.findings) == 18
    assert {name: n for name, n in report.counts if n} == outcomes


CODES = {GO: 0, NO_GO: 1, OPEN: 3}


@EACH_STORY
def test_exit_code_follows_the_verdict(checked: Checked, story: str) -> None:
    """0, 1 or 3; a verdict is never 2 or 4."""
    report = checked(story)
    assert exit_code(report.verdict) == CODES[report.verdict]


@pytest.mark.parametrize(
    ("codes", "code"),
    [
        ([0, 3, 1, 2, 4], 4),
        ([0, 3, 1, 2], 2),
        ([0, 3, 1], 1),
        ([0, 3], 3),
        ([0, 0], 0),
        ([], 4),
    ],
)
def test_worst_exit_code_of_several(codes: list[int], code: int) -> None:
    """In the order 4, 2, 1, 3, 0; nothing checked is never a GO."""
    assert worst(ExitCode(each) for each in codes) == code


@EACH_STORY
def test_no_output_claims_an_approval(checked: Checked, story: str) -> None:
    """The order knows no such status (Sec. 3(c)): these words never occur, in any case."""
    for profile in PROFILES:
        report = checked(story, profile=profile)
        outputs = (
            text.render(report),
            text.render(report, verbose=True),
            json_v1.render(report),
            json_v1.render_line(report),
        )
        for output in outputs:
            found = re.findall(r"\b(?:approved|cleared|licensed|compliant)\b", output, re.I)
            assert not found


@EACH_STORY
def test_json_carries_the_same_verdict(checked: Checked, story: str) -> None:
    """Verdict, basis, verdicts and counts reach the JSON report unchanged."""
    report = checked(story)
    data = json.loads(json_v1.render(report))
    assert (data["verdict"], data["basis"]) == (report.verdict, report.basis)
    assert data["verdicts"] == dict(report.verdicts)
    assert sum(data["counts"].values()) == len(data["findings"]) == 18


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(
    "sections", [(FREE, REFUSED), (DETERMINED, SIGNED), ()], ids=["free", "covered", "bare"]
)
def test_release_absent_asks_one_question(
    checked: Checked, sections: tuple[str, ...], profile: str
) -> None:
    """With no governing date at all the verdict is UNDETERMINED with one question."""
    report = checked(manifest(NORTHLIGHT, *sections), profile=profile)
    assert report.verdict == OPEN
    assert [question.fact for question in report.questions] == ["release.first_at"]


BEFORE = {
    "the day before": ("2026-06-01", True),
    "its last microsecond": ("2026-06-01T23:59:59.999999-04:00", True),
    "June 2 in Berlin only": ("2026-06-02T05:59:59+02:00", True),
    "the month before": ("2026-05", True),
    "midnight": ("2026-06-02T00:00:00-04:00", False),
    "midnight as Berlin writes it": ("2026-06-02T06:00:00+02:00", False),
    "June 1 in Los Angeles only": ("2026-06-01T21:00:00-07:00", False),
    "the day": ("2026-06-02", False),
}


@pytest.mark.parametrize(("first", "before"), BEFORE.values(), ids=BEFORE)
def test_every_rule_is_in_force_from_june_2(
    checked: Checked, eo_pack: Pack, first: str, before: bool
) -> None:
    """Before it all eighteen are out of force, which is UNDETERMINED; on the day none is."""
    report = checked(manifest(NORTHLIGHT, FREE, REFUSED, f"release: {{public_at: {first}}}"))
    outside = [each.rule for each in report.findings if each.outcome == "not_in_force"]
    assert len(outside) == (len(eo_pack.rules) if before else 0)
    assert (report.verdict, report.basis) == ((OPEN if before else GO), None)


def test_out_of_force_says_from_when(checked: Checked) -> None:
    """The reason names the day from which the rule is in force."""
    report = checked(manifest(NORTHLIGHT, "release: {public_at: 2026-06-01}"))
    assert "2026-06-02" in finding(report, "review-window-held").reason


@pytest.mark.parametrize(
    ("public", "outcome"), [("2026-06", "unknown"), ("2026-05", "not_in_force")]
)
def test_rule_partly_in_force_never_fails(checked: Checked, public: str, outcome: str) -> None:
    """A month that begins before the order: a certain fail becomes unknown."""
    review = "review: {access_started_at: 2026-08-01}"
    report = checked(
        manifest(
            OPENAI,
            DETERMINED.replace("2026-08-28", "2026-05-01"),
            review,
            f"release: {{public_at: {public}}}",
        )
    )
    assert finding(report, "review-window-held").outcome == outcome


EFFECTS = {
    "legal": ("block", "note", "note", "note"),
    "standard": ("block", "block", "warn", "note"),
    "strict": ("block", "block", "block", "note"),
}


@pytest.mark.parametrize(("profile", "effects"), EFFECTS.items(), ids=EFFECTS)
def test_effect_of_each_class(
    checked: Checked, profile: str, effects: tuple[str, str, str, str]
) -> None:
    """What each profile makes of binding, commitment, framework and reference rules."""
    report = checked(CLEAN, profile=profile)
    found = {each.rule_class: each.effect for each in report.findings}
    classes = ("binding", "commitment", "framework", "reference")
    assert found == dict(zip(classes, effects, strict=True))


def test_review_window_ended_by_a_notice_names_its_evidence(checked: Checked) -> None:
    """A notice whose file was verified ends the window on day 10."""
    story = manifest(
        NORTHLIGHT,
        DETERMINED,
        SIGNED,
        "review: {access_started_at: 2026-09-01, completion_notice_at: 2026-09-10}",
        "release: {public_at: 2026-09-11}",
        f"evidence: [{{id: note, kind: completion_notice, sha256: {SHA},"
        " supports: [review.completion_notice_at]}]",
    )
    report = checked(story)
    assert report.verdict == GO
    assert [(item.id, item.state.value) for item in report.evidence] == [("note", "verified")]
    assert ("review window", "ended by notice") in [(h.label, h.value) for h in report.headline]


HEADLINES = {
    "designated": (CLEAN, "designated", "signed", "30 of 30 days"),
    "ten of thirty": (STORIES["ten of thirty days"][0], "presumed", "signed", "10 of 30 days"),
    "free": (STORIES["3e26 FLOP, not designated"][0], "not designated", "none", "does not apply"),
}


@pytest.mark.parametrize(
    ("story", "model", "participation", "window"), HEADLINES.values(), ids=HEADLINES
)
def test_headline(
    checked: Checked, story: str, model: str, participation: str, window: str
) -> None:
    """The three lines that a reader sees first."""
    report = checked(story)
    found = {each.label: each.value for each in report.headline}
    assert found == {
        "frontier model": model,
        "participation": participation,
        "review window": window,
    }
