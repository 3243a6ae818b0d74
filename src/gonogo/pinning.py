"""Packs and profiles must be exactly those that the command line names, or that a key signed.

`--pack-digest` names digests. `--pack-key` takes them from a statement in a folder of `--policies`,
which `gonogo policy sign` writes. Both fail closed.
"""

import re
from collections.abc import Iterable, Sequence

from gonogo.attestation.claim import Configured, configuration_of
from gonogo.diagnostics import InputError, Problem, Span, nearest, quote
from gonogo.library import Folder, read_file
from gonogo.packs.policy import Pack
from gonogo.values.digest import FileDigest

_OPTION = Span("--pack-digest")
SIGNED = "packs.intoto.json"


def check_pins(pins: Iterable[str], packs: Sequence[Pack], profiles: FileDigest) -> None:
    """Every pin is kept, by each pack or those it extends. Raises InputError with every problem."""
    used = {each.name: f"sha256:{each.sha256}" for each in configuration_of(packs, profiles)}
    problems = [problem for pin in pins if (problem := _problem(pin, used))]
    if problems:
        raise InputError(problems)


def _problem(pin: str, used: dict[str, str]) -> Problem | None:
    name, equals, wanted = pin.partition("=")
    if not equals or not re.fullmatch("sha256:[0-9a-f]{64}", wanted):
        text = f"{quote(pin)} is not ID=sha256:DIGEST, with 64 lower-case hexadecimal digits"
        return Problem(_OPTION, text, "`gonogo policy list --format json` prints the digests")
    if name not in used:
        near = nearest(name, used)
        known = ", ".join(sorted(used))
        help = f"did you mean `{near}`?" if near else f"used here: {known}"
        return Problem(_OPTION, f"no pack {quote(name)} is used", help)
    if used[name] != wanted:
        help = "use the pack that was meant, or look at what changed and pin the new digest"
        return Problem(_OPTION, f"`{name}` is {used[name]}, not {wanted}", help)
    return None


def check_signed(
    key: str, folders: Sequence[Folder], packs: Sequence[Pack], profiles: FileDigest
) -> None:
    """Every pack that is used, and the profiles, are as a statement by that key says.

    Raises InputError with everything that is not. What comes with gonogo itself needs a signature
    as well: it may have been changed, too.
    """
    signed = _signed(key, folders)
    problems = [
        Problem(Span("--pack-key"), f"no signature covers `{each.name}` as it is", _SIGN)
        for each in configuration_of(packs, profiles)
        if each not in signed
    ]
    if problems:
        raise InputError(problems)


_SIGN = f"`gonogo policy sign` writes {SIGNED}, which belongs into a folder of --policies"


def _signed(key: str, folders: Sequence[Folder]) -> frozenset[Configured]:
    """What the statements in the folders cover, each of which must be signed by the key."""
    from gonogo.attestation.envelope import open_envelope
    from gonogo.attestation.signed_packs import read_packs
    from gonogo.signing import is_signed_by, public_key

    wanted = public_key(key, "--pack-key")
    found: frozenset[Configured] = frozenset()
    for folder in folders:
        path = folder.path / SIGNED
        if not path.exists():
            continue
        shown = f"{folder.shown}/{SIGNED}"
        envelope = open_envelope(read_file(str(path)), shown)
        if envelope is None or not is_signed_by(envelope, wanted):
            raise InputError([Problem(Span(shown), f"is not signed by the key in {key}", _SIGN)])
        found |= read_packs(envelope.payload, shown)
    return found
