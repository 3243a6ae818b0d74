"""`--pack-digest`: packs and profiles must have exactly the digests that the command line names."""

import re
from collections.abc import Iterable, Mapping

from gonogo.diagnostics import InputError, Problem, Span, nearest, quote
from gonogo.packs.policy import Pack
from gonogo.values.digest import FileDigest, FolderDigest

_OPTION = Span("--pack-digest")
PROFILES = "profiles.yaml"  # no id of a pack holds a dot


def check_pins(pins: Iterable[str], packs: Iterable[Pack], profiles: FileDigest) -> None:
    """Every pin is kept, by each pack or those it extends. Raises InputError with every problem."""
    used: dict[str, FolderDigest | FileDigest] = {PROFILES: profiles}
    for pack in packs:
        used.update({each.id: each.digest for each in pack.lineage})
    problems = [problem for pin in pins if (problem := _problem(pin, used))]
    if problems:
        raise InputError(problems)


def _problem(pin: str, used: Mapping[str, FolderDigest | FileDigest]) -> Problem | None:
    name, equals, wanted = pin.partition("=")
    if not equals or not re.fullmatch("sha256:[0-9a-f]{64}", wanted):
        text = f"{quote(pin)} is not ID=sha256:DIGEST, with 64 lower-case hexadecimal digits"
        return Problem(_OPTION, text, "`gonogo policy list --format json` prints the digests")
    if name not in used:
        near = nearest(name, used)
        known = ", ".join(sorted(used))
        help = f"did you mean `{near}`?" if near else f"used here: {known}"
        return Problem(_OPTION, f"no pack {quote(name)} is used", help)
    found = f"sha256:{used[name]}"
    if found != wanted:
        help = "use the pack that was meant, or look at what changed and pin the new digest"
        return Problem(_OPTION, f"`{name}` is {found}, not {wanted}", help)
    return None
