"""A claim as an in-toto Statement v1: a test result, or a SLSA verification summary.

Both carry the whole claim, so that either can be recomputed: the first beside its configuration,
the second beside its policy. The other fields follow from it, for tools that know only the format.
"""

from collections.abc import Sequence
from enum import Enum
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from gonogo.attestation.claim import PACK, Claim, Configured, Subject
from gonogo.render.json_text import json_text

Data = dict[str, Any]

STATEMENT = "https://in-toto.io/Statement/v1"
TOOL = "gonogo"
VERIFIER = "https://gonogo.invalid/verifier"
_POLICY = "https://gonogo.invalid/policy"


class Predicate(Enum):
    """The kinds of statement, by the predicate type that marks them."""

    TEST_RESULT = "https://in-toto.io/attestation/test-result/v0.1"
    SUMMARY = "https://slsa.dev/verification_summary/v1"


def statement(claim: Claim, predicate: Predicate) -> Data:
    """The statement as JSON data. Equal claims give equal statements."""
    match predicate:
        case Predicate.TEST_RESULT:
            body = _test_result(claim)
        case Predicate.SUMMARY:
            body = _summary(claim)
    return {
        "_type": STATEMENT,
        "subject": [_subject(each) for each in claim.subjects],
        "predicateType": predicate.value,
        "predicate": body,
    }


def written(data: Data) -> bytes:
    """JSON data as a file. Only ASCII, and no `##`, which logs read as a command."""
    return json_text(data).encode()


def _subject(subject: Subject) -> Data:
    named = {"kind": subject.kind, **({"id": subject.id} if subject.id else {})}
    return {"name": subject.name, "digest": {"sha256": subject.sha256}, "annotations": named}


def _test_result(claim: Claim) -> Data:
    passed, warned, failed = _tests(claim)
    tool = {
        "name": TOOL,
        "uri": f"pkg:generic/{TOOL}@{claim.tool}",
        "annotations": _annotations(claim),
    }
    return {
        "result": _result(claim, warned),
        "configuration": [tool, *map(descriptor, claim.configuration)],
        "passedTests": passed,
        "warnedTests": warned,
        "failedTests": failed,
    }


def _summary(claim: Claim) -> Data:
    """What is not GO has failed: the format knows nothing between."""
    is_go = claim.verdict == "GO"
    packs = [f"{each.name}@{each.version}" for each in claim.configuration if each.kind == PACK]
    query = urlencode([*(("pack", pack) for pack in packs), ("profile", claim.profile)])
    configuration = [descriptor(each) for each in claim.configuration]
    return {
        "verifier": {"id": VERIFIER, "version": {TOOL: claim.tool}},
        "timeVerified": claim.instant,
        "resourceUri": claim.release,
        "policy": {
            "uri": f"{_POLICY}?{query}",
            "digest": {"sha256": policy_digest(claim.configuration)},
            "annotations": {**_annotations(claim), "configuration": configuration},
        },
        "verificationResult": "PASSED" if is_go else "FAILED",
        "verifiedLevels": [f"GONOGO_GO_{claim.profile.upper()}" if is_go else "FAILED"],
    }


def policy_digest(configuration: Sequence[Configured]) -> str:
    """One digest of packs and profiles: of their sorted `<sha256>  <name>` lines."""
    lines = sorted(f"{each.sha256}  {each.name}\n" for each in configuration)
    return sha256("".join(lines).encode()).hexdigest()


def _annotations(claim: Claim) -> Data:
    return {
        "version": claim.tool,
        "verdict": claim.verdict,
        "profile": claim.profile,
        "as_of": claim.as_of,
        "instant": claim.instant,
        "release": claim.release,
        "rules": {r.rule: {"effect": r.effect, "outcome": r.outcome} for r in claim.rules},
    }


def descriptor(each: Configured) -> Data:
    """A pack or a file as in-toto describes resources."""
    notes = {"kind": each.kind, **({"version": each.version} if each.version else {})}
    return {"name": each.name, "digest": {"sha256": each.sha256}, "annotations": notes}


def _tests(claim: Claim) -> tuple[list[str], list[str], list[str]]:
    """Rules that passed, that warn and that block. An unknown one is never among the passed."""
    passed = [r.rule for r in claim.rules if r.outcome == "pass"]
    open_ones = [r for r in claim.rules if r.outcome in ("fail", "unknown")]
    waived = [r.rule for r in claim.rules if r.outcome == "waived"]
    warned = [r.rule for r in open_ones if r.effect == "warn"]
    failed = [r.rule for r in open_ones if r.effect == "block"]
    return passed, warned + waived, failed


def _result(claim: Claim, warned: list[str]) -> str:
    """UNDETERMINED is FAILED: what is not known has not passed."""
    if claim.verdict != "GO":
        return "FAILED"
    return "WARNED" if warned else "PASSED"
