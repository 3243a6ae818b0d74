"""What came of verifying a statement, for people and for machines."""

from enum import Enum
from typing import Any, NamedTuple

from gonogo.attestation.claim import WAIVERS
from gonogo.attestation.comparing import Difference
from gonogo.attestation.reading import Stated
from gonogo.diagnostics import visible

_WIDTH = 80


class Signature(Enum):
    """What was found out about the signature of a statement."""

    VALID = "valid"  # by the key that was given
    WRONG = "wrong"  # by none, or another, of the keys that made it
    UNSIGNED = "unsigned"
    NOT_CHECKED = "not_checked"


class Verification(NamedTuple):
    """A statement beside the verdict that was recomputed; nothing of it if it is not signed so.

    ``key`` is the public key that the statement must be signed by, if one was given.
    """

    path: str
    key: str | None
    signature: Signature
    manifest: str | None = None
    stated: Stated | None = None
    verdict: str | None = None
    differences: tuple[Difference, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_same(self) -> bool:
        return self.is_signed_as_wanted and not self.differences

    @property
    def is_signed_as_wanted(self) -> bool:
        return self.key is None or self.signature is Signature.VALID


def text_of(found: Verification) -> str:
    """Lines for a person: the result first, then each difference."""
    lines = [f"{'SAME' if found.is_same else 'DIFFERENT'}  {found.path}"]
    if found.stated is not None:
        claim = found.stated.claim
        waived = f" Waived: {', '.join(claim.waived)}." if claim.waived else ""
        lines.append(f"It says {claim.verdict} as of {claim.as_of} under {claim.profile}.{waived}")
        how = "Recomputed from the same inputs" if found.is_same else "Recomputed"
        lines.append(f"{how}, {found.manifest} is {found.verdict}.")
    for each in found.differences:
        lines += _difference(each)
    if any(each.what == f"{WAIVERS} {WAIVERS}" for each in found.differences):
        lines.append("  name the file of waivers that you expect: --waivers FILE")
    lines += [f"Note: {note}." for note in found.notes]
    lines.append(_signature(found))
    return "".join(f"{visible(line)}\n" for line in lines)


def _signature(found: Verification) -> str:
    match found.signature:
        case Signature.VALID:
            return f"It is signed by the key in {found.key}."
        case Signature.WRONG:
            return f"It is not signed by the key in {found.key}, so nothing else in it was read."
        case Signature.UNSIGNED if found.key:
            return "It is not signed, so nothing else in it was read."
        case Signature.UNSIGNED:
            return "It is not signed: anybody could have written it."
        case Signature.NOT_CHECKED:
            return "Its signature was not checked: no --key was given."


def _difference(each: Difference) -> list[str]:
    """On one line where it fits; two digests below each other otherwise."""
    stated, found = each.stated or "nothing", each.found or "nothing"
    line = f"- {each.what}: stated {stated}, found {found}"
    if len(line) <= _WIDTH:
        return [line]
    return [f"- {each.what}", f"  stated {stated}", f"  found  {found}"]


def data_of(found: Verification) -> dict[str, Any]:
    """The same for machines: `verify: gonogo/1`."""
    claim = found.stated.claim if found.stated else None
    return {
        "verify": "gonogo/1",
        "same": found.is_same,
        "statement": {
            "path": found.path,
            "predicate_type": found.stated.predicate.value if found.stated else None,
            "verdict": claim.verdict if claim else None,
            "profile": claim.profile if claim else None,
            "as_of": claim.as_of if claim else None,
            "tool": claim.tool if claim else None,
        },
        "signature": found.signature.value,
        "manifest": {"path": found.manifest},
        "verdict": found.verdict,
        "differences": [
            {"what": each.what, "stated": each.stated, "found": each.found}
            for each in found.differences
        ],
        "notes": list(found.notes),
    }
