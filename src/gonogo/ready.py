"""What a check or a plan needs before it reads manifests: packs, profile, names, a time."""

import sys
from typing import NamedTuple

from gonogo.clock import as_of_time
from gonogo.diagnostics import InputError, Problem, Span, nearest, quote
from gonogo.library import Library, load_vocabulary, read_file
from gonogo.manifests.vocabulary import Vocabulary
from gonogo.packs.policy import Pack, Profile
from gonogo.trees.nodes import MOST_BYTES
from gonogo.trees.reader import read_tree
from gonogo.values.times import Moment


class Wanted(NamedTuple):
    """What the command line asked for, the same for every manifest."""

    packs: tuple[str, ...]
    policies: tuple[str, ...]
    profile: str | None
    as_of: str | None
    evidence_root: str | None = None
    waivers: str | None = None


class Ready(NamedTuple):
    """All that is the same for every manifest of a run."""

    packs: tuple[Pack, ...]
    vocabulary: Vocabulary
    developers: dict[str, str]
    profiles: dict[str, Profile]
    profile: str
    as_of: Moment
    as_of_given: bool
    evidence_root: str | None


def make_ready(wanted: Wanted) -> Ready:
    """Load what every manifest needs. Raises InputError."""
    vocabulary = load_vocabulary()
    library = Library(wanted.policies, vocabulary)
    packs = with_waivers(library.select(wanted.packs), wanted.waivers)
    profiles, default = library.profiles()
    profile = wanted.profile or default
    if profile not in profiles:
        near = nearest(profile, profiles)
        known = f"one of {', '.join(profiles)}"
        help = f"did you mean `{near}`? {known}" if near else known
        raise InputError(
            [Problem(Span("--profile"), f"there is no profile {quote(profile)}", help)]
        )
    specs = {path: spec for pack in packs for path, spec in pack.specs.items()}
    developers = {name: id for pack in packs for name, id in pack.developers().items()}
    return Ready(
        packs,
        vocabulary.with_specs(specs),
        developers,
        profiles,
        profile,
        as_of_time(wanted.as_of, packs[0].zone),
        wanted.as_of is not None,
        wanted.evidence_root,
    )


def with_waivers(packs: tuple[Pack, ...], path: str | None) -> tuple[Pack, ...]:
    """The packs with the waivers in a file. Raises InputError."""
    if path is None:
        return packs
    from gonogo.packs.waivers import read_waivers  # most runs have none

    waivers = read_waivers(read_tree(read_file(path), path), packs)
    return tuple(pack._replace(waivers=waivers) for pack in packs)


def read_input(path: str) -> bytes:
    """The bytes of a file, or of standard input for `-`. Raises InputError."""
    if path != "-":
        return read_file(path)
    try:
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    except (AttributeError, OSError):  # closed: Python then has no standard input at all
        problem = Problem(Span(path), "standard input cannot be read", "pipe the manifest into it")
        raise InputError([problem]) from None
