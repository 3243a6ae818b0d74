"""Claims as statements and back: nothing is lost, and nothing can be said beside the claim."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonogo.attestation.claim import Claim, Configured, RuleClaim, Subject
from gonogo.attestation.comparing import contradictions, differences
from gonogo.attestation.reading import read_statement
from gonogo.attestation.statement import Predicate, policy_digest, statement, written
from gonogo.diagnostics import InputError

A, B, C = "a" * 64, "b" * 64, "c" * 64
CLAIM = Claim(
    "GO",
    "standard",
    "2026-09-30",
    "2026-10-01T03:59:59Z",
    "0.1.0",
    "pkg:generic/northlight/N-9@1.0",
    (Subject("manifest", "", "release.yaml", A), Subject("evidence", "receipt", "e/r.pdf", B)),
    (Configured("pack", "eo", "2026.1", C), Configured("profiles", "profiles.yaml", "", A)),
    (
        RuleClaim("eo/held", "block", "pass"),
        RuleClaim("eo/settled", "warn", "pass"),
        RuleClaim("eo/history", "note", "fail"),
        RuleClaim("eo/later", "block", "not_in_force"),
    ),
)

_WORDS = st.text(st.characters(blacklist_categories=["Cc", "Cs"]), min_size=1, max_size=30)
_DIGESTS = st.text("0123456789abcdef", min_size=64, max_size=64)
_SUBJECTS = st.lists(st.builds(Subject, st.just("evidence"), _WORDS, _WORDS, _DIGESTS), max_size=4)
CLAIMS = st.builds(
    Claim,
    st.sampled_from(["GO", "NO-GO", "UNDETERMINED"]),
    _WORDS,
    st.sampled_from(["2026-09-30", "2026-09-30T10:00:00.25-04:00"]),
    _WORDS,
    _WORDS,
    _WORDS,
    st.builds(
        lambda name, digest, others: (Subject("manifest", "", name, digest), *others),
        _WORDS,
        _DIGESTS,
        _SUBJECTS,
    ),
    st.lists(st.builds(Configured, _WORDS, _WORDS, _WORDS, _DIGESTS), max_size=4).map(tuple),
    st.lists(
        st.builds(
            RuleClaim,
            _WORDS,
            st.sampled_from(["block", "warn", "note"]),
            st.sampled_from(
                ["pass", "fail", "unknown", "waived", "not_applicable", "not_in_force"]
            ),
        ),
        max_size=6,
        unique_by=lambda rule: rule.rule,
    ).map(tuple),
)


def with_rules(verdict: str, *rules: tuple[str, str]) -> Any:
    """The predicate of a test result over rules named r0, r1 and so on."""
    said = tuple(RuleClaim(f"r{n}", effect, outcome) for n, (effect, outcome) in enumerate(rules))
    return statement(CLAIM._replace(verdict=verdict, rules=said), Predicate.TEST_RESULT)[
        "predicate"
    ]


@given(CLAIMS, st.sampled_from(Predicate))
def test_what_is_written_is_read_back_whole(claim: Claim, predicate: Predicate) -> None:
    stated = read_statement(written(statement(claim, predicate)), "s.json")

    assert stated.claim == claim
    assert stated.predicate is predicate
    assert contradictions(stated) == []


def test_a_test_result_as_the_format_says() -> None:
    """in-toto, spec/predicates/test-result.md and spec/v1/statement.md."""
    data = statement(CLAIM, Predicate.TEST_RESULT)

    assert data["_type"] == "https://in-toto.io/Statement/v1"
    assert data["predicateType"] == "https://in-toto.io/attestation/test-result/v0.1"
    assert [(each["name"], each["digest"]) for each in data["subject"]] == [
        ("release.yaml", {"sha256": A}),
        ("e/r.pdf", {"sha256": B}),
    ]
    predicate = data["predicate"]
    assert predicate["result"] == "PASSED"
    assert predicate["passedTests"] == ["eo/held", "eo/settled"]
    assert predicate["warnedTests"] == []
    assert predicate["failedTests"] == []
    pinned = [(each["name"], each.get("digest")) for each in predicate["configuration"]]
    assert pinned == [
        ("gonogo", None),
        ("eo", {"sha256": C}),
        ("profiles.yaml", {"sha256": A}),
    ]


@pytest.mark.parametrize(
    ("verdict", "rules", "result", "warned", "failed"),
    [
        ("GO", [("block", "pass"), ("warn", "pass")], "PASSED", [], []),
        ("GO", [("block", "pass"), ("warn", "fail")], "WARNED", ["r1"], []),
        ("GO", [("block", "pass"), ("warn", "unknown")], "WARNED", ["r1"], []),
        ("GO", [("block", "waived")], "WARNED", ["r0"], []),
        ("GO", [("block", "pass"), ("note", "fail")], "PASSED", [], []),
        ("NO-GO", [("block", "fail"), ("warn", "fail")], "FAILED", ["r1"], ["r0"]),
        ("UNDETERMINED", [("block", "unknown")], "FAILED", [], ["r0"]),
        ("UNDETERMINED", [("block", "not_in_force")], "FAILED", [], []),
    ],
)
def test_only_go_passes(
    verdict: str, rules: list[tuple[str, str]], result: str, warned: list[str], failed: list[str]
) -> None:
    predicate = with_rules(verdict, *rules)

    assert predicate["result"] == result
    assert predicate["warnedTests"] == warned
    assert predicate["failedTests"] == failed
    assert not set(predicate["passedTests"]) & {*warned, *failed}


@pytest.mark.parametrize("verdict", ["GO", "NO-GO", "UNDETERMINED"])
def test_a_summary_as_slsa_says(verdict: str) -> None:
    """https://slsa.dev/spec/v1.0/verification_summary: PASSED or FAILED, and levels to match."""
    predicate = statement(CLAIM._replace(verdict=verdict), Predicate.SUMMARY)["predicate"]

    passes = verdict == "GO"
    assert predicate["verificationResult"] == ("PASSED" if passes else "FAILED")
    assert predicate["verifiedLevels"] == (["GONOGO_GO_STANDARD"] if passes else ["FAILED"])
    assert predicate["timeVerified"] == "2026-10-01T03:59:59Z"
    assert predicate["resourceUri"] == "pkg:generic/northlight/N-9@1.0"
    assert predicate["policy"]["digest"] == {"sha256": policy_digest(CLAIM.configuration)}


def test_the_digest_of_a_policy_can_be_made_with_sha256sum() -> None:
    """`printf '%s  eo\\n%s  profiles.yaml\\n' c… a… | sort | sha256sum`."""
    assert policy_digest(CLAIM.configuration) == (
        "8b0a0f61a56c22905b6bd16557e1896905037fc40d51dfcd3752edef97752008"
    )


def test_equal_claims_differ_in_nothing() -> None:
    assert differences(CLAIM, CLAIM) == []


@pytest.mark.parametrize(
    ("found", "whats"),
    [
        (CLAIM._replace(verdict="NO-GO"), ["verdict"]),
        (CLAIM._replace(profile="legal"), ["profile"]),
        (CLAIM._replace(instant="2026-10-01T04:59:59Z"), ["as-of instant"]),
        (CLAIM._replace(release="pkg:generic/x/y@1"), ["release"]),
        (CLAIM._replace(tool="9.9"), []),
        (CLAIM._replace(subjects=(CLAIM.subjects[0],)), ["evidence receipt"]),
        (
            CLAIM._replace(subjects=(CLAIM.subjects[0]._replace(sha256=B), CLAIM.subjects[1])),
            ["manifest"],
        ),
        (
            CLAIM._replace(
                configuration=(
                    CLAIM.configuration[0]._replace(version="2"),
                    CLAIM.configuration[1]._replace(sha256=B),
                )
            ),
            ["profiles profiles.yaml", "version of pack eo"],
        ),
        (
            CLAIM._replace(rules=(*CLAIM.rules[:3], CLAIM.rules[3]._replace(outcome="fail"))),
            ["rule eo/later"],
        ),
        (
            CLAIM._replace(rules=(CLAIM.rules[0]._replace(effect="warn"), *CLAIM.rules[1:])),
            ["rule eo/held"],
        ),
        (CLAIM._replace(rules=CLAIM.rules[1:]), ["rule eo/held"]),
    ],
)
def test_each_part_that_differs_is_named(found: Claim, whats: list[str]) -> None:
    assert [each.what for each in differences(CLAIM, found)] == whats
    assert [each.what for each in differences(found, CLAIM)] == whats


def test_the_name_of_a_file_is_no_difference() -> None:
    """The manifest may lie elsewhere now; its bytes count."""
    moved = CLAIM.subjects[0]._replace(name="elsewhere/release.yaml")

    assert differences(CLAIM, CLAIM._replace(subjects=(moved, CLAIM.subjects[1]))) == []


_FORGED_SUBJECT = CLAIM.subjects[1]._replace(sha256=C)
_FORGED_PACK = CLAIM.configuration[0]._replace(sha256=A)


@pytest.mark.parametrize(
    "forged",
    [
        CLAIM._replace(subjects=(_FORGED_SUBJECT, *CLAIM.subjects)),
        CLAIM._replace(configuration=(_FORGED_PACK, *CLAIM.configuration)),
    ],
    ids=["subject", "configuration"],
)
def test_a_second_entry_of_a_name_is_a_difference(forged: Claim) -> None:
    """Or a forged one could stand before the true one."""
    assert differences(forged, CLAIM) != []


def _set(data: Any, path: list[str | int], value: object) -> Any:
    changed = copy.deepcopy(data)
    inner = changed
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return changed


@pytest.mark.parametrize(
    ("predicate", "path", "value", "what"),
    [
        (Predicate.TEST_RESULT, ["predicate", "result"], "WARNED", "predicate.result"),
        (Predicate.TEST_RESULT, ["predicate", "passedTests"], [], "predicate.passedTests"),
        (Predicate.TEST_RESULT, ["predicate", "failedTests"], ["x"], "predicate.failedTests"),
        (Predicate.TEST_RESULT, ["predicate", "url"], "https://x.invalid", "predicate.url"),
        (Predicate.TEST_RESULT, ["extra"], "x", "extra"),
        (
            Predicate.SUMMARY,
            ["predicate", "verificationResult"],
            "FAILED",
            "predicate.verificationResult",
        ),
        (
            Predicate.SUMMARY,
            ["predicate", "verifiedLevels"],
            ["SLSA_BUILD_LEVEL_3"],
            "predicate.verifiedLevels",
        ),
        (
            Predicate.SUMMARY,
            ["predicate", "timeVerified"],
            "2026-01-01T00:00:00Z",
            "predicate.timeVerified",
        ),
        (
            Predicate.SUMMARY,
            ["predicate", "policy", "digest", "sha256"],
            A,
            "predicate.policy.digest.sha256",
        ),
        (Predicate.SUMMARY, ["predicate", "resourceUri"], "pkg:x/y", "predicate.resourceUri"),
        (Predicate.SUMMARY, ["predicate", "verifier", "id"], "me", "predicate.verifier.id"),
    ],
)
def test_what_does_not_follow_from_the_claim_is_named(
    predicate: Predicate, path: list[str | int], value: object, what: str
) -> None:
    """A tool that reads only those fields would be told something that nobody recomputed."""
    data = _set(statement(CLAIM, predicate), path, value)

    stated = read_statement(json.dumps(data).encode(), "s.json")

    assert [each.what for each in contradictions(stated)] == [what]


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (["_type"], "https://in-toto.io/Statement/v0.1", "is not an in-toto statement"),
        (["predicateType"], "https://slsa.dev/provenance/v1", "not a predicate type"),
        (["subject"], [], "exactly one must be the manifest"),
        (["subject"], {}, "`subject` is not a list"),
        (["subject", 1, "annotations", "kind"], "manifest", "exactly one must be the manifest"),
        (["subject", 0, "digest"], {"sha256": A, "sha512": "x"}, "exactly `sha256` is expected"),
        (["subject", 0, "digest"], {"sha1": "x"}, "exactly `sha256` is expected"),
        (["subject", 0, "digest", "sha256"], A.upper(), "is not a SHA-256"),
        (["predicate", "configuration"], [], "the first must be `gonogo`"),
        (["predicate", "configuration", 0, "annotations", "as_of"], "2026-09", "is no date"),
        (["predicate", "configuration", 0, "annotations", "as_of"], "soon", "is no date"),
        (["predicate", "configuration", 0, "annotations", "verdict"], 1, "is not a text"),
        (["predicate", "configuration", 1, "annotations"], [], "is not a JSON object"),
    ],
)
def test_what_gonogo_would_not_write_is_refused(
    path: list[str | int], value: object, words: str
) -> None:
    data = _set(statement(CLAIM, Predicate.TEST_RESULT), path, value)

    with pytest.raises(InputError, match=words):
        read_statement(json.dumps(data, indent=1).encode(), "s.json")


def test_each_part_that_is_missing_is_refused_with_its_place() -> None:
    """Whatever key of the claim is taken away."""
    whole = statement(CLAIM, Predicate.TEST_RESULT)
    notes = whole["predicate"]["configuration"][0]["annotations"]
    for key in notes:
        data = copy.deepcopy(whole)
        del data["predicate"]["configuration"][0]["annotations"][key]
        with pytest.raises(InputError, match=rf"s.json:\d+:\d+: `{key}` is missing"):
            read_statement(json.dumps(data, indent=1).encode(), "s.json")
