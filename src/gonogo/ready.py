"""What a check or a plan needs before it reads manifests (packs, profile, names, a time), and what
reads and judges each with it.
"""

import sys
from typing import NamedTuple

from gonogo.check import Examined, examine
from gonogo.clock import as_of_time
from gonogo.diagnostics import InputError, Problem, Span, nearest, quote
from gonogo.library import Library, load_vocabulary, read_file
from gonogo.manifests.facts import Manifest
from gonogo.manifests.manifest import manifest_of
from gonogo.manifests.vocabulary import Vocabulary
from gonogo.packs.policy import Pack, Profile
from gonogo.trees.nodes import MOST_BYTES, Node
from gonogo.trees.reader import read_tree
from gonogo.unread import is_folder
from gonogo.values.digest import FileDigest
from gonogo.values.times import Moment


class Wanted(NamedTuple):
    """What the command line asked for, the same for every manifest."""

    packs: tuple[str, ...]
    policies: tuple[str, ...]
    profile: str | None
    as_of: str | None
    pack_digests: tuple[str, ...] = ()
    pack_key: str | None = None
    evidence_root: str | None = None
    waivers: str | None = None


class Ready(NamedTuple):
    """All that is the same for every manifest of a run."""

    packs: tuple[Pack, ...]
    vocabulary: Vocabulary
    developers: dict[str, str]
    profiles: dict[str, Profile]
    profiles_digest: FileDigest
    waivers_digest: FileDigest | None
    profile: str
    as_of: Moment
    as_of_given: bool
    evidence_root: str | None


def make_ready(wanted: Wanted) -> Ready:
    """Load what every manifest needs. Raises InputError."""
    _check_named(wanted)
    vocabulary = load_vocabulary()
    library = Library(wanted.policies, vocabulary)
    packs, waivers = with_waivers(library.select(wanted.packs), wanted.waivers)
    profiles, default = library.profiles()
    digest = library.profiles_digest()
    if wanted.pack_digests or wanted.pack_key is not None:
        from gonogo.pinning import check_pins, check_signed

        check_pins(wanted.pack_digests, packs, digest)
        if wanted.pack_key is not None:
            check_signed(wanted.pack_key, library.folders, packs, digest)
    profile = default if wanted.profile is None else wanted.profile
    if profile not in profiles:
        near = nearest(profile, profiles)
        known = f"one of {', '.join(profiles)}"
        help = f"did you mean `{near}`? {known}" if near else known
        raise InputError(
            [Problem(Span("--profile"), f"there is no profile {quote(profile)}", help)]
        )
    if wanted.evidence_root is not None and not is_folder(wanted.evidence_root):
        text = f"there is no folder {quote(wanted.evidence_root)}"
        raise InputError([Problem(Span("--evidence-root"), text, "name the folder of evidence")])
    return Ready(
        packs,
        *words_of(packs, vocabulary),
        profiles,
        digest,
        waivers,
        profile,
        as_of_time(wanted.as_of, packs[0].zone),
        wanted.as_of is not None,
        wanted.evidence_root,
    )


def _check_named(wanted: Wanted) -> None:
    """An empty value comes from a variable that was not set, and must not mean the default."""
    values = {
        "--pack": ("pack", wanted.packs),
        "--policies": ("folder", wanted.policies),
        "--profile": ("profile", (wanted.profile,)),
        "--pack-digest": ("digest", wanted.pack_digests),
        "--pack-key": ("key", (wanted.pack_key,)),
        "--evidence-root": ("folder", (wanted.evidence_root,)),
        "--waivers": ("file", (wanted.waivers,)),
    }
    problems = [
        Problem(Span(option), f"names no {what}", "check that the variable is set")
        for option, (what, given) in values.items()
        if "" in given
    ]
    if problems:
        raise InputError(problems)


def words_of(packs: tuple[Pack, ...], vocabulary: Vocabulary) -> tuple[Vocabulary, dict[str, str]]:
    """What manifests for these packs may say: the facts, and ids of developers by their names."""
    specs = {path: spec for pack in packs for path, spec in pack.specs.items()}
    developers = {name: id for pack in packs for name, id in pack.developers().items()}
    return vocabulary.with_specs(specs), developers


def with_waivers(
    packs: tuple[Pack, ...], path: str | None
) -> tuple[tuple[Pack, ...], FileDigest | None]:
    """The packs with the waivers in a file, and its digest. Raises InputError."""
    if path is None or not packs:
        return packs, None
    if path == "-":
        problem = Problem(Span("--waivers"), "are read from a file alone", "name the file")
        raise InputError([problem])
    from gonogo.packs.waivers import read_waivers  # most runs have none

    data = read_file(path)
    tree = read_tree(data, path, begins="a file of waivers begins with `waivers:`")
    waivers = read_waivers(tree, packs)
    return tuple(pack._replace(waivers=waivers) for pack in packs), FileDigest(data)


def manifest_in(tree: Node, path: str, data: bytes, ready: Ready) -> Manifest:
    """The manifest in a tree read from these bytes, its files looked at. Raises InputError."""
    zone = ready.packs[0].zone
    digest = FileDigest(data)
    manifest = manifest_of(tree, path, digest, ready.vocabulary, zone, ready.developers)
    if not manifest.facts.evidence:
        return manifest
    from gonogo.evidence_files import opened  # many manifests name none

    return opened(manifest, ready.evidence_root)


def examined(manifest: Manifest, ready: Ready) -> Examined:
    """A manifest judged by what is ready."""
    return examine(
        manifest,
        ready.packs,
        ready.profiles,
        ready.profile,
        ready.as_of,
        as_of_given=ready.as_of_given,
    )


def read_input(path: str) -> bytes:
    """The bytes of a file, or of standard input for `-`. Raises InputError."""
    if path != "-":
        return read_file(path)
    try:
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    except (AttributeError, OSError):  # closed: Python then has no standard input at all
        problem = Problem(Span(path), "standard input cannot be read", "pipe the manifest into it")
        raise InputError([problem]) from None
