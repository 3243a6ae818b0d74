"""What a statement claims: a verdict, and the digest of everything that it was made from."""

from collections.abc import Iterable
from datetime import UTC
from typing import NamedTuple
from urllib.parse import quote

import gonogo
from gonogo.check import Examined
from gonogo.manifests.facts import EvidenceState
from gonogo.packs.policy import Pack
from gonogo.values.digest import FileDigest

MANIFEST = "manifest"
EVIDENCE = "evidence"
PACK = "pack"
PROFILES = "profiles"
WAIVERS = "waivers"
PROFILES_FILE = "profiles.yaml"


class Subject(NamedTuple):
    """A file that the verdict is about. ``id`` is that of the evidence, else empty."""

    kind: str
    id: str
    name: str
    sha256: str


class Configured(NamedTuple):
    """A pack or a file that the verdict was made with."""

    kind: str
    name: str
    version: str
    sha256: str


class RuleClaim(NamedTuple):
    """The outcome of one rule, and what the profile makes of it."""

    rule: str
    effect: str
    outcome: str


class Claim(NamedTuple):
    """A verdict with all that is needed to recompute it and to see what has changed since.

    ``as_of`` is kept as it was given, because a bare date is a whole day in the pack's zone;
    ``instant`` is the same in UTC. ``release`` names model and version as a package URL.
    """

    verdict: str
    profile: str
    as_of: str
    instant: str
    tool: str
    release: str
    subjects: tuple[Subject, ...]
    configuration: tuple[Configured, ...]
    rules: tuple[RuleClaim, ...]

    @property
    def waived(self) -> tuple[str, ...]:
        """The rules that would block without a waiver."""
        return tuple(r.rule for r in self.rules if (r.effect, r.outcome) == ("block", "waived"))


def claim_of(
    examined: Examined, profiles: FileDigest, waivers: FileDigest | None, name: str, folder: str
) -> Claim:
    """The claim that a check makes.

    ``name`` is the path of the manifest and ``folder`` that of its evidence, as the statement is to
    give them: relative to itself.
    """
    manifest, frame = examined.manifest, examined.frame
    as_of = examined.results[0].situation.as_of.low
    evidence = (  # only of what was opened is the digest known
        Subject(EVIDENCE, item.id, f"{folder}{item.path}", item.found)
        for item in manifest.facts.evidence
        if item.state in (EvidenceState.VERIFIED, EvidenceState.MISMATCH)
    )
    granted = [Configured(WAIVERS, WAIVERS, "", str(waivers))] if waivers is not None else []
    return Claim(
        examined.decision.verdict.value,
        frame.profile.name,
        frame.as_of.text,
        as_of.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        gonogo.__version__,
        _package_url(manifest.developer, manifest.name, manifest.version),
        (Subject(MANIFEST, "", name, str(manifest.digest)), *evidence),
        (*configuration_of(examined.packs, profiles), *granted),
        tuple(
            RuleClaim(
                result.rule.key,
                frame.profile.effect_of(result.rule).value,
                result.outcome.value,
            )
            for result in sorted(examined.results, key=lambda result: result.rule.pack)
        ),
    )


def configuration_of(packs: Iterable[Pack], profiles: FileDigest) -> tuple[Configured, ...]:
    """Every pack that takes part, those that are extended too, and the file of profiles."""
    found = {each.id: each for pack in packs for each in pack.lineage}
    used = (
        Configured(PACK, id, each.version, str(each.digest)) for id, each in sorted(found.items())
    )
    return (*used, Configured(PROFILES, PROFILES_FILE, "", str(profiles)))


def _package_url(*parts: str) -> str:
    developer, name, version = (quote(part, safe="") for part in parts)
    return f"pkg:generic/{developer}/{name}@{version}"
