"""What differs between what a statement claims and what was found when it was recomputed."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from gonogo.attestation.claim import MANIFEST, Claim
from gonogo.attestation.reading import Stated
from gonogo.attestation.statement import statement


class Difference(NamedTuple):
    """One thing that is not the same. None is something that only the other side has."""

    what: str
    stated: str | None
    found: str | None


def differences(stated: Claim, found: Claim) -> list[Difference]:
    """Everything that differs, but for the names of files and the version of the tool.

    Under another profile the same rule has another effect, which need not be said of each.
    """
    same_profile = stated.profile == found.profile
    whats = (
        ("verdict", stated.verdict, found.verdict),
        ("profile", stated.profile, found.profile),
        ("as-of instant", stated.instant, found.instant),
        ("release", stated.release, found.release),
    )
    return [
        *(Difference(what, was, now) for what, was, now in whats if was != now),
        *_by_name(_subjects(stated), _subjects(found)),
        *_by_name(_configuration(stated), _configuration(found)),
        *_by_name(_versions(stated), _versions(found)),
        *_by_name(_rules(stated, same_profile), _rules(found, same_profile)),
        *_repeated("subject", list(_subject_names(stated))),
        *_repeated("configuration", [f"{c.kind} {c.name}" for c in stated.configuration]),
    ]


def contradictions(stated: Stated) -> list[Difference]:
    """Where a statement's other fields are not what its own claim makes them."""
    return list(_apart(stated.data, statement(stated.claim, stated.predicate), ""))


def _by_name(stated: Mapping[str, str], found: Mapping[str, str]) -> Iterator[Difference]:
    for what in dict.fromkeys((*stated, *found)):
        if stated.get(what) != found.get(what):
            yield Difference(what, stated.get(what), found.get(what))


def _subject_names(claim: Claim) -> Iterator[str]:
    """A manifest may lie elsewhere when it is verified; evidence is known by its id."""
    for each in claim.subjects:
        yield MANIFEST if each.kind == MANIFEST else f"{each.kind} {each.id or each.name}"


def _subjects(claim: Claim) -> dict[str, str]:
    digests = (f"sha256:{each.sha256}" for each in claim.subjects)
    return dict(zip(_subject_names(claim), digests, strict=True))


def _configuration(claim: Claim) -> dict[str, str]:
    return {f"{c.kind} {c.name}": f"sha256:{c.sha256}" for c in claim.configuration}


def _versions(claim: Claim) -> dict[str, str]:
    return {f"version of {c.kind} {c.name}": c.version for c in claim.configuration if c.version}


def _rules(claim: Claim, with_effects: bool) -> dict[str, str]:
    return {
        f"rule {each.rule}": f"{each.outcome} ({each.effect})" if with_effects else each.outcome
        for each in claim.rules
    }


def _repeated(what: str, names: list[str]) -> Iterator[Difference]:
    """A name that stands twice hides one of the two from a comparison by name."""
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            yield Difference(f"{what} {name}", f"{names.count(name)} times", "once")


def _apart(was: Any, now: Any, path: str) -> Iterator[Difference]:
    """Where two values of JSON differ, by the path to each place."""
    if isinstance(was, dict) and isinstance(now, dict):
        for key in dict.fromkeys((*was, *now)):
            yield from _apart(was.get(key), now.get(key), f"{path}.{key}" if path else key)
    elif was != now:
        yield Difference(path, _said(was), _said(now))


def _said(value: Any) -> str | None:
    match value:
        case None:
            return None
        case str():
            return value
        case list():
            return ", ".join(_said(item) or "null" for item in value) or "none"
        case dict():
            return "{" + ", ".join(f"{key}: {_said(item)}" for key, item in value.items()) + "}"
        case _:
            return str(value)
