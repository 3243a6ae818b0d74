"""What each state of a file means for a rule that asks for evidence, and for the verdict."""

import pytest

from gonogo.check import check
from gonogo.library import Library
from gonogo.manifests.facts import EvidenceState, Facts, Manifest
from gonogo.packs.policy import Pack
from gonogo.reporting.report import Report
from strategies import at, read_for

# Fourteen days are agreed and kept: enough if the agreement is evidenced, else thirty are needed.
STORY = """\
manifest: gonogo/1
model: {name: N-9, version: "1.0", developer: northlight, weights: closed}
coverage: {determination: designated, determined_by: nsa_director, determined_at: 2026-08-28}
participation: {eo_14409_framework: {status: signed, signed_on: 2026-08-10}}
review: {access_started_at: 2026-11-05, agreed_days: 14}
release: {public_at: 2026-11-25, audience: us_persons_verified}
evidence:
  - {id: deal, kind: agreement, path: deal.pdf, sha256: DIGEST, supports: [review.agreed_days]}
  - {id: more, kind: other, path: more.pdf, sha256: DIGEST}
""".replace("DIGEST", "a" * 64)
VERIFIED, MISMATCH, MISSING, DECLARED = (
    EvidenceState.VERIFIED,
    EvidenceState.MISMATCH,
    EvidenceState.MISSING,
    EvidenceState.DECLARED,
)
RULE, OWN = "eo-14409/review-window-held", "gonogo/evidence-matches"


def with_states(manifest: Manifest, deal: EvidenceState, more: EvidenceState) -> Manifest:
    one, other = manifest.facts.evidence
    facts: Facts = manifest.facts._replace(
        evidence=(one._replace(state=deal), other._replace(state=more))
    )
    return manifest._replace(facts=facts)


# The state of the agreement and of a file that no rule asks for; then the outcome of the window,
# that of gonogo's own rule (which is silent where nothing is wrong), and the verdict.
STATES = {
    "all there": (VERIFIED, VERIFIED, "pass", None, "GO"),
    "another agreement": (MISMATCH, VERIFIED, "fail", "fail", "NO-GO"),
    "no agreement": (MISSING, VERIFIED, "unknown", "unknown", "UNDETERMINED"),
    "nobody looked": (DECLARED, VERIFIED, "unknown", None, "UNDETERMINED"),
    "another file that none asks for": (VERIFIED, MISMATCH, "pass", "fail", "NO-GO"),
    "no file that none asks for": (VERIFIED, MISSING, "pass", "unknown", "UNDETERMINED"),
    "one other, one gone": (MISMATCH, MISSING, "fail", "fail", "NO-GO"),
    "declared only, none asks for it": (VERIFIED, DECLARED, "pass", None, "GO"),
}


def report(manifest: Manifest, pack: Pack, library: Library, profile: str = "standard") -> Report:
    return check(manifest, (pack,), library.profiles()[0], profile, at("2026-11-23"))


@pytest.mark.parametrize(
    ("deal", "more", "window", "own", "verdict"), STATES.values(), ids=list(STATES)
)
def test_each_state(
    deal: EvidenceState,
    more: EvidenceState,
    window: str,
    own: str | None,
    verdict: str,
    eo_pack: Pack,
    library: Library,
) -> None:
    manifest = with_states(read_for(STORY, eo_pack), deal, more)
    found = report(manifest, eo_pack, library)
    outcomes = {finding.rule: finding.outcome for finding in found.findings}

    assert (outcomes[RULE], outcomes.get(OWN), found.verdict) == (window, own, verdict)


@pytest.mark.parametrize("profile", ["legal", "standard", "strict"])
def test_a_wrong_file_is_no_go_under_every_profile(
    profile: str, eo_pack: Pack, library: Library
) -> None:
    manifest = with_states(read_for(STORY, eo_pack), VERIFIED, MISMATCH)
    found = report(manifest, eo_pack, library, profile)

    assert (found.verdict, found.basis) == ("NO-GO", "house")
    assert set(dict(found.verdicts).values()) == {"NO-GO"}


def test_a_wrong_file_is_no_go_without_a_dated_release(eo_pack: Pack, library: Library) -> None:
    story = STORY.replace("public_at: 2026-11-25, ", "")
    manifest = with_states(read_for(story, eo_pack), VERIFIED, MISMATCH)

    assert report(manifest, eo_pack, library).verdict == "NO-GO"


@pytest.mark.parametrize("spelling", ["supports", "evidence"])
def test_a_missing_file_asks_for_no_fact(spelling: str, eo_pack: Pack, library: Library) -> None:
    """The notice is stated, on a bare date: what is lacking is its file, not its day."""
    notice = "completion_notice_at: 2026-11-20"
    if spelling == "evidence":
        notice = "completion_notice_at: {value: 2026-11-20, evidence: [deal]}"
    story = STORY.replace("agreed_days: 14", notice).replace(
        "review.agreed_days", "review.completion_notice_at"
    )
    manifest = with_states(read_for(story, eo_pack), MISSING, VERIFIED)
    found = report(manifest, eo_pack, library)

    assert found.verdict == "UNDETERMINED"
    assert "review.completion_notice_at" not in {question.fact for question in found.questions}
